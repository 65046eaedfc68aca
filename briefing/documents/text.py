"""Plain text, decoded."""

from briefing.documents import decoded


def to_text(data: bytes) -> str:
    """The text itself: UTF-16 with its mark, UTF-8, or else what Windows writes."""
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return decoded(data, "utf-16" if utf_16 else "")
