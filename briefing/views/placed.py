"""Evidence with its place in the source text, and a link to the very words."""

from urllib.parse import quote as percent_encoded

from briefing.document import Cell, Section
from briefing.model import Item
from briefing.proof import Cited, Proof
from briefing.views.columns import citations


def placed(proof: Proof, section: Section, *, links: bool) -> Section:
    """The section with the place of each quote that was proved, and with links where they are wanted."""

    def cell(item: Item) -> Cell:
        found = [(_place(proof, cited), _link(proof, cited) if links else "") for cited in proof.of(item)]
        return citations(proof.loaded, item, found)

    columns = (c._replace(cell=cell) if c.type == "quotes" else c for c in section.columns)
    return section._replace(columns=tuple(columns))


def _place(proof: Proof, cited: Cited) -> str:
    return proof.place_of(cited)


def _link(proof: Proof, cited: Cited) -> str:
    """The source's address with a text fragment (https://wicg.github.io/scroll-to-text-fragment/).

    In a fragment `-`, `,` and `&` have a meaning of their own, so they are percent-encoded too.
    """
    address = next(s.url for s in proof.loaded.digest.sources if s.id == cited.quote.source)
    if not address:
        return ""
    quote = cited.quote
    before = [f"{_encoded(quote.prefix)}-"] if quote.prefix else []
    after = [f"-{_encoded(quote.suffix)}"] if quote.suffix else []
    joiner = "&" if ":~:" in address else ":~:" if "#" in address else "#:~:"
    return f"{address}{joiner}text={','.join([*before, _encoded(quote.quote), *after])}"


def _encoded(text: str) -> str:
    return percent_encoded(" ".join(text.split()), safe="").replace("-", "%2D")
