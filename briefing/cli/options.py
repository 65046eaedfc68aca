"""The options that commands share, each declared once.

A command names a group of options as one parameter: `output: Output`. `shared` spreads the group
over the command line and gathers it again.
"""

import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Optional

import typer

from briefing.cli import complete
from briefing.cli.misuse import unknown
from briefing.document import Section
from briefing.render import FOR_CHECK, FOR_VIEWS, named
from briefing.sink import complain

_DIGEST = "A file, - for standard input, or a name."
Digests = Annotated[
    Optional[list[str]],
    typer.Argument(metavar="[DIGEST]...", show_default=False, autocompletion=complete.digests, help=_DIGEST),
]
Digest = Annotated[
    Optional[str],
    typer.Argument(metavar="[DIGEST]", show_default=False, autocompletion=complete.digests, help=_DIGEST),
]
Seeds = Annotated[
    Optional[Path],
    typer.Option(metavar="DIR", show_default=False, help="The folder of the source texts."),
]


def _known(what: str, *words: str) -> Callable[[str], str]:
    """A check that a value is one of these words."""

    def check(value: str) -> str:
        if value not in words:
            raise unknown(what, value, list(words))
        return value

    return check


def _format(context: typer.Context, value: str) -> str:
    """The name of a format that may have been called by another of its names."""
    format = named(value.lower())
    if format or value == "auto":
        return format.name if format else value
    offered = FOR_CHECK if context.info_name == "check" else FOR_VIEWS
    raise unknown("format", value, ["auto", *(each.name for each in offered)])


def typed(text: str) -> str:
    """An argument as it was typed: its bytes read as UTF-8 whatever the locale, else as the locale read them."""
    try:
        return os.fsencode(text).decode()
    except UnicodeError:
        return text.encode(errors="surrogateescape").decode(errors="replace")


class Selection(NamedTuple):
    """Which rows and columns of a view."""

    where: Annotated[
        Optional[list[str]],
        typer.Option(
            "--where", "-w", metavar="COND", autocompletion=complete.where,
            help="Only where FIELD=VALUE holds (A,B is A or B); also != ~ (contains) !~ < <= > >=. May be repeated.",
        ),
    ] = None  # fmt: skip
    since: Annotated[
        str, typer.Option(metavar="DATE", help="Only what may fall on DATE or later; `today` is a date.")
    ] = ""
    until: Annotated[
        str, typer.Option(metavar="DATE", help="Only what may fall on DATE or earlier; `today` is a date.")
    ] = ""
    fields: Annotated[
        str,
        typer.Option(
            metavar="NAME,…", autocompletion=complete.fields, help="Show these fields, in this order."
        ),
    ] = ""
    sort: Annotated[
        str, typer.Option(metavar="FIELD", autocompletion=complete.fields, help="Sort by FIELD.")
    ] = ""
    reverse: Annotated[bool, typer.Option("--reverse", help="In the opposite order.")] = False
    limit: Annotated[
        Optional[int], typer.Option("--limit", "-n", metavar="N", min=0, help="At most N rows.")
    ] = None

    def apply(self, section: Section) -> Section:
        """The section with the selection applied; if that leaves no rows, standard error says so."""
        if self == Selection():
            return section
        from briefing.query import Query, nothing_found, select

        query = Query([typed(each) for each in self.where or ()], *self[1:])
        found = select(section, query)
        if said := nothing_found(found, query):
            complain(f"briefing: {said}")
        return found


class Output(NamedTuple):
    """Where the answer goes and what it looks like."""

    format: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT", callback=_format, autocompletion=complete.formats,
            help=f"{', '.join(('auto', *(each.name for each in FOR_VIEWS)))}; auto is a table on a terminal and Markdown elsewhere; for check it is text.",
        ),
    ] = "auto"  # fmt: skip
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False,
            help="Write to FILE, or - for standard output; its suffix names the format.",
        ),
    ] = "-"  # fmt: skip
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where it exists.")] = False
    evidence: Annotated[
        Optional[bool],
        typer.Option(
            "--evidence/--no-evidence", help="Show the quotes that each item rests on.", show_default=False
        ),
    ] = None
    full: Annotated[
        bool, typer.Option("--full", help="Show all: notes, what was found, and the lesser fields.")
    ] = False
    ids: Annotated[bool, typer.Option("--ids", help="Show the id of each row, for `briefing show`.")] = False
    heading_level: Annotated[
        Optional[int],
        typer.Option(
            min=0, max=6, metavar="N", help="The level of the first Markdown heading; 0 for no headings."
        ),
    ] = None
    header: Annotated[bool, typer.Option("--header/--no-header", help="Begin with a line of headings.")] = (
        True
    )
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV and TSV with a byte order mark, for Excel.")
    ] = False
    width: Annotated[
        Optional[int],
        typer.Option(min=20, max=10_000, metavar="COLUMNS", help="Fit tables to this many columns."),
    ] = None
    color: Annotated[
        str,
        typer.Option(
            metavar="WHEN",
            callback=_known("colour", "auto", "always", "never"),
            autocompletion=complete.colors,
            help="When to use colour: auto, always or never.",
        ),
    ] = "auto"  # fmt: skip
    pager: Annotated[
        bool,
        typer.Option(
            "--pager/--no-pager",
            help="On a terminal, show what is taller than the screen a page at a time.",
            show_default=False,
        ),
    ] = True


_Command = Callable[..., None]


def shared(command: _Command) -> _Command:
    """Spread the groups of options that a command takes over its command line."""
    groups: dict[str, Any] = {}
    spread: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        group = parameter.annotation
        if hasattr(group, "_fields"):
            groups[parameter.name] = group
            spread += [
                parameter.replace(name=name, annotation=annotation, default=group._field_defaults[name])
                for name, annotation in group.__annotations__.items()
            ]
        else:
            spread.append(parameter)

    def gathering(**given: Any) -> None:
        gathered = {
            name: group(**{field: given.pop(field) for field in group._fields})
            for name, group in groups.items()
        }
        command(**given, **gathered)

    gathering.__signature__ = inspect.Signature(spread)  # type: ignore[attr-defined]
    gathering.__doc__ = command.__doc__
    return gathering
