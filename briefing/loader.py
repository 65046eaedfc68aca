"""A name, a path or `-` → a Digest, or every problem in it at once.

The quick way is taken first: bytes, data, Digest. Only where it fails is the data gone over piece
by piece (`judge.build`), and only a problem is worth reading the file once more for its place.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from briefing import judge, reader
from briefing.dates import Date
from briefing.files import noted, open_ordinary
from briefing.findings import Said, findings_about, origins, origins_of, own_origins
from briefing.model import DIGEST, Digest, Event, Item, Quote, Source, decode, field_at
from briefing.problem import MOST_SOUGHT, Failure, InvalidDigest, Problem, in_order, shortened
from briefing.problem import Path as DigestPath

BUNDLED = "us-el-salvador-2025"
"""The digest that is meant when none is named."""

_SUFFIXES = (".yaml", ".yml")
_TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
_BEGINNING = rb"""(?m)^[{ ]{0,4}["']?format["']? *: *["']?briefing/"""
_SNIFFED = 10_000  # bytes

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_LONGEST_NAME = 60


class Origin(NamedTuple):
    """Where a digest's bytes come from."""

    label: str
    """As the digest was named, not yet made safe to print; messages begin with it."""
    path: Path | None
    """The file; None for standard input."""
    is_found: bool = False
    """True where the program found the file itself. One that a person names may be a pipe or a device."""

    def is_digest(self, data: bytes) -> bool:
        """Whether bytes from here are meant as a digest and not as a text: by their name, else by how they begin."""
        suffix = self.path.suffix.lower() if self.path else ""
        if self.is_found or suffix in (*_SUFFIXES, ".json"):
            return True
        return suffix not in _TEXT_SUFFIXES and bool(re.search(_BEGINNING, data[:_SNIFFED]))


class Reference(NamedTuple):
    """One item names another."""

    section: str
    item: Item
    """The item that refers."""
    path: DigestPath
    """The place of the id, from the top of the digest."""
    id: str
    """The item that is referred to."""


class Loaded:
    """A digest, what was wrong in its file, and what is needed to say where a thing stands in it.

    Where `problems` has errors, the digest is only what was sound. `parse`, `read` and `load` give no such one.
    """

    def __init__(self, digest: Digest, origin: Origin, data: bytes) -> None:
        self.digest, self.origin, self.data = digest, origin, data
        self.problems: tuple[Problem, ...] = ()
        self.kept: judge.Kept = {}
        self.unsound: set[DigestPath] = set()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with it, warnings aside."""
        return not any(problem.severity == "error" for problem in self.problems)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems with paths in the Digest → the same with their places in the file, in order.

        Of a value that was refused already nothing more is said.
        """
        found = [problem._replace(path=judge.in_file(problem.path, self.kept)) for problem in problems]
        new = [problem for problem in found if not _is_below(problem.path, self.unsound)]
        return _placed(new, self.data, self.origin.label)

    @cached_property
    def names(self) -> dict[str, str]:
        """What people read for an id: a stakeholder's name, an instrument's or a source's short title.

        What has no name of its own is called by the beginning of its text.
        """
        named = {item.id: _called(item) for _, _, item in self.items()}
        publishers = Counter(source.publisher for source in self.digest.sources)
        for source in self.digest.sources:
            if source.publisher and not source.short:
                alone = publishers[source.publisher] == 1
                named[source.id] = source.publisher if alone else f"{source.publisher} ({source.id})"
        named[DIGEST] = "This digest"
        return named

    def own_origins(self, item: Item) -> set[str]:
        """The origins of the sources that an item itself rests on."""
        return own_origins(item, self.origins, self.main_source.id if self.main_source else "")

    @cached_property
    def finding_origins(self) -> dict[str, frozenset[str]]:
        """The origins of the sources of each finding, by the finding's id."""
        return {finding.id: origins_of(finding, self.origins) for finding in self.digest.findings}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Where each source can be read, where that is known."""
        return {source.id: source.url for source in self.digest.sources if source.url}

    @cached_property
    def tag(self) -> str:
        """What the labels of the digest's footnotes begin with: short, and unlikely to be another digest's."""
        from zlib import crc32

        number, letters = crc32(self.digest.id.encode()), ""
        for _ in range(4):
            number, letter = divmod(number, len(_LETTERS))
            letters += _LETTERS[letter]
        return letters

    @cached_property
    def due(self) -> dict[str, Date]:
        """The date that an event's deadline gives, by the event's id."""
        return judge.due_dates(self.digest)

    def when(self, event: Event) -> Date | None:
        """The date of an event: its own, or that of its deadline."""
        return event.date or self.due.get(event.id)

    @cached_property
    def origins(self) -> dict[str, str]:
        """The origin of each source."""
        return origins(self.digest)

    @cached_property
    def findings(self) -> dict[str, tuple[Said, ...]]:
        """What other sources say of each item, gravest first."""
        return findings_about(self.digest)

    @cached_property
    def main_source(self) -> Source | None:
        """The source that a quote alone is from: the only one with a file."""
        return judge.main_source(self.digest)

    def items(self) -> Iterator[tuple[str, int, Item]]:
        """Every item in the format's order, with its section and its position there."""
        for section in Digest.SECTIONS:
            for position, item in enumerate(getattr(self.digest, section)):
                yield section, position, item

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Every item by its id."""
        return {item.id: item for _, _, item in self.items()}

    def references(self) -> Iterator[Reference]:
        """Every place where one item names another."""
        for section, position, item in self.items():
            for path, _, id in judge.references(item, type(item), (section, position)):
                yield Reference(section, item, path, id)

    def quotes(self, item: Item) -> list[Quote]:
        """An item's evidence, each quote with its source."""
        main = self.main_source.id if self.main_source else ""
        return [_with_source(quote, main) for quote in item.evidence]


def _with_source(quote: str | Quote, main: str) -> Quote:
    if isinstance(quote, str):
        return Quote(source=main, quote=quote)
    return quote if quote.source else msgspec.structs.replace(quote, source=main)


def _called(item: Item) -> str:
    """An item's short name, its name, or the beginning of its text."""
    for field in ("short", "name", "title", "label", "text", "event", "question"):
        if said := getattr(item, field, ""):
            text = " ".join(said.split())
            return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME].rpartition(' ')[0]} …"
    return item.id


