"""What all commands do: load the digests that are named, render the answer, write it."""

from typing import TYPE_CHECKING, Any

from briefing import sink
from briefing.cli.explain import explain
from briefing.cli.options import Output
from briefing.document import Document, Ref, Section, Show, merged
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
    _told_apart(found)
    return found, code


def _told_apart(found: "list[Loaded]") -> None:
    """Refuse two digests with one id: nobody could tell which of them a row is from."""
    first: dict[str, str] = {}
    for loaded in found:
        id, label = loaded.digest.id, loaded.origin.label
        if id in first:
            raise Failure(
                f'two digests have the id "{id}": {first[id]} and {label}',
                "name one of them, or change its id",
            )
        first[id] = label


def combined(names: list[str] | None, sections: "list[tuple[Loaded, Section]]") -> Section:
    """The view of the digest that was named; for several, one Section with a column `digest`."""
    if names and len(names) > 1:
        return merged([(called(loaded), section) for loaded, section in sections])
    return sections[0][1]


def called(loaded: "Loaded") -> Ref:
    """A digest as one of several: its id, and its short title."""
    return Ref(loaded.digest.id, loaded.digest.short or loaded.digest.title)


def about(document: Document, found: "list[Loaded]") -> Document:
    """The document with what its digests are about, and their language where they share one."""
    titles = [loaded.digest.short or loaded.digest.title for loaded in found]
    languages = {loaded.digest.language for loaded in found}
    language = languages.pop() if len(languages) == 1 else ""
    title = found[0].digest.title if len(found) == 1 else "; ".join(titles)
    return document._replace(title=title, language=language)


def answer(document: Document, output: Output, **defaults: Any) -> None:
    """Render a document in the format that is wanted and write it where it is wanted.

    `defaults` are values of a Look that the command wants where the person asks for nothing else.
    """
    format = sink.format_for(output.format, output.output)
    if format.audience == "problems" and document.parts[0][0].name != "check":
        raise Failure(f"{format.name} is a format for problems", "only `briefing check` has it")
    if output.evidence:
        document = document._replace(parts=tuple(tuple(map(_quoted, part)) for part in document.parts))
    if output.ids:
        document = document._replace(parts=tuple(tuple(map(_identified, part)) for part in document.parts))
    asked = {"evidence": output.evidence, "heading_level": output.heading_level}
    color = sink.color_for(output.color, output.output)
    look = Look(
        width=sink.width_for(output.width, output.output),
        color=color,
        links=color and sink.links_for(output.output),
        header=output.header,
        bom=output.bom,
        full=output.full,
        ids=output.ids,
        hints=output.output == sink.STDOUT and sink.is_terminal(),
        **{
            "evidence": format.quotes,
            "fragment": output.output == sink.STDOUT,
            **defaults,
            **{k: v for k, v in asked.items() if v is not None},
        },
    )
    sink.write(renderer(format.name)(document, look), output.output, force=output.force, pager=output.pager)


def _quoted(section: Section) -> Section:
    """The section with its quotes, also where other fields were chosen."""
    if section.quotes is None:
        return section
    quotes = section.quotes._replace(show=Show("evidence"))
    return section._replace(columns=(*section.columns, quotes), order=(*section.order, quotes.name))


def _identified(section: Section) -> Section:
    """The section with the ids of its rows, also where other fields were chosen."""
    return section if section.ids is None else section._replace(columns=(*section.columns, section.ids))
