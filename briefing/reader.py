"""YAML text → plain data, strict on purpose; and the place of each value.

The C parser's events are walked without recursion. Scalars stay text: the format, not
YAML, says which are numbers and dates. What the format has no use for is refused: duplicate
keys, anchors and aliases, tags, merge keys, several documents, deep nesting.

There are two walks. `read` builds the data as fast as it can and only notices that
something is amiss; `survey` goes over the same events again, slowly and with paths, to
say what and where. Good digests never pay for the second.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml

from briefing.problem import MOST_SOUGHT, UNSAFE, InvalidDigest, Path, Place, Problem, shortened
from briefing.texts.marks import MOST_MARKS, excess_marks

MOST_BYTES = 128 * 1024 * 1024
DEEPEST = 32

_LINE_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"  # what the YAML parser counts as a line

_OVERRIDE = rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"  # U+202A to U+202E, U+2066 to U+2069
# What the parser takes for a directive. It compares each with all before it, which is slow for many, so
# none reaches it.
_DIRECTIVE = rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])%(?:TAG|YAML)"

_SCALAR, _ALIAS = yaml.ScalarEvent, yaml.AliasEvent
_MAPPING, _SEQUENCE = yaml.MappingStartEvent, yaml.SequenceStartEvent
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_DOCUMENT = yaml.DocumentStartEvent


class Spot(NamedTuple):
    """The place of a value, and of the key that leads to it."""

    value: Place
    key: Place


def read(data: bytes) -> tuple[Any, list[Problem]]:
    """The data of a YAML text: dicts, lists and strings; with the problems that do not prevent it.

    Raises InvalidDigest where there is no data to speak of: bytes that are not UTF-8, a
    syntax error, too large, too deep, empty, several documents.
    """
    _check_bytes(data)
    try:
        value, flawless = _build(data)
    except yaml.YAMLError:
        value, flawless = None, False
    if flawless:
        return value, list(_in_comments(data))
    problems, _ = survey(data, ())
    if value is None:
        raise InvalidDigest(problems)
    return value, problems


def _in_comments(data: bytes) -> Iterator[Problem]:
    """The first bidirectional override of a text that has none in its values: people read comments too."""
    if found := re.search(_OVERRIDE, data):
        message = f"a control character (U+{ord(found[0].decode()):04X}) in a comment"
        place = _place_after(data[: found.start()], data)
        yield Problem("control-character", message, help="leave it out", place=place)


def _check_bytes(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise InvalidDigest([Problem("syntax", "larger than 128 MiB", help="split the digest")])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidDigest([Problem("syntax", "UTF-16 text", help="save the file as UTF-8")])
    try:
        data.decode()
    except UnicodeDecodeError as error:
        place = _place_at(data[: error.start].decode(), data)
        message = f"not UTF-8 text: byte 0x{data[error.start]:02x}"
        raise InvalidDigest(
            [Problem("syntax", message, help="save the file as UTF-8", place=place)]
        ) from error
    if (b"%TAG" in data or b"%YAML" in data) and (found := re.search(_DIRECTIVE, data)):
        start = data.index(b"%", found.start())
        place = _place_after(data[:start], data)
        help = "leave it out; in a text of several lines, indent the line"
        raise InvalidDigest(
            [Problem("syntax", "a line that YAML takes for a directive", help=help, place=place)]
        )


def _place_after(before: bytes, data: bytes) -> Place:
    """The place that follows these first bytes; a byte order mark is no character of the text."""
    return _place_at(before.decode("utf-8-sig"), data.removeprefix(b"\xef\xbb\xbf"))


def _place_at(before: str, data: bytes) -> Place:
    """The place that follows the text `before`, with its line as far as it can be shown."""
    lines = re.split(_LINE_BREAK, before)
    rest = re.split(_LINE_BREAK, data.decode(errors="replace")[len(before) :], maxsplit=1)[0]
    return Place(len(lines), len(lines[-1]) + 1, 1, lines[-1] + rest)


def _events(data: bytes) -> Iterator[Any]:
    # Not yaml.parse, which asks for each event twice.
    events: Iterator[Any] = iter(yaml.CBaseLoader(_joined(data)).get_event, None)
    return events


# Two escapes for one character beyond the basic plane, as JSON has them and YAML has not.
_PAIR = r"(?<!\\)((?:\\\\)*)\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})"
_PAIR_SHORTENS_BY = len(r"\ud83d\ude00") - len(r"\U0001f600")


def _joined(data: bytes) -> bytes:
    """The text with JSON's pairs of surrogates each as the one escape that YAML knows."""
    if not _is_json(data) or b"\\u" not in data:
        return data
    return re.sub(_PAIR.encode(), _one_escape, data)


