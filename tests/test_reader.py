"""YAML text becomes plain data: the scalars as they stand, and a place for whatever is refused."""

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing import reader
from briefing.problem import InvalidDigest, Problem
from briefing.reader import read, survey
from briefing.texts.marks import excess_marks

PLAIN = st.characters(
    exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029\u0085"
)
TEXT = st.text(PLAIN, max_size=20).filter(
    lambda text: not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" for c in text)
)
DATA = st.recursive(
    TEXT,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXT.filter(lambda k: k != "<<"), inner, max_size=4)
    ),
    max_leaves=20,
)


def problems(text: str) -> list[Problem]:
    try:
        _, found = reader.read(text.encode())
    except InvalidDigest as error:
        return list(error.problems)
    return found


@given(st.dictionaries(TEXT.filter(lambda key: key != "<<"), DATA, min_size=1))
@pytest.mark.slow
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    """Any tree of texts, lists and keys, written by PyYAML with all texts in quotes, comes back the same."""
    text = yaml.dump(data, default_style='"', allow_unicode=True, Dumper=_Plain)
    assert reader.read(text.encode()) == (data, [])


class _Plain(yaml.SafeDumper):
    """Writes no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@pytest.mark.parametrize(
    "scalar",
    [
        *("NO", "no", "yes", "on", "off", "true", "null", "~", "Null"),
        *(
            "12:30",
            "1.10",
            "1_000",
            "0o14",
            "0x1F",
            "1e3",
            ".inf",
            "+1",
            "2022-03",
            "2023",
            "2025-02-03",
            "=",
            "<",
        ),
    ],
)
def test_a_scalar_stays_the_text_that_was_written(scalar: str) -> None:
    assert reader.read(f"key: {scalar}\nlist: [{scalar}]".encode()) == ({"key": scalar, "list": [scalar]}, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("key: |\n  one\n   two\n\n  three\n", "one\n two\n\nthree\n"),
        ("key: >-\n  one\n  two\n\n  three\n", "one two\nthree"),
        ('key: "a\\tb\\nc\\u00e9\\x41 \\"q\\""\n', 'a\tb\ncéA "q"'),
        ("key: 'it''s'\n", "it's"),
        ("key:\n", ""),
        ("key: a # comment\n", "a"),
        ("\ufeffkey: a\n", "a"),
        ("---\nkey: a\n...\n", "a"),
        ("key: a\r\n", "a"),
        ("key: 100%TAG\n", "100%TAG"),
        ("key: a\n  %TAG b\n", "a %TAG b"),
        ("key: e" + "\u0301" * 30 + "\n", "e" + "\u0301" * 30),
    ],
)
def test_every_way_to_write_a_text(text: str, value: str) -> None:
    assert reader.read(text.encode()) == ({"key": value}, [])


# What is refused: the rule, the line and column, how wide the place is, and the path.
REFUSED = [
    ("a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1, 1), ("a",)),
    ("x:\n  - {k: 1, k: 2}\n", "duplicate-key", (2, 12, 1), ("x", 0, "k")),
    ("a: &x 1\n", "anchor", (1, 4, 4), ("a",)),
    ("a: [1, *x]\n", "alias", (1, 8, 2), ("a", 1)),
    ("a: !!int 1\n", "tag", (1, 4, 7), ("a",)),
    ("a: !x [1]\n", "tag", (1, 4, 4), ("a",)),
    ("a: ! x\n", "tag", (1, 4, 3), ("a",)),
    ("a:\n  <<: {b: 1}\n", "merge-key", (2, 3, 2), ("a", "<<")),
    ("a: 1\n---\nb: 2\n", "syntax", (2, 1, 3), ()),
    ("? [a]\n: b\n", "syntax", (1, 3, 1), ()),
    ("a:\n\t- b\n", "syntax", (2, 1, 1), ()),
    ("é: ñ: x\n", "syntax", (1, 5, 1), ()),
    ('a: "\\e[2J"\n', "control-character", (1, 4, 7), ("a",)),
    ('a: "\\0"\n', "control-character", (1, 4, 4), ("a",)),
    ('a: "\\x9b"\n', "control-character", (1, 4, 6), ("a",)),
    ('a: "\\u202e"\n', "control-character", (1, 4, 8), ("a",)),
    ("a: x\u2066y\n", "control-character", (1, 4, 3), ("a",)),
    ("漢字: x\x1by\n", "control-character", (1, 6, 1), ()),
    ('a: "e' + "\\u0301" * 31 + '"\n', "syntax", (1, 4, 189), ("a",)),
    ("a: [x, e" + "\u0301" * 31 + "]\n", "syntax", (1, 8, 32), ("a", 1)),
    ("e" + "\u0301\u0316" * 16 + ": x\n", "syntax", (1, 1, 33), ("e" + "\u0301\u0316" * 16,)),
    ("%TAG !x! tag:x\n---\na: 1\n", "syntax", (1, 1, 1), ()),
    ("a: 1\n%YAML 1.2\n---\nb: 1\n", "syntax", (2, 1, 1), ()),
    ("é: 1\n...\n# c\n%TAG ! x\n---\nb: 1\n", "syntax", (4, 1, 1), ()),
    ("a: " + "[" * 40, "syntax", (1, 35, 1), ("a", *[0] * 31)),
]


@pytest.mark.parametrize(("text", "rule", "place", "path"), REFUSED, ids=[text[:12] for text, *_ in REFUSED])
def test_what_is_refused_has_its_place(
    text: str, rule: str, place: tuple[int, int, int], path: tuple[Any, ...]
) -> None:
    (problem,) = problems(text)
    assert problem.rule == rule
    assert problem.place is not None
    assert (problem.place.line, problem.place.column, problem.place.width) == place
    assert problem.place.excerpt == text.split("\n")[problem.place.line - 1]
    assert problem.path == path


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_lines_are_counted_as_yaml_ends_them(end: str) -> None:
    (problem,) = problems(f"a: 1{end}b: 2{end}  {end}漢: &x 1{end}")
    assert problem.place is not None
    assert problem.place == (4, 4, 4, "漢: &x 1")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str) -> None:
    with pytest.raises(InvalidDigest) as caught:
        reader.read("\ufeffa: 1\n".encode(encoding))
    assert [problem.message for problem in caught.value.problems] == ["UTF-16 text"]


def test_every_refusal_is_reported_at_once() -> None:
    found = problems('a: &x 1\nb: *x\nc: !t 2\na: 3\nd: "\\e"\n')
    assert [(p.rule, p.place.line) for p in found if p.place] == [
        ("anchor", 1), ("alias", 2), ("tag", 3), ("duplicate-key", 4), ("control-character", 5),
    ]  # fmt: skip


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_hundred_thousand_levels_do_no_harm(opening: str) -> None:
    assert problems(opening * 100_000)


def test_thirty_two_levels_are_enough_and_thirty_three_too_many() -> None:
    assert problems("[" * 32 + "]" * 32) == []
    assert [problem.message for problem in problems("[" * 33 + "]" * 33)] == ["nested deeper than 32 levels"]


def test_a_flood_of_aliases_is_refused_and_not_multiplied() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert {problem.rule for problem in problems(f"l0: &l0 x\n{levels}")} == {"anchor", "alias"}


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 10)
    assert problems("a: 1234567") == []
    assert [problem.message for problem in problems("a: 12345678")] == ["larger than 128 MiB"]


def brute(text: str) -> int:
    """The first letter with more than thirty marks, found the slow way."""
    match = re.search(r"(?s)(.?)[\u0300-\u036f\uff9e]{31}", text)
    return match.start() if match else -1


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 34))))
def test_every_run_of_marks_is_found(parts: list[tuple[int, int]]) -> None:
    text = "".join(
        "漢a"[plain % 2] * plain + "\u0301\u0316\uff9e"[plain % 3] * marks for plain, marks in parts
    )
    found = excess_marks(text)
    assert (found >= 0) == (brute(text) >= 0)
    if found >= 0:
        assert re.match(r"(?s).?[\u0300-\u036f\uff9e]{31}", text[found:])


def test_json_with_characters_beyond_the_basic_plane_is_read() -> None:
    plain = {"a": "\U0001f600 and \U0001f1f8\U0001f1fb", "b": ["\\ud83d", "x\\"], "c": {"d": "\\\U0001f600"}}
    for indent in (None, 2):
        value, problems = read(json.dumps(plain, indent=indent).encode())
        assert (value, problems) == (plain, [])


def test_places_in_json_are_those_of_the_file() -> None:
    text = json.dumps({"a": "\U0001f600\U0001f600", "b": "x", "z": "\U0001f600"})
    text = text.replace('"z"', '"a"')
    value, (problem,) = read(text.encode())
    assert value["a"] == "\U0001f600\U0001f600"
    assert problem.rule == "duplicate-key"
    assert problem.place is not None
    assert problem.place.column == text.rindex('"a"') + 1
    assert problem.place.width == 3
    _, spots = survey(text.encode(), [("a",), ("b",)])
    start = text.index('"b"') + 5
    assert (spots["b",].value.column, spots["b",].value.width) == (start + 1, 3)
    assert (spots["a",].value.column, spots["a",].value.width) == (7, 26)


def test_half_a_pair_in_json_is_refused() -> None:
    for half in (r"\ud83d", r"\ude00", r"\ude00\ud83d"):
        with pytest.raises(InvalidDigest):
            read(b'{"a": "' + half.encode() + b'"}')
