"""`check --fix`: what is mended, what never is, and that every other byte stays."""

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.program import Run, briefing

from briefing import reader
from briefing.loader import Origin
from briefing.mending import difference, mended
from briefing.model import Term
from briefing.problem import InvalidDigest
from briefing.splice import Changes, Layouts, changed, spliced
from briefing.texts.amendments import hashes, units
from briefing.texts.structure import Structure

PACT = """\
Article 1
Scope

1. Each Party shall inform the other Party of every transfer.
2. Each Party shall bear its own costs.

Article 2
Consent

1. A transfer requires the written consent of the person concerned.
2. Each Party shall inform the other Party of every refusal within 30 days.

Article 3
Final clauses

1. This Agreement shall not apply to transfers made before its entry into force.
2. Either Party may terminate this Agreement by written notice.
3. Notice under this Agreement takes effect on 4 March 2026.
4. The Joint Committee meets at the harbour on the first Monday of every quarter.
"""
HEAD = "format: briefing/1\nid: pact\ntitle: A pact\nas_of: 2024-06-01\nbottom_line: It is.\n"
HASH = sha256(PACT.encode()).hexdigest()
KEPT = hashes(units(Structure(PACT)))
ENTRY = f"    file: pact.txt\n    sha256: {HASH}\n    sentences: {KEPT}\n"
SOURCE = f"sources:\n  - id: pact\n    title: The pact\n    kind: primary\n{ENTRY}"
POINT = "key_points:\n  - id: point\n    text: It is so.\n    evidence:\n"


def digest(entry: str, source: str = SOURCE, point: str = POINT) -> str:
    """A digest whose one item has this evidence."""
    return f"{HEAD}{point}{entry}{source}"


