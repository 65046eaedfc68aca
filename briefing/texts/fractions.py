"""Parts of a whole and groups, in words: `two thirds`, `drei Viertel`, `la moitié`, `una docena`, `две трети`.

No library reads them. These are of the languages whose number words are read, and of Russian.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import NamedTuple

from briefing.texts import language as languages
from briefing.texts.language import EXACT

_MOST = 10_000  # words that are looked at: it bounds the work
_LOOK_BACK = 60  # characters before a part in which its number is looked for

# The word and what it divides by. Those that are ordinals too ("a third country") are told by what follows.
_PARTS = {
    "halves": 2, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6, "sevenths": 7,
    "eighths": 8, "ninths": 9, "tenths": 10, "hundredths": 100,
    "tercio": 3, "tercios": 3, "cuartos": 4, "quintos": 5, "sextos": 6, "séptimos": 7, "octavos": 8, "novenos": 9,
    "décimos": 10, "terceras partes": 3, "tercera parte": 3, "cuartas partes": 4, "cuarta parte": 4,
    "quintas partes": 5, "quinta parte": 5, "décima parte": 10,
    "tiers": 3, "quart": 4, "quarts": 4, "cinquièmes": 5, "sixièmes": 6, "septièmes": 7, "huitièmes": 8,
    "neuvièmes": 9, "dixièmes": 10,
    "drittel": 3, "dritteln": 3, "viertel": 4, "vierteln": 4, "fünftel": 5, "sechstel": 6, "siebtel": 7, "achtel": 8,
    "neuntel": 9, "zehntel": 10, "hundertstel": 100,
    "terzi": 3, "quarti": 4, "quinti": 5, "sesti": 6, "settimi": 7, "ottavi": 8, "noni": 9, "decimi": 10,
    "terço": 3, "terços": 3, "quartos": 4, "quinta": 5, "sétimos": 7, "oitavos": 8, "nonos": 9,
    "derden": 3, "kwart": 4, "vierden": 4, "vijfden": 5, "tienden": 10,
    "треть": 3, "трети": 3, "третей": 3, "четверть": 4, "четверти": 4, "четвертей": 4, "пятых": 5, "шестых": 6,
    "седьмых": 7, "восьмых": 8, "девятых": 9, "десятых": 10,
}  # fmt: skip
_ORDINALS = {
    "half": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "cuarto": 4, "quinto": 5, "sexto": 6, "octavo": 8, "décimo": 10,
    "cinquième": 5, "sixième": 6, "septième": 7, "huitième": 8, "dixième": 10,
    "terzo": 3, "quarto": 4, "sesto": 6, "ottavo": 8, "decimo": 10, "derde": 3, "vierde": 4, "vijfde": 5, "tiende": 10,
}  # fmt: skip
_HALVES = {"half", "hälfte", "moitié", "mitad", "metà", "metade", "helft", "половина", "половины", "половину", "половине"}  # fmt: skip
_GROUPS = {
    "dozen": 12, "docena": 12, "douzaine": 12, "dutzend": 12, "dozzina": 12, "dúzia": 12, "dozijn": 12, "дюжина": 12,
    "decena": 10, "veintena": 20, "treintena": 30, "centenar": 100, "millar": 1000,
    "dizaine": 10, "vingtaine": 20, "trentaine": 30, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
    "decina": 10, "ventina": 20, "trentina": 30, "centinaio": 100, "migliaio": 1000,
    "dezena": 10, "centena": 100, "milhar": 1000, "tiental": 10, "десяток": 10, "сотня": 100,
    "quarantaine": 0, "quinzaine": 0, "quincena": 0, "score": 0,  # also the name of something else: not read
}  # fmt: skip
GROUPS = {
    **{word: count for word, count in _GROUPS.items() if count},
    "docenas": 12, "douzaines": 12, "dozzine": 12, "dúzias": 12, "decenas": 10, "centenares": 100, "millares": 1000,
    "dizaines": 10, "centaines": 100, "milliers": 1000, "centinaia": 100, "migliaia": 1000, "dezenas": 10,
    "centenas": 100, "milhares": 1000, "десятка": 10, "десятков": 10, "сотни": 100, "сотен": 100,
}  # fmt: skip
"""Words for so many, which multiply a number as a scale does: `dos docenas`."""

_FIXED = {
    "anderthalb": "1.5", "anderthalbe": "1.5", "anderthalben": "1.5", "eineinhalb": "1.5", "zweieinhalb": "2.5",
    "dreieinhalb": "3.5", "viereinhalb": "4.5", "fünfeinhalb": "5.5", "anderhalf": "1.5", "tweeënhalf": "2.5",
    "drieënhalf": "3.5", "driekwart": "0.75", "dreiviertel": "0.75", "полчаса": "0.5", "полгода": "0.5", "полтора": "1.5", "полторы": "1.5", "полутора": "1.5", "полмиллиона": "500000",
}  # fmt: skip
_HALF_SCALE = ("mezzo", "mezza")  # half of the scale that follows, and nothing by itself

_RUSSIAN = {"одна": 1, "одну": 1, "одной": 1, "две": 2, "двух": 2, "три": 3, "трех": 3, "трёх": 3, "четыре": 4, "пять": 5,
            "шесть": 6, "семь": 7, "восемь": 8, "девять": 9}  # fmt: skip
_ARTICLES = frozenset(
    [
        "a",
        "an",
        "ein",
        "eine",
        "einem",
        "einen",
        "einer",
        "een",
        "un",
        "una",
        "uno",
        "une",
        "um",
        "uma",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "la",
        "le",
        "au",
        "the",
        "de",
        "het",
        "el",
        "o",
        "a",
        "il",
        "l'",
        "lo",
        "une",
    ]
)
_DEFINITE = frozenset(["der", "die", "das", "den", "dem", "la", "the", "de", "het", "el", "o", "il", "lo"])
_HALF_OF = re.compile(r"\s(?:of|the|its|their|all|his|her|that|those|these)(?!\w)", re.IGNORECASE)
_OF = re.compile(
    r"\s(?:of|in|by|at|to|from|less|more|majority|share|each|was|were|is|are|and|or|de|del|des|du|di|dei|del|della|delle|"
    r"dell|da|do|dos|das|van|von|der)(?!\w)|\s?[^\w\s-]|\s*$",
    re.IGNORECASE,
)
# Half of one unit, and one and a half: only of what is measured, for "the half day" may be any other thing.
_UNIT = (
    r"(?:hour|day|year|month|mile|point|century|heure|journée|année|siècle|hora|stunde|jahr|tag|uur|jaar|dag|ora|giornata)"
    r"(?!\w)"
)
_HALF_UNIT = re.compile(
    rf"(?<![\w'])(?:(?:an?|une?|una|uma|eine?[nrsm]?|een)\s)?"
    rf"(?:half(?:\san?)?|demi|media|meia|halbe[nrsm]?|mezz[ao']?)[\s-]?(?={_UNIT})"
)
_ONE_AND_A_HALF = re.compile(
    rf"(?<!\w)(?:an?\s|un')(?={_UNIT})\w+(?:\sand\sa\s(?:half|(quarter))|\se\smezz[ao])(?!\w)"
)
_AND = frozenset(("and", "y", "e", "et", "und", "en"))
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_GAP = re.compile(r"[ \u00a0\n]{1,2}|-\n?")


class Fraction(NamedTuple):
    """A part of something, or so many of it: where it stands, and its value; None where it is not read."""

    start: int
    end: int
    value: Decimal | None
    whole: bool = False
    """Whether it has a whole number beside the part: `two and three quarters`."""
    needs_scale: bool = False
    """Whether it is one only before a scale: `mezzo milione`."""


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted({*_PARTS, *_ORDINALS, *_HALVES, *_GROUPS, *_FIXED, *_HALF_SCALE}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(w.replace(' ', chr(92) + 's') for w in words)})(?!\w)")


def fractions(text: str, language: str) -> Iterator[Fraction]:
    """The parts and groups that a plain text writes in words, in order."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that has no lower case of one character
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    units = [*_units(lower)]
    inside = {at for unit in units for at in range(unit.start, unit.end)}
    words = (_fraction(lower, match, language) for match in islice(_pattern().finditer(lower), _MOST))
    yield from sorted([*units, *(each for each in words if each and each.end - 1 not in inside)])


