"""The words for a cell: for people, names and dates in words; for machines, ids and EDTF."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from briefing.dates import Date
from briefing.dates import words as date_words
from briefing.document import Cell, Citation, Column, Marked, Record, Ref, Section, column, lead

WHITE = r"[ \t\n\r\u0085\u2028\u2029]+"
"""A run of white space that only lays out a text. Blanks that keep words together, or have a width, do more."""

_IN_ADDRESSES = "%:/?#[]@!$&'()*+,;=~-._"  # what an address may hold as it is


def spoken(cell: Cell) -> str:
    """A cell for people: names, dates in words, grouped digits; empty for no value."""
    say = _SPOKEN.get(type(cell))
    if say is not None:
        return say(cell)
    return f"{cell:,f}" if isinstance(cell, Decimal) else f"{cell:,}"


def _list(cells: tuple[Cell, ...]) -> str:
    """Names and words are separated by commas; what has commas of its own by semicolons."""
    first, *others = map(spoken, cells) if cells else [""]
    if cells and type(cells[0]) in (Record, Citation):
        return "; ".join([first, *others])
    return ", ".join([first, *map(within_sentence, others)])


def _cited(citation: Citation) -> str:
    source = ", ".join(filter(None, (citation.source.name, citation.locator or citation.place)))
    return f"“{citation.quote}” ({source})"


# By exact type, for this is asked for every cell that is printed.
_SPOKEN: dict[type, Callable[[Any], str]] = {
    str: lambda cell: cell,
    type(None): lambda _: "",
    tuple: _list,
    Ref: lambda cell: cell.name,
    Date: date_words,
    Record: lambda cell: _parts(cell, spoken),
    Citation: _cited,
    Marked: lambda cell: _with_marks(cell),
    Section: lambda cell: "; ".join(spoken(lead(cell).cell(row)) for row in cell.rows),
}


def written(cell: Cell) -> str:
    """A cell for machines: ids, EDTF dates, plain digits; lists joined by `; `."""
    match cell:
        case str():
            return cell
        case None:
            return ""
        case Ref():
            return cell.id
        case Date():
            return cell.text
        case Record():
            return _parts(cell, written)
        case Citation():
            return f"{cell.source.id}: {cell.quote}"
        case Marked():
            return cell.text
        case Section():
            return "; ".join(in_a_row(cell, row) for row in cell.rows)
        case tuple():
            return "; ".join(map(written, cell))
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def in_a_row(section: Section, row: Any) -> str:
    """A row in a cell: its main text, after its source where it has one, as a citation is written."""
    source, text = column(section, "source"), written(lead(section).cell(row))
    return f"{written(source.cell(row))}: {text}" if source else text


def _with_marks(marked: Marked) -> str:
    text, end, pieces = marked.text, 0, []
    for start, stop in marked.spans:
        pieces += [text[end:start], "‹", text[start:stop], "›"]
        end = stop
    return "".join((*pieces, text[end:]))


def _parts(record: Record, say: Callable[[Cell], str]) -> str:
    """A record in a line: `first: second (the rest)`, without what is empty; counts with their names."""
    if record.short:
        return record.short
    if record.parts and all(type(cell) is int for _, cell in record.parts):
        return tally(record)
    first, *more = [text for _, cell in record.parts if (text := say(cell))] or [""]
    second = f": {more[0]}" if more else ""
    return f"{first}{second} ({', '.join(more[1:])})" if more[1:] else first + second


def worded(column: Column, cell: Cell) -> str:
    """A cell of a column for people: words of a vocabulary by their phrases."""
    if not column.phrases:
        return spoken(cell)
    if isinstance(cell, tuple) and not isinstance(cell, (Record, Ref)):
        first, *others = [column.phrases.get(each, spoken(each)) for each in cell] or [""]
        return ", ".join([first, *map(sentence_case, others)])
    if isinstance(cell, Record):
        (name, state), *more = cell.parts
        return spoken(Record(((name, column.phrases.get(str(state), spoken(state))), *more)))
    return column.phrases.get(cell, cell) if isinstance(cell, str) else spoken(cell)


def phraser(column: Column) -> Callable[[Any], str]:
    """What a column says of a row on a second line, as a badge or a detail; nothing where it goes unsaid."""
    get, show = column.cell, column.show
    if show.say is not None:
        return show.say
    before, _, after = show.phrase.partition("{}")

    def phrase(row: Any) -> str:
        cell = get(row)
        if not cell and not isinstance(cell, (int, Decimal)):
            return ""
        if show.part and isinstance(cell, Record):
            cell = dict(cell.parts)[show.part]
        if cell in show.quiet:
            return ""
        text = worded(column, cell)
        return f"{before}{within_sentence(text) if before else text}{after}" if text else ""

    return phrase


def phrased(column: Column, row: Any) -> str:
    """The same of one row."""
    return phraser(column)(row)


def sentence_case(phrase: str) -> str:
    """A phrase for the middle of a sentence: without its capital, but for an acronym or an "I"."""
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]


def within_sentence(text: str) -> str:
    """A name or a sentence for the middle of another: without the capital of its article."""
    article, space, rest = text.partition(" ")
    return f"{article.lower()}{space}{rest}" if article in ("The", "A", "An", "This", "All", "Any") else text


def capital(text: str) -> str:
    """The text with a capital at its beginning, where that letter has one of its own: ß has none."""
    first = text[:1].upper()
    return first + text[1:] if first.lower() == text[:1] else text


def tally(cell: Cell) -> str:
    """Counts in a line, without those that are nothing: `2 instruments · 1 contradicted`."""
    assert isinstance(cell, Record)
    return " · ".join(
        f"{count:,} {name.removesuffix('s') if count == 1 else name}"
        for name, count in cell.parts
        if isinstance(count, int) and count
    )


def headline(section: Section) -> str:
    """What this is, how many, and the time it spans: `Timeline · 10 events, 2022 – 2025`."""
    shown, (one, many) = len(section.rows), section.noun
    of_all = f" of {section.total:,}" if section.total > shown else ""
    noun = "" if many == section.title.lower() else f" {one if shown == 1 and not of_all else many}"
    return f"{section.title} · {shown:,}{of_all}{noun}{_span(section)}"


def _span(section: Section) -> str:
    """The time from the first to the last row, for rows in order of time."""
    by = column(section, section.sort)
    dates = [date for row in section.rows if isinstance(date := by.cell(row), Date)] if by else []
    simple = [date for date in (dates[:1] + dates[-1:]) if "/" not in date.text]
    return f", {' – '.join(map(date_words, simple))}" if len(dates) > 1 and len(simple) == 2 else ""


def unfolded(text: str) -> str:
    """A text on one line: where it has a line break or a tab, every run of white space becomes a space."""
    return re.sub(WHITE, " ", text).strip(" ") if "\n" in text or "\t" in text else text


def addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Every web address in a text: where it begins and ends, and the address as programs take it."""
    from urllib.parse import quote  # few texts have any

    for match in re.finditer(r"(?<![A-Za-z0-9])https?://[^\s<>\"“”„«»]{1,4000}", text):
        found = match[0].rstrip(".,;:!?'’)]}")
        found += ")" if "(" in found and match[0][len(found) :].startswith(")") else ""
        if found[-1] != "/" or found.count("/") > 2:
            yield match.start(), match.start() + len(found), quote(found, safe=_IN_ADDRESSES)
