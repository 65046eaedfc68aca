"""Numbers as texts write them, in many languages: what each proves and what it must not."""

from decimal import Decimal

import pytest
from babel.numbers import format_compact_decimal, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pace import seconds

from briefing.texts.numbers import numbers, stated

STATES = [
    ("en", "A fee of USD 4.76m", "4760000", "4.76"),
    ("en", "some $20K a head", "20000", "20"),
    ("en", "1.5 tn crowns", "1500000000000", "1.5"),
    ("en", "worth $3bn", "3000000000", "3"),
    ("en", "$3 B of aid", "3000000000", "3"),
    ("en", "a 4.76-million fund", "4760000", "4.76"),
    ("en", "3 hundred thousand people", "300000", "300"),
    ("en", "2 or 3 million crowns", "2000000", "2"),
    ("en", "costs USD25 million", "25000000", "25"),
    ("en", "Rs.500 a day", "500", "5"),
    ("en", "25€ a head", "25", "5"),
    ("en", "Rs 4 crore", "40000000", "4"),
    ("en", "Rs. 5 lakh crore", "5000000000000", "500000"),
    ("en", "1,00,000 rupees", "100000", "100"),
    ("en", "83,000 barges", "83000", "83"),
    ("en", "83 000 barges", "83000", "83"),
    ("en", "83\u202f000 barges", "83000", "83"),
    ("en", "83.000 degrees", "83", "83000"),
    ("en", "a rate of .5 per head", "0.5", "5"),
    ("en", "5% of the fee", "5", "0.05"),
    ("en", "The loss is €-5 million", "-5000000", "5000000"),
    ("en", "the gap is -€7 million", "-7000000", "7000000"),
    ("en", "a gap of £\u22127 million", "-7000000", "7000000"),
    ("en", "it fell by \u20135 points", "-5", "5"),
    ("en", "minus 5 degrees", "-5", "5"),
    ("en", "a 5-year term", "5", "-5"),
    ("en", "Some 2½ million people", "2500000", "2"),
    ("en", "1 1/2 years", "1.5", "2"),
    ("en", "two and a half million", "2500000", "2000000"),
    ("en", "5 and a half years", "5.5", "5"),
    ("en", "2 and a half million", "2500000", "2"),
    ("en", "half a million", "500000", "1000000"),
    ("en", "two thirds of the votes", "0.67", "2"),
    ("en", "twenty-five million dollars", "25000000", "25"),
    ("en", "Twenty-\nfive barges", "25", "20"),
    ("en", "a hundred barges", "100", "1"),
    ("en", "three ministers", "3", "2"),
    ("en", "sixty (60) days", "60", "6"),
    ("es", "4,76 millones de dólares", "4760000", "4.76"),
    ("es", "25 mil detenidos", "25000", "25"),
    ("es", "3 mil millones", "3000000000", "3000"),
    ("es", "4.76 million", "4760000", "4.76"),
    ("es", "1.500 barcas", "1500", "1.5"),
    ("es", "veinticinco millones", "25000000", "25"),
    ("es", "dos millones y medio", "2500000", "2000000"),
    ("fr", "12\u202f000,50 couronnes", "12000.5", "12"),
    ("fr", "3,5 milliards", "3500000000", "3.5"),
    ("fr", "deux millions et demi", "2500000", "2000000"),
    ("fr", "3,5 M€", "3500000", "3.5"),
    ("en", "83,\n000 crowns", "83000", "83"),
    ("de", "3 Tsd. Kronen", "3000", "3"),
    ("ar", "بين 2 و 3 ملايين؛", "3000000", "3"),
    ("de", "83.000 Kähne", "83000", "83"),
    ("de", "5 Mio. Kronen", "5000000", "5"),
    ("de", "4,5 Mrd. Kronen", "4500000000", "4.5"),
    ("de", "fünfundzwanzig Tage", "25", "5"),
    ("de-CH", "12\u2019000 Franken", "12000", "12"),
    ("it", "3 mila barche", "3000", "3"),
    ("it", "due milioni", "2000000", "2"),
    ("pt", "3 milhões de coroas", "3000000", "3"),
    ("pt", "vinte e cinco milhões", "25000000", "25"),
    ("ru", "5 млн крон", "5000000", "5"),
    ("ru", "3 тыс. человек", "3000", "3"),
    ("ar", "بقيمة ٢٥٬٠٠٠ دولار", "25000", "25"),
    ("ar", "٢٫٥ مليون", "2500000", "2.5"),
    ("zh", "共拘留了8300人。", "8300", "830"),
    ("zh", "费用为2500万美元", "25000000", "2500"),
    ("zh", "费用为２５００万美元", "25000000", "2500"),
    ("zh-Hant", "3億元", "300000000", "3"),
    ("zh", "30多万人", "300000", "30"),
    ("ja", "1億2000万円", "120000000", "100000000"),
    ("ko", "2500만 달러", "25000000", "2500"),
    ("hi", "४ करोड़ रुपये", "40000000", "4"),
    ("th", "จำนวน 3 ล้านบาท", "3000000", "3"),
    ("xx-unknown", "25 million", "25000000", "25"),
]


