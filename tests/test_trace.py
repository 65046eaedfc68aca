"""`trace`: the source text sentence by sentence, with what rests on each."""

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.gfm import page, tables
from support.program import BUNDLED, DIGESTS, Result, Run, answer

from briefing import loader
from briefing.document import Marked
from briefing.model import KeyPoint, Quote
from briefing.problem import UNSAFE, Failure
from briefing.proof import Cited, Proof
from briefing.render import FOR_VIEWS
from briefing.texts.matching import Found
from briefing.texts.span import Span
from briefing.views.trace import marked, view

FORMATS = [format.name for format in FOR_VIEWS]

ROOT = Path(__file__).parents[1]
MANY = DIGESTS / "valid" / "many-sources.yaml"
LEFT_OVER = DIGESTS / "rules" / "sentence-unused" / "breaks.yaml"
LEFT_OVER_TEXT = LEFT_OVER.parent / "seeds" / "three.txt"

_STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\n", "''\"\" ")


def rows(*arguments: object) -> list[dict[str, Any]]:
    """What `trace` gives as JSON."""
    found: list[dict[str, Any]] = json.loads(answer("trace", *arguments, "-f", "json"))
    return found


@cache
def bundled() -> list[dict[str, Any]]:
    """All sentences of the digest that the program carries."""
    return rows()


@cache
def plain() -> dict[str, Any]:
    """That digest as YAML has it."""
    found: dict[str, Any] = yaml.load((ROOT / "data" / f"{BUNDLED}.yaml").read_text(), yaml.BaseLoader)
    return found


def source_text() -> str:
    """Its source text."""
    file: str = plain()["sources"][0]["file"]
    return (ROOT / "seeds" / file).read_text()


@cache
def cited() -> list[tuple[str, int, int]]:
    """Every item, and where in the source each of its quotes is, found in the simplest way."""
    text, found = source_text().translate(_STRAIGHT), []
    for section in plain().values():
        for item in section if isinstance(section, list) else []:
            for quote in item.get("evidence", []):
                start = text.index(quote)
                assert text.find(quote, start + 1) < 0
                found.append((item["id"], start, start + len(quote)))
    return found


def test_every_sentence_is_there_with_its_offsets() -> None:
    text = source_text()
    assert [row["number"] for row in bundled()] == list(range(1, 16))
    assert [text[row["start"] : row["end"]] for row in bundled()] == [row["sentence"] for row in bundled()]
    assert "".join("".join(row["sentence"].split()) for row in bundled()) == "".join(text.split())


def test_every_sentence_has_its_paragraph() -> None:
    paragraphs = source_text().splitlines()
    assert all(row["sentence"] in paragraphs[row["paragraph"] - 1] for row in bundled())


def test_every_sentence_of_the_bundled_digest_is_used() -> None:
    assert all(row["items"] and row["use"] == "used" for row in bundled())


def test_every_sentence_has_the_quotes_that_touch_it() -> None:
    assert len(bundled()) > 5
    for row in bundled():
        found = [(q["item"], q["start"], q["end"]) for q in row["quotes"]]
        assert sorted(found) == sorted(c for c in cited() if c[1] < row["end"] and c[2] > row["start"])
        assert set(row["items"]) == {item for item, _, _ in found}
        assert len(set(row["items"])) == len(row["items"])


def test_it_closes_with_coverage() -> None:
    items = [
        item
        for name, section in plain().items()
        if isinstance(section, list) and name != "sources"
        for item in section
    ]
    without = sum("evidence" not in item for item in items)
    said = f"15 of 15 sentences are used; {without} of {len(items)} items have no quote."
    for format in ("table", "markdown"):
        assert answer("trace", "-f", format).splitlines()[-1] == said


