"""Partial dates: what the text of a date means, when it falls, and how to say it.

Dates are EDTF, the Extended Date/Time Format of ISO 8601-2 (https://www.loc.gov/standards/datetime/):
level 0 (years, months, days, dates with a time, intervals) with the qualifiers and the unspecified
digits of level 1. Nothing else of EDTF is read; what is not is refused by name.

Every run of the program imports this module, so it imports little and compiles one pattern: the
others are text, which `re` compiles and keeps when they are first used.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_FIRST = "0001-01-01T00:00:00"
_LAST = "9999-12-31T23:59:59"
_AFTER_ALL = "~"
_NO_DATE = ("", "..")  # an end of an interval that is unknown, and one that is open
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_POSSIBLY = {"?": "possibly ", "%": "possibly "}
_ABOUT = {"~": "about ", "%": "about "}

# The forms nearly all dates of a digest have, with no need to look at a calendar.
_PLAIN = re.compile(r"(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?")
# Never \d, which takes the digits of every script.
_DATE = (
    r"([0-9]{4}|[0-9]{2}[0-9X]X(?!-))"
    r"(?:-([0-9]{2}|XX(?!-[0-9]))"
    r"(?:-([0-9]{2}|XX(?!T))"
    r"(?:T([0-9]{2}:[0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}(?::[0-9]{2})?)?(?![?~%]))?)?)?"
    r"([?~%]?)"
)

_NOT_A_DATE = "not a date: write 2025, 2025-02, 2025-02-03 or an interval such as 2025-02/2025-05"
_NO_YEAR_ZERO = "the year 0000 (1 BC in EDTF) is not supported: give a year from 0001 to 9999"
_NO_END = "an interval needs a date at one end at least: write 2025-02/.. or ../2025-02"
_TIMED_END = "an interval runs between dates: leave out the time"
_REVERSED = "the interval ends before it begins"

# The first pattern that fits the whole text says why it is refused.
_REFUSALS = (
    (r"-[0-9]{4}.*", "a negative year is not supported: give a year from 0001 to 9999"),
    (r"Y-?[0-9].*", 'a "Y" year is not supported: give a year from 0001 to 9999'),
    (r"[\[{].*", "a set of dates is not supported: give one date or an interval"),
    (r"[0-9]{4}S[0-9].*", 'significant digits ("S") are not supported: write 195X or 1950~'),
    (
        r"[0-9-]{10}T[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9:]+)?",
        "a time needs its seconds: write 14:05:00, not 14:05",
    ),
    (
        r"[0-9Xx]{4}(?:-[0-9Xx]{2}){0,2}[?~%]?",
        "X stands only for what comes last: write 202X, 20XX, 2025-XX, 2025-02-XX or 2025-XX-XX",
    ),
    (
        r"(?=[^?~%]*[?~%])[0-9XTZ:+?~%-]+",
        '"?", "~" and "%" stand only once, at the end of a date without a time: write 2025-02?',
    ),
    (
        r"[0-9X-]{10}T.*",
        "not a date and time: write 2025-02-03T14:05:00, after it Z or +01:00 where that is known",
    ),
)


class Date:
    """A date as the digest states it, and all the time it may mean.

    `text` is the EDTF string as written. `earliest` and `latest` are the first and the last second
    that it may mean: inclusive bounds in ISO 8601 ("2025-02-03T23:59:59"), in UTC where the date has
    an offset. They compare as text, for an open or unknown start is "" and such an end is "~".
    """

    # Not a NamedTuple: the library that converts data to types would take that for a list.
    __slots__ = ("earliest", "latest", "text")
    text: str
    earliest: str
    latest: str

    def __init__(self, text: str, earliest: str, latest: str) -> None:
        set_once = object.__setattr__
        set_once(self, "text", text)
        set_once(self, "earliest", earliest)
        set_once(self, "latest", latest)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Date is frozen")

    @property
    def bounds(self) -> tuple[str, str]:
        """What dates are sorted by: the first second, then the last."""
        return self.earliest, self.latest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Date) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Date({self.text!r})"


class _Components(NamedTuple):
    """The components of one date as written: "" where absent, X for an unspecified digit."""

    year: str
    month: str
    day: str
    time: str
    offset: str
    qualifier: str


@lru_cache(maxsize=65536)
def parse(text: str) -> Date:
    """Read a date; a ValueError says in plain words what is wrong with it and how to mend it."""
    if _PLAIN.fullmatch(text):
        return Date(text, *_filled(text, text))
    start, slash, end = text.partition("/")
    return Date(text, *(_interval(start, end) if slash else _bounds(_components(text))))


@lru_cache(maxsize=65536)
def words(date: Date) -> str:
    """Say a date in English: "about February 2025", "since March 2022", "2020s"."""
    start, slash, end = date.text.partition("/")
    if not slash:
        return _say(start).removeprefix("the ").removeprefix("a year ")
    if start in _NO_DATE:
        return f"until {_say(end)}" + ("" if start else ", start unknown")
    if end == "..":
        return f"since {_say(start)}"
    return _say_both(start, end) if end else f"from {_say(start)}, end unknown"


def short_words(date: Date) -> str:
    """The same for a narrow column, the months in three letters: "3 Feb 2025", "since Apr 2022"."""
    return " ".join(word[:3] if word in _MONTHS else word for word in words(date).split(" "))


def overlaps(date: Date, since: Date | None, until: Date | None) -> bool:
    """Whether a date may fall between the start of `since` and the end of `until`.

    Both are partial dates taken whole: 2022 and 2023 keep all of both years.
    """
    start = max(date.earliest, since.earliest) if since else date.earliest
    end = min(date.latest, until.latest) if until else date.latest
    return start <= end


def parts(date: Date) -> tuple[tuple[int, int | None, int | None], ...]:
    """Year, month and day of each end that is given, as far as they are fully specified.

    "2025-02-XX/.." gives ((2025, 2, None),), "202X" nothing.
    """
    ends = [_components(end) for end in date.text.split("/") if end not in _NO_DATE]
    return tuple((int(end.year), _number(end.month), _number(end.day)) for end in ends if "X" not in end.year)


def add(date: Date, duration: str) -> Date | None:
    """The date that is this long after another one; None where that is after the year 9999.

    `duration` is an ISO 8601 duration in years, months, weeks and days: "P4Y", "P1M15D". It runs from
    each end of an interval. A month after 31 January is the last day of February. A date that is less
    exact than the duration gives the interval of the days, or months, that may be meant.
    """
    match = re.fullmatch(_DURATION, duration)
    assert match is not None
    years, months, weeks, days = (int(number or 0) for number in match.groups())
    months += 12 * years
    days += 7 * weeks
    start, slash, end = date.text.partition("/")
    first, last = _ends_of(start, months, days)
    if slash:
        last = _ends_of(end, months, days)[1]
    if "late" in (first, last):
        return None
    return parse(first if first == last else f"{first}/{last}")


_DURATION = r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?"


def _ends_of(text: str, months: int, days: int) -> tuple[str, str]:
    """The first and the last date that may be this long after `text`; "late" after the year 9999."""
    if text in _NO_DATE:
        return text, text
    date = _components(text)
    year, month, day = date.year, _number(date.month), _number(date.day)
    first = (int(year.replace("X", "0")), month or 1, day or 1)
    last_month = (int(year.replace("X", "9")), month or 12)
    last = (*last_month, day or _last_day(*last_month))
    exact = 3 if days or day else 2 if months % 12 or month else 1
    ends = [_shifted(each, months, days)[:exact] for each in (first, last)]
    return tuple(_written(each, date.qualifier) for each in ends)  # type: ignore[return-value]


def _shifted(date: tuple[int, int, int], months: int, days: int) -> tuple[int, ...]:
    from datetime import date as day_of  # only deadlines need it
    from datetime import timedelta

    year, month = divmod(date[0] * 12 + date[1] - 1 + months, 12)
    if year > 9999:
        return (year,)
    day = min(date[2], _last_day(year, month + 1))
    try:
        moved = day_of(year, month + 1, day) + timedelta(days)
    except OverflowError:
        return (10_000,)
    return moved.year, moved.month, moved.day


def _written(date: tuple[int, ...], qualifier: str) -> str:
    if date[0] > 9999:
        return "late"
    return "-".join((f"{date[0]:04}", *(f"{part:02}" for part in date[1:]))) + qualifier


def duration_words(duration: str) -> str:
    """Say a duration in English: "4 years", "1 year and 6 months"."""
    match = re.fullmatch(_DURATION, duration)
    assert match is not None
    said = []
    for number, unit in zip(match.groups(), ("year", "month", "week", "day"), strict=True):
        if number is not None:
            said.append(f"{int(number)} {unit if int(number) == 1 else unit + 's'}")
    return " and ".join(said) if len(said) < 3 else f"{', '.join(said[:-1])} and {said[-1]}"


def _number(component: str) -> int | None:
    return int(component) if component not in ("", "XX") else None


def _components(text: str) -> _Components:
    """Take one date apart and refuse what is not in the format, the calendar or the day."""
    match = re.fullmatch(_DATE, text)
    if not match:
        raise ValueError(_why_refused(text))
    components = _Components(*match.groups(""))
    _check_calendar(components)
    _check_clock(components)
    return components


def _why_refused(text: str) -> str:
    fitting = (why for pattern, why in _REFUSALS if re.fullmatch(pattern, text, re.DOTALL))
    return next(fitting, _NOT_A_DATE)


def _check_calendar(date: _Components) -> None:
    if date.year in ("0000", "000X", "00XX"):
        raise ValueError(_NO_YEAR_ZERO)
    month, day = _number(date.month), _number(date.day)
    if month is None:
        return
    if 21 <= month <= 41 and not date.day:
        raise ValueError(f'a season ("{date.year}-{month}") is not supported: give months')
    if not 1 <= month <= 12:
        raise ValueError(f"no month {date.month}: months run from 01 to 12")
    if day is not None and not 1 <= day <= _last_day(int(date.year), month):
        raise ValueError(f"no day {date.day} in {_MONTHS[month - 1]} {date.year}")


def _check_clock(date: _Components) -> None:
    hour, minute, second = (date.time or "00:00:00").split(":")
    if hour > "23" or minute > "59" or second > "59":
        raise ValueError(f"no time {date.time}: it runs from 00:00:00 to 23:59:59")
    # The widest offset in use, and the widest that XML Schema's dateTime takes.
    if date.offset[1:] > "14:00" or date.offset[4:] > "59":
        raise ValueError(f"no offset {date.offset}: offsets run from -14:00 to +14:00")


def _last_day(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _bounds(date: _Components) -> tuple[str, str]:
    """The first and the last second that one date may mean."""
    known = "-".join(part for part in date[:3] if part not in ("", "XX"))
    if date.time:
        moment = _utc(f"{known}T{date.time}", date.offset)
        return moment, moment
    return _filled(known.replace("X", "0"), known.replace("X", "9"))


def _filled(first: str, last: str) -> tuple[str, str]:
    """Both bounds to the second, from the year, the month or the day that they are known to."""
    if len(last) == len("2025-02"):
        last += f"-{_last_day(int(last[:4]), int(last[5:]))}"
    return first + _FIRST[len(first) :], last + _LAST[len(last) :]


def _utc(moment: str, offset: str) -> str:
    """The same moment in UTC, or the nearest to it in the years 0001 to 9999."""
    if offset in ("", "Z"):
        return moment
    # Few digests have an offset: only they pay for this import.
    from datetime import datetime, timedelta

    ahead = timedelta(hours=int(offset[:3]), minutes=int(offset[0] + (offset[4:] or "0")))
    try:
        return (datetime.fromisoformat(moment) - ahead).isoformat()
    except OverflowError:
        return _FIRST if offset[0] == "+" else _LAST


def _interval(start: str, end: str) -> tuple[str, str]:
    """The bounds of an interval, of which one end may be open or unknown."""
    if start in _NO_DATE and end in _NO_DATE:
        raise ValueError(_NO_END)
    earliest = "" if start in _NO_DATE else _end_bounds(start)[0]
    latest = _AFTER_ALL if end in _NO_DATE else _end_bounds(end)[1]
    if earliest > latest:
        raise ValueError(_REVERSED)
    return earliest, latest


def _end_bounds(text: str) -> tuple[str, str]:
    end = _components(text)
    if end.time:
        raise ValueError(_TIMED_END)
    return _bounds(end)


def _say(text: str) -> str:
    """One date in words that fit into a sentence: "about the 2020s", "a day in May 2025"."""
    date = _components(text)
    possibly, about = _POSSIBLY.get(date.qualifier, ""), _ABOUT.get(date.qualifier, "")
    if date.year.endswith("XX"):
        century = date.year[:2]
        return f"{possibly}a year between {about}{century}00 and {century}99"
    if date.year.endswith("X"):
        return f"{possibly}{about}the {date.year[:3]}0s"
    within = {date.month: "a month in ", date.day: "a day in "}.get("XX", "")
    return f"{possibly}{within}{about}{_say_day(date)}{_say_time(date)}"


def _say_day(date: _Components) -> str:
    """As much of year, month and day as is specified: "3 February 2025", "2025"."""
    month, day = _number(date.month), _number(date.day)
    given = (str(day) if day else "", _MONTHS[month - 1] if month else "", date.year)
    return " ".join(word for word in given if word)


def _say_time(date: _Components) -> str:
    """The time and its offset as stated, after the comma that sets them off."""
    if not date.time:
        return ""
    offset = {"": "", "Z": " UTC"}.get(date.offset, f" {date.offset}:00"[: len(" +01:00")])
    return f", {date.time.removesuffix(':00')}{offset}"


def _say_both(start: str, end: str) -> str:
    """Two ends, what they share said once: "3-5 February 2025", "March to May 2022"."""
    if len(start) != len(end) or re.search("[X?~%]", start + end):
        return f"{_say(start)} to {_say(end)}"
    opening, closing = _say(start).split(), _say(end).split()
    while opening and opening[-1] == closing[len(opening) - 1]:
        opening.pop()
    if not opening:
        return _say(end)
    # Only days of one month leave a number that needs no word beside it.
    dash = "\N{EN DASH}" if len(closing) - len(opening) == 2 else " to "
    return " ".join(opening) + dash + " ".join(closing)
