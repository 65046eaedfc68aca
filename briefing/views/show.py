"""One item in full: its fields, its evidence in context, and what names it."""

from operator import attrgetter

from briefing.document import Cell, Column, Ref, Role, Section, Show
from briefing.loader import Reference
from briefing.model import Item, fields
from briefing.problem import Failure, did_you_mean
from briefing.proof import Cited, Proof
from briefing.views import main_field
from briefing.views.columns import columns_of
from briefing.views.trace import marked

_AROUND = 500  # characters of a long sentence that are shown on either side of a quote


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
    shows = {field.name: Show(_role(field.name, main)) for field in fields(type(item))}
    shows["evidence"] = Show("section")
    columns = (
        Column("section", lambda _: section, Show("badge", phrase="in {}")),
        *columns_of(loaded, type(item), shows, {"evidence": lambda item: _evidence(proof, item)}),
        Column("named_by", lambda _: _named_by(proof, item), Show("section"), "section"),
    )
    order = tuple(column.name for column in columns)
    return Section("show", id, columns, (item,), "card", order)


def _role(name: str, main: str) -> Role:
    return "lead" if name == main else "badge" if name == "id" else "detail"


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
    """The sentence that a quote stands in, where it goes on into the next one both; not too much of them."""
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
        Column("section", attrgetter("section"), Show("side")),
        Column("id", attrgetter("item.id"), Show("side", "Item")),
        Column("field", _field, Show("side", "As")),
        Column("text", lambda row: mains[row.section](row.item), Show("lead", "What it says")),
    )
    order = ("section", "id", "field", "text")
    return Section("named_by", "Named by", columns, rows, "table", order, ("reference", "references"))


def _field(row: Reference) -> str:
    """The way from the item to the id: `actors`, `signatories.person`."""
    return ".".join(step for step in row.path[2:] if isinstance(step, str))
