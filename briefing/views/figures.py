"""The numbers that the source gives."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "label": Show("lead", "Figure"),
    "qualifier": Show("side", "Hedge"),
    "value": Show("side"),
    "upper": Show("under", under="value", phrase="to {}"),
    "unit": Show("side"),
    "date": Show("side", "When"),
    "asserted_by": Show("side", "Who says so"),
}


def view(loaded: Loaded) -> Section:
    """The figures in the digest's own order."""
    return section(loaded, "figures", SHOWS)
