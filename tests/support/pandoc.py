"""Markdown as pandoc reads it."""

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypandoc

PANDOC = shutil.which(pypandoc.get_pandoc_path()) or ""  # whole, whatever PATH a test sets

_BLANKS = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_QUOTES = {"DoubleQuote": '"', "SingleQuote": "'"}
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "☐": "[]", "☒": "[x]", "X": "x"})


class Reading(NamedTuple):
    """What pandoc makes of some Markdown."""

    blocks: list[str]
    """The kind of each block at the top: Header, Para, Table, BulletList, OrderedList and so on."""
    inlines: set[str]
    """The kinds of everything within."""
    text: str
    """All the text in order, notes at their marks, squeezed."""


def convert(markdown: str, *options: str, repeats: bool = False) -> bytes:
    """Run pandoc; a test fails here where it complains; with `repeats`, not where a note comes again."""
    done = subprocess.run([PANDOC, *options], input=markdown.encode(), capture_output=True)
    complaints = [line for line in done.stderr.decode().splitlines() if line.startswith("[")]
    if repeats:
        complaints = [line for line in complaints if "Duplicate note reference" not in line]
    elif done.stderr:
        complaints.append(done.stderr.decode())
    assert (done.returncode, complaints) == (0, [])
    return done.stdout


def read(markdown: str, dialect: str, *, repeats: bool = False) -> Reading:
    """Read Markdown in a dialect of it: `gfm`, `markdown`; `repeats`: a note may come again."""
    blocks = json.loads(convert(markdown, "-f", dialect, "-t", "json", repeats=repeats))["blocks"]
    nodes = [node for block in blocks for node in _nodes(block)]
    return Reading(
        [block["t"] for block in blocks], {node["t"] for node in nodes}, squeeze("".join(_texts(blocks)))
    )


def squeeze(text: str) -> str:
    """The text without what pandoc changes whatever it is told: blanks, bent quotes, letters, boxes."""
    return unicodedata.normalize("NFC", "".join(text.split()).translate(_STRAIGHT))


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict) and "t" in tree:
        yield tree
        tree = tree.get("c")
    if isinstance(tree, list):
        for each in tree:
            yield from _nodes(each)


def _texts(tree: Any) -> Iterator[str]:
    match tree:
        case {"t": "Str", "c": text}:
            yield text
        case {"t": "Code" | "CodeBlock" | "Math", "c": [_, text]}:
            yield f"«{text}»"  # no field is ever any of these: the marks make the texts differ
        case {"t": "Quoted", "c": [{"t": kind}, inlines]}:
            yield _QUOTES[kind]
            yield from _texts(inlines)
            yield _QUOTES[kind]
        case {"t": kind, "c": content} if kind != "RawInline":
            yield from _texts(content)
        case list():
            for each in tree:
                yield from _texts(each)
