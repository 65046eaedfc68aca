"""Digest and source texts → Problems: one function per named rule.

A rule is a generator over a Proof. A new rule is one function and one row here.
"""

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import NamedTuple

from briefing.problem import MOST_SOUGHT, Problem, Severity
from briefing.proof import Proof
from briefing.rules import findings, items, quotes, sources, values


class Rule(NamedTuple):
    """A check with its weight: an `error` makes a digest unfit, a `warning` wants a look."""

    severity: Severity
    check: Callable[[Proof], Iterator[Problem]]
    meaning: str
    """What holds where the rule is kept, in one line."""


RULES = {
    "quote-missing": Rule("error", quotes.missing, "A quote is in its source."),
    "quote-ambiguous": Rule("error", quotes.ambiguous, "A quote is in its source only once."),
    "locator-wrong": Rule("error", quotes.locator_wrong, "A quote is where its locator says."),
    "figure-not-in-quote": Rule(
        "error", values.figure_not_in_quote, "The number of a figure is in one of its quotes."
    ),
    "date-not-in-quote": Rule(
        "error", values.date_not_in_quote, "A date that is said to be stated is in one of the event's quotes."
    ),
    "source-changed": Rule(
        "error", sources.changed, "A source's file has the SHA-256 that the digest gives."
    ),
    "source-escapes": Rule(
        "error", sources.escapes, "A source's file lies in the seeds folder, links followed."
    ),
    "source-unreadable": Rule(
        "error", sources.unreadable, "A source's file is an ordinary file of UTF-8 text that can be read."
    ),
    "source-missing": Rule(
        "warning", sources.missing, "A source's text is found; without it its quotes are unchecked."
    ),
    "omitted-unknown": Rule("warning", sources.omitted_unknown, "A place that is left out is in the text."),
    "sentence-unused": Rule(
        "warning", sources.sentence_unused, "Every sentence of a source text is the evidence of some item."
    ),
    "number-not-in-quote": Rule(
        "warning", values.number_not_in_quote, "Numbers and dates in an item's own words are in its quotes."
    ),
    "elision-hides": Rule(
        "warning", quotes.elision_hides, "What [...] leaves out has no negation and no exception."
    ),
    "quote-long": Rule("warning", quotes.long, "A quote has at most 25 words."),
    "no-evidence": Rule(
        "warning", items.no_evidence, "An item has a quote, or names the outside sources that it rests on."
    ),
    "bottom-line-long": Rule(
        "warning", items.bottom_line_long, "The bottom line has at most two sentences and 60 words."
    ),
    "likelihood-with-confidence-in-text": Rule(
        "warning",
        items.likelihood_with_confidence,
        "No sentence says both how probable a thing is and how sure the judgement is.",
    ),
    "contradicted-in-summary": Rule(
        "warning",
        items.contradicted_in_summary,
        "A key point that rests on a contradicted item says that it is contradicted.",
    ),
    "one-origin": Rule(
        "warning",
        findings.one_origin,
        "What is corroborated has a source of another origin; two where it has no quotes.",
    ),
    "unused-stakeholder": Rule(
        "warning", items.unused_stakeholder, "Every stakeholder is named by another item."
    ),
    "stale": Rule("warning", items.stale, "What the digest says of time and status fits together."),
}

_OF_THE_WHOLE = {"no-evidence", "sentence-unused", "unused-stakeholder"}
"""Rules on what is not there: they say nothing of a digest from which something was left out."""

LOADING = {
    "syntax": "The file is YAML as a digest needs it: UTF-8, one document, plain keys, not too deep.",
    "duplicate-key": "A key stands once.",
    "alias": "No aliases.",
    "anchor": "No anchors.",
    "tag": "No tags.",
    "merge-key": "No merge keys.",
    "control-character": "No control characters and no bidirectional overrides.",
    "format": "The format's version is one that is known.",
    "missing-key": "What the format requires is there.",
    "unknown-key": "What is there is known to the format.",
    "type": "A list, keys or text, as the format has it.",
    "vocabulary": "A word of the field's vocabulary.",
    "date": "A date that exists.",
    "number": "A number in plain digits.",
    "empty": "No empty text.",
    "text": "Ids, addresses, hashes and language tags have their form.",
    "duplicate-id": "An id stands once in the whole digest.",
    "reference": "An id leads to an item of the right section.",
    "range": "The upper end of a range is not below its lower end.",
    "deadline": "A deadline can be computed: not in a circle, and from an event with a date or a deadline.",
    "evidence-many": "An item has at most 1,000 quotes, a digest at most 100,000.",
    "evidence-source": "A quote that names no source belongs to the one source with a file.",
    "comment-cuts-text": "No text loses its last words to a comment: ` #` begins one.",
}
"""What loading checks already, always: all of these are errors, but for those in `LOADING_WARNINGS`."""

LOADING_WARNINGS = {"comment-cuts-text"}


def check(proof: Proof, names: Collection[str] = ()) -> list[Problem]:
    """The problems that these rules find, or all rules where none is named; in order of place."""
    wanted = {name: rule for name, rule in RULES.items() if not names or name in names}
    if not proof.loaded.is_sound:
        wanted = {name: rule for name, rule in wanted.items() if name not in _OF_THE_WHOLE}
    found = [
        problem._replace(rule=name, severity=rule.severity)
        for name, rule in wanted.items()
        for problem in islice(rule.check(proof), MOST_SOUGHT)
    ]
    return proof.loaded.located(found)