@pytest.fixture
def pact(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a digest beside the text of the pact."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "pact.txt").write_bytes(PACT.encode())

    def written(text: str) -> Path:
        path = tmp_path / "pact.yaml"
        path.write_bytes(text.encode())
        return path

    return written


def fixed(path: Path, choose: Any = None) -> str:
    """The digest after its fixes; a second time nothing more is mended."""
    data = path.read_bytes()
    once = mended(data, Origin("pact.yaml", path), choose=choose)
    again = mended(once.data, Origin("pact.yaml", path), choose=choose)
    assert (again.data, again.made) == (once.data, ())
    return once.data.decode()


# What is safe.

SAFE = {
    "a locator in brackets": (
        "      - {quote: its own costs, locator: Art. 3}  # costs\n",
        "      - {quote: its own costs, locator: Art. 1(2)}  # costs\n",
    ),
    "a locator in double quotes": (
        '      - quote: its own costs\n        locator: "Art. 3"   # where?\n',
        '      - quote: its own costs\n        locator: "Art. 1(2)"   # where?\n',
    ),
    "a locator in single quotes": (
        "      - locator: 'Art. 9'\n        quote: its own costs\n",
        "      - locator: 'Art. 1(2)'\n        quote: its own costs\n",
    ),
    "a locator in lines": (
        "      - quote: its own costs\n        locator: >-\n          Art.\n          3\n        # mine\n",
        '      - quote: its own costs\n        locator: "Art. 1(2)"\n        # mine\n',
    ),
    "a prefix with a slip": (
        "      - quote: the written consent\n        prefix: requres\n",
        "      - quote: the written consent\n        prefix: requires\n",
    ),
    "a prefix that is another": (
        '      - quote: the written consent\n        prefix: "depends on"\n',
        '      - quote: the written consent\n        prefix: "transfer requires"\n',
    ),
    "a suffix beside a prefix that holds": (
        "      - {quote: Each Party shall inform, prefix: '2.', suffix: the othr Party}\n",
        "      - {quote: Each Party shall inform, prefix: '2.', suffix: the other Party}\n",
    ),
    "a prefix that settles which place is meant": (
        "      - quote: Party\n        suffix: of every refussal within the\n        prefix: shall inform the other\n"
        "      - its own costs\n",
        None,
    ),
}


@pytest.mark.parametrize(("before", "after"), SAFE.values(), ids=SAFE)
def test_a_safe_fix_changes_its_place_and_no_other(
    pact: Callable[[str], Path], before: str, after: str | None
) -> None:
    path = pact(digest(before))
    assert fixed(path) == digest(before if after is None else after)


@pytest.mark.skipif(not hasattr(Term, "provision"), reason="terms have no provision yet")
def test_a_provision_tells_which_place_is_meant(pact: Callable[[str], Path]) -> None:
    term = "key_points: []\nterms:\n  - id: term\n    text: To inform.\n    type: obligation\n    provision: Art. 2\n"
    path = pact(digest("    evidence: [Each Party shall inform]  # who\n", point=term))
    new = "    evidence: [{quote: Each Party shall inform, locator: Art. 2(2)}]  # who\n"
    assert fixed(path) == digest(new, point=term)


NOT_SAFE = {
    "which of two places": "      - Each Party shall inform\n",
    "which of two places, with a prefix": "      - {quote: the other Party, prefix: inform}\n",
    "a prefix with a negation": "      - quote: may terminate\n        prefix: no Party\n",
    "a suffix with another number": "      - quote: every refusal\n        suffix: within 60 days\n",
    "a suffix with another date": "      - quote: takes effect\n        suffix: on 5 March 2026\n",
    "a slip in a quote": "      - the writen consent\n",
    "a locator and a prefix that are wrong": "      - {quote: written consent, prefix: any, locator: Art. 3}\n",
    "a locator that has words much like the quote's": (
        "      - quote: Each Party shall inform the other Party of every transfer\n        locator: Art. 2\n"
    ),
}


@pytest.mark.parametrize("entry", NOT_SAFE.values(), ids=NOT_SAFE)
def test_what_a_person_has_to_decide_is_left(pact: Callable[[str], Path], entry: str) -> None:
    path = pact(digest(entry))
    assert fixed(path) == digest(entry)


def test_a_hash_is_added_and_never_changed(pact: Callable[[str], Path]) -> None:
    bare = SOURCE.replace(ENTRY, "    file: pact.txt\n    # the text\n")
    path = pact(digest("      - its own costs\n", bare))
    assert fixed(path) == digest("      - its own costs\n", f"{bare}").replace("    file: pact.txt\n", ENTRY)
    other = digest("      - its own costs\n", SOURCE.replace(HASH, "0" * 64))
    assert fixed(pact(other), lambda offer, data: offer.fix) == other


def test_the_sentences_are_kept_of_the_text_that_was_read(pact: Callable[[str], Path]) -> None:
    plain = SOURCE.replace(f"    sentences: {KEPT}\n", "")
    path = pact(digest("      - its own costs\n", plain))
    assert fixed(path) == digest("      - its own costs\n", plain).replace(
        "    file: pact.txt\n", f"    file: pact.txt\n    sentences: {KEPT}\n"
    )
    path.write_text(digest("      - its own costs\n", SOURCE.replace(KEPT, "AAAA")))
    assert f"sentences: {KEPT}\n" in fixed(path)
    other = digest("      - its own costs\n", SOURCE.replace(KEPT, "AAAA").replace(HASH, "0" * 64))
    path.write_text(other)
    assert fixed(path) == other


def test_a_file_that_moved_is_found_by_its_hash(pact: Callable[[str], Path], tmp_path: Path) -> None:
    moved = SOURCE.replace("pact.txt", '"old name.txt"  # from the ministry')
    path = pact(digest("      - {quote: its own costs, locator: Art. 3}\n", moved))
    expected = digest(
        "      - {quote: its own costs, locator: Art. 1(2)}\n",
        SOURCE.replace("pact.txt", '"pact.txt"  # from the ministry'),
    )
    assert fixed(path) == expected  # its quotes are checked as soon as it is there
    (tmp_path / "seeds" / "copy.txt").write_text(PACT)
    assert fixed(path) == path.read_text()  # two have that hash: which one is not said


def test_a_file_outside_the_seeds_folder_is_not_found(pact: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "seeds" / "pact.txt").rename(tmp_path / "pact.txt")
    (tmp_path / "seeds" / "link.txt").symlink_to(tmp_path / "pact.txt")
    path = pact(digest("      - its own costs\n"))
    assert fixed(path) == path.read_text()


# What is asked for.

NEAREST = {
    "a slip": ("      - the writen consent of\n", "      - the written consent of\n"),
    "in lines": (
        "      - quote: |\n          shall bear its\n          on costs\n      - its own costs\n",
        '      - quote: "shall bear its own costs"\n      - its own costs\n',
    ),
    "plain over lines": (
        "      - shall bear its\n          on costs   # who pays\n",
        "      - shall bear its own costs   # who pays\n",
    ),
    "a word cut off": (
        '      - "the written consent of the pers"\n',
        '      - "the written consent of the person"\n',
    ),
    "a word twice": ("      - shall shall bear its own costs\n", "      - shall bear its own costs\n"),
    "words in another order": ("      - bear shall its costs own\n", "      - shall bear its own costs\n"),
}


@pytest.mark.parametrize(("before", "after"), NEAREST.values(), ids=NEAREST)
def test_the_nearest_passage_takes_the_place_of_a_quote(
    pact: Callable[[str], Path], before: str, after: str
) -> None:
    path = pact(digest(before))
    assert fixed(path) == digest(before)
    assert fixed(path, lambda offer, data: offer.fix) == digest(after)


@pytest.mark.parametrize(
    "quote",
    [
        "every refusal within 60 days",
        "every refusal within thirty-one days",
        "takes effect on 5 March 2026",
        "takes effect on 4 May 2026",
        "meets at the harbour on the first Tuesday of every quarter",
        "This Agreement shall apply to transfers made before its entry into force",
        "Either Party may not terminate this Agreement by written notice",
        "requires the unwritten consent of the person concerned",
        "Each Party shall inform the other Party of every",  # two places are as near
    ],
)
def test_no_number_date_or_negation_is_ever_replaced(pact: Callable[[str], Path], quote: str) -> None:
    path = pact(digest(f"      - {quote}\n"))
    assert fixed(path, lambda offer, data: offer.fix) == path.read_text()


def test_in_a_pipe_what_is_not_safe_is_shown_and_not_made(pact: Callable[[str], Path]) -> None:
    path = pact(digest("      - the writen consent of\n      - {quote: its own costs, locator: Art. 3}\n"))
    done = briefing("check", path, "--unsafe-fixes")
    assert done.code == 1
    assert '"the writen consent of" is not in pact' in done.out
    assert "-      - the writen consent of\n+      - the written consent of\n" in done.err
    assert "asked for on a terminal" in done.err
    assert 'locator "Art. 3" becomes "Art. 1(2)"' in done.err
    assert "locator: Art. 1(2)" in path.read_text()
    assert "the writen consent of" in path.read_text()


# How it is laid out.

LAYOUTS = {
    "alone, plain": (
        "      - its own costs # a\n",
        (0,),
        "      - {quote: its own costs, prefix: bear} # a\n",
    ),
    "alone, in double quotes": (
        '      - "its \\"own\\" costs"\n',
        (0,),
        '      - {quote: "its \\"own\\" costs", prefix: "bear"}\n',
    ),
    "alone, in single quotes": (
        "      - 'it''s own'\n",
        (0,),
        "      - {quote: 'it''s own', prefix: 'bear'}\n",
    ),
    "alone, with a comma": (
        "      - its own, or costs\n",
        (0,),
        '      - {quote: "its own, or costs", prefix: bear}\n',
    ),
    "alone, in lines": (
        "      - >-\n        its own\n        costs\n      # c\n",
        (0,),
        '      - {quote: "its own costs", prefix: "bear"}\n      # c\n',
    ),
    "alone, beside others by indentation": (
        "      - its own costs   # a\n      - quote: b\n",
        (0,),
        "      - quote: its own costs   # a\n        prefix: bear\n      - quote: b\n",
    ),
    "in brackets": (
        "      - {quote: its own costs, locator: x}\n",
        (0,),
        "      - {quote: its own costs, prefix: bear, locator: x}\n",
    ),
    "in brackets, by lines": (
        "      - {\n          quote: its own costs,  # a\n          locator: x,  # b\n        }\n",
        (0,),
        "      - {\n          quote: its own costs,  # a\n          prefix: bear,\n          locator: x,  # b\n        }\n",
    ),
    "in brackets, by lines, last": (
        '      - {\n          "locator": "x",\n          "quote": "its own costs"  # a\n        }\n',
        (0,),
        '      - {\n          "locator": "x",\n          "quote": "its own costs",  # a\n          "prefix": "bear"\n        }\n',
    ),
    "in brackets, by lines, with a last comma": (
        "      - {\n          locator: x,\n          quote: its own costs,  # a\n        }\n",
        (0,),
        "      - {\n          locator: x,\n          quote: its own costs,  # a\n          prefix: bear,\n        }\n",
    ),
    "by indentation": (
        "      - quote: its own costs  # a\n        locator: x\n",
        (0,),
        "      - quote: its own costs  # a\n        prefix: bear\n        locator: x\n",
    ),
    "by indentation, in lines that are kept": (
        "      - quote: |+\n          its own costs\n\n        locator: x\n",
        (0,),
        '      - prefix: "bear"\n        quote: |+\n          its own costs\n\n        locator: x\n',
    ),
}


def evidence(text: str) -> Any:
    return reader.read(text.encode())[0]["key_points"][0]["evidence"]


def made(text: str, at: int, changes: Changes) -> str:
    """The digest with these changes to one entry of its evidence; it reads as it should."""
    path = ("key_points", 0, "evidence", at)
    new = spliced(text.encode(), Layouts(text.encode(), [path]).edits(path, changes))
    before, after = reader.read(text.encode())[0], reader.read(new)[0]
    assert after == changed(before, {path: changes})
    assert yaml.safe_load(new)["key_points"][0]["evidence"] is not None
    return new.decode()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CR LF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "BOM"])
