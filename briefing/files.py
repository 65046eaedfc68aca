"""Which files this run has read, so that none of them is written over."""

import contextlib
import os
from typing import BinaryIO

_read: set[tuple[int, int]] = set()  # device and inode


def noted(file: BinaryIO) -> BinaryIO:
    """The file, noted among those that are read."""
    with contextlib.suppress(OSError):  # not every stream is a file
        status = os.fstat(file.fileno())
        _read.add((status.st_dev, status.st_ino))
    return file


def was_read(status: os.stat_result) -> bool:
    """Whether the file with this status is among them."""
    return (status.st_dev, status.st_ino) in _read
