"""What reading numbers and dates takes of a language: its locale, its number words, a text made plain.

Babel and text2num are imported here, when first needed.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable
from decimal import Context, Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from babel import Locale

EXACT = Context(prec=100)
"""How numbers are reckoned with: no number of a text has so many digits."""
ENGLISH = "en"
RELATED = (ENGLISH, "es", "fr", "de", "it", "pt", "nl", "ru", "ar")
"""Languages whose words are known in every text: a quote may be in another language than its source."""
HARD_SPACE = "\u00a0"

_LONGEST_WORDS = 200  # in characters, of what is handed to text2num
_INVISIBLE = "\u093c\u09bc\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_FOLDED = {
    " ": "\t\x1f\u1680\u2000\u2001\u2002\u2003\u2004\u205f\u3000",
    HARD_SPACE: "\u2005\u2006\u2007\u2008\u2009\u200a\u202f",
    "\n": "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029",
    "-": "\u2010\u2011\ufe63\uff0d",
    "\u2013": "\u2012\ufe58",
    "\u2014": "\u2015",
    "'": "\u2018\u2019\u02bc\u02b9\uff07\u2032",
    "~": "\u301c\uff5e",
}
_PLAIN = {variant: plain for plain, variants in _FOLDED.items() for variant in variants}
_LIGATURES = "\ufb00-\ufb06"
# A letter with its marks apart, the dot of Hindi, which is often left out, and the hamza on a last Persian letter.
_MARKED = "\\w[\u0300-\u036f\u0653-\u0655]+"
_DOTTED = dict(
    zip(
        "\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u095f\u0130",
        "\u0915\u0916\u0917\u091c\u0921\u0922\u092b\u092fI",
        strict=True,
    )
)


_REWRITTEN = f"[{_INVISIBLE}]+|[{_LIGATURES}]|{_MARKED}"


_PLAIN_ASCII = {ord(character): plain for character, plain in _PLAIN.items() if character.isascii()}


class Plain(NamedTuple):
    """A text with plain digits, spaces, dashes and apostrophes, and without what cannot be seen."""

    text: str
    origins: "array[int] | None"
    """The offset of every character in the text as given; None where none has moved."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end], which is not empty, stands in the text as given."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def plain(text: str) -> Plain:
    """Fold what is only typography, and keep the way back to the offsets of the text."""
    if text.isascii():
        return Plain(text.translate(_PLAIN_ASCII), None)
    origins = None
    if re.search(_REWRITTEN, text):
        text, origins = _without_invisible(text)
    return Plain(text.translate({ord(c): _plain_character(c) for c in set(text)}), origins)


def _plain_character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character in _DOTTED:
        return _DOTTED[character]
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return character


def _without_invisible(text: str) -> "tuple[str, array[int]]":
    pieces: list[str] = []
    origins = array("I")
    done = 0
    for match in re.finditer(_REWRITTEN, text):
        # Of marks alone nothing is left; nor of those that no letter takes.
        letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", match[0])))
        pieces += text[done : match.start()], letters
        origins.extend(range(done, match.start()))
        origins.extend([match.start()] * len(letters))
        done = match.end()
    pieces.append(text[done:])
    origins.extend(range(done, len(text)))
    return "".join(pieces), origins


def undivided(folded: Plain, is_word: Callable[[str], bool]) -> Plain:
    """The text with words joined that a line end divides, where `is_word` knows the whole: mil-|lion, six-|ty."""
    cuts = [
        match.span(2)
        for match in re.finditer(r"([^\W\d_]{1,20})(-\n[ ]*)(?=([^\W\d_]{1,20}))", folded.text)
        if is_word(match[1] + match[3])
    ]
    if not cuts:
        return folded
    pieces, origins, done = [], array("I"), 0
    before = folded.origins or range(len(folded.text))
    for start, end in [*cuts, (len(folded.text), len(folded.text))]:
        pieces.append(folded.text[done:start])
        origins.extend(before[done:start])
        done = end
    return Plain("".join(pieces), origins)


@lru_cache(maxsize=64)
def base(language: str) -> str:
    """The language alone of a tag: `es` of `es-SV`."""
    return re.split("[-_]", language, maxsplit=1)[0].lower()


@lru_cache(maxsize=64)
def locale(language: str) -> "Locale":
    """The CLDR locale of a BCP 47 tag, or of as much of it as CLDR knows; English for none."""
    from babel import Locale, UnknownLocaleError

    parts = re.split("[-_]", language)[:4]
    while parts:
        try:
            return Locale.parse("_".join(parts))
        except (UnknownLocaleError, ValueError, TypeError):
            parts.pop()
    return Locale.parse(ENGLISH)


@cache
def reads_words(language: str) -> bool:
    """Whether numbers written in words of this language are read."""
    from text_to_num import text2num

    try:
        text2num("x", base(language))
    except ValueError as error:
        return "unsupported" not in str(error)
    return True


def word_value(words: str, language: str) -> int | None:
    """The value of a short run of words that is one cardinal number, or None."""
    return _read(words, base(language))[0]


def ordinal_value(words: str, language: str) -> int | None:
    """The value of a short run of words that is one ordinal number ("twenty-first"), or None."""
    return _read(words, base(language))[1]


@lru_cache(maxsize=1 << 16)
def _read(words: str, language: str) -> tuple[int | None, int | None]:
    from text_to_num import alpha2digit, text2num

    if not words or len(words) > _LONGEST_WORDS or not reads_words(language):
        return None, None
    words = words.lower().replace("iún", "iuno") if language == "es" else words.lower()
    try:
        value = text2num(words, language)
    except (ValueError, OverflowError) as error:
        if "invalid digit" not in str(error):
            return None, None
        digits = re.fullmatch(r"([0-9]{1,9})\D{0,4}", alpha2digit(words, language, 0))
        return None, int(digits[1]) if digits else None
    return (int(value), None) if abs(value) < 10**18 else (None, None)


Kind = Literal["cardinal", "ordinal", ""]


def kind(word: str, language: str) -> Kind:
    """What one word by itself is among numbers."""
    cardinal, ordinal = _read(word, base(language))
    return "cardinal" if cardinal is not None else "ordinal" if ordinal is not None else ""


@cache
def scales(language: str) -> dict[str, Decimal]:
    """What CLDR calls thousands and millions, short and long: the word and its factor.

    Words of three letters or more are in lower case; shorter ones are as they are written.
    """
    found: dict[str, Decimal] = {}
    for length in ("short", "long"):
        for plural in (locale(language).compact_decimal_formats.get(length) or {}).values():
            for power, pattern in plural.items():
                _add_scale(found, Decimal(power), str(getattr(pattern, "pattern", pattern)))
    return found


def _add_scale(found: dict[str, Decimal], power: Decimal, pattern: str) -> None:
    zeros = pattern.count("0")
    word = re.sub(rf"['0{_INVISIBLE}]", "", pattern.split(";")[0]).replace(HARD_SPACE, " ").strip()
    # "mil millones" is read word by word, as is every other scale upon a scale.
    if zeros and word and " " not in word:
        found.setdefault(scale_key(word), power / 10 ** (zeros - 1))


@lru_cache(maxsize=1 << 12)
def scale_key(word: str) -> str:
    """A word as `scales` has it."""
    word = plain(word).text
    bare = word.removesuffix(".").removesuffix("\u0970")
    return bare.lower() if len(bare) >= 3 else bare
