"""A change of a few keys → the edits of a YAML text that make it, and leave every other byte as it is.

What is put in looks like what is beside it: in brackets or by indentation, with the same quotation
marks, the same line ends. A text of several lines is written anew on one line, in double quotes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from briefing.problem import Edit, Path
from briefing.reader import Entry, Node, layout

Changes = tuple[tuple[str, str | None], ...]
"""Keys with their new values; None: the key goes."""

_LONGEST_LINE = 110
_STEP = 1024  # code points between the byte offsets that are kept
_PLAIN = r"[^\W_][^\n\r\t\"'\\]*"
_LIKE_ANOTHER_TYPE = r"(?i)true|false|yes|no|on|off|y|n|null|[-+.\d][-\d_.,:/ext+tz ]*|0x[\da-f]+|\d+e\d+"
# What a text in double quotes cannot hold as it is; JSON has the same escapes.
_ESCAPED = '["\\\\\x00-\x1f\x7f-\xa0\xad\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]'


class _Splice(NamedTuple):
    """An edit in code points, a byte order mark not counted."""

    start: int
    end: int
    text: str


class Layouts:
    """A digest's file, and how some of its parts are laid out."""

    def __init__(self, data: bytes, paths: Iterable[Path]) -> None:
        self.data = data
        decoded = data.decode()
        self.text = decoded.removeprefix("\ufeff")
        self._mark = len(data) - len(self.text.encode()) if self.text != decoded else 0
        wanted = set(paths)
        self._nodes = layout(data, wanted | {path[:-1] for path in wanted} | {()})
        self._is_json = self._quotes_its_keys()
        breaks = list(re.finditer("\r\n|\n|\r", self.text))
        self._line_end = breaks[0][0] if breaks else "\n"
        self._line_starts = [0, *(each.end() for each in breaks)]
        sizes = (len(self.text[at : at + _STEP].encode()) for at in range(0, len(self.text), _STEP))
        self._offsets = list(accumulate(sizes, initial=self._mark))

    def edits(self, path: Path, changes: Changes) -> tuple[Edit, ...]:
        """The edits that make these changes to the part of this path; none where that is not possible."""
        node = self._nodes.get(path)
        if node is None:
            return ()
        if node.style in ("[", "-"):
            return ()
        if node.style in ("{", ":"):
            splices = self._in_mapping(node, changes)
        else:
            splices = self._in_scalar(node, self._nodes.get(path[:-1]), changes)
        return self._in_bytes(splices)

    def _in_bytes(self, splices: list[_Splice]) -> tuple[Edit, ...]:
        return tuple(
            Edit(self._byte(splice.start), self._byte(splice.end), splice.text) for splice in sorted(splices)
        )

    def _byte(self, at: int) -> int:
        """The offset in bytes of an offset in code points."""
        step = at // _STEP
        return self._offsets[step] + len(self.text[step * _STEP : at].encode())

    def _quotes_its_keys(self) -> bool:
        top = self._nodes.get(())
        return top is not None and any(entry.key.style == '"' for entry in top.entries.values())

    def _in_scalar(self, node: Node, above: Node | None, changes: Changes) -> list[_Splice]:
        """A quote alone gets a new text, or becomes a mapping when keys are added."""
        given = dict(changes)
        quote = given.pop("quote", None)
        added = [(key, value) for key, value in given.items() if value is not None]
        if not added:
            return [] if quote is None else [self._replaced(node, quote)]
        as_is = self.text[node.start : node.end]
        text = node.value if quote is None else quote
        style = '"' if self._is_json else _style_beside(node)
        keeps = quote is None and node.style in ('"', "'", "") and not re.search("[\r\n]", as_is)
        if self._stands_alone(node, above) and self._wants_lines(above, as_is, added):
            margin = self._line_end + " " * node.column
            lines = "".join(f"{margin}{key}: {_scalar(value, style, False)}" for key, value in added)
            after = self._line_ends(node.end)  # behind a comment, which stays with the quote
            said = as_is if keeps else _scalar(text, style, False) + self._comment(node)
            return [_Splice(node.start, node.end, f"quote: {said}"), _Splice(after, after, lines)]
        said = as_is if keeps and node.style else _scalar(text, style, True)
        pairs = [f"{self._key('quote')}: {said}"]
        pairs += [f"{self._key(key)}: {_scalar(value, style, True)}" for key, value in added]
        return [_Splice(node.start, node.end, "{" + ", ".join(pairs) + "}" + self._comment(node))]

    def _stands_alone(self, node: Node, above: Node | None) -> bool:
        """Whether only the mark of its list is before it on its line, so that lines can follow it."""
        by_indentation = above is not None and above.style == "-"
        return by_indentation and re.fullmatch(r"[ \t]*(?:- +)+", self._before(node.start)) is not None

    def _before(self, at: int) -> str:
        """What is before this offset on its line."""
        return self.text[self._line_start(at) : at]

    def _line_start(self, at: int) -> int:
        return self._line_starts[bisect_right(self._line_starts, at) - 1]

    def _wants_lines(self, above: Node | None, as_is: str, added: list[tuple[str, str]]) -> bool:
        """Whether a mapping by indentation suits better than one in brackets, which is a long line."""
        inline = sum(len(key) + len(value) + 6 for key, value in added) + len(as_is) + 10
        return inline > _LONGEST_LINE or (above is not None and ":" in above.styles)

    def _key(self, name: str) -> str:
        return f'"{name}"' if self._is_json else name

    def _in_mapping(self, node: Node, changes: Changes) -> list[_Splice]:
        held = node.entries
        gone = {key for key, value in changes if value is None and key in held}
        splices = self._dropped(node, gone) if gone else []
        if splices is None:
            return []
        given = [(key, value) for key, value in changes if value is not None]
        splices += [self._replaced(held[key].value, value) for key, value in given if key in held]
        if added := [(key, value) for key, value in given if key not in held]:
            splices += self._added(node, added, gone)
        return splices

    def _added(self, node: Node, added: list[tuple[str, str]], gone: set[str]) -> list[_Splice]:
        """New keys behind the one that they belong to."""
        anchor = next((node.entries[name] for name in ("quote", "file") if name in node.entries), None)
        if anchor is None:
            return []
        quotes_keys = anchor.key.style == '"'
        style = '"' if quotes_keys else _style_beside(anchor.value)
        inside = node.style == "{"
        pairs = [
            f'"{key}": {_scalar(value, style, inside)}'
            if quotes_keys
            else f"{key}: {_scalar(value, style, inside)}"
            for key, value in added
        ]
        return self._in_brackets(node, anchor, pairs, gone) if inside else self._on_lines(anchor, pairs)

    def _on_lines(self, anchor: Entry, pairs: list[str]) -> list[_Splice]:
        margin = self._line_end + " " * anchor.key.column
        if anchor.value.style in ("|", ">"):  # the line breaks after it may be a part of it
            at = anchor.key.start
            return [_Splice(at, at, "".join(pair + margin for pair in pairs))]
        at = self._line_ends(anchor.value.end)
        return [_Splice(at, at, "".join(margin + pair for pair in pairs))]

    def _line_ends(self, at: int) -> int:
        found = re.compile("[\r\n]").search(self.text, at)
        return found.start() if found else len(self.text)

    def _in_brackets(self, node: Node, anchor: Entry, pairs: list[str], gone: set[str]) -> list[_Splice]:
        at = anchor.value.end
        margin = self._margin(node)
        if margin is None:
            return [_Splice(at, at, "".join(f", {pair}" for pair in pairs))]
        following = [name for name, entry in node.entries.items() if entry.key.start > at]
        staying = [name for name in following if name not in gone]
        if staying:  # before the next one, so that a comment stays beside its value
            start = node.entries[staying[0]].key.start
            return [_Splice(start, start, "".join(f"{pair},{margin}" for pair in pairs))]
        if following:  # in the place of what goes
            return [_Splice(at, at, "".join(f",{margin}{pair}" for pair in pairs))]
        comma = re.compile(r"[ \t]*,").match(self.text, at)
        line_end = self._line_ends(at)
        said = margin + f",{margin}".join(pairs)
        if line_end > node.end or line_end == at:  # the bracket closes on this line, or nothing follows
            return [_Splice(at, at, f",{said}")]
        if comma:
            return [_Splice(line_end, line_end, f"{said},")]
        return [_Splice(at, at, ","), _Splice(line_end, line_end, said)]

    def _margin(self, node: Node) -> str | None:
        """What is between two keys in brackets, where each has a line of its own."""
        keys = [entry.key for entry in node.entries.values()]
        first = keys[0]
        own = [key for key in keys if re.fullmatch(r"[ \t]*", self._before(key.start))]
        if len(keys) > 1 and own != keys and own != keys[1:]:
            return None
        if len(keys) == 1 and not own:
            return None
        return self._line_end + self._before((own or [first])[0].start)

    def _dropped(self, node: Node, gone: set[str]) -> list[_Splice] | None:
        """Keys and their values taken out; None where a comment would go with them, or nothing be left."""
        names, entries = list(node.entries), list(node.entries.values())
        first = next((at for at, name in enumerate(names) if name not in gone), None)
        if first is None:
            return None
        ranges = [(at, entries[at].key.start, entries[at + 1].key.start) for at in range(first)]
        ranges += [
            (at, *self._with_its_line(node, entries[at - 1], entries[at]))
            for at in range(first, len(names))
            if names[at] in gone
        ]
        for at, start, end in ranges:
            beside = self.text[start : entries[at].key.start] + self.text[entries[at].value.end : end]
            if "#" in beside or "#" in self._comment(entries[at].value):
                return None
        return [_Splice(start, end, "") for _, start, end in ranges]

    def _with_its_line(self, node: Node, before: Entry, entry: Entry) -> tuple[int, int]:
        """Where an entry begins and ends with what parts it from the one before."""
        if node.style != ":":
            return before.value.end, entry.value.end
        end = self._line_ends(entry.value.end)
        gap = re.compile("\r\n|\n|\r").match(self.text, end)
        return max(self._line_start(entry.key.start), before.value.end), gap.end() if gap else end

    def _replaced(self, node: Node, value: str) -> _Splice:
        said = _scalar(value, _style_beside(node), node.is_inside_brackets)
        return _Splice(node.start, node.end, said + self._comment(node))

    def _comment(self, node: Node) -> str:
        """The comment behind the mark that begins a text of several lines, to stay on its line."""
        if node.style not in ("|", ">"):
            return ""
        found = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)").match(self.text, node.start)
        return f"  {found[1]}" if found else ""


