"""Rules on what a digest says of itself: evidence, length, wording, loose ends."""

import re
from collections.abc import Iterator

from briefing.dates import Date
from briefing.model import Digest, Event, Finding
from briefing.problem import Problem
from briefing.proof import Proof
from briefing.texts.structure import Structure

_MOST_SENTENCES, _MOST_WORDS = 2, 60
# The words of ICD 203 for how probable a thing is, and those for how sure a judgement is.
_LIKELIHOOD = re.compile(
    r"\b(?:un)?likely\b|\b(?:im)?probabl[ey]\b|\bprobability\b|\bchances?\b|\balmost certain(?:ly)?\b|\bremote\b",
    re.IGNORECASE,
)
_CONFIDENCE = re.compile(r"\b(?:low|moderate|high) confidence\b|\bconfident\b", re.IGNORECASE)


def no_evidence(proof: Proof) -> Iterator[Problem]:
    """An item has a quote, or names the outside sources that it rests on."""
    for section, position, item in proof.loaded.items():
        said = proof.loaded.findings.get(item.id, ())
        elsewhere = any(each.finding.sources for each in said) or bool(getattr(item, "sources", ()))
        external = getattr(item, "date_basis", "") == "external"
        # What was looked for and not found has nothing to quote.
        elsewhere = elsewhere or (isinstance(item, Finding) and item.status == "unsupported")
        if section != "sources" and not (item.evidence or elsewhere or external):
            help = "add a quote, or a finding about it with its sources"
            yield Problem("", f"{item.id} has no evidence", (section, position, "id"), help=help)


def bottom_line_long(proof: Proof) -> Iterator[Problem]:
    """The bottom line has at most two sentences and 60 words."""
    digest = proof.loaded.digest
    sentences = len(Structure(digest.bottom_line, digest.language).sentences)
    words = len(digest.bottom_line.split())
    if sentences > _MOST_SENTENCES or words > _MOST_WORDS:
        message = f"a bottom line of {_counted(sentences, 'sentence')} and {_counted(words, 'word')}"
        help = f"{_MOST_SENTENCES} sentences and {_MOST_WORDS} words at most"
        yield Problem("", message, ("bottom_line",), help=help)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def likelihood_with_confidence(proof: Proof) -> Iterator[Problem]:
    """No sentence says both how probable a thing is and how sure the judgement is."""
    digest = proof.loaded.digest
    texts: list[tuple[tuple[str | int, ...], str]] = [(("bottom_line",), digest.bottom_line)]
    texts += [(("key_points", n, "text"), point.text) for n, point in enumerate(digest.key_points)]
    texts += [(("claims", n, "text"), claim.text) for n, claim in enumerate(digest.claims)]
    for path, text in texts:
        # Most texts have neither: only the others are worth splitting into sentences.
        if not (_LIKELIHOOD.search(text) and _CONFIDENCE.search(text)):
            continue
        for sentence in Structure(text, digest.language).sentences:
            likelihood, confidence = _LIKELIHOOD.search(sentence.text), _CONFIDENCE.search(sentence.text)
            if likelihood and confidence:
                message = f'one sentence says "{likelihood[0]}" and "{confidence[0]}"'
                yield Problem("", message, path, help="say the one and the other in two sentences")


def contradicted_in_summary(proof: Proof) -> Iterator[Problem]:
    """A key point that rests on a contradicted item says that it is contradicted."""
    findings = proof.loaded.findings
    contradicted = {
        id for id, said in findings.items() if any(each.finding.status == "contradicted" for each in said)
    }
    for position, point in enumerate(proof.loaded.digest.key_points):
        own = findings.get(point.id, ())
        said = any(each.finding.status in ("contradicted", "disputed") for each in own)
        for number, id in enumerate(point.based_on):
            if id in contradicted and not said:
                message = f"{id} is contradicted, and {point.id} does not say so"
                path = ("key_points", position, "based_on", number)
                yield Problem("", message, path, help="name the key point in the finding's about too")
                break


def unused_stakeholder(proof: Proof) -> Iterator[Problem]:
    """Every stakeholder is named by another item."""
    named = {reference.id for reference in proof.loaded.references() if reference.item.id != reference.id}
    for position, stakeholder in enumerate(proof.loaded.digest.stakeholders):
        if stakeholder.id not in named:
            message = f"no other item names {stakeholder.id}"
            help = "say what part it has, or leave it out"
            yield Problem("", message, ("stakeholders", position, "id"), help=help)


def stale(proof: Proof) -> Iterator[Problem]:
    """What the digest says of time and status fits together."""
    digest = proof.loaded.digest
    for position, question in enumerate(digest.questions):
        if question.status in ("", "open") and question.answered_on is not None:
            message = f"{question.id} is open, but was answered on {question.answered_on.text}"
            yield Problem("", message, ("questions", position, "answered_on"), help="set its status")
        if question.status == "answered" and not question.answer:
            message = f"{question.id} is answered, but has no answer"
            yield Problem("", message, ("questions", position, "status"), help="give the answer")
    for position, instrument in enumerate(digest.instruments):
        if instrument.status_as_of is not None and instrument.status_as_of.earliest > digest.as_of.latest:
            message = f"the status of {instrument.id} is of a later day than the digest, {digest.as_of.text}"
            yield Problem(
                "", message, ("instruments", position, "status_as_of"), help="set as_of, or leave it out"
            )
    for position, event in enumerate(digest.timeline):
        if message := _out_of_time(event, proof.loaded.when(event), digest):
            yield Problem("", message, ("timeline", position, "status"), help="set its status or its date")


def _out_of_time(event: Event, when: Date | None, digest: Digest) -> str:
    """Why an event's status does not fit its date; empty where it fits, or the event comes again."""
    if when is None or event.repeats:
        return ""
    has_last_day = event.date is not None or (
        event.deadline is not None and event.deadline.bound != "at-earliest"
    )
    if event.status == "planned" and has_last_day and when.latest < digest.as_of.earliest:
        return f"{event.id} is planned for a day before the digest's, {digest.as_of.text}"
    if event.status == "occurred" and event.date and event.date.earliest > digest.as_of.latest:
        return f"{event.id} occurred on a day after the digest's, {digest.as_of.text}"
    return ""
