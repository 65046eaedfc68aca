"""Whatever a field or a source text holds is shown as itself, and does nothing."""

import csv
import io
import json
import re
import unicodedata
from html import unescape
from pathlib import Path

import cmarkgfm
import pyte
import pytest
import yaml
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.columns import with_role
from support.gfm import page
from support.pandoc import convert
from support.program import PROGRAM, Answer, Run
from support.terminal import see_command
from wcwidth import wcwidth

from briefing import loader, views
from briefing.document import Document, Record, one
from briefing.loader import Loaded, Origin
from briefing.problem import UNSAFE
from briefing.query import Query, select
from briefing.render import Look, renderer
from briefing.wording import phrased

pytestmark = pytest.mark.slow

HTML = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>", "</td></tr></table>", "<!--", "-->",
    "<svg/onload=x>", "<a href='javascript:x'>", "<style>", "<?php", "<![CDATA[", "&lt;script&gt;", "<!DOCTYPE x>",
    "<iframe>", "<p\nonclick=x>", "\\<b>", "`<b>`", "<details open>", "<http://a.b>", "[x](javascript:alert(1))",
]  # fmt: skip
MARKUP = [
    "[bold]x[/bold]", "[/]", "[link=http://a.b]x[/link]", "[red on blue]", ":smile:", ":warning:", "|", "a|b",
    "`", "$x$", "@name", "#5", "[^1]", "\n===", "\n---", "- ", "1. ", "=1+1", "+1", "-1", "@SUM(A1)", "x" * 300,
    "https://a.b/" + "c" * 300, "e\u0301", "漢字", "😀", "שלום", "مرحبا", "한글", "\u00a0", "\t", '"', ";", ",",
]  # fmt: skip
# What an emulator can show: characters that take cells, and marks that join the one before them.
VISIBLE = st.characters(exclude_categories=["C", "Z", "M"]).filter(lambda c: wcwidth(c) > 0)
WORDS = st.lists(st.sampled_from([*HTML, *MARKUP]) | st.text(VISIBLE, min_size=1, max_size=8), min_size=1)
TEXTS = WORDS.map(" ".join).filter(lambda text: bool(text.strip()) and not re.search(UNSAFE, text))


_LOOK = Look()


def _as_json(data: object) -> str:
    """JSON that YAML reads alike: no surrogate pairs, and line breaks of YAML's own as escapes."""
    text = json.dumps(data, ensure_ascii=False)
    return "".join(f"\\u{ord(each):04x}" if each in "\x85\u2028\u2029\ufeff" else each for each in text)


def digest(text: str) -> Loaded:
    """A digest whose every field that takes any text has this one."""
    data = {
        "format": "briefing/1", "id": "x", "title": text, "as_of": "2025", "bottom_line": text,
        "key_points": [{"id": "k", "text": text, "note": text, "evidence": [{"source": "s", "quote": text}]}],
        "timeline": [{"id": "e", "date": "2025", "event": text, "date_text": text, "place": text, "note": text}],
        "figures": [{"id": "f", "label": text, "value": "1", "unit": text, "note": text}],
        "sources": [{"id": "s", "title": text, "kind": "primary", "publisher": text, "author": text}],
    }  # fmt: skip
    return loader.parse(_as_json(data).encode(), Origin("-", None))


def fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def shown(loaded: Loaded, format: str, look: Look = _LOOK) -> str:
    """The events' texts and nothing else, in a format."""
    section = select(views.view("timeline")(loaded), Query(fields="event"))
    return "".join(renderer(format)(one(section), look))


@given(TEXTS)
@example("[bold]x[/bold] :smile: [/]")
@example("e\u0301 漢字 😀 שלום")
@example("\U0001f3fb")
@example("::")
def test_the_cells_of_a_screen_hold_the_field(text: str) -> None:
    table = shown(digest(text), "table", Look(width=2000, header=False, hints=True))
    screen = pyte.Screen(2000, 20)
    pyte.Stream(screen).feed(table.replace("\n", "\r\n"))
    assert fold(fold(text)) in fold(" ".join(screen.display))


