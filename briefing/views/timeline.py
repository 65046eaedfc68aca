"""What happened, was announced or is planned, in order of time."""

from briefing.document import Cell, Column, Section, Show
from briefing.loader import Loaded
from briefing.model import Event
from briefing.views.columns import section

SHOWS = {
    "date": Show("side", "When"),
    "due": Show("under", under="date", phrase="due {}"),
    "date_basis": Show("under", under="date", phrase="{} date", quiet=("stated",)),
    "status": Show("under", under="date", quiet=("occurred",)),
    "event": Show("lead", "What happened"),
    "deadline": Show("under", under="event", phrase="Deadline: {}"),
    "repeats": Show("under", under="event", phrase="Repeats: {}"),
    "condition": Show("under", under="event", phrase="Condition: {}"),
    "actors": Show("side", "Who"),
    "place": Show("under", under="actors", phrase="Place: {}"),
}


def view(loaded: Loaded) -> Section:
    """The timeline by the earliest day that each date or deadline may mean; undated events come last."""

    def order(event: Event) -> tuple[bool, tuple[str, str], str]:
        when = loaded.when(event)
        return when is None, when.bounds if when else ("", ""), event.id

    def due(event: Event) -> Cell:
        return loaded.due.get(event.id)

    events = sorted(loaded.digest.timeline, key=order)
    after = {"deadline": Column("due", due, SHOWS["due"], "date")}
    return section(loaded, "timeline", SHOWS, rows=events, sort="date", after=after)
