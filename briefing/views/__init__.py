"""Digest → Section, one file per view.

A view is a function of a loaded digest; it says how people see its columns, and takes the columns
themselves from the format. A new view is one file and one line here.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the names and meanings alone, for the help, cost next to nothing
    from briefing.document import Section
    from briefing.loader import Loaded

VIEWS = {
    "summary": "The upshot: bottom line, key points, who says so, counts.",
    "timeline": "What happened and what is planned, in order of time.",
    "stakeholders": "Who takes part or is affected, with role and position.",
    "questions": "What is not known, why it matters and who can answer.",
    "instruments": "The agreements and other acts: status, bindingness, text.",
    "terms": "The provisions: who owes what to whom.",
    "figures": "The numbers, who gives them and what other sources say.",
    "claims": "What is said, by whom.",
    "findings": "What other sources say, gravest first.",
    "sources": "The texts that the digest draws on.",
}
"""Each view's name and what it shows. The function is `view` in the module of that name."""

View: TypeAlias = "Callable[[Loaded], Section]"


def view(name: str) -> View:
    """The function of a view; its module is imported when it is wanted."""
    found: View = import_module(f"briefing.views.{name}").view
    return found


def main_field(name: str) -> str:
    """The field of a section's items that has their main text."""
    from briefing.model import Digest, fields

    known = {field.name for field in fields(Digest.SECTIONS[name])}
    return next(field for field in _MAIN if field in known)


_MAIN = ("text", "event", "question", "label", "name", "title")
