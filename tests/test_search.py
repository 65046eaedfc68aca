"""`search`: every item that holds a text, whatever its case, accents and white space; the match marked."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from support.program import BUNDLED, DIGESTS, VALID, answer, briefing

from briefing import loader, views
from briefing.document import lead
from briefing.loader import Loaded, Origin
from briefing.model import Digest
from briefing.problem import Failure
from briefing.views.search import view
from briefing.wording import spoken, written

FULL = DIGESTS / "valid" / "full.yaml"


def digest_of(text: str) -> Loaded:
    """A digest with one claim, which is the text."""
    escaped = "".join(f"\\U{ord(character):08X}" for character in text)
    data = f"""
format: briefing/1
id: any
title: T
as_of: 2024
bottom_line: B
key_points: []
claims: [{{id: claim-0, text: "{escaped}", kind: fact, asserted_by: source-0}}]
sources: [{{id: source-0, title: "0", kind: primary}}]
"""
    return loader.parse(data.encode(), Origin("any", None))


def marked(text: str, wanted: str, *, regex: bool = False) -> list[str]:
    """The passages that are found of a text, the match in marks."""
    return [
        spoken(row.passage) for row in view(digest_of(text), wanted, regex=regex, sections=["claims"]).rows
    ]


def found(text: str, *sections: str, regex: bool = False) -> str:
    """Where a text is found in the full digest: ids and fields."""
    rows = view(loader.load(str(FULL)), text, regex=regex, sections=sections).rows
    return " ".join(f"{row.item.id}:{row.field}" for row in rows)


@pytest.mark.parametrize(
    ("text", "wanted", "passage"),
    [
        ("the Lake Orlo", "LAKE", "the ‹Lake› Orlo"),
        ("Señor Núñez", "NUÑEZ", "Señor ‹Núñez›"),
        ("Señor Núñez", "nunez", "Señor ‹Núñez›"),
        ("Senor Nunez", "núñez", "Senor ‹Nunez›"),
        ("Un\u0303 cafe\u0301 noir", "CAFÉ", "Un\u0303 ‹cafe\u0301› noir"),
        ("Un\u0303 cafe\u0301 noir", "cafe", "Un\u0303 ‹cafe\u0301› noir"),
        ("Un\u0303 cafe\u0301 noir", "noir", "Un\u0303 cafe\u0301 ‹noir›"),
        ("a\u0301\u0323\u0301b c", "A", "‹a\u0301\u0323\u0301›b c"),
        ("Große Straße 5", "STRASSE", "Große ‹Straße› 5"),
        ("Große Straße 5", "sse 5", "Große Stra‹ße 5›"),
        ("Große Straße 5", "stras", "Große ‹Straß›e 5"),
        ("GROSSE STRASSE", "straße", "GROSSE ‹STRASSE›"),
        ("ẞ", "ss", "‹ẞ›"),
        ("in İstanbul", "istanbul", "in ‹İstanbul›"),
        ("in ISTANBUL now", "İSTANBUL", "in ‹ISTANBUL› now"),
        ("an oﬃcial ﬁle", "official file", "an ‹oﬃcial ﬁle›"),
        ("an oﬃcial ﬁle", "ff", "an o‹ﬃ›cial ﬁle"),
        ("an official file", "oﬃcial", "an ‹official› file"),
        ("Ελλάς", "ΕΛΛΑΣ", "‹Ελλάς›"),
        ("ﾊﾟ and １２", "12", "ﾊﾟ and ‹１２›"),
        ("no\u00a0break here", "no break", "‹no\u00a0break› here"),
        ("first\nsecond\tthird", "first second third", "‹first\nsecond\tthird›"),
        ("two words", "  two words ", "‹two words›"),
        ("한국어", "한국", "‹한국›어"),
        ("twice: a lake, a lake", "lake", "twice: a ‹lake›, a lake"),
    ],
)  # fmt: skip
def test_the_match_is_marked_whatever_its_case_and_accents(text: str, wanted: str, passage: str) -> None:
    assert marked(text, wanted) == [passage]


@pytest.mark.parametrize(("text", "wanted"), [("lake", "lakes"), ("a b", "ab"), ("naïf", "naive"), ("ı", "j")])  # fmt: skip
def test_what_is_not_there_is_not_found(text: str, wanted: str) -> None:
    assert marked(text, wanted) == []


@pytest.mark.parametrize("text", ["", "  ", "\u0301", "\u00ad"])
def test_nothing_cannot_be_searched_for(text: str) -> None:
    with pytest.raises(Failure, match="nothing to search for"):
        found(text)


def test_a_passage_is_cut_at_words() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    (passage,) = marked(words, "word50")
    before, _, rest = passage.partition("‹")
    match, _, after = rest.partition("›")
    assert match == "word50"
    assert before.startswith("… word") and before.endswith("word49 ") and len(before) < 70  # noqa: PT018
    assert after.startswith(" word51") and after.endswith(" …") and len(after) < 70  # noqa: PT018
    assert set(passage.strip("… ").replace("‹", "").replace("›", "").split()) <= set(words.split())
    assert marked(words, "word0 word1")[0].startswith("‹word0 word1› word2")
    assert marked(words, "word99")[0].endswith("word98 ‹word99›")


def folded(text: str) -> str:
    """A text as the search compares it, worked out the plain way."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(" " if c.isspace() else c for c in plain if not unicodedata.combining(c))


