"""Plain data held against the format: a Digest of all that is sound, and every Problem.

What the format says of single values is checked by `build`, piece by piece: only data that is
known to be wrong comes there, so it is written for good messages and not for speed. What has to
fit together in a Digest (ids, references, sources of quotes) is checked by `integrity`,
for a sound Digest and for one that lacks what was wrong.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from briefing import dates
from briefing.dates import Date
from briefing.model import (
    DIGEST,
    FORMAT,
    MOST_QUOTES,
    MOST_QUOTES_IN_ALL,
    SECTIONS,
    Digest,
    Event,
    Field,
    Number,
    Part,
    Quote,
    Source,
    decode,
    fields,
)
from briefing.problem import MOST_SOUGHT, Guesses, Path, Problem, dotted, listed, shortened

_SINGULAR = {section.name: section.singular for section in SECTIONS} | {DIGEST: f'"{DIGEST}"'}

Kept = dict[Path, list[int]]
"""For each list that lost entries, by its path: the positions in the file of the entries that are left."""


class Built(NamedTuple):
    """What became of data that is not sound."""

    digest: Digest | None
    """All that is sound of it; None where there is nothing to speak of."""
    problems: list[Problem]
    kept: Kept
    unsound: set[Path]
    """The fields whose values stand in for what is wrong or missing, by their paths in the file."""


def build(plain: Any) -> Built:
    """The sound parts of a digest, and what is wrong with the others."""
    builder = _Builder()
    if isinstance(plain, dict) and _is_other_version(plain.get("format")):
        message = f'format "{shortened(plain["format"])}" is not known here; this program reads {FORMAT}'
        help = "a newer version of briefing may read it"
        return Built(None, [Problem("format", message, ("format",), help=help)], {}, set())
    digest = builder.part(plain, Digest, ())
    assert digest is None or isinstance(digest, Digest)
    return Built(digest, builder.problems, builder.kept, builder.unsound)


def in_file(path: Path, kept: Kept) -> Path:
    """The path in the file of what has this path in the Digest."""
    if not kept:
        return path
    steps: list[str | int] = []
    for step in path:
        positions = kept.get(tuple(steps))
        steps.append(positions[step] if positions and isinstance(step, int) else step)
    return tuple(steps)


class _Builder:
    """One walk over the data. A value that is wrong leaves its field with a stand-in."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.kept: Kept = {}
        self.unsound: set[Path] = set()
        self.suggest = Guesses().did_you_mean

    def refuse(self, rule: str, message: str, path: Path, help: str = "", on_key: bool = False) -> None:
        self.problems.append(Problem(rule, message, path, on_key, help))

    def part(self, value: Any, part: type[Part], path: Path) -> Part | None:
        """A part with all of its fields that are sound; None where the data has no keys at all."""
        if not isinstance(value, dict):
            keys = listed([f.name for f in fields(part) if f.required], "and")
            self.refuse("type", f"{_found(value)} where keys are expected", path, f"it needs {keys}")
            return None
        known = {field.name: field for field in fields(part)}
        if part is Quote and not known.keys() & value.keys():  # - Article 5: the fee
            self.refuse(
                "type", "keys where a quote is expected", path, "put the whole value in quotes: '\u2026'"
            )
            return None
        for name in value:
            if name not in known:
                help = self.suggest(name, known) or f"the keys here: {', '.join(known)}"
                self.refuse("unknown-key", f'no key "{shortened(name)}" here', (*path, name), help, True)
        return part(**dict(self.values(value, known, path)))

    def values(self, value: dict[str, Any], known: dict[str, Field], path: Path) -> Iterator[tuple[str, Any]]:
        """The attributes of a part; those that are left out have their default."""
        for name, field in known.items():
            if name in value:
                found = self.field(value[name], field, (*path, name))
                if found is None:
                    self.unsound.add((*path, name))
                    found = _stand_in(field)
                yield field.attribute, found
            elif field.required:
                wanted = "a list" if field.many else _wanted(field)
                self.refuse("missing-key", f'"{name}" is missing', path, f"add {name}: {wanted}")
                self.unsound.add((*path, name))
                yield field.attribute, _stand_in(field)

    def field(self, value: Any, field: Field, path: Path) -> Any:
        if not field.many:
            return self.one(value, field, path)
        if not isinstance(value, list):
            help = f"write [{_wanted(field)}, …]"
            self.refuse("type", f"{_found(value)} where a list is expected", path, help)
            return None
        # Where more is wrong than anybody reads, the rest is left out unread.
        entries = [
            self.one(entry, field, (*path, number)) if len(self.problems) < MOST_SOUGHT else None
            for number, entry in enumerate(value)
        ]
        sound = [number for number, entry in enumerate(entries) if entry is not None]
        if len(sound) < len(entries):
            self.kept[path] = sound
        return tuple(entries[number] for number in sound)

    def one(self, value: Any, field: Field, path: Path) -> Any:
        """One value, or None where it is not sound."""
        if field.is_part and not (field.alone and isinstance(value, str)):
            return self.part(value, field.kind, path)
        if not isinstance(value, str):
            self.refuse("type", f"{_found(value)} where {_wanted(field)} is expected", path)
            return None
        if not field.vocabulary:
            return self.scalar(value, field, path)
        if value in field.vocabulary:
            return value
        help = self.suggest(value, field.vocabulary)
        message = f'"{shortened(value)}" is not one of {listed(field.vocabulary)}'
        self.refuse("vocabulary", message, path, help)
        return None

    def scalar(self, value: str, field: Field, path: Path) -> Any:
        if field.kind is not str and not field.is_part:
            try:
                return decode(field.kind, value)
            except ValueError as error:
                self.refuse(field.kind.__name__.lower(), f'"{shortened(value)}": {error}', path)
        elif not value.strip():
            message = f"no {field.form or 'text'} given"
            self.refuse("empty", message, path, "give one, or leave the key out")
        elif field.pattern and not re.search(field.pattern, value):
            message = f'"{shortened(value)}" is not {field.form}'
            self.refuse("text", message, path, _FORMS.get(field.name, ""))
            return value if field.name == "id" else None  # so that those who name it are not wrong too
        else:
            return value
        return None


