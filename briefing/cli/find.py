"""What there is: `search` in digests, `list` of digests."""

from typing import Annotated, Optional

import typer

from briefing.cli.options import Digests, Output, Selection, shared, typed
from briefing.cli.pipeline import answer, combined, load_all
from briefing.document import one
from briefing.problem import INVALID, Failure, did_you_mean
from briefing.views import SECTIONS


def register(app: typer.Typer, name: str) -> None:
    """Add one of the commands of this module."""
    app.command(name)({"search": search, "list": library}[name])


@shared
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
    """Every item that holds a text.

    Neither case nor accents nor the kind of white space count. The exit code is 1 where nothing is found.
    """
    from briefing.views.search import view

    wanted = [_known(name.replace("-", "_")) for name in sections or []]
    found, code = load_all(digests)
    if found:
        rows = [(each.digest.id, view(each, typed(text), regex=regex, sections=wanted)) for each in found]
        section = selection.apply(combined(digests, rows))
        if section.rows:
            answer(one(section), output)
        else:
            code = code or INVALID
    raise typer.Exit(code)


def _known(section: str) -> str:
    if section not in SECTIONS:
        help = did_you_mean(section, SECTIONS) or f"the sections: {', '.join(SECTIONS)}"
        raise Failure(f'no section "{section}"', help)
    return section


@shared
def library(*, selection: Selection, output: Output) -> None:
    """The digests that can be called by name.

    They are looked for in the folders of $BRIEFING_PATH, then in what the program carries.
    """
    from briefing.views.library import view

    answer(one(selection.apply(view())), output)
