"""json, jsonl, csv and tsv: every field of the format, in its order, as the digest has it."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from support.program import BUNDLED, DIGESTS, VALID, answer, briefing, environment

from briefing import loader
from briefing.document import Document, Ref, Section, merged, one
from briefing.loader import Loaded, Origin
from briefing.model import About, Digest, Event, Finding, Item, KeyPoint, Part, Quote, Source, Term, fields
from briefing.problem import UNSAFE, Failure, InvalidDigest
from briefing.proof import Proof
from briefing.query import Query, select
from briefing.render import FOR_VIEWS, Look, renderer
from briefing.views import VIEWS, check, search, show, summary, trace, view
from briefing.views import list as listing

FORMATS = [format.name for format in FOR_VIEWS]

DATA = ("json", "jsonl", "csv", "tsv")
LOADED = [loader.load(str(path)) for path in VALID] + [loader.load(BUNDLED)]
FULL = next(loaded for loaded in LOADED if loaded.digest.id == "full")
EVERY_DIGEST = pytest.mark.parametrize("loaded", LOADED, ids=lambda loaded: str(loaded.digest.id))
FULLEST = pytest.mark.parametrize(
    "loaded",
    [loaded for loaded in LOADED if loaded.digest.id in (FULL.digest.id, BUNDLED)],
    ids=lambda loaded: str(loaded.digest.id),
)
HEAD = [field.name for field in fields(Digest) if field.name not in Digest.SECTIONS]


def names(part: type[Part]) -> list[str]:
    """The keys of a part in the data formats: the format's fields, and what is computed from others."""
    found = [field.name for field in fields(part)]
    if issubclass(part, Item) and part is not Finding:
        found.insert(found.index("evidence"), "finding")
    if part is Event:
        found.insert(found.index("deadline") + 1, "due")
    return found


