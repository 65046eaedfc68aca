"""The upshot on one screen: what it is, how sure, the key points with who says so, and counts."""

from collections import Counter
from operator import attrgetter

from briefing.document import Cell, Column, Record, Section, Show
from briefing.findings import STATUSES
from briefing.loader import Loaded
from briefing.model import Digest
from briefing.views import key_points


def view(loaded: Loaded) -> Section:
    """One row: the digest's head, the state of its first instrument, its key points and counts."""
    columns = (
        Column("format", attrgetter("format")),
        Column("id", attrgetter("id")),
        Column("title", attrgetter("title"), Show("lead")),
        _of_instrument("status", "{}"),
        _of_instrument("bindingness", "bindingness: {}"),
        _of_instrument("text_status", "text: {}"),
        Column("as_of", attrgetter("as_of"), Show("badge", phrase="as of {}"), "date"),
        Column("language", attrgetter("language")),
        Column("bottom_line", attrgetter("bottom_line"), Show("body")),
        Column("key_points", lambda _: key_points.brief(loaded), Show("section"), "section"),
        Column("counts", lambda _: _counts(loaded), Show("tally"), "record"),
        Column("findings", lambda _: _statuses(loaded), Show("tally"), "record"),
    )
    order = tuple(column.name for column in columns)
    return Section("summary", "Summary", columns, (loaded.digest,), "card", order, ("digest", "digests"))


def head(loaded: Loaded) -> Section:
    """The summary without what a whole briefing tells anyway."""
    summary = view(loaded)
    columns = tuple(column for column in summary.columns if column.name not in ("key_points", "counts"))
    return summary._replace(columns=columns)


def _of_instrument(name: str, phrase: str) -> Column:
    """A field of the digest's first instrument, which is its subject."""

    def cell(digest: Digest) -> Cell:
        value: str = getattr(digest.instruments[0], name) if digest.instruments else ""
        return value

    return Column(name, cell, Show("badge", phrase=phrase))


def _counts(loaded: Loaded) -> Record:
    digest = loaded.digest
    counts = {
        "instruments": len(digest.instruments),
        "terms": len(digest.terms),
        "events": len(digest.timeline),
        "stakeholders": len(digest.stakeholders),
        "figures": len(digest.figures),
        "claims": len(digest.claims),
        "findings": len(digest.findings),
        "sources": len(digest.sources),
        "questions": len(digest.questions),
        "open questions": sum(question.status in ("open", "") for question in digest.questions),
    }
    return Record(tuple(counts.items()))


def _statuses(loaded: Loaded) -> Record:
    """How many findings contradict, confirm, and so on."""
    found: Counter[str] = Counter(finding.status for finding in loaded.digest.findings)
    return Record(tuple((status, found[status]) for status in STATUSES))