def test_only_what_is_left_over() -> None:
    text = LEFT_OVER_TEXT.read_text()
    (row,) = rows(LEFT_OVER, "--unused")
    assert row == {
        "source": "report",
        "number": 2,
        "paragraph": 2,
        "place": "\u00b62",
        "sentence": "It cost 83,000 crowns, says Mr. Osk.",
        "items": [],
        "use": "unused",
        "start": text.index("It cost"),
        "end": text.index(" The U.S."),
        "quotes": [],
    }
    assert [row["use"] for row in rows(LEFT_OVER)] == ["used", "unused", "used"]
    assert rows("--unused") == []


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_what_is_left_over_is_told_by_a_word(format: str) -> None:
    lines = answer("trace", LEFT_OVER, "-f", format).splitlines()
    (number,) = (number for number, line in enumerate(lines) if "unused" in line)
    assert "It cost 83,000 crowns" in "".join(lines[number - 1 : number + 1])
    assert lines[-1].startswith("2 of 3 sentences are used; 0 of 1 items")


def test_only_what_one_item_rests_on() -> None:
    proof = Proof(loader.load())
    for item in {item for item, _, _ in cited()}:
        shown = view(proof, item=item).rows
        assert [row.sentence.number for row in shown] == [
            row["number"] for row in bundled() if item in row["items"]
        ]
    assert rows("--item", "arrests") == [row for row in bundled() if "arrests" in row["items"]]
    assert rows("--item", "nuclear-no-obligation") == []  # it has no quote


def test_several_sources_or_one_of_them() -> None:
    both = rows(MANY)
    assert [row["source"] for row in both] == ["article", "article", "letter"]
    for source, file in (("article", "port.txt"), ("letter", "port-letter.txt")):
        text = (DIGESTS / "seeds" / file).read_text()
        found = rows(MANY, "--source", source)
        assert found == [row for row in both if row["source"] == source]
        assert [text[row["start"] : row["end"]] for row in found] == [row["sentence"] for row in found]
        for row in found:
            assert all(text[q["start"] : q["end"]] in row["sentence"] for q in row["quotes"])
    assert [row["items"] for row in both] == [["open", "opening"], ["workers"], ["open", "employs"]]


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_people_see_which_source_a_sentence_is_of(format: str) -> None:
    told = answer("trace", MANY, "-f", format, "--width", 1000)
    assert "The Mell Gazette" in told
    assert "Letter of the owner" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--item", "nayib-bukel"],
            'briefing: no item "nayib-bukel"\n   help: did you mean "nayib-bukele"?\n',
        ),
        (
            ["--source", "reprot"],
            'briefing: no source "reprot"\n   help: did you mean "report"?\n',
        ),
    ],
)
def test_an_id_that_is_not_there_gets_a_suggestion(arguments: list[str], said: str, run: Run) -> None:
    assert run("trace", *arguments) == Result(2, "", said)


@pytest.mark.parametrize("arguments", [[], pytest.param(["--source", "report"])])
def test_without_any_source_text_it_says_why_and_what_to_do(arguments: list[str], run: Run) -> None:
    result = run("trace", "-", *arguments, stdin=LEFT_OVER.read_bytes())
    assert (result.code, result.out) == (2, "")
    assert "no source text to trace (report: not found" in result.err
    assert "--seeds" in result.err


def test_a_digest_without_a_file_has_nothing_to_trace(run: Run) -> None:
    result = run("trace", DIGESTS / "valid" / "minimal.yaml")
    assert (result.code, result.out) == (2, "")
    assert "no source has a file" in result.err


def test_a_source_that_is_not_there_is_not_left_out_in_silence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "port.txt").write_text((DIGESTS / "seeds" / "port.txt").read_text())
    result = run("trace", "-", "--seeds", ".", stdin=MANY.read_bytes())
    assert "letter" in result.out + result.err


# Marks.


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_what_is_cited_is_marked_in_place(format: str) -> None:
    told = answer("trace", "--item", "arrests", "-f", format, "--width", 1000)
    assert "leading to \u2039the arrest of over 83,000 individuals under a state" in told.replace("\n", " ")


