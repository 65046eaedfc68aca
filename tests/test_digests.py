"""Digests as files: what is valid is read without a word, what is wrong gives exactly its problems.

Beside each `invalid/NAME.yaml` stands `NAME.txt`: all that `briefing summary NAME.yaml` says.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from support import snapshots
from support.program import DIGESTS, INVALID, VALID, Result, Run

from briefing.model import Digest, Field, Part, Quote, fields


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_digest_is_read_without_a_word(path: Path, run: Run) -> None:
    result = run("summary", path)
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_digest_gives_exactly_these_problems(path: Path, run: Run) -> None:
    result = run("summary", path.name, cwd=path.parent)
    assert (result.code, result.out) == (1, "")
    assert "Traceback" not in result.err
    assert "\x1b" not in result.err
    snapshots.check(result.err, path.with_suffix(".txt"))


def test_each_expectation_belongs_to_a_digest() -> None:
    assert {path.stem for path in (DIGESTS / "invalid").glob("*.txt")} == {path.stem for path in INVALID}


def test_the_full_digest_has_every_field_and_every_word() -> None:
    data = yaml.load((DIGESTS / "valid" / "full.yaml").read_text(), Loader=yaml.CBaseLoader)
    assert sorted(set(_possible(Digest)) - set(_used(data, Digest))) == []


def _parts(field: Field) -> type[Part] | None:
    return field.kind if isinstance(field.kind, type) and issubclass(field.kind, Part) else None


def _possible(part: type[Part]) -> Iterator[str]:
    """Every field of the format, and every word that it can hold."""
    for field in fields(part):
        yield f"{part.__name__}.{field.name}"
        yield from (f"{part.__name__}.{field.name}: {word}" for word in field.vocabulary)
        if below := _parts(field):
            yield from _possible(below)


def _used(data: dict[str, object], part: type[Part]) -> Iterator[str]:
    for field in fields(part):
        if field.name in data:
            yield f"{part.__name__}.{field.name}"
            value = data[field.name]
            for each in value if isinstance(value, list) else [value]:
                yield f"{part.__name__}.{field.name}: {each}"
                if (below := _parts(field)) and isinstance(each, dict):
                    yield from _used(each, below)
                assert below is not Quote or isinstance(each, dict | str)


# What cannot be read at all, and what is said of it after "briefing: ".
UNREADABLE = [
    ("missing.yaml", "missing.yaml: No such file or directory\n"),
    ("folder/missing.yaml", "folder/missing.yaml: No such file or directory\n"),
    ("folder", "folder: Is a directory\n"),
    ("folder.yaml", "folder.yaml: Is a directory\n"),
    ("file.yaml/x.yaml", "file.yaml/x.yaml: Not a directory\n"),
    (
        "us-el-salvador",
        'us-el-salvador: No such file or directory\n   help: did you mean "us-el-salvador-2025"?\n',
    ),
    ("zzz", "zzz: No such file or directory\n   help: the digests by name: us-el-salvador-2025\n"),
    ("x" * 300 + ".yaml", "x" * 59 + "…: File name too long\n"),
]


@pytest.mark.parametrize(("name", "message"), UNREADABLE, ids=[name[:20] for name, _ in UNREADABLE])
def test_what_cannot_be_read_is_named(name: str, message: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "file.yaml").write_text("")
    assert run("summary", name) == (2, "", f"briefing: {message}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path, run: Run) -> None:
    (tmp_path / "secret.yaml").touch(mode=0)
    assert run("summary", "secret.yaml") == (2, "", "briefing: secret.yaml: Permission denied\n")


def test_both_lines_of_a_duplicate_key_are_named(run: Run) -> None:
    result = run("summary", "-", stdin=b"format: briefing/1\nid: x\nid: y\n")
    assert (result.code, result.out) == (1, "")
    assert '-:3:1: error[duplicate-key] id: key "id" a second time, first on line 2\n' in result.err


def test_a_flood_of_problems_is_cut_and_counted(run: Run) -> None:
    digest = (DIGESTS / "valid" / "minimal.yaml").read_text() + "timeline:\n" + "  - {}\n" * 75
    result = run("timeline", "-", stdin=digest.encode())
    assert result.err.count("error[") == 100
    assert result.err.endswith("… and 50 more problems\n")


def run_with_events(run: Run, events: str) -> Result:
    """What the program says of a digest with these events and one source, x."""
    digest = (DIGESTS / "valid" / "minimal.yaml").read_text().replace("sources: []\n", "")
    digest += f"sources: [{{id: x, title: X, kind: primary, file: x.txt}}]\ntimeline:\n{events}"
    return run("timeline", "-", "--no-evidence", stdin=digest.encode())


@pytest.mark.parametrize("count", [1000, 1001])
def test_an_item_has_at_most_a_thousand_quotes(count: int, run: Run) -> None:
    quotes = ", ".join(f"{{source: x, quote: w{number}}}" for number in range(count))
    result = run_with_events(run, f"  - id: i\n    date: 2025\n    event: y\n    evidence: [{quotes}]\n")
    if count == 1000:
        assert (result.code, result.err) == (0, "")
    else:
        assert result.code == 1
        assert ":5: error[evidence-many] timeline[0].evidence: 1,001 quotes, and an item has" in result.err


@pytest.mark.parametrize("count", [100_000, 100_001])
def test_a_digest_has_at_most_a_hundred_thousand_quotes(count: int, run: Run) -> None:
    items = "".join(
        f"  - {{id: i{start}, date: 2025, event: y, evidence: [{'w, ' * min(1000, count - start)}]}}\n"
        for start in range(0, count, 1000)
    )
    result = run_with_events(run, items)
    if count == 100_000:
        assert (result.code, result.err) == (0, "")
    else:
        assert result.code == 1
        assert " error[evidence-many] 100,001 quotes, and a digest has at most 100,000\n" in result.err


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n\n# end\n", "---\n{}", "---\n{}...\n"])
def test_what_editors_and_other_programs_add_does_no_harm(change: str, run: Run) -> None:
    digest = (DIGESTS / "valid" / "required-only.yaml").read_text()
    plain, changed = (
        run("timeline", "-", stdin=text.encode()) for text in (digest, change.replace("{}", digest))
    )
    windows = run("timeline", "-", stdin=digest.replace("\n", "\r\n").encode())
    assert plain.code == 0
    assert plain == changed == windows
