"""One source text, normalised once, of which any number of things can be asked."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from briefing.texts.matching import PLACES, Found, Matcher, Query
from briefing.texts.normal import Normal
from briefing.texts.pages import outside
from briefing.texts.span import Span
from briefing.texts.structure import Structure

_CONTEXT_CHARACTERS = 200
_CONTEXT_SIZES = sorted((s for n in range(1, 9) for s in ((n, 0), (0, n), (n, n))), key=sum)


class Context(NamedTuple):
    """What tells one place of an ambiguous quote from the others; no prefix and no suffix if nothing does."""

    found: Found
    prefix: str
    suffix: str


class Passage(NamedTuple):
    """The passage most like a missing quote, as it stands, and in words how the two differ."""

    span: Span
    text: str
    difference: str


class SourceText:
    """A source text: where quotes stand in it, and how it is built.

    `language` is a BCP 47 tag. Places and spans are counted in code points of `raw`.
    """

    def __init__(self, raw: str, language: str = "en") -> None:
        self.raw = raw
        self.language = language

    @cached_property
    def structure(self) -> Structure:
        """How the text is built: articles, paragraphs, points, sentences."""
        return Structure(self.raw, self.language)

    @cached_property
    def normal(self) -> Normal:
        """The text made comparable."""
        return Normal(self.raw, self.structure.furniture)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.normal, self._same_paragraph)

    def _same_paragraph(self, one: int, other: int) -> bool:
        structure = self.structure
        return structure.paragraph_at(one) == structure.paragraph_at(other)

    def find_all(self, queries: Iterable[Query], limit: int = PLACES) -> list[tuple[Found, ...]]:
        """For every query the first `limit` places where its quote stands: exactly one is a proof."""
        return self._matcher.find_all(queries, limit)

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> tuple[Found, ...]:
        """The places where one quote stands."""
        return self.find_all([Query(quote, prefix, suffix)])[0]

    def is_inside(self, at: int) -> bool:
        """Whether an edge at this offset of `normal` would cut a word or a number in two."""
        return self._matcher.is_inside(at)

    def contexts_all(self, quotes: Sequence[tuple[str, Sequence[Found]]]) -> list[tuple[Context, ...]]:
        """For each place of each ambiguous quote the fewest words that make it the only one.

        They come from one side of it or evenly from both, at most eight words a side. All are
        tried in one pass over the text.
        """
        choices = [(quote, c) for quote, places in quotes for place in places for c in self._contexts(place)]
        queries = [Query(quote, c.prefix, c.suffix) for quote, c in choices]
        answers = self.find_all(queries, limit=2)
        settled: dict[tuple[str, Found], Context] = {}
        for (quote, choice), answer in zip(choices, answers, strict=True):
            if answer == (choice.found,):
                settled.setdefault((quote, choice.found), choice)
        return [
            tuple(settled.get((quote, place), Context(place, "", "")) for place in places)
            for quote, places in quotes
        ]

    def nearest_all(self, quotes: Sequence[tuple[str, Sequence[Span]]]) -> list[Passage | None]:
        """For each quote that is missing the passage most like it, in the ranges to look in, if any."""
        from briefing.texts.nearest import Passages, difference

        if not quotes:  # to look through the whole text for none is work too
            return []
        passages = Passages(self.normal.text, (quote for quote, _ in quotes))
        found: list[Passage | None] = []
        last, ranges = None, list[Span]()
        for quote, within in quotes:
            if within is not last:  # many quotes may be looked for in the same thousands of ranges
                last, ranges = within, sorted(Span(*map(self.normal.offset, span)) for span in within)
            near = passages.nearest(quote, ranges)
            if near is None:
                found.append(None)
                continue
            edges = self._widened(near.start, near.end)
            differs = difference(_readable(quote), self.normal.with_hyphens(*edges))
            span = self.normal.origin(*edges)
            found.append(Passage(span, self.raw[slice(*span)], differs))
        return found

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        while self._matcher.is_inside(start):
            start -= 1
        while self._matcher.is_inside(end):
            end += 1
        return start, end

    def beside(self, found: Found, before: int, after: int) -> Context:
        """So many words before and after a place as they stand, or as many as there are nearby."""
        left, right = self._sides(found)
        return Context(found, " ".join(left[max(len(left) - before, 0) :]), " ".join(right[:after]))

    def _contexts(self, found: Found) -> list[Context]:
        """The contexts that might settle a place, the fewest words first."""
        left, right = self._sides(found)
        return [
            Context(found, " ".join(left[len(left) - before :]), " ".join(right[:after]))
            for before, after in _CONTEXT_SIZES
            if before <= len(left) and after <= len(right)
        ]

    def _sides(self, found: Found) -> tuple[list[str], list[str]]:
        """The words near a place on both sides."""
        low = max(found.start - _CONTEXT_CHARACTERS, 0)
        left = _pieces(self._without_furniture(low, found.start))
        right = _pieces(self._without_furniture(found.end, found.end + _CONTEXT_CHARACTERS))
        # A word at the far edge of either window may be cut.
        left = left[1:] if low else left
        right = right[:-1] if found.end + _CONTEXT_CHARACTERS < len(self.raw) else right
        return left, right

    def _without_furniture(self, start: int, end: int) -> str:
        """The raw text of a range, without what pages added to it."""
        pieces = outside(Span(start, end), self.structure.furniture)
        return "\n".join(self.raw[slice(*piece)] for piece in pieces)


def _readable(quote: str) -> str:
    """A quote made comparable, with the hyphens inside its words."""
    normal = Normal(quote)
    return normal.with_hyphens(0, len(normal.text)).strip()


def _pieces(text: str) -> list[str]:
    """The words of a piece of raw text on one line, each with the marks that touch it."""
    undivided = re.sub(r"(?<=\w)[-\u00ad][ \t]*\r?\n[ \t]*(?=\w)", "", text)
    return re.sub("[\u00ad\u200b\ufeff]", "", undivided).split()
