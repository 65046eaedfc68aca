"""A system that lacks what only POSIX has: most of the people this is for sit at Windows."""

import json
import ntpath
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest
from support.program import DIGESTS, Result, briefing, environment

from briefing import loader
from briefing.loader import Origin
from briefing.render import problems

FULL = DIGESTS / "valid" / "full.yaml"
LACKING = (
    *("os.O_NONBLOCK", "os.O_NOFOLLOW", "os.O_DIRECTORY", "os.O_PATH", "os.O_NOCTTY", "os.O_CLOEXEC", "os.fchmod"),
    *("os.link", "os.mkfifo", "os.geteuid", "os.getuid", "os.set_blocking", "os.ttyname", "os.fork"),
    *("signal.SIGPIPE", "signal.SIGHUP", "signal.SIGALRM", "signal.SIGTSTP", "signal.SIGWINCH", "signal.pthread_sigmask"),
)  # fmt: skip
WITHOUT = f"""
import os, signal, sys
for name in {LACKING!r}:
    module, _, name = name.partition(".")
    if hasattr(sys.modules[module], name):
        delattr(sys.modules[module], name)
os.supports_dir_fd, os.supports_follow_symlinks = set(), set()
sys.modules.update(dict.fromkeys(("fcntl", "termios", "tty", "pty", "resource", "pwd", "grp")))
from briefing.__main__ import main
main()
"""


def without(*arguments: object, folder: Path) -> Result:
    """The program where nothing of that is there."""
    command = [sys.executable, "-P", "-c", WITHOUT, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=60)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"], ["check", FULL], ["trace"], ["export"], ["show", "us"], ["summary"], ["timeline", "-f", "table"],
        ["search", "the"], ["list"], ["help"], ["help", "formats"], ["--help"], ["timeline", "--help"], ["--version"],
        ["check", "nowhere.yaml"], ["check", "-f", "sarif", DIGESTS / "invalid"], ["nonsense"],
    ],
    ids=lambda words: " ".join(map(str, words)).replace(str(DIGESTS), ""),
)  # fmt: skip
@pytest.mark.slow
def test_everything_works_as_elsewhere(arguments: list[object], tmp_path: Path) -> None:
    assert without(*arguments, folder=tmp_path) == briefing(*arguments, cwd=tmp_path)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A folder with a text, a document, and a digest with a fault that can be mended."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Say this word. It was so on 5 March 2020.\n")
    (tmp_path / "m.md").write_text("# A\n\nB\n")
    (tmp_path / "x.yaml").write_text(
        "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
        "key_points: [{id: k, text: t, evidence: [{quote: this word, locator: ¶9}]}]\n"
        "sources: [{id: s, title: S, kind: primary, file: a.txt}]\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        "new seeds/a.txt", "text m.md", "quote seeds/a.txt word", "quote x.yaml word", "diff x.yaml us-el-salvador-2025",
        "diff HEAD:x.yaml x.yaml", "check x.yaml --fix --diff", "schema", "findings", "check --watch -", "text nowhere.pdf",
    ],
)  # fmt: skip
@pytest.mark.slow
def test_those_who_write_have_everything_as_elsewhere(words: str, draft: Path) -> None:
    assert without(*words.split(), folder=draft) == briefing(*words.split(), cwd=draft)


@pytest.mark.slow
def test_what_is_mended_and_drafted_is_written_as_elsewhere(draft: Path) -> None:
    assert without("check", "x.yaml", "--fix", folder=draft).err.startswith("x.yaml: mended key_points[0]")
    assert "¶1" in (draft / "x.yaml").read_text()
    for words in (
        "new seeds/a.txt -o n.yaml",
        "text m.md -o n.txt",
        "schema -o n.json",
        "schema -o n.json --force",
    ):
        assert without(*words.split(), folder=draft).code == 0
    assert without("check", "n.yaml", folder=draft).code == 0
    assert sorted(os.listdir(draft)) == ["m.md", "n.json", "n.txt", "n.yaml", "seeds", "x.yaml"]


@pytest.mark.slow
def test_files_are_written_as_elsewhere(tmp_path: Path) -> None:
    wanted = briefing("figures", "-f", "csv").out
    for arguments in (["-o", "new.csv"], ["-o", "new.csv", "--force"], ["-o", "none.csv", "--force"]):
        assert without("figures", *arguments, folder=tmp_path) == Result(0, "", "")
        assert (tmp_path / arguments[1]).read_text() == wanted
    assert "exists" in without("figures", "-o", "new.csv", folder=tmp_path).err
    assert sorted(os.listdir(tmp_path)) == ["new.csv", "none.csv"]


def test_a_source_that_leads_out_is_refused_as_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("this nobody may know")
    seeds = tmp_path / "data" / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "link.txt").symlink_to("../../secret.txt")
    digest = (
        "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
        "key_points: [{id: k, text: t, evidence: [this]}]\n"
        "sources: [{id: s, title: S, kind: primary, file: link.txt}]\n"
    )
    (tmp_path / "data" / "x.yaml").write_text(digest)
    result = without("check", "data/x.yaml", "-f", "json", folder=tmp_path)
    assert "source-escapes" in {row["rule"] for row in json.loads(result.out)}


@pytest.mark.parametrize(
    ("named", "file", "uri"),
    [
        ("x.yaml", "x.yaml", "x.yaml"),
        (".\\data\\x.yaml", "data/x.yaml", "data/x.yaml"),
        ("C:\\work\\repo\\data\\a b.yaml", "data/a b.yaml", "data/a%20b.yaml"),
        ("c:/Work/repo/x.yaml", "x.yaml", "x.yaml"),
        ("D:\\other\\x.yaml", "D:\\other\\x.yaml", "file:///D:/other/x.yaml"),
        ("\\\\server\\share\\x.yaml", "\\\\server\\share\\x.yaml", "file://server/share/x.yaml"),
    ],
)
def test_windows_paths_in_data(named: str, file: str, uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    absolute = SimpleNamespace(**{name: getattr(ntpath, name) for name in dir(ntpath) if name[0] != "_"})
    absolute.abspath = absolute.realpath = lambda path: ntpath.normpath(ntpath.join("C:\\work\\repo", path))
    absolute.relpath = lambda path, start: path[len(start) + 1 :]
    windows = SimpleNamespace(
        path=absolute, sep="\\", environ={}, getcwd=lambda: "C:\\work\\repo", fsencode=os.fsencode, name="nt"
    )
    monkeypatch.setattr(problems, "os", windows)
    monkeypatch.setattr(problems, "locate", lambda name: Origin(name, PureWindowsPath(name)))  # type: ignore[arg-type]
    assert problems._file(named) == file
    assert problems._uri(named) == uri


def test_a_windows_path_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sep", "\\")
    monkeypatch.setattr(os, "altsep", "/")
    assert [loader._is_name(text) for text in ("data\\x", "data/x", "C:\\x", "lake-treaty")] == [
        False, False, False, True,
    ]  # fmt: skip
