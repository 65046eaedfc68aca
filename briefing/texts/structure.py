"""How a text is built: its articles, paragraphs, points and sentences, and the place of each."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from briefing.texts.blocks import Block, Built, Heading, build
from briefing.texts.headings import Kind
from briefing.texts.lines import Lines, lines_of
from briefing.texts.locators import Places
from briefing.texts.pages import furniture_lines, furniture_spans, outside, without
from briefing.texts.sentences import is_bare, may_hold_several, sentence_starts
from briefing.texts.span import Span

__all__ = ["Heading", "Kind", "Position", "Sentence", "Structure"]

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"  # fmt: skip


class Sentence(NamedTuple):
    """A sentence of prose, or an enumerated point with its number folded in; numbers from 1."""

    number: int
    paragraph: int
    start: int
    end: int
    text: str
    place: str


class Position(NamedTuple):
    """Where an offset is, as an editor counts: from 1, columns in code points."""

    line: int
    column: int


class Structure:
    """How one text is built. Everything is found when it is first asked for."""

    def __init__(self, raw: str, language: str = "en") -> None:
        self.raw = raw
        self.language = language

    @cached_property
    def _lines(self) -> Lines:
        return lines_of(self.raw)

    @cached_property
    def _taken(self) -> set[int]:
        return furniture_lines(self._lines)

    @cached_property
    def furniture(self) -> tuple[Span, ...]:
        """What pages added to the text."""
        return furniture_spans(len(self.raw), self._lines, self._taken)

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
        """The units of the text.

        Every word lies in one of them, or in a heading, furniture, a table of contents or a signature.
        """
        raw = self.raw
        found: list[Sentence] = []
        number = 0
        for block in self._built.blocks:
            if block.role == "heading":
                continue
            number += 1
            if block.role != "text":
                continue
            place = ""
            for start, end in self._units(block):
                place = place or self._place(block, number)
                text = self._text(start, end) if self.furniture else raw[start:end]
                found.append(Sentence(len(found) + 1, number, start, end, text, place))
        return tuple(found)

    def words(self, sentence: Sentence) -> str:
        """The text of a sentence without the number of the paragraph or point that it begins."""
        block = self._built.blocks[self._block_at(sentence.start)]
        return sentence.text[max(block.text - sentence.start, 0) :]

    def begins_line(self, sentence: Sentence) -> bool:
        """Whether only white space is before a sentence on its line."""
        start = at = sentence.start
        line = start - self.position(start).column + 1
        while at > line and self.raw[at - 1].isspace():
            at -= 1
        return at == line

    def place(self, offset: int) -> str:
        """The place of a raw offset: `Art. 5(1)(b)`, `Preamble`, `Annex II, ¶3`, else `¶4`."""
        blocks = self._built.blocks
        if not blocks:
            return "¶1"
        at = self._block_at(offset)
        return self._place(blocks[at], self._numbers[at])

    def article(self, offset: int) -> str:
        """The article, annex or other part at a raw offset; empty in a text that has none."""
        blocks = self._built.blocks
        if not blocks:
            return ""
        return self._built.parts[blocks[self._block_at(offset)].part].label

    def position(self, offset: int) -> Position:
        """Line and column of a raw offset; a line break belongs to the line that it ends."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph at a raw offset, from 1."""
        return max(bisect_right(self._paragraph_starts, offset), 1)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence at a raw offset, or the one before it; at the start the first.

        Where the text has no sentence, as a bare table, all of it.
        """
        if not self.sentences:
            return Sentence(1, 1, 0, len(self.raw), self.raw, self.place(offset))
        return self.sentences[max(bisect_right(self._sentence_starts, offset) - 1, 0)]

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
        return self._located.within(locator)

    @cached_property
    def _located(self) -> Places:
        return Places(self._built)

    @cached_property
    def _built(self) -> Built:
        return build(self.raw, without(self._lines, self._taken))

    @cached_property
    def _texts(self) -> list[Block]:
        return [block for block in self._built.blocks if block.role != "heading"]

    @cached_property
    def _numbers(self) -> list[int]:
        """For each block the number of the paragraph that it is, or that follows it."""
        numbers, before = [], 0
        for block in self._built.blocks:
            heading = block.role == "heading"
            before += not heading
            numbers.append(before + heading)
        return numbers

    def _block_at(self, offset: int) -> int:
        """The number of the block at a raw offset, or before it; the first where none is."""
        return max(bisect_right(self._block_starts, offset) - 1, 0)

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self._built.blocks]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [block.start for block in self._texts]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

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

    def _place(self, block: Block, number: int) -> str:
        part = self._built.parts[block.part]
        if not part.label:
            return f"¶{number}"
        if block.path:
            return part.label + "".join([f"({label})" for label in block.path])
        if block.role == "heading" or part.kind in ("article", "section", "preamble", "title"):
            return part.label
        return f"{part.label}, ¶{number - self._first_in_part[block.part] + 1}"

    def _text(self, start: int, end: int) -> str:
        if not self.furniture:
            return self.raw[start:end]
        pieces = [self.raw[slice(*piece)] for piece in outside(Span(start, end), self.furniture)]
        return " ".join(pieces) if len(pieces) > 1 else self.raw[start:end]

    def _units(self, block: Block) -> Iterator[tuple[int, int]]:
        """The ranges of the sentences of a paragraph; what has no word goes with the one beside it."""
        raw = self.raw
        if not may_hold_several(raw[block.text : block.end]):
            if not is_bare(self._text(block.start, block.end)):
                yield block.start, block.end
            return
        start = first = block.start
        end = 0
        for after in [*self._starts(block)[1:], block.end]:
            if not is_bare(self._text(first, after)):
                if end:
                    yield self._stripped(start, end)
                    start = end
                end = after
            elif end:
                end = after
            first = after
        if end:
            yield self._stripped(start, block.end)

    def _stripped(self, start: int, end: int) -> tuple[int, int]:
        """A range without the white space and the furniture at its ends."""
        if self.furniture and (pieces := list(outside(Span(start, end), self.furniture))):
            start, end = pieces[0].start, pieces[-1].end
        piece = self.raw[start:end]
        return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())

    def _starts(self, block: Block) -> list[int]:
        """Where the sentences of a paragraph begin."""
        text = self._flat[block.text : block.end]
        for start, end in self._furniture_in(block):
            text = text[: start - block.text] + " " * (end - start) + text[end - block.text :]
        return [block.text + start for start in sentence_starts(text, self.language)]

    @cached_property
    def _flat(self) -> str:
        """The text with a space for each white space, as the splitter wants it."""
        flat = self.raw
        for space in _SPACES:
            flat = flat.replace(space, " ")
        return flat

    def _furniture_in(self, block: Block) -> Iterator[Span]:
        at = bisect_left(self.furniture, block.text, key=lambda span: span.start)
        while at < len(self.furniture) and self.furniture[at].end <= block.end:
            yield self.furniture[at]
            at += 1
