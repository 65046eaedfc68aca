"""Documents as plain text: PDF, HTML, Word and Markdown, one module a kind.

The text keeps what people cite by: headings on lines of their own, paragraphs with blank lines
between them, the numbers of lists, tables as lines, and a form feed between pages. Documents come
from strangers: nothing is fetched, nothing is run, and sizes are bounded.
"""

import os
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from briefing.files import noted, open_ordinary
from briefing.problem import Failure, shortened

Kind = Literal["pdf", "html", "docx", "markdown", "text", ""]
"""What a file is; "" for none of these."""

MOST_BYTES = 128 * 1024 * 1024
"""How large a document may be, and how large the text that is made of it."""

_NAMES = {
    "pdf": "a PDF",
    "html": "HTML",
    "docx": "a Word document",
    "markdown": "Markdown",
    "text": "plain text",
}
_SUFFIXES: dict[str, Kind] = {
    ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx",
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text",
}  # fmt: skip
_SNIFFED = 4096
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?"
    rb"(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|table|article|main|h[1-6])(?:\s[^<>]{0,500})?>)",
    re.IGNORECASE | re.DOTALL,
)


class Converted(NamedTuple):
    """The text of a document, and what to say of the document in a source's entry."""

    text: str
    file: str
    sha256: str

    @property
    def original(self) -> str:
        """The source's field `original`, ready to paste."""
        import json  # a YAML string in double quotes is written as JSON writes one

        plain = re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_./-]*", self.file)
        return f"original: {{file: {self.file if plain else json.dumps(self.file)}, sha256: {self.sha256}}}"


def kind_of(data: bytes) -> Kind:
    """What these bytes are, by how they begin. Markdown cannot be told from text: it counts as text."""
    head = data[:_SNIFFED]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in data or b"[Content_Types].xml" in head else ""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="ignore").encode()
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return "" if b"\0" in head else "text"


def name_of(kind: Kind) -> str:
    """The kind as people call it."""
    return _NAMES.get(kind, "an unknown kind of file")


def convert(path: str) -> Converted:
    """Read a document and make a text of it. Raises Failure where that cannot be done."""
    import hashlib  # only here

    data = _read(path)
    kind = _kind(path, data)
    to_text: Callable[[bytes], str] = import_module(f"briefing.documents.{kind}").to_text
    try:
        text = tidied(to_text(data))
    except Failure as failure:
        raise Failure(f"{shortened(path)}: {failure.message}", failure.help) from failure
    if len(text) > MOST_BYTES:
        raise Failure(f"{shortened(path)}: its text is larger than 128 MiB")
    if not text.strip():
        raise Failure(f"{shortened(path)}: there is no text in it")
    return Converted(text, os.path.basename(path), hashlib.sha256(data).hexdigest())


def _kind(path: str, data: bytes) -> Kind:
    kind = kind_of(data)
    named = _SUFFIXES.get(os.path.splitext(path)[1].lower(), "")
    if kind == "text" and named in ("html", "markdown"):
        kind = named
    if not kind:
        known = ", ".join(_NAMES[each] for each in get_args(Kind) if each)
        raise Failure(f"{shortened(path)}: not a document that can be made a text", f"what can be: {known}")
    return kind


def _read(path: str) -> bytes:
    try:
        if os.path.isdir(path):
            raise Failure(f"{shortened(path)}: Is a directory")
        with open_ordinary(Path(path)) as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                raise Failure(f"{shortened(path)}: larger than 128 MiB")
            return noted(file).read(MOST_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise Failure(f"{shortened(path)}: {getattr(error, 'strerror', None) or error}") from error


def tidied(text: str) -> str:
    """The text without trailing blanks or control characters, with at most one blank line in a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]", "", text)
    lines = [line.rstrip(" \t\u00a0") for line in text.split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n") + "\n"


def decoded(data: bytes, charset: str = "") -> str:
    """Bytes as text: by the charset that is named, else UTF-8, else what Windows writes."""
    for name in (charset, "utf-8-sig", "cp1252"):
        try:
            if name:
                return data.decode(name)
        except (LookupError, ValueError):  # no such charset; or none that these bytes are in
            continue
    return data.decode("latin-1")
