"""A Typer app that does next to nothing, with as many commands as asked for: `trivial.py N view-0`."""

import sys

import typer

app = typer.Typer()


def view(digest: str = typer.Argument("-"), limit: int = typer.Option(10, help="Rows at most.")) -> None:
    """Print a view."""
    print(digest, limit)


for number in range(int(sys.argv.pop(1))):
    app.command(f"view-{number}")(view)
app()
