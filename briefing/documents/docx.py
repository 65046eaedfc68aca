"""Word documents: paragraphs with the numbers that Word computes, tables as lines, notes at the end.

A .docx is a ZIP of XML. The standard library reads both; libraries for Word lose the numbers of
lists, which people cite by, or the notes.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from briefing.documents import MOST_BYTES
from briefing.documents.lists import numeral
from briefing.problem import Failure

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_CHARACTERS = {
    "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "softHyphen": "\N{SOFT HYPHEN}",
}  # fmt: skip
_LEFT_OUT = {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "txbxContent"}
_MOST_DEPTH = 200
_LEVELS = 9  # that a list of Word has
_LONGEST_NUMBER = 200  # characters of the pattern of a number


class _Level(NamedTuple):
    """How one level of a list is numbered."""

    style: str
    text: str
    start: int


def to_text(data: bytes) -> str:
    """The text of a document as Word shows it with its changes accepted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _bounded(_Document(archive).blocks())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Failure("a Word document that cannot be read", "it may be damaged or encrypted") from error
    except (ElementTree.ParseError, expat.ExpatError, ValueError) as error:
        raise Failure("a Word document with broken XML", "open it and save it anew") from error


class _Document:
    """The parts of one document, and how far each of its lists has counted."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = MOST_BYTES
        self.body = self.part("word/document.xml")
        if self.body is None:
            raise Failure("not a Word document", "save it as .docx")
        self.levels = self.numbering(self.part("word/numbering.xml"))
        self.styles = self.numbered_styles(self.part("word/styles.xml"))
        self.counts: dict[str, dict[int, int]] = {}
        self.notes: dict[tuple[str, str], str] = {}  # which part and id → mark

    def part(self, name: str) -> Element | None:
        """One XML file of the document. What it unpacks to counts against the limit; entities are refused."""
        try:
            with self.archive.open(name) as file:
                data = file.read(self.left + 1)
        except KeyError:
            return None
        self.left -= len(data)
        if self.left < 0:
            raise Failure("a Word document that unpacks to more than 128 MiB")
        _check(data)
        return ElementTree.fromstring(data.replace(_STRICT.encode(), _W[1:-1].encode()))

    def numbering(self, part: Element | None) -> dict[str, dict[int, _Level]]:
        """The levels of each list, by the list's number."""
        if part is None:
            return {}
        abstract = {_value(each, "abstractNumId"): _levels(each) for each in _outermost(part, "abstractNum")}
        found: dict[str, dict[int, _Level]] = {}
        for number in _outermost(part, "num"):
            levels = dict(abstract.get(_below(number, "abstractNumId"), {}))
            for changed in _outermost(number, "lvlOverride"):
                depth, start = _integer(_value(changed, "ilvl")), _below(changed, "startOverride")
                levels.update(_levels(changed))
                if start and depth in levels:
                    levels[depth] = levels[depth]._replace(start=_integer(start))
            found[_value(number, "numId")] = levels
        return found

    def numbered_styles(self, part: Element | None) -> dict[str, tuple[str, int]]:
        """The list and level that a style of paragraphs gives."""
        found: dict[str, tuple[str, int]] = {}
        for style in _outermost(part, "style") if part is not None else ():
            for properties in style.iterfind(f"{_W}pPr/{_W}numPr"):
                found[_value(style, "styleId")] = (
                    _below(properties, "numId"),
                    _integer(_below(properties, "ilvl")),
                )
        return found

    def blocks(self) -> Iterator[str]:
        """Paragraphs, rows of tables and at last the notes."""
        assert self.body is not None
        yield from self.within(self.body)
        parts = {name: self.part(f"word/{name}s.xml") for name in ("footnote", "endnote")}
        texts = {
            (name, _value(note, "id")): " ".join(self.words(each) for each in _outermost(note, "p"))
            for name, part in parts.items()
            if part is not None
            for note in _outermost(part, name)
        }
        for note, mark in list(self.notes.items()):
            yield f"[{mark}] {texts.get(note, '').strip()}\n"

    def within(self, element: Element) -> Iterator[str]:
        for each in element:
            tag = each.tag.removeprefix(_W)
            if tag == "p":
                yield from self.paragraph(each)
            elif tag == "tbl":
                for row in _outermost(each, "tr"):
                    if row.find(f"{_W}trPr/{_W}del") is None:
                        yield "\t".join(self.cell(cell) for cell in _outermost(row, "tc"))
                yield ""
            elif tag not in _LEFT_OUT:
                yield from self.within(each)

    def cell(self, cell: Element) -> str:
        """A cell on one line, with what tables in it say."""
        return " ".join(self.words(each).replace("\n", " ").strip() for each in _outermost(cell, "p"))

    def paragraph(self, paragraph: Element) -> Iterator[str]:
        number, words = self.number(paragraph), self.words(paragraph)
        if words.strip():
            yield f"{number} {words}\n" if number else f"{words}\n"

    def number(self, paragraph: Element) -> str:
        """The number that Word writes before a paragraph, or nothing; the list counts on."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        list_, depth = self.styles.get(_below(properties, "pStyle"), ("", 0))
        own = properties.find(f"{_W}numPr")
        if own is not None:
            list_, depth = _below(own, "numId") or list_, _integer(_below(own, "ilvl") or str(depth))
        levels = self.levels.get(list_, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(list_, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        level = levels[depth]
        if level.style == "bullet":
            return "-"
        text = "" if level.style == "none" else level.text
        for place in range(depth + 1):
            if place in levels:
                count = counts.setdefault(place, levels[place].start)
                text = text.replace(f"%{place + 1}", numeral(count, levels[place].style))
        return text.strip()

    def words(self, element: Element) -> str:
        """The text of a paragraph; its notes are marked [1] and remembered."""
        pieces: list[str] = []
        self.gather(element, pieces)
        return "".join(pieces)

    def gather(self, element: Element, pieces: list[str]) -> None:
        for each in element:
            tag = each.tag.rpartition("}")[2]
            if tag == "t":
                pieces.append(each.text or "")
            elif tag in _CHARACTERS:
                pieces.append(_CHARACTERS[tag])
            elif tag in ("footnoteReference", "endnoteReference"):
                note = tag.removesuffix("Reference"), _value(each, "id")
                pieces.append(f"[{self.notes.setdefault(note, str(len(self.notes) + 1))}]")
            elif tag not in _LEFT_OUT:
                self.gather(each, pieces)


def _outermost(element: Element, name: str) -> Iterator[Element]:
    """The elements of this name that lie in no other of it, nor in what is left out."""
    for each in element:
        if (tag := each.tag.removeprefix(_W)) == name:
            yield each
        elif tag not in _LEFT_OUT:
            yield from _outermost(each, name)


def _levels(element: Element) -> dict[int, _Level]:
    return {
        depth: _Level(
            _below(level, "numFmt"),
            _below(level, "lvlText")[:_LONGEST_NUMBER],
            _integer(_below(level, "start") or "1"),
        )
        for level in _outermost(element, "lvl")
        if (depth := _integer(_value(level, "ilvl"))) < _LEVELS
    }


def _value(element: Element, name: str) -> str:
    return element.get(f"{_W}{name}", "")


def _below(element: Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else _value(found, "val")


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _check(data: bytes) -> None:
    """Refuse what nests too deep, and entities, which multiply, before a tree is built."""
    depth = 0

    def opened(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise Failure(f"a Word document nested deeper than {_MOST_DEPTH} elements")

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1

    def typed(*told: object) -> None:
        raise Failure("a Word document with a document type, which Word never writes")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = typed
    parser.Parse(data, True)


def _bounded(blocks: Iterator[str]) -> str:
    """The blocks as one text; Failure as soon as it is larger than a text may be."""
    found: list[str] = []
    left = MOST_BYTES
    for block in blocks:
        left -= len(block)
        if left < 0:
            raise Failure("its text is larger than 128 MiB")
        found.append(block)
    return "\n".join(found)