def _style_beside(node: Node) -> str:
    """The quotation mark for a text beside, or in place of, this one."""
    return '"' if node.style in ("|", ">", "{", "[", ":", "-") else node.style


def _scalar(value: str, style: str, inside_brackets: bool) -> str:
    """A text on one line: with the quotation marks that are wanted, or with those that it needs."""
    if style == "" and _can_be_plain(value, inside_brackets):
        return value
    if style == "'" and not re.search(_ESCAPED.replace('"\\\\', ""), value):
        return "'" + value.replace("'", "''") + "'"
    return '"' + re.sub(_ESCAPED, _escape, value) + '"'


def _can_be_plain(value: str, inside_brackets: bool) -> bool:
    if not re.fullmatch(_PLAIN, value) or re.fullmatch(_LIKE_ANOTHER_TYPE, value):
        return False
    if re.search(r":(?:\s|$)|\s#|\s$", value) or re.search(_ESCAPED, value):
        return False
    return not (inside_brackets and re.search(r"[,\[\]{}:#]", value))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in '"\\':
        return f"\\{character}"
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return short.get(character, f"\\u{ord(character):04x}")


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with these edits made, which are apart from one another."""
    pieces, at = [], 0
    for edit in sorted(edits):
        pieces += [data[at : edit.start], edit.text.encode()]
        at = edit.end
    return b"".join([*pieces, data[at:]])


def changed(plain: Any, changes: Mapping[Path, Changes]) -> Any:
    """Plain data as it has to be read after the changes; the data that was given is left as it is."""
    return _changed(plain, (), changes, {path[:length] for path in changes for length in range(len(path))})


def _changed(plain: Any, path: Path, changes: Mapping[Path, Changes], above: set[Path]) -> Any:
    if path in changes:
        part = dict(plain) if isinstance(plain, dict) else {"quote": plain}
        for key, value in changes[path]:
            if value is None:
                part.pop(key, None)
            else:
                part[key] = value
        return part["quote"] if isinstance(plain, str) and list(part) == ["quote"] else part
    if path not in above:
        return plain
    if isinstance(plain, dict):
        return {key: _changed(value, (*path, key), changes, above) for key, value in plain.items()}
    return [_changed(value, (*path, at), changes, above) for at, value in enumerate(plain)]
