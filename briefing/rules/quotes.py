"""Rules on quotes: whether the source has them, where, and what they leave out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise

from briefing.problem import Path, Problem, listed, safe, shortened
from briefing.proof import Cited, Proof
from briefing.texts.matching import Found, Query, elided
from briefing.texts.negation import negations
from briefing.texts.span import Span
from briefing.texts.text import SourceText

_MOST_WORDS = 25
_MOST_HELPED = 20  # quotes whose nearest passage, or settling words, are looked for
_Help = Callable[[Proof, SourceText, list[Cited]], Iterable[str]]


def missing(proof: Proof) -> Iterator[Problem]:
    """A quote that its source does not have."""
    absent = [cited for cited in proof.cited if cited.verdict == "missing"]
    helps = _helps(proof, absent, _nearest)
    for cited in absent:
        message = f'"{shortened(cited.quote.quote)}" is not in {cited.quote.source}'
        yield Problem("", message, _path(cited), help=helps.get(cited.path, ""))


def _helps(proof: Proof, found: list[Cited], help: _Help) -> dict[Path, str]:
    """What helps with the first of these quotes, by place; one look at a source serves all of its own."""
    groups: dict[str, list[Cited]] = {}
    for cited in found[:_MOST_HELPED]:
        groups.setdefault(cited.quote.source, []).append(cited)
    helps: dict[Path, str] = {}
    for source, group in groups.items():
        text = proof.text(source)
        assert text is not None
        helps.update(zip((cited.path for cited in group), help(proof, text, group), strict=True))
    return helps


def _nearest(proof: Proof, text: SourceText, absent: list[Cited]) -> Iterator[str]:
    """What is known of each missing quote: a wrong context, another source, the passage most like it."""
    elsewhere = _elsewhere(proof, absent)
    apart = _parts_alone(text, absent)
    alone = text.find_all(Query(c.quote.quote if c.quote.prefix or c.quote.suffix else "") for c in absent)
    wanted = [cited.quote.quote for cited in absent]
    named = [_named_place(text, cited) for cited in absent]
    # In the place that is named, and anywhere: both at once, for reading the text is what takes time.
    placed = [number for number, spans in enumerate(named) if spans]
    near = text.nearest_all([*zip(wanted, named, strict=True), *((wanted[number], ()) for number in placed)])
    anywhere = dict(zip(placed, near[len(absent) :], strict=True))
    for number, (cited, places) in enumerate(zip(absent, alone, strict=True)):
        passage = near[number] or anywhere.get(number)
        if places:
            yield "the quote is there, but not with that prefix or suffix"
        elif cited.path in elsewhere:
            yield f"it is in {elsewhere[cited.path]}: set source to that"
        elif cited.path in apart:
            yield "its parts are there, but not in this order in one paragraph: use two quotes"
        elif passage is None:
            yield "nothing in the source is like it"
        else:
            line, _ = text.structure.position(passage.span.start)
            place = text.structure.place(passage.span.start)
            said = shortened(" ".join(passage.text.split()), 160)
            yield f'line {line} of the source ({place}) says "{said}": {safe(shortened(passage.difference, 400))}'


def _parts_alone(text: SourceText, absent: list[Cited]) -> set[Path]:
    """The quotes with an elision whose parts all stand in the text, but not together."""
    parts = [(cited.path, part) for cited in absent for part in elided(cited.quote.quote)]
    found = text.find_all([Query(part) for _, part in parts], limit=1)
    missing = {path for (path, _), places in zip(parts, found, strict=True) if not places}
    return {path for path, _ in parts} - missing


def _named_place(text: SourceText, cited: Cited) -> Sequence[Span]:
    """The part of the text that the quote's locator, or else its item's provision, names."""
    named = cited.quote.locator or getattr(cited.item, "provision", "")
    return (text.structure.within(named) or ()) if named else ()


def _elsewhere(proof: Proof, absent: list[Cited]) -> dict[Path, str]:
    """For each quote the other source of the digest that has it, if one does."""
    found: dict[Path, str] = {}
    for source, file in proof.files.items():
        others = [cited for cited in absent if cited.quote.source != source]
        if file.text is None or not others:
            continue
        answers = file.text.find_all([Query(cited.quote.quote) for cited in others], limit=1)
        for cited, places in zip(others, answers, strict=True):
            if places:
                found.setdefault(cited.path, source)
    return found


def ambiguous(proof: Proof) -> Iterator[Problem]:
    """A quote that its source has more than once."""
    several = [cited for cited in proof.cited if cited.verdict == "ambiguous"]
    helps = _helps(proof, several, _settling)
    places = cache(partial(_places, proof))  # one quote may stand in many items
    for cited in several:
        at = places(cited.quote.source, cited.found)
        message = f'"{shortened(cited.quote.quote)}" is in {cited.quote.source} {at}'
        yield Problem("", message, _path(cited), help=helps.get(cited.path, ""))


def _places(proof: Proof, id: str, found: tuple[Found, ...]) -> str:
    """How often and where: `2 times, at 3:14, 15:9`."""
    text = proof.text(id)
    assert text is not None
    places = [text.structure.position(each.start) for each in found]
    return f"{len(places)} times, at {', '.join(f'{line}:{column}' for line, column in places)}"


def _settling(proof: Proof, text: SourceText, several: list[Cited]) -> Iterator[str]:
    """The words before and after, or the place, that would tell the places of each quote apart."""
    for contexts in text.contexts_all([(cited.quote.quote, cited.found[:3]) for cited in several]):
        choices = []
        for context in contexts:
            named = (("prefix", context.prefix), ("suffix", context.suffix))
            if words := [f'{name}: "{safe(said)}"' for name, said in named if said]:
                line, _ = text.structure.position(context.found.start)
                choices.append(f"{' and '.join(words)} for line {line}")
        if choices:
            yield f"add {'; or '.join(choices)}"
        else:
            labels = {text.structure.place(context.found.start) for context in contexts}
            apart = len(labels) == len(contexts) and text.structure.has_articles
            yield f"add locator: {listed(sorted(labels))}" if apart else "quote more of the passage"


def long(proof: Proof) -> Iterator[Problem]:
    """A quote of more words than a phrase has."""
    for cited in proof.cited:
        if (count := len(cited.quote.quote.split())) > _MOST_WORDS:
            message = f"a quote of {count} words"
            yield Problem(
                "", message, _path(cited), help=f"a phrase proves as much: {_MOST_WORDS} words at most"
            )


def elision_hides(proof: Proof) -> Iterator[Problem]:
    """An elision that leaves out a negation or an exception."""
    for cited in proof.cited:
        text = proof.text(cited.quote.source)
        if text is None or cited.place is None or len(cited.place.parts) == 1:
            continue
        parts = cited.place.parts
        gaps = [text.raw[one.end : other.start] for one, other in pairwise(parts)]
        hidden = [word for gap in gaps for word in negations(gap, text.language)]
        if hidden:
            words = listed([f'"{safe(word)}"' for word in dict.fromkeys(hidden)][:3], "and")
            message = f"what the quote leaves out has {words}"
            yield Problem("", message, _path(cited), help="quote these words too, or use two quotes")


def locator_wrong(proof: Proof) -> Iterator[Problem]:
    """A locator that names another place than the quote's, or one that the text does not have."""
    for cited in proof.cited:
        text, locator = proof.text(cited.quote.source), cited.quote.locator
        if text is None or not locator or not cited.found:
            continue
        within = text.structure.within(locator)
        if within is None or any(s.start <= f.start and f.end <= s.end for s in within for f in cited.found):
            continue
        actual = listed([text.structure.place(found.start) for found in cited.found[:3]], "and")
        message = (
            f'"{shortened(locator)}" is not where the quote is'
            if within
            else f'the text has no "{shortened(locator)}"'
        )
        yield Problem("", message, (*cited.path, "locator"), help=f"the quote is in {actual}")


def _path(cited: Cited) -> Path:
    """The place of the quote's text: a quote alone is the entry itself."""
    alone = isinstance(cited.item.evidence[cited.number], str)
    return cited.path if alone else (*cited.path, "quote")
