"""The agreements and other acts, as far as they are known."""

from typing import Any

from briefing import dates
from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.views.columns import section


def _duration(instrument: Any) -> str:
    text: str = instrument.duration
    return dates.duration_words(text) if text.startswith("P") and text[1:2].isdigit() else text


SHOWS = {
    "title": Show("lead"),
    "type": Show("badge"),
    "status": Show("badge"),
    "bindingness": Show("badge"),
    "text_status": Show("badge"),
    "finding": Show("badge"),
    "parties": Show("detail"),
    "bindingness_basis": Show("detail", "Legal force"),
    "announced": Show("detail"),
    "signed": Show("detail"),
    "signatories": Show("detail"),
    "in_force": Show("detail", "In force"),
    "entry_into_force": Show("detail", "Entry into force"),
    "duration": Show("detail", say=_duration),
    "exit": Show("detail", "Ways out"),
    "legal_basis": Show("detail", "Legal basis"),
    "depositary": Show("detail"),
    "amends": Show("detail"),
    "supersedes": Show("detail", "Replaces"),
    "implements": Show("detail"),
    "authentic_languages": Show("detail", "Authentic languages", full=True),
    "status_as_of": Show("detail", "Status as of", full=True),
}


def view(loaded: Loaded) -> Section:
    """The instruments in the digest's own order, which puts the subject first."""
    return section(loaded, "instruments", SHOWS, layout="list")
