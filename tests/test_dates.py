"""What each form of date means, how it reads, and why the rest is refused."""

import calendar
import datetime as dt
import subprocess
import sys
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing import dates
from briefing.dates import Date, overlaps, parse, parts, short_words, words

OPEN = "~"
DASH = "\N{EN DASH}"

# As written, first and last second, in words. Midnight and the last second of a day are left out.
FORMS = [
    # Years, months, days.
    ("2025", "2025-01-01", "2025-12-31", "2025"),
    ("0001", "0001-01-01", "0001-12-31", "0001"),
    ("9999", "9999-01-01", "9999-12-31", "9999"),
    ("2025-01", "2025-01-01", "2025-01-31", "January 2025"),
    ("2025-02", "2025-02-01", "2025-02-28", "February 2025"),
    ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
    ("1900-02", "1900-02-01", "1900-02-28", "February 1900"),
    ("2000-02", "2000-02-01", "2000-02-29", "February 2000"),
    ("2025-04", "2025-04-01", "2025-04-30", "April 2025"),
    ("2025-12", "2025-12-01", "2025-12-31", "December 2025"),
    ("2025-02-03", "2025-02-03", "2025-02-03", "3 February 2025"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "29 February 2024"),
    ("2025-10-31", "2025-10-31", "2025-10-31", "31 October 2025"),
    # Dates with a time, in UTC where there is an offset.
    ("2025-02-03T14:05:00", "2025-02-03T14:05:00", None, "3 February 2025, 14:05"),
    ("2025-02-03T14:05:07", "2025-02-03T14:05:07", None, "3 February 2025, 14:05:07"),
    ("2025-02-03T00:00:00", "2025-02-03T00:00:00", None, "3 February 2025, 00:00"),
    ("2025-02-03T23:59:59", "2025-02-03T23:59:59", None, "3 February 2025, 23:59:59"),
    ("2025-02-03T14:05:00Z", "2025-02-03T14:05:00", None, "3 February 2025, 14:05 UTC"),
    ("2025-02-03T14:05:00+01:00", "2025-02-03T13:05:00", None, "3 February 2025, 14:05 +01:00"),
    ("2025-02-03T14:05:09+01", "2025-02-03T13:05:09", None, "3 February 2025, 14:05:09 +01:00"),
    ("2025-02-03T14:05:00-03:30", "2025-02-03T17:35:00", None, "3 February 2025, 14:05 -03:30"),
    ("2025-02-03T14:05:00-00:30", "2025-02-03T14:35:00", None, "3 February 2025, 14:05 -00:30"),
    ("2025-01-01T01:00:00+14:00", "2024-12-31T11:00:00", None, "1 January 2025, 01:00 +14:00"),
    ("2024-02-28T23:00:00-06", "2024-02-29T05:00:00", None, "28 February 2024, 23:00 -06:00"),
    ("0800-01-01T12:00:00+01", "0800-01-01T11:00:00", None, "1 January 0800, 12:00 +01:00"),
    ("0001-01-01T00:30:00+01:00", "0001-01-01T00:00:00", None, "1 January 0001, 00:30 +01:00"),
    ("9999-12-31T23:30:00-01:00", "9999-12-31T23:59:59", None, "31 December 9999, 23:30 -01:00"),
    # Uncertain, approximate, both.
    ("2025?", "2025-01-01", "2025-12-31", "possibly 2025"),
    ("2025-02?", "2025-02-01", "2025-02-28", "possibly February 2025"),
    ("2025-02~", "2025-02-01", "2025-02-28", "about February 2025"),
    ("2025-02%", "2025-02-01", "2025-02-28", "possibly about February 2025"),
    ("2025-02-03~", "2025-02-03", "2025-02-03", "about 3 February 2025"),
    # Unspecified digits.
    ("202X", "2020-01-01", "2029-12-31", "2020s"),
    ("20XX", "2000-01-01", "2099-12-31", "between 2000 and 2099"),
    ("001X", "0010-01-01", "0019-12-31", "0010s"),
    ("2025-XX", "2025-01-01", "2025-12-31", "a month in 2025"),
    ("2025-02-XX", "2025-02-01", "2025-02-28", "a day in February 2025"),
    ("2024-02-XX", "2024-02-01", "2024-02-29", "a day in February 2024"),
    ("2025-XX-XX", "2025-01-01", "2025-12-31", "a day in 2025"),
    ("202X?", "2020-01-01", "2029-12-31", "possibly the 2020s"),
    ("202X~", "2020-01-01", "2029-12-31", "about the 2020s"),
    ("20XX%", "2000-01-01", "2099-12-31", "possibly a year between about 2000 and 2099"),
    ("2025-XX?", "2025-01-01", "2025-12-31", "possibly a month in 2025"),
    ("2025-02-XX~", "2025-02-01", "2025-02-28", "a day in about February 2025"),
    # Intervals with one end.
    ("2022-03/..", "2022-03-01", OPEN, "since March 2022"),
    ("../2022-03", "", "2022-03-31", "until March 2022"),
    ("2022-03/", "2022-03-01", OPEN, "from March 2022, end unknown"),
    ("/2022-03", "", "2022-03-31", "until March 2022, start unknown"),
    ("2022~/..", "2022-01-01", OPEN, "since about 2022"),
    ("202X/..", "2020-01-01", OPEN, "since the 2020s"),
    ("../20XX", "", "2099-12-31", "until a year between 2000 and 2099"),
    ("../9999", "", "9999-12-31", "until 9999"),
    # Intervals with two.
    ("2022/2023", "2022-01-01", "2023-12-31", "2022 to 2023"),
    ("2022-03/2023-05", "2022-03-01", "2023-05-31", "March 2022 to May 2023"),
    ("2022-03/2023-03", "2022-03-01", "2023-03-31", "March 2022 to March 2023"),
    ("2022-03/2022-05", "2022-03-01", "2022-05-31", "March to May 2022"),
    ("2025-02-03/2025-02-05", "2025-02-03", "2025-02-05", f"3{DASH}5 February 2025"),
    ("2025-02-03/2025-03-03", "2025-02-03", "2025-03-03", "3 February to 3 March 2025"),
    ("2024-12-30/2025-01-02", "2024-12-30", "2025-01-02", "30 December 2024 to 2 January 2025"),
    ("2024-02-03/2025-02-03", "2024-02-03", "2025-02-03", "3 February 2024 to 3 February 2025"),
    ("2025-02-03/2025-02-03", "2025-02-03", "2025-02-03", "3 February 2025"),
    ("2025/2025", "2025-01-01", "2025-12-31", "2025"),
    ("2022-03/2022", "2022-03-01", "2022-12-31", "March 2022 to 2022"),
    ("2022/2022-03", "2022-01-01", "2022-03-31", "2022 to March 2022"),
    ("2025-02-03/2025-04", "2025-02-03", "2025-04-30", "3 February 2025 to April 2025"),
    ("2022-03~/2022-05", "2022-03-01", "2022-05-31", "about March 2022 to May 2022"),
    ("2022-03/2022-05?", "2022-03-01", "2022-05-31", "March 2022 to possibly May 2022"),
    ("2022%/2023~", "2022-01-01", "2023-12-31", "possibly about 2022 to about 2023"),
    ("2025-02~/2025-02~", "2025-02-01", "2025-02-28", "about February 2025 to about February 2025"),
    ("2025-05-XX/2025-05-03", "2025-05-01", "2025-05-03", "a day in May 2025 to 3 May 2025"),
    ("201X/202X", "2010-01-01", "2029-12-31", "the 2010s to the 2020s"),
]  # fmt: skip

