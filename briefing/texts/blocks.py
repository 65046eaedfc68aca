"""The blocks of a text: its headings, paragraphs and points, and the parts that headings begin.

A text is read line by line. A line is a heading, begins a paragraph or a point, or goes on with
what the line before began. Whether a number is one is decided by the sequence it stands in.
"""

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from briefing.texts.contents import contents_lines
from briefing.texts.enumeration import Mark, mark_at, roman_value
from briefing.texts.headings import LONGEST_TITLE, Head, Kind, head_of, markdown_prefix
from briefing.texts.lines import BLANK, NEXT, PAGE, Lines, is_ended, is_stopped

Role = Literal["heading", "text", "other"]
"""What a block is: `other` is a table of contents or a signature, in which no sentence is looked for."""

CONTENTS, PREAMBLE, TESTIMONIUM = "Contents", "Preamble", "Testimonium"
"""What the parts without a number are called."""

_SHORT = {"article": "Art.", "section": "Sec.", "chapter": "Ch.", "part": "Part", "annex": "Annex"}
_RANKS = {"part": 1, "chapter": 2, "section": 3, "article": 4}
_INNERMOST = 5
_TITLE_LINES = 6
_LONG_LINE = 150
_PROSE_LINE = 50
_FEWEST_WORDS = 6
_BULLET = re.compile(r"[-*\u2022\u2013\u2014\u25cf\u25aa][ \t\xa0]+(?=\S)")
_JOINED = re.compile(r"(?:[,\-]|\b(?:and|or|y|o|et|ou|und|oder|e|и|или))\Z")
_CLOSING = (
    "in witness whereof", "in faith whereof", "done at ", "done in ", "en fe de lo cual", "en testimonio de lo cual",
    "hecho en ", "en foi de quoi", "fait à ", "geschehen zu ", "zu urkund dessen", "em fé do que",
    "em testemunho do que", "feito em ", "in fede di che", "fatto a ", "в удостоверение", "совершено в ",
    "以昭信守", "以上の証拠として", "وإثباتا لذلك", "إثباتا لذلك", "حرر في ", "حُرر في ",
)  # fmt: skip


class Block(NamedTuple):
    """A heading, a paragraph or a point."""

    start: int
    end: int
    text: int
    """Where its text begins, after the number."""
    path: tuple[str, ...]
    """The numbers of the paragraph and the points: `("1", "b")`."""
    part: int
    role: Role


class Part(NamedTuple):
    """What a heading begins: an article, an annex, the preamble."""

    start: int
    kind: Kind
    number: str
    label: str
    annex: str
    """The number of the annex that it stands in; empty outside one."""
    rank: int = 0
    """How deep it is: it ends where a part of the same or a lower rank begins."""
    above: tuple[tuple[int, str], ...] = ()
    """The ranks and labels of the parts around it, the innermost first."""


class Heading(NamedTuple):
    """A heading with its title, where it has one."""

    start: int
    end: int
    kind: Kind
    number: str
    text: str


class Built(NamedTuple):
    """All blocks of a text, in order, with its headings and parts."""

    blocks: list[Block]
    headings: list[Heading]
    parts: list[Part]


class _Shape(NamedTuple):
    """What can be said of a line by itself."""

    skip: int
    mark: Mark | None
    head: Head | None
    lower: bool
    ended: bool
    stopped: bool
    open: bool
    """Whether its end looks as if a sentence went on."""
    bullet: bool
    alone: bool
    """Whether it is a number and nothing else."""


class _Level(NamedTuple):
    style: str
    label: str
    value: int


def build(raw: str, lines: Lines) -> Built:
    """The blocks, headings and parts of a text."""
    return _Builder(raw, lines).built()


