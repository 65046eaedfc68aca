"""Document → text, one file per format.

A renderer is a function of a document and of how it is to look; it gives the text in pieces, so
that what is long can be on its way while the rest is still being laid out. A new format is one
file and one row here.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Literal, NamedTuple

from briefing.document import Document
from briefing.outline import Wanted


class Look(NamedTuple):
    """How the output is to look; each format takes what means something to it."""

    width: int | None = None
    """Columns of the terminal; None: as wide as the text wants."""
    color: bool = False
    evidence: bool = True
    """Whether the quotes that items rest on are shown."""
    header: bool = True
    """Whether tables begin with a line of headings."""
    bom: bool = False
    """Whether CSV and TSV begin with a byte order mark, by which Excel knows UTF-8."""
    heading_level: int = 2
    """The level of the first heading in Markdown; 0 for none at all."""
    fragment: bool = False
    """True for what may be appended to other text."""
    toc: bool = False
    """Whether a table of contents is made."""
    front_matter: bool = False
    """Whether Markdown begins with the document's head as YAML."""
    full: bool = False
    """Also what a first look can do without."""
    ids: bool = False
    """Whether the id of each row is shown."""
    hints: bool = False
    """Whether the reader is told how to see more."""
    stacked: bool = False
    """Whether each row is a record also where a table has room."""
    links: bool = False
    """Whether the terminal can be told where an address leads."""

    notes_once: bool = False
    """Whether what reads the Markdown would print a footnote again at each of its marks: then all but the
    first are the bare number."""

    def wanted(self, *, remarks: bool) -> Wanted:
        """How much of a document is shown; `remarks`: also what is told beside its rows."""
        return Wanted(self.evidence, remarks, self.full, self.ids)


class Format(NamedTuple):
    """A form in which a document is printed."""

    name: str
    function: str
    """The module and the function that make it."""
    audience: Literal["people", "programs", "problems", "office"] = "programs"
    """Whom it is for; `problems`: only what `check` finds has it; `office`: files that other programs
    open, which only the suffix of a file asks for."""
    suffixes: tuple[str, ...] = ()
    """Endings of a file's name that ask for it."""
    other_names: tuple[str, ...] = ()
    quotes: bool = True
    """Whether it shows the quotes that items rest on where no option says."""

    @property
    def is_for_people(self) -> bool:
        """Whether people read it, and not programs."""
        return self.audience in ("people", "office")


FORMATS = (
    Format("table", "terminal.render", "people", (".txt",), quotes=False),
    Format("records", "terminal.render_records", "people", quotes=False),
    Format("markdown", "markdown.render", "people", (".md", ".markdown"), ("md",)),
    Format("json", "json_.render", suffixes=(".json",)),
    Format("jsonl", "json_.render_lines", suffixes=(".jsonl", ".ndjson"), other_names=("ndjson",)),
    Format("csv", "separated.render_csv", suffixes=(".csv",)),
    Format("tsv", "separated.render_tsv", suffixes=(".tsv",)),
    Format("docx", "office.render_docx", "office", (".docx",)),
    Format("odt", "office.render_odt", "office", (".odt",)),
    Format("epub", "office.render_epub", "office", (".epub",)),
    Format("html", "office.render_html", "office", (".html", ".htm")),
    Format("text", "problems.render_text", "problems"),
    Format("github", "problems.render_github", "problems"),
    Format("sarif", "problems.render_sarif", "problems", (".sarif",)),
)
"""Every format. A new one is one file and one row."""

IMPLIED = {"terminal": "table", "elsewhere": "markdown", "problems": "text", "workflow": "github"}
"""The format that is meant where none is named: on a terminal, in a pipe or a file, for what `check`
finds, and for that on GitHub."""

FOR_VIEWS = tuple(format for format in FORMATS if format.audience in ("people", "programs"))
FOR_PROBLEMS = tuple(format for format in FORMATS if format.audience == "problems")
FOR_CHECK = (*FOR_VIEWS, *FOR_PROBLEMS)

Renderer = Callable[[Document, Look], Iterator[Any]]
"""Gives text, in pieces; for a file that is not text, bytes."""

OTHERWISE = {
    ".pdf": "write FILE.docx or FILE.html and print that to PDF",
    ".xlsx": "write FILE.csv with --bom, which Excel opens",
    ".xls": "write FILE.csv with --bom, which Excel opens",
    ".ods": "write FILE.csv, which LibreOffice opens",
    ".doc": "write FILE.docx, which Word opens",
    ".rtf": "write FILE.docx or FILE.odt",
    ".pptx": "write FILE.docx",
    ".yaml": "FILE.json has the same data",
    ".yml": "FILE.json has the same data",
}
"""Suffixes that no format has, and what to do instead."""


def named(name: str) -> Format | None:
    """The format of that name, or of that other name."""
    return next((format for format in FORMATS if name in (format.name, *format.other_names)), None)


def by_suffix(suffix: str) -> Format | None:
    """The format that a file's name asks for."""
    return next((format for format in FORMATS if suffix.lower() in format.suffixes), None)


def renderer(name: str) -> Renderer:
    """The function of a format; its module is imported when it is wanted."""
    format = named(name)
    assert format is not None
    module, _, function = format.function.partition(".")
    found: Renderer = getattr(import_module(f"briefing.render.{module}"), function)
    return found
