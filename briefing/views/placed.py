"""Evidence with its place in the source text, and a link to the very words."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote as percent_encoded

from briefing.document import Cell, Citation, Section
from briefing.proof import Cited, Proof


def placed(proof: Proof, section: Section, *, links: bool) -> Section:
    """The section with each quote's paragraph where it was proved; and with links where they are wanted."""
    columns = tuple(
        column._replace(cell=_placed(proof, column.cell, links)) if column.type == "quotes" else column
        for column in section.columns
    )
    return section._replace(columns=columns)


def _placed(proof: Proof, cell: Callable[[Any], Cell], links: bool) -> Callable[[Any], Cell]:
    def placed_cell(item: Any) -> Cell:
        citations = cell(item)
        assert isinstance(citations, tuple)
        pairs = zip(citations, proof.of(item), strict=True)
        return tuple(_with_place(proof, citation, cited, links) for citation, cited in pairs)

    return placed_cell


def _with_place(proof: Proof, citation: Citation, cited: Cited, links: bool) -> Citation:
    source = proof.source_of(cited)
    if source is not None and cited.span is not None:
        citation = citation._replace(place=f"paragraph {source.place(cited.span.start).paragraph}")
    return citation._replace(url=_link(proof, cited)) if links else citation


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
