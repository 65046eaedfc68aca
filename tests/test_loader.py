"""Any bytes give a digest or its problems and nothing else, and a problem names the right line."""

import re
from functools import cache
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.program import DIGESTS

from briefing import loader
from briefing.loader import Loaded, Origin
from briefing.problem import InvalidDigest, Problem
from briefing.render.excerpts import report

ORIGIN = Origin("x", None)
FULL = (DIGESTS / "valid" / "full.yaml").read_text()
SMALL = (DIGESTS / "valid" / "required-only.yaml").read_text()

# What could mean something in YAML, or in the format, at any place.
PIECES = st.sampled_from(
    [
        *(
            "\n",
            " ",
            "  ",
            "\t",
            ":",
            ": ",
            "- ",
            "? ",
            ",",
            "[",
            "]",
            "{",
            "}",
            "#",
            " #",
            "&a",
            "*a",
            "!",
            "!!str",
            "!<x>",
        ),
        *(
            "|",
            ">",
            "|2",
            ">-",
            "'",
            '"',
            "%",
            "@",
            "`",
            "---",
            "...",
            "<<",
            "~",
            "\\",
            '"\\e"',
            '"\\ud800"',
            '"\\0"',
            "\\x",
        ),
        *("\r", "\x85", "\u2028", "\ufeff", "\x00", "\x1b", "\x7f", "\u202e", "\U0001f642", "é", "\ufffe"),
        *(
            "id",
            "id: x",
            "format: briefing/1",
            "timeline",
            "evidence",
            "null",
            "2025",
            "99999999999999999999",
            "-",
            "..",
            "/",
        ),
    ]
)
YAMLISH = st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)


def outcome(data: bytes) -> Loaded | tuple[Problem, ...]:
    """What comes of these bytes; anything but a digest or problems fails the test."""
    try:
        return loader.parse(data, ORIGIN)
    except InvalidDigest as error:
        found = error.problems
    lines = list(report(found))
    assert found
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "".join(lines))
    assert all(line.startswith(("x:", " ", "…")) for line in lines)
    return found


@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\x00")
@example(b"[" * 10_000)
@example(b"a: " + b"9" * 10_000)
def test_any_bytes(data: bytes) -> None:
    outcome(data)


@given(YAMLISH)
def test_any_text_that_looks_like_yaml(text: str) -> None:
    outcome(text.encode(errors="surrogatepass"))


@given(YAMLISH)
def test_any_text_below_the_head_of_a_digest(text: str) -> None:
    outcome(SMALL.partition("timeline:")[0].encode() + text.encode(errors="surrogatepass"))


@given(st.integers(0, len(FULL)), st.integers(0, 30), PIECES | st.text(max_size=5))
@pytest.mark.slow
def test_any_change_of_a_digest(start: int, length: int, text: str) -> None:
    outcome((FULL[:start] + text + FULL[start + length :]).encode(errors="surrogatepass"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "x", ""]), inner),
    max_leaves=5,
)


@given(st.data(), VALUES)
@pytest.mark.slow
def test_any_value_at_any_place(data: st.DataObject, value: Any) -> None:
    digest = yaml.load(SMALL, Loader=yaml.CBaseLoader)
    part = data.draw(
        st.sampled_from([digest, *(digest[name][0] for name in digest if isinstance(digest[name], list))])
    )
    part[data.draw(st.sampled_from([*part, "evidence", "deadline", "about", "law", "tags", "note"]))] = value
    outcome(yaml.safe_dump(digest, allow_unicode=True).encode(errors="surrogatepass"))


# Places.


class Spot(NamedTuple):
    """A scalar of the bundled digest."""

    start: int
    end: int
    line: int
    column: int
    path: tuple[str | int, ...]
    key: bool


def _scalars(node: Any, path: tuple[str | int, ...], key: bool = False) -> list[Spot]:
    if isinstance(node, yaml.MappingNode):
        return [
            spot
            for name, value in node.value
            for below in [(*path, name.value)]
            for spot in (*_scalars(name, below, key=True), *_scalars(value, below))
        ]
    if isinstance(node, yaml.SequenceNode):
        return [spot for number, value in enumerate(node.value) for spot in _scalars(value, (*path, number))]
    start, end = node.start_mark, node.end_mark
    return [Spot(start.index, end.index, start.line + 1, start.column + 1, path, key)]


