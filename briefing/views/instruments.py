"""The agreements and other acts, as far as they are known."""

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section

SHOWS = {
    "title": Show("lead"),
    "type": Show("badge", phrase="type: {}"),
    "status": Show("badge"),
    "bindingness": Show("badge", phrase="bindingness: {}"),
    "text_status": Show("badge", phrase="text: {}"),
    "parties": Show("detail"),
    "bindingness_basis": Show("detail", "Bindingness"),
    "announced": Show("detail"),
    "signed": Show("detail"),
    "in_force": Show("detail"),
    "entry_into_force": Show("detail", "Entry into force"),
    "duration": Show("detail"),
    "exit": Show("detail"),
    "legal_basis": Show("detail"),
    "depositary": Show("detail"),
    "signatories": Show("detail"),
    "amends": Show("detail"),
    "supersedes": Show("detail"),
    "implements": Show("detail"),
    "authentic_languages": Show("detail", "Authentic languages"),
    "status_as_of": Show("detail", "Status as of"),
}


def view(loaded: Loaded) -> Section:
    """The instruments in the digest's own order, which puts the subject first."""
    return section(loaded, "instruments", SHOWS, layout="list")
