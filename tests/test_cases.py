"""Small inputs made after bug reports of other programs, each with its reference and the right value.

A case is a folder: `README` names the reference, the command and what is right, the rest is the input.
Where what is right is a list of items, the case is run as it stands; the others have a test of their own.
"""

import csv
import io
import json
import re
import shlex
from pathlib import Path

import pytest
from support.program import Run

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
REPORTS = re.compile(r"^Right: reports (.*)$", re.MULTILINE)
COMMAND = re.compile(r"^Command \(in this folder\): briefing (check [^;\n]*)$", re.MULTILINE)
PROBLEM = re.compile(r"\[([a-z-]+)\] ([a-z_]+\[\d+\])")


def readme(case: Path) -> str:
    return (case / "README").read_text()


def is_decided_by_check(case: Path) -> bool:
    return bool(REPORTS.search(readme(case)) and COMMAND.search(readme(case)))


DECIDED = [case for case in CASES if is_decided_by_check(case)]


def named(name: str) -> Path:
    (found,) = (case for case in CASES if case.name.startswith(name))
    return found


@pytest.mark.parametrize("case", DECIDED, ids=lambda case: case.name)
def test_check_reports_these_items_and_no_others(case: Path, run: Run) -> None:
    right, command = REPORTS.search(readme(case)), COMMAND.search(readme(case))
    assert right
    assert command
    result = run(*shlex.split(command[1]), cwd=case)
    wanted = set(re.findall(r"[a-z_]+\[\d+\]", right[1]))
    found = PROBLEM.findall(result.out + result.err)
    assert {item for _, item in found if item.partition("[")[0] != "sources"} == wanted
    assert result.code == int(any(rule not in WARNINGS for rule, _ in found))
    assert "Traceback" not in result.err


WARNINGS = {"sentence-unused", "elision-hides", "comment-cuts-text"}


def test_every_case_has_a_test() -> None:
    by_eye = {case.name.partition("-")[0] for case in CASES if not is_decided_by_check(case)}
    assert by_eye == {"35", "42", "45", "47", "48", "50", "51", "52"}
    assert all("Reference: " in readme(case) for case in CASES)


def test_a_page_is_named_as_one_with_the_way_to_make_a_text_of_it(run: Run) -> None:
    result = run("check", "digest.yaml", cwd=named("35"))
    assert result.code == 1
    assert "src.html: HTML, not plain text" in result.out
    assert "briefing text" in result.out
    assert "quote-missing" not in result.out


def test_that_only_the_ends_of_lines_changed_is_said(run: Run) -> None:
    result = run("check", "digest.yaml", "--rule", "source-changed", cwd=named("42"))
    assert result.code == 1
    assert "error[source-changed]" in result.out
    assert "only the ends of its lines differ" in result.out
    assert ".gitattributes" in result.out


@pytest.mark.parametrize("words", ["president's", "president\u2019s", '"first"', "pact - a", "pact \u2014 a"])
def test_a_search_folds_what_a_proof_folds(words: str, run: Run) -> None:
    result = run("search", words, "digest.yaml", "-f", "jsonl", cwd=named("45"))
    assert (result.code, [json.loads(row)["id"] for row in result.out.splitlines()]) == (0, ["kp-1"])


def test_a_condition_compares_numbers(run: Run) -> None:
    for condition, ids in (("value>0", ["f1"]), ("value>3", []), ("value>=3", ["f1"])):
        result = run("figures", "digest.yaml", "-w", condition, "-f", "jsonl", cwd=named("47"))
        assert [json.loads(row)["id"] for row in result.out.splitlines()] == ids


def test_a_list_in_a_cell_can_be_split_again(run: Run) -> None:
    result = run("export", "digest.yaml", "-f", "csv", cwd=named("48"))
    (cell,) = (row["tags"] for row in csv.DictReader(io.StringIO(result.out)) if row["id"] == "kp-1")
    assert split(cell) == ["a; b", "c"]


def split(cell: str) -> list[str]:
    """The entries of a list in a cell: a JSON array, or with a backslash before what parts no entries."""
    if cell.startswith("["):
        found: list[str] = json.loads(cell)
        return found
    return [re.sub(r"\\(.)", r"\1", entry) for entry in re.split(r"(?<!\\); ", cell)]


@pytest.mark.parametrize("workspace", [True, False], ids=["in a workspace", "without one"])
def test_an_annotation_names_the_file_as_github_does(workspace: bool, run: Run) -> None:
    case = named("50")
    env = {"GITHUB_WORKSPACE": str(case.parent)} if workspace else {}
    path = f"{case.name}/digest.yaml" if workspace else "digest.yaml"
    for name in ("./digest.yaml", str(case / "digest.yaml")):
        told = run("check", name, "--format", "github", cwd=case, env=env).out
        assert {*re.findall(r"file=([^,]*),", told)} == {path}
        told = run("check", name, "--format", "sarif", cwd=case, env=env).out
        assert {*re.findall(r'"uri": "([^"]*\.yaml)"', told)} == {path}


def test_the_other_source_that_has_a_quote_is_named(run: Run) -> None:
    result = run("check", "digest.yaml", "--rule", "quote-missing", cwd=named("51"))
    assert result.code == 1
    assert "help: it is in other" in result.out


@pytest.mark.parametrize("quote", ['"Stop," he said', "[sic] it was", "*Note*", "Article 5: the fee"])
def test_a_quote_that_yaml_reads_otherwise_gets_the_way_to_write_it(quote: str, run: Run) -> None:
    text = (named("52") / "digest.yaml").read_text().replace('"Stop," he said', quote)
    assert f"- {quote}\n" in text
    result = run("check", "-", "--seeds", "seeds", cwd=named("52"), stdin=text.encode())
    assert result.code == 1
    assert "quotes" in result.out
