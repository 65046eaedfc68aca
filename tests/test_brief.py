"""The brief: what a committee clerk would hand on, read by an aide who has six minutes."""

import json
import re
from pathlib import Path

import pytest
from support import pandoc
from support.gfm import Element, headings, marks, notes, page, tables
from support.program import BUNDLED, DIGESTS, Answer

from briefing import loader
from briefing.model import SECTIONS, fields
from briefing.words import phrases

VALID = DIGESTS / "valid"
TREATY, FULL, PORT, HOSTILE = (
    str(VALID / f"{name}.yaml") for name in ("treaty", "full", "many-sources", "hostile-text")
)
EVERY = pytest.mark.parametrize("digest", [BUNDLED, TREATY, FULL, PORT, HOSTILE], ids=lambda p: Path(p).stem)

IN_ORDER = (
    "What was agreed, promised and offered",
    "What other sources correct",
    "Who is affected and who decides",
    "Remaining questions",
    "What comes next (no dates given)",
    "What has happened",
)
_NOTE = re.compile(r"^\[\^([^\]]+)\]: .*\n?", re.MULTILINE)
_MARK = re.compile(r"(?<!\\)\[\^([^\]]+)\]")


def without_notes(markdown: str) -> str:
    """The text of a brief without the marks of its footnotes and without the notes."""
    return _MARK.sub("", _NOTE.sub("", markdown))


def test_it_answers_in_the_order_in_which_a_busy_reader_asks(inside: Answer) -> None:
    found = headings(page(inside("export")))
    title = loader.load(BUNDLED).digest.title
    assert [text for level, text in found if level < 3] == [title, *IN_ORDER]
    assert tuple(text for level, text in found if level == 3 and text.startswith("Who ")) == (
        "Who is affected",
        "Who decides",
    )


def test_what_is_not_in_the_digest_has_no_heading(inside: Answer) -> None:
    assert headings(page(inside("export", VALID / "minimal.yaml"))) == [(1, "A digest with nothing in it")]


def test_it_can_be_read_in_six_minutes(inside: Answer) -> None:
    plain = pandoc.convert(without_notes(inside("export")), "-f", "gfm", "-t", "plain").decode()
    assert 800 < len(plain.split()) <= 1600


@EVERY
def test_people_read_phrases_and_names(digest: str, inside: Answer) -> None:
    text = without_notes(inside("export", digest))
    assert not re.search(r"none-known|one-side|not-stated|\bkp-|\bq-", text)
    loaded = loader.load(digest)
    prose = " ".join(
        str(getattr(item, field.attribute)) for _, _, item in loaded.items() for field in fields(type(item))
    )
    raw = {
        word
        for part in SECTIONS
        for field in fields(part.part)
        for word in field.vocabulary
        if "-" in word and word not in prose.replace(f"'{word}'", "")
    }
    assert len(raw) > 1
    shown = {word for word in raw if re.search(rf"(?<![\w-]){word}(?![\w-])", text)}
    # A hyphenated word may be a phrase of English as well: `third-state`.
    assert not {word for word in shown if not _is_a_phrase(word)}


def _is_a_phrase(word: str) -> bool:
    return any(
        phrase.lower() == word
        for part in SECTIONS
        for field in fields(part.part)
        for phrase in phrases(part.part, field.attribute).values()
    )


@EVERY
@pytest.mark.parametrize("options", [(), ("--full",)], ids=["brief", "full"])
def test_each_mark_has_its_note_in_the_order_of_the_text(
    digest: str, options: tuple[str, ...], inside: Answer
) -> None:
    markdown = inside("export", digest, *options)
    defined = _NOTE.findall(markdown)
    assert len(defined) == len(set(defined))
    used = list(dict.fromkeys(_MARK.findall(_NOTE.sub("", markdown))))
    assert used == defined
    root = page(markdown)
    assert list(dict.fromkeys(marks(root))) == list(notes(root)) == defined


@EVERY
def test_marks_stand_apart_from_one_another(digest: str, inside: Answer) -> None:
    markdown = inside("export", digest)
    assert not re.search(r"\]\[\^", markdown)
    html = pandoc.convert(markdown, "-f", "gfm", "-t", "html").decode()
    assert not re.search(r"</sup></a><a[^>]*><sup>", html)
    assert not _touching(page(markdown))


def _touching(element: Element) -> list[Element]:
    """The footnote marks that follow another at once."""
    found = []
    for before, after in zip(element.children, element.children[1:], strict=False):
        pair = [each for each in (before, after) if isinstance(each, Element) and each.tag == "sup"]
        found += pair[1:]
    for child in element.children:
        if isinstance(child, Element):
            found += _touching(child)
    return found


def test_labels_of_two_digests_are_apart(inside: Answer) -> None:
    one, other = (set(_NOTE.findall(inside("export", digest))) for digest in (BUNDLED, TREATY))
    assert one
    assert other
    assert not one & other
    both = _NOTE.findall(inside("export", BUNDLED, TREATY))
    assert sorted(both) == sorted(one | other)


