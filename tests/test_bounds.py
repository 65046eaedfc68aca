"""Work is bounded by the size of what is given: strangers write the texts, and the digests."""

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from support.pace import Pace, at_best
from support.program import environment

LONG = 250_000
"""Bytes of a text. A quarter of what is promised, so that many kinds can be tried; whole megabytes of
more kinds are tried by `benchmarks/megabytes.py`."""
SECONDS = 2.0
"""What a check of it may take over starting the program, in time of the processor."""
MEGABYTES = 150

REPEATED = [
    "a-", "\u201c\u201d", "\u4e2d ", "a\u00ad\n", "a [1] ", ". ", "\ufb01", "ab\u00b2", "*a", "a.", "a--", "e\u0301",
    "1,\n000 ", "(a) ", "[...] ", "a ", "a b c d e\n\n", "1. a b c d\n", "Article 1\n", "\f", "12\n\fa b\n", "-5 ", "a.b c ", "\u0640",
    "1 ", "one ", "4 May 2025 ", "2025", "U.S. ", "\u201ca b. ", "[a] ", "not ", "a\u2014b ",
]  # fmt: skip
LINES = ["a\n\n", "1. a\n", "12\n\f", "\n"]
"""Hundreds of thousands of paragraphs of one letter, which no text has: these may take twice as long."""

QUOTES = [
    "a",
    "a a [...] a",
    "[a] b",
    "4 May 2025",
    "1,000",
    "binding on both",
    "a-b",
    "\u4e2d\u4e2d",
    "e\u0301",
    "(a)",
]

# Run in a process of its own, where nothing else has taken memory.
MEASURED = dedent(
    """
    import gc, resource, sys, time
    gc.disable()  # as the program has it
    from briefing.cli import run
    began = time.process_time()
    run(sys.argv[1:])
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(time.process_time() - began, used.ru_maxrss // 1024, file=sys.stderr)
    """
)


def digest(quotes: list[str]) -> str:
    points = [{"id": f"k{n}", "text": "So.", "evidence": [quote]} for n, quote in enumerate(quotes)]
    sources = [{"id": "s", "title": "A", "kind": "primary", "file": "text.txt"}]
    head = {"format": "briefing/1", "id": "x", "title": "A", "as_of": "2024", "bottom_line": "So."}
    return json.dumps(head | {"key_points": points, "sources": sources}, ensure_ascii=False)


def measured(
    folder: Path, text: str, quotes: list[str], *arguments: str, limit: float = 0
) -> tuple[float, int]:
    """How many seconds of the processor `check` takes, and how many megabytes at most."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "text.txt").write_text(text)
    (folder / "x.yaml").write_text(digest(quotes))
    command = [sys.executable, "-P", "-c", MEASURED, *arguments, "x.yaml"]
    return at_best(lambda: _once(command, folder), lambda run: run[0], limit)


def _once(command: list[str], folder: Path) -> tuple[float, int]:
    pace = Pace()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=environment(), timeout=60, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    seconds, megabytes = done.stderr.split()[-2:]
    return float(seconds) / pace.now(), int(megabytes)


@pytest.mark.parametrize("piece", [*REPEATED, *LINES], ids=ascii)
@pytest.mark.slow
def test_a_long_text_of_the_same_is_checked_in_time(piece: str, tmp_path: Path) -> None:
    text = piece * (LONG // len(piece.encode()))
    limit = SECONDS * (2 if piece in LINES else 1)
    quotes = [*QUOTES, piece * 3, piece * 300]
    seconds, megabytes = measured(tmp_path, text, quotes, "check", limit=limit)
    assert seconds < limit
    assert megabytes < MEGABYTES


@pytest.mark.slow
def test_thousands_of_quotes_are_held_against_megabytes_in_time(tmp_path: Path) -> None:
    sentence = "Clause {n} says that the fee of bridge {n} is {n} crowns, to be paid by each Party in May. "
    text = "".join(sentence.format(n=n) + "\n" * (n % 5 == 0) for n in range(110_000))
    quotes = [f"fee of bridge {n} is {n} crowns" for n in range(0, 110_000, 22)][:5_000]
    assert len(text) > 9_500_000
    assert len(quotes) == 5_000
    seconds, megabytes = measured(tmp_path, text, quotes, "check", "--rule", "quote-missing", limit=4)
    assert seconds < 4
    assert megabytes < 900
