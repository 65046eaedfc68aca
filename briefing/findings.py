"""What other sources say of the items of a digest, and how independent those sources are."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from briefing.model import Digest, Finding, Item, Quote

STATUSES = ("contradicted", "disputed", "unsupported", "imprecise", "corroborated")
"""The outcomes of a comparison, gravest first."""


class Said(NamedTuple):
    """A finding about one item."""

    finding: Finding
    part: str
    """Which part of the item it is about; nothing where it is about all of it."""


def findings_about(digest: Digest) -> dict[str, tuple[Said, ...]]:
    """The findings about each item, by the item's id: gravest first, then those about all of it."""
    found: dict[str, list[Said]] = {}
    for finding in digest.findings:
        for id, part in items_of(finding):
            found.setdefault(id, []).append(Said(finding, part))
    return {id: tuple(sorted(said, key=_gravity)) for id, said in found.items()}


def items_of(finding: Finding) -> list[tuple[str, str]]:
    """The ids of the items that a finding is about, each with the part of it; nothing: all of it."""
    return [(each, "") if isinstance(each, str) else (each.item, each.part) for each in finding.about]


def _gravity(said: Said) -> tuple[int, bool]:
    status = said.finding.status
    return STATUSES.index(status) if status in STATUSES else len(STATUSES), bool(said.part)


def origins(digest: Digest) -> dict[str, str]:
    """For each source the id of one that stands for its origin.

    Sources of one agency are one origin, and so are those that descend from one another, or from a third.
    """
    leader = {source.id: source.id for source in digest.sources}

    def find(id: str) -> str:
        while leader[id] != id:
            leader[id] = leader[leader[id]]  # the next look is shorter
            id = leader[id]
        return id

    first_of_agency: dict[str, str] = {}
    for source in digest.sources:
        if source.agency:
            agency = " ".join(source.agency.casefold().split())
            leader[find(source.id)] = find(first_of_agency.setdefault(agency, source.id))
        if source.derived_from in leader:
            leader[find(source.id)] = find(source.derived_from)
    return {id: find(id) for id in leader}


def origins_of(finding: Finding, origin_of: Mapping[str, str]) -> frozenset[str]:
    """The origins of a finding's sources."""
    return frozenset(origin_of[id] for id in finding.sources if id in origin_of)


def own_origins(item: Item, origin_of: Mapping[str, str], main: str = "") -> set[str]:
    """The origins of the sources that an item itself rests on: those of its quotes."""
    ids = {quote.source if isinstance(quote, Quote) and quote.source else main for quote in item.evidence}
    return {origin_of[id] for id in ids if id in origin_of}


def speakers(digest: Digest) -> dict[str, tuple[str, ...]]:
    """For each corroboration, by its id, that rests only on the words of those involved: who they are."""
    sources = {source.id: source for source in digest.sources}
    involved = {stakeholder.name for stakeholder in digest.stakeholders}

    def speaker(id: str) -> str:
        source = sources[id]
        said = sources.get(source.derived_from, source)
        return said.author if said.kind == "primary" and said.author in involved else ""

    found = {}
    for finding in digest.findings:
        if finding.status == "corroborated" and finding.sources:
            names = dict.fromkeys(speaker(id) if id in sources else "" for id in finding.sources)
            if all(names):
                found[finding.id] = tuple(names)
    return found


def confirms_nothing(finding: Finding, theirs: Collection[str], own: Collection[str]) -> bool:
    """Whether a corroboration comes from the item's own origin, or from a single one.

    `theirs` are the origins of the finding's sources, `own` those of the item. An item with quotes needs
    one other origin; one without needs two.
    """
    if finding.status != "corroborated":
        return False
    others = len(theirs) - sum(origin in theirs for origin in own)
    return others < (1 if own else 2)
