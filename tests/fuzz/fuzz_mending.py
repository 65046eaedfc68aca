"""Coverage-guided fuzzing: digests with wrong quotes against their source, mended.

Not a test that pytest runs; see README.md beside this file for the command.
"""

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import atheris

with atheris.instrument_imports(include=["briefing"]):
    from briefing import reader
    from briefing.fixes import offers
    from briefing.loader import Loaded, Origin, examine
    from briefing.mending import mended
    from briefing.problem import InvalidDigest
    from briefing.proof import Proof
    from briefing.splice import changed, spliced

T = TypeVar("T")

FOLDER = Path(tempfile.mkdtemp())
ORIGIN = Origin("x.yaml", FOLDER / "x.yaml")
SAID = (
    "Each Party shall inform the other Party.", "The fee is 5 crowns, to be paid in May 2025.", "It shall not apply.",
    "Each Party shall bear its costs.", "Notice takes effect on 4 March 2026.", "The fee is due: [a] it's “so”; #1 {b}, c\\d.",
    "\u4e2d\u56fd\u653f\u5e9c\u3002", "Der Vertrag \u00adtritt in Kraft.", "short- and long-term agree-\nment", "e\u0301t\u00e9",
)  # fmt: skip
BETWEEN = (
    " ",
    "\n",
    "\n\n",
    "\n\nArticle 1\n\n",
    "\n\nArticle 2\nTitle\n\n",
    "\n\n1. ",
    "\n2. ",
    "\n(a) ",
    "\x0c",
    "\r\n",
)
CHANGED = (
    ("Party", "party"), ("fee", "fees"), ("5", "6"), ("shall", "shall shall"), (" ", "  "), ("the", "teh"), ("not ", ""),
    ("Each", "All"), ("Party", "[...]"), (".", ""), ("May", "\u00a0May"), ("costs", "[the] costs"),
)  # fmt: skip
PLACES = ("Art. 1", "Art. 2(1)", "Art. 1(a)", "\u00b61", "Art. 77", "nowhere", "1", "")
NEAR = ("Each", "Party", "crowns", "The fee is", "on 4", "zz", "#", '"', "'", "a: b")
STYLES = ("plain", "single", "double", "literal", "folded")


class _Dice:
    """Bytes as decisions."""

    def __init__(self, data: bytes) -> None:
        self.given = atheris.FuzzedDataProvider(data)

    def of(self, things: Sequence[T]) -> T:
        return things[self.upto(len(things) - 1)]

    def upto(self, most: int) -> int:
        return int(self.given.ConsumeIntInRange(0, most))


def one_input(data: bytes) -> None:
    """What is offered changes only what it says; a second time there is nothing to mend."""
    dice = _Dice(data)
    text = _text(dice)
    (FOLDER / "seeds").mkdir(exist_ok=True)
    (FOLDER / "seeds" / "s.txt").write_text(text, newline="")
    digest = _digest(dice, text)
    try:
        loaded = examine(digest, ORIGIN)
    except InvalidDigest:
        return
    _one_by_one(loaded, digest)
    once = mended(digest, ORIGIN, choose=lambda offer, _: offer.fix or next(iter(offer.choices), None))
    again = mended(once.data, ORIGIN, choose=lambda offer, _: offer.fix or next(iter(offer.choices), None))
    assert not again.made, again.made
    assert again.data == once.data
    assert re.findall(rb"# c\d+", digest) == re.findall(rb"# c\d+", once.data)
    assert all(fix.safe for fix in mended(digest, ORIGIN).made)


def _one_by_one(loaded: Loaded, digest: bytes) -> None:
    """Each fix alone: what is read is what was read, but for what the fix says, and its problem is gone."""
    proof = Proof(loaded)
    before, _ = reader.read(digest)
    counts = proof.counts
    for offer in offers(proof, unsafe=True):
        for fix in filter(None, (offer.fix, *offer.choices)):
            new = spliced(digest, fix.edits)
            after, _ = reader.read(new)
            assert after == changed(before, {fix.path: fix.changes}), fix
            again = Proof(examine(new, ORIGIN))
            if offer.rule in ("quote-missing", "quote-ambiguous"):
                assert again.counts.proved == counts.proved + 1, fix
            else:
                assert again.counts.proved >= counts.proved, fix


