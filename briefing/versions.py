"""Where a version of a digest or of a text comes from: a file, a name, standard input, or git.

`REV:PATH` is what git has of a file at a revision. git is started with a list of arguments and no
shell; nothing that a person or a digest names is taken for an option.
"""

import io
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from briefing import loader, programs
from briefing.files import MOST_BYTES
from briefing.loader import Loaded, Origin
from briefing.problem import Failure, shortened
from briefing.proof import Proof, read_text
from briefing.texts.text import SourceText

# A repository can name programs for git to run, and a stranger may have set it up. None is needed to read
# an object. A partial clone would fetch the objects that it lacks, by way of such programs too.
_RUNS_NOTHING = (
    "--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}",
    "-c", "safe.bareRepository=explicit",  # one that lies among the files of another
)  # fmt: skip
_FETCHES_NOTHING = {
    "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}  # fmt: skip


class Given(NamedTuple):
    """One version, as it was named."""

    origin: Origin
    data: bytes
    revision: str = ""
    """The revision, if the version is from git."""
    path: str = ""
    """The path below the top of the repository, if the version is from git."""

    @property
    def is_text(self) -> bool:
        """Whether this is a text and no digest. Standard input, and what was found by name, are digests."""
        return not self.origin.is_digest(self.data)

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
    if int(_git(name, "cat-file", "-s", name)) > MOST_BYTES:
        raise Failure(f"{shortened(name)}: larger than {MOST_BYTES >> 20} MiB")
    done = _git(name, "cat-file", "blob", name)
    top = _top(name)
    if path.startswith(("./", "../")):
        path = os.path.relpath(os.path.abspath(path), top).replace(os.sep, "/")
    return Given(Origin(name, Path(top, path)), done, revision, path)


def _top(label: str) -> str:
    """The folder of the repository's files. Source texts are looked for there too, so it is not for the
    repository's own configuration to name it."""
    top = os.fsdecode(_git(label, "rev-parse", "--show-toplevel").removesuffix(b"\n"))
    if "GIT_WORK_TREE" not in os.environ and not os.path.lexists(os.path.join(top, ".git")):
        raise Failure(f"{shortened(label)}: the repository says that its files are in {shortened(top)}")
    return top


def _git(label: str, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints. It only looks into what is there, whatever the repository is set up to run."""
    git = programs.find("git")
    try:
        if git is None:
            raise FileNotFoundError
        done = subprocess.run(
            [git, *_RUNS_NOTHING, *arguments],
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, **_FETCHES_NOTHING},
        )
    except OSError as error:
        help = "REV:PATH needs git; a file or a name of a digest does not"
        raise Failure(f"{shortened(label)}: no such file, and git cannot be started", help) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace")
        fatal = re.search("(?m)^fatal: (.+)", said)
        help = "REV:PATH is a path from the top of the repository; REV:./PATH one from here"
        told = shortened(fatal[1] if fatal else said.strip() or "git failed", 200)
        raise Failure(f"{shortened(label)}: {told}", help)
    return done.stdout


def _texts_in_git(version: Given, loaded: Loaded) -> dict[str, SourceText]:
    """The texts as they were at the revision, where git has them beside the digest."""
    folder = PurePosixPath(version.path).parent
    folders = [folder / "seeds", *([folder.parent / "seeds"] if folder.name else [])]
    wanted = [
        (source.id, source.language, os.fsencode(f"{version.revision}:{each}/") + _plain(source.file))
        for source in loaded.digest.sources
        if source.file and _is_below(source.file)
        for each in folders
    ]
    found: dict[str, SourceText] = {}
    blobs = _blobs(version.origin.label, list(dict.fromkeys(name for _, _, name in wanted)))
    for id, language, name in wanted:
        # What one file holds is one source.
        if id not in found and (data := blobs.pop(name, None)) is not None:
            text = read_text(data, language or loaded.digest.language).text
            found |= {id: text} if text is not None else {}
    return found


def _plain(file: str) -> bytes:
    return str(PurePosixPath(file)).encode()


def _is_below(file: str) -> bool:
    parts = PurePosixPath(file)
    return not parts.is_absolute() and ".." not in parts.parts and not re.search(r"[\\\0\n]", file)


def _blobs(label: str, names: Sequence[bytes]) -> dict[bytes, bytes]:
    """What git has under these names, but for what is too large, by itself or together with those before it.

    git keeps a file once that stands in a thousand places, so what they hold together is bounded too.
    """
    if not names:
        return {}
    asked = b"".join(name + b"\n" for name in names)
    kinds = _git(label, "cat-file", "--batch-check=%(objecttype) %(objectsize)", given=asked).split(b"\n")
    sizes: dict[bytes, int] = {}
    room = MOST_BYTES
    for name, kind in zip(names, kinds, strict=False):
        if re.fullmatch(rb"blob \d+", kind) and (size := int(kind[5:])) <= room:
            sizes[name] = size
            room -= size
    asked = b"".join(name + b"\n" for name in sizes)
    out = io.BytesIO(_git(label, "cat-file", "--batch", given=asked))
    found = {}
    for name, size in sizes.items():
        out.readline()  # its kind and size
        found[name] = out.read(size)
        out.readline()
    return found
