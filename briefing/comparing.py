"""What differs between two versions: of a digest, by item and field; of a text, by sentence.

A digest is compared by what it says: items by their ids, lists without regard to order, and a quote
alone as a quote from the one source. Under each sentence that differs stand the items that rest on it.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Literal, NamedTuple

from briefing.judge import alone_field
from briefing.loader import Loaded
from briefing.model import Digest, Event, Field, Item, KeyPoint, Part, Question, Quote, fields
from briefing.problem import Failure
from briefing.texts.amendments import (
    Amendment,
    Touched,
    amendments,
    amendments_since,
    hashes,
    units,
)
from briefing.texts.matching import Query
from briefing.texts.span import Span
from briefing.texts.text import SourceText

Kind = Literal["added", "removed", "changed"]
"""What became of an item, or of the digest's head."""

HEAD = "digest"
"""Stands for the section of what the digest says of itself."""

Way = Literal["quote", "based_on", "related", "deadline"]
"""How an item rests on a sentence: by its own quote, or through another item."""

State = Literal["kept", "missing", "ambiguous", ""]
"""What became of a quote in the new text; nothing where the item rests on another item."""


_MOST_RESTING = 300_000  # items that are told under the sentences, which a chain of them multiplies
_STATES = ("", "kept", "ambiguous", "missing")


class FieldChange(NamedTuple):
    """One field that differs. Of a list, `old` and `new` hold only what the other lacks."""

    field: Field
    old: Any
    new: Any


class Change(NamedTuple):
    """What became of one item."""

    kind: Kind
    section: str
    id: str
    old: Item | Digest | None
    new: Item | Digest | None
    fields: tuple[FieldChange, ...] = ()


def changes(old: Loaded, new: Loaded) -> list[Change]:
    """Everything in which two digests differ, in the order of the format: added, removed, changed."""
    found = [_compared(old, new, HEAD, old.digest, new.digest)]
    for section in Digest.SECTIONS:
        before = {item.id: item for item in getattr(old.digest, section)}
        after = {item.id: item for item in getattr(new.digest, section)}
        for id, item in after.items():
            if id in before:
                found.append(_compared(old, new, section, before[id], item))
            else:
                found.append(Change("added", section, id, None, item))
        found += [
            Change("removed", section, id, item, None) for id, item in before.items() if id not in after
        ]
    order = ("added", "removed", "changed")
    real = [each for each in found if each.kind != "changed" or each.fields]
    return sorted(real, key=lambda each: order.index(each.kind))


def _compared(old: Loaded, new: Loaded, section: str, before: Item | Digest, after: Item | Digest) -> Change:
    found: list[FieldChange] = []
    for field in fields(type(after)):
        if field.name in Digest.SECTIONS and section == HEAD:
            continue
        one, other = _value(old, before, field), _value(new, after, field)
        if field.many:
            one, other = _only(one, other), _only(other, one)
        if _key(one) != _key(other):
            found.append(FieldChange(field, one, other))
    return Change("changed", section, after.id, before, after, tuple(found))


def _value(loaded: Loaded, part: Item | Digest, field: Field) -> Any:
    """What a field says, however it is written."""
    value = getattr(part, field.attribute)
    if field.kind is Quote and isinstance(part, Item):
        return tuple(loaded.quotes(part))
    if field.many and field.alone:
        return tuple(_whole(each, field) for each in value)
    return value


def _whole(value: str | Part, field: Field) -> Part:
    """A part, also where the digest has only a text that stands for it."""
    if isinstance(value, Part):
        return value
    part: Part = field.kind(**{alone_field(field).attribute: value})
    return part


def _only(these: Sequence[Any], others: Sequence[Any]) -> tuple[Any, ...]:
    """Those that the others lack, or have fewer times, in their order."""
    left = Counter(map(_key, others))
    found = []
    for each in these:
        if left[key := _key(each)] > 0:
            left[key] -= 1
        else:
            found.append(each)
    return tuple(found)


def _key(value: Any) -> Hashable:
    """A key that is equal for values that say the same: a part's own lists have no order either."""
    if isinstance(value, Part):
        parts = [(field.name, _key(getattr(value, field.attribute))) for field in fields(type(value))]
        return (type(value).__name__, *parts)
    if isinstance(value, tuple):
        return frozenset(Counter(map(_key, value)).items())
    key: Hashable = value
    return key


