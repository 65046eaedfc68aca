"""`check --fix`, `--unsafe-fixes`, `--diff` and `--watch`: what they ask, write and say."""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from briefing import sink
from briefing.fixes import Offer
from briefing.loader import Origin, locate, raw
from briefing.mending import Choose, Mended, difference, mended, shown
from briefing.problem import (
    Failure,
    Fix,
    InvalidDigest,
    Problem,
    dotted,
    masked,
)
from briefing.render.excerpts import MOST_PROBLEMS, report
from briefing.watch import Watched


def fix(
    names: Sequence[str | None], seeds: Path | None, rules: Sequence[str] | None, *, unsafe: bool, diff: bool
) -> None:
    """Mend these digests, or with `diff` print what would change.

    Standard input comes here only with `diff`: `fixed_stdin` mends it. A file that cannot be read as a
    digest is left to the check, which says what is wrong with it.
    """
    gc.enable()  # off since the start, for short runs; here each round reads the texts anew
    if "-" in names and len(names) > 1 and not diff:
        raise Failure("--fix prints what it mends of standard input, so - has to be the only digest")
    for name in names:
        origin = locate(name)
        if origin.is_found and not diff:
            raise Failure("--fix mends a file", f"name it by its path, not as {origin.label}")
        _fix(origin, seeds, rules, unsafe, diff)


def fixed_stdin(seeds: Path | None, rules: Sequence[str] | None, *, unsafe: bool) -> bytes:
    """Mend the digest on standard input, print it, and return what was printed."""
    origin = locate("-")
    data = raw(origin)
    done = _mended(data, origin, seeds, rules, _Asked(origin, asks=False) if unsafe else None)
    text = masked(done.data.decode()).encode() if sink.is_terminal() else done.data
    sys.stdout.buffer.write(text)
    sys.stdout.flush()
    _tell(origin, done.made)
    return done.data


def _fix(origin: Origin, seeds: Path | None, rules: Sequence[str] | None, unsafe: bool, diff: bool) -> None:
    data = raw(origin)
    choose: Choose | None = None
    if unsafe:
        choose = _first if diff else _Asked(origin, asks=_can_ask())
    done = _mended(data, origin, seeds, rules, choose)
    if diff:
        _print_difference(data, done.data, origin)
    elif done.made:
        assert origin.path is not None
        sink.exchange(str(origin.path), data, done.data)
        _tell(origin, done.made)


def _mended(
    data: bytes, origin: Origin, seeds: Path | None, rules: Sequence[str] | None, choose: Choose | None
) -> Mended:
    try:
        return mended(data, origin, seeds, rules, choose)
    except InvalidDigest:
        return Mended(data, (), ())


def _print_difference(before: bytes, after: bytes, origin: Origin) -> None:
    lines = difference(before, after, origin.label)
    sink.write(map(masked, lines) if sink.is_terminal() else lines)


def _tell(origin: Origin, made: Sequence[Fix]) -> None:
    lines = [f"{origin.label}: mended {dotted(each.path)}: {each.description}" for each in made]
    if (more := len(lines) - MOST_PROBLEMS) > 0:
        lines[MOST_PROBLEMS:] = [f"… and {more:,} more"]
    sink.complain(*lines)


def _can_ask() -> bool:
    return sink.is_terminal(sys.stdin) and sink.is_terminal(sys.stderr)


def _first(offer: Offer, data: bytes) -> Fix | None:
    """What a diff shows of what is not safe: never one of several choices."""
    return offer.fix


class _Asked:
    """A person who is asked about each fix that is not safe; in a pipe each is shown, and none is made."""

    def __init__(self, origin: Origin, *, asks: bool) -> None:
        self.origin, self.asks = origin, asks
        self.told = 0
        self.has_left = False

    def __call__(self, offer: Offer, data: bytes) -> Fix | None:
        """The fix that is wanted, if any."""
        for fix in [offer.fix] if offer.fix else offer.choices:
            if self.has_left:
                return None
            self.told += 1
            if not self.asks and self.told > MOST_PROBLEMS:
                return None
            self._show(offer, fix, data)
            if self.asks and self._wants():
                return fix
        return None

    def _show(self, offer: Offer, fix: Fix, data: bytes) -> None:
        where = f"{self.origin.label}: {offer.rule} {dotted(fix.path)}"
        fate = "" if self.asks else " (not made: it is asked for on a terminal)"
        sink.complain(f"{where}: {fix.description}{fate}", *shown(data, fix))

    def _wants(self) -> bool:
        sys.stderr.write("Make this change? [y/N/q] ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        self.has_left = not answer or answer.strip().casefold() in ("q", "quit")
        return answer.strip().casefold() in ("y", "yes")


def left_over(problems: Sequence[Problem]) -> None:
    """Report problems on standard error: standard output has the digest itself."""
    sink.complain(*report(problems))


def watch(names: Sequence[str | None], seeds: Path | None, look: Callable[[], Sequence[Problem]]) -> NoReturn:
    """Check again whenever the contents of a digest or a source change, until somebody ends it."""
    if "-" in names:
        raise Failure("--watch looks at files", "standard input is read once")
    gc.enable()  # off since the start, for short runs; this one may last for days
    watched = Watched([locate(name) for name in names], seeds)
    while True:
        problems = look()
        now = time.strftime("%H:%M:%S")
        sink.complain(f"──── {now} · {_counted(problems)} · watching {watched.said()}, Ctrl-C ends it")
        watched.wait()


def _counted(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    counts = [
        f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning"))
    ]
    return ", ".join(count for count in counts if not count.startswith("0 ")) or "no problems"
