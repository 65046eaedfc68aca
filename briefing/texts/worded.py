"""Numbers in words, fractions and groups in words, and numbers in Chinese characters."""

import re
from collections.abc import Iterator
from decimal import Decimal

from briefing.texts import language as languages
from briefing.texts.amount import MINUS_WORD, MOST, ONE, Amount, label_of
from briefing.texts.fractions import fractions
from briefing.texts.han import han_numbers
from briefing.texts.language import ENGLISH, EXACT
from briefing.texts.scales import AND_A_HALF, scale_of, with_scales

_WORD = re.compile(r"[^\W\d_]+")
_BREAK_IN_RUN = re.compile(r"[ \u00a0\n]{1,3}|-\n?")
_CONNECTORS = frozenset(("and", "y", "e", "et", "und", "en", "i"))
_POINTS = frozenset(("point", "coma", "comma", "virgule", "vírgula", "virgola", "komma", "punto"))
_NO_NUMBERS = frozenset(("o", "tens"))  # "five o'clock", "tens of thousands"
_PERCENT = re.compile(r"(?:pour|por|per|pro)\s{1,2}$", re.IGNORECASE)
_SO_MANY = frozenset(("cientos", "cientas", "miles"))  # "hundreds of": how many, nobody knows
_ONES = frozenset(("one", "un", "una", "uno", "une", "ein", "eine", "um", "uma", "een", "o", "a"))
_LONGEST_RUN = 10
_HALF_A = re.compile(
    r"(?<!\w)(?:(?:an?|une?|uma?|un)\s+)?(?:half(?:\s+an?)?|medio|media|mei[oa]|mezz[oa]|demi|ein\s+halbes|eine\s+halbe|halbe|half)[\s-]+$",
    re.IGNORECASE,
)
_OF_A = re.compile(r"\s(?:of\san?|of|de\sun|d'un|de|di\sun|di|van\seen|einer)(?=\s)", re.IGNORECASE)
_A = re.compile(r"(?:an?|ein|eine|einer|einem|een|une?|um|una|uma)\s+$", re.IGNORECASE)


def in_parts(text: str, language: str) -> Iterator[Amount]:
    """Fractions and groups in words; a scale may follow them: "three quarters of a million"."""
    for count, part in enumerate(fractions(text, language)):
        if count >= MOST:
            return
        if part.value is None:
            yield Amount(part.start, part.end, Decimal(0), names=True, word=True)
            continue
        between = _OF_A.match(text, part.end)
        after = between.end() if between else part.end
        values, end, scale, unread, _ = with_scales(text, (part.value,), after, language, False)
        if scale == 1 and part.needs_scale:
            continue
        if scale == 1:
            end = part.end
        loose = scale == 1 and part.value == Decimal("0.5")  # "the half of it" says no more than "some"
        yield Amount(part.start, end, values[0], names=unread, weak=loose, scale=scale, word=True)


def in_han(text: str) -> Iterator[Amount]:
    """Numbers in Chinese characters, as Chinese and Japanese write them."""
    for count, number in enumerate(han_numbers(text)):
        if count >= MOST:
            return
        value, single = number.value, number.end - number.start == 1
        yield Amount(
            number.start, number.end, value or Decimal(0), names=value is None, weak=single, word=True
        )


def in_words(text: str, language: str) -> Iterator[Amount]:
    """Numbers in words, in order; MOST at most."""
    reading = [language] if languages.reads_words(language) else []
    if languages.base(language) != ENGLISH:
        reading.append(ENGLISH)
    words = list(_WORD.finditer(text))
    kinds = _kinds({word[0].lower() for word in words}, reading)
    at, count = 0, 0
    unread = -1  # where a number ended whose words go on: those that follow are no number by themselves
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
) -> tuple[Amount | None, int]:
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


def _ordinal(text: str, words: list[re.Match[str]], at: int, size: int, value: int) -> Amount | None:
    return Amount(words[at].start(), words[at + size - 1].end(), Decimal(value), names=True, word=True)


def _opened(window: str, size: int, value: int, language: str) -> tuple[int, Decimal] | None:
    """How long what opens `a million` or `half a million` is, and what it divides by; None: no number alone."""
    if half := _HALF_A.search(window):
        return len(half[0]), Decimal(2)
    if article := _A.search(window):
        return len(article[0]), ONE
    if size == 1 and (value >= 10**6 or languages.base(language) == ENGLISH):
        return None
    return 0, ONE


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
) -> Amount | None:
    start, end = words[at].start(), words[at + size - 1].end()
    number, scale = Decimal(value), ONE
    single = words[at][0].lower()
    factor = scale_of(single, language)
    if size == 1 and single in _SO_MANY:
        return None
    weak = foreign or (size == 1 and (value <= 1 or single in _ONES))
    if factor == number and factor is not None:
        opened = _opened(text[max(0, start - 24) : start], size, value, language)
        if opened is None:
            return None
        start, number, scale = start - opened[0], EXACT.divide(number, opened[1]), factor
    if half := AND_A_HALF.match(text, end):
        unit = ONE if value < 1000 else _largest(words, at, size, language)
        number, end = EXACT.add(number, EXACT.divide(unit, Decimal(2))), half.end()
        values, end, scale, unread, _ = with_scales(text, (number,), end, language, False)
        return Amount(start, end, values[0], names=unread, weak=weak, scale=scale, word=True)
    values, end, more, unread, _ = with_scales(text, (number,), end, language, False)
    if more == 1 and value >= 100:
        scale = _largest(words, at, size, language)
    negative = MINUS_WORD.search(text[max(0, start - 24) : start]) is not None
    result = -values[0] if negative else values[0]
    follow = words[at + size] if at + size < len(words) else None
    runs_on = _runs_on(text, end, follow, is_whole=size >= run)
    label = label_of(text, start, None, language)
    names = unread or runs_on or bool(label)
    return Amount(
        start, end, result, (), names, weak and more == 1, more if more != 1 else scale,
        word=True, label=label, unread=runs_on,
    )  # fmt: skip


def _largest(words: list[re.Match[str]], at: int, size: int, language: str) -> Decimal:
    scale = scale_of(words[at + size - 1][0], language)
    return scale if scale is not None else ONE
