"""What a person is told while several digests are checked, and how much it was in the end."""

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing import sink

if TYPE_CHECKING:
    from briefing.loader import Loaded
    from briefing.proof import Proof


class Tally:
    """How much was checked."""

    def __init__(self) -> None:
        self.digests = self.items = self.sentences = self.used = 0
        self.quotes = dict.fromkeys(("proved", "missing", "ambiguous", "unchecked"), 0)

    def add(self, loaded: "Loaded", proof: "Proof") -> None:
        """Count a digest, with its sources."""
        self.digests += 1
        self.items += sum(1 for _ in loaded.items())
        for verdict, count in proof.counts._asdict().items():
            self.quotes[verdict] += count
        for coverage in proof.coverage.values():
            self.sentences += coverage.sentences
            self.used += coverage.used

    def said(self) -> str:
        """The counts in a line: every quote is in one of them."""
        digests = f"{self.digests:,} digests: " if self.digests != 1 else ""
        quotes = ", ".join(f"{count:,} {verdict}" for verdict, count in self.quotes.items())
        sentences = (
            f"{self.used:,} of {self.sentences:,} sentences used" if self.sentences else "no source text"
        )
        items = "1 item" if self.items == 1 else f"{self.items:,} items"
        return f"{digests}{items}; quotes: {quotes}; {sentences}"


def with_progress(names: list[str] | list[None]) -> Iterator[str | None]:
    """The names, with a bar on a terminal once they have taken longer than a second."""
    started, bar = time.monotonic(), None
    wanted = len(names) > 1 and sink.is_terminal(sys.stderr)
    with contextlib.ExitStack() as ended:
        for number, name in enumerate(names):
            if wanted and bar is None and time.monotonic() - started > 1:
                from briefing.render.screen import progress

                ended.enter_context(sink.orderly())  # the bar hides the cursor
                bar = ended.enter_context(progress("Checking", len(names), number))
            yield name
            if bar is not None:
                bar()