@cache
def bundled() -> tuple[str, list[Spot]]:
    """The text of the bundled digest, and every scalar in it, as PyYAML's composer finds them."""
    text = (loader.data_folder() / "us-el-salvador-2025.yaml").read_text()
    return text, _scalars(yaml.compose(text, Loader=yaml.SafeLoader), ())


def kinds_of_place() -> dict[str, Spot]:
    """One value for each field of the format at any depth, in a digest that has them all."""
    found: dict[str, Spot] = {}
    for spot in _scalars(yaml.compose(FULL, Loader=yaml.CSafeLoader), ()):
        if not spot.key:
            found.setdefault(".".join(step if isinstance(step, str) else "[]" for step in spot.path), spot)
    return found


PLACES = kinds_of_place()


def test_the_scalars_of_the_digest_are_found() -> None:
    text, spots = bundled()
    assert len(spots) > 1000
    assert text[spots[0].start : spots[0].end] == "format"


@settings(max_examples=50)
@given(st.data())
@pytest.mark.slow
def test_a_control_character_is_placed_wherever_it_stands(data: st.DataObject) -> None:
    text, spots = bundled()
    spot = data.draw(st.sampled_from(spots))
    found = outcome(_replaced(text, spot, '"\\e"').encode())
    assert not isinstance(found, Loaded)
    (problem,) = [problem for problem in found if problem.rule == "control-character"]
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (spot.line, spot.column)
    assert spot.key or problem.path == spot.path


@pytest.mark.parametrize("wrong", ["{}", "[]", '"\\e"'])
@pytest.mark.parametrize("name", PLACES)
@pytest.mark.slow
def test_a_wrong_value_is_placed_in_every_field(name: str, wrong: str) -> None:
    spot = PLACES[name]
    found = outcome(_replaced(FULL, spot, wrong).encode())
    assert not isinstance(found, Loaded)
    assert (spot.line, spot.column, spot.path) in [
        (problem.place.line, problem.place.column, problem.path) for problem in found if problem.place
    ]


def _replaced(text: str, spot: Spot, by: str) -> str:
    """The text with another scalar there; what spans several lines ends in one line break again."""
    return text[: spot.start] + by + ("\n" if text[spot.end - 1] == "\n" else "") + text[spot.end :]


def test_problems_are_in_order_of_place() -> None:
    text, _ = bundled()
    found = outcome(text.replace("kind: ", "kind: x").replace("date: ", "date: x").encode())
    assert not isinstance(found, Loaded)
    places = [(problem.place.line, problem.place.column) for problem in found if problem.place]
    assert len(places) == len(found) > 40
    assert places == sorted(places)


# References: a field that holds an id, and what an id that nobody has gives there.
REFERENCES = [
    ("key_points", "asserted_by", "[{}]"), ("key_points", "based_on", "[{}]"),
    ("instruments", "parties", "[{}]"), ("instruments", "signatories", "[{{person: {}, for: ada-quill}}]"),
    ("instruments", "signatories", "[{{person: ada-quill, for: {}}}]"),
    ("terms", "instrument", "{}"), ("terms", "obligor", "[{}]"), ("terms", "obligee", "[{}]"),
    ("timeline", "actors", "[{}]"), ("stakeholders", "represents", "{}"),
    ("stakeholders", "relations", "[{{type: ally, target: {}}}]"),
    ("figures", "asserted_by", "{}"), ("questions", "who_can_answer", "[{}]"), ("questions", "related", "[{}]"),
    ("claims", "asserted_by", "{}"), ("claims", "actors", "[{}]"), ("sources", "derived_from", "{}"),
    ("claims", "evidence", "[{{source: {}, quote: x}}]"),
    ("findings", "sources", "[{}]"), ("findings", "about", "[{}]"), ("findings", "about", "[{{item: {}, part: x}}]"),
    ("instruments", "depositary", "{}"), ("instruments", "amends", "[{}]"), ("instruments", "supersedes", "[{}]"),
    ("instruments", "implements", "[{}]"), ("terms", "concerns", "[{}]"), ("stakeholders", "part_of", "{}"),
    ("timeline", "deadline", "{{within: P1Y, of: {}}}"),
    ("timeline", "deadline", "{{within: P1Y, of: dispute, for: [{}]}}"),
    ("questions", "law", "[{{citation: x, source: {}}}]"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "field", "value"), REFERENCES)
