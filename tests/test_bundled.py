"""The digest that the program carries, held against its source text and what was found out about it."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sentencex import segment

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_e47c703b4de288d7.txt"
TEXT = SEED.read_bytes().decode()
DIGEST: dict[str, Any] = yaml.load(
    (ROOT / "data" / "us-el-salvador-2025.yaml").read_text(), Loader=yaml.CBaseLoader
)
SECTIONS = (
    "key_points",
    "instruments",
    "terms",
    "timeline",
    "stakeholders",
    "figures",
    "questions",
    "claims",
    "findings",
    "sources",
)


def items(*sections: str) -> Iterator[dict[str, Any]]:
    """Every item of these sections, or of all."""
    for section in sections or SECTIONS:
        yield from DIGEST[section]


ITEMS = {item["id"]: item for item in items()}


def folded(text: str) -> str:
    """The text with straight quotes, plain hyphens and single spaces, so that only the words count."""
    for curly, straight in {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "\u00a0": " ",
    }.items():
        text = text.replace(curly, straight)
    return " ".join(text.split())


QUOTES = [folded(quote) for item in items() for quote in item.get("evidence", [])]
PARAGRAPHS = TEXT.split("\n")
SENTENCES = [sentence for paragraph in PARAGRAPHS for sentence in segment("en", paragraph)]


# The source text.


def test_the_source_text_is_unchanged() -> None:
    digest = "46b6b0e71a0988b2e84c1732842d10abe85c3f205ef658c6d2d24c5a7d2af46d"
    assert hashlib.sha256(SEED.read_bytes()).hexdigest() == digest
    assert ITEMS["report"]["file"] == SEED.name
    assert ITEMS["report"]["sha256"] == digest
    assert (len(SEED.read_bytes()), len(TEXT)) == (3142, 3120)
    assert (len([line for line in PARAGRAPHS if line.strip()]), len(SENTENCES)) == (8, 15)


def test_the_report_has_no_date_author_or_publisher() -> None:
    assert not {"published", "author", "publisher", "url"} & ITEMS["report"].keys()
    assert [item["id"] for item in items("sources") if "file" in item] == ["report"]


# The evidence.


@pytest.mark.parametrize("quote", QUOTES)
def test_a_quote_occurs_exactly_once_in_the_source(quote: str) -> None:
    assert folded(TEXT).count(quote) == 1


@pytest.mark.parametrize("number", range(15))
def test_every_sentence_is_cited(number: int) -> None:
    start = folded(TEXT).index(folded(SENTENCES[number]))
    stop = start + len(folded(SENTENCES[number]))
    places = [folded(TEXT).index(quote) for quote in QUOTES]
    assert [
        place
        for place, quote in zip(places, QUOTES, strict=True)
        if place < stop and place + len(quote) > start
    ]


def test_every_item_has_evidence_or_says_what_it_rests_on() -> None:
    """A quote; a finding about it, with sources; or, of those who are named, a note."""
    found = {id for finding in items("findings") if finding.get("sources") for id in _about(finding)}
    bare = [item for item in items(*SECTIONS[:-2]) if not item.get("evidence")]
    assert [item["id"] for item in bare if item["id"] not in found and not _says_why(item)] == []


def _says_why(item: dict[str, Any]) -> bool:
    others = ("note", "based_on", "related", "law")
    return item.get("date_basis") == "external" or any(item.get(name) for name in others)


def _about(finding: dict[str, Any]) -> Iterator[str]:
    """The items that a finding is about, also those of which it is about a part."""
    for about in finding["about"]:
        yield about if isinstance(about, str) else about["item"]


def findings_on(id: str) -> list[dict[str, Any]]:
    return [finding for finding in items("findings") if id in _about(finding)]


def test_quotes_are_short() -> None:
    assert [quote for quote in QUOTES if len(quote.split()) > 25] == []


def test_sentences_are_in_the_digests_own_words() -> None:
    """No text of the digest repeats ten words of the source in a row."""
    source = re.findall(r"\w+", folded(TEXT).lower())
    runs = {tuple(source[i : i + 10]) for i in range(len(source))}
    assert runs
    assert any(True for _ in items())
    for item in items():
        for name in ("text", "event", "question", "why_it_matters", "interest", "note", "label", "title"):
            words = re.findall(r"\w+", folded(str(item.get(name, ""))).lower())
            assert not {tuple(words[i : i + 10]) for i in range(len(words) - 9)} & runs, item["id"]


# What it holds.


def test_each_section_holds_what_a_reader_needs() -> None:
    counts = {section: len(DIGEST[section]) for section in SECTIONS}
    assert 7 <= counts["key_points"] <= 12
    assert counts["instruments"] == 2
    assert 8 <= counts["terms"] <= 15
    assert 8 <= counts["timeline"] <= 16
    assert counts["stakeholders"] >= 16
    assert counts["figures"] == 2
    assert counts["questions"] >= 9
    assert counts["claims"] >= 1
    assert counts["findings"] >= 10


def test_ids_are_unique() -> None:
    assert len(ITEMS) == len(list(items()))


def test_the_bottom_line_is_two_sentences_at_most() -> None:
    assert len(list(segment("en", DIGEST["bottom_line"]))) <= 2


def test_the_two_instruments_are_kept_apart() -> None:
    arrangement, memorandum = items("instruments")
    assert (arrangement["bindingness"], arrangement["text_status"]) == ("unclear", "none-known")
    assert (memorandum["type"], memorandum["status"], memorandum["signed"]) == (
        "memorandum-of-understanding", "signed", "2025-02-03",
    )  # fmt: skip
    assert {signatory["person"] for signatory in memorandum["signatories"]} == {
        "marco-rubio",
        "alexandra-hill-tinoco",
    }
    assert "signed" not in arrangement
    assert "signatories" not in arrangement


def test_the_homicide_figure_shows_what_the_text_says_and_that_it_is_contradicted() -> None:
    figure = ITEMS["homicides"]
    assert (figure["value"], figure["date"]) == ("114", "2023")
    (finding,) = (each for each in findings_on("homicides") if each["status"] == "contradicted")
    for word in ("114", "2024"):
        assert word in finding["text"]
    assert "diario-el-mundo" in finding["sources"]


def test_the_number_of_arrests_is_more_than_83000() -> None:
    assert (ITEMS["arrests"]["value"], ITEMS["arrests"]["qualifier"]) == ("83000", "over")


# Each subject that public reports bear on, the items that carry it, and the outcome.
VERDICTS = [
    ("disputed", ["deportation-arrangement", "kp-agreement", "accept-deportees"]),
    ("imprecise", ["kp-agreement", "accept-deportees", "accept-us-prisoners"]),
    ("disputed", ["kp-citizens", "citizens-limit"]),
    ("imprecise", ["tour"]),
    ("contradicted", ["kp-homicides", "homicides"]),
    ("unsupported", ["rights-addressed", "nuclear-no-obligation"]),
    ("corroborated", ["meeting", "memorandum-signed", "emergency-begins", "fee", "nuclear-memorandum"]),
]


@pytest.mark.parametrize(("status", "ids"), VERDICTS)
def test_what_was_found_is_said_of_every_item_that_it_concerns(status: str, ids: list[str]) -> None:
    assert ids
    for id in ids:
        found = [finding for finding in findings_on(id) if finding["status"] == status]
        assert found, id
        assert status == "unsupported" or all(finding["sources"] for finding in found)


@pytest.mark.parametrize(
    ("id", "date", "basis"),
    [
        ("meeting", "2025-02-03", "external"),
        ("memorandum-signed", "2025-02-03", "external"),
        ("emergency-begins", "2022-03", "stated"),
    ],
)
def test_dates_say_what_they_rest_on(id: str, date: str, basis: str) -> None:
    assert (ITEMS[id]["date"], ITEMS[id]["date_basis"]) == (date, basis)


def test_nothing_is_later_than_the_day_of_the_digest() -> None:
    """Save what is planned, when a source was published, and what a note says of later matters."""
    assert DIGEST["as_of"] == "2025-02-04"
    dates = [
        item[name]
        for item in items(*SECTIONS[:-1])
        for name in ("date", "announced", "signed", "in_force", "status_as_of", "answered_on")
        if name in item
    ]
    starts = [re.split("[/~?%]", date)[0] for date in dates]
    assert len(starts) > 15
    assert [start for start in starts if start > "2025-02-04"] == []


@pytest.mark.parametrize(
    "id",
    [
        *(
            "united-states",
            "el-salvador",
            "marco-rubio",
            "nayib-bukele",
            "us-officials",
            "deportees",
            "us-prisoners",
        ),
        *("us-citizens", "salvadoran-prisoners", "refugees", "salvadoran-public", "prison-critics"),
    ],
)
def test_those_who_take_part_and_those_affected_are_there(id: str) -> None:
    assert ITEMS[id] in DIGEST["stakeholders"]


def test_a_position_rests_on_what_was_said() -> None:
    """Only the two governments, and those who speak for them, have one: nobody's is worked out."""
    stated = {item["id"]: item["position_basis"] for item in items("stakeholders") if _has_position(item)}
    assert {"united-states", "el-salvador", "marco-rubio", "nayib-bukele"} <= set(stated)
    assert set(stated.values()) <= {"stated", "attributed"}
    assert not {"us-prisoners", "deportees", "refugees", "salvadoran-public"} & set(stated)


