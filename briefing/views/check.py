"""Problems as a Section: what `check` finds is data like any other."""

from collections.abc import Sequence
from operator import attrgetter

from briefing.document import Column, Section, Show
from briefing.problem import Problem, dotted, safe


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
    )
    order = tuple(column.name for column in columns)
    return Section("check", "Problems", columns, problems, "table", order, ("problem", "problems"))
