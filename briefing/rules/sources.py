"""Rules on sources: that their texts are there, are the same, and are used."""

from collections.abc import Iterator

from briefing.evidence import unused
from briefing.model import Source
from briefing.problem import Problem, shortened
from briefing.proof import Proof, Text

_MOST_UNUSED = 20  # sentences that are named one by one


def changed(proof: Proof) -> Iterator[Problem]:
    """A source's file is the one that was read for the digest: its SHA-256 is the same."""
    from hashlib import sha256

    for position, source, text in _texts(proof):
        if source.sha256 and text.data and (now := sha256(text.data).hexdigest()) != source.sha256:
            message = f"{source.file} has changed: its SHA-256 is {now}, the digest has {source.sha256}"
            help = "see what changed, then check the quotes and set the new value"
            yield Problem("", message, ("sources", position, "sha256"), help=help)


def escapes(proof: Proof) -> Iterator[Problem]:
    """A source's file lies in the seeds folder, links followed."""
    for problem, _ in _in_state(proof, "escapes"):
        yield problem._replace(help="put the text into the seeds folder")


def unreadable(proof: Proof) -> Iterator[Problem]:
    """A source's file is an ordinary file of UTF-8 text that can be read."""
    for problem, text in _in_state(proof, "unreadable"):
        help = (
            "save the text as a UTF-8 file" if text.data else "put an ordinary file of at most 128 MiB there"
        )
        yield problem._replace(help=help)


def missing(proof: Proof) -> Iterator[Problem]:
    """A source's text is found; without it its quotes are unchecked."""
    counts: dict[str, int] = {}
    for cited in proof.cited:
        counts[cited.quote.source] = counts.get(cited.quote.source, 0) + 1
    for position, source in enumerate(proof.loaded.digest.sources):
        count = counts.get(source.id, 0)
        text = proof.texts.get(source.id)
        if text is not None and text.state == "missing":
            message = f"{shortened(source.file)} is {text.reason}: {_unchecked(count)}"
            yield Problem("", message, ("sources", position, "file"), help="say where it is with --seeds")
        elif text is None and count:
            message = f"{source.id} has no file: {_unchecked(count)}"
            yield Problem("", message, ("sources", position, "id"), help="add its text as a file")


def _unchecked(count: int) -> str:
    return f"{count} {'quote is' if count == 1 else 'quotes are'} unchecked"


def sentence_unused(proof: Proof) -> Iterator[Problem]:
    """Every sentence of a source text is the evidence of some item."""
    for position, source, text in _texts(proof):
        if text.source is None:
            continue
        path = ("sources", position, "file")
        spans = [c.span for c in proof.cited if c.quote.source == source.id and c.span is not None]
        sentences = unused(text.source, spans)
        for sentence in sentences[:_MOST_UNUSED]:
            said = shortened(" ".join(sentence.text.split()))
            message = f'sentence {sentence.number}, in paragraph {sentence.paragraph}, is not used: "{said}"'
            yield Problem("", message, path, help="cite it, or see that nothing is left out")
        if (more := len(sentences) - _MOST_UNUSED) > 0:
            message = f"{more:,} more of {len(text.source.sentences):,} sentences are not used"
            yield Problem("", message, path, help="briefing trace --unused lists them all")


def _texts(proof: Proof) -> Iterator[tuple[int, Source, Text]]:
    for position, source in enumerate(proof.loaded.digest.sources):
        if source.id in proof.texts:
            yield position, source, proof.texts[source.id]


def _in_state(proof: Proof, state: str) -> Iterator[tuple[Problem, Text]]:
    for position, source, text in _texts(proof):
        if text.state == state:
            message = f"{shortened(source.file)}: {text.reason}"
            yield Problem("", message, ("sources", position, "file")), text
