"""The commands, a row each: what the program, its help, its man page and completion are made from."""

from collections.abc import Callable
from importlib import import_module
from inspect import cleandoc
from typing import Literal, NamedTuple

from briefing.views import VIEWS

Group = Literal["Read", "Report", "Verify", "Write", "Help"]


class Command(NamedTuple):
    """One command."""

    name: str
    group: Group
    """What a person does with it."""
    line: str
    """What it is for, in a sentence."""
    function: str
    """The module of this package, and the function in it. What the function's docstring says after its
    first line is the rest of the command's help."""
    view: bool = False
    """Whether it is a view of a digest, which is in the module of `briefing.views` with that name."""

    def load(self) -> Callable[..., None]:
        """The function; its module is imported when it is wanted."""
        module, _, function = self.function.partition(".")
        found: Callable[..., None] = getattr(import_module(f"briefing.cli.{module}"), function)
        return found

    def help(self) -> str:
        """All that the help of the command says."""
        _, _, more = cleandoc(self.load().__doc__ or "").partition("\n")
        return f"{self.line}\n{more}"


COMMANDS = (
    *(Command(name, "Read", line, "read.view", view=True) for name, line in VIEWS.items()),
    Command("show", "Read", "One item in full: fields, evidence in context, who names it.", "read.show"),
    Command("search", "Read", "Every item that holds a text.", "read.search"),
    Command("list", "Read", "The digests that can be called by name.", "read.library"),
    Command(
        "export",
        "Report",
        "The brief as one document, its sources as footnotes; in a data format the whole digest.",
        "report.export",
    ),
    Command("diff", "Report", "What differs between two versions of a digest or a text.", "report.diff"),
    Command("check", "Verify", "Hold digests against the format and their sources.", "verify.check"),
    Command("trace", "Verify", "The source text by sentence, with what rests on each.", "verify.trace"),
    Command("text", "Write", "Make a plain text of a document, to quote from.", "write.text"),
    Command("schema", "Write", "Print the JSON Schema of the digest format.", "write.schema"),
    Command("help", "Help", "Explain formats, exit-codes, environment, dates or digest.", "help.topics"),
)
"""Every command in the order of the help. A new one is a function and a row; a new view of a digest
has its row in `briefing.views`."""
