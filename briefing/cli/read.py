"""The views: load, view, render, write."""

import typer

from briefing import views
from briefing.cli.options import Digests, Output, Selection, shared
from briefing.cli.pipeline import answer, combined, load_all
from briefing.document import one


def register(app: typer.Typer, name: str) -> None:
    """Add the command of a view."""

    @shared
    def command(digests: Digests = None, *, selection: Selection, output: Output) -> None:
        view = views.view(name)
        found, code = load_all(digests)
        if found:
            section = combined(digests, [(loaded.digest.id, view(loaded)) for loaded in found])
            answer(one(selection.apply(section)), output)
        raise typer.Exit(code)

    app.command(name, help=views.VIEWS[name])(command)
