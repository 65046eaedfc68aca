"""Makes the inputs of the benchmarks: valid `briefing/1` digests, the same bytes each time.

    python tests/benchmarks/generate.py DIR [m] [l] [many] [check]

DIR/m.yaml           1,000 events, 500 stakeholders, 500 questions; about 1 MB
DIR/l.yaml           50,000 events; about 32 MB
DIR/many/*.yaml      1,000 digests of about 15 KB
DIR/check.yaml       5,000 quotes against a source text of 10 MB
DIR/check-part.yaml  a quarter of the quotes against a quarter of the text

Each digest's source text lies in `seeds/` beside it, and every quote occurs in it exactly
once, because each carries a number of its own. (S is the digest that the package carries.)
Names and events are invented. Nothing but the standard library is used.
"""

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random


@dataclass(frozen=True)
class Size:
    """How much of everything a digest holds, and how long its source text is at least."""

    events: int
    stakeholders: int
    questions: int
    key_points: int = 8
    terms: int = 10
    figures: int = 10
    claims: int = 20
    quotes_per_event: int = 1
    source_bytes: int = 0


M = Size(1_000, 500, 500)
L = Size(50_000, 5_000, 5_000)
ONE_OF_MANY = Size(15, 6, 5, key_points=2, terms=2, figures=1, claims=1)
CHECK = Size(980, 31, 20, quotes_per_event=5, source_bytes=10_000_000)
CHECK_PART = Size(230, 31, 20, quotes_per_event=5, source_bytes=2_500_000)

FIRST = (
    "Ana", "Bruno", "Chidi", "Dalia", "Emre", "Farah", "Goran", "Hana", "Ilse", "Jamal", "Kira", "Luís",
    "Mei", "Nadia", "Omar", "Petra", "Rafael", "Søren", "Tala", "Yusuf",
)  # fmt: skip
LAST = (
    "Abrenko", "Bastida", "Corvane", "Delmas", "Estrova", "Fennick", "Galdós", "Hadari", "Istvan",
    "Jorun", "Kaldre", "Lomasi", "Meroux", "Nakande", "Ostrev",
)  # fmt: skip
PLACES = (
    "Ardelia", "Brennoch", "Castovar", "Dunmere", "Eskild", "Farrow-Lake", "Gatria", "Hollin",
    "Issamar", "Jorvale", "Kestrel-Bay", "Lumen", "Montcalde",
)  # fmt: skip
BODIES = (
    "the ministry of justice", "the border service", "the foreign ministry", "the council of mayors",
    "the prison administration", "the court of audit", "the chamber of deputies", "the relief mission",
    "the port authority", "the statistical office", "the office of the ombudsman", "the treasury",
)  # fmt: skip
DOINGS = (
    "published a draft of the schedule of payments", "confirmed that the first transfers would begin",
    "asked for a legal opinion on custody", "rejected an amendment on inspections",
    "opened the register of detained persons", "put off the vote on the annex by two weeks",
    "named a panel of three to settle the dispute", "announced a fee of about $4,500 a person",
    "suspended flights until the safety report is out", "received a delegation of relatives & lawyers",
)  # fmt: skip
REASONS = (
    "after talks that both sides called open and useful", "because the figures in the first report did not add up",
    "while observers waited for the full text of the memorandum", "so that the transitional period can end as planned",
    "although the opposition had asked for a hearing first", "in line with article 7_b of the “framework” accord",
)  # fmt: skip
WHYS = (
    "the answer decides which court may hear a complaint, and within what time",
    "without it no reader can tell an obligation from an announcement",
    "the cost falls on whoever appropriates the money, and no budget names it",
    "people who are held now would be treated differently from those who come later",
)  # fmt: skip
FILLER = (
    "The session was adjourned at noon, and the delegates returned to their hotels.",
    "No further details were made public, although several papers had asked for them.",
    "Observers noted that the wording differed from the draft that had been circulated in the spring.",
    "A spokesman said that talks would go on, and that nobody had set a date for their end.",
    "Rain kept the crowds away from the square, where a small group had gathered with banners.",
    "The minutes record neither the length of the debate nor the names of those who left early.",
    "It was not clear who would pay for the buildings, the guards, or the journeys home.",
)  # fmt: skip
KINDS = (
    "state", "government-body", "person", "intergovernmental-organization", "ngo", "company",
    "political-party", "population",
)  # fmt: skip
ROLES = (
    "party", "negotiator", "implementer", "payer", "host", "affected", "monitor", "critic",
    "third-state",
)  # fmt: skip
POSITIONS = (
    "supports", "leans-support", "mixed", "neutral", "leans-oppose", "opposes", "not-stated",
)  # fmt: skip
CATEGORIES = (
    "legal", "human-rights", "implementation", "cost", "oversight", "diplomatic", "data-quality",
)  # fmt: skip
TERM_TYPES = (
    "obligation", "permission", "offer", "condition", "consideration", "safeguard", "limitation",
)  # fmt: skip


