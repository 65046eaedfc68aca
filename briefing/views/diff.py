"""What differs between two versions, as one table for programs and as a report for people."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from briefing import dates
from briefing.comparing import HEAD, Change, FieldChange, Resting, SentenceChange
from briefing.dates import Date
from briefing.document import Cell, Citation, Column, Marked, Record, Ref, Section, Show
from briefing.loader import Loaded
from briefing.model import SECTIONS, SETTLED, Event, Part, Quote, fields
from briefing.problem import masked
from briefing.texts.amendments import aligned, count_of
from briefing.texts.normal import folded
from briefing.views import main_field
from briefing.views.columns import cell_of, record
from briefing.views.timeline import deadline
from briefing.wording import capital, worded
from briefing.words import phrases
from briefing.writing.readable import on_one_line

_SINGULAR = {section.name: section.singular for section in SECTIONS} | {HEAD: "digest"}
_TITLES = {section.name: section.name.replace("_", " ").capitalize() for section in SECTIONS} | {
    HEAD: "The digest"
}
_BESIDE = {
    "instruments": ("type", "status"), "terms": ("type",), "timeline": ("date", "status"),
    "stakeholders": ("kind", "position"), "figures": ("value", "unit"), "questions": ("status",),
    "claims": ("asserted_by",), "findings": ("status", "about"), "sources": ("publisher", "published"),
}  # fmt: skip
"""What people are told beside the main text of an item that came or went."""
_SENTENCE = {"changed": "changed", "new": "new", "deleted": "deleted", "moved": "moved"}
_STATES = {
    "kept": "its quote is still there",
    "missing": "its quote is no longer there",
    "ambiguous": "its quote is there more than once",
}
_NO_WORDS = "(a sentence after this place; the old text is not at hand)"


class Found(NamedTuple):
    """All that differs between two digests, or two texts; of two texts the later may have a digest."""

    old: Loaded | None
    new: Loaded | None
    labels: tuple[str, str]
    changes: Sequence[Change] = ()
    sentences: Sequence[SentenceChange] = ()


class Row(NamedTuple):
    """One difference, as programs see it."""

    change: str
    section: str
    id: str
    name: str
    field: str
    place: str
    old: Cell
    new: Cell
    items: tuple[Record, ...] = ()


def rows(found: Found) -> Section:
    """A row for each difference: an item that came or went, a field, a sentence."""
    told: list[Row] = []
    for change in found.changes:
        name = _name(found, change)
        if change.kind != "changed":
            told.append(Row(change.kind, change.section, change.id, name, "", "", None, None))
        told += [
            Row(
                change.kind, change.section, change.id, name, each.field.name, "",
                _cell(found.old, each.field, each.old), _cell(found.new, each.field, each.new),
            )
            for each in change.fields
        ]  # fmt: skip
    told += [_sentence_row(found, each) for each in found.sentences]
    columns = (
        Column("change", attrgetter("change")),
        Column("section", attrgetter("section")),
        Column("id", attrgetter("id")),
        Column("name", attrgetter("name")),
        Column("field", attrgetter("field")),
        Column("place", attrgetter("place")),
        Column("old", attrgetter("old")),
        Column("new", attrgetter("new")),
        Column("items", attrgetter("items"), type="record"),
    )
    return Section("diff", "Differences", columns, told, noun=("difference", "differences"))


def _sentence_row(found: Found, each: SentenceChange) -> Row:
    old, new = each.amendment.old, each.amendment.new
    kind = {"new": "added", "deleted": "removed"}.get(each.amendment.kind, each.amendment.kind)
    place = (new or old).place if (new or old) else ""  # type: ignore[union-attr]
    items = tuple(
        Record(
            (
                ("id", resting.item.id), ("section", resting.section), ("way", resting.way),
                ("through", resting.through), ("quote", resting.state),
            )
        )
        for resting in each.resting
    )  # fmt: skip
    return Row(
        kind, "sources", each.source, _called(found, each.source), "text", place,
        masked(old.text) if old and old.text else None, masked(new.text) if new else None, items,
    )  # fmt: skip


def report(found: Found) -> tuple[Section, ...]:
    """For people: a count, then what came, what went, what changed, and the sentences with their items."""
    came = [change for change in found.changes if change.kind == "added"]
    went = [change for change in found.changes if change.kind == "removed"]
    return (
        _head(found),
        _whole_items(found, "Added", came),
        _whole_items(found, "Removed", went),
        _changed(found),
        _sentences(found),
    )


def _head(found: Found) -> Section:
    old, new = found.old, found.new
    title = f"What changed since {dates.words(old.digest.as_of)}" if old and new else "What changed"
    columns = (
        Column("title", lambda _: title, Show("lead")),
        Column("count", lambda _: _count(found), Show("badge")),
        Column("old", lambda _: _version(old, found.labels[0]), Show("detail", "Before")),
        Column("new", lambda _: _version(new if old else None, found.labels[1]), Show("detail", "Now")),
    )
    return Section("diff", title, columns, (found,), "card", ("title", "count", "old", "new"))


def _version(loaded: Loaded | None, label: str) -> str:
    if loaded is None:
        return masked(label)
    return f"{loaded.digest.title}, as of {dates.words(loaded.digest.as_of)}"


def _count(found: Found) -> str:
    """How many items came, went and changed; how many sentences, and how many items rest on these."""
    kinds = [change.kind for change in found.changes]
    counts = [f"{kinds.count(kind):,} {kind}" for kind in ("added", "removed", "changed") if kind in kinds]
    told = [", ".join(counts)] if counts else []
    if found.sentences:
        became = [each.amendment.kind for each in found.sentences]
        kinds_of = [f"{became.count(k):,} {word}" for k, word in _SENTENCE.items() if k in became]
        told.append(
            f"sentences of the {'text' if len(_sources(found.sentences)) == 1 else 'texts'}: {', '.join(kinds_of)}"
        )
        if found.new is not None:
            resting = {resting.item.id for each in found.sentences for resting in each.resting}
            told.append(f"{len(resting):,} {'item rests' if len(resting) == 1 else 'items rest'} on them")
    return "; ".join(told) or "nothing changed"


def _sources(sentences: Sequence[SentenceChange]) -> set[str]:
    return {each.source for each in sentences}


def _whole_items(found: Found, title: str, changes: Sequence[Change]) -> Section:
    """Items that came or went: what each is, its main text, and what tells it from others."""
    columns = (
        Column("section", lambda row: capital(_SINGULAR[row.section]), Show("side", "What")),
        Column("text", _text, Show("lead", "What it says")),
        Column("beside", lambda row: _beside(found, row), Show("under", under="text")),
        Column("id", attrgetter("id")),
    )
    return Section(
        title.lower(), title, columns, changes, order=("section", "text", "beside"), noun=("item", "items")
    )


def _text(change: Change) -> str:
    item = change.new or change.old
    text: str = getattr(item, main_field(change.section))
    return text


def _beside(found: Found, change: Change) -> str:
    item = change.new or change.old
    loaded = found.new if change.new is not None else found.old
    assert item is not None
    assert loaded is not None
    if isinstance(item, Event):
        date = loaded.when(item)
        first = [dates.words(date)] if date else []
        return " · ".join([*first, *filter(None, [phrases(Event, "status").get(item.status, "")])])
    known = {field.name: field for field in fields(type(item))}
    said = [
        _said(type(item), known[name].attribute, cell_of(loaded, known[name])(item))
        for name in _BESIDE.get(change.section, ())
    ]
    return " · ".join(filter(None, said))


class _Field(NamedTuple):
    """A field of an item that changed; `first`: whether it is the first of its item."""

    change: Change
    field: FieldChange
    first: bool


def _changed(found: Found) -> Section:
    """Fields that changed, those of an item together, by section."""
    rows = [
        _Field(change, each, number == 0)
        for change in found.changes
        for number, each in enumerate(sorted(change.fields, key=_weight))
        if change.kind == "changed"
    ]
    columns = (
        Column("item", lambda row: _name(found, row.change) if row.first else "", Show("lead", "What")),
        Column("field", _label, Show("side", "Field")),
        Column("old", lambda row: _told(found.old, row, "old"), Show("wide", "Before")),
        Column("new", lambda row: _told(found.new, row, "new"), Show("wide", "Now")),
    )
    return Section(
        "changed", "Changed", columns, rows, order=("item", "field", "old", "new"),
        noun=("field", "fields"), group=lambda row: _TITLES[row.change.section],
    )  # fmt: skip


def _weight(change: FieldChange) -> int:
    """What a reader looks for first: dates, then states, then words, then evidence."""
    field = change.field
    if field.kind is Date or field.name == "deadline":
        return 0
    return 1 if field.vocabulary else 3 if field.kind is Quote else 2


def _label(row: _Field) -> str:
    field, old, new = row.field
    if field.kind is Date and old is not None and new is not None:
        return "Date moved" if field.name == "date" else f"{_title(field.name)}, moved"
    if row.change.section == "questions" and field.name == "status" and new in SETTLED:
        return phrases(type(row.change.new), "status")[new]  # type: ignore[arg-type]
    return _title(field.name)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _told(loaded: Loaded | None, row: _Field, which: str) -> str:
    """What a field said or says. Of a list only what came or went is told."""
    assert loaded is not None
    change, item = row.field, getattr(row.change, which)
    value = getattr(change, which)
    if change.field.many:
        verb = "Removed" if which == "old" else "Added"
        said = _said(type(item), change.field.attribute, _cell(loaded, change.field, value))
        return f"{verb}: {said}" if said else ""
    if change.field.name == "sentences":
        return f"{count_of(value):,} sentences" if value else ""
    if change.field.name == "deadline":
        return capital(deadline(loaded, item))
    return _said(type(item), change.field.attribute, _cell(loaded, change.field, value))


def _said(part: type[Part], attribute: str, cell: Cell) -> str:
    """A cell of a field in the reader's words."""
    return worded(Column(attribute, lambda _: cell, phrases=phrases(part, attribute)), cell)


