"""The wheel, installed where there is nothing else: what a person gets who has no clone."""

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from support.program import BUNDLED, answer, environment

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


def run(*command: object, cwd: Path) -> str:
    """Run a command that has to succeed, and return what it prints."""
    kept = {name: value for name, value in environment().items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=kept, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode()


def test_the_wheel_works_anywhere(tmp_path: Path) -> None:
    """One test, so that the wheel is built and installed once."""
    wheels, place, elsewhere = tmp_path / "wheels", tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", wheels, ROOT, cwd=elsewhere)
    (wheel,) = wheels.iterdir()
    assert wheel.name.startswith("briefing_cli-")

    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    for folder in ("data", "seeds"):
        for path in (ROOT / folder).iterdir():
            assert inside[f"briefing/bundled/{folder}/{path.name}"] == path.read_bytes()
    assert "briefing/py.typed" in inside
    assert not [name for name in inside if name.startswith("tests")]
    (licence,) = [name for name in inside if name.endswith(".dist-info/licenses/LICENSE")]
    assert inside[licence] == (ROOT / "LICENSE").read_bytes()
    (metadata,) = [inside[name].decode() for name in inside if name.endswith(".dist-info/METADATA")]
    assert re.search(r"^License(-Expression)?: MIT$", metadata, re.MULTILINE)
    assert "Classifier: Programming Language :: Python :: 3.11\n" in metadata

    venv.create(place, with_pip=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=elsewhere)
    installed = run(programs / "python", "-m", "pip", "list", "--format", "freeze", cwd=elsewhere)
    assert "briefing-cli==" in installed
    assert not [
        line for line in installed.splitlines() if line.startswith(("pytest", "hypothesis", "cmarkgfm"))
    ]

    program = programs / "briefing"
    assert run(program, "summary", cwd=elsewhere) == answer("summary")
    assert run(program, "timeline", cwd=elsewhere) == answer("timeline")
    assert run(program, "export", BUNDLED, cwd=elsewhere) == answer("export")
    assert run(program, "check", "--strict", cwd=elsewhere) == ""
    assert run(program, "--help", cwd=elsewhere) == answer("--help")
    assert run(programs / "python", "-m", "briefing", "--version", cwd=elsewhere) == answer("--version")
    assert list(elsewhere.iterdir()) == []


BUILD = "import sys; from hatchling.build import build_sdist; build_sdist(sys.argv[1])"


def test_the_source_distribution_has_the_licence_and_the_tests(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    done = subprocess.run([sys.executable, "-c", BUILD, tmp_path], cwd=ROOT, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    (path,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "tests/conftest.py"}
    for folder in ("data", "seeds"):
        assert {f"{folder}/{each.name}" for each in (ROOT / folder).iterdir()} <= names


def test_what_is_for_contributors_names_no_path_of_one_machine() -> None:
    """And every file of the project that it names is there."""
    folder = ROOT / ".github"
    texts = {path: path.read_text() for path in folder.rglob("*") if path.is_file()}
    assert {path.name for path in texts} >= {"CONTRIBUTING.md", "SECURITY.md", "ci.yml"}
    for path, text in texts.items():
        assert not re.search(r"(?<![\w.])/(?:home|Users|root|tmp|work|opt|mnt)/|[A-Z]:\\\\", text), path
        for name in re.findall(r"`((?:briefing|tests|data|seeds|\.ci)/[\w./-]*)`", text):
            assert "NAME" in name or (ROOT / name).exists(), f"{path.name}: {name}"
