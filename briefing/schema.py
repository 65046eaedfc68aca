"""The digest format as a JSON Schema (2020-12), for editors and validators: read off the model.

Validators see a digest as their YAML library types it: 2025 as a whole number, `yes` perhaps as a
boolean. The program takes all of these as the text that was written, so the schema lets them pass.
What the schema refuses, the program refuses too; ids that lead nowhere, and quotes, it leaves to the program.
"""

import json
from collections.abc import Mapping
from typing import Any

from briefing.dates import Date
from briefing.model import Digest, Field, Number, Part, fields
from briefing.words import PHRASES

ID = "https://briefing.invalid/briefing-1.schema.json"

Schema = dict[str, Any]

_AS_TYPED = ["string", "number", "boolean"]
_DATE = r"^[0-9X?~%/.TZ:+-]+$"
_NUMBER = r"^-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?$"


def text() -> str:
    """The schema as JSON."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> Schema:
    """The schema of a digest; each part of the format is a definition of its own."""
    parts: list[type[Part]] = [Digest]
    for part in parts:  # grows while the parts of parts are found
        parts += [field.kind for field in fields(part) if field.is_part and field.kind not in parts]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ID}
    return head | _part(Digest) | {"$defs": {part.__name__: _part(part) for part in parts[1:]}}


def _part(part: type[Part]) -> Schema:
    known = fields(part)
    return {
        "title": _title(part),
        "description": part.MEANING,
        "type": "object",
        "properties": {field.name: _field(part, field) for field in known},
        "required": [field.name for field in known if field.required],
        "additionalProperties": False,
    }


def _title(part: type[Part]) -> str:
    if part is Digest:
        return "Digest of an agreement, briefing/1"
    words = "".join(f" {each.lower()}" if each.isupper() else each for each in part.__name__)
    return words.strip().capitalize()


def _field(part: type[Part], field: Field) -> Schema:
    """The schema of one field: its name and meaning, and what it holds."""
    title = {"title": field.name.replace("_", " ").capitalize()}
    meaning = {"description": said} if (said := _meaning(field)) else {}
    one = _one(part, field)
    if not field.many:
        return title | meaning | one
    return title | meaning | {"type": "array", "items": one}


def _meaning(field: Field) -> str:
    said = [field.meaning]
    if field.refers is not None:
        said.append(f"An {field.ids}.")
    return " ".join(each for each in said if each)


def _one(owner: type[Part], field: Field) -> Schema:
    """What the field holds, or each entry of it."""
    if field.is_part:
        part = {"$ref": f"#/$defs/{field.kind.__name__}"}
        return {"anyOf": [_plain(r"\S", field.form), part]} if field.alone else part
    if field.vocabulary:
        return _words(PHRASES.get(f"{owner.__name__}.{field.name}", {}), field)
    if field.kind is Date:
        return {"type": ["string", "integer"]} | _pattern(_DATE, "a date, such as 2025-02-03")
    if field.kind is Number:
        return {"type": ["string", "number"]} | _pattern(_NUMBER, "a number in plain digits, such as 1200")
    return _plain(field.pattern, field.form)


def _plain(pattern: str, form: str) -> Schema:
    ending = pattern.replace(r"(?![\s\S])", "$").replace(r"\"", '"')  # as ECMA 262 writes them
    return {"type": _AS_TYPED} | (_pattern(ending, form) if ending else {})


def _pattern(pattern: str, form: str) -> Schema:
    """A pattern, and what an editor says in its place where a value does not match."""
    return {"pattern": pattern, "patternErrorMessage": f"Not {form or 'a text'}."}


def _words(known: Mapping[str, str], field: Field) -> Schema:
    """A vocabulary; with what each word says to a reader, where that is more than the word."""
    # Editors leave a field without a type out of the item that they propose.
    words: Schema = {"type": "string", "enum": list(field.vocabulary)}
    phrases = [known.get(word, "") for word in field.vocabulary]
    if any(phrases):
        words |= {"enumDescriptions": phrases, "markdownEnumDescriptions": phrases}
    return words
