"""What a reader should know first, with who says so."""

from collections.abc import Mapping

from briefing.document import Layout, Section, Show
from briefing.loader import Loaded
from briefing.views.columns import asserted_by, section

BRIEF = {
    "text": Show("lead"),
    "asserted_by": Show("badge"),
    "kind": Show("badge", quiet=("fact", "statement")),
    "likelihood": Show("badge"),
    "finding": Show("badge"),
}
SHOWS = {
    **BRIEF,
    "kind": Show("badge"),
    "confidence": Show("detail"),  # never in one line with likelihood
    "based_on": Show("detail", "Based on"),
}


def view(loaded: Loaded) -> Section:
    """The key points in the digest's own order, with all that is known of each."""
    return _section(loaded, SHOWS, "list")


def brief(loaded: Loaded) -> Section:
    """The key points for a summary: the sentence, who says so, and a word on what others say."""
    return _section(loaded, BRIEF, "points")


def _section(loaded: Loaded, shows: Mapping[str, Show], layout: Layout) -> Section:
    cells = {"asserted_by": asserted_by(loaded)}
    return section(loaded, "key_points", shows, layout=layout, cells=cells)
