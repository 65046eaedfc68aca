"""The last line of a view on a terminal: what to type to see more."""

import shlex

from briefing.cli.options import Output, Selection
from briefing.document import Section, column
from briefing.problem import safe

_FIRST_LOOKED_AT = 200  # rows among which one with evidence is looked for

_OF_WHOLE_VIEWS: tuple[object, ...] = ((None, "", "", ""), ([], "", "", ""))
"""Selections after which a row has the number that it has in the whole view."""


def hinted(section: Section, digests: list[str] | None, selection: Selection, output: Output) -> Section:
    """The section with a last line that says how to see the evidence of one of its rows, and all the rest."""
    hints = [_evidence(section, digests, selection), _more(section, output)]
    return section._replace(hint=" · ".join(filter(None, hints)))


def _evidence(section: Section, digests: list[str] | None, selection: Selection) -> str:
    """`briefing show timeline 2 for its evidence`; by its id where rows are not those of the whole view."""
    if len(digests or ()) > 1 or (digests and digests[0] == "-"):
        return ""
    if digests and safe(digests[0]) != digests[0]:
        return ""  # nobody can type it
    what = section
    if section.single:
        nested = column(section, "key_points")
        rows = nested.cell(section.rows[0]) if nested and section.rows else None
        if not isinstance(rows, Section):
            return ""
        what = rows
    quotes = column(what, "evidence") or what.quotes
    if quotes is None:
        return ""
    with_quotes = (n for n, row in enumerate(what.rows[:_FIRST_LOOKED_AT], 1) if quotes.cell(row))
    number = next(with_quotes, 0)
    asked = (selection.where, selection.since, selection.until, selection.sort)
    whole = asked in _OF_WHOLE_VIEWS and not selection.reverse
    ids = column(what, "id") or what.ids
    if not number or not (whole or ids):
        return ""
    words = [section.name, str(number)] if whole or not ids else [str(ids.cell(what.rows[number - 1]))]
    return f"{shlex.join(['briefing', 'show', *words, *(digests or ())])} for its evidence"


def _more(section: Section, output: Output) -> str:
    if section.single:
        return "briefing findings for what others say"
    return "" if output.full or not section.rows else "--full for notes and findings"