def _stand_in(field: Field) -> Any:
    """What a field holds whose value is wrong. Nothing more is said of such a field."""
    if field.many:
        return ()
    if field.kind is Number:
        return Number("-999999999999999999")  # below every upper end
    if field.kind is Date:
        return Date("", "", "~") if field.required else None
    if field.is_part:
        return None
    return "?" if field.refers is not None else ""


def integrity(digest: Digest, kept: Kept) -> Iterator[Problem]:
    """What does not fit together in a digest: each problem with its path in the Digest."""
    index = _Index(digest, kept)
    yield from index.repeated_ids()
    yield from index.dangling()
    yield from _too_many_quotes(digest)
    yield from _sourceless(digest)
    yield from _reversed_ranges(digest)
    yield from _deadlines(digest)


class _Index:
    """Which ids there are, and which of them are referred to."""

    def __init__(self, digest: Digest, kept: Kept) -> None:
        self.digest, self.kept = digest, kept
        self.suggest = Guesses().did_you_mean
        sections = {name: getattr(digest, name) for name in Digest.SECTIONS}
        self.ids = {name: {item.id for item in section} for name, section in sections.items()}
        self.everywhere = set[str]().union(*self.ids.values())
        self.ids[DIGEST] = {DIGEST}
        self.are_unique = len(self.everywhere) == sum(map(len, sections.values()))

    def repeated_ids(self) -> Iterator[Problem]:
        if self.are_unique and DIGEST not in self.everywhere:
            return
        first: dict[str, Path] = {}
        for section in Digest.SECTIONS:
            for position, item in enumerate(getattr(self.digest, section)):
                path = (section, position)
                if item.id == DIGEST:
                    message = f'"{DIGEST}" stands for this digest itself, in asserted_by'
                    yield Problem("text", message, (*path, "id"), help="give the item another id")
                before = first.setdefault(item.id, path)
                if before != path and item.id:
                    message = f'id "{shortened(item.id)}" a second time, first in {dotted(in_file(before, self.kept))}'
                    help = "give one of the two another id"
                    yield Problem("duplicate-id", message, (*path, "id"), help=help)

    def dangling(self) -> Iterator[Problem]:
        """References that lead nowhere: looked for all at once, and one by one only where there are any."""
        wanted: dict[tuple[str, ...], set[str]] = {}
        for name, part in Digest.SECTIONS.items():
            _gather(getattr(self.digest, name), part, wanted)
        lost = {sections: ids - self.known(sections) for sections, ids in wanted.items()}
        if not any(lost.values()):
            return
        for section, part in Digest.SECTIONS.items():
            for position, item in enumerate(getattr(self.digest, section)):
                for path, field, id in references(item, part, (section, position)):
                    if id in lost[field.refers or ()]:
                        yield self._lost(path, field.refers or (), id)

    def known(self, sections: tuple[str, ...]) -> set[str]:
        return set[str]().union(*(self.ids[section] for section in sections)) if sections else self.everywhere

    def _lost(self, path: Path, sections: tuple[str, ...], id: str) -> Problem:
        wanted = listed([_SINGULAR[section] for section in sections]) or "item"
        elsewhere = next((section for section, ids in self.ids.items() if id in ids), "")
        if elsewhere:
            article = "an" if wanted[0] in "aeiou" else "a"
            return Problem("reference", f'"{shortened(id)}" is in {elsewhere}, not {article} {wanted}', path)
        help = self.suggest(id, self.known(sections))
        return Problem("reference", f'no {wanted} "{shortened(id)}"', path, help=help)