@pytest.mark.parametrize(("before", "where", "after"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_new_key_looks_like_its_neighbours(
    before: str, where: tuple[int], after: str, line_end: str, mark: str
) -> None:
    old, new = (mark + digest(each).replace("\n", line_end) for each in (before, after))
    assert made(old, where[0], (("prefix", "bear"),)) == new


DROPPED = {
    "in brackets": ("{quote: a b, prefix: x, locator: y}", "{quote: a b, locator: y}"),
    "in brackets, first": ("{prefix: x, quote: a b}", "{quote: a b}"),
    "by indentation": ("quote: a b\n        prefix: x\n        locator: y", "quote: a b\n        locator: y"),
    "by indentation, first": ("prefix: x\n        quote: a b  # c", "quote: a b  # c"),
    "last, by indentation": ("quote: a b  # c\n        prefix: x", "quote: a b  # c"),
}


@pytest.mark.parametrize(("before", "after"), DROPPED.values(), ids=DROPPED)
def test_a_key_goes_with_its_line(before: str, after: str) -> None:
    assert made(digest(f"      - {before}\n"), 0, (("prefix", None),)) == digest(f"      - {after}\n")


SEVERAL = {
    "all before, by indentation": ("prefix: x\n        suffix: y\n        quote: a b", "quote: a b"),
    "all behind, by indentation": ("quote: a b\n        prefix: x\n        suffix: y", "quote: a b"),
    "around, by indentation": ("prefix: x\n        quote: a b\n        suffix: y", "quote: a b"),
    "all before, in brackets": ("{prefix: x, suffix: y, quote: a b}", "{quote: a b}"),
    "all behind, in brackets": ("{quote: a b, prefix: x, suffix: y}", "{quote: a b}"),
    "all before, on lines": (
        "{\n          prefix: x,\n          suffix: y,\n          quote: a b,\n        }",
        "{\n          quote: a b,\n        }",
    ),
    "all behind, on lines": (
        "{\n          quote: a b,\n          prefix: x,\n          suffix: y,\n        }",
        "{\n          quote: a b,\n        }",
    ),
}


@pytest.mark.parametrize(("before", "after"), SEVERAL.values(), ids=SEVERAL)
def test_several_keys_go_at_once(before: str, after: str) -> None:
    changes = (("prefix", None), ("suffix", None))
    assert made(digest(f"      - {before}\n"), 0, changes) == digest(f"      - {after}\n")


@pytest.mark.parametrize("before", [before for before, _ in SEVERAL.values()], ids=SEVERAL)
def test_one_key_goes_and_another_comes(before: str) -> None:
    for gone in ("prefix", "suffix"):
        made(digest(f"      - {before}\n"), 0, ((gone, None), ("locator", "Art. 1")))


@pytest.mark.parametrize(
    "before", ["- |-  # why\n          a b", "- quote: >  # why\n            a b\n        prefix: x"]
)
def test_a_comment_stays_beside_a_text_that_is_written_anew(before: str) -> None:
    changes = (("quote", "a c"), ("suffix", "d"))
    for change in (changes[:1], changes[1:], changes):
        assert made(digest(f"      {before}\n"), 0, change).count("  # why\n") == 1


def test_a_comment_is_worth_more_than_a_key_that_goes() -> None:
    text = digest("      - quote: a b\n        prefix: x  # why\n").encode()
    path = ("key_points", 0, "evidence", 0)
    assert Layouts(text, [path]).edits(path, (("prefix", None),)) == ()


WORDS = [
    "bear", "yes", "1.5", "2024-01-01", "a: b", "a #b", "# a", "it's", 'so "said"', "back\\slash", "a, b", "[sic]", "{a}", "- a",
    "Überstellung", "转移", "نقل", "😀", "a\u2028b", "a\u00a0b", "e\u0301", "null", "~", "x:", "?", "@a", "`a", "%a", "1_000", "0x1f",
    "a\tb", "'", '"', "a ", " a", "|", ">", "&a", "*a", "!a", "1.", "¶4", "Art. 5(1)(b)",
]  # fmt: skip


@pytest.mark.parametrize("value", WORDS)
@pytest.mark.slow
def test_any_words_can_be_written_in_any_layout(value: str) -> None:
    for before, where, _ in LAYOUTS.values():
        for key in ("prefix", "locator", "quote"):
            made(digest(before), where[0], ((key, value),))
            made(digest(before).replace("\n", "\r\n"), where[0], ((key, value), ("suffix", value)))


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "lines"])
def test_json_stays_json(indent: int | None) -> None:
    entries: list[Any] = ["its own costs", {"quote": "a \U0001d11e b"}]
    whole = json.dumps(
        {**yaml.safe_load(HEAD), "as_of": "2024-06-01", "key_points": [{"id": "a", "evidence": entries}]},
        indent=indent,
        ensure_ascii=False,
    )
    for at in (0, 1):
        new = made(whole, at, (("prefix", 'so "x"'),))
        assert json.loads(new)["key_points"][0]["evidence"][at]["prefix"] == 'so "x"'


