"""Programs that this one starts, and where they may come from.

A person stands in folders that strangers made. So a program is taken from a folder that PATH names in
full, never from the folder that we stand in: an empty or a relative entry of PATH leads there, and
Windows looks there first of all.
"""

import os
from collections.abc import Iterator

# Windows hands a script (.bat, .cmd) to its shell, which takes parts of arguments for commands.
_SUFFIXES = (".exe", ".com") if os.name == "nt" else ("",)


def find(name: str) -> str | None:
    """The path of a program, by its name or its whole path; None where there is none that may be run."""
    if os.path.dirname(name):
        return find_in(os.path.dirname(name), os.path.basename(name)) if _is_whole(name) else None
    return next(filter(None, (find_in(folder, name) for folder in _folders())), None)


def find_in(folder: str, name: str) -> str | None:
    """The path of a program in a folder that may be trusted."""
    is_whole = name.lower().endswith(_SUFFIXES)
    for suffix in ("",) if is_whole else _SUFFIXES:
        path = os.path.join(folder, name + suffix)
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def leave_out_where_we_stand() -> None:
    """Change our own PATH to what `find` heeds: libraries, and the programs that we start, look there too."""
    os.environ.update(
        NODEFAULTCURRENTDIRECTORYINEXEPATH="1"
    )  # for Windows, which takes the name in any letter case
    if "PATH" in os.environ:  # an empty one would again be the folder that we stand in
        os.environ["PATH"] = os.pathsep.join(_folders()) or os.devnull


def _folders() -> Iterator[str]:
    """The folders of PATH that do not depend on where we stand, and are not it."""
    for entry in os.environ.get("PATH", os.defpath).split(os.pathsep):
        folder = entry.strip('"') if os.name == "nt" else entry
        if _is_whole(folder) and not _is_here(folder):
            yield folder


def _is_whole(path: str) -> bool:
    # On Windows a path without a drive is on the drive that we stand on.
    return os.path.isabs(path) and (os.name != "nt" or bool(os.path.splitdrive(path)[0]))


def _is_here(folder: str) -> bool:
    try:
        return os.path.samefile(folder, os.curdir)
    except OSError:  # one of the two is not there
        return False
