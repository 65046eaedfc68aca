"""What other sources say of the items, gravest first."""

from briefing.document import Section, Show
from briefing.findings import STATUSES
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "text": Show("lead", "Finding"),
    "status": Show("badge"),
    "about": Show("detail"),
    "sources": Show("detail"),
    "checked": Show("detail"),
}


def view(loaded: Loaded) -> Section:
    """The findings, gravest first, and otherwise in the digest's own order."""
    rows = sorted(loaded.digest.findings, key=lambda finding: STATUSES.index(finding.status))
    return section(loaded, "findings", SHOWS, rows=rows, layout="list")
