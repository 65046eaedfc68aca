"""From the format's fields to columns: what every view has in common."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import attrgetter
from typing import Any

from briefing.dates import Date
from briefing.document import Cell, Citation, Column, Kind, Layout, Link, Record, Ref, Remark, Section, Show
from briefing.findings import STATUSES, Said, confirms_nothing, speakers
from briefing.loader import Loaded
from briefing.model import SECTIONS, Finding, Item, Number, Part, Quote, Term, fields
from briefing.model import Field as FormatField
from briefing.wording import spoken, within_sentence
from briefing.words import phrases

_TYPES: dict[type, Kind] = {Date: "date", Number: "number", Quote: "quotes"}
_ADDRESSES = frozenset({"url", "archived"})


def section(
    loaded: Loaded,
    name: str,
    shows: Mapping[str, Show],
    *,
    layout: Layout = "table",
    rows: Sequence[Item] | None = None,
    sort: str = "",
    cells: Mapping[str, Callable[[Any], Cell]] | None = None,
    after: Mapping[str, Column] | None = None,
) -> Section:
    """A section of the digest: all columns of the format, shown to people as `shows` says.

    What people see comes in the order of `shows`, what machines read in the format's order. `rows`
    are the items to show, where these are not all in the digest's order; `sort` is the column of dates
    that they are in order of; `cells` are those of columns that are not simply what the field holds;
    `after` has other columns, each by the field that it stands after.
    """
    spec = next(each for each in SECTIONS if each.name == name)
    shows = dict(shows) | {n: s for n, s in _common(shows).items() if n not in shows}
    return Section(
        name,
        name.replace("_", " ").capitalize(),
        columns_of(loaded, spec.part, shows, cells, after),
        tuple(getattr(loaded.digest, name)) if rows is None else rows,
        layout,
        order=tuple(shows),
        noun=(spec.singular, spec.plural),
        sort=sort,
        remarks=remarks_on(loaded),
    )


def columns_of(
    loaded: Loaded,
    part: type[Item],
    shows: Mapping[str, Show],
    cells: Mapping[str, Callable[[Any], Cell]] | None = None,
    after: Mapping[str, Column] | None = None,
) -> tuple[Column, ...]:
    """A column for each field of the format, in its order, and for what is found about the items.

    Some fields have `cells` of their own; after some stand other columns.
    """
    found = []
    for field in fields(part):
        if field.name == "evidence" and part is not Finding:
            found.append(finding(loaded, shows.get("finding", Show())))
        cell = (cells or {}).get(field.name)
        found.append(_column(loaded, part, field, shows.get(field.name, Show()), cell))
        if field.name in (after or {}):
            found.append((after or {})[field.name])
    return tuple(found)


def finding(loaded: Loaded, show: Show = Show()) -> Column:  # noqa: B008 - a Show never changes
    """The gravest finding about an item: its status, and on which part of the item."""
    words = phrases(Finding, "status")

    def cell(item: Item) -> Cell:
        said = loaded.findings.get(item.id)
        if not said:
            return None
        return Record((("status", said[0].finding.status), ("part", said[0].part)))

    parts = (Column("status", part_of("status"), vocabulary=STATUSES), Column("part", part_of("part")))
    show = show if show.say else show._replace(say=finding_told(loaded))
    return Column("finding", cell, show, "record", STATUSES, words, parts=parts)


def finding_told(loaded: Loaded) -> Callable[[Any], str]:
    """The gravest finding about an item in words: `Other reports differ in detail (in part)`."""
    words = _statuses_told(loaded)

    def say(item: Item) -> str:
        said = loaded.findings.get(item.id)
        return f"{words[said[0].finding.id]}{_limits(loaded, said[0], item)}" if said else ""

    return say


def _statuses_told(loaded: Loaded) -> Mapping[str, str]:
    """For each finding its status in words; of a confirmation by those involved alone, that it is."""
    words = phrases(Finding, "status")
    told = {each.id: words[each.status] for each in loaded.digest.findings}
    for id, (name, *others) in speakers(loaded.digest).items():
        told[id] = "Known only from those involved" if others else f"Known only from {name}'s own words"
    return told


def _limits(loaded: Loaded, said: Said, item: Item) -> str:
    """That a finding is about a part of an item, or confirms nothing for want of a second origin."""
    theirs = loaded.finding_origins[said.finding.id]
    same = confirms_nothing(said.finding, theirs, loaded.own_origins(item))
    limits = [words for words, holds in (("in part", said.part), ("same origin", same)) if holds]
    return f" ({', '.join(limits)})" if limits else ""


def remarks_on(loaded: Loaded) -> Callable[[Any], tuple[Remark, ...]]:
    """What people are told beside an item: what other sources say of it, and its note."""
    words, tag = _statuses_told(loaded), loaded.tag

    @cache
    def told(id: str) -> Remark:
        """The same for every item that it is about, for it is one footnote."""
        finding = loaded.by_id[id]
        assert isinstance(finding, Finding)
        return Remark(
            f"{tag}-{id}", f"{words[id]}: {finding.text}", links(loaded, finding.sources), finding.status
        )

    def remarks(item: Item) -> tuple[Remark, ...]:
        found = [told(said.finding.id) for said in loaded.findings.get(item.id, ())]
        if item.note:
            found.append(Remark(f"{tag}-{item.id}.note", f"Note: {item.note}"))
        return tuple(found)

    return remarks


def links(loaded: Loaded, ids: Iterable[str]) -> tuple[Link, ...]:
    """Sources as a reader finds them."""
    return tuple(Link(loaded.names.get(id, id), loaded.addresses.get(id, "")) for id in ids)


def asserted_by(loaded: Loaded) -> Callable[[Any], Cell]:
    """Who says what an item says; where that is left out, the sources of its quotes."""

    def cell(item: Any) -> Cell:
        said = item.asserted_by or dict.fromkeys(quote.source for quote in loaded.quotes(item))
        return tuple(Ref(id, loaded.names[id]) for id in said)

    return cell


def agreed(loaded: Loaded, reported: str = "Stated by {}") -> Callable[[Any], str]:
    """How far a term is agreed, in words; what only a report states is stated by no side."""
    words, said = phrases(Term, "agreement"), asserted_by(loaded)
    reports = {source.id for source in loaded.digest.sources if source.kind == "secondary"}

    def say(term: Any) -> str:
        by: Any = said(term)
        if term.agreement in ("both", "one-side") and by and all(each.id in reports for each in by):
            return reported.format(within_sentence(spoken(by)))
        return words.get(term.agreement, "")

    return say


def _common(shows: Mapping[str, Show]) -> dict[str, Show]:
    """How every view shows what every item may have: a badge, quotes, and tags where all is wanted."""
    lead = next(name for name, show in shows.items() if show.role == "lead")
    return {
        "finding": Show("badge"),
        "evidence": Show("evidence", under=lead),
        "tags": Show("under", under=lead, phrase="Tags: {}", full=True),
    }


def _column(
    loaded: Loaded, part: type[Part], field: FormatField, show: Show, cell: Callable[[Any], Cell] | None
) -> Column:
    kind = _TYPES.get(field.kind, "ref" if field.refers is not None else "text")
    if field.name in _ADDRESSES:
        kind = "address"
    vocabulary, words = field.vocabulary, phrases(part, field.attribute)
    if field.is_part and field.kind is not Quote:
        first = next(iter(fields(field.kind)))
        kind, vocabulary, words = "record", first.vocabulary, phrases(field.kind, first.attribute)
    parts = _parts(loaded, field.kind) if field.is_part else ()
    names = loaded.names if field.refers is not None or field.name == "id" else {}
    return Column(
        field.name, cell or cell_of(loaded, field), show, kind, vocabulary, words, names, parts, field.many
    )


def _parts(loaded: Loaded, part: type[Part]) -> tuple[Column, ...]:
    """The fields of a part as columns of the Record, or the Citation, that the part is in a cell."""
    found = []
    for field in fields(part):
        get = attrgetter(field.name) if part is Quote else part_of(field.name)
        found.append(_column(loaded, part, field, Show(), get))
    return tuple(found)


def part_of(name: str) -> Callable[[Any], Cell]:
    """How to fetch a part of a Record."""
    return lambda record: next((cell for known, cell in record.parts if known == name), None)


def cell_of(loaded: Loaded, field: FormatField) -> Callable[[Any], Cell]:
    """How to fetch the cell of a field from a part of the digest."""
    get = attrgetter(field.attribute)
    if field.kind is Quote:
        return lambda item: citations(loaded, item)
    if field.refers is not None:
        names = loaded.names
        if field.many:
            return lambda part: tuple([Ref(id, names.get(id, id)) for id in get(part)])
        return lambda part: Ref(id, names.get(id, id)) if (id := get(part)) else None
    if field.is_part:
        if field.many:
            return lambda part: tuple([record(loaded, _whole(each, field)) for each in get(part)])
        return lambda part: record(loaded, value) if (value := get(part)) else None
    return get


def _whole(value: str | Part, field: FormatField) -> Part:
    """A part, also where the digest has only a text that stands for it."""
    if isinstance(value, Part):
        return value
    part: Part = field.kind(**{field.alone: value})
    return part


def record(loaded: Loaded, part: Part) -> Record:
    """A part of an item as a cell, with all its fields."""
    return Record(tuple((field.name, cell_of(loaded, field)(part)) for field in fields(type(part))))


def citations(
    loaded: Loaded, item: Item, found: Iterable[tuple[str, str]] = repeat(("", ""))
) -> tuple[Citation, ...]:
    """An item's evidence as cells; all have the one label of the item's footnote.

    `found` has for each quote its place in the source's text and a link to it, where they are known.
    """
    if not item.evidence:
        return ()
    names, label = loaded.names, f"{loaded.tag}-{item.id}"
    return tuple(
        [
            Citation(
                label,
                Ref(q.source, names[q.source]),
                q.quote,
                q.prefix,
                q.suffix,
                q.locator,
                *place,
            )
            for q, place in zip(loaded.quotes(item), found, strict=False)
        ]
    )
