"""What all commands do: load the digests that are named, render the answer, write it."""

from briefing import loader, sink
from briefing.cli.options import Output
from briefing.document import Document
from briefing.loader import Loaded
from briefing.problem import Failure, InvalidDigest
from briefing.render import SUFFIXES, Look, renderer


def load_all(names: list[str] | None) -> tuple[list[Loaded], int]:
    """Every digest that can be loaded, and the exit code that the others call for.

    A single digest that cannot be loaded raises what is wrong with it; one among several is
    reported, and the others go on.
    """
    if not names or len(names) == 1:
        return [loader.load(names[0] if names else None)], 0
    found, code = [], 0
    for name in names:
        try:
            found.append(loader.load(name))
        except (InvalidDigest, Failure) as error:
            code = max(code, sink.explain(error))
    return found, code


def answer(document: Document, output: Output, inputs: list[str] | None, *, evidence: bool, **look: bool) -> None:
    """Render a document in the format that is wanted and write it where it is wanted."""
    name = sink.format_for(output.format, output.output, SUFFIXES)
    width = sink.width_for(output.width, output.output) if name == "table" else None
    wanted = Look(
        width=width,
        color=sink.color_for(output.color, output.output),
        evidence=output.evidence if output.evidence is not None else evidence or name != "table",
        header=output.header,
        heading_level=output.heading_level,
        **look,
    )
    sink.write(renderer(name)(document, wanted), output.output, force=output.force, inputs=inputs or ())