def _shape(text: str) -> _Shape:
    first, last = text[0], text[-1]
    skip = markdown_prefix(text)
    mark = mark_at(text, skip if first in "*_>" else 0)
    ended = is_ended(text)
    alone = (
        mark.end >= len(text) if mark else text.isdecimal() or (first in "IVXLC" and roman_value(text) > 0)
    )
    return _Shape(
        skip=skip,
        mark=mark,
        head=head_of(text),
        lower=first.islower(),
        ended=ended,
        stopped=ended and is_stopped(text),
        open=not ended and (last.islower() or last == ","),
        bullet=first in "-*\u2022\u2013\u2014\u25cf\u25aa" and _BULLET.match(text) is not None,
        alone=alone,
    )


def _shapes(texts: list[str]) -> list[_Shape]:
    """The shape of each line; that of equal lines is found once."""
    known: dict[str, _Shape] = {}
    found = []
    for text in texts:
        shape = known.get(text)
        if shape is None:
            known[text] = shape = _shape(text)
        found.append(shape)
    return found


def _wrapping(lines: Lines, shapes: list[_Shape]) -> tuple[int, bool]:
    """How long the lines of a text are at most, and whether lines break inside sentences."""
    pairs = opened = 0
    for (before, shape), gap in zip(pairwise(shapes), lines.gaps[1:], strict=True):
        if gap == NEXT:
            pairs += 1
            opened += not before.ended and (shape.lower or before.open)
    lengths = sorted(map(len, lines.texts))
    width = lengths[len(lengths) * 98 // 100] if lengths else 0
    return width, pairs > 0 and opened >= 0.3 * pairs and width < 2 * _LONG_LINE


class _Builder:
    """Reads the lines of a text once and builds its blocks."""

    def __init__(self, raw: str, lines: Lines) -> None:
        self.raw = raw
        self.lines = lines
        self.texts = lines.texts
        self.gaps = lines.gaps
        self.shapes = _shapes(lines.texts)
        self.width, self.wrapped = _wrapping(lines, self.shapes)
        self.blank = BLANK in lines.gaps[1:]
        self.heads: list[Head | None] = []
        for at, shape in enumerate(self.shapes):
            self.heads.append(self._head(at) if shape.head else None)
        self.contents = contents_lines(self.texts, self.heads, [shape.ended for shape in self.shapes])
        self.articles = any(
            head.kind == "article" for at, head in enumerate(self.heads) if head and at not in self.contents
        )
        self.blocks: list[Block] = []
        self.headings: list[Heading] = []
        self.parts = [Part(0, "title", "", "", "")]
        self.levels: list[_Level] = []
        self.path: tuple[str, ...] = ()
        self.point_gap = BLANK  # what was before the point that began last
        self.carried: dict[str, int] = {}
        self.next_marks, self.seconds = self._following()

    def built(self) -> Built:
        """The blocks, headings and parts of the text."""
        at = self._opening()
        while at < len(self.texts):
            if at in self.contents:
                at = self._take_contents(at)
            elif head := self.heads[at]:
                at = self._take_heading(at, head)
            elif self.texts[at][0] == "（" and self._is_caption(at):
                self._add_heading(self.lines.starts[at], self.lines.ends[at], "title", "")
                at += 1
            elif self.shapes[at].alone and self._is_number_of_title(at):
                at = self._take_numbered_title(at)
            else:
                self._take_line(at)
                at += 1
        return Built(self._without_signatures(), self.headings, _told_apart(self.parts))

    # What a line is

    def _head(self, at: int) -> Head | None:
        """The heading on a line, if there is one where it stands."""
        head = self.shapes[at].head
        return head if head and (head.certain or at == 0 or self._is_free(at)) else None

    def _is_free(self, at: int) -> bool:
        """Whether the line before left nothing open."""
        if self.gaps[at] == BLANK or self.shapes[at - 1].ended or self.heads[at - 1]:
            return True
        return not self.shapes[at].lower and self._is_deliberate(at)

    def _is_deliberate(self, at: int) -> bool:
        """Whether the break before a line was made on purpose: the next word would have fitted."""
        if not self.wrapped:
            return True
        word = self.texts[at].split(None, 1)[0]
        return len(self.texts[at - 1]) + 1 + len(word) < self.width

    def _is_short(self, at: int) -> bool:
        return not self.wrapped or (len(self.texts[at - 1]) < self.width * 0.75 and self._is_deliberate(at))

    def _is_title(self, at: int) -> bool:
        """Whether a line looks like a title: short, unended, and ended on purpose."""
        shape = self.shapes[at]
        text = self.texts[at].rstrip("*_# ")
        if not text or len(text) > LONGEST_TITLE or shape.ended or text[-1] == "," or shape.mark:
            return False
        if at + 1 >= len(self.texts):
            return False
        after = self.shapes[at + 1]
        if self.heads[at + 1] or self.gaps[at + 1] == BLANK or after.mark:
            return True
        return self._is_deliberate(at + 1) and not after.lower

    def _is_caption(self, at: int) -> bool:
        """Whether a line is the caption over an article, as Japanese statutes have it: `（目的）`."""
        text = self.texts[at]
        return text[-1] == "）" and len(text) <= LONGEST_TITLE and self._is_article(at + 1)

    def _is_number_of_title(self, at: int) -> bool:
        """Whether a number alone on its line belongs to a title on the next: `IV.`, `Payments`."""
        shape = self.shapes[at]
        if (
            at + 2 >= len(self.texts)
            or self.shapes[at + 1].alone
            or self.texts[at][0] in "(（"
            or (shape.mark and shape.mark.style[0] == "a")
        ):
            return False
        title, text = self.shapes[at + 1], self.shapes[at + 2]
        if self.heads[at + 1] or title.lower or not self._is_title(at + 1):
            return False
        if (
            text.alone
            or self.heads[at + 2]
            or (text.mark and shape.mark and text.mark.style == shape.mark.style)
        ):
            return False
        return text.ended or text.mark is not None or len(self.texts[at + 2]) > len(self.texts[at + 1])

    def _breaks(self, at: int) -> bool:
        """Whether a new paragraph begins at a line."""
        gap = self.gaps[at]
        if at == 0 or gap == BLANK or self.heads[at - 1]:
            return True
        before, shape = self.shapes[at - 1], self.shapes[at]
        if shape.lower and not before.ended:
            return False
        if self.parts[-1].kind == "preamble" and self._is_ground(at) and not shape.lower:
            return True
        if gap == PAGE:
            return before.stopped and self._is_short(at)
        if self.wrapped:
            return (before.ended or self.texts[at][0].isupper()) and self._is_short(at)
        text = self.texts[at - 1]
        if len(text) >= _PROSE_LINE and text[-1].islower():
            return False
        if not self.blank or len(text) > _LONG_LINE or not before.stopped or self._is_in_testimonium():
            return True
        # After a list whose points stand on lines one below the other.
        return self.point_gap == NEXT and self.path != () and not self.path[-1][0].isdigit()

    def _is_ground(self, at: int) -> bool:
        """Whether a line begins another ground of a preamble, or what follows the last: after `;`, `; and` or
        a comma at which the line was broken on purpose."""
        end = self.texts[at - 1][-12:]
        if end[-1] == ",":
            return self._is_deliberate(at)
        return end[-1] == ";" or ("; " in end and _JOINED.search(end) is not None)

    def _may_enumerate(self, at: int) -> bool:
        """Whether a number at the start of a line may be one: the line before it is at an end."""
        if at == 0 or not self.wrapped or self.gaps[at] == BLANK or self.heads[at - 1]:
            return True
        if not self.blocks or self.blocks[-1].role == "heading" or self.shapes[at - 1].ended:
            return True
        return _JOINED.search(self.texts[at - 1][-12:]) is not None or self._is_short(at)

    def _is_in_testimonium(self) -> bool:
        return self.parts[-1].label == TESTIMONIUM

    def _starts_closing(self, at: int) -> bool:
        """Whether the formula that closes a treaty begins at a line."""
        if self.parts[-1].kind not in ("article", "section"):
            return False
        return _is_closing(self.texts[at][self.shapes[at].skip :])

    # What is made of it

    def _opening(self) -> int:
        """Take the title of a text with articles, and begin its preamble. Gives the first line after them."""
        named = (n for n, head in enumerate(self.heads) if head and head.kind != "title")
        first = next((n for n in named if n not in self.contents), None)
        if not self.articles or first is None or self.heads[first].kind in ("preamble", "annex"):  # type: ignore[union-attr]
            return 0
        at = titles = 0
        while at < first and titles < _TITLE_LINES:
            if at in self.contents:
                at = self._take_contents(at)
                continue
            if not self.heads[at] and not self._is_title(at):
                break
            self._add_heading(self.lines.starts[at], self.lines.ends[at], "title", "")
            at, titles = at + 1, titles + 1
        if at < first:
            self.parts.append(Part(self.lines.starts[at], "preamble", "", PREAMBLE, ""))
        return at

    def _take_contents(self, at: int) -> int:
        """Take a table of contents. Gives the line after it."""
        self.parts.append(Part(self.lines.starts[at], "title", "", CONTENTS, ""))
        self._set_levels([])
        while at in self.contents:
            start = self.lines.starts[at]
            self._add_block(start, self.lines.ends[at], start, (), "other")
            at += 1
        self.parts.append(Part(self.lines.ends[at - 1], "title", "", "", ""))
        return at

    def _take_heading(self, at: int, head: Head) -> int:
        """Add the heading on a line, with its title on the next. Gives the line to go on with."""
        start, end, after = self.lines.starts[at], self.lines.starts[at] + head.end, at + 1
        runs_in = head.runs_in
        if head.closed and (after >= len(self.texts) or self.heads[after]):
            # `Article 5. Ships pay.` and no more: what looks like a title is all that it says.
            end, runs_in = start + self.texts[at].index(".") + 1, True
        elif head.is_bare and not runs_in and self._is_title_of(after):
            end, after = self.lines.ends[after], after + 1
        self._add_heading(start, end, head.kind, head.number)
        if head.kind != "title":
            self._begin(start, head, self._is_article(after))
        if runs_in:
            self._take_rest(at, end)
        return after

    def _is_title_of(self, at: int) -> bool:
        """Whether a line is the title of the heading before it."""
        if at >= len(self.texts) or at in self.contents:
            return False
        head = self.heads[at]
        return head.kind == "title" if head else self._is_title(at)

    def _is_article(self, at: int) -> bool:
        return at < len(self.texts) and (head := self.heads[at]) is not None and head.kind == "article"

    def _take_rest(self, at: int, start: int) -> None:
        """Begin the paragraph that follows a heading on its line."""
        end = self.lines.ends[at]
        while start < end and self.raw[start].isspace():
            start += 1
        rest = self.raw[start : min(start + 30, end)]
        mark = mark_at(rest) if rest else None
        if mark and self._enumerate(at, mark):
            self._add_block(start, end, min(start + mark.end, end), self.path)
        else:
            self._add_block(start, end, start, ())

    def _is_number_open(self) -> bool:
        """Whether the block before is a number alone: what follows is its text."""
        block = self.blocks[-1]
        return block.role == "text" and block.text >= block.end and block.path != ()

    def _take_numbered_title(self, at: int) -> int:
        """Add the heading of a number on one line and its title on the next. Gives the line to go on with."""
        self._set_levels([])
        number = self.texts[at].strip(".)* ")
        self._add_heading(self.lines.starts[at], self.lines.ends[at + 1], "title", number)
        return at + 2

    def _take_line(self, at: int) -> None:
        """Begin a paragraph or a point at a line, or go on with the one before."""
        shape, start, end = self.shapes[at], self.lines.starts[at], self.lines.ends[at]
        mark = shape.mark
        if mark and self._may_enumerate(at) and self._enumerate(at, mark):
            self._add_block(start + shape.skip, end, min(start + mark.end, end), self.path)
            self.point_gap = self.gaps[at]
            return
        blocks = self.blocks
        if blocks and self._is_number_open():
            self._go_on(end)
        elif not blocks or blocks[-1].role != "text" or shape.bullet or self._breaks(at):
            start += shape.skip
            if self._starts_closing(at) and self._may_enumerate(at):
                self._set_levels([])
                self.parts.append(Part(start, "title", "", TESTIMONIUM, ""))
            self._add_block(start, end, start, self._outer())
        else:
            self._go_on(end)

    def _go_on(self, end: int) -> None:
        block = self.blocks[-1]
        self.blocks[-1] = Block(block.start, end, block.text, block.path, block.part, block.role)

    def _outer(self) -> tuple[str, ...]:
        """The path of a paragraph without a number: that of the numbered paragraph around it."""
        return tuple(label for label in self.path if label[0].isdigit()) if self.path else ()

    def _add_heading(self, start: int, end: int, kind: Kind, number: str) -> None:
        text = " ".join(self.raw[start:end].replace("#", " ").replace("*", " ").split())
        self.headings.append(Heading(start, end, kind, number, text))
        part = len(self.parts) - (kind == "title")
        self.blocks.append(Block(start, end, end, (), part, "heading"))

    def _add_block(self, start: int, end: int, text: int, path: tuple[str, ...], role: Role = "text") -> None:
        if start < end:
            self.blocks.append(Block(start, end, text, path, len(self.parts) - 1, role))

    def _begin(self, start: int, head: Head, encloses: bool) -> None:
        """Begin the part of the text that a heading names; `encloses`: an article follows at once."""
        for level in self.levels[:1]:
            self.carried[level.style] = level.value
        self._set_levels([])
        before = self.parts[-1]
        annex = "" if head.kind in ("preamble", "annex") else before.annex
        label = " ".join(filter(None, (_SHORT.get(head.kind, PREAMBLE), head.number)))
        rank = _RANKS.get(head.kind, 0)
        above = self._around(rank)
        if head.kind == "annex":
            annex = head.number or " "
        elif annex:
            label = f"{' '.join(['Annex', annex]).strip()}, {label}"
        elif (
            head.kind == "section"
            and before.kind in ("article", "section")
            and self.articles
            and not encloses
        ):
            article = next((p for p in reversed(self.parts) if p.kind == "article"), None)
            label, rank = (f"{article.label}, {label}", _INNERMOST) if article else (label, rank)
        self.parts.append(Part(start, head.kind, head.number, label, annex, rank, above))

    def _around(self, rank: int) -> tuple[tuple[int, str], ...]:
        """The parts that a part of such a rank stands in, the innermost first."""
        before = self.parts[-1]
        around = ((before.rank, before.label), *before.above) if before.rank else ()
        return tuple([part for part in around if part[0] < rank])

    def _without_signatures(self) -> list[Block]:
        """The blocks; those between the testimonium and the next part that are no prose are `other`."""
        if not any(part.label == TESTIMONIUM for part in self.parts):
            return self.blocks
        return [
            block._replace(role="other")
            if self.parts[block.part].label == TESTIMONIUM
            and not block.path  # a numbered paragraph is no signature
            and not _is_prose(self.raw[block.start : block.end])
            else block
            for block in self.blocks
        ]

    # Lists

    def _set_levels(self, levels: list[_Level]) -> None:
        self.levels = levels
        self.path = tuple([level.label for level in levels])

    def _following(self) -> tuple[dict[int, Mark], dict[tuple[str, bool], int]]:
        """For each line the next mark of its style, and for each style the last line with a second item."""
        last: dict[str, Mark] = {}
        seconds: dict[tuple[str, bool], int] = {}
        found: dict[int, Mark] = {}
        for at in range(len(self.shapes) - 1, -1, -1):
            mark = self.shapes[at].mark
            if mark is None:
                continue
            if mark.roman == 1 and mark.style in last:
                found[at] = last[mark.style]
            last[mark.style] = mark
            if mark.value == 2:
                seconds.setdefault((mark.style, False), at)
            if mark.roman == 2:
                seconds.setdefault((mark.style, True), at)
        return found, seconds

    def _enumerate(self, at: int, mark: Mark) -> bool:
        """Whether a number goes on with a list that is open, or begins one; sets the levels if so."""
        if mark.style == "decimal":  # 1.2.3 says by itself at which depth it stands
            return self._begin_decimal(mark)
        following = self.next_marks.get(at)
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            if level.style not in (mark.style, mark.style + "i"):
                continue
            roman = level.style.endswith("i")
            value = mark.roman if roman else mark.value
            if not roman and mark.roman == 1 and following and following.roman == 2:
                continue
            if 0 <= value - level.value <= 3 and (value > level.value or mark.label != level.label):
                self._set_levels([*self.levels[:depth], _Level(level.style, mark.label, value)])
                return True
        return self._begin_list(at, mark)

    def _begin_list(self, at: int, mark: Mark) -> bool:
        digits = mark.label[0].isdigit()
        carried = mark.value == self.carried.get(mark.style, -1) + 1
        roman = mark.roman == 1
        if not (mark.value == 1 or roman or (carried and digits) or self._is_second_of_unnumbered(mark)):
            return False
        if digits and self.levels and self.levels[-1][:2] == (mark.style, mark.label):
            return True
        again = self.seconds.get((mark.style, roman), -1) > at
        if not digits and not again:
            return False
        # A paragraph `§ 1º` stands in the article itself, whatever list is before it.
        levels = [] if "§" in mark.style else self.levels
        if any(level.style.rstrip("i") == mark.style for level in levels) and not roman:
            levels = [level for level in levels if level.style != mark.style]
        style = mark.style + "i" if roman and not digits else mark.style
        value = mark.roman if roman and not digits else mark.value
        self._set_levels([*levels, _Level(style, mark.label, value)])
        return True

    def _is_second_of_unnumbered(self, mark: Mark) -> bool:
        """Whether a 2 begins the second paragraph of an article whose first has no number, as in Japanese."""
        bare = mark.style == "1" and mark.value == 2 and not self.levels
        return bare and self.parts[-1].kind == "article" and self.blocks[-1].path == ()

    def _begin_decimal(self, mark: Mark) -> bool:
        numbers = mark.label.split(".")
        if self.parts[-1].number == numbers[0]:
            numbers = numbers[1:]
        elif not self.levels and int(numbers[-1]) > 1:
            return False
        self._set_levels([_Level("decimal", number, int(number)) for number in numbers])
        return True


def _is_closing(text: str) -> bool:
    return text[:40].lower().startswith(_CLOSING)


def _is_prose(text: str) -> bool:
    """Whether a block after the closing formula is a sentence, and not a name or an office."""
    return _is_closing(text) or (is_stopped(text) and len(text.split()) >= _FEWEST_WORDS)


def _told_apart(parts: list[Part]) -> list[Part]:
    """The parts; where numbers begin anew in each chapter, with the chapter in their labels."""
    around: dict[str, set[tuple[tuple[int, str], ...]]] = {}
    for part in parts:
        around.setdefault(part.label, set()).add(part.above)
    if all(len(found) == 1 for found in around.values()):
        return parts
    return [
        part._replace(label=_label_within(part)) if part.above and len(around[part.label]) > 1 else part
        for part in parts
    ]


def _label_within(part: Part) -> str:
    """The label of a part with that of the part around it: `Ch. II, Art. 1`."""
    outer, own = part.above[0][1], part.label
    prefix = f"Annex {part.annex}".strip() + ", " if part.annex else ""
    return f"{prefix}{outer.removeprefix(prefix)}, {own.removeprefix(prefix)}"
