"""What can be mended in a digest, as data: from the verdicts on its quotes, and from its sources.

A fix is safe where nothing is left to decide: the digest keeps what it says, and only what it says of
the place is put right. The nearest passage in the place of a quote that is missing is not safe; it is
none at all where a number, a date or a negation would change. Where a quote stands in several places
and nothing tells which is meant, the places are choices.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from briefing import judge
from briefing.model import Source
from briefing.problem import Fix, Path, Problem, safe, shortened
from briefing.proof import Cited, Proof
from briefing.splice import Changes, Layouts
from briefing.texts import meaning
from briefing.texts.amendments import hashes, units
from briefing.texts.matching import PLACES, Found, Query
from briefing.texts.normal import folded
from briefing.texts.span import Span
from briefing.texts.text import Passage, SourceText

_MOST_COMPARED = 500  # quotes that are looked for word by word
_MOST_DOUBLED = 60  # words of a quote in which a repetition is looked for
_MOST_PLACES = 5  # that are offered to choose from
_ALIKE = 0.75  # how alike two passages are when it is not clear which is meant
_PARTLY_RIGHT = 0.6  # how much of a context must hold at the place that is meant
_WRONG = 0.3  # and at most at any other


class Offer(NamedTuple):
    """What can be done about one problem, or to improve the digest where no rule finds one."""

    rule: str
    """The rule that finds the problem; empty where none does."""
    at: Path
    """The problem's place in the file."""
    fix: Fix | None
    choices: tuple[Fix, ...] = ()


class _Plan(NamedTuple):
    """A change to one part of the digest; paths are those of the Digest."""

    rule: str
    at: Path
    part: Path
    description: str
    is_safe: bool
    changes: Changes
    is_choice: bool = False


def offers(proof: Proof, *, unsafe: bool = False) -> list[Offer]:
    """Everything that can be mended; what is not safe and the choices only where they are wanted."""
    plans = [*_sources(proof), *_quotes(proof, unsafe)]
    kept = proof.loaded.kept
    parts = {judge.in_file(plan.part, kept) for plan in plans}
    if not parts:
        return []
    layouts = Layouts(proof.loaded.data, parts)
    found: dict[tuple[str, Path], Offer] = {}
    for plan in plans:
        part, at = judge.in_file(plan.part, kept), judge.in_file(plan.at, kept)
        edits = layouts.edits(part, plan.changes)
        if not edits or at in proof.loaded.unsound:
            continue
        fix = Fix(plan.description, plan.is_safe, part, plan.changes, edits)
        offer = found.get((plan.rule, at), Offer(plan.rule, at, None))
        choices = (*offer.choices, fix)
        offer = offer._replace(choices=choices) if plan.is_choice else offer._replace(fix=fix)
        found[plan.rule, at] = offer
    return list(found.values())


def attached(problems: Iterable[Problem], found: Iterable[Offer]) -> list[Problem]:
    """The problems, each with its fix, or with what can be chosen from."""
    by_place = {(offer.rule, offer.at): offer for offer in found if offer.rule}
    mended = []
    for problem in problems:
        offer = by_place.get((problem.rule, problem.path))
        mended.append(problem._replace(fix=offer.fix, choices=offer.choices) if offer else problem)
    return mended


# Sources.


def _sources(proof: Proof) -> Iterator[_Plan]:
    from hashlib import sha256

    lost: dict[int, str] = {}
    for position, source in enumerate(proof.loaded.digest.sources):
        file = proof.files.get(source.id)
        part: Path = ("sources", position)
        if file is None:
            continue
        if file.state == "read" and not source.sha256:
            now = sha256(file.data).hexdigest()
            changes = (("sha256", now), *_sentences(proof, source))
            yield _Plan("", (*part, "sha256"), part, f"add sha256: {now}", True, changes)
        elif file.state == "read" and source.sha256 == sha256(file.data).hexdigest():
            if changes := _sentences(proof, source):
                said = "keep the hashes of the text's sentences, for diff"
                yield _Plan("", (*part, "sentences"), part, said, True, changes)
        elif file.state == "missing" and source.sha256:
            lost[position] = source.sha256
    if not lost:
        return
    moved = proof.with_hashes(set(lost.values()))
    for position, hash in lost.items():
        part, old = ("sources", position), proof.loaded.digest.sources[position].file
        names = moved.get(hash, [])
        same = [name for name in names if name.rpartition("/")[2] == old.rpartition("/")[2]]
        new = names[0] if len(names) == 1 else same[0] if len(same) == 1 else ""
        if new:
            plan = _Plan("source-missing", (*part, "file"), part, _becomes("file", old, new), True, ())
            yield plan._replace(changes=(("file", new),))


