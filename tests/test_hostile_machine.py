"""A machine that fails or was set up oddly: an answer or one clear line, and never a traceback."""

import signal
import subprocess
import time
from functools import cache
from pathlib import Path

import pytest
from support.program import DIGESTS, PROGRAM, Result, Run, environment, process
from support.terminal import see, see_command

pytestmark = pytest.mark.slow


@pytest.fixture
def run(process: Run) -> Run:
    """The program as a process: what is tested here is between it and the system."""
    return process


HOSTILE = DIGESTS / "valid" / "hostile-text.yaml"
ODD = [
    {"LANG": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "utf-16"},
    {"TERM": ""}, {"COLUMNS": "0"}, {"COLUMNS": "-5"}, {"COLUMNS": "wide"}, {"COLUMNS": "٣"}, {"COLUMNS": "9" * 20},
    {"COLUMNS": "9" * 5000}, {"COLUMNS": "²"}, {"LINES": "²"}, {"LINES": "0"},
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest that is right and one that is wrong, with words that ASCII does not have."""
    folder = tmp_path_factory.mktemp("digests")
    text = (DIGESTS / "valid" / "full.yaml").read_text().replace("event: ", "event: озеро ")
    (folder / "d.yaml").write_text(text)
    (folder / "x.yaml").write_text("format: briefing/1\né漢: 1\n")
    return folder


@cache
def usual(folder: Path, *arguments: object) -> Result:
    """What the program says on a machine that is set up as most are: run once for all that is held against it."""
    return process(*arguments, cwd=folder)


@pytest.mark.parametrize("env", ODD, ids=str)
def test_output_is_the_same_utf_8_everywhere(env: dict[str, str], folder: Path, run: Run) -> None:
    for arguments in (["export", HOSTILE], ["timeline", HOSTILE, "-f", "table", "--width", 100]):
        found = run(*arguments, cwd=folder, env=env)
        assert found == usual(folder, *arguments)
        assert (found.code, found.err) == (0, "")


@pytest.mark.parametrize("env", ODD[:6], ids=str)
def test_messages_and_help_are_utf_8_everywhere(env: dict[str, str], folder: Path, run: Run) -> None:
    for arguments in (["summary", "x.yaml"], ["--help"], ["help", "digest"], ["timeline", "--help"]):
        assert run(*arguments, cwd=folder, env=env) == usual(folder, *arguments)
    assert "é漢" in usual(folder, "summary", "x.yaml").err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_wrong_usage_is_told_in_utf_8_everywhere(encoding: str, folder: Path, run: Run) -> None:
    for arguments in (["é漢"], ["summary", "--é漢"], ["timeline", "-n", "é漢"]):
        result = run(*arguments, cwd=folder, env={"PYTHONIOENCODING": encoding})
        assert result == usual(folder, *arguments)
        assert "é漢" in result.err


@pytest.mark.parametrize("env", ODD, ids=str)
def test_what_is_looked_for_is_found_everywhere(env: dict[str, str], folder: Path, run: Run) -> None:
    for arguments in (["search", "озеро", "d.yaml"], ["timeline", "d.yaml", "-w", "event~озеро"]):
        found = run(*arguments, cwd=folder, env=env)
        assert found == usual(folder, *arguments)
        assert found.code == 0
        assert "озеро" in found.out


def test_nothing_but_the_program_is_needed() -> None:
    command = [*PROGRAM, "summary"]
    bare = subprocess.run(command, env={}, capture_output=True)
    assert (bare.returncode, bare.stderr) == (0, b"")
    assert bare.stdout == subprocess.run(command, env=environment(), capture_output=True).stdout


@pytest.mark.parametrize("step", range(0, 60, 3))
def test_ctrl_c_at_any_moment(step: int) -> None:
    """Once our code runs: before that it is Python that answers."""
    waits = (
        "import sys; sys.argv[1:] = ['export']; from briefing.__main__ import main; print(flush=True); main()"
    )
    process = subprocess.Popen(
        [PROGRAM[0], "-P", "-c", waits], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.02 + step / 200)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode in (0, 130), err) == (True, b"")


@pytest.mark.parametrize("columns", [0, 1])
@pytest.mark.parametrize(
    "command", ["summary", "timeline", "stakeholders", "export", "list", "trace", "--help"]
)
def test_a_terminal_of_no_width(command: str, columns: int) -> None:
    seen = see(command, columns=columns, rows=0)
    assert seen.code == 0
    assert seen.raw
    assert "Traceback" not in seen.raw


_QUITS = b"q"
"""What is typed for `less`, which is next where the pager that is named does not start."""


@pytest.mark.parametrize("pager", ["true", "head -n 1", "exit 3"])
def test_a_pager_that_quits_early_is_no_failure(pager: str) -> None:
    seen = see("export", columns=80, env={"PAGER": pager}, stdin=_QUITS)
    assert "Traceback" not in seen.raw
    assert seen.code in (0, 141, -signal.SIGPIPE)


@pytest.mark.parametrize("pager", ["no-such-pager", "/", "'", " "])
def test_a_pager_that_is_not_there_does_not_hide_the_answer(pager: str) -> None:
    seen = see("summary", columns=80, env={"PAGER": pager}, stdin=_QUITS)
    assert "arrangement on deportees" in seen.raw
    assert seen.code == 0


def test_a_folder_that_is_gone(run: Run, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'rmdir "$PWD"; exec "$@"'
    for arguments, code in ((["summary"], 0), (["check"], 0), (["trace"], 0), (["summary", "x.yaml"], 2)):
        gone.mkdir(exist_ok=True)
        done = subprocess.run(
            ["sh", "-c", script, "sh", *PROGRAM, *arguments], cwd=gone, env=environment(), capture_output=True
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (code, False)


def test_a_source_that_is_missed_from_a_folder_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
        "key_points: [{id: k, text: t, evidence: [words]}]\n"
        "sources: [{id: s, title: S, kind: primary, file: s.txt}]\n"
    )
    gone = tmp_path / "gone"
    gone.mkdir()
    command = [
        "sh",
        "-c",
        'rmdir "$PWD"; exec "$@"',
        "sh",
        *PROGRAM,
        "check",
        "--quiet",
        str(tmp_path / "x.yaml"),
    ]
    done = subprocess.run(command, cwd=gone, env=environment(), capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"warning[source-missing]" in done.stdout


def test_a_terminal_without_a_name_and_a_person_without_a_home() -> None:
    bare = see_command(["env", "-u", "TERM", "-u", "HOME", *PROGRAM, "figures"], 80, 24, {})
    assert (bare.code, bare.lines) == (0, see("figures", columns=80).lines)
    assert "\x1b" not in bare.raw


def test_a_typed_end_of_input_is_no_digest() -> None:
    seen = see_command([*PROGRAM, "summary", "-"], 80, 24, {}, b"\x04")
    assert (seen.code, seen.lines[-2:]) == (
        1, ["-: error[syntax] nothing in it", "   help: start with: format: briefing/1"],
    )  # fmt: skip


def test_a_name_that_is_too_long(run: Run) -> None:
    result = run("summary", "x" * 5000)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[0].endswith(": File name too long")
    seeds = run("check", "--seeds", "x" * 5000)
    assert (seeds.code, seeds.out, "Traceback" in seeds.err) == (2, "", False)
