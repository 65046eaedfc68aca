"""A megabyte of each kind of work, through every command: the worst time and memory.

    python tests/benchmarks/megabytes.py [--only COMMANDS] [KIND…]

Each command runs in a child of a process that has imported the program, so that what is measured is
the work and not the start. `--only check,diff` runs the commands that begin so. On a machine with much
else to do the time of the processor grows too, so beside each command a loop is run, and the seconds
are those of a machine on which that takes no longer than usual.

What is drawn for a screen counts until its first screenful is there: what follows comes at a steady rate,
which `run.py --only stream` measures.
"""

import argparse
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import kinds
from kinds import KINDS, Work

sys.path.insert(0, str(Path(__file__).parent.parent))
from support.pace import Pace


class Cost(NamedTuple):
    """What a run took over a start of the program, and how it ended."""

    code: int
    seconds: float
    megabytes: int
    err: str


SCREENFUL = 24
"""Lines."""

NAMES = [
    "timeline",
    "terms",
    "stakeholders",
    "instruments",
    "questions",
    "figures",
    "claims",
    "findings",
    "sources",
]
VIEWS = ["VIEW -f table --width 60", "VIEW --full --evidence", "VIEW -w id~i -w tags!=a,b --sort id"]
"""The commands for each section that the digest has."""

COMMANDS = [
    "summary -f table", "timeline --since 2020 --until 2030 -f csv", "check -f text", "check -f json", "check -f table",
    "trace -f table", "trace --unused -f json", "show k", "show i0 -f table", "show p", "show 'word alpha'",
    "export", "export -f table", "export --full --link-evidence", "export -f json", "search word", "search alpha -f table", "list",
    "diff OLD NEW", "diff OLD NEW -f json", "diff seeds/s.txt seeds2/s.txt --digest OLD --source s",
    "quote seeds/s.txt alpha", "quote OLD wor* --unused", "new seeds/s.txt", "text seeds/s.txt",
    "check OLD --fix", "check OLD --unsafe-fixes --diff",
]  # fmt: skip


def laid(work: Work, folder: Path) -> None:
    """Write the files of a piece of work."""
    folder.mkdir(parents=True)
    (folder / "x.yaml").write_text(work.digest, newline="")
    (folder / "y").mkdir()
    (folder / "y" / "y.yaml").write_text(work.later, newline="")
    for name, changed in (("seeds", False), ("seeds2", True), ("y/seeds", True)):
        (folder / name).mkdir()
        texts = work.texts_later or work.texts if changed else work.texts
        for file, text in texts.items():
            is_edited = changed and not work.texts_later
            edited = text.replace("alpha", "omega", len(text) // 100) if is_edited else text
            (folder / name / file).write_text(edited, newline="")


def arguments(command: str, folder: Path) -> list[str]:
    """The words of a command line in that folder."""
    import shlex

    words = [word.replace("OLD", "x.yaml").replace("NEW", "y/y.yaml") for word in shlex.split(command)]
    takes_digest = not {"OLD", "list", "new", "text", "quote", "diff"} & set(command.split())
    return [*words, *(["x.yaml"] if takes_digest else [])]


def cost(words: list[str], folder: Path) -> Cost:
    """Run the program in a child of this process."""
    err = folder / "err"
    pace = Pace()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["BRIEFING_PATH"] = str(folder)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.close(reading)
        os.dup2(writing, 1)
        os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        resource.setrlimit(resource.RLIMIT_CPU, (40, 40))
        from briefing.cli import run

        try:
            code = run(words)
            sys.stdout.flush()
        except BaseException:  # noqa: BLE001 - a child reports whatever stopped it
            import traceback

            traceback.print_exc()
            code = 70
        os._exit(code)
    os.close(writing)
    read(reading, SCREENFUL if {"-f", "table"} <= set(words) else None)
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    code = 0 if code == -signal.SIGPIPE else code
    seconds = (used.ru_utime + used.ru_stime) / pace.now()
    return Cost(code, seconds, used.ru_maxrss // 1024, err.read_text(errors="replace"))


def read(pipe: int, lines: int | None) -> None:
    """Read a pipe, to its end or for so many lines."""
    while (lines is None or lines > 0) and (some := os.read(pipe, 1 << 16)):
        lines = lines and lines - some.count(b"\n")
    os.close(pipe)


def prepared() -> None:
    """Import what a command imports."""
    import gc
    import importlib
    import pkgutil

    import briefing

    for each in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if each.name != "briefing.__main__":
            importlib.import_module(each.name)
    gc.disable()


def runs(chosen: list[str], only: tuple[str, ...], folder: Path) -> Iterator[tuple[str, str, Cost]]:
    """Every kind through every command."""
    for kind in chosen:
        here = folder / kind.replace(" ", "-").replace(",", "")
        laid(KINDS[kind](), here)
        text = (here / "x.yaml").read_text()
        sections = [name for name in NAMES if f"\n{name}:" in text]
        views = [view.replace("VIEW", name) for name in sections for view in VIEWS]
        for command in [*views, *COMMANDS]:
            if command.startswith(only):
                yield kind, command, cost(arguments(command, here), here)
        shutil.rmtree(here)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="COMMANDS", help="how they begin, with commas between")
    parser.add_argument(
        "--size", type=int, default=kinds.MB, metavar="BYTES", help="in the place of a megabyte"
    )
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    chosen = parser.parse_args()
    kinds.MB = chosen.size
    prepared()
    began = time.time()
    worst: dict[str, tuple[Cost, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, command, took in runs(
            chosen.kinds or list(KINDS), tuple(chosen.only.split(",")), Path(folder)
        ):
            told(kind, command, took, chosen.size / 1_000_000)
            for key in (f"kind: {kind}", f"command: {command}"):
                if key not in worst or took.seconds > worst[key][0].seconds:
                    worst[key] = took, command if key.startswith("kind") else kind
    for key, (took, where) in worst.items():
        print(f"{key:50} {took.seconds:6.2f} s {took.megabytes:5} MB  {took.code} {where}")
    print(f"{time.time() - began:.0f} s")


def told(kind: str, command: str, took: Cost, part: float) -> None:
    """Print at once what took much, or ended as no run should."""
    is_broken = took.code not in (0, 1, 2) or "Traceback" in took.err
    if is_broken or took.seconds > 1.5 * part or took.megabytes > 250:
        print(f"{took.seconds:6.2f} s {took.megabytes:5} MB  {took.code:3}  {kind} | {command}", flush=True)
    if is_broken:
        print(took.err[-1500:], flush=True)


if __name__ == "__main__":
    main()
