"""The digest format as Sections: what `briefing help digest` prints, read off the model."""

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from briefing.document import Column, Section, Show
from briefing.model import SECTIONS, Digest, Field, Item, Part, Quote, fields
from briefing.words import phrases


class Entry(NamedTuple):
    """One field of the format and what the model says of it."""

    field: Field

    @property
    def meaning(self) -> str:
        """What the field says, as the model has it."""
        return self.field.meaning

    @property
    def needed(self) -> str:
        """Whether the field has to be there: `required` or `optional`."""
        return "required" if self.field.required else "optional"

    @property
    def type(self) -> str:
        """What the field holds, in words."""
        return f"list of {self.one}" if self.field.many else self.one

    @property
    def one(self) -> str:
        """What the field, or each entry of it, holds."""
        field = self.field
        if field.vocabulary:
            return "word"
        if field.refers is not None:
            return field.ids
        if field.kind is Quote:
            return "quote"
        if field.alone == "item":
            return "id of any item, or about"
        if issubclass(field.kind, Item):
            return "items"
        if issubclass(field.kind, Part):
            return str(field.kind.__name__).lower()
        kind: str = field.kind.__name__
        return field.form if kind == "str" else kind.lower()


def view() -> tuple[Section, ...]:
    """A Section for the digest itself, for each section's items, and for each part of an item."""
    sections: dict[type[Part], str] = {part: name for name, part in Digest.SECTIONS.items()}
    return tuple(_section(part, sections.get(part, part.__name__)) for part in _parts())


def _parts() -> list[type[Part]]:
    parts: list[type[Part]] = [Digest, *Digest.SECTIONS.values()]
    for part in parts:  # grows while the parts of parts are found
        for field in fields(part):
            if field.is_part and field.kind not in parts:
                parts.append(field.kind)
    return parts


class Standing(NamedTuple):
    """A field where it stands."""

    part: type[Part]
    place: str
    """The way to it: `timeline.deadline.bound`; several where it stands in several."""
    entry: Entry


def names() -> list[str]:
    """The names of all fields."""
    return list(dict.fromkeys(field.name for part in _parts() for field in fields(part)))


def about(word: str) -> tuple[Section, ...]:
    """What a field of the format is, wherever one of that name stands; or which fields have that word.

    `level`, `impact.level` and `stakeholders.impact.level` are names of one field.
    """
    wanted = word.strip().lower().replace("-", "_")
    standing = [each for part in _parts() for each in _standing(part)]
    found = [each for each in standing if any(_is_named(way, wanted) for way in each.place.split(", "))]
    found = found or [each for each in standing if word.strip().lower() in each.entry.field.vocabulary]
    return tuple(map(_card, found))


def _is_named(way: str, wanted: str) -> bool:
    return way == wanted or way.endswith(f".{wanted}")


def _standing(part: type[Part]) -> Iterator[Standing]:
    ways = list(_ways(part))
    for field in fields(part):
        yield Standing(part, ", ".join(f"{way}{field.name}" for way in ways), Entry(field))


def _ways(part: type[Part]) -> Iterator[str]:
    """What stands before a field of a part: `timeline.`, `stakeholders.impact.`."""
    if part is Digest:
        yield ""
        return
    for spec in SECTIONS:
        if spec.part is part:
            yield f"{spec.name}."
        elif not issubclass(part, Item):
            yield from (f"{spec.name}.{field.name}." for field in fields(spec.part) if field.kind is part)


def _card(standing: Standing) -> Section:
    """A field in full, with the words that it may hold."""
    columns = (
        Column("place", attrgetter("place"), Show("lead")),
        Column("needed", attrgetter("entry.needed"), Show("badge")),
        Column("type", attrgetter("entry.type"), Show("badge")),
        Column("meaning", attrgetter("entry.meaning"), Show("body")),
        Column("vocabulary", _words, Show("section"), "section"),
    )
    order = tuple(column.name for column in columns)
    return Section("field", standing.entry.field.name, columns, (standing,), "card", order)


def _words(standing: Standing) -> Section:
    field = standing.entry.field
    said = phrases(standing.part, field.attribute)
    columns = (
        Column("word", lambda word: word, Show("lead")),
        Column("phrase", lambda word: said.get(word, word), Show("wide", "What readers see")),
    )
    return Section(
        "words", "One of", columns, field.vocabulary, "table", ("word", "phrase"), ("word", "words")
    )


def _section(part: type[Part], title: str) -> Section:
    rows = [Entry(field) for field in fields(part)]
    columns = (
        Column("field", attrgetter("field.name"), Show("side")),
        Column("type", attrgetter("type"), Show("side")),
        Column("needed", attrgetter("needed"), Show("under", under="field", quiet=("optional",))),
        Column("meaning", attrgetter("meaning"), Show("lead")),
        Column(
            "vocabulary", attrgetter("field.vocabulary"), Show("under", under="meaning", phrase="One of: {}")
        ),
    )
    order = ("field", "needed", "type", "meaning", "vocabulary")
    return Section(title, title, columns, rows, "table", order, ("field", "fields"))
