"""Outputs kept as files. To write them anew after a change that is meant, and then read what changed:

python -m pytest tests/test_matrix.py tests/test_digests.py --snapshot-update && git diff tests
"""

from pathlib import Path

updating = False
"""Whether the files are written anew; conftest.py sets it from the command line."""


def check(text: str, path: Path) -> None:
    """Hold a text against the file that keeps it; write the file instead where that is wanted."""
    if updating:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.is_file(), f"no {path.name}: see tests/support/snapshots.py"
    assert text == path.read_bytes().decode()
