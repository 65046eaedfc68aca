"""Who takes part or is affected, and how."""

from typing import Any

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section


def _how(who: Any) -> str:
    """How it is affected; of one that is not, how it can shape the outcome."""
    judged = who.impact or who.influence
    return judged.rationale if judged else ""


SHOWS = {
    "name": Show("lead", "Who"),
    "roles": Show("badge"),
    "finding": Show("badge"),
    "position": Show("side"),
    "impact": Show("wide", "How", say=_how),
    "kind": Show("under", under="name", full=True),
    "represents": Show("under", under="name", phrase="For {}", full=True),
    "part_of": Show("under", under="name", phrase="Part of {}", full=True),
    "position_basis": Show("under", under="position", full=True),
    "interest": Show("under", under="impact", phrase="Interest: {}", full=True),
    "influence": Show("under", under="impact", phrase="Influence: {}", full=True),
    "relations": Show("under", under="impact", phrase="Relations: {}", full=True),
}


def view(loaded: Loaded) -> Section:
    """The stakeholders in the digest's own order, which puts the principals first."""
    return section(loaded, "stakeholders", SHOWS)
