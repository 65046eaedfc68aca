"""Footnotes of a printed page: their marks are set apart from the words, and they come after the text.

Otherwise a mark would be a digit of its word ("channels2"), and a note would stand in the middle of the
sentence that goes on over the page.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLER = 0.8  # a mark has at most this part of the size of its word
_NUMBER = re.compile(r"\s*([1-9][0-9]{0,2})\s*")
_AFTER_WORD = re.compile(r"[^\W_]|[.,;:!?)\"'”’]")
_PAGE_NUMBER = re.compile(r"[^\W\d_]{0,8}[\W\d]*")  # at its foot: `2 / 13`, `Page 3`


class Piece(NamedTuple):
    """Some characters that were set in one go."""

    text: str
    size: float
    height: float
    """Above the foot of the page."""


class _Number(NamedTuple):
    """A number that was set by itself."""

    at: int
    value: str
    size: float
    is_raised: bool
    """Whether it is smaller than the word before it, and higher."""


def without_notes(pieces: Sequence[Piece]) -> tuple[str, list[str]]:
    """The text of a page with its note marks raised, and its notes: `[2] See the report.`"""
    begun = {number.value: number for number in _notes(pieces)}
    marks = [mark for mark in _marks(pieces) if mark.is_raised or _is_smaller(begun.get(mark.value), mark)]
    # A number at the start of a line begins a note where something on the page refers to it.
    used = {mark.value for mark in marks}
    starts = sorted(number.at for value, number in begun.items() if value in used)
    end = _end(pieces, starts[0]) if starts else len(pieces)
    starts = [at for at in starts if at < end]
    texts = [piece.text for piece in pieces]
    for mark in marks:
        texts[mark.at] = mark.value.translate(_RAISED)
    notes = ["".join(texts[at + 1 : after]) for at, after in pairwise([*starts, end])]
    if not notes:
        return "".join(texts), []
    *lines, last = notes[-1].split("\n")
    foot = ""
    while lines and _PAGE_NUMBER.fullmatch(last):
        foot = f"\n{last}{foot}"
        last = lines.pop()
    notes[-1] = "\n".join([*lines, last])
    text = "".join(texts[: starts[0]]).rstrip("\n") + foot + "".join(texts[end:])
    said = (" ".join(note.split()) for note in notes)
    return text, [f"[{pieces[at].text.strip()}] {note}" for at, note in zip(starts, said, strict=True)]


def _is_smaller(note: _Number | None, mark: _Number) -> bool:
    """Whether a note is smaller than its mark: some typesetters draw a raised figure in the size of the word."""
    return note is not None and note.size < mark.size


def _marks(pieces: Sequence[Piece]) -> Iterator[_Number]:
    """Numbers behind a word or its full stop, without a space; behind digits only those that are raised."""
    word, before = Piece("", 0, 0), ""
    for at, piece in enumerate(pieces):
        number = _NUMBER.fullmatch(piece.text)
        if number and not number.start(1) and _AFTER_WORD.fullmatch(before):
            is_raised = piece.size <= _SMALLER * word.size and piece.height > word.height
            is_level = (piece.size, piece.height) == (word.size, word.height) and not before.isdigit()
            if is_raised or is_level:
                yield _Number(at, number[1], piece.size, is_raised)
        if piece.text.strip():
            word = piece
        before = piece.text[-1:] or before


def _notes(pieces: Sequence[Piece]) -> Iterator[_Number]:
    """Numbers by themselves at the start of a line, with words behind them."""
    before = "\n"
    for at, piece in enumerate(pieces):
        number = _NUMBER.fullmatch(piece.text)
        if number and before == "\n" and "\n" not in piece.text:
            after = "".join(each.text for each in pieces[at + 1 : at + 4]).lstrip()
            if after[:1].isalpha():
                yield _Number(at, number[1], piece.size, False)
        before = piece.text[-1:] or before


def _end(pieces: Sequence[Piece], first: int) -> int:
    """Where the notes end: they are at the foot of the page, so what stands higher is none of them."""
    top = pieces[first].height + pieces[first].size
    at = first + 1
    while at < len(pieces) and (pieces[at].height <= top or not pieces[at].text.strip()):
        at += 1
    return at
