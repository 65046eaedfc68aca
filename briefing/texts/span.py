"""A range of a text, as every room that knows texts names it."""

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in a raw text."""

    start: int
    end: int
