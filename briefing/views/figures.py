"""The numbers that the source gives."""

from typing import Any

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.model import Figure
from briefing.views.columns import section
from briefing.wording import sentence_case, spoken
from briefing.words import phrases


def _value(figure: Any) -> str:
    """The number with its hedge, without its unit: `more than 83,000`, `2 to 3`."""
    hedge = phrases(Figure, "qualifier").get(figure.qualifier, "") if figure.qualifier != "exactly" else ""
    upper = f" to {spoken(figure.upper)}" if figure.upper is not None else ""
    return f"{sentence_case(hedge)} {spoken(figure.value)}{upper}".strip()


SHOWS = {
    "label": Show("lead", "Figure"),
    "value": Show("side", say=_value),
    "unit": Show("side"),
    "date": Show("side", "When"),
    "asserted_by": Show("badge"),
    "finding": Show("badge"),
}


def view(loaded: Loaded) -> Section:
    """The figures in the digest's own order."""
    return section(loaded, "figures", SHOWS)
