"""The help, its topics, the reference of the format and the man page: all made from the same things."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from support.program import answer, briefing, needs

import briefing as package
from briefing.cli import build, run
from briefing.cli.commands import COMMANDS
from briefing.cli.help import TOPICS, man_page
from briefing.dates import parse
from briefing.model import (
    About,
    Deadline,
    Digest,
    Law,
    Omission,
    Original,
    Part,
    Quote,
    Rating,
    Relation,
    Signatory,
    fields,
)
from briefing.problem import INVALID, OK, USAGE
from briefing.render import FOR_PROBLEMS, FOR_VIEWS
from briefing.views.format_ import view

NAMES = [command.name for command in COMMANDS]
PROBLEM_FORMATS = [format.name for format in FOR_PROBLEMS]
FORMATS = [format.name for format in FOR_VIEWS]

ROOT = Path(__file__).parent.parent
MAN_PAGE = Path(package.__file__).parent / "briefing.1"
PARTS: dict[type[Part], str] = {part: name for name, part in Digest.SECTIONS.items()}
PARTS[Digest] = "Digest"
PARTS |= {
    part: part.__name__
    for part in (Quote, Signatory, Deadline, Rating, Relation, Law, About, Omission, Original)
}


def help_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the program prints on 80 columns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
        assert run(arguments) == 0
    found = capsys.readouterr()
    assert found.err == ""
    return found.out


@pytest.mark.parametrize("command", ["", *NAMES])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_fits_80_columns(command: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of(capsys, *([command] if command else []), option)
    assert text.startswith(f"Usage: briefing {command or '[OPTIONS] COMMAND'}")
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_the_list_of_commands_says_what_each_does_to_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of(capsys, "--help")
    groups = dict(re.findall(r"^(Read|Report|Verify|Write|Help):\n((?:  .+\n)+)", text, re.MULTILINE))
    lines = {
        name: said
        for rows in groups.values()
        for name, said in re.findall(r"^  (\S+) +(.*(?:\n   +.*)*)$", rows, re.MULTILINE)
    }
    assert list(lines) == NAMES
    assert [command.group for command in COMMANDS if f"  {command.name} " not in groups[command.group]] == []
    for command, said in ((name, " ".join(told.split())) for name, told in lines.items()):
        assert said.endswith(".")
        assert "..." not in said
        assert said in " ".join(help_of(capsys, command, "--help").split())


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run([]), capsys.readouterr()
    assert code == 2  # nothing was asked
    assert "Read:" in found.out + found.err


def test_the_options_of_a_view_are_on_every_view(capsys: pytest.CaptureFixture[str]) -> None:
    options = {
        command: set(re.findall(r"^  (-.*?)(?:  |$)", help_of(capsys, command, "--help"), re.MULTILINE))
        for command in NAMES
    }
    shared = options["timeline"]
    assert {
        "-w, --where COND",
        "--since DATE",
        "--sort FIELD",
        "-n, --limit N",
        "-f, --format FORMAT",
    } <= shared
    for command in ("stakeholders", "search", "list", "trace"):
        assert shared <= options[command]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = help_of(capsys, "help", topic)
    assert text == TOPICS[topic]
    assert max(map(len, text.splitlines())) <= 80


def test_help_alone_lists_the_topics(capsys: pytest.CaptureFixture[str]) -> None:
    lines = help_of(capsys, "help").splitlines()
    assert lines == [f"briefing help {topic}" for topic in (*TOPICS, "digest")]


def test_an_unknown_topic_is_wrong_usage() -> None:
    near, far = briefing("help", "formts"), briefing("help", "xqzw")
    assert (near.code, near.out, far.code, far.out) == (2, "", 2, "")
    assert 'did you mean "formats"?' in near.err
    assert all(topic in far.err for topic in (*TOPICS, "digest"))


def test_the_topics_say_what_is_so() -> None:
    assert all(re.search(rf"\b{format}\b", TOPICS["formats"]) for format in (*FORMATS, *PROBLEM_FORMATS))
    codes = re.findall(r"^(\d+) ", TOPICS["exit-codes"], re.MULTILINE)
    assert [int(code) for code in codes] == [OK, INVALID, USAGE, 130]
    program = "".join(
        path.read_text() for path in (ROOT / "briefing").rglob("*.py") if path.name != "manual.py"
    )
    heeded = {
        name
        for name in re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', program)
        if not name.startswith("COMP")
    }
    assert set(re.findall(r"^([A-Z_]+) ", TOPICS["environment"], re.MULTILINE)) == heeded


def test_every_date_in_the_topic_can_be_read() -> None:
    forms = re.findall(r"^((?:[0-9./].*?)(?:  .*?)?)(?:   +[a-z(].*)?$", TOPICS["dates"], re.MULTILINE)
    dates = [
        date for form in forms for date in re.split(r" {2,}", form) if re.fullmatch(r"[0-9X./:TZ?~%-]+", date)
    ]
    assert len(dates) >= 15
    for date in dates:
        parse(date)


def test_the_reference_has_every_field_of_the_format_with_its_vocabulary() -> None:
    sections = {section.title: {row.field.name: row for row in section.rows} for section in view()}
    assert set(sections) == set(PARTS.values())
    for part, title in PARTS.items():
        assert list(sections[title]) == [field.name for field in fields(part)]
        for field in fields(part):
            row = sections[title][field.name]
            assert row.field.vocabulary == field.vocabulary
            assert row.needed == ("required" if field.required else "optional")
            assert row.meaning.endswith(".")
            assert row.meaning.strip('"') == row.meaning


@pytest.mark.parametrize("part", PARTS)
def test_help_digest_prints_them_all(part: type[Part]) -> None:
    """Read from Markdown: a heading, then a line for each field."""
    blocks = re.split(r"^#+ ", reference(), flags=re.MULTILINE)
    (block,) = [block for block in blocks if block.startswith(PARTS[part].replace("_", "\\_") + "\n")]
    lines = [line for line in block.splitlines() if line.startswith("|")][2:]
    assert len(lines) == len(fields(part))
    for field, line in zip(fields(part), lines, strict=True):
        said = line.replace("\\", "")
        assert re.match(rf"\| {field.name}\b", said)
        assert ("required" in said) == field.required
        assert all(word in said for word in field.vocabulary)


_printed: list[str] = []


def reference() -> str:
    if not _printed:
        _printed.append(answer("help", "digest"))
    return _printed[0]


@pytest.mark.slow
def test_the_reference_needs_no_source_text(tmp_path: Path) -> None:
    """A package of bytecode alone, as some systems install it, explains the format too."""
    shutil.copytree(Path(package.__file__).parent, tmp_path / "briefing", ignore=lambda *_: ["__pycache__"])
    compile_all = [sys.executable, "-m", "compileall", "-q", "-b", str(tmp_path / "briefing")]
    subprocess.run(compile_all, check=True)
    for path in (tmp_path / "briefing").rglob("*.py"):
        path.unlink()
    program = "import sys; from briefing.cli import run; sys.exit(run(['help', 'digest']))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Words directly before the quote" in done.stdout


def test_the_reference_is_data_too() -> None:
    text = answer("help", "digest", "-f", "csv")
    assert text.count("\n") > sum(len(fields(part)) for part in PARTS)


def test_the_man_page_is_what_the_commands_give() -> None:
    command = [sys.executable, "-W", "error", "-m", "briefing.cli.help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (MAN_PAGE.read_text(), "")


def test_the_man_page_names_every_command_option_and_topic() -> None:
    program = typer.main.get_command(build(COMMANDS))
    page = man_page(program)
    assert page == MAN_PAGE.read_text()
    plain = page.replace("\\-", "-")
    shared = plain.partition(".SH OPTIONS OF EVERY VIEW")[2].partition(".SH COMMANDS")[0]
    for command in NAMES:
        _, _, section = plain.partition(f".SS {command} [OPTIONS]")
        section = re.split(r"^\.S[SH] ", section, flags=re.MULTILINE)[0]
        told = section.replace("Of the options of every view: all.", shared)
        for option in program.get_command(typer.Context(program), command).params:  # type: ignore[attr-defined]
            if option.param_type_name == "option":
                assert option.opts[0] in told
    assert [heading.lower() for heading in re.findall(r"^\.SH (.*)$", plain, re.MULTILINE)][
        -len(TOPICS) :
    ] == list(TOPICS)


def test_the_man_page_says_the_options_of_every_view_once() -> None:
    page = MAN_PAGE.read_text().replace("\\-", "-")
    for option in ("--where, -w COND", "--since DATE", "--heading-level N", "--pager, --no-pager"):
        assert page.count(f".B {option}") == 1


def manual() -> str:
    """The page as man shows it on 80 columns; a test fails here where groff has something to complain of."""
    places = {"MANWIDTH": "80", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [needs("man"), "--warnings", "-l", str(MAN_PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, env=places, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_man_page_fits_80_columns() -> None:
    assert [line for line in manual().splitlines() if len(line) > 80] == []


def test_man_shows_what_a_person_looks_for() -> None:
    words = " ".join(manual().split())
    for text in (
        "timeline [OPTIONS] [DIGEST]...",
        "--no-header",
        "BRIEFING_PATH",
        "2022-03/..",
        "EXIT-CODES",
    ):
        assert text in words


@pytest.mark.parametrize("name", ["x.docx", "x.PDF", "x.json"])
def test_a_topic_is_not_written_into_what_is_no_text(name: str, tmp_path: Path) -> None:
    result = briefing("help", "formats", "-o", tmp_path / name)
    assert (result.code, result.out) == (2, "")
    assert "a topic is plain text" in result.err
    assert list(tmp_path.iterdir()) == []
    assert briefing("help", "formats", "-o", tmp_path / "x.txt").code == 0
