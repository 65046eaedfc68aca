"""The view of the findings: gravest first, on what part, from how many origins."""

import json

from support.gfm import headings, page
from support.program import BUNDLED, DIGESTS, Answer

from briefing.findings import STATUSES
from briefing.model import Finding
from briefing.words import phrases

TREATY = str(DIGESTS / "valid" / "treaty.yaml")


def test_the_gravest_comes_first(inside: Answer) -> None:
    for digest in (BUNDLED, TREATY):
        rows = json.loads(inside("findings", digest, "-f", "json"))
        ranks = [STATUSES.index(row["status"]) for row in rows]
        assert ranks == sorted(ranks)
        assert len(set(ranks)) > 2


def test_a_finding_says_on_what_part_it_bears(inside: Answer) -> None:
    text = inside("findings", TREATY)
    assert "About: Aldmark has paid its share. (the day)" in text
    assert "(in part)" in inside("questions", TREATY)
    assert "(in part)" in inside("timeline", BUNDLED)


def test_sources_of_one_origin_are_counted_as_one(inside: Answer) -> None:
    assert "Sources: North Wire, Evening Post (one origin)" in inside("findings", TREATY)


def test_what_confirms_only_itself_is_said_to(inside: Answer) -> None:
    """Two papers that print one agency's story are no confirmation of an item that rests on it."""
    assert "(same origin)" in inside("export", "--full", DIGESTS / "valid" / "one-origin.yaml")


def test_people_read_what_was_found_in_words_and_programs_the_word(inside: Answer) -> None:
    words = phrases(Finding, "status")
    shown = inside("findings", BUNDLED)
    rows = json.loads(inside("findings", BUNDLED, "-f", "json"))
    for row in rows:
        assert row["status"] in words
        assert words[row["status"]].lower() in shown.lower()
    assert [title for _, title in headings(page(shown))] == ["Findings"]