@pytest.mark.parametrize(("language", "text", "value", "other"), STATES)
def test_a_number_states_its_value_and_no_other(language: str, text: str, value: str, other: str) -> None:
    assert stated(text, Decimal(value), language)
    assert not stated(text, Decimal(other), language)


NO_VALUE = [
    ("en", "Article 4", "4"),
    ("en", "Articles 4 and 5", "5"),
    ("en", "Art. 5(1)", "1"),
    ("en", "No. 12", "12"),
    ("en", "paragraph 3", "3"),
    ("en", "page 7", "7"),
    ("en", "on the 3rd day", "3"),
    ("en", "the fifty-fifth session", "55"),
    ("en", "Article five", "5"),
    ("en", "at 12:30", "30"),
    ("en", "version 1.2.3", "2"),
    ("en", "call 1-800-555-1234", "800"),
    ("en", "the COVID-19 rules", "19"),
    ("en", "G20 states", "20"),
    ("en", "4.76x the fee", "4.76"),
    ("en", "5 millionaires", "5"),
    ("en", "2.5e6", "2.5"),
    ("en", "on 3 February 2025", "3"),
    ("en", "on 3 February", "3"),
    ("en", "2025-02-03", "2"),
    ("en", "2. The fee is due", "2"),
    ("en", "(2) The fee is due", "2"),
    ("en", "one point five million", "1"),
    ("es", "artículo 4", "4"),
    ("fr", "le 1er février 2025", "1"),
    ("zh", "第4条", "4"),
    ("zh", "2025年2月3日", "2"),
    ("ru", "4,5 миллионами", "4.5"),
]


@pytest.mark.parametrize(("language", "text", "value"), NO_VALUE)
def test_a_number_that_names_something_or_is_cut_short_states_nothing(
    language: str, text: str, value: str
) -> None:
    assert not stated(text, Decimal(value), language)


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("en", "Between 2 and 3 million crowns", 2_000_000, 3_000_000),
        ("en", "2\u20133 million", 2_000_000, 3_000_000),
        ("en", "from 2 to 3 million", 2_000_000, 3_000_000),
        ("en", "€2m\u2013€3m", 2_000_000, 3_000_000),
        ("en", "between five and ten years", 5, 10),
        ("es", "entre 2 y 3 millones", 2_000_000, 3_000_000),
        ("de", "zwischen 2 und 3 Millionen", 2_000_000, 3_000_000),
        ("zh", "2至3万人", 20_000, 30_000),
    ],
)
def test_the_scale_of_a_range_belongs_to_both_ends(language: str, text: str, low: int, high: int) -> None:
    assert stated(text, Decimal(low), language, Decimal(high))
    assert stated(text, Decimal(low), language)
    assert not stated(text, Decimal(high), language, Decimal(low))
    if low > 10:
        assert not stated(text, Decimal(2), language)


