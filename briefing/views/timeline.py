"""What happened, was announced or is planned, in order of time."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "date": Show("side", "When"),
    "date_basis": Show("under", under="date", phrase="{} date", quiet=("stated",)),
    "status": Show("under", under="date", quiet=("occurred",)),
    "event": Show("lead", "What happened"),
    "actors": Show("side", "Who"),
    "place": Show("under", under="actors", phrase="Place: {}"),
}


def view(loaded: Loaded) -> Section:
    """The timeline, sorted by the earliest day that each date may mean."""
    events = sorted(loaded.digest.timeline, key=lambda event: (event.date.bounds, event.id))
    return section(loaded, "timeline", SHOWS, rows=events, sort="date")
