"""Where the sentences of a paragraph begin, and what is none: a number, a label or marks alone."""

import re
from functools import partial

from briefing.texts import labels
from briefing.texts.enumeration import roman_value

_MORE_THAN_ONE = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\]]*\s*\S")
_QUOTES = '\u201c\u201d\u201e\u00ab\u00bb"'
# The splitter is quadratic in quotation marks left open, so what it gets at once is bounded.
_PART = re.compile(r"(?s).{1,10000}\Z|.{1,10000}[.!?] |.{1,10000} |.{1,10000}")
_ABBREVIATIONS = frozenset(word for word in labels.ALL if word.endswith("."))
_CALLED = re.compile(r"(?:\A|[\s(])([^\W\d_]{1,5}\.)\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_WORDS = frozenset(
    word.rstrip(".")
    for word in (*labels.ARTICLE, *labels.SECTION, *labels.CHAPTER, *labels.PART, *labels.ANNEX, *labels.PARAGRAPH,
                 *labels.POINT, "no", "bis", "ter", "quater")
)  # fmt: skip
_CJK_NUMBER = re.compile(r"[第条條章节節编編部款項项号〇零一二三四五六七八九十百千]+")
_CJK = "\u2e80"


def is_bare(text: str) -> bool:
    """Whether a piece of text has no word, only a number, a label or marks: `IV.`, `(a)`, `Article 5`, `* * *`."""
    if text.isdecimal():
        return True
    for match in _LETTERS.finditer(text):
        word = match[0]
        if word[0] >= _CJK:
            if not _CJK_NUMBER.fullmatch(word):
                return False
        elif len(word) > 1 and not (len(word) < 9 and roman_value(word)) and word.lower() not in _NO_WORDS:
            return False
    return True


def may_hold_several(text: str) -> bool:
    """Whether a text can hold more than one sentence."""
    return _MORE_THAN_ONE.search(text) is not None


def sentence_starts(text: str, language: str) -> list[int]:
    """Where the sentences of a paragraph begin."""
    from sentencex import segment

    original = text
    segmented = partial(segment, language.partition("-")[0].lower())
    # A quotation mark that is never closed would keep the sentences after it together.
    if text.count("\u201c") != text.count("\u201d") or text.count("\u00ab") != text.count("\u00bb") or text.count('"') % 2:  # fmt: skip
        for quote in _QUOTES:
            text = text.replace(quote, " ")
    starts = [0]
    for part in _PART.finditer(text):
        at = 0
        for piece in map(str.strip, segmented(part[0])):
            # Looked for, so that what the splitter drops or changes is not lost.
            if piece and (found := part[0].find(piece, at)) >= 0:
                if found + part.start() > starts[-1] and _may_start(text, starts[-1], part.start() + found):
                    starts.append(part.start() + found)
                at = found + len(piece)
    return [start if start == 0 else _with_quote(original, start) for start in starts]


def _may_start(text: str, last: int, start: int) -> bool:
    """Whether a sentence may begin at an offset: not after an abbreviation, nor after a number alone."""
    before = text[max(start - 40, last) : start].rstrip()
    if len(before) < 6 and not any(map(str.isalpha, before)):
        return False
    called = _CALLED.search(before)
    if called and called[1].lower() in _ABBREVIATIONS:
        return not (text[start].isdigit() or text[start] in "(IVX")
    return True


def _with_quote(text: str, start: int) -> int:
    """The offset moved back over a quotation mark that opens the sentence."""
    while start > 0 and text[start - 1] in '\u201c\u201e\u00ab"':
        start -= 1
    return start
