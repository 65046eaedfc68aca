"""Every place of some words in a text, as evidence: the shortest quote around it that proves itself.

What is proposed has been looked for as a proof looks, and stands in the text exactly once.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from briefing.problem import UNSAFE
from briefing.texts.matching import PLACES, Found, Query
from briefing.texts.normal import UNSPACED, folded
from briefing.texts.pages import outside
from briefing.texts.span import Span
from briefing.texts.text import Context, SourceText
from briefing.writing.readable import on_one_line

MOST_PLACES = 5_000
"""How many places of the words get a quote in one text."""

_MOST_COUNTED = 100_000

_MOST_WORDS = 24  # that are added to the words asked for
_NEAR = 400  # characters on either side in which a quote may begin or end
_MOST_STEPS = 1_000_000  # bounds the work on a text that repeats itself
_MOST_TRIES = 4  # quotes around one place that are held against the text
_MORE_WORDS = 6  # on either side, where the words alone cannot be told from others
_MOST_CONTEXTS = 100  # places for which words before and after are looked for

_OWN_NUMBER = re.compile(r"[(（]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[^\W\d_]|[ivxIVX]{1,5})[.)）]+ ?")
_PIECE = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
_MARKS = ".,;:!?…\"'()[]{}<>‘’“”„«»¿¡、。，；：！？（）「」『』【】《》،؛؟-–—*_#"
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")


class Suggestion(NamedTuple):
    """A quote around the words, and what else an entry of evidence needs to be proved."""

    quote: str
    prefix: str
    suffix: str
    locator: str
    """The place, where only that tells the quote from others."""
    place: str
    line: int
    start: int
    """Where the quote begins in the text, in code points."""
    end: int
    sentence: str
    """The sentence or heading that the words stand in, on one line."""


class Suggestions(NamedTuple):
    """The proposals for one text, in order, and for how many places there is none."""

    found: list[Suggestion]
    lost: int
    is_cut: bool = False
    """Whether there are more places than MOST_PLACES."""


class _Unit(NamedTuple):
    """A sentence, or a heading."""

    start: int
    end: int
    text: str


class _Hit(NamedTuple):
    """One place of the words: offsets are of the text made comparable."""

    start: int
    end: int
    raw: Span
    unit: _Unit
    lefts: tuple[int, ...]
    """Where a longer quote may begin, the nearest first."""
    rights: tuple[int, ...]


class _Try(NamedTuple):
    """A quote to be held against the text."""

    hit: int
    quote: str


def suggestions(
    text: SourceText,
    words: Sequence[str],
    within: Sequence[Span] | None = None,
    used: Sequence[tuple[int, int]] | None = None,
) -> Suggestions:
    """A quote for every place of the words; with several phrases, where one sentence has all of them.

    Case does not count, and a word with * at its end stands for all that begin so. `within` are the
    only parts to look in; with `used`, only sentences that none of these passages touches.
    """
    units = _units(text)
    if not units:
        return Suggestions([], 0)
    unused = None if used is None else {sentence.start for sentence in text.structure.unused(used)}

    def is_wanted(span: tuple[int, int]) -> bool:
        raw = text.normal.origin(*span)
        if within is not None and not _is_within(raw, within):
            return False
        return unused is None or units[_unit_at(units, raw.start)].start in unused

    spans = _spans(text, units, words)
    is_filtered = within is not None or used is not None
    all_wanted = [span for span in spans if is_wanted(span)] if is_filtered else spans
    chosen = set(all_wanted[:MOST_PLACES])
    # The other places are there to tell the wanted ones from them.
    others = islice((span for span in spans if span not in chosen), MOST_PLACES - len(chosen))
    hits = [_hit(text, units, *span) for span in sorted((*chosen, *others))]
    wanted = [at for at, hit in enumerate(hits) if (hit.start, hit.end) in chosen]
    settled = _settled(text, hits, wanted)
    settled.update(_by_context(text, hits, [at for at in wanted if at not in settled]))
    found = [settled[at] for at in wanted if at in settled]
    distinct = list(dict.fromkeys(found))  # two places in one phrase may have the same quote
    return Suggestions(distinct, len(wanted) - len(found), len(all_wanted) > MOST_PLACES)


def occurrences(text: SourceText, phrase: str) -> int:
    """At how many places a phrase stands, as `suggestions` looks for it; counted up to a hundred thousand."""
    return len(_occurrences(text, phrase))


def _is_within(span: Span, parts: Sequence[Span]) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in parts)


# --- where the words are ---


def _spans(text: SourceText, units: list[_Unit], words: Sequence[str]) -> list[tuple[int, int]]:
    phrases = [_occurrences(text, phrase) for phrase in dict.fromkeys(words)]
    return phrases[0] if len(phrases) == 1 else _together(text, units, phrases)


def _units(text: SourceText) -> list[_Unit]:
    structure = text.structure
    units = [_Unit(s.start, s.end, s.text) for s in structure.sentences]
    units += [_Unit(h.start, h.end, h.text) for h in structure.headings]
    return sorted(units)


def _occurrences(text: SourceText, phrase: str) -> list[tuple[int, int]]:
    """Every place of a phrase in whole words, whatever their case; of word* all that begin so."""
    is_open = phrase.endswith("*")
    needle = folded(phrase.rstrip("*"))
    if not needle:
        return []
    normal, found, end = text.normal.text, [], 0
    for match in re.finditer(re.escape(needle), normal, re.IGNORECASE):
        start = match.start()
        if start < end or text.is_inside(start):
            continue
        at = match.end()
        while is_open and text.is_inside(at) and at - start < _NEAR:
            at += 1
        if not text.is_inside(at):
            found.append((start, at))
            end = at
            if len(found) == _MOST_COUNTED:
                break
    return found


def _together(
    text: SourceText, units: list[_Unit], phrases: list[list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """The shortest stretches of each sentence that hold all of the phrases."""
    by_unit: dict[int, list[tuple[int, int, int]]] = {}
    for number, places in enumerate(phrases):
        for start, end in places:
            by_unit.setdefault(_unit_at(units, text.normal.origin(start, end).start), []).append(
                (start, end, number)
            )
    return [span for unit in sorted(by_unit) for span in _stretches(sorted(by_unit[unit]), len(phrases))]


def _stretches(places: list[tuple[int, int, int]], count: int) -> Iterator[tuple[int, int]]:
    """The stretches that hold a place of every number; of two that overlap the shorter."""
    last: dict[int, tuple[int, int]] = {}
    kept = (-1, -1)
    for start, end, number in places:
        last[number] = (start, end)
        if len(last) < count:
            continue
        stretch = min(place[0] for place in last.values()), max(place[1] for place in last.values())
        if stretch[0] >= kept[1]:
            if kept[1] >= 0:
                yield kept
            kept = stretch
        elif stretch[1] - stretch[0] < kept[1] - kept[0]:
            kept = stretch
    if kept[1] >= 0:
        yield kept


def _unit_at(units: list[_Unit], offset: int) -> int:
    return max(bisect_right(units, offset, key=lambda unit: unit.start) - 1, 0)


def _hit(text: SourceText, units: list[_Unit], start: int, end: int) -> _Hit:
    normal = text.normal
    raw = normal.origin(start, end)
    first, last = units[_unit_at(units, raw.start)], units[_unit_at(units, raw.end - 1)]
    low, high = normal.offset(first.start), normal.offset(last.end)
    # The number of a paragraph is no part of what it says.
    own_number = _OWN_NUMBER.match(normal.text, low)
    low = own_number.end() if own_number and own_number.end() <= start else low
    return _Hit(start, end, raw, first, _lefts(normal.text, low, start), _rights(normal.text, end, high))


def _lefts(text: str, low: int, start: int) -> tuple[int, ...]:
    near = max(low, start - _NEAR)
    cuts = [match.end() for match in _UNWRITABLE.finditer(text, near, start)]
    near = cuts[-1] if cuts else near
    pieces = list(_PIECE.finditer(text, near, start))
    if near > low and not cuts:
        pieces = pieces[1:]  # the first may be half a word
    edges: list[int] = []
    for match in reversed(pieces):
        piece = match[0].lstrip(_MARKS) or match[0]
        if any(map(str.isalnum, piece)):
            edges.append(match.end() - len(_with_sign(match[0], piece)))
        if len(edges) == _MOST_WORDS:
            break
    return tuple(edges)


def _with_sign(whole: str, piece: str) -> str:
    """The piece with the minus or the point that belongs to its number."""
    if piece[0].isdigit() and len(whole) > len(piece) and whole[-len(piece) - 1] in "-.,":
        return whole[-len(piece) - 1 :]
    return piece


def _rights(text: str, end: int, high: int) -> tuple[int, ...]:
    near = min(high, end + _NEAR)
    cut = _UNWRITABLE.search(text, end, near)
    near = cut.start() if cut else near
    edges: list[int] = []
    for match in _PIECE.finditer(text, end, near):
        if near < high and not cut and match.end() == near:
            break  # this may be half a word
        piece = match[0] if re.search(r"\w\.\w", match[0]) else match[0].rstrip(_MARKS)
        if any(map(str.isalnum, piece)):
            edges.append(match.start() + len(piece))
        if len(edges) == _MOST_WORDS:
            break
    return tuple(edges)


# --- the shortest quote that is unique ---


def _settled(text: SourceText, hits: list[_Hit], wanted: list[int]) -> dict[int, Suggestion]:
    """For each place the shortest quote that the text has once; without those that have none."""
    choices = _choices(text.normal.text, hits, set(wanted))
    settled: dict[int, Suggestion] = {}
    for number in range(_MOST_TRIES):
        tries = [
            _Try(at, _readable(text, text.normal.origin(*choices[at][number])))
            for at in wanted
            if at not in settled and len(choices.get(at, ())) > number
        ]
        tries = [each for each in tries if not re.search(UNSAFE, each.quote)]
        answers = text.find_all([Query(each.quote) for each in tries], limit=2)
        for each, answer in zip(tries, answers, strict=True):
            if len(answer) == 1 and _covers(answer[0], hits[each.hit].raw):
                settled[each.hit] = _suggestion(text, hits[each.hit], answer[0], each.quote)
    return settled


def _covers(found: Found, raw: Span) -> bool:
    return found.start <= raw.start and raw.end <= found.end


def _choices(text: str, hits: list[_Hit], wanted: set[int]) -> dict[int, list[tuple[int, int]]]:
    """For each place the shortest stretches that no other place shares, by number of words.

    A quote with these words can stand again only where the words do, so the places need only be told
    from one another. All with the same stretch around them so far are one class; the next word splits it.
    """
    choices: dict[int, list[tuple[int, int]]] = {}
    classes: dict[int, dict[int, int]] = {}
    steps = 0
    for size in range(_MOST_WORDS + 1):
        grown: dict[int, dict[int, int]] = {}
        lefts: dict[int, list[int]] = {}
        for left in range(size + 1):
            keys = _keys(text, hits, classes, (left, size - left))
            steps += len(keys)
            shared, alone = _parted(keys)
            grown[left] = shared
            for at in alone:
                if at in wanted and at not in choices:
                    lefts.setdefault(at, []).append(left)
        for at, several in lefts.items():
            choices[at] = _longer_by(hits[at], size, several)
        classes = grown
        if steps > _MOST_STEPS or wanted <= choices.keys():
            break
    return choices


def _keys(
    text: str, hits: list[_Hit], classes: dict[int, dict[int, int]], size: tuple[int, int]
) -> dict[int, object]:
    """For each place that is not alone yet, what tells it from others with this many words left and right."""
    left, right = size
    if left == right == 0:
        return {at: text[hit.start : hit.end] for at, hit in enumerate(hits)}
    keys: dict[int, object] = {}
    for at, name in classes.get(left if right else left - 1, {}).items():
        hit = hits[at]
        if left > len(hit.lefts) or right > len(hit.rights):
            continue
        if right:  # one more on the right than its class
            keys[at] = name, text[hit.rights[right - 2] if right > 1 else hit.end : hit.rights[right - 1]]
        else:
            keys[at] = name, text[hit.lefts[left - 1] : hit.lefts[left - 2] if left > 1 else hit.start]
    return keys


def _parted(keys: dict[int, object]) -> tuple[dict[int, int], list[int]]:
    """The places that share their key, each with a number for it; and those that have one alone."""
    members: dict[object, list[int]] = {}
    for at, key in keys.items():
        members.setdefault(key, []).append(at)
    shared: dict[int, int] = {}
    alone = []
    for number, places in enumerate(members.values()):
        if len(places) == 1:
            alone += places
        else:
            shared.update(dict.fromkeys(places, number))
    return shared, alone


def _longer_by(hit: _Hit, size: int, lefts: list[int]) -> list[tuple[int, int]]:
    """The stretches with `size` words more, the shortest first; then some that are a little longer."""
    found = sorted(
        (_stretch(hit, left, size - left) for left in lefts), key=lambda edges: edges[1] - edges[0]
    )
    left = lefts[0]
    for more_left, more_right in ((0, 1), (1, 0), (1, 1)):
        if left + more_left <= len(hit.lefts) and size - left + more_right <= len(hit.rights):
            found.append(_stretch(hit, left + more_left, size - left + more_right))
    return found


def _stretch(hit: _Hit, left: int, right: int) -> tuple[int, int]:
    return (hit.lefts[left - 1] if left else hit.start), (hit.rights[right - 1] if right else hit.end)


def _readable(text: SourceText, span: Span) -> str:
    """The raw words of a passage on one line, as a person would copy them."""
    raw = "\n".join(text.raw[slice(*piece)] for piece in outside(span, text.structure.furniture))
    return on_one_line(raw)


def _suggestion(
    text: SourceText,
    hit: _Hit,
    found: Found,
    quote: str,
    prefix: str = "",
    suffix: str = "",
    locator: str = "",
) -> Suggestion:
    structure = text.structure
    line = structure.position(hit.raw.start).line
    sentence = on_one_line(hit.unit.text)
    place = structure.place(hit.raw.start)
    return Suggestion(quote, prefix, suffix, locator, place, line, found.start, found.end, sentence)


# --- what only its context tells from others ---


def _by_context(text: SourceText, hits: list[_Hit], rest: list[int]) -> dict[int, Suggestion]:
    """For places in sentences that stand more than once: words before or after, or else the place."""
    settled: dict[int, Suggestion] = {}
    # A few words more reach a little further, and stand at fewer places.
    for more in (0, _MORE_WORDS):
        spans = {at: _widened(text, hits[at], more) for at in rest[:_MOST_CONTEXTS] if at not in settled}
        quotes = {at: quote for at in spans if not re.search(UNSAFE, quote := _readable(text, spans[at]))}
        asked = [(quote, [Found((spans[at],))]) for at, quote in quotes.items()]
        places = text.find_all([Query(quote) for quote in quotes.values()], PLACES)
        for at, (context,), there in zip(quotes, text.contexts_all(asked), places, strict=True):
            if found := _in_context(text, hits[at], quotes[at], context, there):
                settled[at] = found
    return settled


def _widened(text: SourceText, hit: _Hit, more: int) -> Span:
    """The words with at most `more` others on either side."""
    left, right = min(more, len(hit.lefts)), min(more, len(hit.rights))
    return text.normal.origin(*_stretch(hit, left, right))


def _in_context(
    text: SourceText, hit: _Hit, quote: str, context: Context, places: Sequence[Found]
) -> Suggestion | None:
    tells = context.prefix or context.suffix
    if tells and not re.search(UNSAFE, context.prefix + context.suffix):
        return _suggestion(text, hit, context.found, quote, context.prefix, context.suffix)
    if found := _only_there(text, hit, places):
        return _suggestion(text, hit, found, quote, locator=text.structure.place(hit.raw.start))
    return None


def _only_there(text: SourceText, hit: _Hit, places: Sequence[Found]) -> Found | None:
    """The hit among the places of its quote, if a locator tells it from the others as a proof does."""
    within = text.structure.within(text.structure.place(hit.raw.start)) or ()
    there = [place for place in places if _is_within(Span(place.start, place.end), within)]
    return there[0] if len(there) == 1 and _covers(there[0], hit.raw) else None