def _has_position(stakeholder: dict[str, Any]) -> bool:
    return bool(stakeholder["position"] != "not-stated")


@pytest.mark.parametrize("id", ["significant-shift", "regional-shift", "new-dynamics", "future-relations"])
def test_the_texts_own_judgements_are_assessments_of_the_source(id: str) -> None:
    assert (ITEMS[id]["kind"], ITEMS[id]["asserted_by"]) == ("assessment", "report")


def test_who_says_so_is_told_apart() -> None:
    sayers = {
        sayer for item in items("key_points", "claims") for sayer in _listed(item.get("asserted_by", []))
    }
    assert {"report", "marco-rubio", "nayib-bukele", "us-officials"} <= sayers


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


# A word that each question must turn on.
QUESTIONS = [
    ("legal", "could be sent"),
    ("legal", "bind"),
    ("legal", "U.S. citizens"),
    ("legal", "custody"),
    ("human-rights", "danger"),
    ("human-rights", "asylum"),
    ("cost", "fee"),
    ("oversight", "inspect"),
    ("implementation", "begin"),
    ("diplomatic", "memorandum"),
]


@pytest.mark.parametrize(("category", "word"), QUESTIONS)
def test_the_questions_of_a_professional_are_asked(category: str, word: str) -> None:
    assert [q for q in items("questions") if q["category"] == category and word in q["question"]]


def test_each_question_says_why_it_matters_who_can_answer_and_what_would_settle_it() -> None:
    assert len(DIGEST["questions"]) > 5
    for question in items("questions"):
        assert question["why_it_matters"]
        assert question["who_can_answer"]
        assert question["settled_by"]
        assert question["related"]


def test_every_source_from_elsewhere_can_be_found() -> None:
    assert len(DIGEST["sources"]) > 5
    for source in items("sources"):
        assert source["id"] == "report" or re.match("https?://", source["url"])