def _units(text: str) -> Iterator[Fraction]:
    """`half an hour`, `a year and a half`."""
    for match in islice(_HALF_UNIT.finditer(text), _MOST):
        yield Fraction(*match.span(), Decimal("0.5"))
    for match in islice(_ONE_AND_A_HALF.finditer(text), _MOST):
        yield Fraction(*match.span(), Decimal("1.25" if match[1] else "1.5"))


def _fraction(text: str, match: re.Match[str], language: str) -> Fraction | None:
    word = re.sub(r"\s", " ", match[0])
    if word in _FIXED:
        return Fraction(*match.span(), Decimal(_FIXED[word]))
    if word in _HALF_SCALE:
        return Fraction(*match.span(), Decimal("0.5"), needs_scale=True)
    words = list(_WORD.finditer(text, max(0, match.start() - _LOOK_BACK), match.start()))[-4:]
    words = _adjacent(text, words, match.start())
    if word in _HALVES and word != "half":
        return _half(words, match, language)
    count = _count(text, words, language)
    if count is None:
        alone = word == "half" and not words and _HALF_OF.match(text, match.end())
        alone = alone or (word == "half" and _is_free(words, language) and _HALF_OF.match(text, match.end()))
        return Fraction(match.start(), match.end(), Decimal("0.5")) if alone else None
    number, first, is_article = count
    start = words[first].start()
    if word in _GROUPS:
        return _group(word, words[: first + 1], match.end()) if is_article else None
    return _part(text, match, word, number, words[:first], start, is_article, language)


