"""`briefing text`: documents become texts in which their own words are proved."""

import hashlib
import io
import re
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from support.pace import seconds
from support.program import Run, environment

from briefing.documents import kind_of
from briefing.documents.docx import to_text as word_to_text
from briefing.documents.html import to_text
from briefing.documents.markdown import to_text as markdown_to_text

HERE = Path(__file__).parent / "documents"

WORD = """# Harbour pact

The parties agree[^1] as follows:

5. Norland pays 5.25 million crowns a year.
6. Sudland shall not sublet the quay:

    a. in whole; or
    b. in part.

| Year | Fee       |
|------|-----------|
| 2025 | 5,250,000 |

[^1]: The note of 3 March 2024 is not public.
"""

QUOTES = {
    "pact.pdf": [
        "an annual fee of 5.25 million crowns, payable in advance",
        "without the written consent of Norland, which consent shall not be unreasonably withheld",
        "2. where that day is a holiday, on the following working day",
        "communicated by an exchange of notes of 3 March 2024",
        "2025 5,400,000 crowns",
    ],
    "page.html": [
        "Norland agreed to pay 5.25 million crowns a year, the ministry said",
        "The café & the quay stay open",
        "3. Sudland shall not sublet the quay",
        "b. by a joint statement",
        "2025 5,250,000",
        "The note of 3 March 2024 is not public",
    ],
    "pact.docx": [
        "5. Norland pays 5.25 million crowns a year",
        "in whole; or",
        "2025 5,250,000",
        "[1] The note of 3 March 2024 is not public",
    ],
}


def document(name: str, folder: Path) -> Path:
    if name != "pact.docx":
        return HERE / name
    import pypandoc

    pypandoc.convert_text(WORD, "docx", format="markdown", outputfile=str(folder / name))
    return folder / name


@pytest.mark.parametrize("name", QUOTES)
def test_the_quotes_of_a_document_are_proved_in_its_text(name: str, tmp_path: Path, run: Run) -> None:
    path = document(name, tmp_path)
    (tmp_path / "seeds").mkdir()
    result = run("text", path, "-o", "seeds/x.txt")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert result == (0, "", f"original: {{file: {name}, sha256: {digest}}}\n")
    quotes = "".join(f"      - {quote!r}\n" for quote in QUOTES[name])
    (tmp_path / "d.yaml").write_text(
        "format: briefing/1\nid: x\ntitle: X\nas_of: 2025\nbottom_line: X.\nkey_points:\n"
        f"  - id: a\n    text: X.\n    evidence:\n{quotes}"
        "sources:\n  - {id: s, title: S, kind: primary, file: x.txt}\n"
    )
    checked = run("check", "d.yaml", "--rule", "quote-missing")
    assert (checked.code, checked.out) == (0, "")


def test_what_surrounds_an_article_is_left_out(run: Run) -> None:
    out = run("text", HERE / "page.html").out
    for word in ("cookies", "Home", "Most read", "rights", "Injected", "color", "Not to be seen"):
        assert word not in out
    assert "\n\nWhat the text says\n\n3. Sudland" in out
    assert "4. Either side may end the pact:\n\na. in writing; or\n" in out


def test_pages_are_parted_by_a_form_feed(run: Run) -> None:
    assert run("text", HERE / "pact.pdf").out.count("\f") == 1


