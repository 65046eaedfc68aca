"""What a person has is never lost: a file is written whole or left as it was."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.program import DIGESTS, PROGRAM, Run, environment

from briefing import sink
from briefing.problem import Failure

pytestmark = pytest.mark.slow


@pytest.fixture
def run(process: Run) -> Run:
    """The program as a process: what is tested here is between it and the system."""
    return process


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


def test_what_a_killed_run_left_is_in_nobodys_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container each run may have the same number: only chance tells the names of two runs apart."""
    monkeypatch.setattr(os, "getpid", lambda: 7)
    really, names = os.open, []

    def killed(path: Any, *arguments: Any) -> int:
        names.append(path)
        return really(path, *arguments)

    monkeypatch.setattr(os, "open", killed)
    monkeypatch.setattr(os, "replace", lambda *_: None)  # what was begun stays
    monkeypatch.chdir(folder)
    for _ in range(5):
        sink.write(["x"], "report.md", force=True)
    assert len(set(names)) == 5
    assert all(Path(name).exists() for name in names)


@pytest.mark.parametrize("name", ["😀" * 62 + ".md", "é" * 126 + ".md", "a" * 252 + ".md", "日" * 84 + ".md"])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_name_may_be_as_long_as_the_file_system_allows(
    name: str, force: list[str], tmp_path: Path, run: Run
) -> None:
    assert run("figures", "-o", name, *force) == (0, "", "")
    assert os.listdir(tmp_path) == [name]


# A target that is a link, or becomes another thing at the wrong moment.


@pytest.mark.parametrize("options", [[], ["--force"]])
@pytest.mark.parametrize("target", ["/dev/null", "/dev/full", "pipe", "/dev/stdout", "folder", "/dev/fd/1"])
def test_a_link_to_anything_is_a_link(target: str, options: list[str], folder: Path, run: Run) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    (folder / "out.md").symlink_to(target)
    assert run("summary", "small.yaml", "-o", "out.md", *options, cwd=folder) == (
        2, "", "briefing: out.md is a link\n   help: name the file that it leads to\n",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/dev/fd/3", "/dev/stderr"])
def test_the_programs_own_streams_may_be_named(name: str, folder: Path) -> None:
    shell = f'"$@" -o {name} 3>&1 2>&1 >&1'
    command = ["bash", "-c", shell, "bash", *PROGRAM, "figures", "-f", "csv"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == subprocess.run([*PROGRAM, "figures", "-f", "csv"], env=environment(), capture_output=True).stdout  # fmt: skip


def test_a_process_of_the_shell_can_be_written_to(folder: Path) -> None:
    shell = '"$@" -o >(cat > copy.csv; echo done > done.txt); while [ ! -s done.txt ]; do sleep 0.05; done'
    command = ["bash", "-c", shell, "bash", *PROGRAM, "figures", "-f", "csv"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (folder / "copy.csv").read_text().startswith("id,")


def test_a_stream_that_is_not_open_is_an_error(run: Run) -> None:
    assert run("figures", "-o", "/dev/fd/999") == (2, "", "briefing: /dev/fd/999: Bad file descriptor\n")


def before_call(
    number: int, do: Callable[[], None], names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Do something just before one of the coming calls of these functions of `os`, counted from 0."""
    left = number

    def counting(real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left == -1:
                do()
            return real(*arguments, **options)

        return call

    for name in names:
        monkeypatch.setattr(os, name, counting(getattr(os, name)))


@pytest.mark.parametrize("become", ["file", "link"])
@pytest.mark.parametrize("moment", range(4))
def test_a_device_that_turns_into_a_victim_is_not_written(
    moment: int, become: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, victim = tmp_path / "out.md", tmp_path / "victim.md"
    victim.write_text("mine")
    os.mkfifo(target)
    reader = os.open(target, os.O_RDONLY | os.O_NONBLOCK)

    def turn() -> None:
        target.unlink()
        target.hardlink_to(victim) if become == "file" else target.symlink_to(victim)

    before_call(moment, turn, ("lstat", "stat", "open", "fstat"), monkeypatch)
    with contextlib.suppress(Failure):
        sink.write(["theirs"], str(target))
    os.close(reader)
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("become", ["pipe", "link", "device"])
@pytest.mark.parametrize("moment", range(5))
def test_a_digest_that_turns_into_another_thing_is_not_mended(
    moment: int, become: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody waits: a pipe without a writer would never be open."""
    target, victim = tmp_path / "x.yaml", tmp_path / "victim.yaml"
    target.write_text("old")
    victim.write_text("old")

    def turn() -> None:
        target.unlink()
        if become == "pipe":
            os.mkfifo(target)
        else:
            target.symlink_to(victim if become == "link" else "/dev/zero")

    before_call(moment, turn, ("lstat", "open", "fstat", "access"), monkeypatch)
    with contextlib.suppress(Failure):
        sink.exchange(str(target), b"old", b"new")
    assert victim.read_text() == "old"
    assert not list(tmp_path.glob(".*.tmp"))


def test_a_file_system_without_hard_links_replaces_nothing_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: Any) -> None:
        (tmp_path / "late.md").write_text("somebody else's")  # comes at the worst moment
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", none)
    sink.write(["x"], str(tmp_path / "new.md"))
    assert (tmp_path / "new.md").read_text() == "x"
    with pytest.raises(Failure, match="exists"):
        sink.write(["x"], str(tmp_path / "late.md"))
    assert (tmp_path / "late.md").read_text() == "somebody else's"
    assert sorted(os.listdir(tmp_path)) == ["late.md", "new.md"]


# A folder of digests that holds what is no file.


@pytest.fixture
def odd_folder(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.yaml")
    (folder / "device.yaml").symlink_to("/dev/zero")
    return folder


def test_nobody_waits_for_a_pipe_in_a_folder_of_digests(odd_folder: Path, run: Run) -> None:
    env = {"BRIEFING_PATH": str(odd_folder)}
    listed = run("list", "-f", "csv", "--fields", "name,problems", env=env)
    assert (listed.code, listed.err) == (0, "")
    assert {"pipe,1", "device,1", "small,0"} <= set(listed.out.split())
    for name in ("pipe", "device"):
        assert run("summary", name, env=env) == (2, "", f"briefing: {name}: not an ordinary file\n")
    wrong = run("summary", "pip", env=env)
    assert (wrong.code, "pipe" in wrong.err) == (2, False)


def test_a_pipe_that_a_person_names_is_read(folder: Path) -> None:
    shell = '"$@" <(cat small.yaml)'
    command = ["bash", "-c", shell, "bash", *PROGRAM, "timeline", "-f", "csv", "--fields", "id"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"id\ni\n", b"")


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
    result = run("list", "-f", "json", "-o", name, "--force", cwd=folder, env={"BRIEFING_PATH": str(folder)})
    assert result == (2, "", f"briefing: {name} is what was read\n   help: name another file\n")
    assert (folder / "lake.yaml").read_bytes() == before
