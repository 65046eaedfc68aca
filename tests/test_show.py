"""`show`: one item in full, its evidence in context, and everything that names it."""

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.gfm import fold, headings, page, tables
from support.program import BUNDLED, DIGESTS, Result, Run, answer

from briefing import loader
from briefing.document import one
from briefing.model import Digest, Part, fields
from briefing.proof import Proof
from briefing.render import FOR_VIEWS, Look, renderer
from briefing.views.show import view

FORMATS = [format.name for format in FOR_VIEWS]

ROOT = Path(__file__).parents[1]
FULL = DIGESTS / "valid" / "full.yaml"
BUNDLED_FILE = ROOT / "data" / f"{BUNDLED}.yaml"


# The keys that hold ids, and what an item is called by where that is not its `text`.
def references(part: type[Part] = Digest) -> Iterator[str]:
    """The names of all fields that hold ids."""
    for field in fields(part):
        if field.refers is not None or field.alone == "item":
            yield field.name
        if field.is_part:
            yield from references(field.kind)


REFERENCES = {*references()}
LEADS = {
    "instruments": "title",
    "timeline": "event",
    "stakeholders": "name",
    "figures": "label",
    "questions": "question",
    "sources": "title",
}


@cache
def plain(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The sections of a digest as YAML has them."""
    text = path.read_text()
    found: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)
    return {name: found.get(name, []) for name in Digest.SECTIONS}


@cache
def proof(path: Path) -> Proof:
    """A digest and its sources."""
    return Proof(loader.load(str(path)))


def items(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every item with its section."""
    return ((section, item) for section, entries in plain(path).items() for item in entries)


def rendered(path: Path, id: str, format: str) -> str:
    """An item in a format."""
    return "".join(renderer(format)(one(view(proof(path), id)), Look(width=100)))


@cache
def shown(path: Path, id: str) -> dict[str, Any]:
    """An item as JSON has it."""
    (found,) = json.loads(rendered(path, id, "json"))
    assert isinstance(found, dict)
    return found


def filled(value: Any) -> Any:
    """A value without what is empty in it."""
    if isinstance(value, dict):
        return {name: filled(each) for name, each in value.items() if each not in (None, [])}
    return [filled(each) for each in value] if isinstance(value, list) else value


WORKED_OUT = ("finding", "due")
"""What is no field of an item: the gravest finding about it, and when a deadline ends."""


@pytest.mark.slow
def test_every_item_has_all_its_fields_by_name() -> None:
    assert all(any(True for _ in items(path)) for path in (FULL, BUNDLED_FILE))
    for path in (FULL, BUNDLED_FILE):
        for section, item in items(path):
            text = rendered(path, item["id"], "json")
            (found,) = json.loads(text, parse_int=str, parse_float=str)  # numbers with their digits
            wanted = ["section", *(f.name for f in fields(Digest.SECTIONS[section])), "named_by"]
            assert [name for name in found if name not in WORKED_OUT] == wanted
            assert found["section"] == section
            apart = ("section", "evidence", "named_by", *WORKED_OUT)
            told = filled({name: value for name, value in found.items() if name not in apart})
            given = {name: value for name, value in item.items() if name != "evidence"}
            if section == "findings":  # an id alone is the item as a whole
                given["about"] = [{"item": a} if isinstance(a, str) else a for a in given["about"]]
            assert told == given


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.slow
def test_every_format_has_what_every_item_says(format: str) -> None:
    names = {
        "text",
        "title",
        "event",
        "name",
        "question",
        "label",
        "note",
        "why_it_matters",
        "answer",
        "interest",
    }
    assert any(True for _ in items(FULL))
    for _, item in items(FULL):
        told = rendered(FULL, item["id"], format)
        told = page(told).text if format == "markdown" else told.replace('\\"', '"').replace('""', '"')
        for name in names & set(item):
            assert fold(item[name]) in fold(told)


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_people_see_every_field_by_its_name(format: str) -> None:
    assert any(True for _ in items(FULL))
    for section, item in items(FULL):
        told = rendered(FULL, item["id"], format)
        names = {column.name: column.title for column in view(proof(FULL), item["id"]).columns}
        labels = fold(" ".join(line[:18] for line in told.splitlines()))  # a long label is wrapped
        for name in set(item) - {"id", "evidence", LEADS.get(section, "text")}:
            title = names[name]
            if format == "markdown":
                assert f"- **{title}:** " in told
            else:
                assert f"\n{title}  " in told or f" {title} " in f"{labels} "


# Evidence.


@pytest.mark.slow
def test_every_quote_is_shown_in_its_sentence_and_placed() -> None:
    assert all(any("evidence" in item for _, item in items(path)) for path in (FULL, BUNDLED_FILE))
    for path, seeds in (
        (FULL, DIGESTS / "seeds" / "lake.txt"),
        (BUNDLED_FILE, ROOT / "seeds" / plain(BUNDLED_FILE)["sources"][0]["file"]),
    ):
        text = seeds.read_text()
        lines, straight = text.splitlines(), str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
        paragraphs = [line for line in lines if line]
        for _, item in items(path):
            given = [q if isinstance(q, str) else q["quote"] for q in item.get("evidence", [])]
            found = shown(path, item["id"])["evidence"]
            assert [quote["quote"] for quote in found] == given
            for quote in found:
                said = text[quote["start"] : quote["end"]]
                assert said.translate(straight) == quote["quote"]
                assert said in quote["sentence"] in lines[quote["line"] - 1]
                assert said in paragraphs[quote["paragraph"] - 1]
                assert (quote["proof"], quote["source"]) == ("proved", "report")


def test_the_quote_is_marked_in_its_sentence() -> None:
    (_, quote), _ = tables(page(rendered(BUNDLED_FILE, "arrests", "markdown")))
    assert quote[0].text.endswith(" \u2014 proved")
    assert "leading to \u2039the arrest of over 83,000 individuals\u203a under a state" in quote[1].text
    assert [cell.text for cell in quote[2:]] == ["The report", "\u00b64", "4"]


@pytest.mark.parametrize(
    ("case", "id", "proofs"),
    [
        ("quote-missing", "cost", ["missing"]),
        ("quote-ambiguous", "opening", ["ambiguous"]),
        ("source-missing", "opening", ["unchecked"]),
        ("source-unreadable", "meal", ["unchecked"]),
        ("sentence-unused", "opening", ["proved", "proved"]),
    ],
)
def test_a_quote_that_is_not_proved_is_called_so(case: str, id: str, proofs: list[str]) -> None:
    path = DIGESTS / "rules" / case / "breaks.yaml"
    found = shown(path, id)["evidence"]
    assert [quote["proof"] for quote in found] == proofs
    for quote in found:
        assert (
            (quote["start"] is None)
            == (quote["sentence"] is None)
            == (quote["line"] is None)
            == (quote["proof"] != "proved")
        )
    for format in ("table", "markdown"):
        assert proofs[0] in rendered(path, id, format)


def test_evidence_has_all_its_fields_too() -> None:
    second = shown(FULL, "kp-signed")["evidence"][1]
    assert (second["prefix"], second["suffix"], second["locator"]) == (
        "in Port Mell",
        ", ending a dispute",
        "first sentence",
    )


def test_a_quote_over_two_sentences_is_shown_in_both(tmp_path: Path) -> None:
    path = DIGESTS / "rules" / "sentence-unused" / "passes.yaml"
    assert (
        shown(path, "opening")["evidence"][1]["sentence"]
        == "It cost 83,000 crowns, says Mr. Osk. The U.S. paid half."
    )


# Named by.


def named(path: Path, id: str) -> list[tuple[str, str, str]]:
    """Who names an item, by a walk over the YAML."""
    return [
        (section, item["id"], field)
        for section, item in items(path)
        for field, value in ids(item)
        if value == id
    ]


def ids(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every id in an item, and the way to it."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from ids(each, f"{field}.{name}" if field else name)
    elif isinstance(value, list):
        for each in value:
            yield from ids(each, field)
    elif field.rpartition(".")[2] in REFERENCES:
        yield field, value


@pytest.mark.parametrize("path", [FULL, BUNDLED_FILE], ids=["full", "bundled"])
def test_everything_that_names_an_item_is_there(path: Path) -> None:
    counted = 0
    for _, item in items(path):
        found = [(r["section"], r["id"], r["field"]) for r in shown(path, item["id"])["named_by"]]
        assert sorted(found) == sorted(named(path, item["id"]))
        counted += len(found)
    assert counted > 50


def test_what_names_an_item_says_what_it_says() -> None:
    said = {item["id"]: item[LEADS.get(section, "text")] for section, item in items(BUNDLED_FILE)}
    assert len(shown(BUNDLED_FILE, "nayib-bukele")["named_by"]) > 3
    for reference in shown(BUNDLED_FILE, "nayib-bukele")["named_by"]:
        assert reference["text"] == said[reference["id"]]


def test_a_stakeholder_has_its_part_in_every_section() -> None:
    sections = {reference["section"] for reference in shown(BUNDLED_FILE, "el-salvador")["named_by"]}
    assert {"timeline", "terms", "instruments", "questions"} <= sections


# The command.


def test_the_command_prints_the_item(run: Run) -> None:
    for format in FORMATS:
        result = run("show", "nayib-bukele", "-f", format, env={"COLUMNS": "100"})
        assert (result.code, result.err) == (0, "")
        assert result.out.lstrip("\n") == rendered(BUNDLED_FILE, "nayib-bukele", format)
    assert run("show", "nayib-bukele") == run("show", "nayib-bukele", "-f", "markdown")


def test_another_digest_can_be_named(run: Run) -> None:
    assert run("show", "ada-quill", FULL, "-f", "json").out == rendered(FULL, "ada-quill", "json")
    piped = json.loads(run("show", "ada-quill", "-", "-f", "json", stdin=FULL.read_bytes()).out)
    assert piped[0]["name"] == "Ada Quill"


def test_the_document_is_a_card_with_two_tables() -> None:
    told = page(rendered(BUNDLED_FILE, "kp-agreement", "markdown"))
    assert headings(told)[1:] == [(3, "Evidence"), (3, "Named by")]
    told = page(rendered(BUNDLED_FILE, "nayib-bukele", "markdown"))
    assert headings(told) == [(2, "Nayib Bukele"), (3, "Evidence"), (3, "Named by")]


def test_csv_is_a_row_of_all_fields() -> None:
    (row,) = csv.DictReader(io.StringIO(answer("show", "arrests", "-f", "csv")))
    assert list(dict.fromkeys(name.partition(".")[0] for name in row)) == list(shown(BUNDLED_FILE, "arrests"))
    assert (row["id"], row["value"], row["date"]) == ("arrests", "83000", "2022-03/")


@pytest.mark.parametrize(
    ("id", "near"),
    [("nayib-bukkele", "nayib-bukele"), ("kp-agrement", "kp-agreement"), ("zzz", None)],
)
def test_an_id_that_is_not_there_is_refused_with_a_suggestion(id: str, near: str | None, run: Run) -> None:
    way = (
        f'did you mean "{near}"?'
        if near
        else "an item is named by its id, which --ids shows, by its words or by its row: briefing show timeline 1"
    )
    help = f"   help: {way}\n"
    assert run("show", id) == Result(2, "", f'briefing: no item "{id}" in {BUNDLED}\n{help}')


def test_a_row_may_be_named_in_one_word() -> None:
    assert answer("show", "timeline 3") == answer("show", "timeline", 3)
    assert answer("show", "Event  3", BUNDLED) == answer("show", "timeline", 3)


@pytest.mark.parametrize(
    ("words", "message", "help"),
    [
        (["timeline", "0"], "timeline has no row 0", "it has 14"),
        (["timeline"], "show needs a row of timeline", "briefing show timeline 1"),
        (["timelin", "3"], 'no item "timelin 3"', 'did you mean "timeline 3"?'),
        ([""], "show needs an item", "briefing show timeline 1"),
    ],
)
def test_a_row_that_is_not_there_is_refused_with_what_there_is(
    words: list[str], message: str, help: str, run: Run
) -> None:
    code, out, err = run("show", *words)
    assert (code, out) == (2, "")
    assert message in err
    assert help in err


def test_a_person_is_called_by_the_surname(run: Run) -> None:
    assert answer("show", "Bukele") == answer("show", "nayib-bukele")
    assert answer("show", "hill tinoco") == answer("show", "alexandra-hill-tinoco")
    assert "items match" in run("show", "nuclear").err
