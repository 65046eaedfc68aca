"""Section → what a person sees, in blocks: headings, tables, records, points, notes.

How a layout is shown, what is a second line, a badge or a detail, and what is left out is decided
here, once. A renderer for people draws blocks and knows nothing of layouts. Blocks hold plain text
in lines of words, each in a voice; what a voice looks like is the renderer's own affair.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from briefing.document import Citation, Column, Document, Link, Record, Role, Section, Show, column, lead
from briefing.wording import (
    capital,
    headline,
    phraser,
    sentence_case,
    spoken,
    tally,
    unfolded,
    within_sentence,
    worded,
)

Voice = Literal["text", "lead", "quiet", "address", "grave", "doubtful", "confirmed", "coming"]
"""How words are said: `lead`, what a person came for; `address`, a whole http or https address; `grave`
to `coming`, states that the eye must not miss."""

_VOICES: dict[str, Voice] = {
    "contradicted": "grave",
    "disputed": "doubtful",
    "unsupported": "doubtful",
    "imprecise": "doubtful",
    "corroborated": "confirmed",
    "planned": "coming",
    "possible": "coming",
}
"""The voices of the states that an item may be in."""


class Wanted(NamedTuple):
    """How much a reader wants to see."""

    evidence: bool = False
    """The quotes that rows rest on."""
    remarks: bool = False
    """What other sources say, and notes."""
    full: bool = False
    """Also what a first look can do without."""
    ids: bool = False


T = TypeVar("T")


class Words(NamedTuple):
    """Some words of a line in one voice."""

    text: str
    voice: Voice = "text"


Line: TypeAlias = tuple[Words, ...]


class Rows(Generic[T]):
    """Rows that are made only when they are asked for, so that the first are there at once."""

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
    kind: Literal["title", "section", "points", "group"] = "section"
    """`title`: the name of one thing in full. `points`: they speak for themselves on a screen."""
    summary: str = ""
    """The same with how many rows there are, and the time that they span."""
    badges: Line = ()


class Note(NamedTuple):
    """What stands at the foot of a page, or below a row: quotes, or what other sources say."""

    label: str
    """The same in every output of a digest, and no other digest's."""
    quotes: tuple[Citation, ...] = ()
    text: str = ""
    sources: tuple[Link, ...] = ()
    voice: Voice = "quiet"
    """The voice of its first words, up to a colon; where they are not quiet, neither is the rest."""


class Paragraph(NamedTuple):
    """Running text, and the notes on it."""

    text: str
    notes: tuple[Note, ...] = ()


class Detail(NamedTuple):
    """A text and the label that says what it is."""

    label: str
    text: str
    is_address: bool = False
    """Whether the text is a whole http or https address."""


class Details(NamedTuple):
    """Labelled texts."""

    items: tuple[Detail, ...]


class TableColumn(NamedTuple):
    """A column of a table."""

    title: str
    role: Role
    """`lead`, `wide` or `side`: long texts have the room that the short ones leave."""
    right: bool = False
    """Whether its cells are set to the right, as numbers are."""
    voice: Voice = "text"


class TableCell(NamedTuple):
    """A cell: its text, second lines, and the notes on it."""

    text: str
    seconds: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()


TableRow: TypeAlias = tuple[TableCell, ...]


class Table(NamedTuple):
    """Rows of cells under the titles of their columns."""

    columns: tuple[TableColumn, ...]
    rows: Rows[TableRow]
    nothing: str
    """What is said where there is no row."""
    titled: bool = True
    """Whether a screen needs the titles of the columns: a date and what happened then speak for themselves."""


class Entry(NamedTuple):
    """One record: its main text, a line of badges, labelled texts, second lines, and notes."""

    text: str
    badges: Line = ()
    details: tuple[Detail, ...] = ()
    seconds: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()


class Records(NamedTuple):
    """Numbered records."""

    entries: Rows[Entry]
    nothing: str
    compact: bool = False
    """True for a few sentences that follow one another; else each stands by itself."""
    start: int = 1
    """The number of the first."""


class Notes(NamedTuple):
    """Lines that stand after what they are about."""

    lines: tuple[Line, ...]


class Hint(NamedTuple):
    """How to see more, for who can type the next command."""

    text: str


class Contents(NamedTuple):
    """The headings that follow."""

    titles: tuple[str, ...]


class FrontMatter(NamedTuple):
    """What a document's head tells programs; it has the document's title."""

    head: Record


Block: TypeAlias = Heading | Paragraph | Details | Table | Records | Notes | Hint | Contents | FrontMatter


def blocks(document: Document, wanted: Wanted) -> Iterator[Block]:
    """The document as blocks, with as much as is wanted."""
    if document.front_matter:
        yield FrontMatter(document.front_matter)
    for part in document.parts:
        # Of a whole briefing only what is there; of a view also that there is nothing.
        sections = [section for section in part if section.rows or not document.whole]
        depth = 0
        if sections and sections[0].single:  # what follows a briefing's head belongs to it
            yield from _section(sections.pop(0), depth, wanted)
            depth = 1
        if document.whole and sections:
            yield Contents(tuple(section.title for section in sections))
        for section in sections:
            yield from _section(section, depth, wanted)


