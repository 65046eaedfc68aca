"""The source text sentence by sentence, with what each is the evidence of."""

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from briefing.document import Cell, Column, Marked, Record, Ref, Section, Show
from briefing.evidence import Sentence
from briefing.problem import Failure, did_you_mean, listed, masked
from briefing.proof import Cited, Proof


class Traced(NamedTuple):
    """A sentence of a source and the quotes that touch it."""

    source: str
    sentence: Sentence
    cited: list[Cited]


def view(proof: Proof, source: str = "", item: str = "", unused: bool = False) -> Section:
    """Every sentence of the sources; or of one source, or only what one item rests on, or what no item uses."""
    traced = [each for id in _sources(proof, source) for each in _trace(proof, id)]
    rows = traced
    if item:
        _known(item, [each.id for _, _, each in proof.loaded.items()], "item")
        rows = [each for each in rows if any(cited.item.id == item for cited in each.cited)]
    if unused:
        rows = [each for each in rows if not each.cited]
    several = len({each.source for each in traced}) > 1
    in_source = Show("side") if several else Show()
    columns = (
        Column("source", lambda row: Ref(row.source, proof.loaded.names[row.source]), in_source, "ref"),
        Column("number", attrgetter("sentence.number"), Show("side", "No."), "number"),
        Column("paragraph", attrgetter("sentence.paragraph"), Show("side", "¶"), "number"),
        Column("sentence", _marked, Show("lead", "What the source says")),
        Column("items", _items, Show("wide", "Used by"), "ref"),
        Column(
            "use",
            lambda row: "used" if row.cited else "unused",
            Show("under", under="items", quiet=("used",)),
        ),
        Column("start", attrgetter("sentence.start"), type="number"),
        Column("end", attrgetter("sentence.end"), type="number"),
        Column("quotes", _quotes, type="record"),
    )
    order = ("source", "number", "paragraph", "sentence", "items", "use")
    return Section(
        "trace", "Trace", columns, rows, "table", order, ("sentence", "sentences"),
        total=len(traced), closing=_coverage(proof, traced),
    )  # fmt: skip


def _sources(proof: Proof, source: str) -> list[str]:
    if source:
        _known(source, [each.id for each in proof.loaded.digest.sources], "source")
    texts = {id: text for id, text in proof.texts.items() if not source or id == source}
    readable = [id for id, text in texts.items() if text.source is not None]
    if not readable:
        reasons = listed([f"{id} is {text.reason}" for id, text in texts.items()], "and")
        raise Failure(
            f"no source text to trace: {reasons or 'no source has a file'}", "say where it is with --seeds"
        )
    return readable


def _known(id: str, ids: list[str], what: str) -> None:
    if id not in ids:
        raise Failure(f'no {what} "{id}"', did_you_mean(id, ids))


def _trace(proof: Proof, source: str) -> Iterator[Traced]:
    """The sentences in order, each with the quotes that touch it."""
    text = proof.texts[source].source
    assert text is not None
    found = [Traced(source, sentence, []) for sentence in text.sentences]
    ends = [sentence.end for sentence in text.sentences]
    for cited in proof.cited:
        if cited.quote.source == source and cited.span is not None:
            index = bisect_right(ends, cited.span.start)
            while index < len(found) and found[index].sentence.start < cited.span.end:
                found[index].cited.append(cited)
                index += 1
    yield from found


def _items(row: Traced) -> Cell:
    return tuple(Ref(id, id) for id in dict.fromkeys(cited.item.id for cited in row.cited))


def _quotes(row: Traced) -> Cell:
    return tuple(
        Record((("item", cited.item.id), ("start", cited.span.start), ("end", cited.span.end)))
        for cited in row.cited
        if cited.span is not None
    )


def _marked(row: Traced) -> Marked:
    return marked(row.sentence, row.cited)


def marked(sentence: Sentence, cited: list[Cited]) -> Marked:
    """A sentence with the cited passages marked; passages that overlap are one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(each.span for each in cited if each.span is not None):
        start, end = max(start - sentence.start, 0), min(end - sentence.start, len(sentence.text))
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return Marked(masked(sentence.text), tuple(spans))


def _coverage(proof: Proof, traced: list[Traced]) -> tuple[str, ...]:
    used = sum(bool(each.cited) for each in traced)
    items = [item for section, _, item in proof.loaded.items() if section != "sources"]
    without = sum(not item.evidence for item in items)
    sentences = f"{used:,} of {len(traced):,} sentences are used"
    unread = [
        f"{id} is {text.reason}: not traced." for id, text in proof.texts.items() if text.source is None
    ]
    return (f"{sentences}; {without:,} of {len(items):,} items have no quote.", *unread)
