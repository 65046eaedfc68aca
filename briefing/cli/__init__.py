"""Arguments in, exit code out.

Each command's module is imported, and its options are built, only when it is called: that is most
of what a person feels as start-up. For the help and for completion all of them are built.
"""

import os
import re
import shutil
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from briefing import __version__
from briefing.cli import complete, misuse
from briefing.cli.commands import COMMANDS, Command
from briefing.cli.explain import explain
from briefing.cli.options import shared
from briefing.problem import UNSAFE, USAGE, Failure, InvalidDigest, shortened
from briefing.sink import Closed, complain

# The base of all that Typer raises for wrong usage; it exports only subclasses, such as this one.
_Misuse: Any = typer.BadParameter.__base__
_NARROW = 60
_HELP = ("-h", "--help")


def _fitted(formatter: Any) -> None:
    """Make the help fit a narrow screen: where there is no room beside an option, its text goes below it."""
    formatter.width = min(formatter.width, max(shutil.get_terminal_size().columns - 2, 20))
    if formatter.width < _NARROW:
        formatter.write_dl = partial(formatter.write_dl, col_max=2)


class _Command(TyperCommand):
    """A command; its help fits narrow screens too."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What the usage line says of the arguments, without braces around those that are needed."""
        return [piece.removeprefix("{").removesuffix("}") for piece in super().collect_usage_pieces(ctx)]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _fitted(formatter)
        super().format_help(ctx, formatter)


class _Grouped(TyperGroup):
    """The program; its help has the commands under what a person does with them."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _fitted(formatter)
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands of each group."""
        lines: dict[str, list[tuple[str, str]]] = {}
        for command in COMMANDS:
            lines.setdefault(command.group, []).append((command.name, command.line))
        widest = max(len(command.name) for command in COMMANDS)
        for group, rows in lines.items():
            with formatter.section(group):
                formatter.write_dl([(f"{name:<{widest}}", line) for name, line in rows])


def build(commands: Sequence[Command], *, explained: bool = False) -> typer.Typer:
    """The program with these commands. With `explained` their help lists the fields of what they print."""
    app = typer.Typer(
        name="briefing",
        cls=_Grouped,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # a digest's text in a message is never markup; and it starts faster
        context_settings={"help_option_names": list(_HELP)},
    )
    app.callback(help=_WHAT)(_briefing)
    for command in commands:
        help = _explained(command) if explained else command.help()
        add = app.command(command.name, cls=_Command, help=help, short_help=command.line)
        add(shared(command.load()))
    return app


def _explained(command: Command) -> str:
    """The help of a command with the fields of what it prints."""
    names = [column.name for column in complete.columns(command.name)]
    fields = f"\n\nFields: {', '.join(names)}." if names else ""
    return f"{command.help(fields)}"


def _version(wanted: bool) -> None:
    if wanted:
        print(f"briefing {__version__}", flush=True)
        raise typer.Exit


_WHAT = """\
Summaries, timelines, stakeholders and questions from a digest of an agreement.

A DIGEST is a YAML file, - for standard input, or the name of a digest. Without one, it is the digest that
the program carries."""  # not a docstring: `python -OO` drops those


def _briefing(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    """The program."""


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code."""
    if "_BRIEFING_COMPLETE" in os.environ:
        complete.prepare(os.environ)
    first = arguments[0] if arguments else ""
    if any(re.search(UNSAFE, each) for each in arguments if each.startswith("-") or each == first):
        return explain(Failure("an option or a command with a control character"))
    if sys.stdout is None:
        sys.stdout = Closed()
    named = [command for command in COMMANDS if command.name == first]
    wanted = named or ([] if first == "--version" else COMMANDS)
    if not named and first and not first.startswith("-"):
        return explain(misuse.no_command(first, [command.name for command in COMMANDS]))
    explained = bool(named) and not set(_HELP).isdisjoint(arguments)
    try:
        code = build(wanted, explained=explained)(
            list(arguments), prog_name="briefing", standalone_mode=False
        )
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else USAGE
    except (InvalidDigest, Failure) as error:
        return explain(error)
    except _Misuse as error:
        return _misused(error, first if named else "")
    except UnicodeEncodeError:
        return explain(Failure("an argument that this system's character set cannot write", "use UTF-8"))
    except OSError as error:  # Typer and `_version` write without the sink
        place = shortened(str(error.filename)) if error.filename else "standard output"
        return explain(Failure(f"{place}: {error.strerror}"))
    return code if isinstance(code, int) else 0


def _misused(error: Any, command: str) -> int:
    """Tell of wrong usage and return the exit code. Without any arguments Typer's error is the help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        complain(*error.format_message().split("\n"))
        return USAGE
    return explain(misuse.failure(error, command))
