"""Whether a passage can stand for another: not where a number, a date or a negation differs."""

import re
from decimal import Decimal
from difflib import SequenceMatcher
from unicodedata import category

from briefing.texts.calendar import Day, weekdays, written_dates
from briefing.texts.negation import negations
from briefing.texts.normal import folded
from briefing.texts.numbers import numbers

_NEGATING = (
    "un",
    "in",
    "im",
    "il",
    "ir",
    "non",
    "dis",
    "mis",
    "anti",
    "de",
    "a",
    "des",
    "dé",
    "не",
    "un-",
    "non-",
)
_ALONE = ("non", "un", "anti")  # words that turn the next one round


def is_kept(one: str, other: str, language: str) -> bool:
    """Whether all numbers, dates and negations of the one are in the other too, and no more."""
    if _figures(one) != _figures(other):
        return False
    if _numbers(one, language) != _numbers(other, language):
        return False
    if _dates(one, language) != _dates(other, language):
        return False
    if _negations(one, language) != _negations(other, language):
        return False
    return not any(_turns(*pair, language) for pair in _replaced(one, other))


def _numbers(text: str, language: str) -> list[tuple[Decimal, Decimal]]:
    return [(number.low, number.high) for number in numbers(text, language)]


def _dates(text: str, language: str) -> list[tuple[tuple[Day, Day], ...]]:
    return [date.readings for date in written_dates(text, language)]


def _figures(text: str) -> list[str]:
    """Its digits, and its signs of money, of per cent and of per mille."""
    return [c for c in folded(text) if c.isdigit() or category(c) in ("Sc", "Nd", "No", "Nl") or c in "%‰"]


def _negations(text: str, language: str) -> list[str]:
    return [word.casefold() for word in negations(text, language)]


def _replaced(one: str, other: str) -> list[tuple[str, str]]:
    """The words that differ, side by side where there are as many on both sides."""
    ours, theirs = (re.findall(r"\w+(?:[-']\w+)*", folded(text).casefold()) for text in (one, other))
    pairs: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b - a == d - c:
            pairs += zip(ours[a:b], theirs[c:d], strict=True)
        else:
            pairs += [(word, "") for word in ours[a:b]]
            pairs += [("", word) for word in theirs[c:d]]
    return pairs


def _turns(one: str, other: str, language: str) -> bool:
    """Whether two words differ by a negation that is a part of one, or one is the name of a month or a day."""
    for longer, shorter in ((one, other), (other, one)):
        beginning = longer.removesuffix(shorter)
        if len(shorter) > 2 and beginning != longer and beginning in _NEGATING:
            return True
        if longer in _ALONE or (longer.endswith("less") and not shorter.endswith("less")):
            return True
    return _is_of_a_date(one, language) or _is_of_a_date(other, language)


def _is_of_a_date(word: str, language: str) -> bool:
    if word in weekdays(language):
        return True
    dates = written_dates(f"1 {word} 2000", language) if word else []
    return bool(dates) and dates[0].first[1] is not None and dates[0].first[2] is not None
