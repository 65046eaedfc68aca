"""The dates that a text states: each is one contiguous phrase, never words from here and there.

The names of months are CLDR's, of the language of the text and of English. A day and a month without a year are no
date; neither is the word "may". The Gregorian calendar only.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from briefing.texts import language as languages
from briefing.texts.enumeration import roman_value
from briefing.texts.han import han_value
from briefing.texts.language import ENGLISH, plain

Day = tuple[int, int | None, int | None]
"""Year, month and day, as far as they are given."""

MOST = 5_000
"""How many dates of one text are read: it bounds the work."""

# Where one language has several sets of months (Arabic) or other names for one (Jänner, setiembre).
_VARIANTS = {
    "ar": ("ar", "ar-SY", "ar-LB", "ar-IQ", "ar-DZ", "ar-MA", "ar-MR"),
    "es": ("es-PE", "es-UY"),
    "de": ("de-AT",),
}
_ENGLISH_SHORT = {"sept": 9, "sep": 9}

_S = r"[ \u00a0\n]"
_SUFFIX = r"(?:st|nd|rd|th|ers?|res?|ère|\.?[ºª°]|-?(?:е|го|й|ого))?"
_DAY = rf"[0-9]{{1,2}}{_SUFFIX}(?![0-9%:])"
_FIRST_DAY = rf"(?<![0-9.,:/])(?<![^\u05d0-\u05ea]-){_DAY}"  # Hebrew joins "on the" to it: ב-3
_DAY_WORD = r"(?:days?|d[ií]as?|jours?|giorn[oi]|päivänä)"
_OF_WORD = (
    r"(?:of\s+the\s+month\s+of|d[eo]l?\s+m[eê]s\s+de|du\s+mois\s+d(?:e|')|del\s+mese\s+di|des\s+Monats"
    r"|of\s+the|of|del?|do|da|di|d'|den|van|ב|من|ta')"
)
_OF = rf"(?:{_DAY_WORD}(?:\s+{_OF_WORD})?|{_OF_WORD})"
_AND = r"(?:and|or|&|y|e|et|ou|o|u|und|oder|en|og|och|i|и|или|و|أو|और|या|和|及|と)"
_TO = r"(?:tot\s+en\s+met|to|through|until|till|up\s+to|bis|à|au|a|al|ad|hasta|até|ao|tot|do|do\s+dnia|до|по|إلى|الى|حتى|से|から|至|到|まで|til|till)"
_ARTICLE = r"(?:the|el|le|den|dem|der|zum|il|lo|o|la|on)"
_LIST_OF_DAYS = (
    rf"{_FIRST_DAY}(?:\.?{_S}{{0,2}}(?:[,/]|[-–—]|{_AND}|{_TO}){_S}{{0,2}}(?:{_ARTICLE}{_S})?{_DAY}){{0,7}}"
)
_DAYS_BEFORE = re.compile(
    rf"(?P<days>{_LIST_OF_DAYS})[.»”\"-]?{_S}{{0,2}}(?:{_OF}{_S}{{0,2}})?(?:of{_S})?$", re.IGNORECASE
)
_AFTER_DAY_IN_WORDS = re.compile(rf"(?:\s+{_DAY_WORD})?(?:\s+{_OF_WORD})?(?:\s+|(?<='))$", re.IGNORECASE)
_DAYS_AFTER = re.compile(
    rf"\.?{_S}{{0,2}}(?:the{_S})?(?P<days>{_LIST_OF_DAYS})(?:\.|(?=\W|$))", re.IGNORECASE
)
_YEAR_AFTER = re.compile(
    rf"[.-]?{_S}{{0,2}}(?:,{_S}{{0,2}})?(?:[พค]\.?ศ\.?{_S}?)?(?:(?:de|del|do|di|of|van|from|năm|anno|in\s+the\s+year|i\s+år|l'an){_S}{{1,2}})?"
    r"(?P<year>[0-9]{4})(?![0-9]|[.,][0-9]|-[0-9])(?:\s?(?:г\.|года|году|р\.|року|r\.|roku))?",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    rf"(?<![0-9.,-])(?P<year>[0-9]{{4}})(?:\.|-?[eé]ko|(?:{_S}(?:m\.|gada|წლის|թ\.|թվականի)))?{_S}{{0,2}}$"
)

_ISO = re.compile(
    r"(?<![0-9.,-])(?P<y>[0-9]{4})-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?"
    r"(?![0-9]|-[0-9]|[A-Za-z])"
)
_YEAR_FIRST = re.compile(
    rf"(?<![0-9.,/-])(?P<y>[0-9]{{4}})(?P<s>[./]){_S}?(?P<m>[0-9]{{1,2}})(?P=s){_S}?(?P<d>[0-9]{{1,2}})\.?(?![0-9]|[./-][0-9])"
)
_YEAR_LAST = re.compile(
    rf"(?<![0-9.,/-])(?P<a>[0-9]{{1,2}})(?P<s>[./-]){_S}?(?P<b>[0-9]{{1,2}}|[IVX]{{1,4}})(?P=s){_S}?(?P<y>[0-9]{{4}}|[0-9]{{2}})(?![0-9%]|[./:-][0-9])"
)
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "0001234567890"[:3] + "123456789")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民国": 1911, "民國": 1911}
"""The eras that years are counted in, each with the year before its first."""
_HAN_YEAR = (
    r"(?:(?P<y>[0-9]{4}|[〇零○一二三四五六七八九]{4})"
    rf"|(?P<era>{'|'.join(_ERAS)})\s?(?P<n>[0-9]{{1,3}}|元|[〇零一二三四五六七八九十百]{{1,5}}))"
)
_HAN_NUMBER = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_HAN = re.compile(
    rf"(?<![0-9]){_HAN_YEAR}\s?[年년](?:\s?(?P<m>{_HAN_NUMBER})\s?[月월](?:\s?(?P<d>{_HAN_NUMBER})\s?[日号號일])?)?"
)
_HAN_REST = re.compile(
    rf"\s?(?:至|到|から|~|[-–—]|부터|和|と|、)\s?(?:(?P<m>{_HAN_NUMBER})\s?[月월])?\s?(?:(?P<d>{_HAN_NUMBER})\s?[日号號일])?(?![0-9年년])"
)
_FIRST_BUDDHIST = 2400  # Thai years count from 543 years earlier, so a Gregorian one is not as late
_YEAR_SPAN = re.compile(
    r"(?<![\w.,/:$€£¥-])(?P<a>1[0-9]{3}|20[0-9]{2}|2100)[-–—/](?P<b>[0-9]{4}|[0-9]{2})(?![\w/]|[.,:-][0-9])"
)
_YEAR_ALONE = re.compile(
    r"(?<![\w.,/:$€£¥₹#§-])(?P<y>1[0-9]{3}|20[0-9]{2}|2100)(?![0-9%/]|[.,:][0-9]|-[0-9]|'?[A-Za-z])"
)
_NOT_A_YEAR = re.compile(r"(?:\b[A-Z]{3}|\b[Rr]s\.?|\b[Nn]os?\.|[$€£¥₹#§])[ \u00a0]?$")
_BETWEEN = re.compile(
    r"(?:between|entre|zwischen|tra|fra|tussen|между|بين)\s+(?:(?:the|el|le|dem|den|il)\s+)?$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_HEBREW_PREFIXES = "בלמהו"  # "in", "to", "from", "the", "and" are glued to the word
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
_LETTER = r"[^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]"


class WrittenDate(NamedTuple):
    """One date, or one range of dates, of a text."""

    start: int
    end: int
    text: str
    first: Day
    last: Day
    """The same as `first`, except for a range: `3–5 February 2025`."""
    readings: tuple[tuple[Day, Day], ...]
    """All that it may mean, (first, last) among them: `3/4/2025` is in March or in April."""


class _Point(NamedTuple):
    """A date before it is joined to its neighbours; offsets are of the plain text."""

    start: int
    end: int
    first: tuple[int | None, int | None, int | None]
    last: tuple[int | None, int | None, int | None]
    other: tuple[Day, ...] = ()
    at: int = 0


def written_dates(text: str, language: str = ENGLISH) -> list[WrittenDate]:
    """All dates of a text that have a year, in order."""
    folded = plain(text)
    found: list[WrittenDate] = []
    for point in _joined(folded.text, _points(folded.text, language), language):
        first, last = _whole(point.first), _whole(point.last)
        if first is not None and last is not None:
            start, end = folded.origin(point.start, point.end)
            readings = ((first, last), *((other, other) for other in point.other))
            found.append(WrittenDate(start, end, text[start:end], first, last, readings))
    return found


def states(text: str, first: Day, last: Day | None = None, language: str = ENGLISH) -> bool:
    """Whether one contiguous phrase of the text states this date, or this range.

    A finer phrase states a coarser date: `4 March 2025` states March 2025, not the other way round. Of an
    open interval, the end that is given is the date.
    """
    return any_states(text, written_dates(text, language), first, last, language)


def any_states(
    text: str, found: list[WrittenDate], first: Day, last: Day | None = None, language: str = ENGLISH
) -> bool:
    """The same as `states`, of dates that were read before."""
    if last is None or last == first:
        return any(
            _is_said_by(first, day) for written in found for reading in written.readings for day in reading
        )
    for written in found:
        if any(_is_said_by(first, a) and _is_said_by(last, b) for a, b in written.readings if a != b):
            return True
    return any(
        _is_said_by(first, a.first)
        and _is_said_by(last, b.last)
        and _connector(text[a.end : b.start], language) is not None
        for a, b in pairwise(found)
    )


def day_spans(text: str, language: str = ENGLISH) -> list[tuple[int, int]]:
    """Where a plain text writes a date, be it without a year; a year alone is left out. In order."""
    spans = []
    for point in _joined(text, _points(text, language), language):
        if point.first[1] is not None or point.last[1] is not None:
            spans.append((point.start, point.end))
    return spans


def _is_said_by(wanted: Day, written: Day) -> bool:
    return all(want is None or want == has for want, has in zip(wanted, written, strict=True))


def _whole(day: tuple[int | None, int | None, int | None]) -> Day | None:
    year, month, number = day
    return None if year is None else (year, month, number)


def _is_day(year: int | None, month: int | None, day: int | None) -> bool:
    if year is not None and not 1 <= year <= 9999:
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True


# --- names of months ---


class _Months(NamedTuple):
    pattern: re.Pattern[str]
    unspaced: re.Pattern[str]
    numbers: dict[str, int]
    stems: tuple[tuple[str, int], ...]
    starts: frozenset[str]


@cache
def _months(language: str) -> _Months:
    numbers: dict[str, int] = dict(_ENGLISH_SHORT)
    stems: dict[str, int] = {}
    base = languages.base(language)
    for tag in (language, base, *_VARIANTS.get(base, ())):
        _add_months(tag, numbers, stems)
    _add_months(ENGLISH, numbers, {})
    for tag in languages.RELATED:
        _add_months(tag, numbers, {}, widths=("wide",))
    starts = frozenset(match[0] for name in numbers if (match := _WORD.match(name)))
    unspaced = [name for name in numbers if _UNSPACED.match(name)]
    return _Months(
        _names(list(numbers), stems), _alternatives(unspaced), numbers, tuple(stems.items()), starts
    )


def _names(names: list[str], stems: dict[str, int]) -> re.Pattern[str]:
    stem = "|".join(re.escape(name) + r"[^\W\d_]{0,4}" for name in sorted(stems, key=len, reverse=True))
    more = rf"|(?P<stem>{stem})(?!{_LETTER})" if stem else "|(?P<stem>(?!))"
    return re.compile(rf"(?P<name>{_alternatives(names).pattern})(?!{_LETTER}){more}", re.IGNORECASE)


def _alternatives(names: list[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(re.escape(name).replace(r"\ ", r"\s") for name in longest_first) or "(?!)")


def _month_names(text: str, months: _Months) -> Iterator[re.Match[str]]:
    """Where names of months stand, word by word: one pattern for all would be slow."""
    stems = tuple(stem for stem, _ in months.stems)
    for word in _WORD.finditer(text):
        if (start := word[0].lower()) in months.starts or (stems and start.startswith(stems)):
            if match := months.pattern.match(text, word.start()):
                yield match
        elif start[0] in _HEBREW_PREFIXES and start[1:] in months.starts:
            if match := months.pattern.match(text, word.start() + 1):
                yield match
        elif _UNSPACED.search(word[0]):
            for found in months.unspaced.finditer(text, word.start(), word.end() + 12):
                if match := months.pattern.match(text, found.start()):
                    yield match


def _add_months(
    tag: str,
    numbers: dict[str, int],
    stems: dict[str, int],
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated"),
) -> None:
    months = languages.locale(tag).months
    forms: dict[int, list[str]] = {}
    for context in ("format", "stand-alone"):
        for width in widths:
            for month, name in months[context][width].items():
                bare = plain(name).text.rstrip(".").lower()
                if len(bare) < 2 or re.fullmatch(r"[0-9]+\D?", bare):
                    continue
                numbers.setdefault(bare, month)
                numbers.setdefault(bare.replace("ı", "i"), month)  # KASIM in lower case is kasim
                if width == "wide":
                    forms.setdefault(month, []).append(bare)
    for month, names in forms.items():
        stem = _common_start(names)
        # In a language that declines its months, other cases than CLDR's two are read by what all share.
        if len(set(names)) > 1 and len(stem) >= 3:
            stems.setdefault(stem, month)
        elif languages.base(tag) not in languages.RELATED and len(stem) >= 4 and stem.isalpha():
            stems.setdefault(stem[:-2] if len(stem) >= 7 else stem, month)


def _common_start(names: list[str]) -> str:
    shortest = min(names, key=len)
    same = (
        length
        for length in range(len(shortest), 0, -1)
        if all(n.startswith(shortest[:length]) for n in names)
    )
    return shortest[: next(same, 0)]


def _month(match: re.Match[str], months: _Months) -> int | None:
    if match["name"]:
        return months.numbers.get(re.sub(r"\s", " ", match["name"].lower()))
    word = match["stem"].lower()
    return next((month for stem, month in months.stems if word.startswith(stem)), None)


# --- the dates one by one ---


def _points(text: str, language: str) -> list[_Point]:
    found: list[_Point] = []
    for point in sorted(
        (*_numeric(text, language), *_named(text, language)), key=lambda p: (p.start, -p.end)
    ):
        if not found or point.start >= found[-1].end or point.at == found[-1].at != 0:
            found.append(point)
    taken = [(point.start, point.end) for point in found]
    found += _years(text, taken)
    return sorted(found, key=lambda p: (p.start, p.at))[:MOST]


def _numeric(text: str, language: str) -> Iterator[_Point]:
    count = 0
    if not re.search("[0-9〇零○一二三四五六七八九]", text):
        return
    for match in _ISO.finditer(text):
        day = int(match["y"]), int(match["m"]), int(match["d"]) if match["d"] else None
        if _is_day(*day) and (count := count + 1) < MOST:
            yield _Point(match.start(), match.end(), day, day)
    for match in _YEAR_FIRST.finditer(text):
        day = int(match["y"]), int(match["m"]), int(match["d"])
        if _is_day(*day) and (count := count + 1) < MOST:
            yield _Point(match.start(), match.end(), day, day)
    for match in _YEAR_LAST.finditer(text):
        readings = _orders(match, language)
        if readings and (count := count + 1) < MOST:
            yield _Point(match.start(), match.end(), readings[0], readings[0], readings[1:])
    for match in _HAN.finditer(text):
        if (count := count + 1) < MOST:
            yield from _han(text, match)


def _orders(match: re.Match[str], language: str) -> tuple[Day, ...]:
    a, year = int(match["a"]), int(match["y"])
    b = int(match["b"]) if match["b"].isdecimal() else roman_value(match["b"])
    if len(match["y"]) == 2:
        year += 2000 if year < 69 else 1900
    day_first, month_first = (year, b, a), (year, a, b)
    both = [month_first, day_first] if _is_month_first(language) else [day_first, month_first]
    if not match["b"].isdecimal():  # 3.II.2025
        both = [day_first]
    valid = [day for day in both if _is_day(*day)]
    if languages.base(language) != ENGLISH:
        valid = valid[:1]  # only English is written in both orders
    return tuple(dict.fromkeys(valid))


@cache
def _is_month_first(language: str) -> bool:
    pattern = str(languages.locale(language).date_formats["short"].pattern)
    return pattern.find("M") < pattern.find("d")


def _han_number(written: str) -> int:
    if written.isdigit() and written.isascii():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    value = {"": 0, **{digit: n for n, digit in enumerate("〇一二三四五六七八九")}}
    if not ten:
        return value.get(written, 99)
    return (value.get(tens, 9) if tens else 1) * 10 + value.get(ones, 99)


def _era_year(era: str, written: str) -> int:
    """令和7年 is 2025; the first year is 元年."""
    number = int(written) if written.isdecimal() else han_value(written.replace("元", "一"))
    return _ERAS[era] + (number or 0)


def _han(text: str, match: re.Match[str]) -> Iterator[_Point]:
    year = int(match["y"].translate(_HAN_DIGITS)) if match["y"] else _era_year(match["era"], match["n"])
    month, day = (_han_number(match[part]) if match[part] else None for part in ("m", "d"))
    if not _is_day(year, month, day):
        return
    first = last = (year, month, day)
    end = match.end()
    rest = _HAN_REST.match(text, end)
    if rest and month and (rest["m"] or rest["d"]):
        to_month = _han_number(rest["m"]) if rest["m"] else month
        to_day = _han_number(rest["d"]) if rest["d"] else None
        if (
            _is_day(year, to_month, to_day)
            and (to_day is None) == (day is None)
            and (to_month, to_day or 0) > (month, day or 0)
        ):
            last, end = (year, to_month, to_day), rest.end()
    yield _Point(match.start(), end, first, last)


def _named(text: str, language: str) -> Iterator[_Point]:
    months = _months(language)
    named = [
        (*match.span(), month)
        for match in islice(_month_names(text, months), MOST)
        if (month := _month(match, months))
    ]
    for start, end, month in _once(text, named):
        yield from _around(text, start, end, month, language)


def _once(text: str, named: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Each name of a month; two names of one month are one, as the United Nations write it: شباط/فبراير."""
    at = 0
    while at < len(named):
        start, end, month = named[at]
        at += 1
        while at < len(named) and named[at][2] == month and text[end : named[at][0]].strip() == "/":
            end, at = named[at][1], at + 1
        yield start, end, month


