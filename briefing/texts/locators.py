"""Locators: what `Art. 5(1)(b)`, `párrafo 4` or `Annex II, ¶3` names in a text.

A locator is first read by itself, then looked up in the parts and blocks of one text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.texts import labels
from briefing.texts.blocks import CONTENTS, TESTIMONIUM, Block, Built, Part
from briefing.texts.enumeration import CJK_NUMERALS, cjk_value, ordinal_value, plain, roman_value
from briefing.texts.headings import CJK, CJK_KINDS, WORDS, Kind
from briefing.texts.span import Span

_LONGEST = 200
_TOKEN = re.compile(
    rf"第\s*[0-9０-９{CJK_NUMERALS}]+\s*[条條章节節编編部]|第\s*[0-9０-９{CJK_NUMERALS}]+\s*[款項项号]|[^\W\d_]+\.?|§+|¶+"
    r"|\d+[a-z]?\b|\d+|[;,&，、؛]|[-\u2010-\u2015]"
)
_NESTED = frozenset(word.rstrip(".") for word in (*labels.PARAGRAPH, *labels.POINT))
_SENTENCES = frozenset((
    "sentence", "sentences", "frase", "frases", "oración", "phrase", "phrases", "satz", "sätze",
    "período", "предложение",
))  # fmt: skip
_PAGES = frozenset((
    "page", "pages", "p.", "pp.", "pág.", "página", "páginas", "seite", "s.", "стр.", "line", "lines",
    "línea", "zeile", "footnote", "note",
))  # fmt: skip
_ORDER = frozenset((
    "of", "de", "del", "da", "do", "du", "des", "der", "dell", "dello", "della", "d", "из",
))  # fmt: skip
_IDLE = frozenset((
    "the", "la", "el", "le", "les", "los", "las", "il", "o", "in", "fine", "chapeau", "ab", "initio",
))  # fmt: skip
_AND = frozenset((
    "and", "or", "y", "e", "et", "ou", "und", "oder", "o", "и", "или", ";", "&", "و",
))  # fmt: skip
_TO = frozenset((
    "to", "through", "a", "à", "bis", "al", "au", "по", "до",
))  # fmt: skip
_COMMAS = frozenset(",，、؛")
_RECITALS = frozenset((
    "recital", "recitals", "considerando", "considerandos", "considérant", "erwägungsgrund",
))  # fmt: skip
_PLURALS = frozenset((
    "articles", "arts", "artículos", "artigos", "articoli", "статьи", "sections", "secs", "secciones",
    "annexes", "rules", "§§",
))  # fmt: skip
_SPECIAL = {"title": "title", "testimonium": TESTIMONIUM, "contents": CONTENTS}


_Key = tuple[int | None, tuple[str, ...]]
_ANY = ""
"""Stands for the number of whatever paragraph."""


class _Target(NamedTuple):
    """One part of a text, or one paragraph or point in it."""

    parts: tuple[tuple[Kind, str], ...]
    path: tuple[str, ...] = ()
    is_called: bool = True
    """Whether a word or a sign says what it is; `5(1)` alone does not."""


class _Wanted(NamedTuple):
    """What a locator names: one part, or all from a first to a last."""

    first: _Target
    last: _Target | None = None


class _Reader:
    """Reads the tokens of a locator."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tokens
        self.found: list[_Wanted] = []
        self.parts: list[tuple[Kind, str]] = []
        self.path: list[str] = []
        self.expects = False  # whether the number of a part is to come
        self.naming = -1  # which of the parts that number is of
        self.around = False  # whether the next part is around those before: `Article 1 of Annex II`
        self.is_called = False
        self.counts = False  # whether a paragraph is named with its sign
        self.plural = False
        self.pending = ""  # what joins the next number to the one before: `,`, `and`, `to`
        self.joined = ""  # what joined the part that is being read to the one before

    def read(self) -> tuple[_Wanted, ...] | None:
        """What the tokens name; None where something in them is not understood."""
        at = 0
        while at < len(self.tokens):
            used = self._take(at)
            if not used:
                return None
            at += used
        self._finish()
        return tuple(self.found) or None

    def _take(self, at: int) -> int:
        """Take what stands at a token. Gives how many tokens that was, 0 where it is not understood."""
        token = self.tokens[at]
        lower = token.lower()
        bare = lower.rstrip(".")
        after = self.tokens[at + 1].lower().rstrip(".") if at + 1 < len(self.tokens) else ""
        if lower in _PAGES or bare in _SENTENCES:
            return (2 if after.isdecimal() else 1) if self.parts or self.path else 0
        if ordinal_value(bare) and after in _SENTENCES:
            return 2
        if token[0] == "第":
            self._take_cjk(token)
        elif bare in _TO and after.isdecimal() and self._has_value():
            self.pending = "to"
        elif bare in _AND or lower in _COMMAS or token[0] in "-\u2010\u2011\u2012\u2013\u2014\u2015":
            self._take_joint(bare)
        elif bare in _RECITALS and not self.parts:
            self.parts.append(("preamble", ""))
        elif kind := self._kind(lower):
            self._take_label(kind, bare)
        elif (bare in _NESTED and len(bare) > 1) or token[0] in "§¶":
            self._take_nested(token)
        elif _is_value(token):
            self._take_value(token)
        elif bare in _ORDER:
            self.around = bool(self.parts)
        elif bare not in _IDLE:
            return 0
        return 1

    def _has_value(self) -> bool:
        return not self.expects and bool(self.path or (self.parts and self.parts[-1][1]))

    def _kind(self, word: str) -> Kind | None:
        if word[0] == "§":
            return None if self.parts else "section"
        kind = WORDS.get(word) or WORDS.get(word.rstrip("."))
        return kind if kind and len(word.rstrip(".")) > 1 else None

    def _take_cjk(self, token: str) -> None:
        if match := CJK.match(re.sub(r"\s", "", token)):
            self.parts.append((CJK_KINDS[match[2]], str(cjk_value(match[1]))))
        else:
            self.path.append(str(cjk_value(token.strip("第款項项号 "))))

    def _take_joint(self, word: str) -> None:
        if self._has_value() or self.parts:
            self.pending = "and" if word in _AND else "," if word in _COMMAS else "to"

    def _take_label(self, kind: Kind, word: str) -> None:
        kinds = [each for each, _ in self.parts]
        if kind in kinds and not self.around:
            outer = self.parts[: kinds.index(kind)]
            self._finish()
            self.parts = outer
        elif self.pending == "and" and self.parts:
            self._finish()
        if not self.parts:
            # `paragraph 2 of Article 5`: what was named first is the innermost.
            self.path.reverse()
        self.naming = 0 if self.around else len(self.parts)
        self.parts.insert(self.naming, (kind, ""))
        self.around = False
        self.plural = word in _PLURALS
        self.expects = kind != "preamble"
        self.pending = "to" if self.pending == "to" else ""

    def _take_nested(self, token: str) -> None:
        self.expects, self.is_called = False, True
        self.counts = token[0] == "¶"
        if self.pending == ",":
            self.pending = ""

    def _take_value(self, token: str) -> None:
        value = token.lower().rstrip(".")
        value = str(int(value)) if value.isdecimal() else str(ordinal_value(value) or value)
        if self.expects and self.parts:
            self.parts[self.naming] = (self.parts[self.naming][0], value)
            self.expects = False
            return
        if self.pending and (self.path or self.pending != "," or self.plural):
            self._take_sibling(value)
            return
        self.path.append(f"¶{value}" if self.counts else value)
        self.pending, self.counts = "", False

    def _take_sibling(self, value: str) -> None:
        """Take a number that stands beside the one before it: `(1) and (2)`, `Articles 5 and 6`."""
        before, path = list(self.parts), list(self.path)
        beside = [at for at, each in enumerate(path) if each.lstrip("¶").isdecimal() == value.isdecimal()]
        if path and not beside:
            self.path.append(value)
            self.pending = ""
            return
        self._finish()
        if path:
            sign = "¶" if path[beside[-1]][0] == "¶" else ""
            self.parts, self.path = before, [*path[: beside[-1]], sign + value]
        else:
            self.parts = [*before[:-1], (before[-1][0], value)] if before else []

    def _finish(self) -> None:
        """Close the target that is being read; what joined it to the one before stays to be used."""
        if not self.parts and not self.path:
            return
        target = _Target(tuple(self.parts), tuple(self.path), self.is_called)
        if self.found and self.joined == "to" and self.found[-1].last is None:
            self.found[-1] = _Wanted(self.found[-1].first, target)
        else:
            self.found.append(_Wanted(target))
        self.joined, self.pending = self.pending, ""
        self.parts, self.path, self.expects = [], [], False


