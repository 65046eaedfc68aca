"""Problems as a person reads them: the place, the line of the file with the words at fault, the help."""

from collections.abc import Iterable, Iterator
from unicodedata import combining, east_asian_width

from briefing.problem import MOST_SOUGHT, Place, Problem, dotted, neutral, safe

MOST_PROBLEMS = 100
"""How many problems are printed one by one; the rest are counted."""

EXCERPT_WIDTH = 80
"""Columns of a line that are shown."""


def report(problems: Iterable[Problem], width: int = EXCERPT_WIDTH) -> Iterator[str]:
    """The lines that show these problems to a person: at most MOST_PROBLEMS, then a count."""
    problems = list(problems)
    for problem in problems[:MOST_PROBLEMS]:
        yield from map(neutral, lines(problem, width))
    if (more := len(problems) - MOST_PROBLEMS) > 0:
        yield f"… and {more:,} more problems{', or even more' if len(problems) >= MOST_SOUGHT else ''}"


def lines(problem: Problem, width: int = EXCERPT_WIDTH) -> Iterator[str]:
    """One problem: place and message, the line of the file, a caret under it, the help."""
    place = problem.place
    where = f"{safe(problem.digest)}:{place.line}:{place.column}: " if place else f"{safe(problem.digest)}: "
    subject = f" {dotted(problem.path)}:" if problem.path else ""
    yield f"{where}{problem.severity}[{problem.rule}]{subject} {problem.message}"
    if place and place.excerpt.strip():
        yield from _excerpt(place, width)
    if problem.help:
        yield f"   help: {problem.help}"


def _excerpt(place: Place, width: int) -> Iterator[str]:
    gutter = f"{place.line:>5} | "
    room = max(width - len(gutter), 10)
    start = place.column - 1
    cut = 0
    if len(place.excerpt) > room or _cells(safe(place.excerpt)) > room:
        # A long line is cut so that the place at fault stays in view.
        cut = max(0, start - room // 2)
        while _cells(safe(place.excerpt[cut:start])) > room // 2:
            cut += 1
    before = ("…" if cut else "") + safe(place.excerpt[cut:start])
    marked = safe(place.excerpt[start : start + min(place.width, room)])
    line = before + marked + safe(place.excerpt[start + place.width : start + place.width + room])
    yield gutter + _fitting(line, room)
    carets = min(max(_cells(marked), 1), max(room - _cells(before), 1))
    yield " " * (len(gutter) + _cells(before)) + "^" * carets


def _fitting(text: str, room: int) -> str:
    """The text, cut at its end where it is wider than the room."""
    if _cells(text) <= room:
        return text
    while _cells(text) > room - 1:
        text = text[: min(len(text) - 1, room)]
    return f"{text}…"


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(each) else 1 + (east_asian_width(each) in "WF") for each in text)
