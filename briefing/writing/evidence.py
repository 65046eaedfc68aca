"""Proposed quotes as entries of a digest's `evidence`, ready to paste."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.writing.quoting import Suggestion
from briefing.writing.scalars import quoted, remark

_SHOWN = 100  # characters of the sentence around a quote

_ROOM_TO_SPARE = 20  # characters before the quote that are too few to be worth cutting off


class Proposed(NamedTuple):
    """A quote from one of the texts that were looked in."""

    source: str
    """The source's id; of a text that belongs to no digest its file."""
    found: Suggestion
    names_source: bool
    """Whether an entry has to say the source: the digest has several."""


def entries(proposed: Sequence[Proposed]) -> Iterator[str]:
    """The lines of a YAML list: for each quote its sentence in a comment, then the entry."""
    for each in proposed:
        where = f"{remark(each.found.place)}, line {each.found.line}"
        yield f"# {_around(each.found)}\n"
        yield f"- {entry(each)}  # {where}\n"


def entry(proposed: Proposed) -> str:
    """The quote alone where that is enough; else what it needs, on one line."""
    found = proposed.found
    more = {"prefix": found.prefix, "suffix": found.suffix, "locator": found.locator}
    keys = {name: quoted(value) for name, value in more.items() if value}
    if not keys and not proposed.names_source:
        return quoted(found.quote)
    source = {"source": proposed.source} if proposed.names_source else {}
    written = {**source, "quote": quoted(found.quote), **keys}
    return f"{{{', '.join(f'{name}: {value}' for name, value in written.items())}}}"


def _around(found: Suggestion) -> str:
    """The part of the sentence that the quote stands in."""
    room = max(_SHOWN - len(found.quote), 20) // 2
    at = max(found.sentence.find(found.quote), 0)
    start, end = (at - room if at > room + _ROOM_TO_SPARE else 0), at + len(found.quote) + room
    piece = found.sentence[start:end]
    if start:  # no half words
        piece = f"…{piece[piece.find(' ', 0, room) + 1 :]}"
    if end < len(found.sentence):
        cut = piece.rfind(" ", len(piece) - room)
        piece = f"{piece[:cut] if cut > 0 else piece}…"
    return remark(piece)