def _sentences(proof: Proof, source: Source) -> Changes:
    """The change that keeps the hashes of a text's sentences, so that `diff` can do without the text."""
    text = proof.text(source.id)
    kept = hashes(units(text.structure)) if text is not None else ""
    return (("sentences", kept),) if kept and kept != source.sentences else ()


def _becomes(key: str, old: str, new: str | None) -> str:
    if new is None:
        return f'drop {key} "{shortened(old)}"'
    if not old:
        return f'add {key} "{shortened(new)}"'
    return f'{key} "{shortened(old)}" becomes "{shortened(new)}"'


# Quotes.


def _quotes(proof: Proof, unsafe: bool) -> Iterator[_Plan]:
    groups: dict[str, list[Cited]] = {}
    for cited in proof.cited:
        groups.setdefault(cited.quote.source, []).append(cited)
    for source, group in groups.items():
        text = proof.text(source)
        if text is None:
            continue
        yield from _locators(text, [c for c in group if c.verdict == "proved" and c.quote.locator])
        yield from _ambiguous(text, [c for c in group if c.verdict == "ambiguous"], unsafe)
        absent = [c for c in group if c.verdict == "missing"]
        settled = list(_contexts(text, [c for c in absent if c.quote.prefix or c.quote.suffix]))
        yield from settled
        done = {plan.part for plan in settled}
        if unsafe:
            yield from _nearest(text, [c for c in absent if c.path not in done][:_MOST_COMPARED])


def _at_quote(cited: Cited) -> Path:
    return cited.path if isinstance(cited.item.evidence[cited.number], str) else (*cited.path, "quote")


def _holds(spans: Sequence[Span], found: Found) -> bool:
    return any(span.start <= found.start and found.end <= span.end for span in spans)


def _locators(text: SourceText, proved: list[Cited]) -> Iterator[_Plan]:
    """A locator that names another place than that of a quote which stands in its source once."""
    wrong: list[tuple[Cited, tuple[Span, ...], str]] = []
    for cited in proved:
        within, found = text.structure.within(cited.quote.locator), cited.found[0]
        if within is None or _holds(within, found):
            continue
        label = text.structure.place(found.start)
        if _holds(text.structure.within(label) or (), found):
            wrong.append((cited, within, label))
    wrong = wrong[:_MOST_COMPARED]
    there = text.nearest_all([(cited.quote.quote, within) for cited, within, _ in wrong if within])
    passages = iter(there)
    for cited, within, label in wrong:
        passage = next(passages) if within else None
        rival = passage is not None and _likeness(cited.quote.quote, passage.text) >= _ALIKE
        said = _becomes("locator", cited.quote.locator, label)
        if rival:
            said += f"; but {shortened(cited.quote.locator)} has words much like the quote's"
        at = (*cited.path, "locator")
        yield _Plan("locator-wrong", at, cited.path, said, not rival, (("locator", label),))


def _likeness(one: str, other: str) -> float:
    """How alike two passages are by their words, from 0 to 1."""
    return SequenceMatcher(None, folded(one).casefold().split(), folded(other).casefold().split()).ratio()


