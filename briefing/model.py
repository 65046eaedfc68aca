"""The digest format, `briefing/1`, as types; each field with its meaning in its annotation.

These Structs are the only description of the format. What the loader checks, the columns of
the views, the JSON Schema and the reference in the help are all read off them. A meaning is
data and not a docstring, so that the help has it under `python -OO` too.
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


DIGEST = "digest"
"""Says in `asserted_by` that this digest itself says so; no item has this id."""


class Refers(NamedTuple):
    """Marks a field that holds ids: of items in these sections, or in any when there are none."""

    sections: tuple[str, ...] = ()


class Number(Decimal):
    """A number with the digits that the digest gives it; at most 18 on each side of the point."""


Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(?![\s\S])", description="a lower-case id")]
Text = Annotated[str, Meta(pattern=r"\S", description="plain text")]
Duration = Annotated[
    str,
    Meta(
        pattern=r"^P(?=[0-9])(?:[0-9]{1,4}Y)?(?:[0-9]{1,5}M)?(?:[0-9]{1,5}W)?(?:[0-9]{1,6}D)?(?![\s\S])",
        description="a duration, such as P4Y, P6M or P180D",
    ),
]
Repetition = Annotated[
    str,
    Meta(
        pattern=r"^(?:yearly|monthly|weekly|P(?=[0-9])(?:[0-9]{1,4}Y)?(?:[0-9]{1,5}M)?(?:[0-9]{1,5}W)?(?:[0-9]{1,6}D)?)(?![\s\S])",
        description="yearly, monthly, weekly or a duration, such as P2Y",
    ),
]
Language = Annotated[
    str, Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(?![\s\S])", description="a BCP 47 language tag")
]
Url = Annotated[
    str, Meta(pattern=r"^https?://[^\s<>\"\\^`{|}]+(?![\s\S])", description="an http or https address")
]
Sha256 = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{64}(?![\s\S])", description="64 lower-case hexadecimal digits")
]
Sentences = Annotated[
    str,
    Meta(
        pattern=r"^(?:[A-Za-z0-9_-]{4})+(?![\s\S])",
        description="four letters, digits, _ or - for each sentence, as `new` and `check --fix` write them",
    ),
]
StakeholderId = Annotated[Text, Refers(("stakeholders",))]
InstrumentId = Annotated[Text, Refers(("instruments",))]
SourceId = Annotated[Text, Refers(("sources",))]
# DIGEST stands among the sections for the word itself.
SayerId = Annotated[Text, Refers(("stakeholders", "sources", DIGEST))]
EventId = Annotated[Text, Refers(("timeline",))]
ItemId = Annotated[Text, Refers()]

Statement = Literal["fact", "statement", "assessment", "assumption"]
Level = Literal["low", "medium", "high"]


class Part(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False, omit_defaults=True
):
    """What all parts of a digest share: immutable, by keyword, and no unknown keys."""

    MEANING: ClassVar[str] = ""
    """What it is, for the reference: data and not a docstring, which `python -OO` drops."""
    ALONE: ClassVar[str] = ""
    """The field that a text alone is, where one may be written instead of the part."""


class Quote(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A short phrase of a source text that occurs there exactly once."

    ALONE: ClassVar[str] = "quote"

    source: Annotated[
        SourceId,
        "The source that holds the quote; where it is left out, the digest's one source with a file.",
    ] = ""
    quote: Annotated[
        Text, "The source's own words. Curly and straight quotes, dashes and white space match alike."
    ]
    prefix: Annotated[Text, "Words directly before the quote, where it occurs more than once."] = ""
    suffix: Annotated[Text, "Words directly after the quote, where it occurs more than once."] = ""
    locator: Annotated[
        Text, "Where in the source, for a reader with the printed text: a page, an article."
    ] = ""


class Item(Part, frozen=True, kw_only=True):
    """One entry of a section."""

    id: Annotated[Slug, "The item's name, unique in the whole digest."]
    evidence: Annotated[
        tuple[Text | Quote, ...],
        "Quotes that the item rests on; a quote alone where the digest has one source with a file.",
    ] = ()
    tags: Annotated[tuple[Text, ...], "Free words for choosing and grouping."] = ()
    note: Annotated[Text, "What a reader should know beside the item: a later matter, a doubt."] = ""


class KeyPoint(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "One of the few things that a reader should know first."

    text: Annotated[Text, "The point, in one sentence."]
    kind: Annotated[
        Literal[Statement, ""], "A fact, what somebody states, the source's own assessment, or an assumption."
    ] = ""
    asserted_by: Annotated[
        tuple[SayerId, ...],
        "Who says so, or `digest` for its own finding; where it is left out, the sources of its quotes.",
    ] = ()
    likelihood: Annotated[
        Literal[
            "almost-no-chance",
            "very-unlikely",
            "unlikely",
            "roughly-even-chance",
            "likely",
            "very-likely",
            "almost-certain",
            "",
        ],
        "How probable, in the words of ICD 203. Never in one sentence with confidence.",
    ] = ""
    confidence: Annotated[
        Literal["low", "moderate", "high", ""], "How well founded the judgement is, in the words of ICD 203."
    ] = ""
    based_on: Annotated[tuple[ItemId, ...], "The items that the point sums up."] = ()


class Signatory(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "One signature under an instrument."

    person: Annotated[StakeholderId, "Who signed."]
    for_: Annotated[StakeholderId, "On whose behalf."] = msgspec.field(name="for")
    capacity: Annotated[Text, "In what office."] = ""
    place: Annotated[Text, "Where."] = ""
    date: Annotated[Date | None, "When."] = None


class Instrument(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = (
        "An agreement or another act, as far as it is known: offer, agreement and signed text kept apart."
    )

    title: Annotated[Text, "The instrument's name, or a description where it has none."]
    short: Annotated[Text, "A shorter name, for tables."] = ""
    type: Annotated[
        Literal[
            "treaty",
            "agreement",
            "exchange-of-notes",
            "memorandum-of-understanding",
            "arrangement",
            "joint-statement",
            "oral-understanding",
            "unilateral-offer",
            "law",
            "unknown",
        ],
        "What kind of act it is.",
    ]
    bindingness: Annotated[
        Literal["binding", "non-binding", "disputed", "unclear"], "Whether it binds its parties in law."
    ]
    bindingness_basis: Annotated[Text, "What that judgement rests on."] = ""
    legal_basis: Annotated[Text, "The law or treaty that it is made under."] = ""
    status: Annotated[
        Literal[
            "proposed",
            "announced",
            "agreed-in-principle",
            "signed",
            "provisionally-applied",
            "in-force",
            "suspended",
            "terminated",
            "superseded",
            "unknown",
        ],
        "How far it has come.",
    ]
    status_as_of: Annotated[Date | None, "The day for which the status holds."] = None
    parties: Annotated[tuple[StakeholderId, ...], "Between whom."]
    depositary: Annotated[StakeholderId, "Who keeps the original and receives ratifications and notices."] = (
        ""
    )
    announced: Annotated[Date | None, "When it was made public."] = None
    signed: Annotated[Date | None, "When it was signed."] = None
    in_force: Annotated[Date | None, "When it entered into force."] = None
    entry_into_force: Annotated[Text, "What has to happen before it enters into force, in words."] = ""
    duration: Annotated[Text, "How long it lasts, in words."] = ""
    exit: Annotated[Text, "How a party leaves it or ends it, in words."] = ""
    signatories: Annotated[
        tuple[Signatory, ...], "Who signed, for whom, in what capacity, where and when."
    ] = ()
    amends: Annotated[tuple[InstrumentId, ...], "The instruments that it changes."] = ()
    supersedes: Annotated[tuple[InstrumentId, ...], "The instruments that it replaces."] = ()
    implements: Annotated[tuple[InstrumentId, ...], "The instruments that it carries out."] = ()
    authentic_languages: Annotated[tuple[Language, ...], "The languages of its authentic texts."] = ()
    text_status: Annotated[
        Literal["published", "partial", "unpublished", "none-known", "not-checked", ""],
        "Whether its text can be read.",
    ] = ""


class Term(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "One provision: who owes what to whom."

    text: Annotated[Text, "The provision, in one sentence."]
    type: Annotated[
        Literal[
            "obligation",
            "prohibition",
            "permission",
            "right",
            "commitment",
            "offer",
            "condition",
            "consideration",
            "safeguard",
            "limitation",
            "definition",
            "procedure",
            "decision-rule",
            "verification",
            "dispute-settlement",
            "final-clause",
        ],
        "What the provision does.",
    ]
    modality: Annotated[
        Literal["shall", "shall-not", "may", "should", "will", "would", ""], "The verb that the text uses."
    ] = ""
    asserted_by: Annotated[
        tuple[SayerId, ...], "Who says so; where it is left out, the sources of its quotes."
    ] = ()
    instrument: Annotated[InstrumentId, "The instrument that it belongs to."] = ""
    provision: Annotated[
        Text, "Where it stands there, such as Art. 5(1); where it is left out, the place of its first quote."
    ] = ""
    obligor: Annotated[tuple[StakeholderId, ...], "Who is bound, offers or may."] = ()
    obligee: Annotated[tuple[StakeholderId, ...], "To whom."] = ()
    concerns: Annotated[tuple[ItemId, ...], "The people or things that it is about."] = ()
    condition: Annotated[Text, "Under what condition it holds."] = ""
    agreement: Annotated[
        Literal["both", "one-side", "disputed", "not-stated", ""], "Whether both sides are on record for it."
    ] = ""


class Deadline(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A time limit that runs from another event."

    within: Annotated[Duration, "How long after that event: P4Y, P6M, P180D."]
    of: Annotated[EventId, "The event from which the time runs."]
    bound: Annotated[
        Literal["at-latest", "at-earliest", "exactly", ""],
        "Whether it is the last day, the first, or the very day; at the latest where it is left out.",
    ] = ""
    for_: Annotated[tuple[ItemId, ...], "Who or what has to meet it."] = msgspec.field(name="for", default=())


class Event(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "Something that happened, was announced or is planned."

    date: Annotated[Date | None, "When; may be left out where no date is given."] = None
    event: Annotated[Text, "What happened, in one sentence."]
    date_basis: Annotated[
        Literal["stated", "inferred", "external", ""],
        "Where the date comes from: the source, reasoning from it, or elsewhere.",
    ] = ""
    date_text: Annotated[Text, "The source's own words for the date."] = ""
    deadline: Annotated[
        Deadline | None, "The time limit that the event has to keep, counted from another event."
    ] = None
    repeats: Annotated[
        Repetition, "How often it comes again: yearly, monthly, weekly, or after a duration such as P2Y."
    ] = ""
    condition: Annotated[Text, "Under what condition it happens."] = ""
    status: Annotated[
        Literal["occurred", "ongoing", "announced", "planned", "possible", ""], "Whether it has happened."
    ] = ""
    actors: Annotated[tuple[StakeholderId, ...], "Who took part."] = ()
    place: Annotated[Text, "Where."] = ""


class Rating(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A level, and why."

    level: Annotated[Level, "Low, medium or high."]
    rationale: Annotated[Text, "The reason for the level."]


class Relation(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "How one stakeholder stands to another."

    type: Annotated[Text, "The kind of relation, in a word: `ally`, `holds`."]
    target: Annotated[StakeholderId, "The other stakeholder."]


class Stakeholder(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A person, body or group that takes part or is affected."

    name: Annotated[Text, "The name that every table shows."]
    kind: Annotated[
        Literal[
            "state",
            "government-body",
            "treaty-body",
            "court",
            "person",
            "intergovernmental-organization",
            "ngo",
            "company",
            "media",
            "armed-or-criminal-group",
            "political-party",
            "population",
            "class-of-states",
            "unidentified-group",
        ],
        "What kind of actor it is.",
    ]
    roles: Annotated[
        tuple[
            Literal[
                "party",
                "negotiator",
                "signatory",
                "decision-maker",
                "spokesperson",
                "implementer",
                "payer",
                "host",
                "depositary",
                "observer",
                "guarantor",
                "beneficiary",
                "affected",
                "monitor",
                "critic",
                "third-state",
            ],
            ...,
        ],
        "The parts it plays.",
    ]
    position: Annotated[
        Literal["supports", "leans-support", "mixed", "neutral", "leans-oppose", "opposes", "not-stated", ""],
        "Where it stands.",
    ] = ""
    position_basis: Annotated[
        Literal["stated", "attributed", "inferred", ""],
        "How that is known: its own words, somebody else's, or reasoning.",
    ] = ""
    represents: Annotated[StakeholderId, "On whose behalf it acts."] = ""
    part_of: Annotated[StakeholderId, "The body or group that it belongs to."] = ""
    interest: Annotated[Text, "What it wants or stands to gain or lose."] = ""
    influence: Annotated[Rating | None, "How much it can shape the outcome."] = None
    impact: Annotated[Rating | None, "How much the outcome touches it."] = None
    relations: Annotated[tuple[Relation, ...], "How it stands to others."] = ()


class Figure(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A number that the source gives."

    label: Annotated[Text, "What is counted."]
    value: Annotated[Number, "The number, in plain digits; of a range the lower end."]
    upper: Annotated[Number | None, "The upper end of a range."] = None
    unit: Annotated[Text, "What one of it is."] = ""
    qualifier: Annotated[
        Literal["exactly", "over", "under", "about", "at-least", "at-most", ""], "The source's own hedge."
    ] = ""
    date: Annotated[Date | None, "The time that the number is for."] = None
    asserted_by: Annotated[SayerId, "Who gives it."] = ""


class Law(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A rule of law that a question turns on."

    citation: Annotated[Text, "The provision, as lawyers cite it, with what it says where that helps."]
    source: Annotated[SourceId, "The source that has its text."] = ""


class Question(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A question that is still open, or was."

    question: Annotated[Text, "The question."]
    category: Annotated[
        Literal["legal", "human-rights", "implementation", "cost", "oversight", "diplomatic", "data-quality"],
        "What field it belongs to.",
    ]
    status: Annotated[
        Literal["open", "partly-answered", "answered", "overtaken", ""], "How far it is answered."
    ] = ""
    why_it_matters: Annotated[Text, "What depends on the answer."]
    law: Annotated[tuple[Law, ...], "The law that it turns on."] = ()
    who_can_answer: Annotated[tuple[StakeholderId, ...], "Who knows or decides."] = ()
    settled_by: Annotated[Text, "What would settle it: a text, a ruling, a figure."] = ""
    answer: Annotated[Text, "The answer, as far as there is one."] = ""
    answered_on: Annotated[Date | None, "When it was answered."] = None
    related: Annotated[tuple[ItemId, ...], "The items that it is about."] = ()


SETTLED = frozenset({"answered", "overtaken"})
"""The statuses of a question that nobody need ask any more."""


class Claim(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "Something that somebody says, kept apart from what is so."

    text: Annotated[Text, "What is said."]
    kind: Annotated[Statement, "A fact, a statement, an assessment or an assumption."]
    asserted_by: Annotated[SayerId, "Who says it: a stakeholder, the source itself, or `digest`."]
    date: Annotated[Date | None, "When it was said."] = None
    actors: Annotated[tuple[StakeholderId, ...], "Whom it is about."] = ()


class About(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "What a finding is about: an item, or a part of one."

    ALONE: ClassVar[str] = "item"

    item: Annotated[ItemId, "The item."]
    part: Annotated[Text, "Which part of it, in words, where the finding is not about all of it."] = ""


class Finding(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = (
        "What other sources say, once for all the items that it concerns. It replaces nothing."
    )

    about: Annotated[
        tuple[Text | About, ...], "The items that it is about: an id alone, or the item and which part of it."
    ]
    status: Annotated[
        Literal["corroborated", "contradicted", "disputed", "imprecise", "unsupported"],
        "The outcome of the comparison.",
    ]
    text: Annotated[Text, "What was found, in a sentence or two."]
    sources: Annotated[tuple[SourceId, ...], "The sources that were compared."] = ()
    checked: Annotated[Date | None, "When the comparison was made."] = None


class Omission(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A place in the text of a source that the digest leaves out."

    locator: Annotated[Text, "Where it stands in the text: an article, a paragraph, pages."]
    reason: Annotated[Text, "Why it was left out."]


class Original(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "The document that the text of a source was taken from."

    file: Annotated[Text, "The document, as a path below the seeds folder."]
    sha256: Annotated[Sha256, "The hash of its bytes."]


class Source(Item, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "A text that the digest draws on."

    title: Annotated[Text, "Its title, or a description where it has none."]
    short: Annotated[Text, "A shorter name, for tables and footnotes."] = ""
    kind: Annotated[Literal["primary", "secondary"], "A document of those involved, or a report about them."]
    publisher: Annotated[Text, "Who published it."] = ""
    agency: Annotated[Text, "The wire service that wrote it. Sources of one agency are one origin."] = ""
    author: Annotated[Text, "Who wrote it."] = ""
    language: Annotated[Language, "The language of its text, where it is not the digest's."] = ""
    published: Annotated[Date | None, "When."] = None
    accessed: Annotated[Date | None, "When it was read."] = None
    url: Annotated[Url, "Where it can be read."] = ""
    archived: Annotated[Url, "The address of a copy that is kept."] = ""
    file: Annotated[Text, "Its text, as a path below the seeds folder, without `..`."] = ""
    sha256: Annotated[Sha256, "The hash of the file's bytes, so that a change is noticed."] = ""
    sentences: Annotated[
        Sentences, "Short hashes of its sentences and titles, so that `diff` can do without the old text."
    ] = ""
    original: Annotated[Original | None, "The document that the text was taken from."] = None
    derived_from: Annotated[SourceId, "The source that it repeats or translates."] = ""
    omitted: Annotated[
        tuple[Omission, ...],
        "Places in its text that the digest leaves out, and why: their sentences need not be used.",
    ] = ()


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
    SectionSpec("findings", Finding, "finding", "findings"),
    SectionSpec("sources", Source, "source", "sources"),
)
"""Every section, in the format's order."""


