"""Blocks on a terminal, drawn by rich: every character shown, nothing wider than the screen.

How wide each column gets is decided here beforehand, by measuring, so that rich has nothing to cut;
and rows are drawn a screenful at a time, so that the first come at once. Where a table would be too
narrow to read, each row becomes a stacked record.
"""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import Literal, TypeAlias
from zlib import crc32

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text
from rich.theme import Theme

from briefing import outline
from briefing.document import Document
from briefing.outline import Line, Rows, TableCell, TableColumn, TableRow, Words
from briefing.render import Look
from briefing.render.widths import GAP, STACKED_BELOW, Measure, widths
from briefing.wording import addresses, spoken, unfolded

THEME = Theme(
    {
        "lead": "bold",
        "text": "none",
        "quiet": "dim",
        "address": "dim",
        "grave": "bold red",
        "doubtful": "yellow",
        "confirmed": "green",
        "coming": "cyan",
        "label": "dim",
        "rule": "dim",
        "number": "dim",
    }
)
"""What each voice looks like, and what is no text of the document."""

_LABEL = 16
_PROSE = 100  # a longer line of running text is hard to follow
_ENDLESS = 10_000  # columns of a screen whose width nobody knows
_MEASURED = 1000  # rows that decide the widths; what comes later wraps where it is longer
_AT_ONCE = 25  # rows drawn together: about a screenful

Columns: TypeAlias = Sequence[TableColumn]


def render(document: Document, look: Look) -> Iterator[str]:
    """The document as text for a screen of `look.width` columns, in pieces of about a screenful."""
    screen = _Screen(look)
    before: outline.Block | None = None
    for block in outline.blocks(document, look.wanted(remarks=look.full)):
        pieces = screen.block(block)
        if first := next(pieces, ""):
            follows = isinstance(before, outline.Notes) and isinstance(block, outline.Hint)
            yield first if before is None or follows else f"\n{first}"
            yield from pieces
            before = block


def render_records(document: Document, look: Look) -> Iterator[str]:
    """The same with each row as a record at any width, as a screen reader reads it out."""
    return render(document, look._replace(stacked=True))


