"""Any bytes as a digest end in output or in located problems, soon and in little memory."""

import io
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.cost import cost, cost_at_best
from support.pace import seconds
from support.program import DIGESTS, PROGRAM, Result, answer, briefing, environment

from briefing import cli
from briefing.render import FOR_PROBLEMS, FOR_VIEWS
from briefing.views import VIEWS

PROBLEM_FORMATS = [format.name for format in FOR_PROBLEMS]
FORMATS = [format.name for format in FOR_VIEWS]

pytestmark = pytest.mark.slow

MB = 1_000_000
SIZE = MB // 4
"""Bytes of what is made to be slow. A quarter of what is promised, so that many kinds can be tried; whole
megabytes of more kinds are tried by `benchmarks/megabytes.py`."""
HEAD = (
    "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
    "key_points: [{id: k, text: t}]\nsources: [{id: s, title: S, kind: primary}]\n"
)
# The file's first problem; those of a whole file have no line.
LOCATED = r"(?:.*?:\d+:\d+|-|.*?\.yaml): error\[[a-z-]+\]"


def numbered(line: str) -> str:
    """The line, with a number in place of `#`, again and again, to just under SIZE bytes."""
    count = SIZE // (len(line) + 5)
    return "".join(line.replace("#", str(number)) for number in range(count))


def anagrams(known: bool) -> str:
    """Twelve thousand ids of the same letters, and references to ids that are all like them and not there."""
    letters = list("abcdefghijklmnop")
    made = random.Random(1)
    ids = ["".join(made.sample(letters, len(letters))) for _ in range(12_000)]
    wanted = ids[:6_000] if known else []
    items = "".join(f"- {{id: {id}, date: 2025, event: y}}\n" for id in (ids if known else ids[6_000:]))
    references = ", ".join(f"{id}a" for id in wanted or ids[:6_000])
    return f"timeline:\n{items}- {{id: zz, date: 2025, event: y, actors: [{references}]}}\nterms:\n" + (
        f"- {{id: zy, text: t, type: offer, concerns: [{references}]}}\n"
    )


