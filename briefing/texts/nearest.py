"""The passage of a text that is most like a quote which it does not have, and how the two differ."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from heapq import nsmallest
from itertools import pairwise
from math import log
from typing import NamedTuple

from briefing.texts.normal import UNSPACED, folded
from briefing.texts.span import Span

_LETTER = rf"[^\W{UNSPACED}]"
WORD = rf"{_LETTER}+(?:[-'/]{_LETTER}+|[.,:]\d{_LETTER}*)*|\S"

_NEAR = 0.6  # how alike a passage must be: the weight of the words that it shares with the quote
_COMPARED = 400  # words of a quote that are compared
_TRIED = 12  # passages that are compared in full
_NEAR_IN_PLACE = 0.4  # the same where the place to look in is given
_MOST_OF_NUMBER = 2.0  # what a number that is not shared may weigh
_LONGEST_ALIKE = 40  # characters of a word that is compared with another
_ALIKE = 0.7  # how alike two words must be to count
_FEWEST_VOTES = 0.2  # of the weight of the words that have a say: half of what a passage in its place needs
_POSITIONS = 200  # places of one word that have a say: a word with more says little


class Nearest(NamedTuple):
    """A passage in normalised offsets."""

    start: int
    end: int


class Passages:
    """The words of a normalised text, and where those of some quotes stand in it."""

    def __init__(self, text: str, quotes: Iterable[str]) -> None:
        self.text = text
        self.starts, self.ends = array("I"), array("I")
        self.places: dict[str, array[int]] = {}
        wanted = {word for quote in quotes for word in _words(folded(quote))[:_COMPARED]}
        for index, match in enumerate(re.finditer(WORD, text)):
            self.starts.append(match.start())
            self.ends.append(match.end())
            if (word := match[0].casefold()) in wanted:
                self.places.setdefault(word, array("I")).append(index)

    def nearest(self, quote: str, within: Sequence[Span] = ()) -> Nearest | None:
        """The passage most like the quote, in whole words; None if nothing is near.

        It is found by alignment: the rarer a word, the more it counts that quote and passage share
        it, in the same order. `within` are the normalised ranges to look in; none: everywhere.
        """
        ours = _words(folded(quote))[:_COMPARED]
        weights = [self._weight(word) for word in ours]
        best: tuple[float, int, int] | None = None
        for shift in self._shifts(ours, weights, within):
            likeness, first, last = self._aligned(ours, weights, shift)
            if best is None or likeness > best[0]:
                best = (likeness, first, last)
        if best is None or best[0] < (_NEAR_IN_PLACE if within else _NEAR):
            return None
        return Nearest(self.starts[best[1]], self.ends[best[2]])

    def _weight(self, word: str) -> float:
        if not word[0].isalnum():
            return 0.1
        # A word that the text does not have says no more than one that it has once.
        return 1 + log((1 + len(self.starts)) / (1 + len(self.places.get(word, "?"))))

    def _shifts(self, ours: list[str], weights: list[float], within: Sequence[Span]) -> list[int]:
        """Where the quote's first word may stand, as its words vote: most votes first."""
        votes: dict[int, float] = defaultdict(float)
        voters: set[str] = set()
        for offset, (word, weight) in enumerate(zip(ours, weights, strict=True)):
            places: Sequence[int] = self.places.get(word, ())
            if within:
                places = self._inside(places, within)
            if len(places) <= _POSITIONS or within:
                voters.add(word)
                for at in places[: 10 * _POSITIONS]:
                    votes[at - offset] += weight
        # What few of the words speak for cannot be near, and to compare it takes most of the time.
        said = sum(weight for word, weight in zip(ours, weights, strict=True) if word in voters)
        enough = _FEWEST_VOTES * said
        nearby: dict[int, float] = defaultdict(float)
        for shift, weight in votes.items():
            nearby[shift >> 2] += weight
        around = {at for at in nearby if nearby[at] + nearby.get(at - 1, 0) + nearby.get(at + 1, 0) >= enough}
        likely = [shift for shift in votes if shift >> 2 in around]
        # A word more or less in between moves what comes after it: neighbours vote together.
        together = {shift: sum(votes.get(shift + near, 0) for near in range(-3, 4)) for shift in likely}
        likely = [shift for shift in likely if together[shift] >= enough]
        return nsmallest(_TRIED, likely, key=lambda shift: (-together[shift], -votes[shift], shift))

    def _inside(self, places: Sequence[int], within: Sequence[Span]) -> list[int]:
        """The words that stand in one of the ranges, which are in order and apart from one another."""
        if len(places) < len(within):
            starts = self.starts
            return [at for at in places if _is_in_one(within, starts[at])]
        found: list[int] = []
        for span in within:
            low, high = bisect_left(self.starts, span.start), bisect_right(self.starts, span.end - 1)
            found += places[bisect_left(places, low) : bisect_left(places, high)]
        return found

    def _aligned(self, ours: list[str], weights: list[float], shift: int) -> tuple[float, int, int]:
        """How alike the passage there is, from 0 to 1; its first word and its last."""
        margin = max(len(ours) // 4, 4)
        low = max(shift - margin, 0)
        high = min(shift + len(ours) + margin, len(self.starts)) - 1
        theirs = _words(self.text[self.starts[low] : self.ends[high]])
        *blocks, _ = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
        if not blocks:
            return 0, 0, 0
        same = {at for block in blocks for at in range(block.a, block.a + block.size)}
        shared = sum(weights[at] for at in same)
        shared += sum(weights[at] / 2 for at in _almost(ours, theirs, blocks))
        # A number is what is wrong most often: the words around it tell where it belongs.
        numbers = [at for at, word in enumerate(ours) if word[0].isdigit() and at not in same]
        whole = sum(weights) - sum(max(weights[at] - _MOST_OF_NUMBER, 0) for at in numbers)
        begin, end = (low + at for at in _edges(ours, theirs, blocks))
        # What the passage has between and the quote has not counts too, a little.
        surplus = max(end - begin + 1 - len(ours), 0)
        return shared / (whole + 0.5 * surplus or 1), begin, end


def _is_in_one(ranges: Sequence[Span], at: int) -> bool:
    before = bisect_right(ranges, at, key=lambda span: span.start) - 1
    return before >= 0 and at < ranges[before].end


def _edges(ours: list[str], theirs: list[str], blocks: Sequence[Match]) -> tuple[int, int]:
    """The first word of the passage and its last.

    Words at the edges of the quote that are not shared stand for as many of the passage, but for those
    that only stand in another order.
    """
    first, last = blocks[0], blocks[-1]
    shared = Counter(word for block in blocks for word in ours[block.a : block.a + block.size])
    moved = Counter(theirs[first.b : last.b + last.size]) - shared
    before = [word for word in ours[: first.a] if word not in moved]
    after = [word for word in ours[last.a + last.size :] if word not in moved]
    begin = max(first.b - len(before), 0)
    end = min(last.b + last.size + len(after), len(theirs)) - 1
    wanted = Counter(ours)
    while begin > 0 and wanted[theirs[begin - 1]] > theirs[begin : end + 1].count(theirs[begin - 1]):
        begin -= 1
    while end + 1 < len(theirs) and wanted[theirs[end + 1]] > theirs[begin : end + 1].count(theirs[end + 1]):
        end += 1
    # A word by itself at an edge that the passage has once too often was found in the wrong place.
    if first.size == 1 and begin == first.b and _is_surplus(theirs[begin], wanted, theirs[begin : end + 1]):
        begin += 1
        while begin < end and not theirs[begin][0].isalnum() and not wanted[theirs[begin]]:
            begin += 1  # such as the point of "a. a certified copy"
    if last.size == 1 and end == last.b and _is_surplus(theirs[end], wanted, theirs[begin : end + 1]):
        end -= 1
    return begin, end


def _is_surplus(word: str, wanted: Counter[str], passage: list[str]) -> bool:
    """Whether a passage has a word of the quote more often than the quote has."""
    return 0 < wanted[word] < passage.count(word)


def _almost(ours: list[str], theirs: list[str], blocks: Sequence[Match]) -> Iterator[int]:
    """Where the quote has words that are not shared but spelled almost like those in the same place."""
    for one, other in pairwise([Match(0, 0, 0), *blocks, Match(len(ours), len(theirs), 0)]):
        between = range(one.a + one.size, other.a)
        # At the edges of the quote its words count from the side that is shared.
        shift = one.b + one.size - between.start if one.size else other.b - other.a
        for at in between:
            if 0 <= at + shift < len(theirs) and _is_almost(ours[at], theirs[at + shift]):
                yield at


def _is_almost(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST_ALIKE or min(len(one), len(other)) < 4:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(WORD, text)]


def difference(quote: str, passage: str) -> str:
    """In words how a passage differs from a quote."""
    ours, theirs = (list(re.finditer(WORD, text)) for text in (quote, passage))
    words = [word[0] for word in ours][:_COMPARED], [word[0] for word in theirs][:_COMPARED]
    parts = [
        _DIFFERENCES[tag].format(ours=_extent(ours[a:b]), theirs=_extent(theirs[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, *words, autojunk=False).get_opcodes()
        if tag != "equal" and _extent(ours[a:b]) != "[...]"
    ]
    if parts and Counter(words[0]) == Counter(words[1]):
        return "the same words in another order"
    only_case = "only the letter case differs: " if quote.casefold() == passage.casefold() else ""
    if parts:
        return only_case + "; ".join(parts)
    # What comes after the words that are compared may be as wrong as anything.
    is_long = len(ours) > _COMPARED
    return f"its first {_COMPARED} words are those of the quote" if is_long else "only white space differs"


_DIFFERENCES = {
    "replace": 'the source has "{theirs}" where the quote has "{ours}"',
    "insert": 'the source also has "{theirs}"',
    "delete": 'the source does not have "{ours}"',
}


def _extent(words: Sequence[re.Match[str]]) -> str:
    return words[0].string[words[0].start() : words[-1].end()] if words else ""
