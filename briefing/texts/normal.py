"""What is alike: a text made comparable, and the way back from it to the text as it stands.

What a typesetter, a web page, pdftotext or a typist does to a text does not count: composition,
ligatures, full width and presentation forms, the shape of quotation marks, dashes and ellipses, kind
and amount of white space, invisible characters, words divided at the end of a line, note marks, white
space in scripts that have none between words, that of French before `;` and inside « », marks of
Markdown and of HTML. Letter case does count.

Patterns are text, and are compiled when they are first used: importing costs nothing.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from briefing.texts.markup import MARKS
from briefing.texts.span import Span

# Each variant is as long as what it stands for, so folding moves no offset.
_FOLDED = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc\uff07",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u2039\u203a\u300c\u300d\u300e\u300f\uff02",
    "-": "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d",
}
_ELSEWHERE = frozenset("".join(_FOLDED.values()) + "\u2026\u2014\u2015")
SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""White space of every kind, but for the plain space."""

# A pattern that begins with the characters it looks for is searched for many times faster than one that
# begins with a look back; so the look back comes second.
_PARTING_DASH = r"[\u2014\u2015\ufe58-](?:(?<=[\u2014\u2015\ufe58])|(?<!--)-{1,2}(?!-))"
_ELLIPSIS = r"[.\u2026](?:(?<=\u2026)|(?:[ \xa0]?\.){2,})"
# Soft hyphens, zero-width spaces, directional marks, the Arabic stroke that only stretches a word.
_INVISIBLE = "[\u00ad\u061c\u0640\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
JOINERS = "\u200c\u200d"
_DIVIDED = "\ufdd0"  # stands for a line's end that divides a word; no text has a use for it

# Thai and Lao, Burmese, Khmer, Chinese and Japanese: scripts with no space between words.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff"
_WORDLIKE = r"[^\W\d_]"
_AT_LINE_END = r"[ \t]*(?:\r\n|\r|\n)[ \t]*"
# A word divided at the end of a line, by a hyphen, a soft one, or what scanners make of one.
_DIVIDER = "[-\u00ad\u00ac\u2010\u2011]"
_NO_WORD = r"\s\d_.,;:!?()\"'\u00ab\u00bb\u02bc\u2018-\u201f\u2032\u2033\u2039\u203a\u300c-\u300f-"
_DIVISION = rf"{_DIVIDER}(?<=[^{_NO_WORD}]{_DIVIDER})(?:{_AT_LINE_END}){{1,4}}(?={_WORDLIKE})"
# A compound with a digit, or a number, that goes on in the next line: 2020-|2021, 83,|000.
_HYPHENS = "[-\u2010-\u2013\u2212]"
_CONTINUED = rf"{_HYPHENS}(?:(?<=\w.){_AT_LINE_END}(?=\d)|(?<=\d.){_AT_LINE_END}(?=\w))"
_CONTINUED_NUMBER = rf"[.,]{_AT_LINE_END}(?=\d\d\d\b)"
# [3], [12], [a], [*], [^1], [note 2]; superscripts after a word or a mark, but not after 10 or m; an
# asterisk or a dagger that touches a word, also where Markdown means emphasis by it.
_SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_NOTE_MARK = (
    r" ?\[(?:\d{1,3}|[a-z]|[*†‡§]+|\^[\w-]{1,40}|notes? \d{1,3})\](?!\w)"
    rf"|[{_SUPERSCRIPTS}]+(?!\w)"
    r"|[*†‡]+"
)
# The number of a point, or an initial, with no space after it: a.if, 1.Any, J.Smith; not U.S.-led, z.B., x.y.
_GLUED = r"\.(?=[^\W\d_]{2,}(?![\w.])|[aA] )"
_MARK_BEFORE = rf"(?:\A|[^\w.{_DIVIDED}-])(?:[^\W\d_]|[ivx]{{2,4}}|\d{{1,2}})\Z"
# Where superscripts are powers: after a unit, or after a number that is no year.
_BEFORE_POWERS = r"(?:\b(?:[kcm]?m|ft|mi|in|yd)|(?<!\d\d\d)\d|\b[a-z])\Z"
_UNSPACED_MARKS = "\u3001\u3002\u3008-\u3011\u3014-\u301b"
# Runs of spaces are one by then.
_SPACE_IN_UNSPACED = (
    rf" (?:(?<=[{UNSPACED}] )(?=[{UNSPACED}\w\"(])|(?<=\w )(?=[{UNSPACED}])"
    rf"|(?<=[{UNSPACED}][,.;:!?()\"] )(?=[{UNSPACED}])"
    rf"|(?<=[{_UNSPACED_MARKS}] )|(?<=[{_UNSPACED_MARKS}]\" )|(?=[{_UNSPACED_MARKS}]))"
)
# French, and thin spaces between nested marks. A mark that closes in one language opens in another: »ja«.
_OPENED = r"[\u00ab\u2039\u201c\u201e](?<![\w.,;:!?\u2026)\]].)\s+"
_CLOSED = r"[\u00bb\u203a\u201d](?<=\s.)(?!\w)"
_SPACED_MARK = r"[:;!?](?<=[^\s:;!?] .)(?![^\s\"')\]])"
_HYPHEN_IN_WORD = rf"[-{_DIVIDED}](?:(?<={_DIVIDED})|(?<={_WORDLIKE}-)(?={_WORDLIKE}))"