class Digest(Part, frozen=True, kw_only=True):
    MEANING: ClassVar[str] = "The structured digest of one agreement."

    format: Annotated[Literal["briefing/1"], "The version of the format."]
    id: Annotated[Slug, "The digest's name, unique among digests."]
    title: Annotated[Text, "The subject, in a line."]
    short: Annotated[Text, "A shorter title, for tables."] = ""
    as_of: Annotated[Date, "The day up to which the digest holds."]
    language: Annotated[
        Language, "The language of the digest, and of its source texts where they give none."
    ] = "en"
    bottom_line: Annotated[Text, "The upshot, in two sentences at most."]
    key_points: Annotated[tuple[KeyPoint, ...], "What a reader should know first."]
    instruments: Annotated[tuple[Instrument, ...], "The agreements and other acts."] = ()
    terms: Annotated[tuple[Term, ...], "Their provisions."] = ()
    timeline: Annotated[tuple[Event, ...], "What happened, and when."] = ()
    stakeholders: Annotated[tuple[Stakeholder, ...], "Who takes part or is affected."] = ()
    figures: Annotated[tuple[Figure, ...], "The numbers."] = ()
    questions: Annotated[tuple[Question, ...], "What is not known."] = ()
    claims: Annotated[tuple[Claim, ...], "What is said, by whom."] = ()
    findings: Annotated[tuple[Finding, ...], "What other sources say of all this."] = ()
    sources: Annotated[tuple[Source, ...], "Where all of it comes from."]

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
    """The sections whose ids it holds, and the word `digest` where that may stand instead.

    () means any section, None that it holds no ids.
    """
    pattern: str = ""
    form: str = ""
    """For text of a certain form: what that is, in words."""
    meaning: str = ""
    """What the field says, for the reference."""
    alone: str = ""
    """For a part: its field that a text alone is, where one may stand instead of the part."""

    @property
    def is_part(self) -> bool:
        """Whether it holds a part of the format, with fields of its own."""
        return isinstance(self.kind, type) and issubclass(self.kind, Part)

    @property
    def is_prose(self) -> bool:
        """Whether it holds free text, or a quote."""
        is_free = self.kind is str and self.pattern == r"\S" and self.refers is None and not self.vocabulary
        return is_free or self.kind is Quote

    @property
    def ids(self) -> str:
        """Which ids it holds, in words: `id in stakeholders or sources, or digest`."""
        sections = [name for name in self.refers or () if name != DIGEST]
        id = f"id in {' or '.join(sections)}" if sections else "id of any item"
        return f"{id}, or {DIGEST}" if DIGEST in (self.refers or ()) else id


_LAST = ("evidence", "tags", "note")  # what every item may have comes after its own
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
    meaning = ""
    if hasattr(annotation, "__metadata__") and isinstance(annotation.__metadata__[-1], str):
        meaning = annotation.__metadata__[-1]
        # What an Annotated of the field's own added goes; what its type brought along stays.
        others = annotation.__metadata__[:-1]
        annotation = Annotated[annotation.__origin__, *others] if others else annotation.__origin__
    many = get_origin(annotation) is tuple
    inner: Any = get_args(annotation)[0] if many else annotation
    alone = ""
    if get_origin(inner) in (Union, UnionType):  # of a union only one arm says something: Date | None
        inner = next(arm for arm in reversed(get_args(inner)) if arm is not NoneType)
        alone = inner.ALONE if isinstance(inner, type) and issubclass(inner, Part) else ""
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
        form=meta.description or "",
        meaning=meaning,
        alone=alone,
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
