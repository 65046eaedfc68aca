"""Headings, as a line has them: `Article 5 – Fees`, `Artículo 5.- Cuota. Las partes…`, `第五条（费用）`, `## Fees`."""

import re
from typing import Literal, NamedTuple

from briefing.texts import labels
from briefing.texts.enumeration import CJK_NUMERALS, ROMAN, cjk_value, mark_at, ordinal_value, roman_value
from briefing.texts.lines import is_ended

Kind = Literal["article", "section", "chapter", "part", "annex", "preamble", "title"]

LONGEST_TITLE = 120
"""How many characters a title has at most."""
_LONGEST_PLAIN_TITLE = 80
_LONGEST_HEADING = 200

WORDS: dict[str, Kind] = {
    **dict.fromkeys(labels.PART, "part"),
    **dict.fromkeys(labels.SECTION, "section"),
    **dict.fromkeys(labels.CHAPTER, "chapter"),
    **dict.fromkeys(labels.ANNEX, "annex"),
    **dict.fromkeys(labels.PREAMBLE, "preamble"),
    **dict.fromkeys(labels.ARTICLE, "article"),
}
"""The kind of part that a word names."""

CJK_KINDS: dict[str, Kind] = {
    **dict.fromkeys("条條", "article"),
    **dict.fromkeys("节節", "section"),
    "章": "chapter",
    **dict.fromkeys("编編部", "part"),
}
_CJK_ANNEX = re.compile(
    rf"(?:附件|附录|附錄|附則|附则|附表|別表|别表|議定書|议定书) ?第?(?P<number>[0-9０-９{CJK_NUMERALS}]{{0,8}})(?=\s|\Z|[（(：:])"
)
_CJK_PREAMBLE = ("前文", "序言", "前言")
CJK = re.compile(rf"第 ?([0-9０-９{CJK_NUMERALS}]{{1,8}}) ?([条條章节節编編部])")
"""The number of a part in Chinese and Japanese: `第五条`."""

_MARKDOWN = re.compile(r"(?:#{1,6}(?=[ \t#])[ \t]*|#{2,6}|>[ \t]*|\*\*|__)*")
_WORD = re.compile(r"[^\W\d_]{1,20}\.?|§{1,2}")
_NUMBER = re.compile(
    rf"[ \t\xa0]*\(?(?P<number>\d{{1,4}}(?:\.\d{{1,3}})*(?:[ ]?(?:bis|ter|quater)\b|[a-zA-Z]\b)?|{ROMAN}(?![\w])"
    r"|[A-Z](?!\w))\)?(?:\.?[º°ª]|er\b|-?я\b)?"
)
_ORDINAL = re.compile(r"[ \t\xa0]+([^\W\d_]{2,12})")
_SEPARATOR = re.compile(r"[ \t\xa0]*[.:\u2010-\u2015-]+[ \t\xa0]*|[ \t\xa0]+|\Z|\*+")
_IN_BRACKETS = re.compile(
    r"[(（【](?P<title>[^()（）【】]{2,80})[)）】][.:]?(?=\s|\Z|(?<=[）】]))\s*(?:[-\u2013\u2014]\s*)?"
)
_RUN_IN = re.compile(
    r"(?P<title>[^.:!?;,]{2,80}?)(?P<mark>[.:]\s*[-\u2013\u2014]+\s*|[.:]\s+|\s[\u2013\u2014]\s)(?=\S)"
)
_VERBS = frozenset((
    "shall", "may", "must", "will", "is", "are", "was", "were", "has", "have", "can", "should",
    "applies", "apply", "does", "do", "deberá", "deberán", "podrá", "podrán", "es", "son", "será",
    "serán", "tiene", "tienen", "doit", "doivent", "peut", "peuvent", "est", "sont", "sera", "seront",
    "muss", "müssen", "kann", "können", "ist", "sind", "soll", "sollen", "wird", "werden", "darf",
    "dürfen", "hat", "haben", "deve", "devono", "può", "possono", "è", "sono", "devem", "pode", "podem",
    "é", "são", "должен", "должна", "должны", "может", "могут", "является",
))  # fmt: skip
_DETERMINERS = frozenset((
    "the", "a", "an", "each", "every", "any", "no", "all", "this", "these", "el", "la", "los", "las",
    "un", "una", "cada", "todo", "todos", "le", "les", "une", "chaque", "tout", "der", "die", "das",
    "ein", "eine", "jede", "jeder", "lo", "gli", "i", "il", "o", "os", "as", "um", "uma",
))  # fmt: skip


