"""How a text is built: its articles, paragraphs, points and sentences, and the place of each.

A text is read line by line. A line is a heading, begins a paragraph or a point, or goes on with
what the line before began. Whether a number is one is decided by the sequence it stands in.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from briefing.texts import labels
from briefing.texts.pages import furniture, outside
from briefing.texts.span import Span

Kind = Literal["article", "section", "chapter", "part", "annex", "preamble", "title"]

_SHORT = {"article": "Art.", "section": "Sec.", "chapter": "Ch.", "part": "Part", "annex": "Annex"}
_PREAMBLE, _TESTIMONIUM = "Preamble", "Testimonium"
_LONGEST_TITLE = 120
_LONG_LINE = 150
_PROSE_LINE = 50

_WORDS: dict[str, Kind] = {
    **dict.fromkeys(labels.PART, "part"),
    **dict.fromkeys(labels.SECTION, "section"),
    **dict.fromkeys(labels.CHAPTER, "chapter"),
    **dict.fromkeys(labels.ANNEX, "annex"),
    **dict.fromkeys(labels.PREAMBLE, "preamble"),
    **dict.fromkeys(labels.ARTICLE, "article"),
}
_CJK_KINDS: dict[str, Kind] = {
    **dict.fromkeys("条條", "article"),
    **dict.fromkeys("节節款", "section"),
    "章": "chapter",
    **dict.fromkeys("编編部", "part"),
}
_CJK_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CJK_UNITS = {"十": 10, "百": 100, "千": 1000}
_ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        (
            "first primero primera premier première primeiro primeira primo erster первая الأولى one",
            "second segundo segunda deuxième secondo zweiter вторая الثانية two",
            "third tercero tercera troisième terceiro terzo dritter третья الثالثة three",
            "fourth cuarto cuarta quatrième quarto vierter четвертая الرابعة four",
            "fifth quinto quinta cinquième fünfter пятая الخامسة five",
        ),
        1,
    )
    for word in words.split()
}

_LINE = re.compile(r"\S[^\r\n\f]*")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_MARKDOWN = re.compile(r"(?:#{1,6}(?=[ \t#])[ \t]*|#{2,6}|>[ \t]*|\*\*|__)*")
_WORD = re.compile(r"[^\W\d_]+\.?|§+")
_ROMAN = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_NUMBER = re.compile(
    rf"[ \t\xa0]*\(?(?P<number>\d{{1,4}}(?:\.\d{{1,3}})*(?:[ ]?(?:bis|ter|quater)\b|[a-zA-Z]\b)?|{_ROMAN}(?![\w])"
    r"|[A-Z](?!\w))\)?(?:[º°ª]|er\b|-?я\b)?"
)
_SEPARATOR = re.compile(r"[ \t\xa0]*[.:\u2010-\u2015-]+[ \t\xa0]*|[ \t\xa0]+|\Z|\*+")
_CJK = re.compile(r"第 ?([0-9０-９〇零一二三四五六七八九十百千两]{1,8}) ?([条條章节節编編部款])")
_MARK = re.compile(
    r"(?P<open>[(（])?(?:(?P<digits>\d{1,3}(?:\.\d{1,3}){0,3})|(?P<lower>[a-z]{1,6})|(?P<upper>[A-Z]{1,5}))"
    r"(?P<bis> ?bis| ?ter)?(?P<close>[.)）]{1,2}|(?<=\d\.\d)(?=[ \t])|(?=[ \t]{2,}|\t))(?P<gap>[ \t\xa0]*)"
)
_BULLET = re.compile(r"[-*\u2022\u2013\u2014\u25cf\u25aa][ \t\xa0]+(?=\S)")
_ENDED = re.compile(r"[.!?:;\u2026\u3002\uff01\uff1f\uff1b\uff1a][\"'\u201d\u2019\u00bb)\]*_]*\Z")
_STOPPED = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\]*_]*\Z")
_JOINED = re.compile(r"(?:[,\-]|\b(?:and|or|y|o|et|ou|und|oder|e|и|или))\Z")
_CLOSING = re.compile(
    r"(?i:in witness whereof|in faith whereof|done (?:at|in)\b|en fe de lo cual|hecho en\b|en foi de quoi|fait à\b"
    r"|geschehen zu\b|zu urkund dessen|em fé do que|in fede di che|fatto a\b|в удостоверение|совершено в\b|以昭信守)"
)
_FIELD_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\u00bb)\]]*\s*\S")
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"  # fmt: skip
_QUOTES = '\u201c\u201d\u201e\u00ab\u00bb"'
# The splitter is quadratic in quotation marks left open, so what it gets at once is bounded.
_PART = re.compile(r"(?s).{1,10000}\Z|.{1,10000}[.!?] |.{1,10000} |.{1,10000}")
_ABBREVIATIONS = frozenset(word for word in labels.ALL if word.endswith("."))
_CALLED = re.compile(r"(?:\A|[\s(])([^\W\d_]{1,5}\.)\Z")


class Sentence(NamedTuple):
    """A sentence of prose, or an enumerated point with its number folded in; numbers from 1."""

    number: int
    paragraph: int
    start: int
    end: int
    text: str
    place: str


class Heading(NamedTuple):
    """A heading with its title, where it has one."""

    start: int
    end: int
    kind: Kind
    number: str
    text: str


class Position(NamedTuple):
    """Where an offset is, as an editor counts: from 1, columns in code points."""

    line: int
    column: int


class _Line(NamedTuple):
    start: int
    end: int
    blank: bool  # whether a blank line is before it
    page: bool  # whether a page ended before it


class _Mark(NamedTuple):
    style: str  # what it looks like: "(a)", "1."
    label: str
    value: int
    roman: int
    end: int  # where the text after it begins


class _Level(NamedTuple):
    style: str
    label: str
    value: int


class _Block(NamedTuple):
    """A heading, paragraph or point."""

    start: int
    end: int
    text: int  # where its text begins, after the number
    path: tuple[str, ...]
    part: int
    heading: bool


class _Part(NamedTuple):
    """What a heading begins: an article, an annex, the preamble."""

    start: int
    kind: Kind
    number: str
    label: str
    annex: str


class Structure:
    """How one text is built. Everything is found when it is first asked for."""

    def __init__(self, raw: str, language: str = "en") -> None:
        self.raw = raw
        self.language = language

    @cached_property
    def furniture(self) -> tuple[Span, ...]:
        """What pages added to the text."""
        return furniture(self.raw)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs and points, numbered from 1; headings are none."""
        return tuple([Span(block.start, block.end) for block in self._texts])

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in order."""
        return tuple(self._built.headings)

    @cached_property
    def has_articles(self) -> bool:
        """Whether the text has articles."""
        return any(part.kind == "article" for part in self._built.parts)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The units of the text: all that is visible lies in one, in a heading, or in furniture."""
        flat = self.raw
        for space in _SPACES:
            flat = flat.replace(space, " ")
        found: list[Sentence] = []
        for number, block in enumerate(self._texts, 1):
            place = self._place(block, number)
            for start, end in pairwise(self._edges(flat, block)):
                piece = self.raw[start:end]
                if not (visible := piece.strip()):
                    continue
                start += len(piece) - len(piece.lstrip())
                end = start + len(visible)
                found.append(Sentence(len(found) + 1, number, start, end, self._text(start, end), place))
        return tuple(found)

    def place(self, offset: int) -> str:
        """The place of a raw offset: `Art. 5(1)(b)`, `Preamble`, `Annex II, ¶3`, else `¶4`."""
        blocks = self._built.blocks
        if not blocks:
            return "¶1"
        at = max(bisect_right(self._block_starts, offset) - 1, 0)
        return self._place(blocks[at], self._numbers[at])

    def article(self, offset: int) -> str:
        """The article, annex or other part at a raw offset; empty in a text that has none."""
        blocks = self._built.blocks
        if not blocks:
            return ""
        return self._built.parts[blocks[max(bisect_right(self._block_starts, offset) - 1, 0)].part].label

    def position(self, offset: int) -> Position:
        """Line and column of a raw offset; a line break belongs to the line that it ends."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph at a raw offset, from 1."""
        return max(bisect_right(self._paragraph_starts, offset), 1)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence at a raw offset, or the one before it; at the start the first.

        Raises IndexError where the text has no sentence.
        """
        return self.sentences[max(bisect_right(self.sentences, offset, key=lambda s: s.start) - 1, 0)]

    def unused(self, spans: Iterable[tuple[int, int]]) -> tuple[Sentence, ...]:
        """The sentences that no span touches, in order."""
        sentences = self.sentences
        # How many spans begin to cover, less how many cease to cover, at each sentence.
        changes = [0] * (len(sentences) + 1)
        for start, end in spans:
            first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
            last = bisect_left(sentences, end, key=lambda sentence: sentence.start)
            if first < last:
                changes[first] += 1
                changes[last] -= 1
        return tuple(s for s, depth in zip(sentences, accumulate(changes), strict=False) if not depth)

    def within(self, locator: str) -> tuple[Span, ...] | None:
        """The parts of the text that a locator names.

        Empty where the text has parts of that kind but not that one; None where the locator names
        what the structure of this text cannot judge.
        """
        parts = self._built.parts
        labelled = [at for at, part in enumerate(parts) if part.label and _same(part.label, locator.strip())]
        if labelled:  # as `place` writes it
            return tuple(span for at in labelled for span in self._within_part(at, ()))
        wanted = _parsed(locator)
        if wanted is None:
            return None
        if wanted.paragraph:
            return self._counted(wanted.paragraph)
        kinds = {kind for kind, _ in wanted.parts}
        if not all(any(part.kind == kind for part in parts) for kind in kinds):
            return None
        annex = next((number for kind, number in wanted.parts if kind == "annex"), None)
        kind, number = wanted.parts[-1]
        found = [
            at
            for at, part in enumerate(parts)
            if (part.kind == kind and (not number or _same(part.number, number)))
            or (kind == "annex" and part.annex and _same(part.annex, number))
        ]
        if annex is not None:
            found = [at for at in found if parts[at].kind == "annex" or _same(parts[at].annex, annex)]
        return tuple(span for at in found for span in self._within_part(at, wanted.path))

    def _counted(self, number: int) -> tuple[Span, ...]:
        return (self.paragraphs[number - 1],) if 0 < number <= len(self.paragraphs) else ()

    def _within_part(self, part: int, path: tuple[str, ...]) -> list[Span]:
        """The range of a part of the text, or of one paragraph or point in it."""
        blocks = self._built.blocks
        first = bisect_left(blocks, part, key=lambda block: block.part)
        last = bisect_right(blocks, part, key=lambda block: block.part)
        own = blocks[first:last]
        if path and path[0].isdigit() and not any(b.path and b.path[0].isdigit() for b in own):
            # Its paragraphs have no numbers: they are counted.
            bare = [block for block in own if not block.heading and not block.path]
            if int(path[0]) > len(bare):
                return []
            if len(path) == 1:
                return [Span(*bare[int(path[0]) - 1][:2])]
            path = path[1:]
        chosen = [block for block in own if block.path[: len(path)] == path]
        return [Span(chosen[0].start, chosen[-1].end)] if chosen else []

    @cached_property
    def _built(self) -> "_Built":
        return _Builder(self.raw, self.furniture).built()

    @cached_property
    def _texts(self) -> list[_Block]:
        return [block for block in self._built.blocks if not block.heading]

    @cached_property
    def _numbers(self) -> list[int]:
        """For each block the number of the paragraph that it is, or that follows it."""
        return [n + b.heading for n, b in zip(accumulate(not b.heading for b in self._built.blocks), self._built.blocks, strict=True)]  # fmt: skip

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self._built.blocks]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [block.start for block in self._texts]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.raw))]

    @cached_property
    def _first_in_part(self) -> dict[int, int]:
        """For each part the number of its first paragraph."""
        first: dict[int, int] = {}
        for number, block in enumerate(self._texts, 1):
            first.setdefault(block.part, number)
        return first

    def _place(self, block: _Block, number: int) -> str:
        part = self._built.parts[block.part]
        if not part.label:
            return f"¶{number}"
        if block.path:
            return part.label + "".join(f"({label})" for label in block.path)
        if block.heading or part.kind in ("article", "section", "preamble", "title"):
            return part.label
        return f"{part.label}, ¶{number - self._first_in_part[block.part] + 1}"

    def _text(self, start: int, end: int) -> str:
        if not self.furniture:
            return self.raw[start:end]
        pieces = [self.raw[slice(*piece)] for piece in outside(Span(start, end), self.furniture)]
        return " ".join(pieces) if len(pieces) > 1 else self.raw[start:end]

    def _edges(self, flat: str, block: _Block) -> list[int]:
        """Where the sentences of a paragraph begin, and where the last of them ends."""
        text = flat[block.text : block.end]
        if not _FIELD_END.search(text):
            return [block.start, block.end]
        for start, end in self._furniture_in(block):
            text = text[: start - block.text] + " " * (end - start) + text[end - block.text :]
        starts = [block.text + start for start in _sentence_starts(text, self.language)]
        return [block.start, *starts[1:], block.end]

    def _furniture_in(self, block: _Block) -> Iterator[Span]:
        at = bisect_left(self.furniture, block.text, key=lambda span: span.start)
        while at < len(self.furniture) and self.furniture[at].end <= block.end:
            yield self.furniture[at]
            at += 1


class _Built(NamedTuple):
    blocks: list[_Block]
    headings: list[Heading]
    parts: list[_Part]


class _Head(NamedTuple):
    """A heading as a line has it."""

    kind: Kind
    number: str
    end: int  # where the heading ends on its line
    runs_in: bool  # whether text follows it on the line


class _Builder:
    """Reads the lines of a text once and builds its blocks."""

    def __init__(self, raw: str, pages: Sequence[Span]) -> None:
        self.raw = raw
        self.lines = list(_lines(raw, pages))
        self.width, self.wrapped = _wrapping(raw, self.lines)
        self.blank = any(line.blank for line in self.lines[1:])
        self.marks = [_mark(raw, line) for line in self.lines]
        self.heads = [self._head(at) for at in range(len(self.lines))]
        self.articles = any(head and head.kind == "article" for head in self.heads)
        self.blocks: list[_Block] = []
        self.headings: list[Heading] = []
        self.parts = [_Part(0, "title", "", "", "")]
        self.levels: list[_Level] = []
        self.carried: dict[str, int] = {}
        self.next_marks, self.seconds = self._following()

    def built(self) -> _Built:
        """The blocks, headings and parts of the text."""
        at = self._opening()
        while at < len(self.lines):
            head = self.heads[at]
            if head:
                at = self._take_heading(at, head)
            else:
                self._take_line(at)
                at += 1
        return _Built(self.blocks, self.headings, self.parts)

    def _line_text(self, at: int) -> str:
        return self.raw[self.lines[at].start : self.lines[at].end]

    def _following(self) -> tuple[list[_Mark | None], dict[tuple[str, bool], int]]:
        """For each line the next mark of its style, and for each style the last line with a second item."""
        last: dict[str, _Mark] = {}
        seconds: dict[tuple[str, bool], int] = {}
        found: list[_Mark | None] = [None] * len(self.lines)
        for at in range(len(self.lines) - 1, -1, -1):
            if mark := self.marks[at]:
                found[at] = last.get(mark.style)
                last[mark.style] = mark
                if mark.value == 2:
                    seconds.setdefault((mark.style, False), at)
                if mark.roman == 2:
                    seconds.setdefault((mark.style, True), at)
        return found, seconds

    def _opening(self) -> int:
        """Take the title of a text with articles, and begin its preamble; the first line after."""
        first = next((n for n, head in enumerate(self.heads) if head and head.kind != "title"), None)
        if not self.articles or first is None or self.heads[first].kind in ("preamble", "annex"):  # type: ignore[union-attr]
            return 0
        at = 0
        while at < min(first, 6) and (self.heads[at] or self._is_title(at)):
            line = self.lines[at]
            self._add_heading(line.start, line.end, "title", "")
            at += 1
        if at < first:
            self.parts.append(_Part(self.lines[at].start, "preamble", "", _PREAMBLE, ""))
        return at

    def _is_title(self, at: int) -> bool:
        """Whether a line looks like a title: short, unended, and ended on purpose."""
        text = self._line_text(at).rstrip("*_# ")
        if not text or len(text) > _LONGEST_TITLE or _ENDED.search(text) or text[-1] == "," or self.marks[at]:
            return False
        if at + 1 >= len(self.lines):
            return False
        after = self.lines[at + 1]
        if self.heads[at + 1] or after.blank or self.marks[at + 1]:
            return True
        return self._is_deliberate(at + 1) and not self._line_text(at + 1)[0].islower()

    def _is_deliberate(self, at: int) -> bool:
        """Whether the break before a line was made on purpose: the next word would have fitted."""
        if not self.wrapped:
            return True
        line, before = self.lines[at], self.lines[at - 1]
        word = self.raw[line.start : line.end].split(None, 1)[0]
        return before.end - before.start + 1 + len(word) < self.width

    def _breaks(self, at: int) -> bool:
        """Whether a new paragraph may begin at a line."""
        line = self.lines[at]
        if at == 0 or self.heads[at - 1]:
            return True
        before = self.raw[max(self.lines[at - 1].end - 40, self.lines[at - 1].start) : self.lines[at - 1].end]
        lower = self.raw[line.start].islower()
        if line.blank:
            return True
        ended = _ENDED.search(before)
        if lower and not ended:
            return False
        if self.wrapped or line.page:
            return bool(ended or self.raw[line.start].isupper()) and not line.page and self._is_short(at)
        length = self.lines[at - 1].end - self.lines[at - 1].start
        if length >= _PROSE_LINE and before[-1].islower():
            return False
        long = length > _LONG_LINE
        return not self.blank or long or not _STOPPED.search(before)

    def _is_short(self, at: int) -> bool:
        before = self.lines[at - 1]
        if not self.wrapped:
            return True
        return before.end - before.start < self.width * 0.75 and self._is_deliberate(at)

    def _may_enumerate(self, at: int) -> bool:
        """Whether a number at the start of a line may be one: the line before it is at an end."""
        if at == 0 or self.lines[at].blank or self.heads[at - 1] or not self.wrapped:
            return True
        if not self.blocks or self.blocks[-1].heading:
            return True
        before = self.raw[max(self.lines[at - 1].end - 40, self.lines[at - 1].start) : self.lines[at - 1].end]
        return bool(_ENDED.search(before) or _JOINED.search(before)) or self._is_short(at)

    def _take_heading(self, at: int, head: _Head) -> int:
        """Add the heading on a line, with its title on the next; the line to go on with."""
        line = self.lines[at]
        end, after = head.end, at + 1
        bare = not self.raw[line.start : head.end].rstrip("*_# .:")[-1:].isspace() and self._is_bare(at, head)
        if (bare and after < len(self.lines) and not self.heads[after] and self._is_title(after)) or (
            bare and after < len(self.lines) and (title := self.heads[after]) and title.kind == "title"
        ):
            end, after = self.lines[after].end, after + 1
        self._add_heading(line.start, end, head.kind, head.number)
        if head.kind != "title":
            self._begin(line.start, head)
        if head.runs_in:
            self._add_block(head.end, line.end, head.end, ())
        return after

    def _is_bare(self, at: int, head: _Head) -> bool:
        """Whether a heading has no title on its own line."""
        text = self.raw[self.lines[at].start : head.end].strip("#*_ .:-\u2014\u2013")
        match = _NUMBER.search(text)
        return not head.runs_in and (len(text.split()) <= 2 or bool(match and match.end() == len(text)))

    def _begin(self, start: int, head: _Head) -> None:
        """Begin the part of the text that a heading names."""
        for level in self.levels[:1]:
            self.carried[level.style] = level.value
        self.levels = []
        before = self.parts[-1]
        annex = "" if head.kind in ("preamble", "annex") else before.annex
        label = " ".join(filter(None, (_SHORT.get(head.kind, _PREAMBLE), head.number)))
        if head.kind == "annex":
            annex = head.number or " "
        elif annex:
            label = f"{' '.join(['Annex', annex]).strip()}, {label}"
        elif head.kind == "section" and before.kind in ("article", "section") and self.articles:
            article = next((p for p in reversed(self.parts) if p.kind == "article"), None)
            label = f"{article.label}, {label}" if article else label
        self.parts.append(_Part(start, head.kind, head.number, label, annex))

    def _add_heading(self, start: int, end: int, kind: Kind, number: str) -> None:
        text = " ".join(self.raw[start:end].replace("#", " ").replace("*", " ").split())
        self.headings.append(Heading(start, end, kind, number, text))
        part = len(self.parts) - (kind == "title")
        self.blocks.append(_Block(start, end, end, (), max(part, 0), True))

    def _add_block(self, start: int, end: int, text: int, path: tuple[str, ...]) -> None:
        if self.raw[start:end].strip():
            self.blocks.append(_Block(start, end, text, path, len(self.parts) - 1, False))

    def _take_line(self, at: int) -> None:
        line = self.lines[at]
        start = line.start
        if self.raw[start] in "#>*_" and (match := _MARKDOWN.match(self.raw, start)):
            start = match.end()
        if start >= line.end:
            start = line.start
        mark = self.marks[at]
        if mark and self._may_enumerate(at) and self._enumerate(at, mark):
            path = tuple(level.label for level in self.levels)
            self._add_block(start, line.end, min(mark.end, line.end), path)
        elif self._starts_closing(at):
            self.levels = []
            self.parts.append(_Part(line.start, "title", "", _TESTIMONIUM, ""))
            self._add_block(start, line.end, start, ())
        elif not self.blocks or self.blocks[-1].heading or self._breaks(at) or self._is_bullet(line.start):
            self._add_block(start, line.end, start, self._outer(at))
        else:
            self.blocks[-1] = self.blocks[-1]._replace(end=line.end)

    def _is_bullet(self, start: int) -> bool:
        return _BULLET.match(self.raw, start) is not None

    def _starts_closing(self, at: int) -> bool:
        """Whether the formula that closes a treaty begins at a line."""
        if self.parts[-1].kind != "article" or not _CLOSING.match(self.raw, self.lines[at].start):
            return False
        return self._may_enumerate(at)

    def _outer(self, at: int) -> tuple[str, ...]:
        """The path of a paragraph without a number: that of the numbered paragraph around it."""
        if not self.blocks or not self.levels:
            return ()
        bare = self._bare_number(at)
        if bare is not None:
            return bare
        return tuple(level.label for level in self.levels if level.label[0].isdigit())

    def _bare_number(self, at: int) -> tuple[str, ...] | None:
        """The path where the block before is a number alone: this is its text."""
        block = self.blocks[-1]
        return block.path if block.path and block.text >= block.end else None

    def _enumerate(self, at: int, mark: _Mark) -> bool:
        """Whether a number goes on with a list that is open, or begins one; the levels after it."""
        following = self.next_marks[at]
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            if level.style not in (mark.style, mark.style + "i"):
                continue
            roman = level.style.endswith("i")
            value = mark.roman if roman else mark.value
            if not roman and mark.roman == 1 and following and following.roman == 2:
                continue
            if 0 <= value - level.value <= 3 and (value > level.value or mark.label != level.label):
                self.levels[depth:] = [_Level(level.style, mark.label, value)]
                return True
        return self._begin_list(at, mark)

    def _begin_list(self, at: int, mark: _Mark) -> bool:
        digits = mark.label[0].isdigit()
        if digits and "." in mark.label:
            return self._begin_decimal(mark)
        carried = mark.value == self.carried.get(mark.style, -1) + 1
        roman = mark.roman == 1
        if not (mark.value == 1 or roman or (carried and digits)):
            return False
        again = self.seconds.get((mark.style, roman), -1) > at
        if not digits and not again:
            return False
        if any(level.style.rstrip("i") == mark.style for level in self.levels) and not roman:
            self.levels = [level for level in self.levels if level.style != mark.style]
        style = mark.style + "i" if roman and not digits else mark.style
        self.levels.append(_Level(style, mark.label, mark.roman if roman and not digits else mark.value))
        return True

    def _begin_decimal(self, mark: _Mark) -> bool:
        labels_ = mark.label.split(".")
        if self.parts[-1].number == labels_[0]:
            labels_ = labels_[1:]
        elif not self.levels and int(labels_[-1]) > 1:
            return False
        self.levels = [_Level("decimal", label, int(label)) for label in labels_]
        return True

    def _head(self, at: int) -> _Head | None:
        """The heading on a line, if there is one."""
        line = self.lines[at]
        raw = self.raw
        start = line.start
        marked = raw[start] in "#*_>"
        if marked and (match := _MARKDOWN.match(raw, start)):
            start = match.end()
        hashes = raw[line.start] == "#" and start > line.start
        if raw[start : start + 1] == "第" and (match := _CJK.match(raw, start)):
            return self._cjk_head(line, match)
        word = _WORD.match(raw, start, line.end)
        kind = _WORDS.get(word[0].lower()) or _WORDS.get(word[0].lower().rstrip(".")) if word else None
        # What the line before left open goes on here.
        if (
            word
            and kind
            and (hashes or at == 0 or self._is_free(at))
            and (head := self._named(line, word, kind, marked))
        ):
            return head
        if hashes and line.end - start <= _LONGEST_TITLE and start < line.end:
            return _Head("title", "", line.end, False)
        return None

    def _is_free(self, at: int) -> bool:
        line, before = self.lines[at], self.lines[at - 1]
        if line.blank:
            return True
        tail = self.raw[max(before.end - 40, before.start) : before.end]
        if _ENDED.search(tail):
            return True
        return not self.raw[line.start].islower() and self._is_deliberate(at)

    def _named(self, line: _Line, word: re.Match[str], kind: Kind, marked: bool) -> _Head | None:
        """The heading that begins with such a word as `Article`."""
        raw, ordinal = self.raw, None
        end = line.end - (len(tail) - len(tail.rstrip("*_# "))) if (tail := raw[max(line.end - 40, word.end()) : line.end]) else line.end  # fmt: skip
        rest = raw[word.end() : end].strip(" \t.:*_") if end - word.end() < 200 else "x"
        if kind in ("preamble", "annex") and not rest and word[0][0].isupper():
            return _Head(kind, "", line.end, False)
        if kind == "preamble":
            return None
        match = _NUMBER.match(raw, word.end(), line.end)
        if not match and (ordinal := re.compile(r"\s+(\w+)").match(raw, word.end(), line.end)):
            match = ordinal if ordinal[1].lower() in _ORDINALS else None
        if not match or (
            raw[match.end() : match.end() + 1] == "(" and not raw[line.start : end].endswith(")")
        ):
            return None
        number = _ORDINALS[ordinal[1].lower()] if ordinal else match["number"]
        if word[0][0].islower():
            return None
        return self._titled(line, kind, number, match.end(), end, marked)

    def _titled(self, line: _Line, kind: Kind, number: str, at: int, end: int, marked: bool) -> _Head | None:
        """The heading whose number ends at an offset, by what follows on the line."""
        raw = self.raw
        separator = _SEPARATOR.match(raw, at, end)
        if at >= end:
            return _Head(kind, number, line.end, False)
        if not separator:
            return None
        title = raw[separator.end() : end].strip()
        if not title.strip("*_# "):
            return _Head(kind, number, line.end, False)
        plain = not separator[0].strip()
        short = (
            len(title) <= _LONGEST_TITLE and not re.search(r"[.;:,!?]\Z", title) and not title[0].islower()
        )
        if plain:
            good = short and (title[0].isupper() or title[0] == "(") and (marked or len(title) <= 80)
            references = re.match(r"\(\w{1,4}\)", title)
            return _Head(kind, number, line.end, False) if good and not references else None
        if short and title[0].isalpha():
            return _Head(kind, number, line.end, False)
        return _Head(kind, number, separator.end(), True) if not title[0].islower() else None

    def _cjk_head(self, line: _Line, match: re.Match[str]) -> _Head | None:
        """The heading `第五条`, with the text on its line, if any."""
        kind, number = _CJK_KINDS[match[2]], str(_cjk_number(match[1]))
        rest = self.raw[match.end() : line.end]
        if not rest.strip():
            return _Head(kind, number, line.end, False)
        if not rest[0].isspace() and rest[0] not in "（(:：【*":
            return None
        if len(rest) <= 40 and not _ENDED.search(rest):
            return _Head(kind, number, line.end, False)
        return _Head(kind, number, match.end(), True)


def _lines(raw: str, pages: Sequence[Span]) -> Iterator[_Line]:
    """The visible lines of a text that are not furniture."""
    before = at = 0
    for match in _LINE.finditer(raw):
        start, page = match.start(), False
        while at < len(pages) and pages[at].end <= start:
            page, before = True, pages[at].end
            at += 1
        if at < len(pages) and pages[at].start <= start:
            continue
        end = start + len(match[0].rstrip())
        blank = raw.count("\n", before, start) > 1 or raw.count("\r", before, start) > 1
        yield _Line(start, end, blank, page)
        before = end


def _wrapping(raw: str, lines: Sequence[_Line]) -> tuple[int, bool]:
    """How long the lines of a text are at most, and whether lines break inside sentences."""
    pairs = opened = 0
    for before, line in pairwise(lines):
        if line.blank or line.page:
            continue
        pairs += 1
        tail = raw[max(before.end - 20, before.start) : before.end]
        opened += not _ENDED.search(tail) and (
            raw[line.start].islower() or tail[-1].islower() or tail[-1] == ","
        )
    lengths = sorted(line.end - line.start for line in lines)
    width = lengths[len(lengths) * 98 // 100] if lengths else 0
    return width, pairs > 0 and opened >= 0.3 * pairs and width < 2 * _LONG_LINE


def _mark(raw: str, line: _Line) -> _Mark | None:
    """The number that a line begins with."""
    start = line.start
    if raw[start] in "*_>":
        start = _MARKDOWN.match(raw, start).end()  # type: ignore[union-attr]
    match = _MARK.match(raw, start, line.end)
    if not match:
        return None
    label = match["digits"] or match["lower"] or match["upper"]
    if not match["gap"] and match.end() < line.end and (len(label) > 1 or raw[match.end() + 1 : match.end() + 2] == "."):  # fmt: skip
        if not match["open"] and not match["digits"]:
            return None
        if match["digits"] and raw[match.end()].isdigit():
            return None
    kind = "1" if match["digits"] else "a" if match["lower"] else "A"
    roman = 0 if match["digits"] else _roman(label)
    if len(label) > 1 and not roman and not match["digits"]:
        return None
    value = (
        int(label.rpartition(".")[2])
        if match["digits"]
        else ord(label.lower()) - 96
        if len(label) == 1
        else 0
    )
    style = "decimal" if "." in label else f"{match['open'] or ''}{kind}{match['close'][:1]}"
    return _Mark(style, label + (match["bis"] or "").strip(), value, roman, match.end())


def _roman(text: str) -> int:
    """The value of a Roman numeral; 0 where a text is none."""
    upper = text.upper()
    if not re.fullmatch(_ROMAN, upper):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[c] for c in upper]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _cjk_number(text: str) -> int:
    """The value of a number in Chinese characters or digits."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for c in text:
        if c in _CJK_UNITS:
            total += (digit or 1) * _CJK_UNITS[c]
            digit = 0
        else:
            digit = digit * 10 + _CJK_DIGITS.get(c, 0)
    return total + digit