def _around(text: str, start: int, end: int, month: int, language: str) -> Iterator[_Point]:
    english, name = languages.base(language) == ENGLISH, text[start:end]
    offset = max(0, start - 60)
    before = text[offset:start]
    year, year_end = _year_after(text, end, language)
    days = _DAYS_BEFORE.search(before)
    if days is None and year is None and (found := _after_month(text, start, end, month, language)):
        yield from found
        return
    is_capital = not name[0].islower()
    if days is not None:
        if year is None and english and not is_capital:
            return  # "of the 12, 3 may be signed"
        if year is None and (early := _YEAR_BEFORE.search(before[: days.start()])):
            year, year_end = int(early["year"]), end
        between = _BETWEEN.search(before[: days.start()]) is not None
        yield from _days(days["days"], month, year, offset + days.start(), year_end if year else end, between)
        return
    worded = _day_in_words(before, language)
    if worded is not None and (year is not None or is_capital):
        day, length = worded
        if _is_day(year, month, day):
            yield _Point(start - length, year_end if year else end, (year, month, day), (year, month, day))
            return
    if not is_capital and (english or (year is None and _is_number_word(name, language))):
        return  # "may", and "dez" of Portuguese, which is ten
    point = (year, month, None)
    yield _Point(start, year_end if year else end, point, point)


