"""The structure of a text: where its articles, paragraphs, points and sentences are."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.pace import seconds

from briefing.texts import labels
from briefing.texts.pages import furniture
from briefing.texts.sentences import is_bare
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


@pytest.mark.parametrize(
    ("locator", "first", "last"),
    [
        ("Art. 2(1)–(3)", "1. Each Party", "thirty days."),
        ("Arts. 2 to 3", "Article 2", "this Pact."),
        ("Art. 2(1) and (2)", "1. Each", "lamps."),
        ("Articles 2 and 3", "Article 2", "this Pact."),
        ("Art. II, first sentence", "Article 2", "thirty days."),
        ("Art 2 para 2 lit b", "(b) the lamps", "lamps."),
        ("Article 2.2(a)(ii)", "(ii) by night", "night;"),
        ("point (a) of paragraph 2 of Article 2", "(a) the use", "night;"),
        ("Article 2, page 3", "Article 2", "thirty days."),
        ("2(3)", "3. The fee", "thirty days."),
        ("Annex 1, ¶2", "The lock closes", "dusk."),
        ("Preamble, ¶2", "Considering", "shores;"),
        ("Testimonium", "Done at", "2025."),
        ("title", "Pact on", "Harbours"),
    ],
)
def test_the_range_of_a_locator(locator: str, first: str, last: str) -> None:
    spans = Structure(PLAIN).within(locator)
    assert spans
    assert PLAIN[spans[0].start :].startswith(first)
    assert PLAIN[: spans[-1].end].endswith(last)


@pytest.mark.parametrize("locator", ["paragraph 2", "para. 2", "¶2", "párrafo 2"])
def test_a_numbered_paragraph_of_a_text_without_articles(locator: str) -> None:
    raw = "The fee.\n\n1. It is low.\n\n2. It is due.\n"
    assert any("2. It is due." in raw[slice(*span)] for span in Structure(raw).within(locator) or ())
    assert Structure(raw).within("paragraph 9") == ()


@pytest.mark.parametrize("locator", ["p. 3", "line 12", "page 7", "", "?", "the end"])
def test_what_no_structure_can_judge(locator: str) -> None:
    assert Structure(PLAIN).within(locator) is None


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


@pytest.mark.parametrize(
    ("raw", "headings", "units"),
    [
        ("IV.\n\nPayments\n\nEach Party shall pay.", ["IV. Payments"], ["Each Party shall pay."]),
        ("5.\nLamps\nThe lamps burn at night.", ["5. Lamps"], ["The lamps burn at night."]),
        ("1.\n\nEach Party shall pay.", [], ["1.\n\nEach Party shall pay."]),
        (
            "Artículo 5.- Cuota. Las partes pagan una cuota. Se paga en mayo.",
            ["Artículo 5.- Cuota."],
            ["Las partes pagan una cuota.", "Se paga en mayo."],
        ),
        ("Article 5. Fees. The parties pay.", ["Article 5. Fees."], ["The parties pay."]),
        ("Article 5. Fees.\nThe parties pay.", ["Article 5. Fees."], ["The parties pay."]),
        ("Art. 5 (Fees) The parties pay.", ["Art. 5 (Fees)"], ["The parties pay."]),
        ("Article 5 – Fees: the parties pay.", ["Article 5 – Fees:"], ["the parties pay."]),
        ("Article 5. The parties shall pay.", ["Article 5."], ["The parties shall pay."]),
        ("Article 5. Ships pay tolls.", ["Article 5."], ["Ships pay tolls."]),
        ("Article 5 The parties pay.", ["Article 5"], ["The parties pay."]),
        ("Article 5 (1) The parties pay.", ["Article 5"], ["(1) The parties pay."]),
        ("Article 5 (1) of the pact is old.", [], ["Article 5 (1) of the pact is old."]),
        ("Article 5 (Fees) applies to boats.", [], ["Article 5 (Fees) applies to boats."]),
    ],
)
def test_a_heading_has_its_title_and_no_more(raw: str, headings: list[str], units: list[str]) -> None:
    structure = Structure(raw)
    assert [heading.text for heading in structure.headings] == headings
    assert [sentence.text for sentence in structure.sentences] == units


BODY = """The Parties,

