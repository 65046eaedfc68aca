"""PDF, read with pypdf: the lines of each page, a form feed between pages."""

from typing import Any

from briefing.documents import MOST_BYTES
from briefing.documents.notes import Piece, without_notes
from briefing.problem import Failure

MOST_PAGES = 10_000

# What pages say, unpacked, is some five times what the file holds; one stream may be that of a thousand pages.
_UNPACKED = 20
_LEAST_CONTENT = 1 << 20


def to_text(data: bytes) -> str:
    """The text of every page. Words that are only in the picture of a scan are not in it."""
    try:
        import pypdf
        import pypdf.errors
    except ImportError as error:
        raise Failure(
            "reading a PDF needs a library that is not installed", "pip install 'briefing-cli[texts]'"
        ) from error
    import io
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every slip in a file that it repairs
    # A broken file fails in whatever way its bytes happen to mislead the library.
    broken = (
        pypdf.errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError,
        ArithmeticError, RecursionError, NotImplementedError, OSError, AssertionError, MemoryError,
    )  # fmt: skip
    try:
        return _pages(pypdf.PdfReader(io.BytesIO(data)), _LEAST_CONTENT + _UNPACKED * len(data))
    except (pypdf.errors.DependencyError, pypdf.errors.FileNotDecryptedError) as error:
        raise _encrypted() from error
    except broken as error:
        raise Failure("a PDF that cannot be read", "it may be damaged: open it and save it anew") from error


def _pages(reader: Any, most_content: int) -> str:
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted()
    if len(reader.pages) > MOST_PAGES:
        raise Failure(f"a PDF of more than {MOST_PAGES:,} pages", "split it")
    pages: list[str] = []
    notes: list[str] = []
    size = 0
    for page in reader.pages:
        contents = page.get_contents()
        most_content -= len(contents.get_data()) if contents is not None else 0
        if most_content < 0:
            raise Failure(
                "a PDF whose pages unpack to far more than it holds", "open it and save it anew, or split it"
            )
        text, below = without_notes(_pieces(page))
        pages.append(text.strip("\n"))
        notes += below
        size += len(pages[-1]) + sum(map(len, below))
        if size > MOST_BYTES:
            raise Failure("its text is larger than 128 MiB")
    if not any(page.strip() for page in pages):
        raise Failure(
            "no text in it: its pages are pictures", "run it through OCR first: ocrmypdf IN.pdf OUT.pdf"
        )
    return "\n\n".join(["\n\f".join(pages), *notes])


def _pieces(page: Any) -> list[Piece]:
    """What is written on a page, piece by piece, with its size and its height above the foot."""
    found: list[Piece] = []

    def visit(text: str, matrix: list[float], line: list[float], font: Any, size: float) -> None:
        found.append(Piece(text, size, line[4] * matrix[1] + line[5] * matrix[3] + matrix[5]))

    page.extract_text(visitor_text=visit)
    return found


def _encrypted() -> Failure:
    return Failure("an encrypted PDF", "save it without the password: qpdf --decrypt IN.pdf OUT.pdf")