def _after_month(text: str, start: int, end: int, month: int, language: str) -> list[_Point]:
    """The dates of a month whose days follow it, or that a year precedes: `May 3`, `2021 May`."""
    offset = max(0, start - 60)
    early = _YEAR_BEFORE.search(text[offset:start])
    after = _DAYS_AFTER.match(text, end, end + 60)
    if after and not (after["days"].isdigit() and len(after["days"]) > 2):
        year, year_end = _year_after(text, after.end(), language)
        if year is None and early:
            year, year_end, start = int(early["year"]), after.end(), offset + early.start()
        return list(_days(after["days"], month, year, start, year_end if year else after.end()))
    if early:
        point = (int(early["year"]), month, None)
        return [_Point(offset + early.start(), end, point, point)]
    return []


def _year_after(text: str, end: int, language: str) -> tuple[int | None, int]:
    if match := _YEAR_AFTER.match(text, end):
        year = int(match["year"])
        if languages.base(language) == "th" and year >= _FIRST_BUDDHIST:
            year -= 543
        return (year, match.end()) if year else (None, end)
    return _year_in_words(text, end, language)


def _year_in_words(text: str, end: int, language: str) -> tuple[int | None, int]:
    """`nineteen eighty-three`, `dos mil veinticinco`."""
    lead = re.compile(r"[\s,]{1,3}(?:(?:de|del|of|in the year)\s)?", re.IGNORECASE).match(text, end)
    if not lead:
        return None, end
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(text, lead.end(), lead.end() + 70):
        if len(words) == 7 or (
            words and not re.fullmatch(r"\s{1,2}|-", text[words[-1].end() : word.start()])
        ):
            break
        if not words and (word.start() != lead.end() or not _is_number_word(word[0], language)):
            return None, end
        words.append(word)
    for size in range(len(words), 0, -1):
        pieces = [word[0] for word in words[:size]]
        value = _value(text[words[0].start() : words[size - 1].end()], language)
        if value is None or not 1000 <= value <= 2100:
            value = _in_two_parts(text, words[:size], language) if len(pieces) >= 2 else None
        if value is not None:
            return value, words[size - 1].end()
    return None, end


