"""The commands that read: the views of digests, one item, a search, and what there is."""

import re
from typing import Annotated, NamedTuple, Optional

import typer

from briefing.cli import complete
from briefing.cli.hints import hinted
from briefing.cli.options import Digests, Output, Seeds, Selection, typed
from briefing.cli.pipeline import about, answer, combined, load_all
from briefing.document import one
from briefing.problem import INVALID, Failure, did_you_mean, shortened
from briefing.sink import complain, format_for


def view(context: typer.Context, digests: Digests = None, *, selection: Selection, output: Output) -> None:
    """A view of one or several digests: load, view, query, render, write."""
    from briefing import views

    function = views.view(str(context.info_name))
    found, code = load_all(digests)
    if found:
        section = combined(digests, [(loaded, function(loaded)) for loaded in found])
        section = hinted(selection.apply(section), digests, selection, output)
        answer(about(one(section), found), output)
    raise typer.Exit(code)


def show(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ITEM [DIGEST]",
            autocompletion=complete.item_then_digest,
            help="An id, a name, words of the text, or a view and the number of a row. Then the digest.",
        ),
    ],
    *,
    seeds: Seeds = None,
    output: Output,
) -> None:
    """Print one item in full, or list the items that match."""
    from briefing import loader
    from briefing.proof import Proof
    from briefing.views import show as view

    asked = _asked(words)
    loaded = loader.load(asked.digest)
    wanted, number = typed(asked.text), asked.row
    found = view.find(loaded, wanted) if number is None else [view.row(loaded, wanted, number)]
    if len(found) > 1:
        answer(one(view.matches(loaded, found)), output)
        complain(f'briefing: {len(found):,} items match "{shortened(asked.text)}"; show one by its id')
    else:
        answer(about(one(view.view(Proof(loaded, seeds), found[0].item.id)), [loaded]), output)


class _Asked(NamedTuple):
    """What `show` is asked for."""

    text: str
    """An item, or a view where there is a row."""
    row: int | None
    digest: str | None


def _asked(words: list[str]) -> _Asked:
    """What the words mean: the last may be a digest; a view and a number are a row; the rest is the item.

    A last word that is no digest is part of the item, so that a name of two words needs no quotation marks.
    """
    from briefing import loader
    from briefing.views.show import view_of

    if re.fullmatch(r"\S+\s+[0-9]+", words[0]) and view_of(words[0].split()[0]):
        words = [*words[0].split(), *words[1:]]
    is_row = len(words) > 1 and view_of(words[0]) and words[1].isdecimal()
    more = len(words) > (2 if is_row else 1)
    has_digest = more and (is_row or loader.is_there(words[-1]) or (len(words) == 2 and _is_slug(words[0])))
    digest = words[-1] if has_digest else None
    words = words[:-1] if has_digest else words
    if is_row and len(words) == 2:
        return _Asked(view_of(words[0]), int(words[1][:9]), digest)
    return _Asked(" ".join(words), None, digest)


def _is_slug(word: str) -> bool:
    return "-" in word and word.replace("-", "").isalnum() and word.islower()


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to look for.")],
    digests: Digests = None,
    regex: Annotated[bool, typer.Option("--regex", help="TEXT is a regular expression.")] = False,
    sections: Annotated[
        Optional[list[str]],
        typer.Option(
            "--section",
            metavar="NAME",
            autocompletion=complete.sections,
            help="Only in this section; may be repeated.",
        ),
    ] = None,
    *,
    selection: Selection,
    output: Output,
) -> None:
    """List every item that holds a text.

    Neither case nor accents nor the kind of white space count. The exit code is 1 where nothing is found.
    """
    from briefing.views.search import view

    wanted = [_known(name.replace("-", "_")) for name in sections or []]
    found, code = load_all(digests)
    if found:
        rows = [(each, view(each, typed(text), regex=regex, sections=wanted)) for each in found]
        section = selection.apply(combined(digests, rows))
        is_for_people = format_for(output.format, output.output).is_for_people
        if section.rows or not is_for_people:  # a program is told in its format that there is nothing
            answer(about(one(section), found), output)
        if not section.rows:
            if not any(each.rows for _, each in rows):
                complain(f'briefing: nothing found for "{shortened(typed(text))}"')
            code = code or INVALID
    raise typer.Exit(code)


def _known(section: str) -> str:
    from briefing.model import SECTIONS

    known = [each.name for each in SECTIONS]
    if section not in known:
        help = did_you_mean(section, known) or f"the sections: {', '.join(known)}"
        raise Failure(f'no section "{shortened(section)}"', help)
    return section


def library(*, selection: Selection, output: Output) -> None:
    """List the digests that can be called by name.

    They are looked for in the folders of $BRIEFING_PATH, then in what the program carries.
    """
    from briefing.views.list import view

    answer(one(selection.apply(view())), output)
