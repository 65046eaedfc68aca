"""Which sources are one origin, and what is said of an item, gravest first."""

import pytest

from briefing import loader
from briefing.findings import findings_about, origins, speakers
from briefing.loader import Loaded, Origin

HEAD = """format: briefing/1
id: x
title: X
as_of: 2024
bottom_line: X
key_points: [{id: k, text: A point.}]
"""


def digest(findings: str, sources: str) -> Loaded:
    return loader.parse(f"{HEAD}findings: [{findings}]\nsources: [{sources}]\n".encode(), Origin("x", None))


def source(id: str, more: str = "") -> str:
    return f"{{id: {id}, title: T, kind: primary{more}}}"


def groups(loaded: Loaded) -> list[list[str]]:
    """The sources of each origin."""
    found: dict[str, list[str]] = {}
    for id, origin in origins(loaded.digest).items():
        found.setdefault(origin, []).append(id)
    return sorted(found.values())


def test_an_agency_and_a_common_descent_are_one_origin() -> None:
    sources = [
        source("a", ", agency: Wire"),
        source("b", ", agency: ' wire '"),
        source("c", ", derived_from: b"),
        source("d", ", derived_from: third"),
        source("e", ", derived_from: third"),
        source("third"),
        source("alone"),
    ]
    loaded = digest("", ", ".join(sources))
    assert groups(loaded) == [["a", "b", "c"], ["alone"], ["d", "e", "third"]]


def test_sources_in_a_circle_are_one_origin() -> None:
    loaded = digest("", ", ".join([source("a", ", derived_from: b"), source("b", ", derived_from: a")]))
    assert groups(loaded) == [["a", "b"]]


@pytest.mark.slow
def test_a_long_chain_of_sources_takes_no_time() -> None:
    chain = [source(f"s{n}", f", derived_from: s{n + 1}" if n < 20_000 else "") for n in range(20_001)]
    assert len(groups(digest("", ", ".join(chain)))) == 1


def test_the_gravest_finding_comes_first_and_of_two_that_about_all_of_it() -> None:
    findings = ", ".join(
        f"{{id: {status}-{n}, about: [{about}], status: {status}, text: T}}"
        for status in ("corroborated", "imprecise", "unsupported", "disputed", "contradicted")
        for n, about in enumerate(("{item: k, part: half}", "k"))
    )
    said = findings_about(digest(findings, "").digest)["k"]
    statuses = ["contradicted", "disputed", "unsupported", "imprecise", "corroborated"]
    assert [each.finding.status for each in said[::2]] == statuses
    assert [each.part for each in said] == ["", "half"] * 5


def test_those_involved_confirm_only_in_their_own_words() -> None:
    sources = [
        source("post", ", author: Ana"),
        source("copy", ", derived_from: post").replace("primary", "secondary"),
        source("notice", ", author: A depositary"),
        source("press").replace("primary", "secondary"),
    ]
    cases = {"post": ("Ana",), "post, copy": ("Ana",), "post, press": (), "notice": (), "": ()}
    findings = [
        f"{{id: f{number}, about: [k], status: corroborated, text: T, sources: [{ids}]}}"
        for number, ids in enumerate(cases)
    ]
    findings.append("{id: other, about: [k], status: imprecise, text: T, sources: [post]}")
    text = f"{HEAD}stakeholders: [{{id: ana, name: Ana, kind: person, roles: [party]}}]\n"
    text += f"findings: [{', '.join(findings)}]\nsources: [{', '.join(sources)}]\n"
    found = speakers(loader.parse(text.encode(), Origin("x", None)).digest)
    assert found == {f"f{number}": names for number, names in enumerate(cases.values()) if names}