def squeeze(text: str) -> str:
    return "".join(fold(text).split())


@settings(max_examples=30)
@given(TEXTS, st.sampled_from([20, 40]))
@example("[b]x[/b] :smile: [/]", 40)
@example("漢字" * 60, 20)
@example("\t".join("abcdefgh"), 20)
def test_every_field_stands_whole_on_a_narrow_screen(text: str, width: int) -> None:
    """Where nothing stands beside it: each column that people see, and the quotes; a line may end anywhere."""
    loaded = digest(text)
    assert views.view("timeline")(loaded).rows
    for name in views.VIEWS:
        section = views.view(name)(loaded)
        table = "".join(renderer("table")(one(section), Look(width=width, hints=True)))
        assert "\t" not in table
        for column in with_role(
            section, "lead", "wide", "side", "under", "badge", "body", "detail", "evidence"
        ):
            for said in (phrased(column, row) for row in section.rows):
                # the first badge of a line is capitalised
                assert squeeze(said).casefold() in squeeze(table).casefold()


@given(TEXTS)
@example('a "b" \\n c')
@example("a\n---\nb: c\t#d")
def test_front_matter_holds_the_title(text: str) -> None:
    head = Record((("title", text),))
    document = Document(((views.view("summary")(digest(text)),),), front_matter=head)
    markdown = "".join(renderer("markdown")(document, Look(front_matter=True)))
    matter = markdown.removeprefix("---\n").partition("\n---\n")[0]
    (title,) = yaml.safe_load(matter).values()
    assert squeeze(page(title).text) == squeeze(text)


@given(TEXTS)
def test_data_formats_hold_the_field(text: str) -> None:
    loaded = digest(text)
    assert json.loads(shown(loaded, "json")) == [{"event": text}]
    assert json.loads(shown(loaded, "jsonl")) == {"event": text}
    assert list(csv.reader(io.StringIO(shown(loaded, "csv"), newline=""))) == [["event"], [text]]
    header, line = shown(loaded, "tsv").removesuffix("\n").split("\n")
    assert (header, fold(line)) == ("event", fold(text))


# What the program itself writes; GitHub shows comments to nobody.
OURS = {"h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"} | {
    "strong", "em", "sup", "a", "section",
}  # fmt: skip


@given(TEXTS)
@example("<script>alert(1)</script>")
@example("a --> <b>")
def test_html_is_never_live(text: str) -> None:
    """Read by GitHub's parser with raw HTML let through: no element but the program's, no link out."""
    loaded = digest(text)
    assert views.view("timeline")(loaded).rows
    for name in views.VIEWS:
        markdown = "".join(renderer("markdown")(one(views.view(name)(loaded)), Look()))
        options = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE
        html = re.sub("<!-- -->", "", cmarkgfm.github_flavored_markdown_to_html(markdown, options))
        assert set(re.findall(r"<([A-Za-z!?][\w-]*)", html)) <= OURS
        assert all(link.startswith("#fn") for link in re.findall(r'<a [^>]*href="([^"]*)"', html))


HOSTILE_SOURCE = (
    "First \x1b[31mquoted words\x1b[2J here \u202eabc\u202c end\x07 \x9b31m.\r\n\n"
    "The second\x1b]0;title\x07 sentence.\n\nZero\0 is the third.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A digest with a source whose text would rewrite a terminal."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "s.txt").write_text(HOSTILE_SOURCE, newline="")
    for name, quote in (("x", "quoted words"), ("near", "First quoted word here abc end")):
        (tmp_path / f"{name}.yaml").write_text(
            "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
            f"key_points: [{{id: k, text: t, evidence: [{quote}]}}]\n"
            "sources: [{id: s, title: S, kind: primary, file: s.txt}]\n"
        )
    (tmp_path / "later").mkdir()
    for later in (tmp_path / "later" / "s.txt", tmp_path / "x.yaml.txt"):
        later.write_text(HOSTILE_SOURCE.replace("words", "WORDS").replace("third", "fourth"), newline="")
    return tmp_path


