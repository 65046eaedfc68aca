"""What is not known, why it matters and who can answer."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "question": Show("lead"),
    "category": Show("badge"),
    "status": Show("badge"),
    "finding": Show("badge"),
    "why_it_matters": Show("detail"),
    "law": Show("detail", "The law", say=lambda question: "; ".join(law.citation for law in question.law)),
    "answer": Show("detail", "So far"),
    "answered_on": Show("detail"),
    "who_can_answer": Show("detail", "Who can answer"),
    "settled_by": Show("detail", "What would settle it"),
    "related": Show("detail", "See", full=True),
}


def view(loaded: Loaded) -> Section:
    """The questions in the digest's own order, which puts the weightiest first."""
    return section(loaded, "questions", SHOWS, layout="list")
