"""Section → Section: which rows, in what order, which columns. Worked out once for every view.

A cell is found by what it can be called: a reference by its id or its name, a list by any of its
values, a record by any of its parts, or by the one that is named: `impact.level`. Dates are compared
as the time that they may mean.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from briefing import dates
from briefing.dates import Date
from briefing.document import Cell, Citation, Column, Marked, Record, Ref, Role, Section, Show, column
from briefing.problem import Failure, did_you_mean, listed, shortened
from briefing.wording import spoken

_WHERE = r"\s*([A-Za-z_.-]+)\s*(!=|!~|>=|<=|==|=|~|<|>)"
_FORMS = "write FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT, FIELD!~TEXT, FIELD>VALUE or FIELD<=VALUE"
_MOST_LISTED = 12

_Keeps = Callable[[Any], bool]


class Query(NamedTuple):
    """What a reader wants of a view."""

    where: Sequence[str] = ()
    """Conditions, all of which hold: `FIELD=VALUE`, `FIELD!=A,B`, `FIELD~TEXT`, `FIELD>=VALUE`."""
    since: str = ""
    until: str = ""
    fields: str = ""
    """The columns to show, in that order, separated by commas."""
    sort: str = ""
    reverse: bool = False
    limit: int | None = None


def select(section: Section, query: Query) -> Section:
    """The section as the query wants it. Raises Failure for what it does not have."""
    section, where = _within(section, query.where)
    conditions = [_condition(section, text) for text in where]
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
        section = _together(section)
    elif query.reverse:
        rows = rows[::-1]
    if query.limit is not None:
        rows = rows[: query.limit]
    total = max(section.total, len(section.rows))
    in_order = "" if by or query.reverse else section.sort
    section = section._replace(rows=rows, total=total, sort=in_order)
    return section if chosen is None else _with_columns(section, chosen)


def _with_columns(section: Section, chosen: tuple[Column, ...]) -> Section:
    """The section as a table of the columns that were chosen."""
    names = tuple(column.name for column in chosen)
    left = [each for each in section.columns if each.name not in names]
    quotes = next((each for each in left if each.type == "quotes"), None)
    ids = next((each for each in left if each.name == "id"), None)
    return section._replace(columns=chosen, order=names, layout="table", quotes=quotes, ids=ids, group=None)


def _together(section: Section) -> Section:
    """Rows in an order of their own stand under no headings; which digest each is from is told beside it."""
    if section.group is None:
        return section
    columns = (c._replace(show=Show("side")) if c.name == "digest" else c for c in section.columns)
    return section._replace(group=None, columns=tuple(columns))


def nothing_found(section: Section, query: Query) -> str:
    """What to say where conditions leave no rows; empty where they leave some, or there are none."""
    if not (query.where or query.since or query.until):
        return ""
    if section.rows:
        inner = column(section, section.inner)
        nested: list[Any] = [inner.cell(row) for row in section.rows] if inner else []
        if not nested or any(each.rows or each.total <= 0 for each in nested):
            return ""
        section = nested[0]._replace(total=sum(each.total for each in nested))
    if query.limit == 0:
        return ""
    one, many = section.noun
    return f"nothing matches, of {max(section.total, 0):,} {one if section.total == 1 else many}"


def _within(section: Section, where: Sequence[str]) -> tuple[Section, Sequence[str]]:
    """The section with the conditions on what stands within its rows fulfilled, and the other conditions."""
    inner = column(section, section.inner)
    if inner is None or not section.rows or not where:
        return section, where
    get: Callable[[Any], Any] = inner.cell
    nested = get(section.rows[0])
    theirs = [text for text in where if _is_theirs(section, nested, text)]
    if not theirs:
        return section, where
    select(nested, Query(theirs))  # a mistake is found before anything is printed
    query = Query(theirs)
    narrowed = inner._replace(cell=lambda row: select(get(row), query))
    columns = tuple(narrowed if each is inner else each for each in section.columns)
    return section._replace(columns=columns), [text for text in where if text not in theirs]


def _is_theirs(section: Section, nested: Section, text: str) -> bool:
    match = re.match(_WHERE, text)
    return bool(match and not _find(section, match[1]) and _find(nested, match[1]))


def _column(section: Section, name: str) -> Column:
    found = _find(section, name)
    if found is None:
        known = [column.name for column in section.columns]
        whole, dot, part = name.strip().replace("-", "_").partition(".")
        if dot and (owner := column(section, section.others.get(whole, whole))) and owner.parts:
            parts = [each.name for each in owner.parts]
            help = f"{did_you_mean(part, parts)} Its parts: {', '.join(parts)}".strip()
            raise Failure(f'{section.name}: {whole} has no part "{shortened(part)}"', help)
        help = did_you_mean(name, known)
        raise Failure(
            f'{section.name} has no field "{shortened(name)}"',
            f"{help} The fields: {', '.join(known)}".strip(),
        )
    return found


def _find(section: Section, name: str) -> Column | None:
    """The column of that name; of `column.part` one with that part of each of its values."""
    name = name.strip().replace("-", "_")
    if found := column(section, section.others.get(name, name)):
        return found
    whole, _, part = name.partition(".")
    owner = column(section, section.others.get(whole, whole))
    found = next((each for each in owner.parts if each.name == part), None) if owner else None
    if owner is None or found is None:
        return None
    get, get_part = owner.cell, found.cell

    def cell(row: Any) -> Cell:
        value = get(row)
        if owner.many:
            parts = [get_part(each) for each in value] if isinstance(value, tuple) else []
            return tuple(each for each in parts if each not in ("", None, ()))
        return get_part(value) if value else None

    title = f"{owner.title}: {found.title.lower()}"
    return found._replace(name=name, cell=cell, show=Show("side", title), many=owner.many or found.many)


def _chosen(section: Section, names: str) -> tuple[Column, ...]:
    """The columns of these names, to stand beside one another, whatever they were before; each once."""
    found = [_beside(_column(section, name)) for name in names.split(",")]
    return tuple({column.name: column for column in found}.values())


def _beside(column: Column) -> Column:
    was = column.show.role
    role: Role = "lead" if was == "lead" else "side" if was in ("side", "") else "wide"
    return column._replace(show=Show(role, column.show.title))


def _condition(section: Section, text: str) -> _Keeps:
    match = re.match(_WHERE, text)
    if not match:
        raise Failure(f'"{shortened(text)}" is not a condition', _FORMS)
    name, operator = match.groups()
    value = text[match.end() :].strip()
    found = _column(section, name)
    if operator.startswith(("<", ">")):
        return _compares(found, operator, value)
    matches = _contains(value) if operator.endswith("~") else _equals(found, value, section.rows)
    get = found.cell
    if operator.startswith("!"):
        return lambda row: not matches(get(row))
    return lambda row: matches(get(row))


def _compares(found: Column, operator: str, value: str) -> _Keeps:
    """A condition on what is more or less: numbers, and dates as the time that they may mean."""
    if found.type == "date":
        return _compares_dates(found, operator, _date(value, found.name))
    if found.type != "number":
        raise Failure(f"{found.name} is neither a number nor a date", f"{operator} compares these alone")
    get: Callable[[Any], Any] = found.cell
    limit = _number(value, found.name)
    compare = _COMPARE[operator]
    return lambda row: any(compare(each, limit) for each in _each(get(row)) if each is not None)


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
}


def _compares_dates(found: Column, operator: str, limit: Date) -> _Keeps:
    tests: dict[str, Callable[[Date], bool]] = {
        "<": lambda date: date.earliest < limit.earliest,
        "<=": lambda date: dates.overlaps(date, None, limit),
        ">": lambda date: date.latest > limit.latest,
        ">=": lambda date: dates.overlaps(date, limit, None),
    }
    get, holds = found.cell, tests[operator]
    return lambda row: any(holds(each) for each in _each(get(row)) if isinstance(each, Date))


def _each(cell: Cell) -> Iterable[Any]:
    return cell if type(cell) is tuple else (cell,)


def _equals(found: Column, value: str, rows: Sequence[Any]) -> Callable[[Cell], bool]:
    """Whether a cell is this value, or one of several with commas between."""
    if not value:
        return lambda cell: cell in ("", None, ())
    wanted = [_word(found, each) for each in _alternatives(found, value)]
    if found.type == "date":
        times = [_date(each, found.name) for each in wanted]
        return lambda cell: any(
            isinstance(each, Date) and dates.overlaps(each, time, time)
            for each in _each(cell)
            for time in times
        )
    if found.type == "number":
        _check_grouping(found, value)
        numbers = [_number(each, found.name) for each in wanted]
        return lambda cell: any(each in numbers for each in _each(cell))
    for each in wanted:
        _check_word(found, each, rows)
    said = {alike(each) for each in wanted}
    return lambda cell: any(call in wanted or alike(call) in said for call in _calls(cell))


def _check_grouping(found: Column, value: str) -> None:
    """Refuse 1,500, which is one number to a reader and would be two here."""
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+", value):
        plain = value.replace(",", "")
        help = f"write {shortened(plain)}, or with blanks for one of several: {shortened(value.replace(',', ', '))}"
        raise Failure(f'{found.name}: "{shortened(value)}" is not a number', help)


def _alternatives(found: Column, value: str) -> list[str]:
    r"""The values that a condition names. In a text a comma is a comma; elsewhere it is one as `\,`.

    Of ids and of lists of words the whole is tried first, for a name may have commas of its own.
    """
    choices = found.vocabulary or found.names or found.many or found.type in ("date", "number")
    if "," not in value or not choices:
        return [value if "\\," not in value else value.replace("\\,", ",")]
    if found.names and any(alike(value) == alike(name) for name in found.names.values()):
        return [value]
    return [each.strip().replace("\0", ",") for each in value.replace("\\,", "\0").split(",")]


def _word(found: Column, value: str) -> str:
    """The word of the vocabulary that is meant, also where it is written as people see it."""
    if value in found.vocabulary:
        return value
    said = alike(value)
    meant = (word for word in found.vocabulary if said in (alike(word), alike(found.phrases.get(word, word))))
    return next(meant, value)


def _check_word(found: Column, value: str, rows: Sequence[Any]) -> None:
    """Refuse what no cell can be: a word that is not in the vocabulary, an id or a name of nothing."""
    if found.vocabulary and value not in found.vocabulary:
        several = ",".join(each.strip() for each in value.split("|"))
        help = did_you_mean(value, found.vocabulary)
        help = f'did you mean "{shortened(several)}"?' if "|" in value else help
        message = f'"{shortened(value)}" is no value of {found.name}: it is {listed(found.vocabulary)}'
        raise Failure(message, help)
    if found.names and value not in found.names:
        said = alike(value)
        if not any(said == alike(call) for pair in found.names.items() for call in pair):
            known = [call for pair in found.names.items() for call in pair]
            help = did_you_mean(value, known) or f"in the view are {_some(_ids(found, rows))}"
            raise Failure(f'{found.name}: "{shortened(value)}" is no id and no name in the digest', help)


def _ids(found: Column, rows: Sequence[Any]) -> list[str]:
    """The ids that stand in a column."""
    cells = (each for row in rows for each in _each(found.cell(row)) if each)
    return list(dict.fromkeys(each.id if isinstance(each, Ref) else str(each) for each in cells))


def _some(words: Iterable[str]) -> str:
    words = list(words)
    more = ", …" if len(words) > _MOST_LISTED else ""
    return f"{', '.join(words[:_MOST_LISTED])}{more}"


def _contains(value: str) -> Callable[[Cell], bool]:
    folded = alike(value)
    return lambda cell: folded in alike(spoken(cell)) or any(folded in alike(call) for call in _calls(cell))


@lru_cache(maxsize=65536)
def alike(text: str) -> str:
    """A text as it is compared: case does not count, nor does what does not count when a quote is proved."""
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
    if text == "today":
        from datetime import date  # a word for it is seldom used

        text = date.today().isoformat()
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
