"""The numbers that a text states, as they are written and by value.

A number that is followed by something unread proves nothing: `4.76x`, `5 millionaires`. Such a number, like one
that names something ("Article 4", "3rd", a part of a date), is returned with `names` and states no value.

Marks are read as the language of the text has them: `1.500` is fifteen hundred in Spanish and one and a half in
English. What cannot be right in the language is read as English has it: `4.76 million` in Spanish.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from briefing.texts import calendar
from briefing.texts import language as languages
from briefing.texts.amount import ONE, Amount
from briefing.texts.language import ENGLISH, EXACT, Plain, plain, scale_key
from briefing.texts.numerals import in_digits
from briefing.texts.pairs import joined
from briefing.texts.scales import scale_of
from briefing.texts.worded import in_han, in_parts, in_words


class Written(NamedTuple):
    """One number of a text."""

    start: int
    end: int
    text: str
    """As it is written, with sign and scale: `4.76 million`."""
    low: Decimal
    high: Decimal
    """The same as `low`, except for a range: `between 2 and 3 million`."""
    other: tuple[Decimal, ...] = ()
    """What else it may mean, where the writing leaves that open: `1.500` in Russian, `5m`."""
    names: bool = False
    """It names something ("Article 4", "3rd", a day of a date) or is not read to its end: it states no value."""
    weak: bool = False
    """It states a value, but often is none: a bare year, the word "one". Nobody need prove it."""
    scale: Decimal = ONE
    """What the digits are multiplied by: a million in `4.76 million`."""


def numbers(text: str, language: str = ENGLISH) -> list[Written]:
    """All numbers of a text, in order."""
    folded = languages.undivided(plain(text), lambda word: _is_number_or_scale(word, language))
    found = joined(folded.text, _all(folded.text, language), language)
    dates = calendar.day_spans(folded.text, language) if found else []
    return list(_written(text, folded, found, dates))


def _is_number_or_scale(word: str, language: str) -> bool:
    word = word.lower()
    return scale_of(word, language) is not None or bool(
        languages.kind(word, language) or languages.kind(word, ENGLISH)
    )


def stated(
    text: str, value: Decimal, language: str = ENGLISH, upper: Decimal | None = None, unit: str = ""
) -> bool:
    """Whether a number of the text has this value; with `upper`, whether it has this range.

    A unit may hold the scale itself: with "million euros", 4.76 is what `4.76 million` says.
    """
    return any_states(numbers(text, language), value, upper, unit, language)


def any_states(
    found: list[Written],
    value: Decimal,
    upper: Decimal | None = None,
    unit: str = "",
    language: str = ENGLISH,
) -> bool:
    """The same as `stated`, of numbers that were read before."""
    factor = _scale_of_unit(unit, language)
    quantities = [number for number in found if not number.names]
    if upper is None:
        return any(_equals(number, value, factor, unit) for number in quantities)
    if any(
        _same(n.low, v) and _same(n.high, u) for n in quantities for v, u in _scaled(n, value, upper, factor)
    ):
        return True
    # "not less than 5 and not more than 10 years"
    return any(
        _equals(a, value, factor, unit) and _equals(b, upper, factor, unit) and b.start - a.end <= 60
        for a, b in pairwise(quantities)
    )


def _scaled(
    number: Written, value: Decimal, upper: Decimal, factor: Decimal
) -> list[tuple[Decimal, Decimal]]:
    factor = factor if number.scale != 1 else ONE
    return [(EXACT.multiply(value, factor), EXACT.multiply(upper, factor))]


def _equals(number: Written, value: Decimal, factor: Decimal, unit: str) -> bool:
    if number.scale != 1:
        value = EXACT.multiply(value, factor)
    readings = [number.low, number.high]
    if number.other:
        readings = [*number.other] if number.scale != 1 and _is_metre(unit) else [*readings, *number.other]
        if number.text[-1:] in ("m", "k", "b") and not _is_metre(unit):
            readings = [number.low, number.high]
    return any(_same(reading, value) for reading in readings)


def _is_metre(unit: str) -> bool:
    return (
        re.match(r"(?i)\s*(?:m|met(?:re|er)s?|mètres?|metros?|metri|м|метр\w*|k|b|bytes?|kelvin)\s*$", unit)
        is not None
    )


def _same(reading: Decimal, value: Decimal) -> bool:
    if reading == value:
        return True
    digits, exponent = reading.as_tuple().digits, value.as_tuple().exponent
    # Two thirds are 0.67, as far as the digits go.
    recurring = len(digits) > 25
    if not recurring or not isinstance(exponent, int) or not -20 < exponent <= -2:
        return False
    return reading.quantize(value, context=EXACT) == value


def _scale_of_unit(unit: str, language: str) -> Decimal:
    factor = ONE
    for word in re.findall(r"[^\W\d_]+\.?", unit[:200]):
        scale = scale_of(word, language)
        if scale is not None and (len(scale_key(word)) >= 2 or _is_scale_letter(word, unit)):
            factor = EXACT.multiply(factor, scale)
    return factor


def _is_scale_letter(word: str, unit: str) -> bool:
    """`m` is a million in "USD m", and metres by itself."""
    return word in "mMkKB" and unit.strip() != word


def _all(text: str, language: str) -> list[Amount]:
    read = [*in_digits(text, language), *in_words(text, language), *in_parts(text, language), *in_han(text)]
    taken = sorted(read, key=lambda number: (number.start, -number.end))
    found: list[Amount] = []
    for number in taken:
        if not found or number.start >= found[-1].end:
            found.append(number)
    return found


def _written(raw: str, folded: Plain, found: list[Amount], dates: list[tuple[int, int]]) -> Iterator[Written]:
    at = 0
    for number in found:
        while at < len(dates) and dates[at][1] <= number.start:
            at += 1
        in_date = at < len(dates) and dates[at][0] < number.end and number.start < dates[at][1]
        start, end = folded.origin(number.start, number.end)
        high = number.value if number.high is None else number.high
        names = number.names or in_date
        yield Written(
            start, end, raw[start:end], number.value, high, number.other, names, number.weak, number.scale
        )