NOT_A_DATE = "not a date: write 2025, 2025-02, 2025-02-03 or an interval such as 2025-02/2025-05"
NOT_A_TIME = "not a date and time: write 2025-02-03T14:05:00, after it Z or +01:00 where that is known"
NO_SECONDS = "a time needs its seconds: write 14:05:00, not 14:05"
NEGATIVE = "a negative year is not supported: give a year from 0001 to 9999"
Y_YEAR = 'a "Y" year is not supported: give a year from 0001 to 9999'
YEAR_ZERO = "the year 0000 (1 BC in EDTF) is not supported: give a year from 0001 to 9999"
SET = "a set of dates is not supported: give one date or an interval"
SIGNIFICANT = 'significant digits ("S") are not supported: write 195X or 1950~'
QUALIFIER = '"?", "~" and "%" stand only once, at the end of a date without a time: write 2025-02?'
DIGITS = "X stands only for what comes last: write 202X, 20XX, 2025-XX, 2025-02-XX or 2025-XX-XX"
NO_END = "an interval needs a date at one end at least: write 2025-02/.. or ../2025-02"
TIMED_END = "an interval runs between dates: leave out the time"
REVERSED = "the interval ends before it begins"

REFUSED = [
    # Other ways to write a date.
    *(
        (text, NOT_A_DATE)
        for text in [
            "", " ", "..", ".", "unknown", "February 2025", "25", "202", "20250", "20250203",
            "2025-2", "2025-2-3", "2025-02-3", "2025-02-03-04", "2025-", "2025-02-", "2025/02/03",
            "2025/02", "2025.02", "2025-02-03 14:05:00", "2025-W05", "2025-034", " 2025", "2025 ",
            "2025\n", "2025-02-03\n", "2025-02-03\0", "+2025", "2025-02/P3M", "2025//",
            "2025/../..", "2025?!", "...", "T14:05:00",
        ]
    ),
    # Digits of other scripts: Arabic-Indic, fullwidth, superscript.
    ("\u0662\u0660\u0662\u0665", NOT_A_DATE),
    ("2025-\u0660\u0662", NOT_A_DATE),
    ("2025-02-0\u0663", NOT_A_DATE),
    ("\uff12\uff10\uff12\uff15", NOT_A_DATE),
    ("202\u00b2", NOT_A_DATE),
    ("2025-02-03T\u0661\u0664:05:00", NOT_A_TIME),
    ("2025-02-03T14:0\u0665:00", NOT_A_TIME),
    ("2025-02-03T14:05:00+0\u0661:00", NOT_A_TIME),
    ("2025-02\N{NON-BREAKING HYPHEN}03", NOT_A_DATE),
    ("\ud800", NOT_A_DATE),
    # What no calendar has.
    ("2024-02-30", "no day 30 in February 2024"),
    ("2025-02-29", "no day 29 in February 2025"),
    ("1900-02-29", "no day 29 in February 1900"),
    ("2025-04-31", "no day 31 in April 2025"),
    ("2025-01-32", "no day 32 in January 2025"),
    ("2025-01-00", "no day 00 in January 2025"),
    ("2025-02-30~", "no day 30 in February 2025"),
    ("2025-02-30T14:05:00", "no day 30 in February 2025"),
    ("2025-13", "no month 13: months run from 01 to 12"),
    ("2025-00", "no month 00: months run from 01 to 12"),
    ("2025-20", "no month 20: months run from 01 to 12"),
    ("2025-42", "no month 42: months run from 01 to 12"),
    ("2025-13-01", "no month 13: months run from 01 to 12"),
    ("2025-31-12", "no month 31: months run from 01 to 12"),
    ("2025-00-XX", "no month 00: months run from 01 to 12"),
    # What no day has.
    ("2025-02-03T25:00:00", "no time 25:00:00: it runs from 00:00:00 to 23:59:59"),
    ("2025-02-03T24:00:00", "no time 24:00:00: it runs from 00:00:00 to 23:59:59"),
    ("2025-02-03T23:60:00", "no time 23:60:00: it runs from 00:00:00 to 23:59:59"),
    ("2016-12-31T23:59:60Z", "no time 23:59:60: it runs from 00:00:00 to 23:59:59"),
    ("2025-02-03T14:05:00+14:01", "no offset +14:01: offsets run from -14:00 to +14:00"),
    ("2025-02-03T14:05:00-15", "no offset -15: offsets run from -14:00 to +14:00"),
    ("2025-02-03T14:05:00+01:60", "no offset +01:60: offsets run from -14:00 to +14:00"),
    ("2025-02-03T14:05", NO_SECONDS),
    ("2025-02-03T14:05Z", NO_SECONDS),
    ("2025-02-03T14:05+01:00", NO_SECONDS),
    ("2025-02-03T", NOT_A_TIME),
    ("2025-02-03T14", NOT_A_TIME),
    ("2025-02-03T2pm", NOT_A_TIME),
    ("2025-02-03T14:05:00.5", NOT_A_TIME),
    ("2025-02-03T14:05:00z", NOT_A_TIME),
    ("2025-02-03T14:05:00+0100", NOT_A_TIME),
    ("2025-02-03T14:05:00 CET", NOT_A_TIME),
    ("2025-02-03T14:05:00\n", NOT_A_TIME),
    ("2025-02-XXT14:05:00", NOT_A_TIME),
    # The rest of EDTF, by name.
    ("2025-21", 'a season ("2025-21") is not supported: give months'),
    ("2025-41?", 'a season ("2025-41") is not supported: give months'),
    ("2024-21/2025", 'a season ("2024-21") is not supported: give months'),
    ("-0044", NEGATIVE),
    ("-2025-02-03", NEGATIVE),
    ("-0044/2025", NEGATIVE),
    ("Y17000", Y_YEAR),
    ("Y-17000", Y_YEAR),
    ("Y17E8", Y_YEAR),
    ("0000", YEAR_ZERO),
    ("0000-01", YEAR_ZERO),
    ("0000-01-01", YEAR_ZERO),
    ("000X", YEAR_ZERO),
    ("00XX", YEAR_ZERO),
    ("0000/2025", YEAR_ZERO),
    ("[1667,1668]", SET),
    ("{1960,1961-12}", SET),
    ("[..1760-12-03]", SET),
    ("1950S2", SIGNIFICANT),
    ("2025?-02", QUALIFIER),
    ("?2025-02", QUALIFIER),
    ("2025-~02", QUALIFIER),
    ("2025-02-%03", QUALIFIER),
    ("2025??", QUALIFIER),
    ("2025-02?~", QUALIFIER),
    ("?", QUALIFIER),
    ("2025-02-03T14:05:00?", QUALIFIER),
    ("2025-02-03T14:05:00+01:00~", QUALIFIER),
    ("2XXX", DIGITS),
    ("XXXX", DIGITS),
    ("X025", DIGITS),
    ("20X5", DIGITS),
    ("202x", DIGITS),
    ("202X-02", DIGITS),
    ("202X-XX", DIGITS),
    ("2025-1X", DIGITS),
    ("2025-XX-03", DIGITS),
    ("2025-02-0X", DIGITS),
    ("2025-XX-03?", DIGITS),
    # Intervals.
    ("/", NO_END),
    ("../..", NO_END),
    ("../", NO_END),
    ("/..", NO_END),
    ("2023/2022", REVERSED),
    ("2025-02-03/2025-02-02", REVERSED),
    ("2025-02-03/2025-01", REVERSED),
    ("2030/202X", REVERSED),
    ("2025-02-03T14:05:00/..", TIMED_END),
    ("2025-02-03/2025-02-03T14:05:00Z", TIMED_END),
    ("2025-02-30/..", "no day 30 in February 2025"),
    ("../2025-13", "no month 13: months run from 01 to 12"),
    ("2025-02/x", NOT_A_DATE),
]  # fmt: skip