def _is_json(data: bytes) -> bool:
    return data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _one_escape(pair: re.Match[bytes]) -> bytes:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return b"%b\\U%08x" % (pair[1], 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _build(data: bytes) -> tuple[Any, bool]:
    """The data, and whether nothing was amiss on the way. The hot loop of the program."""
    flawless, documents = True, 0
    names: dict[str, str] = {}
    holder: list[Any] = []
    into: Any = holder
    key: str | None = None
    open_above: list[tuple[Any, str | None]] = []
    for event in _events(data):
        kind = type(event)
        if kind is _SCALAR:
            value = event.value
            if event.anchor or event.tag or not (value.isascii() and value.isprintable()):
                flawless = flawless and not _refused(event)
        elif kind is _MAPPING or kind is _SEQUENCE:
            value = {} if kind is _MAPPING else []
            unfit = event.anchor or event.tag or len(open_above) >= DEEPEST
            if unfit or (key is None and type(into) is dict):
                return None, False
        elif kind in _ENDS:
            into, key = open_above.pop()
            continue
        elif kind is _ALIAS:
            flawless, value = False, ""
        else:
            documents += kind is _DOCUMENT
            continue
        if type(into) is list:
            into.append(value)
        elif key is None:
            key = names.setdefault(value, value)  # one copy of each key, however many items
            flawless = flawless and key not in into and key != "<<"
            continue
        else:
            into.setdefault(key, value)
            key = None
        if kind is not _SCALAR and kind is not _ALIAS:
            open_above.append((into, key))
            into, key = value, None
    return (holder[0] if holder else None), flawless and documents == 1


def _refused(event: Any) -> bool:
    value = event.value
    return bool(event.anchor or event.tag or re.search(UNSAFE, value)) or excess_marks(value) >= 0


def survey(data: bytes, wanted: Iterable[Path]) -> tuple[list[Problem], dict[Path, Spot]]:
    """Walk the text once more: every problem of the YAML itself, and the place of each wanted path."""
    walk = _Walk(data, set(wanted))
    try:
        for event in _events(data):
            if walk.step(event) or walk.has_enough():
                break
        else:
            if not walk.documents:
                walk.refuse(None, "syntax", "nothing in it", "start with: format: briefing/1")
    except yaml.YAMLError as error:
        walk.problems.append(_syntax_problem(error, data, walk))
    return walk.problems, walk.spots


def comments(data: bytes) -> Iterator[tuple[Path, str]]:
    """Each value without quotation marks that a comment follows on its line: its path, and the comment."""
    if b" #" not in data and b"\t#" not in data:
        return
    walk = _Walk(data, set())
    for event in _events(data):
        if walk.step(event):
            return
        if type(event) is _SCALAR and not event.style and not walk.is_at_key:
            end: Any = event.end_mark
            # The rest of a line is only copied where it is a comment: one line may hold every value.
            line = walk.line(end.line)
            if line[end.column : end.column + 1] in (" ", "\t") and (
                found := _comment().match(line, end.column)
            ):
                yield walk.path, found[1].rstrip()


def _comment() -> re.Pattern[str]:
    return re.compile(r"[ \t]+(#.*)")


class Node(NamedTuple):
    """Where a value stands in the text: offsets in code points, a byte order mark not counted."""

    start: int
    end: int
    """After its last character; trailing white space is no part of it."""
    column: int
    """How far its first character is from the beginning of the line."""
    style: str
    """The quotation mark of a text, `|` or `>`, nothing for plain text; `{` or `[` for a container in
    brackets, `:` or `-` for one by indentation."""
    is_inside_brackets: bool
    value: str
    """The text; empty for a container."""
    entries: "dict[str, Entry]"
    """What a mapping holds, where it is a mapping."""
    styles: frozenset[str] = frozenset()
    """The styles of the values in a container."""


class Entry(NamedTuple):
    """A key and its value."""

    key: Node
    value: Node


class _Begun(NamedTuple):
    """A container whose end has not come yet."""

    path: Path
    event: Any
    entries: dict[str, Entry]
    keys: list[Node]
    """The key that waits for its value, if any."""
    seen: list[int]
    """How many values came so far."""
    last: list[int]
    """Where the last thing in it ends: by indentation, a container ends there."""
    is_bracketed: bool
    styles: set[str]


def layout(data: bytes, wanted: Iterable[Path]) -> dict[Path, Node]:
    """How the wanted values of a text that can be read are laid out; of a key that is there twice the first.

    For a text that has no anchors, tags or aliases, as `read` allows none.
    """
    sought, found = set(wanted), dict[Path, Node]()
    text = data.decode().removeprefix("\ufeff")
    begun: list[_Begun] = []
    for event in _events(data):
        kind = type(event)
        if kind is _MAPPING or kind is _SEQUENCE:
            bracketed = bool(begun and begun[-1].is_bracketed) or bool(event.flow_style)
            path = _next_path(begun)
            begun.append(_Begun(path, event, {}, [], [0], [event.start_mark.index], bracketed, set()))
        elif kind is _SCALAR:
            _laid(_scalar(event, text, begun), begun, sought, found)
        elif kind in _ENDS:
            node, path = _container(event, begun)
            _laid(node, begun, sought, found, path)
    return found


def _next_path(begun: list[_Begun]) -> Path:
    if not begun:
        return ()
    above = begun[-1]
    if type(above.event) is _SEQUENCE:
        return (*above.path, above.seen[0])
    return (*above.path, above.keys[0].value) if above.keys else above.path


def _scalar(event: Any, text: str, begun: list[_Begun]) -> Node:
    start, end, style = event.start_mark, event.end_mark.index, event.style or ""
    if style in ("|", ">"):  # its mark comes after the line breaks that end it
        end = start.index + len(text[start.index : end].rstrip(" \t\r\n"))
    bracketed = bool(begun) and begun[-1].is_bracketed
    return Node(start.index, end, start.column, style, bracketed, event.value, {})


def _container(event: Any, begun: list[_Begun]) -> tuple[Node, Path]:
    done = begun.pop()
    bracketed, start = bool(done.event.flow_style), done.event.start_mark
    style = ("{" if bracketed else ":") if type(done.event) is _MAPPING else ("[" if bracketed else "-")
    end = event.end_mark.index if bracketed else done.last[0]
    inside = bool(begun) and begun[-1].is_bracketed
    return Node(
        start.index, end, start.column, style, inside, "", done.entries, frozenset(done.styles)
    ), done.path


def _laid(
    node: Node, begun: list[_Begun], sought: set[Path], found: dict[Path, Node], path: Path | None = None
) -> None:
    """Give a value to the container that it is in, and note it where it is wanted."""
    above = begun[-1] if begun else None
    if above and type(above.event) is _MAPPING and not above.keys:
        above.keys.append(node)
        return
    path = _next_path(begun) if path is None else path
    if path in sought:
        found.setdefault(path, node)
    if above is not None:
        above.last[0] = node.end
        above.seen[0] += 1
        above.styles.add(node.style)
        if above.keys:
            key = above.keys.pop()
            above.entries.setdefault(key.value, Entry(key, node))


class _Open(NamedTuple):
    """A container that the walk is inside of."""

    path: Path
    keys: dict[str, int] | None
    """Each key so far and its line; None for a list."""
    state: list[Any]
    """How many values so far; the key that waits for its value; that key's place."""


class _Walk:
    """The slow walk's state: where we are, what was found."""

    def __init__(self, data: bytes, wanted: set[Path]) -> None:
        self.lines = re.split(_LINE_BREAK, data.decode().removeprefix("\ufeff"))
        self.has_pairs = _is_json(data) and b"\\u" in data
        self.pairs: dict[int, list[int]] = {}
        self.wanted = wanted
        self.problems: list[Problem] = []
        self.spots: dict[Path, Spot] = {}
        self.open: list[_Open] = []
        self.documents = 0
        self.path: Path = ()
        """The path of the value that was read last."""
        self.is_at_key = False
        """Whether what was read last is a key."""

    def has_enough(self) -> bool:
        """Whether all that is wanted has its place; or, where nothing is, no more problems are taken."""
        return len(self.spots) == len(self.wanted) if self.wanted else len(self.problems) >= MOST_SOUGHT

    def step(self, event: Any) -> bool:
        """Take one event; True when the walk has to end here."""
        kind = type(event)
        if kind is _DOCUMENT:
            self.documents += 1
            if self.documents > 1:
                self.refuse(event, "syntax", "a second document", "keep one digest a file")
                return True
        elif kind in _ENDS:
            self.open.pop()
        elif kind is _SCALAR or kind is _ALIAS or kind is _MAPPING or kind is _SEQUENCE:
            return self._node(event, kind)
        return False

    def _node(self, event: Any, kind: type) -> bool:
        above = self.open[-1] if self.open else None
        if above and above.keys is not None and above.state[1] is None:
            self.is_at_key = True
            return self._key(event, kind, above)
        self.is_at_key = False
        path = self.path = self._arrive(event, above)
        self._inspect(event, kind, path)
        if kind is _MAPPING or kind is _SEQUENCE:
            if len(self.open) >= DEEPEST:
                message = f"nested deeper than {DEEPEST} levels"
                self.refuse(event, "syntax", message, "a digest needs no more than 6", path)
                return True
            self.open.append(_Open(path, {} if kind is _MAPPING else None, [0, None, None]))
        return False

    def _key(self, event: Any, kind: type, above: _Open) -> bool:
        place = self.place(event)
        if kind is not _SCALAR:
            self.refuse(event, "syntax", "a key that is not plain text", "write: key: value", above.path)
            return True
        key = event.value
        self._inspect(event, kind, (*above.path, key))
        assert above.keys is not None
        if key in above.keys:
            message = f'key "{shortened(key)}" a second time, first on line {above.keys[key]}'
            self.refuse(event, "duplicate-key", message, "keep one of the two", (*above.path, key))
        elif key == "<<":
            self.refuse(event, "merge-key", "a merge key", "write the keys out", (*above.path, key))
        above.keys.setdefault(key, place.line)
        above.state[1:] = [key, place]
        return False

    def _arrive(self, event: Any, above: _Open | None) -> Path:
        path: Path = ()
        key_place: Place | None = None
        if above is not None:
            number, key, key_place = above.state
            path = (*above.path, number if above.keys is None else key)
            above.state[:] = [number + 1, None, None]
        if path in self.wanted:
            place = self.place(event)
            self.spots.setdefault(path, Spot(place, key_place or place))
        return path

    def _inspect(self, event: Any, kind: type, path: Path) -> None:
        quoted = ", or put the whole value in quotes"
        if kind is _ALIAS:
            message, help = f"an alias (*{shortened(event.anchor)})", f"write the value out{quoted}"
            self.refuse(event, "alias", message, help, path)
            return
        help = f"leave it out{quoted}" if kind is _SCALAR else "leave it out"
        if event.anchor:
            self.refuse(event, "anchor", f"an anchor (&{shortened(event.anchor)})", help, path)
        if event.tag:
            self.refuse(event, "tag", f"a tag ({shortened(event.tag)})", help, path)
        if kind is _SCALAR and (found := re.search(UNSAFE, event.value)):
            message = f"a control character (U+{ord(found[0]):04X})"
            self.refuse(event, "control-character", message, "leave it out", path)
        if kind is _SCALAR and (offset := excess_marks(event.value)) >= 0:
            message = f'more than {MOST_MARKS} marks on one letter, "{shortened(event.value[offset])}"'
            self.refuse(event, "syntax", message, "leave them out", path)

    def refuse(self, event: Any, rule: str, message: str, help: str, path: Path = ()) -> None:
        if len(self.problems) >= MOST_SOUGHT:
            return
        place = self.place(event) if event else None
        self.problems.append(Problem(rule, message, path, help=help, place=place))

    def place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        column = self.column(start)
        width = self.column(end) - column if end.line == start.line else 0
        line = self.line(start.line)
        return Place(start.line + 1, column + 1, width or max(len(line) - column, 1), line)

    def column(self, mark: Any) -> int:
        """The column in the file, from 0, of what the parser was given with shorter escapes."""
        column: int = mark.column
        if not self.has_pairs:
            return column
        if mark.line not in self.pairs:
            found = re.finditer(_PAIR, self.line(mark.line))
            self.pairs[mark.line] = [
                pair.end(1) - _PAIR_SHORTENS_BY * number for number, pair in enumerate(found)
            ]
        return column + _PAIR_SHORTENS_BY * bisect_left(self.pairs[mark.line], column)

    def line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""


def _syntax_problem(error: yaml.YAMLError, data: bytes, walk: _Walk) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        context, begun = error.context or "", error.context_mark  # type: ignore[attr-defined]
        message, help = error.problem, ""  # type: ignore[attr-defined]
        if begun and "quoted scalar" in context and "unexpected" in message:  # noticed only at the end
            mark, message, help = (
                begun,
                "a quotation mark that is not closed",
                "close it where the text ends, or put the whole value in quotes",
            )
        elif context:
            since = f", begun on line {begun.line + 1}" if begun and begun.line < mark.line else ""
            message = f"{context}{since}: {message}"
        line = walk.line(mark.line)
        place = Place(mark.line + 1, mark.column + 1, 1, line)
        return Problem("syntax", message, help=help or _syntax_help(line, mark.column), place=place)
    if isinstance(error, yaml.reader.ReaderError):
        # The position is a byte's where the text is given as bytes.
        before = data[: error.position].decode(errors="ignore")
        message = f"a control character (U+{error.character:04X})"
        return Problem("control-character", message, help="leave it out", place=_place_at(before, data))
    return Problem("syntax", str(error))


def _syntax_help(line: str, column: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or line[column : column + 1] == "\t":
        return "indent with spaces: YAML allows no tabs there"
    begins = re.match(_BEFORE_VALUE, line)
    value = line[begins.end() if begins else 0 :].strip()
    is_open = value[:1] in ("[", "{") and not re.search(r"[]}]", line[:column])
    if not is_open and (value.startswith(tuple(_NEEDS_QUOTES)) or ": " in value):
        if '"' not in value:
            return 'put the whole value in quotes: "…"'
        return "put the whole value in quotes: '…'" + (", each ' in it twice" if "'" in value else "")
    return "see that indentation and quotes are right there"


_BEFORE_VALUE = r"\s*(?:- +)*(?:[A-Za-z0-9_-]+: +)?"
_NEEDS_QUOTES = "\"'[]{}*&@`%|>!,#?"
"""What a text without quotation marks cannot begin with."""
