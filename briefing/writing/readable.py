"""A passage of a text as a person would copy it: on one line, words joined, nothing invisible."""

import re

_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_END = r"[ \t]*(?:\r\n|\r|\n)[ \t]*"
_DIVIDED = re.compile(rf"(?<=[^\W\d_])[-\u00ad\u2010]{_LINE_END}(?=[^\W\d_])")
# 2020-|2021, 83,|000: what ends the line is kept.
_CONTINUED = re.compile(rf"(?<=\w[.,\-\u2010-\u2013]){_LINE_END}(?=\d)")


def on_one_line(raw: str) -> str:
    """The passage on one line."""
    if "\n" in raw or "\r" in raw:
        raw = _CONTINUED.sub("", _DIVIDED.sub("", raw))
    return " ".join(_INVISIBLE.sub("", raw).split())