def refusal(text: str) -> str:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the caller sees the whole message
        parse(text)
    return str(error.value)


@pytest.mark.parametrize(("text", "first", "last", "_"), FORMS)
def test_bounds(text: str, first: str, last: str | None, _: str) -> None:
    earliest = f"{first}T00:00:00" if len(first) == 10 else first
    latest = f"{last}T23:59:59" if last not in (None, OPEN) else (last or first)
    assert parse(text) == Date(text, earliest, latest)


@pytest.mark.parametrize(("text", "said"), [(text, said) for text, _, _, said in FORMS])
def test_words(text: str, said: str) -> None:
    assert words(parse(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-02-03", "3 Feb 2025"),
        ("2022-09/..", "since Sep 2022"),
        ("2025-05", "May 2025"),
        ("2025-02-28/2025-03-02", "28 Feb to 2 Mar 2025"),
        ("2022~", "about 2022"),
    ],
)
def test_short_words(text: str, said: str) -> None:
    assert short_words(parse(text)) == said


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [1900, 2000, 2024, 2025])
def test_every_month_has_its_name_and_its_days(year: int, month: int) -> None:
    name, days = f"{calendar.month_name[month]} {year}", calendar.monthrange(year, month)[1]
    date = parse(f"{year}-{month:02}")
    assert words(date) == name
    assert date.latest == f"{year}-{month:02}-{days}T23:59:59"
    assert parse(f"{year}-{month:02}-{days}").latest == date.latest
    assert refusal(f"{year}-{month:02}-{days + 1}") == f"no day {days + 1} in {name}"


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_is_refused_and_why(text: str, message: str) -> None:
    assert refusal(text) == message


