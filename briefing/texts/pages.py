"""What pages add to a text and is no part of it: page numbers, running heads and feet, form feeds.

A line is furniture only with strong evidence, for what is taken for furniture is taken out of the
text: better a page number left in a sentence than a figure lost from it.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.texts.span import Span

_HEAD_LINES = 3
"""How many lines a running head or foot has at most."""
_LONGEST_HEAD = 120

_LINE = re.compile(r"\S[^\r\n\f]*")
_DASHED = r"[-\u2010-\u2014]{1,2} ?\d{1,4} ?[-\u2010-\u2014]{1,2}"
_PAGE_WORD = r"(?:page|pg\.?|p\.|seite|página|pagina|pág\.|стр\.|страница|صفحة)"
_OF = r"(?:of|/|de|von|sur|di|из|من)"
_NUMBER = re.compile(
    rf"(?i:(?P<named>{_PAGE_WORD}) ?(?P<a>\d{{1,4}})(?P<of> ?{_OF} ?\d{{1,4}})?"
    rf"|(?P<b>\d{{1,4}}) ?(?:of|/) ?\d{{1,4}}|(?P<dashed>{_DASHED})"
    r"|第 ?(?P<c>\d{1,4}) ?[页頁]|\[?(?P<d>\d{1,4})\]?)"
)
_ENDED = re.compile(r"[.!?:;\u2026\u3002\uff01\uff1f\uff1b\uff1a][\"'\u201d\u2019\u00bb)\]]*\Z")
_REPEATED = 2
_REPEATED_ALONE = 3


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    blank: bool  # whether a blank line or a form feed is before it
    feed: bool  # whether a form feed is before it


def furniture(raw: str) -> tuple[Span, ...]:
    """The ranges that pages added, each with the white space on both sides of it.

    One space, or line break, in the place of each joins the sentence that goes on over the page.
    """
    lines = _lines(raw)
    numbers = _page_numbers(lines) if "\f" in raw or _has_number_line(lines) else []
    taken = _taken(lines, numbers)
    return tuple(_spans(raw, lines, taken))


def _lines(raw: str) -> list[_Line]:
    """The lines in which something is visible."""
    found: list[_Line] = []
    before = 0
    feeds = "\f" in raw
    for match in _LINE.finditer(raw):
        start = match.start()
        text = match[0].rstrip()
        feed = feeds and raw.find("\f", before, start) >= 0
        blank = feed or raw.count("\n", before, start) > 1 or raw.count("\r", before, start) > 1
        before = start + len(text)
        found.append(_Line(start, before, text, blank, feed))
    return found


def _has_number_line(lines: Sequence[_Line]) -> bool:
    return any(len(line.text) < 30 and _NUMBER.fullmatch(line.text) for line in lines)


def _value(line: _Line) -> int:
    """The number of a page number line; -1 where the line is something else."""
    if len(line.text) >= 30 or not (match := _NUMBER.fullmatch(line.text)):
        return -1
    return int("".join(filter(str.isdigit, match["a"] or match["b"] or match["c"] or match["d"] or match[0])))


def _page_numbers(lines: Sequence[_Line]) -> list[int]:
    """The lines that may be page numbers: none stands among other numbers, as in a table."""
    values = [_value(line) for line in lines]
    found = []
    for at, value in enumerate(values):
        if value < 0:
            continue
        before = at > 0 and values[at - 1] >= 0 and not lines[at].feed
        after = at + 1 < len(lines) and values[at + 1] >= 0 and not lines[at + 1].feed
        if not before and not after and (_is_apart(lines, at) or _is_sure(lines, at)):
            found.append(at)
    return [at for n, at in enumerate(found) if _goes_up([values[m] for m in found[max(n - 1, 0) : n + 2]])]


def _goes_up(values: Sequence[int]) -> bool:
    """Whether a number goes up from the one before it or to the one after it, or stands alone."""
    return len(values) == 1 or any(0 < after - before <= 3 for before, after in pairwise(values))


def _is_apart(lines: Sequence[_Line], at: int) -> bool:
    """Whether a blank line, a form feed or an end of the text is at one side of a line."""
    return lines[at].blank or at + 1 >= len(lines) or lines[at + 1].blank


def _taken(lines: Sequence[_Line], numbers: Sequence[int]) -> set[int]:
    """The lines that are furniture."""
    edges = sorted({*numbers, *(at for at, line in enumerate(lines) if line.feed)})
    heads = _heads(lines, edges, numbers)
    taken: set[int] = set()
    for at in numbers:
        around = _around(lines, at, heads)
        if around or _is_sure(lines, at):
            taken |= {at, *around}
    sure = heads or numbers
    for at in edges if sure else ():
        if lines[at].feed:
            taken |= _at_feed(lines, at, heads)
    taken |= _in_sequence(lines, numbers, taken)
    for at in numbers:
        taken |= _in_a_sentence(lines, at)
    return taken | _heads_alone(lines)


def _heads(lines: Sequence[_Line], edges: Sequence[int], numbers: Sequence[int]) -> set[str]:
    """The lines of text that stand beside several page breaks."""
    near = {n for at in edges for n in range(max(at - _HEAD_LINES, 0), min(at + _HEAD_LINES + 1, len(lines)))}
    # A line near both the number and the form feed of one page break counts once.
    counts = Counter(lines[n].text for n in near.difference(numbers))
    return {
        text
        for text, count in counts.items()
        if count >= _REPEATED and len(text) <= _LONGEST_HEAD and not _is_text(text)
    }


def _is_text(text: str) -> bool:
    """Whether a line ends a sentence, as a refrain does, or is an item or a bare number."""
    return (
        text.isdigit()
        or _ENDED.search(text) is not None
        or re.match(r"\(?(?:\d{1,3}|[ivxIVX]{1,4}|[a-zA-Z])[.)]", text) is not None
    )


def _around(lines: Sequence[_Line], at: int, heads: set[str]) -> set[int]:
    """The running heads and feet that adjoin a line."""
    return {*_run(lines, range(at + 1, len(lines)), heads), *_run(lines, range(at - 1, 0, -1), heads)}


def _run(lines: Sequence[_Line], order: range, heads: set[str]) -> Iterator[int]:
    for n in order[:_HEAD_LINES]:
        if lines[n].text not in heads:
            return
        yield n


def _at_feed(lines: Sequence[_Line], at: int, heads: set[str]) -> set[int]:
    """The furniture at the top of a page and at the bottom of the one before it."""
    taken: set[int] = set()
    for order in (range(at, len(lines)), range(at - 1, 0, -1)):
        for n in order[: _HEAD_LINES + 1]:
            is_number = _value(lines[n]) >= 0
            if not is_number and lines[n].text not in heads:
                break
            taken.add(n)
    return taken


def _is_sure(lines: Sequence[_Line], at: int) -> bool:
    """Whether a line can be nothing else than a page number."""
    match = _NUMBER.fullmatch(lines[at].text)
    return bool(match and match["named"] and match["of"])


def _in_sequence(lines: Sequence[_Line], numbers: Sequence[int], taken: set[int]) -> set[int]:
    """Numbers that go up by one, with a page between them, where a sentence goes on over one."""
    found: set[int] = set()
    chain: list[int] = []
    for at in [*numbers, -1]:
        goes_on = chain and at >= 0 and _value(lines[at]) == _value(lines[chain[-1]]) + 1
        if not (goes_on and at - chain[-1] > 2):
            found |= _proved(lines, chain, taken)
            chain = []
        chain.append(at)
    return found


def _proved(lines: Sequence[_Line], chain: list[int], taken: set[int]) -> set[int]:
    if len(chain) < 2:
        return set()
    broken = sum(1 for at in chain if at in taken or _parts_a_sentence(lines, at, at))
    dashed = all(lines[at].text[0] in "-\u2010\u2011\u2012\u2013\u2014" for at in chain)
    named = all(lines[at].text[0].isalpha() for at in chain)
    far = all(b - a > 5 for a, b in pairwise(chain))
    return set(chain) if dashed or named or (broken and (far or broken > 1)) else set()


def _parts_a_sentence(lines: Sequence[_Line], first: int, last: int) -> bool:
    """Whether one sentence stands on both sides of some lines."""
    if first == 0 or last + 1 >= len(lines):
        return False
    before, after = lines[first - 1].text, lines[last + 1].text
    enough = len(before) >= 20 and " " in after
    return enough and not _ENDED.search(before) and after[0].islower()


def _in_a_sentence(lines: Sequence[_Line], at: int) -> set[int]:
    """A lone page number in the middle of a sentence, and a running head in capitals beside it."""
    for more in range(_HEAD_LINES):
        for first, last in ((at, at + more), (at - more, at)):
            if first < 1 or last + 1 >= len(lines):
                continue
            heads = [lines[n].text for n in range(first, last + 1) if n != at]
            if all(map(_is_capital_head, heads)) and _parts_a_sentence(lines, first, last):
                return set(range(first, last + 1))
    return set()


def _is_capital_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and text.isupper() and not _ENDED.search(text)


def _heads_alone(lines: Sequence[_Line]) -> set[int]:
    """Lines by themselves that come again and again in the middle of a sentence."""
    alone: dict[str, list[int]] = {}
    for at in range(1, len(lines) - 1):
        line = lines[at]
        if line.blank and lines[at + 1].blank and len(line.text) <= _LONGEST_HEAD:
            alone.setdefault(line.text, []).append(at)
    found: set[int] = set()
    for places in alone.values():
        if len(places) < _REPEATED_ALONE:
            continue
        parted = sum(1 for at in places if _parts_a_sentence(lines, at, at))
        if 2 * parted >= len(places):
            found |= set(places)
    return found


def _spans(raw: str, lines: Sequence[_Line], taken: set[int]) -> Iterator[Span]:
    """The ranges of the lines taken, from the end of the text before to the start of that after."""
    blocks: list[list[int]] = []
    for at, line in enumerate(lines):
        if at not in taken and not line.feed:
            continue
        # A form feed by itself is furniture too, without any line.
        end = at if at not in taken else at + 1
        if blocks and blocks[-1][1] >= at:
            blocks[-1][1] = end
        else:
            blocks.append([at, end])
    for first, after in blocks:
        start = lines[first - 1].end if first else 0
        end = lines[after].start if after < len(lines) else len(raw)
        if start < end:
            yield Span(start, end)


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
