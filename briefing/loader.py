"""A name, a path or `-` → a Digest, or every problem in it at once.

The quick way is taken first: bytes, data, Digest, references. Only where it fails is the data
gone over piece by piece (`validate`) and the file read once more for places.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from briefing import reader
from briefing.files import noted, open_ordinary
from briefing.model import MOST_QUOTES, MOST_QUOTES_IN_ALL, Digest, Item, Part, Quote, Source, decode, fields
from briefing.problem import Failure, InvalidDigest, shortened
from briefing.problem import Path as DigestPath

BUNDLED = "us-el-salvador-2025"
"""The digest that is meant when none is named."""

_SUFFIXES = (".yaml", ".yml")


class Origin(NamedTuple):
    """Where a digest's bytes come from."""

    label: str
    """As the reader named it, not yet made safe to print; what messages begin with."""
    path: Path | None
    """The file; None for standard input."""
    is_found: bool = False
    """True where the program found the file itself. One that a person names may be a pipe or a device."""


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
    """A digest with what is needed to say where in its file a thing stands."""

    def __init__(self, digest: Digest, origin: Origin, data: bytes) -> None:
        self.digest, self.origin, self.data = digest, origin, data

    @cached_property
    def names(self) -> dict[str, str]:
        """The name that people see for an id: a stakeholder's, an instrument's, a source's publisher."""
        digest = self.digest
        named = {instrument.id: instrument.title for instrument in digest.instruments}
        publishers = Counter(source.publisher for source in digest.sources)
        for source in digest.sources:
            alone = publishers[source.publisher] == 1
            name = source.publisher if alone else f"{source.publisher} ({source.id})"
            named[source.id] = name if source.publisher else source.title
        named.update((stakeholder.id, stakeholder.name) for stakeholder in digest.stakeholders)
        return named

    @cached_property
    def main_source(self) -> Source | None:
        """The source that a quote alone is from: the only one with a file."""
        return _main_source(self.digest)

    @cached_property
    def first_quote(self) -> dict[str, int]:
        """The number, in the whole digest, of the first quote of each item."""
        counts = accumulate((len(item.evidence) for _, _, item in self.items()), initial=1)
        return {item.id: number for (_, _, item), number in zip(self.items(), counts, strict=False)}

    def items(self) -> Iterator[tuple[str, int, Item]]:
        """Every item in the format's order, with its section and its position there."""
        for section in Digest.SECTIONS:
            for position, item in enumerate(getattr(self.digest, section)):
                yield section, position, item

    def references(self) -> Iterator[Reference]:
        """Every place where one item names another."""
        for section, position, item in self.items():
            for path, id in _references(item, type(item), (section, position)):
                yield Reference(section, item, path, id)

    def quotes(self, item: Item) -> list[Quote]:
        """An item's evidence, each quote with its source."""
        main = self.main_source.id if self.main_source else ""
        return [
            quote if isinstance(quote, Quote) else Quote(source=main, quote=quote) for quote in item.evidence
        ]


def data_folder() -> Path:
    """The folder of the digests that the program carries; the source texts are beside it."""
    package = Path(__file__).parent
    installed = package / "bundled" / "data"
    return installed if installed.is_dir() else package.parent / "data"


def locate(name: str | None) -> Origin:
    """Find the digest that is meant. Raises Failure where there is none."""
    name = name or os.environ.get("BRIEFING_DIGEST") or BUNDLED
    if name == "-":
        return Origin("-", None)
    for folder in _folders():
        for suffix in _SUFFIXES if _is_name(name) else ():
            path = folder / f"{name}{suffix}"
            if os.path.exists(path) and not os.path.isdir(path):
                return Origin(name, path, is_found=True)
    return Origin(name, Path(name))


def _is_name(text: str) -> bool:
    """A name is looked up; what looks like a path, or is a file, is a path."""
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
    return parse(_bytes(origin), origin)


def _bytes(origin: Origin) -> bytes:
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
    """The names alone of those that can be read."""
    return [name for name, path in library().items() if path.is_file()]


def _unreadable_help(origin: Origin) -> str:
    if origin.path and not os.path.exists(origin.path) and _is_name(origin.label):
        from briefing.problem import did_you_mean

        return did_you_mean(origin.label, names()) or f"the digests by name: {', '.join(names())}"
    return ""


def parse(data: bytes, origin: Origin) -> Loaded:
    """Bytes → a digest. Raises InvalidDigest with everything that is wrong."""
    try:
        plain, problems = reader.read(data)
    except InvalidDigest as error:
        raise InvalidDigest(p._replace(digest=origin.label) for p in error.problems) from None
    try:
        digest = msgspec.convert(plain, Digest, dec_hook=decode)
    except msgspec.ValidationError:
        digest = None
    if digest is None or problems or not _resolved(digest):
        from briefing.validate import invalid  # only a mistake needs it

        raise InvalidDigest(invalid(plain, problems, data, origin.label))
    return Loaded(digest, origin, data)


def _resolved(digest: Digest) -> bool:
    """Whether ids are unique, references lead somewhere, quotes have a source and are not too many."""
    sections = {name: getattr(digest, name) for name in Digest.SECTIONS}
    ids = {name: {item.id for item in section} for name, section in sections.items()}
    everywhere = set[str]().union(*ids.values())
    if len(everywhere) != sum(map(len, sections.values())):
        return False
    quotes = [len(item.evidence) for section in sections.values() for item in section]
    if max(quotes, default=0) > MOST_QUOTES or sum(quotes) > MOST_QUOTES_IN_ALL:
        return False
    wanted: dict[tuple[str, ...], set[str]] = {}
    for name, part in Digest.SECTIONS.items():
        _gather(sections[name], part, wanted)
    for targets, references in wanted.items():
        known = set[str]().union(*(ids[target] for target in targets)) if targets else everywhere
        if not references <= known:
            return False
    return _main_source(digest) is not None or not any(
        isinstance(quote, str) for section in sections.values() for item in section for quote in item.evidence
    )


def _main_source(digest: Digest) -> Source | None:
    with_file = [source for source in digest.sources if source.file]
    return with_file[0] if len(with_file) == 1 else None


def _references(part: Part, kind: type[Part], path: DigestPath) -> Iterator[tuple[DigestPath, str]]:
    for field in fields(kind):
        nested = field.is_part
        value = getattr(part, field.attribute) if nested or field.refers is not None else None
        for position, each in enumerate(value if field.many and value else [value] if value else []):
            here = (*path, field.name, position) if field.many else (*path, field.name)
            if isinstance(each, Part):
                yield from _references(each, field.kind, here)
            elif field.refers is not None:
                yield here, each


def _gather(parts: Sequence[Part], part: type[Part], wanted: dict[tuple[str, ...], set[str]]) -> None:
    """Collect the ids that these parts refer to, a field at a time: a loop over items is slower."""
    for field in fields(part) if parts else ():
        nested = field.is_part
        if field.refers is None and not nested:
            continue
        values = filter(None, map(attrgetter(field.attribute), parts))
        each = list(chain.from_iterable(values) if field.many else values)
        if nested:
            _gather([value for value in each if not isinstance(value, str)], field.kind, wanted)
        elif field.refers is not None:
            wanted.setdefault(field.refers, set()).update(each)
