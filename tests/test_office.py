"""Files for Word and others: opened as those programs open them, or refused with the way that works."""

import os
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.gfm import fold
from support.pandoc import PANDOC
from support.program import BUNDLED, DIGESTS, Run
from support.terminal import see

from briefing import loader

pytestmark = pytest.mark.slow

FULL, HOSTILE = DIGESTS / "valid" / "full.yaml", DIGESTS / "valid" / "hostile-text.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = ["docx", "odt", "epub", "html"]


def part(path: Path, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return ElementTree.fromstring(archive.read(name))


def text_of(element: ElementTree.Element) -> str:
    """The text, of Word's paragraphs without the blanks between their elements."""
    texts = [each.text or "" for each in element.iter(f"{W}t")]
    return "".join(texts or element.itertext())


def styled(body: ElementTree.Element) -> list[tuple[str, str]]:
    """Each paragraph that has a style: its style and its text."""
    found = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None:
            found.append((style.get(f"{W}val", ""), text_of(paragraph)))
    return found


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    assert run("export", "-o", "brief.docx") == (0, "", "")
    return tmp_path / "brief.docx"


def test_a_brief_for_word_has_its_title_its_headings_and_its_language(made: Path) -> None:
    digest = loader.load(BUNDLED).digest
    body = part(made, "word/document.xml")
    paragraphs = styled(body)
    assert [text for style, text in paragraphs if style == "Title"] == [digest.title]
    headings = [text for style, text in paragraphs if style.startswith("Heading")]
    assert len(headings) > 3
    assert digest.title not in headings
    core = part(made, "docProps/core.xml")
    assert digest.title in text_of(core)
    assert f">{digest.language or 'en'}<" in ElementTree.tostring(core, encoding="unicode")
    assert fold(digest.bottom_line) in fold(text_of(body))


def test_footnotes_stand_apart_and_every_address_is_a_link(made: Path) -> None:
    body, notes = part(made, "word/document.xml"), part(made, "word/footnotes.xml")
    marks = body.findall(f".//{W}footnoteReference")
    assert len(marks) > 10
    for paragraph in body.iter(f"{W}p"):
        for one, other in pairwise(paragraph.iter(f"{W}r")):
            both = [run.find(f"{W}footnoteReference") is not None for run in (one, other)]
            assert both != [True, True]
    linked = "".join(text_of(link) for link in notes.iter(f"{W}hyperlink"))
    for address in re.findall(r"https?://[^\s,;)]+", text_of(notes)):
        assert address in linked
    assert b"http" in zipfile.ZipFile(made).read("word/_rels/footnotes.xml.rels")


def test_a_footnote_is_printed_once_and_small_and_numbered_through(made: Path) -> None:
    body, notes = part(made, "word/document.xml"), part(made, "word/footnotes.xml")
    texts = [text_of(note) for note in notes.iter(f"{W}footnote")]
    told = [text for text in texts if "none reports a decision" in text]
    assert len(told) == 1
    again = [
        run for run in body.iter(f"{W}r")
        if (up := run.find(f"{W}rPr/{W}vertAlign")) is not None and up.get(f"{W}val") == "superscript"
    ]  # fmt: skip
    marks = body.findall(f".//{W}footnoteReference")
    assert len(again) > 3
    assert all(1 <= int(text_of(run)) <= len(marks) for run in again)
    restart = body.find(f".//{W}sectPr/{W}footnotePr/{W}numRestart")
    assert restart is not None
    assert restart.get(f"{W}val") == "continuous"
    styles = {each.get(f"{W}styleId"): each for each in part(made, "word/styles.xml").iter(f"{W}style")}
    sizes = [styles[name].find(f"{W}rPr/{W}sz") for name in ("FootnoteText", "Compact")]
    note, cell = [int(size.get(f"{W}val", "0")) for size in sizes if size is not None]
    assert note < cell < 22


@pytest.mark.parametrize("name", ["timeline", "stakeholders", "sources"])
def test_columns_are_in_proportion_to_what_they_hold(name: str, run: Run, tmp_path: Path) -> None:
    assert run(name, "-o", "view.docx") == (0, "", "")
    body = part(tmp_path / "view.docx", "word/document.xml")
    (table,) = body.iter(f"{W}tbl")
    widths = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
    first, *_ = rows = list(table.iter(f"{W}tr"))
    longest = [
        max(len(text_of(list(row.iter(f"{W}tc"))[column])) for row in rows) for column in range(len(widths))
    ]
    assert len(list(first.iter(f"{W}tc"))) == len(widths)
    assert widths[longest.index(max(longest))] == max(widths) > min(widths)
    assert min(widths) >= sum(widths) / 10
    assert len(rows) == 1 + len(getattr(loader.load(BUNDLED).digest, name))
    assert f"{name.capitalize()}: {loader.load(BUNDLED).digest.title}" in dict(styled(body)).values()


def test_no_column_is_too_narrow_for_its_words(made: Path) -> None:
    for table in part(made, "word/document.xml").iter(f"{W}tbl"):
        widths = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
        for row in table.iter(f"{W}tr"):
            for width, cell in zip(widths, row.iter(f"{W}tc"), strict=True):
                longest = max(map(len, text_of(cell).split()), default=0)
                assert longest <= width / sum(widths) * 72, text_of(cell)


def test_second_lines_are_apart_from_the_first_and_addresses_are_links(run: Run, tmp_path: Path) -> None:
    assert run("sources", FULL, "-o", "view.docx") == (0, "", "")
    body = part(tmp_path / "view.docx", "word/document.xml")
    digest = loader.load(str(FULL)).digest
    linked = [text_of(link) for link in body.iter(f"{W}hyperlink")]
    urls = [source.url for source in digest.sources if source.url]
    assert urls
    assert sorted(linked) == sorted(urls)
    for source in digest.sources:
        assert re.search(f"{re.escape(fold(source.title))} — ", fold(text_of(body)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("digest", [FULL, HOSTILE], ids=["full", "hostile"])
def test_every_kind_opens_and_has_the_text(kind: str, digest: Path, run: Run, tmp_path: Path) -> None:
    assert run("timeline", digest, "-o", f"out.{kind}") == (0, "", "")
    data = (tmp_path / f"out.{kind}").read_bytes()
    if kind == "html":
        page = data.decode()
        assert page.startswith("<!DOCTYPE html>")
        assert not re.search(r"<script|<link|<img|src=", page)
        assert '<html xmlns="http://www.w3.org/1999/xhtml" lang="' in page
        assert "<table" in page
    else:
        with zipfile.ZipFile(tmp_path / f"out.{kind}") as archive:
            assert archive.testzip() is None
            assert b"Timeline" in b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("name", ["questions", "summary", "terms"])
def test_every_view_can_be_a_file_for_word(name: str, run: Run, tmp_path: Path) -> None:
    assert run(name, "-o", "v.docx") == (0, "", "")
    assert part(tmp_path / "v.docx", "word/document.xml") is not None


def test_a_format_may_be_named_too_and_goes_into_a_pipe(run: Run, tmp_path: Path) -> None:
    assert run("timeline", "-f", "docx", "-o", "noname") == (0, "", "")
    assert zipfile.is_zipfile(tmp_path / "noname")
    assert run("timeline", "-f", "markdown", "-o", "x.docx") == (0, "", "")
    assert (tmp_path / "x.docx").read_text().startswith("## Timeline")
    assert run("timeline", "-o", "y.docx", env={"BRIEFING_FORMAT": "csv"}).code == 0
    assert zipfile.is_zipfile(tmp_path / "y.docx")


def test_several_digests_and_their_contents_can_be_a_file(run: Run, tmp_path: Path) -> None:
    assert run("export", FULL, BUNDLED, "--toc", "-o", "both.docx") == (0, "", "")
    headings = [t for s, t in styled(part(tmp_path / "both.docx", "word/document.xml")) if s == "Heading1"]
    assert [loader.load(name).digest.title for name in (str(FULL), BUNDLED)] == headings


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_there_is_left_alone(kind: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / f"mine.{kind}"
    path.write_text("mine")
    assert run("timeline", "-o", path.name).err.startswith(f"briefing: mine.{kind} exists")
    assert path.read_text() == "mine"
    assert run("timeline", "-o", path.name, "--force").code == 0
    assert path.read_bytes() != b"mine"
    assert os.listdir(tmp_path) == [path.name]


# --- what cannot be made ---


def without_pandoc(tmp_path: Path, *, broken: str = "") -> dict[str, str]:
    """An environment where there is no pandoc; or one that fails."""
    (tmp_path / "lib" / "pypandoc").mkdir(parents=True)
    (tmp_path / "lib" / "pypandoc" / "__init__.py").write_text("")
    (tmp_path / "bin").mkdir()
    if broken:
        (tmp_path / "bin" / "pandoc").write_text(f"#!/bin/sh\n{broken}\n")
        (tmp_path / "bin" / "pandoc").chmod(0o755)
    return {"PYTHONPATH": str(tmp_path / "lib"), "PATH": str(tmp_path / "bin")}


def test_without_pandoc_it_is_said_what_to_install(process: Run, tmp_path: Path) -> None:
    (tmp_path / "there.docx").write_text("mine")
    env = without_pandoc(tmp_path)
    for name in ("brief.docx", "there.docx"):
        code, out, err = process("export", "-o", name, "--force", env=env)
        assert (code, out) == (2, "")
        assert "pandoc" in err
        assert "pip install pypandoc-binary" in err
        assert "pandoc FILE.md -o FILE.docx" in err
    assert (tmp_path / "there.docx").read_text() == "mine"
    assert not (tmp_path / "brief.docx").exists()
    assert sorted(os.listdir(tmp_path)) == ["bin", "lib", "there.docx"]


def test_a_pandoc_that_fails_leaves_nothing(process: Run, tmp_path: Path) -> None:
    env = without_pandoc(
        tmp_path, broken="/bin/cat > /dev/null; printf half; echo 'unknown option --sandbox' >&2; exit 6"
    )
    code, out, err = process("export", "-o", "brief.docx", env=env)
    assert (code, out) == (2, "")
    assert "unknown option --sandbox" in err
    assert not (tmp_path / "brief.docx").exists()


def test_the_pandoc_on_the_path_comes_first(process: Run, tmp_path: Path) -> None:
    script = f'/bin/echo "$@" > {tmp_path}/asked; exec {PANDOC} "$@"'
    env = without_pandoc(tmp_path, broken=script)
    assert process("export", "-o", "brief.html", env=env).code == 0
    asked = (tmp_path / "asked").read_text()
    assert "--sandbox" in asked
    assert "--embed-resources" in asked


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("a.pdf", "docx"), ("a.PDF", "docx"), ("a.xlsx", "csv"), ("a.ods", "csv"), ("a.rtf", "docx"),
        ("a.md.gz", "the suffixes: "), ("a.report", "the suffixes: "), ("a.2025", "the suffixes: "),
    ],
)  # fmt: skip
def test_a_suffix_that_no_format_has_is_refused(name: str, way: str, run: Run, tmp_path: Path) -> None:
    for env in ({}, {"BRIEFING_FORMAT": "auto"}):
        code, out, err = run("timeline", "-o", name, env=env)
        assert (code, out) == (2, "")
        assert err.startswith(f"briefing: {name}: no format has the suffix ")
        assert way in err
    assert os.listdir(tmp_path) == []


def test_a_word_file_is_not_for_a_terminal() -> None:
    seen = see("timeline", "-f", "docx", columns=80)
    assert seen.code == 2
    assert "-o FILE.docx" in seen.raw
