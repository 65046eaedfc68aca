"""The texts that the digest draws on."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "title": Show("lead", "Source"),
    "kind": Show("badge"),
    "publisher": Show("side"),
    "published": Show("side"),
    "url": Show("under", under="title"),
    "agency": Show("under", under="publisher", phrase="Agency: {}"),
    "author": Show("under", under="publisher", full=True),
    "derived_from": Show("under", under="title", phrase="Derived from: {}"),
    "file": Show("under", under="title", phrase="Text: {}", full=True),
    "original": Show("under", under="title", phrase="Taken from: {}", full=True),
    "omitted": Show("under", under="title", phrase="Left out: {}", full=True),
    "archived": Show("under", under="title", phrase="Kept copy: {}", full=True),
    "language": Show("under", under="title", phrase="Language: {}", full=True),
    "accessed": Show("under", under="published", phrase="read {}", full=True),
}


def view(loaded: Loaded) -> Section:
    """The sources in the digest's own order."""
    return section(loaded, "sources", SHOWS)
