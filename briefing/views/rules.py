"""The rules of `check`, a line each."""

from operator import itemgetter

from briefing.document import Column, Section, Show
from briefing.rules import LOADING, RULES


def view() -> Section:
    """The rules in the order of the registry, then what loading checks."""
    rows = [(name, rule.severity, rule.meaning) for name, rule in RULES.items()]
    rows += [(name, "error", meaning) for name, meaning in LOADING.items()]
    columns = (
        Column("rule", itemgetter(0), Show("side")),
        Column("severity", itemgetter(1), Show("side"), vocabulary=("error", "warning")),
        Column("meaning", itemgetter(2), Show("lead", "What holds")),
    )
    return Section(
        "rules", "Rules", columns, rows, "table", ("rule", "severity", "meaning"), ("rule", "rules")
    )
