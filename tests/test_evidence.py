"""What counts as a quote that stands in its source, and what is said of one that does not."""

import re
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefing.evidence import PLACES, Context, Place, Sentence, Source, Span, unused

REPORT = Path(__file__).parents[1] / "seeds" / "000_e47c703b4de288d7.txt"

# What stands in the first stands in the second and the other way round.
ALIKE = [
    *(("it's", f"it{mark}s") for mark in "\u2018\u2019\u201a\u201b\u2032\u02bc"),
    *(('a "b" c', f"a {mark}b{mark} c") for mark in "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"),
    *(("a - b", f"a {dash} b") for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"),
    *(("well-known fact", f"well{dash}known fact") for dash in "\u2010\u2011\u2013\u2014"),
    *(("a b", f"a{space}b") for space in "\t\n\r\v\f\x1c\x85\xa0\u1680\u2003\u2028\u202f\u3000"),
    ("a b", "a \r\n\t\xa0  b"),
    ("and so on...", "and so on\u2026"),
    ("groundbreaking", "ground\u00adbreaking"),
    ("groundbreaking", "ground\u200bbreaking"),
    ("groundbreaking", "\ufeffground\u2060break\u200fing"),
    ("a b", "a \u00ad b"),
    ("caf\u00e9", "cafe\u0301"),
    ("caf\u00e9", "cafe\u00ad\u0301"),
    ("\u1ec7", "e\u0323\u0302"),
    ("q\u0323\u0307", "q\u0307\u0323"),
    ("\uac01", "\u1100\u1161\u11a8"),
    ("\u00c5ngstr\u00f6m", "\u212bngstro\u0308m"),
]

# A source, and quotes that stand in it.
PROVED = [
    ("a record low of 114 homicides in 2023.", ["114 homicides", "2023", "low of 114"]),
    ("over 83,000 individuals", ["83,000 individuals", "over 83,000", "over"]),
    ("Bukele\u2019s residence", ["Bukele's residence", "Bukele", "residence"]),
    ("l\u2019accord d'Alger", ["accord", "l'accord", "Alger"]),
    ("\u201cconvicted criminals\u201d and", ["convicted criminals", '"convicted criminals" and']),
    ("the U.S. prisons", ["U.S. prisons", "U.S."]),
    ("U.S.-El Salvador", ["El Salvador", "U.S."]),
    ("non-binding text", ["non-binding", "text", "non-binding text"]),
    # A dash with no space may still part clauses, but only an em dash or a bar.
    ("a pact\u2014which critics", ["a pact", "which critics", "a pact-which critics"]),
    ("a pact\u20155 years", ["a pact", "5 years"]),
    ("a pact -- not binding", ["a pact", "not binding"]),
    ("in 2023 114 homicides", ["in 2023", "114 homicides"]),
    ("in 2023, 114 homicides", ["in 2023", "114 homicides"]),
    ("$5 million (5 percent)", ["5 million", "5 percent"]),
    ("5 percent", ["5"]),
    ("no.5", ["5"]),
    ("\u5354\u5b9a\u306f\u6709\u52b9", ["\u5354\u5b9a", "\u6709\u52b9"]),
    ("\u0e02\u0e49\u0e2d\u0e15\u0e01\u0e25\u0e07", ["\u0e15\u0e01\u0e25\u0e07"]),
    ("a a", ["a a"]),
    ("?!", ["?!", "?", "!"]),
]

# A source, and quotes that do not stand in it: a cut word or number says something else.
REFUSED = [
    ("114 homicides", ["14 homicides", "4 homicides", "114 homicide", "14", "homicid"]),
    ("over 83,000 individuals", ["3,000", "over 83", "over 83,", "000 individuals", "83,00"]),
    ("over 83.000", ["over 83", "000"]),
    ("over 83 000 people", ["over 83", "000 people", "3 000"]),
    ("over 83\u00a0000 people", ["over 83", "000 people"]),
    ("over 83\u2019000 people", ["over 83", "000 people"]),
    ("1 234 567 people", ["1 234", "234 567 people", "1", "567 people"]),
    ("rose 1.5 points", ["5 points", "rose 1", "1."]),
    ("rose .5 points", ["5 points"]),
    ("rose 83% there", ["rose 83"]),
    ("rose 83\u2030 there", ["rose 83"]),
    ("fell to -5 degrees", ["5 degrees"]),
    ("fell to \u22125 degrees", ["5 degrees"]),
    ("at 12:30 sharp", ["30 sharp", "at 12"]),
    ("3/4 of them", ["4 of them", "3"]),
    ("2019\u20132021 inclusive", ["2021 inclusive", "2019"]),
    ("they can\u2019t accept", ["they can", "t accept"]),
    ("THEY CAN'T", ["THEY CAN"]),
    ("it is non-binding", ["binding", "it is non", "-binding"]),
    ("it is non\u2010binding", ["binding"]),
    ("a nuclear-free zone", ["a nuclear", "free zone"]),
    ("and so on\u2026", ["and so on.", "and so on.."]),
    ("caf\u00e9 noir", ["cafe", "caf", "caf\u00e9 n"]),
    ("cafe\u0301 noir", ["cafe", "caf", "\u0301 noir"]),
    ("q\u0323 noir", ["q"]),
    ("\u0939\u093f\u0928\u094d\u0926\u0940", ["\u0939", "\u0939\u093f", "\u0926\u0940"]),
    ("\u0645\u06cc\u200c\u0634\u0648\u062f", ["\u0645\u06cc", "\u0634\u0648\u062f"]),
    ("7\u540d\u3068114\u540d", ["4\u540d", "14\u540d"]),
    ("This Agreement", ["this Agreement", "This agreement"]),
    ("a text", ["", " ", "\n\t", "\u00ad", "\u200b \ufeff", "a text and more"]),
    ("", ["a", "", " "]),
]


def cases(table: list[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    return [(text, quote) for text, quotes in table for quote in quotes]


def normalised(text: str) -> str:
    """The definition, with no care for offsets."""
    text = re.sub("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]", "", text)
    text = re.sub("[\u2018\u2019\u201a\u201b\u2032\u02bc]", "'", unicodedata.normalize("NFC", text))
    text = re.sub("[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]", '"', text)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text.replace("\u2026", "..."))
    return " ".join(text.split())


@pytest.fixture(scope="module")
def report() -> Source:
    return Source(REPORT.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_typography_does_not_count(one: str, other: str) -> None:
    for text, quote in ((one, other), (other, one)):
        assert Source(text).find(quote) == (Span(text.startswith("\ufeff"), len(text)),)
        around = f"On {text} so\u2026 on"
        assert [around[slice(*span)] for span in Source(around).find(quote)] == [text.strip("\ufeff")]


@pytest.mark.parametrize(("text", "quote"), cases(PROVED))
def test_whole_words_and_numbers_are_proved(text: str, quote: str) -> None:
    (span,) = Source(text).find(quote)
    assert normalised(text[slice(*span)]) == normalised(quote)


@pytest.mark.parametrize(("text", "quote"), cases(REFUSED))
def test_a_part_of_a_word_or_number_proves_nothing(text: str, quote: str) -> None:
    assert Source(text).find(quote) == ()


@pytest.mark.parametrize(
    ("text", "quote", "start", "end"),
    [
        ("One.\r\n\r\nOver  83,000\r\nindividuals.", "Over 83,000 individuals", 8, 33),
        ("\r\n\r\na", "a", 4, 5),
        ("\u00ad\u00ada\u00adb\u00ad c", "ab", 2, 5),
        ("\u2026\u2026 a", "a", 3, 4),
        ("a\u2026 b\u2026", "b...", 3, 5),
        ("e\u0301e\u0301 e\u0301a b", "\u00e9a", 5, 8),
        ("e\u0301 x", "x", 3, 4),
        ("\U0001f600 \u201cx\u201d", '"x"', 2, 5),
        ("\t\u00a0 a \u00a0\t b ", "a b", 3, 9),
    ],
)
def test_spans_are_of_the_raw_text(text: str, quote: str, start: int, end: int) -> None:
    assert Source(text).find(quote) == ((start, end),)


def test_places_come_in_order_and_are_limited() -> None:
    assert Source("a b a. B a").find("a") == ((0, 1), (4, 5), (9, 10))
    assert Source("a a a").find("a a") == ((0, 3), (2, 5))
    assert Source("a " * 50).find("a") == tuple((2 * n, 2 * n + 1) for n in range(PLACES))
    assert Source("a a a").find_all([("a", "", ""), ("b", "", "")], limit=2) == [((0, 1), (2, 3)), ()]


@pytest.mark.parametrize(
    ("prefix", "suffix", "which"),
    [
        ("", "", [0, 1, 2, 3]),
        ("\u00ad", " \n", [0, 1, 2, 3]),
        ("the", "", [0, 3]),
        ("an", "", [1, 2]),
        ("An", "", []),
        ("peace, an", "", [1]),
        ("", "of", [0]),
        ("", "of peace,", [0]),
        ("", ",", [1]),
        ("", ", and", [1]),
        ("", ",and", []),
        ("\u201can", "\u201d", [2]),
        (' "an\n', ' " ', [2]),
        ("the", "of", [0]),
        ("the", "at last", [3]),
        ("the", "of war", []),
        ("so", "", []),
        ("he", "", []),
        ("", "o", []),
    ],
)
def test_a_prefix_and_a_suffix_tell_places_apart(prefix: str, suffix: str, which: list[int]) -> None:
    text = "the accord of peace, an accord, and so \u201can  accord\u201d on the accord at last"
    places = [Span(*match.span()) for match in re.finditer("accord", text)]
    assert Source(text).find("accord", prefix, suffix) == tuple(places[n] for n in which)


def test_the_limit_holds_however_a_prefix_is_spaced() -> None:
    assert Source('"b " b ' * 20).find("b", prefix='"') == Source('"b " b ' * 10).find("b")


def test_a_prefix_reaches_places_past_the_limit() -> None:
    text = "a b " * 1000 + "c b" + " a b" * 1000
    assert Source(text).find("b", prefix="c") == ((4002, 4003),)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("it is non-binding", ("binding", "it is non-", "")),
        ("over 83,000", ("000", "83,", "")),
        ("over 83,000", ("over 83", "", ",000")),
        ("unbound", ("bound", "un", "")),
    ],
)
def test_a_context_lets_no_quote_begin_inside_a_word(text: str, query: tuple[str, str, str]) -> None:
    assert Source(text).find(*query) == ()


def test_a_long_text_is_searched_across_its_blocks() -> None:
    quote = "over 83,000 individuals \u5354\u5b9a"
    for filler in (65_500, 65_520, 65_530, 65_535, 65_540):
        text = "x" * (filler - 10) + " y \u201cz, w\u201d " + quote + ". " + "z " * 70_000 + "last"
        at = text.index("over")
        assert Source(text).find_all([(quote, "", ""), ("last", "z", "")]) == [
            ((at, at + len(quote)),),
            ((len(text) - 4, len(text)),),
        ]


def test_a_search_given_up_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("b. a, a-a, a-a. c")
    monkeypatch.setattr("briefing.evidence._REFUSALS", 4)
    assert source.find_all([("a", "", ""), ("b", "", "")]) == [((3, 4),), ((0, 1),)]
    monkeypatch.setattr("briefing.evidence._REFUSALS", 3)
    quotes = [("a", "", ""), ("b", "", ""), ("c", "", ""), ("a", "b.", "")]
    assert source.find_all(quotes) == [(), ((0, 1),), ((16, 17),), ((3, 4),)]
    # Found once with one spacing, given up with the other.
    assert Source('"a " a-a " a-a " a-a " a-a').find("a", prefix='"') == ()


# Contexts.


def test_contexts_settle_an_ambiguous_quote(report: Source) -> None:
    for quote in ("agreement", "U.S.", "human rights", "El Salvador", "Bukele"):
        spans = report.find(quote)
        assert len(spans) > 1
        for span, context in zip(spans, report.contexts(quote, spans), strict=True):
            assert context.span == span
            assert context.prefix or context.suffix
            assert report.find(quote, context.prefix, context.suffix) == (span,)


@pytest.mark.parametrize(
    ("text", "quote", "contexts"),
    [
        ("a x, b x", "x", [("a", ""), ("b", "")]),
        ("c a x; c b x", "x", [("a", ""), ("b", "")]),
        ("x a x b", "x", [("", "a"), ("a", "")]),
        ("a c x d, b c x d", "x", [("a c", ""), ("b c", "")]),
        ("a x b. a x c. d x b", "x", [("a", "b"), ("", "c"), ("d", "")]),
        ("in 83,000 x, in 3,000 x", "x", [("83,000", ""), ("3,000", "")]),
        (
            "a can\u2019t \u201cx\u201d, a can \u201cx\u201d",
            "x",
            [("can\u2019t \u201c", ""), ("can \u201c", "")],
        ),
        ("a\r\nb x d c b x d", "x", [("a b", ""), ("c b", "")]),
        ("so\u00adon x, on x", "x", [("soon", ""), ("on", "")]),
        ("caf e\u0301t\u200be\u0301 x, caf\u00e9 x", "x", [("e\u0301te\u0301", ""), ("caf\u00e9", "")]),
        ("x x x", "x", [("", "x x"), ("x", "x"), ("x x", "")]),
        ("a , x a ; x a", "x", [("a ,", ""), ("a ;", "")]),
    ],
)
def test_a_context_is_the_fewest_whole_words(text: str, quote: str, contexts: list[tuple[str, str]]) -> None:
    source = Source(text)
    spans = source.find(quote)
    expected = [Context(span, *context) for span, context in zip(spans, contexts, strict=True)]
    assert list(source.contexts(quote, spans)) == expected


def test_a_context_that_nothing_near_settles_is_empty() -> None:
    source = Source("a b c d e. " * 30)
    spans = source.find("c")
    assert source.contexts("c", spans) == tuple(Context(span, "", "") for span in spans)


def test_a_context_cuts_no_word_at_the_edge_of_what_it_looks_at() -> None:
    long = "abcdefghi " * 60
    source = Source(f"{long}1 x {long}2 x {long}")
    for context in source.contexts("x", source.find("x")):
        assert context.prefix in ("1", "2")
    near, far = "y" * 191, "z" * 300
    for text in (
        f"non-binding {near} x {far} on {near} x {far}",
        f"{far} x {near} binding-non {far} x {near} on",
    ):
        source = Source(text)
        assert source.contexts("x", source.find("x"))[0][1:] == ("", "")
    source = Source("y" * 300 + " x " + "z" * 300 + " x")
    assert source.contexts("x", source.find("x"))[0] == Context(Span(301, 302), "", "")


# The closest passage.


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
        ("U.S. -El Salvador", "U.S.-El Salvador", "only the white space differs"),
        (
            "President Nayib Bukelle",
            "President Nayib Bukele",
            'the source has "Bukele" where the quote has "Bukelle"',
        ),
    ],
)
def test_the_closest_passage_says_what_differs(
    report: Source, quote: str, passage: str, difference: str
) -> None:
    closest = report.closest(quote)
    assert closest is not None
    assert (closest.text, closest.difference) == (passage, difference)
    assert report.raw[slice(*closest.span)] == passage