# The file.


def test_the_file_is_replaced_and_keeps_its_permissions(pact: Callable[[str], Path]) -> None:
    path = pact(digest("      - {quote: its own costs, locator: Art. 3}\n"))
    path.chmod(0o640)
    before = path.stat().st_ino
    done = briefing("check", path, "--fix", "--quiet", "--rule", "locator-wrong")
    assert (done.code, done.out) == (0, "")
    assert done.err == f'{path}: mended key_points[0].evidence[0]: locator "Art. 3" becomes "Art. 1(2)"\n'
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.stat().st_ino != before
    assert sorted(os.listdir(path.parent)) == [path.name, "seeds"]  # nothing is left beside it
    assert briefing("check", path, "--fix", "--quiet").err == ""


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="who may write anything is refused nothing"
)
def test_a_file_that_may_not_be_written_stays(pact: Callable[[str], Path]) -> None:
    path = pact(digest("      - {quote: its own costs, locator: Art. 3}\n"))
    path.chmod(0o440)
    before = path.read_bytes()
    assert briefing("check", path, "--fix").code == 2
    assert path.read_bytes() == before


def test_a_link_and_the_digest_that_the_program_carries_are_not_written(pact: Callable[[str], Path]) -> None:
    path = pact(digest("      - {quote: its own costs, locator: Art. 3}\n"))
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    done = briefing("check", link, "--fix")
    assert done.code == 2
    assert "is a link" in done.err
    assert link.is_symlink()
    assert "Art. 3" in path.read_text()
    done = briefing("check", "us-el-salvador-2025", "--fix")
    assert done.code == 2
    assert "by its path" in done.err


