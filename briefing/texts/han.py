"""Numbers in Chinese characters: `三百万`, `二十五`, `十二点五`, `三分之二`, `百分之五`, `壹佰万`; `3分の2`, `3분의 2`.

A single character is a number only before a counter, for as a part of a word it is none: 一些, 四川, 十分.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from briefing.texts.language import EXACT

_DIGITS = {c: n for n, same in enumerate(("〇零○", "一壹壱弌", "二贰貳弐两兩", "三叁參参", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"))
           for c in same}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_ALL = "".join((*_DIGITS, *_TENS, *_MYRIADS))
_RUN = re.compile(rf"[{_ALL}]{{1,30}}")
_POINT = "点點"
_FRACTION = re.compile(
    rf"([{_ALL}]{{1,12}}|(?<![0-9.,/])[0-9]{{1,3}})(?:分[之の]|분의 ?)([{_ALL}]{{1,12}}(?:[{_POINT}][{_ALL}]{{1,6}})?|[0-9]{{1,3}}(?![0-9.,]))"
)

# What may follow a single character that is a number. Not 月, 号, 条: those are names.
_COUNTERS = "人名位倍个個箇か年天日岁歳歲元円圓次回艘架辆輛台票份家项項国國州所座公米吨噸周週小时時秒"
_NAMES_BEFORE = re.compile("(?:[第卷周週初]|昭和|平成|令和|大正|明治|民国|民國|星期|礼拜|禮拜)$")
_NAMES_AFTER = re.compile(
    r"\s?(?:[号號条條款项項章节節编編部]|月(?!间|間)|[ヶか]月目|年[度级級]|日[(（]|世纪|世紀|大楼|川|角)"
)
_RANGE = re.compile(rf"[至到～~-](?=[{_ALL}]{{1,6}}[{_COUNTERS}])")
_ABOUT_BEFORE = re.compile("[数數几幾]$")
_DECIMALS = re.compile(rf"[{_POINT}]([{''.join(_DIGITS)}]{{1,6}})(?![{_ALL}])")
_HALF = re.compile("[年天个個か]?半(?![数數島岛])")


class HanNumber(NamedTuple):
    """A number in Chinese characters; `value` is None where it is a name, or is not read to its end."""

    start: int
    end: int
    value: Decimal | None


def han_numbers(text: str) -> Iterator[HanNumber]:
    """The numbers that a plain text writes in Chinese characters, in order."""
    at = 0
    fractions = _FRACTION.finditer(text) if "分" in text or "분" in text else iter(())
    fraction = next(fractions, None)
    while match := _RUN.search(text, at):
        while fraction and fraction.start() <= match.start():
            yield _fraction(fraction)
            at = max(at, fraction.end())
            fraction = next(fractions, None)
        if match.start() < at:
            continue
        at = match.end()
        if text[match.start() - 1 : match.start()].isdigit():  # 3百万: the scale of digits
            continue
        if number := _number(text, match):
            at = number.end
            yield number
    while fraction:
        yield _fraction(fraction)
        fraction = next(fractions, None)


def _fraction(match: re.Match[str]) -> HanNumber:
    above = _value_of(match[2])
    if above is not None and match[1] in ("百", "千"):
        return HanNumber(*match.span(), above)  # a percentage is read as its digits are
    below = _value_of(match[1])
    if not below or above is None:
        return HanNumber(*match.span(), None)
    return HanNumber(*match.span(), EXACT.divide(above, below))


def _value_of(written: str) -> Decimal | None:
    whole, _, decimals = written.replace("點", "点").partition("点")
    value = int(whole) if whole.isdecimal() else han_value(whole)
    return None if value is None else _with_decimals(value, decimals)


def _with_decimals(value: int, decimals: str) -> Decimal | None:
    """十二点五 is 12.5: after the point there are digits alone."""
    if not all(character in _DIGITS for character in decimals):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[character]) for character in decimals)}")


def _number(text: str, match: re.Match[str]) -> HanNumber | None:
    start, end = match.span()
    before = text[max(0, start - 3) : start]
    if match[0] == "一" and (half := _HALF.match(text, end)):
        return HanNumber(start, half.end(), Decimal("0.5" if half[0] == "半" else "1.5"))
    if len(match[0]) == 1 and not _is_counted(text, match):
        return None
    value = han_value(match[0])
    if value is not None and (rest := _DECIMALS.match(text, end)):
        return HanNumber(start, rest.end(), _with_decimals(value, rest[1]))
    is_day = before.endswith("月") and text[end : end + 1] == "日"
    is_name = is_day or _NAMES_BEFORE.search(before) or _NAMES_AFTER.match(text, end)
    if value is None or is_name or _ABOUT_BEFORE.search(before) or _HALF.match(text, end):
        return HanNumber(start, end, _with_half(text, end, value) if not is_name else None)
    return HanNumber(start, end, Decimal(value))


def _with_half(text: str, end: int, value: int | None) -> Decimal | None:
    """`三年半`: and a half, where the number is a plain one."""
    return Decimal(value) + Decimal("0.5") if value is not None and _HALF.match(text, end) else None


def _is_counted(text: str, match: re.Match[str]) -> bool:
    """Whether a single character is a number: 一 nearly never is one, 千 and 万 never."""
    character, after = match[0], text[match.end() : match.end() + 1]
    if _RANGE.match(text, match.end()):
        return True
    return character not in "一百千万萬亿億兆〇零○" and after != "" and after in _COUNTERS


def han_value(written: str) -> int | None:
    """The value of a run of Chinese characters; None for one that is no number (三四, 二〇二五)."""
    total, group, digit = 0, 0, -1
    smallest, largest = 10**5, 10**16
    for character in written:
        if character in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[character]
        elif character in _TENS:
            if (unit := _TENS[character]) >= smallest or (digit < 0 and group and character not in "十拾"):
                return None
            group, digit, smallest = group + (1 if digit < 1 else digit) * unit, -1, unit
        else:
            group, digit = group + max(digit, 0), -1
            if not group or (unit := _MYRIADS[character]) >= largest:
                return None
            total, group, smallest, largest = total + group * unit, 0, 10**5, unit
    if digit > 0 and total + group and smallest > 10 and written[-2] not in "〇零○":
        return None  # 三百五 is 350 in speech, and 五 alone is no ten
    return total + group + max(digit, 0)
