"""What all commands do: load the digests that are named, render the answer, write it."""

from typing import TYPE_CHECKING, Any

from briefing import sink
from briefing.cli.explain import explain
from briefing.cli.options import Output
from briefing.document import Document, Section, merged
from briefing.problem import Failure, InvalidDigest
from briefing.render import Look, renderer

if TYPE_CHECKING:
    from briefing.loader import Loaded


def load_all(names: list[str] | None) -> "tuple[list[Loaded], int]":
    """Every digest that can be loaded, and the exit code that the others call for.

    A single digest that cannot be loaded raises what is wrong with it; one among several is
    reported, and the others go on.
    """
    from briefing import loader  # not for the help

    if not names or len(names) == 1:
        return [loader.load(names[0] if names else None)], 0
    found: list[Loaded] = []
    code = 0
    for name in names:
        try:
            found.append(loader.load(name))
        except (InvalidDigest, Failure) as error:
            code = max(code, explain(error))
    return found, code


def combined(names: list[str] | None, sections: list[tuple[str, Section]]) -> Section:
    """The view of the digest that was named; of several one Section with a column `digest`."""
    return merged(sections) if names and len(names) > 1 else sections[0][1]


def answer(document: Document, output: Output, **defaults: Any) -> None:
    """Render a document in the format that is wanted and write it where it is wanted.

    `defaults` are what the command wants of a Look where the person does not say.
    """
    format = sink.format_for(output.format, output.output)
    if format.audience == "problems" and document.parts[0][0].name != "check":
        raise Failure(f"{format.name} is a format for problems", "only `briefing check` has it")
    asked = {"evidence": output.evidence, "heading_level": output.heading_level}
    look = Look(
        width=sink.width_for(output.width, output.output),
        color=sink.color_for(output.color, output.output),
        header=output.header,
        **{
            "evidence": format.quotes,
            "fragment": output.output == sink.STDOUT,
            **defaults,
            **{k: v for k, v in asked.items() if v is not None},
        },
    )
    sink.write(renderer(format.name)(document, look), output.output, force=output.force)
