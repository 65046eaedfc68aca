"""Rules on findings: that what is called confirmed is confirmed by somebody else."""

from collections.abc import Iterator

from briefing.findings import confirms_nothing
from briefing.problem import Problem, listed
from briefing.proof import Proof


def one_origin(proof: Proof) -> Iterator[Problem]:
    """What is corroborated is so by sources of another origin: another agency, not derived from the same text."""
    loaded = proof.loaded
    items = {item.id: item for _, _, item in loaded.items()}
    main = loaded.main_source.id if loaded.main_source else ""
    for position, finding in enumerate(loaded.digest.findings):
        for number, about in enumerate(finding.about):
            id = about if isinstance(about, str) else about.item
            if id in items and confirms_nothing(finding, items[id], loaded.origins, main):
                names = listed(list(dict.fromkeys(finding.sources)), "and") or "no source"
                message = f"{id} is called corroborated, but {names} adds no other origin"
                path = ("findings", position, "about", number)
                help = "add a source of another agency or author, or set another status"
                yield Problem("", message, path, help=help)
