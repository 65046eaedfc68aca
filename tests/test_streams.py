"""Standard input, output and error, as a shell hands them over: whole, full, or closed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.program import BUNDLED, DIGESTS, Result, answer, environment, needs, process

from briefing import cli
from briefing.cli.commands import COMMANDS
from briefing.problem import UNSAFE
from briefing.render import FOR_VIEWS

NAMES = [command.name for command in COMMANDS]
FORMATS = [format.name for format in FOR_VIEWS]

pytestmark = pytest.mark.slow

FULL = DIGESTS / "valid" / "full.yaml"
MANY = 2_000


def shell(script: str, folder: Path, **env: str) -> Result:
    """A line of bash with the program on its path, as a person types it."""
    folders = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [needs("bash"), "--norc", "-c", script]
    surroundings = environment({"PATH": folders, "TERM": "xterm-256color", **env})
    done = subprocess.run(command, env=surroundings, cwd=folder, capture_output=True, timeout=120)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="session")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a digest whose every view of it is longer than any pipe."""
    folder = tmp_path_factory.mktemp("big")
    text = "an event that takes some words to tell " * 6
    events = "".join(f"  - {{id: e-{n}, date: '{1000 + n}', event: {text}{n}}}\n" for n in range(MANY))
    head = (
        "format: briefing/1\nid: big\ntitle: Big\nas_of: 2024\nbottom_line: B.\nkey_points: []\nsources: []\n"
    )
    (folder / "big.yaml").write_text(f"{head}timeline:\n{events}")
    return folder


@pytest.mark.parametrize("command", ["timeline", "export", "trace", "show q-law"])
def test_a_digest_may_come_from_standard_input(command: str) -> None:
    words = command.split()
    seeds = ["--seeds", DIGESTS / "seeds"] if command != "timeline" else []
    given = process(*words, "-", *seeds, "-f", "json", stdin=FULL.read_bytes())
    assert given == process(*words, FULL, *seeds, "-f", "json")
    assert given.code == 0


def test_problems_of_standard_input_are_told_with_a_hyphen_for_its_name() -> None:
    result = process("timeline", "-", stdin=b"format: briefing/1\nid: X\n")
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("-:1:1: error[")
    assert "\n-:2:5: error[" in result.err