def _in_two_parts(text: str, words: list[re.Match[str]], language: str) -> int | None:
    for cut in range(1, len(words)):
        century = _value(text[words[0].start() : words[cut - 1].end()], language)
        rest = _value(text[words[cut].start() : words[-1].end()], language)
        if century is not None and rest is not None and 10 <= century <= 20 and 10 <= rest <= 99:
            return century * 100 + rest
    return None


def _is_number_word(word: str, language: str) -> bool:
    return len(word) <= 40 and bool(languages.kind(word, language) or languages.kind(word, ENGLISH))


def _value(words: str, language: str) -> int | None:
    words = re.sub(r"\s+", " ", words)
    value = languages.word_value(words, language)
    return languages.word_value(words, ENGLISH) if value is None else value


def _day_in_words(before: str, language: str) -> tuple[int, int] | None:
    """The day that words before a month name ("the third of", "twenty-first day of"), and how long they are."""
    stop = _AFTER_DAY_IN_WORDS.search(before)
    if not stop:
        return None
    words = list(_WORD.finditer(before, 0, stop.start()))[-4:]
    if not words or words[-1].end() != stop.start():
        return None
    for size in range(len(words), 0, -1):
        run = re.sub(r"\s+", " ", before[words[-size].start() : stop.start()])
        for tag in (language, ENGLISH):
            value = languages.ordinal_value(run, tag)
            value = languages.word_value(run, tag) if value is None else value
            if value is not None and 1 <= value <= 31:
                return value, len(before) - words[-size].start()
    return None