ITEMS = f"{HEAD}timeline:\n"
ITEM = "- {id: i#, date: 2025, event: y}\n"
ONE = f"{ITEMS}- {{id: i, date: 2025, event: y, "
LARGE: dict[str, Callable[[], str]] = {
    "brackets": lambda: "[" * SIZE,
    "braces": lambda: "{" * SIZE,
    "brackets closed": lambda: "[" * (SIZE // 2) + "]" * (SIZE // 2),
    "pairs of brackets": lambda: "[]" * (SIZE // 2),
    "dashes": lambda: "- " * (SIZE // 2),
    "question marks": lambda: "? " * (SIZE // 2),
    "colons": lambda: ": " * (SIZE // 2),
    "nested keys": lambda: "".join(" " * i + "a:\n" for i in range(1400)),
    "keys": lambda: numbered("a#: 1\n"),
    "keys in a digest": lambda: HEAD + numbered("a#: 1\n"),
    "one key again and again": lambda: "a:\n" * (SIZE // 3),
    "one key in braces": lambda: "{" + "a," * (SIZE // 2) + "}",
    "a list of words": lambda: "[" + "1," * (SIZE // 2) + "]",
    "aliases": lambda: "a: &a 1\nx: [" + "*a," * (SIZE // 3) + "]",
    "aliases that multiply": lambda: (
        "a0: &a0 [x, x]\n" + numbered("a#: &a# [*a0, *a0, *a0]\n").partition("\n")[2]
    ),
    "anchors": lambda: numbered("- &a# 1\n"),
    "tags": lambda: "- !t 1\n" * (SIZE // 7),
    "python tags": lambda: "- !!python/object/apply:os.system [id]\n" * (SIZE // 39),
    "merge keys": lambda: "- <<: 1\n" * (SIZE // 8),
    "a text": lambda: HEAD.replace("title: T", "title: " + "x" * SIZE),
    "a text of words": lambda: HEAD.replace("title: T", "title: " + "word " * (SIZE // 5)),
    "only a text": lambda: "x" * SIZE,
    "a text in lines": lambda: 'a: "' + "x\n" * (SIZE // 2) + '"',
    "a quote that is not closed": lambda: 'a: "' + "x\n" * (SIZE // 2),
    "a block": lambda: "a: |\n" + "  x\n" * (SIZE // 4),
    "a comment": lambda: "#" * SIZE,
    "line breaks": lambda: "\n" * SIZE,
    "CR": lambda: "\r" * SIZE,
    "CRLF": lambda: "\r\n" * (SIZE // 2),
    "blanks": lambda: " " * SIZE,
    "tabs": lambda: "\t" * SIZE,
    "NUL": lambda: "\0" * SIZE,
    "documents": lambda: "---\n" * (SIZE // 4),
    "directives": lambda: "%FOO a\n" * (SIZE // 7),
    "escapes": lambda: '- "\\e"\n' * (SIZE // 7),
    "overrides": lambda: "- \u202e\n" * (SIZE // 6),
    "emoji": lambda: "- 😀\n" * (SIZE // 7),
    "a long key": lambda: f"{HEAD}? {'k' * SIZE}\n: 1\n",
    "a long id": lambda: HEAD.replace("id: x", "id: " + "a-" * (SIZE // 2)),
    "a long date": lambda: HEAD.replace("as_of: 2025", "as_of: " + "2025-" * (SIZE // 5)),
    "a long language": lambda: f"{HEAD}language: en{'-aa' * (SIZE // 3)}!\n",
    "a long number": lambda: f"{HEAD}figures: [{{id: f, label: l, value: {'9' * SIZE}}}]\n",
    "a long file name": lambda: HEAD.replace("primary", "primary, file: " + "a/" * (SIZE // 2) + "x"),
    "items": lambda: ITEMS + numbered(ITEM),
    "items of one id": lambda: ITEMS + numbered(ITEM.replace("#", "")),
    "items without a key": lambda: f"{HEAD}timeline: [" + "{}," * (SIZE // 3) + "]",
    "nothing as items": lambda: ITEMS + "-\n" * (SIZE // 2),
    "texts as items": lambda: f"{HEAD}timeline: [" + "a," * (SIZE // 2) + "]",
    "bad dates": lambda: ITEMS + numbered(ITEM.replace("2025", "2025-13")),
    "ids that nobody has": lambda: ITEMS + numbered("- {id: i#, date: 2025, event: y, actors: [n#]}\n"),
    "one id that nobody has": lambda: f"{ONE}actors: [{'n,' * (SIZE // 2)}]}}\n",
    "unknown keys in items": lambda: ITEMS + numbered("- {a#: 1}\n"),
    "tags of an item": lambda: f"{ONE}tags: [{'a,' * (SIZE // 2)}]}}\n",
    "directives that give tags": lambda: numbered("%TAG !a#! x\n") + HEAD,
    "directives on the way": lambda: f"{HEAD}...\n" + numbered("%TAG !a#! x\n") + "--- a\n",
    "directives without an end before": lambda: HEAD + numbered("%TAG !a#! x\n") + "--- a\n",
    "marks on a letter": lambda: HEAD.replace("title: T", "title: e" + "\u0301\u0316" * (SIZE // 4)),
    "marks in another order": lambda: HEAD.replace(
        "title: T", "title: e" + "\u0316" * (SIZE // 4) + "\u0301" * (SIZE // 4)
    ),
    "marks as escapes": lambda: HEAD.replace("title: T", 'title: "e' + "\\u0301\\u0316" * (SIZE // 12) + '"'),
    "marks of half width": lambda: HEAD.replace("title: T", "title: e" + "\uff9e\u0316" * (SIZE // 5)),
    "thirty marks on each letter": lambda: HEAD.replace(
        "title: T", "title: x" + ("e" + "\u0301\u0316" * 15) * (SIZE // 61)
    ),
    "marks on a key": lambda: f"{HEAD}? {'e' + chr(0x301) * (SIZE // 2)}\n: 1\n",
    "ids that are much alike": lambda: (
        HEAD.replace("primary}", "primary, derived_from: abc}") + anagrams(True)
    ),
    "ids that nobody has, much alike": lambda: HEAD + anagrams(False),
    "problems on one wide line": lambda: f"{ONE}actors: [{'日本,' * (SIZE // 7)}]}}\n",
    "problems on one line of escapes": lambda: f"{ONE}actors: [{(chr(0x200B) + 'a,') * (SIZE // 5)}]}}\n",
    "long keys that are the same": lambda: f"{HEAD}{'k' * 999}: 1\n" * 900,
    "wrong words": lambda: f"{HEAD}terms:\n" + numbered("- {id: i#, text: t, type: obligaton}\n"),
    "wrong keys": lambda: f"{HEAD}terms:\n" + numbered("- {id: i#, text: t, type: offer, obligorr: a}\n"),
    "a folded text": lambda: HEAD.replace("title: T", "title: >\n" + "  x\n\n" * (SIZE // 5)),
    "a plain text in lines": lambda: HEAD.replace("title: T", "title: a\n" + "  x\n" * (SIZE // 4)),
    "comments": lambda: HEAD + "# c\n" * (SIZE // 4),
    "comments in a list": lambda: ITEMS + "- # c\n  # c\n" * (SIZE // 12),
    "spaces at the ends of lines": lambda: HEAD + "# \n" + (" " * 99 + "\n") * (SIZE // 100),
    "quotes in quotes": lambda: HEAD.replace("title: T", "title: '" + "''" * (SIZE // 2) + "'"),
    "texts of other scripts": lambda: ITEMS + numbered("- {id: i#, date: 2025, event: '事件的文字 يوم é'}\n"),
    "quotes from nowhere": lambda: f"{ONE}evidence: [{'a,' * (SIZE // 2)}]}}\n",
}


# SIZE // 8 bytes of quotes, `#` a number, and as much of the source that they are from.
EVIDENCE: dict[str, tuple[str, str]] = {
    "one quote that stands often": ("word", "word w0rd wrod "),
    "quotes that stand once": ("w#", "w# "),
    "quotes that are missing": ("q# a b", "word w0rd wrod "),
    "quotes that end in numbers": ("1", "1,"),
    "quotation marks left open": ("x", '[[["""'),
    "a source of one word": ("x", "y"),
    "a source of marks": ("x", "a\u0301"),
    "a source of marks on one letter": ("x", "\u0301\u0316"),
    "a source of marks of half width": ("x", "\uff9e\u0316"),
    "a source of full stops": ("x", "a. "),
    "a source of line breaks": ("x", "\r"),
    "a source of abbreviations": ("x", "Mr. "),
}


def evidenced(quote: str, text: str, folder: Path) -> Path:
    """A digest with as many of these quotes as go into SIZE // 8 bytes, in items of a thousand."""
    quotes = [quote.replace("#", str(number)) for number in range(SIZE // 8 // (len(quote) + 5))]
    items = [
        f"- {{id: i{start}, date: 2025, event: y, evidence: [{', '.join(quotes[start : start + 1000])}]}}\n"
        for start in range(0, len(quotes), 1000)
    ]
    repeated = (text.replace("#", str(number)) for number in range(SIZE))
    source = "".join(islice(repeated, SIZE // 8 // len(text)))
    (folder / "seeds").mkdir()
    (folder / "seeds" / "s.txt").write_text(source, newline="")
    digest = folder / "x.yaml"
    digest.write_text(ITEMS.replace("primary", "primary, file: s.txt") + "".join(items))
    return digest


@pytest.mark.parametrize("command", [["check", "--quiet"], ["show", "i0"]], ids=lambda words: words[0])
@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_of_any_kind_costs_little(name: str, command: list[str], tmp_path: Path) -> None:
    done = cost_at_best(*command, evidenced(*EVIDENCE[name], tmp_path), folder=tmp_path, limit=2)
    assert done.code in (0, 1)
    assert done.err == ""
    assert done.out
    assert done.seconds < 2
    assert done.megabytes < 150


def test_a_long_sentence_is_not_shown_for_each_of_its_quotes(tmp_path: Path) -> None:
    quotes = " ".join(f"w{number}" for number in range(1000))
    digest = tmp_path / "x.yaml"
    digest.write_text(
        ITEMS.replace("primary", "primary, file: s.txt")
        + f"- {{id: i, date: 2025, event: y, evidence: [{quotes.replace(' ', ', ')}]}}\n"
    )
    (tmp_path / "s.txt").write_text(f"{'before ' * 9999} {quotes} {'after ' * 9999}")
    shown = json.loads(answer("show", "i", digest, "--seeds", tmp_path, "-f", "json"))[0]["evidence"]
    assert len(shown) == 1000
    for quote in shown:
        assert f" {quote['quote']} " in quote["sentence"]
        assert len(quote["sentence"]) < 1100


@pytest.mark.parametrize("name", LARGE)
def test_much_of_anything_costs_little(name: str, tmp_path: Path) -> None:
    digest = tmp_path / "x.yaml"
    digest.write_text(LARGE[name](), newline="")
    done: list[Result] = []
    assert seconds(lambda: done.append(briefing("timeline", digest)), 2) < 2
    ended_well(done[0].code, done[0].out.encode(), done[0].err)


def ended_well(code: int, out: bytes, err: str) -> None:
    """Output and no message, or located problems and no output."""
    assert "Traceback" not in err
    if code == 0:
        assert out.decode()
    else:
        assert (code, out) == (1, b"")
        assert re.match(LOCATED, err)


ODD = {
    "nothing": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + HEAD.encode(),
    "a mark on the way": HEAD.encode() + b"\xef\xbb\xbfnote: x\n",
    "UTF-16": HEAD.encode("utf-16"),
    "UTF-16 without a mark": HEAD.encode("utf-16-le"),
    "UTF-32": HEAD.encode("utf-32"),
    "Latin-1": HEAD.replace("T", "é").encode("latin-1"),
    "half a character": HEAD.encode() + b"\xc3",
    "a surrogate": HEAD.encode().replace(b"T", b"\xed\xa0\x80"),
    "a surrogate as an escape": HEAD.encode().replace(b"title: T", b'title: "\\uD800"'),
    "beyond Unicode": HEAD.encode().replace(b"title: T", b'title: "\\U0011ffff"'),
    "NUL as an escape": HEAD.encode().replace(b"title: T", b'title: "\\0"'),
    "NUL": HEAD.encode().replace(b"title: T", b"title: \0"),
    "no character": HEAD.encode().replace(b"title: T", "title: \uffff".encode()),
    "a tab before a key": HEAD.encode() + b"\ttags: x\n",
    "CR alone": HEAD.encode().replace(b"\n", b"\r"),
    "mixed line ends": HEAD.encode().replace(b"\n", b"\r\n", 3).replace(b"}]\n", b"}]\r"),
    "a tag that runs code": b"!!python/object/apply:os._exit [7]\n",
    "a tag on a key": HEAD.encode() + b"!!python/name:os.system note: x\n",
    "an alias of itself": b"&a [*a]\n",
    "a merge key": HEAD.encode() + b"<<: {note: x}\n",
    "names of methods": b"__class__: 1\n__init__: 1\nSECTIONS: 1\n_fields: 1\n",
}


# Only how lines end may be odd: no byte of a digest is lost by it. All else is refused.
ODD_AND_RIGHT = {"CR alone", "mixed line ends"}


@pytest.mark.parametrize("name", ODD)
def test_odd_bytes(name: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, err = fed(ODD[name], ["summary", "-"], capsysbinary)
    ended_well(code, out, err)
    assert code == (0 if name in ODD_AND_RIGHT else 1)
    code, out, err = fed(ODD[name], ["check", "-"], capsysbinary)
    checked_well(code, out, err)
    assert ("error[" in out.decode()) == (name not in ODD_AND_RIGHT)


def checked_well(code: int, out: bytes, err: str) -> None:
    """No problem of weight and success, or located problems on standard output and failure."""
    assert "Traceback" not in out.decode() + err
    assert code == (1 if re.search(r"^\S+ error\[", out.decode(), re.MULTILINE) else 0)
    assert code == 0 or re.match(LOCATED, out.decode())


def fed(data: bytes, arguments: list[str], capture: pytest.CaptureFixture[bytes]) -> tuple[int, bytes, str]:
    """What the program, run in this process, makes of these bytes on standard input."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        code = cli.run(arguments)
    out, err = capture.readouterr()
    return code, out, err.decode()


def test_ids_may_be_the_names_of_anything(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    words = [
        "constructor",
        "self",
        "class",
        "none",
        "null",
        "true",
        "init",
        "proto",
        "items",
        "keys",
        "id",
        "evidence",
        "terms",
    ]
    digest = HEAD + "terms:\n" + "".join(f"- {{id: {word}, text: t, type: offer}}\n" for word in words)
    code, out, err = fed(digest.encode(), ["terms", "-", "-f", "json"], capsysbinary)
    assert (code, err) == (0, "")
    assert [term["id"] for term in json.loads(out)] == words


@pytest.mark.parametrize(
    "value", ["1e999999", "1e-999999", "1e99999999999999999999", "nan", "inf", "Infinity", "1_000", "١٢", "9" * 5000]
)  # fmt: skip
@pytest.mark.parametrize("format", FORMATS)
def test_a_number_that_could_grow_is_refused(
    value: str, format: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    digest = f"{HEAD}figures: [{{id: f, label: l, value: {value}}}]\n"
    code, out, err = fed(digest.encode(), ["figures", "-", "-f", format], capsysbinary)
    assert (code, out) == (1, b"")
    assert re.match(r"-:8:\d+: error\[number\] figures\[0\].value: ", err)


def test_an_endless_stream_ends_in_a_clear_error(tmp_path: Path) -> None:
    endless = subprocess.Popen(["yes"], stdout=subprocess.PIPE)
    try:
        done = subprocess.run(
            [*PROGRAM, "summary", "-"],
            stdin=endless.stdout,
            capture_output=True,
            env=environment(),
            timeout=60,
        )
    finally:
        endless.kill()
        endless.communicate()
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"-: error[syntax] larger than 128 MiB\n   help: split the digest\n"
    zeros = cost("summary", "/dev/zero", folder=tmp_path)
    assert (zeros.code, zeros.err.splitlines()[0]) == (1, "/dev/zero: error[syntax] larger than 128 MiB")
    assert zeros.megabytes < 300


def test_a_text_of_100_megabytes(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(HEAD.replace("title: T", "title: " + "x" * 100 * MB))
    done = cost("summary", tmp_path / "x.yaml", "-f", "jsonl", folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert len(done.out) > 100 * MB


CASES = json.loads((Path(__file__).parent / "yaml_suite" / "cases.json").read_text())


@pytest.mark.parametrize("name", CASES)
def test_the_yaml_test_suite(name: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each case as it stands, and below a key of a digest that is right up to there."""
    text = CASES[name]["yaml"]
    under = f"{HEAD}note:\n" + "".join(f"  {line}\n" for line in text.splitlines())
    for digest in (text, HEAD + text, under):
        ended_well(*fed(digest.encode(), ["summary", "-"], capsysbinary))


PARTS = st.sampled_from([
    *("- ", "? ", ": ", "key: ", "id: ", "&a ", "*a ", "!!str ", "!t ", "<<: ", "|\n", ">-\n", "|2\n", "---\n"),
    *("...\n", "%YAML 1.2\n", "# c\n", "[", "]", "{", "}", ",", "'", '"', "\\", "\n", "\n  ", "\n    ", "\t"),
    *("\r", "\r\n", "\0", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e", "é", "漢", "😀", "null", "~"),
    *("2025-02", "201X?", "1e9", "@", "`", "%", "\\u202e", "\\0", "\\ud800", "format: briefing/1\n", HEAD, ITEMS),
    *("evidence: [q]", "source: s", "timeline:\n", "- {id: a, date: 2025, event: e}\n", "figures:\n"),
])  # fmt: skip
FULL = (DIGESTS / "valid" / "full.yaml").read_text()
PIECES = st.lists(PARTS | st.text(max_size=5), max_size=25).map("".join)
CHANGED = st.tuples(st.integers(0, len(FULL)), st.integers(0, 40), PIECES).map(
    lambda change: FULL[: change[0]] + change[2] + FULL[change[0] + change[1] :]
)
BYTES = (PIECES | PIECES.map(lambda text: HEAD + text) | CHANGED).map(
    lambda text: text.encode(errors="surrogatepass")
) | st.binary(max_size=200)


@pytest.mark.parametrize("command", [*VIEWS, "export", "check"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=BYTES, format=st.sampled_from([*FORMATS]))
def test_what_looks_like_yaml(
    command: str, data: bytes, format: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, out, err = fed(data, [command, "-", "-f", format], capsysbinary)
    right, _, _ = fed(data, ["summary", "-"], capsysbinary)
    if command == "check" and right == 0:
        assert code in (0, 1)
    else:
        assert code == right, "what one command refuses every other refuses too"
    if code and command != "check":
        assert (out, re.match(LOCATED, err) is not None) == (b"", True)
    elif format == "json":
        json.loads(out)
    elif format == "jsonl":
        assert all(json.loads(line) for line in out.splitlines())
    else:
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out.decode())


@given(data=BYTES, format=st.sampled_from([*PROBLEM_FORMATS]))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_problems_of_what_looks_like_yaml(
    data: bytes, format: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, out, err = fed(data, ["check", "-", "-f", format, "--quiet"], capsysbinary)
    assert (code in (0, 1), err) == (True, "")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out.decode())
