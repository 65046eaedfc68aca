"""`briefing help TOPIC`, and the man page, made from the same commands.

The man page is kept as a file so that a wheel can carry it; to write it anew:
python -m briefing.cli.help > briefing/briefing.1
"""

import os
from itertools import chain
from typing import Annotated, Any

import typer

from briefing import __version__, sink
from briefing.cli.commands import COMMANDS
from briefing.cli.options import Output
from briefing.cli.pipeline import answer
from briefing.document import Document
from briefing.problem import Failure, did_you_mean, shortened

TOPICS = {
    "formats": """\
What is printed, and in which form (-f, --format, or the suffix of -o FILE).

auto       a table on a terminal, Markdown everywhere else
table      fits the terminal, in a pipe the one behind it, else 80 columns;
           stacked records where it is narrow
records    stacked records at any width, as a screen reader reads them
markdown   (or md) GitHub-flavoured, also right in pandoc; evidence as
           footnotes
json       an array of objects; every field, always all keys
jsonl      the same objects, one a line
csv, tsv   a column for every field, and for every part of a field that has
           several: impact.level, impact.rationale. A list is joined by "; ";
           where a value holds that, or has parts of its own, the cell is a
           JSON array, which begins with "[". --bom: for Excel.

docx, odt  files for Word and others, by the suffix of -o FILE: .docx, .odt,
epub, html .epub, .html. They need pandoc, or pip install pypandoc-binary.

In json, jsonl, csv and tsv a reference is an id and a date is EDTF, as the
digest has it. A table and Markdown show names, and dates in words.

briefing check has three more: text (its own form of auto), github (workflow
annotations) and sarif (version 2.1.0).
""",
    "conditions": """\
-w, --where CONDITION keeps the rows for which it holds; of several, all.

status=planned         is this; an id or a name, in a list any of its values
status=open,answered   is one of these: for words, ids, dates, numbers and
                       lists; a comma that is meant is written "\\,".
                       In a text (place, note) a comma is a comma.
status!=planned        is none of these
answer=    answer!=    is empty; is not
event~prison           holds this text, whatever its case
event!~prison          does not
value>1000  value<=2   a number is more, less, or the same
date>=2025-02          may fall then or later; also < <= >
impact.level=high      a part of a value, or of each value of a list
finding=contradicted   what other sources say, on every view

--since and --until take a date or "today". summary takes conditions on its
key points. Quote < and > for the shell: -w "value>1000".
""",
    "exit-codes": """\
0    done
1    the digest is invalid; check found errors (with --strict warnings too);
     search found nothing; one digest of several is invalid
2    wrong usage, or a file that cannot be read or written
130  stopped by Ctrl-C

A closed pipe ends the program silently, as it ends any Unix tool.
""",
    "environment": """\
BRIEFING_DIGEST   the digest that is meant when none is named
BRIEFING_PATH     folders of digests to call by name, separated by ":"
BRIEFING_FORMAT   the format that is meant when none is named
COLUMNS           the width of tables
NO_COLOR          when set, no colour
FORCE_COLOR       when set, colour even where the output is not a terminal
TERM              no colour on a terminal that is "dumb" or has no name
BRIEFING_PAGER    the pager for what is taller than the terminal
PAGER             the same where that is not set; else less. Empty, or "cat":
                  none
LESS              settings of less, which gets "-R" before them, for colours;
                  where it is not set, FRX
PATH              where the pager, git and pandoc are; a folder that it does
                  not name in full, or that you stand in, is passed over
FORCE_HYPERLINK   when 1, addresses are links where there is colour; when 0,
                  never
GITHUB_ACTIONS    when "true", check prints workflow annotations
GITHUB_WORKSPACE  the folder that paths in annotations and sarif start from
""",
    "dates": """\
Dates are EDTF (ISO 8601-2), level 0 with some of level 1:

2025  2025-02  2025-02-03        a year, a month, a day
2025-02-03T14:05:00Z             a moment; also +01:00, or no zone
2022-03/2025-02                  an interval
2022-03/..   ../2022-03          open: still going on; with no start
2022-03/     /2022-03            an end that is not known
2025-02?  2025-02~  2025-02%     uncertain, approximate, both
202X  20XX  2025-XX  2025-02-XX  digits that are not specified

Seasons, negative years and years of more than four digits are refused.

Dates are sorted by the first second that they may mean, then by the last.
--since and --until keep what may fall into the time that they name.
""",
}


def _topics(context: typer.Context, args: list[str], incomplete: str) -> list[str]:
    from briefing.views import format_

    return list(dict.fromkeys([*_known(), *format_.names()]))


