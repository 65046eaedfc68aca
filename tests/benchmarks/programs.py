"""What is timed: ours, the peers that are found, and the floor that both stand on."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from measure import Way, inside, into_pipe, on_terminal

HERE = Path(__file__).resolve().parent
S = HERE.parents[1] / "data" / "us-el-salvador-2025.yaml"
PYTHON = sys.executable
BRIEFING = str(Path(sys.executable).parent / "briefing")
LIBRARIES = ("briefing-cli", "typer", "PyYAML", "msgspec", "rich", "sentencex")

# The names by which targets.py finds what was measured.
TIMELINE = "briefing timeline"
ON_TERMINAL = "briefing timeline, on a terminal"
VERSION = "briefing --version"
IMPORTS = 'python -I -c "import typer, yaml, msgspec"'
IMPORTS_RICH = "the same and rich.table, rich.console"
TRIVIAL = "a trivial Typer app with as many commands"
JINJA = "jinja2-cli, a template"
NUSHELL = "nushell ‡"
TIMELINE_M, TIMELINE_L = "briefing timeline, M", "briefing timeline, L"
BARE = "the same, --no-evidence: what the peers print"
TIMELINE_M_DRAWN, TIMELINE_L_DRAWN = (
    "briefing timeline, M, on a terminal",
    "briefing timeline, L, on a terminal",
)
KEEPS_NOTHING = "L, -w with a text that no event holds"
LIMITED = "L, --limit 10"
NARROWED = {
    "L, -w with a text that every event holds": ("-w", "event~noted."),
    "L, --since and --until around everything": ("--since", "1900", "--until", "2100"),
    "L, --sort event": ("--sort", "event"),
}
MANY = "briefing timeline, 1,000 digests"
READ_MANY = "reading them alone, parser events †"
CHECK = "briefing check, every rule"
CHECK_QUOTES = "briefing check, the two rules for quotes"
CHECK_PART = "the same, a quarter of both"


@dataclass(frozen=True)
class Case:
    """One command whose time is taken, beside others of its group."""

    name: str
    command: tuple[str, ...]
    way: Way = into_pipe
    slow: bool = False
    """Takes a minute at L: run there once."""


@dataclass(frozen=True)
class Peer:
    """A program that people use for the same work today."""

    name: str
    command: Callable[[str], tuple[str, ...]]
    """From a digest's path to the command that prints its timeline."""
    versions: tuple[tuple[str, ...], ...]
    """Commands that print versions; the peer is there when all of them succeed."""
    looks: str = ""
    """What the first version must look like, where two programs share a name."""
    slow: bool = False


def _with(*words: str, script: str) -> Callable[[str], tuple[str, ...]]:
    return lambda digest: (*words, str(HERE / "peers" / script), digest)


def _pandoc(digest: str) -> tuple[str, ...]:
    template = str(HERE / "peers" / "timeline.pandoc")
    return (
        "pandoc",
        "--metadata-file",
        digest,
        "--template",
        template,
        "--wrap=none",
        "-t",
        "gfm",
        os.devnull,
    )


def _yq(digest: str) -> tuple[str, ...]:
    return ("yq", "-r", (HERE / "peers" / "timeline.jq").read_text(), digest)


PEERS = (
    Peer(
        "plain script, yaml.CSafeLoader", _with(PYTHON, script="plain.py"), ((PYTHON, "-c", "import yaml"),)
    ),
    Peer("yq (Python) and jq", _yq, (("yq", "--version"), ("jq", "--version")), looks=r"yq \d"),
    Peer(JINJA, _with("jinja2", "--format", "yaml", script="timeline.md.j2"), (("jinja2", "--version"),)),
    Peer("pandoc, metadata and template ‡", _pandoc, (("pandoc", "--version"),), slow=True),
    Peer(
        "gojq --yaml-input",
        _with("gojq", "--yaml-input", "-r", "-f", script="timeline.jq"),
        (("gojq", "--version"),),
    ),
    Peer(NUSHELL, _with("nu", "--no-config-file", script="timeline.nu"), (("nu", "--version"),)),
    Peer(
        "node, js-yaml",
        _with("node", script="timeline.js"),
        (("node", "--version"), ("node", "-p", "'js-yaml ' + require('js-yaml/package.json').version")),
    ),
)


@dataclass(frozen=True)
class Bench:
    """What a session of measuring works with."""

    inputs: Path
    environment: Mapping[str, str]
    peers: Mapping[str, str]
    """The peers that are there, by name, with their versions."""
    commands: int
    """How many commands `briefing` has."""

    def input(self, name: str) -> str:
        return str(self.inputs / name)


def environment(folders: list[Path]) -> dict[str, str]:
    """This process's environment, with the peers' folders in front and without what changes the output."""
    unwanted = re.compile("BRIEFING_|PYTHON|NO_COLOR|FORCE_COLOR|COLUMNS|LINES|COMPLETE|PAGER")
    kept = {name: value for name, value in os.environ.items() if not unwanted.match(name)}
    programs = [place for folder in folders for place in _programs(folder)]
    modules = [folder / "node_modules" for folder in folders]
    kept["PATH"] = os.pathsep.join([*map(str, programs), os.environ.get("PATH", os.defpath)])
    kept["NODE_PATH"] = os.pathsep.join([*map(str, modules), os.environ.get("NODE_PATH", "")])
    return kept | {"TERM": "xterm-256color", "PAGER": "cat"}  # nobody is there to leave a pager


