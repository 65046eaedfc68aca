"""Every word of the format has a phrase for readers."""

from collections.abc import Iterator

import pytest

from briefing.model import Digest, Field, Part, fields
from briefing.words import PHRASES, phrases


def vocabularies() -> Iterator[tuple[type[Part], Field]]:
    parts: list[type[Part]] = [Digest]
    for part in parts:
        for field in fields(part):
            if field.is_part and field.kind not in parts:
                parts.append(field.kind)
            if field.vocabulary:
                yield part, field


VOCABULARIES = list(vocabularies())


@pytest.mark.parametrize(
    ("part", "field"), VOCABULARIES, ids=[f"{part.__name__}.{field.name}" for part, field in VOCABULARIES]
)
def test_every_word_has_a_phrase_for_readers(part: type[Part], field: Field) -> None:
    said = phrases(part, field.name)
    assert list(said) == list(field.vocabulary)
    for word, phrase in said.items():
        assert phrase[0].isupper()
        assert phrase.lower() != word or "-" not in word


def test_there_is_no_phrase_for_what_is_not_in_the_format() -> None:
    assert set(PHRASES) == {f"{part.__name__}.{field.name}" for part, field in VOCABULARIES}
