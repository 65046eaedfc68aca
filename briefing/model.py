"""The digest format, `briefing/1`, as types; each field with its meaning below it.

These Structs are the only description of the format. What the loader checks, the columns of
the views, the JSON Schema and the reference in the help are all read off them.
"""

from collections.abc import Sequence
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
from msgspec import Meta

from briefing import dates
from briefing.dates import Date

FORMAT = "briefing/1"
MOST_QUOTES = 1_000
"""How many quotes an item may have: what rests on more of them is several items."""
MOST_QUOTES_IN_ALL = 100_000
"""How many quotes a digest may have, so that to hold them against their sources takes seconds at most."""


class Refers(NamedTuple):
    """Marks a field that holds ids: of items in these sections, or in any when there are none."""

    sections: tuple[str, ...] = ()


class Number(Decimal):
    """A number with the digits that the digest gives it; at most 18 before and after the point."""


Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(?![\s\S])", description="a lower-case id")]
Text = Annotated[str, Meta(pattern=r"\S", description="plain text")]
Language = Annotated[
    str, Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(?![\s\S])", description="a BCP 47 language tag")
]
Url = Annotated[
    str, Meta(pattern=r"^https?://[^\s<>\"\\^`{|}]+(?![\s\S])", description="an http or https address")
]
Sha256 = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{64}(?![\s\S])", description="64 lower-case hexadecimal digits")
]
StakeholderId = Annotated[Text, Refers(("stakeholders",))]
InstrumentId = Annotated[Text, Refers(("instruments",))]
SourceId = Annotated[Text, Refers(("sources",))]
SayerId = Annotated[Text, Refers(("stakeholders", "sources"))]
ItemId = Annotated[Text, Refers()]

Statement = Literal["fact", "statement", "assessment", "assumption"]
Level = Literal["low", "medium", "high"]


class Part(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False, omit_defaults=True
):
    """What all parts of a digest share: immutable, by keyword, and no key that is not named."""


class Quote(Part, frozen=True, kw_only=True):
    """A short phrase of a source text that occurs there exactly once."""

    source: SourceId = ""
    """The source that holds the quote; where it is left out, the digest's one source with a file."""
    quote: Text
    """The source's own words. Curly and straight quotes, dashes and white space match alike; case counts."""
    prefix: Text = ""
    """Words directly before the quote, where it occurs more than once."""
    suffix: Text = ""
    """Words directly after the quote, where it occurs more than once."""
    locator: Text = ""
    """Where in the source, for a reader with the printed text: a page, an article."""


class Verification(Part, frozen=True, kw_only=True):
    """What other sources say of an item. It never replaces what the item's own source says."""

    status: Literal["corroborated", "contradicted", "disputed", "imprecise", "unsupported"]
    """The outcome of the comparison."""
    note: Text
    """What was found, in a sentence or two."""
    sources: tuple[SourceId, ...] = ()
    """The sources that were compared."""
    checked: Date | None = None
    """When the comparison was made."""


class Item(Part, frozen=True, kw_only=True):
    """One entry of a section."""

    id: Slug
    """The item's name, unique in the whole digest."""
    evidence: tuple[Text | Quote, ...] = ()
    """Quotes that the item rests on; a quote alone where the digest has one source with a file."""
    verification: Verification | None = None
    """What other sources say of it."""
    tags: tuple[Text, ...] = ()
    """Free words for choosing and grouping."""
    note: Text = ""
    """What a reader should know beside the item: a later matter, a doubt."""


class KeyPoint(Item, frozen=True, kw_only=True):
    """One of the few things that a reader should know first."""

    text: Text
    """The point, in one sentence."""
    kind: Literal[Statement, ""] = ""
    """A fact, what somebody states, the source's own assessment, or an assumption."""
    asserted_by: tuple[SayerId, ...] = ()
    """Who says so; where it is left out, the sources of its quotes."""
    likelihood: Literal[
        "almost-no-chance",
        "very-unlikely",
        "unlikely",
        "roughly-even-chance",
        "likely",
        "very-likely",
        "almost-certain",
        "",
    ] = ""
    """How probable, in the words of ICD 203. Never in one sentence with confidence."""
    confidence: Literal["low", "moderate", "high", ""] = ""
    """How well founded the judgement is, in the words of ICD 203."""
    based_on: tuple[ItemId, ...] = ()
    """The items that the point sums up."""


class Signatory(Part, frozen=True, kw_only=True):
    """One signature under an instrument."""

    person: StakeholderId
    """Who signed."""
    for_: StakeholderId = msgspec.field(name="for")
    """On whose behalf."""
    capacity: Text = ""
    """In what office."""
    place: Text = ""
    """Where."""