# Compatibility characters that only look different: not superscripts, fractions or circled numbers.
_SAME_IN_SUBSTANCE = ("<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>", "<compat>",
                      "<font>", "<vertical>", "<small>", "<square>", "<noBreak>")  # fmt: skip

compiled = cache(re.compile)  # from where `re` keeps them, patterns take ten times as long to get


class Normal:
    """A text made comparable.

    `text` has no hyphen inside a word: `hyphens` are the offsets where one was left out, and
    `divisions` those of them where a line ended, so that nobody knows whether the word has one.
    `left_out` are ranges of the raw text that do not count, such as the heads of pages.
    """

    def __init__(self, raw: str, left_out: Iterable[Span] = ()) -> None:
        self._steps: list[tuple[array[int], array[int]]] = []
        self.hyphens: array[int] = array("I")
        self.divisions: frozenset[int] = frozenset()
        self.text = raw
        self._edit((start, end, "\n") for start, end in left_out)
        for mark in MARKS:
            if mark.sign in self.text:
                self._rewrite(mark.pattern, mark.seen)
        # A short quote has nothing to fold, nearly always; that is found out in no time.
        if not (self.text.isascii() and self.text.isprintable()):
            self._fold()
        self._tidy()
        self._join_words()

    def origin(self, start: int, end: int) -> Span:
        """The raw characters that became text[start:end], which must not be empty."""
        for new, old in reversed(self._steps):
            start, end = _origin(new, old, start)[0], _origin(new, old, end - 1)[1]
        return Span(start, end)

    def offset(self, raw: int) -> int:
        """The first offset in `text` of what stands at the raw offset or after it."""
        for new, old in self._steps:
            edge = bisect_right(old, raw) - 1
            raw = new[edge] + min(raw - old[edge], self._room(new, edge))
        return raw

    @staticmethod
    def _room(new: "array[int]", edge: int) -> int:
        return new[edge + 1] - new[edge] if edge + 1 < len(new) else 1 << 62

    def _fold(self) -> None:
        """Line ends, composition, compatibility, shapes of marks and dashes, white space."""
        self._divide()
        if not self.text.isascii():
            self._rewrite(_INVISIBLE, lambda _: "")
            self._compose()
            self._rewrite(_PARTING_DASH, _parting)
            self._edit((m.start() + 1, m.end(), "") for m in compiled(_OPENED).finditer(self.text))
            self._edit((m.start() - 1, m.start(), "") for m in compiled(_CLOSED).finditer(self.text))
            for plain, variants in _FOLDED.items():
                self.text = replaced(self.text, variants, plain)
        self.text = replaced(self.text, SPACES, " ")

    def _divide(self) -> None:
        """Mark where a line's end divides a word; join numbers that go on in the next line."""
        if _DIVIDED in self.text:
            self._rewrite(_DIVIDED, lambda _: "")
        if "\n" in self.text or "\r" in self.text:
            self._rewrite(_DIVISION, lambda _: _DIVIDED)
            self._rewrite(_CONTINUED, lambda match: match[0][0])
            self._rewrite(_CONTINUED_NUMBER, _joined_number)

    def _compose(self) -> None:
        characters = set(self.text)
        alike = {c: same for c in characters if not c.isascii() and (same := _same_in_substance(c)) != c}
        for character in [c for c, same in alike.items() if len(same) == 1]:
            self.text = self.text.replace(character, alike.pop(character))
        if alike:
            self._rewrite(f"[{re.escape(''.join(alike))}]", lambda match: alike[match[0]])
        if not unicodedata.is_normalized("NFC", self.text):
            self._rewrite(_composable(self.text), lambda match: _composed(match[0]))

    def _tidy(self) -> None:
        """Dashes that part, ellipses, note marks, runs of spaces."""
        text = self.text
        if text.isascii() and "--" in text:
            self._rewrite(_PARTING_DASH, _parting)
        if ".." in text or ". ." in text or "\u2026" in text or ".\xa0." in text:
            self._join_ellipses()
        if "``" in text or "''" in text:
            self._rewrite("``|''", lambda _: '"')
        if "." in text:
            self._rewrite(_GLUED, _with_space)
        if "[" in text or "*" in text or (not text.isascii() and re.search(f"[{_SUPERSCRIPTS}†‡]", text)):
            self._rewrite(_NOTE_MARK, _without_note_mark)
        if "  " in self.text:
            self._rewrite("  +", lambda _: " ")
        if any(mark in self.text for mark in (" :", " ;", " !", " ?")):
            self._edit((m.start() - 1, m.start(), "") for m in compiled(_SPACED_MARK).finditer(self.text))
        if not text.isascii() and re.search(f"[{UNSPACED}]", text):
            self._rewrite(_SPACE_IN_UNSPACED, lambda _: "")

    def _join_ellipses(self) -> None:
        """Write every ellipsis in one way, with no space before it."""
        text = self.text
        edits = []
        for match in compiled(_ELLIPSIS).finditer(text):
            start, end = match.span()
            has_space = start > 0 and text[start - 1] in " \xa0"
            edits.append((start - has_space, end, "..."))
        self._edit(edits)

    def _join_words(self) -> None:
        """Leave the hyphens inside words out, and note where they were."""
        if "-" not in self.text and _DIVIDED not in self.text:
            return
        divisions = []
        for left_out, match in enumerate(compiled(_HYPHEN_IN_WORD).finditer(self.text)):
            self.hyphens.append(match.start() - left_out)
            if match[0] == _DIVIDED:
                divisions.append(match.start() - left_out)
        self.divisions = frozenset(divisions)
        self._rewrite(_HYPHEN_IN_WORD, lambda _: "")

    def with_hyphens(self, start: int, end: int) -> str:
        """text[start:end] with the hyphens inside words, for people to read."""
        edges = [start, *(at for at in self.hyphens_in(start, end) if at not in self.divisions), end]
        return "-".join(self.text[one:other] for one, other in pairwise(edges))

    def hyphens_in(self, start: int, end: int) -> "array[int]":
        """The offsets of the hyphens left out strictly inside text[start:end]."""
        return self.hyphens[bisect_right(self.hyphens, start) : bisect_left(self.hyphens, end)]

    def _rewrite(self, pattern: str, rewritten: Callable[[re.Match[str]], str]) -> None:
        """Replace every match."""
        matches = compiled(pattern).finditer(self.text)
        self._edit((match.start(), match.end(), rewritten(match)) for match in matches)

    def _edit(self, edits: Iterable[tuple[int, int, str]]) -> None:
        """Replace ranges, in order, and note the offsets of their two edges, after and before."""
        pieces: list[str] = []
        new, old = array("I", [0]), array("I", [0])
        at = done = 0
        for start, end, piece in edits:
            pieces += self.text[done:start], piece
            at += start - done + len(piece)
            new.extend((at - len(piece), at))
            old.extend((start, end))
            done = end
        if pieces:
            self.text = "".join([*pieces, self.text[done:]])
            self._steps.append((new, old))