def as_written(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what is computed."""
    return {name: value for name, value in row.items() if name not in ("finding", "due")}


def rendered(document: Document | Section, format: str, *, header: bool = True) -> str:
    document = one(document) if isinstance(document, Section) else document
    return "".join(renderer(format)(document, Look(header=header)))


def exported(loaded: Loaded) -> Document:
    return Document(((summary.head(loaded), *(view(name)(loaded) for name in Digest.SECTIONS)),), whole=True)


def from_json(text: str) -> Any:
    """JSON with its numbers as they are written: 1.90 is not 1.9."""
    return json.loads(text, parse_float=str, parse_int=str)


def from_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def from_tsv(text: str) -> list[dict[str, str]]:
    """TSV knows no quotes: a line is a row, a tab parts two cells."""
    head, *rows = [line.split("\t") for line in text.split("\n")[:-1]]
    return [dict(zip(head, row, strict=True)) for row in rows]


def sections(loaded: Loaded) -> Iterator[Section]:
    """What every command that prints rows has to say of a digest."""
    proof = Proof(loaded, None)
    yield from (view(name)(loaded) for name in VIEWS)
    yield search.view(loaded, "e")
    yield check.view(broken())
    yield listing.view()
    if any(file.text is not None for file in proof.files.values()):
        yield trace.view(proof)
    yield from (show.view(proof, each.id) for _, _, each in loaded.items())


def broken() -> Any:
    """Problems of every kind: with and without a place, a path and a help."""
    data = FULL.data.replace(b"kind: fact", b"kind: fcat").replace(b"as_of: 2024-03-01", b"as_of: soon")
    problems: list[Any] = []
    for wrong in (data, b"a: [", b""):
        with pytest.raises(InvalidDigest) as caught:
            loader.parse(wrong, Origin("x.yaml", None))
        problems += caught.value.problems
    return problems


# --- what JSON has to say, from the YAML as it stands in the file ---


def wanted(part: type[Part], raw: Any, main: str) -> dict[str, Any]:
    """A part as YAML's own loader reads it, with every key that it leaves out."""
    found: dict[str, Any] = {}
    for field in fields(part):
        values = raw.get(field.name, [])
        values = [
            wanted_value(field.kind, each, main)
            for each in (values if field.many else [values] if values else [])
        ]
        found[field.name] = values if field.many else values[0] if values else None
    if part in (KeyPoint, Term):  # "where it is left out, the sources of its quotes"
        found["asserted_by"] = found["asserted_by"] or list(
            dict.fromkeys(quote["source"] for quote in found["evidence"])
        )
    return found


def wanted_value(kind: Any, raw: Any, main: str) -> Any:
    if kind is Quote:
        return wanted(Quote, {"source": main} | ({"quote": raw} if isinstance(raw, str) else raw), main)
    if kind is About and isinstance(raw, str):
        raw = {"item": raw}
    return wanted(kind, raw, main) if issubclass(kind, Part) else raw


def joined(name: str, value: Any) -> str:
    """A value of JSON as a cell of CSV."""
    match value:
        case None:
            return ""
        case list():
            return "; ".join(joined(name, each) for each in value)
        case {"source": source, "quote": quote}:
            return f"{source}: {quote}"
        case {"text": text} if name in ("key_points", "named_by"):  # of a table in a cell, what it says
            return str(text)
        case dict() if value and all(str(each).isdecimal() for each in value.values()):
            return " · ".join(
                f"{n} {k.removesuffix('s') if str(n) == '1' else k}" for k, n in value.items() if int(n)
            )
        case dict():
            first, *more = [text for each in value.values() if (text := joined("", each))]
            return (
                first + (f": {more[0]}" if more else "") + (f" ({', '.join(more[1:])})" if more[1:] else "")
            )
    return str(value)


def says(name: str, cell: str, row: dict[str, Any]) -> bool:
    """Whether a cell of CSV says what a row of JSON says under that name, or under that part of a name."""
    whole, _, part = name.partition(".")
    value = row[whole]
    if part:
        value = value and value.get(part, value.get(part.replace("_", " ")))
    if not isinstance(value, list):
        return cell == joined(whole, value)
    if cell.startswith("["):
        said = json.loads(cell, parse_float=str, parse_int=str)
        given = [{k: v for k, v in each.items() if v} if isinstance(each, dict) else each for each in value]
        return bool(said in (value, given, [joined(whole, each) for each in value]))
    return cell.split("; ") == [joined(whole, each) for each in value] if cell else not value


def one_line(cell: str) -> str:
    """A cell of TSV: a tab or a line break is a space there, and nothing else is changed."""
    return re.sub(r"[\t\n]", " ", cell)


@EVERY_DIGEST
def test_json_is_the_digest_with_every_field_in_the_order_of_the_format(loaded: Loaded) -> None:
    raw = yaml.load(loaded.data, Loader=yaml.CBaseLoader)
    found = from_json(rendered(exported(loaded), "json"))
    main = loaded.main_source.id if loaded.main_source else ""
    assert [name for name in found if name in names(Digest)] == names(Digest)
    assert {name: found[name] for name in HEAD} == {"language": "en", "short": None} | {
        n: raw[n] for n in HEAD if n in raw
    }
    for name, part in Digest.SECTIONS.items():
        rows = {row["id"]: wanted(part, row, main) for row in raw.get(name, [])}
        given = {row["id"]: as_written(row) for row in found[name]}
        for id, row in given.items():
            if row.get("provision") and not rows[id]["provision"]:  # the place of its first quote
                assert re.match(r"Art\. |¶|Annex|Preamble", row["provision"])
                rows[id]["provision"] = row["provision"]
        assert given == rows
        assert [list(row) for row in found[name]] == [names(part)] * len(rows)


@pytest.mark.parametrize(
    ("name", "columns"),
    {
        "timeline": "id date event date_basis date_text deadline.within deadline.of deadline.bound deadline.for due repeats condition status actors place finding.status finding.part evidence tags note",
        "figures": "id label value upper unit qualifier date asserted_by finding.status finding.part evidence tags note",
        "terms": "id text type modality asserted_by instrument provision obligor obligee concerns condition agreement finding.status finding.part evidence tags note",
    }.items(),
)
def test_the_columns_as_scripts_rely_on_them(name: str, columns: str) -> None:
    assert rendered(view(name)(FULL), "tsv").split("\n")[0].split("\t") == columns.split()


@EVERY_DIGEST
def test_the_command_exports_all_of_it_also_what_is_empty(loaded: Loaded) -> None:
    assert answer("export", loaded.origin.label, "-f", "json") == rendered(exported(loaded), "json")


@EVERY_DIGEST
@pytest.mark.parametrize("name", [name for name in VIEWS if name in Digest.SECTIONS])
@pytest.mark.slow
def test_a_view_is_an_array_of_the_objects_that_the_export_has(loaded: Loaded, name: str) -> None:
    rows = from_json(rendered(view(name)(loaded), "json"))
    assert rows == from_json(rendered(exported(loaded), "json"))[name]
    assert len(rows) == len(getattr(loaded.digest, name))


@EVERY_DIGEST
def test_parts_within_have_their_fields_in_order_too(loaded: Loaded) -> None:
    found = set()
    for name, part in Digest.SECTIONS.items():
        for row in json.loads(rendered(exported(loaded), "json")).get(name, []):
            for field in fields(part):
                if issubclass(field.kind, Part):
                    values = row[field.name] if field.many else [row[field.name]] if row[field.name] else []
                    assert [list(each) for each in values] == [names(field.kind)] * len(values)
                    found.update([field.name][: len(values)])
    assert found or loaded is not FULL


@pytest.mark.parametrize(
    ("command", "columns"),
    {
        "check": [
            "digest",
            "line",
            "column",
            "severity",
            "rule",
            "path",
            "message",
            "help",
            "fix",
            "choices",
        ],
        "list": ["name", "title", "as_of", "items", "questions", "problems"],
        "search": ["section", "id", "field", "passage", "finding"],
        "trace": [
            "source",
            "number",
            "paragraph",
            "place",
            "sentence",
            "items",
            "use",
            "start",
            "end",
            "quotes",
        ],
        "show": ["section", *names(Source), "named_by"],
    }.items(),
)
def test_what_is_no_view_has_the_same_keys_in_every_row(command: str, columns: list[str]) -> None:
    section = [section for section in sections(FULL) if section.name == command][-1]
    rows = json.loads(rendered(section, "json"))
    assert {tuple(row) for row in rows} == {tuple(columns)}


@EVERY_DIGEST
def test_a_summary_has_the_head_of_the_digest_in_order(loaded: Loaded) -> None:
    (row,) = json.loads(rendered(view("summary")(loaded), "json"))
    assert [name for name in row if name in HEAD] == HEAD
    assert [list(point) for point in row["key_points"]] == [names(KeyPoint)] * len(loaded.digest.key_points)


@EVERY_DIGEST
@pytest.mark.slow
def test_json_lines_are_the_same_objects(loaded: Loaded) -> None:
    assert sections(loaded)
    for section in sections(loaded):
        lines = rendered(section, "jsonl").split("\n")
        assert [*map(from_json, lines[:-1])] == from_json(rendered(section, "json"))
        assert lines[-1] == ""
    (line,) = rendered(exported(loaded), "jsonl").splitlines()
    assert from_json(line) == from_json(rendered(exported(loaded), "json"))


@FULLEST
@pytest.mark.slow
def test_csv_and_tsv_read_back_to_the_rows_of_json(loaded: Loaded) -> None:
    assert sections(loaded)
    for section in sections(loaded):
        rows = from_json(rendered(section, "json"))
        table = from_csv(rendered(section, "csv"))
        for cells, row in zip(table, rows, strict=True):
            assert {name.partition(".")[0] for name in cells} == set(row)
            assert [name for name, cell in cells.items() if not says(name, cell, row)] == []
        flat = [{name: one_line(cell) for name, cell in row.items()} for row in table]
        assert from_tsv(rendered(section, "tsv")) == flat
        assert "\r" not in rendered(section, "csv") + rendered(section, "tsv")


@EVERY_DIGEST
def test_an_export_is_one_table_with_a_column_for_the_section(loaded: Loaded) -> None:
    found = from_json(rendered(exported(loaded), "json"))
    rows = [("summary", {k: v for k, v in found.items() if k not in Digest.SECTIONS})]
    rows += [(name, row) for name in Digest.SECTIONS for row in found.get(name, [])]
    for read, format in ((from_csv, "csv"), (from_tsv, "tsv")):
        table = read(rendered(exported(loaded), format))
        assert [row["section"] for row in table] == [name for name, _ in rows]
        for cells, (_, row) in zip(table, rows, strict=True):
            own = {name: cell for name, cell in cells.items() if name.partition(".")[0] in row}
            if format == "csv":
                assert [name for name, cell in own.items() if not says(name, cell, row)] == []
            assert not any(cell for name, cell in cells.items() if name not in (*own, "section"))


def test_several_digests_exported_are_told_apart() -> None:
    found = {format: answer("export", FULL.origin.label, BUNDLED, "-f", format) for format in DATA}
    ids = ["full", BUNDLED]
    assert [each["id"] for each in json.loads(found["json"])] == ids
    assert [json.loads(line)["id"] for line in found["jsonl"].splitlines()] == ids
    assert list(dict.fromkeys(row["digest"] for row in from_csv(found["csv"]))) == ids
    assert list(dict.fromkeys(row["digest"] for row in from_tsv(found["tsv"]))) == ids


@pytest.mark.parametrize(
    ("format", "text"), {"json": "[]\n", "jsonl": "", "csv": "digest", "tsv": "digest"}.items()
)
def test_no_rows_are_an_empty_array_or_a_lone_header(format: str, text: str) -> None:
    found = rendered(check.view([]), format)
    assert found == text or (format in ("csv", "tsv") and re.fullmatch(r"digest[,\t].*\n", found))


@pytest.mark.parametrize("text", ["0.00000001", "0.0000", "123456789012345678.90", "-0.5", "7"])
def test_numbers_keep_the_digits_that_the_digest_gives(text: str) -> None:
    data = FULL.data.replace(b"value: 12", f"value: {text}".encode())
    section = view("figures")(loader.parse(data, FULL.origin))
    assert from_json(rendered(section, "json"))[0]["value"] == text
    assert [
        from_csv(rendered(section, "csv"))[0]["value"],
        from_tsv(rendered(section, "tsv"))[0]["value"],
    ] == [text, text]


@pytest.mark.slow
def test_the_bytes_are_the_same_each_time() -> None:
    script = "import sys\nfrom briefing.cli import run\nfor format in sys.argv[1].split():\n    run(['export', *sys.argv[2:], '-f', format])"
    command = [sys.executable, "-c", script, " ".join(FORMATS), FULL.origin.label]
    environments = [environment({"PYTHONHASHSEED": seed}) for seed in ("0", "1")]
    first, other = [
        subprocess.run(command, env=env, capture_output=True, check=True).stdout for env in environments
    ]
    assert first.count(b"The Lake Orlo water treaty") >= len(FORMATS)
    assert other == first


@pytest.mark.parametrize("name", VIEWS)
def test_fields_are_chosen_and_ordered(name: str) -> None:
    section = view(name)(FULL)
    every = [column.name for column in section.columns]
    for chosen in (every[::-1], every[1:2], every[-2:]):
        narrow = select(section, Query(fields=",".join(chosen)))
        rows = json.loads(rendered(section, "json"))
        assert [list(row.items()) for row in json.loads(rendered(narrow, "json"))] == [
            [(name, row[name]) for name in chosen] for row in rows
        ]
        for format, mark in (("csv", ","), ("tsv", "\t")):
            header = rendered(narrow, format).split("\n")[0].split(mark)
            assert list(dict.fromkeys(name.partition(".")[0] for name in header)) == chosen


def test_fields_may_have_blanks_around_them_and_hyphens_in_them() -> None:
    narrow = select(view("timeline")(FULL), Query(fields=" date-basis , event"))
    assert [column.name for column in narrow.columns] == ["date_basis", "event"]


@pytest.mark.parametrize("name", VIEWS)
def test_an_unknown_field_lists_those_that_there_are(name: str) -> None:
    section = view(name)(FULL)
    with pytest.raises(Failure) as caught:
        select(section, Query(fields="id,zzz"))
    assert caught.value.message == f'{name} has no field "zzz"'
    assert caught.value.help == f"The fields: {', '.join(column.name for column in section.columns)}"


def test_an_unknown_field_is_wrong_usage() -> None:
    result = briefing("timeline", "--fields", "date,evnt", "-f", "csv")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(
        'briefing: timeline has no field "evnt"\n   help: did you mean "event"? The fields: id, date,'
    )


@FULLEST
@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.slow
def test_without_a_header_the_first_line_is_the_first_row(loaded: Loaded, format: str) -> None:
    documents: list[Document | Section] = [*sections(loaded), exported(loaded)]
    assert len(documents) > 1
    for document in documents:
        whole = rendered(document, format)
        assert rendered(document, format, header=False) == whole.partition("\n")[2]


@pytest.mark.parametrize("format", DATA)
def test_what_is_marked_for_people_is_not_marked_for_machines(format: str) -> None:
    proof = Proof(FULL, None)
    found = rendered(search.view(FULL, "lake"), format) + rendered(trace.view(proof), format)
    assert "treaty on the waters of Lake Orlo in Port Mell" in found
    assert not set("‹›") & set(found)


@pytest.mark.parametrize("name", VIEWS)
def test_several_digests_have_a_first_column_with_the_digest(name: str) -> None:
    parts = [(Ref(loaded.digest.id, loaded.digest.id), view(name)(loaded)) for loaded in LOADED]
    found = json.loads(rendered(merged(parts), "json"))
    assert [row.pop("digest") for row in found if next(iter(row)) == "digest"] == [
        ref.id for ref, section in parts for _ in section.rows
    ] or name == "timeline"
    alone = [row for _, section in parts for row in json.loads(rendered(section, "json"))]
    assert sorted(map(repr, found)) == sorted(map(repr, alone))


def test_show_has_the_quotes_where_every_view_has_them() -> None:
    without_texts = Loaded(FULL.digest, Origin("-", None), FULL.data)
    for digest in (FULL, without_texts):
        (shown,) = from_csv(rendered(show.view(Proof(digest), "kp-fair"), "csv"))
        assert shown["evidence"] == "report: a fair deal"


# --- any text ---

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t,;\"'\\|=\u00a0\u2028\u200b\ufeff"),
    min_size=1,
).filter(lambda text: bool(re.search(r"\S", text)) and not re.search(UNSAFE, text))


