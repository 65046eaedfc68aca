"""Section → what a person sees, in blocks: headings, tables, records, points, notes.

How a layout is shown, what is a second line, a badge or a detail, and what is left out is decided
here, once. A renderer for people draws blocks and knows nothing of layouts. Blocks hold plain text
in lines of words, each in a voice; what a voice looks like is the renderer's own affair.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from briefing.document import Citation, Column, Document, Record, Role, Section, lead
from briefing.wording import headline, phrased, phraser, spoken, tally, unfolded

Voice = Literal["text", "lead", "quiet", "accent"]
"""How words are said: `lead`, what a person came for; `accent`, what must not be missed."""

T = TypeVar("T")


class Words(NamedTuple):
    """Some words of a line in one voice."""

    text: str
    voice: Voice = "text"


Line: TypeAlias = tuple[Words, ...]


class Rows(Generic[T]):
    """Rows that are told when they are asked for, so that the first are there at once."""

    def __init__(self, rows: Sequence[Any], tell: Callable[[Any], T]) -> None:
        self._rows, self._tell = rows, tell

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[T]:
        return map(self._tell, self._rows)

    def first(self, count: int) -> "Rows[T]":
        """So many of them."""
        return Rows(self._rows[:count], self._tell)


class Heading(NamedTuple):
    """What the blocks below it are."""

    text: str
    depth: int = 0
    """How many headings it stands below."""
    kind: Literal["title", "section", "points"] = "section"
    """`title`: the name of one thing in full. `points`: they speak for themselves on a screen."""
    summary: str = ""
    """The same with how many rows there are, and the time that they span."""
    badges: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """Running text."""

    text: str


class Detail(NamedTuple):
    """A text and the label that says what it is."""

    label: str
    text: str


class Details(NamedTuple):
    """Labelled texts."""

    items: tuple[Detail, ...]


class TableColumn(NamedTuple):
    """A column of a table."""

    title: str
    role: Role
    """`lead`, `wide` or `side`: long texts have the room that the short ones leave."""
    right: bool = False
    """Whether it holds numbers."""
    voice: Voice = "text"


class TableCell(NamedTuple):
    """A cell: its text, second lines, and the quotes that it rests on."""

    text: str
    seconds: tuple[Line, ...] = ()
    citations: tuple[Citation, ...] = ()


TableRow: TypeAlias = tuple[TableCell, ...]


class Table(NamedTuple):
    """Rows of cells under the titles of their columns."""

    columns: tuple[TableColumn, ...]
    rows: Rows[TableRow]
    nothing: str
    """What is said where there is no row."""


class Entry(NamedTuple):
    """One record: its main text, badges, labelled texts, second lines and quotes."""

    text: str
    badges: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    seconds: tuple[Line, ...] = ()
    citations: tuple[Citation, ...] = ()


class Records(NamedTuple):
    """Numbered records whose texts are paragraphs."""

    entries: Rows[Entry]
    nothing: str


class Points(NamedTuple):
    """A few numbered sentences: as columns without titles where there is room, else as entries."""

    columns: tuple[TableColumn, ...]
    rows: Rows[TableRow]
    entries: Rows[Entry]
    nothing: str


class Notes(NamedTuple):
    """Lines that stand after what they are about."""

    lines: tuple[Line, ...]


class Contents(NamedTuple):
    """The headings that follow."""

    titles: tuple[str, ...]


class FrontMatter(NamedTuple):
    """What a document's head tells programs; it has the document's title."""

    head: Record


Block: TypeAlias = Heading | Paragraph | Details | Table | Records | Points | Notes | Contents | FrontMatter


def blocks(document: Document, *, evidence: bool) -> Iterator[Block]:
    """The document as blocks; with the quotes that its rows rest on, where they are wanted."""
    if document.front_matter:
        yield FrontMatter(document.front_matter)
    for part in document.parts:
        # Of a whole briefing only what is there; of a view also that there is nothing.
        sections = [section for section in part if section.rows or not document.whole]
        depth = 0
        if sections and sections[0].single:  # what follows a briefing's head belongs to it
            yield from _section(sections.pop(0), depth, evidence)
            depth = 1
        if document.whole and sections:
            yield Contents(tuple(section.title for section in sections))
        for section in sections:
            yield from _section(section, depth, evidence)


def with_role(section: Section, *roles: Role) -> list[Column]:
    """The columns that people see in these roles, in the order in which they see them."""
    columns = {column.name: column for column in section.columns if column.show.role in roles}
    return [columns[name] for name in section.order if name in columns]


def beneath(section: Section, name: str) -> list[Column]:
    """The columns whose cells are second lines of the column of that name."""
    return [column for column in with_role(section, "under") if column.show.under == name]


def _section(section: Section, depth: int, evidence: bool) -> Iterator[Block]:
    if section.layout == "card":
        for row in section.rows:
            yield from _card(section, row, depth, evidence)
        return
    kind: Literal["points", "section"] = "points" if section.layout == "points" else "section"
    yield Heading(section.title, depth, kind, headline(section))
    nothing = f"No {section.noun[1]}."
    if section.layout == "table":
        yield Table(*_table(section, evidence, "lead"), nothing)
    elif section.layout == "list":
        yield Records(_entries(section, evidence), nothing)
    else:
        columns, rows = _table(section, evidence, "text")
        yield Points(*_numbered(columns, rows), _points(section, evidence), nothing)
    if section.closing:
        yield Notes(tuple((Words(line, "quiet"),) for line in section.closing))


def _table(section: Section, evidence: bool, first: Voice) -> tuple[tuple[TableColumn, ...], Rows[TableRow]]:
    """The columns beside one another, each with its second lines; the first is what the eye looks for."""
    shown = with_role(section, "lead", "wide", "side")
    columns = tuple(
        TableColumn(column.title, column.show.role, column.type == "number", "text" if number else first)
        for number, column in enumerate(shown)
    )
    tellers = [_teller(section, column, evidence) for column in shown]
    return columns, Rows(section.rows, lambda row: tuple([tell(row) for tell in tellers]))


def _numbered(
    columns: tuple[TableColumn, ...], rows: Rows[TableRow]
) -> tuple[tuple[TableColumn, ...], Rows[TableRow]]:
    """The same with the number of each row before it."""
    number = TableColumn("", "side", right=True, voice="quiet")
    return (number, *columns), Rows(
        tuple(enumerate(rows, 1)), lambda numbered: (TableCell(str(numbered[0])), *numbered[1])
    )


def _teller(section: Section, column: Column, evidence: bool) -> Callable[[Any], TableCell]:
    """The function that gives a row's cell in a column."""
    get, seconds = column.cell, _seconds(section, column)
    citations = _citations(section, evidence and column.show.role == "lead")
    return lambda row: TableCell(unfolded(spoken(get(row))), seconds(row), citations(row))


