"""The JSON Schema: a copy in `data/`, kept equal; what passes and what it refuses."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from support.program import INVALID, VALID, Run, answer

from briefing.schema import schema, text

ROOT = Path(__file__).parent.parent
COPY = ROOT / "data" / "briefing-1.schema.json"
DIGESTS = [*VALID, *sorted((ROOT / "data").glob("*.yaml"))]


class _Loader(yaml.CSafeLoader):
    """YAML as an editor types it; a date stays text, as JSON has none."""


_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: str(node.value))


def typed(data: str) -> Any:
    return yaml.load(data, Loader=_Loader)


def test_the_copy_is_what_the_program_prints(run: Run) -> None:
    assert run("schema") == (0, COPY.read_text(), "")


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_every_valid_digest_passes(path: Path) -> None:
    for data in (typed(path.read_text()), yaml.load(path.read_text(), Loader=yaml.CBaseLoader)):
        assert [error.message for error in Draft202012Validator(schema()).iter_errors(data)] == []


@pytest.mark.slow
def test_they_pass_another_validator(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [program, "--schemafile", COPY, *DIGESTS], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


REFUSED = {
    path.stem
    for path in INVALID
    if path.stem.startswith(("bad-", "missing-key", "unknown-key", "unknown-word", "unknown-section", "empty-text",
                             "keys-where", "list-where", "nothing-where", "text-where", "id-where"))
    and path.stem != "bad-indentation"
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_not_the_format_is_refused(name: str) -> None:
    path = next(path for path in INVALID if path.stem == name)
    assert not Draft202012Validator(schema()).is_valid(typed(path.read_text()))


SAMPLE = (ROOT / "tests" / "digests" / "valid" / "full.yaml").read_text()
# Not "", which the program lets pass for a word that may be left out. Not null: to the program that is the word "null", and the schema refuses what is left empty.
PUT: tuple[Any, ...] = (
    "x",
    "A B",
    "2025",
    "-1",
    "1.5",
    "yes",
    "2025-13",
    "http://x",
    [],
    {},
    ["x"],
    {"x": "y"},
)


@pytest.mark.slow
def test_what_it_refuses_the_program_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing import loader
    from briefing.problem import InvalidDigest

    validator = Draft202012Validator(schema())
    file = tmp_path / "x.json"
    data = yaml.load(SAMPLE, Loader=yaml.CBaseLoader)
    compared = 0
    for number, (holder, key) in enumerate(_places(data)):
        kept = holder[key]
        for put in PUT[number % 6 :: 6]:
            holder[key] = put
            if not validator.is_valid(data):
                file.write_text(json.dumps(data))
                with pytest.raises(InvalidDigest):
                    loader.load(str(file))
                compared += 1
        holder[key] = kept
    assert compared > 100


def _places(data: Any) -> Any:
    """Every value of the first item of each section."""
    for key, value in data.items():
        yield data, key
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict):
            yield from _places(first)


def test_an_editor_says_in_words_what_a_field_wants() -> None:
    """Where a value does not match, editors show this in place of the pattern."""
    for part in (schema(), *schema()["$defs"].values()):
        for field in part["properties"].values():
            one = field.get("items", field)
            for each in one.get("anyOf", (one,)):
                assert ("patternErrorMessage" in each) == ("pattern" in each)
    duration = schema()["$defs"]["Deadline"]["properties"]["within"]
    assert duration["patternErrorMessage"] == "Not a duration, such as P4Y, P6M or P180D."
    said = schema()["$defs"]["Claim"]["properties"]["asserted_by"]["description"]
    assert said.endswith("An id in stakeholders or sources, or digest.")


def test_every_field_says_what_it_means() -> None:
    assert answer("schema") == text()
    for part in schema()["$defs"].values():
        assert part["description"]
