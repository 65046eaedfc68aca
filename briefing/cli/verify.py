"""The digest against its sources: `check`, `trace` and `show`."""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn, Optional

import typer

from briefing import sink
from briefing.cli import complete
from briefing.cli.options import Digest, Digests, Output, Seeds, Selection, shared
from briefing.cli.pipeline import answer
from briefing.document import one
from briefing.problem import INVALID, OK, Failure, InvalidDigest, Problem, did_you_mean, in_order

if TYPE_CHECKING:
    from briefing.loader import Loaded
    from briefing.proof import Proof


def register(app: typer.Typer, name: str) -> None:
    """Add one of the commands of this module."""
    app.command(name)({"check": check, "trace": trace, "show": show}[name])


class _Mending(NamedTuple):
    """What to do about what is found."""

    fix: Annotated[bool, typer.Option("--fix", help="Mend the file where nothing is left to decide.")] = False
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Mend more, and ask for each: the nearest passage.")
    ] = False
    diff: Annotated[bool, typer.Option("--diff", help="Print what would be mended, and write nothing.")] = (
        False
    )
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever the digest or a source changes.")
    ] = False

    @property
    def is_wanted(self) -> bool:
        """Whether anything is to be mended, or shown as it would be."""
        return self.fix or self.unsafe_fixes or self.diff


