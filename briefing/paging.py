"""The pager: what is taller than the screen is shown a page at a time, from its first line.

Whether that is so is known once a screenful is there; what follows is handed on as it comes.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import IO

from briefing import programs

_QUITS_AND_COLOURS = "FRX"
"""What less is told where the reader has not told it anything: to leave at once where all fits, to
let colours through, and to leave the text on the screen."""
_KNOWS_LINKS = 566
"""The version of less that lets links through; other pagers print their codes."""

_LINK = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")
_CODES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")


def show(pieces: Iterable[str], straight: Callable[[Iterable[str]], None]) -> None:
    """Show the pieces through a pager where they need one; else, and where none starts, `straight`."""
    commands = _commands()
    if not commands:
        straight(pieces)
        return
    coming = iter(pieces)
    held, is_taller = _screenful(coming)
    for command in commands if is_taller else []:
        if pager := _started(command):
            _feed(pager, _without_links(command, chain(held, coming)))
            return
    straight(chain(held, coming))


def _commands() -> list[list[str]]:
    """The pagers to try, each with its arguments: the one that the reader named, then less."""
    named = [_found(words) for words in _named()]
    return [command for command in named if command]


def _named() -> list[list[str]]:
    """The command lines to try, in order. A name that is empty, or `cat`, asks for no pager."""
    named = os.environ.get("BRIEFING_PAGER", os.environ.get("PAGER"))
    usual = [["less"]] if os.environ.get("TERM", "dumb") != "dumb" else []
    if named is None:
        return usual
    import shlex  # few readers name one

    try:
        words = shlex.split(named, posix=os.name != "nt")
    except ValueError:  # a quotation mark without its other
        return usual
    return [] if words in ([], ["cat"]) else [words, *usual]


def _found(words: list[str]) -> list[str]:
    program = programs.find(words[0])
    return [program, *words[1:]] if program else []


def _screenful(coming: Iterator[str]) -> tuple[list[str], bool]:
    """The first pieces, until they are taller than the screen, and whether they are."""
    columns, lines = shutil.get_terminal_size()
    room = max(lines, 2) - 1  # the shell's prompt comes below
    held: list[str] = []
    for piece in coming:
        held.append(piece)
        room -= sum(_height(line, columns) for line in piece.split("\n")[:-1])
        if room < 0:
            return held, True
    return held, False


def _height(line: str, columns: int) -> int:
    """How many lines of the screen a line takes."""
    line = _CODES.sub("", line) if "\x1b" in line else line
    wide = 0 if line.isascii() else sum(unicodedata.east_asian_width(each) in "WF" for each in line)
    return max(-(-(len(line) + wide) // max(columns, 1)), 1)


def _started(command: list[str]) -> "subprocess.Popen[bytes] | None":
    # A reader's own settings seldom have what lets colours through: without it less prints their codes.
    own = os.environ.get("LESS")
    environment = os.environ | {"LESS": _QUITS_AND_COLOURS if own is None else f"-R {own}"}
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    except (OSError, ValueError):
        return None


def _feed(pager: "subprocess.Popen[bytes]", pieces: Iterable[str]) -> None:
    """Hand the pieces on until the reader has seen enough, and wait until the reader has.

    Meanwhile Ctrl-C is the pager's: it ends a search there, and must not take the terminal from it.
    """
    assert pager.stdin is not None
    ignored = [getattr(signal, name) for name in ("SIGINT", "SIGPIPE") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ignored}
    try:
        _write(pager.stdin, pieces)
        pager.wait()
    finally:
        _close(pager.stdin)
        pager.wait()
        for number, handler in before.items():
            signal.signal(number, handler)


def _write(into: IO[bytes], pieces: Iterable[str]) -> None:
    for piece in pieces:
        try:
            into.write(piece.encode())
            into.flush()
        except OSError:  # the reader has seen enough; Windows has another error for it than Unix
            break
    _close(into)


def _close(into: IO[bytes]) -> None:
    with contextlib.suppress(OSError):
        into.close()


def _without_links(command: list[str], pieces: Iterable[str]) -> Iterator[str]:
    """The pieces as they are where the pager knows links, else with their words alone."""
    knows = None
    for piece in pieces:
        if "\x1b]8;" in piece:
            knows = _knows_links(command) if knows is None else knows
            piece = piece if knows else _LINK.sub("", piece)
        yield piece


def _knows_links(command: list[str]) -> bool:
    if os.path.splitext(os.path.basename(command[0]))[0] != "less":
        return False
    try:
        said = subprocess.run([command[0], "--version"], capture_output=True, timeout=2).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    version = re.match(rb"less (\d{1,6})", said)
    return version is not None and int(version[1]) >= _KNOWS_LINKS