def test_standard_input_comes_out_mended(pact: Callable[[str], Path], run: Run) -> None:
    path = pact("")
    text = digest("      - {quote: its own costs, locator: Art. 3}\n      - not there at all\n")
    done = run("check", "-", "--fix", "--seeds", path.parent / "seeds", stdin=text.encode())
    assert done.out == text.replace("Art. 3", "Art. 1(2)")
    assert done.code == 1
    assert '"not there at all" is not in pact' in done.err
    assert "mended" in done.err


def test_a_diff_can_be_applied_and_writes_nothing(pact: Callable[[str], Path], tmp_path: Path) -> None:
    text = digest("      - {quote: its own costs, locator: Art. 3}\n").rstrip("\n")
    path = pact(text)
    done = briefing("check", path.name, "--diff", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert path.read_text() == text
    subprocess.run(["patch", "-p0"], input=done.out.encode(), cwd=tmp_path, check=True, capture_output=True)
    assert path.read_text() == text.replace("Art. 3", "Art. 1(2)")
    assert briefing("check", path, "--diff").out == ""


def test_a_diff_says_where_no_line_end_is() -> None:
    lines = list(difference(b"a\r\nb", b"a\r\nc", "x"))
    assert lines[3:] == [" a\r\n", "-b\n\\ No newline at end of file\n", "+c\n\\ No newline at end of file\n"]


def test_other_problems_do_not_keep_a_fix_away(pact: Callable[[str], Path]) -> None:
    entries = "      - {quote: its own costs, locater: x}\n      - {quote: its own costs, locator: Art. 3}\n"
    path = pact(digest(entries))
    assert fixed(path) == digest(entries.replace("Art. 3", "Art. 1(2)"))
    path.write_text("format: briefing/1\n  nonsense: [")
    with pytest.raises(InvalidDigest):
        mended(path.read_bytes(), Origin("x", path))
    done = briefing("check", path, "--fix")
    assert done.code == 1
    assert path.read_text() == "format: briefing/1\n  nonsense: ["


def test_only_what_a_rule_finds_is_mended(pact: Callable[[str], Path]) -> None:
    entries = "      - {quote: its own costs, locator: Art. 3}\n      - {quote: the written consent, prefix: requres}\n"
    path = pact(digest(entries))
    briefing("check", path, "--fix", "--rule", "quote-missing")
    assert path.read_text() == digest(entries.replace("requres", "requires"))
    path.write_text(digest(entries))
    briefing("check", path, "--fix", "--except", "quote-missing")
    assert path.read_text() == digest(entries.replace("Art. 3", "Art. 1(2)"))
    path.write_text(digest(entries))
    briefing("check", path, "--fix", "--rule", "quote-missing", "--except", "quote-missing")
    assert path.read_text() == digest(entries)


# Fixes as data.


def test_json_has_each_fix_as_edits_of_bytes(pact: Callable[[str], Path]) -> None:
    entries = (
        "      - {quote: its own costs, locator: Art. 3}  # ¶ é\n"
        "      - the writen consent of\n      - Each Party shall inform\n      - not there at all\n"
    )
    path = pact("\ufeff" + digest(entries).replace("\n", "\r\n"))
    problems = json.loads(briefing("check", path, "-f", "json").out)
    fixes = [problem["fix"] for problem in problems if problem["fix"]]
    assert [fix["safe"] for fix in fixes] == [True, False]
    data = path.read_bytes()
    for edit in sorted((e for fix in fixes for e in fix["edits"]), key=lambda e: -e["start"]):
        data = data[: edit["start"]] + edit["text"].encode() + data[edit["end"] :]
    expected = entries.replace("Art. 3", "Art. 1(2)").replace("writen", "written")
    assert data.decode() == "\ufeff" + digest(expected).replace("\n", "\r\n")
    (choices,) = [problem["choices"] for problem in problems if problem["choices"]]
    assert [re.search(r"Art\. \d", choice["description"])[0] for choice in choices] == ["Art. 1", "Art. 2"]  # type: ignore[index]
    table = briefing("check", path, "-f", "csv").out
    assert 'locator ""Art. 3"" becomes ""Art. 1(2)""' in table


# On a terminal.


@pytest.mark.slow
def test_a_person_is_asked_for_each(pact: Callable[[str], Path]) -> None:
    import pty

    entries = (
        "      - the writen consent of\n      - shall bear its on costs\n      - Each Party shall inform\n"
    )
    path = pact(digest(entries))
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(
            sys.executable, [sys.executable, "-P", "-m", "briefing", "check", str(path), "--unsafe-fixes"]
        )
    said = b""
    answers = [b"n\n", b"y\n", b"y\n", b"y\n"]
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
        if said.endswith(b"[y/N/q] "):
            os.write(terminal, answers.pop(0))
    os.waitpid(pid, 0)
    os.close(terminal)
    assert said.count(b"[y/N/q]") == 4, said.decode()


# Two hundred quotes, corrupted in ways that are known.
_WHO = [
    "Each Party", "The Secretariat", "The competent authority", "The requesting Party", "The Joint Committee",
    "The harbour master", "The receiving institution", "The person concerned", "The depositary", "The inspector",
]  # fmt: skip
_DOES = [
    "shall deliver", "may withhold", "shall not disclose", "shall publish", "may examine", "shall not alter",
    "shall return", "shall register", "may suspend", "shall not refuse",
]  # fmt: skip
_WHAT = [
    "the certified list of vessels", "any document on the cargo", "a summary of the findings", "the original register",
    "the samples from the wharf", "the notice of arrival", "an account of the costs", "the permit for storage",
    "the records of the crew", "the plan for evacuation", "the results of the survey", "a copy of the decision",
]  # fmt: skip
_WHEN = [
    "within {n} days of its receipt", "no later than {day} {month} {year}", "for a period of {n} months",
    "to at most {n} persons", "without delay and in writing", "unless the other Party objects",
    "at a charge of {n},500 euros", "after consulting the host authority", "by electronic means only",
    "before the vessel leaves the port",
]  # fmt: skip
_MONTHS = ["January", "March", "April", "June", "July", "September", "October", "December"]


def long_text(chance: random.Random) -> str:
    """An agreement of sixty articles, with many passages that are much alike."""
    lines: list[str] = []
    for article in range(1, 61):
        lines += [f"Article {article}", ""]
        for paragraph in range(1, 5):
            when = chance.choice(_WHEN).format(
                n=chance.randint(3, 97), day=chance.randint(1, 28), month=chance.choice(_MONTHS), year=2026
            )
            words = [chance.choice(_WHO), chance.choice(_DOES), chance.choice(_WHAT), when]
            lines.append(f"{paragraph}. {' '.join(words)}.")
        lines.append("")
    return "\n".join(lines)


def _word_changed(words: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(1, len(words) - 1)
    return [*words[:at], "lantern", *words[at + 1 :]]


def _number_changed(words: list[str], chance: random.Random) -> list[str] | None:
    places = [at for at, word in enumerate(words) if re.search(r"\d", word)]
    if not places:
        return None
    at = chance.choice(places)
    return [
        *words[:at],
        re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), words[at], count=1),
        *words[at + 1 :],
    ]