class Head(NamedTuple):
    """A heading as a line has it; offsets are counted from the start of the line."""

    kind: Kind
    number: str
    end: int
    """Where the heading ends."""
    runs_in: bool = False
    """Whether text follows it on the line."""
    certain: bool = False
    """Whether it is a heading wherever it stands: Markdown says so, or the script."""
    is_bare: bool = False
    """Whether it has no title on its line."""
    closed: bool = False
    """Whether its title ends like a sentence, so that it is one only where text follows."""


def markdown_prefix(text: str) -> int:
    """How many characters of Markdown a line begins with: `## `, `> `, `**`."""
    if text[0] not in "#*_>":
        return 0
    match = _MARKDOWN.match(text)
    return match.end() if match and match.end() < len(text) else 0


def head_of(text: str) -> Head | None:
    """The heading that a line has, if it has one."""
    first = text[0]
    if first.islower():
        return None
    start = markdown_prefix(text)
    hashes = first == "#" and start > 0
    if first >= "\u2e80" or text[start] >= "\u2e80":
        return _in_cjk(text, start)
    word = _WORD.match(text, start)
    if word and (kind := _kind(word[0])) and (head := _named(text, word, kind, start > 0)):
        return head._replace(certain=hashes)
    if hashes and len(text) - start <= LONGEST_TITLE:
        return Head("title", "", len(text), certain=True)
    return None


def _kind(word: str) -> Kind | None:
    lower = word.lower()
    return WORDS.get(lower) or WORDS.get(lower.rstrip("."))


def _named(text: str, word: re.Match[str], kind: Kind, marked: bool) -> Head | None:
    """The heading that begins with such a word as `Article`."""
    if word[0][0].islower():
        return None
    end = len(text.rstrip("*_# "))
    rest = text[word.end() : end].strip(" \t.:*_") if end - word.end() < _LONGEST_HEADING else "x"
    if kind in ("preamble", "annex") and not rest:
        return Head(kind, "", len(text), is_bare=True)
    if kind == "preamble":
        return None
    match = _NUMBER.match(text, word.end())
    if match:
        number, at = _ascii(match["number"]), match.end()
        if word[0] == "§" and text[at - 1] in "º°":
            # `§ 1º` is a paragraph of an article.
            return None
    elif (ordinal := _ORDINAL.match(text, word.end())) and ordinal_value(ordinal[1]):
        number, at = str(ordinal_value(ordinal[1])), ordinal.end()
    else:
        return None
    if text[at : at + 1] == "(" and not text[:end].endswith(")"):
        return None
    return _titled(text, Head(kind, number, at), end, marked)


def _ascii(number: str) -> str:
    return str(int(number)) if number.isdecimal() and not number.isascii() else number


def _titled(text: str, head: Head, end: int, marked: bool) -> Head | None:
    """The heading whose number ends at `head.end`, by what follows on the line."""
    at = head.end
    if not text[at:end].strip("*_# .:-\u2013\u2014"):
        return head._replace(end=len(text), is_bare=True)
    separator = _SEPARATOR.match(text, at, end)
    if not separator:
        return None
    at = separator.end()
    title = text[at:end].rstrip()
    if (bracket := _IN_BRACKETS.match(title)) and _is_named(bracket["title"]):
        end_of_title = bracket.end()
        if title[end_of_title : end_of_title + 1].islower():
            return None
        return _after(text, head, title, at, end_of_title)
    if (mark := mark_at(title)) and mark.label[0].isdigit() and title[mark.end : mark.end + 1].isupper():
        return head._replace(end=at, runs_in=True, is_bare=True)
    if not separator[0].strip():
        return _plainly_titled(text, head, title, marked)
    if _is_short(title) and title[0].isalpha():
        return head._replace(end=len(text))
    if title[0].islower():
        return None
    run = _run_in(title)
    if run == len(title):
        return head._replace(end=len(text), closed=True)
    return _after(text, head, title, at, run)