def test_markdown_loses_its_marks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(
        "# The *pact*\n\n1. See [Art. 5](http://x.example)[^n].\n\n[^n]: 2 * 3 * 4\n"
    )
    assert run("text", "x.md").out == "The pact\n\n1. See Art. 5[n].\n\n[n] 2 * 3 * 4\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"<!doctype html><p>x", "html"),
        (b"\xef\xbb\xbf\n<HTML lang=en>", "html"),
        (b"<div class='a'>x</div>", "html"),
        (b"<p>The fee", "html"),
        (b"A text on <html> and <p>.", "text"),
        (b"PK\x03\x04 \x00\x00 word/document.xml", "docx"),
        (b"PK\x03\x04 \x00\x00 mimetype", ""),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        (b"", "text"),
    ],
)
def test_a_kind_is_told_by_how_the_bytes_begin(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(f"word/{name}.xml", data)
    return file.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
REFUSED = {
    "broken.pdf": (b"%PDF-1.7\n" + b"1 0 obj\n" * 9, "a PDF that cannot be read"),
    "cut.docx": (zipped(document=b"<x/>")[:60], "a Word document that cannot be read"),
    "other.docx": (zipped(other=b"<x/>"), "not a Word document"),
    "xml.docx": (zipped(document=b"<x>"), "a Word document with broken XML"),
    "bomb.docx": (zipped(document=BOMB), "a Word document with a document type"),
    "zip.docx": (zipped(document=b" " * (129 << 20)), "unpacks to more than 128 MiB"),
    "deep.docx": (zipped(document=b"<x>" * 100_000), "nested deeper than 200"),
    "picture.png": (b"\x89PNG\r\n\x1a\n\x00\x00", "not a document that can be made a text"),
    "empty.html": (b"<html><script>x</script></html>", "there is no text in it"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_said(name: str, tmp_path: Path, run: Run) -> None:
    data, message = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    result = run("text", name)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"briefing: {name}: ")
    assert message in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_or_pictured_pdf_is_named(password: str, tmp_path: Path, run: Run) -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(tmp_path / "x.pdf")
    result = run("text", "x.pdf")
    assert (result.code, result.out) == (2, "")
    assert ("an encrypted PDF" if password else "its pages are pictures") in result.err


def test_without_the_extra_it_says_how_to_install() -> None:
    code = (
        "import sys; sys.modules['pypdf'] = None\nfrom briefing.cli import run\nsys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "text", HERE / "pact.pdf"],
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'briefing-cli[texts]'" in done.stderr


@pytest.mark.slow
def test_a_deep_page_takes_no_longer_than_its_length() -> None:
    page = b"<html><body>" + b"<div>" * 200_000 + b"words"
    assert to_text(page).strip() == "words"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('on 3 May 2025.<sup><a href="#n1">1</a></sup> They', "on 3 May 2025.[1] They"),
        ('on 3 May 2025<a href="#n1"><sup>[12]</sup></a> they', "on 3 May 2025[12] they"),
        ("was 12.<sup>3</sup> They", "was 12.[3] They"),
        ("10<sup>6</sup> people", "10^6 people"),
        ("40 m<sup>2</sup> and the 5<sup>th</sup> day", "40 m2 and the 5th day"),
    ],
)
def test_what_is_raised_on_a_page_makes_no_number(page: str, text: str) -> None:
    assert to_text(f"<html><body><p>{page}</p></body></html>".encode()) == text


def printed(*pieces: tuple[int, int, int, str]) -> bytes:
    """A PDF of one page: each piece with its distance from the left, its height and its size."""
    said = "\n".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, size, text in pieces)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        f"<< /Length {len(said)} >>\nstream\n{said}\nendstream",
    ]
    data, places = "%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return (data + end).encode()


def test_the_notes_of_a_printed_page_come_after_its_text(tmp_path: Path, run: Run) -> None:
    data = printed(
        (20, 300, 10, "Replies go through the same channels"), (236, 304, 6, "1"), (242, 300, 10, " as requests."),
        (20, 280, 10, "In 2023"), (62, 284, 6, "2"), (68, 280, 10, " all of the"),
        (20, 60, 6, "1"), (26, 58, 8, "Subject to declarations."),
        (20, 48, 6, "2"), (26, 46, 8, "By the report of"), (20, 36, 8, "the Council."),
        (200, 20, 10, "2 / 13"),
    )  # fmt: skip
    (tmp_path / "x.pdf").write_bytes(data)
    lines = run("text", "x.pdf").out.strip().splitlines()
    assert lines == [
        "Replies go through the same channels\u00b9 as requests.",
        "In 2023\u00b2 all of the",
        "2 / 13",
        "",
        "[1] Subject to declarations.",
        "",
        "[2] By the report of the Council.",
    ]