def _section(section: Section, depth: int, wanted: Wanted) -> Iterator[Block]:
    if section.layout == "card":
        for row in section.rows:
            yield from _card(section, row, depth, wanted)
        if not section.rows:
            yield Paragraph(f"No {section.noun[1]}.")
        return
    yield Heading(
        section.title, depth, "points" if section.layout == "points" else "section", headline(section)
    )
    section, everywhere = _said_once(section, wanted)
    if everywhere:
        yield Notes((everywhere,))
    for start, group, part in _groups(section):
        if group:
            yield Heading(group, depth + 1, "group")
        yield _rows(part, wanted, start)
    if section.closing:
        yield Notes(tuple((Words(line, "quiet"),) for line in section.closing))
    if section.hint:
        yield Hint(section.hint)


def _said_once(section: Section, wanted: Wanted) -> tuple[Section, Line]:
    """Who says so, where it is the same of every row: the section without it, and the line that says it."""
    said = [each for each in _with_role(section, wanted, "badge") if each.name == "asserted_by"]
    if not said or len(section.rows) < 2:
        return section, ()
    cells = map(said[0].cell, section.rows)
    first = next(cells)
    if not first or any(cell != first for cell in cells):
        return section, ()
    columns = [each._replace(show=Show()) if each is said[0] else each for each in section.columns]
    names = within_sentence(worded(said[0], first))
    return section._replace(columns=tuple(columns)), (Words(f"Said throughout by {names}.", "quiet"),)


def _groups(section: Section) -> Iterator[tuple[int, str, Section]]:
    """The rows that stand together: the number of the first, what they stand under, the section of them."""
    if section.group is None or len({section.group(row) for row in section.rows}) < 2:
        yield 1, "", section
        return
    start = 1
    for group, found in groupby(section.rows, section.group):
        rows = tuple(found)
        yield start, group, section._replace(rows=rows)
        start += len(rows)


def _rows(section: Section, wanted: Wanted, start: int) -> Block:
    nothing = f"No {section.noun[1]}."
    if section.layout == "table":
        return Table(*_table(section, wanted), nothing, not _is_chronicle(section, wanted))
    return Records(_entries(section, wanted), nothing, section.layout == "points", start)


def _with_role(section: Section, wanted: Wanted, *roles: Role) -> list[Column]:
    """The columns that people see in these roles, in the order in which they see them."""
    columns = {
        each.name: each
        for each in section.columns
        if each.show.role in roles and (wanted.full or not each.show.full)
    }
    return [columns[name] for name in section.order if name in columns]


def _table(section: Section, wanted: Wanted) -> tuple[tuple[TableColumn, ...], Rows[TableRow]]:
    """The columns beside one another, each with its second lines."""
    shown = _with_role(section, wanted, "lead", "wide", "side")
    columns = tuple(
        TableColumn(each.title, each.show.role, each.type == "number", _voice(each, number, shown))
        for number, each in enumerate(shown)
    )
    tellers = [_teller(section, each, wanted) for each in shown]
    return columns, Rows(section.rows, lambda row: tuple([tell(row) for tell in tellers]))


def _is_chronicle(section: Section, wanted: Wanted) -> bool:
    shown = _with_role(section, wanted, "lead", "wide", "side")
    return [(each.type == "date", each.show.role == "lead") for each in shown] == [
        (True, False),
        (False, True),
    ]


def _voice(shown: Column, number: int, columns: Sequence[Column]) -> Voice:
    """The lead is what a person came for; where there is none, the first column is."""
    has_lead = any(each.show.role == "lead" for each in columns)
    return "lead" if shown.show.role == "lead" or (number == 0 and not has_lead) else "text"


def _teller(section: Section, shown: Column, wanted: Wanted) -> Callable[[Any], TableCell]:
    """The function that gives a row's cell in a column."""
    seconds, main = _seconds(section, shown, wanted), lead(section)
    badges = _badges(section, wanted) if shown is main else lambda row: ()
    notes = _notes(section, wanted) if shown is main else lambda row: ()
    ids = _id_line(section, wanted) if shown is main else lambda row: ()

    def cell(row: Any) -> TableCell:
        line = badges(row)
        return TableCell(_text(shown, row), ((line,) if line else ()) + seconds(row) + ids(row), notes(row))

    return cell


def _text(shown: Column, row: Any) -> str:
    show = shown.show
    return unfolded(show.say(row) if show.say is not None else worded(shown, shown.cell(row)))


def _seconds(section: Section, shown: Column, wanted: Wanted) -> Callable[[Any], tuple[Line, ...]]:
    """The function that gives the second lines of a column's cells."""
    below = [each for each in _with_role(section, wanted, "under") if each.show.under == shown.name]
    told = [(each, phraser(each)) for each in below]

    def seconds(row: Any) -> tuple[Line, ...]:
        said = [(each, unfolded(phrase(row))) for each, phrase in told]
        return tuple([_second(each, text) for each, text in said if text])

    return seconds if told else lambda row: ()