@contextlib.contextmanager
def progress(what: str, total: int, done: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, and the function that moves it on by one."""
    from rich.progress import Progress  # few runs take so long

    # rich reads COLUMNS and LINES itself, and crashes on a non-numeric value.
    size = os.get_terminal_size(sys.stderr.fileno())
    console = Console(stderr=True, width=size.columns or 80, height=size.lines or 25)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(what, total=total, completed=done)
        yield lambda: bar.advance(task)


class _Screen:
    """A screen of a known width, or an endless one."""

    def __init__(self, look: Look) -> None:
        self.width = look.width
        self.room = max(look.width or _ENDLESS, 2)  # a wide character takes two columns
        self.prose = min(self.room, _PROSE)
        self.header = look.header
        self.hints = look.hints
        self.is_stacked = look.stacked
        self.links = look.links
        self.color = ColorSystem.STANDARD if look.color else None
        self.console = Console(
            file=io.StringIO(), width=self.room, height=25, theme=THEME, color_system=None,
            force_terminal=False, legacy_windows=False, no_color=False, highlight=False, emoji=False, markup=False,
        )  # fmt: skip

    def block(self, block: outline.Block) -> Iterator[str]:
        """A block as drawn text; nothing where a screen has no use for it."""
        match block:
            case outline.Heading():
                yield from self.heading(block)
            case outline.Paragraph(text, notes):
                yield self.drawn(_lines([(Words(text),), *_noted(notes)]))
            case outline.Details(items):
                yield self.drawn(Group(*self.labelled(items, self.prose)))
            case outline.Table():
                yield from self.table(block)
            case outline.Records():
                yield from self.entries(block)
            case outline.Notes(lines):
                yield self.drawn(_lines(lines))
            case outline.Hint(text):
                if self.hints:
                    fits = cell_len(text) <= self.prose
                    yield self.drawn(_text(text if fits else text.replace(" · ", "\n"), "quiet"))
            case outline.Contents() | outline.FrontMatter():
                return

    def drawn(self, renderable: RenderableType) -> str:
        """The lines that rich makes of it, without blanks at their ends."""
        lines = self.console.render_lines(renderable, pad=False)
        return "".join([f"{self.line(segments)}\n" for segments in lines])

    def line(self, segments: list[Segment]) -> str:
        while segments and not (text := segments[-1].text.rstrip(" ")):
            segments.pop()
        if segments:
            segments[-1] = segments[-1]._replace(text=text)
        color = self.color
        return "".join([self.word(text, style, color) if style else text for text, style, _ in segments])

    def word(self, text: str, style: Style, color: ColorSystem | None) -> str:
        """Some words in their style; a link has an id of its address, so that its lines belong together."""
        address = style.link
        if not address:
            return style.render(text, color_system=color)
        drawn = style.update_link(None).render(text, color_system=color)
        if not self.links:
            return drawn
        return f"\x1b]8;id={crc32(address.encode()):x};{address}\x1b\\{drawn}\x1b]8;;\x1b\\"

    def heading(self, heading: outline.Heading) -> Iterator[str]:
        if heading.kind == "title":
            badges = [heading.badges] if heading.badges else []
            yield self.drawn(_lines([(Words(heading.text, "lead"),), *badges]))
        elif heading.kind == "group":
            yield self.drawn(_text(heading.text, "label"))
        elif heading.kind == "section" and self.header:
            yield self.drawn(_text(heading.summary, "lead"))

    def table(self, table: outline.Table) -> Iterator[str]:
        if not len(table.rows):
            if not self.header:
                return
            yield self.drawn(_text(table.nothing))
            return
        titled = self.header and table.titled
        measured = None if self.is_stacked else self.measured(table.columns, table.rows, titled=titled)
        if measured is None:
            yield from self.stacked(table)
            return
        if titled:
            across = sum(measured) + GAP * (len(measured) - 1)
            titles = _grid(measured, table.columns)
            titles.add_row(*(_text(column.title, "label") for column in table.columns))
            yield self.drawn(titles) + self.drawn(_text("─" * across, "rule"))
        yield from self.rows(table.columns, measured, table.rows, airy=True)

    def rows(
        self, columns: Columns, measured: Sequence[int], rows: Rows[TableRow], *, airy: bool
    ) -> Iterator[str]:
        """Rows in batches; set apart by blank lines from the first batch on in which a cell wraps."""
        coming, left, air = iter(rows), len(rows), False
        while batch := list(islice(coming, _AT_ONCE)):
            left -= len(batch)
            air = air or (airy and any(_wraps(row, measured) for row in batch))
            text = self.drawn(_filled(columns, measured, batch, air))
            yield text + ("\n" if air and left else "")

    def measured(self, columns: Columns, rows: Rows[TableRow], *, titled: bool) -> list[int] | None:
        """A width for each column; None where stacked records are easier to read."""
        texts: list[set[str]] = [set() for _ in columns]
        for row in rows.first(_MEASURED):
            for found, cell in zip(texts, row, strict=True):
                found.update(_said(cell))
        titles = [column.title if titled else "" for column in columns]
        return widths(columns, list(map(_measure, titles, texts)), self.width)

    def stacked(self, table: outline.Table) -> Iterator[str]:
        """Each row as a record: its first column, then the text, then the rest by name."""
        for number, row in enumerate(table.rows):
            parts: list[RenderableType] = [_cell(table.columns[0], row[0])]
            for column, cell in zip(table.columns[1:], row[1:], strict=True):
                if any(_said(cell)):
                    text = _cell(column, cell)
                    part = text if column.role == "lead" else self.beside(column.title, text, self.prose - 2)
                    parts.append(Padding(part, (0, 0, 0, 2)))
            yield ("\n" if number else "") + self.drawn(Group(*parts))

    def entries(self, records: outline.Records) -> Iterator[str]:
        """Numbered records: the main text, a line of badges, labelled texts, and what is quieter."""
        entries = records.entries
        voice: outline.Voice = "text" if records.compact else "lead"
        digits = len(str(records.start + len(entries) - 1))
        measured = (digits, max(self.prose - digits - GAP, 2))
        for number, entry in enumerate(entries, records.start):
            head = [(Words(entry.text, voice),), *([entry.badges] if entry.badges else [])]
            parts = [_lines(head), *self.labelled(entry.details, measured[1])]
            if quieter := [*entry.seconds, *_noted(entry.notes)]:
                parts.append(_lines(quieter))
            grid = _grid(measured)
            grid.add_row(_text(f"{number:>{digits}}", "number"), Group(*parts))
            apart = number > records.start and not records.compact
            yield ("\n" if apart else "") + self.drawn(grid)

    def labelled(self, details: Iterable[outline.Detail], width: int) -> list[RenderableType]:
        return [self.beside(detail.label, _text(detail.text), width) for detail in details]

    def beside(self, label: str, text: Text, width: int) -> RenderableType:
        """A label and its text: side by side where there is room, else one after the other."""
        if self.is_stacked or self.prose < STACKED_BELOW:
            return Text.assemble((label, "label"), "  ", text)
        grid = _grid((_LABEL, width - _LABEL - GAP))
        grid.add_row(_text(label, "label"), text)
        return grid


def _measure(title: str, texts: set[str]) -> Measure:
    words = {word for text in texts for word in text.split()}
    line, word = (max(map(cell_len, {title, *each})) for each in (texts, words))
    return Measure(min(line, _ENDLESS), min(word, _ENDLESS))


def _grid(measured: Sequence[int], columns: Columns = ()) -> Grid:
    """An empty grid with columns of these widths, some of them for numbers."""
    grid = Grid.grid(padding=(0, GAP, 0, 0))
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
    grid = _grid(measured, columns)
    for number, row in enumerate(rows):
        if air and number:
            grid.add_row()
        grid.add_row(*map(_cell, columns, row))
    return grid


def _text(text: str, style: str = "text") -> Text:
    """One text. The style is that of the text, not of the blanks that fill up its lines."""
    return _lines([(Words(text),)], style)


def _lines(lines: Iterable[Line], style: str = "") -> Text:
    """Lines of words in their voices, or all in one style, as one text; its addresses are links."""
    text = Text(overflow="fold")
    for number, line in enumerate(lines):
        if number:
            text.append("\n")
        for words, voice in line:
            at = len(text)
            text.append(words, style or voice)
            if "://" in words:
                for start, end, address in addresses(words):
                    text.stylize(Style(link=address), at + start, at + end)
    return text


def _cell(column: TableColumn, cell: TableCell) -> Text:
    quieter = [*cell.seconds, *_noted(cell.notes)]
    return _lines([(Words(cell.text, column.voice),), *quieter] if cell.text or not quieter else quieter)


def _noted(notes: Iterable[outline.Note]) -> list[Line]:
    """The lines of some notes: each quote, and what is remarked, with where it comes from."""
    lines: list[Line] = []
    for note in notes:
        lines += [(Words(unfolded(spoken(citation)), "quiet"),) for citation in note.quotes]
        if note.text:
            sources = ", ".join(link.name for link in note.sources)
            what, colon, rest = note.text.partition(":") if note.voice != "quiet" else ("", "", note.text)
            told = Words(f"{colon}{rest}{sources and f' ({sources})'}", "text" if what else "quiet")
            lines.append((Words(what, note.voice), told) if what else (told,))
    return lines


def _said(cell: TableCell) -> list[str]:
    """The text of each line of a cell."""
    lines = [*cell.seconds, *_noted(cell.notes)]
    return [cell.text, *("".join([words.text for words in line]) for line in lines)]
