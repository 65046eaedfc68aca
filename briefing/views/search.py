"""Every item that holds a text, with the passage."""

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from briefing.document import Column, Marked, Section, Show
from briefing.loader import Loaded
from briefing.model import Digest, Field, Item, Number, Part, fields
from briefing.problem import Failure, shortened
from briefing.texts.normal import Normal
from briefing.views.columns import finding

_AROUND = 60  # characters of the text that are shown on either side of a match

_Finder = Callable[[str], tuple[int, int] | None]
"""Text → start and end of the first match, if there is one."""


class Found(NamedTuple):
    """A match in one field of one item."""

    section: str
    item: Item
    field: str
    passage: Marked

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id


def view(loaded: Loaded, text: str, *, regex: bool = False, sections: Sequence[str] = ()) -> Section:
    """The items that hold the text, in the format's order, each with the first match in it.

    Raises Failure where the text is empty or, with `regex`, no regular expression.
    """
    find = _by_pattern(text) if regex else _by_words(text)
    rows = []
    for section, _, item in loaded.items():
        if not sections or section in sections:
            texts = (*_texts(item, type(item)), ("id", item.id))
            matches = (
                Found(section, item, name, _passage(t, span)) for name, t in texts if (span := find(t))
            )
            rows += [first] if (first := next(matches, None)) else []
    columns = (
        Column("section", attrgetter("section"), Show("side"), vocabulary=tuple(Digest.SECTIONS)),
        Column("id", attrgetter("id"), Show("side", "Item"), names=loaded.names),
        Column("field", attrgetter("field"), Show("under", under="id", phrase="in {}")),
        Column("passage", attrgetter("passage"), Show("lead")),
        _finding(loaded),
    )
    return Section(
        "search",
        "Search",
        columns,
        rows,
        "table",
        ("section", "id", "field", "passage", "finding"),
        ("item", "items"),
    )


def _finding(loaded: Loaded) -> Column:
    """What other sources say of what was found."""
    own = finding(loaded)
    get, say = own.cell, own.show.say
    assert say is not None
    show = Show("badge", own.title, say=lambda row: say(row.item))
    return own._replace(cell=lambda row: get(row.item), show=show)


def _texts(part: Part, kind: type[Part], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an item, those of its parts too, each with the name of its field."""
    for field in fields(kind):
        value: Any = getattr(part, field.attribute)
        for each in value if field.many else [value] if value not in ("", None) else []:
            if isinstance(each, Part):
                yield from _texts(each, field.kind, f"{prefix}{field.name}.")
            elif _is_text(field):
                yield f"{prefix}{field.name}", str(each) if isinstance(each, str | Number) else each.text


def _is_text(field: Field) -> bool:
    """Ids are told apart from texts, so that a name is found where it is given and not where it is used."""
    return not field.vocabulary and field.refers is None and field.name != "id"


def _by_pattern(text: str) -> _Finder:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a doubtful pattern is the reader's own affair
            pattern = re.compile(text, re.IGNORECASE)
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        raise Failure(f'"{shortened(text)}" is not a regular expression: {error}') from error
    return lambda value: match.span() if (match := pattern.search(value)) else None


def _by_words(text: str) -> _Finder:
    """A search in which neither what does not count in a proof, nor case, nor accents count."""
    wanted = _plain(Normal(text).text.strip())[0]
    if not wanted:
        raise Failure("nothing to search for")

    as_typed = _plain(text.strip())[0]

    def find(value: str) -> tuple[int, int] | None:
        return find_in(Normal(value), wanted) or (find_typed(value) if "." in as_typed else None)

    def find_typed(value: str) -> tuple[int, int] | None:
        # A full stop may end a sentence or stand in a word, as in an address: what is typed is found either way.
        plain, origins = _plain(value)
        start = plain.find(as_typed)
        if start < 0:
            return None
        end = origins[start + len(as_typed) - 1] + 1
        while end < len(value) and unicodedata.combining(value[end]):
            end += 1  # an accent belongs to its letter
        return origins[start], end

    def find_in(normal: Normal, wanted: str) -> tuple[int, int] | None:
        plain, origins = _plain(normal.text)
        start = plain.find(wanted)
        if start < 0:
            return None
        first, last = origins[start], origins[start + len(wanted) - 1]
        while last + 1 < len(normal.text) and unicodedata.combining(normal.text[last + 1]):
            last += 1  # an accent belongs to its letter
        return normal.origin(first, last + 1)

    return find


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text without case and accents, and where in the text each of its characters comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    plain, origins = [], []
    for position, character in enumerate(text):
        for each in unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(each):
                plain.append(each)
                origins.append(position)
    return "".join(plain), origins


def _passage(text: str, span: tuple[int, int]) -> Marked:
    """The match and what stands around it, cut at words."""
    start, end = span
    left = text.find(" ", max(0, start - _AROUND), start) + 1 if start > _AROUND else 0
    right = text.rfind(" ", end, end + _AROUND) if len(text) - end > _AROUND else len(text)
    right = right if right >= end else end
    before, after = "… " if left else "", " …" if right < len(text) else ""
    shift = len(before) - left
    return Marked(f"{before}{text[left:right]}{after}", ((start + shift, end + shift),))
