"""The digest format as Sections: what `briefing help digest` prints, read off the model."""

from operator import attrgetter
from typing import NamedTuple

from briefing.document import Column, Section, Show
from briefing.model import DIGEST, Digest, Field, Item, Part, Quote, fields


class Entry(NamedTuple):
    """One field of the format and what the model says of it."""

    field: Field

    @property
    def meaning(self) -> str:
        """What the field says, as the model has it."""
        return self.field.meaning

    @property
    def needed(self) -> str:
        """Whether the field has to be there."""
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
            sections = [name for name in field.refers if name != DIGEST]
            id = f"id in {' or '.join(sections)}" if sections else "id of any item"
            return f"{id}, or {DIGEST}" if DIGEST in field.refers else id
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
    parts: list[type[Part]] = [Digest, *sections]
    for part in parts:  # grows while the parts of parts are found
        for field in fields(part):
            if field.is_part and field.kind not in parts:
                parts.append(field.kind)
    return tuple(_section(part, sections.get(part, part.__name__)) for part in parts)


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
