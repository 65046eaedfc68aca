"""A digest held against its source texts: which texts there are, and where each quote stands.

A digest comes from a stranger, so a source's file is looked for in few places, and only an
ordinary file that lies in the folder it was found in, links followed, is read.
"""

import os
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from briefing import evidence
from briefing.evidence import Span
from briefing.files import MOST_BYTES, SeedsFolder, read_first, seeds_folders
from briefing.loader import Loaded
from briefing.model import Item, Quote
from briefing.model import Source as SourceItem
from briefing.problem import Failure, shortened
from briefing.problem import Path as DigestPath
from briefing.texts.marks import MOST_MARKS, excess_marks


class Text(NamedTuple):
    """The text of a source, or why there is none."""

    state: str
    """`read`, `missing`, `escapes` (it lies outside its folder) or `unreadable`."""
    reason: str = ""
    path: Path | None = None
    data: bytes = b""
    source: evidence.Source | None = None


class Cited(NamedTuple):
    """One quote of one item, and where it stands in its source."""

    section: str
    position: int
    item: Item
    number: int
    """Its place in the item's evidence, from 0."""
    quote: Quote
    spans: tuple[Span, ...] | None
    """Every place of the quote; None where the source's text was not read, so nothing is known."""

    @property
    def path(self) -> DigestPath:
        """Where the quote stands in the digest."""
        return (self.section, self.position, "evidence", self.number)

    @property
    def span(self) -> Span | None:
        """The quote's place, where it stands in the source exactly once."""
        return self.spans[0] if self.spans and len(self.spans) == 1 else None


_Words = tuple[str, str, str]


def _words(quote: Quote) -> _Words:
    return quote.quote, quote.prefix, quote.suffix


class Proof:
    """A digest, its source texts, and where in them each of its quotes stands."""

    def __init__(self, loaded: Loaded, seeds: Path | None = None) -> None:
        self.loaded, self.seeds = loaded, seeds
        if seeds is not None and not os.path.isdir(seeds):
            raise Failure(
                f"{shortened(str(seeds))}: not a folder", "--seeds names the folder of the source texts"
            )

    @cached_property
    def texts(self) -> dict[str, Text]:
        """The text of each source that has a file, by the source's id."""
        digest = self.loaded.digest
        folders = seeds_folders(self.loaded.origin.path, self.seeds)
        return {
            source.id: _text(source, folders, digest.language) for source in digest.sources if source.file
        }

    @cached_property
    def cited(self) -> list[Cited]:
        """Every quote of the digest in the format's order, each looked for in its source."""
        items = self.loaded.items()
        quoted = [
            (*at, number, quote) for at in items for number, quote in enumerate(self.loaded.quotes(at[2]))
        ]
        found: dict[str, dict[_Words, tuple[Span, ...] | None]] = {}
        for *_, quote in quoted:
            found.setdefault(quote.source, {})[_words(quote)] = None
        for id, places in found.items():
            text = self.texts.get(id)
            if text and text.source:
                places.update(zip(places, text.source.find_all(places), strict=True))
        return [Cited(*each, found[each[-1].source][_words(each[-1])]) for each in quoted]

    def of(self, item: Item) -> list[Cited]:
        """The quotes of one item."""
        return self._by_item.get(item.id, [])

    @cached_property
    def _by_item(self) -> dict[str, list[Cited]]:
        by_item: dict[str, list[Cited]] = {}
        for cited in self.cited:
            by_item.setdefault(cited.item.id, []).append(cited)
        return by_item

    def source_of(self, cited: Cited) -> evidence.Source | None:
        """The source text of a quote, where it was read."""
        text = self.texts.get(cited.quote.source)
        return text.source if text else None


def _text(source: SourceItem, folders: list[SeedsFolder], language: str) -> Text:
    """Find and read a source's file. What is refused is named; nothing of it is read."""
    state, reason, path, data = read_first(folders, source.file, MOST_BYTES)
    if state == "missing":
        looked = " or ".join(_short(folder.path) for folder in folders)
        return Text("missing", f"not found in {looked or 'any folder'}")
    if state != "read":
        return Text(state, reason, path)
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Text("unreadable", f"not UTF-8 text: byte {error.start}", path, data)
    if (offset := excess_marks(raw)) >= 0:
        line = raw.count("\n", 0, offset) + 1
        return Text("unreadable", f"more than {MOST_MARKS} marks on one letter, line {line}", path, data)
    return Text("read", "", path, data, evidence.Source(raw, language))


def _short(folder: Path) -> str:
    """A folder as seen from here, so that a message tells nothing of the machine."""
    try:
        return os.path.relpath(folder)
    except FileNotFoundError:  # where we stand is gone
        return folder.name
