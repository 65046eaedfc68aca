"""The passage that is suggested for a quote which is missing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.texts.span import Span
from briefing.texts.text import Passage, SourceText

REPORT = Path(__file__).parents[1] / "seeds" / "000_e47c703b4de288d7.txt"

TREATY = """\
Article 1

This agreement is non-binding on both Parties. It covers all transfers of prisoners.

Article 4

1. The Parties shall review the list every four years.
2. The fee is 4.76 million crowns a year, to be paid in June.

Article 12

This agreement stays in force for five years. Each Party may end it after a review of three months.
"""


@pytest.fixture(scope="module")
def report() -> SourceText:
    return SourceText(REPORT.read_text(encoding="utf-8"))


def nearest(text: SourceText, quote: str, within: tuple[Span, ...] = ()) -> Passage | None:
    return text.nearest_all([(quote, within)])[0]


@pytest.mark.parametrize(
    ("quote", "passage", "difference"),
    [
        (
            "over 38,000 individuals",
            "over 83,000 individuals",
            'the source has "83,000" where the quote has "38,000"',
        ),
        (
            "above 83,000 individuals",
            "over 83,000 individuals",
            'the source has "over" where the quote has "above"',
        ),
        (
            "over 83,000 persons",
            "over 83,000 individuals",
            'the source has "individuals" where the quote has "persons"',
        ),
        ("14 homicides in 2023", "114 homicides in 2023", 'the source has "114" where the quote has "14"'),
        (
            "this 'unprecedented' migratory pact",
            "this \u201cunprecedented\u201d migratory pact",
            'the source has """ where the quote has "\'"; the source has """ where the quote has "\'"',
        ),
        (
            "Bukele confirmed arrangement",
            "Bukele confirmed the arrangement",
            'the source also has "the"',
        ),
        (
            "Bukele himself confirmed the arrangement",
            "Bukele confirmed the arrangement",
            'the source does not have "himself"',
        ),
        (
            "rubio signed A memorandum",
            "Rubio signed a memorandum",
            'only the letter case differs: the source has "Rubio" where the quote has "rubio"; '
            'the source has "a" where the quote has "A"',
        ),
        ("U.S. -El Salvador", "U.S.-El Salvador", "only white space differs"),
        (
            "President Nayib Bukelle",
            "President Nayib Bukele",
            'the source has "Bukele" where the quote has "Bukelle"',
        ),
    ],
)
def test_the_nearest_passage_says_what_differs(
    report: SourceText, quote: str, passage: str, difference: str
) -> None:
    near = nearest(report, quote)
    assert near is not None
    assert (near.text, near.difference) == (passage, difference)
    assert report.raw[slice(*near.span)] == passage


@pytest.mark.parametrize(
    "quote", ["", " \u00ad", "zzz qqq", "the price of fish in Reykjavik", "83.000", "of the in a"]
)
def test_nothing_is_near_an_unlike_quote(report: SourceText, quote: str) -> None:
    assert nearest(report, quote) is None


@pytest.mark.parametrize("quote", ["a b", "", "\u5354\u5b9a"])
@pytest.mark.parametrize("text", ["", " \n", "..."])
def test_nothing_is_near_in_a_text_without_words(text: str, quote: str) -> None:
    assert nearest(SourceText(text), quote) is None


def test_a_quote_as_long_as_a_page_is_compared_too(report: SourceText) -> None:
    for length, difference in [
        (1_900, '" where the quote has "'),
        (2_100, '" where the quote has "'),
        (4_000, "its first 400 words are those of the quote"),
    ]:
        near = nearest(report, report.raw[:length] + " so")
        assert near is not None
        assert near.text.startswith("U.S. Secretary of State Marco Rubio concluded")
        assert difference in near.difference


@pytest.mark.parametrize(
    ("text", "quote", "passage"),
    [
        ("a non-binding agreement", "a binding agreement", "a non-binding agreement"),
        ("a non-binding agreement", "binding agreement", "non-binding agreement"),
        ("all 83 000 people", "000 people", "83 000 people"),
        ("prices rose 83% there", "prices rose 83", "prices rose 83%"),
        ("\u0130" * 99 + " over 83,000 people", "over 38,000 people", "over 83,000 people"),
        ("the agree\u00adment of\r\n2025 is", "The agreement of 2025", "the agree\u00adment of\r\n2025"),
        (
            "alpha bravo charlie delta echo " * 100 + "alpha bravo charlie delta 5 zq",
            "alpha bravo charlie delta zz zq",
            "alpha bravo charlie delta 5 zq",
        ),
        ("a b. " * 2_000 + "a rare thing was said", "a rare thing is said", "a rare thing was said"),
        ("cafe\u0301 noir au lait", "the noir au lait", "cafe\u0301 noir au lait"),
        ("\u672c\u5354\u5b9a\u306f\u4e94\u5e74\u9593\u6709\u52b9", "\u5354\u5b9a\u306f\u4e09\u5e74\u9593\u6709\u52b9",
         "\u5354\u5b9a\u306f\u4e94\u5e74\u9593\u6709\u52b9"),
    ],
)  # fmt: skip
def test_the_nearest_passage_is_raw_whole_words(text: str, quote: str, passage: str) -> None:
    near = nearest(SourceText(text), quote)
    assert near is not None
    assert near.text == passage


@pytest.mark.parametrize(
    ("text", "quote", "difference"),
    [
        (
            "a non-binding agreement",
            "a binding agreement",
            'the source has "non-binding" where the quote has "binding"',
        ),
        ("a non-\nbinding pact of peace", "a non-binding pact of war", '"peace" where the quote has "war"'),
        ("prices rose 83% there", "prices rose 83", 'the source also has "%"'),
        ("all 83 000 people", "000 people", 'the source also has "83"'),
        (
            "signed this.DONE in two copies, in June, at Mell",
            "DONE in [...] copies, in July",
            'the source has "June" where the quote has "July"',
        ),
        ("to re-sign the treaty", "to resign the treaty", 'has "re-sign" where the quote has "resign"'),
    ],
)
def test_what_differs_is_said_as_the_text_has_it(text: str, quote: str, difference: str) -> None:
    near = nearest(SourceText(text), quote)
    assert near is not None
    assert near.difference.endswith(difference)


def test_the_passage_stands_where_the_locator_says() -> None:
    text = SourceText(TREATY)
    for locator, quote, passage in [
        ("Art. 4", "three years", "four years"),
        ("Art. 4(1)", "every three years", "every four years"),
        ("Art. 12", "for three years", "for five years"),
        ("Art. 4(2)", "fee is 4.67 million", "fee is 4.76 million"),
    ]:
        within = text.structure.within(locator)
        assert within
        near = nearest(text, quote, within)
        assert near is not None
        assert near.text == passage


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("Parties The shall review", "The Parties shall review"),
        ("review the list every years four", "review the list every four years"),
        ("shall the review list", "shall review the list"),
        ("end it after a reviev", "end it after a review"),
    ],
)
def test_words_in_another_order_are_not_looked_for_beside_the_passage(quote: str, passage: str) -> None:
    near = nearest(SourceText(TREATY), quote)
    assert near is not None
    assert near.text == passage
    assert near.difference == "the same words in another order" or "reviev" in quote


def test_a_passage_does_not_begin_with_a_word_twice() -> None:
    near = nearest(
        SourceText("the documents:\n\na.a certified copy of the judgment;\n"),
        "a certiifed copy of the judgment",
    )
    assert near is not None
    assert near.text == "a certified copy of the judgment"


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        (
            "a sanction of this kind becomes a pecuniary sanctoin",
            "a sanction of this kind becomes a pecuniary sanction",
        ),
        (
            "a decision or order of court becomes a sanction",
            "a decision or order of a court becomes a sanction",
        ),
    ],
)
def test_a_word_that_stands_there_twice_keeps_both_places(quote: str, passage: str) -> None:
    near = nearest(SourceText(f"Where it so decides, {passage}, as far as that is allowed."), quote)
    assert near is not None
    assert near.text == passage


def test_a_word_in_another_place_is_not_preferred_to_the_whole() -> None:
    text = SourceText(TREATY)
    near = nearest(text, "review the list every three years")
    assert near is not None
    assert near.text == "review the list every four years"


PIECES = [
    "a",
    "the",
    "Accord",
    " ",
    " ",
    "\n",
    "-",
    "83,000",
    "can't",
    "non-binding",
    ",",
    ".",
    "%",
    "\u5b9a",
    "\ufb01",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(TEXTS, st.text(max_size=30) | TEXTS)
@pytest.mark.slow
def test_the_nearest_passage_is_a_passage(text: str, quote: str) -> None:
    source = SourceText(text)
    if (near := nearest(source, quote)) is not None:
        assert near.text == text[slice(*near.span)] != ""
        assert source.find(near.text)
