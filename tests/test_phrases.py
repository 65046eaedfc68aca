"""Each word of each vocabulary: a phrase for people, the word itself for programs."""

import csv
import io
import json
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from support.program import DIGESTS

from briefing import loader, views
from briefing.document import Section, one
from briefing.model import SECTIONS, Field, Part, fields
from briefing.render import FOR_VIEWS, Look, renderer
from briefing.words import phrases

FULL = loader.load(str(DIGESTS / "valid" / "full.yaml"))
PEOPLE = [format.name for format in FOR_VIEWS if format.audience == "people"]


class Word(NamedTuple):
    """A word of a vocabulary, where it stands."""

    section: str
    part: type[Part]
    field: Field
    word: str


def words(section: str, part: type[Part]) -> Iterator[Word]:
    for field in fields(part):
        yield from (Word(section, part, field, word) for word in field.vocabulary)
        if isinstance(field.kind, type) and issubclass(field.kind, Part):
            yield from words(section, field.kind)


WORDS = [each for spec in SECTIONS for each in words(spec.name, spec.part)]


def rendered(section: Section, format: str) -> str:
    return "".join(renderer(format)(one(section), Look(full=True)))


@pytest.mark.parametrize("word", WORDS, ids=lambda w: f"{w.part.__name__}.{w.field.name}={w.word}")
def test_a_word_has_a_phrase(word: Word) -> None:
    phrase = phrases(word.part, word.field.attribute)[word.word]
    assert phrase
    assert phrase[0].isupper() or not phrase[0].isalpha()
    assert "_" not in phrase


@pytest.mark.parametrize("format", PEOPLE)
@pytest.mark.parametrize("name", [spec.name for spec in SECTIONS if spec.name in views.VIEWS])
def test_no_hyphenated_word_is_shown_to_people(name: str, format: str) -> None:
    shown = rendered(views.view(name)(FULL), format)
    raw = {
        each.word
        for each in WORDS
        if each.section == name
        and "-" in each.word
        and phrases(each.part, each.field.attribute)[each.word].lower() != each.word
    }
    assert [word for word in sorted(raw) if f" {word} " in " ".join(shown.split())] == []


@pytest.mark.parametrize("name", [spec.name for spec in SECTIONS])
def test_programs_read_the_words_of_the_format(name: str) -> None:
    spec = next(spec for spec in SECTIONS if spec.name == name)
    section = views.view(name)(FULL) if name in views.VIEWS else None
    if section is None:
        pytest.skip("no view of its own")
    rows = json.loads(rendered(section, "json"))
    table = list(csv.DictReader(io.StringIO(rendered(section, "csv"), newline="")))
    seen = 0
    for field in fields(spec.part):
        for row, cells in zip(rows, table, strict=True):
            if field.vocabulary and row[field.name]:
                given = row[field.name] if field.many else [row[field.name]]
                assert set(given) <= set(field.vocabulary)
                assert cells[field.name] == "; ".join(given)
                seen += 1
    assert seen or not any(field.vocabulary for field in fields(spec.part))