def _seconds(section: Section, column: Column) -> Callable[[Any], tuple[Line, ...]]:
    """The function that gives the second lines of a column's cells."""
    phrases = [(phraser(other), other.show.accent) for other in beneath(section, column.name)]

    def seconds(row: Any) -> tuple[Line, ...]:
        said = [(unfolded(phrase(row)), accent) for phrase, accent in phrases]
        return tuple([_second(text, accent) for text, accent in said if text])

    return seconds if phrases else lambda row: ()


def _second(text: str, accent: bool) -> Line:
    state, colon, more = text.partition(":")
    return (Words(state, "accent"), Words(colon + more, "quiet")) if accent else (Words(text, "quiet"),)


def _citations(section: Section, wanted: bool) -> Callable[[Any], tuple[Citation, ...]]:
    """The function that gives the quotes that a row rests on."""
    found = with_role(section, "evidence")[:1] if wanted else []

    def citations(row: Any) -> tuple[Citation, ...]:
        cell = found[0].cell(row)
        assert isinstance(cell, tuple)
        return cell

    return citations if found else lambda row: ()


def _entries(section: Section, evidence: bool) -> Rows[Entry]:
    """Records: the lead, a line of badges, labelled texts, and what stands beneath the lead."""
    main = lead(section)
    seconds, citations = _seconds(section, main), _citations(section, evidence)
    return Rows(
        section.rows,
        lambda row: Entry(
            unfolded(spoken(main.cell(row))),
            _badges(section, row, "badge"),
            _details(section, row),
            seconds(row),
            citations(row),
        ),
    )


def _points(section: Section, evidence: bool) -> Rows[Entry]:
    """Sentences: what stands beside them in columns becomes badges."""
    main, citations = lead(section), _citations(section, evidence)
    return Rows(
        section.rows,
        lambda row: Entry(
            unfolded(spoken(main.cell(row))),
            _badges(section, row, "badge", "side", "under"),
            citations=citations(row),
        ),
    )


def _badges(section: Section, row: Any, *roles: Role) -> tuple[str, ...]:
    return tuple(_said(with_role(section, *roles), row))


def _details(section: Section, row: Any) -> tuple[Detail, ...]:
    said = [(column, unfolded(phrased(column, row))) for column in with_role(section, "detail")]
    return tuple(Detail(column.title, text) for column, text in said if text)


def _said(columns: Sequence[Column], row: Any) -> Iterator[str]:
    """What the columns say of a row, without those that say nothing."""
    for column in columns:
        if text := unfolded(phrased(column, row)):
            yield text


def _card(section: Section, row: Any, depth: int, evidence: bool) -> Iterator[Block]:
    """One thing in full: title, badges, paragraphs, labelled texts, tables of its own, counts."""
    title = unfolded(spoken(lead(section).cell(row)))
    yield Heading(title, depth, "title", badges=_badges(section, row, "badge"))
    for text in _said(with_role(section, "body"), row):
        yield Paragraph(text)
    if details := _details(section, row):
        yield Details(details)
    for column in with_role(section, "section"):
        nested = column.cell(row)
        assert isinstance(nested, Section)
        if nested.rows:
            yield from _section(nested, depth + 1, evidence)
    counts = [tally(column.cell(row)) for column in with_role(section, "tally")]
    if any(counts):
        yield Notes(tuple((Words(text),) for text in counts if text))
