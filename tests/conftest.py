"""What all tests share: the program, run from a folder that has nothing to do with it."""

import argparse
import contextlib
import os
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from support import program, snapshots
from support.program import Answer, Result, Run

# A shell that starts the tests in the background has them ignore Ctrl-C, and so all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline: how long an example takes says more about the machine than about the program.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


def pytest_addoption(parser: pytest.Parser) -> None:
    with contextlib.suppress(argparse.ArgumentError):  # where syrupy is installed the option is there already
        parser.addoption("--snapshot-update", action="store_true", dest="update_snapshots")


def pytest_configure(config: pytest.Config) -> None:
    snapshots.updating = config.getoption("update_snapshots")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program: `run("timeline", "x.yaml", stdin=b"…", cwd=folder, env={"COLUMNS": "40"})`."""
    return _in_folder(program.briefing, tmp_path)


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """The same in a process of its own, for what only a process has."""
    return _in_folder(program.process, tmp_path)


def _in_folder(start: Run, folder: Path) -> Run:
    """The program, run from a folder where no other is named."""

    def run(
        *arguments: object,
        stdin: bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        return start(*arguments, stdin=stdin, cwd=cwd or folder, env=env)

    return run


@pytest.fixture
def inside() -> Answer:
    """What the program prints."""
    return program.answer
