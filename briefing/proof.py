"""A digest held against its source texts: which texts there are, and one verdict for every quote.

A digest comes from a stranger, so a source's file is looked for in few places, and only an
ordinary file that lies in the folder it was found in, links followed, is read.
"""

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple

from briefing import documents
from briefing.files import Found as FoundFile
from briefing.files import Identity, SeedsFolder, names_below, read_first, seeds_folders
from briefing.loader import Loaded
from briefing.model import Item, Quote
from briefing.problem import Failure, shortened
from briefing.problem import Path as DigestPath
from briefing.texts.marks import MOST_MARKS, excess_marks
from briefing.texts.matching import Found, Query
from briefing.texts.span import Span
from briefing.texts.structure import Sentence
from briefing.texts.text import SourceText

Verdict = Literal["proved", "missing", "ambiguous", "unchecked"]
"""Proved: the quote stands in its source exactly once. Unchecked: its text is not at hand."""

State = Literal["read", "missing", "escapes", "unreadable"]


class SourceFile(NamedTuple):
    """The file of a source: its text, or why there is none."""

    state: State
    """`escapes`: it lies outside its folder."""
    reason: str = ""
    path: Path | None = None
    data: bytes = b""
    text: SourceText | None = None
    help: str = ""
    """What to do where it is unreadable."""


class Cited(NamedTuple):
    """One quote of one item, and the verdict on it."""

    section: str
    position: int
    item: Item
    number: int
    """Its place in the item's evidence, from 0."""
    quote: Quote
    verdict: Verdict
    found: tuple[Found, ...]
    """The places where the quote stands; only those in the locator's place, where any are."""

    @property
    def path(self) -> DigestPath:
        """Where the quote stands in the digest."""
        return (self.section, self.position, "evidence", self.number)

    @property
    def place(self) -> Found | None:
        """The quote's one place in its source, where it is proved."""
        return self.found[0] if self.verdict == "proved" else None


class Counts(NamedTuple):
    """How many quotes have each verdict."""

    proved: int
    missing: int
    ambiguous: int
    unchecked: int


class Coverage(NamedTuple):
    """How much of a source its proved quotes touch, but for the places that the digest leaves out."""

    sentences: int
    used: int


class Proof:
    """A digest, its source texts, and a verdict on each of its quotes."""

    def __init__(self, loaded: Loaded, seeds: Path | None = None) -> None:
        self.loaded, self.seeds = loaded, seeds
        self._unused: dict[str, list[Sentence]] = {}
        if seeds is not None and not os.path.isdir(seeds):
            raise Failure(
                f"{shortened(str(seeds))}: not a folder", "--seeds names the folder of the source texts"
            )

    @cached_property
    def files(self) -> dict[str, SourceFile]:
        """The file of each source that has one, by the source's id.

        A file belongs to one source, so that what is read is never more than what lies in the folder.
        """
        digest = self.loaded.digest
        folders = seeds_folders(self.loaded.origin.path, self.seeds)
        files: dict[str, SourceFile] = {}
        owners: dict[Identity, str] = {}
        for source in digest.sources:
            if not source.file:
                continue
            found = read_first(folders, source.file, owners)
            owner = owners.setdefault(found.identity, source.id) if found.identity else source.id
            if owner != source.id:
                files[source.id] = SourceFile(
                    "unreadable",
                    f"the file of {owner} already",
                    found.path,
                    help=f"what one file holds is one source: cite {owner}",
                )
            else:
                files[source.id] = _file(found, folders, source.language or digest.language)
        return files

    def with_hashes(self, wanted: set[str]) -> dict[str, list[str]]:
        """The files in the seeds folders that have these SHA-256, by the names that a source would give."""
        found: dict[str, list[str]] = {}
        folders = seeds_folders(self.loaded.origin.path, self.seeds)
        for name in names_below(folders):
            file = read_first(folders, name)
            if file.state == "read" and (hash := sha256(file.data).hexdigest()) in wanted:
                found.setdefault(hash, []).append(name)
        return found

    def text(self, source: str) -> SourceText | None:
        """The text of the source with this id, where it was read."""
        file = self.files.get(source)
        return file.text if file else None

    @cached_property
    def cited(self) -> list[Cited]:
        """Every quote of the digest in the format's order, each with its verdict."""
        quoted = [
            (*at, number, quote)
            for at in self.loaded.items()
            for number, quote in enumerate(self.loaded.quotes(at[2]))
        ]
        found: dict[str, dict[Query, tuple[Found, ...]]] = {}
        for *_, quote in quoted:
            found.setdefault(quote.source, {})[_query(quote)] = ()
        for id, places in found.items():
            if text := self.text(id):
                places.update(zip(places, text.find_all(places), strict=True))
        return [Cited(*each, *self._judged(each[-1], found[each[-1].source])) for each in quoted]

    def _judged(
        self, quote: Quote, found: dict[Query, tuple[Found, ...]]
    ) -> tuple[Verdict, tuple[Found, ...]]:
        text = self.text(quote.source)
        if text is None:
            return "unchecked", ()
        places = found[_query(quote)]
        if len(places) > 1 and quote.locator and (within := text.structure.within(quote.locator)):
            there = tuple(p for p in places if any(s.start <= p.start and p.end <= s.end for s in within))
            places = there or places
        if len(places) > 1:
            return "ambiguous", places
        return ("proved" if places else "missing"), places

    @cached_property
    def counts(self) -> Counts:
        """How many quotes have each verdict."""
        verdicts: list[str] = [cited.verdict for cited in self.cited]
        return Counts(*map(verdicts.count, Counts._fields))

    @cached_property
    def coverage(self) -> "dict[str, Coverage]":
        """How much of each source that was read is used, by the source's id."""
        return {id: self._covered(id, file.text) for id, file in self.files.items() if file.text is not None}

    def _covered(self, source: str, text: SourceText) -> "Coverage":
        left_out = Places(self.omitted(source))
        counted = sum(not left_out.hold(sentence) for sentence in text.structure.sentences)
        return Coverage(counted, counted - len(self.unused(source)))

    def of(self, item: Item) -> list[Cited]:
        """The quotes of one item."""
        return self._by_item.get(item.id, [])

    @cached_property
    def _by_item(self) -> dict[str, list[Cited]]:
        by_item: dict[str, list[Cited]] = {}
        for cited in self.cited:
            by_item.setdefault(cited.item.id, []).append(cited)
        return by_item

    def place_of(self, cited: Cited) -> str:
        """Where a proved quote stands, as a reader says it: `Art. 5(1)(b)`, `¶4`; else nothing."""
        text = self.text(cited.quote.source)
        return text.structure.place(cited.place.start) if text and cited.place else ""

    def spans(self, source: str) -> list[tuple[int, int]]:
        """The passages of a source that proved quotes rest on."""
        return [
            part
            for cited in self.cited
            if cited.quote.source == source and cited.place
            for part in cited.place.parts
        ]

    def omitted(self, source: str) -> list[Span]:
        """The places of a source that the digest says it leaves out."""
        text = self.text(source)
        left_out = next(each.omitted for each in self.loaded.digest.sources if each.id == source)
        return [
            span for each in left_out for span in (text.structure.within(each.locator) if text else ()) or ()
        ]

    def unused(self, source: str) -> list[Sentence]:
        """The sentences of a source that no item rests on, but for the places that are left out.

        A sentence that leads in what follows it, as "The request shall state:" does, is used with that.
        """
        if source not in self._unused:
            self._unused[source] = self._not_used(source)
        return self._unused[source]

    def _not_used(self, source: str) -> list[Sentence]:
        text = self.text(source)
        if text is None:
            return []
        left_out = Places(self.omitted(source))
        unused = {s.number for s in text.structure.unused(self.spans(source))}
        used_places = {
            at for s in text.structure.sentences if s.number not in unused for at in _around(s.place)
        }
        found: list[Sentence] = []
        is_used = False  # whether the sentence after this one is
        for sentence in reversed(text.structure.sentences):
            leads_in = sentence.text.endswith((":", "\uff1a"))
            is_used = sentence.number not in unused or (
                leads_in and (is_used or sentence.place in used_places)
            )
            if not is_used and not left_out.hold(sentence):
                found.append(sentence)
        return found[::-1]


