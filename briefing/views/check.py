"""Problems as a Section: what `check` finds is data like any other."""

from collections.abc import Sequence
from operator import attrgetter

from briefing.document import Column, Record, Section, Show
from briefing.problem import Edit, Fix, Problem, dotted, safe


def view(problems: Sequence[Problem]) -> Section:
    """A row for each problem, in the order in which they are given."""
    columns = (
        Column("digest", lambda p: safe(p.digest), Show("side")),
        Column("line", lambda p: p.place.line if p.place else None, Show("side"), "number"),
        Column("column", lambda p: p.place.column if p.place else None, Show("side"), "number"),
        Column("severity", attrgetter("severity"), Show("side"), vocabulary=("error", "warning")),
        Column("rule", attrgetter("rule"), Show("side")),
        Column("path", lambda p: dotted(p.path), Show("under", under="rule")),
        Column("message", attrgetter("message"), Show("lead", "What is wrong")),
        Column("help", attrgetter("help"), Show("under", under="message", phrase="help: {}")),
        Column("fix", lambda p: _fix(p.fix) if p.fix else None, type="record"),
        Column("choices", lambda p: tuple(map(_fix, p.choices)), type="record"),
    )
    order = tuple(column.name for column in columns)
    return Section("check", "Problems", columns, problems, "table", order, ("problem", "problems"))


def _fix(fix: Fix) -> Record:
    """A fix as data: what a program needs to make it, and a line for people."""
    edits = tuple(map(_edit, fix.edits))
    parts = (("description", fix.description), ("safe", fix.safe), ("edits", edits))
    return Record(parts, short=fix.description)


def _edit(edit: Edit) -> Record:
    return Record((("start", edit.start), ("end", edit.end), ("text", edit.text)))
