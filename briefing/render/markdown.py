"""GitHub-flavoured Markdown that pandoc reads alike, and where a digest's text stays text.

Every block is set off by blank lines, so outputs can be appended to one another; evidence becomes
footnotes whose labels are the same in every output of a digest.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from briefing.document import (
    Cell,
    Citation,
    Column,
    Document,
    Record,
    Section,
    beneath,
    lead,
    phrased,
    phraser,
    spoken,
    tally,
    with_role,
    written,
)
from briefing.render import Look

_WIDEST_DASHES = 60  # so that a long column leaves the short ones room where dashes mean widths

# What Markdown could take for markup, wherever it stands in a line.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|$~^{}]")
# What GitHub and pandoc add where it stands in such a place: entities, dashes, ellipses, addresses
# that turn into links, mentions, issue numbers, citations, emoji codes.
_IN_CONTEXT = (
    r"&(?=#?\w+;)|(?<=-)-|(?<=\.\.)\.|:(?=//)|(?<=www)\.|@|#(?=\w)|:(?=(?:[\w+-]|\\_)+:)"
    # markdown-it links a domain of two letters, and of these, wherever it sees one
    r"|(?<=\S)\.(?=(?i:[^\W\d_]{2}|com|org|net|gov|edu|info|biz|pro|web|name|shop|asia|aero|coop|museum|xxx)(?!\w))"
    r"|(?<!:)/(?=/)"
)
_DOMAIN = re.compile(r"\.[^\W\d_]{2}")
_SHORT = 40  # names and dates come again and again
# What it could take for markup where a line begins, up to the character that has to be escaped:
# headings, lists of every kind that pandoc knows, titles, definitions, fences.
_LEADING = r"[#+=:%(-]|(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)](?=\s|\Z)"
# Inside `<…>` GitHub and one of pandoc's readers take this for a character, and the other does not.
_ENTITY = r"&(?=#?\w+;)"


def render(document: Document, look: Look) -> Iterator[str]:
    """The document as Markdown, ending in one line break."""
    blocks = _Writer(look).document(document)
    first = next(blocks, "")
    # A fragment begins with a blank line, so that it can follow whatever stands before it.
    yield first if not look.fragment or first.startswith("---") else f"\n{first}"
    for block in blocks:
        yield f"\n{block}"


def escape(text: str) -> str:
    """The text on one line, so that any Markdown reader shows just the text."""
    return _escape_short(text) if len(text) < _SHORT else _escape(text)


def _escape(text: str) -> str:
    if "\n" in text or "\t" in text or "  " in text:
        text = " ".join(text.split())
    text = text.strip()
    # Most texts hold nothing special, which is found out many times faster than where it stands.
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(r"\\\g<0>", text)
    return re.sub(_IN_CONTEXT, _escaped, text) if _is_suspect(text) else text


def _is_suspect(text: str) -> bool:
    """Whether there is anything that a place could make special."""
    one = ":" in text or "&" in text or "@" in text or "#" in text
    return one or "--" in text or ".." in text or "//" in text or "www" in text or bool(_DOMAIN.search(text))


_escape_short = lru_cache(maxsize=4096)(_escape)


def _escaped(match: re.Match[str]) -> str:
    character, after = match[0], match.string[match.end() : match.end() + 1]
    # GitHub looks for mentions, mail addresses, issue numbers and emoji codes after it has dropped
    # backslashes; in an address it takes whatever it finds.
    if (character == "@" and after.strip()) or character == "#" or (character == ":" and after != "/"):
        return f"\\{character}<!-- -->"
    return f"\\{character}"


def paragraph(text: str) -> str:
    """The text as a paragraph of its own: also what only means something at the start of a line."""
    text = escape(text)
    match = re.match(_LEADING, text)
    return f"{text[: match.end() - 1]}\\{text[match.end() - 1 :]}" if match else text


class _Writer:
    """The blocks of one document, and the footnotes that have to come after them."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.notes: dict[str, Citation] = {}
        self.anchors: Counter[str] = Counter()

    def document(self, document: Document) -> Iterator[str]:
        if document.front_matter and self.look.front_matter:
            yield _front_matter(document.front_matter)
        for part in document.parts:
            # Of a whole briefing only what is there; of a view also that there is nothing.
            sections = [section for section in part if section.rows or not document.whole]
            if not sections:
                continue
            level = self.look.heading_level
            if sections[0].layout == "card":  # what follows a briefing's head belongs to it
                yield from self.section(sections[0], level)
                sections, level = sections[1:], level and level + 1
            if self.look.toc:
                yield from self.contents(sections)
            for section in sections:
                yield from self.section(section, level)
        if self.notes:
            yield "".join(map(_footnote, self.notes.values()))

    def section(self, section: Section, level: int) -> Iterator[str]:
        if section.layout == "card":
            for row in section.rows:
                yield from self.card(section, row, level)
            return
        yield from self.heading(section.title, level)
        if not section.rows:
            yield f"No {section.noun[1]}.\n"
        elif section.chosen or section.layout == "table":
            yield "".join(self.table(section))
        else:
            yield "".join(self.list(section))
        for line in section.closing:
            yield f"{paragraph(line)}\n"

    def heading(self, title: str, level: int) -> Iterator[str]:
        if level:
            text = paragraph(title)
            closing = "\\#" if text.endswith("#") and text != "\\#" else text[-1:]
            yield f"{'#' * min(level, 6)} {text[:-1]}{closing}\n"

    def table(self, section: Section) -> Iterator[str]:
        """A table whose delimiter dashes are in proportion to what stands in the columns."""
        columns = section.columns if section.chosen else with_role(section, "lead", "wide", "side")
        tellers = [self.teller(section, column) for column in columns]
        rows = [[tell(row) for tell in tellers] for row in section.rows]
        titles = [escape(column.title) for column in columns]
        widths = [max(map(len, cells)) for cells in zip(titles, *rows, strict=True)]
        if self.look.header:
            yield _row(titles)
            yield _row([_dashes(column, width) for column, width in zip(columns, widths, strict=True)])
        yield from map(_row, rows)

    def teller(self, section: Section, column: Column) -> Callable[[Any], str]:
        """The function that gives a row's text in a column: the cell, and what stands beneath it."""
        get = column.cell
        if section.chosen or not (below := beneath(section, column.name)):
            return lambda row: escape(spoken(get(row)))
        phrases = [phraser(other) for other in below]
        quotes = self.quotes_of(section) if column.show.role == "lead" else None

        def tell(row: Any) -> str:
            text = escape(spoken(get(row)))
            for phrase in phrases:
                if said := phrase(row):
                    text = f"{text} *{escape(said)}*" if text else f"*{escape(said)}*"
            return text + self.marks(quotes(row)) if quotes else text

        return tell

    def quotes_of(self, section: Section) -> Callable[[Any], Cell] | None:
        found = with_role(section, "evidence")
        return found[0].cell if found and self.look.evidence else None

    def marks(self, citations: Cell) -> str:
        """Footnote marks for some quotes; the notes themselves are kept for the end."""
        assert isinstance(citations, tuple)
        self.notes.update((citation.label, citation) for citation in citations)
        return "".join([f"[^{citation.label}]" for citation in citations])

    def list(self, section: Section) -> Iterator[str]:
        """A numbered list: the lead in bold, a line of badges, and the rest as a nested list."""
        main, quotes = lead(section), self.quotes_of(section)
        badges = with_role(section, *("badge", "side", "under") if section.layout == "points" else ("badge",))
        details = [
            *with_role(section, "detail"),
            *(beneath(section, main.name) if section.layout == "list" else ()),
        ]
        for number, row in enumerate(section.rows, 1):
            marks = self.marks(quotes(row)) if quotes else ""
            text = spoken(main.cell(row))
            text = paragraph(text) if section.layout == "points" else f"**{escape(text)}**"
            said = " · ".join(escape(badge) for column in badges if (badge := phrased(column, row)))
            yield f"{number}. {text}{marks}{said and f' *{said}*'}\n"
            indent = " " * (len(str(number)) + 2)
            for column in details:
                if detail := phrased(column, row):
                    label = "" if column.show.role == "under" else f"{escape(column.title)}: "
                    yield f"{indent}- {label}{escape(detail) if label else paragraph(detail)}\n"

    def card(self, section: Section, row: Any, level: int) -> Iterator[str]:
        """One thing in full: title, badges, paragraphs, labelled lines, tables of its own, counts."""
        if not self.look.front_matter:  # which has the title
            yield from self.heading(spoken(lead(section).cell(row)), level)
        if badges := [text for column in with_role(section, "badge") if (text := phrased(column, row))]:
            yield f"{paragraph(' · '.join(badges))}\n"
        for column in with_role(section, "body"):
            yield f"{paragraph(phrased(column, row))}\n"
        details = [(c.title, text) for c in with_role(section, "detail") if (text := phrased(c, row))]
        if details:
            yield "".join(f"- **{escape(title)}:** {escape(text)}\n" for title, text in details)
        for column in with_role(section, "section"):
            nested = column.cell(row)
            assert isinstance(nested, Section)
            if nested.rows:
                yield from self.section(nested, level and level + 1)
        for column in with_role(section, "tally"):
            if counts := tally(column.cell(row)):
                yield f"{paragraph(counts)}\n"

    def contents(self, sections: Sequence[Section]) -> Iterator[str]:
        """A list of links to the headings, as GitHub names them."""
        links = []
        for anchor, section in ((_anchor(section.title), section) for section in sections):
            number = self.anchors[anchor]  # GitHub numbers headings of the same name
            self.anchors[anchor] += 1
            links.append(f"- [{escape(section.title)}](#{anchor}{f'-{number}' if number else ''})\n")
        if links:
            yield "".join(links)


