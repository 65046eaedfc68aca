"""Fixes made: a digest's bytes → the same with what is safe, and what a person wants, put right.

What comes out is read again and has to be what went in but for the fixes; else there is no result.
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from briefing import reader
from briefing.fixes import Offer, offers
from briefing.loader import Origin, examine
from briefing.problem import Failure, Fix, shortened
from briefing.problem import Path as DigestPath
from briefing.proof import Proof
from briefing.splice import changed, spliced

_MOST_ROUNDS = 5  # one fix may make way for another: a file that is found again has quotes

Choose = Callable[[Offer, bytes], Fix | None]
"""Asked for what is not safe: the fix that is wanted, if any, for the bytes as they are by then."""


class Mended(NamedTuple):
    """A digest after its fixes."""

    data: bytes
    made: tuple[Fix, ...]
    left: tuple[Offer, ...]
    """What was not wanted."""


def mended(
    data: bytes,
    origin: Origin,
    seeds: Path | None = None,
    rules: Collection[str] | None = None,
    choose: Choose | None = None,
) -> Mended:
    """The digest with all that is safe, and all that is chosen, put right; a second time changes nothing.

    With `rules` only what these find. Raises InvalidDigest where there is no digest to mend, Failure where
    a fix would change more than it should.
    """
    made: list[Fix] = []
    declined: dict[tuple[str, DigestPath], Offer] = {}
    for _ in range(_MOST_ROUNDS):
        chosen: list[Fix] = []
        for offer in offers(Proof(examine(data, origin), seeds), unsafe=choose is not None):
            key = offer.rule, offer.at
            if (rules is not None and offer.rule not in rules) or key in declined:
                continue
            fix = offer.fix if offer.fix and offer.fix.safe else choose(offer, data) if choose else None
            if fix is not None:
                chosen.append(fix)
            elif choose is not None:
                declined[key] = offer
        if not chosen:
            break
        chosen = list(_apart(chosen))
        data = _guarded(data, chosen, origin)
        made += chosen
    return Mended(data, tuple(made), tuple(declined.values()))


def _apart(fixes: list[Fix]) -> Iterator[Fix]:
    """The fixes that do not touch one another; what is left out comes in the next round."""
    parts: set[DigestPath] = set()
    end = -1
    for fix in sorted(fixes, key=lambda fix: fix.edits):
        if fix.path not in parts and fix.edits[0].start > end:
            parts.add(fix.path)
            end = fix.edits[-1].end
            yield fix


def _guarded(data: bytes, fixes: list[Fix], origin: Origin) -> bytes:
    """The bytes with these fixes made. Raises Failure where anything else would read differently."""
    new = spliced(data, [edit for fix in fixes for edit in fix.edits])
    before, refused = reader.read(data)
    after, refused_now = reader.read(new)
    if after != changed(before, {fix.path: fix.changes for fix in fixes}) or len(refused_now) > len(refused):
        raise Failure(
            f"{shortened(origin.label)}: a fix would change more than it should",
            "nothing is written; mend by hand what check finds",
        )
    return new


def shown(data: bytes, fix: Fix) -> Iterator[str]:
    """The lines that a fix changes, before and after."""
    start = max(data.rfind(b"\n", 0, fix.edits[0].start), data.rfind(b"\r", 0, fix.edits[0].start)) + 1
    found = data.find(b"\n", fix.edits[-1].end)
    end = len(data) if found < 0 else found
    edits = [edit._replace(start=edit.start - start, end=edit.end - start) for edit in fix.edits]
    old = data[start:end]
    for sign, text in (("-", old), ("+", spliced(old, edits))):
        yield from (f"{sign}{line}" for line in text.decode().splitlines())


def difference(before: bytes, after: bytes, name: str) -> Iterator[str]:
    """A unified diff, which `patch` and git can apply."""
    import io
    from difflib import unified_diff

    # By line feeds alone, as those programs count lines.
    old, new = (list(io.StringIO(data.decode(), newline="\n")) for data in (before, after))
    for line in unified_diff(old, new, name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
