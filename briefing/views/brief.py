"""The brief: what a committee clerk would hand on, in the order in which a busy reader asks.

What was agreed, what others correct, whom it touches and who decides, what is open, what comes next.
Where it all comes from stands in the footnotes.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from briefing.document import Column, Remark, Section, Show
from briefing.findings import STATUSES
from briefing.loader import Loaded
from briefing.model import Event, Finding, Stakeholder, Term
from briefing.views import summary
from briefing.views.columns import asserted_by, links, remarks_on, section
from briefing.views.timeline import deadline, in_order, when
from briefing.wording import sentence_case
from briefing.words import phrases

_AFFECTED = frozenset({"affected", "beneficiary"})
_COMING = frozenset({"announced", "planned", "possible"})
_CLOSED = frozenset({"answered", "overtaken"})


def view(loaded: Loaded) -> tuple[Section, ...]:
    """The sections of the brief, the head first; those with nothing in them are left out when printed."""
    return (
        summary.head(loaded),
        _agreed(loaded),
        _corrected(loaded),
        _people(loaded),
        _open_questions(loaded),
        *_events(loaded),
    )


def _agreed(loaded: Loaded) -> Section:
    """What was agreed, promised and offered: what, who says so, how far it is agreed, what others report."""

    def how_far(term: Any) -> str:
        kind, agreement = phrases(Term, "type")[term.type], phrases(Term, "agreement").get(term.agreement, "")
        return f"{kind}; {sentence_case(agreement)}" if agreement else kind

    shows = {
        "text": Show("lead", "What"),
        "asserted_by": Show("side", "Who says so"),
        "agreement": Show("side", "How far agreed", say=how_far),
        "finding": Show("side", "What others report"),
    }
    cells = {"asserted_by": asserted_by(loaded)}
    found = section(loaded, "terms", shows, cells=cells)
    return found._replace(title="What was agreed, promised and offered")


def _corrected(loaded: Loaded) -> Section:
    """What other sources contradict, dispute, do not confirm or give more exactly, gravest first."""
    shows = {"text": Show("lead"), "status": Show()}
    rows = [finding for finding in loaded.digest.findings if finding.status != "corroborated"]
    rows.sort(key=lambda finding: STATUSES.index(finding.status))
    found = section(loaded, "findings", shows, layout="points", rows=rows)
    words = phrases(Finding, "status")
    return found._replace(
        title="What other sources correct",
        remarks=_sources(loaded),
        group=lambda finding: words[finding.status],
    )


def _sources(loaded: Loaded) -> Callable[[Any], tuple[Remark, ...]]:
    """The sources of a finding as its footnote."""

    def remarks(finding: Any) -> tuple[Remark, ...]:
        found = links(loaded, finding.sources)
        return (Remark(f"{loaded.tag}-{finding.id}.sources", "Sources", found),) if found else ()

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
    columns = (
        Column("name", lambda row: row.item.name, Show("lead", "Who")),
        Column("how", lambda row: row.how, Show("wide", "How")),
    )
    told = remarks_on(loaded)
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
        "status": Show("badge", quiet=("open", "")),
        "why_it_matters": Show("detail", "Why it matters"),
        "law": Show(
            "detail", "The law", say=lambda question: "; ".join(law.citation for law in question.law)
        ),
    }
    rows = [question for question in loaded.digest.questions if question.status not in _CLOSED]
    found = section(loaded, "questions", shows, layout="list", rows=rows)
    told = remarks_on(loaded)

    def remarks(question: Any) -> tuple[Remark, ...]:
        laws = [law for law in question.law if law.source]
        cited = [
            Remark(f"{loaded.tag}-{law.source}", law.citation, links(loaded, [law.source])) for law in laws
        ]
        return (*told(question), *cited)

    return found._replace(title="Open questions", remarks=remarks)


def _events(loaded: Loaded) -> tuple[Section, Section]:
    """What comes next, and what has happened."""
    coming = [event for event in in_order(loaded) if _is_coming(loaded, event)]
    past = [event for event in in_order(loaded) if not _is_coming(loaded, event)]
    shows = {
        "date": Show("side", "When", say=lambda event: when(loaded, event)),
        "event": Show("lead", "What"),
        "status": Show("badge", quiet=("occurred", "possible", "planned")),
        "deadline": Show("badge", say=lambda event: deadline(loaded, event)),
    }
    finding = {"finding": Show("badge"), "date_basis": Show("badge", quiet=("stated",))}
    return (
        section(loaded, "timeline", shows | {"finding": Show()}, rows=coming)._replace(
            title="What comes next"
        ),
        _only_doubts(section(loaded, "timeline", shows | finding, rows=past))._replace(
            title="What has happened"
        ),
    )


def _only_doubts(found: Section) -> Section:
    """The section with what others report only where they differ: that they agree is in the footnotes."""
    agree = phrases(Finding, "status")["corroborated"]
    columns = tuple(
        column._replace(show=column.show._replace(say=_unless(agree, column.show.say)))
        if column.name == "finding" and column.show.say
        else column
        for column in found.columns
    )
    return found._replace(columns=columns)


def _unless(silent: str, say: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda row: "" if (told := say(row)) == silent else told


def _is_coming(loaded: Loaded, event: Event) -> bool:
    date = loaded.when(event)
    late = date is None or date.latest > loaded.digest.as_of.latest
    return late and (event.status in _COMING or event.deadline is not None or event.status == "")
