"""The whole briefing as one Markdown document."""

import hashlib
import re
from pathlib import Path

import pytest
import yaml
from support.gfm import fold, headings, marks, notes, page
from support.program import BUNDLED, DIGESTS, Answer, Run

from briefing import loader
from briefing.model import Digest

ROOT = Path(__file__).parent.parent
FULL, PORT = DIGESTS / "valid" / "full.yaml", DIGESTS / "valid" / "many-sources.yaml"
HOSTILE = DIGESTS / "valid" / "hostile-text.yaml"
EVERY = pytest.mark.parametrize("digest", [BUNDLED, FULL, PORT, HOSTILE], ids=lambda path: Path(path).stem)
IN_ORDER = [
    *(
        "Key points",
        "Instruments",
        "Terms",
        "Timeline",
        "Stakeholders",
        "Figures",
        "Questions",
        "Claims",
        "Sources",
    ),
]


@pytest.mark.parametrize("digest", [BUNDLED, FULL])
def test_the_sections_come_in_the_order_of_the_format(digest: str | Path, inside: Answer) -> None:
    title = loader.load(str(digest)).digest.title
    assert headings(page(inside("export", digest))) == [(1, title), *((2, section) for section in IN_ORDER)]


def test_sections_that_the_digest_leaves_empty_are_left_out(inside: Answer) -> None:
    found = [title for _, title in headings(page(inside("export", PORT)))]
    assert found == ["The new port", "Key points", "Timeline", "Figures", "Claims", "Sources"]
    assert headings(page(inside("export", DIGESTS / "valid" / "minimal.yaml"))) == [
        (1, "A digest with nothing in it")
    ]


@EVERY
def test_every_item_is_in_the_document(digest: str | Path, inside: Answer) -> None:
    text = page(inside("export", digest)).text
    assert loader.load(str(digest)).digest.key_points
    for name in Digest.SECTIONS:
        for item in getattr(loader.load(str(digest)).digest, name):
            main = next(
                getattr(item, f)
                for f in ("text", "title", "event", "name", "label", "question")
                if hasattr(item, f)
            )
            assert fold(main) in text


def test_only_the_sections_that_are_wanted_in_the_order_of_the_format(inside: Answer) -> None:
    for wanted in ("questions,timeline", "timeline, questions", "timeline,questions,timeline"):
        assert headings(page(inside("export", "--sections", wanted))) == [(1, "Timeline"), (1, "Questions")]
    assert headings(page(inside("export", "--sections", "key-points,summary"))) == [
        (1, "U.S.–El Salvador arrangement on deportees and prisoners"),
        (2, "Key points"),
    ]
    assert inside("export", "--sections", ",".join(["summary", *Digest.SECTIONS])) == "\n" + inside("export")


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
    assert links == [f"#{_slug(title)}" for _, title in headings(root)[1:]]
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
        "title": expected.title,
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
    found = headings(page(inside("export", "--heading-level", level)))
    assert [each for each, _ in found] == ([level] + [min(level + 1, 6)] * 9 if level else [])
    (first, *_) = headings(page(inside("timeline", "--heading-level", level))) or [(0, "")]
    assert first == (level, "Timeline" if level else "")


@EVERY
def test_every_mark_has_one_note_and_every_note_a_mark(digest: str | Path, inside: Answer) -> None:
    text = inside("export", digest)
    root = page(text)
    defined = re.findall(r"^\[\^([a-z0-9-]+)\]:", text, re.MULTILINE)
    assert len(defined) == len(set(defined))
    assert marks(root) == defined == list(notes(root))
    assert "[^" not in root.text.replace("[^1]: not a footnote", "").replace("[^2]", "").replace(
        "[^note]", ""
    )


@EVERY
def test_a_note_holds_the_quote_and_names_the_source(digest: str | Path, inside: Answer) -> None:
    loaded = loader.load(str(digest))
    found = notes(page(inside("export", digest)))
    quotes = [quote for _, _, item in loaded.items() for quote in loaded.quotes(item)]
    assert len(found) == len(quotes)
    names = {source.id: source.publisher or source.title for source in loaded.digest.sources}
    for number, quote in enumerate(quotes, 1):
        note = found[f"{loaded.digest.id}-{number}"]
        assert note.startswith(f"“{fold(quote.quote)}” — {fold(names[quote.source])}")


def test_notes_have_the_same_label_in_every_output(inside: Answer) -> None:
    whole = notes(page(inside("export")))
    for command in (["timeline"], ["timeline", "-w", "id=visit-ended"], ["summary"]):
        part = notes(page(inside(*command)))
        assert part
        assert part.keys() <= whole.keys()
        for label, text in part.items():
            assert text.rstrip(".") in whole[label]


def test_without_evidence_there_are_no_notes(inside: Answer) -> None:
    root = page(inside("export", "--no-evidence"))
    assert (marks(root), notes(root)) == ([], {})


def test_the_homicide_figure_is_shown_with_what_contradicts_it(inside: Answer) -> None:
    rows = [line for line in inside("export").splitlines() if line.startswith("| Homicides in a year")]
    assert len(rows) == 1
    assert " 114 " in rows[0]
    assert "*contradicted: 114 is the official count for 2024" in rows[0]


def test_a_report_is_written_whole(tmp_path: Path, run: Run) -> None:
    assert run("export", "-o", "brief.md") == (0, "", "")
    assert (tmp_path / "brief.md").read_text() == run("export").out.lstrip()
