"""What people do with the output: one line each, with the programs that they do it with."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import jq
import pypandoc
import pytest
from support.program import BUNDLED, DIGESTS, VALID, Result, answer, environment, needs

from briefing import loader

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
FULL = DIGESTS / "valid" / "full.yaml"
DIGEST = loader.load(BUNDLED).digest
GIT = "git -c user.name=x -c user.email=x@example.com -c init.defaultBranch=main"
PANDOC = pypandoc.get_pandoc_path()


def shell(script: str, folder: Path, **env: str) -> Result:
    """A line of bash with the program on its path, as a person types it."""
    folders = [str(Path(sys.executable).parent), str(Path(PANDOC).parent), os.environ["PATH"]]
    command = [needs("bash"), "--norc", "-c", script]
    surroundings = environment({"PATH": os.pathsep.join(folders), **env})
    done = subprocess.run(command, env=surroundings, cwd=folder, capture_output=True, timeout=120)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with some digests in it."""
    (tmp_path / "digests").mkdir()
    for path in VALID:
        (tmp_path / "digests" / path.name).write_bytes(path.read_bytes())
    return tmp_path


# --- the acceptance commands of issue 4, as they stand there ---

AFFECTED = sum("affected" in stakeholder.roles for stakeholder in DIGEST.stakeholders)
LEGAL = [q.id for q in DIGEST.questions if q.category == "legal" and q.status == "open"]


@pytest.mark.parametrize(
    ("command", "out", "code", "err"),
    [
        ("briefing questions -w status=open -w category=legal -f json | jq -r '.[].id'", "\n".join([*LEGAL, ""]), 0, ""),
        ("briefing timeline --since 2022 --until 2023 -f tsv --fields date,event --no-header | cut -f1", "2022-03\n2022-04/..\n", 0, ""),
        ("briefing stakeholders -w roles=affected -f csv | python3 -c 'import csv,sys; print(len(list(csv.DictReader(sys.stdin))))'", f"{AFFECTED}\n", 0, ""),
        ("briefing timeline tests/digests/valid/*.yaml -f json | jq -c 'map(.digest) | unique'", '["full","hostile-text","many-sources","required-only","treaty","unusual-dates"]\n', 0, ""),
        ("briefing stakeholders -w position=for; echo $?", "2\n", 0, "supports, leans-support, mixed, neutral, leans-oppose, opposes or not-stated"),
        ("briefing search homicides --fields id -f tsv | grep -cx homicides", "1\n", 0, ""),
        ("briefing search nothing-like-this; echo $?", "1\n", 0, "briefing: nothing found for"),
        ("briefing timeline > /dev/full; echo $?", "2\n", 0, "briefing: standard output: No space left on device\n"),
        ("set -o pipefail; briefing export | head -1; echo $?", r"(# .*)?\n(0|141)\n", 0, ""),
    ],
)  # fmt: skip
def test_acceptance(command: str, out: str, code: int, err: str) -> None:
    if "jq" in command:
        needs("jq")
    result = shell(command, ROOT)
    assert result.code == code
    assert result.out == out or ("pipefail" in command and re.fullmatch(out, result.out))
    assert err in result.err if err else not result.err
    assert result.err.count("\n") <= 1


# --- the recipes of the README, as they stand there ---

_block = re.search(
    r"^<!-- recipes -->\n```sh\n(.*?)^```$", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE
)
RECIPES = dict(recipe.split("\n", 1) for recipe in _block[1].strip().split("\n\n")) if _block else {}