def _days(
    written: str, month: int, year: int | None, start: int, end: int, is_range: bool = False
) -> Iterator[_Point]:
    """`3`, `3–5`, `3 and 4`: a date for each day, one range for two that a dash or "to" joins."""
    numbers = list(re.finditer(r"[0-9]{1,2}", written))
    values = [int(number[0]) for number in numbers]
    if not all(_is_day(year, month, value) and value for value in values):
        # "40, 12 March 2025": only what stands nearest to the month may be its day.
        start, values, numbers = start + numbers[-1].start(), values[-1:], numbers[-1:]
        if not _is_day(year, month, values[0]) or not values[0]:
            return
    if len(values) == 2 and values[0] < values[1]:
        between = written[numbers[0].end() : numbers[1].start()]
        if is_range or re.search(rf"[-–—]|(?<!\w){_TO}(?!\w)", between, re.IGNORECASE):
            yield _Point(start, end, (year, month, values[0]), (year, month, values[1]), (), start + 1)
            return
    for value in values:
        yield _Point(start, end, (year, month, value), (year, month, value), (), start + 1)


def _years(text: str, taken: list[tuple[int, int]]) -> list[_Point]:
    found: list[_Point] = []
    at = 0
    spans = {match.start(): match for match in _YEAR_SPAN.finditer(text)}
    end = 0
    for match in _YEAR_ALONE.finditer(text) if not spans else _merged_years(text, spans):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        inside = at < len(taken) and taken[at][0] < match.end()
        if (
            inside
            or match.start() < end
            or len(found) >= MOST
            or _NOT_A_YEAR.search(text[max(0, match.start() - 6) : match.start()])
        ):
            continue
        end = match.end()
        if "b" in match.groupdict():
            first = int(match["a"])
            last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
            if first < last <= 2100:
                found.append(_Point(match.start(), match.end(), (first, None, None), (last, None, None)))
            continue
        year = (int(match["y"]), None, None)
        found.append(_Point(match.start(), match.end(), year, year))
    return found


