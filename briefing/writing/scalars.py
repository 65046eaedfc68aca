"""Strangers' text as YAML: a value that is read back as it was, a comment that stays one."""

import re

from briefing.texts.normal import JOINERS

_ESCAPED = {'"': '\\"', "\\": "\\\\"}


def quoted(text: str) -> str:
    """The text in double quotes on one line, however long; what an editor cannot show is an escape."""
    return f'"{"".join(map(_in_quotes, text))}"'


def _in_quotes(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    if character.isprintable() or character in JOINERS:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def remark(text: str, most: int = 0) -> str:
    """The text for a comment: one line that no terminal obeys; of at most `most` characters, if that is given."""
    if most:
        text = text[: 4 * most]  # no more than that is looked at, however long the text
    line = re.sub(r"\s+", " ", text).strip()
    if most and len(line) > most:
        line = f"{line[: most - 1].rstrip()}…"
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() or c in JOINERS else ascii(c)[1:-1] for c in line)