def _programs(folder: Path) -> Iterator[Path]:
    """Where programs lie below a folder. The npm package `nushell` starts its binary through node: go past it."""
    yield from (folder, folder / "bin", folder / "usr" / "bin")
    yield from folder.glob("node_modules/@nushell/*/bin")


def found(environment: Mapping[str, str]) -> dict[str, str]:
    """The peers that are installed, with their versions."""
    versions = {peer.name: _versions(peer, environment) for peer in PEERS}
    return {name: version for name, version in versions.items() if version is not None}


def _versions(peer: Peer, environment: Mapping[str, str]) -> str | None:
    lines = []
    for program, *rest in peer.versions:
        path = shutil.which(program, path=environment["PATH"])
        if path is None:
            return None
        code, said = _said([path, *rest], environment)
        if code:
            return None
        lines.append(said.partition("\n")[0])
    return ", ".join(lines) if re.match(peer.looks, lines[0]) else None


def _said(command: list[str], environment: Mapping[str, str]) -> tuple[int, str]:
    """Exit code and output, on whichever stream: jinja2-cli says its version on stderr."""
    asked = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    return asked.returncode, asked.stdout.strip()


def libraries() -> dict[str, str]:
    """The versions of ours and of what it stands on."""
    installed = {}
    for name in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            installed[name] = metadata.version(name)
    return installed


def count_commands(environment: Mapping[str, str]) -> int:
    """How many commands `briefing --help` names below its options, framed or not."""
    _, printed = _said([BRIEFING, "--help"], environment)
    return len(
        set(re.findall(r"^(?:│ |  )([a-z][a-z-]*)(?= |$)", printed.partition("Options")[2], re.MULTILINE))
    )


def groups(bench: Bench) -> dict[str, list[Case]]:
    """Every group of cases by name; each is measured interleaved and compared within itself."""
    return {
        "start": _start(bench),
        "medium": _medium(bench),
        "large": _large(bench),
        "terminal": [Case(TIMELINE_M_DRAWN, (BRIEFING, "timeline", bench.input("m.yaml")), on_terminal)],
        "stream": _stream(bench),
        "many": _many(bench),
        "check": _check(bench),
    }


def _start(bench: Bench) -> list[Case]:
    imports = "import typer, yaml, msgspec"
    trivial = (PYTHON, str(HERE / "peers" / "trivial.py"), str(bench.commands), "view-0")
    return [
        Case(TIMELINE, (BRIEFING, "timeline")),
        Case(ON_TERMINAL, (BRIEFING, "timeline"), on_terminal),
        Case(VERSION, (BRIEFING, "--version")),
        Case("python -I -c pass", (PYTHON, "-I", "-c", "pass")),
        Case(IMPORTS, (PYTHON, "-I", "-c", imports)),
        Case(IMPORTS_RICH, (PYTHON, "-I", "-c", f"{imports}, rich.table, rich.console")),
        Case(TRIVIAL, trivial),
        *_peers(bench, str(S)),
        *_reading(str(S)),
    ]


def _medium(bench: Bench) -> list[Case]:
    digest = bench.input("m.yaml")
    ours = (BRIEFING, "timeline", digest)
    return [
        Case(TIMELINE_M, ours),
        Case(BARE, (*ours, "--no-evidence")),
        *_peers(bench, digest),
        *_reading(digest),
    ]


def _large(bench: Bench) -> list[Case]:
    digest = bench.input("l.yaml")
    ours = (BRIEFING, "timeline", digest)
    return [
        Case(TIMELINE, (BRIEFING, "timeline")),
        Case(TIMELINE_M, (BRIEFING, "timeline", bench.input("m.yaml"))),
        Case(TIMELINE_L, ours),
        Case(BARE, (*ours, "--no-evidence")),
        Case(LIMITED, (*ours, "--limit", "10")),
        Case(KEEPS_NOTHING, (*ours, "-w", "event~no such words")),
        *(Case(name, (*ours, *options)) for name, options in NARROWED.items()),
        *_peers(bench, digest),
        *_reading(digest),
    ]


def _stream(bench: Bench) -> list[Case]:
    command = (BRIEFING, "timeline", bench.input("l.yaml"))
    return [Case(TIMELINE_L, command), Case(TIMELINE_L_DRAWN, command, on_terminal)]


def _many(bench: Bench) -> list[Case]:
    digests = sorted(str(path) for path in (bench.inputs / "many").glob("*.yaml"))
    return [
        Case(TIMELINE, (BRIEFING, "timeline")),
        Case(MANY, (BRIEFING, "timeline", *digests)),
        *_reading(*digests, what="them"),
    ]


def _check(bench: Bench) -> list[Case]:
    rules = ("--rule", "quote-missing", "--rule", "quote-ambiguous")
    return [
        Case(TIMELINE, (BRIEFING, "timeline")),
        Case(CHECK, (BRIEFING, "check", bench.input("check.yaml"))),
        Case(CHECK_QUOTES, (BRIEFING, "check", *rules, bench.input("check.yaml"))),
        Case(CHECK_PART, (BRIEFING, "check", *rules, bench.input("check-part.yaml"))),
    ]


def _peers(bench: Bench, digest: str) -> list[Case]:
    return [
        Case(peer.name, peer.command(digest), slow=peer.slow) for peer in PEERS if peer.name in bench.peers
    ]


def _reading(*digests: str, what: str = "it") -> list[Case]:
    scripts = {"parser events": "read_events.py", "yaml.CSafeLoader": "read_csafe.py"}
    return [
        Case(f"reading {what} alone, {name} †", (PYTHON, str(HERE / "peers" / script), *digests), inside)
        for name, script in scripts.items()
    ]
