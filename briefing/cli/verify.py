"""The commands that verify: the digest against the format and its sources."""

import os
import sys
from pathlib import Path
from typing import Annotated, Optional

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
    output: Output,
) -> None:
    """Every problem.

    Every problem is printed with its place and a remedy. Nothing is printed where all is well. Formats beside those of every view: text, github, sarif.
    """
    from briefing.views import check as view

    if list_rules:
        _list_rules(output)
        return
    names = _known_rules(rules or [])
    found: list[Problem] = []
    tally, code = Tally(), OK
    for name in with_progress(digests or [None]):
        try:
            found += _check(name, seeds, names, tally)
        except Failure as error:  # one file that cannot be read does not hide the others
            code = explain(error)
    if sink.is_terminal(sys.stderr) and not found and not code:
        sink.complain(tally.said())
    if found or not _is_silent(output):
        answer(one(view.view(found)), _check_format(output))
    fatal = found if strict else [problem for problem in found if problem.severity == "error"]
    raise typer.Exit(code or (INVALID if fatal else OK))


def _is_silent(output: Output) -> bool:
    """Whether nothing is printed where nothing is wrong: not to a file, and not as data."""
    implied = output.format in ("auto", IMPLIED["problems"], IMPLIED["workflow"])
    return implied and output.output == sink.STDOUT


def _check_format(output: Output) -> Output:
    """Problems are told as text, or as annotations where GitHub runs us, unless a format is asked for."""
    if output.format != "auto" or output.output != sink.STDOUT or os.environ.get("BRIEFING_FORMAT"):
        return output
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    return output._replace(format=IMPLIED["workflow" if in_workflow else "problems"])


def _check(name: str | None, seeds: Path | None, rules: list[str], tally: Tally) -> list[Problem]:
    from briefing import loader
    from briefing.proof import Proof
    from briefing.rules import RULES, check

    try:
        loaded = loader.judged(name)
    except InvalidDigest as error:
        return list(error.problems)
    proof = Proof(loaded, seeds)
    wanted = [rule for rule in rules if rule in RULES]
    problems = check(proof, wanted) if wanted or not rules else []
    tally.add(loaded, proof)
    return in_order([*loaded.problems, *problems])  # what loading finds is told whatever the rules


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
    """Every sentence."""
    from briefing import loader
    from briefing.proof import Proof
    from briefing.views import trace as view

    proof = Proof(loader.load(digest), seeds)
    section = view.view(proof, source, item, unused)
    answer(one(selection.apply(section)), output)