def _ambiguous(text: SourceText, several: list[Cited], unsafe: bool) -> Iterator[_Plan]:
    """A quote that stands in several places: the one that the item's provision names, or a choice."""
    wanted: list[tuple[Cited, Found, bool]] = []
    for cited in several:
        found = _named(text, cited)
        if found is not None and _is_alone(text, cited, found):
            changes: Changes = (("locator", text.structure.place(found.start)),)
            yield _ambiguity(text, cited, found, changes, True)
        elif found is not None:
            wanted.append((cited, found, True))
        elif unsafe:
            wanted += [(cited, each, False) for each in cited.found[:_MOST_PLACES]]
    wanted = wanted[:_MOST_COMPARED]
    contexts = text.contexts_all([(cited.quote.quote, (found,)) for cited, found, _ in wanted])
    for (cited, found, is_sure), (context,) in zip(wanted, contexts, strict=True):
        if context.prefix or context.suffix:
            changes = _context_changes(cited, context.prefix, context.suffix)
            yield _ambiguity(text, cited, found, changes, is_sure)
        elif _is_alone(text, cited, found):
            changes = (("locator", text.structure.place(found.start)),)
            yield _ambiguity(text, cited, found, changes, is_sure)


def _is_alone(text: SourceText, cited: Cited, found: Found) -> bool:
    """Whether the name of the place tells it from the quote's other places."""
    within = text.structure.within(text.structure.place(found.start)) or ()
    return [each for each in cited.found if _holds(within, each)] == [found]


def _ambiguity(text: SourceText, cited: Cited, found: Found, changes: Changes, is_sure: bool) -> _Plan:
    where = f"line {text.structure.position(found.start)[0]} ({text.structure.place(found.start)})"
    said = f"{_described(cited, changes)}, for {where}"
    return _Plan("quote-ambiguous", _at_quote(cited), cited.path, said, is_sure, changes, not is_sure)


def _named(text: SourceText, cited: Cited) -> Found | None:
    """The place that the item's provision tells from all others."""
    provision = getattr(cited.item, "provision", "")
    # Of so many places not all were told, so none is surely the only one.
    if not provision or cited.quote.locator or len(cited.found) >= PLACES:
        return None
    within = text.structure.within(provision) or ()
    there = [found for found in cited.found if _holds(within, found)]
    return there[0] if len(there) == 1 else None


def _context_changes(cited: Cited, prefix: str, suffix: str) -> Changes:
    """The changes that give a quote this context."""
    wanted = (("prefix", cited.quote.prefix, prefix), ("suffix", cited.quote.suffix, suffix))
    return tuple((key, new or None) for key, old, new in wanted if old != new)


def _described(cited: Cited, changes: Changes) -> str:
    return ", ".join(_becomes(key, getattr(cited.quote, key), new) for key, new in changes)


def _contexts(text: SourceText, absent: list[Cited]) -> Iterator[_Plan]:
    """A prefix or a suffix that does not hold, where the quote's place is clear without it."""
    queries = []
    for cited in absent:
        quote, prefix, suffix = cited.quote.quote, cited.quote.prefix, cited.quote.suffix
        queries += [
            Query(quote, prefix if suffix else ""),
            Query(quote, "", suffix if prefix else ""),
            Query(quote),
        ]
    answers = iter(text.find_all(queries))
    decided: list[tuple[Cited, Found]] = []
    for cited in absent:
        found = _meant(text, cited, (next(answers), next(answers), next(answers)))
        if found is not None:
            decided.append((cited, found))
    candidates = [(cited, found, *_real_context(text, cited, found)) for cited, found in decided]
    proofs = text.find_all(
        Query(cited.quote.quote, prefix, suffix) for cited, _, prefix, suffix in candidates
    )
    for (cited, found, prefix, suffix), places in zip(candidates, proofs, strict=True):
        old, new = (cited.quote.prefix, cited.quote.suffix), (prefix, suffix)
        same = all(meaning.is_kept(a, b, text.language) for a, b in zip(old, new, strict=True))
        if _settled(text, cited, places) == found and same:
            changes = _context_changes(cited, prefix, suffix)
            said = _described(cited, changes)
            yield _Plan("quote-missing", _at_quote(cited), cited.path, said, True, changes)