def _month_changed(words: list[str], chance: random.Random) -> list[str] | None:
    places = [at for at, word in enumerate(words) if word in _MONTHS]
    return [*words[: places[0]], "November", *words[places[0] + 1 :]] if places else None


def _negation_dropped(words: list[str], chance: random.Random) -> list[str] | None:
    return [word for word in words if word != "not"] if "not" in words else None


def _negation_added(words: list[str], chance: random.Random) -> list[str] | None:
    if not {"may", "shall"} & {*words} or "not" in words:
        return None
    return " ".join(words).replace("shall ", "shall not ").replace("may ", "may not ").split()


def _other_case(words: list[str], chance: random.Random) -> list[str]:
    return [word.upper() for word in words]


def _typo(words: list[str], chance: random.Random) -> list[str]:
    at = max(range(len(words)), key=lambda at: len(words[at]) if words[at].isalpha() else 0)
    return [*words[:at], words[at][:2] + words[at][3:], *words[at + 1 :]]


def _cut(words: list[str], chance: random.Random) -> list[str]:
    return [*words[:-1], words[-1][:-1]]


def _word_left_out(words: list[str], chance: random.Random) -> list[str]:
    return [*words[:2], *words[3:]]


def _doubled(words: list[str], chance: random.Random) -> list[str]:
    return [*words[:3], *words[1:]]


