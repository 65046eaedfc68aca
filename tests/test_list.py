"""`list`: the digests that can be called by name."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.program import BUNDLED, DIGESTS, answer, briefing

from briefing import loader
from briefing.document import one
from briefing.problem import InvalidDigest
from briefing.render import FOR_VIEWS, Look, renderer
from briefing.views.list import view

FORMATS = [format.name for format in FOR_VIEWS]

MINIMAL = (DIGESTS / "valid" / "minimal.yaml").read_text()
FULL = (DIGESTS / "valid" / "full.yaml").read_text()


def put(folder: Path, name: str, title: str = "A title") -> Path:
    """A digest in a folder."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(MINIMAL.replace("A digest with nothing in it", title))
    return path


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two folders of digests, named in $BRIEFING_PATH."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    monkeypatch.setenv("BRIEFING_PATH", f"{one}:{two}")
    monkeypatch.chdir(tmp_path)
    return one, two


def printed(format: str = "json") -> str:
    return "".join(renderer(format)(one(view()), Look()))


def listed() -> dict[str, Any]:
    """What is listed, by name, in order."""
    return {row["name"]: row for row in json.loads(printed())}


def test_the_program_carries_one() -> None:
    digest = loader.load(BUNDLED).digest
    (row,) = json.loads(answer("list", "-f", "json"))
    assert row == {
        "name": BUNDLED,
        "title": digest.title,
        "as_of": "2025-02-04",
        "items": sum(len(getattr(digest, section)) for section in digest.SECTIONS),
        "questions": len(digest.questions),
        "problems": 0,
    }


def test_folders_come_in_order_and_names_in_each(folders: tuple[Path, Path]) -> None:
    one, two = folders
    for folder, name in (
        (one, "b.yaml"),
        (one, "a.yml"),
        (two, "c.yaml"),
        (two, "aa.yaml"),
        (one, "notes.txt"),
    ):
        put(folder, name)
    assert list(listed()) == ["a", "b", "aa", "c", BUNDLED]


def test_the_first_of_a_name_counts_as_it_does_when_it_is_called(folders: tuple[Path, Path]) -> None:
    one, two = folders
    put(one, "same.yaml", "First")
    put(two, "same.yaml", "Second")
    put(two, f"{BUNDLED}.yml", "Not what the program carries")
    rows = listed()
    assert list(rows) == ["same", BUNDLED]
    for name, row in rows.items():
        assert row["title"] == loader.load(name).digest.title
    assert [row["title"] for row in rows.values()] == ["First", "Not what the program carries"]


def test_counts(folders: tuple[Path, Path]) -> None:
    (folders[0] / "full.yaml").write_text(FULL)
    raw = yaml.load(FULL, Loader=yaml.CBaseLoader)
    items = sum(len(value) for value in raw.values() if isinstance(value, list))
    row = listed()["full"]
    assert (row["items"], row["questions"], row["problems"]) == (items, len(raw["questions"]), 0)
    assert (row["title"], row["as_of"]) == (raw["title"], raw["as_of"])


def test_a_broken_digest_is_listed_with_the_number_of_its_problems(folders: tuple[Path, Path]) -> None:
    broken = FULL.replace("kind: person", "kind: preson").replace("date: 2021-04", "date: 2021-14")
    (folders[0] / "broken.yaml").write_text(broken)
    put(folders[1], "fine.yaml")
    with pytest.raises(InvalidDigest) as caught:
        loader.load("broken")
    rows = listed()
    assert list(rows) == ["broken", "fine", BUNDLED]
    assert rows["broken"] == {
        "name": "broken",
        "title": None,
        "as_of": None,
        "items": 0,
        "questions": 0,
        "problems": len(caught.value.problems),
    }
    assert rows["broken"]["problems"] == 3


def test_one_that_cannot_be_read_is_listed_too(folders: tuple[Path, Path]) -> None:
    (folders[0] / "gone.yaml").symlink_to("nowhere.yaml")
    assert listed()["gone"]["problems"] == 1


def test_a_folder_is_no_digest(folders: tuple[Path, Path]) -> None:
    (folders[0] / "folder.yaml").mkdir()
    put(folders[1], "folder.yaml", "A digest")
    assert listed()["folder"]["title"] == "A digest" == loader.load("folder").digest.title


def test_what_is_listed_is_what_is_in_the_folders_and_not_a_file_of_that_name(
    folders: tuple[Path, Path],
) -> None:
    put(folders[0], "a.yaml", "In the folder")
    (folders[0].parent / "a").write_text("something else that lies about")
    assert listed()["a"]["title"] == "In the folder"


@pytest.mark.parametrize("path", ["", ":", "nowhere", "nowhere::", "/dev/null"])
def test_folders_that_are_not_there_are_passed_over(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_PATH", path)
    assert list(listed()) == [BUNDLED]


@pytest.mark.parametrize("format", FORMATS)
def test_no_path_of_the_machine_is_printed(format: str, folders: tuple[Path, Path]) -> None:
    put(folders[0], "fine.yaml")
    (folders[0] / "broken.yaml").write_text("no: digest")
    (folders[1] / "gone.yaml").symlink_to("/nowhere.yaml")
    found = printed(format)
    assert all(name in found for name in ("fine", "broken", "gone", BUNDLED))
    assert "/" not in found


def test_the_command_takes_the_options_of_a_view(tmp_path: Path) -> None:
    put(tmp_path, "fine.yaml")
    (tmp_path / "broken.yaml").write_text("no: digest")
    options = ("-w", "problems!=0", "--fields", "name,problems", "-f", "csv")
    result = briefing("list", *options, env={"BRIEFING_PATH": str(tmp_path)})
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[0] == "name,problems"
    assert [line.split(",")[0] for line in result.out.splitlines()[1:]] == ["broken"]


def test_what_is_listed_can_be_called(tmp_path: Path) -> None:
    put(tmp_path, "called.yaml", "It is called")
    environment = {"BRIEFING_PATH": str(tmp_path)}
    names = answer("list", "--fields", "name", "-f", "tsv", "--no-header", env=environment).split()
    assert names == ["called", BUNDLED]
    assert "It is called" in answer("summary", "called", env=environment)
    assert "It is called" in answer("summary", env=environment | {"BRIEFING_DIGEST": "called"})
