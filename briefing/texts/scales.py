"""Words and letters that multiply a number: "million", "crore", "m", "and a half"."""

import re
from decimal import Decimal
from functools import cache

from briefing.texts import language as languages
from briefing.texts.amount import ONE
from briefing.texts.currencies import CURRENCY_SIGNS, MONEY, is_currency
from briefing.texts.fractions import GROUPS
from briefing.texts.language import ENGLISH, EXACT, HARD_SPACE, scale_key

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
_RELATED = (*languages.RELATED, "hi")
_NEXT_WORD = re.compile(
    r"(?:[ \u00a0\n]de(?=[ \u00a0\n]))?[ \u00a0\n]{0,2}-?([^\s\d.,;:!?()\[\]{}\"'“”«»/%+=<>|–—~$€£¥₹₽₩₪₫₴₦؛،؟、。；：，-]{1,30}\.?)"
)
_HAN_MORE = re.compile("[多余餘數数]")
_A_HALF = (
    r"(?:[\s-](?:and[\s-]+an?[\s-]+half|y\s+medi[oa]|et\s+demie?|e\s+mei[oa]|e\s+mezz[oa]|en\s+een\s+half|с\s+половиной|"
    r"[зі]\s+половиною|i\s+pół|و?\s?نصف|و\s?نیم)(?!\w)(?:\s(?:الملیون|المليون|المليار))?)"
)
AND_A_HALF = re.compile(_A_HALF, re.IGNORECASE)
_HALF_SIGN = r"(?:半(?![数數島岛])|반(?!\w)|ครึ่ง)"
_HALF_AFTER_SCALE = re.compile(rf"{_A_HALF}|\s?{_HALF_SIGN}", re.IGNORECASE)
# "3 years and a half", 3年半
_UNIT_AND_A_HALF = re.compile(
    rf"\s[^\W\d_]{{2,12}}{_A_HALF}|\s?(?:[年天个個]|か月|년|ปี)\s?{_HALF_SIGN}", re.IGNORECASE
)


def with_scales(
    text: str, values: tuple[Decimal, ...], end: int, language: str, money: bool
) -> tuple[tuple[Decimal, ...], int, Decimal, bool, bool]:
    """Read on over "thousand", "million", "mil millones": values, end, scale, whether something is left unread,
    and whether the letter may be a unit."""
    scale, unread, metres = ONE, False, False
    if half := AND_A_HALF.match(text, end):
        values, end = tuple(EXACT.add(value, Decimal("0.5")) for value in values), half.end()
    for _ in range(4):
        step = next_scale(text, end, language, money)
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
        step = next_scale(text, match.end(), language, money=False)
        if step is None or step[0] is None or step[2]:
            # 2万5000; "5 mil 200"
            if not (glued and ord(text[end - 1]) > 0x2E80) and not (scale == 1000 and len(match[1]) == 3):
                break
            factor, stop = ONE, match.end()
        else:
            factor, stop = step[0], step[1]
        part = EXACT.multiply(Decimal(match[1].replace(",", "")), factor)
        if factor >= scale or part >= scale:
            break
        values, end, scale = tuple(EXACT.add(v, part) for v in values), stop, factor
    return values, end


def next_scale(text: str, end: int, language: str, money: bool) -> tuple[Decimal | None, int, bool] | None:
    """The scale that stands next: its factor (None for one that is not read), its end, whether it may be a unit."""
    if unspaced := _unspaced_scale(text, end, language):
        return (*unspaced, False)
    if not (match := _NEXT_WORD.match(text, end)):
        return None
    word = match[1]
    glued = match.start(1) == end
    if (word.endswith(".") and scale_of(word, language) is None) or (
        word.endswith(".") and not _takes_point(word, language)
    ):
        word = word[:-1]
    stop = match.start(1) + len(word)
    factor = scale_of(word, language)
    if factor is None:
        return (None, stop, False) if is_like_scale(word, language) else None
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
    money = money or after[:1] in tuple(CURRENCY_SIGNS) or re.match(MONEY, after, re.IGNORECASE) is not None
    money = money or (re.match(r"[A-Z]{3}(?![A-Za-z])", after) is not None and is_currency(after[:3]))
    if money:
        return factor, stop, False
    if word in languages.scales(language):
        return factor, stop, False  # "1 k" in French
    if word in ("MM", "grand"):
        return None, stop, False  # millions in the money pages, a thousand in talk, but not surely
    if word in ("t", "mm") or (not glued and word in ("m", "k", "b", "T", "L", "B", "cr")):
        return None
    return factor, stop, word in ("m", "k", "b")


def scale_of(word: str, language: str) -> Decimal | None:
    """What a word or a letter multiplies a number by; None for one that does not."""
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


def is_like_scale(word: str, language: str) -> bool:
    """An inflected "million", or a "millionaire": it cannot be passed over."""
    key = scale_key(word)
    if key in ("score", "zillion"):
        return True
    return len(key) >= 6 and key[:6] in _scale_stems(language) and not key.startswith(("billet", "milita"))


def _needs_no_space(character: str) -> bool:
    """Whether a scale that begins so may follow a number at once: in Thai, Chinese, Japanese, Korean."""
    # Not a pattern: a set of such ranges takes milliseconds to compile, at the start of every check.
    return (
        "\u0e00" <= character <= "\u0e7f"
        or "\u3400" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7af"
    )


@cache
def _unspaced_scales(language: str) -> dict[str, Decimal]:
    more = {word: Decimal(factor) for word, factor in _MORE_SCALES.items()}
    return {word: f for word, f in {**more, **languages.scales(language)}.items() if _needs_no_space(word[0])}


def _unspaced_scale(text: str, end: int, language: str) -> tuple[Decimal, int] | None:
    """A scale in a script without spaces, where it need not be followed by the end of a word."""
    at = end + (text[end : end + 1] in (" ", HARD_SPACE))
    if at < len(text) and _HAN_MORE.match(text, at) and _needs_no_space(text[at + 1 : at + 2]):
        at += 1
    if at >= len(text) or not _needs_no_space(text[at]):
        return None
    table = _unspaced_scales(language)
    for length in (10, 9, 8, 7, 6, 5, 4, 3, 2, 1):
        if (word := text[at : at + length]) in table:
            return table[word], at + len(word)
    return None