def _known() -> list[str]:
    return [*TOPICS, "digest", *(command.name for command in COMMANDS)]


def topics(
    topic: Annotated[
        str, typer.Argument(metavar="[TOPIC]", autocompletion=_topics, show_default=False, help="What about.")
    ] = "",
    *,
    output: Output,
) -> None:
    """Print a topic, the help of a command, or what a field means; without one, list the topics."""
    if topic == "digest":
        from briefing.views import format_

        parts = tuple((section,) for section in format_.view())
        answer(Document(parts, whole=True), output)
    elif topic in TOPICS:
        if os.path.splitext(output.output)[1].lower() not in ("", ".txt", ".md"):
            raise Failure(f"{shortened(output.output)}: a topic is plain text", "write FILE.txt")
        sink.write([TOPICS[topic]], output.output, force=output.force)
    elif topic:
        _explain(topic, output)
    else:
        sink.write([f"briefing help {name}\n" for name in (*TOPICS, "digest")], output.output)


def _explain(topic: str, output: Output) -> None:
    """What a command does, or else what a field of the format means; only `text` gets both."""
    is_command = any(command.name == topic for command in COMMANDS)
    if is_command:
        from briefing.cli import run

        run([topic, "--help"])
    from briefing.views import format_

    found = tuple((section,) for section in format_.about(topic) if not is_command or topic == "text")
    if found:
        answer(Document(found, whole=True), output)
    elif not is_command:
        known = [*_known(), *format_.names()]
        shown = f"the topics: {', '.join((*TOPICS, 'digest'))}, a command or a field"
        raise Failure(f'no topic "{shortened(topic)}"', did_you_mean(topic, known) or shown)


def man_page(command: Any) -> str:
    """The man page of the whole program, from its commands as Typer has built them."""
    context = typer.Context(command, info_name="briefing")
    commands = {name: command.get_command(context, name) for name in command.list_commands(context)}
    views = [_options(commands[each.name]) for each in COMMANDS if each.view]
    shared = {
        name: lines for name, lines in views[0].items() if all(view.get(name) == lines for view in views)
    }
    lines = [
        f'.TH BRIEFING 1 "" "briefing {__version__}" "User Commands"',
        ".SH NAME",
        r"briefing \- summaries, timelines, stakeholders and questions from a digest of an agreement",
        ".SH SYNOPSIS",
        r".B briefing",
        r"COMMAND [OPTIONS] [DIGEST]...",
        ".SH DESCRIPTION",
        *_paragraphs(command.help),
        ".SH OPTIONS OF EVERY VIEW",
        *chain(*shared.values()),
        ".SH COMMANDS",
    ]
    for name, each in commands.items():
        lines += _command(name, each, shared)
    for topic, text in TOPICS.items():
        lines += [f".SH {topic.upper()}", ".in 0", ".nf", *map(_roff, text.splitlines()), ".fi"]
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any, shared: dict[str, list[str]]) -> list[str]:
    """A command: what it does, its own options, and which it has of those of every view."""
    arguments = [p.metavar or p.name.upper() for p in command.params if p.param_type_name == "argument"]
    options = _options(command)
    own = {name: lines for name, lines in options.items() if shared.get(name) != lines}
    too = [name for name in options if name not in own]
    lines = [f".SS {_roff(' '.join([name, '[OPTIONS]', *arguments]))}", *_paragraphs(command.help)]
    lines += chain(*own.values())
    if too:
        which = "all" if len(too) == len(shared) else ", ".join(too)
        lines += [".PP", _roff(f"Of the options of every view: {which}.")]
    return lines


def _options(command: Any) -> dict[str, list[str]]:
    """The options of a command by their first names, each with its lines of the man page."""
    found = {}
    for option in command.params:
        if option.param_type_name == "option":
            names = ", ".join((*option.opts, *option.secondary_opts))
            value = "" if option.is_flag else f" {option.metavar or option.type.name.upper()}"
            found[option.opts[0]] = [".TP", f".B {_roff(names + value)}", _roff(option.help or "")]
    return found


def _paragraphs(text: str | None) -> list[str]:
    lines = []
    for block in (text or "").strip().split("\n\n"):
        if block.startswith("\b"):  # as it stands: examples
            lines += [".PP", ".nf", *map(_roff, block.splitlines()[1:]), ".fi"]
        else:
            lines += [".PP", _roff(" ".join(block.split()))]
    return lines


def _roff(text: str) -> str:
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    from briefing.cli import build

    print(man_page(typer.main.get_command(build(COMMANDS))), end="")
