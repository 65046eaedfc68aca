"""Markdown: whatever a digest says comes out as just that, in GitHub's reading and in pandoc's."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pypandoc
import pytest
from gfm import Element, fold, headings, marks, notes, page, tables
from hypothesis import example, given
from hypothesis import strategies as st
from program import BUNDLED, DIGESTS, VALID, answer, needs

from briefing import loader, views
from briefing.document import Citation, Column, Document, Ref, Section, Show, phrased
from briefing.loader import Loaded
from briefing.problem import UNSAFE
from briefing.render import Look, renderer

HOSTILE = DIGESTS / "valid" / "hostile-text.yaml"
PANDOC = pypandoc.get_pandoc_path()

# What means something to some reader of Markdown, put together at random.
TOKENS = (
    *"\\`*_[]<>|$~^{}&;!@#:+-=.()%'\"/ \n\t",
    *("**", "__", "~~", "``", "```", "~~~", "$$", "--", "---", "...", "==", "***", "* ", "- ", "+ ", "# ", "> "),
    *("1. ", "1) ", "(1) ", "a) ", "i. ", "(@) ", "#. ", ": ", "[^1]", "[^1]: ", "[x](y)", "![x](y)", "[ ] ", "[x]: /y"),
    *("<b>", "</b>", "<!--", "-->", "<a href=x>", "<?", "<![CDATA[", "&amp;", "&#65;", "&#x41;", "&copy;", "&nosuch;"),
    *("http://a.b", "https://a.b/c_d_e", "www.a.b", "a@b.c", "ftp://a.b", "mailto:a@b.c", "<a@b.c>", "xmpp:a@b.c"),
    *("@name", "#5", "GH-5", ":smile:", ":+1:", "{.x}", "{#x}", "[x]{.y}", "$x$", "\\(x\\)", "\\n", "|", "\\|", "a", "é", "漢", "🙂"),
)
SAFE = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="".join(map(chr, range(0x202A, 0x202F))) + "".join(map(chr, range(0x2066, 0x206A))))
TEXTS = (
    st.lists(st.sampled_from(TOKENS) | st.text(SAFE, max_size=5), min_size=1, max_size=12)
    .map("".join)
    .filter(lambda text: bool(text.strip()) and not UNSAFE.search(text))
)


def document(text: str) -> Document:
    """A document with the text in every place that a field of a digest can have."""

    def column(name: str, show: Show) -> Column:
        return Column(name, lambda row: row, show)

    citation = Citation("x-1", Ref("s", text), text)
    evidence = Column("evidence", lambda _: (citation,), Show("evidence", under="lead"), "quotes")
    lead = column("lead", Show("lead"))
    records = (lead, column("badge", Show("badge")), column("detail", Show("detail")), column("under", Show("under", under="lead")))
    shapes = {
        "card": (lead, column("badge", Show("badge")), column("body", Show("body")), column("detail", Show("detail"))),
        "table": (column("side", Show("side")), lead, column("under", Show("under", under="lead")), evidence, column("last", Show("side"))),
        "list": (*records, evidence),
        "points": (lead, column("side", Show("side")), evidence),
    }
    return Document(
        tuple(
            Section(layout, "Title", columns, (text,), layout, tuple(column.name for column in columns))
            for layout, columns in shapes.items()
        )
    )


def rendered(text: str) -> str:
    return "".join(renderer("markdown")(document(text), Look()))


@given(TEXTS)
@example("a | b \\| c \\\\| d \\")
@example("# a #")
@example("- a")
@example("(a) b")
@example('"a" *b*')
def test_every_text_reads_as_itself_on_github(text: str) -> None:
    root, wanted = page(rendered(text)), fold(text)
    assert headings(root)[0] == (2, wanted)
    ((_, cells),) = tables(root)
    assert [cell.text for cell in cells] == [wanted, f"{wanted} {wanted}", wanted]
    badge, body = (part.text for part in root.children if isinstance(part, Element) and part.tag == "p")
    assert (badge, body) == (wanted, wanted)
    detail, listed, point = (child for child in root.children if isinstance(child, Element) and child.tag in ("ul", "ol"))
    assert detail.text == f"Detail: {wanted}"
    ((_, nested),) = [(item, next(item.all("ul"))) for item in listed.children if isinstance(item, Element)]
    assert [item.text for item in nested.all("li")] == [f"Detail: {wanted}", wanted]
    assert listed.text == f"{wanted} {wanted} Detail: {wanted} {wanted}"
    assert point.text == f"{wanted} {wanted}"
    assert notes(root) == {"x-1": fold(f"“{text}” — {text}.")}


@given(TEXTS)
def test_no_text_becomes_markup_on_github(text: str) -> None:
    root = page(rendered(text))
    ours = {"h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "sup", "a", "section"}
    assert {element.tag for element in root.elements()} <= ours
    assert {link.attributes["href"].partition("-")[0] for link in root.all("a")} == {"#fn", "#fnref"}
    # What GitHub's later steps would turn into mentions, references and emoji stands in one run of text.
    assert not [run for run in root.texts() if re.search(r"(?<!\w)@\w|#\d|:[\w+-]+:", run)]


