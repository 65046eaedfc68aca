"""Rules on numbers and dates: whether the quotes say what the digest says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from briefing.dates import Date, parts
from briefing.model import Digest, Item, fields
from briefing.problem import Path, Problem, listed, safe, shortened
from briefing.proof import Cited, Proof
from briefing.texts.calendar import Day, WrittenDate, states, written_dates
from briefing.texts.numbers import Written, any_states, numbers
from briefing.texts.text import SourceText

_CONTEXT = 80  # characters around a passage, so that a number that it cuts off is not read
_PASSAGE = 200  # characters of a text that are read at once, for all the quotes in them
_MEASURED = (
    r"(?i)[ -]*(?:(?:calendar|consecutive|full|more|working) )?(?:year|month|week|day|hour|time|per|%)"
)
_OWN_WORDS = ("text", "event", "label", "question")
"""The fields in which an item says something in the digest's own words."""


@dataclass(frozen=True)
class _Quoted:
    """What one quote says, and in which language."""

    text: str
    language: str
    source: str = ""
    """The text that it stands in, where it was found."""
    start: int = 0
    """Where it begins there."""

    @cached_property
    def numbers(self) -> list[Written]:
        """Its numbers, read where they are asked for; one that goes on outside the quote is not its own."""
        if not self.source:
            return numbers(self.text, self.language)
        end = self.start + len(self.text)
        passages = range(self.start // _PASSAGE, (end - 1) // _PASSAGE + 1)
        read = [number for passage in passages for number in _read(self.source, passage, self.language)]
        return [number for number in read if self.start <= number.start and number.end <= end]


@lru_cache(maxsize=4096)
def _read(source: str, passage: int, language: str) -> tuple[Written, ...]:
    """The numbers that begin in one passage of a source, with their places in the source."""
    start = passage * _PASSAGE
    low = max(start - _CONTEXT, 0)
    read = numbers(source[low : start + _PASSAGE + _CONTEXT], language)
    moved = [number._replace(start=number.start + low, end=number.end + low) for number in read]
    return tuple([number for number in moved if start <= number.start < start + _PASSAGE])


def _quoted(proof: Proof, cited: Iterable[Cited]) -> list[_Quoted]:
    return [quoted for each in cited for quoted in _of_one(proof, each)]


def _of_one(proof: Proof, cited: Cited) -> Iterator[_Quoted]:
    """The words of a quote as its source has them."""
    text = proof.text(cited.quote.source)
    if text is None or cited.place is None:
        language = text.language if text else proof.loaded.digest.language
        yield _Quoted(cited.quote.quote, language)
        return
    for start, end in cited.place.parts:
        yield _Quoted(text.raw[start:end], text.language, text.raw, start)


def figure_not_in_quote(proof: Proof) -> Iterator[Problem]:
    """A figure whose number none of its quotes has."""
    for position, figure in enumerate(proof.loaded.digest.figures):
        quoted = _quoted(proof, proof.of(figure))
        upper = getattr(figure, "upper", None)
        if quoted and not any(_has(each, figure.value, upper, figure.unit) for each in quoted):
            said = f"{figure.value:,f}" + (f" to {upper:,f}" if upper is not None else "")
            message = f"no quote of {figure.id} has {said}"
            yield Problem("", message, ("figures", position, "value"), help=_instead(quoted))


def _has(quoted: _Quoted, value: Decimal, upper: Decimal | None = None, unit: str = "") -> bool:
    return any_states(quoted.numbers, value, upper, unit, quoted.language)


def _instead(quoted: list[_Quoted]) -> str:
    """What was read in place of the number that is wanted."""
    found = [" ".join(safe(n.text).split()) for each in quoted for n in each.numbers if not n.names]
    what = "the quote has" if len(quoted) == 1 else "the quotes have"
    return f"{what} {listed(dict.fromkeys(found[:5]), 'and')}" if found else "quote the number"


def date_not_in_quote(proof: Proof) -> Iterator[Problem]:
    """A date that is said to be stated, or the source's words for it, that no quote has."""
    for position, event in enumerate(proof.loaded.digest.timeline):
        quoted = _quoted(proof, proof.of(event))
        if event.date_text and not any(SourceText(each.text).find(event.date_text) for each in quoted):
            message = f'no quote of {event.id} has "{shortened(event.date_text)}"'
            help = "give the source's own words, and quote them"
            yield Problem("", message, ("timeline", position, "date_text"), help=help)
        if event.date is None or event.date_basis != "stated" or not quoted:
            continue
        if not any(_states(each, event.date) for each in quoted):
            message = f"{event.date.text} is marked as stated, but no quote of {event.id} has that date"
            help = f"{_dates_instead(quoted)}quote the date, or set date_basis to inferred or external"
            yield Problem("", message, ("timeline", position, "date"), help=help)


def _states(quoted: _Quoted, date: Date) -> bool:
    ends = parts(date)
    if not ends:  # a decade or a century: its digits, and any in the place of each X
        said = re.findall(r"(\d+)(X+)", date.text)
        patterns = [rf"(?<!\d){digits}\d{{{len(unknown)}}}(?!\d)" for digits, unknown in said]
        return all(re.search(pattern, quoted.text) for pattern in patterns)
    return states(quoted.text, ends[0], ends[1] if len(ends) > 1 else None, quoted.language)


def _dates_instead(quoted: list[_Quoted]) -> str:
    found = [
        " ".join(safe(d.text).split()) for each in quoted for d in written_dates(each.text, each.language)
    ]
    what = "the quote has" if len(quoted) == 1 else "the quotes have"
    return f"{what} {listed(dict.fromkeys(found[:3]), 'and')}; " if found else ""


def number_not_in_quote(proof: Proof) -> Iterator[Problem]:
    """A number or a date in an item's own words that neither its quotes nor its fields have."""
    digest = proof.loaded.digest
    for section, position, item in proof.loaded.items():
        quoted = _quoted(proof, proof.of(item))
        # A finding says what other sources have, so it rests on them and not on its quotes.
        for name in _OWN_WORDS if quoted and section != "findings" else ():
            if text := getattr(item, name, ""):
                own = _values(proof, item)
                yield from _unheld(text, digest.language, quoted, own, (section, position, name), item.id)
    yield from _bottom_line(proof, digest)


def _bottom_line(proof: Proof, digest: Digest) -> Iterator[Problem]:
    """The bottom line rests on the key points: on their words, quotes and values."""
    quoted = [q for point in digest.key_points for q in _quoted(proof, proof.of(point))]
    quoted += [_Quoted(point.text, digest.language) for point in digest.key_points]
    values = [value for point in digest.key_points for value in _values(proof, point)]
    own = [*values, digest.as_of]
    yield from _unheld(digest.bottom_line, digest.language, quoted, own, ("bottom_line",), "the key points")


def _unheld(
    text: str, language: str, quoted: list[_Quoted], own: list[Date | Decimal], path: Path, holder: str
) -> Iterator[Problem]:
    said = [n for n in numbers(text, language) if not n.names and not n.weak and not _is_a_pair(n, text)]
    amounts = [value for value in own if isinstance(value, Decimal)]
    days = [value for value in own if isinstance(value, Date)]
    lacking = [n.text for n in said if n.low not in amounts and not any(_says(each, n) for each in quoted)]
    lacking += [d.text for d in written_dates(text, language) if not _is_held(d, quoted, days)]
    for words in dict.fromkeys(lacking):
        what = f"no quote of {holder} has" if holder != "the key points" else "no key point has"
        message = f'{what} "{shortened(" ".join(words.split()))}"'
        yield Problem("", message, path, help="quote it, or say only what the quotes say")


def _is_a_pair(number: Written, text: str) -> bool:
    """Whether it is the "two" of "the two countries", which names rather than counts."""
    return number.low == 2 and number.text.isalpha() and not re.match(_MEASURED, text[number.end :])


def _says(quoted: _Quoted, number: Written) -> bool:
    upper = number.high if number.high != number.low else None
    return any(_has(quoted, value, upper) for value in (number.low, *number.other))


def _is_held(date: WrittenDate, quoted: list[_Quoted], own: list[Date]) -> bool:
    for first, last in date.readings or ((date.first, date.last),):
        if any(states(each.text, first, last if last != first else None, each.language) for each in quoted):
            return True
        ends = {end for each in own for end in parts(each)}
        if all(any(_within(finer, day) for finer in ends) for day in {first, last}):
            return True
    return False


def _within(finer: Day, day: Day) -> bool:
    """Whether a date lies in what another, perhaps coarser one means."""
    return all(wanted is None or wanted == given for wanted, given in zip(day, finer, strict=True))


def _values(proof: Proof, item: Item) -> list[Date | Decimal]:
    """The dates and numbers in an item's own fields, and in those of the items that it sums up."""
    summed = [proof.loaded.by_id[id] for id in getattr(item, "based_on", ()) if id in proof.loaded.by_id]
    return [value for each in (item, *summed) for value in _in_fields(each)]


def _in_fields(part: Any) -> Iterator[Date | Decimal]:
    for field in fields(type(part)):
        held = getattr(part, field.attribute)
        for value in held if field.many else (held,):
            if isinstance(value, Date | Decimal):
                yield value
            elif field.is_part and value is not None and not isinstance(value, str):
                yield from _in_fields(value)