@pytest.mark.parametrize(
    ("text", "given_parts"),
    [
        ("2025", ((2025, None, None),)),
        ("2025-02~", ((2025, 2, None),)),
        ("2025-02-03", ((2025, 2, 3),)),
        ("2025-02-03T23:05:00-06:00", ((2025, 2, 3),)),
        ("202X", ()),
        ("20XX?", ()),
        ("2025-XX", ((2025, None, None),)),
        ("2025-XX-XX", ((2025, None, None),)),
        ("2025-02-XX", ((2025, 2, None),)),
        ("2022-03/..", ((2022, 3, None),)),
        ("/2022-03-04", ((2022, 3, 4),)),
        ("2022-03-04?/2023", ((2022, 3, 4), (2023, None, None))),
        ("201X/2025", ((2025, None, None),)),
    ],
)
def test_parts(text: str, given_parts: tuple[tuple[int, int | None, int | None], ...]) -> None:
    assert parts(parse(text)) == given_parts


@pytest.mark.parametrize(
    ("text", "since", "until", "kept"),
    [
        ("2022-06", None, None, True),
        ("2021-12-31", "2022", None, False),
        ("2022-01-01", "2022", None, True),
        ("2023-12-31T23:59:59", "2022", "2023", True),
        ("2024-01-01", "2022", "2023", False),
        ("2022", "2022-06", "2022-07", True),
        ("2022", "2022-06-03", "2022-06-03", True),
        ("202X", "2029-12", None, True),
        ("202X", None, "2019", False),
        ("2020/..", "2030", None, True),
        ("2020/", "2030", None, True),
        ("../2020", "2021", None, False),
        ("/2020", None, "1900", True),
        ("2020/2030", "2025", "2024", False),  # nothing falls in a span that ends before it begins
        ("2022-01-01T00:30:00+01:00", None, "2021", True),  # in UTC it is still 2021
        ("2022-01-01T00:30:00+01:00", "2022", None, False),
        ("2020", "../2019", None, True),
        ("2020", None, "2019/..", True),
    ],
)
def test_overlaps(text: str, since: str | None, until: str | None, kept: bool) -> None:
    window = [parse(limit) if limit else None for limit in (since, until)]
    assert overlaps(parse(text), *window) is kept


