"""One item in full: its fields, its evidence in context, and what names it."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from briefing import dates, views
from briefing.document import Cell, Column, Ref, Role, Section, Show
from briefing.loader import Loaded, Reference
from briefing.model import SECTIONS, Item, Number, Part, SectionSpec, fields
from briefing.problem import Failure, did_you_mean, shortened
from briefing.proof import Cited, Proof
from briefing.query import alike
from briefing.views import main_field
from briefing.views.columns import columns_of
from briefing.views.findings import about
from briefing.views.trace import marked

_AROUND = 500  # characters of a long sentence that are shown on either side of a quote

_NAMED_BY = (
    "an item is named by its id, which --ids shows, by its words or by its row: briefing show timeline 1"
)

_LABELS: Mapping[str, str] = {
    "about": "What it is about",
    "accessed": "Read on",
    "actors": "Who took part",
    "agency": "Wire service",
    "agreement": "How far agreed",
    "amends": "Changes",
    "announced": "Announced on",
    "answered_on": "Answered on",
    "archived": "Copy kept at",
    "asserted_by": "Who says so",
    "authentic_languages": "Authentic languages",
    "based_on": "Based on",
    "bindingness": "Legal force",
    "bindingness_basis": "Why",
    "category": "Field",
    "checked": "Compared on",
    "concerns": "Whom it concerns",
    "condition": "Condition",
    "date": "When",
    "date_basis": "How the date is known",
    "date_text": "In the source's words",
    "depositary": "Keeps the original",
    "derived_from": "Repeats or translates",
    "entry_into_force": "Enters into force",
    "exit": "How to leave it",
    "file": "File of its text",
    "finding": "What others report",
    "implements": "Carries out",
    "in_force": "In force since",
    "interest": "What it wants",
    "kind": "Kind",
    "law": "The law",
    "legal_basis": "Made under",
    "modality": "Verb",
    "obligee": "To whom",
    "obligor": "Who",
    "omitted": "Left out",
    "original": "Taken from",
    "part_of": "Part of",
    "parties": "Between whom",
    "place": "Where",
    "position_basis": "How that is known",
    "provision": "Where it stands",
    "published": "Published on",
    "qualifier": "How exactly",
    "relations": "Stands to others",
    "repeats": "Comes again",
    "represents": "Acts for",
    "settled_by": "What would settle it",
    "sentences": "Sentences kept",
    "sha256": "SHA-256 of the file",
    "short": "Short name",
    "signatories": "Signed by",
    "signed": "Signed on",
    "sources": "By",
    "status_as_of": "Status as of",
    "supersedes": "Replaces",
    "text_status": "Its text",
    "upper": "Upper end",
    "url": "Address",
    "who_can_answer": "Who can answer",
    "why_it_matters": "Why it matters",
}
"""What people read for a field where that is not its name with a capital."""

_OF_SECTION: Mapping[tuple[str, str], str] = {
    ("claims", "actors"): "Whom it is about",
    ("figures", "asserted_by"): "Who gives it",
    ("sources", "language"): "Language of its text",
}
"""The same where a section has another word."""

_AS: Mapping[str, str] = {
    "about.item": "What it is about",
    "deadline.for": "Has to meet the deadline",
    "deadline.of": "The deadline runs from it",
    "evidence.source": "Quoted from it",
    "law.source": "Text of the law",
    "relations.target": "Stands to it",
    "signatories.for": "Signed on its behalf",
    "signatories.person": "Signed by",
}
"""In what words an item is named where its id stands in a part of another."""


class Match(NamedTuple):
    """An item and its section."""

    section: str
    item: Item


def row(loaded: Loaded, view: str, number: int) -> Match:
    """The item in a row of a view as it is printed, counted from 1. Raises Failure where there is no such row."""
    section = "key_points" if view == "summary" else view
    name = section if section in views.VIEWS else ""
    rows = views.view(name)(loaded).rows if name else getattr(loaded.digest, section)
    if not 1 <= number <= len(rows):
        raise Failure(f"{view} has no row {number:,}", f"it has {len(rows):,}")
    return Match(section, rows[number - 1])


def find(loaded: Loaded, text: str) -> list[Match]:
    """The items that are meant: by id, by name, by words of their main text, by any of their words.

    Only the best kind of match counts; a number is also that of a row. Raises Failure where nothing does.
    """
    text = " ".join(text.split())
    known = [Match(section, item) for section, _, item in loaded.items()]
    if found := [match for match in known if match.item.id == text.lower()]:
        return found
    rows = [row(loaded, each.name, int(text)) for each in _long_enough(loaded, text)]
    said = alike(text)
    for test in (_is_called, _is_in_main, _is_in_any, _has_words):
        if said and (found := [match for match in known if test(loaded, match, said)]):
            return found + [match for match in rows if match not in found]
    if rows:
        return rows
    if section := view_of(text):
        raise Failure(f"show needs a row of {section}", f"write briefing show {section} 1")
    raise _unknown(loaded, text, known)


def _unknown(loaded: Loaded, text: str, known: list[Match]) -> Failure:
    """That nothing is called so, and what was meant, or how an item is named."""
    if not text:
        return Failure("show needs an item", _NAMED_BY)
    calls = [call for match in known for call in (match.item.id, loaded.names[match.item.id])]
    number = text.rpartition(" ")[2]
    rows = [f"{spec.name} {number}" for spec in SECTIONS] if number.isdecimal() else []
    help = did_you_mean(text, [*calls, *rows]) or _NAMED_BY
    return Failure(f'no item "{shortened(text)}" in {loaded.digest.id}', help)


def view_of(word: str) -> str:
    """The view or section that a word names, in the singular too; nothing where it names none."""
    word = word.lower().replace("-", "_")
    known = {name: spec.name for spec in SECTIONS for name in (spec.name, spec.singular, spec.plural)}
    return "summary" if word == "summary" else known.get(word, "")


def _long_enough(loaded: Loaded, text: str) -> list[SectionSpec]:
    """The sections that have a row of that number, where the text is a number."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    return [each for each in SECTIONS if 0 < number <= len(getattr(loaded.digest, each.name))]