def test_marks_are_those_of_the_quotes() -> None:
    assert view(Proof(loader.load())).rows
    for row in view(Proof(loader.load())).rows:
        start = row.sentence.start
        marks = {
            n for low, high in marked(row.sentence.text, start, row.cited).spans for n in range(low, high)
        }
        assert marks == {
            n - start
            for c in row.cited
            if c.place
            for n in range(c.place.start, c.place.end)
            if start <= n < row.sentence.end
        }


def quote(start: int, end: int) -> Cited:
    """A quote that stands there."""
    item = KeyPoint(id="k", text="t")
    return Cited(
        "key_points", 0, item, 0, Quote(source="s", quote="q"), "proved", (Found((Span(start, end),)),)
    )


@pytest.mark.parametrize(
    ("spans", "marks"),
    [
        ([], []),
        ([(13, 15), (10, 12)], [(0, 2), (3, 5)]),  # in order, whatever that of the items
        ([(10, 15), (12, 18)], [(0, 8)]),  # overlapping
        ([(10, 18), (12, 15)], [(0, 8)]),  # one within the other
        ([(10, 15), (15, 18)], [(0, 8)]),  # touching
        ([(10, 15), (10, 15)], [(0, 5)]),  # twice the same
        ([(5, 12)], [(0, 2)]),  # from the sentence before
        ([(17, 30)], [(7, 10)]),  # into the sentence after
        ([(0, 40)], [(0, 10)]),
    ],
)  # fmt: skip
def test_marks_that_meet_are_one(spans: list[tuple[int, int]], marks: list[tuple[int, int]]) -> None:
    assert marked("0123456789", 10, [quote(*span) for span in spans]) == Marked("0123456789", tuple(marks))


def test_a_quote_over_two_sentences_uses_both() -> None:
    found = rows(LEFT_OVER.with_name("passes.yaml"))
    assert [row["use"] for row in found] == ["used"] * 3
    assert [row["quotes"] for row in found[1:]] == [found[1]["quotes"]] * 2
    told = answer("trace", LEFT_OVER.with_name("passes.yaml"))
    assert "says Mr. \u2039Osk.\u203a |" in told
    assert "| \u2039The\u203a U.S." in told


# Formats, and texts as they come.


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_every_sentence(format: str) -> None:
    told = (
        answer("trace", "-f", format, "--width", 5000)
        .replace("\u2039", "")
        .replace("\u203a", "")
        .replace('""', '"')
    )
    assert len(bundled()) > 5
    for row in bundled():
        assert (
            json.dumps(row["sentence"], ensure_ascii=False) if "json" in format else row["sentence"]
        ) in told


def test_csv_has_the_same_rows() -> None:
    read = list(csv.DictReader(io.StringIO(answer("trace", "-f", "csv"))))
    for name in ("source", "number", "paragraph", "sentence", "use", "start", "end"):
        assert [row[name] for row in read] == [str(row[name]) for row in bundled()]
    assert [row["items"] for row in read] == ["; ".join(row["items"]) for row in bundled()]


def test_markdown_has_the_same_rows() -> None:
    ((head, *cells),) = tables(page(answer("trace")))
    assert [cell.text for cell in head] == ["No.", "Place", "What the source says", "Used by"]
    for row, (number, place, _, items) in zip(bundled(), cells, strict=True):
        assert (number.text, place.text) == (str(row["number"]), row["place"])
        assert items.text == ", ".join(row["items"])


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CR LF"])
def test_offsets_are_into_the_text_as_it_stands(mark: bytes, end: bytes, tmp_path: Path) -> None:
    data = mark + LEFT_OVER_TEXT.read_bytes().replace(
        b"Mell", "M\u00ebll \U0001f309 e\u0301".encode()
    ).replace(b"\n", end)
    (tmp_path / "three.txt").write_bytes(data)
    text = data.decode("utf-8-sig")
    found = rows(LEFT_OVER, "--seeds", tmp_path)
    assert [text[row["start"] : row["end"]] for row in found] == [row["sentence"] for row in found]
    assert [text[q["start"] : q["end"]] for row in found for q in row["quotes"]] == [
        "on 5 May 2024",
        "The U.S. paid half",
    ]