_CORRUPTED: dict[str, Callable[[list[str], random.Random], list[str] | None]] = {
    "a word changed": _word_changed, "a number changed": _number_changed, "a month changed": _month_changed,
    "a negation dropped": _negation_dropped, "a negation added": _negation_added, "case": _other_case,
    "a typo": _typo, "cut in a word": _cut, "a word left out": _word_left_out, "words doubled": _doubled,
}  # fmt: skip
_ONLY_PLACE = ("a wrong locator", "a wrong prefix")
_NEVER = ("a number changed", "a month changed", "a negation dropped", "a negation added")


def corrupted(text: str, chance: random.Random) -> list[tuple[str, str, dict[str, str]]]:
    """Two hundred quotes: what was done to each, as it was, and as it is."""
    lines = [(n, line[3:-1]) for n, line in enumerate(text.split("\n")) if re.match(r"\d\. ", line)]
    chance.shuffle(lines)
    kinds = [*_CORRUPTED, *_ONLY_PLACE]
    found: list[tuple[str, str, dict[str, str]]] = []
    for _, line in lines * 4:
        kind = kinds[len(found) % len(kinds)]
        words = line.split()
        words = words[chance.randint(0, 2) :]
        if text.count(" ".join(words)) != 1 or len(words) < 5:
            continue
        said = " ".join(words)
        if kind == "a wrong locator":
            entry = {"quote": said, "locator": "Art. 61"}
        elif kind == "a wrong prefix":
            entry = {"quote": said, "prefix": "it is agreed that"}
        else:
            new = _CORRUPTED[kind](words, chance)
            if new is None:
                continue
            entry = {"quote": " ".join(new)}
        found.append((kind, said, entry))
        if len(found) == 200:
            return found
    raise AssertionError("too few quotes")


