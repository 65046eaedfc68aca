"""A range of a text: what all rooms that know texts speak of."""

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in a raw text."""

    start: int
    end: int
