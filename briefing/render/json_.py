"""JSON and JSON lines: every field of the format, always all keys, in the format's order.

References are ids, dates are EDTF strings, numbers keep their digits; what is empty is null or [].
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from briefing.dates import Date
from briefing.document import Cell, Citation, Document, Marked, Record, Ref, Section
from briefing.problem import unhashed
from briefing.render import Look


def render(document: Document, look: Look) -> Iterator[str]:
    """A view as an array of objects; one whole briefing as an object, several as an array."""
    objects = (
        _inert(msgspec.json.format(text, indent=2)) for text in map(msgspec.json.encode, _objects(document))
    )
    if document.whole and len(document.parts) == 1:
        yield f"{next(objects)}\n"
        return
    between = "[\n"
    for text in objects:
        yield f"{between}{text}"
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def render_lines(document: Document, look: Look) -> Iterator[str]:
    """The same objects, one a line."""
    for each in _objects(document):
        yield f"{_inert(msgspec.json.encode(each))}\n"


def _inert(text: bytes) -> str:
    """JSON with an escape in the place of what a build server takes for a command wherever it stands."""
    return unhashed(text.decode(), r"\u0023")


def _objects(document: Document) -> Iterable[dict[str, Any]]:
    if document.whole:
        return map(_briefing, document.parts)
    return _rows(document.parts[0][0])


def _briefing(sections: tuple[Section, ...]) -> dict[str, Any]:
    """The digest's head, and an array for each section."""
    found: dict[str, Any] = {}
    for section in sections:
        if section.single:
            found.update(next(iter(_rows(section))))
        else:
            found[section.name] = list(_rows(section))
    return found


def _rows(section: Section) -> Iterator[dict[str, Any]]:
    getters = [(column.name, column.cell) for column in section.columns]
    for row in section.rows:
        yield {name: plain(get(row)) for name, get in getters}


def plain(cell: Cell) -> Any:
    """A cell as JSON has it."""
    match cell:
        case str():
            return cell or None
        case None | int():
            return cell
        case Ref():
            return cell.id
        case Date() | Marked():
            return cell.text
        case Record():
            return {name: plain(part) for name, part in cell.parts}
        case Citation():
            words = {"prefix": cell.prefix, "suffix": cell.suffix, "locator": cell.locator}
            return {"source": cell.source.id, "quote": cell.quote, **{k: v or None for k, v in words.items()}}
        case Section():
            return list(_rows(cell))
        case tuple():
            return [plain(each) for each in cell]
        case Decimal():
            return msgspec.Raw(f"{cell:f}".encode())


def text_of(cell: Cell) -> str:
    """A cell as JSON on one line, without what is empty in its records."""
    return msgspec.json.encode(_filled(plain(cell))).decode()


def _filled(value: Any) -> Any:
    if isinstance(value, list):
        return [_filled(each) for each in value]
    if isinstance(value, dict):
        return {name: _filled(each) for name, each in value.items() if each not in (None, [])}
    return value
