"""The digests that can be called by name."""

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from briefing import loader
from briefing.dates import Date
from briefing.document import Column, Section, Show
from briefing.problem import Failure, InvalidDigest, safe


class Entry(NamedTuple):
    """A digest in the library; one that cannot be read has problems and nothing else."""

    name: str
    title: str = ""
    as_of: Date | None = None
    items: int = 0
    questions: int = 0
    problems: int = 0


def view() -> Section:
    """The digests of `$BRIEFING_PATH` and those that the program carries, by name."""
    columns = (
        Column("name", attrgetter("name"), Show("side")),
        Column("title", attrgetter("title"), Show("lead")),
        Column("as_of", attrgetter("as_of"), Show("side", "As of"), "date"),
        Column("items", attrgetter("items"), Show("side"), "number"),
        Column("questions", attrgetter("questions"), Show("side"), "number"),
        Column("problems", attrgetter("problems"), Show("side"), "number"),
    )
    order = tuple(column.name for column in columns)
    return Section("list", "Digests", columns, list(_entries()), "table", order, ("digest", "digests"))


def _entries() -> Iterator[Entry]:
    for name, path in loader.library().items():
        try:
            digest = loader.read(loader.Origin(name, path, is_found=True)).digest
        except InvalidDigest as error:
            yield Entry(safe(name), problems=len(error.problems))
        except Failure:
            yield Entry(safe(name), problems=1)
        else:
            items = sum(len(getattr(digest, section)) for section in digest.SECTIONS)
            yield Entry(safe(name), digest.title, digest.as_of, items, len(digest.questions))