@pytest.mark.parametrize("format", ["table", "markdown", "csv", "tsv"])
def test_what_a_source_says_cannot_rewrite_a_terminal(format: str, tmp_path: Path) -> None:
    (tmp_path / "three.txt").write_text("It \x1b[31mcost\x1b[0m 5 \u202emillion crowns.")
    told = answer("trace", LEFT_OVER, "--seeds", tmp_path, "-f", format)
    assert "million crowns" in told
    assert not re.search(UNSAFE, told)


def test_the_failure_can_be_told_by_a_program() -> None:
    with pytest.raises(Failure, match="no item"):
        view(Proof(loader.load()), item="nobody")


# Texts with a structure.

TREATY = """\
Convention on the bridge

The Parties have agreed as follows:

Article 1

1. The request shall state:
a) the name of the bridge;
b) its length, measured in the usual way from the one bank to the
12
\f
CONVENTION ON THE BRIDGE

other bank.
2. The fee is ten crowns.

Article 2

The bridge shall be open. It shall be red.
"""


def traced(
    tmp_path: Path, quotes: list[str], omitted: tuple[str, ...] = ()
) -> tuple[list[dict[str, Any]], str]:
    """What `trace` says of a treaty with these quotes: the rows, and how it closes for people."""
    point = {"id": "k", "text": "So.", "evidence": quotes}
    left_out = [{"locator": place, "reason": "detail"} for place in omitted]
    source = {"id": "s", "title": "A", "kind": "primary", "file": "treaty.txt", "omitted": left_out}
    head = {"format": "briefing/1", "id": "x", "title": "A", "as_of": "2024", "bottom_line": "So."}
    (tmp_path / "treaty.txt").write_text(TREATY)
    (tmp_path / "x.yaml").write_text(json.dumps(head | {"key_points": [point], "sources": [source]}))
    arguments = (tmp_path / "x.yaml", "--seeds", tmp_path)
    return rows(*arguments), " ".join(answer("trace", *arguments, "-f", "markdown").split())


def test_every_sentence_has_its_place(tmp_path: Path) -> None:
    found, _ = traced(tmp_path, [])
    assert [row["place"] for row in found] == [
        "Preamble", "Art. 1(1)", "Art. 1(1)(a)", "Art. 1(1)(b)", "Art. 1(2)", "Art. 2", "Art. 2",
    ]  # fmt: skip


def test_it_closes_with_coverage_article_by_article(tmp_path: Path) -> None:
    found, told = traced(tmp_path, ["the name of the bridge", "It shall be red"])
    assert [row["use"] for row in found if row["place"].startswith("Art. 2")] == ["unused", "used"]
    assert "Art. 1: 2 of 4; Art. 2: 1 of 2." in told


def test_what_leads_in_is_used_with_what_it_leads_in(tmp_path: Path) -> None:
    found, _ = traced(tmp_path, ["the name of the bridge"])
    assert [row["use"] for row in found][:4] == ["used", "used", "used", "unused"]
    found, _ = traced(tmp_path, ["It shall be red"])
    assert [row["use"] for row in found][:4] == ["unused"] * 4


def test_what_the_digest_leaves_out_is_not_counted_and_named(tmp_path: Path) -> None:
    found, told = traced(tmp_path, ["It shall be red"], ("Art. 1", "Preamble"))
    assert [row["use"] for row in found] == ["left out"] * 5 + ["unused", "used"]
    assert "1 of 2 sentences are used" in told
    assert "Art. 2: 1 of 2." in told
    assert "Art. 1 is left out: detail" in told


def test_what_pages_put_into_a_sentence_moves_no_mark(tmp_path: Path) -> None:
    found, told = traced(tmp_path, ["to the other bank", "its length"])
    (row,) = (row for row in found if row["place"] == "Art. 1(1)(b)")
    assert "CONVENTION" not in row["sentence"]
    assert (
        "b) \u2039its length\u203a, measured in the usual way from the one bank \u2039to the other bank\u203a."
        in told
    )