def _meant(text: SourceText, cited: Cited, answers: Sequence[tuple[Found, ...]]) -> Found | None:
    """The one place that the quote can mean: by what is right of its context, or where it stands once."""
    with_prefix, with_suffix, alone = (_in_named_place(text, cited, places) for places in answers)
    both = cited.quote.prefix and cited.quote.suffix
    held = {places[0] for places in (with_prefix, with_suffix) if both and len(places) == 1}
    if len(held) == 1:
        return held.pop()
    if len(held) > 1 or not alone or len(alone) >= PLACES:  # there may be more
        return None
    if len(alone) == 1:
        return alone[0]
    ranked = sorted(((_held(text, cited, found), found) for found in alone), reverse=True)
    clear = ranked[0][0] >= _PARTLY_RIGHT and ranked[1][0] <= _WRONG
    return ranked[0][1] if clear else None


def _in_named_place(text: SourceText, cited: Cited, places: Sequence[Found]) -> Sequence[Found]:
    """The places that lie where the quote's locator, or else the item's provision, says; all where it says nothing."""
    named = cited.quote.locator or getattr(cited.item, "provision", "")
    within = text.structure.within(named) if named else None
    return places if within is None else [found for found in places if _holds(within, found)]


def _held(text: SourceText, cited: Cited, found: Found) -> float:
    """How much of the context that is given holds at a place."""
    old = cited.quote
    context = text.beside(found, len(old.prefix.split()), len(old.suffix.split()))
    pairs = ((old.prefix, context.prefix), (old.suffix, context.suffix))
    return max(_likeness(old, new) for old, new in pairs if old)


def _real_context(text: SourceText, cited: Cited, found: Found) -> tuple[str, str]:
    """The words of its sentence before and after a place: as many as the quote gives, or as there are.

    What holds already stays as it is written.
    """
    old = cited.quote
    context = text.beside(found, len(old.prefix.split()), len(old.suffix.split()))
    before, after = _in_sentence(text, found)
    prefix, suffix = context.prefix.split(), context.suffix.split()
    keeps = _likeness(old.prefix, context.prefix), _likeness(old.suffix, context.suffix)
    new_prefix = old.prefix if keeps[0] == 1 else " ".join(prefix[max(len(prefix) - before, 0) :])
    return new_prefix, old.suffix if keeps[1] == 1 else " ".join(suffix[:after])


def _in_sentence(text: SourceText, found: Found) -> tuple[int, int]:
    """How many words of the sentence come before a place, and how many after, without its number."""
    first = text.structure.sentence_at(found.start)
    last = text.structure.sentence_at(max(found.end - 1, 0))
    before = re.sub(r"\A\W{0,2}\w{1,5}[.)\]]\s+", "", text.raw[first.start : found.start])
    return len(before.split()), len(text.raw[found.end : max(last.end, found.end)].split())


def _settled(text: SourceText, cited: Cited, places: Sequence[Found]) -> Found | None:
    """The quote's one place, as proof judges: where there are several, the locator's."""
    if len(places) > 1:
        places = _in_named_place(text, cited, places) if cited.quote.locator else ()
    return places[0] if len(places) == 1 else None


def _nearest(text: SourceText, absent: list[Cited]) -> Iterator[_Plan]:
    """The passage most like a missing quote, where no other is nearly as like and its meaning is kept."""
    doubled = [(cited, once) for cited in absent if (once := _undoubled(cited.quote.quote))]
    answers = text.find_all(Query(once, c.quote.prefix, c.quote.suffix) for c, once in doubled)
    done: set[Path] = set()
    for (cited, once), places in zip(doubled, answers, strict=True):
        if _settled(text, cited, places) and meaning.is_kept(cited.quote.quote, once, text.language):
            done.add(cited.path)
            yield _quote_plan(cited, once, "words stand there twice")
    whole = [cited for cited in absent if "[" not in cited.quote.quote and cited.path not in done]
    yield from _most_alike(text, whole)


