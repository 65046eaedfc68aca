"""Where a quote stands in a text: whole words and numbers, found for all quotes in one pass.

A quote may not begin or end inside a word or a number: "14" does not stand in "114", "83" not in
"83,000" or "1.83" or "83%", "can" not in "can't", "binding" not in "non-binding", "S." not in "U.S.".
A hyphen inside a word counts, but where a line ended it may be the typesetter's.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain, combinations, product
from typing import NamedTuple

from briefing.texts.negation import negations
from briefing.texts.normal import UNSPACED, Normal, compiled, extends
from briefing.texts.span import Span

PLACES = 20
"""How many places of one quote are looked for: two already make it ambiguous."""

_REFUSALS = 300_000  # bounds the work on a text made to hold many quotes inside longer words
_BLOCK = 1 << 16
_LONGEST_ELISION = 4_000  # characters in which the next part of a quote is looked for
_MOST_PARTS = 10
_MOST_SUSPENDED = 3  # "short- and long-term": hyphens before a space that may be at a line's end

LETTER = rf"[^\W{UNSPACED}]"
TOKEN = rf" ?(?:{LETTER}+|\S)"
_MARK_IN_NUMBER = r"[.,:/'\u00b7\u066b\u066c]"
_CURRENCIES = r"$\u00a2-\u00a5\u058f\u060b\u0e3f\u20a0-\u20cf"
_CURRENCY = f"[{_CURRENCIES}]"
_CONTRACTION = r"(?i:t|d|m|re|ve|ll)\b"
_INSIDE = rf"""(?x)
      (?<=\d)(?=\d | {_MARK_IN_NUMBER}\d | [%\u2030])         # 83|,000   1|.5   3|/4   83|%
    | (?<=\d{_MARK_IN_NUMBER})(?=\d)                          # 83,|000
    | (?<!\d\d\d\d) (?<=\d)(?=[ ]\d\d\d(?!\d))                # 83| 000, but not 2023| 114
    | (?<!\d\d\d\d[ ]) (?<=\d[ ])(?=\d\d\d(?!\d))             # 83 |000
    | (?<![^\s(\-{_CURRENCIES}][.,]) (?<=[.,])(?=\d)          # .|5   -.|5   $.|5
    | (?<=\.)(?=\.)
    | (?<=\w)(?='{_CONTRACTION}) | (?<=\w')(?={_CONTRACTION}) # can|'t, but not Bukele|'s
    | (?<=\w)(?=-\w) | (?<=\w-)(?=\w)                         # 2020|-|2021   Covid|-|19
    | (?<=-)(?={_CURRENCY}?[.,]?\d)                           # -|5   -|$5
    | (?<=-{_CURRENCY})(?=[.,]?\d)                            # -$|5
    | (?<=[^\W\d_])(?={_CURRENCY}[ ]?\d)                       # US|$5
    | (?<=\b[^\W\d_]\.)(?=[^\W\d_])                           # U.|S.
    | (?<=\b[^\W\d_][^\W\d_]\.)(?=[^\W\d_]\.)                # Ph.|D.
    | (?<=\b[^\W\d_])(?=\.[^\W\d_])                           # U|.S.
    | (?<=\b[^\W\d_]\.[ ])(?=[^\W\d_]\.)                      # U. |S.
"""

# What may be left out of a quote, and what may be put in: see `Query`.
ELISION = r"\[ ?(?:\.\.\.|\u2026|\. ?\. ?\.) ?\]"
_INSERTION = r"\[([^\[\]]{1,100})\]"
_IN_ANOTHER_CASE = r"\[([^\W\d_])\](?=\w)"


_NUMBER = (
    r"(?i)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundred|thousand|[mb]illion|half|third|quarter|dozen)s?\b"
)


class Query(NamedTuple):
    """What is looked for: a quote, and what stands directly before and after it.

    In a quote `[...]` stands for words that are left out, `[t]he` for a letter in another case, and
    `[sic]` or `[the minister]` for what the writer of the quote has put in, which may be no number, no
    negation and no exception. Brackets that the source itself has match as they are.
    """

    quote: str
    prefix: str = ""
    suffix: str = ""


class Found(NamedTuple):
    """One place of a quote: its parts in order, one where nothing is left out."""

    parts: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.parts[-1].end


class Matcher:
    """A normalised text in which any number of quotes can be looked for."""

    def __init__(self, normal: Normal, same_paragraph: Callable[[int, int], bool]) -> None:
        self.normal = normal
        self._text = normal.text
        self._same_paragraph = same_paragraph

    def find_all(self, queries: Iterable[Query], limit: int = PLACES) -> list[tuple[Found, ...]]:
        """For every query the first `limit` places where its quote stands, in order.

        A prefix must stand directly before the quote and a suffix directly after, in whole words;
        white space between them is free. A quote with nothing visible in it stands nowhere. All
        are found in one pass over the text, so a thousand cost little more than one.
        """
        asked = list(queries)
        wanted = {query: _readings(query) for query in dict.fromkeys(asked)}
        needles = {reading.needle for readings in wanted.values() for reading in readings}
        found = self._search(needles, limit)
        places = {query: self._places(readings, found, limit) for query, readings in wanted.items()}
        return [places[query] for query in asked]

    def is_inside(self, at: int) -> bool:
        """Whether an edge at this normalised offset would cut a word or a number in two."""
        if 0 < at < len(self._text):
            inside = _is_inside_word(*self._text[at - 1 : at + 1])
            if inside is not None:
                return inside
        return compiled(_INSIDE).match(self._text, at) is not None

    def _places(
        self, readings: "list[_Reading]", found: "dict[_Needle, list[tuple[int, int]]]", limit: int
    ) -> tuple[Found, ...]:
        """The places of all readings of a query; none if one was given up, for then nothing is proved."""
        if any(reading.needle not in found for reading in readings):
            return ()
        for literal in (True, False):  # brackets that the source has match as they are
            spans = set[tuple[tuple[int, int], ...]]()
            for reading in readings:
                if reading.literal is literal:
                    spans.update(self._with_rest(reading, place) for place in found[reading.needle])
            spans.discard(())
            if spans:
                ordered = sorted(spans)[:limit]
                return tuple(
                    Found(tuple(self.normal.origin(start, end) for start, end in parts)) for parts in ordered
                )
        return ()

    def _with_rest(self, reading: "_Reading", first: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        """The first part's place with those of the parts that come after it; () where one is missing."""
        parts = [first]
        for part in reading.rest:
            after = parts[-1][1]
            place = next(self._occurrences(part, after, after + _LONGEST_ELISION), None)
            if place is None:
                return ()
            parts.append(place)
        if (
            not self._text[parts[-1][1] : parts[-1][1] + len(reading.after) + 1]
            .lstrip()
            .startswith(reading.after)
        ):
            return ()
        start, end = parts[0][0], parts[-1][1] - 1
        if reading.rest and not self._same_paragraph(
            self.normal.origin(start, start + 1).start, self.normal.origin(end, end + 1).start
        ):
            return ()
        return tuple(parts)

    def _occurrences(self, needle: "_Needle", start: int, end: int) -> Iterator[tuple[int, int]]:
        at = self._text.find(needle.text, start, end)
        while at >= 0:
            place = at, at + len(needle.text)
            if self._fits(needle, *place):
                yield place
            at = self._text.find(needle.text, at + 1, end)

    def _fits(self, needle: "_Needle", start: int, end: int) -> bool:
        """Whether the edges cut nothing in two, and the hyphens inside words agree."""
        if self.is_inside(start) or self.is_inside(end):
            return False
        theirs = self.normal.hyphens_in(start, end)
        if not theirs and not needle.hyphens:
            return True
        ours = {start + offset for offset in needle.hyphens}
        unknown = self.normal.divisions
        if any(start + offset not in unknown for offset in needle.divided):
            return False
        sure = ours.difference(start + offset for offset in needle.unsure)
        return sure.issubset(theirs) and all(at in ours or at in unknown for at in theirs)

    def _search(self, needles: "set[_Needle]", limit: int) -> "dict[_Needle, list[tuple[int, int]]]":
        """Where the quote of each needle stands; without those that were given up."""
        found: dict[_Needle, list[tuple[int, int]]] = {needle: [] for needle in needles}
        refused = 0

        def wants_more(needle: _Needle, end: int) -> bool:
            nonlocal refused
            start, end = end + needle.start, end + needle.end
            if not self._fits(needle, start, end):
                refused += 1
                if refused > _REFUSALS:
                    del found[needle]
                return needle in found
            found[needle].append((start, end))
            return len(found[needle]) < limit

        if any(needle.tokens for needle in needles):
            _scan(self._text, _automaton(needles), wants_more)
        return found


@lru_cache
def _is_inside_word(before: str, after: str) -> bool | None:
    """Whether a word goes on between two characters; None where they alone do not tell."""
    if extends(after) or (_is_letter(after) and (_is_letter(before) or extends(before))):
        return True
    return False if before.isalpha() and after == " " else None


def _is_letter(character: str) -> bool:
    return re.match(LETTER, character) is not None


class _Needle(NamedTuple):
    """The tokens of a quote in its context, and the quote's edges, counted from their end."""

    tokens: tuple[str, ...]
    start: int
    end: int
    text: str
    """The quote alone, made comparable."""
    hyphens: tuple[int, ...] = ()
    """Where in the quote a hyphen inside a word was left out."""
    divided: tuple[int, ...] = ()
    """Where in it a line must end: "short- and" is "short-|and"."""
    unsure: tuple[int, ...] = ()
    """Which of the hyphens may be a typesetter's, for a line of the quote ended there."""


class _Reading(NamedTuple):
    """One way to read a query: its first part in its context, and the parts after an elision."""

    needle: _Needle
    rest: tuple[_Needle, ...]
    literal: bool
    """Whether brackets are read as the source's own."""
    after: str = ""
    """What must come after the last part, where there are several."""


def _readings(query: Query) -> list[_Reading]:
    readings = [_Reading(needle, (), True) for needle in _needles(*query)]
    if "[" in query.quote:
        for parts in _interpreted(query.quote):
            needles = [_needles(part, "", "") for part in parts]
            if needles and all(needles) and len(parts) <= _MOST_PARTS:
                rest = tuple(each[0] for each in needles[1:])
                firsts = _needles(parts[0], query.prefix, query.suffix if len(parts) == 1 else "")
                after = _comparable(query.suffix) if rest else ""
                readings += [_Reading(needle, rest, False, after) for needle in firsts]
    return readings


def elided(quote: str) -> list[str]:
    """The parts of a quote that leaves something out; none where it leaves nothing out."""
    parts = re.split(ELISION, quote)
    return [part for part in parts if part.strip()] if len(parts) > 1 else []


def _interpreted(quote: str) -> Iterator[list[str]]:
    """The parts of a quote with its brackets read: elisions, letters in another case, insertions."""
    switched = re.sub(_IN_ANOTHER_CASE, lambda match: match[1].swapcase(), quote)
    parts = re.split(ELISION, switched)
    inserted = [words for part in parts for words in re.findall(_INSERTION, part)]
    changing = any(re.search(_NUMBER, words) or negations(words) for words in inserted)
    if not changing and (switched != quote or len(parts) > 1 or inserted):
        kept = [re.sub(rf" ?{_INSERTION}", "", part) for part in parts]
        # Before the first word and after the last, whatever there is may be left out.
        while kept and not kept[0].strip():
            kept.pop(0)
        while kept and not kept[-1].strip():
            kept.pop()
        yield kept


def _needles(quote: str, prefix: str = "", suffix: str = "") -> list[_Needle]:
    """A quote, prefix and suffix, joined in every way that free white space between them allows."""
    normal = Normal(quote)
    before, after = _comparable(prefix), _comparable(suffix)
    stripped = normal.text.strip()
    if not stripped:
        return []
    shift = len(normal.text) - len(normal.text.lstrip())
    hyphens = tuple(at - shift for at in normal.hyphens)
    unsure = tuple(at - shift for at in normal.divisions)
    needles = []
    for text, own, divided in _suspended(stripped, hyphens):
        gaps = product(("", " ") if before else ("",), ("", " ") if after else ("",))
        for left, right in gaps:
            needle = _needle(before, left + text, right + after)
            # Where two words are joined, offsets are others: there every hyphen counts.
            needle = needle._replace(text=text, hyphens=own, divided=divided)
            needles.append(needle if divided else needle._replace(unsure=unsure))
    return needles


def _comparable(text: str) -> str:
    return Normal(text).text.strip() if text else ""


def _suspended(text: str, hyphens: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    """The quote as it is; and with its "short- and" read as a word divided at a line's end."""
    yield text, hyphens, ()
    places = [match.start() for match in re.finditer(r"(?<=[^\W\d_])- (?=[^\W\d_])", text)][:_MOST_SUSPENDED]
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            pieces, at = [], 0
            for place in chosen:
                pieces.append(text[at:place])
                at = place + 2
            joined = "".join([*pieces, text[at:]])

            def moved(place: int, chosen: tuple[int, ...] = chosen) -> int:
                return place - 2 * sum(each < place for each in chosen)

            divided = tuple(map(moved, chosen))
            yield joined, tuple(sorted({*map(moved, hyphens), *divided})), divided


def _needle(prefix: str, quote: str, suffix: str) -> _Needle:
    # Each by itself, for the quote's edges are edges of tokens also where no space stands.
    tokens = chain(*(compiled(TOKEN).findall(text) for text in (prefix, quote, suffix) if text))
    return _Needle(tuple(tokens), -len(suffix) - len(quote.lstrip()), -len(suffix), quote)


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
        edge = compiled(r"(?<=\S)\W").search(text, start + _BLOCK)
        end = edge.start() if edge else len(text)
        yield start, compiled(TOKEN).findall(text, start, end)
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
