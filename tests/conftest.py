"""What all tests share: the program, run from a folder that has nothing to do with it."""

import argparse
import contextlib
import os
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from support import snapshots
from support.program import Answer, Result, Run, briefing, environment

from briefing import cli

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

    def run(
        *arguments: object,
        stdin: bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        return briefing(*arguments, stdin=stdin, cwd=cwd or tmp_path, env=env)

    return run


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Answer:
    """What the program prints, run in this process: many times faster, for tests with many runs."""
    for name in os.environ.keys() - environment().keys():
        monkeypatch.delenv(name)

    def answer(*arguments: object) -> str:
        code = cli.run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        assert (code, err) == (0, b"")
        return out.decode()

    return answer
