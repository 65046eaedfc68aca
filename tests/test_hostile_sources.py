"""A digest from a stranger reads no file of the reader's: not by links, not by a change at the right moment."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.program import PROGRAM, Run, environment

from briefing import files
from briefing.files import SeedsFolder, names_below, read_below, read_first, seeds_folders
from briefing.loader import Origin
from briefing.watch import Watched

SECRET = "this nobody may know"
DIGEST = (
    "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
    "key_points: [{id: k, text: t, evidence: [this]}]\n"
    "sources: [{id: s, title: S, kind: primary, file: FILE}]\n"
)


def checkout(folder: Path, file: str) -> Path:
    """A digest two folders below, as a checkout has it, and a secret beside the checkout."""
    (folder / "secret").mkdir()
    (folder / "secret" / "key.txt").write_text(SECRET)
    (folder / "checkout" / "data").mkdir(parents=True)
    digest = folder / "checkout" / "data" / "x.yaml"
    digest.write_text(DIGEST.replace("FILE", file))
    return digest


@pytest.mark.parametrize("command", ["check", "trace", "show k", "export"])
@pytest.mark.parametrize("beside", ["checkout/data", "checkout"])
@pytest.mark.parametrize(
    ("target", "file"),
    [
        ("/etc", "passwd"),
        ("/proc/self", "environ"),
        ("/", "etc/passwd"),
        ("SECRET", "key.txt"),
        ("../../secret", "key.txt"),
        ("../../../secret", "key.txt"),
        ("step", "key.txt"),
    ],
)
def test_a_seeds_folder_that_leads_elsewhere_is_not_read(
    target: str, file: str, beside: str, command: str, tmp_path: Path, run: Run
) -> None:
    digest = checkout(tmp_path, file)
    (tmp_path / beside / "step").symlink_to(tmp_path / "secret")
    (tmp_path / beside / "seeds").symlink_to(target.replace("SECRET", str(tmp_path / "secret")))
    result = run(*command.split(), digest, "-f", "json", env={"MY_TOKEN": SECRET})
    assert "Traceback" not in result.err
    for told in (SECRET, "root:"):
        assert told not in result.out + result.err
    if command == "check" and "secret" not in target:
        assert (result.code, "source-escapes" in result.out) == (1, True)


def test_a_folder_that_leads_elsewhere_hides_no_other(tmp_path: Path) -> None:
    digest = checkout(tmp_path, "text.txt")
    (tmp_path / "checkout" / "seeds").mkdir()
    (tmp_path / "checkout" / "seeds" / "text.txt").write_text("this")
    (tmp_path / "checkout" / "data" / "seeds").symlink_to("../seeds")
    found = read_first(seeds_folders(digest), "text.txt")
    assert (found.state, found.data) == ("read", b"this")
    assert read_first(seeds_folders(digest), "other.txt").state == "escapes"


def test_a_folder_within_may_be_a_link(tmp_path: Path) -> None:
    digest = checkout(tmp_path, "text.txt")
    texts = tmp_path / "checkout" / "data" / "texts"
    texts.mkdir()
    (texts / "text.txt").write_text("this")
    (tmp_path / "checkout" / "data" / "seeds").symlink_to("texts")
    assert read_first(seeds_folders(digest), "text.txt").data == b"this"
    # Where the digest lies may be reached by a link: the person named it.
    (tmp_path / "way").symlink_to(tmp_path / "checkout")
    assert read_first(seeds_folders(tmp_path / "way" / "data" / "x.yaml"), "text.txt").data == b"this"


def test_a_folder_that_a_person_chose_may_lie_anywhere(tmp_path: Path) -> None:
    digest = checkout(tmp_path, "key.txt")
    (tmp_path / "chosen").symlink_to("secret")
    folders = seeds_folders(digest, tmp_path / "chosen")
    assert read_first(folders, "key.txt").data == SECRET.encode()


# What changes between the look and the opening. What is tried is every moment: each call of the system.

CALLS = ("open", "lstat", "stat", "readlink", "fstat")


def swapped(seeds: Path) -> Callable[[], None]:
    """Put a link to the secret in the place of a file."""

    def swap() -> None:
        (seeds / "text.txt").unlink()
        (seeds / "text.txt").symlink_to("../../secret/key.txt")

    return swap


def swapped_folder(seeds: Path) -> Callable[[], None]:
    """Put a link to the secret's folder in the place of the whole folder."""

    def swap() -> None:
        seeds.rename(seeds.parent / "gone")
        seeds.symlink_to("../../secret")

    return swap


