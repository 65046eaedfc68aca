"""The lines of a text, as columns: there may be half a million of them."""

from typing import NamedTuple

NEXT, BLANK, PAGE = 0, 1, 2
"""What is before a line: only a line break, a blank line, or the end of a page."""

_ENDS = ".!?:;\u2026\u3002\uff01\uff1f\uff1b\uff1a"
_STOPS = ".!?\u2026\u3002\uff01\uff1f"
_CLOSERS = "\"'\u201d\u2019\u00bb)]*_"


class Lines(NamedTuple):
    """The visible lines of a text: where each is, without the white space around it."""

    starts: list[int]
    ends: list[int]
    texts: list[str]
    gaps: list[int]
    """What is before each line: NEXT, BLANK or PAGE."""


def lines_of(raw: str) -> Lines:
    """The lines in which something is visible."""
    feeds = "\f" in raw
    flat = raw.replace("\r\n", " \n").replace("\r", "\n").replace("\f", "\n")
    starts: list[int] = []
    ends: list[int] = []
    texts: list[str] = []
    gaps: list[int] = []
    known: dict[str, str] = {}
    at, gap = 0, NEXT
    for piece in flat.split("\n"):
        text = piece.strip()
        if text:
            start = at if len(text) == len(piece) else at + len(piece) - len(piece.lstrip())
            starts.append(start)
            ends.append(start + len(text))
            # Equal lines share one string, so that a text of nothing but `1` stays small.
            texts.append(known.setdefault(text, text))
            gaps.append(gap)
            gap = NEXT
        elif gap == NEXT and at:
            gap = BLANK
        at += len(piece) + 1
        if feeds and raw[at - 1 : at] == "\f":
            gap = PAGE
    return Lines(starts, ends, texts, gaps)


def is_ended(text: str) -> bool:
    """Whether a line ends as a sentence, a clause or a list's introduction does."""
    return text.rstrip(_CLOSERS)[-1:] in _ENDS if text[-1:] in _CLOSERS else text[-1:] in _ENDS


def is_stopped(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return text.rstrip(_CLOSERS)[-1:] in _STOPS if text[-1:] in _CLOSERS else text[-1:] in _STOPS
