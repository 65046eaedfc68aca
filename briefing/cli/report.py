"""The commands that report: the whole briefing as one document."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from briefing import sink, views
from briefing.cli import complete
from briefing.cli.options import Digests, Output, Seeds
from briefing.cli.pipeline import about, answer, called, load_all
from briefing.document import Document, Record, Ref, Section, Show, merged
from briefing.problem import Failure, did_you_mean, shortened

if TYPE_CHECKING:
    from briefing.loader import Loaded

    _View = Callable[[Loaded], tuple[Section, ...]]


def export(
    digests: Digests = None,
    sections: Annotated[
        Optional[str],
        typer.Option(
            metavar="NAME,…",
            autocompletion=complete.sections,
            help="Only these sections, such as summary,timeline,sources.",
        ),
    ] = None,
    toc: Annotated[bool, typer.Option("--toc", help="Begin with a list of links to the sections.")] = False,
    front_matter: Annotated[
        bool, typer.Option("--front-matter", help="Begin with YAML: title, date, digest, source hashes.")
    ] = False,
    link_evidence: Annotated[
        bool,
        typer.Option("--link-evidence", help="Link each quote to the very words at the source's address."),
    ] = False,
    *,
    seeds: Seeds = None,
    output: Output,
) -> None:
    """All of it."""
    chosen = _wanted(sections)
    found, code = load_all(digests)
    if found:
        is_brief = sections is None and sink.format_for(output.format, output.output).is_for_people
        view = _brief(chosen if output.full else []) if is_brief else _chosen(chosen)
        parts = _parts(found, view, seeds, links=link_evidence)
        document = Document(parts, whole=True, front_matter=_front_matter(found))
        looks = {"toc": toc, "front_matter": front_matter and len(found) == 1}
        # What is chosen goes into another text; a whole briefing is a text of its own.
        fragment = sections is not None and output.output == sink.STDOUT
        answer(about(document, found), output, evidence=True, heading_level=1, fragment=fragment, **looks)
    raise typer.Exit(code)


def _parts(
    found: "list[Loaded]", view: "_View", seeds: Path | None, *, links: bool
) -> tuple[tuple[Section, ...], ...]:
    """The sections of each digest, with the place of each quote in its source."""
    from briefing.proof import Proof  # not for the help
    from briefing.views.placed import placed

    parts = []
    for loaded in found:
        proof = Proof(loaded, seeds)
        sections = [placed(proof, section, links=links) for section in view(loaded)]
        if len(found) > 1:  # so that a program can tell them apart
            sections = [_named(called(loaded), section) for section in sections]
        parts.append(tuple(sections))
    return tuple(parts)


def _named(digest: Ref, section: Section) -> Section:
    """The section with a first column `digest`, which people need not see: they have the heading."""
    named = merged([(digest, section)])
    columns = (named.columns[0]._replace(show=Show()), *named.columns[1:])
    return named._replace(columns=columns, group=None)


def _wanted(sections: str | None) -> list[str]:
    from briefing.model import SECTIONS

    known = ["summary", *(section.name for section in SECTIONS)]
    if sections is None:
        return known
    names = [name.strip().replace("-", "_") for name in sections.split(",")]
    for name in names:
        if name not in known:
            help = did_you_mean(name, known) or f"the sections: {', '.join(known)}"
            raise Failure(f'no section "{shortened(name)}"', help)
    return [name for name in known if name in names]


def _chosen(wanted: list[str]) -> "_View":
    """The head, then the sections in the format's order."""
    from briefing.views import summary

    def view(loaded: "Loaded") -> tuple[Section, ...]:
        return tuple(
            summary.head(loaded) if name == "summary" else views.view(name)(loaded) for name in wanted
        )

    return view


def _brief(annexes: list[str]) -> "_View":
    """The brief; and whole sections after it, where everything is wanted."""
    from briefing.views import brief

    def view(loaded: "Loaded") -> tuple[Section, ...]:
        whole = [views.view(name)(loaded) for name in annexes if name != "summary"]
        return (*brief.view(loaded), *(each._replace(title=f"Annex: {each.title}") for each in whole))

    return view


def _front_matter(found: "list[Loaded]") -> Record | None:
    """What the head of one briefing tells programs; several in one document have none."""
    if len(found) > 1:
        return None
    digest = found[0].digest
    hashes = Record(tuple((source.file, source.sha256) for source in digest.sources if source.file))
    head = (("title", digest.title), ("date", digest.as_of), ("digest", digest.id), ("sources", hashes))
    return Record(head)