def _is_called(loaded: Loaded, match: Match, said: str) -> bool:
    main: str = getattr(match.item, main_field(match.section))
    if getattr(match.item, "kind", "") == "person" and alike(main).endswith(f" {said}"):
        return True  # people are called by their surnames
    return said in (alike(loaded.names[match.item.id]), alike(main), alike(getattr(match.item, "short", "")))


def _is_in_main(loaded: Loaded, match: Match, said: str) -> bool:
    return _in_words(said, alike(f"{match.item.id} {getattr(match.item, main_field(match.section))}"))


def _is_in_any(loaded: Loaded, match: Match, said: str) -> bool:
    return any(_in_words(said, alike(text)) for text in _texts(match.item))


def _has_words(loaded: Loaded, match: Match, said: str) -> bool:
    whole = " ".join(map(alike, [match.item.id, *_texts(match.item)]))
    return all(_in_words(word, whole) for word in said.split())


def _in_words(said: str, text: str) -> bool:
    """Whether a text has these words; a number has to be whole, and the last word may go on."""
    start = text.find(said)
    while start >= 0:
        end = start + len(said)
        begins = start == 0 or not (text[start - 1].isalnum() or not said[0].isalnum())
        goes_on = said[-1].isdigit() and text[end : end + 1].isdigit()
        if (begins or not said[0].isalnum()) and not goes_on:
            return True
        start = text.find(said, start + 1)
    return False


def _texts(part: Part) -> list[str]:
    """All that a part of the digest says in words and numbers; not the ids that it names."""
    found: list[str] = []
    for field in fields(type(part)):
        value: Any = getattr(part, field.attribute)
        for each in value if field.many else (value,):
            if isinstance(each, Part):
                found += _texts(each)
            elif isinstance(each, Number):
                found += [str(each), f"{each:,f}"]
            elif isinstance(each, str) and each and field.refers is None:
                found.append(each)
    return found


