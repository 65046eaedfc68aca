"""The brief: what a committee clerk would hand on, in the order in which a busy reader asks.

What was agreed, what others correct, whom it touches and who decides, what is open, what comes next,
what has happened. Where it all comes from stands in the footnotes.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from briefing.document import Column, Remark, Section, Show
from briefing.findings import STATUSES, items_of
from briefing.loader import Loaded
from briefing.model import SETTLED, Event, Finding, Item, Source, Stakeholder
from briefing.views import summary
from briefing.views.columns import agreed, asserted_by, finding_told, links, remarks_on, section
from briefing.views.timeline import deadline, in_order, when
from briefing.wording import within_sentence
from briefing.words import phrases

_AFFECTED = frozenset({"affected", "beneficiary"})
_COMING = frozenset({"announced", "planned", "possible"})
_MARKS = {"external": "†", "inferred": "‡"}
"""What stands behind a date that the source text does not state."""


def view(loaded: Loaded) -> tuple[Section, ...]:
    """The sections of the brief, the head first; those with nothing in them are left out when printed."""
    return (
        _head(loaded),
        _agreed(loaded),
        _corrected(loaded),
        _people(loaded),
        _open_questions(loaded),
        *_events(loaded),
    )


def _head(loaded: Loaded) -> Section:
    """The summary's head, and which texts the digest was made from, with what is said against them."""
    head = summary.head(loaded)
    texts = [source for source in loaded.digest.sources if source.file]
    if not texts:
        return head
    told = remarks_on(loaded)
    rests = Column("rests_on", lambda _: _made_from(loaded, texts), Show("body"))
    return head._replace(
        columns=(*head.columns, rests),
        order=(*head.order, rests.name),
        remarks=lambda _: tuple(remark for source in texts for remark in told(source)),
    )


def _made_from(loaded: Loaded, texts: Sequence[Source]) -> str:
    """`Made from: a news report of 3 May (“the report”). It bears no date.`"""
    named = [
        within_sentence(each.title) + (f" (“{within_sentence(each.short)}”)" if each.short else "")
        for each in texts
    ]
    doubts = [said.finding.text for each in texts for said in loaded.findings.get(each.id, ())]
    return " ".join([f"Made from: {'; '.join(named)}.", *doubts])


def _agreed(loaded: Loaded) -> Section:
    """What was agreed, promised and offered: what, who says so, how far it is agreed, what others report."""
    is_agreed = any(term.agreement for term in loaded.digest.terms)
    shows = {
        "text": Show("lead", "What"),
        "asserted_by": Show("side", "Who says so"),
        **(
            {"agreement": Show("side", "How far agreed", say=agreed(loaded))}
            if is_agreed
            else {"type": Show("side", "What it is")}
        ),
        "finding": Show("side", "What others report", say=_reported(loaded)),
    }
    cells = {"asserted_by": asserted_by(loaded)}
    found = section(loaded, "terms", shows, cells=cells)
    title, closing = "What was agreed, promised and offered", _compared(loaded)
    return found._replace(title=title, closing=closing, remarks=_remarks(loaded))


def _compared(loaded: Loaded) -> tuple[str, ...]:
    """How many others the digest was compared with, and what it takes to confirm something."""
    cited = {id for finding in loaded.digest.findings for id in finding.sources}
    if not cited:
        return ()
    origins = len({loaded.origins[id] for id in cited})
    told = f"Compared with {len(cited):,} {'source' if len(cited) == 1 else 'sources'}"
    if origins < len(cited):
        told += f" of {origins:,} {'origin' if origins == 1 else 'separate origins'}"
    return (f"{told}; “confirmed” means by an independent one.",)


def _corrected(loaded: Loaded) -> Section:
    """What other sources contradict, dispute, do not confirm or give more exactly, gravest first."""
    shows = {"text": Show("lead"), "status": Show("badge", quiet=("imprecise", "unsupported"))}
    found = section(loaded, "findings", shows, layout="points", rows=_corrections(loaded))
    return found._replace(title="What other sources correct", remarks=_sources(loaded))


def _corrections(loaded: Loaded) -> Sequence[Finding]:
    """The findings that correct, gravest first, and otherwise in the digest's own order.

    An item without quotes does not come from the source texts, so there is nothing of theirs to correct.
    What is said against a text itself stands in the head.
    """
    items = loaded.by_id
    rows = [
        finding
        for finding in loaded.digest.findings
        if finding.status != "corroborated"
        and any(id in items and items[id].evidence for id, _ in items_of(finding))
    ]
    return sorted(rows, key=lambda finding: STATUSES.index(finding.status))


def _numbers(loaded: Loaded) -> Mapping[str, int]:
    """The number of each correction, by the finding's id."""
    return {finding.id: number for number, finding in enumerate(_corrections(loaded), 1)}


def _reported(loaded: Loaded) -> Callable[[Any], str]:
    """What others report of an item, and which corrections say it."""
    told, see = finding_told(loaded), _see(loaded)
    # A correction says for itself that it is about a part.
    return lambda item: (
        f"{told(item).removesuffix(' (in part)')} ({seen})" if (seen := see(item)) else told(item)
    )


def _see(loaded: Loaded) -> Callable[[Any], str]:
    """Which corrections are about an item: `corrections 2, 6`."""
    numbers = _numbers(loaded)

    def say(item: Item) -> str:
        ids = [said.finding.id for said in loaded.findings.get(item.id, ())]
        seen = [str(numbers[id]) for id in ids if id in numbers]
        return f"{'correction' if len(seen) == 1 else 'corrections'} {', '.join(seen)}" if seen else ""

    return say


