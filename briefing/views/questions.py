"""What is not known, why it matters and who can answer."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "question": Show("lead"),
    "category": Show("badge"),
    "status": Show("badge"),
    "why_it_matters": Show("detail"),
    "who_can_answer": Show("detail"),
    "law": Show("detail"),
    "settled_by": Show("detail", "What would settle it"),
    "answer": Show("detail"),
    "answered_on": Show("detail"),
    "related": Show("detail", "See"),
}


def view(loaded: Loaded) -> Section:
    """The questions in the digest's own order."""
    return section(loaded, "questions", SHOWS, layout="list")
