"""Blocks on a terminal, drawn by rich: every character shown, nothing wider than the screen.

How wide each column gets is decided here beforehand, by measuring, so that rich has nothing to cut;
and rows are drawn a screenful at a time, so that the first come at once. Where a table would be too
narrow to read, each row becomes a stacked record.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import Literal, TypeAlias

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from briefing import outline
from briefing.document import Document
from briefing.outline import Rows, TableColumn, TableRow, Words
from briefing.render import Look, voices
from briefing.render.screen import Screen
from briefing.render.widths import GAP, STACKED_BELOW, Measure, widths

_LABEL = 16
_PROSE = 100  # a longer line of running text is hard to follow
_ENDLESS = 10_000  # columns of a screen whose width nobody knows
_MEASURED = 1000  # rows that decide the widths; what comes later wraps where it is longer
_AT_ONCE = 25  # rows drawn together: about a screenful

Columns: TypeAlias = Sequence[TableColumn]


def render(document: Document, look: Look) -> Iterator[str]:
    """The document as text for a screen of `look.width` columns, in pieces of about a screenful."""
    page = _Page(look)
    before: outline.Block | None = None
    for block in outline.blocks(document, look.wanted(remarks=look.full)):
        pieces = page.block(block)
        if first := next(pieces, ""):
            follows = isinstance(before, outline.Notes) and isinstance(block, outline.Hint)
            yield first if before is None or follows else f"\n{first}"
            yield from pieces
            before = block


def render_records(document: Document, look: Look) -> Iterator[str]:
    """The same with each row as a record at any width, as a screen reader reads it out."""
    return render(document, look._replace(stacked=True))


class _Page:
    """The blocks of a page as wide as the screen, or endlessly wide."""

    def __init__(self, look: Look) -> None:
        self.width = look.width
        self.room = max(look.width or _ENDLESS, 2)  # a wide character takes two columns
        self.prose = min(self.room, _PROSE)
        self.header = look.header
        self.hints = look.hints
        self.is_stacked = look.stacked
        self.screen = Screen(self.room, color=look.color, links=look.links, in_log=not look.hints)

    def block(self, block: outline.Block) -> Iterator[str]:
        """A block as drawn text; nothing where a screen has no use for it."""
        match block:
            case outline.Heading():
                yield from self.heading(block)
            case outline.Paragraph(text, notes):
                yield self.screen.drawn(voices.joined([(Words(text),), *voices.noted(notes)]))
            case outline.Details(items):
                yield self.screen.drawn(Group(*self.labelled(items, self.prose)))
            case outline.Table():
                yield from self.table(block)
            case outline.Records():
                yield from self.entries(block)
            case outline.Notes(lines):
                yield self.screen.drawn(voices.joined(lines))
            case outline.Hint(text):
                if self.hints:
                    fits = cell_len(text) <= self.prose
                    yield self.screen.drawn(voices.text(text if fits else text.replace(" · ", "\n"), "quiet"))
            case outline.Contents() | outline.FrontMatter():
                return

    def heading(self, heading: outline.Heading) -> Iterator[str]:
        if heading.kind == "title":
            badges = [heading.badges] if heading.badges else []
            yield self.screen.drawn(voices.joined([(Words(heading.text, "lead"),), *badges]))
        elif heading.kind == "group":
            yield self.screen.drawn(voices.text(heading.text, "label"))
        elif heading.kind == "section" and self.header:
            yield self.screen.drawn(voices.text(heading.summary, "lead"))

    def table(self, table: outline.Table) -> Iterator[str]:
        if not len(table.rows):
            if not self.header:
                return
            yield self.screen.drawn(voices.text(table.nothing))
            return
        titled = self.header and table.titled
        measured = None if self.is_stacked else self.measured(table.columns, table.rows, titled=titled)
        if measured is None:
            yield from self.stacked(table)
            return
        if titled:
            across = sum(measured) + GAP * (len(measured) - 1)
            titles = _grid(measured, table.columns)
            titles.add_row(*(voices.text(column.title, "label") for column in table.columns))
            yield self.screen.drawn(titles) + self.screen.drawn(voices.text("─" * across, "rule"))
        yield from self.rows(table.columns, measured, table.rows)

    def rows(self, columns: Columns, measured: Sequence[int], rows: Rows[TableRow]) -> Iterator[str]:
        """Rows in batches; set apart by blank lines from the first batch on in which a cell wraps."""
        coming, left, air = iter(rows), len(rows), False
        while batch := list(islice(coming, _AT_ONCE)):
            left -= len(batch)
            air = air or any(_wraps(row, measured) for row in batch)
            text = self.screen.drawn(_filled(columns, measured, batch, air))
            yield text + ("\n" if air and left else "")

    def measured(self, columns: Columns, rows: Rows[TableRow], *, titled: bool) -> list[int] | None:
        """A width for each column; None where stacked records are easier to read."""
        texts: list[set[str]] = [set() for _ in columns]
        for row in rows.first(_MEASURED):
            for found, cell in zip(texts, row, strict=True):
                found.update(voices.said(cell))
        titles = [column.title if titled else "" for column in columns]
        return widths(columns, list(map(_measure, titles, texts)), self.width)

    def stacked(self, table: outline.Table) -> Iterator[str]:
        """Each row as a record: its first column, then the text, then the rest by name."""
        for number, row in enumerate(table.rows):
            parts: list[RenderableType] = [voices.cell(table.columns[0], row[0])]
            for column, cell in zip(table.columns[1:], row[1:], strict=True):
                if any(voices.said(cell)):
                    text = voices.cell(column, cell)
                    part = text if column.role == "lead" else self.beside(column.title, text, self.prose - 2)
                    parts.append(Padding(part, (0, 0, 0, 2)))
            yield ("\n" if number else "") + self.screen.drawn(Group(*parts))

    def entries(self, records: outline.Records) -> Iterator[str]:
        """Numbered records: the main text, a line of badges, labelled texts, and what is quieter."""
        entries = records.entries
        voice: outline.Voice = "text" if records.compact else "lead"
        digits = len(str(records.start + len(entries) - 1))
        measured = (digits, max(self.prose - digits - GAP, 2))
        for number, entry in enumerate(entries, records.start):
            head = [(Words(entry.text, voice),), *([entry.badges] if entry.badges else [])]
            parts = [voices.joined(head), *self.labelled(entry.details, measured[1])]
            if quieter := [*entry.seconds, *voices.noted(entry.notes)]:
                parts.append(voices.joined(quieter))
            grid = _grid(measured)
            grid.add_row(voices.text(f"{number:>{digits}}", "number"), Group(*parts))
            apart = number > records.start and not records.compact
            yield ("\n" if apart else "") + self.screen.drawn(grid)

    def labelled(self, details: Iterable[outline.Detail], width: int) -> list[RenderableType]:
        return [self.beside(detail.label, voices.text(detail.text), width) for detail in details]

    def beside(self, label: str, text: Text, width: int) -> RenderableType:
        """A label and its text: side by side where there is room, else one after the other."""
        if self.is_stacked or self.prose < STACKED_BELOW:
            return Text.assemble((label, "label"), "  ", text)
        grid = _grid((_LABEL, width - _LABEL - GAP))
        grid.add_row(voices.text(label, "label"), text)
        return grid


def _measure(title: str, texts: set[str]) -> Measure:
    words = {word for text in texts for word in text.split()}
    line, word = (max(map(cell_len, {title, *each})) for each in (texts, words))
    return Measure(min(line, _ENDLESS), min(word, _ENDLESS))


def _grid(measured: Sequence[int], columns: Columns = (), *, air: bool = False) -> Grid:
    """An empty grid with columns of these widths, some of them for numbers; with air, blank lines between rows."""
    grid = Grid.grid(padding=(0, GAP, int(air), 0), collapse_padding=False)
    for width, column in zip_longest(measured, columns):
        justify: Literal["left", "right"] = "right" if column and column.right else "left"
        grid.add_column(width=width, overflow="fold", justify=justify)
    return grid


def _wraps(row: TableRow, measured: Sequence[int]) -> bool:
    return any(
        cell.seconds or cell.notes or cell_len(cell.text) > width
        for cell, width in zip(row, measured, strict=True)
    )


def _filled(columns: Columns, measured: Sequence[int], rows: Sequence[TableRow], air: bool) -> Grid:
    grid = _grid(measured, columns, air=air)
    for row in rows:
        grid.add_row(*map(voices.cell, columns, row))
    return grid
