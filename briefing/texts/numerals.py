"""Numbers in digits: their marks, signs and fractions, and what is glued to them."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from briefing.texts import labels
from briefing.texts import language as languages
from briefing.texts.amount import CODES, MINUS_WORD, MOST, Amount, label_of
from briefing.texts.currencies import CURRENCY_SIGNS, MONEY, is_currency
from briefing.texts.language import EXACT, HARD_SPACE, plain
from briefing.texts.scales import is_like_scale, scale_of, with_scales

_LONGEST = 40  # digits: what is longer is no quantity
# The symbols of units are the same in every language; what else is glued to digits makes them no plain number.
_UNITS = frozenset(
    re.findall(
        r"\S+",
        "km m cm mm µm nm ha kg g mg µg t l ml cl hl h min ms kw mw gw tw kwh mwh gwh twh w v a hz khz mhz ghz j kj "
        "mj gj kb mb gb tb km² m² km³ m³ km2 m2 m3 ft in yd mi lb lbs oz mph pp bp bps c f gt mt kt ч кг км м г т га",
    )
)
_HALVES = "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒"
_NUMERAL = re.compile(
    rf"""(?x)
    (?: [1-9][0-9]{{0,2}} (?:[ {HARD_SPACE}][0-9]{{3}}(?![0-9]))+ (?:[.,\u066b][0-9]+(?![.,]?[0-9]))?
      | [1-9][0-9]{{0,2}} (?:[,.]\n[0-9]{{3}}|,[ ]000)(?![0-9]) (?:,[0-9]{{3}}(?![0-9]))*
      | [0-9]+ (?:[.,'\u066b\u066c\u00b7][0-9]+)*
      | (?<![^\s(\[{CURRENCY_SIGNS}-]) [.,\u066b][0-9]+
      | [{_HALVES}]
    )"""
)
_LETTERS = "A-Za-zªº\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"  # scripts in which a word ends before a number
_GLUED_WORD = re.compile(rf"[{_LETTERS}][{_LETTERS}.]{{0,11}}$")
_JOINED_WORD = re.compile(rf"(?:^|[^0-9.{_LETTERS}])([{_LETTERS}]{{1,20}})[-–]$")
_BEFORE_CURRENCY = re.compile(
    rf"(?:[A-Za-z]{{0,3}}[{CURRENCY_SIGNS}]|[A-Za-zа-яł]{{2,4}}\.?)[ {HARD_SPACE}]?$"
)
_FRACTION_AFTER = re.compile(
    rf"[ {HARD_SPACE}]?([{_HALVES}])|([ {HARD_SPACE}])([0-9]{{1,3}})[/⁄]([0-9]{{1,3}})(?![0-9/.,])"
)
_SIMPLE_FRACTION = re.compile(r"[/⁄]([0-9]{1,3})(?![0-9/])")
_HALF_BEFORE = re.compile(r"(?:साढ़े|साढ़े|सवा|पौने|साडे)\s$")  # and a half, and a quarter, less a quarter
_LIST_MARK = re.compile(
    r"(?:^|(?<=[.;:!?\n])|(?<=[.;:!?]\s)|(?<=\n\n))[ ]*(?:\((?P<a>[0-9]{1,3})\)|(?P<b>[0-9]{1,3})[.)])(?=\s+\S)"
)
_PHONE = re.compile(
    r"(?:\+|tel\.?:?\s|phone:?\s|fax:?\s)[0-9]{1,4}(?:[ -][0-9]{2,4}){1,5}(?![0-9])", re.IGNORECASE
)


def in_digits(text: str, language: str) -> Iterator[Amount]:
    """The numbers in digits, in order, with their signs, scales and fractions; MOST at most."""
    marks = {match.start(match.lastgroup or 0) for match in _LIST_MARK.finditer(text)}
    marks |= {at for phone in _PHONE.finditer(text) for at in range(*phone.span()) if text[at].isdigit()}
    position, count = 0, 0
    before: Amount | None = None
    while count < MOST and (match := _NUMERAL.search(text, position)):
        number = _number(text, match, language, before)
        if match.start() in marks:
            number = number._replace(names=True)
        position = max(number.end, match.end())
        count += 1
        if position - match.start() <= _LONGEST + 60:
            before = number
            yield number


def _number(text: str, match: re.Match[str], language: str, before: Amount | None) -> Amount:
    start, end = match.span()
    if end - start > _LONGEST:
        return Amount(start, end, Decimal(0), names=True)
    readings = _readings(match[0], language)
    if not readings:
        return Amount(start, end, Decimal(0), names=True)
    values, end, fraction = _with_fraction(text, readings, end)
    start, negative, names, money = _lead(text, start, language)
    label = label_of(text, start, before, language)
    values, end, scale, unread, metres = with_scales(text, values, end, language, money)
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
    return Amount(start, end, values[0], other, names, weak, scale, label=label)


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
        if is_currency(currency[0].strip()):
            money = True
            window = window[: currency.start()]
            if not signed:
                window, signed = _signed(window)
        elif glued and _GLUED_WORD.search(window):
            names = True
    elif _GLUED_WORD.search(window) or window[-1:] == "_":
        names = True
    negative = signed or MINUS_WORD.search(window) is not None
    joined = None if signed or money else _JOINED_WORD.search(window)
    if joined and scale_of(joined[1], language) is None:
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
        return (rest, True) if code and is_currency(code[0]) else (window, False)
    return rest, True


# The time of day, -fold, the law that a number is of: none of them is a quantity.
_NO_QUANTITY = re.compile(
    r"\s?[ap]\.?\s?m\.?(?!\w)|\so'?clock|\sUhr(?!\w)|\s?h\s?[0-9]{2}(?![0-9])|-(?:fold|fach\w{0,2}|кратн\w{2,3})(?!\w)"
    rf"|\s(?:(?:{CODES})\.|(?:USC|CFR|U?NTS)\s)|\sU\.S\.\s[0-9]|\sscore(?!\w)"
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
        scale_of(quoted[1], language) or is_like_scale(quoted[1], language)
    ):
        return True
    if text[end - 2 : end] == "10" and rest[:1] in _POWERS:
        return True
    if re.match(r"-[0-9]{1,9}-[0-9]|(?!/-)[:/^×*_\\@#⁄](?=\S)|[(][0-9A-Za-z]{1,4}[)]| ?[×x*] ?10", rest):
        return True
    if (letters := re.match(rf"[{_LETTERS}²³]+[0-9]?", rest)) is None:
        return False
    word = letters[0]
    return not (word.lower() in _UNITS or is_currency(word) or re.match(MONEY + "$", word, re.IGNORECASE))