def test_a_number_of_a_printed_page_that_is_no_note_stays(tmp_path: Path, run: Run) -> None:
    data = printed(
        (20, 300, 10, "The rise of CO"), (104, 297, 6, "2"), (110, 300, 10, " is told in"),
        (20, 288, 10, "1"), (32, 288, 10, "The first paragraph."),
        (20, 276, 10, "2"), (32, 276, 10, "The second paragraph."),
    )  # fmt: skip
    (tmp_path / "x.pdf").write_bytes(data)
    said = run("text", "x.pdf").out
    assert "[" not in said
    assert "The first paragraph" in said.splitlines()[1]


MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_of(body: str, **parts: str) -> bytes:
    """A Word document of this body and these other parts, as XML of Word."""
    texts = {"document": f"<w:body>{body}</w:body>", **parts}
    return zipped(**{name: f'<w:x xmlns:w="{MAIN}">{text}</w:x>'.encode() for name, text in texts.items()})


def word(body: str) -> bytes:
    """A Word document with this body; `<p>x</p>` and the like are elements of Word."""
    body = re.sub(r"<p>(.*?)</p>", r"<p><r><t>\1</t></r></p>", body)
    return word_of(re.sub(r"<(/?)(\w+)", r"<\1w:\2", body))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<tbl><tr><tc><p>a</p></tc><tc><p>b</p></tc></tr></tbl>", "a\tb\n"),
        (
            "<tbl><tr><tc><p>a</p><tbl><tr><tc><p>in</p></tc><tc><p>ner</p></tc></tr></tbl></tc>"
            "<tc><p>b</p></tc></tr></tbl>",
            "a in ner\tb\n",
        ),
        ("<tbl><tr><trPr><del/></trPr><tc><p>gone</p></tc></tr><tr><tc><p>a</p></tc></tr></tbl>", "a\n"),
        ("<tbl><sdt><sdtContent><tr><tc><p>a</p></tc></tr></sdtContent></sdt></tbl>", "a\n"),
    ],
)
def test_a_table_of_word_says_each_word_once(body: str, text: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.docx").write_bytes(word(body))
    assert run("text", "x.docx").out == text


LISTS = """<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"""
LISTED = '<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'


@pytest.mark.parametrize(
    ("level", "text"), [("999999999", "%1."), ("8", "%1" * 100_000), ("0", "%1" * 100_000), ("9", "%10.")]
)
def test_no_list_of_word_makes_much_of_little(level: str, text: str) -> None:
    paragraph = f"<w:p>{LISTED.format(level=level)}<w:r><w:t>a</w:t></w:r></w:p>"
    data = word_of(paragraph * 1000, numbering=LISTS.format(level=level, text=text))
    assert len(data) < 10_000
    assert seconds(lambda: word_to_text(data), 1) < 1
    assert len(word_to_text(data)) < 1_000_000


def test_a_note_of_word_is_printed_once() -> None:
    mark = '<w:p><w:r><w:t>a</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>{"note " * 1000}</w:t></w:r></w:p></w:footnote>'
    text = word_to_text(word_of(mark * 3000, footnotes=note))
    assert text.count("a[1]") == 3000
    assert text.count("note ") < 1001


def test_what_word_nests_is_read_once() -> None:
    inner = "<w:p><w:r><w:t>x</w:t></w:r>"
    note = f"<w:footnote w:id='1'>{inner * 80}{'</w:p>' * 80}</w:footnote>"
    body = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert word_to_text(word_of(body, footnotes=note)).count("x") <= 80


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_word_are_refused_in_any_encoding(encoding: str, tmp_path: Path, run: Run) -> None:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY a "aaaa">]>'
        f'<w:document xmlns:w="{MAIN}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    )
    (tmp_path / "x.docx").write_bytes(zipped(document=text.encode(encoding)))
    result = run("text", "x.docx")
    assert (result.code, result.out) == (2, "")
    assert "a document type, which Word never writes" in result.err


