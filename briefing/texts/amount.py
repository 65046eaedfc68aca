"""A number on its way to being read: where it stands, what it is worth, and what it names."""

import re
from decimal import Decimal
from typing import NamedTuple

from briefing.texts import labels

MOST = 10_000
"""How many numbers of one text are read: more than any quote has, and few enough to bound the work."""
ONE = Decimal(1)

_BEFORE_LEAST = (
    "au", "du", "al", "lo", "cuando", "pelo", "ao", "ou", "y", "e", "o", "u", "non", "ni", "les", "di", "de",
)  # fmt: skip
_NO_LEAST = "".join(rf"(?<!\b{word}\s)" for word in _BEFORE_LEAST)
MINUS_WORD = re.compile(
    # "au moins 5" and "al menos 5" are at least 5.
    rf"(?<!\w)(?:minus|negative|минус|мінус|ناقص|سالب|منفی|माइनस|ऋण|{_NO_LEAST}(?:moins|menos|meno))\s+$|(?:负|負|マイナス|零下)\s?$",
    re.IGNORECASE,
)

# What stands between the ends of a range, and between the parts of a list.
THROUGH = r"(?:to|through|until|till|up\ to|bis|à|au|a|al|ad|hasta|até|tot|до|по|إلى|الى|से|から|至|到)"
BOTH = r"(?:and|or|y|e|et|ou|o|u|und|oder|en|of|и|или|و|أو|और|या|和|或)"

CODES = r"U\.\s?S\.\s?C|C\.\s?F\.\s?R|Fed\.\s?Reg|Stat"
_LAW = re.compile(
    rf"(?:(?:{CODES}|H\.\s?R|P\.\s?L|Pub\.\sL|\bRes)\.|\b(?:USC|CFR|C?ETS|U?NTS|TIAS))"
    r"\s(?:§+\s?)?$|[0-9] U\.S\. $"
)
_LABEL_WORD = re.compile(r"([^\s\d()\[\],;]{1,20})[ \u00a0\n]{0,2}[(\[]?$")
_LABEL_LIST = re.compile(
    rf"\s?\)?\s?و|\)?(?:\([0-9A-Za-z]{{1,5}}\)){{0,4}}\s?(?:(?P<comma>[,;])\s?(?:{BOTH}\s)?|\s?[-–—]\s?|\s{BOTH}\s|\s{THROUGH}\s)\(?$",
    re.IGNORECASE,
)


class Amount(NamedTuple):
    """A number and what joining it to its neighbours needs: offsets are of the plain text."""

    start: int
    end: int
    value: Decimal
    other: tuple[Decimal, ...] = ()
    """What else it may be worth."""
    names: bool = False
    """Whether it names something or is not read to its end, so that it states no value."""
    weak: bool = False
    """Whether it often is no value: a bare year, the word "one"."""
    scale: Decimal = ONE
    """What the digits are multiplied by."""
    high: Decimal | None = None
    """The upper end of a range; None where it is none."""
    word: bool = False
    """Whether it is written in words or Chinese characters."""
    label: str = ""
    """The word that makes it a name: see `label_of`."""
    unread: bool = False
    """Whether more words of numbers follow it that are not one number with it."""


def label_of(text: str, start: int, before: Amount | None, language: str) -> str:
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