def alone_field(field: Field) -> Field:
    """The field of a part that a text alone is."""
    return next(each for each in fields(field.kind) if each.name == field.alone)


def references(part: Part, kind: type[Part], path: Path) -> Iterator[tuple[Path, Field, str]]:
    """Every id that a part refers to, with its place and the field that holds it."""
    for field in fields(kind):
        if field.refers is None and not field.is_part:
            continue
        value = getattr(part, field.attribute)
        if not value:
            continue
        for position, each in enumerate(value if field.many else (value,)):
            here = (*path, field.name, position) if field.many else (*path, field.name)
            if isinstance(each, Part):
                yield from references(each, field.kind, here)
            elif field.is_part:
                alone = alone_field(field)
                if alone.refers is not None:
                    yield here, alone, each
            elif field.refers is not None:
                yield here, field, each


def _gather(parts: Sequence[Part], part: type[Part], wanted: dict[tuple[str, ...], set[str]]) -> None:
    """Collect the ids that these parts refer to, a field at a time: a loop over items is slower."""
    for field in fields(part) if parts else ():
        if field.refers is None and not field.is_part:
            continue
        values = filter(None, map(attrgetter(field.attribute), parts))
        each = list(chain.from_iterable(values) if field.many else values)
        if field.is_part:
            _gather([value for value in each if not isinstance(value, str)], field.kind, wanted)
            if field.alone and (alone := alone_field(field)).refers is not None:
                wanted.setdefault(alone.refers, set()).update(v for v in each if isinstance(v, str))
        elif field.refers is not None:
            wanted.setdefault(field.refers, set()).update(each)


def _too_many_quotes(digest: Digest) -> Iterator[Problem]:
    total = 0
    for section in Digest.SECTIONS:
        for position, item in enumerate(getattr(digest, section)):
            count = len(item.evidence)
            total += count
            if count > MOST_QUOTES:
                message = f"{count:,} quotes, and an item has at most {MOST_QUOTES:,}"
                help = "keep those that say it best, or make several items of it"
                yield Problem("evidence-many", message, (section, position, "evidence"), True, help)
    if total > MOST_QUOTES_IN_ALL:
        message = f"{total:,} quotes, and a digest has at most {MOST_QUOTES_IN_ALL:,}"
        yield Problem("evidence-many", message, help="make several digests of it")


def main_source(digest: Digest) -> Source | None:
    """The source of a quote that names none: the digest's only one with a file."""
    with_file = [source for source in digest.sources if source.file]
    return with_file[0] if len(with_file) == 1 else None


