"""A digest to begin with, and evidence for it: `new` and `quote`."""

import datetime
import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing import sink
from briefing.cli import complete
from briefing.cli.explain import explain
from briefing.cli.options import Output, Seeds, typed
from briefing.cli.pipeline import answer
from briefing.document import one
from briefing.problem import INVALID, UNSAFE, Failure, safe, shortened

if TYPE_CHECKING:
    from briefing.writing.evidence import Proposed


_Target = Annotated[
    str,
    typer.Argument(
        metavar="TEXT",
        autocompletion=complete.digests,
        help="A source text, or a digest with its source texts.",
    ),
]
_Words = Annotated[
    list[str], typer.Argument(metavar="WORDS...", help="What to look for; consent* finds consented too.")
]


def new(
    texts: Annotated[list[Path], typer.Argument(metavar="TEXT...", help="The source texts, as UTF-8 files.")],
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE; what exists is not replaced."),
    ] = sink.STDOUT,
    title: Annotated[str, typer.Option(metavar="TEXT", help="The subject, in a line.")] = "",
    id: Annotated[str, typer.Option(metavar="ID", help="The digest's name, in lower case.")] = "",
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help="The day up to which the digest holds; by default today.")
    ] = "",
    language: Annotated[str, typer.Option(metavar="TAG", help="The language of the digest.")] = "en",
) -> None:
    """Begin a digest.

    It passes `check` without errors as it stands. Examples of every section, and the sentences of the
    texts with their numbers, dates and names, are in its comments. On a terminal you are asked for a
    title and an id.
    """
    from briefing.writing import new as drafts

    _check_free(output)
    language = _tag(language)
    read = [drafts.read(path, language) for path in dict.fromkeys(texts)]
    where = drafts.located([text.path for text in read], None if output == sink.STDOUT else Path(output))
    title = _line("--title", typed(title)) or _asked("Title", read[0].title)
    proposed = drafts.slug(title, read[0].path.stem) or "digest"
    id = id or _asked("Id", proposed, _slug)
    head = drafts.Head(_slug(id), title, _day(as_of), language)
    sink.write(drafts.digest(head, read, where), output)
    _say_what_next(output, read[0].path, where.seeds)


def _check_free(output: str) -> None:
    """Refuse a file that exists, before anybody is asked anything."""
    if output != sink.STDOUT and os.path.isfile(output):
        raise Failure(f"{shortened(output)} exists", "name another file: nothing is replaced")


def _line(option: str, text: str) -> str:
    """A text that fits on a line of a digest."""
    if re.search(UNSAFE, text) or "\n" in text or (not text.isascii() and _is_broken(text)):
        raise Failure(f"{option}: a control character or a line break in it", "give a plain text on one line")
    return text.strip()


def _is_broken(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _slug(text: str) -> str:
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text):
        raise Failure(f"{shortened(text)!r} is not an id", "lower-case words and digits, joined by -")
    return text


def _day(text: str) -> str:
    from briefing.dates import parse

    if not text:
        return datetime.date.today().isoformat()
    try:
        return parse(text).text
    except ValueError as error:
        raise Failure(f"--as-of: {shortened(str(error), 200)}", "such as 2025-02-04") from error


def _tag(text: str) -> str:
    if not re.fullmatch("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text):
        raise Failure(f"--language: {shortened(text)!r} is not a language tag", "such as en, es or pt-BR")
    return text


def _asked(question: str, proposed: str, check: Callable[[str], str] = str) -> str:
    """What a person at a terminal answers; the proposal where nobody is there or the line is empty.

    Raises Failure where the input ends.
    """
    if not (sink.is_terminal(sys.stdin) and sink.is_terminal(sys.stderr)):
        return proposed
    while True:
        sys.stderr.write(f"{question} [{safe(proposed)}]: ")
        sys.stderr.flush()
        given = sys.stdin.buffer.readline().decode(errors="replace")
        if not given:
            raise Failure("no answer")
        if not given.strip():
            return proposed
        try:
            return check(_line(question.lower(), given.rstrip("\r\n")))
        except Failure as error:
            explain(error)


def _say_what_next(output: str, text: Path, seeds: Path | None) -> None:
    """The steps after this one, as commands that can be copied."""
    from briefing.writing import new as drafts

    digest = "DIGEST" if output == sink.STDOUT else shlex.quote(output)
    found = f" --seeds {shlex.quote(str(seeds))}" if seeds else ""
    schema = os.path.join("" if output == sink.STDOUT else os.path.dirname(output), drafts.SCHEMA)
    steps = [
        (f"briefing quote {shlex.quote(str(text))} WORDS...", "Evidence to paste:"),
        (f"briefing check {digest}{found}", "What is wrong:"),
        (f"briefing trace {digest} --unused{found}", "The sentences that no item rests on:"),
        (f"briefing schema -o {shlex.quote(schema)}", "For an editor that completes and checks:"),
    ]
    if output != sink.STDOUT:
        sink.complain(
            f"{shortened(output, 200)} is written. Replace each TODO, uncomment what you need, then:"
        )
    else:
        sink.complain("Save it as a file, replace each TODO, uncomment what you need, then:")
    # On lines of their own: beside a command with its paths they would be broken on a terminal.
    for command, said in steps:
        sink.complain(f"  # {said}", f"  {command}")
    if seeds:
        sink.complain(
            "Without --seeds the texts are found in a folder `seeds` beside the digest, or one above."
        )


def quote(
    text: _Target,
    words: _Words,
    at: Annotated[
        str, typer.Option(metavar="PLACE", help='Only in this part of the text, such as "Art. 8".')
    ] = "",
    unused: Annotated[
        bool, typer.Option("--unused", help="Only in sentences that no item of the digest uses.")
    ] = False,
    language: Annotated[str, typer.Option(metavar="TAG", help="The language of a text; else guessed.")] = "",
    *,
    seeds: Seeds = None,
    output: Output,
) -> None:
    """Find words in a source text.

    Each place of the words gives one entry: the shortest quote that the text has only once, with the
    words before or after it where it needs them. Case does not count. Of several words, or phrases in
    quotation marks, all have to be in one sentence. TEXT may be a digest: then all its texts are searched.
    The exit code is 1 where nothing is found.
    """
    from briefing.writing import search
    from briefing.writing.evidence import entries

    wanted = search.Wanted([typed(each) for each in words], typed(at), unused, language and _tag(language))
    found = search.search(text, wanted, seeds)
    sink.complain(*found.notes)
    if not found.proposed:
        raise typer.Exit(INVALID)
    if _is_yaml(output):
        sink.write(entries(found.proposed), output.output, force=output.force)
    else:
        _as_view(found.proposed, output)


def _is_yaml(output: Output) -> bool:
    """Whether entries of evidence are wanted: unless a format is asked for, by name or by suffix."""
    to_yaml = output.output == sink.STDOUT or output.output.lower().endswith((".yaml", ".yml"))
    return output.format == "auto" and to_yaml and not os.environ.get("BRIEFING_FORMAT")


def _as_view(proposed: "list[Proposed]", output: Output) -> None:
    from briefing.views.quotes import view

    answer(one(view(proposed)), output)
