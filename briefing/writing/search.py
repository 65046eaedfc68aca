"""Words looked for in a text, or in all source texts of a digest, and what there is to say about it."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from briefing import loader
from briefing.files import MOST_BYTES, noted
from briefing.loader import Loaded, Origin
from briefing.problem import Failure, listed, shortened
from briefing.proof import Proof
from briefing.texts.span import Span
from briefing.texts.text import SourceText
from briefing.writing.evidence import Proposed
from briefing.writing.new import decoded
from briefing.writing.quoting import MOST_PLACES, Suggestions, occurrences, suggestions
from briefing.writing.tongue import guessed


class Wanted(NamedTuple):
    """What to look for, and where."""

    words: list[str]
    place: str = ""
    unused: bool = False
    language: str = ""
    """Of a text that belongs to no digest; empty: to be guessed."""


class Answer(NamedTuple):
    """What was found, and what else a person should know."""

    proposed: list[Proposed]
    notes: list[str]


class _In(NamedTuple):
    """A text to look in."""

    source: str
    text: SourceText
    used: list[tuple[int, int]] | None
    """The passages that items rest on, where only what no item uses is wanted."""
    names_source: bool = False


def search(name: str, wanted: Wanted, seeds: Path | None = None) -> Answer:
    """Look in a text or a digest, whichever the name leads to.

    Raises Failure where neither is there or there is nothing to look for, InvalidDigest where no digest
    can be made of it.
    """
    if not any(re.search(r"\w", each) for each in wanted.words):
        raise Failure("no words to look for", 'such as: briefing quote TEXT "sentenced person"')
    target = _target(name)
    if isinstance(target, Loaded):
        return _in_digest(target, wanted, seeds)
    if wanted.unused:
        raise Failure(f"{shortened(name)} is a text, of which nobody knows what is used", "name the digest")
    text = SourceText(target, wanted.language or guessed(target) or "en")
    return _answer([_In(name, text, None)], wanted, [])


def _target(name: str) -> Loaded | str:
    """The digest of that name, with what is wrong in it left out; or the text."""
    if name == "-":
        data, origin = _read(name), Origin("-", None)
    else:
        origin = loader.locate(name)
        data = loader.raw(origin) if origin.is_found else _read(name)
    return loader.examine(data, origin) if origin.is_digest(data) else decoded(data, shortened(name))


def _read(name: str) -> bytes:
    try:
        if name == "-":
            if sys.stdin is None:
                raise Failure("standard input is closed")
            return noted(sys.stdin.buffer).read(MOST_BYTES + 1)
        with open(name, "rb") as file:
            return noted(file).read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        help = "name a text, or a digest by its path or name"
        raise Failure(f"{shortened(name)}: {reason}", help) from error


def _in_digest(loaded: Loaded, wanted: Wanted, seeds: Path | None) -> Answer:
    proof = Proof(loaded, seeds)
    notes = [f"{id}: {shortened(file.reason, 200)}" for id, file in proof.files.items() if file.text is None]
    several = loaded.main_source is None
    places = [
        _In(id, file.text, proof.spans(id) if wanted.unused else None, several)
        for id, file in proof.files.items()
        if file.text is not None
    ]
    if not places:
        raise Failure(
            f"no source text to look in: {'; '.join(notes) or 'no source has a file'}",
            "say where it is with --seeds",
        )
    return _answer(places, wanted, notes)


def _answer(places: list[_In], wanted: Wanted, notes: list[str]) -> Answer:
    parts = [_parts(each.text, wanted.place) for each in places]
    if wanted.place and not any(parts):
        return Answer([], [*notes, f'no part "{shortened(wanted.place)}" in the text'])
    found = [
        (each, suggestions(each.text, wanted.words, within, each.used))
        for each, within in zip(places, parts, strict=True)
    ]
    proposed = [Proposed(each.source, one, each.names_source) for each, some in found for one in some.found]
    some_of_all = [some for _, some in found]
    said = _said_of(some_of_all) if any(map(any, some_of_all)) else _why_not(places, wanted)
    return Answer(proposed, [*notes, *said])


def _parts(text: SourceText, place: str) -> tuple[Span, ...] | None:
    """The parts of the text that the place names; None for the whole text."""
    return (text.structure.within(place) or ()) if place else None


def _said_of(found: list[Suggestions]) -> Iterator[str]:
    """What a person should know of the places that were found."""
    if lost := sum(each.lost for each in found):
        one = "1 place gets no quote: nothing near tells it from others"
        yield one if lost == 1 else f"{lost:,} places get no quote: nothing near tells them from others"
    if any(each.is_cut for each in found):
        yield f"only the first {MOST_PLACES:,} places were looked at"


def _why_not(places: list[_In], wanted: Wanted) -> Iterator[str]:
    """Which words are nowhere, and what would find them; or else what kept them apart."""
    missing = [word for word in wanted.words if not _count(places, word)]
    for word in missing:
        yield f'"{shortened(word)}" is not found'
        if not word.endswith("*") and (count := _count(places, f"{word}*")):
            yield f'   help: "{shortened(word)}*" is, in {count:,} {"place" if count == 1 else "places"}'
    if not missing:
        where = f" in {shortened(wanted.place)}" if wanted.place else ""
        which = "that no item uses " if wanted.unused else ""
        words = listed([f'"{shortened(word)}"' for word in wanted.words], "and")
        yield f"no sentence {which}has {words}{where}"


def _count(places: list[_In], word: str) -> int:
    return sum(occurrences(each.text, word) for each in places)
