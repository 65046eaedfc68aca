"""The wheel, installed where there is nothing else: what a person gets who has no clone."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

from support.program import BUNDLED, answer, environment

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
