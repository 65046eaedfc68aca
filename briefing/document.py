"""The shape between views and renderers: typed cells in rows and columns, no formatted text.

A Section is a table that knows how to fetch its cells and how each column likes to be shown.
Cells are fetched when a renderer asks for them, so what nobody prints costs nothing.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from briefing.dates import Date
from briefing.dates import words as date_words

Cell: TypeAlias = (
    "str | int | Decimal | Date | Ref | Record | Citation | Marked | Section | tuple[Any, ...] | None"
)


class Ref(NamedTuple):
    """A reference to an item: its id for machines, its name for people."""

    id: str
    name: str


class Record(NamedTuple):
    """A value of several named parts, such as a rating; its first part says the most."""

    parts: tuple[tuple[str, Cell], ...]


class Citation(NamedTuple):
    """A quote as evidence, and where it comes from."""

    label: str
    """The footnote's name: the same in every output of a digest, and no other digest's."""
    source: Ref
    quote: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    place: str = ""
    """The paragraph of the source text, in words, where the text is at hand."""
    url: str = ""
    """A link to the very words, where the source has an address and links are wanted."""


class Marked(NamedTuple):
    """A text with passages in it that are meant."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """Start and end of each passage, in order and apart from one another."""


class Show(NamedTuple):
    """How people see a column. Machines see every column, in the format's order."""

    role: str = ""
    """`lead`: the main text. `wide`: another text. `side`: a short column of its own. `under`: a
    second line of the column that `under` names. `badge`: a word below the lead. `detail`: a
    labelled line. `body`: a paragraph. `tally`: counts in a line. `section`: a table of its own.
    `evidence`: quotes, where they are wanted. Empty: only where it is asked for."""
    title: str = ""
    under: str = ""
    phrase: str = "{}"
    """How a second line or a badge says it; `{}` stands for the cell."""
    quiet: tuple[str, ...] = ()
    """Values that go without saying."""
    part: str = ""
    """The part of a Record that is enough here."""


class Column(NamedTuple):
    """One column: where its cells come from, what they are, how people see them."""

    name: str
    """The field's name in the format."""
    cell: Callable[[Any], Cell]
    show: Show = Show()
    type: str = "text"
    """`text`, `date`, `number`, `ref`, `record`, `quotes` or `section`."""
    vocabulary: tuple[str, ...] = ()
    """The values that the cells, or the first part of a Record, can have; none: any."""

    @property
    def title(self) -> str:
        """The column's heading."""
        return self.show.title or self.name.replace("_", " ").capitalize()


class Section(NamedTuple):
    """A view of a digest: rows of typed cells, and what a reader needs to make sense of them."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]
    layout: str = "table"
    """`table`; `list`, for records whose texts are paragraphs; `points`, for a few numbered
    sentences; `card`, for one thing in full."""
    order: tuple[str, ...] = ()
    """The order in which people see the columns."""
    noun: tuple[str, str] = ("item", "items")
    """What one row is, and several."""
    sort: str = ""
    """The column of dates that the rows are in order of, if any."""
    total: int = -1
    """How many rows there were before any were left out; -1: all of them are here."""
    closing: tuple[str, ...] = ()
    """What people are told after the rows, a line each."""
    chosen: bool = False
    """True when the reader chose the columns: exactly those are shown, as a table."""


class Document(NamedTuple):
    """What is printed: one view, or whole briefings."""

    parts: tuple[tuple[Section, ...], ...]
    """The sections of each briefing; of a view the only one."""
    whole: bool = False
    """True for whole briefings; False for a view."""
    front_matter: Record | None = None
    """What a briefing's head tells programs."""


def one(section: Section) -> Document:
    """The document of a single view."""
    return Document(((section,),))


def merged(sections: Sequence[tuple[str, Section]]) -> Section:
    """One view of several digests as one Section, with a first column `digest`.

    Rows that are in order of time stay so.
    """
    (_, first), *_ = sections
    getters = [{column.name: column.cell for column in section.columns} for _, section in sections]
    names = [name for name, _ in sections]
    rows = [(number, row) for number, (_, section) in enumerate(sections) for row in section.rows]

    def cell_of(name: str) -> Callable[[Any], Cell]:
        return lambda row: getters[row[0]][name](row[1])

    digest = Column("digest", lambda row: names[row[0]], Show("side"))
    columns = (digest, *(column._replace(cell=cell_of(column.name)) for column in first.columns))
    section = first._replace(columns=columns, rows=rows, order=("digest", *first.order))
    return _in_order(section) if first.sort else section


def _in_order(section: Section) -> Section:
    by = column(section, section.sort)
    assert by is not None
    get: Callable[[Any], Any] = by.cell
    due = column(section, "due")

    def order(row: Any) -> tuple[bool, tuple[str, str]]:
        date: Any = get(row) or (due.cell(row) if due else None)
        return date is None, date.bounds if date else ("", "")

    rows = sorted(section.rows, key=order)
    return section._replace(rows=rows)


def column(section: Section, name: str) -> Column | None:
    """The section's column of that name."""
    return next((column for column in section.columns if column.name == name), None)


def lead(section: Section) -> Column:
    """The column with the main text."""
    return next((c for c in section.columns if c.show.role == "lead"), section.columns[0])


