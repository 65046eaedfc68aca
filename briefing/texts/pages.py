"""What pages add to a text that is no part of it: page numbers, running heads and feet, form feeds.

A line is furniture only with strong evidence, for what is taken for furniture is taken out of the
text: better a page number left in a sentence than a figure lost from it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from briefing.texts import labels
from briefing.texts.lines import NEXT, PAGE, Lines, is_ended, lines_of
from briefing.texts.span import Span

_HEAD_LINES = 3
"""How many lines a running head or foot has at most."""
_LONGEST_HEAD = 120
_LONGEST_NUMBER = 30

_DASHED = r"[-\u2010-\u2014]{1,2} ?\d{1,4} ?[-\u2010-\u2014]{1,2}"
_PAGE_WORD = r"(?:page|pg\.?|p\.|seite|página|pagina|pág\.|стр\.|страница|صفحة)"
_OF = r"(?:of|/|de|von|sur|di|из|من)"
_NUMBER = re.compile(
    rf"(?i:(?P<named>{_PAGE_WORD}) ?(?P<a>\d{{1,4}})(?P<of> ?{_OF} ?\d{{1,4}})?"
    rf"|(?P<b>\d{{1,4}}) ?(?:of|/) ?\d{{1,4}}|(?P<dashed>{_DASHED})"
    r"|第 ?(?P<c>\d{1,4}) ?[页頁]|\[?(?P<d>\d{1,4})\]?)"
)
_ITEM = re.compile(r"\(?(?:\d{1,3}|[ivxIVX]{1,4}|[a-zA-Z])[.)]")
_DIGITS = re.compile(r"\d{1,4}")
_STOP = re.compile("[\u3001\u3002\uff0c]")
_REPEATED = 2
_REPEATED_ALONE = 3
_PART_WORDS = frozenset(
    word.rstrip(".")
    for word in (*labels.ARTICLE, *labels.SECTION, *labels.CHAPTER, *labels.PART, *labels.ANNEX, *labels.PARAGRAPH,
                 *labels.POINT, "table", "figure", "fig", "step", "no", "nº", "recital", "day", "phase", "unit",
                 "note", "footnote", "resolution", "volume", "vol", "case", "version", "room", "line")
)  # fmt: skip


_Form = Literal["", "sure", "named", "of", "dashed", "brackets"]
"""What a page number looks like; `sure` is one like `Page 3 of 12`."""


class _Pages:
    """The lines of a text with what is known of them as furniture."""

    def __init__(self, lines: Lines) -> None:
        self.texts = lines.texts
        self.gaps = lines.gaps
        known: dict[str, tuple[int, _Form]] = {}
        self.numbers_of = known
        self.values = [-1] * len(lines.texts)
        for at, text in enumerate(lines.texts):
            if len(text) < _LONGEST_NUMBER:
                if text not in known:
                    known[text] = _number(text)
                self.values[at] = known[text][0]

    def __len__(self) -> int:
        return len(self.texts)

    def is_sure(self, at: int) -> bool:
        """Whether a line can be nothing but a page number."""
        return self.form(at) == "sure" or (
            self.form(at) == "dashed" and self.gaps[at] != NEXT and self.is_blank(at + 1)
        )

    def form(self, at: int) -> "_Form":
        """What the number of a page number line looks like."""
        return self.numbers_of[self.texts[at]][1] if self.values[at] >= 0 else ""

    def is_blank(self, at: int) -> bool:
        """Whether a blank line or the end of a page is before a line, or the text is at its end there."""
        return at >= len(self.gaps) or self.gaps[at] != NEXT

    def is_page(self, at: int) -> bool:
        return self.gaps[at] == PAGE


class _Template(NamedTuple):
    """A line with its number taken out: `Harbour Pact 3` is (`Harbour Pact #`, 3)."""

    text: str
    value: int


def furniture(raw: str) -> tuple[Span, ...]:
    """The ranges that pages added, each with the white space on both sides of it.

    One space, or line break, in the place of each joins the sentence that goes on over the page.
    """
    lines = lines_of(raw)
    return furniture_spans(len(raw), lines, furniture_lines(lines))


def furniture_lines(lines: Lines) -> set[int]:
    """The lines that are furniture."""
    pages = _Pages(lines)
    feeds = [at for at, gap in enumerate(lines.gaps) if gap == PAGE]
    numbers = _page_numbers(pages)
    edges = sorted({*numbers, *feeds})
    templated = _templated(pages, feeds)
    return _taken(pages, numbers, edges, feeds) | templated


def without(lines: Lines, taken: set[int]) -> Lines:
    """The lines of the text itself; a line after furniture has the end of a page before it."""
    if not taken:
        return lines
    kept = Lines([], [], [], [])
    page = False
    for at, (start, end, text, gap) in enumerate(zip(*lines, strict=True)):
        if at in taken:
            page = True
            continue
        kept.starts.append(start)
        kept.ends.append(end)
        kept.texts.append(text)
        kept.gaps.append(PAGE if page else gap)
        page = False
    return kept


def _number(text: str) -> tuple[int, _Form]:
    """The number of a page number line, -1 where it is something else; and its form."""
    if not any(map(str.isdecimal, text)) or not (match := _NUMBER.fullmatch(text)):
        return -1, ""
    digits = match["a"] or match["b"] or match["c"] or match["d"] or match[0]
    form: _Form = ""
    if match["named"]:
        form = "sure" if match["of"] else "named"
    elif match["b"] or match["c"]:
        form = "of"
    elif match["dashed"]:
        form = "dashed"
    elif text[0] == "[":
        form = "brackets"
    return int("".join(filter(str.isdecimal, digits))), form


def _page_numbers(pages: _Pages) -> list[int]:
    """The lines that may be page numbers: none stands among other numbers, as in a table."""
    values = pages.values
    found = []
    for at, value in enumerate(values):
        if value < 0:
            continue
        before = at > 0 and values[at - 1] >= 0 and not pages.is_page(at)
        if before:
            continue
        after = at + 1 < len(values) and values[at + 1] >= 0 and not pages.is_page(at + 1)
        apart = (
            pages.is_blank(at) or pages.is_blank(at + 1) or pages.form(at) in ("sure", "brackets", "dashed")
        )
        if not after and apart:
            found.append(at)
    return [at for n, at in enumerate(found) if _goes_up([values[m] for m in found[max(n - 1, 0) : n + 2]])]


def _goes_up(values: Sequence[int]) -> bool:
    """Whether a number goes up from the one before it or to the one after it, or stands alone."""
    return len(values) == 1 or any(0 < after - before <= 3 for before, after in pairwise(values))


def _taken(pages: _Pages, numbers: Sequence[int], edges: Sequence[int], feeds: Sequence[int]) -> set[int]:
    """The lines that are page numbers, and the running heads and feet beside them and at form feeds."""
    heads = _heads(pages, edges, numbers)
    taken: set[int] = set()
    for at in numbers:
        around = _around(pages, at, heads)
        if around or pages.is_sure(at):
            taken |= {at, *around}
    if heads or numbers:
        for at in feeds:
            taken |= _at_feed(pages, at, heads)
    taken |= _in_sequence(pages, numbers, taken)
    for at in numbers:
        taken |= _in_a_sentence(pages, at)
    return taken | _heads_alone(pages)


def _heads(pages: _Pages, edges: Sequence[int], numbers: Sequence[int]) -> set[str]:
    """The lines of text that stand beside several page breaks."""
    near: set[int] = set()
    reached = 0
    for at in edges:
        # A line near both the number and the form feed of one page break counts once.
        first = max(at - _HEAD_LINES, reached)
        reached = max(min(at + _HEAD_LINES + 1, len(pages)), reached)
        near.update(range(first, reached))
    counts = Counter([pages.texts[n] for n in near.difference(numbers)])
    return {
        text
        for text, count in counts.items()
        if count >= _REPEATED and len(text) <= _LONGEST_HEAD and not _is_text(text)
    }


def _is_text(text: str) -> bool:
    """Whether a line ends a sentence, as a refrain does, or is an item or a bare number."""
    return text.isdigit() or is_ended(text) or _ITEM.match(text) is not None


def _around(pages: _Pages, at: int, heads: set[str]) -> set[int]:
    """The running heads and feet that adjoin a line."""
    if not heads:
        return set()
    return {*_run(pages, range(at + 1, len(pages)), heads), *_run(pages, range(at - 1, 0, -1), heads)}


def _run(pages: _Pages, order: range, heads: set[str]) -> Iterator[int]:
    for n in order[:_HEAD_LINES]:
        if pages.texts[n] not in heads:
            return
        yield n


def _at_feed(pages: _Pages, at: int, heads: set[str]) -> set[int]:
    """The furniture at the top of a page and at the bottom of the one before it."""
    taken: set[int] = set()
    values, texts = pages.values, pages.texts
    last = min(at + _HEAD_LINES + 1, len(values))
    for order in (range(at, last), range(at - 1, max(at - _HEAD_LINES - 2, 0), -1)):
        for n in order:
            if values[n] < 0 and texts[n] not in heads:
                break
            taken.add(n)
    return taken


def _in_sequence(pages: _Pages, numbers: Sequence[int], taken: set[int]) -> set[int]:
    """Numbers that go up by one, with a page between them, where a sentence goes on over one."""
    found: set[int] = set()
    chain: list[int] = []
    for at in [*numbers, -1]:
        goes_on = chain and at >= 0 and pages.values[at] == pages.values[chain[-1]] + 1
        if not (goes_on and at - chain[-1] > (1 if pages.form(at) else 2)):
            found |= _proved(pages, chain, taken)
            chain = []
        chain.append(at)
    return found


def _proved(pages: _Pages, chain: list[int], taken: set[int]) -> set[int]:
    if len(chain) < 2:
        return set()
    broken = sum(1 for at in chain if at in taken or _parts_a_sentence(pages, at, at))
    forms = {pages.form(at) for at in chain}
    if len(forms) == 1 and forms <= {"dashed", "named", "sure", "of"}:
        return set(chain)
    if forms == {"brackets"} and broken:
        return set(chain)
    far = all(b - a > 5 for a, b in pairwise(chain))
    return set(chain) if broken and (far or broken > 1) else set()


def _is_han_or_kana(character: str) -> bool:
    """Whether Chinese or Japanese is written with it, its commas included."""
    return character in "、，" or "\u3040" <= character <= "\u9fff"


def _parts_a_sentence(pages: _Pages, first: int, last: int) -> bool:
    """Whether one sentence stands on both sides of some lines."""
    if first == 0 or last + 1 >= len(pages):
        return False
    before, after = pages.texts[first - 1], pages.texts[last + 1]
    if is_ended(before):
        return False
    if _is_han_or_kana(before[-1]) and _is_han_or_kana(after[0]):
        # There are no capitals there, so it takes a full line.
        return len(before) >= 16 and _STOP.search(before) is not None and _STOP.search(after) is not None
    return len(before) >= 20 and after[0].islower() and " " in after


def _in_a_sentence(pages: _Pages, at: int) -> set[int]:
    """A lone page number in the middle of a sentence, and a running head in capitals beside it."""
    for more in reversed(range(_HEAD_LINES)):
        for first, last in ((at, at + more), (at - more, at)):
            if first < 1 or last + 1 >= len(pages) or not _parts_a_sentence(pages, first, last):
                continue
            if all(_is_capital_head(pages.texts[n]) for n in range(first, last + 1) if n != at):
                return set(range(first, last + 1))
    return set()


def _is_capital_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and text.isupper() and not is_ended(text)


def _heads_alone(pages: _Pages) -> set[int]:
    """Lines by themselves that come again and again in the middle of a sentence."""
    alone: dict[str, list[int]] = {}
    for at in range(1, len(pages) - 1):
        if pages.gaps[at] != NEXT and pages.gaps[at + 1] != NEXT and len(pages.texts[at]) <= _LONGEST_HEAD:
            alone.setdefault(pages.texts[at], []).append(at)
    found: set[int] = set()
    for places in alone.values():
        if len(places) >= _REPEATED_ALONE and _part_sentences(pages, places):
            found |= set(places)
    return found


def _part_sentences(pages: _Pages, places: Sequence[int]) -> bool:
    """Whether half of some lines, or more, part a sentence."""
    return 2 * sum(_parts_a_sentence(pages, at, at) for at in places) >= len(places)


def _templated(pages: _Pages, feeds: Sequence[int]) -> set[int]:
    """Running heads with the number of the page in them, which goes up: `Harbour Pact 3`, `4 HARBOUR PACT`."""
    at_feeds = {*feeds, *(at - 1 for at in feeds if at)}
    if feeds:
        at_feeds |= {0, len(pages) - 1}
    same: dict[str, list[tuple[int, int]]] = {}
    known: dict[str, _Template | None] = {}
    for at, text in enumerate(pages.texts):
        if text not in known:
            known[text] = _template(text)
        template = known[text]
        if template is None or pages.values[at] >= 0:
            continue
        if at in at_feeds or pages.is_blank(at) or pages.is_blank(at + 1):
            same.setdefault(template.text, []).append((at, template.value))
    found: set[int] = set()
    for places in same.values():
        chain = _rising(places)
        if len(chain) < _REPEATED:
            continue
        if at_feeds.issuperset(chain) or _part_sentences(pages, chain):
            found.update(chain)
    return found


def _template(text: str) -> _Template | None:
    """A line that has one number at one of its ends, or after a word for pages, and is no heading or item."""
    if len(text) > _LONGEST_HEAD or not any(map(str.isdecimal, text)):
        return None
    found = list(_DIGITS.finditer(text))
    words = text.lower().split()
    if len(found) > 2 or not words or _ITEM.match(text) or is_ended(text):
        return None
    number = found[0] if found[0].start() == 0 or re.match(rf"(?i:{_PAGE_WORD})", text) else found[-1]
    if number.start() > 0 and number.end() < len(text) and not re.match(rf"(?i:{_PAGE_WORD})", text):
        return None
    before = text[: number.start()].lower().split()
    if before and before[-1].rstrip(".") in _PART_WORDS:
        return None
    if not any(map(str.isalpha, text)):
        return None
    words = [*text[: number.start()].casefold().split(), "#", *text[number.end() :].casefold().split()]
    return _Template(" ".join(words), int(number[0]))


def _rising(places: Sequence[tuple[int, int]]) -> list[int]:
    """The lines whose numbers go up, by one or by two, as those of left and right pages do."""
    return [
        at
        for n, (at, _) in enumerate(places)
        if any(0 < b[1] - a[1] <= 2 and b[0] - a[0] > 1 for a, b in pairwise(places[max(n - 1, 0) : n + 2]))
    ]


def furniture_spans(length: int, lines: Lines, taken: set[int]) -> tuple[Span, ...]:
    """The ranges of the lines taken, from the end of the text before to the start of that after."""
    if not taken and PAGE not in lines.gaps:
        return ()
    blocks: list[list[int]] = []
    for at, gap in enumerate(lines.gaps):
        if at not in taken and gap != PAGE:
            continue
        # A form feed by itself is furniture too, without any line.
        end = at if at not in taken else at + 1
        if blocks and blocks[-1][1] >= at:
            blocks[-1][1] = end
        else:
            blocks.append([at, end])
    found = []
    for first, after in blocks:
        start = lines.ends[first - 1] if first else 0
        end = lines.starts[after] if after < len(lines.starts) else length
        if start < end:
            found.append(Span(start, end))
    return tuple(found)


def outside(span: Span, furniture: Sequence[Span]) -> Iterator[Span]:
    """The pieces of a range that are not furniture."""
    start = span.start
    for at in range(bisect_left(furniture, start, key=lambda found: found.end), len(furniture)):
        found = furniture[at]
        if found.start >= span.end:
            break
        if start < found.start:
            yield Span(start, found.start)
        start = max(start, found.end)
    if start < span.end:
        yield Span(start, span.end)
