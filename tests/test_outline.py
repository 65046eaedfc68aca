"""Blocks: what people see of each view, whatever draws it."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.program import BUNDLED, DIGESTS

from briefing import loader, outline, views
from briefing.document import Column, Section, Show, one
from briefing.outline import Block, Entry, TableCell
from briefing.views import VIEWS

ROOT = Path(__file__).parent.parent


def blocks_of(section: Section, *, evidence: bool = True) -> list[Block]:
    return list(outline.blocks(one(section), evidence=evidence))


def small(layout: str) -> Section:
    columns = (
        Column("date", lambda row: row, Show("side")),
        Column("event", lambda row: f"{row} happens", Show("lead")),
        Column("finding", lambda row: "disputed: others differ", Show("under", under="event", accent=True)),
        Column("place", lambda row: "Mell", Show("badge")),
    )
    return Section("x", "Things", columns, ("one", "two"), layout, ("date", "event", "finding", "place"))  # type: ignore[arg-type]


def test_a_table_has_a_heading_columns_and_rows() -> None:
    heading, table = blocks_of(small("table"))
    assert isinstance(heading, outline.Heading)
    assert heading[:4] == ("Things", 0, "section", "Things · 2 items")
    assert isinstance(table, outline.Table)
    assert [(column.title, column.role) for column in table.columns] == [("Date", "side"), ("Event", "lead")]
    state = (outline.Words("disputed", "accent"), outline.Words(": others differ", "quiet"))
    assert next(iter(table.rows)) == (TableCell("one"), TableCell("one happens", (state,)))
    assert len(table.rows) == 2


def test_records_have_badges_and_second_lines() -> None:
    _, records = blocks_of(small("list"))
    assert isinstance(records, outline.Records)
    assert [(entry.text, entry.badges, len(entry.seconds)) for entry in records.entries] == [
        ("one happens", ("Mell",), 1),
        ("two happens", ("Mell",), 1),
    ]


def test_points_are_columns_or_entries() -> None:
    heading, points = blocks_of(small("points"))
    assert isinstance(heading, outline.Heading)
    assert heading.kind == "points"
    assert isinstance(points, outline.Points)
    assert [cell.text for cell in next(iter(points.rows))] == ["1", "one", "one happens"]
    assert next(iter(points.entries)) == Entry("one happens", ("one", "disputed: others differ", "Mell"))


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("digest", [BUNDLED, str(DIGESTS / "valid" / "full.yaml")], ids=["bundled", "full"])
def test_quotes_are_in_the_blocks_where_they_are_wanted(name: str, digest: str) -> None:
    loaded = loader.load(digest)
    section = views.view(name)(loaded)

    def cited(evidence: bool) -> int:
        found = 0
        for block in blocks_of(section, evidence=evidence):
            if isinstance(block, outline.Table):
                found += sum(len(cell.citations) for row in block.rows for cell in row)
            elif isinstance(block, outline.Records | outline.Points):
                found += sum(len(entry.citations) for entry in block.entries)
        return found

    rows = loaded.digest.key_points if name == "summary" else section.rows
    assert cited(True) == sum(len(row.evidence) for row in rows)
    assert cited(False) == 0


def test_a_misspelt_word_between_rooms_is_found_by_mypy(tmp_path: Path) -> None:
    slips = ('Show("leed")', 'Column("x", str, type="nummer")', 'Section("x", "X", (), (), "tabel")')
    module = tmp_path / "slips.py"
    module.write_text("\n".join(("from briefing.document import Column, Section, Show", *slips)))
    command = [sys.executable, "-m", "mypy", "--config-file=", str(module)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert [line for line in (2, 3, 4) if f"slips.py:{line}: error" in done.stdout] == [2, 3, 4], done.stdout
