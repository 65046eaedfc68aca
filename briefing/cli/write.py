"""For those who write a digest: `text` and `schema`."""

from typing import Annotated

import typer

from briefing import sink
from briefing.cli.options import typed

_Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE.")]
_Force = Annotated[bool, typer.Option("--force", help="Replace FILE where it exists.")]


def text(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A PDF, HTML, Word or Markdown file.")],
    output: _Output = sink.STDOUT,
    force: _Force = False,
) -> None:
    """Make a plain text of a document, to quote from.

    What to put into the source's entry, the document's name and SHA-256, is printed on standard error.
    """
    from briefing import documents  # not for the help

    converted = documents.convert(file)
    sink.write([converted.text], output, force=force)
    sink.complain(converted._replace(file=typed(converted.file)).original)


def schema(output: _Output = sink.STDOUT, force: _Force = False) -> None:
    """Print the JSON Schema of the digest format."""
    from briefing.schema import text  # not for the help

    sink.write([text()], output, force=force)
