"""What can be wrong, said so that a person can mend it.

A Problem is data: the same value is printed under a digest's name, listed by `check`
as a table, and counted. Text that came from a digest passes through `safe` before it reaches
a terminal: in messages when they are made, in a digest's name and a line's excerpt when they are printed.
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

OK, INVALID, USAGE = 0, 1, 2
"""Exit codes: done; the digest is invalid or nothing was found; wrong usage or a file
that cannot be read or written. A run that a signal stopped has 128 plus its number: 130 for Ctrl-C."""

MOST_SOUGHT = 10_000
"""How many problems are looked for in one digest, or by one rule: who has these has enough."""

Severity = Literal["error", "warning"]

_NEAR = 0.6  # how much alike a suggestion is, from 0 to 1
_MOST_COMPARED = 50
_MOST_GUESSING = 2_000_000  # steps, about half a second

Path = tuple[str | int, ...]
"""The way to a value from the top of a digest: keys and list positions, from 0."""

# Patterns as text: `re` compiles and keeps them when a problem first needs them.
# Control characters and bidirectional overrides can rewrite a reader's terminal.
UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
_UNPRINTABLE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)


class Place(NamedTuple):
    """Where in a digest's file: line and column from 1, in characters."""

    line: int
    column: int
    width: int = 1
    excerpt: str = ""
    """The whole line, as it stands in the file."""


class Edit(NamedTuple):
    """What is put in the place of some bytes of a digest's file."""

    start: int
    """The first byte, from 0."""
    end: int
    """The byte after the last; the same as `start` where something is put in."""
    text: str


class Fix(NamedTuple):
    """How a digest is mended at one place."""

    description: str
    """What changes, in a line; safe to print."""
    safe: bool
    """Whether nothing is left to decide: the digest says what it said, and now it can be proved."""
    path: Path
    """The part of the digest that it mends, as the file has it: an entry of evidence, a source."""
    changes: tuple[tuple[str, str | None], ...]
    """The keys of that part with their new values; None: the key goes. A quote alone has the key `quote`."""
    edits: tuple[Edit, ...]
    """The same as edits of the file's bytes, in order and apart from one another."""


class Problem(NamedTuple):
    """One thing that is wrong, where, and what to do about it."""

    rule: str
    message: str
    path: Path = ()
    on_key: bool = False
    """True when the key itself is at fault and not its value."""
    help: str = ""
    severity: Severity = "error"
    digest: str = ""
    """The digest as it was named: a path, a name, or `-`; not yet made safe to print."""
    place: Place | None = None
    fix: Fix | None = None
    """How to mend it, where that is known."""
    choices: tuple[Fix, ...] = ()
    """Where it is not: what a person can choose from."""


class InvalidDigest(Exception):
    """A digest that cannot be used; holds every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


class Failure(Exception):
    """Wrong usage, or a file that cannot be read or written: exit code 2."""

    def __init__(self, message: str, help: str = "") -> None:
        self.message, self.help = message, help
        super().__init__(message)


def safe(text: str) -> str:
    """The text with every character that a terminal could obey written as an escape."""
    if not text.isascii():  # where the locale knows only ASCII, Python keeps other bytes as surrogates
        text = re.sub("[\udc80-\udcff]+", lambda match: _decoded(match[0]), text)
    return re.sub(_UNPRINTABLE, lambda match: ascii(match[0])[1:-1], text)


def _decoded(surrogates: str) -> str:
    return surrogates.encode(errors="surrogateescape").decode(errors="surrogateescape")


def neutral(line: str) -> str:
    """A line of a message, made so that no build server takes it, or a part of it, for a command.

    GitHub obeys a line that begins with `::` after white space, and `##[…]` wherever it stands; Azure
    and TeamCity obey `##name[…]`. One character of each is written as the escape that it would have.
    """
    return _without_commands(line, r"\x3a", r"\x23")


def unobeyed(line: str) -> str:
    """The same for a line that people read: nothing is to be seen of it, for it is a word joiner that parts them."""
    return _without_commands(line, ":\u2060", "#\u2060")


def _without_commands(line: str, colon: str, hash: str) -> str:
    if "::" in line:
        line = re.sub(r"^(\s*):(?=:)", lambda match: match[1] + colon, line)
    return unhashed(line, hash)


def unhashed(text: str, hash: str) -> str:
    """The text with `hash` for the first # of each `##[…]` and `##name[…]`, obeyed wherever it stands in a line."""
    return re.sub(r"#(?=#\w*\[)", lambda _: hash, text) if "##" in text else text


def masked(text: str) -> str:
    """The text with each unsafe character replaced by a visible one, so that offsets into it still hold."""
    return re.sub(UNSAFE, "\N{REPLACEMENT CHARACTER}", text)


def shortened(text: str, most: int = 60) -> str:
    """The text made safe to print, cut to `most` characters for use inside a message."""
    text = safe(text[: most + 1])
    return text if len(text) <= most else text[: most - 1] + "…"


def dotted(path: Path) -> str:
    """A path as people write it: `timeline[3].actors[0]`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{shortened(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of one digest by place; what has no place comes first."""
    return sorted(problems, key=lambda problem: problem.place[:2] if problem.place else (0, 0))


def listed(words: Iterable[str], joiner: str = "or") -> str:
    """Words in a sentence: `a, b or c`."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion for a mistyped word, or nothing where none is near."""
    return Guesses().did_you_mean(word, known)


class Guesses:
    """Suggestions for many mistyped words, with a bound to the work for all of them together.

    Comparing two words costs about the product of their lengths, and a digest may have thousands of ids
    that are all a little like thousands of words that nothing has.
    """

    def __init__(self) -> None:
        self.left = _MOST_GUESSING

    def did_you_mean(self, word: str, known: Iterable[str]) -> str:
        """A suggestion for a mistyped word, or nothing where none is near or enough has been compared."""
        from difflib import SequenceMatcher  # only a mistake needs it

        sought = word[:_MOST_COMPARED]
        matcher = SequenceMatcher(None, "", sought)
        nearest, likeness = "", _NEAR
        for candidate in known:
            self.left -= 1
            if self.left < 0:
                return ""
            begins = candidate[:_MOST_COMPARED]
            matcher.set_seq1(begins)
            if matcher.real_quick_ratio() < likeness:  # the lengths alone tell
                continue
            self.left -= len(begins)
            if matcher.quick_ratio() < likeness:  # their letters, in any order
                continue
            self.left -= len(begins) * len(sought)
            if (ratio := matcher.ratio()) > likeness or (ratio == likeness and candidate > nearest):
                nearest, likeness = candidate, ratio
        return f'did you mean "{shortened(nearest)}"?' if nearest else ""
