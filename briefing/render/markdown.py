"""GitHub-flavoured Markdown that pandoc reads alike, and where a digest's text stays text.

Every block is set off by blank lines, so outputs can be appended to one another; evidence becomes
footnotes whose labels are the same in every output of a digest.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from briefing.document import Cell, Citation, Document, Record
from briefing.outline import (
    Block,
    Contents,
    Detail,
    Details,
    Entry,
    FrontMatter,
    Heading,
    Line,
    Note,
    Notes,
    Paragraph,
    Records,
    Table,
    TableCell,
    blocks,
    plain,
)
from briefing.render import Look
from briefing.render.escaping import address, escape, paragraph, target
from briefing.render.widths import proportions
from briefing.wording import written

_MARKS = re.compile(r"(?<!\\)\[\^[^\]]+\] ?")


def render(document: Document, look: Look) -> Iterator[str]:
    """The document as Markdown, ending in one line break."""
    blocks = _Writer(look).document(document)
    first = next(blocks, "")
    # A fragment begins with a blank line, so that it can follow whatever stands before it.
    yield first if not look.fragment or first.startswith("---") else f"\n{first}"
    for block in blocks:
        yield f"\n{block}"


class _Writer:
    """The text of one document's blocks, and the footnotes that have to come after them."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.notes: dict[str, Note] = {}
        self.numbers: dict[str, int] = {}
        self.anchors: Counter[str] = Counter()

    def document(self, document: Document) -> Iterator[str]:
        for block in blocks(document, self.look.wanted(remarks=True)):
            yield from self.block(block)
        if self.notes:
            yield "".join(map(_footnote, self.notes.values()))

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield from self.heading(block)
            case Paragraph(text, notes):
                yield f"{paragraph(text)}{self.marks(notes)}\n"
            case Details(items):
                yield "".join(f"- **{escape(item.label)}:** {_detail(item)}\n" for item in items)
            case Notes(lines):
                yield from (f"{paragraph(plain(line))}\n" for line in lines)
            case Table() if block.rows:
                yield "".join(self.table(block))
            case Records() if block.entries:
                # A list below a heading of its own begins with 1, as every Markdown reader expects.
                numbered = enumerate(block.entries, 1)
                yield "".join(self.entry(n, entry, bold=not block.compact) for n, entry in numbered)
            case Table() | Records():
                yield f"{paragraph(block.nothing)}\n"
            case Contents(titles) if self.look.toc:
                yield "".join(map(self.link, titles))
            case FrontMatter(head) if self.look.front_matter:
                yield _front_matter(head)

    def heading(self, heading: Heading) -> Iterator[str]:
        level = self.look.heading_level
        named = heading.kind == "title" and self.look.front_matter  # the front matter has the title
        if level and not named:
            text = paragraph(heading.text)
            closing = "\\#" if text.endswith("#") and text != "\\#" else text[-1:]
            yield f"{'#' * min(level + heading.depth, 6)} {text[:-1]}{closing}\n"
        if heading.badges:
            yield f"{paragraph(plain(heading.badges))}\n"

    def table(self, table: Table) -> Iterator[str]:
        """A table whose delimiter dashes are in proportion to what stands in the columns."""
        rows = [[self.cell(cell) for cell in row] for row in table.rows]
        titles = [escape(column.title) for column in table.columns]
        # Marks of notes take no room where they are read.
        seen = [[_MARKS.sub("", cell) for cell in row] for row in rows]
        columns = [*zip(titles, *seen, strict=True)]
        widths = proportions(columns)
        if self.look.header:
            yield _row(titles)
            yield _row([_dashes(c.right, width) for c, width in zip(table.columns, widths, strict=True)])
        yield from map(_row, rows)

    def cell(self, cell: TableCell) -> str:
        """A cell's text with the marks of its notes, and after a dash what stands beneath it."""
        text = escape(cell.text) + (self.marks(cell.notes) if cell.notes else "")
        beneath = [_second(line, "*") for line in cell.seconds]
        return " — ".join([text, *beneath] if text else beneath)

    def marks(self, notes: Iterable[Note]) -> str:
        """Footnote marks, apart from one another; the notes themselves are kept for the end."""
        marks = []
        for note in notes:
            again = self.look.notes_once and note.label in self.notes
            self.notes[note.label] = note
            number = self.numbers.setdefault(note.label, len(self.notes))
            marks.append(f"^{number}^" if again else f"[^{note.label}]")
        return " ".join(marks)

    def entry(self, number: int, entry: Entry, *, bold: bool) -> str:
        """An item of a numbered list: the main text, a line of badges, and the rest as a nested list."""
        text = f"**{escape(entry.text)}**" if bold else paragraph(entry.text)
        badges = escape(plain(entry.badges))
        indent = " " * (len(str(number)) + 2)
        details = [f"{escape(detail.label)}: {_detail(detail)}" for detail in entry.details]
        details += [_second(line) for line in entry.seconds]
        nested = "".join([f"{indent}- {detail}\n" for detail in details])
        return f"{number}. {text}{self.marks(entry.notes)}{badges and f' *{badges}*'}\n{nested}"

    def link(self, title: str) -> str:
        """A link to a heading, as GitHub names it."""
        anchor = re.sub(r"[^\w-]", "", title.lower().replace(" ", "-"))
        number = self.anchors[anchor]  # GitHub numbers headings of the same name
        self.anchors[anchor] += 1
        return f"- [{escape(title)}](#{anchor}{f'-{number}' if number else ''})\n"