def _text(dice: _Dice) -> str:
    return "".join(f"{dice.of(BETWEEN)}{dice.of(SAID)}" for _ in range(2 + dice.upto(8)))


def _digest(dice: _Dice, text: str) -> bytes:
    """A digest in one of the layouts that YAML allows, with a comment behind some of its lines."""
    if dice.upto(5) == 0:
        return _as_json(dice, text)
    lines = ["format: briefing/1", "id: x", "title: T", "as_of: 2025", "bottom_line: B.", "key_points:"]
    for number in range(1 + dice.upto(3)):
        lines += [f"- id: k{number}", "  text: So.", "  evidence:"]
        for entry in range(1 + dice.upto(2)):
            lines += _entry(dice, _quote(dice, text), number * 10 + entry)
    hash = "\n  sha256: " + "ab" * 32 if dice.upto(3) == 0 else ""
    lines += [
        "sources:",
        f"- id: s\n  title: S\n  kind: primary\n  file: {dice.of(('s.txt', 't.txt'))}{hash}",
    ]
    end = str(dice.of(("\n", "\r\n", "\n")))
    whole = "\n".join(lines).replace("\n", end) + (end if dice.upto(3) else "")
    return (b"\xef\xbb\xbf" if dice.upto(5) == 0 else b"") + whole.encode(errors="replace")


def _quote(dice: _Dice, text: str) -> str:
    start = dice.upto(max(len(text) - 1, 0))
    quote = text[start : start + 3 + dice.upto(80)]
    for _ in range(dice.upto(2)):
        old, new = dice.of(CHANGED)
        quote = quote.replace(old, new, 1)
    return re.sub(r"[\x00-\x1f]", " ", quote) or "a"


def _extras(dice: _Dice) -> dict[str, str]:
    wanted = {"prefix": NEAR, "suffix": NEAR, "locator": PLACES, "source": ("s",)}
    return {key: str(dice.of(values)) for key, values in wanted.items() if dice.upto(2) == 0}


def _entry(dice: _Dice, quote: str, number: int) -> list[str]:
    comment = f"  # c{number}" if dice.upto(2) == 0 else ""
    extras = _extras(dice)
    layout = dice.of(("alone", "brackets", "lines", "spread")) if extras else "alone"
    style = str(dice.of(STYLES if layout in ("alone", "lines") else STYLES[1:3]))
    value = _scalar(quote, style, "      " if layout == "lines" else "    ")
    told = value.replace("\n", f"{comment}\n", 1) if style in ("literal", "folded") else f"{value}{comment}"
    if layout == "alone":
        return [f"  - {told}"]
    pairs = [f"{key}: {_scalar(each, 'double', '')}" for key, each in extras.items()]
    if layout == "lines":
        first = pairs[: dice.upto(len(pairs))]
        rest = [pair for pair in pairs if pair not in first]
        each = [*first, f"quote: {told}", *rest]
        return [f"  - {each[0]}", *(f"    {line}" for line in each[1:])]
    if layout == "brackets":
        return [f"  - {{quote: {value}, {', '.join(pairs)}}}{comment}"]
    return ["  - {", f"      quote: {value},{comment}", *(f"      {pair}," for pair in pairs), "    }"]


def _scalar(text: str, style: str, margin: str) -> str:
    if style in ("literal", "folded") and text.strip() and not text.startswith(" "):
        return ("|-" if style == "literal" else ">-") + f"\n{margin}{text.rstrip()}"
    if style == "plain" and re.fullmatch(r"[A-Za-z][^:#\[\]{}\"',&*!|>%@`]*[a-z.]", text):
        return text
    if style == "single":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _as_json(dice: _Dice, text: str) -> bytes:
    import json

    points = [
        {"id": f"k{n}", "text": "So.", "evidence": [{"quote": _quote(dice, text), **_extras(dice)}]}
        for n in range(1 + dice.upto(3))
    ]
    head = {"format": "briefing/1", "id": "x", "title": "A", "as_of": "2024", "bottom_line": "So."}
    sources = [{"id": "s", "title": "A", "kind": "primary", "file": "s.txt"}]
    whole = head | {"key_points": points, "sources": sources}
    return json.dumps(whole, indent=dice.of((None, 1)), ensure_ascii=bool(dice.upto(1))).encode(
        errors="replace"
    )


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
