"""What is run is what the reader has installed: no folder and no repository of a stranger has a say in it."""

import ntpath
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from support.cost import cost
from support.program import PROGRAM, Run, environment, needs
from support.terminal import see_command

from briefing import programs

pytestmark = pytest.mark.slow

DIGEST = (
    "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
    "key_points: [{id: k, text: t, evidence: [words]}]\n"
    "sources: [{id: s, title: S, kind: primary, file: s.txt}]\n"
)


def planted(folder: Path, *names: str) -> Path:
    """Programs of these names that tell that they were run."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(f"#!/bin/sh\n/usr/bin/touch '{folder}/was-run'\n")
        (folder / name).chmod(0o755)
    return folder


PROGRAMS = ("git", "less", "pandoc", "more", "pager", "ps", "bash", "sh", "tr")


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A folder that has programs by every name that is looked for, here and below."""
    folder = planted(tmp_path / "stranger", *PROGRAMS)
    planted(folder / "bin", *PROGRAMS)
    (folder / "x.yaml").write_text(DIGEST)
    return folder


def ran(folder: Path) -> list[Path]:
    return list(folder.rglob("was-run"))


PATHS = [
    ".:{path}", ":{path}", "{path}:", "{path}::/nowhere", "bin:{path}", "./bin:{path}", "../stranger:{path}",
    "{here}:{path}", "{here}/:{path}", "{here}/../stranger:{path}", "", ".", ":", "bin",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_program_of_the_folder_that_we_stand_in_is_not_run(
    path: str, stranger: Path, run: Run, process: Run
) -> None:
    env = {"PATH": path.format(here=stranger, path=os.environ["PATH"])}
    run("diff", "HEAD:x.yaml", "x.yaml", cwd=stranger, env=env)
    run("export", "x.yaml", "-o", "x.docx", cwd=stranger, env=env)
    process(cwd=stranger, env={**env, "_BRIEFING_COMPLETE": "source_bash"})
    see_command([*PROGRAM, "export"], 80, 24, {**env, "TERM": "xterm", "LESS": "-EX"}, b"q", stranger)
    assert ran(stranger) == []


@pytest.mark.parametrize("pager", ["less", "./less", "bin/less -R", "../stranger/less"])
def test_a_pager_of_the_folder_that_we_stand_in_is_not_run(pager: str, stranger: Path) -> None:
    env = {"PATH": f".:{os.environ['PATH']}", "PAGER": pager, "TERM": "xterm", "LESS": "-EX"}
    see_command([*PROGRAM, "export"], 80, 24, env, b"q", stranger)
    assert ran(stranger) == []


def test_a_pager_runs_nothing_of_the_folder_either(stranger: Path, tmp_path: Path) -> None:
    """What the reader's own pager looks for it finds where we do."""
    (tmp_path / "own").mkdir()
    pager = tmp_path / "own" / "my-pager"
    pager.write_text("#!/bin/sh\nless --version > /dev/null; tr a-z A-Z\n")
    pager.chmod(0o755)
    env = {"PATH": f".:{os.environ['PATH']}", "PAGER": str(pager), "TERM": "xterm"}
    seen = see_command([*PROGRAM, "timeline"], 80, 24, env, cwd=stranger)
    assert "TIMELINE" in seen.raw
    assert ran(stranger) == []


@pytest.mark.parametrize("name", ["signal", "gc", "typing", "enum", "typer", "yaml", "briefing", "re"])
def test_a_module_of_the_folder_that_we_stand_in_is_not_run(name: str, tmp_path: Path) -> None:
    if name == "briefing":
        (tmp_path / "yaml").mkdir()
        (tmp_path / "yaml" / "__init__.py").write_text("open('was-run', 'w')")
    else:
        (tmp_path / f"{name}.py").write_text("open('was-run', 'w')")
    command = [sys.executable, "-m", "briefing", "summary", "-n", "1"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True)
    assert (done.returncode, done.stderr, ran(tmp_path)) == (0, b"", [])


# Repositories whose own configuration names programs.


@pytest.fixture
def git() -> Callable[..., str]:
    program = needs("git")

    def git(folder: Path, *arguments: str) -> str:
        env = {"HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"} | {
            f"GIT_{who}_{what}": "x@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        command = [program, "-c", "protocol.file.allow=always", *arguments]
        return subprocess.run(
            command, cwd=folder, env={**environment(), **env}, capture_output=True, text=True, check=True
        ).stdout

    return git


def repository(folder: Path, git: Callable[..., str]) -> Path:
    """A repository with two versions of a digest and its source."""
    (folder / "data").mkdir(parents=True)
    (folder / "seeds").mkdir()
    git(folder, "init", "-q")
    for text in ("one", "two"):
        (folder / "data" / "x.yaml").write_text(DIGEST.replace("title: T", f"title: {text}"))
        (folder / "seeds" / "s.txt").write_text(f"Some words of version {text}.\n")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", text)
    return folder


CONFIGURED = [
    "core.fsmonitor", "core.pager", "pager.cat-file", "pager.rev-parse", "core.editor", "core.sshCommand",
    "core.askPass", "credential.helper", "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.smudge",
    "filter.x.clean", "filter.x.process", "gpg.program", "alias.cat-file", "alias.rev-parse", "core.gitProxy",
    "core.alternateRefsCommand", "uploadpack.packObjectsHook", "interactive.diffFilter",
]  # fmt: skip
NAMES = [
    "HEAD~1:data/x.yaml",
    "HEAD~1:./data/x.yaml",
    ":data/x.yaml",
    "@:data/x.yaml",
    "HEAD^{/one}:data/x.yaml",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_repository_that_names_programs_has_none_run(
    name: str, tmp_path: Path, git: Callable[..., str], process: Run
) -> None:
    folder = repository(tmp_path / "repository", git)
    (folder / ".gitattributes").write_text("* diff=x filter=x\n")
    hooks = planted(
        folder / "hooks", "post-checkout", "post-index-change", "pre-commit", "reference-transaction"
    )
    told = planted(tmp_path / "told", "evil")
    for key in CONFIGURED:
        evil = f"{told}/evil"
        git(folder, "config", key, f"!{evil}" if key.startswith(("alias", "credential")) else evil)
    git(folder, "config", "core.hooksPath", str(hooks))
    result = process("diff", name, "data/x.yaml", cwd=folder)
    assert (result.code, result.err) == (0, "")
    assert ran(tmp_path) == []


def incomplete(folder: Path, url: str, uploadpack: str, git: Callable[..., str]) -> None:
    """A repository that lacks what its digest was, and says where the rest can be fetched."""
    lacking = git(folder, "rev-parse", "HEAD~1:data/x.yaml").strip()
    (folder / ".git" / "objects" / lacking[:2] / lacking[2:]).unlink()
    for key, value in (
        ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"),
        ("remote.origin.url", url), ("remote.origin.uploadpack", uploadpack), ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"), ("protocol.file.allow", "always"), ("core.sshCommand", uploadpack),
    ):  # fmt: skip
        git(folder, "config", key, value)


@pytest.mark.parametrize(
    "url", ["{other}", "file://{other}", "ext::{evil} x", "ssh://host/x", "host:x", "evil::x"]
)
def test_what_a_repository_lacks_is_not_fetched(
    url: str, tmp_path: Path, git: Callable[..., str], process: Run
) -> None:
    folder = repository(tmp_path / "repository", git)
    git(tmp_path, "clone", "-q", "--bare", str(folder), "other")
    told = planted(tmp_path / "told", "evil")
    incomplete(folder, url.format(other=tmp_path / "other", evil=f"{told}/evil"), f"{told}/evil", git)
    result = process("diff", "HEAD~1:data/x.yaml", "data/x.yaml", cwd=folder)
    assert ran(tmp_path) == []
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("briefing: HEAD~1:data/x.yaml: ")


def test_a_bare_repository_among_the_files_is_none_that_was_meant(
    tmp_path: Path, git: Callable[..., str], process: Run
) -> None:
    folder = repository(tmp_path / "inner", git)
    (folder / ".git").rename(tmp_path / "files")
    git(tmp_path / "files", "config", "core.bare", "true")
    result = process("diff", "HEAD:data/x.yaml", "HEAD~1:data/x.yaml", cwd=tmp_path / "files")
    assert (result.code, result.out) == (2, "")
    assert "safe.bareRepository" in result.err


def test_a_repository_does_not_say_where_source_texts_are(
    tmp_path: Path, git: Callable[..., str], process: Run
) -> None:
    """`core.worktree` would make a folder of the reader's the one that the digest's sources lie beside."""
    (tmp_path / "private" / "seeds").mkdir(parents=True)
    (tmp_path / "private" / "seeds" / "diary.txt").write_text("Secret words of mine.\n")
    folder = repository(tmp_path / "private" / "downloads", git)
    for text in ("one", "two"):
        (folder / "x.yaml").write_text(
            DIGEST.replace("s.txt", "diary.txt").replace("title: T", f"title: {text}")
        )
        git(folder, "add", "x.yaml")
        git(folder, "commit", "-q", "-m", text)
    git(folder, "config", "core.worktree", "../..")
    result = process("diff", "HEAD~1:x.yaml", "HEAD:x.yaml", cwd=folder)
    assert "Secret" not in result.out + result.err
    assert (result.code, result.out) == (2, "")


def test_a_file_of_git_is_no_larger_than_another(
    tmp_path: Path, git: Callable[..., str], process: Run
) -> None:
    folder = repository(tmp_path / "repository", git)
    with (folder / "large.yaml").open("wb") as file:
        file.truncate(129 << 20)
    git(folder, "add", "large.yaml")
    git(folder, "commit", "-q", "-m", "large")
    assert (folder / ".git").stat().st_size < 1 << 20
    result = process("diff", "HEAD:large.yaml", "data/x.yaml", cwd=folder)
    assert result == (2, "", "briefing: HEAD:large.yaml: larger than 128 MiB\n")


@pytest.mark.parametrize("file", ["s.txt", "s#.txt"])
def test_a_file_that_git_keeps_once_is_not_read_a_thousand_times(
    file: str, tmp_path: Path, git: Callable[..., str]
) -> None:
    folder = repository(tmp_path / "repository", git)
    text = "The party pays. " * 65_536
    sources = [file.replace("#", str(n)) for n in range(400)]
    for name in set(sources):
        (folder / "seeds" / name).write_text(text)
    lines = "".join(f"- {{id: s{n}, title: S, kind: primary, file: {f}}}\n" for n, f in enumerate(sources))
    (folder / "data" / "x.yaml").write_text(
        f"format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
        f"key_points: [{{id: k, text: t, evidence: [{{source: s0, quote: pays}}]}}]\nsources:\n{lines}"
    )
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "many")
    for name in set(sources):  # a revision holds what need not lie in the folder any more
        (folder / "seeds" / name).unlink()
    run = cost("diff", "HEAD:data/x.yaml", "data/x.yaml", folder=folder)
    assert run.code in (0, 1), run.err
    assert run.megabytes < 450


def test_gits_words_are_a_message_of_ours(tmp_path: Path, git: Callable[..., str], process: Run) -> None:
    folder = repository(tmp_path / "repository", git)
    result = process(
        "diff", "::error::x:##[group]\u202e", "data/x.yaml", cwd=folder, env={"LANG": "de_DE.UTF-8"}
    )
    assert (result.code, result.out) == (2, "")
    assert "\u202e" not in result.err
    assert "##[" not in result.err
    assert not any(line.lstrip().startswith("::") for line in result.err.splitlines())


# Windows, where the folder that we stand in comes first, and a script is run by a shell.


def test_on_windows_only_a_program_of_a_whole_path_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {
        r"C:\Program Files\Git\cmd\git.exe", r"D:\tools\pandoc.bat", r"C:\tools\pandoc.exe", r".\git.exe", r"git.exe",
        r"\bin\git.exe", r"bin\git.exe", r"C:git.exe", r"C:\here\git.exe", r"D:\tools\less.cmd", r"C:\Windows\more.com",
    }  # fmt: skip
    path = SimpleNamespace(**{name: getattr(ntpath, name) for name in dir(ntpath) if name[0] != "_"})
    path.isfile = there.__contains__
    path.samefile = lambda one, _: one == r"C:\here"
    windows = SimpleNamespace(
        path=path, name="nt", pathsep=";", curdir=".", defpath=r".;C:\bin", X_OK=1, access=lambda *_: True,
        environ={"PATH": r';.;bin;\bin;C:;C:\here;D:\tools;"C:\Program Files\Git\cmd";C:\tools;C:\Windows'},
    )  # fmt: skip
    monkeypatch.setattr(programs, "os", windows)
    monkeypatch.setattr(programs, "_SUFFIXES", (".exe", ".com"))
    found = {name: programs.find(name) for name in ("git", "git.exe", "pandoc", "less", "more")}
    assert found == {
        "git": r"C:\Program Files\Git\cmd\git.exe", "git.exe": r"C:\Program Files\Git\cmd\git.exe",
        "pandoc": r"C:\tools\pandoc.exe", "less": None, "more": r"C:\Windows\more.com",
    }  # fmt: skip
    assert [programs.find(name) for name in (r".\git", r"\bin\git", "C:git", r"bin\git")] == [None] * 4
    assert programs.find(r"C:\tools\pandoc") == r"C:\tools\pandoc.exe"
