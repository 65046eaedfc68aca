"""The digest format as Sections: what `briefing help digest` prints, read off the model."""

import ast
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from briefing import model
from briefing.document import Column, Section, Show
from briefing.model import Digest, Field, Item, Part, Quote, fields


class Entry(NamedTuple):
    """One field of the format and what the model says of it."""

    field: Field
    meaning: str

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
            return f"id in {' or '.join(field.refers)}" if field.refers else "id of any item"
        if field.kind is Quote:
            return "quote"
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
    documented = _meanings()
    return tuple(_section(part, sections.get(part, part.__name__), documented) for part in parts)


def _section(part: type[Part], title: str, documented: dict[tuple[str, str], str]) -> Section:
    owners = [owner.__name__ for owner in part.__mro__]
    rows = [
        Entry(field, next(documented[owner, field.attribute] for owner in owners if (owner, field.attribute) in documented))
        for field in fields(part)
    ]  # fmt: skip
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


def _meanings() -> dict[tuple[str, str], str]:
    """The text below each field in the model's source, by class and attribute."""
    found = {}
    for node in ast.parse(Path(model.__file__).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            for field, text in zip(node.body, node.body[1:], strict=False):
                if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                    assert isinstance(field.target, ast.Name)
                    assert isinstance(text.value, ast.Constant)
                    found[node.name, field.target.id] = str(text.value.value)
    return found
