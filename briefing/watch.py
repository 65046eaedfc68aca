"""Which files a digest is made of, and whether what they hold has changed.

They are looked at by name again and again: that needs nothing of the system, and does not miss an
editor that puts a new file in the place of the old one. A file is read only where its date or size
has changed, or is so recent that one more change would not show in them; what counts is its contents.
"""

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from briefing.files import MOST_BYTES, SeedsFolder, open_ordinary, read_below, seeds_folders
from briefing.loader import Origin, examine, raw
from briefing.problem import Failure, InvalidDigest

_EVERY = 0.3  # seconds
_MOMENT = 2_000_000_000  # nanoseconds: the coarsest clock of a file system
_MOST_WAITED = 10  # looks at files that go on changing, or that are gone while an editor saves


class _Seen(NamedTuple):
    """A file as it was when it was looked at."""

    stamp: tuple[int, int, int, int]
    is_settled: bool
    """Whether its date is old enough to show the next change."""
    hash: str


class Watched:
    """Some digests and their sources."""

    def __init__(self, origins: Sequence[Origin], seeds: Path | None) -> None:
        self._origins, self._seeds = origins, seeds
        self._files: dict[Path, _Seen | None] = {}
        self._known: dict[Path, tuple[str, list[str]]] = {}  # by digest: its hash, and its sources' names
        self._look()

    def said(self) -> str:
        """How many files there are, in words."""
        count = sum(seen is not None for seen in self._files.values())
        return f"{count:,} file{'' if count == 1 else 's'}"

    def wait(self) -> None:
        """Return when a file has changed, and has come to rest."""
        before = self._contents()
        while self._look() == before:
            time.sleep(_EVERY)
        for _ in range(_MOST_WAITED):
            last = self._contents()
            time.sleep(_EVERY / 3)
            if self._look() == last and all(last.get(path) for path in self._digests()):
                return

    def _look(self) -> dict[Path, str]:
        """Look at every file; which there are may have changed with a digest."""
        for path in self._digests():
            self._see(path, partial(_read, path))
        for folder, name in self._sources():
            self._see(folder.path / name, partial(_read_below, folder, name))
        return self._contents()

    def _contents(self) -> dict[Path, str]:
        return {path: seen.hash for path, seen in self._files.items() if seen}

    def _digests(self) -> list[Path]:
        return [origin.path for origin in self._origins if origin.path]

    def _sources(self) -> list[tuple[SeedsFolder, str]]:
        """Every file that a source may mean, in each of the folders where it is looked for."""
        found: list[tuple[SeedsFolder, str]] = []
        for origin in self._origins:
            folders = seeds_folders(origin.path, self._seeds)
            found += [(folder, name) for name in self._names(origin) for folder in folders]
        return found

    def _names(self, origin: Origin) -> list[str]:
        """The names of a digest's sources; as they last were where it cannot be read."""
        assert origin.path is not None
        seen = self._files.get(origin.path)
        known = self._known.get(origin.path, ("", []))
        if seen is None or seen.hash == known[0]:
            return known[1]
        try:
            names = [source.file for source in examine(raw(origin), origin).digest.sources if source.file]
        except (InvalidDigest, Failure):
            names = known[1]
        self._known[origin.path] = seen.hash, names
        return names

    def _see(self, path: Path, read: Callable[[], bytes]) -> None:
        """Note what a file holds; it is read only where that may have changed."""
        try:
            status = os.stat(path)
            stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
            before = self._files.get(path)
            if before and before.stamp == stamp and before.is_settled:
                return
            is_settled = time.time_ns() - max(stamp[:2]) > _MOMENT
            self._files[path] = _Seen(stamp, is_settled, sha256(read()).hexdigest())
        except (OSError, ValueError):
            self._files[path] = None


def _read(path: Path) -> bytes:
    with open_ordinary(path) as file:
        return file.read(MOST_BYTES + 1)


def _read_below(folder: SeedsFolder, name: str) -> bytes:
    """A source's file, which a stranger's digest names: read as a check reads it."""
    found = read_below(folder, name)
    if found.state != "read":
        raise FileNotFoundError
    return found.data
