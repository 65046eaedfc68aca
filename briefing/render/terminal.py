"""Tables for a terminal: every character shown, nothing cut, nothing wider than the screen.

How wide each column is gets decided here, by measuring, and not by rich, which shortens cells when
the room runs out. Where a table would be too narrow to read, each row becomes a stacked record.
Rows are laid out a few at a time, so that the first are on the screen while the rest are worked on.
"""

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from briefing.document import (
    Column,
    Document,
    Section,
    beneath,
    headline,
    lead,
    phrased,
    spoken,
    tally,
    unfolded,
    with_role,
)
from briefing.render import Look

_GAP = 2
_STACKED_BELOW = 60  # columns of the screen under which a table is hard to read
_TEXT_NEEDS = 26  # columns that a long text wants at least
_SHORT_SHARE = 5  # a short column wraps rather than take more of the room than this part
_LONGEST_LABEL = 16
_PROSE = 100  # a longer line of running text is hard to follow
_MEASURED = 1000  # rows that decide the widths; what comes later wraps where it is longer
_AT_ONCE = 25  # rows laid out together: about a screenful

_ACCENT, _DIM, _BOLD = "magenta", "dim", "bold"

# Blanks at the end of a line, among them those that colours are switched on and off around.
_ENDS = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)

_Teller = Callable[[int, Any], Text]
"""Number and row → what a cell shows."""


def render(document: Document, look: Look) -> Iterator[str]:
    """The document as text for a screen of `look.width` columns, in pieces of about a screenful."""
    screen = _Screen(look)
    sections = [
        section for section in chain.from_iterable(document.parts) if section.rows or not document.whole
    ]
    for number, section in enumerate(sections):
        if number:
            yield "\n"
        yield from screen.section(section)


