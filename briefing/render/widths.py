"""How wide the columns of a table are: on a screen the short ones first, the rest for long texts; on a page
in proportion."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.outline import TableColumn

GAP = 2
"""Blanks between two columns."""
STACKED_BELOW = 60
"""Columns of the screen under which a table is hard to read."""

_TEXT_NEEDS = 26  # columns that a long text wants at least
_SHORT_NEEDS = 6
_SHORT_WANTS = 18  # a short column wraps rather than be wider than this,
_SHORT_SHARE = 5  # or than this part of the room
_NO_WORDS = r"<[^>]*>|\]\(|[*\\]"
_PAGE = 72  # characters in a line of a page
_WIDEST = 60  # so that a long column leaves the short ones room


class Measure(NamedTuple):
    """How wide a column's text is: at its widest line, and at its longest word."""

    line: int
    word: int


def widths(columns: Sequence[TableColumn], measures: Sequence[Measure], room: int | None) -> list[int] | None:
    """A width for each column, together at most `room`; None where some would be too narrow."""
    if room is None:
        return [max(measure.line, 1) for measure in measures]
    room -= GAP * (len(columns) - 1)
    long = [column.role != "side" and not column.right for column in columns]
    least = [
        min(measure.line, _TEXT_NEEDS if is_long else max(measure.word, _SHORT_NEEDS))
        for measure, is_long in zip(measures, long, strict=True)
    ]
    if sum(least) > room or room < STACKED_BELOW - GAP * len(columns):
        return None
    most = [
        measure.line if is_long else max(least_, min(measure.line, max(room // _SHORT_SHARE, _SHORT_WANTS)))
        for measure, is_long, least_ in zip(measures, long, least, strict=True)
    ]
    return _shared_out(least, most, long, room - sum(least))


def _shared_out(least: list[int], most: list[int], long: list[bool], spare: int) -> list[int]:
    """Give the spare room to the short columns first, then to the long ones, by what they lack."""
    widths = list(least)
    for which in (False, True):
        wanting = [i for i, is_long in enumerate(long) if is_long is which and widths[i] < most[i]]
        lack = sum(most[i] - widths[i] for i in wanting)
        given = min(spare, lack)
        for i in wanting:
            share = (most[i] - widths[i]) * given // lack
            widths[i] += share
            spare -= share
    return widths


def proportions(columns: Sequence[Sequence[str]]) -> list[int]:
    """Widths of columns of Markdown whose shares of a page leave each room for its longest word."""
    widths = [min(max(3, *map(len, cells)), _WIDEST) for cells in columns]
    total = sum(widths)
    if total <= _PAGE:
        return widths
    most = _PAGE // len(columns)
    least = [min(_longest_word(cells) + 2, most) * total // _PAGE for cells in columns]
    return [max(width, each) for width, each in zip(widths, least, strict=True)]


def _longest_word(texts: Iterable[str]) -> int:
    """The length of the longest word of some cells; addresses are no words."""
    words = (word for text in texts for word in re.sub(_NO_WORDS, " ", text).split())
    return max(map(len, words), default=0)
