"""Markdown as GitHub's own parser reads it, as a tree of elements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

_VOID = {"br", "hr", "img", "input"}


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def all(self, tag: str) -> "Iterator[Element]":
        """Every element with that tag in here, in order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag:
                    yield child
                yield from child.all(tag)

    def elements(self) -> "Iterator[Element]":
        """Every element in here."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()

    def texts(self) -> Iterator[str]:
        """The runs of text in here, without footnote marks and the links back from notes."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag != "sup" and "footnote-backref" not in child.attributes.get("class", ""):
                yield from child.texts()

    @property
    def text(self) -> str:
        """The text in here, white space folded."""
        return fold("".join(self.texts()))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(markdown: str) -> Element:
    """The page that GitHub's parser makes of this: tables, footnotes, raw HTML dropped."""
    options = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_GITHUB_PRE_LANG
    builder = _Builder()
    builder.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, options))
    builder.close()
    return builder.open[0]


def headings(root: Element) -> list[tuple[int, str]]:
    """The level and the text of each heading, in order."""
    return [(int(e.tag[1]), e.text) for e in root.elements() if re.fullmatch("h[1-6]", e.tag)]


def tables(root: Element) -> list[list[list[Element]]]:
    """Each table as rows of cells, the header first."""
    return [
        [[cell for cell in row.elements() if cell.tag in ("th", "td")] for row in table.all("tr")]
        for table in root.all("table")
    ]


def marks(root: Element) -> list[str]:
    """The note that each footnote mark leads to, in order."""
    return [link.attributes["href"].removeprefix("#fn-") for sup in root.all("sup") for link in sup.all("a")]


def notes(root: Element) -> dict[str, str]:
    """The text of each footnote."""
    return {
        item.attributes["id"].removeprefix("fn-"): item.text
        for section in root.all("section")
        for item in section.all("li")
    }


def fold(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())
