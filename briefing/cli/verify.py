"""The commands that verify: the digest against the format and its sources."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn, Optional

import typer

from briefing import sink
from briefing.cli import complete
from briefing.cli.explain import explain
from briefing.cli.options import Digest, Digests, Output, Seeds, Selection
from briefing.cli.pipeline import answer
from briefing.cli.progress import Tally, with_progress
from briefing.document import one
from briefing.problem import INVALID, OK, Failure, InvalidDigest, Problem, did_you_mean, in_order, shortened
from briefing.render import IMPLIED

if TYPE_CHECKING:
    from briefing.loader import Loaded


class _Mending(NamedTuple):
    """What to do about what is found."""

    fix: Annotated[bool, typer.Option("--fix", help="Mend the file where nothing is left to decide.")] = False
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes", help="Offer more fixes, such as the nearest passage, and ask about each."
        ),
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


def check(
    digests: Digests = None,
    rules: Annotated[
        Optional[list[str]],
        typer.Option(
            "--rule", metavar="NAME", autocompletion=complete.rules, help="Only this rule; may be repeated."
        ),
    ] = None,
    excepted: Annotated[
        Optional[list[str]],
        typer.Option(
            "--except", metavar="NAME", autocompletion=complete.rules, help="Not this rule; may be repeated."
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Leave out the line that counts what was checked.")
    ] = False,
    list_rules: Annotated[bool, typer.Option("--list-rules", help="Print the rules and exit.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings make the exit code 1 too.")] = False,
    *,
    seeds: Seeds = None,
    mending: _Mending,
    output: Output,
) -> None:
    """Check digests, and mend them where that is asked for.

    Every problem is printed with its place and a remedy. What was checked is counted in one line on standard error. Formats besides those of every view: text, github, sarif.
    """
    if list_rules:
        _list_rules(output)
        return
    names, left_out = _known_rules(rules or []), _known_rules(excepted or [])
    wanted = _Wanted(digests or [None], seeds, names, left_out, strict, quiet, _check_format(output))
    if mending.watch or mending.is_wanted:  # no pager before a person who is asked or watches
        wanted = wanted._replace(output=wanted.output._replace(pager=False))
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
    excepted: list[str]
    strict: bool
    quiet: bool
    output: Output

    @property
    def tells_fixes(self) -> bool:
        """Whether each problem comes with its fix as data: people read a remedy instead."""
        return sink.format_for(self.output.format, self.output.output).audience == "programs"

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
    """Mend the digests, check what became of them, and return the exit code."""
    from briefing import loader
    from briefing.cli import mend

    rules, unsafe = _mended_rules(wanted), mending.unsafe_fixes
    if wanted.digests == ["-"] and not mending.diff:
        data = mend.fixed_stdin(wanted.seeds, rules, unsafe=unsafe)
        problems = _checked(lambda: loader.examine(data, loader.locate("-")), wanted, Tally())
        mend.left_over(problems)
        return wanted.code(problems)
    mend.fix(wanted.digests, wanted.seeds, rules, unsafe=unsafe, diff=mending.diff)
    return OK if mending.diff else _look(wanted)[1]


def _mended_rules(wanted: _Wanted) -> list[str] | None:
    """The rules whose problems are mended; None means all of them, and what no rule finds.

    In a list, what no rule finds has the empty name.
    """
    from briefing.rules import RULES

    if not wanted.excepted:
        return wanted.rules or None
    return [rule for rule in wanted.rules or ["", *RULES] if rule not in wanted.excepted]


def _look(wanted: _Wanted) -> tuple[list[Problem], int]:
    """Check the digests once and print what is found; return the problems and the exit code."""
    from briefing import loader
    from briefing.views import check as view

    found: list[Problem] = []
    tally, code = Tally(), OK
    for name in with_progress(wanted.digests):
        try:
            found += _checked(partial(loader.judged, name), wanted, tally)
        except Failure as error:  # one file that cannot be read does not hide the others
            code = explain(error)
    if found or not _is_silent(wanted.output):
        answer(one(view.view(found)), wanted.output)
    if not wanted.quiet:
        sink.complain(tally.said())
    return found, code or wanted.code(found)


def _is_silent(output: Output) -> bool:
    """Whether nothing is printed when nothing is wrong. A file or a data format is written even then."""
    implied = output.format in ("auto", IMPLIED["problems"], IMPLIED["workflow"])
    return implied and output.output == sink.STDOUT


def _check_format(output: Output) -> Output:
    """Problems are told as text, or as annotations where GitHub runs us, unless a format is asked for."""
    if output.format != "auto" or output.output != sink.STDOUT or os.environ.get("BRIEFING_FORMAT"):
        sink.format_for(output.format, output.output)  # what is wrong with it is said before the work
        return output
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    return output._replace(format=IMPLIED["workflow" if in_workflow else "problems"])


def _checked(load: "Callable[[], Loaded]", wanted: _Wanted, tally: Tally) -> list[Problem]:
    """The problems of one digest, but for those of rules that are not wanted."""
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
    if problems and wanted.tells_fixes:
        from briefing.fixes import attached, offers

        problems = attached(problems, offers(proof, unsafe=True))
    # What loading finds is told whatever the rules.
    return in_order(p for p in (*loaded.problems, *problems) if p.rule not in wanted.excepted)


def _known_rules(names: list[str]) -> list[str]:
    from briefing.rules import LOADING, RULES

    for name in names:
        if name not in RULES and name not in LOADING:
            known = [*RULES, *LOADING]
            raise Failure(
                f'no rule "{shortened(name)}"', did_you_mean(name, known) or "see briefing check --list-rules"
            )
    return names


def _list_rules(output: Output) -> None:
    from briefing.rules import LOADING, LOADING_WARNINGS, RULES
    from briefing.views import rules

    rows = [(name, rule.severity, rule.meaning) for name, rule in RULES.items()]
    for name, meaning in LOADING.items():
        rows.append((name, "warning" if name in LOADING_WARNINGS else "error", meaning))
    answer(one(rules.view(rows)), output)


def trace(
    digest: Digest = None,
    item: Annotated[
        str, typer.Option(metavar="ID", autocompletion=complete.items, help="Only what this item rests on.")
    ] = "",
    source: Annotated[
        str, typer.Option(metavar="ID", autocompletion=complete.sources, help="Only this source.")
    ] = "",
    unused: Annotated[bool, typer.Option("--unused", help="Only the sentences that no item uses.")] = False,
    *,
    seeds: Seeds = None,
    selection: Selection,
    output: Output,
) -> None:
    """Print the sentences of the source texts, with the items that rest on each."""
    from briefing import loader
    from briefing.proof import Proof
    from briefing.views import trace as view

    proof = Proof(loader.load(digest), seeds)
    section = view.view(proof, source, item, unused)
    answer(one(selection.apply(section)), output)
