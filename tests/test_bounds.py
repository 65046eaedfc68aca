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


SOURCE = "sources: [{id: s, title: S, kind: primary, file: text.txt}]\n"
HEAD = "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"


def chain(count: int, text: str) -> tuple[str, str]:
    """A digest in which each item rests on the one before, and the text that they quote."""
    points = "".join(
        f"- {{id: k{n}, text: t, evidence: [bridge {n} costs]{f', based_on: [k{n - 1}]' if n else ''}}}\n"
        for n in range(count)
    )
    return f"{HEAD}key_points:\n{points}{SOURCE}", "".join(text.replace("#", str(n)) for n in range(count))


@pytest.mark.slow
@pytest.mark.parametrize("format", ["json", "markdown"])
def test_what_a_chain_of_items_would_multiply_is_refused(format: str, tmp_path: Path) -> None:
    for folder, text in (("old", "The bridge # costs a lot. "), ("new", "The bridge # costs little. ")):
        digest, source = chain(1200, text)
        (tmp_path / folder / "seeds").mkdir(parents=True)
        (tmp_path / folder / "x.yaml").write_text(digest)
        (tmp_path / folder / "seeds" / "text.txt").write_text(source)
    run = cost_at_best("diff", "old/x.yaml", "new/x.yaml", "-f", format, folder=tmp_path, limit=3)
    assert run.code == 2
    assert "more than 300,000 items to tell" in run.err
    assert (run.seconds < 3, run.megabytes < 150) == (True, True)


@pytest.mark.slow
def test_quotes_that_are_lost_are_sought_in_thousands_of_sentences_in_time(tmp_path: Path) -> None:
    count = 1500
    points = "".join(f"- {{id: k{n}, text: t, evidence: [heron {n} flies]}}\n" for n in range(count))
    kept = "sentences: " + "abcd" * count
    (tmp_path / "x.yaml").write_text(
        f"{HEAD}key_points:\n{points}{SOURCE.replace('file: text.txt', f'file: text.txt, {kept}')}"
    )
    (tmp_path / "new.txt").write_text("".join(f"The bridge {n} costs a lot. " for n in range(count)))
    run = cost_at_best("diff", "x.yaml", "new.txt", folder=tmp_path, limit=3)
    assert run.code in (0, 2), run.err
    assert (run.seconds < 3, run.megabytes < 200) == (True, True)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["summary", "check", "export"])
def test_a_finding_about_many_items_by_many_sources_takes_no_product(command: str, tmp_path: Path) -> None:
    count = 3000
    points = "".join(f"- {{id: k{n}, text: t}}\n" for n in range(count))
    sources = "".join(f"- {{id: s{n}, title: S, kind: secondary, agency: A}}\n" for n in range(count))
    about, by = (", ".join(f"{letter}{n}" for n in range(count)) for letter in "ks")
    (tmp_path / "x.yaml").write_text(
        f"{HEAD}key_points:\n{points}findings: [{{id: f, about: [{about}], status: corroborated, text: t, sources: [{by}]}}]\n"
        f"sources:\n{sources}"
    )
    run = cost_at_best(command, "x.yaml", folder=tmp_path, limit=2)
    assert run.code in (0, 1), run.err
    assert (run.seconds < 2, run.megabytes < 150, len(run.out) < 5_000_000) == (True, True, True)