@pytest.mark.parametrize("quote", ["", " \u00ad", "zzz qqq", "the price of fish in Reykjavik", "83.000"])
def test_nothing_is_close_to_an_unlike_quote(report: Source, quote: str) -> None:
    assert report.closest(quote) is None


def test_nothing_is_close_in_an_empty_text() -> None:
    assert Source("").closest("a b") is None


def test_a_quote_as_long_as_a_page_is_not_compared(report: Source) -> None:
    assert report.closest(report.raw[:1_900] + " so") is not None
    assert report.closest(report.raw[:2_100] + " so") is None


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
    ],
)
def test_the_closest_passage_is_raw_whole_words(text: str, quote: str, passage: str) -> None:
    closest = Source(text).closest(quote)
    assert closest is not None
    assert closest.text == passage


# Sentences, paragraphs, places.


def test_the_report_has_eight_paragraphs_and_fifteen_sentences(report: Source) -> None:
    assert len(report.paragraphs) == 8
    assert [sentence.number for sentence in report.sentences] == list(range(1, 16))
    assert report.sentences[0].text.startswith("U.S. Secretary of State Marco Rubio concluded")
    assert report.sentences[0].text.endswith("currently serving time in U.S. prisons.")
    assert [s.paragraph for s in report.sentences] == [1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 7, 8, 8]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", []),
        (" \r\n\t", []),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\r\nTwo.\rThree.\n", ["One.", "Two.", "Three."]),
        ("\n\nOne.\nTwo.\n\n", ["One.", "Two."]),
        ("One\nand.\n\nTwo.", ["One\nand.", "Two."]),
        ("One\r\nand.\r\n\r\n\r\nTwo.\r\n", ["One\r\nand.", "Two."]),
        ("One\rand.\r\rTwo.", ["One\rand.", "Two."]),
        ("  One\n  and.\n \t \n  Two.", ["One\n  and.", "Two."]),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [text[slice(*span)] for span in Source(text).paragraphs] == paragraphs


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "He met the U.S.\nenvoy. Mr.\r\nRubio left.\n\nEnd",
            ["He met the U.S.\nenvoy.", "Mr.\r\nRubio left.", "End"],
        ),
        ("One.\u00a0Two.\u2003Three.", ["One.", "Two.", "Three."]),
        ("Plan B\u2003. C", ["Plan B\u2003. C"]),
        ("  \u201cYes.\u201d He left.  ", ["\u201cYes.\u201d", "He left."]),
        ("cafe\u0301. \U0001f600 So. ", ["cafe\u0301.", "\U0001f600 So."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in Source(text).sentences] == sentences


@pytest.mark.parametrize("language", ["es", "es-SV", "ES"])
def test_sentences_follow_the_language(language: str) -> None:
    text = "El Excmo. Sr. Y la Sra. Rubio. Fin."
    assert len(Source(text, language).sentences) == 2
    assert len(Source(text).sentences) > 2


@pytest.mark.parametrize("language", ["", "zz", "x-klingon", "\u65e5\u672c", "-"])
def test_an_unknown_language_is_split_as_english(language: str) -> None:
    text = "He met the U.S. envoy. Mr. Rubio left."
    assert Source(text, language).sentences == Source(text).sentences


def test_a_paragraph_without_end_is_split_in_parts() -> None:
    text = "\u201cA b. " * 10_000
    sentences = Source(text).sentences
    assert [s.text[0] for s in sentences] == ["\u201c"] * len(sentences)
    assert all(len(s.text) <= 10_001 for s in sentences)
    assert "".join(s.text for s in sentences).count("\u201c") == 10_000
    assert len(Source("a" * 30_001).sentences) == 4


def test_no_text_is_lost_on_a_splitter_that_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sentencex.segment", lambda language, text: ["Two. ", "2", " Three.  "])
    sentences = Source("One. Two. And. Three. Four.").sentences
    assert [sentence.text for sentence in sentences] == ["One.", "Two. And.", "Three. Four."]


def test_the_sentence_and_the_place_of_an_offset() -> None:
    text = "\n One. Two.\r\n\r\nThree\r\nlines. Four."
    source = Source(text)
    one, two, three, four = source.sentences
    assert three == Sentence(3, 2, 15, 28, "Three\r\nlines.")
    expected = [*[one] * 7, *[two] * 8, *[three] * 14, *[four] * 6]
    assert [source.sentence_at(offset) for offset in range(len(text) + 1)] == expected
    assert source.place(0) == Place(1, 1, 1)
    assert source.place(2) == Place(1, 2, 2)
    assert source.place(text.index("Three")) == Place(2, 4, 1)
    assert source.place(text.index("lines")) == Place(2, 5, 1)
    assert source.place(len(text)) == Place(2, 5, 13)


def test_a_text_without_sentences_has_none_at_an_offset() -> None:
    with pytest.raises(IndexError):
        Source(" ").sentence_at(0)


def test_unused_sentences(report: Source) -> None:
    assert unused(report, []) == report.sentences
    assert unused(report, [Span(0, len(report.raw))]) == ()
    spans = [span for quote in ("114 homicides", "Rubio signed") for span in report.find(quote)]
    assert {1, *range(2, 16)} - {s.number for s in unused(report, spans)} == {8 + 1, 12}


def test_a_span_touches_what_it_shares_a_character_with() -> None:
    source = Source("One. Two. Three.")
    for span, numbers in [
        ((0, 4), [2, 3]),
        ((4, 5), [1, 2, 3]),
        ((3, 6), [3]),
        ((4, 6), [1, 3]),
        ((0, 10), [3]),
        ((15, 99), [1, 2]),
    ]:
        assert [s.number for s in unused(source, [Span(*span)])] == numbers


def test_importing_loads_neither_the_splitter_nor_difflib() -> None:
    code = "import sys, briefing.evidence; print({'sentencex', 'difflib'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


# Properties.

SPELLINGS = {
    "'": "'\u2018\u2019\u02bc\u2032",
    '"': '"\u201c\u201d\u00ab\u201e',
    "-": "-\u2010\u2011\u2013\u2014\u2212",
    " ": [" ", "\n", "\r\n", "\u00a0", "  ", " \u00ad ", "\t"],
    "...": ["...", "\u2026"],
    "\u00e9": ["\u00e9", "e\u0301", "e\u00ad\u0301"],
}
PIECES = [
    *SPELLINGS,
    " ",
    " ",
    "a",
    "the",
    "Accord",
    "can't",
    "83,000",
    "114",
    "1.5",
    "non-binding",
    ",",
    ".",
    "%",
    "\u5b9a",
    "q\u0323",
    "\U0001f600",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@st.composite
def respelled(draw: st.DrawFn, text: str) -> str:
    """The text in some other typography that means the same."""
    parts = re.split(r"(\.\.\.|['\"\- \u00e9])", text)
    spelled = (draw(st.sampled_from(SPELLINGS[p])) if p in SPELLINGS else p for p in parts)
    marks = st.sampled_from(["", "", "", "\u00ad", "\u200b"])
    return "".join(draw(marks) + part for part in spelled)


@given(st.data())
def test_a_phrase_of_a_text_is_found_where_it_was_cut(data: st.DataObject) -> None:
    plain = data.draw(TEXTS)
    # A cut at white space cuts no word and no number, but for one with white space in it.
    words = [match.span() for match in re.finditer(r"\S+", plain)]
    assume(words and not re.search(r"\d +\d\d\d", plain))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    cuts = 0, words[first][0], words[last][1], len(plain)
    parts = [plain[start:end] for start, end in pairwise(cuts)]
    before, exact, after = (data.draw(respelled(part)) for part in parts)
    prefix, quote, suffix = (data.draw(respelled(part)) for part in parts)
    source = Source(before + exact + after)
    (span,) = source.find(quote, prefix, suffix)
    assert span in source.find(quote) or len(source.find(quote)) == PLACES
    assert len(before) <= span.start < span.end <= len(before + exact)
    assert visible(source.raw[slice(*span)]) == visible(exact)


def visible(text: str) -> str:
    return re.sub("[\u00ad\u200b]", "", text).strip()


@given(st.text(max_size=60), st.data())
def test_what_is_found_reads_as_the_quote_does(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    for span in Source(text).find(quote):
        assert normalised(text[slice(*span)]) == normalised(quote)
        for edge in span:
            assert not re.fullmatch("[A-Za-z0-9_]{2}", text[max(edge - 1, 0) : edge + 1])
            assert not unicodedata.combining(text[edge : edge + 1] or " ")


@given(
    st.lists(st.sampled_from(["a ", "b ", "ab ", "a", ", "]), max_size=80).map("".join),
    st.lists(st.text("ab ,", min_size=1, max_size=12), max_size=12),
    st.integers(1, 30),
)
@example("a a a a a a a a a a a a a a a a a a a a a a a a a a", ["a", "a a", "a a a"], 7)
@example("a , b , a", ["a , b"], 2)
@example("a b a b c a b a b d", ["b a b d", "a b a", "a b a b c", "b c", "b"], 1)
def test_one_pass_finds_what_a_search_for_each_finds(text: str, quotes: list[str], block: int) -> None:
    text = " ".join(text.split())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefing.evidence._BLOCK", block)
        found = Source(text).find_all([(quote, "", "") for quote in quotes])
    for quote, spans in zip(quotes, found, strict=True):
        exact = " ".join(quote.split())
        starts = [match.start() for match in re.finditer(f"(?={exact})", text) if exact]
        naive = [(start, start + len(exact)) for start in starts]
        assert (
            list(spans)
            == [
                (start, end)
                for start, end in naive
                if not re.fullmatch(r"\w\w", text[max(start - 1, 0) : start + 1])
                and not re.fullmatch(r"\w\w", text[end - 1 : end + 1])
            ][:PLACES]
        )


@given(st.text(max_size=200) | TEXTS, st.sampled_from(["en", "es", "ja", "zz"]))
@example("a\n\nb. C\r\n\r\n\u2028d.", "en")
def test_sentences_part_the_visible_text(text: str, language: str) -> None:
    sentences = Source(text, language).sentences
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())
    assert all(s.text == text[s.start : s.end] == s.text.strip() != "" for s in sentences)
    assert all(one.end <= other.start for one, other in pairwise(sentences))
    assert [s.number for s in sentences] == list(range(1, len(sentences) + 1))
    assert all(other.paragraph - one.paragraph in (0, 1) for one, other in pairwise(sentences))


@given(TEXTS, st.text(max_size=30) | TEXTS)
def test_the_closest_passage_is_a_passage(text: str, quote: str) -> None:
    source = Source(text)
    if (closest := source.closest(quote)) is not None:
        assert closest.text == text[slice(*closest.span)] != ""
        assert source.find(closest.text)


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda span: span[0] < span[1])


@given(st.lists(SPANS, max_size=5))
def test_unused_is_what_no_span_overlaps(spans: list[tuple[int, int]]) -> None:
    source = Source("One. Two three. Four.\nFive six seven. Eight! Nine? Ten.")
    touched = {s for s in source.sentences for start, end in spans if max(s.start, start) < min(s.end, end)}
    assert unused(source, [Span(*span) for span in spans]) == tuple(
        s for s in source.sentences if s not in touched
    )