def _row(cells: list[str]) -> str:
    return "".join([f"| {cell} " if cell else "| " for cell in cells]) + "|\n"


def _dashes(column: Column, width: int) -> str:
    dashes = "-" * min(max(width, 3), _WIDEST_DASHES)
    return f"{dashes[1:]}:" if column.type == "number" else dashes


def _footnote(citation: Citation) -> str:
    source = escape(citation.source.name)
    place = f", {escape(place)}" if (place := citation.locator or citation.place) else ""
    link = f" {_link(citation.url)}" if citation.url else ""
    return f"[^{citation.label}]: “{escape(citation.quote)}” — {source}{place}{link}\n"


def _link(url: str) -> str:
    if not re.search(_ENTITY, url):
        return f"<{url}>"
    target = re.sub(_ENTITY, "&amp;", url)
    return f"[{escape(url)}](<{target}>)"


def _anchor(title: str) -> str:
    return re.sub(r"[^\w-]", "", title.lower().replace(" ", "-"))


def _front_matter(head: Record) -> str:
    """The document's head as YAML. Strings are written as JSON writes them, which YAML reads alike."""
    lines = (f"{name}: {_quoted(value)}" for name, value in head.parts)
    return "\n".join(("---", *lines, "---\n"))


def _quoted(cell: Cell) -> str:
    if isinstance(cell, Record):
        return f"{{{', '.join(f'{_quoted(name)}: {_quoted(value)}' for name, value in cell.parts)}}}"
    text = written(cell).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{text}"'