@contextlib.contextmanager
def progress(what: str, total: int, done: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, and the function that moves it on by one."""
    from rich.progress import Progress  # few runs take so long

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total, completed=done)
        yield lambda: bar.advance(task)


class _Cells(NamedTuple):
    """One column as it is laid out."""

    title: str
    tell: _Teller
    width: int
    right: bool = False


class _Screen:
    """A screen of a known width, or an endless one."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.width = look.width
        self.prose = min(look.width or _PROSE, _PROSE)
        self.console = Console(
            file=io.StringIO(),
            width=look.width or 1_000_000,
            color_system="standard" if look.color else None,
            force_terminal=look.color,
            no_color=not look.color,
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
        )

    def text(self, *renderables: Any, width: int | None = None) -> str:
        """What these look like, without blanks at the ends of lines."""
        with self.console.capture() as capture:
            for renderable in renderables:
                self.console.print(renderable, overflow="fold", no_wrap=False, width=width)
        return _ENDS.sub(lambda end: end[0].replace(" ", ""), capture.get())

    def section(self, section: Section) -> Iterator[str]:
        if section.layout == "card":
            for row in section.rows:
                yield from self.card(section, row)
            return
        if self.look.header and section.layout != "points":
            yield self.text(Padding(Text(headline(section), _BOLD), (0, 0, 1, 0)))
        if section.layout == "list" and not section.chosen:
            yield from self.list(section)
        elif cells := self.layout(section):
            yield from self.table(section, cells)
        else:
            yield from self.stacked(section)
        if section.closing:
            yield self.text("", *(Text(line, _DIM) for line in section.closing))

    def layout(self, section: Section) -> list[_Cells] | None:
        """The columns of a table, measured; None where stacked records are easier to read."""
        columns = _shown(section)
        tellers = _tellers(section, columns, self.look.evidence)
        if section.layout == "points" and not section.chosen:
            columns.insert(0, Column("number", lambda _: None, type="number"))
            tellers.insert(0, lambda number, _: Text(str(number), _DIM))
        sample = list(enumerate(section.rows[:_MEASURED], 1))
        titled = self.look.header and section.layout != "points"
        measures = [
            _measure(column.title if titled else "", (tell(number, row) for number, row in sample))
            for column, tell in zip(columns, tellers, strict=True)
        ]
        widths = _widths(columns, measures, self.width)
        if widths is None:
            return None
        return [
            _Cells(column.title, tell, width, column.type == "number")
            for column, tell, width in zip(columns, tellers, widths, strict=True)
        ]

    def table(self, section: Section, cells: list[_Cells]) -> Iterator[str]:
        across = sum(cell.width + _GAP for cell in cells) - _GAP
        if self.look.header and section.layout != "points":
            titles = _grid(cells)
            titles.add_row(*(Text(cell.title, _DIM) for cell in cells))
            yield self.text(titles, Text("─" * across, _DIM), width=across)
        rows = enumerate(section.rows, 1)
        air = False
        while batch := [
            (number, [cell.tell(number, row) for cell in cells]) for number, row in islice(rows, _AT_ONCE)
        ]:
            air = air or (section.layout != "points" and any(_wraps(texts, cells) for _, texts in batch))
            table = _grid(cells)
            for number, texts in batch:
                table.add_row(*texts)
                if air and number < len(section.rows):
                    table.add_row()
            yield self.text(table, width=across)

    def stacked(self, section: Section) -> Iterator[str]:
        """Each row as a record: its first column, then the text, then the rest by name."""
        if section.layout == "points" and not section.chosen:
            yield from self.list(section)
            return
        columns = _shown(section)
        tellers = _tellers(section, columns, self.look.evidence)
        for number, row in enumerate(section.rows):
            texts = [tell(number, row) for tell in tellers]
            first, *rest = zip(columns, texts, strict=True)
            lines: list[Any] = [first[1]]
            for column, text in rest:
                if text.plain and column.show.role == "lead":
                    lines.append(Padding(text, (0, 0, 0, 2)))
                elif text.plain:
                    lines.append(self.labelled(column.title, text, 2))
            yield ("\n" if number else "") + self.text(*lines)

    def list(self, section: Section) -> Iterator[str]:
        """Numbered records: the lead, a line of badges, then labelled lines."""
        indent = len(str(len(section.rows))) + _GAP
        main = lead(section)
        for number, row in enumerate(section.rows, 1):
            lines = [*self.record_head(section, main, row), *self.record_body(section, main, row)]
            grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
            grid.add_column(width=indent - _GAP, justify="right")
            grid.add_column(width=self.prose - indent, overflow="fold")
            for position, line in enumerate(lines):
                grid.add_row(Text("" if position else str(number), _DIM), line)
            yield ("\n" if number > 1 else "") + self.text(grid)

    def record_head(self, section: Section, main: Column, row: Any) -> Iterator[Any]:
        yield Text(unfolded(spoken(main.cell(row))), "" if section.layout == "points" else _BOLD)
        roles = ("badge", "side", "under") if section.layout == "points" else ("badge",)
        badges = [text for column in with_role(section, *roles) if (text := phrased(column, row))]
        if badges:
            yield Text(unfolded(" · ".join(badges)), _DIM)

    def record_body(self, section: Section, main: Column, row: Any) -> Iterator[Any]:
        if section.layout == "list":
            for column in with_role(section, "detail"):
                if text := phrased(column, row):
                    yield self.labelled(column.title, Text(unfolded(text)))
            yield from _second_lines(section, main, row, self.look.evidence)

    def labelled(self, label: str, text: Text, indent: int = 0) -> Any:
        """A label and its text: side by side where there is room, else one after the other."""
        if self.prose < _STACKED_BELOW:
            line = Text(unfolded(label), _DIM).append("  ").append_text(text)
            return Padding(line, (0, 0, 0, indent))
        grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
        grid.add_column(width=_LONGEST_LABEL, overflow="fold")
        grid.add_column(overflow="fold")
        grid.add_row(Text(label, _DIM), text)
        return Padding(grid, (0, 0, 0, indent))

    def card(self, section: Section, row: Any) -> Iterator[str]:
        """One thing in full: title, badges, paragraphs, labelled lines, tables of its own, counts."""
        yield self.text(*self.card_head(section, row))
        for column in with_role(section, "body"):
            yield self.text("", Padding(Text(unfolded(phrased(column, row))), (0, 0, 0, 0)))
        details = [(c.title, text) for c in with_role(section, "detail") if (text := phrased(c, row))]
        if details:
            yield self.text("", *(self.labelled(title, Text(unfolded(text))) for title, text in details))
        for column in with_role(section, "section"):
            nested = column.cell(row)
            assert isinstance(nested, Section)
            if nested.rows:
                yield "\n"
                yield from self.section(nested)
        counts = [Text(text) for column in with_role(section, "tally") if (text := tally(column.cell(row)))]
        if counts:
            yield self.text("", *counts)

    def card_head(self, section: Section, row: Any) -> Iterator[Text]:
        yield Text(unfolded(spoken(lead(section).cell(row))), _BOLD)
        if badges := [text for column in with_role(section, "badge") if (text := phrased(column, row))]:
            yield Text(unfolded(" · ".join(badges)), _DIM)


def _grid(cells: list[_Cells]) -> Table:
    table = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    for cell in cells:
        table.add_column(width=cell.width, justify="right" if cell.right else "left", overflow="fold")
    return table


def _shown(section: Section) -> list[Column]:
    """The columns that stand beside one another in a table."""
    return list(section.columns) if section.chosen else with_role(section, "lead", "wide", "side")


def _tellers(section: Section, columns: list[Column], evidence: bool) -> list[_Teller]:
    """For each column the function that gives its cells; the first column is what the eye looks for."""
    styles = ["" if section.chosen or section.layout == "points" else _BOLD] + [""] * len(columns)
    return [_teller(section, c, style, evidence) for c, style in zip(columns, styles, strict=False)]


def _teller(section: Section, column: Column, style: str, evidence: bool) -> _Teller:
    """A column's own text, and below it in a quieter voice its second lines."""

    def tell(_: int, row: Any) -> Text:
        text = Text(unfolded(spoken(column.cell(row))), style)
        for line in () if section.chosen else _second_lines(section, column, row, evidence):
            text.append("\n").append_text(line)
        return text

    return tell


def _second_lines(section: Section, column: Column, row: Any, evidence: bool) -> Iterator[Text]:
    for other in beneath(section, column.name):
        if said := unfolded(phrased(other, row)):
            line = Text(said, _DIM)
            if other.name == "verification":
                line.stylize(f"not dim {_ACCENT}", 0, len(said.partition(":")[0]))
            yield line
    if evidence and column.show.role == "lead":
        for found in with_role(section, "evidence"):
            quotes = found.cell(row)
            assert isinstance(quotes, tuple)
            yield from (Text(unfolded(spoken(quote)), _DIM) for quote in quotes)


class _Measure(NamedTuple):
    """How wide a column's text is: at its widest line, and at its longest word."""

    line: int
    word: int


def _measure(title: str, texts: Iterator[Text]) -> _Measure:
    line = word = cell_len(title)
    for text in texts:
        line = max(line, *map(cell_len, text.plain.split("\n")))
        word = max(word, *map(cell_len, text.plain.split() or [""]))
    return _Measure(line, word)


def _widths(columns: list[Column], measures: list[_Measure], room: int | None) -> list[int] | None:
    """A width for each column, together at most `room`; None where some would be too narrow."""
    if room is None:
        return [measure.line for measure in measures]
    room -= _GAP * (len(columns) - 1)
    long = [column.show.role not in ("side", "") and column.type != "number" for column in columns]
    least = [
        min(measure.line, _TEXT_NEEDS if is_long else max(measure.word, 6))
        for measure, is_long in zip(measures, long, strict=True)
    ]
    if sum(least) > room or room < _STACKED_BELOW - _GAP * len(columns):
        return None
    most = [
        measure.line if is_long else max(least_, min(measure.line, room // _SHORT_SHARE))
        for measure, is_long, least_ in zip(measures, long, least, strict=True)
    ]
    return _shared_out(least, most, long, room - sum(least))


def _shared_out(least: list[int], most: list[int], long: list[bool], spare: int) -> list[int]:
    """Give the spare room to the short columns first, then to the long ones, by what they lack."""
    widths = list(least)
    for which in (False, True):
        wanting = [i for i, is_long in enumerate(long) if is_long is which and widths[i] < most[i]]
        lack = sum(most[i] - widths[i] for i in wanting)
        given = min(spare, lack)
        for i in wanting:
            share = (most[i] - widths[i]) * given // lack
            widths[i] += share
            spare -= share
    return widths


def _wraps(texts: list[Text], cells: list[_Cells]) -> bool:
    return any(
        "\n" in text.plain or cell_len(text.plain) > cell.width
        for text, cell in zip(texts, cells, strict=True)
    )
