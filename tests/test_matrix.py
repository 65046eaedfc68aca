"""Every view in every format, held against the files in snapshots/. How to write them anew: support/snapshots.py.

A new view or format is here as soon as it is in its registry.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark import ParameterSet
from support import snapshots
from support.program import BUNDLED, DIGESTS, Answer

from briefing.render import FOR_VIEWS
from briefing.views import VIEWS

FOLDER = Path(__file__).parent / "snapshots"
WIDTHS = (40, 80, 120)
ENDINGS = {format.name: (format.suffixes or (f".{format.name}.txt",))[0] for format in FOR_VIEWS}
"""The first suffix that asks for each format; its name where none does."""

# Each digest by its path, with an item and a word that are in it.
SUBJECTS = {BUNDLED: ("nayib-bukele", "fee"), str(DIGESTS / "valid" / "full.yaml"): ("ada-quill", "lake")}


class Case(NamedTuple):
    """One run of the program, and the file that keeps what it prints."""

    arguments: list[str]
    file: Path


def cases() -> Iterator[Case]:
    for digest, (item, word) in SUBJECTS.items():
        commands = {name: [name, digest] for name in (*VIEWS, "export", "trace")}
        commands |= {"show": ["show", item, digest], "search": ["search", word, digest]}
        folder = FOLDER / Path(digest).stem
        for name, command in commands.items():
            for format in ENDINGS:
                options = [*command, "--format", format]
                if format != "table":
                    yield Case(options, folder / f"{name}{ENDINGS[format]}")
                    continue
                for width in WIDTHS:
                    yield Case([*options, "--width", str(width)], folder / f"{name}.{width}{ENDINGS[format]}")


CASES = list(cases())


def _param(case: Case) -> ParameterSet:
    quick = case.file.name.endswith((".80.txt", ".md", ".json"))
    return pytest.param(case, id=str(case.file.relative_to(FOLDER)), marks=() if quick else pytest.mark.slow)


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_output_is_as_kept(case: Case, inside: Answer) -> None:
    snapshots.check(inside(*case.arguments), case.file)


def test_each_kept_output_has_a_run() -> None:
    if snapshots.updating:
        pytest.skip("they are being written")
    assert {path for path in FOLDER.rglob("*") if path.is_file()} == {case.file for case in CASES}
