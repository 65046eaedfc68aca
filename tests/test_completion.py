"""What real shells complete, with the script that the program gives them."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pytest
from support.program import BUNDLED, DIGESTS, answer, briefing, environment, needs
from support.terminal import see_command

from briefing import loader
from briefing.cli.commands import COMMANDS
from briefing.cli.help import TOPICS
from briefing.model import Event, Question, fields
from briefing.render import FOR_PROBLEMS, FOR_VIEWS
from briefing.rules import LOADING, RULES

pytestmark = pytest.mark.slow

NAMES = [command.name for command in COMMANDS]
FULL = DIGESTS / "valid" / "full.yaml"
QUESTION = [field.name for field in fields(Question)]
EVENT = [field.name for field in fields(Event)]
FORMAT = json.loads(answer("help", "digest", "-f", "json"))
FIELDS = {row["field"] for parts in FORMAT for rows in parts.values() for row in rows}
SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a folder of digests: one by name, one beside it that is broken."""
    library = tmp_path / "library"
    library.mkdir()
    (library / "lake-treaty.yaml").write_bytes(FULL.read_bytes())
    (tmp_path / "broken.yaml").write_bytes(FULL.read_bytes().replace(b"as_of: 2024-03-01", b"as_of: soon"))
    return tmp_path


def surroundings(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A person's environment: a home of their own, the program on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    places = {
        "HOME": home,
        "ZDOTDIR": home,
        "XDG_CONFIG_HOME": home / ".config",
        "BRIEFING_PATH": home / "library",
    }
    named = {name: str(place) for name, place in places.items()}
    return environment({**named, "PATH": path, "PS1": "> ", "TERM": "xterm", **(more or {})})


@cache
def completion(shell: str) -> str:
    """The script that the program gives a shell."""
    return answer(env={"_BRIEFING_COMPLETE": f"source_{shell}"})