class Resting(NamedTuple):
    """An item that rests on a sentence, and how."""

    section: str
    item: Item
    way: Way
    through: str = ""
    """The id of the item that it rests on, where that is what rests on the sentence."""
    state: State = ""


class SentenceChange(NamedTuple):
    """A sentence that differs, and every item that rests on it."""

    source: str
    """The id of the source; nothing where no digest is at hand."""
    amendment: Amendment
    resting: tuple[Resting, ...]


class Version(NamedTuple):
    """A source's text, and the digest that quotes it, if any."""

    text: SourceText
    loaded: Loaded | None = None
    source: str = ""


def sentence_changes(old: Version, new: Version) -> list[SentenceChange]:
    """Every sentence in which two versions of a text differ."""
    found = amendments(units(old.text.structure), units(new.text.structure))
    direct: list[dict[str, Resting]] = [{} for _ in found]
    for version, is_new in ((new, True), (old, False)):
        if version.loaded is not None and found:
            _quoted(version, new, found, is_new, direct)
    digests = [each.loaded for each in (old, new) if each.loaded is not None]
    return _with_all_that_rests(new.source or old.source, found, direct, digests)


def changes_of_source(old: Loaded, text: SourceText | None, new: Version) -> list[SentenceChange]:
    """Every sentence in which the text of a source differs from the one that a digest was written from.

    `text` is the old text, if it is at hand. Where it is not, or is no longer the one that the digest was
    written from, the hashes of sentences that the digest keeps stand in for it.
    """
    kept = next((each.sentences for each in old.digest.sources if each.id == new.source), "")
    if kept and (text is None or hashes(units(text.structure)) != kept):
        return _changes_since(kept, old, new)
    if text is None or text.raw == new.text.raw:
        return []
    return sentence_changes(Version(text, old, new.source), new)


def _changes_since(kept: str, old: Loaded, new: Version) -> list[SentenceChange]:
    found = amendments_since(kept, units(new.text.structure))
    direct: list[dict[str, Resting]] = [{} for _ in found]
    digests = [old] if new.loaded in (None, old) else [old, *filter(None, [new.loaded])]
    for loaded in reversed(digests):
        if found:
            _quoted(Version(new.text, loaded, new.source), new, found, True, direct)
    if found:
        _lost(old, new, found, direct)
    return _with_all_that_rests(new.source, found, direct, digests)


def _lost(
    old: Loaded, new: Version, found: Sequence[Amendment], direct: Sequence[dict[str, Resting]]
) -> None:
    """Enter the items whose quotes are gone: under the changed sentence that is most like the quote.

    Where none is like it, it stood in a sentence that is gone: the one of its article, if that is known.
    """
    quoted = _quotes_of(old, new.source)
    places = new.text.find_all([Query(quote.quote) for _, _, quote in quoted])
    lost = [each for each, there in zip(quoted, places, strict=True) if not there]
    standing = sorted((each.new.span, number) for number, each in enumerate(found) if each.new is not None)
    spans = [span for span, _ in standing]
    near = (
        new.text.nearest_all([(quote.quote, spans) for _, _, quote in lost]) if spans else [None] * len(lost)
    )
    touched = Touched(spans)
    gone = [number for number, each in enumerate(found) if each.kind == "deleted"]
    left = _MOST_RESTING
    for (section, item, quote), passage in zip(lost, near, strict=True):
        near_it = [standing[at][1] for at in touched.by(passage.span)] if passage else []
        locator = quote.locator or getattr(item, "provision", "")
        numbers = near_it[:1] or _gone(new.text, locator, found, gone)
        left = _without(left, len(numbers))
        for number in numbers:
            direct[number][item.id] = Resting(section, item, "quote", "", "missing")


def _gone(text: SourceText, locator: str, found: Sequence[Amendment], gone: list[int]) -> Sequence[int]:
    """Of the deleted sentences those where a locator says; else all of them, for it may be any; else all."""
    within = text.structure.within(locator) if locator else None
    there = [
        number for number in gone if within and (unit := found[number].old) and _lies_in([unit.span], within)
    ]
    return there or gone or range(len(found))


