"""Times `briefing` and every peer that is installed, side by side, and holds the targets against it.

    python tests/benchmarks/run.py [--peers DIR[:DIR]] [--cache DIR] [--runs N] [--quick] [--only GROUP]

Run it with the Python of the virtual environment that `briefing` is installed in. It makes
its inputs, runs all programs of a group in turn (A B C A B C …), prints the table, and, if
everything was measured, writes it into README.md beside this file. README.md says more.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import Failed, Run
from programs import (
    BRIEFING,
    HERE,
    PYTHON,
    Bench,
    Case,
    count_commands,
    environment,
    found,
    groups,
)
from report import progress, report, write
from targets import Group

SHARES = {
    "start": 1.0,
    "medium": 0.5,
    "large": 0.15,
    "terminal": 0.25,
    "stream": 0.1,
    "many": 0.25,
    "check": 0.25,
}
"""For each group how often its cases run, as a share of --runs."""
INPUTS = {
    "medium": {"m"},
    "large": {"m", "l"},
    "terminal": {"m"},
    "stream": {"l"},
    "many": {"many"},
    "check": {"check"},
}
"""What each group needs to be generated."""
NOT_QUICK = ("large", "stream")
FEW, MANY = 4, 20


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time briefing beside its peers.")
    parser.add_argument(
        "--peers", default="", metavar="DIR[:DIR]", help="folders to find peers in, before PATH"
    )
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="keep the generated inputs here, and use those that are"
    )
    parser.add_argument(
        "--runs", type=int, metavar="N", help=f"runs of each program at S ({MANY}); larger inputs get a share"
    )
    parser.add_argument(
        "--commands", type=int, metavar="N", help="commands of the trivial app (as many as briefing has)"
    )
    parser.add_argument("--quick", action="store_true", help=f"{FEW} runs, and nothing at L")
    parser.add_argument(
        "--only", action="append", choices=SHARES, metavar="GROUP", help=f"one group of {', '.join(SHARES)}"
    )
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    if not Path(BRIEFING).exists():
        sys.exit(f"{Path(BRIEFING).name} is not installed beside this Python: pip install . first")
    names = chosen.only or [name for name in SHARES if not (chosen.quick and name in NOT_QUICK)]
    runs = chosen.runs or (FEW if chosen.quick else MANY)
    variables = environment([Path(folder) for folder in chosen.peers.split(os.pathsep) if folder])
    with inputs(chosen.cache, names) as folder:
        commands = chosen.commands or count_commands(variables)
        if not commands:
            sys.exit("briefing --help names no commands: say how many there are with --commands N")
        bench = Bench(folder, variables, found(variables), commands)
        cases = groups(bench)
        measured = {
            name: measure(name, cases[name], bench, max(1, round(runs * SHARES[name]))) for name in names
        }
        text = report(bench, measured)
    progress("")
    print(text)
    if len(names) == len(SHARES):
        write(HERE / "README.md", text)


@contextmanager
def inputs(cache: Path | None, names: Sequence[str]) -> Iterator[Path]:
    """The folder of the inputs that these groups need."""
    wanted = sorted(set().union(*(INPUTS.get(name, ()) for name in names)))
    with TemporaryDirectory() as temporary:
        folder = cache or Path(temporary)
        # A mark names the generator that made an input, so that a changed one makes it anew.
        generator = hashlib.sha256((HERE / "generate.py").read_bytes()).hexdigest()[:8]
        marks = {name: folder / f".{name}-{generator}" for name in wanted}
        if missing := [name for name in wanted if not marks[name].exists()]:
            progress(f"making {', '.join(missing)}")
            # In a process of its own: a child can be charged with this one's memory.
            subprocess.run([PYTHON, str(HERE / "generate.py"), str(folder), *missing], check=True)
        for name in missing:
            marks[name].touch()
        yield folder


def measure(group: str, cases: Sequence[Case], bench: Bench, rounds: int) -> Group:
    """Run all cases in turn, again and again; one that fails is left out from then on."""
    runs: dict[str, list[Run]] = {case.name: [] for case in cases}
    failures: dict[str, str] = {}
    for number in range(1 if group == "large" else 0, rounds + 1):  # round 0 warms up and does not count
        for case in cases:
            if case.name in failures or (case.slow and group == "large" and number > 1):
                continue
            progress(f"{group} {number}/{rounds}: {case.name}")
            try:
                run = case.way(case.command, bench.environment)
            except Failed as failed:
                failures[case.name], said = failed.args
                print(f"{case.name}: {failures[case.name]}: {said}", file=sys.stderr)
            else:
                runs[case.name] += [run] if number else []
    return Group({name: done for name, done in runs.items() if done and name not in failures}, failures)


if __name__ == "__main__":
    main()
