"""The provisions: who owes what to whom."""

import re
from typing import Any

from briefing.document import Section, Show
from briefing.loader import Loaded
from briefing.model import Term
from briefing.views.columns import agreed, asserted_by, section

_WHO = {
    "permission": "Who may",
    "right": "Who may",
    "commitment": "Who commits",
    "offer": "Who offers",
    "obligation": "Who must",
    "prohibition": "Who must not",
}
_WHOM = {"offer": "To whom", "permission": "From whom", "right": "Against whom"}


def _who(term: Any) -> str:
    return _WHO.get(term.type, "Who")


def _whom(term: Any) -> str:
    return _WHOM.get(term.type, "To whom")


SHOWS = {
    "text": Show("lead"),
    "provision": Show("badge"),
    "type": Show("badge"),
    "agreement": Show("badge"),
    "asserted_by": Show("badge", phrase="says {}"),
    "finding": Show("badge"),
    "modality": Show("detail", full=True),
    "obligor": Show("detail", name=_who),
    "obligee": Show("detail", name=_whom),
    "concerns": Show("detail", "Whom it concerns"),
    "condition": Show("detail"),
    "instrument": Show("detail", full=True),
}


def view(loaded: Loaded) -> Section:
    """The terms by instrument, and there in the order of their provisions; else in the digest's own order."""
    instruments = [instrument.id for instrument in loaded.digest.instruments]
    provisions = _provisions(loaded)

    def order(numbered: tuple[int, Term]) -> tuple[int, list[tuple[int, str]], int]:
        number, term = numbered
        of = instruments.index(term.instrument) if term.instrument in instruments else len(instruments)
        return of, _sortable(provisions.get(term.id, "")), number

    rows = [term for _, term in sorted(enumerate(loaded.digest.terms), key=order)]
    # What only a report states has no badge here: the next badge is who says so.
    shows = SHOWS | {"agreement": Show("badge", say=agreed(loaded, reported=""))}
    cells = {"asserted_by": asserted_by(loaded), "provision": lambda term: provisions.get(term.id, "")}
    found = section(loaded, "terms", shows, layout="list", rows=rows, cells=cells)
    return found._replace(group=lambda term: loaded.names.get(term.instrument, "Of no instrument"))


def _provisions(loaded: Loaded) -> dict[str, str]:
    """The provision of each term; where it names none, that of its first quote in a text with articles."""
    named = {term.id: term.provision for term in loaded.digest.terms if term.provision}
    others = [term for term in loaded.digest.terms if term.evidence and not term.provision]
    if not others:
        return named
    from briefing.proof import Proof  # only where something is not said

    proof = Proof(loaded)
    for term in others:
        text = proof.text(loaded.quotes(term)[0].source)
        if text is not None and text.structure.has_articles:
            named[term.id] = proof.place_of(proof.of(term)[0])
    return named


def _sortable(text: str) -> list[tuple[int, str]]:
    """A provision as it sorts: Art. 9 before Art. 10, (a) before (b)."""
    return [(int(number or 0), word) for number, word in re.findall(r"(\d{1,9})|([A-Za-z]+)", text)]