def _cell(loaded: Loaded | None, field: Any, value: Any) -> Cell:
    """The cell of a field's value, or of some entries of a list."""
    assert loaded is not None
    if field.many:
        return tuple(_cell(loaded, field._replace(many=False), each) for each in value)
    if isinstance(value, Quote):
        return Citation(
            "", Ref(value.source, loaded.names.get(value.source, value.source)), value.quote,
            value.prefix, value.suffix, value.locator,
        )  # fmt: skip
    if isinstance(value, Part):
        return record(loaded, value)
    if field.refers is not None and value:
        return Ref(value, loaded.names.get(value, value))
    cell: Cell = value
    return cell


def _name(found: Found, change: Change) -> str:
    loaded = found.new if change.new is not None else found.old
    assert loaded is not None
    return loaded.digest.title if change.section == HEAD else loaded.names[change.id]


def _called(found: Found, id: str) -> str:
    for loaded in (found.new, found.old):
        if loaded is not None and id in loaded.names:
            return loaded.names[id]
    return id


def _sentences(found: Found) -> Section:
    """The sentences that differ, by article, each with the items that rest on it."""
    several = len(_sources(found.sentences)) > 1
    columns = (
        Column("sentence", lambda row: _compared(row)[1], Show("lead", "Sentence")),
        Column("change", lambda row: row.amendment.kind, Show("badge")),
        Column("place", _place, Show("badge")),
        Column("old", lambda row: _compared(row)[0], Show("detail", "Before")),
        *(
            Column(name, _resting(found, direct), Show("detail", title))
            for name, title, direct in (("quoted", "Quoted by", True), ("resting", "Rests on it", False))
        ),
    )
    order = ("sentence", "change", "place", "old", "quoted", "resting")

    def group(row: Any) -> str:
        unit = row.amendment.new or row.amendment.old
        where = [_called(found, row.source)] if several else []
        return ", ".join([*where, unit.article or "The text"])

    return Section(
        "sentences",
        "Sentences",
        columns,
        found.sentences,
        "list",
        order,
        ("sentence", "sentences"),
        group=group,
    )


