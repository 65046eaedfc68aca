"""Rules on quotes: what the evidence says, and whether the source says it."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache, partial

from briefing.dates import parts
from briefing.evidence import Source, Span
from briefing.model import Event
from briefing.problem import Path, Problem, listed, safe, shortened
from briefing.proof import Cited, Proof

_MOST_WORDS = 25
_MOST_HELPED = 20  # quotes whose nearest passage, or settling words, are looked for
# A number as texts write it: grouped by threes, or as in India, or plain; then decimals, then a scale.
_NUMBER = re.compile(
    r"""(?<![\w.,])(?P<sign>[-−])?
    (?P<whole>\d{1,3}(?:(?P<mark>[.,'’\u00a0\u202f ])\d{3})(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}|\d+)
    (?:[.,](?P<decimals>\d+))?(?!\d)
    (?:[-\s]?(?P<scale>hundred|thousand|million|billion|trillion|mn|bn)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9}
_SCALES["trillion"] = 10**12
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def missing(proof: Proof) -> Iterator[Problem]:
    """A quote stands in its source."""
    absent = [cited for cited in proof.cited if cited.spans == ()]
    helps = _helps(proof, absent, _nearest)
    for cited in absent:
        message = f'"{shortened(cited.quote.quote)}" does not stand in {cited.quote.source}'
        yield Problem("", message, _path(cited), help=helps.get(cited.path, ""))


def _helps(
    proof: Proof, found: list[Cited], help: Callable[[Source, list[Cited]], Iterable[str]]
) -> dict[Path, str]:
    """What helps with the first of these quotes, by place; one look at a source serves all of its own."""
    groups: dict[str, list[Cited]] = {}
    for cited in found[:_MOST_HELPED]:
        groups.setdefault(cited.quote.source, []).append(cited)
    helps: dict[Path, str] = {}
    for group in groups.values():
        source = proof.source_of(group[0])
        assert source is not None
        helps.update(zip((cited.path for cited in group), help(source, group), strict=True))
    return helps


def _nearest(source: Source, absent: list[Cited]) -> Iterator[str]:
    """What the source has that is most like each missing quote."""
    quotes = [cited.quote for cited in absent]
    alone = source.find_all((q.quote if q.prefix or q.suffix else "", "", "") for q in quotes)
    for cited, places in zip(absent, alone, strict=True):
        if places:
            yield "the quote is there, but not with that prefix or suffix"
        elif near := source.closest(cited.quote.quote):
            line = source.place(near.span.start).line
            passage = shortened(" ".join(near.text.split()), 160)
            yield f'line {line} of the source says "{passage}": {safe(near.difference)}'
        else:
            yield "nothing in the source is near it"


def ambiguous(proof: Proof) -> Iterator[Problem]:
    """A quote stands in its source only once."""
    several = [cited for cited in proof.cited if cited.spans and len(cited.spans) > 1]
    helps = _helps(proof, several, _settling)
    places = cache(partial(_places, proof))  # one quote may stand in many items
    for cited in several:
        at = places(cited.quote.source, cited.spans)
        message = f'"{shortened(cited.quote.quote)}" stands in {cited.quote.source} {at}'
        yield Problem("", message, _path(cited), help=helps.get(cited.path, ""))


def _places(proof: Proof, id: str, spans: tuple[Span, ...]) -> str:
    """How often and where: `2 times, at 3:14, 15:9`."""
    source = proof.texts[id].source
    assert source is not None
    places = [source.place(span.start) for span in spans]
    return f"{len(places)} times, at {', '.join(f'{place.line}:{place.column}' for place in places)}"


def _settling(source: Source, several: list[Cited]) -> Iterator[str]:
    """The words before and after that would tell the places of each quote apart."""
    quotes = [(cited.quote.quote, cited.spans[:3]) for cited in several if cited.spans]
    for contexts in source.contexts_all(quotes):
        choices = []
        for context in contexts:
            named = (("prefix", context.prefix), ("suffix", context.suffix))
            if words := [f'{name}: "{text}"' for name, text in named if text]:
                choices.append(f"{' and '.join(words)} for line {source.place(context.span.start).line}")
        yield f"add {'; or '.join(choices)}" if choices else "quote more of the passage"


def long(proof: Proof) -> Iterator[Problem]:
    """A quote has at most 25 words."""
    for cited in proof.cited:
        if (count := len(cited.quote.quote.split())) > _MOST_WORDS:
            message = f"a quote of {count} words"
            yield Problem(
                "", message, _path(cited), help=f"a phrase proves as much: {_MOST_WORDS} words at most"
            )


def figure_not_in_quote(proof: Proof) -> Iterator[Problem]:
    """The number of a figure stands in one of its quotes."""
    for position, figure in enumerate(proof.loaded.digest.figures):
        quotes = [cited.quote.quote for cited in proof.of(figure)]
        for key, value in (("value", figure.value), ("upper", figure.upper)):
            if value is None or not quotes or any(says(quote, value, figure.unit) for quote in quotes):
                continue
            message = f"{value:,f} does not stand in any quote of {figure.id}"
            yield Problem("", message, ("figures", position, key), help=_quoted(quotes))


def _quoted(quotes: list[str]) -> str:
    found = [match[0].strip() for quote in quotes for match in _NUMBER.finditer(quote)]
    return f"the quotes have {listed(found[:5], 'and')}" if found else "quote the number"


def says(text: str, value: Decimal, unit: str = "") -> bool:
    """Whether a text gives this number, in any of the ways to mark thousands and decimals.

    A scale that the unit names too ("million euros") may be left out of the value.
    """
    for match in _NUMBER.finditer(text):
        scale = (match["scale"] or "").lower()
        factors = [_SCALES.get(scale, 1)] + ([1] if scale and scale in unit.lower() else [])
        if any(reading * factor == value for reading in _readings(match, value) for factor in factors):
            return True
    return False


def _readings(match: re.Match[str], value: Decimal) -> Iterator[Decimal]:
    """The numbers that the digits may mean: 83.000 is 83000, and 83.000 only where the value has its decimals."""
    sign = "-" if match["sign"] else ""
    whole, decimals = match["whole"], match["decimals"] or ""
    digits = re.sub(r"\D", "", whole)
    yield Decimal(f"{sign}{digits[:40]}.{decimals[:40] or 0}")
    exponent = value.as_tuple().exponent
    if (
        not decimals
        and match["mark"] in (".", ",")
        and len(whole.split(match["mark"])) == 2
        and exponent == -3
    ):
        yield Decimal(f"{sign}{whole.replace(',', '.')}")


def date_not_in_quote(proof: Proof) -> Iterator[Problem]:
    """A date that is said to be stated stands in the event's quotes."""
    english = proof.loaded.digest.language.lower().startswith("en")
    for position, event in enumerate(proof.loaded.digest.timeline):
        quotes = " ".join(cited.quote.quote for cited in proof.of(event))
        if (
            event.date is not None
            and event.date_basis == "stated"
            and quotes
            and (lacking := _lacking(event, quotes, english))
        ):
            message = f"{event.date.text} is marked as stated, but no quote of {event.id} has {lacking}"
            help = "quote the date, or set date_basis to inferred or external"
            yield Problem("", message, ("timeline", position, "date"), help=help)


def _lacking(event: Event, quotes: str, english: bool) -> str:
    """The first part of a date that the quotes lack; names of months are only known in English."""
    words = {word.casefold() for word in re.findall(r"\w+", quotes)}
    for year, month, day in parts(event.date) if event.date else ():
        if f"{year:04}" not in words:
            return f"the year {year:04}"
        name = _MONTHS[(month or 1) - 1]
        named = {name.casefold(), name[:3].casefold(), "sept" if month == 9 else name.casefold()} & words
        if month and english and not named and not _has_numeric(quotes, year, month):
            return f"the month, {name}"
        if day and not {f"{day}", f"{day:02}", f"{day}st", f"{day}nd", f"{day}rd", f"{day}th"} & words:
            return f"the day {day}"
    return ""


def _has_numeric(quotes: str, year: int, month: int) -> bool:
    """Whether a date in digits has this month: 2022-03, 03/2022, 3.3.2022, 3/14/2022."""
    before, after = (
        rf"\b{year:04}[-/.]0?{month}\b",
        rf"\b(?:\d\d?[-/.])?0?{month}[-/.](?:\d\d?[-/.])?{year:04}\b",
    )
    return re.search(f"{before}|{after}", quotes) is not None


def _path(cited: Cited) -> tuple[str | int, ...]:
    """The place of the quote's text: a quote alone is the entry itself."""
    alone = isinstance(cited.item.evidence[cited.number], str)
    return cited.path if alone else (*cited.path, "quote")
