"""A text as a list of what there is to do: its sentences by place, with their numbers, dates and names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefing.texts import calendar, labels, numbers
from briefing.texts.language import ENGLISH, kind
from briefing.texts.structure import Heading
from briefing.texts.text import SourceText
from briefing.writing.readable import on_one_line
from briefing.writing.scalars import remark

_LONGEST_SENTENCE = 160
_LONGEST_PICK = 60
_MOST_PICKS = 8  # of one kind in one sentence
_MOST_NAMES = 20  # of the whole text

_LINKING = "of|the|for|de|la|las|los|el|del|da|do|dos|das|di|du|des|van|von|der|den|al|bin|ibn|и"
# Words that begin in upper case, and small ones between two of them: "Bank of the South".
_CAPITALISED = re.compile(
    rf"\b[^\W\d_a-z][\w’'.-]*(?:[ \t]+(?:(?:{_LINKING})[ \t]+){{0,2}}[^\W\d_a-z][\w’'.-]*){{0,7}}"
)
_OWN_NUMBER = re.compile(r"\W{0,3}\d{1,3}[.)]+(?!\d)")
_YEAR = re.compile(r"\d\d|[〇零一二三四五六七八九十百千年]")
_NUMERAL = re.compile(r"[\d〇一二三四五六七八九十百千年]")
_WORD = re.compile(r"[^\W\d_]+")
_AFTER_NUMBER = re.compile(r"[ \u00a0\n][^\W\d_]{2,20}\b")
_MOST_DATES = 50  # of one sentence, that its numbers are compared with
_POSSESSIVE = re.compile("[’']s(?: |$)")
_NO_CASE = ("ar", "he", "fa", "zh", "ja", "ko", "th", "hi", "ka")


class Picked(NamedTuple):
    """What a sentence holds that an item may be made of."""

    dates: tuple[str, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]


class Words(NamedTuple):
    """What a whole text tells of its words."""

    ordinary: frozenset[str]
    """Those that it has in lower case."""
    names: frozenset[str]
    """Those that it has in upper case within a sentence."""
    counting: frozenset[str]
    """Those that are numbers, in lower case."""


def worklist(text: SourceText) -> Iterator[str]:
    """The lines of the list, without the marks of a comment; headings stand before what they head."""
    structure = text.structure
    words = words_of(text.raw, text.language)
    texts = [on_one_line(sentence.text) for sentence in structure.sentences]
    picked = [picks(each, text.language, words) for each in texts]
    counts = Counter(name for each in picked for name in each.names)
    yield "1 sentence" if len(picked) == 1 else f"{len(picked):,} sentences"
    if frequent := [f"{name} ({count})" for name, count in counts.most_common(_MOST_NAMES) if count > 1]:
        yield f"names, the most frequent first: {', '.join(frequent)}"
    # Words such as State and Convention in a treaty say nothing of a sentence.
    common = {name for name, count in counts.items() if " " not in name and count > max(5, len(picked) / 20)}
    headings = list(reversed(structure.headings))
    for sentence, said, found in zip(structure.sentences, texts, picked, strict=True):
        while headings and headings[-1].start < sentence.end:
            yield ""
            yield f"== {_called(headings.pop())}"
        line = structure.position(sentence.start).line
        place = remark(sentence.place, _LONGEST_PICK)
        yield f"[ ] {place}, line {line}: {remark(said, _LONGEST_SENTENCE)}"
        names = tuple(name for name in found.names if name not in common)
        yield from _picked_lines(found._replace(names=names))
    for heading in reversed(headings):
        yield f"== {_called(heading)}"


def _called(heading: Heading) -> str:
    return remark(heading.text, _LONGEST_SENTENCE)


def _picked_lines(found: Picked) -> Iterator[str]:
    said = [
        f"{kind}: {' | '.join(values[:_MOST_PICKS])}"
        for kind, values in zip(found._fields, found, strict=True)
        if values
    ]
    if said:
        yield f"      {'; '.join(said)}"


def words_of(raw: str, language: str) -> Words:
    """The words of a text, as far as names and numbers are told from others by them."""
    ordinary = frozenset(re.findall(r"\b[^\W\d_A-Z][\w’'-]*", raw))
    names = frozenset(re.findall(r"(?<=[\w,] )[^\W\d_a-z][\w’'-]+", raw))
    counting = frozenset(word for word in set(_WORD.findall(raw.lower())) if _counts(word, language))
    return Words(ordinary, names, counting)


def _counts(word: str, language: str) -> bool:
    return any(kind(word, each) for each in dict.fromkeys((language, ENGLISH)))


def picks(text: str, language: str, words: Words) -> Picked:
    """The dates, numbers and names of one sentence, each once, in order."""
    # Looking for dates and numbers costs the most of all this, and most sentences have none.
    own_number = _OWN_NUMBER.match(text)
    after = own_number.end() if own_number else 0
    has_numeral = _NUMERAL.search(text, after) is not None
    dates = calendar.written_dates(text, language) if _YEAR.search(text, after) else []
    may_count = has_numeral or not words.counting.isdisjoint(_WORD.findall(text.lower()))
    spans = [(date.start, date.end) for date in dates]
    quantities = _quantities(text, language, spans) if may_count else ()
    # So that the March of a date is no name.
    rest = text
    for date in dates[:_MOST_DATES]:
        rest = rest.replace(date.text, "0")
    names = _names(rest, words) if language.partition("-")[0] not in _NO_CASE else ()
    return Picked(_once(date.text for date in dates), _once(quantities), _once(names))


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(remark(each, _LONGEST_PICK) for each in found))


def _quantities(text: str, language: str, dates: list[tuple[int, int]]) -> Iterator[str]:
    """The numbers that state a value, each with the word after it: `six months`. `(1)` is the number of a paragraph."""
    for number in numbers.numbers(text, language):
        in_brackets = (
            text[max(number.start - 1, 0) : number.start] == "(" and text[number.end : number.end + 1] == ")"
        )
        in_date = any(start <= number.start < end for start, end in dates[:_MOST_DATES])
        if not (number.names or number.weak or in_brackets or in_date):
            after = _AFTER_NUMBER.match(text, number.end)
            yield number.text + (after[0] if after else "")


def _names(text: str, words: Words) -> Iterator[str]:
    """Runs of capitalised words; what only begins a sentence is none, nor a small word before one."""
    first = next((at for at, character in enumerate(text) if character.isalpha()), 0)
    for match in _CAPITALISED.finditer(text):
        name = match[0].rstrip(".-'’")
        if match.start() <= first or _after_number(text, match.start()):
            name = _without_first(name, words)
        for part in _POSSESSIVE.split(name):
            if part[:1].isupper() and len(part) > 1 and part.lower() not in labels.ALL:
                yield part


def _without_first(name: str, words: Words) -> str:
    """The name without a first word that has its capital from the sentence."""
    word, _, rest = name.partition(" ")
    if word.lower() in words.ordinary:
        return rest
    return name if rest or word in words.names else ""


def _after_number(text: str, start: int) -> bool:
    """Whether only the number of a point is before: `2. Any State`, `(a) Any`."""
    return start < 8 and re.fullmatch(r"\W*\w{1,4}[.)]+\s*\W*", text[:start]) is not None
