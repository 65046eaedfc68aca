"""The provisions: who owes what to whom."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "text": Show("lead"),
    "type": Show("badge"),
    "agreement": Show("badge", phrase="agreement: {}"),
    "obligor": Show("detail", "Who"),
    "obligee": Show("detail", "To whom"),
    "concerns": Show("detail"),
    "condition": Show("detail"),
    "instrument": Show("detail"),
    "provision": Show("detail"),
}


def view(loaded: Loaded) -> Section:
    """The terms in the digest's own order."""
    return section(loaded, "terms", SHOWS, layout="list")
