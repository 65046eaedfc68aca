"""Word, OpenDocument, EPUB and web pages: our Markdown, made into one file by pandoc.

Pandoc is what is on the PATH, else what the package `pypandoc-binary` brings. It reads nothing but
the text that it is given, and writes nothing itself: the file is whole or is not there. Each function
raises Failure where there is no pandoc, or none that can make the file.
"""

import os
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec

from briefing import programs
from briefing.document import Document
from briefing.problem import Failure, safe, shortened
from briefing.render import Look, markdown

_INSTALL = "install pandoc (https://pandoc.org) or pip install pypandoc-binary"
_BY_HAND = "; or write FILE.md with -o and convert that elsewhere: pandoc FILE.md -o FILE.{}"
_LONGEST_TITLE = 1_000  # characters in an option: systems bound its length
# Quotes and dashes are meant as they are.
_OPTIONS = ("--from=markdown-smart", "--sandbox", "--standalone", "--output=-")
# Pandoc's own, with small footnotes numbered through, tables that can be read on paper, and page numbers.
_REFERENCE = os.path.join(os.path.dirname(__file__), "reference.docx")
_STYLE = """<style>
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font-family: Georgia, serif; line-height: 1.45; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #bbb; }
a { overflow-wrap: anywhere; }
</style>"""


def render_docx(document: Document, look: Look) -> Iterator[bytes]:
    """A Word document."""
    yield _converted(document, look._replace(notes_once=True), "docx", f"--reference-doc={_REFERENCE}")


def render_odt(document: Document, look: Look) -> Iterator[bytes]:
    """An OpenDocument text."""
    yield _converted(document, look._replace(notes_once=True), "odt")


def render_epub(document: Document, look: Look) -> Iterator[bytes]:
    """A book for e-readers."""
    yield _converted(document, look, "epub")


def render_html(document: Document, look: Look) -> Iterator[bytes]:
    """A web page in one file."""
    look = look._replace(notes_once=True)
    yield _converted(document, look, "html", "--embed-resources", f"--variable=header-includes:{_STYLE}")


def _converted(document: Document, look: Look, kind: str, *more: str) -> bytes:
    pandocs = _pandocs()
    if not pandocs:
        raise Failure(
            f"pandoc, which makes .{kind} files, is not installed", _INSTALL + _BY_HAND.format(kind)
        )
    document, about = _titled(document)
    as_text = look._replace(heading_level=1, fragment=False, front_matter=False, toc=False)
    text = "".join(markdown.render(document, as_text)).encode()
    options = [*_OPTIONS, f"--to={kind}", *about, *more, *(["--toc"] if look.toc else [])]
    told = ""
    for pandoc in pandocs:  # one without data files of its own cannot work in a sandbox; the next may
        made, told = _run([pandoc, *options], text)
        if made:
            return made
    raise Failure(f"pandoc could not make it: {told}", f"{_INSTALL}, a newer one{_BY_HAND.format(kind)}")


def _titled(document: Document) -> tuple[Document, list[str]]:
    """The document and the options that give it a title: its first heading, where that is above all others."""
    language = f"--metadata=lang:{document.language or 'en'}"
    first, *others = [section for part in document.parts for section in part]
    if len(document.parts) > 1 or (others and not first.single):
        title = document.title or first.title
        title = title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
        return document, [language, f"--metadata=title:{title}"]
    if not first.single and document.title:
        named = first._replace(title=f"{first.title}: {document.title}")
        document = document._replace(parts=((named, *others),))
    return document, [language, "--shift-heading-level-by=-1"]


def _run(command: list[str], text: bytes) -> tuple[bytes, str]:
    """What pandoc makes of the text, or nothing and what it says."""
    try:
        done = subprocess.run(command, input=text, capture_output=True)
    except OSError as error:
        return b"", str(error.strerror)
    said = done.stderr.decode(errors="replace").strip()
    return (done.stdout, "") if done.returncode == 0 else (b"", shortened(safe(said.partition("\n")[0])))


def _pandocs() -> list[str]:
    """Every pandoc that there is, in the order in which they are tried."""
    found = [programs.find("pandoc")]
    package = find_spec("pypandoc")
    if package is not None and package.origin:
        folder = os.path.join(os.path.dirname(package.origin), "files")
        found.append(programs.find_in(folder, "pandoc"))
    return [path for path in found if path]
