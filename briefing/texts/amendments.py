"""Two versions of a text: which of its sentences and titles changed, are new, are gone or moved.

What does not count in a proof does not count here: line ends, hyphenation, the shape of marks, page
heads. The work is linear but for a logarithm, whatever the texts: what occurs once in both versions
holds them together, and what lies between is compared with its neighbours alone.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from briefing.texts.enumeration import mark_at
from briefing.texts.normal import folded, words_of
from briefing.texts.span import Span
from briefing.texts.structure import Sentence, Structure

Amended = Literal["changed", "new", "deleted", "moved"]
"""What became of a sentence; `moved`: the same words in another place."""

_NEIGHBOURS = 12  # how far apart two sentences that are compared may stand
_ALIKE = 0.5  # how much of their words a sentence and its successor share, from 0 to 1
_HASH = 4  # characters of the short hash of a sentence
_MOST_HASHES = 20_000  # sentences of a text, beyond which none are kept
_SAME_PLACE = 0.1  # added to the likeness of two that have the same place


class Unit(NamedTuple):
    """A sentence or the title of a heading."""

    span: Span
    text: str
    place: str
    article: str
    key: str
    """What is compared: made alike, and without the number of a heading or paragraph, which an insertion moves on."""


class Amendment(NamedTuple):
    """What became of one sentence: at least one of `old` and `new` is there.

    Where only hashes of the old text are known, `old` is there only for what is gone, with no words.
    """

    kind: Amended
    old: Unit | None
    new: Unit | None


def units(structure: Structure) -> list[Unit]:
    """The sentences and the titles of headings, in order."""
    found = [
        _unit(structure, Span(each.start, each.end), each.text, _without_number(structure, each))
        for each in structure.sentences
    ]
    for heading in structure.headings:
        if heading.text:
            without = heading.text.replace(heading.number, "", 1) if heading.number else heading.text
            found.append(_unit(structure, Span(heading.start, heading.end), heading.text, without))
    return sorted(found)


def _without_number(structure: Structure, sentence: Sentence) -> str:
    """A sentence without the number of its paragraph or point; the day of a date is none.

    Also where the structure does not take it for one: a list that lost its first paragraph begins with 2.
    """
    text = sentence.text
    words = structure.words(sentence)
    if words == text and (mark := mark_at(text)) and structure.begins_line(sentence):
        words = text if mark.style == "A." else text[mark.end :]
    first = words.split(maxsplit=1)[0] if words.strip() else ""
    is_day = text[0].isdigit() and words != text and _may_follow_day(first, structure.language)
    return text if is_day else words


@lru_cache(4096)
def _may_follow_day(word: str, language: str) -> bool:
    """Whether a word behind a number makes a date of it: `3. Februar`, `3. 2. 2025`."""
    from briefing.texts.calendar import written_dates  # with CLDR: only where there is a number

    return word[:1].isdigit() or any(date.start == 0 for date in written_dates(f"1. {word} 2000", language))


def _unit(structure: Structure, span: Span, text: str, compared: str) -> Unit:
    return Unit(span, text, structure.place(span.start), structure.article(span.start), folded(compared))


def amendments(old: Sequence[Unit], new: Sequence[Unit]) -> list[Amendment]:
    """What became of the sentences, in the order of the new text, what is gone where it was."""
    kept = aligned([unit.key for unit in old], [unit.key for unit in new])
    pairs = [*kept, (len(old), len(new))]
    found: list[Amendment] = []
    at_old = at_new = 0
    for end_old, end_new in pairs:
        found += _between(old[at_old:end_old], new[at_new:end_new])
        at_old, at_new = end_old + 1, end_new + 1
    return _with_moves(found)


def _between(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[Amendment]:
    """What became of the sentences between two that stayed."""
    partners = _partners(old, new)
    taken = set(partners.values())
    left = iter([number for number in range(len(old)) if number not in taken])
    gone = next(left, None)
    for number, unit in enumerate(new):
        partner = partners.get(number)
        # What is gone comes before the first that stood after it.
        while partner is not None and gone is not None and gone < partner:
            yield Amendment("deleted", old[gone], None)
            gone = next(left, None)
        if partner is None:
            yield Amendment("new", None, unit)
        elif old[partner].key != unit.key:
            yield Amendment("changed", old[partner], unit)
    while gone is not None:
        yield Amendment("deleted", old[gone], None)
        gone = next(left, None)


def _partners(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """For each new sentence the old one that it was, if any: the most alike are paired first."""
    if not old or not new:
        return {}
    old_words = [Counter(words_of(unit.text)) for unit in old]
    new_words = [Counter(words_of(unit.text)) for unit in new]
    scores: list[tuple[float, int, int]] = []
    for number, words in enumerate(new_words):
        middle = number * len(old) // len(new)
        for other in range(max(middle - _NEIGHBOURS, 0), min(middle + _NEIGHBOURS + 1, len(old))):
            score = _likeness(words, old_words[other])
            score += _SAME_PLACE if old[other].place == new[number].place else 0
            if score >= _ALIKE:
                scores.append((-score, number, other))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, other in sorted(scores):
        if number not in found and other not in taken:
            found[number] = other
            taken.add(other)
    return found


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def _with_moves(found: list[Amendment]) -> list[Amendment]:
    """What is gone in one place and new in another with the same words has moved."""
    gone: dict[str, list[Amendment]] = {}
    for each in found:
        if each.kind == "deleted" and each.old is not None:
            gone.setdefault(each.old.key, []).append(each)
    moved: set[int] = set()
    told: list[Amendment] = []
    for each in found:
        before = gone.get(each.new.key) if each.kind == "new" and each.new else None
        if before:
            source = before.pop(0)
            moved.add(id(source))
            each = Amendment("moved", source.old, each.new)
        told.append(each)
    return [each for each in told if id(each) not in moved]


def hashes(these: Sequence[Unit]) -> str:
    """A short hash of each sentence, one after another; nothing of a text that has too many.

    24 bits are enough: few hashes are the same by chance, and the order of the others tells which those
    are.
    """
    return "".join(map(_hash, these)) if len(these) <= _MOST_HASHES else ""


def count_of(kept: str) -> int:
    """How many sentences these are the hashes of."""
    return len(kept) // _HASH


def _hash(unit: Unit) -> str:
    from base64 import urlsafe_b64encode
    from hashlib import blake2b

    return urlsafe_b64encode(blake2b(unit.key.encode(errors="replace"), digest_size=3).digest()).decode()


def amendments_since(kept: str, new: Sequence[Unit]) -> list[Amendment]:
    """The same where of the old text only the hashes of its sentences are known.

    Where some sentences are gone and some are new, they are taken for one another in
    the order of the text. What is gone has no words, and the place of the sentence before it.
    """
    old_keys = [kept[at : at + _HASH] for at in range(0, len(kept), _HASH)]
    new_keys = [_hash(unit) for unit in new]
    pairs = [*aligned(old_keys, new_keys), (len(old_keys), len(new))]
    stayed_old, stayed_new = ({pair[side] for pair in pairs} for side in (0, 1))
    gone = Counter(key for number, key in enumerate(old_keys) if number not in stayed_old)
    came = Counter(key for number, key in enumerate(new_keys) if number not in stayed_new)
    moved_old, moved_new = gone & came, gone & came
    found: list[Amendment] = []
    at_old = at_new = 0
    for end_old, end_new in pairs:
        count = sum(not _took(moved_old, key) for key in old_keys[at_old:end_old])
        for number in range(at_new, end_new):
            if _took(moved_new, new_keys[number]):
                found.append(Amendment("moved", None, new[number]))
            else:
                found.append(Amendment("changed" if count else "new", None, new[number]))
                count = max(count - 1, 0)
        before = new[end_new - 1] if end_new else Unit(Span(0, 0), "", "", "", "")
        found += [Amendment("deleted", before._replace(text="", key=""), None)] * count
        at_old, at_new = end_old + 1, end_new + 1
    return found


def _took(counts: Counter[str], key: str) -> bool:
    """Take one of these: whether one was left."""
    counts[key] -= 1
    return counts[key] >= 0


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The positions of what stayed, in order: patience diff, without its recursion.

    What occurs exactly once on each side and in the same order holds the two together; from each of
    these, equal neighbours stay too.
    """
    anchors = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    for (low_old, low_new), (high_old, high_new) in pairwise(anchors):
        if low_old >= 0:
            yield low_old, low_new
        before = 0
        most = min(high_old - low_old, high_new - low_new) - 1
        while before < most and old[low_old + 1 + before] == new[low_new + 1 + before]:
            before += 1
        after = 0
        while after < most - before and old[high_old - 1 - after] == new[high_new - 1 - after]:
            after += 1
        yield from ((low_old + 1 + step, low_new + 1 + step) for step in range(before))
        yield from ((high_old - step, high_new - step) for step in range(after, 0, -1))


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest series of what occurs once on each side, in the same order on both."""
    in_old, in_new = Counter(old), Counter(new)
    where = {each: number for number, each in enumerate(new) if in_new[each] == 1}
    common = [(number, where[each]) for number, each in enumerate(old) if in_old[each] == 1 and each in where]
    ends: list[int] = []  # of the series of each length, the smallest last position in the new
    last: list[int] = []  # and which of the common ones that is
    before: list[int] = []
    for number, (_, position) in enumerate(common):
        length = bisect_left(ends, position)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [position]
        last[length : length + 1] = [number]
    series: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        series.append(common[at])
        at = before[at]
    return series[::-1]


class Touched:
    """Which of some passages, in order and apart from one another, a span touches."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts, self._ends = [span.start for span in spans], [span.end for span in spans]

    def by(self, span: Span) -> range:
        """The positions of the passages."""
        return range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))