def bash(line: str, home: Path, **env: str) -> set[str]:
    """What bash offers when TAB is pressed at the end of a line; nothing may be said meanwhile."""
    # readline takes FIELD=VALUE for three words: that is what COMP_WORDBREAKS holds.
    words = re.findall(r"[^\s=:]+|[=:]+", line) + ([""] if line.endswith(" ") else [])
    script = f"""
        {completion("bash")}
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _briefing_completion briefing
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    command = [needs("bash"), "--norc", "-c", script, "bash", *words]
    done = subprocess.run(
        command, env=surroundings(home, env), cwd=home, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return set(done.stdout.split("\n")) - {""}


def ids(prefix: str, name: str = BUNDLED) -> set[str]:
    return {item.id for _, _, item in loader.load(name).items() if item.id.startswith(prefix)}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("briefing ", {*NAMES}),
        ("briefing t", {name for name in NAMES if name.startswith("t")}),
        ("briefing timeline --s", {"--since", "--sort"}),
        ("briefing timeline ", {BUNDLED, "lake-treaty"}),
        ("briefing timeline la", {"lake-treaty"}),
        ("briefing timeline lake-treaty us", {BUNDLED}),
        ("briefing show kp-", ids("kp-")),
        ("briefing show kp-agreement lake", {"lake-treaty"}),
        ("briefing trace --item q-", ids("q-")),
        ("briefing trace lake-treaty --item kp-", ids("kp-", str(FULL))),
        ("briefing questions -w ", {f"{name}=" for name in QUESTION} | {"finding="}),
        ("briefing questions --where a", {"answer=", "answered_on="}),
        ("briefing questions -w status=", {"open", "partly-answered", "answered", "overtaken"}),
        ("briefing questions -w status=op", {"open"}),
        ("briefing questions --where status=op", {"open"}),
        ("briefing questions -w status=open -w category=legal -w status=a", {"answered"}),
        ("briefing questions lake-treaty -w status=o", {"open", "overtaken"}),
        ("briefing questions -w answer=", set()),
        ("briefing stakeholders -w roles=p", {"party", "payer"}),
        ("briefing stakeholders -w influence=", {"low", "medium", "high"}),
        ("briefing timeline --fields ", {*EVENT, "due", "finding"}),
        ("briefing timeline --fields date,ev", {"date,event", "date,evidence"}),
        (
            "briefing timeline --fields date,",
            {f"date,{name}" for name in (*EVENT, "due", "finding") if name != "date"},
        ),
        ("briefing timeline --sort pl", {"place"}),
        ("briefing timeline --color ", {"auto", "always", "never"}),
        ("briefing timeline -f j", {"json", "jsonl"}),
        ("briefing check -f ", {"auto", *(each.name for each in (*FOR_VIEWS, *FOR_PROBLEMS))}),
        ("briefing check --rule ", {*RULES, *LOADING}),
        ("briefing search x --section t", {"terms", "timeline"}),
        ("briefing search x --section terms,", set()),
        ("briefing export --sections terms,t", {"terms,timeline"}),
        ("briefing help exit-", {"exit-codes"}),
        ("briefing help timel", {"timeline"}),
        ("briefing help ", {*TOPICS, "digest", *NAMES, *FIELDS}),
    ],
)
def test_bash_completes(line: str, wanted: set[str], home: Path) -> None:
    assert bash(line, home) == wanted


@pytest.mark.parametrize("command", ["search x", "list", "trace"])
def test_fields_of_what_is_no_view_complete_too(command: str, home: Path) -> None:
    names = {"search x": "section", "list": "problems", "trace": "sentence"}
    assert f"{names[command]}=" in bash(f"briefing {command} -w ", home)
    assert names[command] in bash(f"briefing {command} --fields ", home)


@pytest.mark.parametrize(
    "line", ["briefing show ", "briefing trace --item ", "briefing trace broken.yaml --item "]
)
@pytest.mark.parametrize("digest", ["broken.yaml", "nowhere.yaml", "."])
def test_a_broken_digest_offers_nothing_and_says_nothing(line: str, digest: str, home: Path) -> None:
    assert bash(line, home, BRIEFING_DIGEST=digest) == set()


@pytest.mark.parametrize(
    "name",
    ["$(id)", "-rf", "a b", "a;b", "`id`", "\x1b[31m", "a\nb", "a'b", "é", "::error::x", "##[x]", "A", "a.b", "a--b", "*", "~", "a\u202eb"],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_slug_is_not_offered(name: str, home: Path) -> None:
    (home / "library" / f"{name}.yaml").write_bytes(FULL.read_bytes())
    assert bash("briefing timeline ", home) == {BUNDLED, "lake-treaty"}


@pytest.mark.parametrize(
    "env",
    [
        {"COMP_CWORD": "abc"}, {"COMP_CWORD": "²"}, {"COMP_CWORD": "-5"}, {"COMP_CWORD": "9" * 5000}, {"COMP_CWORD": ""}, {},
        {"COMP_CWORD": "99", "COMP_WORDS": "briefing"}, {"COMP_WORDS": ""}, {"COMP_CWORD": "٣", "COMP_WORDS": "briefing\nt"},
        {"COMP_CWORD": "1", "COMP_WORDS": "briefing\n'"}, {"COMP_CWORD": "2", "COMP_WORDS": "briefing\nshow\n\\"},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_a_shell_that_hands_over_anything_gets_no_traceback(kind: str, env: dict[str, str]) -> None:
    result = briefing(env={"_BRIEFING_COMPLETE": f"complete_{kind}", **env})
    assert (result.err, result.code in (0, 1)) == ("", True)


def pressed(shell: str, start: list[str], lines: list[str], home: Path) -> list[str]:
    """What stands on the line after TAB, in a shell that a person types into."""
    # Ctrl-A, echo: the line that was completed is printed and not run.
    typed = "".join(
        [*(f"{line}\n" for line in [f"cd '{home}'", *start]), *(f"{line}\t\x01echo \n" for line in lines)]
    )
    command = [needs(shell), *{"bash": ["--norc", "-i"], "zsh": ["-f", "-i"]}[shell]]
    seen = see_command(command, 200, 50, surroundings(home), f"{typed}exit\n".encode())
    assert seen.code == 0
    found = [line for line in seen.lines if line.startswith("briefing ")]
    return found[-len(lines) :]


STARTS = {
    "bash": ['eval "$(briefing --show-completion)"'],
    "zsh": ['autoload -U compinit; compinit -u -D; eval "$(briefing --show-completion)"'],
}
PRESSED = {
    "briefing timel": "briefing timeline",
    "briefing timeline --unt": "briefing timeline --until",
    "briefing timeline lake": "briefing timeline lake-treaty",
    "briefing timeline ./bro": "briefing timeline ./broken.yaml",
    "briefing show q-cit": "briefing show q-citizens",
    "briefing questions -w cat": "briefing questions -w category=",
    "briefing questions -w status=op": "briefing questions -w status=open",
    "briefing timeline --fields date,eve": "briefing timeline --fields date,event",
    "briefing check --rule bottom": "briefing check --rule bottom-line-long",
}


@pytest.mark.parametrize("shell", STARTS)
def test_tab_completes_the_line(shell: str, home: Path) -> None:
    assert pressed(shell, STARTS[shell], list(PRESSED), home) == list(PRESSED.values())


def fish(lines: Iterable[str], home: Path, start: str = "") -> list[set[str]]:
    """What fish offers at the end of each line, without the descriptions beside it."""
    script = f"{start}\nfor line in $argv; complete -C $line; echo; end"
    command = [needs("fish"), *(["--no-config"] if start else []), "-c", script, *lines]
    done = subprocess.run(
        command, env=surroundings(home), cwd=home, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [
        {offer.partition("\t")[0] for offer in each.splitlines()}
        for each in done.stdout.strip().split("\n\n")
    ]


OFFERED = {
    "briefing time": {"timeline"},
    "briefing timeline --s": {"--since", "--sort"},
    "briefing timeline la": {"lake-treaty"},
    "briefing timeline ./bro": {"./broken.yaml"},
    "briefing show kp-": ids("kp-"),
    "briefing questions -w a": {"answer=", "answered_on="},
    "briefing questions -w status=o": {"status=open", "status=overtaken"},
    "briefing timeline --fields date,ev": {"date,event", "date,evidence"},
    "briefing check --rule bottom": {"bottom-line-long"},
}


def test_fish_completes(home: Path) -> None:
    assert fish(OFFERED, home, completion("fish")) == list(OFFERED.values())


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_can_be_installed(shell: str, home: Path) -> None:
    # The shell stays while the program runs: that is how the program knows which one it is.
    command = [needs(shell), "-c", "briefing --install-completion; echo done"]
    done = subprocess.run(
        command, env=surroundings(home), cwd=home, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{shell} completion installed" in done.stdout
    if shell == "fish":
        assert fish(["briefing questions -w status=op"], home) == [{"status=open"}]
        return
    start = {"bash": ["source ~/.bashrc"], "zsh": ["source ~/.zshrc"]}[shell]
    # Typer's script for zsh only gets ready on the first TAB of a session; so the first line does not count.
    lines = ["briefing timel", "briefing questions -w status=op"]
    assert pressed(shell, start, lines, home)[-1] == "briefing questions -w status=open"
