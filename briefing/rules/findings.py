"""Rules on findings: that what is called confirmed is confirmed by somebody else."""

from collections.abc import Iterator, Sequence

from briefing.findings import confirms_nothing
from briefing.problem import Path, Problem, listed
from briefing.proof import Proof

_MOST_NAMED = 10  # sources in a message


def one_origin(proof: Proof) -> Iterator[Problem]:
    """What is called corroborated is so by a source of another origin.

    One origin: a common agency, or texts of which one derives from the other, or both from a third. An
    item without quotes has no origin of its own, so it needs two.
    """
    loaded = proof.loaded
    items = loaded.by_id
    for position, finding in enumerate(loaded.digest.findings):
        names = _named(finding.sources)
        for number, about in enumerate(finding.about):
            id = about if isinstance(about, str) else about.item
            if id not in items:
                continue
            own = loaded.own_origins(items[id])
            if confirms_nothing(finding, loaded.finding_origins[finding.id], own):
                message = _message(id, names, own)
                path: Path = ("findings", position, "about", number)
                if not isinstance(about, str):
                    path = (*path, "item")
                help = "add a source of another agency or author, or set another status"
                yield Problem("", message, path, help=help)


def _named(sources: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(sources))
    more = [f"{len(distinct) - _MOST_NAMED:,} more"] if len(distinct) > _MOST_NAMED else []
    return listed([*distinct[:_MOST_NAMED], *more], "and")


def _message(id: str, names: str, own: set[str]) -> str:
    if own or not names:
        message = f"{id} is called corroborated, but by no source of another origin"
        return f"{message}: not by {names}" if names else message
    return f"{id} has no quotes and is called corroborated, but by sources of one origin only: {names}"
