"""Coverage-guided fuzzing: any text as a source, any texts as its quotes.

Not a test that pytest runs; see README.md beside this file for the command.
"""

import sys

import atheris

with atheris.instrument_imports(include=["briefing"]):
    from briefing.texts.calendar import states, written_dates
    from briefing.texts.matching import Found, Query
    from briefing.texts.numbers import any_states, numbers
    from briefing.texts.text import SourceText

LANGUAGES = ("en", "es", "fr", "de", "ru", "ar", "ja", "zh", "th", "xx")


def one_input(data: bytes) -> None:
    """Lines that begin with `>` are quotes, with `|` between prefix, quote and suffix; the rest is the source."""
    lines = data.decode("utf-8", "replace").split("\n")
    raw = "\n".join(line for line in lines if not line.startswith(">"))
    asked = [(*line[1:].split("|"), "", "")[:3] for line in lines if line.startswith(">")]
    language = LANGUAGES[len(data) % len(LANGUAGES)]
    source = SourceText(raw, language)
    queries = [Query(middle, first, last) for first, middle, last in asked]
    _matching(source, [*queries, Query(raw[3:9])])
    _structure(source, [query.quote for query in queries])
    _numbers(raw, language)
    _dates(raw, language)


def _matching(source: SourceText, queries: list[Query]) -> None:
    """What is found lies in the text and is found again alone; what settles a quote does settle it."""
    answers = source.find_all(queries)
    for query, found in zip(queries, answers, strict=True):
        assert source.find(*query) == found
        assert list(found) == sorted(found, key=lambda each: each.parts)
        for each in found:
            _inside(source, each)
        if len(found) > 1:
            for context in source.contexts_all([(query.quote, found)])[0]:
                if context.prefix or context.suffix:
                    assert source.find(query.quote, context.prefix, context.suffix) == (context.found,)
    absent = [query.quote for query, found in zip(queries, answers, strict=True) if not found]
    for near in source.nearest_all([(quote, ()) for quote in absent]):
        assert near is None or near.text == source.raw[slice(*near.span)] != ""


def _inside(source: SourceText, found: Found) -> None:
    before = 0
    for start, end in found.parts:
        assert before <= start < end <= len(source.raw)
        before = end
    assert source.structure.place(found.start)


def _structure(source: SourceText, locators: list[str]) -> None:
    """Sentences and headings are in order and of the text; a place that is said is found again."""
    structure = source.structure
    end = 0
    for sentence in structure.sentences:
        assert end <= sentence.start < sentence.end <= len(source.raw)
        assert sentence.text.strip()
        end = sentence.end
        if (within := structure.within(sentence.place)) is not None:
            assert any(span.start <= sentence.start and sentence.end <= span.end for span in within)
    for span in (span for locator in locators for span in structure.within(locator) or ()):
        assert 0 <= span.start < span.end <= len(source.raw)


def _numbers(raw: str, language: str) -> None:
    """What is read as a number is what a figure of that value finds."""
    found = numbers(raw, language)
    for each in found:
        assert raw[each.start : each.end] == each.text
        assert each.low <= each.high
        assert (
            each.names
            or each.weak
            or any_states(found, each.low, None, "", language)
            or each.low != each.high
        )


def _dates(raw: str, language: str) -> None:
    """What is read as a date is what an event of that date finds."""
    for each in written_dates(raw, language):
        assert raw[each.start : each.end] == each.text
        for first, last in each.readings:
            assert states(raw, first, last if last != first else None, language)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