@given(st.text("aAäßﬃİıÉs \u0301\u0327.", min_size=1, max_size=12), st.data())
@example("ßß", None)
def test_every_part_of_a_text_is_found_and_the_marks_stand_around_it(
    text: str, data: st.DataObject | None
) -> None:
    assume(folded(text).strip())
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))) if data else (1, 2)
    wanted = text[start:end].strip()
    assume(folded(wanted).strip() == folded(wanted) != "")
    (passage,) = marked(text, wanted)
    before, _, rest = passage.partition("‹")
    match, _, after = rest.partition("›")
    assert before + match + after == text
    assert folded(wanted) in folded(match)
    # It is the first match; a letter that stands for several is taken whole; no accent is parted from its letter.
    assert folded(text).find(folded(wanted)) in range(len(folded(before)), len(folded(before)) + 3)
    assert len(folded(match)) <= len(folded(wanted)) + 4
    assert not (after and unicodedata.combining(after[0]))


def test_every_item_of_every_section_is_found_by_what_it_says() -> None:
    loaded = loader.load(str(FULL))
    for name in Digest.SECTIONS:
        section = views.view(name)(loaded)
        assert section.rows, name
        for row in section.rows:
            text = written(lead(section).cell(row))
            assert (name, row.id) in [(each.section, each.item.id) for each in view(loaded, text).rows]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Port Mell", "kp-signed:evidence.prefix water-treaty:signatories.place signing:place"),
        ("She has left office", "ada-quill:influence.rationale"),
        ("neighbour-of", "arvania:relations.type"),
        ("They may take as much", "q-wells:why_it_matters"),
        ("first sentence", "kp-signed:evidence.locator"),
        ("two lists", "f-q-wells:text"),
        ("40000000", "yearly:value"),
        ("1.90 crowns", "price:text crowns:evidence"),
        ("2023-11-30", "q-wells:answered_on"),
        ("observer.example", "report:url"),
        ("ada-quill", "ada-quill:id"),  # an id is found where it is given and not where it is used
        ("leans-oppose", ""),  # nor are words of a vocabulary texts
    ],
)
def test_an_item_is_found_by_any_of_its_texts_and_says_in_which(text: str, wanted: str) -> None:
    assert found(text) == wanted


def test_a_number_is_found_even_when_it_is_zero() -> None:
    loaded = loader.load(str(DIGESTS / "valid" / "required-only.yaml"))
    assert [(row.item.id, row.field) for row in view(loaded, "0", sections=["figures"]).rows] == [
        ("figure", "value")
    ]


def test_items_come_once_and_in_the_order_of_the_format() -> None:
    rows = view(loader.load(str(FULL)), "the").rows
    sections = [*Digest.SECTIONS]
    assert [row.section for row in rows] == sorted((row.section for row in rows), key=sections.index)
    assert len({row.item.id for row in rows}) == len(rows) > 20


def test_only_in_the_sections_that_are_named() -> None:
    assert found("Port Mell", "timeline") == "signing:place"
    assert found("Port Mell", "timeline", "key_points") == "kp-signed:evidence.prefix signing:place"
    assert found("Port Mell", "claims") == ""


