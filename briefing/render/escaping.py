"""Text that stays text in GitHub's Markdown and in pandoc's, and addresses that stay addresses."""

import re
from functools import lru_cache

from briefing.wording import WHITE

# What Markdown could take for markup, wherever it stands in a line.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|$~^{}]")
# What is markup to GitHub or pandoc only in certain places: entities, dashes, ellipses, addresses that
# turn into links, mentions, issue numbers, citations, emoji codes.
_IN_CONTEXT = (
    r"&(?=#?\w+;)|(?<=-)-|(?<=\.\.)\.|:(?=//)|(?<=www)\.|@|#(?=\w)|:(?=(?:[\w+-]|\\_)+:)"
    # markdown-it links a domain of two letters, and of these, wherever it sees one
    r"|(?<=\S)\.(?=(?i:[^\W\d_]{2}|com|org|net|gov|edu|info|biz|pro|web|name|shop|asia|aero|coop|museum|xxx)(?!\w))"
    r"|(?<!:)/(?=/)|(?<=\b(?i:gh))-(?=[0-9])"
)
_ISSUE = re.compile(r"(?i:gh)-[0-9]")
_DOMAIN = re.compile(r"\.[^\W\d_]{2}")
_SHORT = 40  # what is shorter is kept once escaped: names and dates come again and again
# What it could take for markup where a line begins, up to the character that has to be escaped:
# headings, lists of every kind that pandoc knows, titles, definitions, fences.
_LEADING = r"[#+=:%(-]|(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)](?=\s|\Z)"
# Inside `<…>` GitHub and one of pandoc's readers take this for a character, and the other does not.
_ENTITY = r"&(?=#?\w+;)"


def escape(text: str) -> str:
    """The text on one line, so that any Markdown reader shows just the text."""
    return _escape_short(text) if len(text) < _SHORT else _escape(text)


def _escape(text: str) -> str:
    if "\n" in text or "\t" in text or "  " in text:
        text = re.sub(WHITE, " ", text)
    text = text.strip()  # of every white space, beside which emphasis would not end
    # Most texts hold nothing special, which is found out many times faster than where it stands.
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(r"\\\g<0>", text)
    return re.sub(_IN_CONTEXT, _escaped, text) if _is_suspect(text) else text


def _is_suspect(text: str) -> bool:
    """Whether there is anything that a place could make special."""
    one = ":" in text or "&" in text or "@" in text or "#" in text
    two = "--" in text or ".." in text or "//" in text or "www" in text
    return one or two or bool(_DOMAIN.search(text)) or ("-" in text and bool(_ISSUE.search(text)))


_escape_short = lru_cache(maxsize=4096)(_escape)


def _escaped(match: re.Match[str]) -> str:
    character, after = match[0], match.string[match.end() : match.end() + 1]
    before = match.string[max(match.start() - 2, 0) : match.start()]
    # GitHub looks for mentions, mail addresses, issue numbers and emoji codes after it has dropped
    # backslashes; in an address it takes whatever it finds.
    is_looked_for = (
        character == "#"
        or (character == "@" and after.strip())
        or (character == ":" and after != "/")
        or (character == "-" and before.lower() == "gh")
    )
    if is_looked_for:
        return f"\\{character}<!-- -->"
    return f"\\{character}"


def paragraph(text: str) -> str:
    """The text as a paragraph of its own: what is markup only at the start of a line is escaped too."""
    text = escape(text)
    match = re.match(_LEADING, text)
    return f"{text[: match.end() - 1]}\\{text[match.end() - 1 :]}" if match else text


def address(url: str) -> str:
    """An address as a link with the address for its text."""
    return f"[{escape(url)}](<{target(url)}>)" if re.search(_ENTITY, url) else f"<{url}>"


def target(url: str) -> str:
    """An address as it stands in `<…>` behind a link's text."""
    return re.sub(_ENTITY, "&amp;", url)
