"""What a run imports: start-up is what a person feels, and none of these gives there what it costs."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.program import DIGESTS, environment
from support.terminal import see_command

pytestmark = pytest.mark.slow

FULL = DIGESTS / "valid" / "full.yaml"
HEAVY = {  # not difflib, which typer imports in any case
    *("csv", "json", "importlib.metadata", "asyncio", "http", "urllib.request", "socket", "ssl"),
    *("logging", "email", "unittest", "xml", "sqlite3", "multiprocessing", "zipfile", "tempfile", "pdb"),
    *("pydantic", "click", "pygments", "markdown_it", "rich", "sentencex"),
}
DATA = {"yaml", "msgspec"}

# Runs the program and then tells the file which modules are there, but those of the interpreter's own start.
PROBE = """
import sys
before = set(sys.modules)
from briefing.cli import run
file, *arguments = sys.argv[1:]
run(arguments)
open(file, "w").write(" ".join(set(sys.modules) - before))
"""


def imported(file: Path, *arguments: object, terminal: bool = False) -> set[str]:
    """The modules that a run of the program has imported by its end."""
    command = [sys.executable, "-P", "-c", PROBE, str(file), *map(str, arguments)]
    if terminal:
        see_command(command, 80, 24, {"TERM": "xterm"})
    else:
        subprocess.run(command, stdout=subprocess.PIPE, env=environment(), timeout=60, check=True)
    return set(file.read_text().split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]], ids=["version", "help"])
def test_help_reads_no_digest(arguments: list[str], tmp_path: Path) -> None:
    assert imported(tmp_path / "modules", *arguments) & (HEAVY | DATA) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["timeline"],
        ["summary"],
        ["stakeholders", FULL],
        ["timeline", "--no-evidence"],
        ["timeline", FULL, "us-el-salvador-2025"],
        ["questions", "-f", "markdown"],
        ["timeline", "-f", "json"],
        ["timeline", "-w", "status=planned", "--since", "2020"],
    ],
    ids=lambda arguments: " ".join(map(str, arguments))[-40:],
)
def test_a_view_in_a_pipe_imports_no_more_than_it_needs(arguments: list[object], tmp_path: Path) -> None:
    modules = imported(tmp_path / "modules", *arguments)
    assert modules & HEAVY == set()
    assert modules >= DATA


def test_a_table_imports_of_rich_what_draws_tables(tmp_path: Path) -> None:
    modules = imported(tmp_path / "modules", "timeline", "--no-pager", terminal=True)
    assert modules & (HEAVY - {"rich"}) == set()
    assert modules >= {"rich.console", "rich.table", "rich.text"}
    others = {"rich.markdown", "rich.syntax", "rich.pretty", "rich.progress", "rich.traceback", "rich.live"}
    assert modules & others == set()


def test_a_command_imports_its_own_view_alone(tmp_path: Path) -> None:
    modules = imported(tmp_path / "modules", "timeline")
    views = {name for name in modules if name.startswith("briefing.views.")}
    assert views == {"briefing.views.timeline", "briefing.views.columns"}
    renderers = {name for name in modules if name.startswith("briefing.render.")}
    assert renderers == {f"briefing.render.{name}" for name in ("markdown", "escaping", "widths")}