def test_sorted_by_bounds() -> None:
    ordered = ["../2020", "2019", "2020-01-01", "2020-01", "2020", "202X", "2020/..", "2020-02"]
    dates = [parse(text) for text in reversed(ordered)]
    assert [date.text for date in sorted(dates, key=lambda date: date.bounds)] == ordered


def test_a_date_is_frozen() -> None:
    with pytest.raises(AttributeError):
        parse("2025").text = "2026"


@pytest.mark.parametrize(
    "piece", ["2", "-", "X", "?", "~2", "/", "..", "[", "2025-02-03T", "Y1", "1950S", "20XX-", ":"]
)
@pytest.mark.parametrize("tail", ["", "!", "\n"])
def test_long_text_is_refused_at_once_and_not_repeated(piece: str, tail: str) -> None:
    started = perf_counter()
    assert len(refusal(piece * 200_000 + tail)) < 120
    assert perf_counter() - started < 1


def test_importing_it_imports_no_calendar() -> None:
    script = (
        f"import sys; sys.path[:] = {sys.path!r}; import briefing; before = set(sys.modules);"
        "import briefing.dates; print({'datetime', 'calendar'} & (set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")


# The properties know the days of the calendar from `datetime` alone.

Days = tuple[dt.date, dt.date]
DAY = dt.timedelta(days=1)
near = st.dates(dt.date(2019, 12, 1), dt.date(2021, 2, 28))