def _is_value(token: str) -> bool:
    bare = token.rstrip(".")
    return token[0].isdecimal() or len(bare) == 1 or roman_value(bare) > 0 or ordinal_value(bare) > 0


def _read(locator: str) -> tuple[_Wanted, ...] | None:
    special = _SPECIAL.get(locator.strip().lower())
    if special:
        return (_Wanted(_Target((("title", special),))),)
    return _Reader(_TOKEN.findall(locator[:_LONGEST])).read()


class Places:
    """The parts and blocks of one text, for looking up locators."""

    def __init__(self, built: Built) -> None:
        self.built = built
        self.blocks = built.blocks
        self.texts = [block for block in built.blocks if block.role != "heading"]
        self.kinds = {part.kind for part in built.parts if part.rank or part.kind in ("annex", "preamble")}
        self.numbered: dict[tuple[str, str], list[int]] = {}
        for at, part in enumerate(built.parts):
            self.numbered.setdefault((part.kind, plain(part.number)), []).append(at)
            if part.number:
                self.numbered.setdefault((part.kind, ""), []).append(at)
        self.ends = _ends(built.parts)
        self.paths = _paths(self.blocks)

    def within(self, locator: str) -> tuple[Span, ...] | None:
        """The ranges that a locator names; empty where it is wrong, None where nothing can tell."""
        wanted = _read(locator)
        if wanted is None:
            return None
        found: list[Span] = []
        for each in wanted:
            spans = self._spans(each.first)
            if each.last and spans:
                last = self._spans(each.last)
                spans = (
                    [Span(spans[0].start, last[-1].end)]
                    if last and last[-1].end > spans[0].start
                    else last and []
                )
            if spans is None:
                return None
            found += spans
        return tuple(dict.fromkeys(found))

    def _spans(self, target: _Target) -> list[Span] | None:
        if not target.parts:
            return self._of_paragraph(target.path) if target.is_called else self._of_number(target.path)
        kind, name = target.parts[-1]
        if kind == "title":
            return self._of_special(name)
        if kind == "part" and not name and "part" not in self.kinds:
            return None
        if not all(each in self.kinds for each, _ in target.parts):
            return None
        found, path = self._parts_named(kind, name, target.path)
        for outer, number in target.parts[:-1]:
            around = [(at, self.ends[at]) for at in self.numbered.get((outer, plain(number)), ())]
            found = [at for at in found if any(first <= at < end for first, end in around)]
        return [span for at in found for span in self._within_part(at, path)]

    def _parts_named(self, kind: str, name: str, path: tuple[str, ...]) -> tuple[list[int], tuple[str, ...]]:
        """The parts with a number, and the path that is left: `5.1` may be an article's number or `5(1)`."""
        for more in range(len(path), 0, -1):
            if (found := self.numbered.get((kind, ".".join((name, *path[:more]))))) is not None:
                return found, path[more:]
        if path and path[0].isalpha() and (found := self.numbered.get((kind, plain(name + path[0])))):
            return found, path[1:]
        return self.numbered.get((kind, plain(name) if name else ""), []), path

    def _of_special(self, name: str) -> list[Span] | None:
        if name == "title":
            titles = [heading for heading in self.built.headings if heading.kind == "title"]
            return [Span(heading.start, heading.end) for heading in titles] or None
        found = [at for at, part in enumerate(self.built.parts) if part.label == name]
        return [span for at in found for span in self._within_part(at, ())] if found else None

    def _of_number(self, path: tuple[str, ...]) -> list[Span] | None:
        """What `5(1)` names: an article, or a paragraph where there are none."""
        if "article" in self.kinds:
            return self._spans(_Target((("article", path[0]),), path[1:])) or None
        return self._of_paragraph(path) or None

    def _of_paragraph(self, path: tuple[str, ...]) -> list[Span]:
        """The paragraph with a number in a text without articles, else the paragraph counted."""
        first = path[0].lstrip("¶")
        found: list[Span] = []
        if "article" not in self.kinds:
            found = self._in_path(None, (first, *path[1:]))
        if (not found or path[0][0] == "¶") and len(path) == 1:
            found = [*found, *_nth(self.texts, first)]
        return found

    def _within_part(self, part: int, path: tuple[str, ...]) -> list[Span]:
        """The range of a part of the text, or of one paragraph or point in it."""
        first = bisect_left(self.blocks, part, key=lambda block: block.part)
        last = bisect_left(self.blocks, self.ends[part], key=lambda block: block.part)
        if first == last:
            return []
        if not path:
            return [Span(self.blocks[first].start, self.blocks[last - 1].end)]
        number = path[0].lstrip("¶")
        parts = range(self.blocks[first].part, self.blocks[last - 1].part + 1)
        found = [span for at in parts for span in self._in_path(at, (number, *path[1:]))]
        if not found and not number.isdecimal():
            return [span for at in parts for span in self._in_path(at, (_ANY, *path))]
        if found and path[0][0] != "¶":
            return found
        if number.isdecimal():
            found = [*found, *self._counted(first, last, number, path)]
        return found

    def _counted(self, first: int, last: int, number: str, path: tuple[str, ...]) -> Iterator[Span]:
        """A paragraph of a part by its count; where it was not counted with a sign, only if none has a number."""
        own = self.blocks[first:last]
        if path[0][0] == "¶" and len(path) == 1:
            yield from _nth([block for block in own if block.role != "heading"], number)
        if any(block.path and block.path[0].isdecimal() for block in own):
            return
        if len(path) > 1:
            yield from self._in_path(own[0].part, path[1:])
        else:
            yield from _nth([block for block in own if block.role != "heading" and not block.path], number)

    def _in_path(self, part: int | None, path: tuple[str, ...]) -> list[Span]:
        """The blocks whose numbers begin as a path does, whatever the case and the numerals."""
        return self.paths.get((part, path)) or self.paths.get((part, tuple(map(_form, path)))) or []


