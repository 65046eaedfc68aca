"""Sections on a terminal: every character shown, nothing cut, nothing wider than the screen.

How wide each column is gets decided here, by measuring: rich, which knows how many cells a text
takes, would shorten cells when the room runs out, and lays out all rows before it shows the first.
Where a table would be too narrow to read, each row becomes a stacked record.
"""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import Any, NamedTuple

from rich.cells import cell_len, chop_cells

from briefing.document import (
    Column,
    Document,
    Section,
    beneath,
    headline,
    lead,
    phrased,
    phraser,
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
_LABEL = 16
_PROSE = 100  # a longer line of running text is hard to follow
_MEASURED = 1000  # rows that decide the widths; what comes later wraps where it is longer
_AT_ONCE = 25  # rows laid out together: about a screenful

_ENDLESS = 1_000_000  # columns of a screen whose width nobody knows

_BOLD, _DIM, _ACCENT = "1", "2", "35"  # as terminals number them: ECMA-48, Select Graphic Rendition

# Latin, Greek and the punctuation of most texts: there a character is a cell, which needs no look-up.
_CELL_EACH = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0384-\u03ce\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")


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
    from rich.console import Console  # few runs take so long
    from rich.progress import Progress

    # rich reads COLUMNS and LINES itself, and falls over what is no number.
    size = os.get_terminal_size(sys.stderr.fileno())
    console = Console(stderr=True, width=size.columns or 80, height=size.lines or 25)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(what, total=total, completed=done)
        yield lambda: bar.advance(task)


class _Text(NamedTuple):
    """A paragraph: what it says, and in which voices."""

    text: str
    voice: str = ""
    head: int = 0
    """So many characters at its beginning have a voice of their own."""
    head_voice: str = ""


class _Line(NamedTuple):
    """A line as it is printed, and how many cells it takes."""

    text: str
    cells: int


_EMPTY = _Line("", 0)
_Teller = Callable[[int, Any], list[_Text]]
"""Number and row → the paragraphs of a cell."""


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
        self.width = look.width or _ENDLESS
        self.prose = min(look.width or _PROSE, _PROSE)

    def section(self, section: Section) -> Iterator[str]:
        if section.layout == "card":
            for row in section.rows:
                yield from self.card(section, row)
            return
        if self.look.header and section.layout != "points":
            yield self.text(_Text(headline(section), _BOLD)) + "\n"
        if section.layout == "list" and not section.chosen:
            yield from self.records(section)
        elif cells := self.layout(section):
            yield from self.table(section, cells)
        else:
            yield from self.stacked(section)
        if section.closing:
            yield "\n" + self.text(*(_Text(line, _DIM) for line in section.closing))

    def text(self, *paragraphs: _Text) -> str:
        """Paragraphs across the whole screen."""
        return _printed(self.fold(paragraphs, self.width))

    def fold(self, paragraphs: Iterable[_Text], width: int) -> list[_Line]:
        """The lines of some paragraphs, none of them wider than that, if there is room at all."""
        color, width = self.look.color, max(width, 1)
        return [
            _Line(_voiced(paragraph, start, end) if color else paragraph.text[start:end], cells)
            for paragraph in paragraphs
            for start, end, cells in _breaks(paragraph.text, width)
        ]

    def layout(self, section: Section) -> list[_Cells] | None:
        """The columns of a table, measured; None where stacked records are easier to read."""
        columns = _shown(section)
        tellers = _tellers(section, columns, self.look.evidence)
        if section.layout == "points" and not section.chosen:
            columns.insert(0, Column("number", lambda _: None, type="number"))
            tellers.insert(0, lambda number, _: [_Text(str(number), _DIM)])
        sample = list(enumerate(section.rows[:_MEASURED], 1))
        titled = self.look.header and section.layout != "points"
        measures = [
            _measure(column.title if titled else "", (tell(number, row) for number, row in sample))
            for column, tell in zip(columns, tellers, strict=True)
        ]
        widths = _widths(columns, measures, self.look.width)
        if widths is None:
            return None
        return [
            _Cells(column.title, tell, width, column.type == "number")
            for column, tell, width in zip(columns, tellers, widths, strict=True)
        ]

    def table(self, section: Section, cells: list[_Cells]) -> Iterator[str]:
        widths = [cell.width for cell in cells]
        if self.look.header and section.layout != "points":
            titles = [self.cell([_Text(cell.title, _DIM)], cell) for cell in cells]
            across = sum(widths) + _GAP * (len(widths) - 1)
            yield _printed(_beside(widths, titles)) + self.text(_Text("─" * across, _DIM))
        rows = enumerate(section.rows, 1)
        air = False
        while batch := [
            (number, [self.cell(cell.tell(number, row), cell) for cell in cells])
            for number, row in islice(rows, _AT_ONCE)
        ]:
            wraps = any(len(lines) > 1 for _, blocks in batch for lines in blocks)
            air = air or (wraps and section.layout != "points")
            yield "".join(
                _printed(_beside(widths, blocks)) + ("\n" if air and number < len(section.rows) else "")
                for number, blocks in batch
            )

    def cell(self, paragraphs: list[_Text], cell: _Cells) -> list[_Line]:
        lines = self.fold(paragraphs, cell.width)
        return _indented(lines, to=cell.width) if cell.right else lines

    def stacked(self, section: Section) -> Iterator[str]:
        """Each row as a record: its first column, then the text, then the rest by name."""
        if section.layout == "points" and not section.chosen:
            yield from self.records(section)
            return
        columns = _shown(section)
        tellers = _tellers(section, columns, self.look.evidence)
        for number, row in enumerate(section.rows):
            (_, first), *rest = zip(columns, (tell(number, row) for tell in tellers), strict=True)
            lines = self.fold(first, self.width)
            for column, texts in rest:
                if not any(text.text for text in texts):
                    continue
                if column.show.role == "lead":
                    lines += _indented(self.fold(texts, self.width - 2), 2)
                else:
                    lines += _indented(self.labelled(column.title, texts, self.prose - 2), 2)
            yield ("\n" if number else "") + _printed(lines)

    def records(self, section: Section) -> Iterator[str]:
        """Numbered records: the lead, a line of badges, then labelled lines."""
        digits = len(str(len(section.rows)))
        widths = (digits, self.prose - digits - _GAP)
        main = lead(section)
        for number, row in enumerate(section.rows, 1):
            label = _indented(self.fold([_Text(str(number), _DIM)], digits), to=digits)
            record = self.fold(_record_head(section, main, row), widths[1])
            if section.layout == "list":
                record += self.details(section, row, widths[1])
                record += self.fold(_seconds(section, main, self.look.evidence)(row), widths[1])
            yield ("\n" if number > 1 else "") + _printed(_beside(widths, (label, record)))

    def details(self, section: Section, row: Any, width: int) -> list[_Line]:
        """The labelled lines of a record."""
        said = ((column, phrased(column, row)) for column in with_role(section, "detail"))
        lines = (self.labelled(c.title, [_Text(unfolded(text))], width) for c, text in said if text)
        return list(chain.from_iterable(lines))

    def labelled(self, label: str, texts: list[_Text], width: int) -> list[_Line]:
        """A label and its text: side by side where there is room, else one after the other."""
        if self.prose < _STACKED_BELOW:
            first, *rest = texts
            joined = _Text(f"{label}  {first.text}", first.voice, len(label), _DIM)
            return self.fold([joined, *rest], width)
        widths = (_LABEL, width - _LABEL - _GAP)
        return _beside(widths, (self.fold([_Text(label, _DIM)], widths[0]), self.fold(texts, widths[1])))

    def card(self, section: Section, row: Any) -> Iterator[str]:
        """One thing in full: title, badges, paragraphs, labelled lines, tables of its own, counts."""
        yield self.text(*_record_head(section, lead(section), row))
        for column in with_role(section, "body"):
            yield "\n" + self.text(_Text(unfolded(phrased(column, row))))
        if details := self.details(section, row, self.prose):
            yield "\n" + _printed(details)
        for column in with_role(section, "section"):
            nested = column.cell(row)
            assert isinstance(nested, Section)
            if nested.rows:
                yield "\n"
                yield from self.section(nested)
        counts = [_Text(text) for column in with_role(section, "tally") if (text := tally(column.cell(row)))]
        if counts:
            yield "\n" + self.text(*counts)


def _record_head(section: Section, main: Column, row: Any) -> Iterator[_Text]:
    yield _Text(unfolded(spoken(main.cell(row))), "" if section.layout == "points" else _BOLD)
    roles = ("badge", "side", "under") if section.layout == "points" else ("badge",)
    badges = [text for column in with_role(section, *roles) if (text := phrased(column, row))]
    if badges:
        yield _Text(unfolded(" · ".join(badges)), _DIM)


def _shown(section: Section) -> list[Column]:
    """The columns that stand beside one another in a table."""
    return list(section.columns) if section.chosen else with_role(section, "lead", "wide", "side")


def _tellers(section: Section, columns: list[Column], evidence: bool) -> list[_Teller]:
    """For each column the function that gives its cells; the first column is what the eye looks for."""
    voices = ["" if section.chosen or section.layout == "points" else _BOLD] + [""] * len(columns)
    return [_teller(section, c, voice, evidence) for c, voice in zip(columns, voices, strict=False)]


def _teller(section: Section, column: Column, voice: str, evidence: bool) -> _Teller:
    """A column's own text, and below it in a quieter voice its second lines."""
    get = column.cell
    if section.chosen:
        return lambda _, row: [_Text(unfolded(spoken(get(row))), voice)]
    seconds = _seconds(section, column, evidence)
    return lambda _, row: [_Text(unfolded(spoken(get(row))), voice), *seconds(row)]


def _seconds(section: Section, column: Column, evidence: bool) -> Callable[[Any], Iterator[_Text]]:
    """The function that gives the second lines of a column's cells."""
    phrases = [(other.name == "finding", phraser(other)) for other in beneath(section, column.name)]
    quotes = with_role(section, "evidence") if evidence and column.show.role == "lead" else []

    def seconds(row: Any) -> Iterator[_Text]:
        for accented, phrase in phrases:
            if said := unfolded(phrase(row)):
                head = len(said.partition(":")[0]) if accented else 0
                yield _Text(said, _DIM, head, _ACCENT)
        for found in quotes:
            cited = found.cell(row)
            assert isinstance(cited, tuple)
            yield from (_Text(unfolded(spoken(quote)), _DIM) for quote in cited)

    return seconds


def _breaks(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """Where lines begin and end, and their cells: parted at spaces, in a word only where it is too long."""
    if not _CELL_EACH.fullmatch(text):
        yield from _breaks_by_word(text, width)
        return
    start, size = 0, len(text.rstrip(" "))
    while size - start > width:
        space = text.rfind(" ", start, start + width + 1)
        end = start + len(text[start:space].rstrip(" ")) if space >= start else start + width
        if end > start:
            yield start, end, end - start
        start = max(end, space)
        while text[start] == " ":
            start += 1
    yield start, size, size - start


def _breaks_by_word(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    start = end = cells = 0
    for word in re.finditer("[^ ]+", text):
        size = cell_len(word[0])
        gap = word.start() - end
        if cells + gap + size > width:
            if cells:
                yield start, end, cells
            start, cells, gap = word.start(), 0, 0
            *pieces, last = chop_cells(word[0], width) if size > width else [word[0]]
            for piece in pieces:
                yield start, start + len(piece), cell_len(piece)
                start += len(piece)
            size = cell_len(last)
        cells, end = cells + gap + size, word.end()
    yield start, end, cells


def _voiced(paragraph: _Text, start: int, end: int) -> str:
    """A piece of a paragraph with the codes that switch its voices on and off."""
    text, voice, head, head_voice = paragraph
    head = min(max(head, start), end)
    pieces = ((text[start:head], head_voice), (text[head:end], voice))
    return "".join(f"\x1b[{code}m{piece}\x1b[0m" if piece and code else piece for piece, code in pieces)


def _indented(lines: list[_Line], by: int = 0, *, to: int = 0) -> list[_Line]:
    """Lines further to the right: by some cells, or so far that they end there."""
    blanks = ((by or to - cells, text, cells) for text, cells in lines)
    return [_Line(" " * n + text if text else "", n + cells) for n, text, cells in blanks]


def _beside(widths: Sequence[int], blocks: Sequence[list[_Line]]) -> list[_Line]:
    """Blocks of lines as columns of these widths, beside one another."""
    rows = []
    for lines in zip_longest(*blocks, fillvalue=_EMPTY):
        row, end, start = "", 0, 0
        for width, (text, cells) in zip(widths, lines, strict=True):
            if text:
                row += " " * (start - end) + text
                end = start + cells
            start += width + _GAP
        rows.append(_Line(row, end))
    return rows


def _printed(lines: list[_Line]) -> str:
    return "".join([f"{text}\n" for text, _ in lines])


class _Measure(NamedTuple):
    """How wide a column's text is: at its widest line, and at its longest word."""

    line: int
    word: int


def _measure(title: str, cells: Iterable[list[_Text]]) -> _Measure:
    texts = {paragraph.text for cell in cells for paragraph in cell}
    words = set(chain.from_iterable(map(str.split, texts)))
    line, word = (max(map(cell_len, {title, *each})) for each in (texts, words))
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
