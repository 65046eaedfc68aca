"""Coverage-guided fuzzing: any text → a draft, quotes to paste and a comparison; any words as conditions.

Not a test that pytest runs; see README.md beside this file for the command.
"""

import contextlib
import re
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["briefing"]):
    from briefing import loader, query, reader, views
    from briefing.loader import Origin
    from briefing.problem import UNSAFE, Failure
    from briefing.proof import Proof
    from briefing.query import Query
    from briefing.rules import check
    from briefing.texts import amendments
    from briefing.texts.structure import Structure
    from briefing.texts.text import SourceText
    from briefing.views import VIEWS, search
    from briefing.writing import new
    from briefing.writing.evidence import Proposed, entries
    from briefing.writing.quoting import suggestions

FOLDER = Path(tempfile.mkdtemp())
HEAD = new.Head("x", "T", "2025", "en")
OPERATORS = ("=", "!=", "~", "!~", ">", ">=", "<", "<=", "==", "")
LOADED = loader.load()
SECTIONS = [views.view(name)(LOADED) for name in VIEWS]


def one_input(data: bytes) -> None:
    """The text before `====` and the one after it; a line that begins with `?` is a condition."""
    raw = data.decode("utf-8", "replace")
    asked = [line[1:] for line in raw.split("\n") if line.startswith("?")]
    raw = "\n".join(line for line in raw.split("\n") if not line.startswith("?"))
    old, _, later = raw.partition("====")
    _conditions(asked, len(data))
    _draft(old)
    _quotes(old)
    _comparison(old, later or old.upper())


def _draft(raw: str) -> None:
    """A draft is a digest without errors as it stands, whatever its text is."""
    (FOLDER / "seeds").mkdir(exist_ok=True)
    path = FOLDER / "seeds" / "s.txt"
    data = raw.encode()
    path.write_bytes(data)
    try:
        text = new.read_data(path, data, "en")
    except Failure:
        return
    draft = "".join(new.digest(HEAD, [text], new.Where(("s.txt",), None)))
    loaded = loader.parse(draft.encode(), Origin("x.yaml", FOLDER / "x.yaml"))
    wrong = [problem for problem in check(Proof(loaded)) if problem.severity == "error"]
    assert not wrong, wrong


def _quotes(raw: str) -> None:
    """What is proposed is found once as it is written, or at the place that it names."""
    text = SourceText(raw, "en")
    for word in dict.fromkeys(re.findall(r"\w+", raw)[:40:9]):
        found = suggestions(text, [word]).found
        for each in found:
            places = text.find(each.quote, each.prefix, each.suffix)
            if each.locator:
                within = text.structure.within(each.locator) or ()
                places = tuple(
                    p for p in places if any(s.start <= p.start and p.end <= s.end for s in within)
                )
            assert len(places) == 1, each
        said = "".join(entries([Proposed("s", each, True) for each in found]))
        if found:
            quoted, problems = reader.read(said.encode())
            assert not problems
            assert [each["quote"] for each in quoted] == [each.quote for each in found]


def _comparison(old: str, later: str) -> None:
    """Each sentence has one fate, and a text does not differ from itself."""
    one, other = (amendments.units(Structure(raw)) for raw in (old, later))
    assert amendments.amendments(one, one) == []
    found = amendments.amendments(one, other)
    gone = [each.old for each in found if each.old is not None and each.new is None]
    came = [each.new for each in found if each.new is not None and each.old is None]
    assert len(other) - len(one) == len(came) - len(gone)
    kept = amendments.hashes(one)
    if kept:
        assert amendments.amendments_since(kept, one) == []
        amendments.amendments_since(kept, other)


def _conditions(asked: list[str], number: int) -> None:
    """A condition keeps some rows, or is refused in words that are safe to print."""
    section = SECTIONS[number % len(SECTIONS)]
    for each in asked:
        column = section.columns[len(each) % len(section.columns)].name
        first, _, rest = each.partition("|")
        wanted = (
            Query(where=[first], sort=rest), Query(where=[f"{column}{OPERATORS[number % 10]}{first}"]),
            Query(since=first, until=rest), Query(fields=first, sort=column, reverse=True),
        )  # fmt: skip
        for query_ in wanted:
            try:
                chosen = query.select(section, query_)
            except Failure as failure:
                assert not re.search(UNSAFE, failure.message + failure.help)  # noqa: PT017  (not a pytest test)
                continue
            assert len(chosen.rows) <= len(section.rows)
            for row in list(chosen.rows)[:20]:
                for cell in chosen.columns:
                    cell.cell(row)
        with contextlib.suppress(Failure):  # nothing to search for
            for row in search.view(LOADED, each).rows:
                assert row.id


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
