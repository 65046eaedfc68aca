"""Where a version of a digest or of a text comes from: a file, a name, standard input, or git.

`REV:PATH` is what git has of a file at a revision. git is started with a list of arguments and no
shell; nothing that a person or a digest names is taken for an option.
"""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from briefing import loader
from briefing.loader import Loaded, Origin
from briefing.problem import Failure, shortened
from briefing.proof import Proof, read_text
from briefing.texts.text import SourceText

_DIGEST_SUFFIXES = (".yaml", ".yml", ".json")
_FORMAT = re.compile(rb"(?m)^[{ ]*[\"']?format[\"']?[ ]*:[ ]*[\"']?briefing/")


class Given(NamedTuple):
    """One version, as it was named."""

    origin: Origin
    data: bytes
    revision: str = ""
    """Of what git has: the revision; and the path below the top of the repository."""
    path: str = ""

    @property
    def is_text(self) -> bool:
        """Whether this is a text and no digest."""
        if self.origin.path is None or self.origin.is_found:
            return False
        is_named = self.origin.path.suffix.lower() in _DIGEST_SUFFIXES
        return not is_named and not _FORMAT.search(self.data)

    def text(self, language: str = "en") -> SourceText:
        """The text. Raises Failure where the bytes are none."""
        found = read_text(self.data, language)
        if found.text is None:
            help = "briefing text makes a plain text of a document"
            raise Failure(f"{shortened(self.origin.label)}: {found.reason}", help)
        return found.text


def given(name: str) -> Given:
    """Read what is named. Raises Failure where there is nothing to read."""
    if ":" in name and not os.path.exists(name):
        return _in_git(name)
    origin = loader.locate(name)
    return Given(origin, loader.raw(origin))


def texts(version: Given, loaded: Loaded, chosen: Path | None, other: Path | None) -> dict[str, SourceText]:
    """The texts of a digest's sources, by id: from the folder that was chosen, from git at the digest's
    own revision, from another folder, or from beside the digest."""
    found = {}
    if version.path and chosen is None:
        found = _texts_in_git(version, loaded)
    proof = Proof(loaded, chosen or other)
    for id in proof.files:
        if id not in found and (text := proof.text(id)) is not None:
            found[id] = text
    return found


def _in_git(name: str) -> Given:
    revision, _, path = name.partition(":")
    if name.startswith("-") or not path or "\0" in name or "\n" in name:
        raise Failure(f"{shortened(name)}: no such file", "REV:PATH names a file in git: HEAD~1:data/x.yaml")
    done = _git(name, "cat-file", "blob", name)
    top = os.fsdecode(_git(name, "rev-parse", "--show-toplevel").rstrip(b"\n"))
    if path.startswith(("./", "../")):
        path = os.path.relpath(os.path.abspath(path), top).replace(os.sep, "/")
    return Given(Origin(name, Path(top, path)), done, revision, path)


def _git(label: str, *arguments: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", *arguments], input=given, capture_output=True, check=False)
    except OSError as error:
        help = "REV:PATH needs git; a file or a name of a digest does not"
        raise Failure(f"{shortened(label)}: no such file, and git cannot be started", help) from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["git failed"]
        help = "REV:PATH is a path from the top of the repository; REV:./PATH one from here"
        raise Failure(f"{shortened(label)}: {shortened(lines[0].removeprefix('fatal: '), 200)}", help)
    return done.stdout


def _texts_in_git(version: Given, loaded: Loaded) -> dict[str, SourceText]:
    """The texts as they were at the revision, where git has them beside the digest."""
    folder = PurePosixPath(version.path).parent
    folders = [folder / "seeds", *([folder.parent / "seeds"] if folder.name else [])]
    wanted = [
        (source.id, source.language, f"{version.revision}:{each / source.file}")
        for source in loaded.digest.sources
        if source.file and _is_below(source.file)
        for each in folders
    ]
    found: dict[str, SourceText] = {}
    blobs = _blobs(version.origin.label, [name for _, _, name in wanted])
    for (id, language, _), data in zip(wanted, blobs, strict=True):
        if data is not None and id not in found:
            text = read_text(data, language or loaded.digest.language).text
            found |= {id: text} if text is not None else {}
    return found


def _is_below(file: str) -> bool:
    parts = PurePosixPath(file)
    return not parts.is_absolute() and ".." not in parts.parts and not re.search(r"[\\\0\n]", file)


def _blobs(label: str, names: Sequence[str]) -> list[bytes | None]:
    """What git has under these names; None for what it has not."""
    if not names:
        return []
    asked = "".join(f"{name}\n" for name in names).encode()
    out, at = _git(label, "cat-file", "--batch", given=asked), 0
    found: list[bytes | None] = []
    for _ in names:
        end = out.index(b"\n", at)
        head = re.search(rb" (\w+) (\d+)\Z", out[at:end])
        at = end + 1
        if head is None:
            found.append(None)
            continue
        size = int(head[2])
        found.append(out[at : at + size] if head[1] == b"blob" else None)
        at += size + 1
    return found