@dataclass
class Draft:
    """What a digest is made from: its dice, and the quotes that its source text must hold."""

    size: Size
    random: Random
    quotes: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    """The lines of the findings about the events."""

    def pick(self, words: Sequence[str]) -> str:
        # Only random() promises the same numbers from every version of Python.
        return words[self.number(len(words))]

    def number(self, below: int) -> int:
        return int(self.random.random() * below)

    def actor(self) -> str:
        return f"stakeholder-{self.number(self.size.stakeholders)}"

    def event(self) -> str:
        return f"event-{self.number(self.size.events)}"

    def quote(self, what: str = "") -> str:
        """A new phrase that no other quote and no filler holds."""
        what = what or f"{self.pick(BODIES)} of {self.pick(PLACES)} {self.pick(DOINGS)}"
        self.quotes.append(f"under entry {len(self.quotes):06d} {what}")
        return self.quotes[-1]


def begin(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def date(draft: Draft) -> str:
    """A partial date: mostly a day, now and then a month, a year, an estimate, an interval."""
    year, month, day = 1990 + draft.number(35), 1 + draft.number(12), 1 + draft.number(28)
    shape = draft.number(20)
    if shape == 0:
        return f"{year}"
    if shape == 1:
        return f"{year}-{month:02d}~"
    if shape == 2:
        return f"{year}-{month:02d}/{year + 1}-{month:02d}"
    if shape < 6:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{day:02d}"


def evidence(draft: Draft, what: str = "", count: int = 1) -> Iterator[str]:
    yield "    evidence:"
    for _ in range(count):
        yield f"      - {draft.quote(what)}"


def head(name: str, draft: Draft) -> Iterator[str]:
    yield "format: briefing/1"
    yield f"id: {name}"
    yield f"title: Accord of {draft.pick(PLACES)} on transfers, custody and inspection"
    yield "as_of: 2025-02-04"
    yield "language: en"
    yield "bottom_line: Two sides have announced an accord on transfers. No text of it is public."


def key_points(draft: Draft) -> Iterator[str]:
    for number in range(draft.size.key_points):
        yield f"  - id: point-{number}"
        yield f"    text: {begin(draft.pick(BODIES))} {draft.pick(DOINGS)}."
        yield "    kind: statement"
        yield f"    based_on: [{draft.event()}]"
        yield from evidence(draft)


def instruments(draft: Draft) -> Iterator[str]:
    yield "  - id: accord"
    yield "    title: Accord on transfers"
    yield "    type: arrangement"
    yield "    bindingness: unclear"
    yield "    status: announced"
    yield "    parties: [stakeholder-0, stakeholder-1]"
    yield "    text_status: none-known"
    yield from evidence(draft)


def terms(draft: Draft) -> Iterator[str]:
    for number in range(draft.size.terms):
        yield f"  - id: term-{number}"
        yield f"    text: {begin(draft.pick(BODIES))} may act {draft.pick(REASONS)}."
        yield f"    type: {draft.pick(TERM_TYPES)}"
        yield "    instrument: accord"
        yield f"    obligor: [{draft.actor()}]"
        yield "    agreement: not-stated"
        yield from evidence(draft)


def timeline(draft: Draft) -> Iterator[str]:
    for number in range(draft.size.events):
        first, second = f"{draft.pick(BODIES)} of {draft.pick(PLACES)}", draft.pick(BODIES)
        actors = dict.fromkeys(draft.actor() for _ in range(1 + draft.number(3)))
        yield f"  - id: event-{number}"
        yield f"    date: {date(draft)}"
        yield f"    event: {begin(first)} {draft.pick(DOINGS)} {draft.pick(REASONS)}, as {second} noted."
        yield "    date_basis: inferred"
        yield f"    status: {'planned' if draft.number(10) == 0 else 'occurred'}"
        yield f"    actors: [{', '.join(actors)}]"
        yield f"    place: {draft.pick(PLACES)}"
        yield from evidence(draft, count=draft.size.quotes_per_event)
        yield from remarks(draft, f"event-{number}")


def remarks(draft: Draft, id: str) -> Iterator[str]:
    yield f"    tags: [{draft.pick(CATEGORIES)}, {draft.pick(ROLES)}]"
    if draft.number(10) == 0:
        draft.findings += [
            f"  - id: finding-{id}",
            f"    about: [{id}]",
            f"    status: {draft.pick(['corroborated', 'contradicted', 'imprecise'])}",
            f"    text: A second account differs, {draft.pick(REASONS)}.",
            "    checked: 2025-02-04",
        ]
    if draft.number(3) == 0:
        yield f"    note: The record was amended later, {draft.pick(REASONS)}."


def stakeholders(draft: Draft) -> Iterator[str]:
    for number in range(draft.size.stakeholders):
        yield f"  - id: stakeholder-{number}"
        yield f"    name: {draft.pick(FIRST)} {draft.pick(LAST)} of {draft.pick(PLACES)} {number}"
        yield f"    kind: {draft.pick(KINDS)}"
        yield f"    roles: [{draft.pick(ROLES)}]"
        yield f"    position: {draft.pick(POSITIONS)}"
        yield "    position_basis: attributed"
        yield f"    interest: That {draft.pick(BODIES)} acts {draft.pick(REASONS)}."
        yield "    influence:"
        yield f"      level: {draft.pick(['low', 'medium', 'high'])}"
        yield f"      rationale: {begin(draft.pick(WHYS))}."
        yield from evidence(draft)


def figures(draft: Draft) -> Iterator[str]:
    for number in range(draft.size.figures):
        value = 1_000 + draft.number(9_000)
        yield f"  - id: figure-{number}"
        yield "    label: Persons on the register"
        yield f"    value: {value}"
        yield "    unit: persons"
        yield "    qualifier: about"
        yield f"    date: {date(draft)}"
        yield from evidence(draft, f"the register held about {value} names")


def questions(draft: Draft) -> Iterator[str]:
    for number in range(draft.size.questions):
        yield f"  - id: question-{number}"
        yield f"    question: Has {draft.pick(BODIES)} {draft.pick(DOINGS)} {draft.pick(REASONS)}?"
        yield f"    category: {draft.pick(CATEGORIES)}"
        yield f"    status: {draft.pick(['open', 'partly-answered'])}"
        yield f"    why_it_matters: {begin(draft.pick(WHYS))}."
        yield f"    who_can_answer: [{draft.actor()}]"
        yield f"    settled_by: What {draft.pick(BODIES)} does."
        yield f"    related: [{draft.event()}]"
        yield from evidence(draft)


def claims(draft: Draft) -> Iterator[str]:
    for number in range(draft.size.claims):
        yield f"  - id: claim-{number}"
        yield f"    text: {begin(draft.pick(BODIES))} {draft.pick(DOINGS)}."
        yield "    kind: statement"
        yield f"    asserted_by: {draft.actor()}"
        yield from evidence(draft)


def findings(draft: Draft) -> Iterator[str]:
    yield from draft.findings


SECTIONS = {
    "key_points": key_points,
    "instruments": instruments,
    "terms": terms,
    "timeline": timeline,
    "stakeholders": stakeholders,
    "figures": figures,
    "questions": questions,
    "claims": claims,
    "findings": findings,
}


def source(name: str, text: bytes) -> Iterator[str]:
    yield "sources:"
    yield "  - id: record"
    yield "    title: Record of the talks"
    yield "    kind: primary"
    yield f"    file: {name}.txt"
    yield f"    sha256: {hashlib.sha256(text).hexdigest()}"


def source_text(draft: Draft) -> bytes:
    """One sentence for each quote, one more between two, and paragraphs spun out to the size wanted."""
    room = draft.size.source_bytes // len(draft.quotes)
    paragraphs = []
    for quote in draft.quotes:
        sentences = [f"On that day, {quote}, as the annex says.", draft.pick(FILLER)]
        length = sum(map(len, sentences))
        while length < room:
            sentences.append(draft.pick(FILLER))
            length += len(sentences[-1]) + 1
        paragraphs.append(" ".join(sentences) + "\n")
    return "\n".join(paragraphs).encode()


def write(folder: Path, name: str, size: Size) -> None:
    """A digest and its source text."""
    draft = Draft(size, Random(name))
    lines = list(head(name, draft))
    for section, items in SECTIONS.items():
        found = list(items(draft))
        lines += [f"{section}:", *found] if found else []
    text = source_text(draft)
    lines += source(name, text)
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    (folder / "seeds" / f"{name}.txt").write_bytes(text)
    (folder / f"{name}.yaml").write_bytes(("\n".join(lines) + "\n").encode())


def write_many(folder: Path) -> None:
    for number in range(1_000):
        write(folder / "many", f"digest-{number:04d}", ONE_OF_MANY)


def write_check(folder: Path) -> None:
    write(folder, "check", CHECK)
    write(folder, "check-part", CHECK_PART)


INPUTS = {
    "m": lambda folder: write(folder, "m", M),
    "l": lambda folder: write(folder, "l", L),
    "many": write_many,
    "check": write_check,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the inputs of the benchmarks.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument(
        "inputs", nargs="*", metavar="INPUT", help=f"{', '.join(INPUTS)}; all when none is named"
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.inputs) - set(INPUTS):
        parser.error(f"no such input: {', '.join(sorted(unknown))}")
    for name in arguments.inputs or INPUTS:
        INPUTS[name](arguments.folder)


if __name__ == "__main__":
    main()
