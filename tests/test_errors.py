"""Errors stay few and readable, and safe to print, whatever is wrong with a digest."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.program import Run
from wcwidth import wcswidth

from briefing.problem import Place, Problem
from briefing.render.excerpts import EXCERPT_WIDTH, MOST_PROBLEMS, lines, report

UNPRINTABLE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
ESCAPES = ["\x1b[31m", "\x1b]0;t\x07", "\u202e", "\u2066", "\x9b", "\u200b", "\r", "\ud800", "\0"]
ESCAPES += ["\u061c", "\U000e0041", "\ufff9"]


@pytest.mark.slow
def test_past_a_hundred_problems_the_rest_are_counted(tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.yaml").write_text("".join(f"- k{n}: &a 1\n" for n in range(100_000)))
    for command in ("summary", "check"):
        result = run(command, "x.yaml")
        told = [line for line in (result.out + result.err).splitlines() if "quotes:" not in line]
        assert result.code == 1
        assert sum("error[" in line for line in told) == MOST_PROBLEMS
        assert re.fullmatch(r"… and 9,9\d\d more problems, or even more", told[-1])


def test_a_hundred_problems_are_told_one_by_one() -> None:
    told = list(report([Problem("text", "wrong")] * MOST_PROBLEMS))
    assert len(told) == MOST_PROBLEMS


EXCERPTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("漢字😀\u200b\x1b\t e\u0301"),
    min_size=1,
    max_size=400,
)


@given(EXCERPTS, st.integers(1, 400), st.integers(1, 400), st.integers(20, 200))
@example("x" * 400, 200, 400, EXCERPT_WIDTH)
@example("漢" * 100, 50, 3, EXCERPT_WIDTH)
@example("\u200b" * 60 + "x", 61, 1, EXCERPT_WIDTH)
def test_an_excerpt_is_never_wider_than_the_width(line: str, column: int, width: int, most: int) -> None:
    place = Place(7, min(column, len(line)), width, line)
    _, *excerpt = lines(Problem("text", "wrong", place=place), most)
    assert [part for part in excerpt if wcswidth(part) > most] == []


@given(st.text(st.characters() | st.sampled_from("".join(ESCAPES)), max_size=80))
def test_the_offending_text_is_safe_to_print(text: str) -> None:
    for place in (None, Place(1, 1, 5, text), Place(1, len(text) // 2 + 1, 1, text)):
        problem = Problem("text", "wrong", ("timeline", 0, text), digest=text, place=place)
        assert not re.search(UNPRINTABLE, "".join(lines(problem)))


def test_a_long_text_is_cut_in_a_message(tmp_path: Path, run: Run) -> None:
    long = "x" * 5000
    twice = f"? {long}\n: 1\n" * 2
    (tmp_path / "x.yaml").write_text(f"{twice}format: {long}\nid: &{long} {long}\ntitle: !{long} t\n")
    told = run("check", "x.yaml").out.splitlines()
    assert len(told) > 10
    assert [line for line in told if len(line) > 200] == []


# Every place of a command line that a message may repeat.
@pytest.mark.parametrize(
    "command",
    [
        "X", "--X", "summary X", "summary --X", "summary -f X", "summary -o X/y", "summary -n X", "show X",
        "search --regex (X", "search a --section X", "help X", "timeline --sort X", "timeline --fields X",
        "timeline -w X=1", "timeline -w X", "timeline --since X", "check --rule X", "check --seeds X",
        "export --sections X", "trace --item X", "trace --source X", "timeline --width X", "timeline --color X",
        "new X", "text X", "quote X a", "diff X X", "diff HEAD:X X", "schema -o X/y", "help X --X", "list --X",
    ],
)  # fmt: skip
@pytest.mark.slow
def test_what_was_typed_is_safe_to_print(command: str, run: Run) -> None:
    for text in ("\x1b[31m\r\n", "\u202e", "\udcff", "x" * 5000, "\u061c\U000e0041\U000e0100\ufff9"):
        result = run(*(word.replace("X", text) for word in command.split()))
        assert "Traceback" not in result.err
        assert (result.code, result.out) == (2, "")
        assert not re.search(UNPRINTABLE, result.err.replace("\n", ""))


@pytest.mark.parametrize(
    "format", ["auto", "table", "markdown", "json", "jsonl", "csv", "tsv", "github", "sarif"]
)
@pytest.mark.parametrize("name", ["a\x1b[31mb\u202e.yaml", "a\nb.yaml", "a\udcff.yaml"], ids=ascii)
@pytest.mark.slow
def test_the_name_of_a_digest_is_safe_to_print(name: str, format: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / name).write_text("format: briefing/1\nid: X\n")
    result = run("check", "--quiet", name, "-f", format)
    assert (result.code, result.err) == (1, "")
    assert not re.search(UNPRINTABLE, result.out.replace("\n", "").replace("\t", ""))
    assert not re.search(UNPRINTABLE, run("summary", name).err.replace("\n", ""))
