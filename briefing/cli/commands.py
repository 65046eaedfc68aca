"""The commands, a row each: what the program, its help, its man page and completion are made from."""

from collections.abc import Callable
from importlib import import_module
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
    """`module.function`, in this package."""
    view: bool = False
    """Whether it is a view of a digest, which is in the module of `briefing.views` with that name."""
    more: str = ""
    """What else the help says. It is data and not a docstring, because `python -OO` drops those."""
    examples: tuple[str, ...] = ()
    """Lines that a person could type."""

    def load(self) -> Callable[..., None]:
        """The function; its module is imported only now."""
        module, _, function = self.function.partition(".")
        found: Callable[..., None] = getattr(import_module(f"briefing.cli.{module}"), function)
        return found

    def help(self, fields: str = "") -> str:
        """All that the help of the command says."""
        lines = "\n".join(f"  {line}" for line in self.examples)
        examples = f"\n\n\b\nExamples:\n{lines}" if lines else ""
        more = f"\n\n{self.more}" if self.more else ""
        return f"{self.line}{more}{fields}{examples}"


_SEARCH = (
    "Neither case nor accents nor the kind of white space count. The exit code is 1 where nothing is found."
)
_SHOW = (
    "An item is named by what a person sees: an id, a name, words of its text, or a view and the number of "
    "a row there. Where several items match, they are listed with their ids."
)
_CHECK = (
    "Every problem is printed with its place and a remedy. What was checked is counted in one line on "
    "standard error. "
    "Formats besides those of every view: text, github, sarif."
)
_LIST = "They are looked for in the folders of $BRIEFING_PATH, then in what the program carries."
_TEXT = "What to put into the source's entry, the document's name and SHA-256, is printed on standard error."
_NEW = (
    "It passes `check` without errors as it stands. Examples of every section, and the sentences of the "
    "texts with their numbers, dates and names, are in its comments. On a terminal you are asked for a "
    "title and an id."
)
_QUOTE = (
    "Each place of the words gives one entry: the shortest quote that the text has only once, with the "
    "words before or after it where it needs them. Case does not count. Of several words, or phrases in "
    "quotation marks, all have to be in one sentence. TEXT may be a digest: then all its texts are searched. "
    "The exit code is 1 where nothing is found."
)
_HELP = (
    "A TOPIC is one of these, a command, a field of the format (status, impact.level) or one of its words."
)

COMMANDS = (
    *(
        Command(name, "Read", about.line, "read.view", view=True, examples=about.examples)
        for name, about in VIEWS.items()
    ),
    Command(
        "show",
        "Read",
        "One item in full: fields, evidence in context, who names it.",
        "read.show",
        more=_SHOW,
        examples=("briefing show timeline 3", 'briefing show "Nayib Bukele"'),
    ),
    Command(
        "search",
        "Read",
        "Every item that holds a text.",
        "read.search",
        more=_SEARCH,
        examples=("briefing search prison", "briefing search prison -w section=questions"),
    ),
    Command("list", "Read", "The digests that can be called by name.", "read.library", more=_LIST),
    Command(
        "export",
        "Report",
        "The brief as one document, its sources as footnotes; in a data format the whole digest.",
        "report.export",
    ),
    Command("diff", "Report", "What differs between two versions of a digest or a text.", "report.diff"),
    Command(
        "check", "Verify", "Check digests against the format and their sources.", "verify.check", more=_CHECK
    ),
    Command("trace", "Verify", "The source text by sentence, with what rests on each.", "verify.trace"),
    Command(
        "new", "Write", "Begin a digest: a draft of it, made of its source texts.", "draft.new", more=_NEW
    ),
    Command(
        "quote", "Write", "Find words in a source text, as evidence to paste.", "draft.quote", more=_QUOTE
    ),
    Command("text", "Write", "Make a plain text of a document, to quote from.", "write.text", more=_TEXT),
    Command("schema", "Write", "Print the JSON Schema of the digest format.", "write.schema"),
    Command(
        "help",
        "Help",
        "Explain formats, conditions, exit-codes, environment, dates or digest.",
        "help.topics",
        more=_HELP,
    ),
)
"""Every command in the order of the help. A new one is a function and a row; a new view of a digest
has its row in `briefing.views`."""