def test_nothing_on_standard_input_is_no_digest() -> None:
    result = process("timeline", "-")
    assert (result.code, result.out, result.err.startswith("-: error[")) == (1, "", True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["timeline", "nowhere.yaml"], 2), (["timeline", "-w", "x=y"], 2), (["nonsense"], 2), (["show", "xqzw"], 2), (["help", "xqzw"], 2), (["timeline", "-f", "sarif"], 2)],
)  # fmt: skip
def test_a_message_is_no_part_of_the_answer(arguments: list[str], code: int) -> None:
    result = process(*arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(("briefing: ", "Usage: "))
    assert "Traceback" not in result.err


def test_an_unknown_format_in_the_environment_is_wrong_usage() -> None:
    result = process("timeline", env={"BRIEFING_FORMAT": "xml"})
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith('briefing: BRIEFING_FORMAT: "xml" is not one of ') or "xml" in result.err
    assert "Traceback" not in result.err


# --- a disk that is full ---

FULL_DISK = Result(2, "", "briefing: standard output: No space left on device\n")


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_is_an_error_in_every_format(format: str, tmp_path: Path) -> None:
    assert shell(f"briefing timeline -f {format} > /dev/full", tmp_path) == FULL_DISK


@pytest.mark.parametrize("format", ["markdown", "json", "csv"])
def test_a_disk_that_gets_full_on_the_way_is_an_error(format: str, big: Path) -> None:
    assert shell(f"briefing timeline big.yaml -f {format} > /dev/full", big) == FULL_DISK


@pytest.mark.parametrize(
    "command",
    [*(name for name in NAMES if name not in ("search", "show", "check", "new", "quote", "text", "diff")), "diff us-el-salvador-2025 us-el-salvador-2025", "search the", "show q-text", "check --list-rules", "check -f json", "help dates", "help digest", "--version", "--help", "timeline --help"],
)  # fmt: skip
def test_a_full_disk_is_an_error_for_every_command(command: str, tmp_path: Path) -> None:
    assert shell(f"briefing {command} > /dev/full", tmp_path) == FULL_DISK


def test_a_full_disk_is_an_error_for_problems_too(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("no: digest")
    assert shell("briefing check bad.yaml > /dev/full", tmp_path) == FULL_DISK


def test_a_full_disk_for_messages_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert shell("briefing timeline nowhere.yaml 2> /dev/full", tmp_path) == Result(2, "", "")
    assert shell("briefing figures -n 1 --fields id -f tsv --no-header 2> /dev/full", tmp_path).code == 0


def test_a_file_on_a_full_disk_is_named(tmp_path: Path) -> None:
    result = shell("briefing timeline -o /dev/full", tmp_path)
    assert result == Result(2, "", "briefing: /dev/full: No space left on device\n")


# --- a pipe that is closed ---


@pytest.mark.parametrize("format", FORMATS)
def test_a_closed_pipe_ends_the_program_silently(format: str, big: Path) -> None:
    script = f"briefing timeline big.yaml -f {format} | head -n 1 | wc -l; echo ${{PIPESTATUS[0]}}"
    assert shell(script, big) == Result(0, "1\n141\n", "")


def test_with_pipefail_the_signal_is_the_exit_code_as_of_any_tool(big: Path) -> None:
    for command in ("briefing export big.yaml", "yes"):
        result = shell(f"set -o pipefail; {command} | head -n 1", big)
        assert (result.code, result.err) == (141, "")


def test_a_pipe_that_nobody_reads_is_silent_too(tmp_path: Path) -> None:
    result = shell("{ sleep 1; briefing timeline; } | true", tmp_path)
    assert result == Result(0, "", "")


def test_an_answer_that_fits_is_not_hurt_by_a_reader_that_stops(tmp_path: Path) -> None:
    result = shell(
        'set -o pipefail; briefing list -f csv | { read -r line; echo "$line"; cat > /dev/null; }', tmp_path
    )
    assert result == Result(0, "name,title,as_of,items,questions,problems\n", "")


# --- what is in a pipe ---


@pytest.mark.parametrize("format", FORMATS)
def test_in_a_pipe_there_are_no_escape_codes_and_no_data_is_wrapped(format: str, big: Path) -> None:
    script = f"briefing timeline big.yaml -n 3 -f {format}"
    result = shell(script, big)
    assert (result.code, result.err) == (0, "")
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.out.replace("\t", "" if format == "tsv" else "\t")
    )
    if format in ("table", "records"):  # wrapped to a width that a person can read
        return
    events = [
        line for line in result.out.split("\n") if "an event that takes some words to tell " * 6 in line
    ]
    assert len(events) == (1 if format == "json" and len(events) == 1 else 3)


def test_a_terminal_behind_the_pipe_does_not_matter(tmp_path: Path) -> None:
    plain = shell("briefing timeline", tmp_path)
    assert plain == Result(0, answer("timeline"), "")
    assert plain.out.startswith("\n## Timeline\n") or plain.out.startswith("## Timeline\n")
    for more in ("TERM=dumb NO_COLOR=1 PAGER=false", "LC_ALL=POSIX PYTHONIOENCODING=ascii PYTHONUTF8=0"):
        assert shell(f"{more} briefing timeline", tmp_path) == plain


def test_many_digests_print_no_progress_in_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_bytes((DIGESTS / "valid" / "minimal.yaml").read_bytes())
    result = shell("briefing check $(for i in {1..40}; do echo one.yaml; done) -f json", tmp_path)
    assert (json.loads(result.out), result.code) == ([], 0)
    assert result.err == (
        "40 digests: 0 items; quotes: 0 proved, 0 missing, 0 ambiguous, 0 unchecked; no source text\n"
    )


# --- what is closed from the start ---


@pytest.mark.parametrize(
    "command", ["timeline", "export -f json", "list", "help dates", "--help", "timeline -h", "--version"]
)
def test_an_answer_that_cannot_be_given_is_an_error(command: str, tmp_path: Path) -> None:
    assert shell(f"briefing {command} >&-", tmp_path) == Result(
        2, "", "briefing: standard output is closed\n"
    )


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    result = shell("HOME=/dev/null briefing --install-completion bash", tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("briefing: /dev/null")


def test_a_file_can_be_written_without_standard_output(tmp_path: Path) -> None:
    for close in (">&-", "<&- >&- 2>&-"):
        result = shell(f"briefing figures -f csv -o out.csv --force {close}; cat out.csv", tmp_path)
        assert result == Result(0, answer("figures", "-f", "csv"), "")


@pytest.mark.parametrize(
    "command",
    ["timeline nowhere.yaml", "nonsense", "timeline --nonsense", "timeline -n x", "timeline -w x=y"],
)
def test_with_standard_error_closed_only_the_exit_code_says_it(command: str, tmp_path: Path) -> None:
    assert shell(f"briefing {command} 2>&-", tmp_path) == Result(2, "", "")


def test_with_standard_error_closed_the_answer_is_the_same(tmp_path: Path) -> None:
    assert shell("briefing timeline 2>&-", tmp_path) == Result(0, answer("timeline"), "")


def test_closed_standard_input_is_an_error_where_it_is_wanted(tmp_path: Path) -> None:
    result = shell("briefing timeline - <&-", tmp_path)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith("briefing: ")
    assert shell("briefing timeline <&-", tmp_path) == Result(0, answer("timeline"), "")


def test_python_m_is_the_same_program(tmp_path: Path) -> None:
    assert shell("briefing figures -f csv", tmp_path).out == process("figures", BUNDLED, "-f", "csv").out


# --- what a build server or a screen would obey ---

COMMANDS_OF_SERVERS = ("::error::x", "  ::error::x", "##[add-mask]e", "x ##[group]y", "##vso[task.x]y", "\n::error::x", "\r::error::x", "a\n##[debug]x", "\u2028::error::x", "\x85::error::x")  # fmt: skip


@pytest.mark.parametrize(
    "value", [*COMMANDS_OF_SERVERS, "a\u202eb", "\u202e", "\u2066a", "\x1b[31m", "\x9b31m"], ids=ascii
)
@pytest.mark.parametrize(
    "arguments",
    [
        ["VALUE"], ["summary", "VALUE"], ["summary", "VALUE.yaml"], ["summary", "nowhere.yaml", "VALUE"], ["trace", "x", "VALUE"], ["--", "VALUE"],
        ["timeline", "-w", "VALUE"], ["timeline", "-w", "VALUE=x"], ["timeline", "-w", "event=VALUE"], ["timeline", "-n", "VALUE"],
        ["timeline", "-f", "VALUE"], ["timeline", "--fields", "VALUE"], ["timeline", "--since", "VALUE"], ["timeline", "--sort", "VALUE"],
        ["timeline", "-o", "VALUE/x"], ["show", "VALUE"], ["search", "x", "--section", "VALUE"], ["check", "--rule", "VALUE"],
        ["check", "--seeds", "VALUE"], ["export", "--sections", "VALUE"], ["help", "VALUE"], ["trace", "--item", "VALUE"],
        ["trace", "--source", "VALUE"], ["timeline", "--VALUE"], ["-VALUE"], ["timeline", "--since", "2024", "--until", "VALUE"],
        ["timeline", "--width", "VALUE"], ["timeline", "--color", "VALUE"], ["search", "(VALUE", "--regex"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_message_is_obeyed_by_nobody(
    arguments: list[str], value: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    cli.run([argument.replace("VALUE", value) for argument in arguments])
    err = capsysbinary.readouterr().err.decode()
    obeyed(err)


def obeyed(told: str) -> None:
    for line in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", told):
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)
    assert not re.search(UNSAFE, told)


def test_a_problem_is_obeyed_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "::error::x.yaml").write_text(
        FULL.read_text().replace("status: open", "status: '##[add-mask]e'")
        + "'::error::y': 1\n::error::z: 1\n"
    )
    for format in ("text", "auto"):
        result = process("check", "::error::x.yaml", "-f", format, cwd=tmp_path)
        assert result.code == 1
        obeyed(result.out + result.err)
    obeyed(process("summary", "::error::x.yaml", cwd=tmp_path).err)
    told = process("check", "::error::x.yaml", "-f", "github", cwd=tmp_path).out
    assert "##[" not in told
    assert all(line.startswith(("::error file=%3A%3Aerror", "::warning file=")) for line in told.splitlines())
    (tmp_path / "##vso[task.x]a.yaml").write_text("format: briefing/1\n")
    told = process("check", "##vso[task.x]a.yaml", "-q", "-f", "github", cwd=tmp_path).out
    assert told.startswith("::error file=\\x23#vso[task.x]a.yaml,line=1")


def test_without_docstrings_nothing_is_missing(tmp_path: Path) -> None:
    lean = {"PYTHONOPTIMIZE": "2"}
    for words in (["check", "--list-rules"], ["help", "digest"], ["--help"], ["diff", "--help"], ["schema"]):
        assert process(*words, env=lean) == process(*words)