def spoken(cell: Cell) -> str:
    """A cell for people: names, dates in words, grouped digits; nothing for nothing."""
    say = _SPOKEN.get(type(cell))
    if say is not None:
        return say(cell)
    return f"{cell:,f}" if isinstance(cell, Decimal) else f"{cell:,}"


def _list(cells: tuple[Cell, ...]) -> str:
    """Names and words are parted by commas; what has commas of its own by semicolons."""
    joiner = "; " if cells and type(cells[0]) in (Record, Citation) else ", "
    return joiner.join(map(spoken, cells))


def _cited(citation: Citation) -> str:
    source = ", ".join(filter(None, (citation.source.name, citation.locator or citation.place)))
    return f"“{citation.quote}” ({source})"


# By exact type, for this is asked for every cell that is printed.
_SPOKEN: dict[type, Callable[[Any], str]] = {
    str: lambda cell: cell,
    type(None): lambda _: "",
    tuple: _list,
    Ref: lambda cell: cell.name,
    Date: date_words,
    Record: lambda cell: _parts(cell, spoken),
    Citation: _cited,
    Marked: lambda cell: _with_marks(cell),
    Section: lambda cell: "; ".join(spoken(lead(cell).cell(row)) for row in cell.rows),
}


def written(cell: Cell) -> str:
    """A cell for machines: ids, EDTF dates, plain digits; lists joined by `; `."""
    match cell:
        case str():
            return cell
        case None:
            return ""
        case Ref():
            return cell.id
        case Date():
            return cell.text
        case Record():
            return _parts(cell, written)
        case Citation():
            return f"{cell.source.id}: {cell.quote}"
        case Marked():
            return cell.text
        case Section():
            return "; ".join(_row(cell, row) for row in cell.rows)
        case tuple():
            return "; ".join(map(written, cell))
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _row(section: Section, row: Any) -> str:
    """A row in a cell: its main text, after its source where it has one, as a citation is written."""
    source, text = column(section, "source"), written(lead(section).cell(row))
    return f"{written(source.cell(row))}: {text}" if source else text


def _with_marks(marked: Marked) -> str:
    text, end, pieces = marked.text, 0, []
    for start, stop in marked.spans:
        pieces += [text[end:start], "‹", text[start:stop], "›"]
        end = stop
    return "".join((*pieces, text[end:]))


def _parts(record: Record, say: Callable[[Cell], str]) -> str:
    """A record in a line: `first: second (the rest)`, without what is empty; counts with their names."""
    if record.parts and all(type(cell) is int for _, cell in record.parts):
        return tally(record)
    first, *more = [text for _, cell in record.parts if (text := say(cell))] or [""]
    second = f": {more[0]}" if more else ""
    return f"{first}{second} ({', '.join(more[1:])})" if more[1:] else first + second


def phraser(column: Column) -> Callable[[Any], str]:
    """What a column says of a row on a second line or as a badge; nothing where it goes unsaid."""
    get, quiet, part = column.cell, column.show.quiet, column.show.part
    before, _, after = column.show.phrase.partition("{}")

    def phrase(row: Any) -> str:
        cell = get(row)
        if not cell and not isinstance(cell, (int, Decimal)):
            return ""
        if part and isinstance(cell, Record):
            cell = dict(cell.parts)[part]
        text = spoken(cell)
        return f"{before}{text}{after}" if text and text not in quiet else ""

    return phrase


def phrased(column: Column, row: Any) -> str:
    """The same of one row."""
    return phraser(column)(row)


def with_role(section: Section, *roles: str) -> list[Column]:
    """The columns that people see in these roles, in the order in which they see them."""
    columns = {column.name: column for column in section.columns if column.show.role in roles}
    return [columns[name] for name in section.order if name in columns]


def beneath(section: Section, name: str) -> list[Column]:
    """The columns whose cells are second lines of the column of that name."""
    return [column for column in with_role(section, "under") if column.show.under == name]


def tally(cell: Cell) -> str:
    """Counts in a line, without those that are nothing: `2 instruments · 1 contradicted`."""
    assert isinstance(cell, Record)
    return " · ".join(
        f"{count:,} {name.removesuffix('s') if count == 1 else name}"
        for name, count in cell.parts
        if isinstance(count, int) and count
    )


def headline(section: Section) -> str:
    """What this is, how many, and the time it spans: `Timeline · 10 events, 2022 to 2025`."""
    if section.layout == "card":
        return section.title
    shown, (one, many) = len(section.rows), section.noun
    of_all = f" of {section.total:,}" if section.total > shown else ""
    noun = "" if many == section.title.lower() else f" {one if shown == 1 and not of_all else many}"
    return f"{section.title} · {shown:,}{of_all}{noun}{_span(section)}"


def _span(section: Section) -> str:
    """The time from the first to the last row, for rows in order of time."""
    by = column(section, section.sort)
    dates = [date for row in section.rows if isinstance(date := by.cell(row), Date)] if by else []
    simple = [date for date in (dates[:1] + dates[-1:]) if "/" not in date.text]
    return f", {' – '.join(map(date_words, simple))}" if len(dates) > 1 and len(simple) == 2 else ""


def unfolded(text: str) -> str:
    """A text on one line: every run of white space with a line break in it becomes a space."""
    return " ".join(text.split()) if "\n" in text or "\t" in text else text