class Instrument(Item, frozen=True, kw_only=True):
    """An agreement or another act, as far as it is known: offer, agreement and signed text kept apart."""

    title: Text
    """The instrument's name, or a description where it has none."""
    type: Literal[
        "treaty", "agreement", "exchange-of-notes", "memorandum-of-understanding", "arrangement",
        "joint-statement", "oral-understanding", "unilateral-offer", "unknown",
    ]  # fmt: skip
    """What kind of act it is."""
    bindingness: Literal["binding", "non-binding", "disputed", "unclear"]
    """Whether it binds its parties in law."""
    bindingness_basis: Text = ""
    """What that judgement rests on."""
    status: Literal[
        "proposed", "announced", "agreed-in-principle", "signed", "provisionally-applied",
        "in-force", "suspended", "terminated", "superseded", "unknown",
    ]  # fmt: skip
    """How far it has come."""
    status_as_of: Date | None = None
    """The day for which the status holds."""
    parties: tuple[StakeholderId, ...]
    """Between whom."""
    announced: Date | None = None
    """When it was made public."""
    signed: Date | None = None
    """When it was signed."""
    in_force: Date | None = None
    """When it entered into force."""
    signatories: tuple[Signatory, ...] = ()
    """Who signed, for whom, in what capacity, where."""
    text_status: Literal["published", "partial", "unpublished", "none-known", ""] = ""
    """Whether its text can be read."""


class Term(Item, frozen=True, kw_only=True):
    """One provision: who owes what to whom."""

    text: Text
    """The provision, in one sentence."""
    type: Literal[
        "obligation", "permission", "offer", "condition", "consideration", "safeguard", "limitation"
    ]
    """What the provision does."""
    instrument: InstrumentId = ""
    """The instrument that it belongs to."""
    obligor: tuple[StakeholderId, ...] = ()
    """Who is bound or offers."""
    obligee: tuple[StakeholderId, ...] = ()
    """To whom."""
    agreement: Literal["both", "one-side", "disputed", "not-stated", ""] = ""
    """Whether both sides are on record for it."""


class Event(Item, frozen=True, kw_only=True):
    """Something that happened, was announced or is planned."""

    date: Date
    """When."""
    event: Text
    """What happened, in one sentence."""
    date_basis: Literal["stated", "inferred", "external", ""] = ""
    """Where the date comes from: the source, reasoning from it, or elsewhere."""
    date_text: Text = ""
    """The source's own words for the date."""
    status: Literal["occurred", "announced", "planned", ""] = ""
    """Whether it has happened."""
    actors: tuple[StakeholderId, ...] = ()
    """Who took part."""
    place: Text = ""
    """Where."""


class Rating(Part, frozen=True, kw_only=True):
    """A level, and why."""

    level: Level
    """Low, medium or high."""
    rationale: Text
    """The reason for the level."""


class Relation(Part, frozen=True, kw_only=True):
    """How one stakeholder stands to another."""

    type: Text
    """The kind of relation, in a word: `part-of`, `ally`, `holds`."""
    target: StakeholderId
    """The other stakeholder."""


class Stakeholder(Item, frozen=True, kw_only=True):
    """A person, body or group that takes part or is affected."""

    name: Text
    """The name that every table shows."""
    kind: Literal[
        "state", "government-body", "person", "intergovernmental-organization", "ngo",
        "company", "armed-or-criminal-group", "political-party", "population",
    ]  # fmt: skip
    """What kind of actor it is."""
    roles: tuple[
        Literal[
            "party", "negotiator", "signatory", "implementer", "payer",
            "host", "affected", "monitor", "critic", "third-state",
        ], ...
    ]  # fmt: skip
    """The parts it plays."""
    position: Literal[
        "supports", "leans-support", "mixed", "neutral", "leans-oppose", "opposes", "not-stated", ""
    ] = ""
    """Where it stands."""
    position_basis: Literal["stated", "attributed", "inferred", ""] = ""
    """How that is known: its own words, somebody else's, or reasoning."""
    represents: StakeholderId = ""
    """On whose behalf it acts."""
    interest: Text = ""
    """What it wants or stands to gain or lose."""
    influence: Rating | None = None
    """How much it can shape the outcome."""
    impact: Rating | None = None
    """How much the outcome touches it."""
    relations: tuple[Relation, ...] = ()
    """How it stands to others."""