def _of_year(day: dt.date) -> tuple[str, Days]:
    return f"{day:%Y}", (day.replace(month=1, day=1), day.replace(month=12, day=31))


def _of_month(day: dt.date) -> tuple[str, Days]:
    following = (day.replace(day=1) + 31 * DAY).replace(day=1)
    return f"{day:%Y-%m}", (day.replace(day=1), following - DAY)


def _of_day(day: dt.date) -> tuple[str, Days]:
    return f"{day:%Y-%m-%d}", (day, day)


def _of_decade(day: dt.date) -> tuple[str, Days]:
    start = day.year // 10 * 10
    return f"{start // 10}X", (dt.date(start, 1, 1), dt.date(start + 9, 12, 31))


def _unspecified_day(day: dt.date) -> tuple[str, Days]:
    text, days = _of_month(day)
    return f"{text}-XX", days


@st.composite
def singles(draw: st.DrawFn) -> tuple[str, Days]:
    """The text of one date and the first and last day it may mean."""
    forms = [_of_year, _of_month, _of_day, _of_decade, _unspecified_day]
    text, days = draw(st.sampled_from(forms))(draw(near))
    return text + draw(st.sampled_from(["", "?", "~", "%"])), days


@st.composite
def intervals(draw: st.DrawFn) -> tuple[str, Days]:
    """The text of an interval and its first and last day; where they are reversed, so is it."""
    (start, (first, _)), (end, (_, last)) = draw(singles()), draw(singles())
    unset = draw(st.sampled_from(["", ".."]))
    match draw(st.sampled_from(["both", "start", "end"])):
        case "start":
            return f"{start}/{unset}", (first, dt.date.max)
        case "end":
            return f"{unset}/{end}", (dt.date.min, last)
    return f"{start}/{end}", (first, last)


stated = singles() | intervals()
in_order = stated.filter(lambda case: case[1][0] <= case[1][1])
almost_dates = st.text(alphabet="0123459-XTZ:+?~%/.YS[{ \n\u0662", max_size=26)
mangled = st.from_regex(
    r"(-?[0-9X]{4}(-[0-9X]{2}){0,2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}(:[0-9]{2})?)?)?"
    r"[?~%]?|\.\.|)(/([0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?|\.\.|))?",
    fullmatch=True,
)


@given(st.text() | almost_dates | mangled)
@example("0001-01-01T00:00:00+14:00")
@example("9999-12-31T23:59:59-14:00")
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        date = parse(text)
    except ValueError:
        return
    assert date.text == text
    assert date.earliest <= date.latest
    assert words(date)
    assert len(parts(date)) <= 2
    assert overlaps(date, date, date)


@given(st.dates())
def test_every_day_has_its_own_bounds(day: dt.date) -> None:
    date = parse(day.isoformat())
    assert dt.datetime.fromisoformat(date.earliest) == dt.datetime.combine(day, dt.time.min)
    assert dt.datetime.fromisoformat(date.latest) == dt.datetime.combine(day, dt.time(23, 59, 59))
    assert parts(date) == ((day.year, day.month, day.day),)


