"""The proof that a source text holds a quote.

A quote is proved when it stands in its source exactly once. This room owns what "stands" means:
how two texts are made comparable, where a quote may begin and end, and which sentences of a source
no quote has touched. It knows texts and offsets; of digests and files it knows nothing.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice, pairwise, product
from typing import NamedTuple

PLACES = 20
"""How many places of one quote are looked for: two already make it ambiguous."""

_REFUSALS = 10_000  # bounds the work on a text built to hold a quote only inside longer words
_CONTEXT_CHARACTERS = 200
_CONTEXT_SIZES = sorted(
    {size for words in range(1, 9) for size in ((words, 0), (0, words), (words, words))}, key=sum
)
_SEEDS = 20  # the places tried for one piece of a missing quote
_LONGEST_COMPARED = 2_000
_NEAR = 0.6
_BLOCK = 1 << 16

# Each is as long as what it stands for, so folding moves no offset.
_FOLDED = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    " ": "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
}
_PARTING_DASHES = "\u2014\u2015"
_JOINERS = "\u200c\u200d"
_LENGTHENED = re.compile("\u2026|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_SPACES = re.compile("  +")

# Thai, Lao, Burmese, Khmer, Chinese and Japanese put no space between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W{_UNSPACED}]"
_TOKEN = re.compile(rf" ?(?:{_LETTER}+|\S)")
_WORD = re.compile(rf"{_LETTER}+(?:[-'.,:/]{_LETTER}+)*|\S")
_BLOCK_EDGE = re.compile(rf" |(?=[{_UNSPACED}])")
_CONTRACTED = r"(?i:t|d|m|re|ve|ll)\b"
_INSIDE = re.compile(
    rf"""
    (?<={_LETTER})(?={_LETTER})
    | (?<=\d)(?=\d|[.,:/'\u00b7\u066b\u066c]\d|[%\u2030])        # 83|,000   1|.5   3|/4   83|%
    | (?<=\d[.,:/'\u00b7\u066b\u066c])(?=\d)                     # 83,|000
    | (?<!\d{{4}})(?<=\d)(?=[ ]\d{{3}}(?!\d))                    # 83| 000, but not 2023| 114
    | (?<!\d{{4}}[ ])(?<=\d[ ])(?=\d{{3}}(?!\d))                 # 83 |000
    | (?<![^\s(][.,])(?<=[.,])(?=\d)                             # .|5
    | (?<=\.)(?=\.)
    | (?<=\w)(?='{_CONTRACTED}) | (?<=\w')(?={_CONTRACTED})      # can|'t, but not Bukele|'s
    | (?P<dash> (?<=\w)(?=-\w) | (?<=\w-)(?=\w)                  # non|-|binding
              | (?<![^\s($]-)(?<=-)(?=[.,]?\d) )                 # -|5
    """,
    re.VERBOSE,
)

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BLANK_LINES = re.compile(r"(?:\r\n|\r(?!\n)|\n)(?:[^\S\r\n]*(?:\r\n|\r(?!\n)|\n))+")
# The splitter is quadratic in quotation marks left open, so what it gets at once is bounded.
_PARAGRAPH_PART = re.compile(r".{1,10000}\Z|.{1,10000}[.!?] |.{1,10000} |.{1,10000}", re.DOTALL)


class Span(NamedTuple):
    """A half-open range of code points in a raw text."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence of a source: numbers count from 1 through the whole text, offsets are raw."""

    number: int
    paragraph: int
    start: int
    end: int
    text: str


class Place(NamedTuple):
    """Where an offset stands, as a reader counts: all three from 1, columns in code points."""

    paragraph: int
    line: int
    column: int


class Context(NamedTuple):
    """The words that tell one place of an ambiguous quote from the others; empty if none do."""

    span: Span
    prefix: str
    suffix: str


class Closest(NamedTuple):
    """The passage most like a missing quote, as it stands, and in words how the two differ."""

    span: Span
    text: str
    difference: str


class Source:
    """A source text, normalised once, against which any number of quotes can be proved.

    Typography does not count: Unicode composition, the shape of quotation marks, apostrophes and
    dashes, an ellipsis as one character or three, kind and amount of white space, and invisible
    characters (soft hyphens, zero-width spaces, directional marks). Letter case does.

    A quote may not begin or end inside a word or a number: "14" does not stand in "114", nor "83"
    in "83,000" or "1.83", "can" in "can't", "binding" in "non-binding".

    `language` is a BCP 47 tag; one that the sentence splitter does not know is split as English.
    """

    def __init__(self, raw: str, language: str = "en") -> None:
        self.raw = raw
        self.language = language
        self._normal = _Normalised(raw)
        self._text = self._normal.text

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
        """The places where the quote stands: exactly one is a proof. See `find_all`."""
        return self.find_all([(quote, prefix, suffix)])[0]

    def find_all(self, quotes: Iterable[tuple[str, str, str]], limit: int = PLACES) -> list[tuple[Span, ...]]:
        """For every (quote, prefix, suffix) the first `limit` places where it stands, in order.

        A prefix must stand directly before the quote and a suffix directly after; white space
        between them is free, and both are whole words. A quote with nothing visible in it stands
        nowhere. One pass finds all quotes, so many cost little more than one.
        """
        wanted = [_needles(*quote) for quote in quotes]
        found: dict[_Needle, list[Span]] = {needle: [] for needles in wanted for needle in needles}
        refused = dict.fromkeys(found, 0)

        def wants_more(needle: _Needle, end: int) -> bool:
            start, end = end + needle.start, end + needle.end
            if self._is_inside(start) or self._is_inside(end):
                refused[needle] += 1
            else:
                found[needle].append(self._normal.origin(start, end))
            return len(found[needle]) < limit and refused[needle] < _REFUSALS

        _scan(self._text, _automaton(found), wants_more)
        places = (sorted({span for n in needles for span in found[n]}) for needles in wanted)
        return [tuple(spans[:limit]) for spans in places]

    def contexts(self, quote: str, spans: Sequence[Span]) -> tuple[Context, ...]:
        """For each place of an ambiguous quote the fewest words that make it the only one.

        Words are taken from before, from after, or as many from both; eight a side at most.
        """
        choices = [(span, *around) for span in spans for around in self._surroundings(span)]
        answers = self.find_all([(quote, *around) for _, *around in choices], limit=2)
        settled: dict[Span, Context] = {}
        for (span, prefix, suffix), answer in zip(choices, answers, strict=True):
            if answer == (span,):
                settled.setdefault(span, Context(span, prefix, suffix))
        return tuple(settled.get(span, Context(span, "", "")) for span in spans)

    def closest(self, quote: str) -> Closest | None:
        """The passage most like a quote that is missing, in whole words; None if nothing is near.

        It must share a word with the quote. Quotes over 2,000 characters are not compared.
        """
        wanted = _Normalised(quote).text.strip()
        if len(wanted) > _LONGEST_COMPARED:
            return None
        passages = {self._passage(wanted, start) for start in self._alignments(wanted.lower())}
        likeness = {span: _ratio(wanted, self._text[slice(*span)]) for span in sorted(passages)}
        best = max(likeness, key=lambda span: likeness[span], default=None)
        if best is None or likeness[best] < _NEAR:
            return None
        span = self._normal.origin(*best)
        difference = _difference(wanted, self._text[slice(*best)])
        return Closest(span, self.raw[slice(*span)], difference)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs: parted by blank lines, or, in a text that has none, by line breaks."""
        parted = _BLANK_LINES if _BLANK_LINES.search(self.raw.strip()) else _LINE_BREAK
        edges = [0, *(at for match in parted.finditer(self.raw) for at in match.span())]
        spans = zip(edges[::2], [*edges[1::2], len(self.raw)], strict=True)
        return tuple(Span(*span) for span in spans if self.raw[slice(*span)].strip())

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences: every character that is not white space lies in exactly one."""
        spans = [
            (paragraph, span)
            for paragraph, bounds in enumerate(self.paragraphs, 1)
            for span in self._sentence_spans(bounds)
        ]
        return tuple(
            Sentence(number, paragraph, *span, self.raw[slice(*span)])
            for number, (paragraph, span) in enumerate(spans, 1)
        )

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence around a raw offset; in white space, the one before it, or the first.

        Raises LookupError for a text without sentences.
        """
        after = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start)
        return self.sentences[max(after - 1, 0)]

    def place(self, offset: int) -> Place:
        """Paragraph, line and column of a raw offset; white space belongs to what precedes it."""
        line = bisect_right(self._line_starts, offset)
        paragraph = bisect_right(self.paragraphs, offset, key=lambda span: span.start)
        return Place(max(paragraph, 1), line, offset - self._line_starts[line - 1] + 1)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.raw))]

    @cached_property
    def _lower(self) -> str:
        # U+0130 is the one character whose lower case is longer than itself.
        return self._text.replace("\u0130", "I").lower()

    def _is_inside(self, at: int) -> bool:
        """Whether an edge at this normalised offset would cut a word or a number in two."""
        match = _INSIDE.match(self._text, at)
        if match is None:
            return _cuts_mark(self._text, at)
        if match.lastgroup != "dash":
            return True
        dash = at if self._text[at] == "-" else at - 1
        # Only the raw text tells a dash that parts clauses from one that joins words.
        return self.raw[self._normal.origin(dash, dash + 1).start] not in _PARTING_DASHES

    def _surroundings(self, span: Span) -> list[tuple[str, str]]:
        """Prefixes and suffixes of a place, the fewest words first."""
        left = self.raw[max(span.start - _CONTEXT_CHARACTERS, 0) : span.start]
        right = self.raw[span.end : span.end + _CONTEXT_CHARACTERS]
        starts = [start for start, _ in _whole_words(left) if start or left == self.raw[: len(left)]]
        ends = [end for _, end in _whole_words(right) if end < _CONTEXT_CHARACTERS]
        prefixes = ["", *(_one_line(left[start:]) for start in reversed(starts))]
        suffixes = ["", *(_one_line(right[:end]) for end in ends)]
        return [
            (prefixes[before], suffixes[after])
            for before, after in _CONTEXT_SIZES
            if before < len(prefixes) and after < len(suffixes)
        ]

    def _alignments(self, wanted: str) -> list[int]:
        """Where a missing quote might begin, judged by the rarest pieces of it in the text."""
        words = list(_WORD.finditer(wanted))
        pairs = [(a.start(), wanted[a.start() : b.end()]) for a, b in pairwise(words)]
        singles = [(word.start(), word[0]) for word in words]
        longest = [sorted(each, key=lambda p: -len(p[1]))[:8] for each in (pairs, singles)]
        pieces = [(self._lower.count(piece), at, piece) for at, piece in sum(longest, [])]
        starts = (
            found - at
            for count, at, piece in sorted(pieces)
            if count
            for found in islice(_occurrences(self._lower, piece), _SEEDS)
        )
        # Neighbours share a window, so one of them is enough.
        apart = {start // max(len(wanted) // 4, 8): start for start in islice(starts, 3 * _SEEDS)}
        return list(apart.values())

    def _passage(self, wanted: str, start: int) -> tuple[int, int]:
        """The normalised span about `start` that answers the quote word for word."""
        from difflib import SequenceMatcher

        margin = max(len(wanted) // 4, 16)
        low, high = max(start - margin, 0), start + len(wanted) + margin
        words = list(_WORD.finditer(self._text, low, high))
        ours = [word.lower() for word in _WORD.findall(wanted)]
        matcher = SequenceMatcher(None, ours, [word[0].lower() for word in words], autojunk=False)
        *blocks, _ = matcher.get_matching_blocks()
        if not blocks:
            return low, low
        first, last = blocks[0], blocks[-1]
        tail = last.b + len(ours) - last.a
        span = words[max(first.b - first.a, 0)].start(), words[min(tail, len(words)) - 1].end()
        return self._widened(*span)

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        while self._is_inside(start):
            start -= 1
        while self._is_inside(end):
            end += 1
        return start, end

    def _sentence_spans(self, paragraph: Span) -> Iterator[Span]:
        from sentencex import segment

        language = self.language.partition("-")[0].lower()
        # sentencex takes a line break for the end of a sentence, and panics on some wide spaces.
        flat = _replaced(self.raw[slice(*paragraph)], _FOLDED[" "], " ")
        for part in _PARAGRAPH_PART.finditer(flat):
            starts = _piece_starts(part[0], segment(language, part[0]))
            for start, end in pairwise([*starts, len(part[0])]):
                offset = paragraph.start + part.start()
                yield from _stripped(self.raw, offset + start, offset + end)


class _Normalised:
    """A text made comparable, and the way from its offsets back to those of the raw text."""

    def __init__(self, raw: str) -> None:
        self._steps: list[tuple[array[int], array[int]]] = []
        self.text = raw
        for plain, variants in _FOLDED.items():
            self.text = _replaced(self.text, variants, plain)
        if not self.text.isascii():
            self._rewrite(_LENGTHENED, lambda found: "..." if found == "\u2026" else "")
            if not unicodedata.is_normalized("NFC", self.text):
                self._rewrite(_composable(self.text), _composed)
        if "  " in self.text:
            self._rewrite(_SPACES, lambda _: " ")

    def origin(self, start: int, end: int) -> Span:
        """The raw characters that became text[start:end], which must not be empty."""
        for new, old in reversed(self._steps):
            start, end = _origin(new, old, start)[0], _origin(new, old, end - 1)[1]
        return Span(start, end)

    def _rewrite(self, pattern: re.Pattern[str], rewritten: Callable[[str], str]) -> None:
        """Replace every match, and note the offsets of its edges after and before."""
        pieces: list[str] = []
        new, old = array("I", [0]), array("I", [0])
        at = done = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            piece = rewritten(match[0])
            pieces += self.text[done:start], piece
            at += start - done
            new.append(at)
            old.append(start)
            at += len(piece)
            new.append(at)
            old.append(end)
            done = end
        if pieces:
            self.text = "".join([*pieces, self.text[done:]])
            self._steps.append((new, old))


def _origin(new: "array[int]", old: "array[int]", at: int) -> tuple[int, int]:
    """The old edges of the character at a new offset: all of a piece that changed its length."""
    edge = bisect_right(new, at) - 1
    if edge + 1 < len(new) and new[edge + 1] - new[edge] != old[edge + 1] - old[edge]:
        return old[edge], old[edge + 1]
    start = old[edge] + at - new[edge]
    return start, start + 1


def _replaced(text: str, variants: str, plain: str) -> str:
    for variant in variants:
        text = text.replace(variant, plain)
    return text


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _composable(text: str) -> re.Pattern[str]:
    """What NFC may change in this text: a character and its marks, or one that has an equal."""
    characters = set(text)
    marks = "".join(c for c in characters if _extends(c) or "\u1160" <= c <= "\u11ff")
    others = "".join(c for c in characters if _composed(c) != c)
    pattern = rf"[^{re.escape(marks)}]?[{re.escape(marks)}]+" if marks else "(?!)"
    return re.compile(f"{pattern}|[{re.escape(others)}]" if others else pattern, re.DOTALL)


def _extends(character: str) -> bool:
    """Whether it belongs to the character before it: an accent, a vowel sign, a joiner."""
    return unicodedata.category(character)[0] == "M" or character in _JOINERS


def _cuts_mark(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    return _extends(text[at]) or (_extends(text[at - 1]) and re.match(_LETTER, text[at]) is not None)


class _Needle(NamedTuple):
    """The tokens of a quote and its context; the quote's edges, counted from their end."""

    tokens: tuple[str, ...]
    start: int
    end: int


def _needles(*texts: str) -> list[_Needle]:
    """A quote, a prefix and a suffix, joined in every way that white space between them allows."""
    quote, prefix, suffix = (_Normalised(text).text.strip() for text in texts)
    if not quote:
        return []
    before = [_tokens(prefix, "") + _tokens(quote, gap) for gap in (("", " ") if prefix else ("",))]
    after = [_tokens(suffix, gap) for gap in (("", " ") if suffix else ("",))]
    return [
        _Needle((*head, *tail), -len("".join(tail)) - len(quote), -len("".join(tail)))
        for head, tail in product(before, after)
    ]


def _tokens(text: str, gap: str) -> list[str]:
    return _TOKEN.findall(gap + text) if text else []


class _State(dict[str, "_State"]):
    """A state of an Aho-Corasick automaton, which finds all needles in one pass: moves by token.

    `fail` is the state of the longest proper suffix, `output` that of the longest suffix which is
    a needle, or the root. A dict, because a move is made for every token of the source.
    """

    __slots__ = ("fail", "needles", "output")

    def __init__(self, root: "_State | None" = None) -> None:
        self.fail = self.output = root or self
        self.needles: list[_Needle] = []


def _automaton(needles: Iterable[_Needle]) -> _State:
    root = _State()
    for needle in needles:
        state = root
        for token in needle.tokens:
            if token not in state:
                state[token] = _State(root)
            state = state[token]
        state.needles.append(needle)
        state.output = state
    _link(root)
    return root


def _link(root: _State) -> None:
    queue = list(root.values())
    # White space before the first token of a needle does not matter.
    root.update({f" {token}": state for token, state in root.items()})
    for state in queue:
        for token, child in state.items():
            fail = state.fail
            while token not in fail and fail is not root:
                fail = fail.fail
            child.fail = fail.get(token, root)
            if not child.needles:
                child.output = child.fail.output
            queue.append(child)


def _scan(text: str, root: _State, wants_more: Callable[[_Needle, int], bool]) -> None:
    """Call `wants_more` for every needle and the offset where it ends, until it says no."""
    state = root
    for start, tokens in _blocks(text):
        ends = accumulate(map(len, tokens), initial=start)
        next(ends)
        for token, end in zip(tokens, ends, strict=True):
            while (move := state.get(token)) is None and state is not root:
                state = state.fail
            state = root if move is None else move
            if state.output is not root:
                _report(state, end, wants_more)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The tokens of a text, some at a time, for all at once take many times its memory."""
    start = 0
    while start < len(text):
        edge = _BLOCK_EDGE.search(text, start + _BLOCK)
        end = edge.start() if edge else len(text)
        yield start, _TOKEN.findall(text, start, end)
        start = end


def _report(state: _State, end: int, wants_more: Callable[[_Needle, int], bool]) -> None:
    found = _output(state)
    while found.needles:
        found.needles = [needle for needle in found.needles if wants_more(needle, end)]
        if not found.needles:
            found.output = found.fail.output
        found = _output(found.fail)


def _output(state: _State) -> _State:
    """The output of a state, past those whose needles want no more."""
    while state.output is not state.output.output:
        state.output = state.output.output
    return state.output


def _occurrences(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _whole_words(text: str) -> list[tuple[int, int]]:
    for plain, variants in _FOLDED.items():
        text = _replaced(text, variants, plain)
    return [word.span() for word in _WORD.finditer(text) if word[0][0].isalnum()]


def _one_line(text: str) -> str:
    return " ".join(_LENGTHENED.sub(lambda f: f[0].strip("\u00ad\u200b\u2060\ufeff"), text).split())


def _ratio(quote: str, passage: str) -> float:
    """How alike the two are, from 0 to 1: letter by letter, or, where that is slow, by words."""
    from difflib import SequenceMatcher

    units: Callable[[str], list[str]] = list if len(quote) <= 100 else _WORD.findall
    return SequenceMatcher(None, units(quote.lower()), units(passage.lower()), False).ratio()


_DIFFERENCES = {
    "replace": 'the source has "{theirs}" where the quote has "{ours}"',
    "insert": 'the source also has "{theirs}"',
    "delete": 'the source does not have "{ours}"',
}


def _difference(quote: str, passage: str) -> str:
    from difflib import SequenceMatcher

    ours, theirs = list(_WORD.finditer(quote)), list(_WORD.finditer(passage))
    words = [word[0] for word in ours], [word[0] for word in theirs]
    parts = [
        _DIFFERENCES[tag].format(ours=_extent(quote, ours[a:b]), theirs=_extent(passage, theirs[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, *words, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    only_case = "only the letter case differs: " if quote.lower() == passage.lower() else ""
    return only_case + "; ".join(parts) if parts else "only the white space differs"


def _extent(text: str, words: Sequence[re.Match[str]]) -> str:
    return text[words[0].start() : words[-1].end()] if words else ""


def _piece_starts(text: str, pieces: Iterable[str]) -> list[int]:
    """Where each piece begins in the text: found again, so that nothing can be lost."""
    starts = [0]
    at = 0
    for piece in pieces:
        found = text.find(piece.strip(), at)
        if found >= 0:
            starts.append(found)
            at = found + len(piece.strip())
    return starts


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    """The range without white space at its ends; nothing where nothing is left."""
    piece = text[start:end]
    if visible := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield Span(start, start + len(visible))


def unused(source: Source, spans: Iterable[Span]) -> tuple[Sentence, ...]:
    """The sentences that no span touches, in order."""
    sentences = source.sentences
    # The change in how many spans lie over a sentence, from the one before it.
    changes = [0] * (len(sentences) + 1)
    for start, end in spans:
        first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
        last = bisect_left(sentences, end, key=lambda sentence: sentence.start)
        if first < last:
            changes[first] += 1
            changes[last] -= 1
    return tuple(s for s, depth in zip(sentences, accumulate(changes), strict=False) if not depth)