class Places:
    """Some ranges of a text, of which it can be asked whether one of them holds a sentence."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._ends = list(accumulate((span.end for span in self._spans), max))

    def hold(self, sentence: Sentence) -> bool:
        """Whether the whole sentence lies in one of the ranges."""
        before = bisect_right(self._spans, sentence.start, key=lambda span: span.start)
        return before > 0 and sentence.end <= self._ends[before - 1]


def _around(place: str) -> Iterator[str]:
    """The places that a point stands in: Art. 3(1) and Art. 3 for Art. 3(1)(c)."""
    while place.endswith(")"):
        place = place[: place.rindex("(")]
        yield place


def _query(quote: Quote) -> Query:
    return Query(quote.quote, quote.prefix, quote.suffix)


def _file(found: FoundFile, folders: list[SeedsFolder], language: str) -> SourceFile:
    """What was found as a source's file. What is refused is named; nothing of it is read."""
    if found.state == "missing":
        looked = " or ".join(_short(folder.path) for folder in folders)
        return SourceFile("missing", f"not found in {looked or 'any folder'}")
    if found.state != "read":
        help = "put an ordinary file of at most 128 MiB there"
        return SourceFile(found.state, found.reason, found.path, help=help)
    return read_text(found.data, language, found.path)


def read_text(data: bytes, language: str, path: Path | None = None) -> SourceFile:
    """Bytes as a source's text, or why they are none."""
    if (kind := documents.kind_of(data)) not in ("text", "markdown", ""):
        return SourceFile(
            "unreadable", f"{documents.name_of(kind)}, not plain text", path, data,
            help="make a text of it: briefing text FILE -o NAME.txt",
        )  # fmt: skip
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return SourceFile(
            "unreadable",
            f"not UTF-8 text: byte {error.start}",
            path,
            data,
            help="save the text as a UTF-8 file",
        )
    if (at := excess_marks(raw)) >= 0:
        reason = f"more than {MOST_MARKS} marks on one letter: character {at}"
        return SourceFile("unreadable", reason, path, data, help="take the marks out of the text")
    return SourceFile("read", "", path, data, SourceText(raw, language))


def _short(folder: Path) -> str:
    """A folder as seen from here, so that a message tells nothing of the machine."""
    try:
        return os.path.relpath(folder)
    except (FileNotFoundError, ValueError):  # where we stand is gone, or is on another drive
        return folder.name
