"""What rich draws, as text for a screen: lines without blanks at their ends, in colour or not, with links."""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from zlib import crc32

from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.theme import Theme

from briefing.problem import unobeyed

THEME = Theme(
    {
        "lead": "bold",
        "text": "none",
        "quiet": "dim",
        "address": "dim",
        "grave": "bold red",
        "doubtful": "yellow",
        "confirmed": "green",
        "coming": "cyan",
        "label": "dim",
        "rule": "dim",
        "number": "dim",
    }
)
"""What each voice looks like, and what is no text of the document: labels, rules and numbers."""


class Screen:
    """Draws for a screen of `width` columns, with colour or links where the terminal has them."""

    def __init__(self, width: int, *, color: bool, links: bool, in_log: bool = False) -> None:
        """`in_log`: it may be a build server that reads the lines, and none of them is to be a command."""
        self._in_log = in_log
        self._color = ColorSystem.STANDARD if color else None
        self._links = links
        self._console = Console(
            file=io.StringIO(), width=width, height=25, theme=THEME, color_system=None,
            force_terminal=False, legacy_windows=False, no_color=False, highlight=False, emoji=False, markup=False,
        )  # fmt: skip

    def drawn(self, renderable: RenderableType) -> str:
        """The lines that rich makes of it, without blanks at their ends."""
        lines = self._console.render_lines(renderable, pad=False)
        return "".join([f"{self._line(segments)}\n" for segments in lines])

    def _line(self, segments: list[Segment]) -> str:
        while segments and not (text := segments[-1].text.rstrip(" ")):
            segments.pop()
        if segments:
            segments[-1] = segments[-1]._replace(text=text)
        color = self._color
        words = [self._word(text, style, color) if style else text for text, style, _ in segments]
        return unobeyed("".join(words)) if self._in_log else "".join(words)

    def _word(self, text: str, style: Style, color: ColorSystem | None) -> str:
        """Some words in their style; a link has an id made from its address, so that its lines belong together."""
        address = style.link
        if not address:
            return style.render(text, color_system=color)
        drawn = style.update_link(None).render(text, color_system=color)
        if not self._links:
            return drawn
        return f"\x1b]8;id={crc32(address.encode()):x};{address}\x1b\\{drawn}\x1b]8;;\x1b\\"


@contextlib.contextmanager
def progress(what: str, total: int, done: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, and the function that moves it on by one."""
    from rich.progress import Progress  # few runs take so long

    # rich reads COLUMNS and LINES itself, and crashes on a non-numeric value.
    size = os.get_terminal_size(sys.stderr.fileno())
    console = Console(stderr=True, width=size.columns or 80, height=size.lines or 25)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(what, total=total, completed=done)
        yield lambda: bar.advance(task)
