"""The commands that report: the whole briefing as one document."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from briefing import sink, views
from briefing.cli import complete
from briefing.cli.options import Digests, Output, Seeds, typed
from briefing.cli.pipeline import about, answer, called, load_all
from briefing.document import Document, Record, Ref, Section, Show, merged, one
from briefing.problem import INVALID, OK, Failure, did_you_mean, shortened

if TYPE_CHECKING:
    from briefing.comparing import SentenceChange
    from briefing.loader import Loaded
    from briefing.model import Source
    from briefing.versions import Given
    from briefing.views.diff import Found

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
    """Print the brief, or the sections that are chosen, of one or several digests."""
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
        if not any(section.rows for part in parts for section in part):
            sink.complain(f"briefing: nothing in {', '.join(chosen)}")
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


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A file, a name, -, or REV:PATH in git.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, of the later version.")],
    digest: Annotated[
        Optional[str], typer.Option(metavar="DIGEST", help="With two texts: the digest that quotes them.")
    ] = None,
    source: Annotated[
        str, typer.Option(metavar="ID", help="With texts: which source of the digest they are.")
    ] = "",
    seeds_old: Annotated[
        Optional[Path], typer.Option(metavar="DIR", help="The folder of OLD's source texts.")
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where they differ.")] = False,
    *,
    seeds: Seeds = None,
    output: Output,
) -> None:
    """Print what differs between two versions.

    Two digests are compared item by item; order and layout do not count. Where the text of a source
    differs too, and between two texts, each sentence that changed is told with every item that rests
    on it. In a data format a list has only the entries that came or went.
    """
    if old == new == "-":
        raise Failure("standard input can be read only once")
    from briefing import versions

    before, after = versions.given(old), versions.given(new)
    _check_kinds(before, after, digest, source)
    if after.is_text and not before.is_text:
        found = _of_a_digest_and_its_text(before, after, source, seeds_old or seeds)
    elif before.is_text:
        found = _of_texts(before, after, digest, source)
    else:
        found = _of_digests(before, after, seeds_old, seeds)
    _tell(found, output)
    raise typer.Exit(INVALID if exit_code and (found.changes or found.sentences) else OK)


def _check_kinds(before: "Given", after: "Given", digest: str | None, source: str) -> None:
    """Refuse what cannot be compared, and an option that would say nothing."""
    if before.is_text and not after.is_text:
        raise Failure("a text and a later digest cannot be compared", "name the digest first, or two texts")
    if digest is not None and not before.is_text:
        old = shortened(before.origin.label)
        raise Failure(f"--digest is for two texts, and {old} is a digest", "leave out --digest")
    if source and not after.is_text:
        raise Failure("--source is for texts, and these are two digests", "leave out --source")


def _tell(found: "Found", output: Output) -> None:
    """A report for people, a table for programs."""
    from briefing.views import diff as view

    if sink.format_for(output.format, output.output).audience == "people":
        answer(Document((view.report(found),), whole=True), output)
    else:
        answer(one(view.rows(found)), output)


def _labels(before: "Given", after: "Given") -> tuple[str, str]:
    """The two versions as they were named."""
    return typed(before.origin.label), typed(after.origin.label)


def _of_texts(before: "Given", after: "Given", digest: str | None, source: str) -> "Found":
    """What differs between two texts, and what of a digest rests on it."""
    from briefing import loader
    from briefing.comparing import Version, sentence_changes
    from briefing.views.diff import Found

    quoting = loader.load(digest) if digest is not None else None
    found = Found(None, quoting, _labels(before, after))
    if quoting is None:
        if source:
            raise Failure("--source names a source of a digest", "name the digest with --digest")
        told = sentence_changes(Version(before.text()), Version(after.text()))
        return found._replace(sentences=told)
    id = source or _source_of(quoting, before, after)
    entry = _entry(quoting, id)
    language = entry.language or quoting.digest.language
    old, new = before.text(language), after.text(language)
    told = sentence_changes(Version(old, quoting, id), Version(new, quoting, id))
    return found._replace(sentences=told)


def _of_a_digest_and_its_text(before: "Given", after: "Given", source: str, seeds: Path | None) -> "Found":
    """What differs between the text that a digest was written from and a later one."""
    from briefing import loader
    from briefing.comparing import Version, changes_of_source
    from briefing.versions import texts
    from briefing.views.diff import Found

    quoting = loader.parse(before.data, before.origin)
    id = source or _source_of(quoting, before, after)
    entry = _entry(quoting, id)
    old = texts(before, quoting, seeds, None).get(id)
    if old is None and not entry.sentences:
        help = (
            "put it into the folder of source texts, named with --seeds-old; check --fix keeps its sentences"
        )
        raise Failure(f"the old text of {id} is not at hand, and the digest keeps no sentences of it", help)
    new = Version(after.text(entry.language or quoting.digest.language), quoting, id)
    labels = _labels(before, after)
    return Found(None, quoting, labels, (), changes_of_source(quoting, old, new))


def _entry(quoting: "Loaded", id: str) -> "Source":
    """The source with this id."""
    for entry in quoting.digest.sources:
        if entry.id == id:
            return entry
    help = did_you_mean(id, [each.id for each in quoting.digest.sources])
    raise Failure(f'no source "{id}" in {quoting.digest.id}', help)


def _source_of(quoting: "Loaded", before: "Given", after: "Given") -> str:
    """Which source of a digest two texts are: by hash, by name, or because there is only one."""
    import hashlib

    sources = [source for source in quoting.digest.sources if source.file]
    hashes = {hashlib.sha256(each.data).hexdigest() for each in (before, after)}
    names = {each.origin.path.name for each in (before, after) if each.origin.path}
    by_hash = [source.id for source in sources if source.sha256 in hashes]
    by_name = [source.id for source in sources if Path(source.file).name in names]
    for ids in (by_hash, by_name, [source.id for source in sources]):
        if len(ids) == 1:
            return ids[0]
    raise Failure("which source of the digest these texts are is not clear", "name it with --source ID")


def _of_digests(before: "Given", after: "Given", seeds_old: Path | None, seeds: Path | None) -> "Found":
    """What differs between two digests, and between the texts of their sources."""
    from briefing import loader
    from briefing.comparing import Version, changes, changes_of_source
    from briefing.versions import texts
    from briefing.views.diff import Found

    old, new = (loader.parse(each.data, each.origin) for each in (before, after))
    olds, news = texts(before, old, seeds_old, seeds), texts(after, new, seeds, None)
    told: list[SentenceChange] = []
    for id in news:
        told += changes_of_source(old, olds.get(id), Version(news[id], new, id))
    return Found(old, new, _labels(before, after), changes(old, new), told)
