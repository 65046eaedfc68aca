"""Rules on quotes: what the evidence says, and whether the source says it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from briefing.dates import parts
from briefing.model import Event
from briefing.problem import Problem, shortened
from briefing.proof import Cited, Proof

_MOST_WORDS = 25
_NUMBER = re.compile(r"\d(?:[\d.,'’\u00a0\u202f ]*\d)?")
_MARKS = re.compile(r"[.,'’\u00a0\u202f ]")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+")
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
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
    for cited in proof.cited:
        if cited.spans == ():
            message = f'"{shortened(cited.quote.quote)}" does not stand in {cited.quote.source}'
            yield Problem("", message, _path(cited), help=_closest(proof, cited))


def _closest(proof: Proof, cited: Cited) -> str:
    source, quote = proof.source_of(cited), cited.quote
    assert source is not None
    if (quote.prefix or quote.suffix) and source.find(quote.quote):
        return "the quote is there, but not with that prefix or suffix"
    near = source.closest(quote.quote)
    if near is None:
        return "nothing in the source is near it"
    place = source.place(near.span.start)
    passage = shortened(" ".join(near.text.split()), 160)
    return f'line {place.line} of the source says "{passage}": {near.difference}'


def ambiguous(proof: Proof) -> Iterator[Problem]:
    """A quote stands in its source only once."""
    for cited in proof.cited:
        if cited.spans and len(cited.spans) > 1:
            source = proof.source_of(cited)
            assert source is not None
            places = [source.place(span.start) for span in cited.spans]
            at = ", ".join(f"{place.line}:{place.column}" for place in places)
            message = f'"{shortened(cited.quote.quote)}" stands in {cited.quote.source} {len(places)} times, at {at}'
            yield Problem("", message, _path(cited), help=_settling(proof, cited))


def _settling(proof: Proof, cited: Cited) -> str:
    """The words before and after that would tell the places apart."""
    source, spans = proof.source_of(cited), cited.spans
    assert source is not None
    assert spans is not None
    choices = []
    for context in source.contexts(cited.quote.quote, spans[:3]):
        words = [
            f'{name}: "{text}"'
            for name, text in (("prefix", context.prefix), ("suffix", context.suffix))
            if text
        ]
        if words:
            choices.append(f"{' and '.join(words)} for line {source.place(context.span.start).line}")
    return f"add {'; or '.join(choices)}" if choices else "quote more of the passage"


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
        if quotes and not any(figure.value in numbers_in(quote) for quote in quotes):
            message = f"{figure.value:,} does not stand in any quote of {figure.id}"
            yield Problem("", message, ("figures", position, "value"), help=_quoted(quotes))


def _quoted(quotes: list[str]) -> str:
    found = [match[0] for quote in quotes for match in _NUMBER.finditer(quote)]
    return f"the quotes have {', '.join(found[:5])}" if found else "quote the number"


def numbers_in(text: str) -> set[Decimal]:
    """Every number that a text may be read as giving, with either way of marking thousands and decimals."""
    found: set[Decimal] = set()
    for match in _NUMBER.finditer(text):
        scale = re.match(r"[ -]?(\w+)", text[match.end() :])
        factor = _SCALES.get(scale[1].lower(), 1) if scale else 1
        found.update(reading * factor for reading in _readings(match[0]))
    return found


def _readings(digits: str) -> Iterator[Decimal]:
    pieces = _MARKS.split(digits)
    if len(pieces) == 1 or _GROUPED.fullmatch(digits):
        yield Decimal("".join(pieces)[:40])
    if len(pieces) > 1:
        whole, fraction = digits[: -len(pieces[-1]) - 1], pieces[-1]
        if _GROUPED.fullmatch(whole) or whole.isdigit():
            yield Decimal(f"{_MARKS.sub('', whole)[:40]}.{fraction[:40]}")
        for piece in re.split(r"[ ]", digits):  # "2023 114" is two numbers
            if piece.isdigit():
                yield Decimal(piece[:40])


def date_not_in_quote(proof: Proof) -> Iterator[Problem]:
    """A date that is said to be stated stands in the event's quotes."""
    english = proof.loaded.digest.language.lower().startswith("en")
    for position, event in enumerate(proof.loaded.digest.timeline):
        quotes = " ".join(cited.quote.quote for cited in proof.of(event))
        if event.date_basis == "stated" and quotes and (lacking := _lacking(event, quotes, english)):
            message = f"{event.date.text} is marked as stated, but no quote of {event.id} has {lacking}"
            help = "quote the date, or set date_basis to inferred or external"
            yield Problem("", message, ("timeline", position, "date"), help=help)


def _lacking(event: Event, quotes: str, english: bool) -> str:
    """The first part of a date that the quotes lack; months are only looked for in English."""
    words = set(re.findall(r"\w+", quotes))
    for year, month, day in parts(event.date):
        names = {_MONTHS[month - 1], _MONTHS[month - 1][:3], f"{month}", f"{month:02}"} if month else set()
        if f"{year:04}" not in words:
            return f"{year:04}"
        if names and english and not names & words:
            return _MONTHS[(month or 1) - 1]
        if day and not {f"{day}", f"{day:02}", f"{day}st", f"{day}nd", f"{day}rd", f"{day}th"} & words:
            return f"{day}"
    return ""


def _path(cited: Cited) -> tuple[str | int, ...]:
    """The place of the quote's text: a quote alone is the entry itself."""
    alone = isinstance(cited.item.evidence[cited.number], str)
    return cited.path if alone else (*cited.path, "quote")