def _quote_plan(cited: Cited, new: str, difference: str) -> _Plan:
    said = f'quote becomes "{safe(new)}": {safe(shortened(difference, 400))}'
    return _Plan("quote-missing", _at_quote(cited), cited.path, said, False, (("quote", new),))


def _undoubled(quote: str) -> str:
    """A quote that has some words twice in a row, with these words once; else nothing."""
    words = quote.split()
    if len(words) > _MOST_DOUBLED:
        return ""
    alike = [folded(word).casefold() for word in words]
    for size in range(len(words) // 2, 0, -1):
        for at in range(len(words) - 2 * size + 1):
            if alike[at : at + size] == alike[at + size : at + 2 * size]:
                return " ".join(words[:at] + words[at + size :])
    return ""


def _most_alike(text: SourceText, whole: list[Cited]) -> Iterator[_Plan]:
    """The plans for quotes that are compared with the text word by word."""
    named = [_in_the_place(text, cited) for cited in whole]
    near = text.nearest_all([(c.quote.quote, spans) for c, spans in zip(whole, named, strict=True)])
    found = [(c, p, spans) for c, p, spans in zip(whole, near, named, strict=True) if p is not None]
    rivals = text.nearest_all([(c.quote.quote, _elsewhere(text, p, spans)) for c, p, spans in found])
    pairs = zip(found, rivals, strict=True)
    mended = [(c, p, _on_one_line(p.text)) for (c, p, _), rival in pairs if not _is_rival(c, p, rival)]
    proofs = text.find_all(Query(new, c.quote.prefix, c.quote.suffix) for c, _, new in mended)
    for (cited, passage, new), places in zip(mended, proofs, strict=True):
        place = _settled(text, cited, places)
        if place is None or not (place.start < passage.span.end and passage.span.start < place.end):
            continue
        if meaning.is_kept(cited.quote.quote, new, text.language):
            yield _quote_plan(cited, new, passage.difference)


def _in_the_place(text: SourceText, cited: Cited) -> Sequence[Span]:
    named = cited.quote.locator or getattr(cited.item, "provision", "")
    return (text.structure.within(named) or ()) if named else ()


def _elsewhere(text: SourceText, passage: Passage, named: Sequence[Span]) -> Sequence[Span]:
    """Where another passage could be meant: in the named place, or anywhere, but not where this one is."""
    found = []
    for span in named or (Span(0, len(text.raw)),):
        before, after = min(span.end, passage.span.start), max(span.start, passage.span.end)
        found += [Span(span.start, before)] if before > span.start else []
        found += [Span(after, span.end)] if span.end > after else []
    return found or (Span(0, 0),)


def _is_rival(cited: Cited, passage: Passage, rival: Passage | None) -> bool:
    """Whether another passage is as near as this one, or further by less than half a word."""
    if rival is None or rival.span == passage.span:
        return False
    quote = cited.quote.quote
    return _nearness(quote, rival.text) > _nearness(quote, passage.text) - 0.5 / len(quote.split())


def _nearness(one: str, other: str) -> float:
    """How near two passages are, from 0 to 1: a word that is nearly another counts in part."""
    ours, theirs = folded(one).casefold().split(), folded(other).casefold().split()
    shared = 0.0
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            shared += b - a
        elif tag == "replace":
            for mine, other_word in zip(ours[a:b], theirs[c:d], strict=False):
                likeness = SequenceMatcher(None, mine, other_word).ratio()
                shared += likeness if likeness >= _ALIKE else 0
    return shared / max(len(ours), len(theirs), 1)


def _on_one_line(passage: str) -> str:
    """A passage as a quote has it: words that a line's end divides are joined."""
    undivided = re.sub(r"(?<=\w)[-\u00ad][ \t]*\r?\n[ \t]*(?=\w)", "", passage)
    return " ".join(re.sub("[\u00ad\u200b\ufeff]", "", undivided).split())