@pytest.mark.parametrize("format", ["table", "records", "markdown", "csv", "tsv", "json", "jsonl"])
@pytest.mark.parametrize(
    "command",
    [
        "trace x.yaml",
        "trace --unused x.yaml",
        "quote x.yaml words",
        "quote seeds/s.txt words",
        "quote x.yaml second",
        "diff seeds/s.txt x.yaml.txt",
        "diff x.yaml x.yaml --seeds-old seeds --seeds later",
        "diff x.yaml later/s.txt",
        "show k x.yaml",
        "export x.yaml",
        "check near.yaml",
        "check x.yaml",
    ],
)
def test_a_source_text_does_nothing_to_a_terminal(command: str, format: str, folder: Path, run: Run) -> None:
    result = run(*command.split(), "-f", format, cwd=folder)
    assert "Traceback" not in result.err
    assert not re.search(UNSAFE, result.out + result.err)


@pytest.mark.parametrize("format", ["text", "github", "sarif"])
def test_a_source_text_in_a_problem_is_safe(format: str, folder: Path, run: Run) -> None:
    result = run("check", "near.yaml", "-f", format, cwd=folder)
    assert result.code == 1
    assert not re.search(UNSAFE, result.out + result.err)


def test_a_formula_stays_the_text_of_the_field(inside: Answer, tmp_path: Path) -> None:
    text = '=HYPERLINK("http://a.b";"x")'
    (tmp_path / "x.yaml").write_bytes(digest(text).data)
    out = inside("timeline", tmp_path / "x.yaml", "-f", "csv", "--fields", "event")
    assert list(csv.reader(io.StringIO(out))) == [["event"], [text]]


ODD_NAMES = ["t\x1b[31m.txt", "t\u202e.txt", "t\n.txt", "t\udcff\udcfe.txt"]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("format", ["table", "markdown", "csv", "json", "auto"])
def test_the_name_of_a_text_does_nothing_either(format: str, name: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / name).write_text("Each party pays the fee.\n")
    result = run("quote", name, "party", "-f", format)
    assert result.code == 0, result.err
    assert "party" in result.out
    assert not re.search(UNSAFE, result.out + result.err)


@pytest.mark.parametrize("name", ["x\x1b]0;p\x1b[31m.yaml", "x\u202e.yaml", "x\n.yaml", "x\udcff.yaml"])
def test_a_hint_never_says_a_name_that_acts(name: str, folder: Path) -> None:
    (folder / name).write_bytes((folder / "x.yaml").read_bytes())
    (folder / "plain.yaml").write_bytes((folder / "x.yaml").read_bytes())
    plain, odd = (
        see_command([*PROGRAM, "summary", each], 80, 99, env={"NO_COLOR": "1", "TERM": "xterm"}, cwd=folder)
        for each in ("plain.yaml", name)
    )
    assert "briefing show summary 1 plain.yaml for its evidence" in plain.raw
    assert odd.code == 0
    assert odd.lines == [line for line in plain.lines if "plain.yaml" not in line]
    assert not re.search(UNSAFE, odd.raw.replace("\r", ""))
    assert "for its evidence" not in odd.raw


COMMANDS = ["::error title=x::y", "  ::notice::x", "##[error]x", "##vso[task.x]y", "a ##teamcity[x]"]


@pytest.mark.parametrize("text", COMMANDS)
@pytest.mark.parametrize("format", ["table", "records", "markdown", "json", "jsonl"])
def test_no_line_that_people_read_is_a_command_to_a_build_server(text: str, format: str) -> None:
    loaded = digest(text)
    for name in views.VIEWS:
        document = one(views.view(name)(loaded))
        for color in (True, False):
            out = "".join(renderer(format)(document, Look(width=80, color=color, full=True)))
            assert not re.search(r"(?m)^\s*::|##\w*\[", out)
    if "json" in format:
        assert text in [row["event"] for row in map(json.loads, shown(loaded, "jsonl").splitlines())]
    elif format == "table":
        assert text.strip() in shown(loaded, format, Look(width=200)).replace("\u2060", "")