@given(st.integers(1, 9999), st.integers(0, 14), st.integers(0, 33))
def test_a_day_is_refused_where_the_calendar_has_none(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        dt.date(year, month, day)
    except ValueError:
        assert refusal(text).startswith("no ")
    else:
        assert parse(text).text == text


@given(st.datetimes().map(lambda at: at.replace(microsecond=0)), st.integers(-840, 840))
def test_a_time_with_an_offset_is_compared_in_utc(local: dt.datetime, minutes: int) -> None:
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    date = parse(f"{local.isoformat()}{sign}{hours:02}:{rest:02}")
    try:
        utc = local - dt.timedelta(minutes=minutes)
    except OverflowError:
        utc = dt.datetime.min if minutes > 0 else dt.datetime.max.replace(microsecond=0)
    assert date.earliest == date.latest == utc.isoformat()


@given(st.lists(st.dates(), min_size=2))
def test_days_sort_as_the_calendar_does(days: list[dt.date]) -> None:
    ordered = sorted(parse(day.isoformat()).bounds for day in days)
    assert [earliest[:10] for earliest, _ in ordered] == [day.isoformat() for day in sorted(days)]
    assert all(before[1] <= after[1] for before, after in pairwise(ordered))


@given(stated)
def test_bounds_are_those_of_the_first_and_the_last_day(case: tuple[str, Days]) -> None:
    text, (first, last) = case
    if first > last:
        assert refusal(text) == REVERSED
        return
    start = f"{first}T00:00:00" if first > dt.date.min else ""
    end = f"{last}T23:59:59" if last < dt.date.max else OPEN
    assert parse(text) == Date(text, start, end)


# What is generated ends in these years, or is open and reaches all days before or after them.
DAYS = [dt.date(2009, 1, 1) + n * DAY for n in range(366 * 22)]


@given(in_order, st.none() | singles(), st.none() | singles())
@pytest.mark.slow
def test_to_overlap_is_to_have_a_day_in_common(
    case: tuple[str, Days], since: tuple[str, Days] | None, until: tuple[str, Days] | None
) -> None:
    text, (first, last) = case
    opening = since[1][0] if since else dt.date.min
    closing = until[1][1] if until else dt.date.max
    in_common = any(first <= day <= last and opening <= day <= closing for day in DAYS)
    limits = [parse(limit[0]) if limit else None for limit in (since, until)]
    assert overlaps(parse(text), *limits) is in_common


# Dates that are counted from another.
COUNTED = [
    ("1999-03-01", "P4Y", "2003-03-01"),
    ("2024-01-31", "P1M", "2024-02-29"),
    ("2024-02-29", "P1Y", "2025-02-28"),
    ("2024-12-15", "P1M", "2025-01-15"),
    ("2022-01-01", "P180D", "2022-06-30"),
    ("2022-01-01", "P2W", "2022-01-15"),
    ("2022-01-31", "P1Y1M1D", "2023-03-01"),
    ("2022-01-31", "P0D", "2022-01-31"),
    ("2000-03", "P6M", "2000-09"),
    ("2000", "P2Y", "2002"),
    ("2000", "P24M", "2002"),
    ("2000", "P6M", "2000-07/2001-06"),
    ("2000-02", "P1D", "2000-02-02/2000-03-01"),
    ("200X", "P1Y", "2001/2010"),
    ("2000-XX", "P1Y", "2001"),
    ("2000-02-XX", "P1M", "2000-03"),
    ("2000-03-01~", "P1Y", "2001-03-01~"),
    ("2000-03-01T12:00:00Z", "P1D", "2000-03-02"),
    ("2000/2001", "P1Y", "2001/2002"),
    ("2000-03/..", "P1Y", "2001-03/.."),
    ("../2000-03", "P1Y", "../2001-03"),
    ("9998", "P1Y", "9999"),
    ("9999-12-31", "P1D", ""),
    ("9999", "P1Y", ""),
    ("2000", "P9999Y", ""),
    ("2000-01-01", "P999999D", "4737-11-27"),
    ("0001-01-01", "P9999Y", ""),
    ("9999-12-31", "P99999M", ""),
]


@pytest.mark.parametrize(("start", "duration", "end"), COUNTED)
def test_a_date_is_counted_from_another(start: str, duration: str, end: str) -> None:
    found = dates.add(parse(start), duration)
    assert (found.text if found else "") == end


@pytest.mark.parametrize(
    ("duration", "said"),
    [
        ("P4Y", "4 years"),
        ("P1Y", "1 year"),
        ("P180D", "180 days"),
        ("P1Y6M", "1 year and 6 months"),
        ("P1Y2M3W4D", "1 year, 2 months, 3 weeks and 4 days"),
    ],
)
def test_a_duration_is_said_in_words(duration: str, said: str) -> None:
    assert dates.duration_words(duration) == said
