"""CSV and TSV: a column for every field of the format; lists joined by `; `."""

import io
from collections.abc import Iterator

from briefing.document import Document
from briefing.render import Look
from briefing.wording import written

_SPACES = dict.fromkeys(map(ord, "\t\n\r"), " ")


def render_csv(document: Document, look: Look) -> Iterator[str]:
    """RFC 4180 with line feeds: what needs it is quoted, nothing is changed."""
    import csv

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for cells in _lines(document, look):
        writer.writerow(cells)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def render_tsv(document: Document, look: Look) -> Iterator[str]:
    """Cells parted by tabs; a tab or a line break in a cell becomes a space."""
    for cells in _lines(document, look):
        yield "\t".join([cell.translate(_SPACES) for cell in cells]) + "\n"


def _lines(document: Document, look: Look) -> Iterator[list[str]]:
    if document.whole:
        yield from _whole(document, look)
        return
    section = document.parts[0][0]
    if look.header:
        yield [column.name for column in section.columns]
    getters = [column.cell for column in section.columns]
    for row in section.rows:
        yield [written(get(row)) for get in getters]


def _whole(document: Document, look: Look) -> Iterator[list[str]]:
    """Whole briefings in one table: a column for the section, then those of all sections."""
    sections = [section for part in document.parts for section in part]
    names = list(dict.fromkeys(column.name for section in sections for column in section.columns))
    if look.header:
        yield ["section", *names]
    for section in sections:
        getters = {column.name: column.cell for column in section.columns}
        for row in section.rows:
            yield [section.name, *(written(getters[name](row)) if name in getters else "" for name in names)]
