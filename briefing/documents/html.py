"""HTML as a reader sees the page, without what surrounds the article: menus, banners, footers.

Read as a stream of tags with the standard library: nothing is fetched, no tree is built, and a
page that nests a million times costs no more than its length.
"""

import codecs
import re
from html.parser import HTMLParser
from itertools import pairwise

from briefing.documents import decoded
from briefing.documents.lists import numeral

_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
# Pages are named by a charset and written in what Windows made of it: https://encoding.spec.whatwg.org/#names-and-labels
_AS_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_LONGEST_TAG = 4_000  # characters, where a < stands in it
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    [
        "aside",
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "footer",
        "form",
        "head",
        "iframe",
        "math",
        "menu",
        "nav",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_BANNER = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|share|social|advert\w*|newsletter)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*[\[(]?([0-9a-zA-Z]{1,4}|[*†‡§]{1,3})[\])]?\s*")
_SPACE = re.compile(r"[ \t\n\r\f]+")


def to_text(data: bytes) -> str:
    """The text of a page: its `main` or its one `article` where it has them, else its body."""
    text = _closed(decoded(data, _charset(data)))
    # Beyond what is a character browsers show this one, and Python reads no number of so many digits.
    text = re.sub("(&#[xX]?)0+(?=[0-9A-Fa-f])", r"\1", text)
    text = re.sub("&#(?:[0-9]{8,}|[xX][0-9A-Fa-f]{7,});?", "\N{REPLACEMENT CHARACTER}", text)
    lowered = text.lower()
    only = "main" if "<main" in lowered else "article" if lowered.count("<article") == 1 else ""
    for within in dict.fromkeys((only, "")):  # a `main` without text: then the whole page
        page = _Page(within)
        page.feed(text)
        page.close()
        if found := "".join(page.out).strip():
            return found
    return ""


def _closed(text: str) -> str:
    """The page with each < as text that begins a tag or a comment without an end.

    The parser would look for the end of every one of them through all that follows.
    """
    last_comment_ends = text.rfind("-->")
    next_open = next_close = len(text)
    unclosed: list[int] = []
    for bracket in reversed([*re.finditer("[<>]", text)]):
        at = bracket.start()
        if bracket[0] == ">":
            next_close = at
            continue
        if text.startswith("<!--", at):
            ends = at < last_comment_ends
        else:
            ends = next_close < len(text) and (next_close < next_open or next_close - at <= _LONGEST_TAG)
        if not ends:
            unclosed.append(at)
        next_open = at
    cuts = pairwise([-1, *reversed(unclosed), len(text)])
    return "&lt;".join(text[before + 1 : after] for before, after in cuts)