def matches(loaded: Loaded, found: list[Match]) -> Section:
    """Several items that may be meant, with their ids."""
    columns = (
        Column(
            "section", attrgetter("section"), Show("side", "What", say=lambda row: _singular(row.section))
        ),
        Column("id", attrgetter("item.id"), Show("side", "Item")),
        Column("text", lambda row: getattr(row.item, main_field(row.section)), Show("lead", "What it says")),
    )
    return Section("show", "Matches", columns, found, "table", ("section", "id", "text"))


def view(proof: Proof, id: str) -> Section:
    """The item of that id as a card. Raises Failure where there is none."""
    loaded = proof.loaded
    found = next(((section, item) for section, _, item in loaded.items() if item.id == id), None)
    if found is None:
        raise Failure(
            f'no item "{id}" in {loaded.digest.id}', did_you_mean(id, [i.id for _, _, i in loaded.items()])
        )
    section, item = found
    main = main_field(section)
    shows = {field.name: _show(loaded, section, field.name, main) for field in fields(type(item))}
    shows |= {"evidence": Show("section"), "finding": Show("detail", _LABELS["finding"])}
    columns = (
        Column("section", lambda _: section, Show("badge", say=lambda _: _singular(section))),
        *columns_of(loaded, type(item), shows, {"evidence": lambda item: _evidence(proof, item)}),
        Column("named_by", lambda _: _named_by(proof, item), Show("section"), "section"),
    )
    order = tuple(column.name for column in columns)
    return Section("show", id, columns, (item,), "card", order)


def _singular(section: str) -> str:
    name = next(spec.singular for spec in SECTIONS if spec.name == section)
    return name[:1].upper() + name[1:]


def _show(loaded: Loaded, section: str, name: str, main: str) -> Show:
    role: Role = "lead" if name == main else "badge" if name == "id" else "detail"
    tell = _TOLD.get(name)
    say = (lambda item: tell(loaded, item)) if tell else None
    return Show(role, _label(section, name), say=say)


def _label(section: str, name: str) -> str:
    return _OF_SECTION.get((section, name)) or _LABELS.get(name) or name.replace("_", " ").capitalize()


def _items(name: str) -> Callable[[Loaded, Any], str]:
    """Items are called by their texts, which have commas of their own."""
    return lambda loaded, item: "; ".join(loaded.names.get(id, id) for id in getattr(item, name))


def _deadline(loaded: Loaded, event: Any) -> str:
    from briefing.views.timeline import deadline  # of no other item

    due = loaded.due.get(event.id)
    text = deadline(loaded, event)
    return f"{text} ({dates.words(due)})" if due else text


def _signatories(loaded: Loaded, item: Any) -> str:
    return "; ".join(_signature(loaded, each) for each in item.signatories)


def _signature(loaded: Loaded, signed: Any) -> str:
    names = loaded.names
    where = f"in {signed.place}" if signed.place else ""
    when = dates.words(signed.date) if signed.date else ""
    who = f"{names.get(signed.person, signed.person)} for {names.get(signed.for_, signed.for_)}"
    return ", ".join(filter(None, (who, signed.capacity, where, when)))


def _relations(loaded: Loaded, item: Any) -> str:
    return "; ".join(
        f"{each.type.replace('-', ' ')}: {loaded.names.get(each.target, each.target)}"
        for each in item.relations
    )


def _law(loaded: Loaded, item: Any) -> str:
    return "; ".join(
        f"{law.citation} ({loaded.names.get(law.source, law.source)})" if law.source else law.citation
        for law in item.law
    )


def _omitted(loaded: Loaded, item: Any) -> str:
    return "; ".join(f"{each.locator}: {each.reason}" for each in item.omitted)


def _original(loaded: Loaded, item: Any) -> str:
    return f"{item.original.file} (SHA-256 {item.original.sha256})" if item.original else ""


def _repeats(loaded: Loaded, item: Any) -> str:
    text: str = item.repeats
    return f"every {dates.duration_words(text)}" if text.startswith("P") else text


