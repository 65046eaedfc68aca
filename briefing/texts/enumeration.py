"""How texts number their parts: digits, letters, Roman and Chinese numerals, ordinal words."""

import re
from functools import lru_cache
from typing import NamedTuple

ROMAN = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
"""A Roman numeral, as a pattern."""

CJK_NUMERALS = "〇零一二三四五六七八九十百千两"
"""The characters in which Chinese and Japanese write numbers."""

_CJK_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CJK_UNITS = {"十": 10, "百": 100, "千": 1000}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LETTERS = {
    c: n
    for letters in ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя", "أبجدهوزحطيكلمنسعفصقرشت")
    for n, c in enumerate(letters, 1)
}
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first primero primera premier première primeiro primeira primo erster первая الأولى one",
            "second segundo segunda deuxième secondo zweiter вторая الثانية two",
            "third tercero tercera troisième terceiro terzo dritter третья الثالثة three",
            "fourth cuarto cuarta quatrième quarto vierter четвертая четвёртая الرابعة four",
            "fifth quinto quinta cinquième fünfter пятая الخامسة five",
            "sixth sexto sexta sixième sesto sechster шестая السادسة six",
            "seventh séptimo séptima septième sétimo settimo siebter седьмая السابعة seven",
            "eighth octavo octava huitième oitavo ottavo achter восьмая الثامنة eight",
            "ninth noveno novena neuvième nono neunter девятая التاسعة nine",
            "tenth décimo décima dixième decimo zehnter десятая العاشرة ten",
        ),
        1,
    )
    for word in words.split()
}
_MARK = re.compile(
    r"(?P<open>[(（])?[ ]?(?:(?P<digits>\d{1,3}(?:\.\d{1,3}){0,3})|(?P<lower>[a-z]{1,6})|(?P<upper>[A-Z]{1,5})"
    r"|§ ?(?P<sign>\d{1,3})(?=[º°])|(?P<other>[а-я]|[أ-ي]ـ?)|(?P<cjk>[一二三四五六七八九十]{1,3}))"
    r"(?P<bis> ?bis| ?ter)?"
    r"(?P<close>[º°][.]?(?=[ ])|[ ]?[.)）]{1,2}-?(?![\w-])|[.)）]{1,2}|[、．]|(?<=\d)[ ]?[-\u2013\u2014](?=[ ])"
    r"|(?<=[IVX])[ ]?[-\u2013\u2014](?=[ ])|(?<=\d\.\d)(?=[ \t])|(?<=\d\.\d\d)(?=[ \t])"
    r"|(?=[ \t]{2,}|\t|\u3000))(?P<gap>[ \t\xa0\u3000]*)"
)
_MARK_LENGTH = 24


class Mark(NamedTuple):
    """The number or letter that a line begins with."""

    style: str
    """What it looks like: `(a)`, `1.`."""
    label: str
    value: int
    """What it counts, of `1.2` the last number; 0 where it counts nothing."""
    roman: int
    """What it counts as a Roman numeral; 0 where it is none."""
    end: int
    """Where the text after it begins, counted from the start of the line."""


def mark_at(text: str, start: int = 0) -> Mark | None:
    """The number or letter that a line has at an offset."""
    match = _MARK.match(text, start, start + _MARK_LENGTH)
    if not match:
        return None
    digits = match["digits"] or match["sign"]
    label = digits or match["lower"] or match["upper"] or match["other"] or match["cjk"]
    roman = 0 if digits else roman_value(label)
    if _runs_on(text, match, label) or (len(label) > 1 and not (digits or match["other"] or match["cjk"] or roman)):  # fmt: skip
        return None
    close = match["close"].strip()[:1]
    if match["cjk"]:
        return Mark(f"{match['open'] or ''}一{close}", label, cjk_value(label), 0, match.end())
    if digits:
        label = ".".join(str(int(part)) for part in digits.split("."))
        style = "decimal" if "." in label else f"{match['open'] or ''}{'§' if match['sign'] else '1'}{close}"
        value = int(label.rpartition(".")[2])
    else:
        kind = "a" if match["lower"] else "A" if match["upper"] else "б"
        style = f"{match['open'] or ''}{kind}{close}"
        value = _LETTERS.get(label[0].lower(), 0) if len(label) == 1 or match["other"] else 0
    return Mark(style, label + (match["bis"] or "").strip(), value, roman, match.end())


def _runs_on(text: str, match: re.Match[str], label: str) -> bool:
    """Whether what looks like a number is the beginning of something longer: `e.g.`, `3.5`."""
    end = match.end()
    if match["gap"] or end >= len(text) or match["cjk"]:
        return False
    if len(label) == 1 and text[end + 1 : end + 2] != ".":
        return False
    if not match["open"] and not match["digits"]:
        return True
    return bool(match["digits"]) and text[end].isdigit()


@lru_cache(4096)
def roman_value(text: str) -> int:
    """The value of a Roman numeral; 0 where a text is none."""
    upper = text.upper()
    if len(upper) > 12 or not re.fullmatch(ROMAN, upper):
        return 0
    values = [_ROMAN_VALUES[c] for c in upper]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def cjk_value(text: str) -> int:
    """The value of a number in Chinese characters or digits."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for c in text:
        if c in _CJK_UNITS:
            total += (digit or 1) * _CJK_UNITS[c]
            digit = 0
        else:
            digit = digit * 10 + _CJK_DIGITS.get(c, 0)
    return total + digit


def ordinal_value(word: str) -> int:
    """The value of a word that numbers articles: `premier`, `الأولى`, `one`; 0 for another word."""
    return _ORDINALS.get(word.lower(), 0)


def plain(number: str) -> str:
    """A number in the form in which it is compared, whatever the numerals: `V` is `5`."""
    value = int(number) if number.isdecimal() else roman_value(number)
    return str(value) if value else re.sub(r"\s", "", number).casefold()
