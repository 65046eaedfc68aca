"""Wrong usage, told as everything else that goes wrong is: what is wrong, and what was meant.

Typer raises it in words, and a look, of its own.
"""

import re
from typing import Any

from briefing.problem import Failure, did_you_mean, listed, shortened


def failure(error: Any, command: str) -> Failure:
    """What Typer raised for a command, in our words."""
    kind = type(error).__name__
    if kind == "BadOptionUsage":
        return _option_value(error, command)
    return _TOLD.get(kind, _other)(error)


def no_command(word: str, commands: list[str]) -> Failure:
    """A first word that is no command: a digest, an option without its dashes, a slip."""
    said = shortened(word)
    if word.lstrip("-") in ("version", "help"):
        help = f'did you mean "briefing --{word.lstrip("-")}"?'
    elif _is_digest(word):
        help = f'did you mean "briefing summary {said}"?'
    else:
        help = did_you_mean(word, [*commands, "--version"]) or "briefing -h lists the commands"
    return Failure(f'no command "{said}"', help)


def _is_digest(word: str) -> bool:
    from briefing import loader  # only a mistake needs it

    return word.endswith((".yaml", ".yml", ".json")) or (word != "" and loader.is_there(word)) or (
        word in loader.names()
    )  # fmt: skip


def _usage(error: Any) -> str:
    """How the command is called, in a line."""
    return " ".join(error.ctx.get_usage().split()).replace("Usage:", "write", 1) if error.ctx else ""


def _command(error: Any) -> str:
    return str(error.ctx.info_name) if error.ctx else "briefing"


def _no_option(error: Any) -> Failure:
    params = error.ctx.command.params if error.ctx else []
    known = [name for param in params for name in (*param.opts, *param.secondary_opts) if name[:1] == "-"]
    help = did_you_mean(error.option_name, [name for name in known if name.startswith("--")])
    more = f"briefing {_command(error)} -h lists the options"
    message = f'{_command(error)} has no option "{shortened(error.option_name)}"'
    return Failure(message, help or more.replace("briefing briefing", "briefing"))


def _option_value(error: Any, command: str) -> Failure:
    """An option without the value that it needs, or with one that it does not take."""
    option = shortened(error.option_name)
    if "does not take" in error.message:
        return Failure(f"{option} takes no value", f"write {option} alone")
    return Failure(f"{option} needs a value", f"briefing {command} -h says which".replace("  ", " "))


def _missing(error: Any) -> Failure:
    name = (error.param.metavar or error.param.name.upper()) if error.param else "an argument"
    return Failure(f"{_command(error)} needs {name}", _usage(error))


def _bad_value(error: Any) -> Failure:
    names = ", ".join(error.param.opts) if error.param else ""
    low, high = (
        (getattr(error.param.type, name, None) for name in ("min", "max")) if error.param else (None, None)
    )
    if low is None and high is None and "integer" not in error.message:
        return Failure(f"{names}: {shortened(error.message, 200)}", _usage(error))
    given = re.match(r"'?(.*?)'? is not", error.message, re.DOTALL)
    limits = f"from {low:,} to {high:,}" if high is not None and low is not None else f"from {low or 0:,}"
    message = f'{names}: "{shortened(given[1])}" is not valid' if given else f"{names}: not a number"
    return Failure(message, f"write a whole number {limits}")


def _other(error: Any) -> Failure:
    extra = re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", error.message, re.DOTALL)
    if extra:
        return Failure(f'{_command(error)} takes no "{shortened(extra[1])}"', _usage(error))
    return Failure(shortened(error.format_message(), 200), _usage(error))


def unknown(what: str, word: str, known: list[str]) -> Failure:
    """A value that is none of a few."""
    return Failure(f'no {what} "{shortened(word)}"', did_you_mean(word, known) or f"it is {listed(known)}")


_TOLD = {
    "NoSuchOption": _no_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
}
