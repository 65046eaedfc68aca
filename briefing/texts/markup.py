"""Marks of Markdown and of HTML inside a text: emphasis, links, escapes, block quotes, entities.

A source may be the Markdown of a page. What its reader does not see does not count.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

_SUPERSCRIPT = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_ADDRESS = r"\([^()\s/.#:]{0,200}[/.#:][^()\s]{0,999}(?:[ ]\"[^\"\n]{0,200}\")?\)"


class Mark(NamedTuple):
    """One kind of mark, and what a reader sees in its place."""

    sign: str
    """What every such mark has in it. Most texts do not have it, and need no search."""
    pattern: str
    seen: Callable[[re.Match[str]], str]


def _entity(match: re.Match[str]) -> str:
    from html import unescape  # its table of names is large, and few texts need it

    return unescape(match[0])


def _emphasis(match: re.Match[str]) -> str:
    """Nothing for underscores that touch a word on one side: `_shall_`, but not `snake_case` or `Name: ____`."""
    text, (start, end) = match.string, match.span()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    opens = (not before or not before.isalnum()) and after.isalnum()
    closes = before != "" and not before.isspace() and not after.isalnum()
    return "" if opens or closes else match[0]


MARKS = (
    Mark("&", r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});", _entity),
    Mark("<sup>", r"<sup>\s?\[?(\d{1,3})\]?\s?</sup>", lambda match: match[1].translate(_SUPERSCRIPT)),
    Mark("<br", r"<br\s?/?>", lambda _: "\n"),
    Mark("</", r"</?(?:a|abbr|b|em|i|mark|small|span|strong|sub|sup|u)(?:\s[^<>]{0,300})?>", lambda _: ""),
    Mark(">", r"(?m)^[ \t]{0,3}>[> \t]*", lambda _: ""),
    Mark("](", rf"\[\^?\d{{1,3}}\]{_ADDRESS}", lambda _: ""),
    Mark("](", rf"!?\[(?=[^\[\]\n]{{1,999}}\]{_ADDRESS})", lambda _: ""),
    Mark("](", rf"\]{_ADDRESS}", lambda _: ""),
    Mark("\\", r"\\(?=[!-/:-@\[-`{-~])", lambda _: ""),
    Mark("_", r"(?<!_)_{1,3}(?!_)", _emphasis),
)
"""In the order in which they are taken out."""
