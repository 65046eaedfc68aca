"""What a reader should know first, with who says so."""

from briefing.document import Cell, Layout, Ref, Section, Show
from briefing.loader import Loaded
from briefing.model import KeyPoint
from briefing.views.columns import section

SHOWS = {
    "text": Show("lead"),
    "kind": Show("badge"),
    "asserted_by": Show("badge"),
    "likelihood": Show("badge"),
    "confidence": Show("detail"),  # never in one line with likelihood
    "based_on": Show("detail"),
}
BRIEF = {
    "text": Show("lead"),
    "asserted_by": Show("side"),
    "kind": Show("under", under="asserted_by", quiet=("fact", "statement")),
    "likelihood": Show("under", under="asserted_by"),
    "confidence": Show("under", under="asserted_by", phrase="{} confidence"),
    "finding": Show("under", under="asserted_by", part="status", accent=True),
    "note": Show(),
}


def view(loaded: Loaded) -> Section:
    """The key points in the digest's own order, with all that is known of each."""
    return _section(loaded, SHOWS, "list")


def brief(loaded: Loaded) -> Section:
    """The key points for a summary: the sentence, who says so, and a word on what others say."""
    return _section(loaded, BRIEF, "points")


def _section(loaded: Loaded, shows: dict[str, Show], layout: Layout) -> Section:
    def asserted_by(point: KeyPoint) -> Cell:
        said = point.asserted_by or dict.fromkeys(quote.source for quote in loaded.quotes(point))
        return tuple(Ref(id, loaded.names[id]) for id in said)

    return section(loaded, "key_points", shows, layout=layout, cells={"asserted_by": asserted_by})
