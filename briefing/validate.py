"""Plain data held against the format, piece by piece: everything that is wrong, with its place.

Only a digest that failed comes here, so this is written for good messages and not for speed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from briefing import reader
from briefing.model import FORMAT, MOST_QUOTES, MOST_QUOTES_IN_ALL, Digest, Field, Part, Quote, decode, fields
from briefing.problem import MOST_SOUGHT, Guesses, Path, Problem, in_order, listed, shortened

_SINGULAR = {"stakeholders": "stakeholder", "instruments": "instrument", "sources": "source"}


def invalid(plain: Any, found: Sequence[Problem], data: bytes, label: str) -> list[Problem]:
    """Every problem of a digest, in order of place, with line, column and excerpt.

    `found` is what the reader refused already; what lies below such a place is not judged again.
    """
    refused = {problem.path for problem in found if problem.rule != "duplicate-key"}
    sought = islice(_Check().digest(plain), MOST_SOUGHT)
    # A problem lies below a refused place where one of the beginnings of its path is refused.
    checked = [p for p in sought if refused.isdisjoint(p.path[:n] for n in range(len(p.path) + 1))]
    placed = _placed(checked, data)
    return in_order(problem._replace(digest=label) for problem in (*found, *placed))


def _placed(problems: list[Problem], data: bytes) -> Iterator[Problem]:
    _, spots = reader.survey(data, {problem.path for problem in problems})
    for problem in problems:
        spot = spots.get(problem.path)
        place = spot and (spot.key if problem.on_key else spot.value)
        if place and problem.rule == "missing-key":
            place = place._replace(width=1)  # the place is where the mapping begins
        yield problem._replace(place=place)


class _Check:
    """One pass over the data: what is wrong, which ids there are, what refers to them."""

    def __init__(self) -> None:
        self.ids: dict[str, list[Path]] = {}
        self.references: list[tuple[Path, tuple[str, ...], str]] = []
        self.bare_quotes: list[Path] = []
        self.quotes = 0
        self.guesses = Guesses()
        self.known_in: dict[tuple[str, ...], list[str]] = {}

    def digest(self, plain: Any) -> Iterator[Problem]:
        if isinstance(plain, dict) and _is_other_version(plain.get("format")):
            message = f'format "{shortened(plain["format"])}" is not known here; this program reads {FORMAT}'
            yield Problem("format", message, ("format",), help="a newer version of briefing may read it")
            return
        yield from self.part(plain, Digest, ())
        yield from self.duplicate_ids()
        yield from self.dangling()
        yield from self.sourceless(plain)
        if self.quotes > MOST_QUOTES_IN_ALL:
            message = f"{self.quotes:,} quotes, and a digest has at most {MOST_QUOTES_IN_ALL:,}"
            yield Problem("evidence-many", message, help="make several digests of it")

    def part(self, value: Any, part: type[Part], path: Path) -> Iterator[Problem]:
        if not isinstance(value, dict):
            keys = listed([f.name for f in fields(part) if f.required], "and")
            yield Problem("type", f"{_found(value)} where keys are expected", path, help=f"it needs {keys}")
            return
        known = {field.name: field for field in fields(part)}
        for name in (name for name in value if name not in known):
            help = self.suggest(name, known) or f"the keys here: {', '.join(known)}"
            yield Problem("unknown-key", f'no key "{shortened(name)}" here', (*path, name), True, help)
        for name, field in known.items():
            if name in value:
                yield from self.field(value[name], field, (*path, name))
            elif field.required:
                yield Problem(
                    "missing-key",
                    f'"{name}" is missing',
                    path,
                    help=f"add {name}: {'a list' if field.many else _wanted(field)}",
                )

    def field(self, value: Any, field: Field, path: Path) -> Iterator[Problem]:
        if not field.many:
            yield from self.one(value, field, path)
        elif isinstance(value, list):
            self.quotes += len(value) if field.kind is Quote else 0
            if field.kind is Quote and len(value) > MOST_QUOTES:
                help = "keep those that say it best, or make several items of it"
                message = f"{len(value):,} quotes, and an item has at most {MOST_QUOTES:,}"
                yield Problem("evidence-many", message, path, on_key=True, help=help)
            for position, entry in enumerate(value):
                yield from self.one(entry, field, (*path, position))
                self.note_id(entry, (*path, position))
        else:
            yield Problem(
                "type", f"{_found(value)} where a list is expected", path, help=f"write [{_wanted(field)}, …]"
            )

    def one(self, value: Any, field: Field, path: Path) -> Iterator[Problem]:
        if field.is_part:
            if field.kind is not Quote or not isinstance(value, str):
                yield from self.part(value, field.kind, path)
                return
            self.bare_quotes.append(path)
        if not isinstance(value, str):
            yield Problem("type", f"{_found(value)} where {_wanted(field)} is expected", path)
        elif field.vocabulary:
            if value not in field.vocabulary:
                help = self.suggest(value, field.vocabulary)
                yield Problem(
                    "vocabulary",
                    f'"{shortened(value)}" is not one of {listed(field.vocabulary)}',
                    path,
                    help=help,
                )
        else:
            yield from self.scalar(value, field, path)

    def scalar(self, value: str, field: Field, path: Path) -> Iterator[Problem]:
        if field.kind is not str and field.kind is not Quote:
            try:
                decode(field.kind, value)
            except ValueError as error:
                name = field.kind.__name__.lower()
                yield Problem(name, f'"{shortened(value)}": {error}', path)
        elif not value.strip():
            yield Problem(
                "empty", f"no {field.meaning or 'text'} given", path, help="give one, or leave the key out"
            )
        elif field.pattern and not re.search(field.pattern, value):
            yield Problem(
                "text", f'"{shortened(value)}" is not {field.meaning}', path, help=_FORMS.get(field.name, "")
            )
        elif field.refers is not None:
            self.references.append((path, field.refers, value))

    def note_id(self, entry: Any, path: Path) -> None:
        if len(path) == 2 and isinstance(entry, dict) and isinstance(entry.get("id"), str):
            self.ids.setdefault(entry["id"], []).append(path)

    def duplicate_ids(self) -> Iterator[Problem]:
        for id, (first, *others) in self.ids.items():
            for path in others:
                message = f'id "{shortened(id)}" a second time, first in {first[0]}[{first[1]}]'
                yield Problem("duplicate-id", message, (*path, "id"), help="give one of the two another id")

    def dangling(self) -> Iterator[Problem]:
        for path, sections, id in self.references:
            places = self.ids.get(id, [])
            if places and (not sections or any(place[0] in sections for place in places)):
                continue
            wanted = listed([_SINGULAR[section] for section in sections]) or "item"
            if places:
                message, help = f'"{shortened(id)}" is in {places[0][0]}, not a {wanted}', ""
            else:
                message, help = f'no {wanted} "{shortened(id)}"', self.suggest(id, self.known(sections))
            yield Problem("reference", message, path, help=help)

    def known(self, sections: tuple[str, ...]) -> list[str]:
        """The ids of these sections; asked for only when all are known, and gathered once."""
        if sections not in self.known_in:
            ids = (id for id, at in self.ids.items() if not sections or at[0][0] in sections)
            self.known_in[sections] = list(ids)
        return self.known_in[sections]

    def sourceless(self, plain: Any) -> Iterator[Problem]:
        """A quote alone is from the only source with a file; with none or several it is from nowhere."""
        sources = plain.get("sources") if isinstance(plain, dict) else None
        entries = sources if isinstance(sources, list) else []
        count = sum(isinstance(entry, dict) and bool(entry.get("file")) for entry in entries)
        for path in self.bare_quotes if count != 1 else ():
            message = f"a quote alone, but {count or 'no'} sources have a file"
            yield Problem("evidence-source", message, path, help="write {source: …, quote: …}")

    def suggest(self, word: str, known: Any) -> str:
        return self.guesses.did_you_mean(word, known)


_FORMS = {
    "id": "lower-case letters and digits, joined by single hyphens: marco-rubio",
    "url": "it starts with https:// and has no spaces",
    "language": "write en, es or pt-BR",
}


def _is_other_version(value: Any) -> bool:
    return isinstance(value, str) and value != FORMAT and bool(re.fullmatch(r"briefing/[0-9.]+", value))


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "keys"
    return "a list" if isinstance(value, list) else f'"{shortened(value)}"' if value else "nothing"


def _wanted(field: Field) -> str:
    if field.vocabulary:
        return listed(field.vocabulary)
    if field.refers is not None:
        return "an id"
    return {"Date": "a date", "Number": "a number", "str": field.meaning}.get(field.kind.__name__, "keys")
