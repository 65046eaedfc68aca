"""Who takes part or is affected."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "name": Show("lead", "Who"),
    "kind": Show("under", under="name"),
    "represents": Show("under", under="name", phrase="for {}"),
    "part_of": Show("under", under="name", phrase="part of {}"),
    "roles": Show("side", "Role"),
    "position": Show("side"),
    "position_basis": Show("under", under="position"),
    "interest": Show("wide", "Interest"),
    "influence": Show("under", under="interest", phrase="Influence {}", part="level"),
    "impact": Show("under", under="interest", phrase="Impact {}", part="level"),
}


def view(loaded: Loaded) -> Section:
    """The stakeholders in the digest's own order, which puts the principals first."""
    return section(loaded, "stakeholders", SHOWS)
