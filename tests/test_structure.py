"""The structure of a text: where its articles, paragraphs, points and sentences are."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.texts import labels
from briefing.texts.pages import furniture
from briefing.texts.structure import Structure

PLAIN = """Pact on the Lake Harbours

The Parties to this Pact,
Considering that the lake belongs to both shores;
Have agreed as follows:

Article 1

Definitions

For the purposes of this Pact:

(a) "harbour" means a place where boats may land;

(b) "keeper" means the person in charge of a harbour.

Article 2

Fees

1. Each Party shall pay a fee of 5 crowns. See No. 5 of the list.
2. The fee covers:
(a) the use of the lock:
(i) by day;
(ii) by night;
(b) the lamps.
3. The fee is due within thirty days.

Article 3

Disputes

Any dispute shall be settled by the keepers in accordance with
Article 2 (1) and (2) of this Pact.

Done at Lakeside on 3 May 2025.

Annex I

The lock opens at dawn.

The lock closes at dusk.
"""
MARKDOWN = re.sub(r"(?m)^((?:Article|Annex) .*)$", r"## \1", PLAIN)
PAGED = PLAIN.replace("(i) by day", "2\n\n\fLAKE PACT\n\n(i) by day").replace(
    "The lock opens", "3\n\n\fLAKE PACT\n\nThe lock opens"
)

PLACES = {
    "belongs to both": "Preamble",
    "For the purposes": "Art. 1",
    "keeper": "Art. 1(b)",
    "5 crowns": "Art. 2(1)",
    "The fee covers": "Art. 2(2)",
    "use of the lock": "Art. 2(2)(a)",
    "by night": "Art. 2(2)(a)(ii)",
    "lamps": "Art. 2(2)(b)",
    "thirty days": "Art. 2(3)",
    "accordance": "Art. 3",
    "of this Pact.": "Art. 3",
    "Done at": "Testimonium",
    "at dusk": "Annex I, ¶2",
}


@pytest.mark.parametrize("raw", [PLAIN, MARKDOWN, PAGED], ids=["plain", "markdown", "paged"])
@pytest.mark.parametrize("phrase", PLACES)
def test_a_place(raw: str, phrase: str) -> None:
    assert Structure(raw).place(raw.index(phrase)) == PLACES[phrase]


@pytest.mark.parametrize("raw", [PLAIN, MARKDOWN, PAGED], ids=["plain", "markdown", "paged"])
def test_numbers_and_headings_are_no_sentences(raw: str) -> None:
    units = [sentence.text for sentence in Structure(raw).sentences]
    assert "(ii) by night;" in units
    assert "1. Each Party shall pay a fee of 5 crowns." in units
    assert "See No. 5 of the list." in units
    assert not [unit for unit in units if len(unit.split()) < 2 or unit.startswith("Article")]


@pytest.mark.parametrize(
    ("locator", "phrase"),
    [
        ("Art. 2(1)", "5 crowns"),
        ("Article 2, paragraph 1", "5 crowns"),
        ("Art. 2 §2 (b)", "lamps"),
        ("art. 2.2.a", "by night"),
        ("artículo 3", "dispute"),
        ("Preamble", "belongs"),
        ("Annex I", "dusk"),
    ],
)
def test_a_locator_names_a_part(locator: str, phrase: str) -> None:
    spans = Structure(PLAIN).within(locator)
    assert spans
    assert any(phrase in PLAIN[slice(*span)] for span in spans)
    assert not any("both shores" in PLAIN[slice(*span)] for span in spans if locator != "Preamble")


def test_a_locator_that_is_wrong_or_not_for_this_text() -> None:
    structure = Structure(PLAIN)
    assert structure.within("Art. 9") == ()
    assert structure.within("Art. 2(7)") == ()
    assert structure.within("page 7") is None
    assert Structure("The port opens.").within("Art. 2") is None


@pytest.mark.parametrize(
    ("raw", "places"),
    [
        ("Artículo 5.- Las partes pagan la cuota.\n\nArtículo 6.- El puerto abre.", ["Art. 5", "Art. 6"]),
        ("第五条 双方支付费用。\n第六条 港口开放。", ["Art. 5", "Art. 6"]),
        ("Article V\n\nThe port opens.\n\nArticle VI\n\nThe port closes.", ["Art. V", "Art. VI"]),
        ("Section 4. Fees\n\nEach pays.\n\nSection 5. Lamps\n\nEach lights.", ["Sec. 4", "Sec. 5"]),
        ("Article 5 applies to the port.", ["¶1"]),
    ],
)
def test_headings_of_many_kinds(raw: str, places: list[str]) -> None:
    assert [sentence.place for sentence in Structure(raw).sentences] == places


def test_hard_wrapped_lines_are_joined() -> None:
    raw = "The ministers met at the lake on\n3 May 2025 and opened the lock.\nThe fee is five crowns.\n"
    assert [s.text.split()[-1] for s in Structure(raw).sentences] == ["lock.", "crowns."]


def test_a_sentence_goes_on_over_the_page() -> None:
    raw = "They shall pay the fee within thirty\n\n   12\nHARBOUR PACT\n\ndays of the notice.\n"
    (only,) = Structure(raw).sentences
    assert only.text == "They shall pay the fee within thirty days of the notice."


def test_a_quotation_mark_left_open_joins_nothing() -> None:
    raw = "The keeper spoke. \u201cThe port opens. Then it closes.\n\nThe fee is due."
    assert [s.text.rstrip(".").split()[-1] for s in Structure(raw).sentences] == [
        "spoke",
        "opens",
        "closes",
        "due",
    ]
    assert Structure(raw).sentences[1].text == "\u201cThe port opens."


def test_unused_sentences() -> None:
    raw = "The port opens.\n\nThe port closes."
    assert [s.number for s in Structure(raw).unused([(4, 8)])] == [2]


LABELS = {word.rstrip(".") for word in (*labels.ALL, *labels.PREAMBLE)}
lines = st.sampled_from(
    ["Article 5", "1. The port opens.", "(a) by day;", "(i) by boat", "i.", "12", "\f", "", "", "Annex",
     "## Fees", "**", "IV.", "They pay “five crowns. Then", "go home", "第五条", "- x", "Done at Lakeside."]
)  # fmt: skip


@given(st.lists(lines | st.text(max_size=12), max_size=14).map("\n".join))
def test_all_that_is_visible_is_in_exactly_one_place(raw: str) -> None:
    structure = Structure(raw)
    spans = sorted([*((s.start, s.end) for s in structure.sentences), *(h[:2] for h in structure.headings)])
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    seen = set[int]()
    for start, end in [*spans, *furniture(raw)]:
        assert start < end
        seen.update(range(start, end))
    left = "".join(
        c if at not in seen and structure.place(at) not in ("Testimonium", "Contents") else " "
        for at, c in enumerate(raw)
    )
    # What is left has no word: numbers, letters, marks; names and offices beneath a treaty are not looked at.
    words = re.findall(r"[^\W\d_]+", left)
    assert not [word for word in words if len(word) > 2 and word.lower() not in LABELS]
    for at in range(len(raw)):
        assert structure.place(at)


@given(st.lists(lines | st.text(max_size=12), max_size=14).map("\n".join))
def test_no_sentence_is_only_a_number_a_label_or_marks(raw: str) -> None:
    for sentence in Structure(raw).sentences:
        words = re.findall(r"[^\W\d_]+", sentence.text)
        assert [w for w in words if not re.fullmatch(r"(?i)article|annex|第|五条|第五条|[a-z]|[ivxlc]+", w)]
