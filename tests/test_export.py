"""The whole briefing as one Markdown document."""

import hashlib
import re
from pathlib import Path

import pytest
import yaml
from support.gfm import fold, headings, notes, page
from support.program import BUNDLED, DIGESTS, Answer, Run

from briefing import loader
from briefing.model import SECTIONS
from briefing.render.escaping import paragraph

ROOT = Path(__file__).parent.parent
FULL, PORT = DIGESTS / "valid" / "full.yaml", DIGESTS / "valid" / "many-sources.yaml"
HOSTILE = DIGESTS / "valid" / "hostile-text.yaml"
EVERY = pytest.mark.parametrize("digest", [BUNDLED, FULL, PORT, HOSTILE], ids=lambda path: Path(path).stem)
MAIN = ("text", "title", "event", "name", "label", "question")
SECTIONS_IN_ORDER = [spec.name.replace("_", " ").capitalize() for spec in SECTIONS]


@EVERY
def test_every_item_is_in_the_whole_document(digest: str | Path, inside: Answer) -> None:
    text = page(inside("export", digest, "--full")).text
    loaded = loader.load(str(digest))
    mains = [next(getattr(item, f) for f in MAIN if hasattr(item, f)) for _, _, item in loaded.items()]
    assert mains
    assert [main for main in mains if fold(main) not in text] == []


def test_the_annexes_follow_the_brief_in_the_order_of_the_format(inside: Answer) -> None:
    found = [title for level, title in headings(page(inside("export", "--full"))) if level == 2]
    brief = [title for level, title in headings(page(inside("export"))) if level == 2]
    assert found == [*brief, *(f"Annex: {title}" for title in SECTIONS_IN_ORDER)]


def test_only_the_sections_that_are_wanted_in_the_order_of_the_format(inside: Answer) -> None:
    for wanted in ("questions,timeline", "timeline, questions", "timeline,questions,timeline"):
        found = headings(page(inside("export", "--sections", wanted)))
        assert found == [(1, "Timeline"), (1, "Questions")]
    found = headings(page(inside("export", "--sections", "key-points,summary")))
    assert found == [(1, loader.load(BUNDLED).digest.title), (2, "Key points")]


@pytest.mark.parametrize("wanted", ["timelines", "timeline,", "", "timeline;questions", "bottom_line"])
def test_a_section_that_does_not_exist_is_refused(wanted: str, run: Run) -> None:
    result = run("export", "--sections", wanted)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("briefing: no section ")
    assert "timeline" in result.err


@EVERY
def test_links_of_the_contents_lead_to_headings(digest: str | Path, inside: Answer) -> None:
    root = page(inside("export", digest, "--toc"))
    links = [link.attributes["href"] for link in next(root.all("ul")).all("a")]
    assert links == [f"#{_slug(title)}" for level, title in headings(root) if level == 2]
    assert len(links) == len(set(links)) > 0


def _slug(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_the_contents_of_several_briefings_lead_each_to_its_own_headings(inside: Answer) -> None:
    root = page(inside("export", FULL, PORT, "--toc"))
    links = [
        link.attributes["href"]
        for list in root.all("ul")
        for link in list.all("a")
        if link.attributes["href"][1:3] != "fn"
    ]
    seen: dict[str, int] = {}
    anchors = []
    for _, title in headings(root):  # a heading that GitHub has met before gets a number
        slug = _slug(title)
        anchors.append(f"#{slug}-{seen[slug]}" if slug in seen else f"#{slug}")
        seen[slug] = seen.get(slug, 0) + 1
    titles = [title for _, title in headings(root)]
    heads = {titles.index("The Lake Orlo water treaty"), titles.index("The new port")}
    assert links == [anchor for position, anchor in enumerate(anchors) if position not in heads]


@EVERY
def test_front_matter_is_yaml_with_title_date_digest_and_hashes(digest: str | Path, inside: Answer) -> None:
    head, _, rest = inside("export", digest, "--front-matter").removeprefix("---\n").partition("\n---\n")
    expected = loader.load(str(digest)).digest
    assert yaml.safe_load(head) == {
        "title": paragraph(expected.title),
        "date": expected.as_of.text,
        "digest": expected.id,
        "sources": {source.file: source.sha256 for source in expected.sources if source.file},
    }
    # The title is in the front matter, so it is no heading as well.
    assert rest.strip() == inside("export", digest).partition("\n\n")[2].strip()


def test_the_hash_in_the_front_matter_is_that_of_the_source_text(inside: Answer) -> None:
    (seed,) = (ROOT / "seeds").iterdir()
    head = inside("export", "--front-matter").split("---\n")[1]
    assert yaml.safe_load(head)["sources"] == {seed.name: hashlib.sha256(seed.read_bytes()).hexdigest()}


@pytest.mark.parametrize("level", range(7))
def test_headings_begin_at_the_level_that_is_wanted(level: int, inside: Answer) -> None:
    usual = [each for each, _ in headings(page(inside("export")))]
    found = [each for each, _ in headings(page(inside("export", "--heading-level", level)))]
    assert found == ([min(each + level - 1, 6) for each in usual] if level else [])
    (first, *_) = headings(page(inside("timeline", "--heading-level", level))) or [(0, "")]
    assert first == (level, "Timeline" if level else "")


@EVERY
def test_each_quote_is_in_a_note_that_names_its_source(digest: str | Path, inside: Answer) -> None:
    loaded = loader.load(str(digest))
    found = notes(page(inside("export", digest, "--full")))
    quoting = [item for _, _, item in loaded.items() if item.evidence]
    assert quoting
    for item in quoting:
        note = found[f"{loaded.tag}-{item.id}"]
        for quote in loaded.quotes(item):
            assert f"“{fold(quote.quote)}”" in note
            assert fold(loaded.names[quote.source]) in note


def test_notes_have_the_same_label_in_every_output(inside: Answer) -> None:
    whole = notes(page(inside("export", "--full")))
    for command in (["timeline"], ["timeline", "-w", "id=visit-ended"], ["questions"]):
        part = notes(page(inside(*command)))
        assert part
        assert part.keys() <= whole.keys()


def test_without_evidence_there_are_no_quotes(inside: Answer) -> None:
    found = notes(page(inside("export", "--no-evidence")))
    assert [text for text in found.values() if text.startswith("“")] == []


def test_the_homicide_figure_is_shown_with_what_contradicts_it(inside: Answer) -> None:
    rows = [
        row for row in inside("export", "--sections", "figures").splitlines() if row.startswith("| Homicides")
    ]
    assert len(rows) == 1
    assert "contradicted by other reports" in rows[0]
    gravest, *others = inside("export").partition("## What other sources correct\n\n")[2].splitlines()
    assert gravest.startswith("1. The report's 114 homicides are for 2024, not 2023")
    assert gravest.endswith("*contradicted by other reports*")
    assert "*contradicted by" not in "".join(others)


def test_a_report_is_written_whole(tmp_path: Path, run: Run) -> None:
    assert run("export", "-o", "brief.md") == (0, "", "")
    assert (tmp_path / "brief.md").read_text() == run("export").out.lstrip()


def test_that_nothing_is_in_the_sections_that_were_chosen_is_said(run: Run) -> None:
    for format in ("markdown", "json"):
        result = run(
            "export", DIGESTS / "valid" / "minimal.yaml", "--sections", "figures,terms", "-f", format
        )
        assert (result.code, result.err) == (0, "briefing: nothing in terms, figures\n")
