"""Proposed quotes, each with what an entry of evidence needs and where it stands."""

from collections.abc import Sequence
from operator import attrgetter

from briefing.document import Column, Marked, Section, Show
from briefing.problem import masked, safe
from briefing.writing.evidence import Proposed


def view(rows: Sequence[Proposed]) -> Section:
    """The proposals in the order of the texts."""
    in_source = Show("side") if len({row.source for row in rows}) > 1 else Show()
    columns = (
        Column("quote", attrgetter("found.quote"), Show("lead", "Quote")),
        Column("prefix", attrgetter("found.prefix"), Show("under", under="quote", phrase="after: {}")),
        Column("suffix", attrgetter("found.suffix"), Show("under", under="quote", phrase="before: {}")),
        Column("source", lambda row: safe(row.source), in_source),
        Column("locator", attrgetter("found.locator")),
        Column("place", attrgetter("found.place"), Show("side")),
        Column("line", attrgetter("found.line"), Show("side"), "number"),
        Column("start", attrgetter("found.start"), type="number"),
        Column("end", attrgetter("found.end"), type="number"),
        Column("sentence", _sentence, Show("wide")),
    )
    order = ("source", "place", "line", "quote", "prefix", "suffix", "sentence")
    return Section("quote", "Quotes", columns, rows, "table", order, ("quote", "quotes"))


def _sentence(row: Proposed) -> Marked:
    """The sentence with the quote in it marked, where it stands there as it is written."""
    sentence, quote = row.found.sentence, row.found.quote
    at = sentence.find(quote)
    return Marked(masked(sentence), ((at, at + len(quote)),) if at >= 0 else ())
