"""Examples of the format as YAML in comments, read off the model: a section, its fields, its words."""

import re
import textwrap
from collections.abc import Collection, Iterator
from typing import NamedTuple

from briefing.dates import Date
from briefing.model import DIGEST, Digest, Field, Item, Number, Part, Quote, fields

TODO = "TODO"
"""The word that stands where somebody has to write."""

_WIDTH = 110
# Tried in this order where a field wants text of a certain form.
_OF_A_FORM = ("P6M", "en", "https://example.org/", "0" * 64)


class Example(NamedTuple):
    """What the examples of one digest have in common."""

    day: str
    """A date, where one is wanted."""
    source: str
    """The id of a source that the digest has."""


def section(name: str, example: Example) -> Iterator[str]:
    """One item of a section, all of it in comments: the fields that it needs, then what it may have.

    What every item may have is explained where a whole item stands; here its evidence is enough.
    """
    common = {field.name for field in fields(Item)}
    part = Digest.SECTIONS[name]
    yield f"# {name}:  # {next(field.meaning for field in fields(Digest) if field.name == name)}"
    yield f"#   - id: {example_id(name)}"
    for line in _own_fields(part, example, common):
        yield f"# {line}"
    yield f'#     # evidence: ["{TODO}"]'


def item(part: type[Part], example: Example, id: str) -> Iterator[str]:
    """The lines of one item: fields that it may have are comments, and all have their meaning."""
    yield f"  - id: {id}"
    yield from _own_fields(part, example, {"id"})


def _own_fields(part: type[Part], example: Example, without: Collection[str]) -> Iterator[str]:
    own = [field for field in fields(part) if field.name not in without]
    for field in sorted(own, key=lambda field: not field.required):
        yield from line_of(field, example)


def line_of(field: Field, example: Example, indent: str = "    ") -> Iterator[str]:
    """A field with an example of its value and its meaning; a comment where it may be left out."""
    begins = indent if field.required else f"{indent}# "
    line = f"{begins}{field.name}: {_value(field, example)}"
    meaning = explained(field)
    if len(line) + 2 + len(meaning) + 2 <= _WIDTH:
        yield f"{line}  # {meaning}"
        return
    for piece in textwrap.wrap(meaning, _WIDTH - len(indent) - 4, break_on_hyphens=False):
        yield f"{indent}# {piece}"
    yield line


def explained(field: Field) -> str:
    """What a field says, and its words where it has a vocabulary."""
    words = f" One of: {', '.join(field.vocabulary)}." if field.vocabulary else ""
    return f"{field.meaning}{words}"


def example_id(section: str) -> str:
    """The id of a section's example: `key-point-1`."""
    singular = "event" if section == "timeline" else section.removesuffix("s")
    return f"{singular.replace('_', '-')}-1"


def _value(field: Field, example: Example) -> str:
    if field.is_part and field.alone:
        alone = next(each for each in fields(field.kind) if each.name == field.alone)
        value = f'"{TODO}"' if field.kind is Quote else _value(alone, example)
    elif field.is_part:
        needed = [each for each in fields(field.kind) if each.required]
        value = f"{{{', '.join(f'{each.name}: {_value(each, example)}' for each in needed)}}}"
    else:
        value = _scalar(field, example)
    return f"[{value}]" if field.many else value


def _scalar(field: Field, example: Example) -> str:
    if field.vocabulary:
        return field.vocabulary[0]
    if field.refers is not None:
        return _reference(field, example)
    if field.kind is Date:
        return example.day
    if field.kind is Number:
        return "1"
    if field.is_prose or field.pattern == r"\S":
        return f'"{TODO}"'
    return next((each for each in _OF_A_FORM if re.search(field.pattern, each)), f'"{TODO}"')


def _reference(field: Field, example: Example) -> str:
    """An id that leads somewhere, where the field has to be there; else to another section's example."""
    assert field.refers is not None
    if "sources" in field.refers:
        return example.source
    if not field.refers:
        return example_id("key_points" if field.required else "instruments")
    return example_id(next(section for section in field.refers if section != DIGEST))
