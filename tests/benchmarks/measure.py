"""Runs one program as a whole process and says how long it took and how much memory it held."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

WIDTH, HEIGHT = 80, 24
LONGEST = 300.0
"""Seconds after which a program is stopped and counted as failed."""


class Failed(Exception):
    """A program that ended otherwise than it should: how, and what it said."""


@dataclass(frozen=True)
class Run:
    """One run of a program."""

    seconds: float
    peak: int
    """The most memory that it held, in bytes; no less than this program's own (see README.md)."""
    arrivals: tuple[tuple[float, int, int], ...] = ()
    """On a terminal: for each piece of output the seconds since the start, its bytes, its lines."""

    def screenful(self) -> float:
        """Seconds until the first screen was full, or all was printed."""
        lines = 0
        for seconds, _, more in self.arrivals:
            lines += more
            if lines >= HEIGHT:
                return seconds
        return self.seconds

    def tenths(self) -> list[float]:
        """The seconds that each tenth of the output took, counted from its first byte."""
        total, sofar, marks = sum(size for _, size, _ in self.arrivals), 0, [self.arrivals[0][0]]
        for seconds, size, _ in self.arrivals:
            sofar += size
            while len(marks) <= 10 and sofar * 10 >= total * len(marks):
                marks.append(seconds)
        return [later - earlier for earlier, later in pairwise(marks)]


Way = Callable[[Sequence[str], Mapping[str, str]], Run]


def into_pipe(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run with the output going into a pipe that is read and thrown away."""
    reader, writer = os.pipe()
    return _run(command, environment, reader, writer, writer_for_errors=subprocess.DEVNULL)


def on_terminal(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run on a pseudo-terminal of 80 × 24 whose output is read and thrown away as it comes."""
    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    return _run(command, environment, reader, writer, writer_for_errors=writer)


def inside(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a script that takes the time itself, leaves out its own start, and prints the seconds."""
    reader, writer = os.pipe()
    printed: list[bytes] = []
    run = _run(command, environment, reader, writer, subprocess.DEVNULL, printed)
    return Run(float(b"".join(printed)), run.peak)


def _run(
    command: Sequence[str],
    environment: Mapping[str, str],
    reader: int,
    writer: int,
    writer_for_errors: int,
    keep: list[bytes] | None = None,
) -> Run:
    terminal = os.isatty(writer)
    arrivals = []
    start = perf_counter()
    child = subprocess.Popen(
        command,
        stdin=writer if terminal else subprocess.DEVNULL,
        stdout=writer,
        stderr=writer_for_errors,
        env=environment,
        start_new_session=terminal,
    )
    os.close(writer)
    watch = threading.Timer(LONGEST, child.kill)
    watch.start()
    for piece in _pieces(reader):
        if terminal:
            arrivals.append((perf_counter() - start, len(piece), piece.count(b"\n")))
        if keep is not None:
            keep.append(piece)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = perf_counter() - start
    watch.cancel()
    os.close(reader)
    child.returncode = os.waitstatus_to_exitcode(status)  # Popen must not wait for it again
    _complain(command, environment, child.returncode)
    return Run(seconds, usage.ru_maxrss * 1024, tuple(arrivals))


def _pieces(reader: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(reader, 1 << 16)
        except OSError:  # how a pseudo-terminal says that nobody writes to it any more
            return
        if not piece:
            return
        yield piece


def _complain(command: Sequence[str], environment: Mapping[str, str], code: int) -> None:
    if code == -signal.SIGKILL:
        raise Failed(f"stopped after {LONGEST:.0f} s", "")
    if code:
        again = subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, capture_output=True, env=environment
        )
        words = again.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise Failed(f"exit code {code}", words[-1])
