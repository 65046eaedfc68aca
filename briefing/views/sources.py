"""The texts that the digest draws on."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "title": Show("lead", "Source"),
    "url": Show("under", under="title"),
    "file": Show("under", under="title", phrase="File: {}"),
    "derived_from": Show("under", under="title", phrase="Derived from: {}"),
    "publisher": Show("side"),
    "author": Show("under", under="publisher"),
    "agency": Show("under", under="publisher", phrase="agency: {}"),
    "published": Show("side"),
    "accessed": Show("under", under="published", phrase="read {}"),
    "kind": Show("side"),
}


def view(loaded: Loaded) -> Section:
    """The sources in the digest's own order."""
    return section(loaded, "sources", SHOWS)