@pytest.mark.parametrize("seed", [1])
@pytest.mark.slow
def test_of_two_hundred_corrupted_quotes_none_is_mended_wrongly(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    text = long_text(chance)
    quotes = corrupted(text, chance)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "long.txt").write_text(text)
    source = {
        "id": "long",
        "title": "Long",
        "kind": "primary",
        "file": "long.txt",
        "sha256": sha256(text.encode()).hexdigest(),
        "sentences": hashes(units(Structure(text))),
    }
    point = {"id": "point", "text": "It is so.", "evidence": [entry for *_, entry in quotes]}
    data = yaml.safe_dump(
        {**yaml.safe_load(HEAD), "as_of": "2024-06-01", "key_points": [point], "sources": [source]}
    )
    path = tmp_path / "long.yaml"
    path.write_text(data)
    problems = json.loads(briefing("check", path, "-f", "json").out)
    named = {int(m[1]) for p in problems if (m := re.match(r"key_points\[0\]\.evidence\[(\d+)\]", p["path"]))}
    origin = Origin("long.yaml", path)
    by_itself = mended(path.read_bytes(), origin).data
    asked = mended(path.read_bytes(), origin, choose=lambda offer, data: offer.fix).data
    counts: dict[str, Counter[str]] = {kind: Counter() for kind, *_ in quotes}
    after = [reader.read(each)[0]["key_points"][0]["evidence"] for each in (by_itself, asked)]
    for number, (kind, said, entry) in enumerate(quotes):
        counts[kind]["of"] += 1
        counts[kind]["named"] += number in named
        for how, entries in zip(("--fix", "--unsafe-fixes"), after, strict=True):
            new = entries[number]
            if new != entry:
                right = new["quote"].strip(".").casefold() == said.casefold()
                counts[kind][how] += right
                counts[kind]["wrong"] += not right
                assert right, (kind, entry, new)
                assert kind not in _NEVER
        if kind != "case":
            assert number in named, (kind, entry)
    print(f"\n{seed}: {dict(sum(counts.values(), Counter()))}")
    for kind, count in counts.items():
        print(f"   {kind:20} {dict(count)}")
    assert sum(count["--fix"] for count in counts.values()) >= 30
    assert sum(count["--unsafe-fixes"] for count in counts.values()) >= 80
