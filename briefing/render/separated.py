"""CSV and TSV: a column for every field of the format, and for every part of a field that has several.

A list is joined by `; ` where it can be split again there; else the cell is a JSON array, and no joined
list begins with `[`. A list of values with several parts is a JSON array of objects.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any

from briefing.document import Cell, Column, Document, Record, Section
from briefing.render import Look
from briefing.wording import in_a_row, written

_JOINER = "; "
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_SPACES = dict.fromkeys(map(ord, "\t\n\r"), " ")


def render_csv(document: Document, look: Look) -> Iterator[str]:
    """RFC 4180 with line feeds: what needs it is quoted, nothing is changed."""
    import csv

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    if look.bom:
        yield _BOM
    for cells in _lines(document, look):
        writer.writerow(cells)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def render_tsv(document: Document, look: Look) -> Iterator[str]:
    """Cells parted by tabs; a tab or a line break in a cell becomes a space."""
    if look.bom:
        yield _BOM
    for cells in _lines(document, look):
        yield "\t".join([cell.translate(_SPACES) for cell in cells]) + "\n"


def _lines(document: Document, look: Look) -> Iterator[list[str]]:
    if document.whole:
        yield from _whole(document, look)
        return
    columns = _columns(document.parts[0][0])
    if look.header:
        yield list(columns)
    for row in document.parts[0][0].rows:
        yield [tell(row) for tell in columns.values()]


def _whole(document: Document, look: Look) -> Iterator[list[str]]:
    """Whole briefings in one table: a column for the section, then those of all sections."""
    sections = [(section, _columns(section)) for part in document.parts for section in part]
    names = list(dict.fromkeys(name for _, columns in sections for name in columns))
    if look.header:
        yield ["section", *names]
    for section, columns in sections:
        for row in section.rows:
            yield [section.name, *(columns[name](row) if name in columns else "" for name in names)]


def _columns(section: Section) -> dict[str, Callable[[Any], str]]:
    """The headings, each with what gives the text of a row's cell there."""
    found: dict[str, Callable[[Any], str]] = {}
    for column in section.columns:
        if column.parts and column.type == "record" and not column.many:
            found |= {f"{column.name}.{part.name}": _part(column, part) for part in column.parts}
        else:
            found[column.name] = _whole_cell(column)
    return found


def _whole_cell(column: Column) -> Callable[[Any], str]:
    get = column.cell
    return lambda row: _text(get(row))


def _part(column: Column, part: Column) -> Callable[[Any], str]:
    get, get_part = column.cell, part.cell
    return lambda row: _text(get_part(value)) if (value := get(row)) else ""


def _text(cell: Cell) -> str:
    """A cell as one text, from which its values can be had again."""
    if isinstance(cell, Section):
        cell = tuple(in_a_row(cell, row) for row in cell.rows)
    if type(cell) is not tuple:
        return written(cell)
    if not cell:
        return ""
    if any(type(each) is Record and _has_parts(each) for each in cell):
        return _json(cell)
    values = [written(each) for each in cell]
    together = _JOINER.join(values)
    return _json(values) if together.startswith("[") or together.split(_JOINER) != values else together


def _has_parts(record: Record) -> bool:
    return any(part not in ("", None, ()) for _, part in record.parts[1:])


def _json(values: Any) -> str:
    from briefing.render.json_ import text_of  # few cells need it

    return text_of(tuple(values))
