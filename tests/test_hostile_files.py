"""What a person has is never lost: a file is written whole or left as it was."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.program import DIGESTS, PROGRAM, Run, environment

from briefing import sink

pytestmark = pytest.mark.slow

FULL = DIGESTS / "valid" / "full.yaml"
HEAD = (
    "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
    "key_points: [{id: k, text: t, evidence: [words]}]\n"
    "sources: [{id: s, title: S, kind: primary, file: s.txt}]\ntimeline:\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A digest whose export takes a while, its source, and a report that somebody has."""
    items = "".join(f"- {{id: i{n}, date: 2025, event: an event to tell}}\n" for n in range(15_000))
    (tmp_path / "x.yaml").write_text(HEAD + items)
    (tmp_path / "small.yaml").write_text(HEAD + "- {id: i, date: 2025, event: e}\n")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "s.txt").write_text("Some words.\n")
    (tmp_path / "report.md").write_text("mine")
    return tmp_path


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_killed_half_way_the_old_file_is_whole(number: signal.Signals, folder: Path) -> None:
    command = [*PROGRAM, "export", "x.yaml", "-o", "report.md", "--force"]
    process = subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while not list(folder.glob(".report.md*")) and time.monotonic() < until:
        time.sleep(0.005)
    assert list(folder.glob(".report.md*")), "never seen half-way"
    process.send_signal(number)
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode in (-number, 130)
    assert (folder / "report.md").read_text() == "mine"
    left = list(folder.glob(".report.md*"))
    assert len(left) <= (number == signal.SIGKILL)  # nothing can be done after that one alone


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk needs root and mount")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_file(small_disk: Path, folder: Path, run: Run) -> None:
    (small_disk / "report.md").write_text("mine")
    result = run("export", folder / "x.yaml", "-o", "report.md", "--force", cwd=small_disk)
    assert result == (2, "", "briefing: report.md: No space left on device\n")
    assert (small_disk / "report.md").read_text() == "mine"
    assert os.listdir(small_disk) == ["report.md"]
    new = run("export", folder / "x.yaml", "-o", "new.md", cwd=small_disk)
    assert new == (2, "", "briefing: new.md: No space left on device\n")
    assert os.listdir(small_disk) == ["report.md"]


def test_a_file_system_that_is_only_read(small_disk: Path, run: Run) -> None:
    (small_disk / "report.md").write_text("mine")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert run("figures", "-f", "csv", cwd=small_disk).code == 0
    assert run("check", cwd=small_disk).code == 0
    result = run("figures", "-o", "report.md", "--force", cwd=small_disk)
    assert result == (2, "", "briefing: report.md: Read-only file system\n")


def test_the_digest_is_not_replaced_however_it_was_named(folder: Path, run: Run) -> None:
    before = (folder / "small.yaml").read_bytes()
    arguments = ["-o", "small.yaml", "--force"]
    for given, env in (
        (["small.yaml"], {}),
        (["small"], {"BRIEFING_PATH": str(folder)}),
        ([], {"BRIEFING_DIGEST": "small.yaml"}),
        ([], {"BRIEFING_DIGEST": "small", "BRIEFING_PATH": str(folder)}),
    ):
        result = run("summary", *given, *arguments, cwd=folder, env=env)
        assert (folder / "small.yaml").read_bytes() == before, (given, env)
        assert result.code == 2


def test_the_digest_is_not_replaced_that_comes_through_standard_input(folder: Path) -> None:
    before = (folder / "small.yaml").read_bytes()
    command = [*PROGRAM, "summary", "-", "-o", "small.yaml", "--force"]
    with (folder / "small.yaml").open("rb") as stdin:
        done = subprocess.run(command, cwd=folder, stdin=stdin, env=environment(), capture_output=True)
    assert (folder / "small.yaml").read_bytes() == before
    assert done.returncode == 2


@pytest.mark.parametrize("command", ["export", "trace", "check", "show k"])
def test_a_source_is_not_replaced(command: str, folder: Path, run: Run) -> None:
    format = ["-f", "json"]
    run(*command.split(), "small.yaml", "-o", "seeds/s.txt", "--force", *format, cwd=folder)
    assert (folder / "seeds" / "s.txt").read_text() == "Some words.\n"


def test_another_name_of_the_target_keeps_what_it_had(folder: Path, run: Run) -> None:
    """One step means a new file: what else points to the old one still has it."""
    (folder / "other.md").hardlink_to(folder / "report.md")
    assert run("summary", "small.yaml", "-o", "report.md", "--force", cwd=folder).code == 0
    assert (folder / "other.md").read_text() == "mine"


def test_a_file_that_lies_where_the_new_one_is_written_is_not_touched(folder: Path) -> None:
    """A link laid out in a shared folder under the temporary file's name is not followed."""
    script = 'ln -s "$PWD/report.md" ".new.md.$$.tmp"; exec "$@"'
    command = ["sh", "-c", script, "sh", *PROGRAM, "summary", "small.yaml", "-o", "new.md"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True)
    assert (folder / "report.md").read_text() == "mine"
    assert [path.is_symlink() for path in folder.glob(".new.md*")] == [True]
    assert b"Traceback" not in done.stderr


def test_ctrl_c_at_the_moment_when_the_new_file_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.open

    def interrupted(*arguments: Any) -> int:
        os.close(really(*arguments))
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "open", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sink.write(["x"], str(tmp_path / "new.md"))
    assert os.listdir(tmp_path) == []


def test_a_file_that_comes_while_the_answer_is_written_is_left_alone(folder: Path) -> None:
    command = [*PROGRAM, "export", "x.yaml", "-o", "new.md"]
    process = subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while not list(folder.glob(".new.md*")) and time.monotonic() < until:
        time.sleep(0.005)
    (folder / "new.md").write_text("somebody else's")
    assert process.communicate(timeout=30)[1].startswith(b"briefing: new.md exists\n")
    assert process.returncode == 2
    assert (folder / "new.md").read_text() == "somebody else's"
    assert list(folder.glob(".new.md*")) == []


@pytest.mark.parametrize("name", ["lake.yaml", "./seeds/../lake.yaml", "same.yaml", "there/lake.yaml"])
def test_a_digest_that_is_only_listed_is_not_replaced(name: str, folder: Path, run: Run) -> None:
    before = (folder / "small.yaml").read_bytes()
    (folder / "small.yaml").rename(folder / "lake.yaml")
    (folder / "same.yaml").hardlink_to(folder / "lake.yaml")
    (folder / "there").symlink_to(folder)
    result = run("list", "-o", name, "--force", cwd=folder, env={"BRIEFING_PATH": str(folder)})
    assert result == (2, "", f"briefing: {name} is what was read\n   help: name another file\n")
    assert (folder / "lake.yaml").read_bytes() == before
