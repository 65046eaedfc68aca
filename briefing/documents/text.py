"""Plain text, as UTF-8."""

from briefing.documents import decoded


def to_text(data: bytes) -> str:
    """The text itself, whatever its encoding."""
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return decoded(data, "utf-16" if utf_16 else "")