@pytest.mark.parametrize("dialect", ["markdown", "gfm"])
def test_a_title_in_front_matter_is_text_to_pandoc(dialect: str) -> None:
    title = "# <script>alert(1)</script> [x](javascript:alert(2)) ![i](http://e.example/p.png) $x$ `c` @x"
    head = Record((("title", title),))
    document = Document(((views.view("summary")(digest("t")),),), front_matter=head)
    markdown = "".join(renderer("markdown")(document, Look(front_matter=True)))
    html = convert(markdown, f"--from={dialect}", "--to=html", "--standalone").decode()
    heading = html.partition('<h1 class="title">')[2].partition("</h1>")[0]
    assert "<" not in re.sub("<br ?/?>|<!-- -->", "", heading)
    assert squeeze(unescape(re.sub("<[^>]*>", "", heading))) == squeeze(title)


@pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
def test_a_character_that_xml_forbids_is_refused(character: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.yaml").write_text(
        f'format: briefing/1\nid: x\ntitle: "a\\u{ord(character):04x}b"\nas_of: 2025\nbottom_line: B.\n'
        "key_points: [{id: k, text: t}]\nsources: [{id: s, title: S, kind: primary}]\n"
    )
    result = run("check", "x.yaml")
    assert result.code == 1
    assert (
        f"x.yaml:3:8: error[control-character] title: a control character (U+{ord(character):04X})"
        in result.out
    )


@pytest.mark.parametrize("override", ["\u202e", "\u2066"])
def test_an_override_in_a_comment_is_refused_too(override: str, folder: Path, run: Run) -> None:
    path = folder / "x.yaml"
    path.write_text(f"{path.read_text()}# as it {override}stands\n", "utf-8")
    result = run("check", "x.yaml", cwd=folder)
    assert result.code == 1
    assert f"x.yaml:8:9: error[control-character] a control character (U+{ord(override):04X})" in result.out
    assert override not in result.out + result.err


@pytest.mark.parametrize(
    "text", ["Prix\u00a0: 5\u00a0000\u00a0€.  Deux", "\u3000全角\u3000空白  二つ", "5\u202f000  €"]
)
@pytest.mark.parametrize("format", ["markdown", "table"])
def test_blanks_that_keep_words_together_stay(text: str, format: str) -> None:
    wanted = text.replace("  ", " ").strip()
    assert wanted in re.sub(" +", " ", shown(digest(text), format, Look(width=200)))
    assert wanted in re.sub(" +", " ", shown(digest(text.replace("  ", "\n")), format, Look(width=200)))


@pytest.mark.parametrize("text", ["See GH-26.", "gh-5", "(GH-1)"])
def test_a_number_of_an_issue_is_no_link(text: str) -> None:
    markdown = shown(digest(text), "markdown")
    assert not re.search(r"(?i)gh\\?-[0-9]", markdown)
    assert squeeze(text) in squeeze(page(markdown).text)


def test_a_title_of_any_length_makes_a_page_and_is_cut_where_it_is_no_title(tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.yaml").write_text(
        f"format: briefing/1\nid: x\ntitle: {'word ' * 40_000}\nas_of: 2025\nbottom_line: B.\n"
        "key_points: [{id: k, text: t}]\nsources: [{id: s, title: S, kind: primary}]\n"
    )
    result = run("export", "x.yaml", "--sections", "key_points,sources", "-o", "x.html")
    assert (result.code, result.err) == (0, "")
    assert "word word word …</h1>" in (tmp_path / "x.html").read_text()


def test_a_terminal_gets_the_text_alone(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "format: briefing/1\nid: x\ntitle: '::notice::T'\nas_of: 2025\nbottom_line: '##[error]B'\n"
        "key_points: [{id: k, text: t}]\nsources: [{id: s, title: S, kind: primary}]\n"
    )
    seen = see_command([*PROGRAM, "summary", "x.yaml"], 80, 99, env={"TERM": "xterm"}, cwd=tmp_path)
    assert ("::notice::T" in seen.raw, "##[error]B" in seen.raw, "\u2060" in seen.raw) == (True, True, False)