@pytest.mark.parametrize("steps", [True, False], ids=["step-by-step", "compared"])
@pytest.mark.parametrize("swap", [swapped, swapped_folder])
@pytest.mark.parametrize("moment", range(40))
def test_a_link_that_comes_meanwhile_is_not_followed(
    moment: int, swap: Callable[[Path], Callable[[], None]], steps: bool, tmp_path: Path
) -> None:
    digest = checkout(tmp_path, "text.txt")
    seeds = digest.parent / "seeds"
    seeds.mkdir()
    for folder in (seeds, tmp_path / "secret"):  # so that both ways lead to a file
        (folder / "text.txt").write_text(SECRET if folder != seeds else "this")
    change = swap(seeds)
    left = moment

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            left -= 1
            if left == -1:
                change()
            return real(*arguments, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_STEP_BY_STEP", steps)
        for name in CALLS:
            patch.setattr(os, name, counted(getattr(os, name)))
        found = read_below(SeedsFolder(seeds, digest.parent), "text.txt")
    assert (found.state, found.data) == ("read", b"this") or found.data == b""


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes only there")
@pytest.mark.parametrize("command", ["check", "trace", "show k", "export"])
@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"},
        {"LC_ALL": "ja_JP.EUC-JP", "PYTHONUTF8": "0"},
    ],
    ids=lambda env: env["LC_ALL"],
)
@pytest.mark.slow
def test_a_name_that_the_locale_cannot_write_is_the_same_file(
    env: dict[str, str], command: str, locales: Path, tmp_path: Path, run: Run
) -> None:
    digest = checkout(tmp_path, "é日.txt")
    (digest.parent / "seeds").mkdir()
    (digest.parent / "seeds" / "é日.txt").write_text("Say this. It is so.")
    env = {**env, "LOCPATH": str(locales)}
    result = run(*command.split(), digest, "-f", "json", env=env)
    assert result == run(*command.split(), digest, "-f", "json")
    assert result.code == 0


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Locales that are not UTF-8, made here; where they cannot be made the C locale does."""
    folder = tmp_path_factory.mktemp("locales")
    for name, language, encoding in (
        ("en_US.ISO-8859-1", "en_US", "ISO-8859-1"),
        ("ja_JP.EUC-JP", "ja_JP", "EUC-JP"),
    ):
        command = ["localedef", "-i", language, "-f", encoding, str(folder / name)]
        try:
            subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            break
    return folder


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "ja_JP.EUC-JP", "PYTHONUTF8": "0"},
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=lambda env: env["LC_ALL"],
)
@pytest.mark.parametrize(
    "arguments",
    [
        ["timeline", "-w", "event=日"],
        ["timeline", "-w", "event~日é"],
        ["search", "日é"],
        ["summary", "日é.yaml"],
        ["summary", "-o", "日é.md"],
        ["check", "--seeds", "日é"],
        ["check", "--rule", "日é"],
        ["show", "日é"],
        ["trace", "--item", "日é"],
        ["timeline", "--fields", "日é"],
        ["timeline", "--since", "日é"],
        ["日é"],
        ["timeline", "--日é"],
    ],
    ids=" ".join,
)
@pytest.mark.slow
def test_an_argument_in_any_locale_ends_in_no_traceback(
    arguments: list[str], env: dict[str, str], locales: Path, tmp_path: Path
) -> None:
    command = [*PROGRAM, *arguments]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment({**env, "LOCPATH": str(locales)}), capture_output=True
    )
    assert done.returncode in (0, 1, 2)
    assert b"Traceback" not in done.stderr
    assert done.stderr.decode() or done.stdout.decode() or done.returncode == 1 or "-o" in arguments


def test_a_name_in_a_message_is_the_name_that_was_typed(tmp_path: Path, run: Run) -> None:
    for env in ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {}):
        result = run("summary", "日é.yaml", env=env)
        assert result == (2, "", "briefing: 日é.yaml: No such file or directory\n")
        hidden = run("summary", "日\u202eé.yaml", env=env)
        assert hidden == (2, "", "briefing: 日\\u202eé.yaml: No such file or directory\n")


def test_a_text_that_was_moved_is_not_sought_elsewhere(tmp_path: Path) -> None:
    digest = checkout(tmp_path, "key.txt")
    (digest.parent / "seeds").symlink_to("../../secret")
    assert names_below(seeds_folders(digest)) == []
    assert names_below(seeds_folders(digest, tmp_path / "secret")) == ["key.txt"]


def test_a_watch_reads_no_file_elsewhere_either(tmp_path: Path) -> None:
    digest = checkout(tmp_path, "key.txt")
    watched = [Origin(str(digest), digest)]
    (digest.parent / "seeds").symlink_to("../../secret")
    assert Watched(watched, None).said() == "1 file"
    (digest.parent / "seeds").unlink()
    (digest.parent / "seeds").mkdir()
    (digest.parent / "seeds" / "key.txt").symlink_to("../../../secret/key.txt")
    assert Watched(watched, None).said() == "1 file"
    assert Watched(watched, tmp_path / "secret").said() == "2 files"


@pytest.mark.parametrize("env", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {}], ids=str)
def test_a_draft_has_the_name_that_its_text_has(env: dict[str, str], tmp_path: Path, run: Run) -> None:
    (tmp_path / "été 日.txt").write_text("This is so, and it was said on that day.\n")
    result = run("new", "été 日.txt", env=env)
    assert result.code == 0
    assert 'title: "Été 日"' in result.out or "title: Été 日" in result.out


@pytest.mark.parametrize(
    "words",
    ["text été日.md", "diff été日.md x日.txt", "diff x日.txt été日.md -f json", "quote x日.txt words"],
)
def test_a_file_is_found_by_its_name_in_any_locale(words: str, tmp_path: Path, run: Run) -> None:
    for name, text in (("été日.md", "Some words.\n"), ("x日.txt", "Other words.\n")):
        (tmp_path / name).write_text(text)
    result = run(*words.split(), env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert result == run(*words.split())
    assert result.code == 0


def one_file_by_many_names(folder: Path, names: list[str]) -> Path:
    """A digest whose sources all have the one file `s.txt`, by these names, and quote it."""
    sources = "".join(
        f"- {{id: s{n}, title: S, kind: primary, file: {name}}}\n" for n, name in enumerate(names)
    )
    evidence = ", ".join(f"{{source: s{n}, quote: the fee}}" for n in range(len(names)))
    digest = folder / "x.yaml"
    digest.write_text(
        "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
        f"key_points: [{{id: k, text: t, evidence: [{evidence}]}}]\nsources:\n{sources}"
    )
    (folder / "seeds").mkdir()
    (folder / "seeds" / "s.txt").write_text("Each party pays the fee. ")
    return digest


@pytest.mark.parametrize("other", ["s.txt", "./s.txt", "a//../s.txt", "link.txt", "hard.txt", "a/../s.txt"])
def test_a_file_is_the_text_of_one_source_by_whatever_name(other: str, tmp_path: Path, run: Run) -> None:
    digest = one_file_by_many_names(tmp_path, ["s.txt", other])
    (tmp_path / "seeds" / "link.txt").symlink_to("s.txt")
    os.link(tmp_path / "seeds" / "s.txt", tmp_path / "seeds" / "hard.txt")
    result = run("check", digest)
    assert result.code == 1
    if ".." in other:
        assert "source-escapes" in result.out
    else:
        assert "source-unreadable" in result.out
        assert "the file of s0 already" in result.out
        assert "cite s0" in result.out
    assert "1 proved, 0 missing, 0 ambiguous, 1 unchecked" in result.out + result.err


def test_two_files_of_the_same_words_are_two_sources(tmp_path: Path, run: Run) -> None:
    digest = one_file_by_many_names(tmp_path, ["s.txt", "t.txt"])
    (tmp_path / "seeds" / "t.txt").write_text("Each party pays the fee. ")
    assert "2 proved" in (result := run("check", digest)).out + result.err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "trace", "export", "show k"])
def test_one_file_named_a_thousand_times_is_read_as_one_text(command: str, tmp_path: Path, run: Run) -> None:
    digest = one_file_by_many_names(tmp_path, ["s.txt"] * 1000)
    (tmp_path / "seeds" / "s.txt").write_text("Each party pays the fee. " + "The party is paid. " * 5_000)
    result = run(*command.split(), digest, "-f", "json")
    assert result.code in (0, 1)
    assert len(result.out) < 5_000_000