def data_folder() -> Path:
    """The folder of the digests that the program carries; the source texts are beside it."""
    package = Path(__file__).parent
    installed = package / "bundled" / "data"
    return installed if installed.is_dir() else package.parent / "data"


def locate(name: str | None) -> Origin:
    """Where the digest that is meant should be: a name that leads nowhere is taken for a path."""
    name = name or os.environ.get("BRIEFING_DIGEST") or BUNDLED
    if name == "-":
        return Origin("-", None)
    for folder in _folders():
        for suffix in _SUFFIXES if _is_name(name) else ():
            path = folder / f"{name}{suffix}"
            if os.path.exists(path) and not os.path.isdir(path):
                return Origin(name, path, is_found=True)
    return Origin(name, Path(name))


def is_there(name: str) -> bool:
    """Whether something is a digest as people name one: standard input, a file, a path or a known name."""
    path = locate(name).path
    return path is None or (os.path.exists(path) and not os.path.isdir(path)) or not _is_name(name)


def _is_name(text: str) -> bool:
    """Whether a text is a name to look up; what looks like a path, or is a file, is a path."""
    looks_like_path = os.sep in text or (os.altsep or os.sep) in text or text.endswith(_SUFFIXES)
    return not looks_like_path and not os.path.isfile(text)


def _folders() -> Iterator[Path]:
    for folder in os.environ.get("BRIEFING_PATH", "").split(os.pathsep):
        if folder:
            yield Path(folder)
    yield data_folder()


def load(name: str | None = None) -> Loaded:
    """Read a digest. Raises Failure where there is nothing to read, InvalidDigest where it is wrong."""
    return read(locate(name))


def read(origin: Origin) -> Loaded:
    """Read the digest from where it is."""
    return parse(raw(origin), origin)