def test_a_unit_may_hold_the_scale() -> None:
    assert stated("4.76 million euros", Decimal("4.76"), unit="million euros")
    assert stated("4,76 millones de euros", Decimal("4.76"), "es", unit="millones de euros")
    assert stated("USD 4.76m", Decimal("4.76"), unit="USD m")
    assert not stated("4.76 million euros", Decimal("4.76"), unit="euros")


def test_metres_are_no_millions() -> None:
    assert stated("a wall of 5 m", Decimal(5), unit="m")
    assert stated("a 5m wall", Decimal(5), unit="metres")
    assert not stated("a fee of €5m", Decimal(5), unit="euros")


def test_a_bare_year_may_be_a_number_but_is_weak() -> None:
    (year,) = numbers("It was so in 2023")
    assert year.weak
    assert not year.names


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "A fee\u00ad of ﬁfty and USD 4.76\u00a0million."
    assert [(text[n.start : n.end], n.text) for n in numbers(text)] == [
        ("ﬁfty", "ﬁfty"),
        ("USD 4.76\u00a0million",) * 2,
    ]


@given(
    st.integers(-(10**9), 10**9),
    st.sampled_from(["en", "es", "fr", "de", "it", "pt", "ru", "ar", "zh", "ja", "ko", "hi", "sv", "fa"]),
)
@settings(max_examples=150, deadline=None)
@pytest.mark.slow
def test_what_babel_writes_is_read_back(value: int, locale: str) -> None:
    text = format_decimal(value, locale=locale)
    assert stated(f"x {text} x", Decimal(value), locale) or 1000 <= value <= 2100


@pytest.mark.parametrize("text", ["1'234'567", "1’234’567"])
@pytest.mark.parametrize("locale", ["de_CH", "de", "fr", "it"])
def test_the_swiss_group_by_apostrophes(text: str, locale: str) -> None:
    assert stated(f"x {text} x", Decimal(1_234_567), locale)  # Babel itself writes 1000000'000


@given(
    st.integers(1, 999),
    st.sampled_from([10**3, 10**6, 10**9]),
    st.sampled_from(["en", "es", "fr", "de", "it", "pt", "ru", "ar", "zh", "ja", "ko", "hi"]),
)
@settings(max_examples=150, deadline=None)
@pytest.mark.slow
def test_scales_that_babel_writes_are_read_back(count: int, factor: int, locale: str) -> None:
    for width in ("short",) if locale in ("zh", "ja", "ko") else ("long", "short"):
        text = format_compact_decimal(count * factor, format_type=width, locale=locale, fraction_digits=3)  # type: ignore[arg-type]
        if any(character.isdigit() for character in text):
            assert stated(text, Decimal(count * factor), locale), text


@given(
    st.text(alphabet="0123456789 .,-–'/()½mkMB€$%年万الف٢٬٫andtofhunre\u00ad\n", max_size=60),
    st.sampled_from(["en", "es", "zh", "ar", "xx"]),
)
@settings(max_examples=200, deadline=None)
@pytest.mark.slow
def test_any_text_is_read_without_an_error(text: str, language: str) -> None:
    for number in numbers(text, language):
        assert text[number.start : number.end] == number.text != ""
        assert number.low <= number.high


@pytest.mark.parametrize(
    "piece", ["7", ",", "1 ", "million ", "between ", "one ", "(1) ", "-", "twenty and ", "1 000 ", "€", "万"]
)
@pytest.mark.slow
def test_a_long_text_of_anything_is_read_in_bounded_time(piece: str) -> None:
    numbers("1")
    text = piece * (50_000 // len(piece))
    assert seconds(lambda: numbers(text), 2) < 2
