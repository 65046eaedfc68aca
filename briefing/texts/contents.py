"""Tables of contents: lines that name the parts of a text and are not those parts."""

from collections.abc import Sequence
from itertools import pairwise

from briefing.texts.headings import LONGEST_TITLE, Head, is_contents_entry

_TITLES = frozenset(
    ("contents", "table of contents", "índice", "sumario", "table des matières", "sommaire", "inhalt",
     "inhaltsverzeichnis", "inhaltsübersicht", "indice", "sommario", "sumário", "содержание", "оглавление",
     "目录", "目次", "المحتويات", "الفهرس")
)  # fmt: skip
_FEWEST = 3
"""How many headings in a row, with no text between them and all repeated later, make a table of contents."""


def contents_lines(texts: Sequence[str], heads: Sequence[Head | None], ended: Sequence[bool]) -> set[int]:
    """The lines that are tables of contents."""
    found = _with_leaders(texts, heads) | _run(texts, heads, ended)
    if found and (first := min(found)) > 0 and _is_title(texts[first - 1]):
        found.add(first - 1)
    return found


def _is_title(text: str) -> bool:
    return len(text) < 40 and text.strip("#*_ :").lower() in _TITLES


def _with_leaders(texts: Sequence[str], heads: Sequence[Head | None]) -> set[int]:
    """Lines that end in a page number after dots, where they name parts or follow a title like `Contents`."""
    group: list[int] = []
    found: set[int] = set()
    for at in [*(n for n, text in enumerate(texts) if is_contents_entry(text)), len(texts) + 9]:
        if group and at - group[-1] > 2:
            named = any(heads[n] for n in group) or (group[0] > 0 and _is_title(texts[group[0] - 1]))
            if len(group) > 1 and named:
                found.update(range(group[0], group[-1] + 1))
            group = []
        group.append(at)
    return found


def _key(head: Head | None) -> tuple[str, str] | None:
    return (head.kind, head.number) if head and head.kind != "title" else None


def _run(texts: Sequence[str], heads: Sequence[Head | None], ended: Sequence[bool]) -> set[int]:
    """A run of headings without text between them, each of which comes again after it."""
    first = next((at for at, head in enumerate(heads) if _key(head)), None)
    if first is None:
        return set()
    named = _named_in_run(texts, heads, ended, first)
    if len(named) < _FEWEST:
        return set()
    last = named[-1]
    again = {_key(head) for head in heads[last + 1 :]}
    if not all(_key(heads[at]) in again for at in named):
        return set()
    # The title of the last heading, where all have theirs on lines of their own.
    steps = {after - before for before, after in pairwise(named)}
    tail = steps.pop() - 1 if len(steps) == 1 else 0
    if any(_key(head) for head in heads[last + 1 : last + 1 + tail]):
        tail = 0
    return set(range(first, min(last + 1 + tail, len(texts))))


def _named_in_run(
    texts: Sequence[str], heads: Sequence[Head | None], ended: Sequence[bool], first: int
) -> list[int]:
    """The headings from a line on, until text follows or one of them comes again."""
    named: list[int] = []
    seen: set[tuple[str, str] | None] = set()
    for at in range(first, len(texts)):
        head = heads[at]
        if head is None and (ended[at] or len(texts[at]) > LONGEST_TITLE):
            break
        if key := _key(head):
            if key in seen:
                break
            seen.add(key)
            named.append(at)
        if head and head.runs_in:
            break
    return named