class Figure(Item, frozen=True, kw_only=True):
    """A number that the source gives."""

    label: Text
    """What is counted."""
    value: Number
    """The number, in plain digits."""
    unit: Text = ""
    """What one of it is."""
    qualifier: Literal["exactly", "over", "under", "about", ""] = ""
    """The source's own hedge."""
    date: Date | None = None
    """The time that the number is for."""
    asserted_by: SayerId = ""
    """Who gives it."""


class Question(Item, frozen=True, kw_only=True):
    """A question that is still open, or was."""

    question: Text
    """The question."""
    category: Literal[
        "legal", "human-rights", "implementation", "cost", "oversight", "diplomatic", "data-quality"
    ]
    """What field it belongs to."""
    status: Literal["open", "partly-answered", "answered", "overtaken", ""] = ""
    """How far it is answered."""
    why_it_matters: Text
    """What depends on the answer."""
    who_can_answer: tuple[StakeholderId, ...] = ()
    """Who knows or decides."""
    would_change: Text = ""
    """What the answer would change."""
    answer: Text = ""
    """The answer, as far as there is one."""
    answered_on: Date | None = None
    """When it was answered."""
    related: tuple[ItemId, ...] = ()
    """The items that it is about."""


class Claim(Item, frozen=True, kw_only=True):
    """Something that somebody says, kept apart from what is so."""

    text: Text
    """What is said."""
    kind: Statement
    """A fact, a statement, an assessment or an assumption."""
    asserted_by: SayerId
    """Who says it: a stakeholder, or the source itself."""
    date: Date | None = None
    """When it was said."""
    actors: tuple[StakeholderId, ...] = ()
    """Whom it is about."""


class Omitted(Part, frozen=True, kw_only=True):
    """A place of a source that the digest leaves out."""

    locator: Text
    """Which: an article, a paragraph."""
    reason: Text
    """Why."""


class Source(Item, frozen=True, kw_only=True):
    """A text that the digest draws on."""

    title: Text
    """Its title, or a description where it has none."""
    kind: Literal["primary", "secondary"]
    """A document of those involved, or a report about them."""
    publisher: Text = ""
    """Who published it."""
    author: Text = ""
    """Who wrote it."""
    published: Date | None = None
    """When."""
    accessed: Date | None = None
    """When it was read."""
    url: Url = ""
    """Where it can be read."""
    file: Text = ""
    """Its text, as a path below the seeds folder, without `..`."""
    sha256: Sha256 = ""
    """The hash of the file's bytes, so that a change is noticed."""
    derived_from: SourceId = ""
    """The source that it repeats or translates."""
    language: Language = ""
    """Its language; where it is left out, the digest's."""
    omitted: tuple[Omitted, ...] = ()
    """The places of it that the digest leaves out, and why."""


class SectionSpec(NamedTuple):
    """A section of a digest: a list of items of one kind."""

    name: str
    part: type[Item]
    singular: str
    """What one of its items is called."""
    plural: str


SECTIONS = (
    SectionSpec("key_points", KeyPoint, "key point", "key points"),
    SectionSpec("instruments", Instrument, "instrument", "instruments"),
    SectionSpec("terms", Term, "term", "terms"),
    SectionSpec("timeline", Event, "event", "events"),
    SectionSpec("stakeholders", Stakeholder, "stakeholder", "stakeholders"),
    SectionSpec("figures", Figure, "figure", "figures"),
    SectionSpec("questions", Question, "question", "questions"),
    SectionSpec("claims", Claim, "claim", "claims"),
    SectionSpec("sources", Source, "source", "sources"),
)
"""Every section, in the format's order."""


class Digest(Part, frozen=True, kw_only=True):
    """The structured digest of one agreement."""

    format: Literal["briefing/1"]
    """The version of the format."""
    id: Slug
    """The digest's name, unique among digests."""
    title: Text
    """The subject, in a line."""
    as_of: Date
    """The day up to which the digest holds."""
    language: Language = "en"
    """The language of the digest and its source texts."""
    bottom_line: Text
    """The upshot, in two sentences at most."""
    key_points: tuple[KeyPoint, ...]
    """What a reader should know first."""
    instruments: tuple[Instrument, ...] = ()
    """The agreements and other acts."""
    terms: tuple[Term, ...] = ()
    """Their provisions."""
    timeline: tuple[Event, ...] = ()
    """What happened, and when."""
    stakeholders: tuple[Stakeholder, ...] = ()
    """Who takes part or is affected."""
    figures: tuple[Figure, ...] = ()
    """The numbers."""
    questions: tuple[Question, ...] = ()
    """What is not known."""
    claims: tuple[Claim, ...] = ()
    """What is said, by whom."""
    sources: tuple[Source, ...]
    """Where all of it comes from."""

    SECTIONS: ClassVar[dict[str, type[Item]]] = {section.name: section.part for section in SECTIONS}