@pytest.mark.parametrize(
    ("text", "pattern", "passage"),
    [
        ("in 2023 and 2024", r"\b20\d\d\b", "in ‹2023› and 2024"),
        ("in 2023 and 2024", r"2024$", "in 2023 and ‹2024›"),
        ("A Treaty", r"t.e", "A ‹Tre›aty"),
        ("a.b", r"a\.b", "‹a.b›"),
        ("Straße", r"ß", "Stra‹ß›e"),
    ],
)
def test_a_regular_expression(text: str, pattern: str, passage: str) -> None:
    assert marked(text, pattern, regex=True) == [passage]


def test_without_the_option_nothing_is_a_regular_expression() -> None:
    assert marked("a.b", ".") == ["a‹.›b"]
    assert marked("(50 %)", "(50") == ["‹(50› %)"]
    assert found("Port M..l") == ""


@pytest.mark.parametrize(
    "pattern", ["(", "[a", "*", "a{99999999999999}", "(" * 3_000 + ")" * 3_000, "(?P<1>a)", "(?a)(?u)a"]
)
def test_a_bad_regular_expression_is_wrong_usage(pattern: str) -> None:
    with pytest.raises(Failure, match="is not a regular expression"):
        found(pattern, regex=True)


def test_a_doubtful_regular_expression_says_nothing_about_the_program() -> None:
    result = briefing("search", "--regex", "[[a]", FULL, "-n", "1")
    assert (result.code, result.err) == (0, "")


def test_the_exit_code_says_whether_anything_was_found() -> None:
    result = briefing("search", "homicides", "--fields", "section,id", "-f", "tsv", "--no-header")
    assert (result.code, result.err) == (0, "")
    assert "figures\thomicides\n" in result.out
    assert briefing("search", "nothing-like-this") == (
        1,
        "",
        'briefing: nothing found for "nothing-like-this"\n',
    )
    for narrow in (["--section", "terms"], ["-w", "section=terms"]):
        result = briefing("search", "homicides", *narrow)
        assert (result.code, result.out) == (1, "")


@pytest.mark.parametrize(
    ("format", "empty"), [("json", "[]\n"), ("jsonl", ""), ("csv", "section,id,"), ("tsv", "section\tid\t")]
)
def test_a_program_can_read_that_nothing_was_found(format: str, empty: str) -> None:
    result = briefing("search", "nothing-like-this", "-f", format)
    assert (result.code, result.out[: len(empty)]) == (1, empty)
    assert result.err == 'briefing: nothing found for "nothing-like-this"\n'
    assert result.out.count("\n") <= 1


def test_what_is_found_can_be_narrowed_by_what_others_report() -> None:
    rows = json.loads(answer("search", "homicides", "-w", "finding=contradicted", "-f", "json"))
    assert {row["id"] for row in rows} >= {"homicides", "kp-homicides"}
    assert {row["finding"]["status"] for row in rows} == {"contradicted"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lake", "--section", "tmeline"], 'no section "tmeline"\n   help: did you mean "timeline"?\n'),
        (["("], "is not a regular expression"),
        ([" "], "nothing to search for"),
        ([], "search needs TEXT"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], message: str) -> None:
    result = briefing("search", *arguments, *(["--regex"] if "(" in arguments else []))
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_a_section_may_be_written_with_a_hyphen() -> None:
    rows = json.loads(answer("search", "treaty", FULL, "--section", "key-points", "-f", "json"))
    assert {row["section"] for row in rows} == {"key_points"}


def test_several_digests_say_which_one_it_is() -> None:
    rows = json.loads(answer("search", "agreement", *VALID, BUNDLED, "-f", "json"))
    assert list(dict.fromkeys(row["digest"] for row in rows)) == ["full", BUNDLED]
    assert list(rows[0]) == ["digest", "section", "id", "field", "passage", "finding"]


def test_one_of_several_that_cannot_be_read_shows_in_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("no: digest")
    result = briefing("search", "Port Mell", FULL, "bad.yaml", cwd=tmp_path)
    assert (result.code, "‹Port Mell›" in result.out, "bad.yaml" in result.err) == (1, True, True)
    assert briefing("search", "Port Mell", FULL, "nowhere.yaml", cwd=tmp_path).code == 2
