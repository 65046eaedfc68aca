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

    events = sorted(loaded.digest.timeline, key=order)
    found = section(loaded, "timeline", Event, events, SHOWS, noun=("event", "events"), sort="date")
    return found._replace(columns=_with_due(loaded, found.columns))


def _with_due(loaded: Loaded, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with the date that each deadline gives."""

    def due(event: Event) -> Cell:
        return loaded.due.get(event.id)

    after = next(n for n, column in enumerate(columns) if column.name == "deadline") + 1
    return (*columns[:after], Column("due", due, SHOWS["due"], "date"), *columns[after:])
