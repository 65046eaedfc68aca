"""Outputs kept as files. To write them anew after a change that is meant, and then read what changed:

UPDATE_SNAPSHOTS=1 pytest tests/test_matrix.py tests/test_digests.py && git diff tests
"""

import os
from pathlib import Path

UPDATING = os.environ.get("UPDATE_SNAPSHOTS") == "1"


def check(text: str, path: Path) -> None:
    """Hold a text against the file that keeps it; write the file instead where that is wanted."""
    if UPDATING:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.is_file(), f"no {path.name}: see tests/snapshots.py"
    assert text == path.read_bytes().decode()