def _merged_years(text: str, spans: dict[int, re.Match[str]]) -> list[re.Match[str]]:
    return sorted([*spans.values(), *_YEAR_ALONE.finditer(text)], key=lambda m: (m.start(), -m.end()))


# --- ranges over two dates ---


@cache
def weekdays(language: str) -> frozenset[str]:
    """What the days of the week are called in the language and in English, whole and short, in lower case."""
    return frozenset(
        name.lower().rstrip(".")
        for tag in (language, ENGLISH)
        for width in ("wide", "abbreviated")
        for name in languages.locale(tag).days["format"][width].values()
    )


@cache
def _connectors(language: str) -> re.Pattern[str]:
    days = map(re.escape, sorted(weekdays(language), key=len, reverse=True))
    weekday = rf"(?:(?:{'|'.join(days)})\.?,?\s{{1,2}})?"
    return re.compile(
        rf"\s{{0,2}},?\s{{0,2}}(?:(?P<to>[-–—~/]|{_TO})|(?P<both>{_AND}|,))\s{{0,2}}(?:(?:{_ARTICLE})\s{{1,2}})?{weekday}",
        re.IGNORECASE,
    )


def _connector(between: str, language: str) -> str | None:
    """How two dates are joined: `to`, `both`, or not at all (None)."""
    if len(between) > 40 or not (match := _connectors(language).fullmatch(plain(between).text)):
        return None
    return "to" if match["to"] else "both"


def _joined(text: str, points: list[_Point], language: str) -> list[_Point]:
    result: list[_Point] = []
    for point in points:
        pair = _pair(text, result[-1], point, language) if result else None
        if pair is None:
            result.append(point)
        else:
            result[-1:] = pair
    return result


def _pair(text: str, first: _Point, second: _Point, language: str) -> list[_Point] | None:
    if (first.at and first.at == second.at) or first.first != first.last or second.first != second.last:
        return None
    how = _connector(text[first.end : second.start], language)
    if how is None:
        return None
    year = first.first[0] if first.first[0] is not None else second.first[0]
    start = (year, *first.first[1:])
    if year is None or not _is_day(*start):
        return None
    if _BETWEEN.search(text[max(0, first.start - 20) : first.start]):
        how = "to"
    if (
        how == "to"
        and tuple(n or 0 for n in start) < tuple(n or 0 for n in second.first)
        and second.first[0] is not None
    ):
        return [_Point(first.start, second.end, start, second.first)]
    if first.first[0] is None and second.first[1] is not None and how == "both":
        # "3 February and 4 March 2025": the year is that of both, and the phrase reaches to it.
        return [first._replace(first=start, last=start), second]
    return None
