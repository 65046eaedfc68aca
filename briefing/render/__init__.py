"""Document → text, one file per format.

A renderer is a function of a document and of how it is to look; it gives the text in pieces, so
that what is long can be on its way while the rest is still being laid out. A new format is one
file and one line here.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from briefing.document import Document


class Look(NamedTuple):
    """How the output is to look; each format takes what means something to it."""

    width: int | None = None
    """Columns of the terminal; None: as wide as the text wants."""
    color: bool = False
    evidence: bool = True
    header: bool = True
    heading_level: int = 2
    """The level of the first heading in Markdown; 0 for none at all."""
    fragment: bool = False
    """True for what may be appended to other text."""
    toc: bool = False
    front_matter: bool = False


RENDERERS = {
    "table": "terminal.render",
    "markdown": "markdown.render",
    "json": "json_.render",
    "jsonl": "json_.render_lines",
    "csv": "separated.render_csv",
    "tsv": "separated.render_tsv",
}
"""Each format's name, and the module and function that it is made by."""

PROBLEM_RENDERERS = {
    "text": "problems.render_text",
    "github": "problems.render_github",
    "sarif": "problems.render_sarif",
}
"""Formats that only problems have."""

SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "table",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".sarif": "sarif",
}
"""The format that a file's name asks for."""

Renderer = Callable[[Document, Look], Iterator[str]]


def renderer(name: str) -> Renderer:
    """The function of a format; its module is imported when it is wanted."""
    module, _, function = {**RENDERERS, **PROBLEM_RENDERERS}[name].partition(".")
    found: Renderer = getattr(import_module(f"briefing.render.{module}"), function)
    return found