def _place(row: Any) -> str:
    old, new = row.amendment.old, row.amendment.new
    if old and new and old.place != new.place:
        return f"{new.place}, was {old.place}"
    place: str = (new or old).place
    return place


def _resting(found: Found, direct: bool) -> Callable[[Any], str]:
    def say(row: Any) -> str:
        return "; ".join(_rests(found, each) for each in row.resting if (each.way == "quote") == direct)

    return say


def _rests(found: Found, resting: Resting) -> str:
    name = f"{_SINGULAR[resting.section]} “{_called(found, resting.item.id)}” ({resting.item.id})"
    if resting.state:
        return f"{name}: {_STATES[resting.state]}"
    ways = {"based_on": "based on", "related": "about", "deadline": "its time runs from"}
    return f"{name}: {ways[resting.way]} {resting.through}"


def _compared(row: Any) -> tuple[Cell, Cell]:
    """The sentence before and now, what differs marked; a note for one that is gone and has no words."""
    old, new = row.amendment.old, row.amendment.new
    if old is not None and not old.text:
        return None, _NO_WORDS
    if row.amendment.kind == "changed" and old is not None:
        return _marked(on_one_line(old.text), on_one_line(new.text))
    return None, masked(on_one_line((new or old).text))


@lru_cache(1)  # for the column of the one, and for that of the other
def _marked(old: str, new: str) -> tuple[Marked, Marked]:
    """Two sentences with the words marked that only one has."""
    olds, news = _words(old), _words(new)
    alike = [[folded(text[slice(*span)]) for span in spans] for text, spans in ((old, olds), (new, news))]
    pairs = list(aligned(*alike))
    kept_old, kept_new = {one for one, _ in pairs}, {other for _, other in pairs}
    return (
        Marked(masked(old), _runs(olds, kept_old)),
        Marked(masked(new), _runs(news, kept_new)),
    )


def _words(text: str) -> list[tuple[int, int]]:
    import re  # with its patterns: only here

    return [match.span() for match in re.finditer(r"\S+", text)]


def _runs(words: Sequence[tuple[int, int]], kept: set[int]) -> tuple[tuple[int, int], ...]:
    """The passages of words that were not kept; neighbours are one passage."""
    found: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(words):
        if number in kept:
            continue
        if found and number - 1 not in kept and number:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