def raw(origin: Origin) -> bytes:
    """The bytes of a digest, as they are. Raises Failure where there is nothing to read."""
    try:
        if origin.path is None:
            if sys.stdin is None:
                raise Failure("standard input is closed")
            return noted(sys.stdin.buffer).read(reader.MOST_BYTES + 1)
        with open_ordinary(origin.path) if origin.is_found else open(origin.path, "rb") as file:
            return noted(file).read(reader.MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise Failure(f"{shortened(origin.label)}: {reason}", _unreadable_help(origin)) from error


def library() -> dict[str, Path]:
    """The digests that can be called by name, in the order of the folders; the first of a name counts."""
    found = (
        path
        for folder in _folders()
        for path in sorted(folder.glob("*"))
        if path.suffix in _SUFFIXES and not path.is_dir()
    )
    first: dict[str, Path] = {}
    for path in found:
        first.setdefault(path.stem, path)
    return first


def names() -> list[str]:
    """The names of those that lead to an ordinary file."""
    return [name for name, path in library().items() if path.is_file()]


def _unreadable_help(origin: Origin) -> str:
    if origin.path and not os.path.exists(origin.path) and _is_name(origin.label):
        from briefing.problem import did_you_mean

        return did_you_mean(origin.label, names()) or f"the digests by name: {', '.join(names())}"
    return ""


def parse(data: bytes, origin: Origin) -> Loaded:
    """Bytes → a digest. Raises InvalidDigest with everything that is wrong."""
    loaded = _judged(data, origin)
    if loaded.problems:
        raise InvalidDigest(loaded.problems)
    return loaded


def judged(name: str | None = None) -> Loaded:
    """Read a digest with its faults: what is sound of it, with every problem, warnings too.

    Raises Failure where there is nothing to read, InvalidDigest where no digest can be made of it.
    """
    origin = locate(name)
    return examine(raw(origin), origin)


def examine(data: bytes, origin: Origin) -> Loaded:
    """Bytes → what is sound of a digest, with every problem. Raises InvalidDigest where nothing is."""
    loaded = _judged(data, origin)
    warnings = loaded.located(_cut_short(data))
    loaded.problems = tuple(in_order([*loaded.problems, *warnings]))
    return loaded


def _judged(data: bytes, origin: Origin) -> Loaded:
    """The one way from bytes to a digest and its errors."""
    try:
        plain, refused = reader.read(data)
    except InvalidDigest as error:
        raise InvalidDigest(p._replace(digest=origin.label) for p in error.problems) from None
    built = _built(plain)
    # What the reader refused is not judged again; of a key that is there twice the first value counts.
    unread = {problem.path for problem in refused if problem.rule != "duplicate-key"}
    problems = [problem for problem in built.problems if not _is_below(problem.path, unread)]
    if built.digest is not None:
        unsound = built.unsound | unread
        for problem in islice(judge.integrity(built.digest, built.kept), MOST_SOUGHT):
            problem = problem._replace(path=judge.in_file(problem.path, built.kept))
            if not _is_below(problem.path, unsound):
                problems.append(problem)
    placed = _placed(problems[:MOST_SOUGHT], data, origin.label)
    found = in_order([*(problem._replace(digest=origin.label) for problem in refused), *placed])
    if built.digest is None:
        raise InvalidDigest(found)
    loaded = Loaded(built.digest, origin, data)
    loaded.problems, loaded.kept, loaded.unsound = tuple(found), built.kept, built.unsound | unread
    return loaded


def _built(plain: Any) -> judge.Built:
    try:
        return judge.Built(msgspec.convert(plain, Digest, dec_hook=decode), [], {}, set())
    except msgspec.ValidationError:
        return judge.build(plain)


def _is_below(path: DigestPath, others: set[DigestPath]) -> bool:
    """Whether the path, or one of its beginnings, is among the others."""
    return bool(others) and not others.isdisjoint(path[:length] for length in range(len(path) + 1))


def _placed(problems: list[Problem], data: bytes, label: str) -> list[Problem]:
    """Every problem with the line and column of its path, in order of place."""
    if not problems:
        return []
    _, spots = reader.survey(data, {problem.path for problem in problems})
    placed = []
    for problem in problems:
        spot = spots.get(problem.path)
        place = spot and (spot.key if problem.on_key else spot.value)
        if place and problem.rule == "missing-key":
            place = place._replace(width=1)  # the place is where the mapping begins
        placed.append(problem._replace(digest=label, place=place))
    return in_order(placed)


def _cut_short(data: bytes) -> Iterator[Problem]:
    """A text whose last words YAML takes for a comment."""
    help = "put the whole value in double quotes, or the comment on a line of its own"
    for path, comment in reader.comments(data):
        field = field_at(path)
        if field is not None and field.is_prose:
            message = f'the text ends before "{shortened(comment)}", which YAML takes for a comment'
            yield Problem("comment-cuts-text", message, path, help=help, severity="warning")