def _sentences(_: Loaded, item: Any) -> str:
    from briefing.texts.amendments import count_of  # few sources keep them

    return f"{count_of(item.sentences):,}" if item.sentences else ""


_TOLD: Mapping[str, Callable[[Loaded, Any], str]] = {
    "about": about,
    "based_on": _items("based_on"),
    "concerns": _items("concerns"),
    "deadline": _deadline,
    "law": _law,
    "omitted": _omitted,
    "sentences": _sentences,
    "original": _original,
    "related": _items("related"),
    "relations": _relations,
    "repeats": _repeats,
    "signatories": _signatories,
}
"""How values of several parts are told, and what has words of its own."""


def _evidence(proof: Proof, item: Item) -> Section:
    """The item's quotes, each with the sentence around it and its place in the source."""
    names = proof.loaded.names
    columns = (
        Column("quote", attrgetter("quote.quote"), Show("lead")),
        Column("proof", attrgetter("verdict"), Show("under", under="quote")),
        Column("sentence", lambda cited: _around(proof, cited), Show("wide", "In the source")),
        Column(
            "source", lambda cited: Ref(cited.quote.source, names[cited.quote.source]), Show("side"), "ref"
        ),
        Column("place", proof.place_of, Show("side")),
        Column("paragraph", lambda cited: _paragraph(proof, cited), type="number"),
        Column("line", lambda cited: _line(proof, cited), Show("side"), "number"),
        Column("start", lambda cited: cited.place.start if cited.place else None, type="number"),
        Column("end", lambda cited: cited.place.end if cited.place else None, type="number"),
        Column("prefix", attrgetter("quote.prefix")),
        Column("suffix", attrgetter("quote.suffix")),
        Column("locator", attrgetter("quote.locator")),
    )
    order = ("quote", "proof", "sentence", "source", "place", "line")
    return Section("evidence", "Evidence", columns, proof.of(item), "table", order, ("quote", "quotes"))


def _around(proof: Proof, cited: Cited) -> Cell:
    """The sentence that a quote stands in, or all that it reaches over; cut where that is too long."""
    source, span = proof.text(cited.quote.source), cited.place
    if source is None or span is None:
        return None
    structure = source.structure
    first, last = structure.sentence_at(span.start), structure.sentence_at(span.end - 1)
    start, end = max(first.start, span.start - _AROUND), min(last.end, span.end + _AROUND)
    before, after = "…" if start > first.start else "", "…" if end < last.end else ""
    text = f"{before}{source.raw[start:end]}{after}"
    return marked(text, start - len(before), [cited])


def _paragraph(proof: Proof, cited: Cited) -> Cell:
    text = proof.text(cited.quote.source)
    return text.structure.paragraph_at(cited.place.start) if text and cited.place else None


def _line(proof: Proof, cited: Cited) -> Cell:
    text = proof.text(cited.quote.source)
    return text.structure.position(cited.place.start).line if text and cited.place else None


def _named_by(proof: Proof, item: Item) -> Section:
    """Every item that names this one: in which field, and what it says."""
    loaded = proof.loaded
    rows = [reference for reference in loaded.references() if reference.id == item.id]
    mains = {section: attrgetter(main_field(section)) for section in {row.section for row in rows}}
    columns = (
        Column(
            "section", attrgetter("section"), Show("side", "Where", say=lambda row: _singular(row.section))
        ),
        Column("id", attrgetter("item.id"), Show(title="Item")),
        Column("field", _field, Show("side", "As", say=_as)),
        Column("text", lambda row: mains[row.section](row.item), Show("lead", "What it says")),
    )
    order = ("section", "id", "field", "text")
    return Section("named_by", "Named by", columns, rows, "table", order, ("reference", "references"))


def _field(row: Reference) -> str:
    """The way from the item to the id: `actors`, `signatories.person`."""
    return ".".join(step for step in row.path[2:] if isinstance(step, str))


def _as(row: Reference) -> str:
    """In what part one item names another, in words."""
    field = _field(row)
    return _AS.get(field) or _label(row.section, field.partition(".")[0])