def _remarks(loaded: Loaded) -> Callable[[Any], tuple[Remark, ...]]:
    """What is told beside an item, without what is a correction: that has a number."""
    told = remarks_on(loaded)
    labels = {f"{loaded.tag}-{id}" for id in _numbers(loaded)}
    return lambda item: tuple([remark for remark in told(item) if remark.label not in labels])


def _sources(loaded: Loaded) -> Callable[[Any], tuple[Remark, ...]]:
    """The sources of a finding as its footnote."""

    def remarks(finding: Any) -> tuple[Remark, ...]:
        found = links(loaded, finding.sources)
        return (Remark(f"{loaded.tag}-{finding.id}.sources", "", found),) if found else ()

    return remarks


class _Touched(NamedTuple):
    """Somebody who decides or is affected, and how."""

    group: str
    item: Stakeholder
    how: str


def _people(loaded: Loaded) -> Section:
    """Who decides, and who is affected and how, a sentence each."""
    rows = [*_touched(loaded, "Who is affected", _AFFECTED, "impact")]
    rows += _touched(loaded, "Who decides", frozenset({"decision-maker"}), "influence")
    see, told = _see(loaded), _remarks(loaded)

    def how(row: _Touched) -> str:
        seen = see(row.item)
        return f"{row.how.removesuffix('.')} ({seen})." if seen else row.how

    columns = (
        Column("name", lambda row: row.item.name, Show("lead", "Who")),
        Column("how", how, Show("wide", "How")),
    )
    return Section(
        "stakeholders", "Who is affected and who decides", columns, rows, order=("name", "how"),
        remarks=lambda row: told(row.item), group=itemgetter(0),
    )  # fmt: skip


def _touched(loaded: Loaded, group: str, roles: frozenset[str], rating: str) -> Sequence[_Touched]:
    found = []
    for item in loaded.digest.stakeholders:
        if roles.intersection(item.roles):
            judged = getattr(item, rating)
            found.append(_Touched(group, item, judged.rationale if judged else item.interest))
    return found


def _open_questions(loaded: Loaded) -> Section:
    """What is open: the question, why it matters, and the law that it turns on."""
    shows = {
        "question": Show("lead"),
        "answer": Show("detail", "So far"),
        "why_it_matters": Show("detail", "Stakes"),
        "who_can_answer": Show("detail", "Ask"),
        "law": Show("detail", "Law", say=lambda question: "; ".join(law.citation for law in question.law)),
        "finding": Show("badge", say=_see(loaded)),
    }
    rows = [question for question in loaded.digest.questions if question.status not in SETTLED]
    found = section(loaded, "questions", shows, layout="list", rows=rows)
    told = _remarks(loaded)

    def remarks(question: Any) -> tuple[Remark, ...]:
        laws = links(loaded, [law.source for law in question.law if law.source])
        cited = [Remark(f"{loaded.tag}-{question.id}.law", "Law", laws)] if laws else []
        return (*told(question), *cited)

    return found._replace(title="Remaining questions", remarks=remarks)


def _events(loaded: Loaded) -> tuple[Section, Section]:
    """What comes next, and what has happened."""
    events = in_order(loaded)
    coming = [event for event in events if _is_coming(loaded, event)]
    past = [event for event in events if not _is_coming(loaded, event)]
    return _coming(loaded, coming), _past(loaded, past)


def _coming(loaded: Loaded, events: Sequence[Event]) -> Section:
    """What is still to come: by its dates, or where nothing has one as a plain list."""
    shows = {
        "date": Show("side", "When", say=lambda event: when(loaded, event)),
        "event": Show("lead", "What"),
        "status": Show("badge", quiet=("possible", "planned")),
        "deadline": Show("badge", say=lambda event: deadline(loaded, event)),
        "finding": Show("badge", say=_see(loaded)),
    }
    is_dated = any(loaded.when(event) for event in events)
    found = section(loaded, "timeline", shows if is_dated else shows | {"date": Show()}, rows=events)
    found = found._replace(remarks=_remarks(loaded))
    if is_dated:
        return found._replace(title="What comes next")
    return found._replace(title="What comes next (no dates given)", layout="points")


def _past(loaded: Loaded, events: Sequence[Event]) -> Section:
    """What has happened; where a date comes from is a mark behind it, and a line below says what it means."""
    words, told, see = phrases(Event, "date_basis"), finding_told(loaded), _see(loaded)

    def dated(event: Any) -> str:
        return when(loaded, event) + _MARKS.get(event.date_basis, "")

    def doubt(event: Any) -> str:
        # A correction speaks for itself, and that others agree is in the footnotes.
        said = loaded.findings.get(event.id)
        return see(event) or ("" if said and said[0].finding.status == "corroborated" else told(event))

    shows = {
        "date": Show("side", "When", say=dated),
        "event": Show("lead", "What"),
        "status": Show("badge", quiet=("occurred",)),
        "deadline": Show("badge", say=lambda event: deadline(loaded, event)),
        "finding": Show("badge", say=doubt),
    }
    found = section(loaded, "timeline", shows, rows=events)._replace(remarks=_remarks(loaded))
    bases = {event.date_basis for event in events}
    legend = [f"{mark} {words[basis]}." for basis, mark in _MARKS.items() if basis in bases]
    return found._replace(title="What has happened", closing=(" ".join(legend),) if legend else ())


def _is_coming(loaded: Loaded, event: Event) -> bool:
    date = loaded.when(event)
    late = date is None or date.latest > loaded.digest.as_of.latest
    return late and (event.status in _COMING or event.deadline is not None or event.status == "")
