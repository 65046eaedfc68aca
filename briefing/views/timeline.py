"""What happened, was announced or is planned, in order of time."""

from briefing import dates
from briefing.document import Column, Section, Show
from briefing.loader import Loaded
from briefing.model import Event
from briefing.views.columns import section
from briefing.wording import within_sentence

_BOUNDS = {"at-latest": "by", "": "by", "at-earliest": "not before", "exactly": "on"}
_REPEATS = {"yearly": "every year", "monthly": "every month", "weekly": "every week"}


def view(loaded: Loaded) -> Section:
    """The timeline in order of time."""
    shows = {
        "date": Show("side", "When", say=lambda event: when(loaded, event)),
        "event": Show("lead", "What happened"),
        "status": Show("badge", quiet=("occurred",)),
        "deadline": Show("badge", say=lambda event: deadline(loaded, event)),
        "repeats": Show("badge", say=_repeats),
        "finding": Show("badge"),
        "date_basis": Show("badge", quiet=("stated",)),
        "condition": Show("under", under="event", phrase="Condition: {}"),
        "actors": Show("under", under="event", phrase="Who: {}", full=True),
        "place": Show("under", under="event", phrase="Where: {}", full=True),
        "date_text": Show("under", under="event", phrase="In the source's words: {}", full=True),
    }
    due = {"deadline": Column("due", lambda event: loaded.due.get(event.id), type="date")}
    return section(loaded, "timeline", shows, rows=in_order(loaded), sort="date", after=due)


def in_order(loaded: Loaded) -> list[Event]:
    """The events by the earliest day that each date or deadline may mean; undated ones come last.

    Those that the dates do not tell apart stay in the digest's own order.
    """

    def order(event: Event) -> tuple[bool, tuple[str, str]]:
        date = loaded.when(event)
        return date is None, date.bounds if date else ("", "")

    return sorted(loaded.digest.timeline, key=order)


def when(loaded: Loaded, event: Event) -> str:
    """The date of an event in words for a narrow column, else the day that its deadline gives."""
    if event.date is not None:
        return dates.short_words(event.date)
    due = loaded.due.get(event.id)
    if due is None or event.deadline is None:
        return "no date given"
    return f"{_BOUNDS[event.deadline.bound]} {dates.short_words(due)}"


def deadline(loaded: Loaded, event: Event) -> str:
    """The time limit of an event in words: `4 years after the treaty enters into force`."""
    if event.deadline is None:
        return ""
    after = within_sentence(loaded.names[event.deadline.of].rstrip("."))
    text = f"{dates.duration_words(event.deadline.within)} after {after}"
    meets = ", ".join(loaded.names.get(id, id) for id in event.deadline.for_)
    return f"{text}, for {meets}" if meets else text


def _repeats(event: Event) -> str:
    if not event.repeats:
        return ""
    return _REPEATS.get(event.repeats) or f"every {dates.duration_words(event.repeats)}"