_SHORT = 64  # words and short sentences come again and again


def folded(text: str) -> str:
    """A text made comparable, without the way back; hyphens inside words stay out."""
    return _folded_short(text) if len(text) < _SHORT else _folded(text)


def _folded(text: str) -> str:
    return Normal(text).text.strip()


_folded_short = lru_cache(1 << 13)(_folded)


def words_of(text: str) -> Iterator[str]:
    """The words of a text made comparable."""
    yield from re.findall(r"\w+", folded(text))


def replaced(text: str, variants: str, plain: str) -> str:
    """The text with each of the variants replaced by one character."""
    # Many times faster than str.translate on a long text.
    for variant in variants:
        text = text.replace(variant, plain)
    return text


def extends(character: str) -> bool:
    """Whether it belongs to the character before it: an accent, a vowel sign, a joiner."""
    return unicodedata.category(character)[0] == "M" or character in JOINERS


def _origin(new: "array[int]", old: "array[int]", at: int) -> tuple[int, int]:
    """The old edges of the character at a new offset: of the whole match, if that changed size."""
    edge = bisect_right(new, at) - 1
    if edge + 1 < len(new) and new[edge + 1] - new[edge] != old[edge + 1] - old[edge]:
        return old[edge], old[edge + 1]
    start = old[edge] + at - new[edge]
    return start, start + 1


