"""The words of the format's vocabularies as readers see them; the data formats keep the format's own.

Every word of every vocabulary has its phrase here, beside the field that it belongs to, for a word
may mean one thing of a position and another of an agreement. A phrase can stand alone: it says what
it is about where the bare word would not.
"""

from collections.abc import Mapping

from briefing.model import Part

_KINDS = {
    "fact": "Fact",
    "statement": "Statement",
    "assessment": "Assessment",
    "assumption": "Assumption",
}
_LEVELS = {"low": "Low", "medium": "Medium", "high": "High"}

PHRASES: Mapping[str, Mapping[str, str]] = {
    "Digest.format": {"briefing/1": "Briefing format, version 1"},
    "KeyPoint.kind": _KINDS,
    "KeyPoint.likelihood": {
        "almost-no-chance": "Almost no chance",
        "very-unlikely": "Very unlikely",
        "unlikely": "Unlikely",
        "roughly-even-chance": "Roughly even chance",
        "likely": "Likely",
        "very-likely": "Very likely",
        "almost-certain": "Almost certain",
    },
    "KeyPoint.confidence": {
        "low": "Low confidence",
        "moderate": "Moderate confidence",
        "high": "High confidence",
    },
    "Instrument.type": {
        "treaty": "Treaty",
        "agreement": "Agreement",
        "exchange-of-notes": "Exchange of notes",
        "memorandum-of-understanding": "Memorandum of understanding",
        "arrangement": "Arrangement",
        "joint-statement": "Joint statement",
        "oral-understanding": "Spoken understanding",
        "unilateral-offer": "Offer by one side",
        "law": "Law",
        "unknown": "Kind of act unknown",
    },
    "Instrument.bindingness": {
        "binding": "Legally binding",
        "non-binding": "Not legally binding",
        "disputed": "Legal force disputed",
        "unclear": "Legal force unknown",
    },
    "Instrument.status": {
        "proposed": "Proposed",
        "announced": "Announced",
        "agreed-in-principle": "Agreed in principle",
        "signed": "Signed",
        "provisionally-applied": "Applied provisionally",
        "in-force": "In force",
        "suspended": "Suspended",
        "terminated": "Ended",
        "superseded": "Replaced",
        "unknown": "Status unknown",
    },
    "Instrument.text_status": {
        "published": "Text published",
        "partial": "Text published in part",
        "unpublished": "Text not published",
        "none-known": "No text found",
        "not-checked": "Text not looked for",
    },
    "Term.type": {
        "obligation": "Obligation",
        "prohibition": "Prohibition",
        "permission": "Permission",
        "right": "Right",
        "commitment": "Commitment",
        "offer": "Offer",
        "condition": "Condition",
        "consideration": "Payment or other return",
        "safeguard": "Safeguard",
        "limitation": "Limit",
        "definition": "Definition",
        "procedure": "Procedure",
        "decision-rule": "How decisions are taken",
        "verification": "How compliance is checked",
        "dispute-settlement": "How disputes are settled",
        "final-clause": "Final clause",
    },
    "Term.modality": {
        "shall": "Shall",
        "shall-not": "Shall not",
        "may": "May",
        "should": "Should",
        "will": "Will",
        "would": "Would",
    },
    "Term.agreement": {
        "both": "Stated by both sides",
        "one-side": "Stated by one side",
        "disputed": "Accounts differ",
        "not-stated": "Agreement not reported",
    },
    "Event.date_basis": {
        "stated": "Date stated",
        "inferred": "Date worked out",
        "external": "Date from other sources",
    },
    "Event.status": {
        "occurred": "Happened",
        "ongoing": "Going on",
        "announced": "Announced",
        "planned": "Planned",
        "possible": "Possible",
    },
    "Deadline.bound": {
        "at-latest": "At the latest",
        "at-earliest": "At the earliest",
        "exactly": "On that day",
    },
    "Stakeholder.kind": {
        "state": "State",
        "government-body": "Government body",
        "treaty-body": "Body under the treaty",
        "court": "Court",
        "person": "Person",
        "intergovernmental-organization": "Intergovernmental organization",
        "ngo": "Non-governmental organization",
        "company": "Company",
        "media": "News organization",
        "armed-or-criminal-group": "Armed or criminal group",
        "political-party": "Political party",
        "population": "Group of people",
        "class-of-states": "Group of states",
        "unidentified-group": "Group not identified",
    },
    "Stakeholder.roles": {
        "party": "Party",
        "negotiator": "Negotiator",
        "signatory": "Signatory",
        "decision-maker": "Decision maker",
        "spokesperson": "Spokesperson",
        "implementer": "Carries it out",
        "payer": "Payer",
        "host": "Host",
        "depositary": "Depositary",
        "observer": "Observer",
        "guarantor": "Guarantor",
        "beneficiary": "Beneficiary",
        "affected": "Affected",
        "monitor": "Monitor",
        "critic": "Critic",
        "third-state": "Third state",
    },
    "Stakeholder.position": {
        "supports": "Supports it",
        "leans-support": "Leans towards support",
        "mixed": "Mixed position",
        "neutral": "Neutral",
        "leans-oppose": "Leans towards opposition",
        "opposes": "Opposes it",
        "not-stated": "Position not reported",
    },
    "Stakeholder.position_basis": {
        "stated": "In its own words",
        "attributed": "As others report it",
        "inferred": "Inferred from its conduct",
    },
    "Rating.level": _LEVELS,
    "Figure.qualifier": {
        "exactly": "Exactly",
        "over": "More than",
        "under": "Less than",
        "about": "About",
        "at-least": "At least",
        "at-most": "At most",
    },
    "Question.category": {
        "legal": "Legal",
        "human-rights": "Human rights",
        "implementation": "Implementation",
        "cost": "Cost",
        "oversight": "Oversight",
        "diplomatic": "Diplomatic",
        "data-quality": "Quality of the data",
    },
    "Question.status": {
        "open": "Open",
        "partly-answered": "Answered in part",
        "answered": "Answered",
        "overtaken": "Overtaken by events",
    },
    "Claim.kind": _KINDS,
    "Finding.status": {
        "corroborated": "Confirmed by other reports",
        "contradicted": "Contradicted by other reports",
        "disputed": "Reports disagree",
        "imprecise": "Other reports differ in detail",
        "unsupported": "No confirmation found",
    },
    "Source.kind": {"primary": "Document of those involved", "secondary": "Report"},
}
"""By `Part.field`: each word of the vocabulary and its phrase."""


def phrases(part: type[Part], field: str) -> Mapping[str, str]:
    """The words of a field's vocabulary with their phrases; nothing for a field that has none."""
    return PHRASES.get(f"{part.__name__}.{field}", {})
