"""The source text sentence by sentence, with what each is the evidence of."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from typing import Literal, NamedTuple

from briefing.document import Cell, Column, Marked, Record, Ref, Section, Show
from briefing.problem import Failure, did_you_mean, masked
from briefing.proof import Cited, Places, Proof
from briefing.texts.pages import outside
from briefing.texts.span import Span
from briefing.texts.structure import Sentence

_MOST_NAMED = 5  # sources in a message


class Traced(NamedTuple):
    """A sentence of a source and the quotes that touch it."""

    source: str
    sentence: Sentence
    cited: list[Cited]
    article: str
    """The article that it stands in, where the text has articles."""
    use: Literal["used", "left out", "unused"]
    """`used` by an item, or as it leads in what is used; `left out` as the digest says."""
    pieces: tuple[Span, ...]
    """Where its text stands: more than one place where a page ends in it."""


def view(proof: Proof, source: str = "", item: str = "", unused: bool = False) -> Section:
    """Every sentence of the sources; or of one source, or only what one item rests on, or what no item uses.

    Raises Failure where no source text can be read, or where there is no such source or item.
    """
    traced = [each for id in _sources(proof, source) for each in _trace(proof, id)]
    rows = traced
    if item:
        _known(item, [each.id for _, _, each in proof.loaded.items()], "item")
        rows = [each for each in rows if any(cited.item.id == item for cited in each.cited)]
    if unused:
        rows = [each for each in rows if each.use == "unused"]
    several = len({each.source for each in traced}) > 1
    in_source = Show("side") if several else Show()
    columns = (
        Column("source", lambda row: Ref(row.source, proof.loaded.names[row.source]), in_source, "ref"),
        Column("number", attrgetter("sentence.number"), Show("side", "No."), "number"),
        Column("paragraph", attrgetter("sentence.paragraph"), type="number"),
        Column("place", attrgetter("sentence.place"), Show("side")),
        Column("sentence", _marked, Show("lead", "What the source says")),
        Column("items", _items, Show("wide", "Used by"), "ref"),
        Column("use", attrgetter("use"), Show("under", under="items", quiet=("used",))),
        Column("start", attrgetter("sentence.start"), type="number"),
        Column("end", attrgetter("sentence.end"), type="number"),
        Column("quotes", _quotes, type="record"),
    )
    order = ("source", "number", "place", "sentence", "items", "use")
    return Section(
        "trace", "Trace", columns, rows, "table", order, ("sentence", "sentences"),
        total=len(traced), closing=_coverage(proof, traced),
    )  # fmt: skip


def _sources(proof: Proof, source: str) -> list[str]:
    if source:
        _known(source, [each.id for each in proof.loaded.digest.sources], "source")
    files = {id: file for id, file in proof.files.items() if not source or id == source}
    readable = [id for id, file in files.items() if file.text is not None]
    if not readable:
        reasons = "; ".join(f"{id}: {file.reason}" for id, file in islice(files.items(), _MOST_NAMED))
        raise Failure(
            f"no source text to trace ({reasons or 'no source has a file'})", "say where it is with --seeds"
        )
    return readable


def _known(id: str, ids: list[str], what: str) -> None:
    if id not in ids:
        raise Failure(f'no {what} "{id}"', did_you_mean(id, ids))


def _trace(proof: Proof, source: str) -> Iterator[Traced]:
    """The sentences in order, each with the quotes that touch it."""
    text = proof.text(source)
    assert text is not None
    structure = text.structure
    unused = {sentence.number for sentence in proof.unused(source)}
    found = [
        Traced(
            source,
            sentence,
            [],
            structure.article(sentence.start) if structure.has_articles else "",
            "unused" if sentence.number in unused else "used",
            tuple(outside(Span(sentence.start, sentence.end), structure.furniture)),
        )
        for sentence in structure.sentences
    ]
    ends = [sentence.end for sentence in structure.sentences]
    for cited in proof.cited:
        if cited.quote.source != source or cited.place is None:
            continue
        for start, end in cited.place.parts:
            index = bisect_right(ends, start)
            while index < len(found) and found[index].sentence.start < end:
                if cited not in found[index].cited[-1:]:
                    found[index].cited.append(cited)
                index += 1
    left_out = Places(proof.omitted(source))
    for each in found:
        yield each._replace(use="left out") if not each.cited and left_out.hold(each.sentence) else each


def _items(row: Traced) -> Cell:
    return tuple(Ref(id, id) for id in dict.fromkeys(cited.item.id for cited in row.cited))


def _quotes(row: Traced) -> Cell:
    return tuple(
        Record((("item", cited.item.id), ("start", start), ("end", end)))
        for cited in row.cited
        if cited.place is not None
        for start, end in cited.place.parts
    )


def _marked(row: Traced) -> Marked:
    """A sentence with what is cited marked; what pages have put into it is in neither."""
    spans: list[tuple[int, int]] = []
    at = 0
    for piece in row.pieces:
        length = piece.end - piece.start
        part = marked(row.sentence.text[at : at + length], piece.start, row.cited)
        moved = [(start + at, end + at) for start, end in part.spans]
        if spans and moved and spans[-1][1] + 1 == moved[0][0] == at:  # it goes on after the end of the page
            moved[0] = spans.pop()[0], moved[0][1]
        spans += moved
        at += length + 1
    return Marked(masked(row.sentence.text), tuple(spans))


def marked(text: str, at: int, cited: list[Cited]) -> Marked:
    """A passage that begins at a raw offset, with what is cited marked; what overlaps is one."""
    spans: list[tuple[int, int]] = []
    parts = sorted(part for each in cited if each.place for part in each.place.parts)
    for start, end in parts:
        start, end = max(start - at, 0), min(end - at, len(text))
        if start >= end:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return Marked(masked(text), tuple(spans))


def _coverage(proof: Proof, traced: list[Traced]) -> tuple[str, ...]:
    counted = [each for each in traced if each.use != "left out"]
    used = sum(each.use == "used" for each in counted)
    items = [item for section, _, item in proof.loaded.items() if section != "sources"]
    without = sum(not item.evidence for item in items)
    sentences = f"{used:,} of {len(counted):,} sentences are used"
    lines = [f"{sentences}; {without:,} of {len(items):,} items have no quote."]
    if by_article := _by_article(counted):
        lines.append(f"{by_article}.")
    for source in proof.loaded.digest.sources:
        lines += [f"{omitted.locator} is left out: {omitted.reason}" for omitted in source.omitted]
    lines += [f"Not traced: {id} ({file.reason})." for id, file in proof.files.items() if file.text is None]
    return tuple(lines)


def _by_article(traced: list[Traced]) -> str:
    """How much of each article is used: `Art. 8: 9 of 14`."""
    counts: dict[str, list[bool]] = {}
    for each in traced:
        if each.article:
            counts.setdefault(each.article, []).append(each.use == "used")
    return "; ".join(f"{article}: {sum(used)} of {len(used)}" for article, used in counts.items())