def quoted(text: str) -> str:
    """A text in YAML, every character that could mean something as an escape."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08X}" for c in text) + '"'


def digest_of(text: str, *tags: str) -> Loaded:
    """A digest that says the text in every kind of place."""
    says = quoted(text)
    data = f"""
format: briefing/1
id: any
title: {says}
as_of: 2024
bottom_line: {says}
key_points: []
claims:
  - id: claim
    text: {says}
    kind: fact
    asserted_by: source
    evidence: [{{source: source, quote: {says}, locator: {says}}}]
    tags: [{", ".join(map(quoted, tags))}]
    note: {says}
findings: [{{id: finding, about: [{{item: claim, part: {says}}}], status: disputed, text: {says}}}]
sources: [{{id: source, title: {says}, kind: primary}}]
"""
    return loader.parse(data.encode(), Origin("any", None))


@given(TEXT, st.lists(TEXT, max_size=3))
@example(" a\n\n b\t", ["; ", '"'])
@example("no\u00a0break  two", ["=1+1"])
@example('"', ["\\N"])
@pytest.mark.slow
def test_any_text_comes_back_the_same(text: str, tags: list[str]) -> None:
    loaded = digest_of(text, *tags)
    section = view("claims")(loaded)
    (row,) = json.loads(rendered(section, "json"))
    evidence = {"source": "source", "quote": text, "prefix": None, "suffix": None, "locator": text}
    assert (row["text"], row["note"], row["tags"], row["evidence"]) == (text, text, tags, [evidence])
    assert row["finding"] == {"status": "disputed", "part": text}
    head = json.loads(rendered(exported(loaded), "json"))
    assert (head["title"], head["bottom_line"]) == (text, text)
    (cells,) = from_csv(rendered(section, "csv"))
    assert (cells["text"], cells["note"]) == (text, text)
    assert says("tags", cells["tags"], row)
    assert cells["evidence"] == f"source: {text}"
    assert json.loads(rendered(section, "jsonl")) == row


@given(TEXT)
def test_any_text_is_one_cell_of_tsv(text: str) -> None:
    (cells,) = from_tsv(rendered(view("claims")(digest_of(text)), "tsv"))
    assert cells["text"] == one_line(text)


def test_the_suffix_of_a_file_names_the_format(tmp_path: Path) -> None:
    assert DATA
    for format in DATA:
        result = briefing("figures", DIGESTS / "valid" / "full.yaml", "-o", tmp_path / f"x.{format}")
        assert (result.code, result.out, result.err) == (0, "", "")
        assert (tmp_path / f"x.{format}").read_text() == rendered(view("figures")(FULL), format)
