"""Lines of words in their voices as rich's texts: every character shown, addresses as links."""

from collections.abc import Iterable

from rich.style import Style
from rich.text import Text

from briefing.outline import Line, Note, TableCell, TableColumn, Words, plain
from briefing.problem import masked
from briefing.wording import addresses, spoken, unfolded


def text(words: str, style: str = "text") -> Text:
    """One text. The style is that of the text, not of the blanks that fill up its lines."""
    return joined([(Words(words),)], style)


def joined(lines: Iterable[Line], style: str = "") -> Text:
    """Lines of words in their voices, or all in one style, as one text; its addresses are links."""
    whole = Text(overflow="fold")
    for number, line in enumerate(lines):
        if number:
            whole.append("\n")
        for words, voice in line:
            at = len(whole)
            whole.append(masked(words), style or voice)
            if "://" in words:
                for start, end, address in addresses(words):
                    whole.stylize(Style(link=address), at + start, at + end)
    return whole


def cell(column: TableColumn, cell: TableCell) -> Text:
    """A cell in the voice of its column, with its second lines and notes beneath."""
    quieter = [*cell.seconds, *noted(cell.notes)]
    return joined([(Words(cell.text, column.voice),), *quieter] if cell.text or not quieter else quieter)


def noted(notes: Iterable[Note]) -> list[Line]:
    """The lines of some notes: each quote, and what is remarked, with where it comes from."""
    lines: list[Line] = []
    for note in notes:
        lines += [(Words(unfolded(spoken(citation)), "quiet"),) for citation in note.quotes]
        if note.text:
            sources = ", ".join(link.name for link in note.sources)
            what, colon, rest = note.text.partition(":") if note.voice != "quiet" else ("", "", note.text)
            told = Words(f"{colon}{rest}{sources and f' ({sources})'}", "text" if what else "quiet")
            lines.append((Words(what, note.voice), told) if what else (told,))
    return lines


def said(cell: TableCell) -> list[str]:
    """The text of each line of a cell."""
    lines = [*cell.seconds, *noted(cell.notes)]
    return [cell.text, *(plain(line) for line in lines)]