@EVERY
def test_addresses_of_sources_are_links(digest: str, inside: Answer) -> None:
    links = [link.attributes.get("href", "") for link in page(inside("export", digest, "--full")).all("a")]
    outside = [link for link in links if not link.startswith("#")]
    assert all(re.match("https?://", link) for link in outside)
    addresses = {source.url for source in loader.load(digest).digest.sources if source.url.startswith("http")}
    if digest == BUNDLED:
        assert len(addresses) > 10
    assert len(addresses & set(outside)) == len(addresses)


def test_a_treaty_has_deadlines_in_words_and_what_has_no_date_last(inside: Answer) -> None:
    root = page(inside("export", TREATY))
    coming = next(table for table in tables(root) if [cell.text for cell in table[0]] == ["When", "What"])
    dates = [row[0].text for row in coming[1:]]
    assert any(date.startswith("by ") for date in dates)
    undated = [date.startswith("no date given") for date in dates]
    assert any(undated)
    assert undated == sorted(undated)


def test_events_of_one_day_or_of_none_stay_in_the_digests_order(inside: Answer) -> None:
    places = [event.id for event in loader.load(BUNDLED).digest.timeline]
    of_each: dict[str, list[str]] = {}
    for row in json.loads(inside("timeline", "-f", "json")):
        of_each.setdefault(row["date"], []).append(row["id"])
    together = [ids for ids in of_each.values() if len(ids) > 1]
    assert len(together) > 2
    assert together == [sorted(ids, key=places.index) for ids in together]


def test_a_treatys_terms_name_their_articles(inside: Answer) -> None:
    text = page(inside("export", TREATY)).text
    assert len(re.findall(r"\bArt\. \d+", text)) > 5


def test_two_briefings_follow_one_another(inside: Answer) -> None:
    titles = [loader.load(digest).digest.title for digest in (BUNDLED, TREATY)]
    found = headings(page(inside("export", BUNDLED, TREATY)))
    assert [text for level, text in found if level == 1] == titles


def test_without_evidence_no_quote_is_noted(inside: Answer) -> None:
    markdown = inside("export", "--no-evidence")
    loaded = loader.load(BUNDLED)
    quotes = [quote.quote for _, _, item in loaded.items() for quote in loaded.quotes(item)]
    assert len(quotes) > 20
    assert not [quote for quote in quotes if f"“{quote}”" in markdown]


def cells(inside: Answer, title: str) -> list[list[str]]:
    """The rows of the brief's table whose first column has this title, without the marks of notes."""
    root = page(without_notes(inside("export")))
    return [
        [cell.text for cell in row] for table in tables(root) if table[0][0].text == title for row in table
    ]


def test_a_report_is_no_side_and_a_speaker_is_no_other_report(inside: Answer) -> None:
    _, *terms = [row for row in cells(inside, "What") if len(row) == 4]
    assert len(terms) > 8
    for _, who, agreement, others in terms:
        if who == "The report":
            assert agreement in ("Stated by the report", "Accounts differ")
        else:
            assert agreement in ("Stated by one side", "Stated by both sides")
        assert "Nayib Bukele" not in others or who == "Nayib Bukele"
    (fee,) = [row for row in terms if "fee" in row[0]]
    assert fee[3] == "Known only from Nayib Bukele's own words"


def test_what_is_agreed_promised_or_offered_is_so_by_somebodys_account(inside: Answer) -> None:
    opened = [row[0] for row in cells(inside, "What") if row[0].startswith(("Agreed", "Promised", "Offered"))]
    assert len(opened) > 4
    assert [text for text in opened if not re.match(r"\w+ \(by .* accounts?[;)]", text)] == []


def test_a_correction_is_found_by_its_number(inside: Answer) -> None:
    markdown = without_notes(inside("export"))
    listed = markdown.partition("## What other sources correct\n\n")[2].partition("\n\n")[0].splitlines()
    assert [line.partition(". ")[0] for line in listed] == [str(n) for n in range(1, len(listed) + 1)]
    (prison,) = [row for row in cells(inside, "What") if "convicted criminals" in row[0]]
    number = int(prison[3].removeprefix("Other reports differ in detail (correction ").removesuffix(")"))
    assert "Bukele's post limits the offer to convicted criminals" in listed[number - 1]
    referred = {int(n) for found in re.findall(r"corrections? ([\d, ]+)", markdown) for n in found.split(",")}
    assert len(referred) > 4
    assert referred <= set(range(1, len(listed) + 1))
    # What stands there in full is no footnote as well.
    assert "Other reports differ in detail: " not in inside("export")


def test_each_open_question_says_whom_to_ask(inside: Answer) -> None:
    questions = [
        q for q in loader.load(BUNDLED).digest.questions if q.status not in ("answered", "overtaken")
    ]
    assert all(q.who_can_answer for q in questions)
    assert inside("export").count("   - Ask: ") == len(questions) > 8


def test_what_came_after_the_date_of_the_digest_is_said_to_have(inside: Answer) -> None:
    later = re.compile(r"\b(?:March|April|May|September) 2025")
    told = _NOTE.finditer(inside("export", "--full"))
    lines = [note[0] for note in told if later.search(note[0])]
    assert len(lines) > 1
    assert [
        line for line in lines if not re.search(r"After the date of this digest|[Ll]ater than", line)
    ] == []
