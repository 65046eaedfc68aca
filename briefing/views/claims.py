"""What is said, by whom, kept apart from what is so."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "text": Show("lead"),
    "asserted_by": Show("badge"),
    "kind": Show("badge"),
    "date": Show("badge"),
    "finding": Show("badge"),
    "actors": Show("detail", "About"),
}


def view(loaded: Loaded) -> Section:
    """The claims in the digest's own order."""
    return section(loaded, "claims", SHOWS, layout="list")
