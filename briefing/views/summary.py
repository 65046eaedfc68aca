"""The upshot on one screen: what it is, the bottom line, the key points with who says so, and counts."""

from collections import Counter
from operator import attrgetter
from typing import Any

from briefing import dates
from briefing.document import Cell, Column, Record, Section, Show
from briefing.findings import STATUSES
from briefing.loader import Loaded
from briefing.model import Digest, Instrument
from briefing.views import key_points
from briefing.views.columns import part_of
from briefing.wording import sentence_case
from briefing.words import phrases


def view(loaded: Loaded) -> Section:
    """One row: the digest's head, the state of its first instrument, its key points and counts."""
    columns = (
        Column("format", attrgetter("format")),
        Column("id", attrgetter("id")),
        Column("title", attrgetter("title"), Show("lead")),
        Column("short", attrgetter("short")),
        _of_instrument("status", Show("badge", say=_status)),
        _of_instrument("bindingness"),
        _of_instrument("text_status"),
        Column("as_of", attrgetter("as_of"), Show("badge", phrase="as of {}"), "date"),
        Column("language", attrgetter("language")),
        Column("bottom_line", attrgetter("bottom_line"), Show("body")),
        Column("key_points", lambda _: key_points.brief(loaded), Show("section"), "section"),
        Column(
            "counts",
            lambda _: _counts(loaded),
            Show("tally", say=_counted(loaded)),
            "record",
            parts=_named(_counts(loaded)),
        ),
        Column(
            "outcomes",
            lambda _: _statuses(loaded),
            Show("tally", say=_found(loaded)),
            "record",
            parts=_named(_statuses(loaded)),
        ),
    )
    order = tuple(column.name for column in columns)
    return Section(
        "summary", "Summary", columns, (loaded.digest,), "card", order, ("digest", "digests"), inner="key_points"
    )  # fmt: skip


def head(loaded: Loaded) -> Section:
    """The summary without what a whole briefing tells anyway."""
    summary = view(loaded)
    columns = tuple(
        column for column in summary.columns if column.name not in ("key_points", "counts", "outcomes")
    )
    return summary._replace(columns=columns, inner="")


def _of_instrument(name: str, show: Show | None = None) -> Column:
    """A field of the digest's first instrument, which is its subject."""

    def cell(digest: Digest) -> Cell:
        value: str = getattr(digest.instruments[0], name) if digest.instruments else ""
        return value

    words = phrases(Instrument, name)
    return Column(name, cell, show or Show("badge"), vocabulary=tuple(words), phrases=words)


def _status(digest: Any) -> str:
    """How far the first instrument has come, and since when: `announced 3 February 2025`."""
    if not digest.instruments:
        return ""
    subject = digest.instruments[0]
    days = {"announced": subject.announced, "signed": subject.signed, "in-force": subject.in_force}
    since = days.get(subject.status)
    return f"{phrases(Instrument, 'status')[subject.status]}{f' {dates.words(since)}' if since else ''}"


def _named(counts: Record) -> tuple[Column, ...]:
    """The counts as columns of their Record."""
    return tuple(Column(name.replace(" ", "_"), part_of(name), type="number") for name, _ in counts.parts)


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


def _counted(loaded: Loaded) -> Any:
    """How much there is of what is asked for most: `2 instruments · 12 terms · … · 12 questions, 9 open`."""

    def say(_: Any) -> str:
        counts: dict[str, Any] = dict(_counts(loaded).parts)
        shown = ("instruments", "terms", "events", "stakeholders", "questions")  # a line of a screen
        said = [f"{counts[n]:,} {n.removesuffix('s') if counts[n] == 1 else n}" for n in shown if counts[n]]
        still = counts["open questions"]
        return " · ".join(said) + (f", {still:,} open" if counts["questions"] else "")

    return say


def _statuses(loaded: Loaded) -> Record:
    """How many findings contradict, confirm, and so on."""
    found: Counter[str] = Counter(finding.status for finding in loaded.digest.findings)
    return Record(tuple((status, found[status]) for status in STATUSES))


def _found(loaded: Loaded) -> Any:
    """What other sources say against it, counted: `Of 26 findings: 1 contradicted · 2 disputed · …`.

    That findings corroborate is said only where none says anything else: the line has to fit a screen.
    """

    def say(_: Any) -> str:
        counts: dict[str, Any] = dict(_statuses(loaded).parts)
        against = {status: count for status, count in counts.items() if count and status != "corroborated"}
        said = " · ".join(f"{count:,} {sentence_case(status)}" for status, count in against.items())
        total = len(loaded.digest.findings)
        findings = f"{total:,} {'finding' if total == 1 else 'findings'}"
        if said:
            return f"Of {findings}: {said}"
        return f"{findings}, {'all ' if total > 1 else ''}corroborated" if total else ""

    return say
