"""Section → Section: which rows, in what order, which columns. Worked out once for every view.

A cell is asked for what it can be called: a reference by its id or its name, a list by any of its
values, a record by any of its parts. Dates are compared as the time that they may mean.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from briefing import dates
from briefing.dates import Date
from briefing.document import Cell, Citation, Column, Marked, Record, Ref, Role, Section, Show, column
from briefing.problem import Failure, did_you_mean, listed, shortened
from briefing.wording import spoken

_WHERE = re.compile(r"\s*([A-Za-z_-]+)\s*(!=|=|~)\s*(.*?)\s*", re.DOTALL)

_Keeps = Callable[[Any], bool]


class Query(NamedTuple):
    """What a reader wants of a view."""

    where: Sequence[str] = ()
    """Conditions, all of which hold: `FIELD=VALUE`, `FIELD!=VALUE`, `FIELD~TEXT`."""
    since: str = ""
    until: str = ""
    fields: str = ""
    """The columns to show, in that order, parted by commas."""
    sort: str = ""
    reverse: bool = False
    limit: int | None = None


def select(section: Section, query: Query) -> Section:
    """The section as the query wants it. Raises Failure for what it does not have."""
    conditions = [_condition(section, text) for text in query.where]
    if query.since or query.until:
        conditions.append(_in_time(section, query.since, query.until))
    # Sorting and columns are looked up before any row is: a mistake costs nothing then.
    by = _column(section, query.sort) if query.sort else None
    chosen = _chosen(section, query.fields) if query.fields else None
    rows: Sequence[Any] = section.rows
    for keeps in conditions:
        rows = [row for row in rows if keeps(row)]
    if by is not None:
        rows = _sorted(rows, by, query.reverse)
    elif query.reverse:
        rows = rows[::-1]
    if query.limit is not None:
        rows = rows[: query.limit]
    total = max(section.total, len(section.rows))
    in_order = "" if by or query.reverse else section.sort
    section = section._replace(rows=rows, total=total, sort=in_order)
    if chosen is not None:
        names = tuple(column.name for column in chosen)
        section = section._replace(columns=chosen, order=names, layout="table")
    return section


def _column(section: Section, name: str) -> Column:
    found = column(section, name.strip().replace("-", "_"))
    if found is None:
        known = [column.name for column in section.columns]
        help = did_you_mean(name, known)
        raise Failure(
            f'{section.name} has no field "{shortened(name)}"',
            f"{help} The fields: {', '.join(known)}".strip(),
        )
    return found


def _chosen(section: Section, names: str) -> tuple[Column, ...]:
    """The columns of these names, to stand beside one another, whatever they were before."""
    return tuple(_beside(_column(section, name)) for name in names.split(","))


def _beside(column: Column) -> Column:
    was = column.show.role
    role: Role = "lead" if was == "lead" else "side" if was in ("side", "") else "wide"
    return column._replace(show=Show(role, column.show.title))


def _condition(section: Section, text: str) -> _Keeps:
    match = _WHERE.fullmatch(text)
    if not match:
        raise Failure(
            f'"{shortened(text)}" is not a condition', "write FIELD=VALUE, FIELD!=VALUE or FIELD~TEXT"
        )
    name, operator, value = match.groups()
    found = _column(section, name)
    if operator != "~" and value and found.vocabulary and value not in found.vocabulary:
        help = did_you_mean(value, found.vocabulary)
        message = f'"{shortened(value)}" is no value of {found.name}: it is {listed(found.vocabulary)}'
        raise Failure(message, help)
    matches = _contains(value) if operator == "~" else _equals(found, value)
    get = found.cell
    if operator == "!=":
        return lambda row: not matches(get(row))
    return lambda row: matches(get(row))


def _equals(found: Column, value: str) -> Callable[[Cell], bool]:
    if not value:
        return lambda cell: cell in ("", None, ())
    if found.type == "date":
        wanted = _date(value, found.name)
        return lambda cell: isinstance(cell, Date) and dates.overlaps(cell, wanted, wanted)
    if found.type == "number":
        number = _number(value, found.name)
        return lambda cell: cell == number
    said = alike(value)
    return lambda cell: any(value == call or said == alike(call) for call in _calls(cell))


def _contains(value: str) -> Callable[[Cell], bool]:
    folded = alike(value)
    return lambda cell: folded in alike(spoken(cell)) or any(folded in alike(call) for call in _calls(cell))


@lru_cache(maxsize=65536)
def alike(text: str) -> str:
    """A text as it is compared: what does not count when a quote is proved counts here as little, nor case."""
    from briefing.texts.normal import folded  # few runs have a condition

    return folded(text).casefold()


def _calls(cell: Cell) -> Iterator[str]:
    """Everything that a cell can be called."""
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, Ref):
        yield from cell
    elif isinstance(cell, Record):
        for _, part in cell.parts:
            yield from _calls(part)
    elif isinstance(cell, Citation):
        yield cell.quote
        yield from cell.source
    elif isinstance(cell, Date):
        yield from (cell.text, spoken(cell))
    elif type(cell) is tuple:
        for each in cell:
            yield from _calls(each)
    elif isinstance(cell, Marked):
        yield cell.text
    elif cell is not None:
        yield from (str(cell), spoken(cell))


def _date(text: str, name: str) -> Date:
    try:
        return dates.parse(text)
    except ValueError as error:
        raise Failure(f'{name}: "{shortened(text)}": {error}') from error


def _number(text: str, name: str) -> Decimal:
    from briefing.model import number  # what the format counts as one, and nothing else

    try:
        return number(text)
    except ValueError as error:
        message = f'{name}: "{shortened(text)}" is not a number'
        raise Failure(message, str(error).partition(": ")[2]) from error


def _in_time(section: Section, since: str, until: str) -> _Keeps:
    """Keeps a row when any of its dates may fall into the time."""
    getters = [column.cell for column in section.columns if column.type == "date"]
    if not getters:
        raise Failure(f"{section.name} has no dates", "leave out --since and --until")
    start, end = _date(since, "--since") if since else None, _date(until, "--until") if until else None
    if start and end and start.earliest > end.latest:
        raise Failure(f"--since {since} is later than --until {until}")
    return lambda row: any(
        isinstance(date := get(row), Date) and dates.overlaps(date, start, end) for get in getters
    )


def _sorted(rows: Sequence[Any], by: Column, reverse: bool) -> list[Any]:
    """The rows by one column, words of a vocabulary in its order; rows with nothing there come last."""
    keyed = [(cell, row) for row in rows if (cell := by.cell(row)) not in ("", None, ())]
    empty = [row for row in rows if by.cell(row) in ("", None, ())]
    keyed.sort(key=lambda pair: _sort_key(pair[0], by.vocabulary), reverse=reverse)
    return [row for _, row in keyed] + empty


def _sort_key(cell: Any, vocabulary: tuple[str, ...]) -> Any:
    if isinstance(cell, Date):
        return cell.bounds
    if isinstance(cell, (int, Decimal)):
        return cell
    said = spoken(cell).casefold()
    if not vocabulary:
        return said
    return [vocabulary.index(call) for call in _calls(cell) if call in vocabulary], said