def _form(label: str) -> str:
    """The label of a paragraph or point as it is compared: `II` is `2`, but `i` may be a letter."""
    return plain(label) if len(label) > 1 or label.isupper() else label


def _nth(blocks: Sequence[Block], number: str) -> list[Span]:
    at = int(number) - 1 if number.isdecimal() else -1
    return [Span(blocks[at].start, blocks[at].end)] if 0 <= at < len(blocks) else []


def _ends(parts: Sequence[Part]) -> list[int]:
    """For each part the part with which it ends: the next of the same or a lower rank."""
    ends = [len(parts)] * len(parts)
    open_parts: list[int] = []
    for at, part in enumerate(parts):
        while open_parts and parts[open_parts[-1]].rank >= part.rank:
            ends[open_parts.pop()] = at
        if part.rank or part.kind == "annex":
            open_parts.append(at)
        else:
            # A preamble or a testimonium holds no other part.
            ends[at] = at + 1
    return ends


def _paths(blocks: Sequence[Block]) -> dict[_Key, list[Span]]:
    """Where the blocks of each path are, by part and in the whole text; what adjoins is one range."""
    found: dict[_Key, list[Span]] = {}
    latest: dict[_Key, int] = {}
    for at, block in enumerate(blocks):
        for key in _keys(block):
            spans = found.setdefault(key, [])
            if spans and latest[key] == at - 1:
                spans[-1] = Span(spans[-1].start, block.end)
            else:
                spans.append(Span(block.start, block.end))
            latest[key] = at
    return found


def _keys(block: Block) -> set[_Key]:
    """All under which a block is looked up."""
    keys: set[_Key] = set()
    for labels_of in (tuple(map(str.casefold, block.path)), tuple(map(_form, block.path))):
        for depth in range(1, len(labels_of) + 1):
            keys |= {(None, labels_of[:depth]), (block.part, labels_of[:depth])}
            # `Art. 5(b)` is understood for `Art. 5(1)(b)`.
            if labels_of[0].isdecimal() and depth > 1:
                keys.add((block.part, (_ANY, *labels_of[1:depth])))
    return keys