def _second(shown: Column, text: str) -> Line:
    """A second line; an address in it is words of its own, so that it can be a link."""
    if shown.type != "address":
        return (Words(text, "quiet"),)
    before, _, address = text.rpartition(" ")  # no address has a blank in it
    return (*([Words(f"{before} ", "quiet")] if before else []), Words(address, "address"))


def _id_line(section: Section, wanted: Wanted) -> Callable[[Any], tuple[Line, ...]]:
    """The function that gives the line with a row's id, where ids are wanted."""
    found = column(section, "id") if wanted.ids else None
    return (lambda row: ((Words(spoken(found.cell(row)), "quiet"),),)) if found else lambda row: ()


def _badges(section: Section, wanted: Wanted, *also: Role) -> Callable[[Any], Line]:
    """The function that gives a row's badges as one line: each a few words, states in their voices."""
    told = [(each, phraser(each)) for each in _with_role(section, wanted, "badge", *also)]

    def badges(row: Any) -> Line:
        return _joined([_badge(each, row, phrase) for each, phrase in told])

    return badges


def _badge(shown: Column, row: Any, phrase: Callable[[Any], str]) -> Words:
    text = unfolded(phrase(row))
    cell = shown.cell(row) if text and shown.vocabulary else None
    state = cell.parts[0][1] if isinstance(cell, Record) else cell
    voice = _VOICES.get(str(state), "quiet") if shown.name in ("finding", "status") else "quiet"
    return Words(sentence_case(text) if shown.phrases else text, voice)


def _joined(badges: Iterable[Words]) -> Line:
    line: list[Words] = []
    for badge in badges:
        if badge.text:
            line += [Words(" · ", "quiet"), badge] if line else [badge]
    return tuple(line)


def plain(line: Line) -> str:
    """The words of a line, without their voices."""
    return "".join([words.text for words in line])


def _notes(section: Section, wanted: Wanted) -> Callable[[Any], tuple[Note, ...]]:
    """The function that gives the notes on a row: one with its quotes and its own note, and what others say of it."""
    quoted = _with_role(section, wanted, "evidence")[:1] if wanted.evidence else []
    remarks = section.remarks if wanted.remarks else None

    def notes(row: Any) -> tuple[Note, ...]:
        found: list[Note] = []
        for each in quoted:
            quotes = each.cell(row)
            assert isinstance(quotes, tuple)
            found += [Note(quotes[0].label, quotes)] if quotes else []
        for told in remarks(row) if remarks is not None else ():
            text = unfolded(told.text)
            if found and found[0].quotes and not told.state and not told.sources:
                found[0] = found[0]._replace(text=text)
            else:
                found.append(Note(told.label, (), text, told.sources, _VOICES.get(told.state, "quiet")))
        return tuple(found)

    return notes if quoted or remarks else lambda row: ()


def _entries(section: Section, wanted: Wanted) -> Rows[Entry]:
    """Records: the lead, a line of badges, labelled texts, and what stands beneath the lead."""
    main = lead(section)
    badges = _badges(section, wanted, "side")  # a short column of its own, where there are columns
    details, notes = _details(section, wanted), _notes(section, wanted)
    seconds, ids = _seconds(section, main, wanted), _id_line(section, wanted)
    return Rows(
        section.rows,
        lambda row: Entry(_text(main, row), badges(row), details(row), seconds(row) + ids(row), notes(row)),
    )


def _details(section: Section, wanted: Wanted) -> Callable[[Any], tuple[Detail, ...]]:
    told = [(each, phraser(each)) for each in _with_role(section, wanted, "detail")]

    def details(row: Any) -> tuple[Detail, ...]:
        said = [(each, unfolded(phrase(row))) for each, phrase in told]
        return tuple([Detail(_label(each, row), text, each.type == "address") for each, text in said if text])

    return details


def _label(shown: Column, row: Any) -> str:
    return shown.show.name(row) if shown.show.name is not None else shown.title


def _card(section: Section, row: Any, depth: int, wanted: Wanted) -> Iterator[Block]:
    """One thing in full: title, badges, paragraphs, labelled texts, tables of its own, counts."""
    line = _badges(section, wanted)(row)
    yield Heading(_text(lead(section), row), depth, "title", badges=_capital(line))
    bodies = [text for each in _with_role(section, wanted, "body") if (text := unfolded(phraser(each)(row)))]
    for number, text in enumerate(bodies, 1):
        yield Paragraph(text, _notes(section, wanted)(row) if number == len(bodies) else ())
    if details := _details(section, wanted)(row):
        yield Details(details)
    for each in _with_role(section, wanted, "section"):
        nested = each.cell(row)
        assert isinstance(nested, Section)
        if nested.rows or nested.total > 0:  # a condition that left none is told of
            yield from _section(nested, depth + 1, wanted)
    tallies = _with_role(section, wanted, "tally")
    counts = [phraser(each)(row) if each.show.say else tally(each.cell(row)) for each in tallies]
    if any(counts):
        yield Notes(tuple((Words(text),) for text in counts if text))
    if section.hint:
        yield Hint(section.hint)


def _capital(line: Line) -> Line:
    return (line[0]._replace(text=capital(line[0].text)), *line[1:]) if line else ()