def _with_all_that_rests(
    source: str,
    found: Sequence[Amendment],
    direct: Sequence[dict[str, Resting]],
    digests: Sequence[Loaded],
) -> list[SentenceChange]:
    edges, items = _edges(reversed(digests)), _items(digests)
    told: list[SentenceChange] = []
    left = _MOST_RESTING
    for each, resting in zip(found, direct, strict=True):
        told.append(SentenceChange(source, each, tuple(islice(_closed(resting, edges, items), left + 1))))
        left = _without(left, len(told[-1].resting))
    return told


def _without(left: int, taken: int) -> int:
    """How many items may still be told, after these; Failure where they were more."""
    if taken > left:
        raise Failure(
            f"more than {_MOST_RESTING:,} items to tell under the sentences that changed",
            "split the digest: what rests on what is more than anybody can read",
        )
    return left - taken


def _quoted(
    version: Version,
    new: Version,
    found: Sequence[Amendment],
    is_new: bool,
    direct: Sequence[dict[str, Resting]],
) -> None:
    """Enter the items with a quote in one of the sentences, as they stand in this version."""
    loaded = version.loaded
    assert loaded is not None
    standing = [
        (unit.span, number)
        for number, each in enumerate(found)
        if (unit := each.new if is_new else each.old) is not None
    ]
    standing.sort()
    touched = Touched([span for span, _ in standing])
    quoted = _quotes_of(loaded, version.source)
    queries = [Query(quote.quote, quote.prefix, quote.suffix) for _, _, quote in quoted]
    places = version.text.find_all(queries)
    after = places if is_new else new.text.find_all(queries)
    for (section, item, quote), here, there in zip(quoted, places, after, strict=True):
        chosen = [place.parts for place in here]
        if len(here) > 1 and quote.locator and (within := version.text.structure.within(quote.locator)):
            chosen = [parts for parts in chosen if _lies_in(parts, within)] or chosen
        state: State = "kept" if len(there) == 1 else "ambiguous" if there else "missing"
        for span in (span for parts in chosen for span in parts):
            for at in touched.by(span):
                known = direct[standing[at][1]]
                # Of several quotes the one that most needs mending is told, as the newest digest has it.
                worse = item.id in known and _STATES.index(state) > _STATES.index(known[item.id].state)
                if item.id not in known or (worse and loaded is (new.loaded or loaded)):
                    known[item.id] = Resting(section, item, "quote", "", state)


def _lies_in(parts: Sequence[Span], within: Iterable[Span]) -> bool:
    return any(each.start <= parts[0].start and parts[-1].end <= each.end for each in within)


def _quotes_of(loaded: Loaded, source: str) -> list[tuple[str, Item, Quote]]:
    return [
        (section, item, quote)
        for section, _, item in loaded.items()
        for quote in loaded.quotes(item)
        if quote.source == source
    ]


def _items(versions: Iterable[Loaded]) -> dict[str, tuple[str, Item]]:
    """Every item by its id, with its section; the last version counts."""
    return {item.id: (section, item) for loaded in versions for section, _, item in loaded.items()}


def _edges(versions: Iterable[Loaded]) -> dict[str, dict[str, Way]]:
    """For each item the items that rest on it, and how."""
    found: dict[str, dict[str, Way]] = {}
    for loaded in versions:
        for _, _, item in loaded.items():
            for id, way in _rests_on(item):
                found.setdefault(id, {}).setdefault(item.id, way)
    return found


def _rests_on(item: Item) -> Iterator[tuple[str, Way]]:
    if isinstance(item, KeyPoint):
        yield from ((id, "based_on") for id in item.based_on)
    elif isinstance(item, Question):
        yield from ((id, "related") for id in item.related)
    elif isinstance(item, Event) and item.deadline is not None:
        yield item.deadline.of, "deadline"


def _closed(
    direct: Mapping[str, Resting],
    edges: Mapping[str, Mapping[str, Way]],
    items: Mapping[str, tuple[str, Item]],
) -> Iterator[Resting]:
    """The items that rest on a sentence by a quote, then those that rest on one of them, and so on."""
    known = set(direct)
    yield from direct.values()
    coming = list(direct)
    for id in coming:
        for other, way in edges.get(id, {}).items():
            if other not in known:
                known.add(other)
                coming.append(other)
                yield Resting(*items[other], way, id)
