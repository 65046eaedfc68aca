"""Files that a stranger's digest names, and which files this run has read.

A digest says where its sources lie, so what it says is not trusted: a file is read only when it is an
ordinary one that lies, links followed, in the folder where it was found. What is compared is what is
open: a link that somebody redirects between the look and the opening leads nowhere.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Container, Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, NamedTuple, TypeAlias

MOST_BYTES = 128 * 1024 * 1024
"""How large a source text may be."""

_MOST_SOUGHT = 5_000  # files among which one that was moved is looked for
_MOST_BYTES_SOUGHT = 1 << 30

# What a system does not have is left out; Windows has none of these but O_BINARY, without which it
# would end the text at a Ctrl-Z and change its line ends.
_NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_DIRECTORY: int = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", 0)
_ORDINARY: int = (
    os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe without a writer does not block
)  # fmt: skip
_STEP_BY_STEP = bool(_NO_FOLLOW and _DIRECTORY) and os.open in os.supports_dir_fd

Identity: TypeAlias = tuple[int, int]
"""Device and inode: the same by whatever name a file is reached."""

_read: set[Identity] = set()


def noted(file: BinaryIO) -> BinaryIO:
    """The file, noted among those that are read."""
    with contextlib.suppress(OSError):  # not every stream is a file
        status = os.fstat(file.fileno())
        _read.add((status.st_dev, status.st_ino))
    return file


def was_read(status: os.stat_result) -> bool:
    """Whether the file with this status is among them."""
    return (status.st_dev, status.st_ino) in _read


State = Literal["read", "missing", "escapes", "unreadable"]


class Found(NamedTuple):
    """The bytes of a file that a digest names, or why there are none."""

    state: State
    """`escapes`: it lies outside the folder where it was found, or its name is not one of a file below."""
    reason: str = ""
    path: Path | None = None
    data: bytes = b""
    identity: Identity | None = None


class SeedsFolder(NamedTuple):
    """A folder where source texts are looked for."""

    path: Path
    within: Path | None = None
    """The folder that it has to lie in, links followed; None where a person chose it, who may choose any."""


class _Escape(Exception):
    """What was found lies outside; the text says of what."""


def seeds_folders(digest: Path | None, chosen: Path | None = None) -> list[SeedsFolder]:
    """Where the sources of a digest are looked for, in this order; `digest` is its file, None where it has none."""
    folders = [SeedsFolder(chosen)] if chosen is not None else []
    if digest is not None:
        beside = Path(os.path.abspath(digest)).parent
        folders += [SeedsFolder(folder / "seeds", folder) for folder in (beside, beside.parent)]
    return folders


def read_first(folders: Iterable[SeedsFolder], name: str, known: Container[Identity] = ()) -> Found:
    """The file of this name in the first of the folders that has it.

    A folder that leads somewhere else is passed over; it is named when no other has the file. A file
    whose identity is among those `known` comes without its bytes.
    """
    passed = Found("missing")
    for folder in folders:
        found = read_below(folder, name, known)
        if found.state == "escapes" and found.path is None:
            passed = found
        elif found.state != "missing":
            return found
    return passed


def read_below(folder: SeedsFolder, name: str, known: Container[Identity] = ()) -> Found:
    """The bytes of an ordinary file below a folder. What is refused is named; nothing of it is read.

    Where it is the name or the folder itself that leads outside there is no path.
    """
    parts = PurePosixPath(name)
    has_drive = bool(os.path.splitdrive(name)[0])  # of Windows: it would replace the whole path
    if parts.is_absolute() or has_drive or ".." in parts.parts or "\\" in name or "\0" in name:
        return Found("escapes", "not a path below the seeds folder: no `..`, no `\\`, no `/` in front")
    path: Path | None = None
    try:
        top = folder.within or folder.path
        real_top = os.path.realpath(top, strict=True)
        real_folder = os.path.realpath(folder.path, strict=True)
        if not _is_below(real_folder, real_top):
            raise _Escape("its folder leads out of the folder that it lies in")
        path = folder.path / _as_bytes_say(str(parts))
        os.lstat(path)
        real = os.path.realpath(path, strict=True)
        if not _is_below(real, real_folder):
            raise _Escape("leads out of the folder that it lies in")
        return Found("read", "", path, *_bytes(top, os.path.relpath(real, real_top), real, known))
    except _Escape as error:
        return Found("escapes", str(error), path)
    except (FileNotFoundError, NotADirectoryError):
        if path is not None and os.path.islink(path):
            return Found("unreadable", "a link that leads nowhere", path)
        return Found("missing")
    except OSError as error:
        circle = error.errno == errno.ELOOP
        return Found("unreadable", "a circle of links" if circle else error.strerror or "", path)
    except UnicodeError:  # the locale has no way to say such a name
        return Found("unreadable", "a name that this system's character set cannot write", path)


def _as_bytes_say(name: str) -> str:
    """A name as Python writes it when the file's name is UTF-8, whatever the locale says of names."""
    return os.fsdecode(name.encode()) if os.name == "posix" else name