def _after(text: str, head: Head, title: str, at: int, run: int) -> Head:
    """The heading with a title that is the first part of what follows its number."""
    if run >= len(title):
        return head._replace(end=len(text))
    return head._replace(end=at + run, runs_in=True)


def _plainly_titled(text: str, head: Head, title: str, marked: bool) -> Head | None:
    """`Article 5 Fees`: without a mark between them only what looks like a title is one."""
    if not title[0].isupper() and title[0] != "(":
        return None
    if _is_short(title) and (marked or len(title) <= _LONGEST_PLAIN_TITLE):
        return head._replace(end=len(text))
    # `Article 5 The parties…`, `Art. 5º As Partes…`: no sentence goes on with such a capital after a number.
    starts = text[head.end - 1] in "º°" or title.split(None, 1)[0].lower() in _DETERMINERS
    return head._replace(runs_in=True, is_bare=True) if starts and title[0] != "(" else None


def _is_short(title: str) -> bool:
    return len(title) <= LONGEST_TITLE and title[-1] not in ".;:,!?" and not title[0].islower()


def _is_named(title: str) -> bool:
    """Whether brackets hold a title, and not a number."""
    return any(map(str.isalpha, title)) and not (len(title) < 5 and (len(title) < 2 or roman_value(title)))


def _run_in(text: str) -> int:
    """How much of the text after a number is a title; all of it where it may be one that ends with a stop."""
    match = _RUN_IN.match(text)
    if match is None:
        title = text[:-1]
        only = text[-1] == "." and len(title) <= LONGEST_TITLE and "." not in title
        return len(text) if only and _looks_like_title(title) else 0
    after = text[match.end()]
    if after.islower() and ":" not in match["mark"]:
        return 0
    return match.end() if _looks_like_title(match["title"]) else 0


def _looks_like_title(title: str) -> bool:
    """Whether some words are a title and not a sentence: few, and none of them a verb."""
    words = title.lower().split()
    if title.isupper():
        return True
    if len(words) > 8 or not any(len(word) > 2 for word in words) or _VERBS.intersection(words):
        return False
    return words[0] not in _DETERMINERS or len(words) <= 2


def _in_cjk(text: str, start: int) -> Head | None:
    """The heading of a line in Chinese characters."""
    if match := CJK.match(text, start):
        return _cjk_head(text, match)
    if text[start:] in _CJK_PREAMBLE:
        return Head("preamble", "", len(text), certain=True, is_bare=True)
    if (match := _CJK_ANNEX.match(text, start)) and len(text) <= LONGEST_TITLE and not is_ended(text):
        number = str(cjk_value(match["number"])) if match["number"] else ""
        return Head("annex", number, len(text), certain=True, is_bare=match.end() == len(text))
    if start and text[0] == "#" and len(text) - start <= LONGEST_TITLE:
        return Head("title", "", len(text), certain=True)
    return None


def _cjk_head(text: str, match: re.Match[str]) -> Head | None:
    """The heading `第五条`, with the title or the text on its line, if any."""
    head = Head(CJK_KINDS[match[2]], str(cjk_value(match[1])), match.end(), certain=True)
    rest = text[match.end() :]
    if not rest.strip():
        return head._replace(end=len(text), is_bare=True)
    if not rest[0].isspace() and rest[0] not in "（(：:【*":
        return None
    at = match.end() + len(rest) - len(rest.lstrip())
    if (bracket := _IN_BRACKETS.match(rest.lstrip())) and _is_named(bracket["title"]):
        end = at + bracket.end()
        return head._replace(end=end, runs_in=end < len(text))
    if len(rest) <= 40 and not is_ended(rest):
        return head._replace(end=len(text))
    return head._replace(runs_in=True, is_bare=True)


def is_contents_entry(text: str) -> bool:
    """Whether a line is one of a table of contents: `Article 5 ........ 12`."""
    if len(text) > _LONGEST_HEADING or not (text[-1].isdigit() or text[-1] in "ivxlc"):
        return False
    before = text.rstrip("0123456789") if text[-1].isdigit() else text.rstrip("ivxlc")
    title = before.rstrip(" .\u2026\t")
    leader = before[len(title) :]
    return bool(title) and (
        leader.count(".") >= 3 or leader.count("\u2026") >= 2 or "\t" in leader or len(leader) >= 4
    )
