"""The commands that read: the views of digests, one item, a search, and what there is."""

from typing import Annotated, Optional

import typer

from briefing.cli import complete
from briefing.cli.options import Digest, Digests, Output, Seeds, Selection, typed
from briefing.cli.pipeline import answer, combined, load_all
from briefing.document import one
from briefing.problem import INVALID, Failure, did_you_mean


def view(context: typer.Context, digests: Digests = None, *, selection: Selection, output: Output) -> None:
    """A view of one or several digests: load, view, query, render, write."""
    from briefing import views

    function = views.view(str(context.info_name))
    found, code = load_all(digests)
    if found:
        section = combined(digests, [(loaded, function(loaded)) for loaded in found])
        answer(one(selection.apply(section)), output)
    raise typer.Exit(code)


def show(
    item: Annotated[
        str, typer.Argument(metavar="ID", autocompletion=complete.items, help="The id of an item.")
    ],
    digest: Digest = None,
    *,
    seeds: Seeds = None,
    output: Output,
) -> None:
    """One item."""
    from briefing import loader
    from briefing.proof import Proof
    from briefing.views import show as view

    proof = Proof(loader.load(digest), seeds)
    answer(one(view.view(proof, item)), output)


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to look for.")],
    digests: Digests = None,
    regex: Annotated[bool, typer.Option("--regex", help="TEXT is a regular expression.")] = False,
    sections: Annotated[
        Optional[list[str]],
        typer.Option("--section", metavar="NAME", help="Only in this section; may be repeated."),
    ] = None,
    *,
    selection: Selection,
    output: Output,
) -> None:
    """A search.

    Neither case nor accents nor the kind of white space count. The exit code is 1 where nothing is found.
    """
    from briefing.views.search import view

    wanted = [_known(name.replace("-", "_")) for name in sections or []]
    found, code = load_all(digests)
    if found:
        rows = [(each, view(each, typed(text), regex=regex, sections=wanted)) for each in found]
        section = selection.apply(combined(digests, rows))
        if section.rows:
            answer(one(section), output)
        else:
            code = code or INVALID
    raise typer.Exit(code)


def _known(section: str) -> str:
    from briefing.model import SECTIONS

    known = [each.name for each in SECTIONS]
    if section not in known:
        help = did_you_mean(section, known) or f"the sections: {', '.join(known)}"
        raise Failure(f'no section "{section}"', help)
    return section


def library(*, selection: Selection, output: Output) -> None:
    """What is there.

    They are looked for in the folders of $BRIEFING_PATH, then in what the program carries.
    """
    from briefing.views.list import view

    answer(one(selection.apply(view())), output)
