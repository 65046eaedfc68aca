"""A pseudo-terminal with a screen: what a person sees, as lines of text."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from typing import NamedTuple

import pyte

from support.program import PROGRAM, environment

_TALL = 1000  # lines, so that nothing scrolls out of sight


class Seen(NamedTuple):
    """What a program did to a terminal."""

    code: int
    lines: list[str]
    """The screen's lines, without blanks at their ends and without empty lines at its end."""
    raw: str
    """Every character that was sent, escape codes included."""


def see(
    *arguments: object, columns: int, rows: int = 24, env: Mapping[str, str] | None = None, stdin: bytes = b""
) -> Seen:
    """Run the program in a terminal of so many columns and rows; without a pager where none is named."""
    return see_command(
        [*PROGRAM, *map(str, arguments)],
        columns,
        rows,
        {"TERM": "xterm-256color", "PAGER": "cat"} | dict(env or {}),
        stdin,
    )


def see_command(
    command: Sequence[str],
    columns: int,
    rows: int,
    env: Mapping[str, str],
    stdin: bytes = b"",
    cwd: Path | None = None,
) -> Seen:
    """Run any command in a terminal; `stdin` is typed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(env),
        start_new_session=True,
        cwd=cwd,
    )
    os.close(theirs)
    if stdin:
        os.write(ours, stdin)
    # A program that never ends fails a test and does not hang it, nor does a pager that it started.
    late = Timer(20, os.killpg, (process.pid, signal.SIGKILL))
    late.start()
    sent = b"".join(iter(lambda: _read(ours), b""))
    late.cancel()
    os.close(ours)
    return Seen(process.wait(timeout=60), _shown(sent, columns or 80), sent.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def _shown(sent: bytes, columns: int) -> list[str]:
    screen = pyte.Screen(columns, _TALL)
    pyte.ByteStream(screen).feed(sent)
    lines = [line.rstrip() for line in screen.display]
    while lines and not lines[-1]:
        lines.pop()
    return lines
