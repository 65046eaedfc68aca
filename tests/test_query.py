"""--where, --since, --until, --sort, --reverse, --limit and --fields, on one digest and on many."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.program import BUNDLED, DIGESTS, VALID, Answer, answer, briefing

from briefing import dates, loader
from briefing.dates import Date
from briefing.document import Column, Ref, Section, merged
from briefing.problem import Failure
from briefing.proof import Proof
from briefing.query import Query, select
from briefing.render import FOR_VIEWS
from briefing.views import VIEWS, search, trace, view
from briefing.views import list as library

FORMATS = [format.name for format in FOR_VIEWS]

FULL = DIGESTS / "valid" / "full.yaml"
DATES = DIGESTS / "valid" / "unusual-dates.yaml"


def ids(name: str, path: Path = FULL, **query: Any) -> str:
    """The ids of the rows that a query leaves of a view."""
    section = select(view(name)(loader.load(str(path))), Query(**query))
    return " ".join(row.id for row in section.rows)


def refusal(name: str, **query: Any) -> tuple[str, str]:
    """What is said to somebody whose query cannot be answered."""
    with pytest.raises(Failure) as caught:
        ids(name, **query)
    return caught.value.message, caught.value.help


@pytest.mark.parametrize(
    ("name", "where", "wanted"),
    [
        ("questions", "status=open", "q-law"),
        ("questions", " status = open ", "q-law"),
        ("questions", "status!=open", "q-wells q-rights q-start q-price q-third q-data"),
        ("questions", "status=", "q-price q-third q-data"),
        ("questions", "status!=", "q-wells q-law q-rights q-start"),
        ("questions", "answer=", "q-law q-rights q-start q-price q-third q-data"),
        ("questions", "answer!=", "q-wells"),
        ("questions", "who_can_answer=", "q-law q-rights q-start q-price q-third q-data"),
        ("questions", "answered_on!=", "q-wells"),
        ("questions", "finding!=", "q-wells"),
        ("questions", "why_it_matters~THE TREATY", "q-law"),
        ("questions", "why-it-matters~treaty", "q-law"),
        ("questions", "question~pays", "q-price"),
        ("questions", "status~answer", "q-wells q-rights"),
        ("questions", "related=limit", "q-wells"),
        ("stakeholders", "name=arvania", "arvania"),
        ("stakeholders", "name=Arvan", ""),
        ("stakeholders", "name~LAKE", "commission friends assembly lake-states"),
        ("stakeholders", "roles=affected", "raiders fishers"),
        ("stakeholders", "roles=signatory", "ada-quill ben-osk"),
        ("stakeholders", "roles~pay", "bresland water-company"),
        ("stakeholders", "kind!=person", "arvania bresland ministry commission friends water-company raiders greens fishers third assembly high-court observer lake-states officials"),
        ("stakeholders", "represents=arvania", "ada-quill"),
        ("stakeholders", "represents=ARVANIA", "ada-quill"),
        ("stakeholders", "represents~resl", "ben-osk"),
        ("stakeholders", "influence=high", "arvania"),
        ("stakeholders", "influence~left office", "ada-quill"),
        ("stakeholders", "relations=commission", "arvania"),
        ("stakeholders", "relations=The Lake Commission", "arvania"),
        ("stakeholders", "relations~part", "arvania"),
        ("stakeholders", "tags=state", "arvania"),
        ("instruments", "parties=Ada Quill", "handshake"),
        ("instruments", "parties=ada-quill", "handshake"),
        ("instruments", "signatories=Port Mell", "water-treaty"),
        ("instruments", "finding=corroborated", "water-treaty"),
        ("claims", "finding=disputed", "too-late"),
        ("terms", "instrument=water-treaty", "limit"),
        ("terms", "instrument=lake treaty", "limit"),
        ("claims", "asserted_by=fishers", "too-late"),
        ("claims", "asserted_by=The report", "breakthrough leaving good-faith"),
        ("claims", "evidence~breakthrough", "breakthrough"),
        ("claims", "text=it is a breakthrough.", "breakthrough"),
        ("sources", "url=https://observer.example/lake?page=1&lang=en", "report"),
        ("figures", "value=1.9", "crowns"),
        ("figures", "value=12.00", "surface"),
        ("figures", "value=-0.5", "level"),
        ("figures", "value!=12", "yearly crowns level pumps boats"),
        ("figures", "value=13", ""),
        ("figures", "value~40,000,000", "yearly"),
        ("figures", "value~40000000", "yearly"),
        ("figures", "date=", "yearly crowns level pumps boats"),
        ("figures", "date=1999", "surface"),
        ("timeline", "date=2021", "dispute announcement signing"),
        ("timeline", "date!=2021", "notice-ends count first-report second-report talks"),
        ("timeline", "date=2021-04", "dispute announcement"),
        ("timeline", "date=2021-05-03", "dispute signing"),
        ("timeline", "date=2021-04/2021-05", "dispute announcement signing"),
        ("timeline", "date=1995", "dispute"),
        ("timeline", "date=2022/..", "count"),
        ("timeline", "date~may", "dispute signing"),
        ("timeline", "date~199X", "dispute"),
        ("timeline", "id=count", "count"),
        ("timeline", "actors=Bresland", "signing"),
    ],
)  # fmt: skip
def test_where(name: str, where: str, wanted: str) -> None:
    assert ids(name, where=[where]) == wanted


def test_conditions_are_all_met() -> None:
    both = ["kind=state", "position~support"]
    assert ids("stakeholders", where=both) == "arvania bresland"
    assert ids("stakeholders", where=[*both, "roles=payer"]) == "bresland"
    assert ids("stakeholders", where=[*both, "roles=affected"]) == ""


@pytest.mark.parametrize("operator", ["=", "!="])
@pytest.mark.parametrize(
    ("name", "field", "value", "vocabulary", "help"),
    [
        ("stakeholders", "position", "for", "supports, leans-support, mixed, neutral, leans-oppose, opposes or not-stated", ""),
        ("questions", "status", "opne", "open, partly-answered, answered or overtaken", 'did you mean "open"?'),
        ("stakeholders", "influence", "hi", "low, medium or high", 'did you mean "high"?'),
        ("claims", "finding", "x", "contradicted, disputed, unsupported, imprecise or corroborated", ""),
    ],
)  # fmt: skip
def test_a_value_that_no_cell_can_have(
    name: str, field: str, value: str, vocabulary: str, help: str, operator: str
) -> None:
    message = f'"{value}" is no value of {field}: it is {vocabulary}'
    assert refusal(name, where=[f"{field}{operator}{value}"]) == (message, help)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"where": ["open"]}, '"open" is not a condition'),
        ({"where": ["=open"]}, '"=open" is not a condition'),
        ({"where": ["a b=c"]}, '"a b=c" is not a condition'),
        ({"where": [""]}, '"" is not a condition'),
        ({"where": ["dat=2021"]}, 'figures has no field "dat"'),
        ({"where": ["date=soon"]}, 'date: "soon": not a date'),
        ({"where": ["date=2021-02-30"]}, 'date: "2021-02-30": no day 30 in February 2021'),
        ({"where": ["value=many"]}, 'value: "many" is not a number'),
        ({"where": ["value=NaN"]}, 'value: "NaN" is not a number'),
        ({"where": ["value=sNaN"]}, 'value: "sNaN" is not a number'),
        ({"where": ["value=Infinity"]}, 'value: "Infinity" is not a number'),
        ({"where": ["value=1_000"]}, 'value: "1_000" is not a number'),
        ({"where": ["value=٣"]}, 'value: "٣" is not a number'),
        ({"where": ["value!=1e3"]}, 'value: "1e3" is not a number'),
        ({"where": ["value=1,000"]}, 'value: "1,000" is not a number'),
        ({"where": ["value=" + "9" * 5000]}, 'value: "999'),
        ({"since": "soon"}, '--since: "soon": not a date'),
        ({"until": "2021-13"}, '--until: "2021-13": no month 13'),
        ({"since": "2022", "until": "2021"}, "--since 2022 is later than --until 2021"),
        ({"since": "2022-05-04", "until": "2022-05-03"}, "--since 2022-05-04 is later than --until 2022-05-03"),
        ({"since": "2022/..", "until": "../2021"}, "--since 2022/.. is later than --until ../2021"),
        ({"sort": "dtae"}, 'figures has no field "dtae"'),
        ({"fields": "id,"}, 'figures has no field ""'),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_answered(query: dict[str, Any], message: str) -> None:
    assert refusal("figures", **query)[0].startswith(message)


def test_a_mistyped_field_has_a_suggestion_and_the_list() -> None:
    _, help = refusal("figures", where=["lable=x"])
    assert help.startswith('did you mean "label"? The fields: id, label, value, upper,')


@pytest.mark.parametrize("name", ["stakeholders", "terms"])
@pytest.mark.parametrize("option", ["since", "until"])
def test_a_view_without_dates_has_no_time(name: str, option: str) -> None:
    assert refusal(name, **{option: "2022"}) == (f"{name} has no dates", "leave out --since and --until")


@pytest.mark.parametrize(
    "arguments",
    [
        ["stakeholders", "-w", "position=for"],
        ["stakeholders", "--since", "2022"],
        ["timeline", "--since", "2023", "--until", "2022"],
        ["timeline", "--sort", "nonsense"],
        ["timeline", "--limit", "-1"],
        ["timeline", "--limit", "many"],
    ],
)
def test_wrong_usage_exits_with_2_and_prints_no_answer(arguments: Sequence[str]) -> None:
    result = briefing(*arguments, "-f", "json")
    assert (result.code, result.out) == (2, "")
    assert result.err


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        ("2025-03", "", "decade some-month end-unknown since-open last-year"),
        ("2030", "", "end-unknown since-open last-year"),
        ("9999", "", "end-unknown since-open last-year"),
        ("2025-02-04/..", "2025-02-04", "decade some-month month-to-month about-month both some-day end-unknown since-open"),
        ("", "0001", "start-unknown until-known first-year"),
        ("", "1899-12-31", "start-unknown until-known first-year"),
        ("", "1900", "start-unknown until-known first-year century"),
        ("1991", "1995", "century"),
        ("1990-12-31", "1990-12-31", "start-unknown until-known century"),
        ("2024-02-29", "2024-02-29", "decade days leap-day"),
        ("2024-03", "2024-10", "decade"),
        ("2024-06", "2024", "decade month-to-month"),
        ("2025-02-03T14:05:07", "2025-02-03T14:05:07", "decade some-month month-to-month about-month both some-day doubtful-day in-utc"),
        ("2025-02-03T13:05:00", "2025-02-03T13:05:00", "decade some-month month-to-month about-month both some-day doubtful-day with-offset"),
    ],
)  # fmt: skip
def test_a_time_keeps_what_may_fall_into_it(since: str, until: str, wanted: str) -> None:
    found = ids("timeline", DATES, since=since, until=until)
    assert sorted(found.split()) == sorted(wanted.split())
    assert [id for id in ids("timeline", DATES).split() if id in found.split()] == found.split()


def test_any_date_of_a_row_may_fall_into_the_time() -> None:
    assert ids("instruments", since="2021-05", until="2021-06") == "water-treaty"  # signed
    assert ids("instruments", since="2024", until="2024") == "water-treaty"  # status_as_of
    assert ids("instruments", since="2025") == ""
    assert ids("figures", since="2000") == "surface"  # the others have no date


@pytest.mark.parametrize(
    ("name", "sort", "up", "empty"),
    [
        ("figures", "value", "level crowns surface pumps boats yearly", ""),
        ("figures", "label", "boats level crowns pumps surface yearly", ""),
        ("figures", "date", "surface", "yearly crowns level pumps boats"),
        ("figures", "asserted_by", "surface boats", "yearly crowns level pumps"),
        ("timeline", "date", "dispute announcement signing count", "notice-ends first-report second-report talks"),
        ("timeline", "place", "signing", "dispute announcement notice-ends count first-report second-report talks"),
        ("timeline", "actors", "signing", "dispute announcement notice-ends count first-report second-report talks"),
        ("claims", "date", "too-late", "breakthrough leaving good-faith"),
        ("stakeholders", "name", "ada-quill arvania assembly ben-osk bresland third fishers friends officials water-company raiders lake-states greens high-court commission ministry observer", ""),
        ("stakeholders", "represents", "ada-quill ben-osk", "arvania bresland ministry commission friends water-company raiders greens fishers third assembly high-court observer lake-states officials"),
        ("stakeholders", "relations", "arvania", "bresland ministry ada-quill ben-osk commission friends water-company raiders greens fishers third assembly high-court observer lake-states officials"),
        ("questions", "answered_on", "q-wells", "q-law q-rights q-start q-price q-third q-data"),
        ("questions", "category", "q-law q-rights q-start q-price q-wells q-third q-data", ""),
        ("stakeholders", "influence", "ada-quill arvania", "bresland ministry ben-osk commission friends water-company raiders greens fishers third assembly high-court observer lake-states officials"),
        ("sources", "published", "gazette report", ""),
    ],
)  # fmt: skip
def test_what_has_nothing_to_sort_by_comes_last_either_way(name: str, sort: str, up: str, empty: str) -> None:
    assert ids(name, sort=sort) == f"{up} {empty}".strip()
    down = " ".join(reversed(up.split()))
    assert ids(name, sort=sort, reverse=True) == f"{down} {empty}".strip()


def test_equals_stay_in_the_order_of_the_digest_either_way() -> None:
    assert ids("claims", sort="asserted_by", reverse=True) == "breakthrough leaving good-faith too-late"
    assert ids("claims", sort="kind", where=["asserted_by=report"]) == "leaving breakthrough good-faith"


def test_dates_are_sorted_by_what_they_may_mean_and_not_by_how_they_are_written() -> None:
    wanted = ["first-year", "century", "decade", "days", "leap-day", "month-to-month", "some-month"]
    assert ids("timeline", DATES, sort="date").split()[2:9] == wanted
    assert ids("timeline", DATES, sort="date", reverse=True).split()[-9:-2] == wanted[::-1]


def test_reverse_alone_turns_the_view_around() -> None:
    assert (
        ids("timeline", reverse=True)
        == "talks second-report first-report count notice-ends signing announcement dispute"
    )


@pytest.mark.parametrize(("limit", "wanted"), [(0, ""), (1, "surface"), (3, "surface yearly crowns"), (99, "surface yearly crowns level pumps boats")])  # fmt: skip
def test_limit(limit: int, wanted: str) -> None:
    assert ids("figures", limit=limit) == wanted


def test_rows_are_chosen_then_sorted_then_turned_then_counted_off_and_columns_come_last() -> None:
    section = select(
        view("figures")(loader.load(str(FULL))),
        Query(where=["id!=surface"], sort="value", reverse=True, limit=2, fields="unit,id"),
    )
    assert [[column.cell(row) for column in section.columns] for row in section.rows] == [
        ["cubic metres", "yearly"],
        ["", "boats"],
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_prints_the_rows_that_were_asked_for(format: str) -> None:
    found = answer("figures", FULL, "-w", "value!=12", "--sort", "value", "-n", "2", "-f", format)
    rows = [found.index(text) for text in ("Level of the lake", "Price of a cubic metre")]
    assert rows == sorted(rows)
    assert "Surface that the lake" not in found
    assert "Water that a state" not in found


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_takes_a_query(name: str) -> None:
    section = view(name)(loader.load(str(FULL)))
    last = section.rows[-1]
    for query in (
        {"where": [f"id={last.id}"]},
        {"reverse": True, "limit": 1},
        {"where": [f"id~{last.id}"], "sort": "id"},
    ):
        assert ids(name, **query) == last.id
    if name == "summary":  # whose id is the digest's own
        assert ids(name, where=["id=nothing"]) == ""
    else:
        said, _ = refusal(name, where=["id=nothing"])
        assert said == 'id: "nothing" is no id and no name in the digest'


def test_search_trace_and_list_take_a_query_too() -> None:
    loaded = loader.load(BUNDLED)
    sentences = trace.view(Proof(loaded, None))
    assert [row.sentence.number for row in select(sentences, Query(where=["number=3"])).rows] == [3]
    found = select(search.view(loaded, "homicides"), Query(where=["section=figures"]))
    assert [row.item.id for row in found.rows] == ["homicides"]
    assert not select(library.view(), Query(where=["name=nonsense"])).rows


def test_marks_for_people_do_not_part_the_words_of_a_condition() -> None:
    sentences = trace.view(Proof(loader.load(BUNDLED), None))
    assert len(sentences.rows) > 5
    for row in sentences.rows:
        assert select(sentences, Query(where=[f"sentence~{row.sentence.text}"])).rows == [row]
        assert select(sentences, Query(where=[f"sentence={row.sentence.text}"])).rows == [row]


# --- several digests ---


def test_a_timeline_over_several_is_in_order_of_time() -> None:
    rows = json.loads(answer("timeline", *VALID, "-f", "json"))
    bounds = [dates.parse(when).bounds for row in rows if (when := row["date"] or row["due"])]
    assert bounds == sorted(bounds)
    assert all(row["date"] or row["due"] for row in rows[: len(bounds)])
    assert len({row["digest"] for row in rows}) == 6  # one of them has no events
    assert len(rows) == sum(len(loader.load(str(path)).digest.timeline) for path in VALID)


def test_a_query_is_for_all_of_them_together() -> None:
    given = ("timeline", FULL, DATES, BUNDLED, "-f", "json")
    rows = json.loads(answer(*given))
    found = json.loads(
        answer(*given, "-w", "digest!=full", "--sort", "event", "-n", "3", "--fields", "event,digest")
    )
    wanted = sorted(
        (row for row in rows if row["digest"] != "full"), key=lambda row: str(row["event"]).casefold()
    )
    assert [list(row.items()) for row in found] == [
        [("event", row["event"]), ("digest", row["digest"])] for row in wanted[:3]
    ]


def test_other_views_keep_the_order_in_which_the_digests_are_named() -> None:
    rows = json.loads(answer("figures", BUNDLED, FULL, "-f", "json"))
    assert list(dict.fromkeys(row["digest"] for row in rows)) == [BUNDLED, "full"]


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.yaml"
    path.write_bytes(FULL.read_bytes().replace(b"\nas_of: 2024-03-01", b"\nas_of: soon"))
    return path


@pytest.mark.parametrize("command", ["timeline", "summary", "search"])
def test_a_bad_digest_among_several_is_reported_and_the_others_are_printed(command: str, bad: Path) -> None:
    text = ["the"] if command == "search" else []
    result = briefing(command, *text, FULL, bad, BUNDLED, "-f", "json")
    assert {row["digest"] for row in json.loads(result.out)} == {"full", BUNDLED}
    assert result.err.startswith(f"{bad}:6:8: error[date] as_of: ")
    assert result.code == 1


def test_the_column_digest_is_there_where_only_one_of_several_can_be_read(bad: Path) -> None:
    result = briefing("figures", bad, FULL, "-f", "json", "-n", "1", "--fields", "digest,id")
    assert (result.code, result.out) == (1, '[\n{\n  "digest": "full",\n  "id": "surface"\n}\n]\n')


def test_a_missing_digest_among_several_exits_with_2(bad: Path) -> None:
    result = briefing("timeline", FULL, "nowhere.yaml", bad, BUNDLED, "-f", "json")
    assert {row["digest"] for row in json.loads(result.out)} == {"full", BUNDLED}
    assert result.err.startswith("briefing: nowhere.yaml: No such file or directory\n")
    assert str(bad) in result.err
    assert result.code == 2


def test_where_none_of_several_can_be_read_nothing_is_printed(bad: Path) -> None:
    result = briefing("timeline", bad, bad, "-f", "json")
    assert (result.code, result.out, result.err.count("error[date]")) == (1, "", 2)


# --- against a second, simpler way to work it out ---

YEARS = range(2000, 2010)
WORDS = ("", "Alpha", "alpha beta", "BETA", "gamma")
NAMES = {"a": "Ann", "b": "Bob", "c": "ann"}


class Row(NamedTuple):
    """A row with a cell of each type."""

    word: str
    number: int | None
    date: Date | None
    refs: tuple[Ref, ...]
    position: int = 0


SECTION = Section(
    "rows",
    "Rows",
    (
        Column("word", lambda row: row.word),
        Column("number", lambda row: row.number, type="number"),
        Column("date", lambda row: row.date, type="date"),
        Column("refs", lambda row: row.refs, type="ref"),
    ),
    (),
)
FIRST, LAST = YEARS[0], YEARS[-1]
DATE = st.builds("{}".format, st.sampled_from(YEARS)) | st.builds(
    lambda a, b: f"{min(a, b)}/{max(a, b)}", st.sampled_from(YEARS), st.sampled_from(YEARS)
) | st.builds("{}/..".format, st.sampled_from(YEARS)) | st.builds("/{}".format, st.sampled_from(YEARS))  # fmt: skip
ROW = st.builds(
    Row,
    st.sampled_from(WORDS),
    st.none() | st.integers(-3, 3),
    st.none() | DATE.map(dates.parse),
    st.lists(st.sampled_from([Ref(*pair) for pair in NAMES.items()]), max_size=2).map(tuple),
)
CONDITION = st.tuples(
    st.sampled_from(["word", "refs"]),
    st.sampled_from(["=", "!=", "~"]),
    st.sampled_from([*WORDS, "a", "Ann", "b", "alph", "x"]),
) | st.tuples(st.just("number"), st.sampled_from(["=", "!="]), st.integers(-3, 3).map(str) | st.just("")) | st.tuples(
    st.just("date"), st.sampled_from(["=", "!="]), DATE | st.just("")
)  # fmt: skip


def years(text: str) -> set[int]:
    """Every year that a date may mean."""
    start, slash, end = text.partition("/")
    last = int(end) if end.isdigit() else LAST if slash else int(start)
    return set(range(int(start) if start else FIRST, last + 1))


def holds(row: Row, field: str, operator: str, value: str) -> bool:
    """Whether a condition holds of a row, worked out on plain values."""
    cell = getattr(row, field)
    if operator != "~" and not value:
        found = (
            cell is None or len(getattr(cell, "text", cell if isinstance(cell, (str, tuple)) else "x")) == 0
        )
    elif field == "date":
        found = cell is not None and bool(years(cell.text) & years(value))
    elif field == "number":
        found = str(cell) == value
    else:
        calls = [cell] if field == "word" else [call for ref in cell for call in ref]
        shown = cell if field == "word" else ", ".join(ref.name for ref in cell)
        calls = [call.lower() for call in calls]
        found = (
            value.lower() in calls
            if operator != "~"
            else any(value.lower() in c for c in [*calls, shown.lower()])
        )
    return found != (operator == "!=")


def naive(
    rows: list[Row], wheres: list[tuple[str, str, str]], sort: str, reverse: bool, limit: int | None
) -> list[Row]:
    rows = [row for row in rows if all(holds(row, *where) for where in wheres)]
    if not sort:
        return (rows[::-1] if reverse else rows)[:limit]

    def key(row: Row) -> Any:
        match getattr(row, sort):
            case Date(text=text):
                start, slash, end = text.partition("/")
                open_end = (1, 0) if slash and not end.isdigit() else (0, int(end or start))
                return int(start) if start else -1, open_end
            case tuple(refs):
                return ", ".join(ref.name for ref in refs).lower()
            case str(word):
                return word.lower()
            case number:
                return number

    full = [row for row in rows if getattr(row, sort) not in ("", None, ())]
    empty = [row for row in rows if row not in full]
    # The position, turned around with the rest, keeps equals in their order.
    full.sort(key=lambda row: (key(row), -row.position if reverse else row.position), reverse=reverse)
    return (full + empty)[:limit]


@given(
    st.lists(ROW, max_size=8),
    st.lists(CONDITION, max_size=2),
    st.sampled_from(["", "word", "number", "date", "refs"]),
    st.booleans(),
    st.none() | st.integers(0, 9),
)
@pytest.mark.slow
def test_a_query_gives_what_a_naive_one_gives(
    rows: list[Row], wheres: list[tuple[str, str, str]], sort: str, reverse: bool, limit: int | None
) -> None:
    rows = [row._replace(position=position) for position, row in enumerate(rows)]
    query = Query(["".join(where) for where in wheres], sort=sort, reverse=reverse, limit=limit)
    assert list(select(SECTION._replace(rows=rows), query).rows) == naive(rows, wheres, sort, reverse, limit)


@given(
    st.lists(ROW, max_size=8),
    st.sampled_from(["", *map(str, YEARS)]),
    st.sampled_from(["", *map(str, YEARS)]),
)
@pytest.mark.slow
def test_since_and_until_keep_what_a_naive_way_keeps(rows: list[Row], since: str, until: str) -> None:
    section = SECTION._replace(rows=rows)
    if since and until and since > until:
        with pytest.raises(Failure):
            select(section, Query(since=since, until=until))
        return
    wanted = set(range(int(since or FIRST), int(until or LAST) + 1))
    kept = [row for row in rows if not (since or until) or (row.date and years(row.date.text) & wanted)]
    assert list(select(section, Query(since=since, until=until)).rows) == kept


@given(st.lists(st.lists(ROW.filter(lambda row: row.date), max_size=4), min_size=2, max_size=4))
@pytest.mark.slow
def test_merging_keeps_time_and_the_order_of_equals(digests: list[list[Row]]) -> None:
    digests = [sorted(rows, key=lambda row: row.date.bounds if row.date else ("", "")) for rows in digests]
    parts = [
        (Ref(str(number), str(number)), SECTION._replace(rows=rows, sort="date"))
        for number, rows in enumerate(digests)
    ]
    section = merged(parts)
    cells = [[column.cell(row) for column in section.columns] for row in section.rows]
    wanted = [
        [Ref(str(number), str(number)), *row[:4]] for number, rows in enumerate(digests) for row in rows
    ]
    assert cells == sorted(wanted, key=lambda cells: cells[3].bounds)  # type: ignore[union-attr]


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_chosen_fields_of_one_thing_in_full_are_a_table_too(format: str, inside: Answer) -> None:
    text = inside("summary", "--fields", "id,language,counts", "-f", format)
    assert all(title in text for title in ("Id", "Language", "Counts"))
    assert all(cell in text for cell in ("us-el-salvador-2025", "en", "2 instruments"))


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_a_field_chosen_twice_stands_once(format: str, inside: Answer) -> None:
    text = inside("timeline", "--fields", "status,date,status", "-n", "1", "-f", format)
    assert text.count("Status") == text.count("Happened") == 1


# --- or, more and less, parts, today; and silence that would mislead ---


@pytest.mark.parametrize(
    ("name", "where", "wanted"),
    [
        ("questions", "status=open,answered", "q-law q-rights"),
        ("questions", "status!=open,answered", "q-wells q-start q-price q-third q-data"),
        ("questions", "status= open , answered ", "q-law q-rights"),
        ("stakeholders", "roles=affected,monitor", "commission raiders fishers high-court"),
        ("stakeholders", "represents=arvania,Bresland", "ada-quill ben-osk"),
        ("figures", "value=12,1.9", "surface crowns"),
        ("figures", "value>12", "yearly pumps boats"),
        ("figures", "value>=12", "surface yearly pumps boats"),
        ("figures", "value<0", "level"),
        ("figures", "value<=-0.50", "level"),
        ("timeline", "date=2023,1995", "dispute count"),
        ("timeline", "date<2021-04", "dispute"),
        ("timeline", "date>=2022", "count"),
        ("questions", "question!~pays", "q-wells q-law q-rights q-start q-third q-data"),
        ("stakeholders", "influence.level=high", "arvania"),
        ("stakeholders", "influence.rationale~office", "ada-quill"),
        ("stakeholders", "relations.target=commission", "arvania"),
        ("instruments", "signatories.person=ada-quill", "water-treaty"),
        ("instruments", "signatories.place=Port Mell", "water-treaty"),
        ("findings", "about.item=water-treaty", "f-water-treaty"),
        ("findings", "finding=corroborated,disputed", "f-too-late f-kp-signed f-water-treaty"),
    ],
)  # fmt: skip
def test_conditions_as_people_write_them(name: str, where: str, wanted: str) -> None:
    found = ids(name, where=[where])
    if name == "findings":
        assert found
        assert set(found.split()) <= {item.id for _, _, item in loader.load(str(FULL)).items()}
    else:
        assert found == wanted


def test_a_comma_in_a_text_is_a_comma() -> None:
    section = SECTION._replace(rows=[Row("a, b", None, None, ()), Row("a", None, None, ())])
    assert len(select(section, Query(where=["word=a, b"])).rows) == 1
    assert len(select(section, Query(where=["word=a,c"])).rows) == 0


@pytest.mark.parametrize(
    ("name", "where", "message", "help"),
    [
        ("questions", "status=open,answred", '"answred" is no value of status', 'did you mean "answered"?'),
        ("stakeholders", "kind>person", "kind is neither a number nor a date", ""),
        ("stakeholders", "influence.levl=high", "stakeholders: influence has no part", 'did you mean "level"?'),
        ("timeline", "actors=arvanai", 'actors: "arvanai" is no id and no name', 'did you mean "arvania"?'),
        ("timeline", "actors=Arvnia", 'actors: "Arvnia" is no id and no name', 'did you mean "Arvania"?'),
        ("timeline", "actors=arvania,zzz", 'actors: "zzz" is no id', "in the view are "),
        ("instruments", "signatories.person=ada-qill", "signatories.person: ", 'did you mean "ada-quill"?'),
        ("timeline", "status=planned|possible", '"planned|possible" is no value', '"planned,possible"'),
        ("figures", "value=1,500", 'value: "1,500" is not a number', "write 1500"),
        ("figures", "value>many", 'value: "many" is not a number', ""),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(name: str, where: str, message: str, help: str) -> None:
    said = refusal(name, where=[where])
    assert said[0].startswith(message)
    assert help in said[1]


def test_today_is_a_date() -> None:
    assert answer("timeline", "--until", "today", "-f", "jsonl").count("\n") > 5
    assert "emergency-renewed" in answer("timeline", "--since", "today", "-f", "jsonl")


@pytest.mark.parametrize("name", VIEWS)
def test_what_is_contradicted_on_every_view(name: str) -> None:
    result = briefing(name, "-w", "finding=contradicted", "-f", "json")
    assert result.code == 0
    assert bool(json.loads(result.out)) or re.fullmatch(
        r"briefing: nothing matches, of \d+ \w+\n", result.err
    )


def test_a_summary_takes_conditions_on_its_key_points() -> None:
    (row,) = json.loads(answer("summary", "-w", "finding=contradicted", "-f", "json"))
    assert [point["id"] for point in row["key_points"]] == ["kp-homicides"]
    nothing = briefing("summary", "-w", "kind=assumption")
    assert (nothing.code, nothing.err) == (0, "briefing: nothing matches, of 11 key points\n")
    assert "No key points." in nothing.out
    head = briefing("summary", "-w", "status=terminated")
    assert (head.code, head.err) == (0, "briefing: nothing matches, of 1 digest\n")
    assert "No digests." in head.out
    assert "kp-homicides" not in head.out


@pytest.mark.parametrize("format", FORMATS)
def test_a_filter_that_finds_nothing_says_so(format: str) -> None:
    result = briefing("timeline", "-w", "event~penguin", "-f", format)
    assert (result.code, result.err) == (0, "briefing: nothing matches, of 14 events\n")


def test_chosen_fields_can_have_the_ids_of_their_rows() -> None:
    given = ("timeline", "--fields", "date,event", "-n", 1, "--ids")
    assert "emergency-begins" in answer(*given, "-f", "table")
    assert "emergency-begins" in answer(*given, "-f", "markdown", "--no-evidence")
    assert answer(*given, "-f", "csv").startswith("date,event,id\n")


@pytest.mark.parametrize(
    ("name", "where", "same"),
    [
        ("timeline", "status=Possible", "status=possible"),
        ("timeline", "finding=reports disagree", "finding=disputed"),
        ("stakeholders", "impact.level=HIGH", "impact.level=high"),
        ("stakeholders", "position=Leans towards support", "position=leans-support"),
    ],
)
def test_a_word_may_be_written_as_people_see_it(name: str, where: str, same: str) -> None:
    found = answer(name, "-w", same, "-f", "jsonl")
    assert found
    assert answer(name, "-w", where, "-f", "jsonl") == found


def test_chosen_fields_can_have_their_quotes() -> None:
    given = ("figures", "--fields", "label,value", "-f", "markdown")
    assert "\u201ca record low of 114" not in answer(*given)
    assert "\u201ca record low of 114" in answer(*given, "--evidence")


def test_several_digests_stand_under_their_short_titles() -> None:
    text = answer("questions", FULL, BUNDLED, "-f", "markdown", "--no-evidence")
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        "### Lake treaty",
        "### U.S.\u2013El Salvador deportee arrangement",
    ]
    assert "| Lake treaty |" in answer("timeline", FULL, BUNDLED, "-f", "markdown")
    by_name = answer("questions", FULL, BUNDLED, "--sort", "question", "-f", "markdown")
    assert "### " not in by_name
    assert "Lake treaty" in by_name


def test_two_digests_with_one_id_are_refused_with_their_files(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_bytes(FULL.read_bytes())
    result = briefing("timeline", FULL, other)
    assert (result.code, result.out) == (2, "")
    assert f'two digests have the id "full": {FULL} and {other}' in result.err


def test_an_id_of_any_of_several_digests_can_be_meant() -> None:
    for id in ("fee", "homicides"):
        rows = json.loads(answer("findings", FULL, BUNDLED, "-w", f"about.item={id}", "-f", "json"))
        assert {row["digest"] for row in rows} == {BUNDLED}
