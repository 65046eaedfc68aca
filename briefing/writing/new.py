"""A digest to begin with: its head and sources filled in, examples and the texts' sentences in comments."""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path, PurePath
from typing import NamedTuple

from briefing.documents import kind_of, name_of
from briefing.files import MOST_BYTES, noted
from briefing.model import DIGEST, FORMAT, Digest, Source, fields
from briefing.problem import UNSAFE, Failure, shortened
from briefing.texts.amendments import hashes, units
from briefing.texts.marks import MOST_MARKS, excess_marks
from briefing.texts.text import SourceText
from briefing.writing import template
from briefing.writing.scalars import quoted, remark
from briefing.writing.template import TODO, Example
from briefing.writing.tongue import guessed
from briefing.writing.worklist import worklist

SCHEMA = "briefing-1.schema.json"
"""The file that an editor looks for beside the digest: what `briefing schema` prints."""

_LONGEST_ID = 60
_LONGEST_TITLE = 200
_SLUG_WORDS = r"[a-z0-9]+"
_MAKE_PLAIN = "briefing text makes a plain text of it"


class Text(NamedTuple):
    """A text that a digest is written from."""

    path: Path
    data: bytes
    source: SourceText
    language: str
    """What it seems to be in; empty where that is not clear."""
    title: str
    """Its first line, where that looks like a title; else what its file is called."""


class Head(NamedTuple):
    """What stands at the top of a digest."""

    id: str
    title: str
    as_of: str
    language: str


class Where(NamedTuple):
    """How the texts are found from the digest."""

    files: tuple[str, ...]
    """Each text's path below the folder of the source texts."""
    seeds: Path | None
    """The folder to name with --seeds; None where they are found without."""


def read(path: Path, language: str) -> Text:
    """Read one text; `language` is the one it is in where that cannot be guessed.

    Raises Failure where it cannot be read, or is no plain text.
    """
    try:
        with open(path, "rb") as file:
            data = noted(file).read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise Failure(f"{shortened(str(path))}: {reason}") from error
    return read_data(path, data, language)


def read_data(path: Path, data: bytes, language: str) -> Text:
    """The same for bytes that were read before."""
    name = shortened(str(path))
    raw = decoded(data, name)
    if not raw.strip():
        raise Failure(f"{name}: nothing in it")
    if kind_of(data) == "html":
        raise Failure(f"{name}: HTML, not a plain text", _MAKE_PLAIN)
    guess = guessed(raw)
    return Text(path, data, SourceText(raw, guess or language), guess, _title(raw) or _from_name(path))


def decoded(data: bytes, name: str) -> str:
    """Bytes as text, decoded as a proof does it. Raises Failure where they are no plain text."""
    if len(data) > MOST_BYTES:
        raise Failure(f"{name}: larger than {MOST_BYTES >> 20} MiB")
    if (kind := kind_of(data)) in ("pdf", "docx"):
        raise Failure(f"{name}: {name_of(kind)}, not a plain text", _MAKE_PLAIN)
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(f"{name}: not UTF-8 text: byte {error.start}", "save the text as UTF-8") from error
    if (at := excess_marks(raw)) >= 0:
        raise Failure(f"{name}: more than {MOST_MARKS} marks on one letter: character {at}")
    return raw


def _title(raw: str) -> str:
    """The first line of the text, if it is short and no sentence."""
    first = next((line for line in raw[:10_000].splitlines() if line.strip()), "")
    line = harmless(first).strip(" #*_=")
    is_sentence = line.endswith((".", ":", ";", ",", "。")) or len(line) > _LONGEST_TITLE
    return "" if is_sentence or not any(map(str.isalpha, line)) else line


def _from_name(path: Path) -> str:
    name = os.fsencode(path.stem).decode(errors="ignore")  # whatever the locale makes of its bytes
    words = re.sub(r"[\s_-]+", " ", harmless(name)).strip()
    return words[:1].upper() + words[1:] or "A text"


def harmless(text: str) -> str:
    """The text on one line, without what a digest may not hold."""
    visible = re.sub(UNSAFE, "", re.sub(r"\s+", " ", text))
    return visible.encode(errors="ignore").decode().strip()


def slug(text: str, otherwise: str = "") -> str:
    """An id made of a title's words; of `otherwise` where it has none that an id can have; else empty."""
    words = re.sub(r"[^\w\s'’.]", " ", text[:1_000]).replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    made = ""
    for word in re.findall(_SLUG_WORDS, re.sub(r"['.]", "", plain.lower())):
        longer = f"{made}-{word}" if made else word[:_LONGEST_ID]
        if len(longer) > _LONGEST_ID:
            break
        made = longer
    return made or (slug(otherwise) if otherwise else "")


