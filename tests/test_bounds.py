"""Work is bounded by the size of what is given: strangers write the texts, and the digests."""

import json
from pathlib import Path

import pytest
from support.cost import cost_at_best
from support.pace import seconds
from support.program import briefing

LONG = 100_000
"""Bytes of a text. A tenth of what is promised, so that many kinds can be tried; whole megabytes of
more kinds are tried by `benchmarks/megabytes.py`."""
SECONDS = 1.5
"""What a check of it may take, in time of the processor."""

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


def digest(quotes: list[str]) -> str:
    points = [{"id": f"k{n}", "text": "So.", "evidence": [quote]} for n, quote in enumerate(quotes)]
    sources = [{"id": "s", "title": "A", "kind": "primary", "file": "text.txt"}]
    head = {"format": "briefing/1", "id": "x", "title": "A", "as_of": "2024", "bottom_line": "So."}
    return json.dumps(head | {"key_points": points, "sources": sources}, ensure_ascii=False)


def laid(folder: Path, text: str, quotes: list[str]) -> Path:
    """A digest with these quotes, and this text for them."""
    (folder / "seeds").mkdir()
    (folder / "seeds" / "text.txt").write_text(text)
    (folder / "x.yaml").write_text(digest(quotes))
    return folder / "x.yaml"


@pytest.mark.parametrize("piece", [*REPEATED, *LINES], ids=ascii)
@pytest.mark.slow
def test_a_long_text_of_the_same_is_checked_in_time(piece: str, tmp_path: Path) -> None:
    text = piece * (LONG // len(piece.encode()))
    path = laid(tmp_path, text, [*QUOTES, piece * 3, piece * 300])
    limit = SECONDS * (2 if piece in LINES else 1)
    assert seconds(lambda: briefing("check", path), limit) < limit


@pytest.mark.slow
def test_thousands_of_quotes_are_held_against_megabytes_in_time(tmp_path: Path) -> None:
    sentence = "Clause {n} says that the fee of bridge {n} is {n} crowns, to be paid by each Party in May. "
    text = "".join(sentence.format(n=n) + "\n" * (n % 5 == 0) for n in range(110_000))
    quotes = [f"fee of bridge {n} is {n} crowns" for n in range(0, 110_000, 22)][:5_000]
    assert len(text) > 9_500_000
    assert len(quotes) == 5_000
    path = laid(tmp_path, text, quotes)
    done = cost_at_best("check", "--rule", "quote-missing", path, folder=tmp_path, limit=4)
    assert done.code == 0
    assert done.seconds < 4
    assert done.megabytes < 900