@shared
def check(
    digests: Digests = None,
    rules: Annotated[
        Optional[list[str]],
        typer.Option(
            "--rule", metavar="NAME", autocompletion=complete.rules, help="Only this rule; may be repeated."
        ),
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list-rules", help="Print the rules and exit.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings make the exit code 1 too.")] = False,
    *,
    seeds: Seeds = None,
    mending: _Mending,
    output: Output,
) -> None:
    """Hold digests against the format and their sources.

    Every problem is printed with its place and a remedy. Nothing is printed where all is well. Formats beside those of every view: text, github, sarif.
    """
    if list_rules:
        _list_rules(output)
        return
    names = _known_rules(rules or [])
    wanted = _Wanted(digests or [None], seeds, names, strict, _check_format(output))
    if mending.watch:
        _watch(wanted, mending)
    if mending.is_wanted:
        raise typer.Exit(_mend(wanted, mending))
    raise typer.Exit(_look(wanted)[1])


class _Wanted(NamedTuple):
    """What is checked, how, and where it is told."""

    digests: list[str] | list[None]
    seeds: Path | None
    rules: list[str]
    strict: bool
    output: Output

    def code(self, problems: list[Problem]) -> int:
        """The exit code that these problems call for."""
        fatal = problems if self.strict else [p for p in problems if p.severity == "error"]
        return INVALID if fatal else OK


def _watch(wanted: _Wanted, mending: _Mending) -> NoReturn:
    """Check again and again, until somebody ends it."""
    from briefing.cli import mend

    if mending.is_wanted or wanted.output.output != sink.STDOUT:
        raise Failure("--watch only looks", "leave out --fix, --unsafe-fixes, --diff and -o")
    mend.watch(wanted.digests, wanted.seeds, lambda: _look(wanted)[0])


def _mend(wanted: _Wanted, mending: _Mending) -> int:
    """Mend the digests, then check what became of them; the exit code."""
    from briefing import loader
    from briefing.cli import mend

    unsafe = mending.unsafe_fixes
    if wanted.digests == ["-"] and not mending.diff:
        data = mend.fixed_stdin(wanted.seeds, wanted.rules, unsafe=unsafe)
        problems = _checked(lambda: loader.examine(data, loader.locate("-")), wanted, _Tally())
        mend.left_over(problems)
        return wanted.code(problems)
    mend.fix(wanted.digests, wanted.seeds, wanted.rules, unsafe=unsafe, diff=mending.diff)
    return OK if mending.diff else _look(wanted)[1]


def _look(wanted: _Wanted) -> tuple[list[Problem], int]:
    """Check the digests once and say what is found; with the exit code."""
    from briefing import loader
    from briefing.views import problems

    found: list[Problem] = []
    tally, code = _Tally(), OK
    for name in _with_progress(wanted.digests):
        try:
            found += _checked(partial(loader.judged, name), wanted, tally)
        except Failure as error:  # one file that cannot be read does not hide the others
            code = sink.explain(error)
    if sink.is_terminal(sys.stderr) and not found and not code:
        sink.complain(tally.said())
    if found or wanted.output.format not in ("auto", "text", "github") or wanted.output.output != sink.STDOUT:
        answer(one(problems.view(found)), wanted.output)
    return found, code or wanted.code(found)


def _check_format(output: Output) -> Output:
    """Problems are told as text, or as annotations where GitHub runs us, unless a format is asked for."""
    if output.format != "auto" or output.output != sink.STDOUT or os.environ.get("BRIEFING_FORMAT"):
        return output
    return output._replace(format="github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")


def _checked(load: "Callable[[], Loaded]", wanted: _Wanted, tally: "_Tally") -> list[Problem]:
    from briefing.proof import Proof
    from briefing.rules import RULES, check

    try:
        loaded = load()
    except InvalidDigest as error:
        return list(error.problems)
    proof = Proof(loaded, wanted.seeds)
    rules = [rule for rule in wanted.rules if rule in RULES]
    problems = check(proof, rules) if rules or not wanted.rules else []
    tally.add(loaded, proof)
    if problems and wanted.output.format not in ("text", "github", "sarif"):
        from briefing.fixes import attached, offers

        problems = attached(problems, offers(proof, unsafe=True))
    return in_order([*loaded.problems, *problems])  # what loading finds is told whatever the rules


class _Tally:
    """How much was checked."""

    def __init__(self) -> None:
        self.digests = self.items = self.quotes = self.size = 0

    def add(self, loaded: "Loaded", proof: "Proof") -> None:
        self.digests += 1
        self.items += sum(1 for _ in loaded.items())
        self.quotes += proof.counts.proved
        self.size += sum(len(text.data) for text in proof.files.values())

    def said(self) -> str:
        counts = f"{self.items:,} items, {self.quotes:,} quotes proved, {self.size:,} bytes of sources"
        return f"{self.digests:,} digests: {counts}" if self.digests > 1 else counts


def _with_progress(names: list[str] | list[None]) -> Iterator[str | None]:
    """The names, with a bar on a terminal once they have taken longer than a second."""
    started, bar = time.monotonic(), None
    with contextlib.ExitStack() as ended:
        for number, name in enumerate(names):
            if (
                bar is None
                and len(names) > 1
                and sink.is_terminal(sys.stderr)
                and time.monotonic() - started > 1
            ):
                from briefing.render.terminal import progress

                ended.enter_context(sink.orderly())  # the bar hides the cursor
                bar = ended.enter_context(progress("Checking", len(names), number))
            yield name
            if bar is not None:
                bar()


def _known_rules(names: list[str]) -> list[str]:
    from briefing.rules import LOADING, RULES

    for name in names:
        if name not in RULES and name not in LOADING:
            known = [*RULES, *LOADING]
            raise Failure(f"no rule {name!r}", did_you_mean(name, known) or "see briefing check --list-rules")
    return names


def _list_rules(output: Output) -> None:
    from briefing.rules import LOADING, LOADING_WARNINGS, RULES
    from briefing.views import rules

    rows = [(name, rule.severity, rule.meaning) for name, rule in RULES.items()]
    for name, meaning in LOADING.items():
        rows.append((name, "warning" if name in LOADING_WARNINGS else "error", meaning))
    answer(one(rules.view(rows)), output)


@shared
def trace(
    digest: Digest = None,
    item: Annotated[
        str, typer.Option(metavar="ID", autocompletion=complete.items, help="Only what this item rests on.")
    ] = "",
    source: Annotated[str, typer.Option(metavar="ID", help="Only this source.")] = "",
    unused: Annotated[bool, typer.Option("--unused", help="Only the sentences that no item uses.")] = False,
    *,
    seeds: Seeds = None,
    selection: Selection,
    output: Output,
) -> None:
    """The source text by sentence, with what rests on each."""
    from briefing import loader
    from briefing.proof import Proof
    from briefing.views import trace as view

    proof = Proof(loader.load(digest), seeds)
    section = view.view(proof, source, item, unused)
    answer(one(selection.apply(section)), output)


@shared
def show(
    item: Annotated[
        str, typer.Argument(metavar="ID", autocompletion=complete.items, help="The id of an item.")
    ],
    digest: Digest = None,
    *,
    seeds: Seeds = None,
    output: Output,
) -> None:
    """One item in full: fields, evidence in context, who names it."""
    from briefing import loader
    from briefing.proof import Proof
    from briefing.views import item as view

    proof = Proof(loader.load(digest), seeds)
    answer(one(view.view(proof, item)), output)
