"""The proof that a source text holds a quote.

A quote is proved when it stands in its source exactly once. This room owns what "stands" means:
how two texts are made comparable, where a quote may begin and end, what to say of one that is
missing or stands more than once, and which sentences of a source no quote touches. It knows texts
and offsets; of digests and files it knows nothing.

Patterns are text, which `re` compiles and keeps when they are first used: importing costs nothing.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import accumulate, chain, islice, pairwise, product
from typing import NamedTuple

PLACES = 20
"""How many places of one quote are looked for: two already make it ambiguous."""

_REFUSALS = 500_000  # bounds the work on a text made to hold many quotes inside longer words
_BLOCK = 1 << 16
_CONTEXT_CHARACTERS = 200
_CONTEXT_SIZES = sorted((s for n in range(1, 9) for s in ((n, 0), (0, n), (n, n))), key=sum)
_NEAR = 0.6
_LONGEST_COMPARED = 2_000
_SEEDS = 20

# Each variant is as long as what it stands for, so folding moves no offset.
_FOLDED = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u02bc",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    " ": "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
}
_PARTING_DASHES = "\u2014\u2015"
_INVISIBLE = "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+"
_JOINERS = "\u200c\u200d"

# Thai and Lao, Burmese, Khmer, Chinese and Japanese: scripts with no space between words.
_UNSPACED = ("\u0e00-\u0eff", "\u1000-\u109f", "\u1780-\u17ff", "\u3005-\u9fff", "\uf900-\ufaff")
_LETTER = rf"[^\W{''.join(_UNSPACED)}]"
_TOKEN = rf" ?(?:{_LETTER}+|\S)"
_WORD = rf"{_LETTER}+(?:[-'.,:/]{_LETTER}+)*|\S"
_MARK_IN_NUMBER = r"[.,:/'\u00b7\u066b\u066c]"
_CONTRACTION = r"(?i:t|d|m|re|ve|ll)\b"
_INSIDE = rf"""(?x)
      (?<=\d)(?=\d | {_MARK_IN_NUMBER}\d | [%\u2030])         # 83|,000   1|.5   3|/4   83|%
    | (?<=\d{_MARK_IN_NUMBER})(?=\d)                          # 83,|000
    | (?<!\d\d\d\d) (?<=\d)(?=[ ]\d\d\d(?!\d))                # 83| 000, but not 2023| 114
    | (?<!\d\d\d\d[ ]) (?<=\d[ ])(?=\d\d\d(?!\d))             # 83 |000
    | (?<![^\s(][.,]) (?<=[.,])(?=\d)                         # .|5
    | (?<=\.)(?=\.)
    | (?<=\w)(?='{_CONTRACTION}) | (?<=\w')(?={_CONTRACTION}) # can|'t, but not Bukele|'s
    | (?P<dash> (?<=\w)(?=-\w) | (?<=\w-)(?=\w)               # non|-|binding
              | (?<![^\s($]-) (?<=-)(?=[.,]?\d) )             # -|5
"""

_LINE_BREAK = r"\r\n|\r|\n"
_BLANK_LINES = r"(?:\r\n|\r(?!\n)|\n)(?:[^\S\r\n]*(?:\r\n|\r(?!\n)|\n))+"
# The splitter is quadratic in quotation marks left open, so what it gets at once is bounded.
_PARAGRAPH_PART = r"(?s).{1,10000}\Z|.{1,10000}[.!?] |.{1,10000} |.{1,10000}"

_compiled = cache(re.compile)  # from where `re` keeps them, patterns take ten times as long to get


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
    """Where an offset is, as a reader counts: each from 1, columns in code points."""

    paragraph: int
    line: int
    column: int


class Context(NamedTuple):
    """What tells one place of an ambiguous quote from the others: both empty if nothing does."""

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

    A quote may not begin or end inside a word or a number: "14" does not stand in "114", "83" not
    in "83,000" or "1.83" or "83%", "can" not in "can't", "binding" not in "non-binding".

    `language` is a BCP 47 tag; what the sentence splitter does not know is split as English.
    """

    def __init__(self, raw: str, language: str = "en") -> None:
        self.raw = raw
        self.language = language
        self._normalised = _Normalised(raw)
        self._text = self._normalised.text

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
        """The places where one quote stands: exactly one is a proof. See `find_all`."""
        return self.find_all([(quote, prefix, suffix)])[0]

    def find_all(self, quotes: Iterable[tuple[str, str, str]], limit: int = PLACES) -> list[tuple[Span, ...]]:
        """For every (quote, prefix, suffix) the first `limit` places where it stands, in order.

        A prefix must stand directly before the quote and a suffix directly after, in whole words;
        white space between them is free. A quote with nothing visible in it stands nowhere. All
        quotes are found in one pass over the text, so a thousand cost little more than one.
        """
        wanted = [_needles(*quote) for quote in quotes]
        found = self._search(set(chain(*wanted)), limit)
        return [_merged([found.get(needle) for needle in needles])[:limit] for needles in wanted]

    def contexts(self, quote: str, spans: Sequence[Span]) -> tuple[Context, ...]:
        """For each place of one ambiguous quote what tells it from the others. See `contexts_all`."""
        return self.contexts_all([(quote, spans)])[0]

    def contexts_all(self, quotes: Sequence[tuple[str, Sequence[Span]]]) -> list[tuple[Context, ...]]:
        """For each place of each ambiguous quote the fewest words that make it the only one.

        They come from one side of it or evenly from both, at most eight words a side. All are
        tried in one pass over the text.
        """
        choices = [(quote, c) for quote, spans in quotes for span in spans for c in self._surroundings(span)]
        answers = self.find_all([(quote, c.prefix, c.suffix) for quote, c in choices], limit=2)
        settled: dict[tuple[str, Span], Context] = {}
        for (quote, choice), answer in zip(choices, answers, strict=True):
            if answer == (choice.span,):
                settled.setdefault((quote, choice.span), choice)
        return [
            tuple(settled.get((quote, span), Context(span, "", "")) for span in spans)
            for quote, spans in quotes
        ]

    def closest(self, quote: str) -> Closest | None:
        """The passage most like a quote that is missing, in whole words; None if nothing is near.

        It shares a word with the quote. A quote over 2,000 characters is not compared.
        """
        wanted = _Normalised(quote).text.strip()
        if len(wanted) > _LONGEST_COMPARED:
            return None
        passages = {self._passage(wanted, start) for start in self._alignments(wanted.lower())}
        likeness = {span: _likeness(wanted, self._text[slice(*span)]) for span in sorted(passages)}
        best = max(likeness, key=likeness.__getitem__, default=Span(0, 0))
        if likeness.get(best, 0) < _NEAR:
            return None
        span = self._normalised.origin(*best)
        difference = _difference(wanted, self._text[slice(*best)])
        return Closest(span, self.raw[slice(*span)], difference)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs: parted by blank lines or, in a text that has none, by line breaks."""
        parted = _BLANK_LINES if re.search(_BLANK_LINES, self.raw.strip()) else _LINE_BREAK
        breaks = (match.span() for match in re.finditer(parted, self.raw))
        edges = [0, *chain.from_iterable(breaks), len(self.raw)]
        spans = zip(edges[::2], edges[1::2], strict=True)
        return tuple([found for span in spans for found in _visible(self.raw, *span)])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences: every character that is not white space lies in exactly one."""
        from sentencex import segment

        language = self.language.partition("-")[0].lower()
        # sentencex ends a sentence at every line break, and panics on some wide spaces.
        flat = _replaced(self.raw, _FOLDED[" "], " ")
        edges = (
            (number, *edge)
            for number, paragraph in enumerate(self.paragraphs, 1)
            for edge in pairwise(_sentence_edges(flat, paragraph, partial(segment, language)))
        )
        spans = ((paragraph, span) for paragraph, *edge in edges for span in _visible(self.raw, *edge))
        return tuple(
            Sentence(number, paragraph, *span, self.raw[slice(*span)])
            for number, (paragraph, span) in enumerate(spans, 1)
        )

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence at a raw offset; in white space the one before it, at the start the first.

        Raises IndexError where the text has no sentence.
        """
        after = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start)
        return self.sentences[max(after - 1, 0)]

    def place(self, offset: int) -> Place:
        """Paragraph, line and column of a raw offset; a break belongs to what it ends."""
        line = bisect_right(self._line_starts, offset)
        return Place(self.paragraph_at(offset), line, offset - self._line_starts[line - 1] + 1)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph at a raw offset, from 1."""
        return max(bisect_right(self._paragraph_starts, offset), 1)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(_LINE_BREAK, self.raw))]

    @cached_property
    def _lower(self) -> str:
        # U+0130 is the one character whose lower case is longer than itself.
        return self._text.replace("\u0130", "I").lower()

    def _search(self, needles: "set[_Needle]", limit: int) -> "dict[_Needle, list[Span]]":
        """Where the quote of each needle stands; without those that were given up."""
        found: dict[_Needle, list[Span]] = {needle: [] for needle in needles}
        refused = 0

        def wants_more(needle: _Needle, end: int) -> bool:
            nonlocal refused
            start, end = end + needle.start, end + needle.end
            if self._is_inside(start) or self._is_inside(end):
                refused += 1
                if refused > _REFUSALS:
                    del found[needle]
                return needle in found
            found[needle].append(self._normalised.origin(start, end))
            return len(found[needle]) < limit

        if needles:
            _scan(self._text, _automaton(needles), wants_more)
        return found

    def _is_inside(self, at: int) -> bool:
        """Whether an edge at this normalised offset would cut a word or a number in two."""
        if 0 < at < len(self._text):
            inside = _is_inside_word(*self._text[at - 1 : at + 1])
            if inside is not None:
                return inside
        match = _compiled(_INSIDE).match(self._text, at)
        if match is None or match.lastgroup != "dash":
            return match is not None
        dash = at if self._text[at] == "-" else at - 1
        # Only the raw text tells a dash that parts clauses from one that joins words.
        return self.raw[self._normalised.origin(dash, dash + 1).start] not in _PARTING_DASHES

    def _surroundings(self, span: Span) -> list[Context]:
        """The contexts that might settle a place, the fewest words first."""
        low = max(span.start - _CONTEXT_CHARACTERS, 0)
        left = self.raw[low : span.start]
        right = self.raw[span.end : span.end + _CONTEXT_CHARACTERS]
        # A word at the far edge of either window may be cut.
        starts = (start for start, _ in reversed(_words(left)) if start or not low)
        ends = (end for _, end in _words(right) if end < _CONTEXT_CHARACTERS)
        prefixes = ["", *(_one_line(left[start:]) for start in starts)]
        suffixes = ["", *(_one_line(right[:end]) for end in ends)]
        return [
            Context(span, prefixes[before], suffixes[after])
            for before, after in _CONTEXT_SIZES
            if before < len(prefixes) and after < len(suffixes)
        ]

    def _alignments(self, wanted: str) -> Iterable[int]:
        """Where a missing quote might begin, judged by the rarest pieces of it in the text."""
        words = [word.span() for word in re.finditer(_WORD, wanted)]
        pairs = [(start, end) for (start, _), (_, end) in pairwise(words)]
        longest = (sorted(spans, key=lambda s: s[0] - s[1])[:8] for spans in (pairs, words))
        pieces = [(start, wanted[start:end]) for start, end in chain(*longest)]
        counted = sorted((self._lower.count(piece), start, piece) for start, piece in pieces)
        starts = (
            at - start
            for _, start, piece in counted
            for at in islice(_occurrences(self._lower, piece), _SEEDS)
        )
        # Neighbours look at the same window, so one of them is enough.
        near = max(len(wanted) // 4, 8)
        return {start // near: start for start in islice(starts, 3 * _SEEDS)}.values()

    def _passage(self, wanted: str, start: int) -> tuple[int, int]:
        """The normalised span near `start` that answers the quote word for word."""
        from difflib import SequenceMatcher

        margin = max(len(wanted) // 4, 16)
        window = max(start - margin, 0), start + len(wanted) + margin
        theirs = list(_compiled(_WORD).finditer(self._text, *window))
        ours = [word.lower() for word in re.findall(_WORD, wanted)]
        matcher = SequenceMatcher(None, ours, [word[0].lower() for word in theirs])
        *blocks, _ = matcher.get_matching_blocks()
        if not blocks:
            return 0, 0
        first, last = blocks[0], blocks[-1]
        begin = theirs[max(first.b - first.a, 0)].start()
        end = theirs[min(last.b + len(ours) - last.a, len(theirs)) - 1].end()
        return self._widened(begin, end)

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        while self._is_inside(start):
            start -= 1
        while self._is_inside(end):
            end += 1
        return start, end


def unused(source: Source, spans: Iterable[Span]) -> tuple[Sentence, ...]:
    """The sentences that no span touches, in order."""
    sentences = source.sentences
    # How many spans begin to cover, less how many cease to cover, at each sentence.
    changes = [0] * (len(sentences) + 1)
    for start, end in spans:
        first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
        last = bisect_left(sentences, end, key=lambda sentence: sentence.start)
        if first < last:
            changes[first] += 1
            changes[last] -= 1
    return tuple(s for s, depth in zip(sentences, accumulate(changes), strict=False) if not depth)


class _Normalised:
    """A text made comparable, and the way from its offsets back to those of the raw text."""

    def __init__(self, raw: str) -> None:
        self._steps: list[tuple[array[int], array[int]]] = []
        # A short quote has nothing to fold, nearly always; that is found out in no time.
        self.text = raw if raw.isascii() and raw.isprintable() else _folded(raw)
        if not self.text.isascii():
            self._rewrite(_INVISIBLE, lambda _: "")
            self._rewrite("\u2026", lambda _: "...")
            if not unicodedata.is_normalized("NFC", self.text):
                self._rewrite(_composable(self.text), _composed)
        if "  " in self.text:
            self._rewrite("  +", lambda _: " ")

    def origin(self, start: int, end: int) -> Span:
        """The raw characters that became text[start:end], which must not be empty."""
        for new, old in reversed(self._steps):
            start, end = _origin(new, old, start)[0], _origin(new, old, end - 1)[1]
        return Span(start, end)

    def _rewrite(self, pattern: str, rewritten: Callable[[str], str]) -> None:
        """Replace every match, and note the offsets of its two edges, after and before."""
        pieces: list[str] = []
        new, old = array("I", [0]), array("I", [0])
        at = done = 0
        for match in re.finditer(pattern, self.text):
            piece, (start, end) = rewritten(match[0]), match.span()
            pieces += self.text[done:start], piece
            at += start - done + len(piece)
            new.extend((at - len(piece), at))
            old.extend((start, end))
            done = end
        if pieces:
            self.text = "".join([*pieces, self.text[done:]])
            self._steps.append((new, old))


def _origin(new: "array[int]", old: "array[int]", at: int) -> tuple[int, int]:
    """The old edges of the character at a new offset: of the whole match, if that changed size."""
    edge = bisect_right(new, at) - 1
    if edge + 1 < len(new) and new[edge + 1] - new[edge] != old[edge + 1] - old[edge]:
        return old[edge], old[edge + 1]
    start = old[edge] + at - new[edge]
    return start, start + 1


def _folded(text: str) -> str:
    for plain, variants in _FOLDED.items():
        text = _replaced(text, variants, plain)
    return text


def _replaced(text: str, variants: str, plain: str) -> str:
    # Many times faster than str.translate on a long text.
    for variant in variants:
        text = text.replace(variant, plain)
    return text


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _composable(text: str) -> str:
    """A pattern for all that NFC may change in this text: a character with marks, or alone."""
    characters = set(text)
    marks = "".join(c for c in characters if _extends(c) or "\u1160" <= c <= "\u11ff")
    others = "".join(c for c in characters if _composed(c) != c)
    patterns = [rf"(?s:[^{marks}])?[{marks}]+"] if marks else []
    return "|".join([*patterns, f"[{others}]"] if others else patterns)


def _extends(character: str) -> bool:
    """Whether it belongs to the character before it: an accent, a vowel sign, a joiner."""
    return unicodedata.category(character)[0] == "M" or character in _JOINERS


def _is_letter(character: str) -> bool:
    return re.match(_LETTER, character) is not None


@lru_cache
def _is_inside_word(before: str, after: str) -> bool | None:
    """Whether a word goes on between two characters; None where they alone do not tell."""
    if _extends(after) or (_is_letter(after) and (_is_letter(before) or _extends(before))):
        return True
    return False if " " in (before, after) and (before.isalpha() or after.isalpha()) else None


class _Needle(NamedTuple):
    """The tokens of a quote in its context, and the quote's edges, counted from their end."""

    tokens: tuple[str, ...]
    start: int
    end: int


def _needles(*texts: str) -> list[_Needle]:
    """A quote, prefix and suffix, joined in every way that free white space between them allows."""
    quote, prefix, suffix = (_Normalised(text).text.strip() if text else "" for text in texts)
    if not quote:
        return []
    if not prefix and not suffix:
        return [_needle("", quote, "")]
    gaps = product(("", " ") if prefix else ("",), ("", " ") if suffix else ("",))
    return [_needle(prefix, left + quote, right + suffix) for left, right in gaps]


def _merged(found: list[list[Span] | None]) -> tuple[Span, ...]:
    """The places of all needles of a quote; none if one was given up, for then nothing is proved."""
    places = [spans for spans in found if spans is not None]
    if len(places) < len(found):
        return ()
    return tuple(places[0] if len(places) == 1 else sorted(chain(*places)))


def _needle(prefix: str, quote: str, suffix: str) -> _Needle:
    # Each by itself, for the quote's edges are edges of tokens also where no space stands.
    tokens = chain(*(_compiled(_TOKEN).findall(text) for text in (prefix, quote, suffix) if text))
    return _Needle(tuple(tokens), -len(suffix) - len(quote.lstrip()), -len(suffix))


class _State(dict[str, "_State"]):
    """A state of an Aho-Corasick automaton, which finds all needles in one pass: moves by token.

    `fail` is the state of the longest proper suffix; `output` that of the longest suffix, itself
    included, where a needle ends, or the root. A dict, for every token of a source is a look-up.
    """

    __slots__ = ("fail", "needles", "output")

    def __init__(self, root: "_State | None" = None) -> None:
        self.fail = self.output = self if root is None else root
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
    # White space before the first token of a needle is no part of it.
    root.update({f" {token}": state for token, state in root.items()})
    for state in queue:
        for token, child in state.items():
            fail = state.fail
            while token not in fail and fail is not root:
                fail = fail.fail
            child.fail = fail.get(token, root)
            child.output = child if child.needles else child.fail.output
            queue.append(child)


def _scan(text: str, root: _State, wants_more: Callable[[_Needle, int], bool]) -> None:
    """Tell `wants_more` each needle found and the offset where it ends, until it says no."""
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
    """The tokens of a text, some at a time: all of them would take many times its memory."""
    start = 0
    while start < len(text):
        edge = _compiled(r"(?<=\S)\W").search(text, start + _BLOCK)
        end = edge.start() if edge else len(text)
        yield start, _compiled(_TOKEN).findall(text, start, end)
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


def _words(text: str) -> list[tuple[int, int]]:
    """Where the words of a raw text are, with the invisible characters and marks in them."""
    joined = "".join("_" if _extends(c) or re.match(_INVISIBLE, c) else c for c in _folded(text))
    return [word.span() for word in re.finditer(_WORD, joined) if any(map(str.isalnum, word[0]))]


def _one_line(text: str) -> str:
    return " ".join(re.sub(_INVISIBLE, "", text).split())


def _likeness(quote: str, passage: str) -> float:
    """From 0 to 1, whatever the case: by letters, or by words where that would be slow."""
    from difflib import SequenceMatcher

    pattern = "." if len(quote) <= 100 else _WORD
    ours, theirs = (re.findall(pattern, text.lower()) for text in (quote, passage))
    return SequenceMatcher(None, ours, theirs).ratio()


def _difference(quote: str, passage: str) -> str:
    from difflib import SequenceMatcher

    ours, theirs = (list(re.finditer(_WORD, text)) for text in (quote, passage))
    words = [word[0] for word in ours], [word[0] for word in theirs]
    parts = [
        _DIFFERENCES[tag].format(ours=_extent(ours[a:b]), theirs=_extent(theirs[c:d]))
        for tag, a, b, c, d in SequenceMatcher(None, *words).get_opcodes()
        if tag != "equal"
    ]
    only_case = "only the letter case differs: " if quote.lower() == passage.lower() else ""
    return only_case + "; ".join(parts) if parts else "only the white space differs"


_DIFFERENCES = {
    "replace": 'the source has "{theirs}" where the quote has "{ours}"',
    "insert": 'the source also has "{theirs}"',
    "delete": 'the source does not have "{ours}"',
}


def _extent(words: Sequence[re.Match[str]]) -> str:
    return words[0].string[words[0].start() : words[-1].end()] if words else ""


def _sentence_edges(text: str, paragraph: Span, segment: Callable[[str], list[str]]) -> Iterator[int]:
    """Where the sentences of a paragraph begin, and where the last of them ends."""
    for part in _compiled(_PARAGRAPH_PART).finditer(text, *paragraph):
        # In a heading, or a word, nothing ends a sentence.
        whole = part[0].replace(" ", "").isalnum()
        for start in [0] if whole else _piece_starts(part[0], segment(part[0])):
            yield part.start() + start
    yield paragraph.end


def _piece_starts(text: str, pieces: Iterable[str]) -> list[int]:
    """Where each piece begins: looked for, so that what a splitter drops or changes is not lost."""
    starts, at = [0], 0
    for piece in map(str.strip, pieces):
        if (found := text.find(piece, at)) >= 0:
            starts.append(found)
            at = found + len(piece)
    return starts


def _visible(text: str, start: int, end: int) -> Iterator[Span]:
    """The range without the white space at its ends; none where nothing else is in it."""
    piece = text[start:end]
    if visible := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield Span(start, start + len(visible))
