"""Coverage-guided fuzzing: any text as a source, any texts as its quotes.

Not a test that pytest runs; see README.md beside this file for the command.
"""

import sys

import atheris

with atheris.instrument_imports(include=["briefing"]):
    from briefing.evidence import Source, unused

LANGUAGES = ("en", "es", "fr", "ja", "xx")


def one_input(data: bytes) -> None:
    """Lines that begin with `>` are quotes, with `|` between prefix, quote and suffix; the rest is the source."""
    lines = data.decode("utf-8", "replace").split("\n")
    raw = "\n".join(line for line in lines if not line.startswith(">"))
    asked = [(*line[1:].split("|"), "", "")[:3] for line in lines if line.startswith(">")]
    source = Source(raw, LANGUAGES[len(data) % len(LANGUAGES)])
    quotes = [(middle, first, last) for first, middle, last in asked] + [(raw[3:9], "", "")]
    found = source.find_all(quotes)
    _inside(source, [span for spans in found for span in spans])
    for (quote, prefix, suffix), spans in zip(quotes, found, strict=True):
        assert source.find(quote, prefix, suffix) == spans
        if len(spans) > 1:
            for context in source.contexts(quote, spans):
                alone = (context.span,) if context.prefix or context.suffix else source.find(quote)
                assert source.find(quote, context.prefix, context.suffix) == alone
        elif not spans and (near := source.closest(quote)):
            assert near.text == raw[slice(*near.span)]
    covered = "".join(sentence.text for sentence in source.sentences)
    assert "".join(covered.split()) == "".join(raw.split())
    used = [span for spans in found for span in spans]
    assert all(not (s.start < end and start < s.end) for s in unused(source, used) for start, end in used)


def _inside(source: Source, spans: list[tuple[int, int]]) -> None:
    for start, end in spans:
        assert 0 <= start < end <= len(source.raw)
        place = source.place(start)
        assert source.sentence_at(start).paragraph == place.paragraph


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
