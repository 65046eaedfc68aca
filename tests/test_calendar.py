"""Dates as texts write them, in many languages: what each states and what it must not."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pace import seconds

from briefing.texts.calendar import Day, states, written_dates

FEBRUARY = (2025, 2, 3)

STATES = [
    ("en", "3 February 2025"),
    ("en", "February 3, 2025"),
    ("en", "February 3rd 2025"),
    ("en", "3 Feb. 2025"),
    ("en", "Monday, 3 February 2025"),
    ("en", "3\nFebruary  2025"),
    ("en", "3\u00a0February 2025"),
    ("en", "the 3rd of February, 2025"),
    ("en", "the third of February 2025"),
    ("en", "the third day of February, twenty twenty-five"),
    ("en", "3 and 4 February 2025"),
    ("en", "2 and 3 February 2025"),
    ("en", "3 February and 4 March 2025"),
    ("en", "2025-02-03T10:00"),
    ("en", "2025-02-03"),
    ("en", "03/02/2025"),
    ("en", "On 03.02.25."),
    ("en", "3-Feb-2025"),
    ("es", "a los 3 días del mes de febrero de 2025"),
    ("es", "a los tres días del mes de febrero de dos mil veinticinco"),
    ("es", "3-II-2025"),
    ("pt", "aos três dias do mês de fevereiro de dois mil e vinte e cinco"),
    ("fr", "le 3 fe\u0301vrier 2025"),
    ("nl", "op 3 februari 2025"),
    ("ru", "«3» февраля 2025 г."),
    ("fi", "3 päivänä helmikuuta 2025"),
    ("et", "3. veebruaril 2025"),
    ("sl", "3. februarja 2025"),
    ("sr", "3. фебруара 2025. године"),
    ("ka", "2025 წლის 3 თებერვალი"),
    ("hy", "2025 թ. փետրվարի 3"),
    ("tr", "3 ŞUBAT 2025"),
    ("ar", "٣ شباط/فبراير ٢٠٢٥"),
    ("ar", "في 3 من فبراير 2025"),
    ("fa", "3 فوریهٔ 2025"),
    ("he", "ב-3 בפברואר 2025"),
    ("hi", "३ फरवरी २०२५"),
    ("th", "วันที่ 3 กุมภาพันธ์ พ.ศ. 2568"),
    ("th", "3 กุมภาพันธ์ ค.ศ. 2025"),
    ("ja", "令和7年2月3日"),
    ("ja", "令和七年二月三日"),
    ("zh-TW", "中華民國一百一十四年2月3日"),
    ("es", "3 de febrero de 2025"),
    ("es", "3 de febrero del 2025"),
    ("es", "tres de febrero de dos mil veinticinco"),
    ("es-SV", "San Salvador, 3 de febrero de 2025"),
    ("es", "3 February 2025"),
    ("fr", "le 3 février 2025"),
    ("fr", "3 de febrero de 2025"),
    ("de", "am 3. Februar 2025"),
    ("de", "03.02.2025"),
    ("it", "3 febbraio 2025"),
    ("pt", "3 de fevereiro de 2025"),
    ("ru", "3 февраля 2025 г."),
    ("pl", "3 lutego 2025 r."),
    ("ar", "٣ فبراير ٢٠٢٥"),
    ("ar", "3 شباط 2025"),
    ("zh", "协定于2025年2月3日签署"),
    ("zh", "二〇二五年二月三日"),
    ("zh-Hans", "２０２５年２月３日"),
    ("ja", "2025年2月3日に"),
    ("ko", "2025년 2월 3일"),
    ("hi", "3 फ़रवरी 2025"),
    ("th", "3 กุมภาพันธ์ 2025"),
    ("vi", "ngày 3 tháng 2 năm 2025"),
    ("hu", "2025. február 3."),
    ("xx", "3 February 2025"),
]


@pytest.mark.parametrize(("language", "text"), STATES)
def test_a_date_is_read_and_no_other_day(language: str, text: str) -> None:
    assert states(text, FEBRUARY, None, language)
    assert states(text, (2025, 2, None), None, language)
    assert not states(text, (2025, 2, 5), None, language)
    assert not states(text, (2024, 2, 3), None, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Signé le 1er février 2025"),
        ("fr", "El 1º de febrero de 2025"),
        ("es", "1.º de febrero de 2025"),
        ("it", "1º febbraio 2025"),
    ],
)
def test_the_first_of_a_month(language: str, text: str) -> None:
    assert states(text, (2025, 2, 1), None, language)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "Signed on 4 March 2025, in force on 3 April 2025", (2025, 3, 3)),
        ("en", "It may be signed in 2025", (2025, 5, None)),
        ("en", "Of 12 states 3 may sign in 2025", (2025, 5, 3)),
        ("en", "by march 2025 steps", (2025, 3, None)),
        ("en", "in May", (2025, 5, None)),
        ("en", "March 2025", (2025, 3, 4)),
        ("en", "31 February 2025", (2025, 2, 31)),
        ("en", "the 1990s", (1990, None, None)),
        ("en", "a fee of USD 2000", (2000, None, None)),
        ("en", "No. 2000", (2000, None, None)),
        ("es", "el 3 de febrero de 2025", (2025, 3, 3)),
        ("de", "03.02.2025", (2025, 3, 2)),
        ("zh", "2025年2月3日", (2025, 3, 3)),
        ("th", "3 กุมภาพันธ์ 2568", (2568, 2, 3)),
        ("ja", "令和7年2月3日", (2007, 2, 3)),
        ("en", "3.II.IV.2025", (2025, 2, 3)),
    ],
)
def test_what_no_phrase_states(language: str, text: str, day: Day) -> None:
    assert not states(text, day, None, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3\u20135 February 2025"),
        ("en", "February 3-5, 2025"),
        ("en", "from 3 to 5 February 2025"),
        ("en", "between 3 and 5 February 2025"),
        ("en", "from 3 February to 5 February 2025"),
        ("en", "from 3 February 2025 to Wednesday, 5 February 2025"),
        ("en", "2025-02-03/2025-02-05"),
        ("es", "del 3 al 5 de febrero de 2025"),
        ("fr", "du 3 au 5 février 2025"),
        ("de", "vom 3. bis 5. Februar 2025"),
        ("nl", "van 3 tot en met 5 februari 2025"),
        ("ja", "令和7年2月3日から5日まで"),
        ("zh", "2025年2月3日至5日"),
    ],
)
def test_a_range_is_two_dates_in_order(language: str, text: str) -> None:
    assert states(text, FEBRUARY, (2025, 2, 5), language)
    assert not states(text, FEBRUARY, (2025, 2, 4), language)
    assert not states(text, (2025, 3, 5), (2025, 2, 3), language)
    assert states(text, FEBRUARY, None, language)


def test_a_range_over_months_takes_its_year_from_the_end() -> None:
    text = "From 5 February to 3 March 2025"
    assert states(text, (2025, 2, 5), (2025, 3, 3))
    assert not states(text, (2025, 2, 3), (2025, 3, 5))
    assert states("from March 2022 to May 2023", (2022, 3, None), (2023, 5, None))
    assert states("in 2022\u20132023", (2022, None, None), (2023, None, None))
    assert states("2022\u201323", (2022, None, None), (2023, None, None))


def test_two_dates_that_stand_apart_are_no_range() -> None:
    text = "Signed on 4 March 2025, in force on 3 April 2025"
    assert not states(text, (2025, 3, 4), (2025, 4, 3))


def test_an_order_that_is_open_has_both_readings() -> None:
    (written,) = written_dates("3/4/2025")
    assert {first for first, _ in written.readings} == {(2025, 3, 4), (2025, 4, 3)}
    (written,) = written_dates("13/4/2025")
    assert written.readings == (((2025, 4, 13), (2025, 4, 13)),)


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "On 3 Feb\u00adruary\n2025 it began."
    (written,) = written_dates(text)
    assert text[written.start : written.end] == written.text == "3 Feb\u00adruary\n2025"


LOCALES = [
    "en",
    "en_GB",
    "es",
    "fr",
    "de",
    "it",
    "pt",
    "ru",
    "ar",
    "zh",
    "ja",
    "ko",
    "hi",
    "nl",
    "sv",
    "pl",
    "uk",
    "tr",
    "cs",
    "el",
    "he",
    "vi",
    "hu",
    "id",
]


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(LOCALES),
    st.sampled_from(["long", "medium", "full"]),
)
@settings(max_examples=300, deadline=None)
def test_what_babel_writes_is_read_back(day: date, locale: str, width: str) -> None:
    text = format_date(day, format=width, locale=locale)
    assert states(f"({text})", (day.year, day.month, day.day), None, locale), text


@given(
    st.text(alphabet="0123456789 .,-–/年月日MarchybtoFeand\u00ad\n", max_size=60),
    st.sampled_from(["en", "es", "zh", "ar", "xx"]),
)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_an_error(text: str, language: str) -> None:
    for written in written_dates(text, language):
        assert text[written.start : written.end] == written.text != ""


@pytest.mark.parametrize(
    "piece", ["7", " ", "1 ", "March ", "3 March ", "2025 ", "2025年", "one ", "3 and ", "-", "aa"]
)
@pytest.mark.slow
def test_a_long_text_of_anything_is_read_in_bounded_time(piece: str) -> None:
    written_dates("1")
    text = piece * (100_000 // len(piece))
    assert seconds(lambda: written_dates(text), 2) < 2
