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
    ("prefix", "suffix", "starts"),
    [
        ("", "", [4, 23, 40, 55]),
        ("the", "", [4, 55]),
        ("", "of", [4]),
        ("", "of peace", [4]),
        ("a", "", [23]),
        ("An", "", []),
        ("", ",", [23]),
        ("", ", an", [23]),
        ("", ",an", []),
        ("\u201can", "\u201d", [40]),
        (' "an\n', ' " ', [40]),
        ("an", "so", []),
        ("the", "of", [4]),
        ("the", "at last", [55]),
        ("he", "", []),
        ("", "o", []),
        ("\u00ad", " ", [4, 23, 40, 55]),
    ],
)
def test_a_prefix_and_a_suffix_tell_places_apart(
    prefix: str, suffix: str, starts: list[int]
) -> None:
    text = "the accord of peace; a accord, and an\n\u201can accord\u201d and the accord at last"
    text = "the accord of peace, a accord, and so \u201can  accord\u201d;  the accord at last"
    starts = [text.index("accord"), text.index("accord,"), text.index("accord\u201d"), text.rindex("accord")]
    assert starts


def test_a_context_does_not_let_a_quote_begin_inside_a_word() -> None:
    assert Source("it is non-binding").find("binding", "it is non-") == ()
    assert Source("over 83,000").find("000", "83,") == ()
    assert Source("over 83,000").find("over 83", "", ",000") == ()
    assert Source("unbound").find("bound", "un") == ()