UNCLOSED = [
    "<a", "<a ", "<a/", "<a =", '<a b="c', "<a b='", "</", "</a", "<!", "<!-", "<!--", "<!--x--!", "<?", "<?a",
    "<![CDATA[", "<![if ", "<!DOCTYPE [", '<p style="display ', "<", "<a <b ", "<script></scrip", "<title></titl",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", UNCLOSED)
def test_tags_that_never_end_take_no_time(piece: str) -> None:
    page = f"<!doctype html><p>alpha beta.</p>{piece * (100_000 // len(piece))}".encode()
    assert seconds(lambda: to_text(page), 1) < 1
    assert "alpha beta." in to_text(page)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a < b and c > d</p>", "a < b and c > d"),
        ('<p><img src="data:image/png;base64,' + "A" * 50_000 + '">after</p>', "after"),
        ('<p title="x < y">said</p>', "said"),
        ("<p>one<!-- " + "a < b " * 2000 + "-->two</p>", "onetwo"),
        ("<p>said <b", "said <b"),
        ("<p>&#" + "9" * 9000 + ";x &#x" + "f" * 9000 + "; &#" + "0" * 9000 + "65;</p>", "\ufffdx \ufffd A"),
    ],
)
def test_a_page_with_odd_brackets_is_read_as_it_stands(page: str, text: str) -> None:
    assert to_text(f"<html><body>{page}".encode()).strip() == text


@pytest.mark.parametrize(
    "line",
    ["# " + "#" * 100_000 + "x", "\t" * 100_000 + "x", "a" + " " * 100_000 + "x", "[a]: " + " " * 100_000],
)
def test_long_lines_of_markdown_take_no_time(line: str) -> None:
    assert seconds(lambda: markdown_to_text(line.encode()), 1) < 1


@pytest.mark.parametrize(
    ("line", "text"),
    [("# A #", "A"), ("# A ##  ", "A"), ("# A#", "A#"), ("## #", ""), ("# C# and F#", "C# and F#")],
)
def test_only_the_marks_that_close_a_heading_go(line: str, text: str) -> None:
    assert markdown_to_text(line.encode()).strip() == text


def pdf(content: bytes, pages: int) -> bytes:
    """A PDF of pages that all have this one stream."""
    packed = zlib.compress(content)
    numbers = range(5, 5 + pages)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    } | dict.fromkeys(numbers, page)
    written = b"%PDF-1.5\n"
    offsets = []
    for number, each in objects.items():
        offsets.append(b"%010d 00000 n \n" % len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    count, start = len(objects) + 1, len(written)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(offsets)
    return written + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


def test_a_stream_that_many_pages_share_is_refused(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.documents.pdf._LEAST_CONTENT", 10_000)
    said = b"BT /F1 12 Tf 72 700 Td (Each party pays.) Tj ET\n"
    (tmp_path / "few.pdf").write_bytes(pdf(said, 3))
    assert run("text", "few.pdf").out.count("Each party pays.") == 3
    (tmp_path / "many.pdf").write_bytes(pdf(said + b"q Q " * 5_000, 50))
    result = run("text", "many.pdf")
    assert (result.code, result.out) == (2, "")
    assert "unpack to far more than it holds" in result.err


@pytest.mark.parametrize("empty", ["<td></td>", "<td/>", "<td />"])
def test_an_empty_cell_keeps_its_column(empty: str) -> None:
    page = f"<table><tr><td>a</td>{empty}<td>c</td></tr></table>"
    assert to_text(page.encode()).strip() == "a\t\tc"


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "punycode", "hex", "no-such", "utf-16", "unicode_escape"]
)
def test_a_charset_that_does_not_fit_is_passed_over(charset: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.html").write_text(f'<html><meta charset="{charset}"><p>Each party pays.', "utf-8")
    result = run("text", "x.html")
    assert (result.code, result.out) == (0, "Each party pays.\n")


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", "“The fee” – it is €5"),
        ("us-ascii", "cp1252", "The parties’ fee"),
        ("gb2312", "gbk", "朱镕基说：支付五百万元"),
        ("shift_jis", "cp932", "①当事国は髙い料金を支払う"),
        ("euc-kr", "cp949", "똠방각하"),
        ("ISO-8859-9", "cp1254", "“Şartlar” – ücret"),
    ],
)
def test_a_page_is_read_in_the_charset_that_browsers_take(charset: str, codec: str, text: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'
    assert to_text(page.encode(codec)).strip() == text