def _part(
    text: str,
    match: re.Match[str],
    word: str,
    number: int,
    before: list[re.Match[str]],
    start: int,
    is_article: bool,
    language: str,
) -> Fraction | None:
    below = _PARTS.get(word) or _ORDINALS[word]
    if word in _ORDINALS and number == 1 and not _OF.match(text, match.end()):
        return None if is_article else Fraction(start, match.end(), None)  # "one third country"
    if is_article and text.startswith(("le", "au"), start) and not _OF.match(text, match.end()):
        return None  # "le tiers" is also who is no party
    is_time = is_article and text.startswith("quarter", match.start()) and not _OF.match(text, match.end())
    after = text[match.end() : match.end() + 20]
    if is_time and not re.match(r"\s(?:of\sa\s)?(?:million|billion|trillion)", after):
        return None  # "once a quarter"
    value = EXACT.divide(Decimal(number), Decimal(below))
    if len(before) >= 2 and before[-1][0] in _AND and not is_article:
        whole = _count(text, before[:-1], language)
        if whole and not whole[2]:
            return Fraction(before[whole[1]].start(), match.end(), EXACT.add(value, Decimal(whole[0])), True)
    return Fraction(start, match.end(), value)


def _group(word: str, words: list[re.Match[str]], end: int) -> Fraction | None:
    """`a dozen`, `half a dozen`; of the definite "the dozen" nothing is said."""
    article, before = words[-1], words[-2:-1]
    if article[0] in _DEFINITE:
        return None
    value = Decimal(_GROUPS[word]) if _GROUPS[word] else None
    if before and before[0][0] in ("half", "halbes", "demi", "medio", "media", "mezza"):
        return Fraction(before[0].start(), end, value / 2 if value else None)
    return Fraction(article.start(), end, value)


def _half(words: list[re.Match[str]], match: re.Match[str], language: str) -> Fraction | None:
    """`the half of`, but not `the first half`."""
    return Fraction(match.start(), match.end(), Decimal("0.5")) if _is_free(words, language) else None


def _is_free(words: list[re.Match[str]], language: str) -> bool:
    """Whether the word before is no ordinal, which makes "half" the name of a time."""
    if not words:
        return True
    word = words[-1][0]
    if word in ("latter", "former", "last", "other", "seconde", "letzte", "perv", "última", "another"):
        return False
    if word.startswith(("перв", "втор", "кажд")):
        return False
    return (
        languages.kind(word, language) != "ordinal" and languages.kind(word, languages.ENGLISH) != "ordinal"
    )


def _adjacent(text: str, words: list[re.Match[str]], end: int) -> list[re.Match[str]]:
    """Those of the words that follow on one another up to the end."""
    kept: list[re.Match[str]] = []
    for word in reversed(words):
        if not _GAP.fullmatch(text, word.end(), end):
            break
        kept.insert(0, word)
        end = word.start()
    return kept


def _count(text: str, words: list[re.Match[str]], language: str) -> tuple[int, int, bool] | None:
    """The number that the last words say, where they begin, and whether it is only an article."""
    if not words:
        return None
    last = words[-1][0]
    if last.isdigit():
        glued = re.search(r"[\d.,/:-]$", text[max(0, words[-1].start() - 1) : words[-1].start()])
        return (int(last), len(words) - 1, False) if len(last) <= 3 and not glued else None
    if last in _RUSSIAN and languages.base(language) == "ru":
        return _RUSSIAN[last], len(words) - 1, False
    if last == "one":
        return 1, len(words) - 1, False
    for size in range(min(3, len(words)), 0, -1):
        run = re.sub(r"\s+", " ", text[words[-size].start() : words[-1].end()])
        for tag in (language, languages.ENGLISH):
            value = languages.word_value(run, tag)
            if value is not None and (2 <= value <= 99):
                return value, len(words) - size, False
    return (1, len(words) - 1, True) if last in _ARTICLES else None
