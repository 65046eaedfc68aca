"""The program as a person or a script runs it: in this process, or in one of its own.

Starting Python and importing the program takes many times longer than most of what tests ask it, so
`briefing` and `answer` run it here. `process` is for what only a process has: how it starts and ends,
the descriptors that it is given, signals, what it imports.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol
from unittest import mock

import pytest

from briefing import cli, files

DIGESTS = Path(__file__).parent.parent / "digests"
VALID = sorted((DIGESTS / "valid").glob("*.yaml"))
INVALID = sorted((DIGESTS / "invalid").glob("*.yaml"))
BUNDLED = "us-el-salvador-2025"
PROGRAM = (sys.executable, "-P", "-m", "briefing")  # -P: the program that is installed, wherever we stand

_HEEDED = (
    *("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PAGER", "LESS", "GITHUB_ACTIONS", "GITHUB_WORKSPACE"),
    *("FORCE_HYPERLINK", "TMUX", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID"),
    "KONSOLE_VERSION",
    "PYTHONDONTWRITEBYTECODE",  # each of thousands of processes would compile the program anew
)


class Result(NamedTuple):
    """What a run of the program gave."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """The fixtures `run` and `process`, and the functions below."""

    def __call__(
        self,
        *arguments: object,
        stdin: bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result: ...


class Answer(Protocol):
    """The fixture `inside`, and `answer` below."""

    def __call__(self, *arguments: object) -> str: ...


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without what the program heeds, and with `more`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _HEEDED and not name.startswith("BRIEFING_")
    }
    return kept | dict(more or {})


def briefing(
    *arguments: object, stdin: bytes = b"", cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Result:
    """Run the program here, with its output in pipes and without a terminal behind them."""
    out, err = io.BytesIO(), io.BytesIO()
    with mock.patch.dict(os.environ, environment(env), clear=True), pytest.MonkeyPatch.context() as patch:
        if cwd:
            patch.chdir(cwd)
        patch.setattr(sys, "stdin", _stream(io.BytesIO(stdin)))
        patch.setattr(sys, "stdout", _stream(out))
        patch.setattr(sys, "stderr", _stream(err))
        patch.setattr(os, "get_terminal_size", _no_terminal)
        patch.setattr(files, "_read", set())  # what a run has read is nothing to the next
        code = cli.run([*map(str, arguments)])
        sys.stdout.flush()
        sys.stderr.flush()
        return Result(code, out.getvalue().decode(), err.getvalue().decode())


def _stream(data: io.BytesIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(data, encoding="utf-8", errors="backslashreplace", newline="\n")


def _no_terminal(*descriptor: int) -> os.terminal_size:
    raise OSError("not a terminal")


def process(
    *arguments: object, stdin: bytes = b"", cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Result:
    """Run the installed program in a process of its own, with its output in pipes."""
    command = [*PROGRAM, *map(str, arguments)]
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(env),
        timeout=60,
        start_new_session=True,  # so that the terminal of whoever runs the tests is not behind the pipes
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def answer(*arguments: object, env: Mapping[str, str] | None = None) -> str:
    """What the program prints; a test fails here where it does not succeed or has something to say."""
    result = briefing(*arguments, env=env)
    assert (result.code, result.err) == (0, "")
    return result.out


def needs(program: str) -> str:
    """The path of a program that pip cannot install. Without it a test is skipped; in CI it fails."""
    path = shutil.which(program)
    if path is None:
        reason = f"{program} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path