def _is_below(path: str, folder: str) -> bool:
    try:
        common = os.path.commonpath([path, folder])
    except ValueError:  # two drives
        return False
    return os.path.normcase(common) == os.path.normcase(folder)


def _lies_within(folder: SeedsFolder) -> bool:
    return _is_below(os.path.realpath(folder.path), os.path.realpath(folder.within or folder.path))


def names_below(folders: Iterable[SeedsFolder]) -> list[str]:
    """The names of the files in these folders, each once: the first of many, links not followed."""
    names: dict[str, None] = {}
    size = 0
    for folder in filter(_lies_within, folders):
        for here, below, files in os.walk(folder.path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for file in sorted(files):
                path = Path(here, file)
                with contextlib.suppress(OSError):
                    size += os.lstat(path).st_size
                if len(names) >= _MOST_SOUGHT or size > _MOST_BYTES_SOUGHT:
                    return list(names)
                name = path.relative_to(folder.path).as_posix()
                if "\\" not in name and name.isprintable():
                    names.setdefault(name)
    return list(names)


def open_ordinary(path: Path | str, *, follow: bool = True) -> BinaryIO:
    """An ordinary file, open to be read; OSError for anything else, and nobody waits for a pipe."""
    return _if_ordinary(os.open(path, _ORDINARY if follow else _ORDINARY | _NO_FOLLOW))


def _if_ordinary(descriptor: int) -> BinaryIO:
    """What is open as a file, where it is an ordinary one; otherwise it is closed."""
    try:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return open(descriptor, "rb")
        raise OSError(errno.EINVAL, "not an ordinary file")
    except BaseException:
        os.close(descriptor)
        raise


def _bytes(top: Path, way: str, real: str, known: Container[Identity]) -> tuple[bytes, Identity]:
    """What the file at the end of the way from `top` holds, and which it is. No link on the way is followed."""
    descriptor = _opened_by_steps(top, way) if _STEP_BY_STEP else _opened_and_compared(real)
    with _if_ordinary(descriptor) as file:
        status = os.fstat(descriptor)
        identity = status.st_dev, status.st_ino
        data = b"" if identity in known else noted(file).read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"larger than {MOST_BYTES >> 20} MiB")
    return data, identity


def _opened_by_steps(top: Path, way: str) -> int:
    *folders, last = way.split(os.sep)
    here = os.open(top, os.O_RDONLY | _DIRECTORY)
    try:
        for folder in folders:
            above, here = here, os.open(folder, os.O_RDONLY | _DIRECTORY | _NO_FOLLOW, dir_fd=here)
            os.close(above)
        return os.open(last, _ORDINARY | _NO_FOLLOW, dir_fd=here)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENOENT):  # it was there, and no link
            raise _changed() from error
        raise
    finally:
        os.close(here)


def _opened_and_compared(real: str) -> int:
    """Where the system cannot open step by step: open, then see whether that is still what the name means."""
    descriptor = os.open(real, _ORDINARY)
    try:
        if os.path.realpath(real, strict=True) != real or not os.path.samestat(
            os.fstat(descriptor), os.stat(real, follow_symlinks=False)
        ):
            raise _changed()
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _changed() -> OSError:
    return OSError(errno.EAGAIN, "changed while it was opened")
