"""Every quote of a digest gets exactly one verdict, in whatever form it is written; never silence.

The quotes are counted in the YAML itself, by another parser, so a quote that the loader drops is missed.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.program import Run

from briefing.loader import Origin, examine
from briefing.proof import Proof
from briefing.rules import check

TEXTS = {
    "one.txt": "Article 1\n\n1. The fee is ten crowns, to be paid in May.\n2. The fee is due.\n",
    "two.txt": "The fee is ten crowns. The boat is not for hire, save on Sundays.",
}
WORDS = [
    "The fee is ten crowns",
    "The fee is due",
    "fee",  # more than once
    "The fee [...] in May",
    "The boat […] on Sundays",
    "[t]he fee is ten",
    "The fee [sic] is due",
    "the toll is two crowns",
    "un-\nlawful: # 'quoted' \"words\"",
    "- a dash, [a bracket",
    "5",
]
HEADS: dict[str, dict[str, Any]] = {
    "key_points": {"text": "So."},
    "instruments": {
        "title": "A pact",
        "type": "treaty",
        "bindingness": "binding",
        "status": "signed",
        "parties": [],
    },
    "terms": {"text": "So.", "type": "obligation"},
    "timeline": {"event": "So."},
    "stakeholders": {
        "name": "Ada",
        "kind": "person",
        "roles": ["party"],
        "position": "not-stated",
    },
    "figures": {"label": "Fee", "value": "10"},
    "questions": {"question": "So?", "category": "cost", "why_it_matters": "It costs."},
    "claims": {"text": "So.", "kind": "statement", "asserted_by": "s0"},
    "findings": {"about": ["i0"], "status": "disputed", "text": "Not so."},
    "sources": {"title": "A text", "kind": "primary"},
}
FILES = ["one.txt", "two.txt", "nowhere.txt", "../up.txt", ""]


@st.composite
def quotes(draw: st.DrawFn, sources: int) -> str | dict[str, str]:
    """A quote in one of the forms that evidence may have."""
    words = draw(st.sampled_from(WORDS))
    if draw(st.booleans()):
        return words
    more = {
        "source": st.integers(0, sources - 1).map("s{}".format),
        "prefix": st.sampled_from(["1.", "The", "nothing"]),
        "suffix": st.sampled_from(["is", ".", "nothing"]),
        "locator": st.sampled_from(["Art. 1", "Art. 1(2)", "Art. 9", "¶1", "page 3"]),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(more)), unique=True))
    return {"quote": words, **{name: draw(more[name]) for name in chosen}}


@st.composite
def digests(draw: st.DrawFn) -> dict[str, Any]:
    """A digest with quotes in items of any section."""
    files = draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=3))
    named = [(f"s{n}", {"file": file} if file else {}) for n, file in enumerate(files)]
    sources = [{"id": id, **HEADS["sources"], **file} for id, file in named]
    sections: dict[str, list[dict[str, Any]]] = {
        "key_points": [{"id": "i0", **HEADS["key_points"]}],
        "sources": sources,
    }
    where = draw(st.lists(st.sampled_from(sorted(HEADS)), min_size=1, max_size=6))
    for number, section in enumerate(where, 1):
        item = {"id": f"i{number}", **HEADS[section]}
        if evidence := draw(st.lists(quotes(len(files)), max_size=4)):
            item["evidence"] = evidence
        sections.setdefault(section, []).append(item)
    head = {"format": "briefing/1", "id": "x", "title": "A", "as_of": "2024", "bottom_line": "So it is."}
    return head | sections


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts") / "seeds"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    (folder.parent / "up.txt").write_text("The fee is due.")
    return folder


def counted(text: str) -> list[str]:
    """Every quote of a digest in the order of its items, as PyYAML reads the file."""
    found = []
    for section in yaml.safe_load(text).values():
        for item in section if isinstance(section, list) else []:
            found += [q if isinstance(q, str) else q["quote"] for q in item.get("evidence", [])]
    return found


@given(
    digest=digests(),
    style=st.sampled_from([{}, {"default_flow_style": True}, {"default_style": '"'}, {"width": 20}]),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.slow
def test_every_quote_has_one_verdict_or_the_digest_is_refused(
    digest: dict[str, Any], style: dict[str, Any], seeds: Path
) -> None:
    plain = json.loads(json.dumps(digest))  # nothing is shared, so that there are no aliases
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, **style)
    loaded = examine(text.encode(), Origin("x.yaml", None))
    refused = [problem for problem in loaded.problems if problem.rule == "evidence-source"]
    assert {problem.rule for problem in loaded.problems} <= {"evidence-source"}
    proof = Proof(loaded, seeds)
    assert sorted(cited.quote.quote for cited in proof.cited) == sorted(counted(text))
    assert len({cited.path for cited in proof.cited}) == len(proof.cited)
    assert sum(proof.counts) == len(proof.cited)
    for cited in proof.cited:
        assert (cited.verdict == "proved") == (len(cited.found) == 1)
        assert (cited.verdict == "ambiguous") == (len(cited.found) > 1)
        has_text = proof.text(cited.quote.source) is not None
        assert (cited.verdict == "unchecked") == (not has_text)
    bare = [cited for cited in proof.cited if not cited.quote.source]
    assert len(bare) == len(refused)
    assert {cited.path for cited in bare} == {problem.path for problem in refused}
    # What is not proved is a problem of its own, or its source is named as one.
    said = check(proof)
    heard = {problem.path[:4] for problem in said if problem.rule.startswith("quote-")}
    sources = {problem.path[1] for problem in said if problem.rule.startswith("source-")}
    for cited in proof.cited:
        if cited.verdict in ("missing", "ambiguous"):
            assert cited.path in heard
        elif cited.verdict == "unchecked" and cited.quote.source:
            assert int(cited.quote.source[1:]) in sources


FORMS = [
    "[penguins shall vote]",
    "[{quote: penguins shall vote}]",
    "[{quote: penguins shall vote, locator: Art. 1}]",
    "[{quote: penguins shall vote, prefix: All}]",
]


def digest_with(evidence: str, *files: str) -> bytes:
    sources = "".join(
        f"  - {{id: s{n}, title: A, kind: primary{', file: ' + file if file else ''}}}\n"
        for n, file in enumerate(files)
    )
    head = "format: briefing/1\nid: x\ntitle: A\nas_of: 2024\nbottom_line: So it is.\n"
    return f"{head}key_points:\n  - {{id: k, text: So., evidence: {evidence}}}\nsources:\n{sources}".encode()


@pytest.mark.parametrize("evidence", FORMS)
def test_a_quote_without_a_source_is_looked_up_in_the_only_text(evidence: str, run: Run, seeds: Path) -> None:
    result = run("check", "-", "--seeds", seeds, stdin=digest_with(evidence, "one.txt", ""))
    assert result.code == 1
    assert "error[quote-missing] key_points[0].evidence[0]" in result.out
    assert "penguins shall vote" in result.out


@pytest.mark.parametrize(
    "files", [("one.txt", "two.txt"), ("",), ("", "")], ids=["two", "none", "none of two"]
)
@pytest.mark.parametrize("evidence", FORMS)
@pytest.mark.slow
def test_a_quote_of_nobody_knows_which_source_is_refused(
    evidence: str, files: tuple[str, ...], run: Run, seeds: Path
) -> None:
    for command in (["check", "-"], ["summary", "-"], ["export", "-"], ["show", "k", "-"], ["trace", "-"]):
        result = run(*command, stdin=digest_with(evidence, *files))
        said = result.out if command[0] == "check" else result.err
        assert result.code == 1
        assert "error[evidence-source] key_points[0].evidence[0]" in said
        assert "Traceback" not in result.err
        assert command[0] == "check" or result.out == ""