Have agreed:

Article 1 Definitions

A harbour is a place.

Article 2 Fees

Each Party pays.

Article 3 Lamps

The lamps burn.
"""


@pytest.mark.parametrize(
    "contents",
    [
        "Contents\n\nArticle 1 Definitions ........ 2\nArticle 2 Fees . . . . . 3\nArticle 3 Lamps\t9\n\n",
        "Article 1 Definitions\nArticle 2 Fees\nArticle 3 Lamps\n\n",
        "Article 1 Definitions\n\nArticle 2 Fees\n\nArticle 3 Lamps\n\n",
    ],
)
def test_a_table_of_contents_is_no_part_of_the_text(contents: str) -> None:
    structure = Structure("PACT ON HARBOURS\n\n" + contents + BODY)
    assert [heading.number for heading in structure.headings if heading.kind == "article"] == ["1", "2", "3"]
    places = ["Preamble", "Preamble", "Art. 1", "Art. 2", "Art. 3"]
    assert [sentence.place for sentence in structure.sentences] == places


def test_a_list_of_prices_is_no_table_of_contents() -> None:
    raw = "Annex\n\nTolls in crowns:\n\nSmall boats ........ 12\n\nLarge boats ........ 20\n"
    assert len(Structure(raw).sentences) == 3


def test_numbers_that_begin_anew_in_each_chapter() -> None:
    raw = (
        "Chapter I\nHarbours\n\nArticle 1\n\nThe harbour opens.\n\nArticle 2\n\nIt closes.\n\n"
        "Chapter II\nFees\n\nArticle 1\n\nEach Party pays.\n"
    )
    structure = Structure(raw)
    assert [s.place for s in structure.sentences] == ["Ch. I, Art. 1", "Art. 2", "Ch. II, Art. 1"]
    (span,) = structure.within("Chapter 2, Article 1") or ()
    assert "Each Party pays." in raw[slice(*span)]
    assert len(structure.within("Article 1") or ()) == 2


def test_signatures_are_no_units() -> None:
    raw = (
        "Article 1\n\nThe pact is in force.\n\nIN WITNESS WHEREOF the undersigned have signed this Pact.\n\n"
        "Done at Lakeside on 3 May 2025.\n\nFor the Government of Lakeland:\n____________________\n"
        "Ana Lind\nMinister of Harbours\n\n(signed) B. Berg\n\nAnnex\n\nThe lock opens.\n"
    )
    texts = [sentence.text for sentence in Structure(raw).sentences]
    assert texts[1:] == [
        "IN WITNESS WHEREOF the undersigned have signed this Pact.",
        "Done at Lakeside on 3 May 2025.",
        "The lock opens.",
    ]


def test_text_after_a_list_belongs_to_the_paragraph_around_it() -> None:
    raw = (
        "Article 5\n\n1. The fee covers:\n(a) the lock;\n(b) the lamps.\nIt covers no bread.\n2. It is due.\n"
    )
    assert [s.place for s in Structure(raw).sentences] == [
        "Art. 5(1)",
        "Art. 5(1)(a)",
        "Art. 5(1)(b)",
        "Art. 5(1)",
        "Art. 5(2)",
    ]


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
    assert not [word for word in words if len(word) > 2 and word.lower() not in LABELS and not is_bare(word)]
    for at in range(len(raw)):
        assert structure.place(at)


@given(st.lists(lines | st.text(max_size=12), max_size=14).map("\n".join))
@example("12\nAA\n\x0c\nAA\ni.")  # the head of a page between two numbers
def test_no_sentence_is_only_a_number_a_label_or_marks(raw: str) -> None:
    for sentence in Structure(raw).sentences:
        words = re.findall(r"[^\W\d_]+", sentence.text)
        assert [
            w
            for w in words
            if not re.fullmatch(
                r"(?i)article|annex|第|五条|第五条|[a-z]|(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", w
            )
        ]


HOSTILE = [
    "1\n", "1.\n", "(a)\n", "5\n\n", "1\n\nabc\n\n", "a\f", "第五条\n", "i) a\n", "Article 5\n", '"', ". ",
    "x ", "\n", "a\n", "A. b\n", "“a. ", "# \n", "Section 1\n\nabc\n\n", "12 HARBOUR\n\n", "Ab.) ", "- a\n",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_text_of_anything_is_divided_in_bounded_time(piece: str) -> None:
    raw = piece * (50_000 // len(piece))

    def divide() -> None:
        structure = Structure(raw)
        assert structure.sentences is not None
        assert structure.furniture is not None

    assert seconds(divide, 2) < 2


@pytest.mark.slow
def test_places_in_a_large_text() -> None:
    raw = "".join(
        f"Article {n}\n\nFees\n\n1. Each Party pays.\n2. All pay in May.\n\n" for n in range(20_000)
    )

    def find() -> None:
        structure = Structure(raw)
        for offset in range(0, len(raw), len(raw) // 5_000):
            assert structure.place(offset)
            assert structure.paragraph_at(offset)
            assert structure.within(f"Art. {offset % 9_000 + 1}(1)")

    assert seconds(find, 8) < 8


@pytest.mark.parametrize("width", [60, 74, 400])
def test_each_ground_of_a_preamble_is_a_sentence_however_its_lines_are_broken(width: int) -> None:
    import textwrap

    grounds = [
        "The Parties to this Convention,",
        "Considering that co-operation should further the ends of justice and the return of sentenced persons;",
        "Recalling that foreigners should be given the opportunity to serve their sentences at home, within reason; and",
        "Convinced that this can best be achieved by having them transferred to their own countries,",
        "Have agreed as follows:",
    ]
    articles = [
        f"Article {n}\n\nEach Party shall, as far as its law allows, grant number {n} of the requests that it receives."
        for n in range(1, 5)
    ]
    lines = [line for each in grounds for line in textwrap.wrap(each, width)]
    wrapped = ["\n".join(textwrap.wrap(part, width)) for each in articles for part in each.split("\n\n")]
    text = "Convention on Persons\n\n" + "\n".join(lines) + "\n\n" + "\n\n".join(wrapped) + "\n"
    found = [" ".join(each.text.split()) for each in Structure(text).sentences if each.place == "Preamble"]
    assert found == grounds


@pytest.mark.parametrize(
    ("numbers", "places"),
    [
        (
            ["1.1", "1.2", "1.2.1", "1.2.2", "1.3", "1.3.1"],
            ["(1)", "(2)", "(2)(1)", "(2)(2)", "(3)", "(3)(1)"],
        ),
        (["1.4", "1.4", "1.4"], ["(4)", "(4)", "(4)"]),
        (["1", "1.1", "1.1.1", "1.2", "2", "2.1"], ["(1)", "(1)", "(1)(1)", "(2)", "(2)", "(2)(1)"]),
        (["1.1", "2.1", "2.2", "2.3.1"], ["(1)", "(2)(1)", "(2)(2)", "(2)(3)(1)"]),
        (["1.1", "1.12", "1.20"], ["(1)", "(12)", "(20)"]),
    ],
)
def test_decimal_numbers_say_by_themselves_where_they_stand(numbers: list[str], places: list[str]) -> None:
    text = "Article 1\n\n" + "\n\n".join(f"{number}. Each party pays the fee." for number in numbers)
    structure = Structure(text)
    assert [sentence.place for sentence in structure.sentences] == [f"Art. 1{place}" for place in places]
    for sentence in structure.sentences:
        within = structure.within(sentence.place) or ()
        assert any(part.start <= sentence.start and sentence.end <= part.end for part in within)
