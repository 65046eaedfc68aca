"""Digest → Section, one file per view.

A view is a function of a loaded digest; it says how people see its columns, and takes the columns
themselves from the format. A new view is one file and one line here.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:  # the names and meanings alone, for the help, cost next to nothing
    from briefing.document import Section
    from briefing.loader import Loaded


class About(NamedTuple):
    """What the help says of a view."""

    line: str
    """What it shows, in a sentence."""
    examples: tuple[str, str]
    """Two lines that a person could type."""


VIEWS = {
    "summary": About(
        "The upshot: bottom line, key points, who says so, counts.",
        ("briefing summary", "briefing summary -w finding=contradicted"),
    ),
    "timeline": About(
        "What happened and what is planned, in order of time.",
        ("briefing timeline --since 2025", "briefing timeline -w status=planned,possible -f csv"),
    ),
    "stakeholders": About(
        "Who takes part or is affected, with role and position.",
        (
            "briefing stakeholders -w impact.level=high",
            "briefing stakeholders --fields name,position,influence",
        ),
    ),
    "questions": About(
        "What is not known, why it matters and who can answer.",
        ("briefing questions -w status=open", "briefing questions -w category=legal -f markdown"),
    ),
    "instruments": About(
        "The agreements and other acts: status, bindingness, text.",
        ("briefing instruments -w status!=signed", "briefing instruments --fields title,status"),
    ),
    "terms": About(
        "The provisions: who owes what to whom.",
        ("briefing terms -w type=obligation,offer", "briefing terms -w obligor=united-states"),
    ),
    "figures": About(
        "The numbers, who gives them and what other sources say.",
        ('briefing figures -w "value>1000"', "briefing figures -f csv --fields label,value,unit"),
    ),
    "claims": About(
        "What is said, by whom.",
        ("briefing claims -w finding=disputed", "briefing claims --sort date --reverse"),
    ),
    "findings": About(
        "What other sources say, gravest first.",
        ("briefing findings -w status=contradicted", "briefing findings -w about.item=homicides"),
    ),
    "sources": About(
        "The texts that the digest draws on.",
        ("briefing sources -w kind=primary", "briefing sources --fields title,publisher,url"),
    ),
}
"""Every view by its name, which is that of its module; the function there is `view`."""

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