@pytest.mark.slow
def test_an_id_that_nobody_has_is_a_problem_wherever_it_stands(section: str, field: str, value: str) -> None:
    data = yaml.load(FULL, Loader=yaml.CBaseLoader)
    data[section][0][field] = yaml.safe_load(value.format("nobody"))
    found = outcome(yaml.safe_dump(data, sort_keys=False, allow_unicode=True).encode())
    assert not isinstance(found, Loaded)
    (problem,) = found
    assert problem.rule == "reference"
    assert problem.path[:3] == (section, 0, field)
    assert '"nobody"' in problem.message


# What `check` gets of a digest that is not sound.


def examined(text: str) -> Loaded:
    return loader.examine(text.encode(), ORIGIN)


def test_what_is_sound_is_kept_beside_what_is_wrong() -> None:
    text = SMALL.partition("timeline:")[0] + (
        "timeline:\n"
        "  - only words\n"
        "  - {id: a, date: 2025-13, event: It rains., evidence: [{source: x, quote: rain}], colour: red}\n"
        "  - {id: b, date: 2025, event: It snows., actors: [{}, nobody]}\n"
        "sources: [{id: x, title: X, kind: primary, file: x.txt}]\n"
    )
    text = text.replace("sources: []\n", "")
    loaded = examined(text)
    assert [event.id for event in loaded.digest.timeline] == ["a", "b"]
    assert [quote.quote for quote in loaded.quotes(loaded.digest.timeline[0])] == ["rain"]
    assert {(p.rule, p.path) for p in loaded.problems if p.path[0] == "timeline"} == {
        ("type", ("timeline", 0)),
        ("date", ("timeline", 1, "date")),
        ("unknown-key", ("timeline", 1, "colour")),
        ("type", ("timeline", 2, "actors", 0)),
        ("reference", ("timeline", 2, "actors", 1)),
    }
    assert all(problem.place for problem in loaded.problems)


def test_rules_find_the_place_of_what_is_kept_and_say_nothing_of_what_was_refused() -> None:
    loaded = examined(
        SMALL.partition("claims:")[0] + "claims: [x, {id: a, kind: x, asserted_by: somebody, text: y}]\n"
    )
    found = loaded.located(
        [Problem("r", "m", ("claims", 0, "text")), Problem("r", "m", ("claims", 0, "kind"))]
    )
    assert [problem.path for problem in found] == [("claims", 1, "text")]
    assert found[0].place is not None


@pytest.mark.parametrize("evidence", ["pays a fee", "{quote: pays a fee}"])
@pytest.mark.parametrize("files", [0, 1, 2])
def test_a_quote_without_a_source_is_from_the_only_one_with_a_file(evidence: str, files: int) -> None:
    sources = "".join(f"  - {{id: s{n}, title: T, kind: primary, file: {n}.txt}}\n" for n in range(files))
    text = SMALL.partition("timeline:")[0].replace("sources: []\n", "")
    text += f"figures: [{{id: f, label: Fee, value: 1, evidence: [{evidence}]}}]\n"
    text += f"sources:\n{sources}" if files else "sources: []\n"
    loaded = examined(text)
    found = [problem.path for problem in loaded.problems if problem.rule == "evidence-source"]
    assert found == ([] if files == 1 else [("figures", 0, "evidence", 0)])
    assert files != 1 or loaded.quotes(loaded.digest.figures[0])[0].source == "s0"


CUT = [
    ("title: The fee # not small", "title"),
    ("title: Item #1 of the list", "title"),
    ("title: 'The fee' # not small", ""),
    ('title: "The fee # not small"', ""),
    ("title: Item#1", ""),
    ("# a comment\ntitle: x", ""),
    ("title: |\n  The fee # not small", ""),
]


@pytest.mark.parametrize(("line", "path"), CUT)
def test_a_comment_that_cuts_a_text_short_is_a_warning(line: str, path: str) -> None:
    text = re.sub("(?m)^title: .*$", lambda _: line, SMALL)
    found = examined(text).problems
    assert [problem.path for problem in found] == ([(path,)] if path else [])
    assert all(problem.rule == "comment-cuts-text" and problem.severity == "warning" for problem in found)
    loader.parse(text.encode(), ORIGIN)  # no view minds


def test_a_comment_after_a_word_or_a_date_is_only_a_comment() -> None:
    assert not examined(re.sub("(?m)^(as_of|id|format): (.*)$", r"\1: \2 # as agreed", SMALL)).problems
