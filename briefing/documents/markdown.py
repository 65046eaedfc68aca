"""Markdown without its marks: headings, emphasis, links, footnotes. Lists keep their numbers."""

import re
from collections.abc import Callable

from briefing.documents import decoded


def _heading(match: re.Match[str]) -> str:
    """A heading without the marks that may close it."""
    text = match[1].rstrip(" \t")
    bare = text.rstrip("#")
    return f"\n{bare.rstrip() if bare[-1:] in ('', ' ', chr(9)) else text}\n"


_LINES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"^ {0,3}#{1,6}[ \t]+([^\n]*)$", _heading),
    (r"^ {0,3}(?:=+|-{2,}|\*{3,}|_{3,})[ \t]*$", ""),  # underlines of headings, rules
    (r"^ {0,3}(?:```|~~~)[^\n]*$", ""),
    (r"^(?: {0,3}>[ ]?)+", ""),
    (r"^ {0,3}\[\^([^\]\s]{1,99})\]:[ \t]*", r"[\1] "),  # a footnote
    (r"^ {0,3}\[[^\]\n]{1,999}\]:[ \t]*\S+[^\n]*$", ""),  # where a link leads
    (r"^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$", ""),  # below the head of a table
    (r"^\|[ \t]*|(?<![ \t])[ \t]*\|$", ""),
)
_MARKS = (
    (
        r"!?\[([^\[\]\n]{1,999})\](?:\([^()\s]{0,999}(?:[ \t]+\"[^\"\n]{0,999}\")?\)|\[[^\[\]\n]{0,999}\])",
        r"\1",
    ),
    (r"\[\^([^\]\s]{1,99})\]", r"[\1]"),
    (r"<(https?://[^<>\s]{1,999})>", r"\1"),
    (r"`([^`\n]{1,999})`", r"\1"),
    (r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,999}?)(?<=\S)\1(?!\w)", r"\2"),
    (r"(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,999}?)(?<=\S)\1(?!\w)", r"\2"),
    (r"\\([!-/:-@\[-`{-~])", r"\1"),
)


def to_text(data: bytes) -> str:
    """The text as a reader of the finished page sees it."""
    text = decoded(data).replace("\r\n", "\n")
    for pattern, put in _LINES:
        text = re.sub(pattern, put, text, flags=re.MULTILINE)
    for pattern, put in _MARKS:
        text = re.sub(pattern, put, text)
    return text
