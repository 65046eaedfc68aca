"""The rules of `check`, a line each."""

from collections.abc import Sequence
from operator import itemgetter

from briefing.document import Column, Section, Show


def view(rows: Sequence[tuple[str, str, str]]) -> Section:
    """The rules by name, with severity and meaning."""
    columns = (
        Column("rule", itemgetter(0), Show("side")),
        Column("severity", itemgetter(1), Show("side"), vocabulary=("error", "warning")),
        Column("meaning", itemgetter(2), Show("lead", "What holds")),
    )
    return Section(
        "rules", "Rules", columns, rows, "table", ("rule", "severity", "meaning"), ("rule", "rules")
    )
