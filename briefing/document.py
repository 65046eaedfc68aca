"""The shape between views and renderers: typed cells in rows and columns, no formatted text.

A Section is a table that knows how to fetch its cells and how each column likes to be shown.
Cells are fetched when a renderer asks for them, so what nobody prints costs nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias

from briefing.dates import Date

Cell: TypeAlias = (
    "str | int | Decimal | Date | Ref | Record | Citation | Marked | Section | tuple[Any, ...] | None"
)


Role = Literal["lead", "wide", "side", "under", "badge", "detail", "body", "tally", "section", "evidence", ""]
"""What part a column plays for people. `lead`: the main text. `wide`: another text. `side`: a short
column of its own; of a record, a badge. `under`: a second line of the column that `under` names.
`badge`: a word below the lead. `detail`: a labelled line. `body`: a paragraph. `tally`: counts in a
line. `section`: a table of its own. `evidence`: quotes, where they are wanted. Empty: only where it is
asked for."""

Layout = Literal["table", "list", "points", "card"]
"""`table`; `list`, for records whose texts are paragraphs; `points`, for a few numbered sentences;
`card`, for one thing in full."""

Kind = Literal["text", "address", "date", "number", "ref", "record", "quotes", "section"]
"""What the cells of a column are."""


class Ref(NamedTuple):
    """A reference to an item: its id for machines, its name for people."""

    id: str
    name: str


class Record(NamedTuple):
    """A value of several named parts, such as a rating; its first part says the most."""

    parts: tuple[tuple[str, Cell], ...]
    short: str = ""
    """What stands for it where a cell is one line; empty: its parts do."""


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


class Link(NamedTuple):
    """A source as a reader finds it: its name, and its address where it has one."""

    name: str
    url: str = ""


class Remark(NamedTuple):
    """What people are told beside a row: what other sources say of it, or a note."""

    label: str
    """The footnote's name, as a Citation has one."""
    text: str
    sources: tuple[Link, ...] = ()
    state: str = ""
    """The status of the finding that it tells of, if any: its first words, up to a colon, say that status."""


class Marked(NamedTuple):
    """A text in which some passages are marked."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """Start and end of each passage, in order and apart from one another."""


class Show(NamedTuple):
    """How people see a column. Machines see every column, in the format's order."""

    role: Role = ""
    title: str = ""
    under: str = ""
    phrase: str = "{}"
    """How a second line or a badge says it; `{}` stands for the cell."""
    quiet: tuple[str, ...] = ()
    """Values that go without saying."""
    part: str = ""
    """The part of a Record that is enough here."""
    full: bool = False
    """True for what people see only where they ask for everything."""
    say: Callable[[Any], str] | None = None
    """What people are told of a row, where that is not the words for the cell."""
    name: Callable[[Any], str] | None = None
    """What the cell is called, where that depends on the row: `Who may`, `Who must`."""


class Column(NamedTuple):
    """One column: where its cells come from, what they are, how people see them."""

    name: str
    """The field's name in the format."""
    cell: Callable[[Any], Cell]
    show: Show = Show()
    type: Kind = "text"
    vocabulary: tuple[str, ...] = ()
    """The values that the cells, or the first part of a Record, can have; none: any."""
    phrases: Mapping[str, str] = {}
    """What people read for each word of the vocabulary."""
    names: Mapping[str, str] = {}
    """Of ids: all that there are, each with its name; none where anything may stand."""
    parts: "tuple[Column, ...]" = ()
    """Of Records and Citations: their parts, each a column whose cells are got from one of them."""
    many: bool = False
    """Whether a cell is a list."""

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
    layout: Layout = "table"
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
    remarks: Callable[[Any], tuple[Remark, ...]] | None = None
    """What people are told beside a row."""
    group: Callable[[Any], str] | None = None
    """The heading that a row stands under, where the rows have more than one."""
    hint: str = ""
    """How to see more, for a person at a terminal."""
    quotes: Column | None = None
    """The column of the quotes that rows rest on, where fields were chosen and it was not."""
    ids: Column | None = None
    """The column of ids, likewise."""
    others: Mapping[str, str] = {}
    """Other names of columns, by which a condition may call them."""
    inner: str = ""
    """A column of sections: a condition on a field that this one has not is about their rows."""

    @property
    def single(self) -> bool:
        """Whether this is one thing in full and not a list of things."""
        return self.layout == "card"


class Document(NamedTuple):
    """What is printed: one view, or whole briefings."""

    parts: tuple[tuple[Section, ...], ...]
    """The sections of each briefing; of a view the only one."""
    whole: bool = False
    """True for whole briefings; False for a view."""
    front_matter: Record | None = None
    """What a briefing's head tells programs."""
    title: str = ""
    """What the digest is about, or the digests are."""
    language: str = ""
    """The language that they are in, where they share one."""


def one(section: Section) -> Document:
    """The document of a single view."""
    return Document(((section,),))


def merged(sections: Sequence[tuple[Ref, Section]]) -> Section:
    """One view of several digests as one Section, with a first column `digest`.

    Rows that are in order of time stay so; others stand under the name of their digest.
    """
    (_, first), *_ = sections
    getters = [{column.name: column.cell for column in section.columns} for _, section in sections]
    names = [name for name, _ in sections]
    rows = [(number, row) for number, (_, section) in enumerate(sections) for row in section.rows]

    def cell_of(name: str) -> Callable[[Any], Cell]:
        return lambda row: getters[row[0]][name](row[1])

    show = Show("side") if first.sort else Show()
    digest = Column("digest", lambda row: names[row[0]], show, "ref", names=dict(names))
    columns = (digest, *(_of_several(column, cell_of(column.name), sections) for column in first.columns))

    def remarks(row: Any) -> tuple[Remark, ...]:
        told = sections[row[0]][1].remarks
        return told(row[1]) if told else ()

    def group(row: Any) -> str:
        own = sections[row[0]][1].group
        return f"{names[row[0]].name} · {own(row[1])}" if own else names[row[0]].name

    section = first._replace(
        columns=columns,
        rows=rows,
        order=("digest", *first.order),
        remarks=remarks,
        group=None if first.sort else group,
        total=sum(max(section.total, len(section.rows)) for _, section in sections),
    )
    return _in_order(section) if first.sort else section


def _of_several(
    first: Column, cell: Callable[[Any], Cell], sections: Sequence[tuple[Ref, Section]]
) -> Column:
    """A column whose rows come with the number of their digest."""
    others = [found for _, section in sections if (found := column(section, first.name))]
    tellers = ([each.show.say for each in others], [each.show.name for each in others])
    say, name = (_of_each(each) if each[0] else None for each in tellers)
    show = first.show._replace(say=say, name=name)
    return _with_all_names(first._replace(cell=cell, show=show), others)


def _with_all_names(first: Column, others: Sequence[Column]) -> Column:
    """A column, and its parts, that know the ids of all digests."""
    if not first.names and not first.parts:
        return first
    names = {id: called for each in others for id, called in each.names.items()}
    parts = [
        _with_all_names(part, [each.parts[number] for each in others])
        for number, part in enumerate(first.parts)
    ]
    return first._replace(names=names, parts=tuple(parts))


def _of_each(tellers: Sequence[Callable[[Any], str] | None]) -> Callable[[Any], str]:
    """What is told of a row by the view of its own digest."""

    def tell(row: Any) -> str:
        teller = tellers[row[0]]
        return teller(row[1]) if teller else ""

    return tell


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
