"""Digest and source texts → Problems: one function per named rule.

A rule is a generator over a Proof; the first line of its docstring is what `check --list-rules`
says of it. A new rule is one function and one line here.
"""

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import NamedTuple

from briefing.problem import MOST_SOUGHT, Problem
from briefing.proof import Proof
from briefing.rules import findings, items, quotes, sources


class Rule(NamedTuple):
    """A check with its weight: an `error` makes a digest unfit, a `warning` wants a look."""

    severity: str
    check: Callable[[Proof], Iterator[Problem]]

    @property
    def meaning(self) -> str:
        """The rule in one line."""
        return (self.check.__doc__ or "").partition("\n")[0]


RULES = {
    "quote-missing": Rule("error", quotes.missing),
    "quote-ambiguous": Rule("error", quotes.ambiguous),
    "figure-not-in-quote": Rule("error", quotes.figure_not_in_quote),
    "date-not-in-quote": Rule("error", quotes.date_not_in_quote),
    "source-changed": Rule("error", sources.changed),
    "source-escapes": Rule("error", sources.escapes),
    "source-unreadable": Rule("error", sources.unreadable),
    "source-missing": Rule("warning", sources.missing),
    "sentence-unused": Rule("warning", sources.sentence_unused),
    "quote-long": Rule("warning", quotes.long),
    "no-evidence": Rule("warning", items.no_evidence),
    "bottom-line-long": Rule("warning", items.bottom_line_long),
    "likelihood-with-confidence-in-text": Rule("warning", items.likelihood_with_confidence),
    "contradicted-in-summary": Rule("warning", items.contradicted_in_summary),
    "one-origin": Rule("warning", findings.one_origin),
    "unused-stakeholder": Rule("warning", items.unused_stakeholder),
    "stale": Rule("warning", items.stale),
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
    """The problems that the rules of these names find, or all rules; in order of place."""
    wanted = {name: rule for name, rule in RULES.items() if not names or name in names}
    if not proof.loaded.is_sound:
        wanted = {name: rule for name, rule in wanted.items() if name not in _OF_THE_WHOLE}
    found = [
        problem._replace(rule=name, severity=rule.severity)
        for name, rule in wanted.items()
        for problem in islice(rule.check(proof), MOST_SOUGHT)
    ]
    return proof.loaded.located(found)