def _charset(data: bytes) -> str:
    """The charset of a page's bytes as browsers take it: by the mark at the start, else by what the page says."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    named = _CHARSET.search(data[:4096])
    if data.startswith(b"\xef\xbb\xbf") or not named:
        return ""
    try:
        name = codecs.lookup(named[1].decode()).name
    except LookupError:
        return ""
    # Where this can be read, it is neither of two bytes a letter.
    return "" if name.startswith(("utf-16", "utf-32")) else _AS_BROWSERS.get(name, name)


class _Page(HTMLParser):
    """The state of one reading: what is open, what is left out, which list is counted."""

    def __init__(self, within: str) -> None:
        super().__init__(convert_charrefs=True)
        self.within = within
        self.inside = 0 if within else 1
        self.out: list[str] = []
        self.skipping = ""  # the tag that ends what is left out
        self.depth = 0  # how many of that tag are open
        self.lists: list[tuple[str, str, int]] = []  # tag, type of numbers, the next number
        self.cells = 0
        self.table = 0
        self.pre = 0
        self.raised = -1  # where in `out` the text of a `sup` begins; -1 outside one
        self.links = False  # whether the `sup` is in, or has, a link to a note
        self.linking = False  # within such a link

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            self.depth += tag == self.skipping
            return
        given = {name: value or "" for name, value in attrs}
        if tag == self.within:
            self.inside += 1
        if tag not in _VOID and _left_out(tag, given):
            self.skipping, self.depth = tag, 1
        elif self.inside:
            self.opened(tag, given)

    def opened(self, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self.out.append("\n")
        elif tag in ("td", "th"):
            self.out.append("\t" if self.cells else "")
            self.cells += 1
        elif tag in _BLOCKS:
            self.parted(tag)
        if tag in ("ol", "ul"):
            start = int(given["start"]) if re.fullmatch(r"[0-9]{1,9}", given.get("start", "")) else 1
            self.lists.append((tag, given.get("type", "1"), start))
        elif tag == "li":
            self.listed(given)
        if tag == "a":
            self.linking = "#" in given.get("href", "")
            self.links = self.links or self.linking
        elif tag == "sup":
            self.raised, self.links = len(self.out), self.linking
        self.pre += tag == "pre"
        self.table += tag == "table"

    def listed(self, given: dict[str, str]) -> None:
        """Begin an entry of a list with its number or its dash."""
        kind, type, number = self.lists[-1] if self.lists else ("ul", "", 0)
        if kind == "ul":
            self.out.append("- ")
            return
        number = int(given["value"]) if re.fullmatch(r"[0-9]{1,9}", given.get("value", "")) else number
        self.lists[-1] = (kind, type, number + 1)
        style = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}.get(type, "")
        self.out.append(f"{numeral(number, style)}. ")

    def lowered(self) -> None:
        """A `sup` ends: a note mark gets brackets and an exponent its sign, lest they run into a number."""
        mark = _MARK.fullmatch("".join(self.out[self.raised :])) if self.raised >= 0 else None
        before = self.out[self.raised - 1][-1:] if self.raised > 0 else ""
        if mark and (self.links or before in set(".,;:!?)”’\"'»。")):
            self.out[self.raised :] = [f"[{mark[1]}]"]
        elif mark and before.isdigit():
            self.out[self.raised :] = [f"^{mark[1]}" if mark[1].isdigit() else mark[1]]
        self.raised = -1

    def parted(self, tag: str) -> None:
        """A block begins or ends: a blank line; in a table a line for each row."""
        if tag == "tr":
            self.cells = 0
            self.out.append("\n")
        elif self.cells:  # a paragraph within a cell
            self.out.append(" ")
        elif not (self.out and re.fullmatch(r"(?:-|\w{1,20}\.) ", self.out[-1])):  # "1. <p>": one line
            self.out.append("\n" if tag == "li" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            self.depth -= tag == self.skipping
            self.skipping = self.skipping if self.depth else ""
            return
        if self.inside and tag in _BLOCKS:
            if tag == "table":
                self.cells = 0
            self.parted(tag) if tag not in ("tbody", "thead", "tfoot") else None
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        if tag == "a":
            self.linking = False
        elif tag == "sup":
            self.lowered()
        self.pre -= tag == "pre" and self.pre > 0
        if tag == self.within and self.inside:
            self.inside -= 1

    def handle_data(self, data: str) -> None:
        if self.skipping or not self.inside:
            return
        if not self.pre:
            data = _SPACE.sub(" ", data)
            if not self.out or self.out[-1].endswith(("\n", " ", "\t")):
                data = data.lstrip(" ")
        if data:
            self.out.append(data)


def _left_out(tag: str, given: dict[str, str]) -> bool:
    """Whether a tag opens what no reader of the article reads."""
    if tag in _SKIPPED and not (tag == "aside" and "note" in given.get("role", "") + given.get("class", "")):
        return not (tag == "form" and "aspnet" in given.get("id", "").lower())
    if tag in ("html", "body", "main", "article"):
        return False
    if "hidden" in given or given.get("aria-hidden") == "true":
        return True
    if re.search(r"display\s*:\s*none", given.get("style", "")):
        return True
    if given.get("role") in ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"):
        return True
    return tag in ("div", "section", "ul", "p") and bool(
        _BANNER.search(f"{given.get('id', '')} {given.get('class', '')}")
    )