def _sourceless(digest: Digest) -> Iterator[Problem]:
    """A quote that names no source is from the only one with a file; with none or several, from nowhere."""
    if main_source(digest) is not None:
        return
    count = sum(bool(source.file) for source in digest.sources)
    for section in Digest.SECTIONS:
        for position, item in enumerate(getattr(digest, section)):
            for number, quote in enumerate(item.evidence):
                if isinstance(quote, str) or not quote.source:
                    message = f"a quote without a source, but {count or 'no'} sources have a file"
                    path = (section, position, "evidence", number)
                    yield Problem("evidence-source", message, path, help="write {source: …, quote: …}")


def _reversed_ranges(digest: Digest) -> Iterator[Problem]:
    for position, figure in enumerate(digest.figures):
        if figure.upper is not None and figure.upper < figure.value:  # never true of a stand-in
            message = f"the range ends at {figure.upper:f}, before it begins at {figure.value:f}"
            help = "value is the lower end, upper the upper one"
            yield Problem("range", message, ("figures", position, "upper"), help=help)


def _deadlines(digest: Digest) -> Iterator[Problem]:
    """Time limits that cannot be computed: in a circle, or counted from an event without a date."""
    events = {event.id: event for event in digest.timeline}
    if not any(event.deadline for event in digest.timeline):
        return
    circling = _in_circles(events)
    computed = due_dates(digest)
    for position, event in enumerate(digest.timeline):
        if event.deadline is None or (base := events.get(event.deadline.of)) is None:
            continue  # a reference that leads nowhere is told as one
        path: Path = ("timeline", position, "deadline", "of")
        if event.id in circling:
            help = "count one of them from an event with a date"
            yield Problem("deadline", f"the deadline of {event.id} leads back to itself", path, help=help)
        elif base.date is None and base.deadline is None:
            message = f"{base.id} has no date, so nothing can be counted from it"
            yield Problem(
                "deadline", message, path, help="give it a date or a deadline, or say it in condition"
            )
        elif event.id not in computed and (base.date is not None or base.id in computed):
            path = ("timeline", position, "deadline", "within")
            yield Problem("deadline", "the deadline is after the year 9999", path)


def _in_circles(events: dict[str, Event]) -> set[str]:
    """The events whose deadline is counted, by way of others, from themselves."""
    circling: set[str] = set()
    seen: set[str] = set()
    for start in events:
        chain: dict[str, None] = {}
        id = start
        while id in events and id not in seen:
            seen.add(id)
            chain[id] = None
            deadline = events[id].deadline
            id = deadline.of if deadline else ""
        if id in chain:
            ids = list(chain)
            circling.update(ids[ids.index(id) :])
    return circling


def due_dates(digest: Digest) -> dict[str, Date]:
    """The date that the deadline of each event gives, as far as it can be computed, by the event's id.

    It is counted from the date of the other event or, where that has none, from its own deadline.
    """
    events = {event.id: event for event in digest.timeline}
    due: dict[str, Date] = {}
    settled: set[str] = set()
    for start in digest.timeline:
        chain: list[Event] = []
        event: Event | None = start
        while event is not None and event.deadline is not None and event.id not in settled:
            settled.add(event.id)
            chain.append(event)
            event = events.get(event.deadline.of)
        for event in reversed(chain):
            assert event.deadline is not None
            base = events.get(event.deadline.of)
            since = (base.date or due.get(base.id)) if base else None
            if since is not None and (found := _after(since, event.deadline.within)) is not None:
                due[event.id] = found
    return due


def _after(date: Date, duration: str) -> Date | None:
    # A date or a duration may stand in for one that is wrong.
    return dates.add(date, duration) if date.text and duration.startswith("P") else None


_FORMS = {
    "within": "write P4Y, P6M, P2W, P180D, or P1Y6M",
    "repeats": "write yearly, monthly, weekly or a duration: P2Y",
    "id": "lower-case letters and digits, joined by single hyphens: marco-rubio",
    "url": "it starts with https:// or http:// and has no spaces",
    "archived": "it starts with https:// or http:// and has no spaces",
    "language": "write en, es or pt-BR",
    "authentic_languages": "write en, es or pt-BR",
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
    return {"Date": "a date", "Number": "a number", "str": field.form, "About": "an id, or {item, part}"}.get(
        field.kind.__name__, "keys"
    )
