"""Markdown: whatever a digest says comes out as just that, in GitHub's reading and in pandoc's."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.columns import with_role
from support.gfm import Element, fold, headings, marks, notes, page, tables
from support.pandoc import convert, read, squeeze
from support.program import BUNDLED, DIGESTS, VALID, Answer, needs, process

from briefing import loader, views
from briefing.document import Citation, Column, Document, Layout, Ref, Role, Section, Show, one
from briefing.render import Look, renderer
from briefing.views import VIEWS
from briefing.wording import capital, phrased

HOSTILE = DIGESTS / "valid" / "hostile-text.yaml"
EVERY = [BUNDLED, *map(str, VALID)]

# What means something to some reader of Markdown, to be put together at random.
TOKENS = (
    *"\\`*_[]<>|$~^{}&;!@#:+-=.()%'\"/ \n\t",
    *(
        "**",
        "__",
        "~~",
        "``",
        "```",
        "~~~",
        "$$",
        "--",
        "---",
        "...",
        "==",
        "***",
        "* ",
        "- ",
        "+ ",
        "# ",
        "> ",
    ),
    *("1. ", "1) ", "(1) ", "a) ", "i. ", "(@) ", "#. ", ": ", "[^1]", "[^1]: ", "[x](y)", "![x](y)", "[ ] "),
    *("<b>", "</b>", "<!--", "-->", "<a href=x>", "<?", "<![CDATA[", "&amp;", "&#65;", "&#x41;", "&copy;"),
    *(
        "http://a.b",
        "https://a.b/c_d_e",
        "www.a.b",
        "a@b.c",
        "ftp://a.b",
        "mailto:a@b.c",
        "<a@b.c>",
        "xmpp:a@b",
    ),
    *("@name", "#5", "GH-5", ":smile:", ":+1:", "{.x}", "[x]{.y}", "[x]: /y", "$x$", "\\(x\\)", "\\n", "\\|"),
    *("a", "é", "漢", "🙂"),
)
# The same one by one, each in a text that a reader would change if it were left as it is.
EACH = [
    r"a\.b", "`a`", "*a*", "_a_", "[a](b)", "![a](b)", "[a]: b", "[a]", "[^1]", "[^x-1]", "[^1]: a", "<b>a</b>", "<a@b.c>",
    "> a", "a|b", "|", "$a$", "~~a~~", "~a~", "a^b^", "a {.b}", "&amp;", "&#65;", "&copy;", "a--b", "a---b", "a...",
    "http://a.b/c_d", "https://a.b", "www.a.b", "a@b.c", "@name", "#5", ":smile:", ":+1:", ":a_b:", "# a", "a #", "#",
    "\\#", "+ a", "- a", "* a", "---", "===", "= a", ": a", "% a", "1. a", "1) a", "(1) a", "a. a", "a) a", "iv. a",
    "#. a", "(@) a", "(@)", "1.", "a)", "a\n===", "a\n---", "a\n\n# b", "a  \nb", "a\n    b", "    a", " a", "a ", "[ ] a", "```\na", "<!a @name",
    "foo@-bar.com", "a@_b.c", "mailto:a@_b.c", "a@.b.c", "a-@_.b", "MDCCCLXXXVIII. Foo", "1234567890. Foo", "20250203114500) x",
    "mdccclxxxviii) a", "example.com", "//a.com", "x.co.uk/y", "0. a",
]  # fmt: skip
BIDI = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]  # no digest can hold them
LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=BIDI)
TEXTS = (
    st.lists(st.sampled_from(TOKENS) | st.text(LETTERS, max_size=5), min_size=1)
    .map("".join)
    .filter(lambda text: bool(text.strip()))
)


def document(text: str) -> Document:
    """A document with the text in every place that a field of a digest can have."""

    def column(role: Role) -> Column:
        return Column(role, lambda _: text, Show(role, role.title(), "lead" if role == "under" else ""))

    citation = Citation("x-1", Ref("source", text), text)
    evidence = Column("evidence", lambda _: (citation,), Show("evidence"), "quotes")
    beneath = column("under")
    shapes: dict[Layout, list[Column]] = {
        "card": [column("lead"), column("badge"), column("body"), column("detail")],
        "table": [column("side"), column("lead"), beneath, evidence, column("wide")],
        "list": [column("lead"), column("badge"), column("detail"), beneath, evidence],
        "points": [column("lead"), column("badge"), evidence],
    }
    sections = (
        Section(layout, "Title", tuple(columns), ("row",), layout, tuple(column.name for column in columns))
        for layout, columns in shapes.items()
    )
    return Document((tuple(sections),))


def rendered(text: str) -> str:
    return "".join(renderer("markdown")(document(text), Look()))


def each_of_them(test: Callable[..., Any]) -> Callable[..., Any]:
    """The test, also with every text of EACH, whatever chance brings."""
    for text in EACH:
        test = example(text=text)(test)
    return test


@each_of_them
@given(text=TEXTS)
@example(text="a | b \\| c \\\\| d \\")
@example(text="# a #")
@example(text="_www.a.b\\")
@pytest.mark.slow
def test_github_reads_every_text_as_itself(text: str) -> None:
    root, wanted = page(rendered(text)), fold(text)
    assert headings(root)[0] == (2, wanted)
    ((_, cells),) = tables(root)
    assert [cell.text for cell in cells] == [wanted, f"{wanted} — {wanted}", wanted]
    badge, body = (part.text for part in root.children if isinstance(part, Element) and part.tag == "p")
    assert badge in (wanted, capital(wanted))
    assert body == wanted
    details, records, points = (
        part for part in root.children if isinstance(part, Element) and part.tag in ("ul", "ol")
    )
    assert details.text == f"Detail: {wanted}"
    assert records.text == f"{wanted} {wanted} Detail: {wanted} {wanted}"
    assert [item.text for item in next(records.all("ul")).all("li")] == [f"Detail: {wanted}", wanted]
    assert points.text == f"{wanted} {wanted}"
    assert notes(root) == {"x-1": f"“{wanted}” — {wanted}"}


@each_of_them
@given(text=TEXTS)
@pytest.mark.slow
def test_github_makes_no_markup_of_any_text(text: str) -> None:
    root = page(rendered(text))
    block = {"h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "section"}
    assert {element.tag for element in root.elements()} == block | {"strong", "em", "sup", "a"}
    assert {link.attributes["href"] for link in root.all("a")} == {"#fn-x-1", *_back_links()}
    assert not _mentions(root)


def _back_links() -> Iterator[str]:
    yield "#fnref-x-1"
    yield from (f"#fnref-x-1-{number}" for number in (2, 3))


def _mentions(root: Element) -> list[str]:
    """What GitHub would turn into a mention, a reference or an emoji: it looks at each run of text."""
    return [run for run in root.texts() if re.search(r"(?<!\w)@\w|#\d|:[\w+-]+:", run)]


@pytest.mark.parametrize("dialect", ["gfm", "markdown"])
@settings(max_examples=60)
@each_of_them
@given(text=TEXTS)
@example(text="# a #")
@example(text="@")
@example(text="ß")
@pytest.mark.slow
def test_pandoc_reads_every_text_as_itself(dialect: str, text: str) -> None:
    reading, note = read(rendered(text), dialect), f"“{text}”—{text}"
    card = [text, text, text, "Detail:", text]
    table = ["Title", "Side", "Lead", "Wide", text, text, note, "—", text, text]
    lists = ["Title", text, note, text, "Detail:", text, text, "Title", text, note, text]
    wanted = squeeze("".join(card + table + lists))
    assert reading.text.lower() == wanted.lower()  # the first badge of a card begins with a capital
    assert reading.blocks == [
        *("Header", "Para", "Para", "BulletList", "Header", "Table"),
        *("Header", "OrderedList", "Header", "OrderedList"),
    ]


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("digest", EVERY, ids=lambda path: Path(path).stem)
@pytest.mark.slow
def test_a_page_has_all_that_a_view_shows(digest: str, name: str) -> None:
    loaded = loader.load(digest)
    section = views.view(name)(loaded)
    root = page("".join(renderer("markdown")(one(section), Look())))
    roles: tuple[Role, ...] = ("lead", "wide", "side", "under", "badge", "body", "detail")
    shown = [phrased(column, row) for row in section.rows for column in with_role(section, *roles)]
    once = {f"says {who}" for who in re.findall(r"Said throughout by (.*?)\.", root.text)}
    shown = [text for text in shown if text.lower() not in once]
    assert [text for text in shown if fold(text).lower() not in root.text.lower()] == []
    quotes = [
        quote.quote for row in section.rows for quote in (loaded.quotes(row) if name != "summary" else ())
    ]
    assert [quote for quote in quotes if fold(quote) not in " ".join(notes(root).values())] == []
    assert not _mentions(root)


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("digest", EVERY, ids=lambda path: Path(path).stem)
@pytest.mark.slow
def test_every_row_has_as_many_cells_as_the_header(digest: str, name: str, inside: Answer) -> None:
    lines = inside(name, digest).splitlines()
    counts = [re.sub(r"\\.", "", line).count("|") for line in lines if line.startswith("|")]
    assert len(set(counts)) <= 1
    assert [len(row) + 1 for table in tables(page("\n".join(lines))) for row in table] == [
        count for position, count in enumerate(counts) if position != 1
    ]


def test_numbers_align_right_and_dashes_are_in_proportion(inside: Answer) -> None:
    lines = inside("figures", DIGESTS / "valid" / "full.yaml").splitlines()
    table = [line for line in lines if line.startswith("|")]
    titles, dashes = ([cell.strip() for cell in line.strip("|").split("|")] for line in table[:2])
    assert [title for title, dash in zip(titles, dashes, strict=True) if dash.endswith(":")] == ["Value"]
    length = dict(zip(titles, map(len, dashes), strict=True))
    assert length["Figure"] > length["Unit"] > 3


@pytest.mark.parametrize("dialect", ["gfm", "markdown"])
@pytest.mark.parametrize(
    "url", ["https://a.b/?x=1&copy;2", "https://a.b/?x&#38;y", "https://a.b/(x)_y?z=[1]*~&amp;", "https://a.b/?x&copy=1"]
)  # fmt: skip
def test_the_address_in_a_footnote_is_the_address(url: str, dialect: str) -> None:
    citation = Citation("x-1", Ref("source", "s"), "q", url=url)
    columns = (
        Column("a", lambda _: "a", Show("lead")),
        Column("b", lambda _: (citation,), Show("evidence"), "quotes"),
    )
    section = Section("points", "Title", columns, ("row",), "points", ("a", "b"))
    text = "".join(renderer("markdown")(one(section), Look()))
    (link,) = (link for link in page(text).all("a") if "#fn" not in link.attributes["href"])
    assert (unquote(link.attributes["href"]), link.text) == (url, "s")
    native = json.loads(convert(text, "-f", dialect, "-t", "json", "-o", "-"))
    (target,) = (unquote(found) for found in re.findall(r'"(http[^"]*)", ""\]', json.dumps(native)))
    assert target == url


# How a report grows: outputs one after the other, and after what was there.
PIECES = [
    (["summary"], ["timeline"]),
    (["timeline", "--heading-level", "0"], ["stakeholders", "--heading-level", "0"]),
    (["claims", "--heading-level", "0"], ["figures", "--heading-level", "0", "--no-evidence"]),
    (["export", "--sections", "timeline,terms"], ["export", "--sections", "sources"]),
]


@pytest.mark.parametrize(("first", "second"), PIECES, ids=lambda words: "-".join(words).replace("---", "-"))
@pytest.mark.slow
def test_outputs_can_be_appended_to_one_another(first: list[str], second: list[str], inside: Answer) -> None:
    parts = [inside(*first), inside(*second, BUNDLED, HOSTILE)]
    together, alone = page("".join(parts)), [page(part) for part in parts]
    assert headings(together) == [heading for one in alone for heading in headings(one)]
    assert len(tables(together)) == sum(len(tables(one)) for one in alone)
    assert notes(together) == {label: text for one in alone for label, text in notes(one).items()}
    assert len(marks(together)) == sum(len(marks(one)) for one in alone)
    # The same finding may be told of in both, by a note of the same name and text.
    assert read("".join(parts), "markdown", repeats=True).blocks == [
        kind for part in parts for kind in read(part, "markdown").blocks
    ]


@pytest.mark.parametrize("command", ["timeline", "terms", "summary"])
@pytest.mark.slow
def test_output_can_be_appended_to_a_line_of_text(command: str, inside: Answer) -> None:
    part = inside(command, "--heading-level", "0")
    assert read(f"A line.\n{part}", "markdown").blocks == ["Para", *read(part, "markdown").blocks]


@pytest.mark.parametrize("dialect", ["gfm", "markdown"])
@pytest.mark.parametrize("target", ["html", "docx"])
@pytest.mark.parametrize("digest", EVERY, ids=lambda path: Path(path).stem)
@pytest.mark.slow
def test_pandoc_converts_an_export_without_complaint(
    digest: str, target: str, dialect: str, inside: Answer
) -> None:
    exported = inside("export", digest, "--front-matter", "--toc")
    made = convert(exported, "-f", dialect, "-t", target, "-s", "-o", "-")
    assert made.startswith(b"PK" if target == "docx" else b"<!DOCTYPE html>")


@pytest.mark.slow
def test_the_same_digest_gives_the_same_bytes() -> None:
    first, second = (process("export", *EVERY, env={"PYTHONHASHSEED": seed}) for seed in ("1", "2"))
    assert (first.code, first.err) == (0, "")
    assert first == second


@pytest.mark.parametrize(
    "digest", [BUNDLED, DIGESTS / "valid" / "full.yaml", HOSTILE], ids=lambda path: Path(path).stem
)
def test_markdownlint_has_nothing_to_report(digest: str | Path, tmp_path: Path, inside: Answer) -> None:
    program = needs("markdownlint")
    export = tmp_path / "export.md"
    export.write_text(inside("export", digest, "--toc"))
    assert _lint(program, [export], "MD013") == ""
    pages = [tmp_path / f"{name}.md" for name in VIEWS]
    for path in pages:
        path.write_text(inside(path.stem, digest))
    assert _lint(program, pages, "MD013", "MD041") == ""


def _lint(program: str, files: list[Path], *without: str) -> str:
    command = [program, "--disable", *without, "--", *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120).stderr


def test_the_quotes_of_an_item_and_its_note_are_one_footnote(inside: Answer) -> None:
    found = notes(page(inside("figures")))
    arrests = [text for text in found.values() if "83,000 individuals" in text]
    assert len(arrests) == 1
    assert "Note: Arrests, not convictions." in arrests[0]
    without = notes(page(inside("figures", "--no-evidence")))
    assert [text for text in without.values() if text.startswith("Note: Arrests, not convictions.")]
