"""Each room knows only the rooms below it, and each library has one room."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "briefing"
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = {
    "typer": ["cli/*.py"],
    "rich": ["render/terminal.py", "render/screen.py", "render/voices.py"],
    "yaml": ["reader.py"],
    "msgspec": ["model.py", "loader.py", "render/json_.py"],
    "pypdf": ["documents/pdf.py"],
    "babel": ["texts/language.py", "texts/currencies.py"],
    "text_to_num": ["texts/language.py"],
    "sentencex": ["texts/sentences.py"],
}


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All that a module is made of."""
    return tuple(ast.walk(ast.parse(path.read_text())))


def imports(path: Path) -> Iterator[str]:
    """The top-level package of every import in a module, wherever it stands."""
    for node in nodes(path):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]
            case ast.ImportFrom(level=level):
                assert level == 0, "imports are absolute"


def test_the_layers_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=PACKAGE.parent, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_a_library_is_imported_in_its_room_alone(path: Path) -> None:
    for name in set(imports(path)) - sys.stdlib_module_names - {"briefing"}:
        assert name in ROOMS, f"{name} is no dependency"
        assert any(path.relative_to(PACKAGE).match(room) for room in ROOMS[name]), (
            f"{name} does not belong here"
        )


def test_each_library_is_used() -> None:
    assert {name for path in MODULES for name in imports(path)} >= ROOMS.keys()


def test_there_is_no_catching_of_everything() -> None:
    assert MODULES
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                assert again or caught not in ("", "Exception", "BaseException"), f"{path}:{node.lineno}"


def test_no_function_is_longer_than_a_screen() -> None:
    functions = [
        (path, node) for path in MODULES for node in nodes(path) if isinstance(node, ast.FunctionDef)
    ]
    assert functions
    assert [f"{p.name}:{n.name}" for p, n in functions if (n.end_lineno or 0) - n.lineno >= 40] == []
