"""What other sources say of the items, gravest first."""

from typing import Any

from briefing.document import Section, Show
from briefing.findings import STATUSES
from briefing.loader import Loaded
from briefing.model import About
from briefing.views.columns import section


def view(loaded: Loaded) -> Section:
    """The findings, gravest first, and otherwise in the digest's own order."""
    shows = {
        "text": Show("lead", "Finding"),
        "status": Show("badge"),
        "sources": Show("detail", say=lambda finding: _sources(loaded, finding)),
        "about": Show("detail", say=lambda finding: about(loaded, finding)),
        "checked": Show("detail", full=True),
    }
    rows = sorted(loaded.digest.findings, key=lambda finding: STATUSES.index(finding.status))
    found = section(loaded, "findings", shows, layout="list", rows=rows)
    return found._replace(others={"finding": "status"})  # as every other view calls it


def about(loaded: Loaded, finding: Any) -> str:
    """The items that a finding is about, each with the part of it."""
    named = []
    for each in finding.about:
        id, part = (each.item, each.part) if isinstance(each, About) else (each, "")
        named.append(f"{loaded.names.get(id, id)}{part and f' ({part})'}")
    return "; ".join(named)


def _sources(loaded: Loaded, finding: Any) -> str:
    """The sources of a finding, and from how many origins they come where those are fewer."""
    named = ", ".join(loaded.names.get(id, id) for id in finding.sources)
    count = len({loaded.origins.get(id, id) for id in finding.sources})
    if count >= len(finding.sources):
        return named
    return f"{named} ({'one origin' if count == 1 else f'{count} independent origins'})"