def _parting(match: re.Match[str]) -> str:
    """A dash that parts is a dash between spaces; between digits it joins like any other."""
    text, (start, end) = match.string, match.span()
    between_digits = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
    return "-" if between_digits else " - "


def _joined_number(match: re.Match[str]) -> str:
    """83,|000 is one number; in 2023,|114 two meet."""
    before = match.string[max(match.start() - 24, 0) : match.start()]
    return match[0][0] if re.search(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})*\Z", before) else match[0]


def _with_space(match: re.Match[str]) -> str:
    """The point of a number or an initial with a space after it."""
    before = match.string[max(match.start() - 6, 0) : match.start()]
    return ". " if re.search(_MARK_BEFORE, before) else "."


def _without_note_mark(match: re.Match[str]) -> str:
    """Nothing for a note mark; what only looks like one stays."""
    text, (start, end) = match.string, match.span()
    before = text[max(start - 4, 0) : start]
    if match[0][0] in "*†‡":  # also where Markdown means emphasis: it touches a word on one side
        after = text[end : end + 1]
        touches = (before and not before[-1].isspace()) or (after and not after.isspace())
        return "" if touches and not (before[-1:].isdigit() and after.isdigit()) else match[0]
    if match[0].strip()[0] == "[":
        return match[0] if before[-1:] in ("", " ", "[", "(") else ""
    return match[0] if not before.strip() or re.search(_BEFORE_POWERS, before) else ""


@cache
def _same_in_substance(character: str) -> str:
    """What a compatibility character stands for, where that is the same in another shape."""
    tag, _, rest = unicodedata.decomposition(character).partition(" ")
    folded_elsewhere = character in _ELSEWHERE or character.isspace()
    if tag not in _SAME_IN_SUBSTANCE or folded_elsewhere or rest.startswith("0020"):
        return character
    return unicodedata.normalize("NFKC", character)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _composable(text: str) -> str:
    """A pattern for all that NFC may change in this text: a character with marks, or alone."""
    characters = set(text)
    marks = "".join(c for c in characters if extends(c) or "\u1160" <= c <= "\u11ff")
    others = "".join(c for c in characters if _composed(c) != c)
    patterns = [rf"(?s:[^{marks}])?[{marks}]+"] if marks else []
    return "|".join([*patterns, f"[{others}]"] if others else patterns)
