"""Rules on findings: that what is called confirmed is confirmed by somebody else."""

from collections.abc import Iterator

from briefing.findings import confirms_nothing
from briefing.problem import Path, Problem, listed
from briefing.proof import Proof


def one_origin(proof: Proof) -> Iterator[Problem]:
    """What is called corroborated is so by a source of another origin.

    One origin: a common agency, or texts of which one derives from the other, or both from a third. An
    item without quotes has no origin of its own, so it needs two.
    """
    loaded = proof.loaded
    items = loaded.by_id
    main = loaded.main_source.id if loaded.main_source else ""
    for position, finding in enumerate(loaded.digest.findings):
        for number, about in enumerate(finding.about):
            id = about if isinstance(about, str) else about.item
            if id in items and confirms_nothing(finding, items[id], loaded.origins, main):
                names = listed(dict.fromkeys(finding.sources), "and")
                message = f"{id} is called corroborated, but by no source of another origin"
                message += f": not by {names}" if names else ""
                path: Path = ("findings", position, "about", number)
                if not isinstance(about, str):
                    path = (*path, "item")
                help = "add a source of another agency or author, or set another status"
                yield Problem("", message, path, help=help)
