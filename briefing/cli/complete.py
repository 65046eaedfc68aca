"""What the shell offers to complete: digests, items, fields, their values, rules.

Everything here runs while somebody types: it says nothing when something is wrong.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import typer

from briefing.document import Column, Section
from briefing.problem import Failure, InvalidDigest

_WHERE = ("-w", "--where")
_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"


def digests(context: typer.Context, args: list[str], incomplete: str) -> Iterator[str]:
    """Names of digests. Files are the shell's own to complete."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    position = _position(os.environ)
    # bash takes FIELD=VALUE for three words and asks for the last as if it were a digest.
    if (
        words[position - 1 : position] == ["="]
        and words[position - 3 : position - 2]
        and words[position - 3] in _WHERE
    ):
        yield from _values(context, words[position - 2])
        return
    from briefing.loader import names

    given = {*(context.params.get("digests") or ()), *(context.params.get("words") or ()), *context.args}
    # A name with other characters could be an option, or mean something to the shell.
    yield from (name for name in names() if re.fullmatch(_SLUG, name) and name not in given)


def item_then_digest(context: typer.Context, args: list[str], incomplete: str) -> Iterator[str]:
    """The ids of a digest's items; after the first word, the names of digests."""
    if context.params.get("words") or context.args:
        yield from digests(context, args, incomplete)
    else:
        yield from items(context, args, incomplete)


def items(context: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """The ids of a digest's items."""
    from briefing import loader

    # While an option waits for its value, Typer has not yet taken the arguments.
    digest = context.params.get("digest") or next(iter(context.args), None)
    try:
        return [item.id for _, _, item in loader.load(digest).items()]
    except (Failure, InvalidDigest):
        return []


def where(context: typer.Context, args: list[str], incomplete: str) -> Iterator[str]:
    """`FIELD=`, then the words of the field's vocabulary; after a comma, those not given yet."""
    typed = re.match(r"([A-Za-z_.-]+)(!=|==|=)(.*,)?", incomplete)
    if typed:
        begins, given = typed[0], (typed[3] or "").split(",")
        yield from (f"{begins}{value}" for value in _values(context, typed[1]) if value not in given)
        return
    owner, dot, _ = incomplete.partition(".")
    for column in _columns(context):
        if dot and column.name == owner:
            yield from (f"{owner}.{part.name}=" for part in column.parts)
        yield f"{column.name}="


def _values(context: typer.Context, name: str) -> Iterable[str]:
    whole, _, part = name.partition(".")
    for column in _columns(context):
        if column.name == whole:
            parts = [each.vocabulary for each in column.parts if each.name == part]
            return parts[0] if parts else () if part else column.vocabulary
    return ()


def fields(context: typer.Context, args: list[str], incomplete: str) -> Iterator[str]:
    """Names of fields; after a comma, those not given yet."""
    before, comma, _ = incomplete.rpartition(",")
    given = before.split(",")
    yield from (f"{before}{comma}{column.name}" for column in _columns(context) if column.name not in given)


def _columns(context: typer.Context) -> Iterable[Column]:
    return columns(str(context.info_name))


def columns(name: str) -> Iterable[Column]:
    """The columns of a command's answer: they are the same for every digest."""
    from briefing import loader, views
    from briefing.proof import Proof
    from briefing.views import list as library
    from briefing.views import search, trace

    if name in views.VIEWS:
        return views.view(name)(loader.load(loader.BUNDLED)).columns
    others: dict[str, Callable[[], Section]] = {
        "list": library.view,
        "search": lambda: search.view(loader.load(loader.BUNDLED), "-"),
        "trace": lambda: trace.view(Proof(loader.load(loader.BUNDLED))),
    }
    return others[name]().columns if name in others else ()


def rules(context: typer.Context, args: list[str], incomplete: str) -> Iterator[str]:
    """Names of rules."""
    from briefing.rules import LOADING, RULES

    yield from (*RULES, *LOADING)


def formats(context: typer.Context, args: list[str], incomplete: str) -> Iterator[str]:
    """Names of formats."""
    from briefing.render import FOR_CHECK, FOR_VIEWS

    offered = FOR_CHECK if context.info_name == "check" else FOR_VIEWS
    yield from ("auto", *(format.name for format in offered))


def colors(context: typer.Context, args: list[str], incomplete: str) -> tuple[str, ...]:
    """When to use colour."""
    return ("auto", "always", "never")


def sections(context: typer.Context, args: list[str], incomplete: str) -> Iterator[str]:
    """Names of sections. `export` takes several with commas between, and `summary`."""
    from briefing.model import SECTIONS

    names = [section.name for section in SECTIONS]
    if context.info_name != "export":
        yield from names
        return
    before, comma, _ = incomplete.rpartition(",")
    given = before.split(",")
    names = ["summary", *names]
    yield from (f"{before}{comma}{name}" for name in names if name not in given)


def sources(context: typer.Context, args: list[str], incomplete: str) -> list[str]:
    """The ids of a digest's sources."""
    from briefing import loader

    digest = context.params.get("digest") or next(iter(context.args), None)
    try:
        return [source.id for source in loader.load(digest).digest.sources]
    except (Failure, InvalidDigest):
        return []


def prepare(environment: Any) -> None:
    """Mend COMP_WORDS and COMP_CWORD, the words from the shell, which Typer takes without a check.

    bash splits words at `=` and leaves out the empty word behind `FIELD=`, where the cursor is: it is added.
    """
    words = environment.get("COMP_WORDS", "").split("\n")
    position = _position(environment)
    if words[position : position + 1] == ["="]:
        words.insert(position + 1, "")
        position += 1
    environment["COMP_WORDS"] = "\n".join(words)
    environment["COMP_CWORD"] = str(position)


def _position(environment: Any) -> int:
    """Which word the cursor is on, from 0."""
    told = environment.get("COMP_CWORD", "")[:6]
    return int(told) if told.isascii() and told.isdigit() else 0
