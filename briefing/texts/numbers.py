"""The numbers that a text states, as they are written and by value.

A number that is followed by something unread proves nothing: `4.76x`, `5 millionaires`. Such a number, like one
that names something ("Article 4", "3rd", a part of a date), is returned with `names` and states no value.

Marks are read as the language of the text has them: `1.500` is fifteen hundred in Spanish and one and a half in
English. What cannot be right in the language is read as English has it: `4.76 million` in Spanish.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from briefing.texts import calendar, labels
from briefing.texts import language as languages
from briefing.texts.fractions import GROUPS, fractions
from briefing.texts.han import han_numbers
from briefing.texts.language import ENGLISH, EXACT, HARD_SPACE, Plain, plain, scale_key

MOST = 10_000
"""How many numbers of one text are read: more than any quote has, and few enough to bound the work."""

_LONGEST = 40  # digits: what is longer is no quantity
_ONE = Decimal(1)

# What CLDR has no word for: the money pages' short scales, India's, hundreds and dozens. `m` and the like
# are told from metres by what stands around them, see `_unit_or_scale`.
_MORE_SCALES = {
    "m": 10**6, "mn": 10**6, "mm": 10**6, "mln": 10**6, "mio": 10**6, "bn": 10**9, "bln": 10**9, "b": 10**9,
    "mrd": 10**9, "tsd": 1000, "tn": 10**12, "trn": 10**12, "k": 10**3, "hundred": 100, "hundreds": 100, "thousands": 1000,
    "millions": 10**6, "billions": 10**9, "trillions": 10**12, "dozen": 12, "dozens": 12, "lakh": 10**5,
    "lakhs": 10**5, "lac": 10**5, "lacs": 10**5, "crore": 10**7, "crores": 10**7, "millardo": 10**9, "millardos": 10**9,
    "mds": 10**9, "mill": 10**6, "MM": 10**6, "quadrillion": 10**15, "हजार": 1000, "हज़ार": 1000, **GROUPS,
    "百": 100, "千": 1000, "百万": 10**6, "千万": 10**7, "百萬": 10**6, "千萬": 10**7, "万": 10**4, "萬": 10**4, "亿": 10**8,
    "億": 10**8, "兆": 10**12, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12, "백만": 10**6, "천만": 10**7,
    "割": 10, "cr": 10**7,
}  # fmt: skip
_OF_LANGUAGE = {
    "en": {"mil": 10**6, "grand": 1000, "thou": 1000},
    "es": {"miles": 1000},
    "sv": {"tkr": 1000, "mkr": 10**6, "mnkr": 10**6, "mdkr": 10**9},
    "ur": {"ملین": 10**6},
}
_METRES = {"m", "mm", "MM", "k", "b", "M", "K", "B", "T", "t", "L", "cr", "grand"}
_RELATED = (
    "en",
    "es",
    "fr",
    "de",
    "it",
    "pt",
    "nl",
    "ru",
    "ar",
    "hi",
)  # whose scales are known in every text

# The symbols of units are the same in every language; what else is glued to digits makes them no plain number.
_UNITS = frozenset(
    re.findall(
        r"\S+",
        "km m cm mm µm nm ha kg g mg µg t l ml cl hl h min ms kw mw gw tw kwh mwh gwh twh w v a hz khz mhz ghz j kj "
        "mj gj kb mb gb tb km² m² km³ m³ km2 m2 m3 ft in yd mi lb lbs oz mph pp bp bps c f gt mt kt ч кг км м г т га",
    )
)
_CURRENCY_SIGNS = "$€£¥₹₽₩₪₫₴₦₱₡₲₵₸₺₼₾฿﷼元円圓원"
_CURRENCY_WORDS = ("rs", "rs.", "re.", "us$", "usd", "kr", "kr.", "fr.", "r$", "zł", "руб", "руб.", "rmb", "eur", "tk", "rp", "rm", "kes", "ksh", "a$", "c$", "nz$", "s$", "hk$")  # fmt: skip
_MONEY = r"(?:dollars?|euros?|pounds?|crowns?|rupees?|francs?|yen|pesos?|d[oó]lares|dolares|d[oó]lar|roubles?|rubles?|kron[ae]r?|sterling)"

_HALVES = "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒"
_NUMERAL = re.compile(
    rf"""(?x)
    (?: [1-9][0-9]{{0,2}} (?:[ {HARD_SPACE}][0-9]{{3}}(?![0-9]))+ (?:[.,\u066b][0-9]+(?![.,]?[0-9]))?
      | [1-9][0-9]{{0,2}} (?:[,.]\n[0-9]{{3}}|,[ ]000)(?![0-9]) (?:,[0-9]{{3}}(?![0-9]))*
      | [0-9]+ (?:[.,'\u066b\u066c\u00b7][0-9]+)*
      | (?<![^\s(\[{_CURRENCY_SIGNS}-]) [.,\u066b][0-9]+
      | [{_HALVES}]
    )"""
)
_LETTERS = "A-Za-zªº\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"  # scripts in which a word ends before a number
_GLUED_WORD = re.compile(rf"[{_LETTERS}][{_LETTERS}.]{{0,11}}$")
_JOINED_WORD = re.compile(rf"(?:^|[^0-9.{_LETTERS}])([{_LETTERS}]{{1,20}})[-–]$")
_BEFORE_CURRENCY = re.compile(
    rf"(?:[A-Za-z]{{0,3}}[{_CURRENCY_SIGNS}]|[A-Za-zа-яł]{{2,4}}\.?)[ {HARD_SPACE}]?$"
)
_NEXT_WORD = re.compile(
    r"(?:[ \u00a0\n]de(?=[ \u00a0\n]))?[ \u00a0\n]{0,2}-?([^\s\d.,;:!?()\[\]{}\"'“”«»/%+=<>|–—~$€£¥₹₽₩₪₫₴₦؛،؟、。；：，-]{1,30}\.?)"
)
_FRACTION_AFTER = re.compile(
    rf"[ {HARD_SPACE}]?([{_HALVES}])|([ {HARD_SPACE}])([0-9]{{1,3}})[/⁄]([0-9]{{1,3}})(?![0-9/.,])"
)
_SIMPLE_FRACTION = re.compile(r"[/⁄]([0-9]{1,3})(?![0-9/])")
_HAN_MORE = re.compile("[多余餘數数]")
_A_HALF = (
    r"(?:[\s-](?:and[\s-]+an?[\s-]+half|y\s+medi[oa]|et\s+demie?|e\s+mei[oa]|e\s+mezz[oa]|en\s+een\s+half|с\s+половиной|"
    r"[зі]\s+половиною|i\s+pół|و?\s?نصف|و\s?نیم)(?!\w)(?:\s(?:الملیون|المليون|المليار))?)"
)
_AND_A_HALF = re.compile(_A_HALF, re.IGNORECASE)
_HALF_SIGN = r"(?:半(?![数數島岛])|반(?!\w)|ครึ่ง)"
_HALF_AFTER_SCALE = re.compile(rf"{_A_HALF}|\s?{_HALF_SIGN}", re.IGNORECASE)
# "3 years and a half", 3年半
_UNIT_AND_A_HALF = re.compile(
    rf"\s[^\W\d_]{{2,12}}{_A_HALF}|\s?(?:[年天个個]|か月|년|ปี)\s?{_HALF_SIGN}", re.IGNORECASE
)
_HALF_BEFORE = re.compile(r"(?:साढ़े|साढ़े|सवा|पौने|साडे)\s$")  # and a half, and a quarter, less a quarter
_HALF_A = re.compile(
    r"(?<!\w)(?:(?:an?|une?|uma?|un)\s+)?(?:half(?:\s+an?)?|medio|media|mei[oa]|mezz[oa]|demi|ein\s+halbes|eine\s+halbe|halbe|half)[\s-]+$",
    re.IGNORECASE,
)
_OF_A = re.compile(r"\s(?:of\san?|of|de\sun|d'un|de|di\sun|di|van\seen|einer)(?=\s)", re.IGNORECASE)
_A = re.compile(r"(?:an?|ein|eine|einer|einem|een|une?|um|una|uma)\s+$", re.IGNORECASE)
_NO_LEAST = "".join(
    rf"(?<!\b{word}\s)"
    for word in [
        "au",
        "du",
        "al",
        "lo",
        "cuando",
        "pelo",
        "ao",
        "ou",
        "y",
        "e",
        "o",
        "u",
        "non",
        "ni",
        "les",
        "di",
        "de",
    ]
)
_MINUS_WORD = re.compile(
    # "au moins 5" and "al menos 5" are at least 5.
    rf"(?<!\w)(?:minus|negative|минус|мінус|ناقص|سالب|منفی|माइनस|ऋण|{_NO_LEAST}(?:moins|menos|meno))\s+$|(?:负|負|マイナス|零下)\s?$",
    re.IGNORECASE,
)

_THROUGH = r"(?:to|through|until|till|up\ to|bis|à|au|a|al|ad|hasta|até|tot|до|по|إلى|الى|से|から|至|到)"
_BOTH = r"(?:and|or|y|e|et|ou|o|u|und|oder|en|of|и|или|و|أو|और|या|和|或)"
_CURRENCY_AGAIN = rf"(?:[A-Za-z]{{0,3}}[{_CURRENCY_SIGNS}]|[A-Z]{{3}}|Rs\.?)?[ {HARD_SPACE}]?"
_JOINED = re.compile(
    rf"(?:(?P<dash>[-–—~至到]|\s[-–—~]\s)|\s+(?P<through>{_THROUGH})\s+|\s*(?P<through2>から|至|到)\s*|\s+(?P<both>{_BOTH})\s+|\s*(?P<both2>[和或و])\s*)"
    rf"{_CURRENCY_AGAIN}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"(?:between|entre|zwischen|tra|fra|tussen|между|بين|介于|在)\s*{_CURRENCY_AGAIN}$", re.IGNORECASE
)
_CODES = r"U\.\s?S\.\s?C|C\.\s?F\.\s?R|Fed\.\s?Reg|Stat"
_LAW = re.compile(
    rf"(?:(?:{_CODES}|H\.\s?R|P\.\s?L|Pub\.\sL|\bRes)\.|\b(?:USC|CFR|C?ETS|U?NTS|TIAS))"
    r"\s(?:§+\s?)?$|[0-9] U\.S\. $"
)
_LIST_MARK = re.compile(
    r"(?:^|(?<=[.;:!?\n])|(?<=[.;:!?]\s)|(?<=\n\n))[ ]*(?:\((?P<a>[0-9]{1,3})\)|(?P<b>[0-9]{1,3})[.)])(?=\s+\S)"
)
_PHONE = re.compile(
    r"(?:\+|tel\.?:?\s|phone:?\s|fax:?\s)[0-9]{1,4}(?:[ -][0-9]{2,4}){1,5}(?![0-9])", re.IGNORECASE
)
_LABEL_WORD = re.compile(r"([^\s\d()\[\],;]{1,20})[ \u00a0\n]{0,2}[(\[]?$")
_LABEL_LIST = re.compile(
    rf"\s?\)?\s?و|\)?(?:\([0-9A-Za-z]{{1,5}}\)){{0,4}}\s?(?:(?P<comma>[,;])\s?(?:{_BOTH}\s)?|\s?[-–—]\s?|\s{_BOTH}\s|\s{_THROUGH}\s)\(?$",
    re.IGNORECASE,
)


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
    scale: Decimal = _ONE
    """What the digits are multiplied by: a million in `4.76 million`."""


class _Found(NamedTuple):
    """A number and what joining it to its neighbours needs: offsets are of the plain text."""

    start: int
    end: int
    value: Decimal
    other: tuple[Decimal, ...] = ()
    names: bool = False
    weak: bool = False
    scale: Decimal = _ONE
    high: Decimal | None = None
    word: bool = False
    label: str = ""
    unread: bool = False
    """Whether more words of numbers follow it that are not one number with it."""


def numbers(text: str, language: str = ENGLISH) -> list[Written]:
    """All numbers of a text, in order."""
    folded = languages.undivided(plain(text), lambda word: _is_number_or_scale(word, language))
    found = _joined(folded.text, _all(folded.text, language), language)
    dates = calendar.day_spans(folded.text, language) if found else []
    return list(_written(text, folded, found, dates))


def _is_number_or_scale(word: str, language: str) -> bool:
    word = word.lower()
    return _scale(word, language) is not None or bool(
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
    factor = factor if number.scale != 1 else _ONE
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
    factor = _ONE
    for word in re.findall(r"[^\W\d_]+\.?", unit[:200]):
        scale = _scale(word, language)
        if scale is not None and (len(scale_key(word)) >= 2 or _is_scale_letter(word, unit)):
            factor = EXACT.multiply(factor, scale)
    return factor


def _is_scale_letter(word: str, unit: str) -> bool:
    """`m` is a million in "USD m", and metres by itself."""
    return word in "mMkKB" and unit.strip() != word


# --- the numbers one by one ---


def _all(text: str, language: str) -> list[_Found]:
    digits = list(_in_digits(text, language))
    words = list(_in_words(text, language, {d.start for d in digits}))
    parts = [*_in_parts(text, language), *_in_han(text)]
    taken = sorted([*digits, *words, *parts], key=lambda number: (number.start, -number.end))
    found: list[_Found] = []
    for number in taken:
        if not found or number.start >= found[-1].end:
            found.append(number)
    return found


def _in_digits(text: str, language: str) -> Iterator[_Found]:
    marks = {match.start(match.lastgroup or 0) for match in _LIST_MARK.finditer(text)}
    marks |= {at for phone in _PHONE.finditer(text) for at in range(*phone.span()) if text[at].isdigit()}
    position, count = 0, 0
    before: _Found | None = None
    while count < MOST and (match := _NUMERAL.search(text, position)):
        number = _number(text, match, language, before)
        if match.start() in marks:
            number = number._replace(names=True)
        position = max(number.end, match.end())
        count += 1
        if position - match.start() <= _LONGEST + 60:
            before = number
            yield number


def _number(text: str, match: re.Match[str], language: str, before: _Found | None) -> _Found:
    start, end = match.span()
    if end - start > _LONGEST:
        return _Found(start, end, Decimal(0), names=True)
    readings = _readings(match[0], language)
    if not readings:
        return _Found(start, end, Decimal(0), names=True)
    values, end, fraction = _with_fraction(text, readings, end)
    start, negative, names, money = _lead(text, start, language)
    label = _label(text, start, before, language)
    values, end, scale, unread, metres = _with_scales(text, values, end, language, money)
    if end and text[end - 1].isdigit() and not fraction:
        names = names or _goes_on(text, end, language) or _is_ordinal(text, start, end, language)
    if money or scale >= 1000:
        label = ""
    bare = match[0]
    names = (
        names
        or bool(label)
        or unread
        or _HALF_BEFORE.search(text[max(0, start - 10) : start]) is not None
        or (len(bare) > 1 and bare[0] == "0" and bare.isdigit())
    )
    if negative:
        values = tuple(-value for value in values)
    weak = bare.isdigit() and len(bare) == 4 and 1000 <= int(bare) <= 2100 and scale == 1 and not money
    other = (*values[1:], *((metres and (readings[0],)) or ()))
    return _Found(start, end, values[0], other, names, weak, scale, label=label)


def _readings(numeral: str, language: str) -> tuple[Decimal, ...]:
    """The values that digits with their marks may have; none where they are no quantity (`1.2.3`)."""
    if numeral in _HALVES:
        return (_vulgar(numeral),)
    numeral = re.sub(r"(?<=[,.])\s", "", numeral)  # a line ends after the mark
    compact = re.sub(rf"(?<=[0-9])[ {HARD_SPACE}'\u066c](?=[0-9])", "\u066c", numeral).replace("\u00b7", ".")
    if "\u066c" in compact:
        whole, *rest = re.split("[.,\u066b]", compact)
        if not _is_grouped(whole, "\u066c") or len(rest) > 1:
            return ()
        return (Decimal(".".join([whole.replace("\u066c", ""), *rest])),)
    points = [mark for mark in compact if mark in ".,\u066b"]
    if not points:
        return (Decimal(compact),)
    if "\u066b" in points:
        return (Decimal(compact.replace("\u066b", ".")),) if len(points) == 1 else ()
    if len(set(points)) == 2:
        group, decimal = points[0], points[-1]
        whole, _, decimals = compact.rpartition(decimal)
        if points.count(decimal) > 1 or not _is_grouped(whole, group):
            return ()
        return (Decimal(f"{whole.replace(group, '')}.{decimals}"),)
    if len(points) > 1:
        return (Decimal(compact.replace(points[0], "")),) if _is_grouped(compact, points[0]) else ()
    return _with_one_mark(compact, points[0], language)


def _with_one_mark(numeral: str, mark: str, language: str) -> tuple[Decimal, ...]:
    whole, rest = numeral.split(mark)
    fraction, grouped = Decimal(f"{whole or 0}.{rest}"), Decimal(whole + rest)
    decimal, group = _marks(language)
    if len(rest) != 3 or not 1 <= len(whole) <= 3 or whole[0] == "0" or mark == decimal:
        return (fraction,)
    return (grouped,) if mark == group else (grouped, fraction)


def _is_grouped(whole: str, mark: str) -> bool:
    """In threes, or as India groups: 1,00,000."""
    first, *groups = whole.split(mark)
    if not groups or len(groups[-1]) != 3 or not 1 <= len(first) <= 3:
        return False
    return all(len(g) == 3 for g in groups) or (len(first) <= 2 and all(len(g) == 2 for g in groups[:-1]))


@cache
def _marks(language: str) -> tuple[str, str]:
    symbols = languages.locale(language).number_symbols.get("latn", {})
    decimal, group = symbols.get("decimal", "."), symbols.get("group", ",")
    return str(decimal), plain(str(group)).text


def _vulgar(character: str) -> Decimal:
    above, _, below = unicodedata.normalize("NFKC", character).partition("\u2044")
    return _ratio(int(above), int(below))


def _ratio(above: int, below: int) -> Decimal:
    return EXACT.divide(Decimal(above), Decimal(below))


def _with_fraction(text: str, values: tuple[Decimal, ...], end: int) -> tuple[tuple[Decimal, ...], int, bool]:
    """`2½`, `2 1/2` and `3/4`."""
    if values[0] != values[0].to_integral_value():
        return values, end, False
    if match := _FRACTION_AFTER.match(text, end):
        if match[1]:
            part = _vulgar(match[1])
        elif 0 < int(match[3]) < int(match[4]) <= 100:
            part = _ratio(int(match[3]), int(match[4]))
        else:
            return values, end, False
        return tuple(EXACT.add(value, part) for value in values), match.end(), True
    if (match := _SIMPLE_FRACTION.match(text, end)) and 0 < values[0] < int(match[1]) <= 100:
        return (_ratio(int(values[0]), int(match[1])),), match.end(), True
    return values, end, False


def _lead(text: str, start: int, language: str) -> tuple[int, bool, bool, bool]:
    """What stands before digits: where the number begins, and whether it is negative, a name, an amount of money."""
    window = text[max(0, start - 24) : start]
    negative, names, money = False, False, False
    window, signed = _signed(window)
    if currency := _BEFORE_CURRENCY.search(window):
        glued = not currency[0].endswith((" ", HARD_SPACE))
        if _is_currency(currency[0].strip()):
            money = True
            window = window[: currency.start()]
            if not signed:
                window, signed = _signed(window)
        elif glued and _GLUED_WORD.search(window):
            names = True
    elif _GLUED_WORD.search(window) or window[-1:] == "_":
        names = True
    negative = signed or _MINUS_WORD.search(window) is not None
    joined = None if signed or money else _JOINED_WORD.search(window)
    if joined and _scale(joined[1], language) is None:
        names = True  # COVID-19, F-16; not the 12 of "10 million-12 million"
    if re.search(r"[0-9]-$", window) and re.match(r"[0-9]{1,9}-[0-9]", text[start : start + 12]):
        names = True  # the middle of 3-4-5
    if re.search(r"(?:[0-9][:/.]|[0-9]-[0-9]{1,9}-|[#@/^]|[0-9)]\()$", window):
        names = True
    length = 24 if start >= 24 else start
    return (start - (length - len(window)) if signed or money else start), negative, names, money


def _signed(window: str) -> tuple[str, bool]:
    """Take a minus from the end: a dash that joins or parts is none."""
    if not (match := re.search(r"(?P<sign>[-–]|\u2212 ?)$", window)):
        return window, False
    rest = window[: match.start()]
    last = rest.rstrip(" " + HARD_SPACE + "\n")[-1:]
    if match["sign"][0] == "\u2212":
        return (rest, True) if not rest[-1:].isdigit() else (window, False)
    if rest[-1:] in (")", "%") or rest[-1:].isalnum() or (last.isdigit() and rest[-1:].isspace()):
        code = re.search(r"(?<![A-Za-z])[A-Z]{3}$", rest)
        return (rest, True) if code and _is_currency(code[0]) else (window, False)
    return rest, True


@cache
def _currencies() -> frozenset[str]:
    from babel.core import get_global

    return frozenset(code.lower() for code in get_global("all_currencies"))


def _is_currency(word: str) -> bool:
    if word[-1:] in _CURRENCY_SIGNS:
        return True
    return (word.isupper() and word.lower() in _currencies()) or word.lower() in _CURRENCY_WORDS


# The time of day, -fold, the law that a number is of: none of them is a quantity.
_NO_QUANTITY = re.compile(
    r"\s?[ap]\.?\s?m\.?(?!\w)|\so'?clock|\sUhr(?!\w)|\s?h\s?[0-9]{2}(?![0-9])|-(?:fold|fach\w{0,2}|кратн\w{2,3})(?!\w)"
    rf"|\s(?:(?:{_CODES})\.|(?:USC|CFR|U?NTS)\s)|\sU\.S\.\s[0-9]|\sscore(?!\w)"
    r"|月(?!份?间|間)|\s?§(?!\s?[0-9])",
    re.IGNORECASE,
)
_ORDINAL_END = re.compile(
    r"\.?[ºª]|\.°|'[^\W\d_]|-(?:я|й|е|го|му|м|х|ю|ая|ый|ий|ое|ые|ой|ого|ому|та|ша|га|ма)(?!\w)", re.IGNORECASE
)
_POWERS = tuple("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b")
_QUOTED_SCALE = re.compile(r"\s?[\"'“”«»(]([^\W\d_]{3,20})")
# "am 4. Tag": where ordinals have a point, and nouns a capital.
_BEFORE_ORDINAL = re.compile(
    r"(?<!\w)(?:am|der|die|das|de[mns]|im|vom|zum|zur|ab|bis|jede[rsnm]?|ihre[rsnm]?|seine[rsnm]?)\s$",
    re.IGNORECASE,
)


def _is_ordinal(text: str, start: int, end: int, language: str) -> bool:
    """`4.º`, `4-я`, `4. sitzung`, "am 4. Tag"."""
    if _ORDINAL_END.match(text, end):
        return True
    if not re.match(r"\.\s[^\W\d_]", text[end : end + 3]):
        return False
    german = languages.base(language) == "de" and _BEFORE_ORDINAL.search(text[max(0, start - 8) : start])
    return text[end + 2].islower() or bool(german)


def _goes_on(text: str, end: int, language: str) -> bool:
    """Whether something that is not read is glued to the end of digits."""
    rest = text[end : end + 24]
    if _NO_QUANTITY.match(rest) or labels.AFTER.match(rest):
        return True
    if (quoted := _QUOTED_SCALE.match(rest)) and (
        _scale(quoted[1], language) or _is_like_scale(quoted[1], language)
    ):
        return True
    if text[end - 2 : end] == "10" and rest[:1] in _POWERS:
        return True
    if re.match(r"-[0-9]{1,9}-[0-9]|(?!/-)[:/^×*_\\@#⁄](?=\S)|[(][0-9A-Za-z]{1,4}[)]| ?[×x*] ?10", rest):
        return True
    if (letters := re.match(rf"[{_LETTERS}²³]+[0-9]?", rest)) is None:
        return False
    word = letters[0]
    return not (word.lower() in _UNITS or _is_currency(word) or re.match(_MONEY + "$", word, re.IGNORECASE))


def _label(text: str, start: int, before: _Found | None, language: str) -> str:
    """The word that makes the number a name: before it, or before the list that it stands in."""
    window = text[max(0, start - 30) : start]
    if re.search(r"(?:第|제)\s*$", window):
        return "第"
    if re.match(r"[0-9]{1,6}\s?[号號호]", text[start : start + 9]):
        return "号"
    if (word := _LABEL_WORD.search(window)) and labels.names_a_part(word[1], language):
        return word[1].lower()
    if _LAW.search(window):
        return "law"
    if re.search(r"月\s?$", window) and re.match(r"[0-9]{1,2}\s?[日号號]", text[start : start + 5]):
        return "月"
    if before is not None and before.label and start - before.end < 40:
        if text[before.end : start] == "(":
            return before.label
        joined = _LABEL_LIST.fullmatch(text[before.end : start])
        # "Article 5, 6 ships": after a comma only a plural goes on.
        return before.label if joined and (not joined["comma"] or _is_plural(before.label)) else ""
    return ""


def _is_plural(label: str) -> bool:
    return label.rstrip(".").endswith(
        ("s", "§§", "¶¶", "pp", "articoli", "artikel", "en", "и", "ами", "ях", "المواد")
    )


def _in_parts(text: str, language: str) -> Iterator[_Found]:
    """Fractions and groups in words; a scale may follow them: "three quarters of a million"."""
    for count, part in enumerate(fractions(text, language)):
        if count >= MOST:
            return
        if part.value is None:
            yield _Found(part.start, part.end, Decimal(0), names=True, word=True)
            continue
        between = _OF_A.match(text, part.end)
        after = between.end() if between else part.end
        values, end, scale, unread, _ = _with_scales(text, (part.value,), after, language, False)
        if scale == 1 and part.needs_scale:
            continue
        if scale == 1:
            end = part.end
        loose = scale == 1 and part.value == Decimal("0.5")  # "the half of it" says no more than "some"
        yield _Found(part.start, end, values[0], names=unread, weak=loose, scale=scale, word=True)


def _in_han(text: str) -> Iterator[_Found]:
    for count, number in enumerate(han_numbers(text)):
        if count >= MOST:
            return
        value, single = number.value, number.end - number.start == 1
        yield _Found(
            number.start, number.end, value or Decimal(0), names=value is None, weak=single, word=True
        )


# --- scales ---


def _with_scales(
    text: str, values: tuple[Decimal, ...], end: int, language: str, money: bool
) -> tuple[tuple[Decimal, ...], int, Decimal, bool, bool]:
    """Read on over "thousand", "million", "mil millones": values, end, scale, whether something is left unread,
    and whether the letter may be a unit."""
    scale, unread, metres = _ONE, False, False
    if half := _AND_A_HALF.match(text, end):
        values, end = tuple(EXACT.add(value, Decimal("0.5")) for value in values), half.end()
    for _ in range(4):
        step = _next_scale(text, end, language, money)
        if step is None:
            break
        factor, stop, unsure = step
        if factor is None:
            unread = True
            break
        scale, end, metres = EXACT.multiply(scale, factor), stop, metres or unsure
    if scale != 1:
        values = tuple(EXACT.multiply(value, scale) for value in values)
        if half := _HALF_AFTER_SCALE.match(text, end):
            values = tuple(EXACT.add(v, EXACT.divide(scale, Decimal(2))) for v in values)
            end = half.end()
        else:
            values, end = _with_smaller(text, values, end, scale, language)
    elif half is None and (half := _UNIT_AND_A_HALF.match(text, end)):
        values, end = tuple(EXACT.add(value, Decimal("0.5")) for value in values), half.end()
    return values, end, scale, unread, metres


_SMALLER = re.compile(rf"[ {HARD_SPACE}]?([0-9]{{1,3}},[0-9]{{3}}|[0-9]{{1,4}})(?![0-9]|[.,][0-9])")


def _with_smaller(
    text: str, values: tuple[Decimal, ...], end: int, scale: Decimal, language: str
) -> tuple[tuple[Decimal, ...], int]:
    """`1億2000万`, "3 crore 20 lakh": a smaller part directly after."""
    for _ in range(3):
        match = _SMALLER.match(text, end)
        if not match or scale <= 100:
            break
        glued = match.start(1) == end
        step = _next_scale(text, match.end(), language, money=False)
        if step is None or step[0] is None or step[2]:
            # 2万5000; "5 mil 200"
            if not (glued and ord(text[end - 1]) > 0x2E80) and not (scale == 1000 and len(match[1]) == 3):
                break
            factor, stop = _ONE, match.end()
        else:
            factor, stop = step[0], step[1]
        part = EXACT.multiply(Decimal(match[1].replace(",", "")), factor)
        if factor >= scale or part >= scale:
            break
        values, end, scale = tuple(EXACT.add(v, part) for v in values), stop, factor
    return values, end


def _next_scale(text: str, end: int, language: str, money: bool) -> tuple[Decimal | None, int, bool] | None:
    """The scale that stands next: its factor (None for one that is not read), its end, whether it may be a unit."""
    if unspaced := _unspaced_scale(text, end, language):
        return (*unspaced, False)
    if not (match := _NEXT_WORD.match(text, end)):
        return None
    word = match[1]
    glued = match.start(1) == end
    if (word.endswith(".") and _scale(word, language) is None) or (
        word.endswith(".") and not _takes_point(word, language)
    ):
        word = word[:-1]
    stop = match.start(1) + len(word)
    factor = _scale(word, language)
    if factor is None:
        return (None, stop, False) if _is_like_scale(word, language) else None
    if word not in _METRES:
        return factor, stop, False
    return _unit_or_scale(text, word, factor, stop, glued, money, language)


def _takes_point(word: str, language: str) -> bool:
    return scale_key(word) in ("mio", "mrd", "bio", "mill", "тыс", "tys", "тис", "млн", "млрд", "трлн")


def _unit_or_scale(
    text: str, word: str, factor: Decimal, stop: int, glued: bool, money: bool, language: str
) -> tuple[Decimal | None, int, bool] | None:
    """Tell a million from a metre: by money around it, else by how it is written."""
    after = text[stop : stop + 12].lstrip(" " + HARD_SPACE)
    money = money or after[:1] in tuple(_CURRENCY_SIGNS) or re.match(_MONEY, after, re.IGNORECASE) is not None
    money = money or (re.match(r"[A-Z]{3}(?![A-Za-z])", after) is not None and _is_currency(after[:3]))
    if money:
        return factor, stop, False
    if word in languages.scales(language):
        return factor, stop, False  # "1 k" in French
    if word in ("MM", "grand"):
        return None, stop, False  # millions in the money pages, a thousand in talk, but not surely
    if word in ("t", "mm") or (not glued and word in ("m", "k", "b", "T", "L", "B", "cr")):
        return None
    return factor, stop, word in ("m", "k", "b")


def _scale(word: str, language: str) -> Decimal | None:
    key = scale_key(word)
    if key in (own := _OF_LANGUAGE.get(languages.base(language), {})):
        return Decimal(own[key])
    if key in (table := languages.scales(language)):
        return table[key]
    if key in _MORE_SCALES:
        return Decimal(_MORE_SCALES[key])
    if key in (table := languages.scales(ENGLISH)):
        return table[key]
    return _other_scales().get(key) if len(key) > 2 else None


@cache
def _other_scales() -> dict[str, Decimal]:
    """The scales of other languages, where they agree: a quote may be in another language than its source."""
    found: dict[str, set[Decimal]] = {}
    for language in _RELATED:
        for word, factor in languages.scales(language).items():
            found.setdefault(word, set()).add(factor)
    return {word: factors.pop() for word, factors in found.items() if len(factors) == 1}


@cache
def _scale_stems(language: str) -> frozenset[str]:
    words = [*languages.scales(language), *languages.scales(ENGLISH), *_other_scales()]
    return frozenset(word[:6] for word in words if len(word) >= 6)


def _is_like_scale(word: str, language: str) -> bool:
    """An inflected "million", or a "millionaire": it cannot be passed over."""
    key = scale_key(word)
    if key in ("score", "zillion"):
        return True
    return len(key) >= 6 and key[:6] in _scale_stems(language) and not key.startswith(("billet", "milita"))


_UNSPACED_SCALE = re.compile("[\u0e00-\u0e7f\u3400-\u9fff\uac00-\ud7af]")


@cache
def _unspaced_scales(language: str) -> dict[str, Decimal]:
    more = {word: Decimal(factor) for word, factor in _MORE_SCALES.items()}
    return {
        word: f for word, f in {**more, **languages.scales(language)}.items() if _UNSPACED_SCALE.match(word)
    }


def _unspaced_scale(text: str, end: int, language: str) -> tuple[Decimal, int] | None:
    """A scale in a script without spaces, where it need not be followed by the end of a word."""
    at = end + (text[end : end + 1] in (" ", HARD_SPACE))
    if at < len(text) and _HAN_MORE.match(text, at) and _UNSPACED_SCALE.match(text, at + 1):
        at += 1
    if at >= len(text) or not _UNSPACED_SCALE.match(text, at):
        return None
    table = _unspaced_scales(language)
    for length in (10, 9, 8, 7, 6, 5, 4, 3, 2, 1):
        if (word := text[at : at + length]) in table:
            return table[word], at + len(word)
    return None


# --- words ---

_WORD = re.compile(r"[^\W\d_]+")
_BREAK_IN_RUN = re.compile(r"[ \u00a0\n]{1,3}|-\n?")
_CONNECTORS = frozenset(("and", "y", "e", "et", "und", "en", "i"))
_POINTS = frozenset(("point", "coma", "comma", "virgule", "vírgula", "virgola", "komma", "punto"))
_NO_NUMBERS = frozenset(("o", "tens"))  # "five o'clock", "tens of thousands"
_PERCENT = re.compile(r"(?:pour|por|per|pro)\s{1,2}$", re.IGNORECASE)
_SO_MANY = frozenset(("cientos", "cientas", "miles"))  # "hundreds of", of nobody knows how many
_ONES = frozenset(("one", "un", "una", "uno", "une", "ein", "eine", "um", "uma", "een", "o", "a"))
_LONGEST_RUN = 10


def _in_words(text: str, language: str, digits: set[int]) -> Iterator[_Found]:
    reading = [language] if languages.reads_words(language) else []
    if languages.base(language) != ENGLISH:
        reading.append(ENGLISH)
    words = list(_WORD.finditer(text))
    kinds = _kinds({word[0].lower() for word in words}, reading)
    at, count = 0, 0
    unread = -1  # where a number ended that more number words follow: they are no number by themselves
    while at < len(words) and count < MOST:
        word = words[at]
        if kinds[word[0].lower()] is None or _PERCENT.search(text, max(0, word.start() - 6), word.start()):
            at += 1
            continue
        found, used = _word_number(text, words, at, kinds, reading)
        follows = unread >= 0 and _BREAK_IN_RUN.fullmatch(text, unread, word.start()) is not None
        at += used
        count += 1
        if found:
            yield found._replace(names=True) if follows else found
            unread = words[at - 1].end() if found.unread or follows else -1


def _kinds(words: set[str], reading: list[str]) -> dict[str, str | None]:
    """The language in which each word is a number word; None for all others."""
    found: dict[str, str | None] = {}
    for word in words:
        found[word] = None
        if len(word) <= 60 and word not in _NO_NUMBERS:
            found[word] = next((language for language in reading if languages.kind(word, language)), None)
    return found


def _run(text: str, words: list[re.Match[str]], at: int, kinds: dict[str, str | None], language: str) -> int:
    """How many words from here on are number words of one language, with connectors between them."""
    last = at
    for index in range(at + 1, min(at + _LONGEST_RUN, len(words))):
        if not _BREAK_IN_RUN.fullmatch(text, words[index - 1].end(), words[index].start()):
            break
        word = words[index][0].lower()
        if kinds[word] == language or (kinds[word] and languages.kind(word, language)):
            last = index
        elif word not in _CONNECTORS or index != last + 1:
            break
    return last - at + 1


def _word_number(
    text: str, words: list[re.Match[str]], at: int, kinds: dict[str, str | None], reading: list[str]
) -> tuple[_Found | None, int]:
    language = kinds[words[at][0].lower()] or ENGLISH
    length = _run(text, words, at, kinds, language)
    for size in range(length, 0, -1):
        start, end = words[at].start(), words[at + size - 1].end()
        run = re.sub(r"-\s", "-", re.sub(r"\s+", " ", text[start:end])).replace("-and-", " and ")
        if (value := languages.word_value(run, language)) is not None:
            return _cardinal(text, words, at, size, value, length, language, language != reading[0]), size
        if (value := languages.ordinal_value(run, language)) is not None:
            return _ordinal(text, words, at, size, value), size
    return None, 1


def _ordinal(text: str, words: list[re.Match[str]], at: int, size: int, value: int) -> _Found | None:
    return _Found(words[at].start(), words[at + size - 1].end(), Decimal(value), names=True, word=True)


def _opened(window: str, size: int, value: int, language: str) -> tuple[int, Decimal] | None:
    """How long what opens `a million` or `half a million` is, and what it divides by; None: no number alone."""
    if half := _HALF_A.search(window):
        return len(half[0]), Decimal(2)
    if article := _A.search(window):
        return len(article[0]), _ONE
    if size == 1 and (value >= 10**6 or languages.base(language) == ENGLISH):
        return None
    return 0, _ONE


def _runs_on(text: str, end: int, follow: re.Match[str] | None, *, is_whole: bool) -> bool:
    """Whether number words follow that are not one number with these: `nineteen eighty-three`, `one point five`."""
    if follow is None or _BREAK_IN_RUN.fullmatch(text, end, follow.start()) is None:
        return False
    word = follow[0].lower()
    return word in _POINTS or (not is_whole and word not in _CONNECTORS)


def _cardinal(
    text: str,
    words: list[re.Match[str]],
    at: int,
    size: int,
    value: int,
    run: int,
    language: str,
    foreign: bool,
) -> _Found | None:
    start, end = words[at].start(), words[at + size - 1].end()
    number, scale = Decimal(value), _ONE
    single = words[at][0].lower()
    factor = _scale(single, language)
    if size == 1 and single in _SO_MANY:
        return None
    weak = foreign or (size == 1 and (value <= 1 or single in _ONES))
    if factor == number and factor is not None:
        opened = _opened(text[max(0, start - 24) : start], size, value, language)
        if opened is None:
            return None
        start, number, scale = start - opened[0], EXACT.divide(number, opened[1]), factor
    if half := _AND_A_HALF.match(text, end):
        unit = _ONE if value < 1000 else _largest(words, at, size, language)
        number, end = EXACT.add(number, EXACT.divide(unit, Decimal(2))), half.end()
        values, end, scale, unread, _ = _with_scales(text, (number,), end, language, False)
        return _Found(start, end, values[0], names=unread, weak=weak, scale=scale, word=True)
    values, end, more, unread, _ = _with_scales(text, (number,), end, language, False)
    if more == 1 and value >= 100:
        scale = _largest(words, at, size, language)
    negative = _MINUS_WORD.search(text[max(0, start - 24) : start]) is not None
    result = -values[0] if negative else values[0]
    follow = words[at + size] if at + size < len(words) else None
    runs_on = _runs_on(text, end, follow, is_whole=size >= run)
    label = _label(text, start, None, language)
    names = unread or runs_on or bool(label)
    return _Found(
        start, end, result, (), names, weak and more == 1, more if more != 1 else scale,
        word=True, label=label, unread=runs_on,
    )  # fmt: skip


def _largest(words: list[re.Match[str]], at: int, size: int, language: str) -> Decimal:
    scale = _scale(words[at + size - 1][0], language)
    return scale if scale is not None else _ONE


# --- ranges, lists, dates ---


def _joined(text: str, found: list[_Found], language: str) -> list[_Found]:
    result: list[_Found] = []
    for number in found:
        while result and number.start - result[-1].end <= 24:
            joined = _pair(text, result[-1], number, language)
            if joined is None:
                break
            result.pop()
            if len(joined) == 2:
                result.append(joined[0])
            number = joined[-1]
            if len(joined) == 2:
                _share_in_list(text, result, number)
                break
        result.append(number)
    return [_in_brackets(text, number, language) for number in result]


def _share_in_list(text: str, found: list[_Found], last: _Found) -> None:
    """ "2, 3 or 4 million": the scale of the last is that of all before it."""
    for at in range(len(found) - 2, max(len(found) - 8, -1), -1):
        between = text[found[at].end : found[at + 1].start]
        if not re.fullmatch(r"[,、]\s?", between) or found[at].names or found[at].scale != 1:
            return
        if last.scale == 1 or found[at + 1].scale == 1:
            return
        found[at] = _sharing(found[at], last, is_range=False)


def _in_brackets(text: str, number: _Found, language: str) -> _Found:
    """A number in brackets that a scale follows is not read: "(5) million"."""
    if text[number.end : number.end + 1] != ")" or text[number.start - 1 : number.start] != "(":
        return number
    step = _next_scale(text, number.end + 1, language, False)
    return number if step is None else number._replace(names=True)


def _pair(text: str, first: _Found, second: _Found, language: str) -> tuple[_Found, ...] | None:
    between = text[first.end : second.start]
    if first.names or second.names:
        return None
    if re.fullmatch(r"\s?\(", between) and text[second.end : second.end + 1] == ")":
        if first.value == second.value and first.word != second.word:  # "sixty (60)", "five (5) million"
            return (_scaled_by_next(text, first._replace(end=second.end + 1, weak=False), language),)
        return None
    if not (join := _JOINED.fullmatch(between)) or first.high is not None or second.high is not None:
        return None
    through = bool(join["dash"] or join["through"] or join["through2"])
    window = text[max(0, first.start - 24) : first.start]
    is_range = through or _BETWEEN.search(window) is not None
    if first.scale == 1 and second.scale != 1:
        first = _sharing(first, second, is_range)
    if is_range and first.value < second.value:
        weak = first.weak and second.weak
        return (first._replace(end=second.end, high=second.value, scale=second.scale, weak=weak),)
    return (first, second)


def _scaled_by_next(text: str, number: _Found, language: str) -> _Found:
    values, end, scale, unread, _ = _with_scales(text, (number.value,), number.end, language, False)
    if scale == 1:
        return number._replace(names=number.names or unread)
    return number._replace(end=end, value=values[0], scale=scale)


def _sharing(first: _Found, second: _Found, is_range: bool) -> _Found:
    """The scale of the second belongs to both: "2 or 3 million", but not "900 to 1 million"."""
    digits = EXACT.divide(second.value, second.scale)
    if first.value >= digits:
        # "900 to 1 million", "between five and one hundred"; but "5 or 4 million" may be either.
        return first if is_range or first.value >= 100 else first._replace(names=True)
    return first._replace(
        value=EXACT.multiply(first.value, second.scale), other=(), scale=second.scale, weak=False
    )


def _written(raw: str, folded: Plain, found: list[_Found], dates: list[tuple[int, int]]) -> Iterator[Written]:
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