class Field(NamedTuple):
    """One field of a part of the format, as the rest of the program needs to know it."""

    name: str
    """The key in a digest."""
    attribute: str
    """The attribute of the Struct; differs from the name only where that is a Python keyword."""
    required: bool
    many: bool
    """True for a list."""
    kind: Any
    """What it holds, or each entry of the list: `str`, `Date`, `Number`, a Part, or Quote for evidence."""
    vocabulary: tuple[str, ...] = ()
    refers: tuple[str, ...] | None = None
    """The sections whose ids it holds; () means any section, None that it holds no ids."""
    pattern: str = ""
    meaning: str = ""
    """For text of a certain form: what that is, in words."""

    @property
    def is_part(self) -> bool:
        """Whether it holds a part of the format, with fields of its own."""
        return isinstance(self.kind, type) and issubclass(self.kind, Part)

    @property
    def is_prose(self) -> bool:
        """Whether it holds free text, or a quote."""
        is_free = self.kind is str and self.pattern == r"\S" and self.refers is None and not self.vocabulary
        return is_free or self.kind is Quote


_LAST = ("evidence", "verification", "tags", "note")  # what every item may have comes after its own
_fields: dict[type[Part], tuple[Field, ...]] = {}


def fields(part: type[Part]) -> tuple[Field, ...]:
    """The fields of a part in the format's order: id, its own, then what every item may have."""
    if part not in _fields:
        found, required = {}, _required(part)
        for owner in reversed(part.__mro__[: part.__mro__.index(Part)]):
            for attribute, annotation in owner.__annotations__.items():
                if attribute in part.__struct_fields__:
                    found[attribute] = _field(part, attribute, annotation, attribute in required)
        last = [found.pop(name) for name in _LAST if issubclass(part, Item)]
        _fields[part] = (*found.values(), *last)
    return _fields[part]


def field_at(path: Sequence[str | int]) -> Field | None:
    """The field that has this path in a digest; None where the format has none."""
    part: Any = Digest
    found = None
    for step in path:
        if isinstance(step, str):
            known = fields(part) if isinstance(part, type) and issubclass(part, Part) else ()
            found = next((field for field in known if field.name == step), None)
            if found is None:
                return None
            part = found.kind
    return found


def _field(part: type[Part], attribute: str, annotation: Any, required: bool) -> Field:
    """Read one live annotation. (typing.get_type_hints does the same more slowly, at every start.)"""
    many = get_origin(annotation) is tuple
    inner: Any = get_args(annotation)[0] if many else annotation
    if get_origin(inner) in (Union, UnionType):  # of a union only one arm says something: Date | None
        inner = next(arm for arm in reversed(get_args(inner)) if arm is not NoneType)
    notes: list[Any] = []
    if hasattr(inner, "__metadata__"):  # Annotated
        inner, *notes = get_args(inner)
    words = tuple(word for word in get_args(inner) if word) if get_origin(inner) is Literal else ()
    meta = next((note for note in notes if isinstance(note, Meta)), Meta())
    refers = next((note.sections for note in notes if isinstance(note, Refers)), None)
    position = part.__struct_fields__.index(attribute)
    return Field(
        name=part.__struct_encode_fields__[position],
        attribute=attribute,
        required=required,
        many=many,
        kind=str if words else inner,
        vocabulary=words,
        refers=refers,
        pattern=meta.pattern or "",
        meaning=meta.description or "",
    )


def _required(part: type[Part]) -> set[str]:
    """With keyword-only fields, Structs keep one default a field, and NODEFAULT where there is none."""
    defaults = zip(reversed(part.__struct_fields__), reversed(part.__struct_defaults__), strict=False)
    optional = {name for name, default in defaults if default is not msgspec.NODEFAULT}
    return set(part.__struct_fields__) - optional


def decode(kind: type, value: Any) -> Any:
    """Text → a type of the format's own. Raises ValueError for msgspec to place."""
    if not isinstance(value, str):
        raise ValueError("not text")
    if kind is Date:
        return dates.parse(value)
    assert kind is Number
    return number(value)


def number(text: str) -> Number:
    """Plain digits, at most 18 before and after the point; ValueError for anything else."""
    whole, point, fraction = text.removeprefix("-").partition(".")
    digits = whole + (fraction if point else "0")
    plain = digits.isascii() and digits.isdigit() and whole and (fraction or not point)
    if not plain or (whole[0] == "0" and whole != "0") or max(len(whole), len(fraction)) > 18:
        raise ValueError("not a number: write plain digits, such as 83000 or 1.9")
    return Number(text)
