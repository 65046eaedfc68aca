"""What the README shows is what the program prints.

In a block marked `console`, a line that starts with `$ ` is a command and what follows is all that it
prints; `...` alone on a line stands for any lines. A block marked `sh` is run where `<!-- run -->`
stands before it.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.program import Run, environment, needs

from briefing.cli.commands import COMMANDS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```console\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
SCRIPTS = re.findall(r"^<!-- run -->\n```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
EXAMPLES = [
    (command, printed)
    for block in BLOCKS
    for command, printed in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a person finds it in a clone."""
    for name in ("data", "seeds", "README.md"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a script with the program on the path, on a screen of 80 columns."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        [needs("bash"), "-o", "pipefail", "-c", script],
        cwd=folder, env=environment({"PATH": path, "COLUMNS": "80"}),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(("command", "printed"), EXAMPLES, ids=[command[:40] for command, _ in EXAMPLES])
def test_a_command_prints_what_the_readme_shows(command: str, printed: str, folder: Path) -> None:
    for program in set(re.findall(r"\| (\w+)", command)) - {"briefing"}:
        needs(program)
    said = shell(command, folder).stdout.decode()
    assert "Traceback" not in said
    if "...\n" in printed.splitlines(keepends=True):
        pattern = re.escape(printed.strip("\n")).replace(r"\.\.\.\n", r"(?:.*\n)*")
        assert re.fullmatch(pattern, said.strip("\n"))
    else:
        assert said.strip("\n") == printed.strip("\n")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_of_the_readme_runs(script: str, folder: Path) -> None:
    done = shell(f"set -e\n{script}", folder)
    assert done.returncode == 0, done.stdout.decode()


def test_the_readme_opens_with_what_it_looks_like() -> None:
    assert EXAMPLES[0][0].startswith("briefing summary")
    assert README.index("```console") < README.index("## Install")


def test_one_command_installs_and_another_tests() -> None:
    """Both are complete as they stand; .ci/run takes the second from below its mark."""
    install = README.partition("## Install")[2].partition("\n## ")[0]
    first, second = re.findall(r"^```sh\n(.*?)^```$", install, re.DOTALL | re.MULTILINE)
    assert re.fullmatch(r"python3 -m venv .*briefing summary\n", first)
    assert re.fullmatch(r"python3 -m venv .*pytest\n", second)
    assert f"<!-- test command -->\n```sh\n{second}```" in install
    assert "<!-- test command -->" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"(?:`|briefing ){name}\b", README)


def test_the_readmes_digest_is_valid_and_complete(run: Run) -> None:
    (digest,) = re.findall(r"^```yaml\n(format: briefing/1\n.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert (ROOT / "tests" / "digests" / "readme" / "lake.yaml").read_text() == digest
    seeds = ROOT / "tests" / "digests" / "readme" / "seeds"
    result = run("check", "--quiet", "--strict", "--seeds", seeds, "-", stdin=digest.encode())
    assert (result.code, result.err) == (0, "")
    named = {step for step in yaml.safe_load(digest) if isinstance(step, str)}
    assert named >= {"instruments", "terms", "timeline", "stakeholders", "figures", "questions", "sources"}


def test_links_of_the_readme_lead_to_files() -> None:
    named = re.findall(r"\]\((?!<?https?:|#)([^)]+)\)", README)
    named += re.findall(r"`((?:tests|data|seeds|\.ci)/[\w./-]*|briefing/[\w/]+\.\w+)`", README)
    named += [f"tests/{name}" for name in re.findall(r"`(test_\w+\.py)`", README)]
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