def _same(one: str, other: str) -> bool:
    """Whether two numbers of parts are the same, whatever the numerals."""
    return _plain(one) == _plain(other)


def _plain(number: str) -> str:
    value = _roman(number) if not number.isdigit() else int(number)
    return str(value) if value else re.sub(r"\s", "", number).lower()


def _sentence_starts(text: str, language: str) -> list[int]:
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
    if not text[last:start].strip() or (len(before) < 6 and not any(map(str.isalpha, before))):
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


class _Wanted(NamedTuple):
    """What a locator names."""

    parts: tuple[tuple[Kind, str], ...]
    path: tuple[str, ...]
    paragraph: int


_TOKEN = re.compile(
    r"第\s*[0-9〇零一二三四五六七八九十百千]+\s*[条條章节節编編部款]|[^\W\d_]+\.?|§+|¶+|\d+[a-z]?\b|\d+"
)
_NESTED = {word.rstrip(".") for word in (*labels.PARAGRAPH, *labels.POINT)}


def _parsed(locator: str) -> _Wanted | None:
    """What a locator names; None where it is not of articles, paragraphs and points."""
    parts: list[tuple[Kind, str]] = []
    path: list[str] = []
    tokens = _TOKEN.findall(locator[:200])
    if tokens and tokens[0].startswith("¶") and len(tokens) == 2 and tokens[1].isdigit():
        return _Wanted((), (), int(tokens[1]))
    expects = False
    for token in tokens:
        plain = token.lower().rstrip(".")
        kind = _WORDS.get(token.lower()) or _WORDS.get(plain)
        if token[0] == "第" and (match := _CJK.match(token.replace(" ", ""))):
            parts.append((_CJK_KINDS[match[2]], str(_cjk_number(match[1]))))
        elif kind and len(plain) > 1 and not (parts and token[0] == "§"):
            parts.append((kind, ""))
            expects = kind != "preamble"
        elif (plain in _NESTED and len(plain) > 1) or token[0] in "§¶":
            expects = False
        elif expects:
            parts[-1] = (parts[-1][0], _ORDINALS.get(plain, token))
            expects = False
        elif parts and (token.isdigit() or len(plain) == 1 or _roman(plain)):
            path.append(plain)
        else:
            return None
    return _Wanted(tuple(parts), tuple(path), 0) if parts else None