def located(paths: Sequence[Path], output: Path | None) -> Where:
    """The texts' paths as the digest has to write them, from where it will lie."""
    beside = Path(os.path.abspath(output or "digest.yaml")).parent
    real = [Path(os.path.realpath(path)) for path in paths]
    for folder in (beside / "seeds", beside.parent / "seeds"):
        if all(path.is_relative_to(os.path.realpath(folder)) for path in real):
            return Where(tuple(_below(path, Path(os.path.realpath(folder))) for path in real), None)
    if len({path.parent for path in paths}) == 1:
        return Where(tuple(_below(path, path.parent) for path in paths), paths[0].parent)
    absolute = [Path(os.path.abspath(path)) for path in paths]
    try:
        common = Path(os.path.commonpath([path.parent for path in absolute]))
    except ValueError as error:
        raise Failure("the texts are on two drives", "put them into one folder") from error
    return Where(tuple(_below(path, common) for path in absolute), common)


def _below(path: Path, folder: Path) -> str:
    written = path.relative_to(folder).as_posix()
    try:
        name = os.fsencode(written).decode()
    except UnicodeError:
        name = ""
    if not name or "\\" in name or re.search(UNSAFE, name):
        raise Failure(
            f"{shortened(written)}: a name that a digest cannot write", "give the file another name"
        )
    return name


def digest(head: Head, texts: Sequence[Text], where: Where) -> Iterator[str]:
    """The whole file, in pieces: it is a digest without errors as it stands."""
    ids = _source_ids(texts)
    example = Example(head.as_of, ids[0])
    yield from _lines(_top(head))
    yield from _lines(_key_points(example))
    for name in Digest.SECTIONS:
        if name not in ("key_points", "sources"):
            yield from _lines(["", *template.section(name, example)])
    yield "\nsources:\n"
    for id, text, file in zip(ids, texts, where.files, strict=True):
        yield from _lines(_source(id, text, file, example))
    for text, file in zip(texts, where.files, strict=True):
        yield from _lines(_worklist(text, file))


def _lines(lines: "Sequence[str] | Iterator[str]") -> Iterator[str]:
    return (f"{line}\n" for line in lines)


def _top(head: Head) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA}"
    yield f"# To be written: every {TODO}. The comments are examples of what a digest may have"
    yield "# and, at the end, the sentences of its texts. Take out what you do not need."
    yield f"format: {FORMAT}"
    yield f"id: {head.id}"
    yield f"title: {quoted(head.title)}"
    yield f"as_of: {head.as_of}"
    yield f"language: {head.language}"
    yield f"bottom_line: {quoted(f'{TODO}: {_meaning_of_bottom_line()}')}"


def _meaning_of_bottom_line() -> str:
    return next(field.meaning for field in fields(Digest) if field.name == "bottom_line")


def _key_points(example: Example) -> Iterator[str]:
    yield from ("", "key_points:")
    yield from template.item(Digest.SECTIONS["key_points"], example, template.example_id("key_points"))


def _source(id: str, text: Text, file: str, example: Example) -> Iterator[str]:
    """A source as it is registered; what else may be said of it is in comments."""
    known = {
        "title": quoted(text.title),
        # A treaty or a law has articles; a report has none.
        "kind": "primary" if text.source.structure.has_articles else "secondary",
        "language": text.source.language,
        "file": quoted(file),
        "sha256": sha256(text.data).hexdigest(),
    }
    if kept := hashes(units(text.source.structure)):
        known["sentences"] = quoted(kept)
    said = {"kind": next(template.explained(field) for field in fields(Source) if field.name == "kind")}
    if text.language:
        said["language"] = "Guessed from its words."
    yield f"  - id: {id}"
    for name, value in known.items():
        yield f"    {name}: {value}" + (f"  # {said[name]}" if name in said else "")
    for field in fields(Source):
        if field.name not in ("id", *known):
            yield from template.line_of(field, example)


def _source_ids(texts: Sequence[Text]) -> list[str]:
    """An id for each source, after its file; no other item of the template has it."""
    taken = {DIGEST, *map(template.example_id, Digest.SECTIONS)}
    ids = []
    for text in texts:
        wanted = slug(text.path.stem, text.title) or "text"
        id, number = wanted, 1
        while id in taken:
            number += 1
            id = f"{wanted}-{number}"
        taken.add(id)
        ids.append(id)
    return ids


def _worklist(text: Text, file: str) -> Iterator[str]:
    yield ""
    yield f"# {'=' * 70}"
    yield f"# {remark(PurePath(file).name)}: {remark(text.title)}"
    for line in worklist(text.source):
        yield f"# {line}".rstrip()
