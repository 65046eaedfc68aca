"""`check --watch`: checks again when what it reads has other contents, whoever writes it and how."""

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
from support.program import PROGRAM, briefing, environment

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="ends by a signal")]

TEXT = "The bridge was opened in the spring. It has two lanes.\n"
DIGEST = """\
format: briefing/1
id: bridge
title: A bridge
as_of: 2024-06-01
bottom_line: It is open.
key_points:
  - {id: open, text: It is open., evidence: [was opened in the spring, It has two lanes]}
sources: [{id: report, title: A report, kind: secondary, file: bridge.txt}]
"""
_PATIENCE = 20


class Watching:
    """The program while it watches: what it says, line by line."""

    def __init__(self, *arguments: object, cwd: Path) -> None:
        command = [*PROGRAM, "check", "--watch", *map(str, arguments)]
        self.process = subprocess.Popen(
            command, cwd=cwd, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.readers: list[threading.Thread] = []
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            self.readers.append(threading.Thread(target=self._read, args=(stream,)))
            self.readers[-1].start()

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self.lines.put(line)

    def until(self, *all_words: str) -> str:
        """Wait for a line with each of these words; which stream says its own first is chance."""
        wanted = {*all_words}
        while True:
            line = self.lines.get(timeout=_PATIENCE)
            self.said.append(line)
            wanted -= {words for words in wanted if words in line}
            if not wanted:
                return line

    def is_quiet(self, seconds: float) -> bool:
        """Whether it says nothing for so long."""
        try:
            self.said.append(self.lines.get(timeout=seconds))
        except queue.Empty:
            return True
        return False


Start = Callable[..., Watching]


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Start]:
    """Starts the program on a digest without problems."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "bridge.txt").write_text(TEXT)
    (tmp_path / "bridge.yaml").write_text(DIGEST)
    begun: list[Watching] = []

    def start(*arguments: object) -> Watching:
        begun.append(Watching(*(arguments or ("bridge.yaml",)), cwd=tmp_path))
        return begun[-1]

    yield start
    for each in begun:
        each.process.kill()
        each.process.wait()
        for reader in each.readers:
            reader.join()


def test_it_checks_again_when_the_digest_or_a_source_changes(watching: Start, tmp_path: Path) -> None:
    watch = watching()
    assert "watching 2 files" in watch.until("no problems")
    (tmp_path / "bridge.yaml").write_text(DIGEST.replace("two lanes", "ten lanes"))
    watch.until('error[quote-missing] key_points[0].evidence[1]: "It has ten lanes"', "1 error, 1 warning")
    (tmp_path / "seeds" / "bridge.txt").write_text(TEXT.replace("two", "ten"))
    watch.until("no problems")


def test_an_editor_may_put_a_new_file_in_the_old_ones_place(watching: Start, tmp_path: Path) -> None:
    watch = watching()
    watch.until("no problems")
    for words in ("ten", "six", "two"):
        (tmp_path / "new").write_text(DIGEST.replace("two lanes", f"{words} lanes"))
        os.replace(tmp_path / "new", tmp_path / "bridge.yaml")
        watch.until("no problems" if words == "two" else "1 error")


def test_what_is_saved_as_it_was_is_not_checked_again(watching: Start, tmp_path: Path) -> None:
    watch = watching()
    watch.until("no problems")
    (tmp_path / "bridge.yaml").write_text(DIGEST)
    os.utime(tmp_path / "seeds" / "bridge.txt")
    assert watch.is_quiet(1.5)


def test_a_digest_may_be_gone_or_broken_for_a_while(watching: Start, tmp_path: Path) -> None:
    watch = watching()
    watch.until("no problems")
    (tmp_path / "bridge.yaml").unlink()
    watch.until("No such file")
    (tmp_path / "bridge.yaml").write_text("format: [")
    watch.until("error[syntax]")
    (tmp_path / "bridge.yaml").write_text(DIGEST)
    watch.until("no problems")
    (tmp_path / "seeds" / "bridge.txt").unlink()
    watch.until("1 warning")
    (tmp_path / "seeds" / "bridge.txt").write_text(TEXT)
    watch.until("no problems")


def test_a_source_that_comes_with_a_change_is_watched_too(watching: Start, tmp_path: Path) -> None:
    watch = watching()
    watch.until("no problems")
    (tmp_path / "bridge.yaml").write_text(DIGEST.replace("bridge.txt", "other.txt"))
    watch.until("1 warning")
    (tmp_path / "seeds" / "other.txt").write_text(TEXT)
    watch.until("no problems")


def test_ctrl_c_ends_it_quietly(watching: Start) -> None:
    watch = watching()
    watch.until("no problems")
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(timeout=_PATIENCE) == 128 + signal.SIGINT
    assert watch.is_quiet(0.3)


@pytest.mark.parametrize("more", [["--fix"], ["--diff"], ["--unsafe-fixes"], ["-o", "x"], ["-"]], ids=str)
def test_it_only_looks_at_files(more: list[str]) -> None:
    done = briefing("check", "--watch", *more)
    assert done.code == 2
    assert "--watch" in done.err
