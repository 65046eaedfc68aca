"""Rules on sources: that their texts are there, are the same, and are used."""

from collections.abc import Iterator
from hashlib import sha256

from briefing.model import Source
from briefing.problem import Problem, shortened
from briefing.proof import Proof, SourceFile, State

_MOST_UNUSED = 20  # sentences that are named one by one


def changed(proof: Proof) -> Iterator[Problem]:
    """A source whose file is not the one that was read for the digest: its SHA-256 differs."""
    for position, source, file in _files(proof):
        was_read = file.text is not None or bool(file.data)
        if source.sha256 and was_read and (now := sha256(file.data).hexdigest()) != source.sha256:
            message = f"{shortened(source.file)} has changed: its SHA-256 is {now}"
            help = _what_changed(proof, source, file.data)
            yield Problem("", message, ("sources", position, "sha256"), help=help)


def _what_changed(proof: Proof, source: Source, data: bytes) -> str:
    """That only the ends of lines changed; or else how many quotes still hold."""
    unix = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    same = (unix, unix.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + unix)
    if source.sha256 in {sha256(each).hexdigest() for each in same}:
        return (
            "only the ends of its lines differ, which git may change: write `seeds/* -text` into "
            ".gitattributes and check the file out again"
        )
    verdicts = [cited.verdict for cited in proof.cited if cited.quote.source == source.id]
    hold = f"{verdicts.count('proved'):,} of {len(verdicts):,} quotes still hold"
    return f"{hold}: see what changed, mend the quotes and the items that rest on them, then set sha256"


def escapes(proof: Proof) -> Iterator[Problem]:
    """A source whose file lies outside the seeds folder, links followed."""
    for problem, _ in _in_state(proof, "escapes"):
        yield problem._replace(help="put the text into the seeds folder")


def unreadable(proof: Proof) -> Iterator[Problem]:
    """A source whose file is no ordinary file of UTF-8 text, or cannot be read."""
    for problem, file in _in_state(proof, "unreadable"):
        yield problem._replace(help=file.help)


def missing(proof: Proof) -> Iterator[Problem]:
    """A source whose text is not found, so that its quotes are unchecked."""
    counts: dict[str, int] = {}
    for cited in proof.cited:
        counts[cited.quote.source] = counts.get(cited.quote.source, 0) + 1
    for position, source in enumerate(proof.loaded.digest.sources):
        count = counts.get(source.id, 0)
        file = proof.files.get(source.id)
        if file is not None and file.state == "missing":
            message = f"{shortened(source.file)} is {file.reason}: {_unchecked(count)}"
            yield Problem("", message, ("sources", position, "file"), help="say where it is with --seeds")
        elif file is None and count:
            message = f"{source.id} has no file: {_unchecked(count)}"
            yield Problem("", message, ("sources", position, "id"), help="add its text as a file")


def _unchecked(count: int) -> str:
    return f"{count} {'quote is' if count == 1 else 'quotes are'} unchecked"


def sentence_unused(proof: Proof) -> Iterator[Problem]:
    """A sentence of a source text that is the evidence of no item."""
    for position, source, file in _files(proof):
        if file.text is None:
            continue
        path = ("sources", position, "file")
        sentences = proof.unused(source.id)
        for sentence in sentences[:_MOST_UNUSED]:
            said = shortened(" ".join(sentence.text.split()))
            message = f'sentence {sentence.number}, {sentence.place}, is not used: "{said}"'
            help = "cite it; or, if the digest leaves it out, name its place in omitted"
            yield Problem("", message, path, help=help)
        if (more := len(sentences) - _MOST_UNUSED) > 0:
            verb = "is" if more == 1 else "are"
            message = f"{more:,} more of {len(file.text.structure.sentences):,} sentences {verb} not used"
            yield Problem("", message, path, help="briefing trace --unused lists them all")


def omitted_unknown(proof: Proof) -> Iterator[Problem]:
    """A place that is left out and that the text does not have."""
    for position, source, file in _files(proof):
        for number, omitted in enumerate(source.omitted if file.text else ()):
            assert file.text is not None
            if not file.text.structure.within(omitted.locator):
                message = f'the text has no "{shortened(omitted.locator)}"'
                path = ("sources", position, "omitted", number, "locator")
                help = f'its places are written like "{file.text.structure.place(len(file.text.raw) // 2)}"'
                yield Problem("", message, path, help=help)


def _files(proof: Proof) -> Iterator[tuple[int, Source, SourceFile]]:
    for position, source in enumerate(proof.loaded.digest.sources):
        if source.id in proof.files:
            yield position, source, proof.files[source.id]


def _in_state(proof: Proof, state: State) -> Iterator[tuple[Problem, SourceFile]]:
    for position, source, file in _files(proof):
        if file.state == state:
            message = f"{shortened(source.file)}: {file.reason}"
            yield Problem("", message, ("sources", position, "file")), file
