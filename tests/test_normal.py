"""A text made comparable, and the way back from it to the text as it stands."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.texts.normal import Normal, folded, words_of
from briefing.texts.span import Span

FOLDED = [
    ("", ""),
    ("plain text, 83,000", "plain text, 83,000"),
    ("  \t a \r\n b  ", "a b"),
    ("it\u2019s \u201cso\u201d \u00abnow\u00bb \u2039here\u203a", 'it\'s "so" "now" "here"'),
    ("\u300c\u5354\u5b9a\u300d", '"\u5354\u5b9a"'),
    ("2019\u20132021", "2019-2021"),
    ("2019\u20142021", "2019-2021"),
    ("a pact\u2014so", "a pact - so"),
    ("a pact--so", "a pact - so"),
    ("a pact -- so", "a pact - so"),
    ("a -----", "a -----"),
    ("and so\u2026", "and so..."),
    ("and so . . . on", "and so... on"),
    ("\u2026 and so ", "... and so"),
    ("... ... so", "... so"),
    ("\u2026 \u2026 so", "...... so"),
    ("a.if and 1.Any", "a. if and 1. Any"),
    ("J.Smith, a.a copy, iv.the end", "J. Smith, a. a copy, iv. the end"),
    (
        "U.S.led, e.g. z.B. x.y, in 3.5m, no.of, example.com",
        "U.S.led, e.g. z.B. x.y, in 3.5m, no.of, example.com",
    ),
    ("o\ufb03ce", "office"),
    ("\uff21\uff11", "A1"),
    ("10 m\u00b2", "10 m\u00b2"),
    ("\u00bd of it", "\u00bd of it"),
    ("\u2460 one", "\u2460 one"),
    ("non-binding", "nonbinding"),
    ("agree-\nment", "agreement"),
    ("agree\u00ad\nment", "agreement"),
    ("said \u2018\u00ad\nso", "said ' so"),
    ("-\nso", "- so"),
    ("Covid-19", "Covid-19"),
    ("83,\n000", "83,000"),
    ("12,\n5000", "12, 5000"),
    ("in 2023,\n114 fell", "in 2023, 114 fell"),
    ("a - \nb", "a - b"),
    ("the pact[3] is", "the pact is"),
    ("the pact* is", "the pact is"),
    ("[3] a note", "[3] a note"),
    ("5 * 3", "5 * 3"),
    ("\u534f \u5b9a\u3002", "\u534f\u5b9a\u3002"),
    ("\u0645\u0640\u0640\u0627", "\u0645\u0627"),
    ("e\u0301t\u0065\u0301", "\u00e9t\u00e9"),
    # White space that one typist writes and another does not.
    ("le droit\xa0: il est dû\u202f; oui !", "le droit: il est dû; oui!"),
    ("a ratio of 2 :3, a :name", "a ratio of 2 :3, a :name"),
    ("dit «\xa0oui\xa0», “ ‘so’\u2009”.", 'dit "oui", "\'so\'".'),
    ("sagte »ja« und »nein«", 'sagte "ja" und "nein"'),
    ("双方同意，\n付费。\n「甲」 方", '双方同意,付费。"甲"方'),
    ("在 NATO 的 2025 年", "在NATO的2025年"),
    # Markdown, and the little HTML that stands in it.
    ("see [the pact](https://example.org/a) and ![it](b.png)", "see the pact and it"),
    ("see [one] (a) and [two](y)", "see [one] (a) and [two](y)"),
    ("signed[2](#note-2) by", "signed by"),
    ("> the fee\n> is due", "the fee is due"),
    ("__all__ of _it_, snake_case, Name: ____", "all of it, snake_case, Name: ____"),
    (r"\[sic\] 5\. C:\data", r"[sic] 5. C:\data"),
    ("5&nbsp;million &amp; more, AT&T; R&D", "5 million & more, AT&T; R&D"),
    (
        "<em>non</em>binding, signed<sup>2</sup> by, 5 km<sup>2</sup>, a < b",
        "nonbinding, signed by, 5 km², a < b",
    ),
]


@pytest.mark.parametrize(("text", "same"), FOLDED)
def test_what_does_not_count_is_folded(text: str, same: str) -> None:
    assert folded(text) == same


def test_words_are_those_of_the_folded_text() -> None:
    assert list(words_of("The agree-\nment\u2014non-binding\u2014of 2025")) == [
        "The", "agreement", "nonbinding", "of", "2025",
    ]  # fmt: skip


def test_a_range_that_is_left_out_is_white_space() -> None:
    normal = Normal("of the full\n\n12\n\nexchange", [Span(11, 17)])
    assert normal.text == "of the full exchange"
    assert normal.origin(0, 20) == (0, 25)
    assert normal.origin(12, 20) == (17, 25)


def test_hyphens_are_kept_beside_the_text() -> None:
    normal = Normal("a non-binding agree-\nment of co-op-\neration")
    assert normal.text == "a nonbinding agreement of cooperation"
    assert list(normal.hyphens) == [5, 18, 28, 30]
    assert normal.divisions == {18, 30}
    assert list(normal.hyphens_in(5, 28)) == [18]
    assert normal.with_hyphens(0, len(normal.text)) == "a non-binding agreement of co-operation"


def test_offsets_go_both_ways() -> None:
    raw = "One\u2026\r\n\r\n\u201ca o\ufb03ce\u201d \u2014 e\u0301nd"
    normal = Normal(raw)
    assert normal.text == 'One... "a office" - \u00e9nd'
    at = normal.text.index("office")
    assert raw[slice(*normal.origin(at, at + 6))] == "o\ufb03ce"
    assert raw[slice(*normal.origin(0, len(normal.text)))] == raw
    assert normal.text[normal.offset(raw.index("\u2014")) :].startswith("- ")


SPECIMENS = [
    "a", "b", "fi", "\ufb01", " ", "\n", "\r\n", "-", "-\n", "\u00ad", "\u00ad\n", "\u2014", "--", "...", ". . .",
    "\u2026", "[3]", "\u00b9", "*", "e", "\u0301", "\u534f", "\uff21", "1", "1,\n000", "\u0640", "\u0627", "\f",
]  # fmt: skip
RAW = st.lists(st.sampled_from(SPECIMENS), max_size=30).map("".join) | st.text(max_size=60)


@given(RAW, st.data())
@example("a\u00ad\u0301\u2026-\nb", None)
def test_every_range_has_an_origin_and_they_are_in_order(raw: str, data: st.DataObject | None) -> None:
    normal = Normal(raw)
    spans = [normal.origin(at, at + 1) for at in range(len(normal.text))]
    assert all(0 <= start < end <= len(raw) for start, end in spans)
    assert all(one.start <= other.start and one.end <= other.end for one, other in pairwise(spans))
    if spans and data:
        start = data.draw(st.integers(0, len(spans) - 1))
        end = data.draw(st.integers(start + 1, len(spans)))
        assert normal.origin(start, end) == (spans[start].start, spans[end - 1].end)
        assert normal.offset(spans[start].start) <= start


@given(RAW)
def test_offsets_never_go_back(raw: str) -> None:
    normal = Normal(raw)
    offsets = [normal.offset(at) for at in range(len(raw) + 1)]
    assert offsets == sorted(offsets)
    assert all(0 <= at <= len(normal.text) for at in offsets)


def test_importing_compiles_no_pattern_and_loads_no_splitter() -> None:
    code = (
        "import sys, briefing.texts.text; "
        "print({'sentencex', 'difflib', 'babel', 'text_to_num'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