@pytest.mark.parametrize("what", RECIPES)
def test_a_recipe_of_the_readme(what: str, tmp_path: Path) -> None:
    command = RECIPES[what]
    for program in ("jq", "git", "sqlite3"):
        if re.search(rf"\b{program} ", command):
            needs(program)
    for name in ("data", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shell(
        f"echo '# Report' > report.md; echo '{{}}' > briefing.json; {GIT} init -q && {GIT} add . && {GIT} commit -qm x",
        tmp_path,
    )
    result = shell(f"set -eo pipefail\n{command}", tmp_path, HOME=str(tmp_path))
    assert (result.code, re.sub(r"\d+ items; quotes: .*\n", "", result.err)) == (0, "")
    written = re.findall(r"(?:>|-o) ([\w.]+)", command)
    assert [(tmp_path / name).stat().st_size > 100 for name in written] == [True] * len(written)
    assert written or re.search("check|show", command)
    if re.search(r"\bgit |duckdb", command):
        assert result.out


def test_every_recipe_of_the_readme_is_run() -> None:
    """None is lost on the way from the README to the test above, and each says what it is for."""
    assert _block
    assert list(RECIPES) == [line for line in _block[1].splitlines() if line.startswith("# ")]
    assert len(RECIPES) >= 8


# --- a report ---


def test_a_table_into_a_report(folder: Path) -> None:
    (folder / "report.md").write_text("# Report\n\nWhat we know.\n")
    result = shell(
        "briefing timeline >> report.md && pandoc report.md -o report.docx --fail-if-warnings", folder
    )
    assert result == Result(0, "", "")
    page = json.loads(shell("pandoc report.docx -t json", folder).out)
    (table,) = [block for block in page["blocks"] if block["t"] == "Table"]
    (body,) = table["c"][4]
    assert len(body[3]) == len(DIGEST.timeline)
    with zipfile.ZipFile(folder / "report.docx") as word:
        assert "footnotes.xml" in "".join(word.namelist())


def test_the_whole_briefing_as_a_page(folder: Path) -> None:
    result = shell("briefing export --toc | pandoc -s --metadata title=Briefing -o briefing.html", folder)
    assert result == Result(0, "", "")
    assert DIGEST.questions[0].question.split()[0] in (folder / "briefing.html").read_text()


# --- jq ---

TICKETS = r""".[] | "- [ ] \(.question) (\(.who_can_answer | join(", ")))" """.strip()


def test_open_questions_into_a_ticket_list() -> None:
    wanted = [
        f"- [ ] {q.question} ({', '.join(q.who_can_answer)})"
        for q in DIGEST.questions
        if q.status in ("", "open")
    ]
    found = answer("questions", "-w", "status!=answered", "-w", "status!=partly-answered", "-f", "json")
    assert jq.compile(TICKETS).input_text(found).all() == wanted
    assert len(wanted) > 3


def test_the_same_ticket_list_in_a_shell(folder: Path) -> None:
    needs("jq")
    result = shell(
        f"briefing questions -w status=open -f json | jq -r '{TICKETS}' > tickets.md; wc -l < tickets.md",
        folder,
    )
    count = sum(question.status == "open" for question in DIGEST.questions)
    assert result == Result(0, f"{count}\n", "")


def test_jq_over_many_digests() -> None:
    rows = answer("questions", *VALID, "-f", "jsonl")
    counts = (
        jq.compile("group_by(.digest) | map({(.[0].digest): length}) | add")
        .input_text(rows, slurp=True)
        .first()
    )
    assert counts == {"full": 7, "hostile-text": 1, "required-only": 1, "treaty": 8}


# --- spreadsheets and databases ---


def test_a_timeline_into_a_spreadsheet(folder: Path) -> None:
    assert shell("briefing timeline --fields date,event,actors -o timeline.csv", folder) == Result(0, "", "")
    rows = list(csv.reader(io.StringIO((folder / "timeline.csv").read_text(encoding="utf-8"), newline="")))
    assert rows[0] == ["date", "event", "actors"]
    dated = sorted((e.date.bounds, e.id, e.date) for e in DIGEST.timeline if e.date)
    undated = [event for event in DIGEST.timeline if not event.date]
    assert [row[0] for row in rows[1:]] == [date.text for _, _, date in dated] + [""] * len(undated)


def test_a_table_of_sqlite_from_csv(folder: Path) -> None:
    needs("sqlite3")
    query = "select kind, count(*) from stakeholders group by kind order by 2 desc, 1 limit 1"
    script = f"""briefing stakeholders digests/full.yaml -o stakeholders.csv && sqlite3 briefing.db -cmd '.import --csv stakeholders.csv stakeholders' '{query}'"""
    assert shell(script, folder) == Result(0, "state|3\n", "")


FULL_STAKEHOLDERS = len(loader.load(str(FULL)).digest.stakeholders)
STAKEHOLDERS = sum(len(loader.load(str(path)).digest.stakeholders) for path in VALID)


def duck(query: str) -> list[Any]:
    with duckdb.connect() as connection:
        return connection.sql(query).fetchall()


def test_many_digests_into_duckdb(folder: Path) -> None:
    full = (folder / "digests" / "full.yaml").read_text()
    for number in range(20):
        (folder / "digests" / f"copy-{number}.yaml").write_text(
            full.replace("\nid: full\n", f"\nid: copy-{number}\n")
        )
    assert shell("briefing stakeholders digests/*.yaml -o stakeholders.jsonl", folder) == Result(0, "", "")
    table = f"read_json('{folder}/stakeholders.jsonl')"
    assert duck(f"select count(distinct digest), count(*) from {table}") == [
        (24, STAKEHOLDERS + 20 * FULL_STAKEHOLDERS)
    ]
    query = f"select name, count(*) from (select unnest(roles) as role, * from {table}) where role = 'affected' and digest = 'copy-7' group by name order by name"
    assert duck(query) == [("Fishers", 1), ("Pump raiders", 1)]
    assert duck(
        f"select influence.level, influence.rationale from {table} where id = 'ada-quill' limit 1"
    ) == [("low", "She has left office.")]


@pytest.mark.parametrize(
    "command", ["timeline", "figures", "claims", "instruments", "questions", "sources", "terms"]
)
def test_every_view_of_many_digests_is_a_table_for_duckdb(command: str, folder: Path) -> None:
    output = folder / "rows.jsonl"
    answer(command, *VALID, BUNDLED, "-o", output)
    rows = [json.loads(line) for line in output.read_text().splitlines()]
    columns = duck(f"describe select * from read_json('{output}')")
    assert [column[0] for column in columns] == list(rows[0])
    assert duck(f"select id from read_json('{output}')") == [(row["id"],) for row in rows]


def test_csv_is_a_table_for_duckdb_as_well(folder: Path) -> None:
    output = folder / "rows.csv"
    answer("terms", *VALID, BUNDLED, "-o", output)
    rows = list(csv.DictReader(io.StringIO(output.read_text(), newline="")))
    assert duck(f"select text from read_csv('{output}', all_varchar = true, header = true)") == [
        (row["text"],) for row in rows
    ]


# --- git, CI and loops ---


def test_a_change_is_one_line_in_the_diff_of_two_exports(folder: Path) -> None:
    needs("git")
    before = f"{GIT} init -q && briefing export digests/full.yaml -o full.json && {GIT} add full.json && {GIT} commit -qm before"
    assert shell(before, folder, HOME=str(folder)) == Result(0, "", "")
    digest = folder / "digests" / "full.yaml"
    digest.write_text(digest.read_text().replace("status: open", "status: answered"))
    result = shell(
        "briefing export digests/full.yaml -o full.json --force && git diff -U0 full.json",
        folder,
        HOME=str(folder),
    )
    changes = [line for line in result.out.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert changes == ['-      "status": "open",', '+      "status": "answered",']


def test_a_nightly_check_in_ci(folder: Path) -> None:
    nightly = "briefing check --quiet digests/*.yaml --seeds digests"
    fine = "rm digests/hostile-text.yaml digests/full.yaml digests/many-sources.yaml"
    assert shell(f"{fine}; {nightly} --rule reference --rule date", folder, GITHUB_ACTIONS="true") == Result(
        0, "", ""
    )
    (folder / "digests" / "bad.yaml").write_text(FULL.read_text().replace("date: 2023", "date: 2023-13"))
    result = shell(f"{nightly} --rule date", folder, GITHUB_ACTIONS="true")
    assert result.code == 1
    assert result.out.startswith("::error file=digests/bad.yaml,line=")


def test_a_loop_over_items(folder: Path) -> None:
    script = "for id in $(briefing questions -w category=legal --fields id -f tsv --no-header); do briefing show $id -o $id.md; done; ls *.md"
    wanted = sorted(f"{question.id}.md" for question in DIGEST.questions if question.category == "legal")
    assert shell(script, folder, LC_ALL="C") == Result(0, "\n".join([*wanted, ""]), "")


def test_a_loop_over_rows(folder: Path) -> None:
    script = "briefing timeline digests/unusual-dates.yaml --fields id,date -f tsv --no-header | while IFS=$'\\t' read -r id date; do echo \"$date <- $id\"; done | tail -n 1"
    assert shell(script, folder) == Result(0, "9999 <- last-year\n", "")


def test_the_exit_code_of_a_search_is_a_condition(folder: Path) -> None:
    script = "for digest in digests/*.yaml; do if briefing search 'Lake Orlo' $digest > /dev/null; then echo $digest; fi; done"
    assert shell(script, folder) == Result(
        0,
        "digests/full.yaml\n",
        'briefing: nothing found for "Lake Orlo"\n' * (len(VALID) - 1),
    )