def _row(cells: list[str]) -> str:
    return "".join([f"| {cell} " if cell else "| " for cell in cells]) + "|\n"


def _dashes(right: bool, width: int) -> str:
    dashes = "-" * width
    return f"{dashes[1:]}:" if right else dashes


def _footnote(note: Note) -> str:
    quoted = "; ".join(_quoted_from(note.quotes))
    sources = ", ".join(_named(name, url) for name, url in note.sources)
    told = " — ".join(filter(None, (escape(note.text), sources)))
    return f"[^{note.label}]: {'. '.join(filter(None, (quoted, told)))}\n"


def _quoted_from(citations: Iterable[Citation]) -> Iterator[str]:
    """The quotes of a note, those from one source together, each with its place."""
    for (source, url), found in groupby(citations, lambda citation: (citation.source, citation.url)):
        quotes = []
        for citation in found:
            place = citation.locator or citation.place
            quotes.append(f"“{escape(citation.quote)}”{place and f' ({escape(place)})'}")
        yield f"{', '.join(quotes)} — {_named(source.name, url)}"


def _detail(detail: Detail) -> str:
    return address(detail.text) if detail.is_address else escape(detail.text)


def _second(line: Line, around: str = "") -> str:
    """A second line in this emphasis, with an address at its end as a link."""
    *before, last = line
    if last.voice != "address":
        return f"{around}{escape(plain(line))}{around}" if around else paragraph(plain(line))
    text = escape(plain(tuple(before)))
    return f"{around}{text}{around} {address(last.text)}" if text else address(last.text)


def _named(name: str, url: str) -> str:
    """The name of a source, a link where it has an address: bare addresses would crowd the notes."""
    return f"[{escape(name)}](<{target(url)}>)" if url else escape(name)


def _front_matter(head: Record) -> str:
    """The document's head as YAML. Strings are written as JSON writes them, which YAML reads alike.

    pandoc reads the title as Markdown, so it is text that stays text there.
    """
    lines = (
        f"{name}: {_quoted(paragraph(value) if name == 'title' and isinstance(value, str) else value)}"
        for name, value in head.parts
    )
    return "\n".join(("---", *lines, "---\n"))


def _quoted(cell: Cell) -> str:
    if isinstance(cell, Record):
        return f"{{{', '.join(f'{_quoted(name)}: {_quoted(value)}' for name, value in cell.parts)}}}"
    text = written(cell).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{text}"'
