"""What a run of the program costs: processor time and memory, the start included."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from support.pace import Pace, at_best
from support.program import PROGRAM, environment

# A process counts the memory of the one that started it, so a small one has to stand between.
_BETWEEN = """
import os, sys
child = os.fork()
if not child:
    os.execv(sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(child, 0)
os.write(int(os.environ["USED"]), f"{used.ru_utime + used.ru_stime} {used.ru_maxrss}".encode())
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Cost(NamedTuple):
    """A run: how it ended, and what it cost."""

    code: int
    out: bytes
    err: str
    seconds: float
    """Of processor time, as a machine with nothing else to do would take: see `pace`."""
    megabytes: float


def cost(*arguments: object, folder: Path) -> Cost:
    """Run the program in the folder, where its output is kept too."""
    out, err = folder / "out", folder / "err"
    between = [sys.executable, "-S", "-c", _BETWEEN, *PROGRAM, *map(str, arguments)]
    pace = Pace()
    with out.open("wb") as to, err.open("wb") as to_err, (folder / "used").open("wb") as used:
        process = subprocess.run(
            between, stdin=subprocess.DEVNULL, stdout=to, stderr=to_err, check=False, cwd=folder,
            pass_fds=[used.fileno()], env=environment({"USED": str(used.fileno())}),
        )  # fmt: skip
    seconds, kilobytes = map(float, (folder / "used").read_text().split())
    return Cost(process.returncode, out.read_bytes(), err.read_text(), seconds / pace.now(), kilobytes / 1024)


def cost_at_best(*arguments: object, folder: Path, limit: float) -> Cost:
    """The first run that takes less than `limit` seconds, else the least of some: what others add is not ours."""
    return at_best(lambda: cost(*arguments, folder=folder), lambda run: run.seconds, limit)
