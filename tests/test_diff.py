"""`briefing diff`: two digests by item and field, two texts by sentence with all that rests on each."""

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support.program import BUNDLED, PROGRAM, VALID, Run, needs

from briefing import loader
from briefing.comparing import HEAD, changes
from briefing.loader import Loaded, Origin
from briefing.model import Digest, Field, fields
from briefing.problem import InvalidDigest
from briefing.texts.amendments import amendments, amendments_since, hashes, units
from briefing.texts.structure import Structure

DIGEST = """\
format: briefing/1
id: ferry
title: The ferry agreement
as_of: 2025-02-04
bottom_line: A ferry will run.
key_points:
  - {id: kp, text: The ferry will run., based_on: [term]}
  - {id: kp-else, text: Something else.}
terms:
  - {id: term, text: The ferry runs daily., type: obligation, evidence: [The ferry runs every day]}
  - {id: toll, text: The toll is low., type: obligation, evidence: [toll is five crowns]}
timeline:
  - {id: signed, event: It was signed., date: 2025-01-05, evidence: [signed in January]}
  - {id: starts, event: It starts., deadline: {within: P6M, of: signed}}
  - {id: review, event: It is reviewed., deadline: {within: P1Y, of: starts}}
questions:
  - {id: q, question: Who pays?, category: cost, why_it_matters: Money., related: [toll], status: open}
  - {id: q-else, question: Who asks?, category: cost, why_it_matters: Money.}
sources:
  - {id: text, title: The text, kind: primary, file: ferry.txt}
"""
OLD = """Article 1
Service

The ferry runs every day, from dawn to dusk. It carries people and carts.

Article 2
Toll

The toll is five crowns a head. Children travel free of charge.

Article 3
Entry

This was signed in January at the old pier. Each side keeps a copy. Nobody may copy the seal.
"""
# Six amendments, two of them (the toll and the pier) around quotes that stay.
NEW = """Article 1
Service and crew

The ferry runs twice a week, from dawn to dusk. It carries people and carts.

Article 2
Toll

The toll is five crowns a cart. Children travel free of charge. Dogs pay half of that.

Article 3
Entry

This was signed in January at the new pier. Each side keeps a copy.
"""


def digest(text: str) -> Loaded:
    return loader.parse(text.encode(), Origin("x.yaml", None))


def dumped(data: object) -> str:
    return yaml.dump(data, sort_keys=True, allow_unicode=True, width=40)


def plain(path: Path) -> Any:
    return yaml.load(path.read_text(), Loader=yaml.CBaseLoader)


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same with keys and items in another order; and the entries of lists of ids or quotes."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    if isinstance(value, list):
        entries = [shuffled(each, chance) for each in value]
        chance.shuffle(entries)
        return entries
    return value


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_order_and_layout_are_no_change(path: Path) -> None:
    loaded = loader.load(str(path))
    assert changes(loaded, loaded) == []
    for seed in range(3):
        other = digest(dumped(shuffled(plain(path), random.Random(seed))))
        assert changes(loaded, other) == []
        assert changes(other, loaded) == []


def test_a_quote_alone_is_the_quote_from_the_one_source() -> None:
    other = DIGEST.replace("[signed in January]", "[{source: text, quote: signed in January}]")
    assert changes(digest(DIGEST), digest(other)) == []


def places(data: Any) -> list[tuple[str, int, Field]]:
    """Every field of each section that an item there has, in the first that has it."""
    found: dict[tuple[str, str], tuple[str, int, Field]] = {}
    for section, part in Digest.SECTIONS.items():
        for position, item in enumerate(data.get(section, [])):
            for field in fields(part):
                if field.name in item and field.name != "id":
                    found.setdefault((section, field.name), (section, position, field))
    return [*found.values()]


def altered(value: Any, field: Field) -> Any:
    """Another value that the field may have, where that is easy to say."""
    if field.vocabulary:
        first = value[0] if field.many else value
        word = next(word for word in field.vocabulary if word != first)
        return [word, *value[1:]] if field.many else word
    if field.name == "tags":
        return [*value, "another"]
    if field.kind is str and field.pattern == r"\S" and field.refers is None and not field.many:
        return f"{value} More"
    if field.kind.__name__ == "Date":
        return "1999-12-31" if value != "1999-12-31" else "1999-12-30"
    return None


@pytest.mark.slow
def test_each_changed_field_is_reported_exactly_once() -> None:
    (path,) = (path for path in VALID if path.stem == "full")  # which has every field
    old = loader.load(str(path))
    there, reported = places(plain(path)), 0
    for section, position, field in there:
        data = plain(path)
        item = data[section][position]
        if (other := altered(item[field.name], field)) is None:
            continue
        item[field.name] = other
        try:
            new = digest(dumped(data))
        except InvalidDigest:
            continue
        (change,) = changes(old, new)
        assert (change.kind, change.section, change.id) == ("changed", section, item["id"])
        assert [each.field.name for each in change.fields] == [field.name]
        reported += 1
    assert reported >= len(there) // 2  # not every field has another value that is easy to say


@pytest.mark.parametrize("field", ["title", "bottom_line", "as_of"])
def test_the_head_of_the_digest_counts(field: str) -> None:
    data = yaml.load(DIGEST, Loader=yaml.CBaseLoader)
    data[field] = "2025-03-01" if field == "as_of" else "Another"
    (change,) = changes(digest(DIGEST), digest(dumped(data)))
    assert (change.section, [each.field.name for each in change.fields]) == (HEAD, [field])


def test_items_that_came_and_went_are_told_once(run: Run, tmp_path: Path) -> None:
    new = DIGEST.replace("id: kp-else", "id: kp-new").replace("2025-01-05", "2025-01-09")
    new = new.replace("status: open", "status: answered, answer: The towns.")
    (tmp_path / "old.yaml").write_text(DIGEST)
    (tmp_path / "new.yaml").write_text(new.replace("as_of: 2025-02-04", "as_of: 2025-03-10"))
    found = json.loads(run("diff", "old.yaml", "new.yaml", "-f", "json").out)
    assert [(row["change"], row["id"], row["field"], row["old"], row["new"]) for row in found] == [
        ("added", "kp-new", None, None, None),
        ("removed", "kp-else", None, None, None),
        ("changed", "ferry", "as_of", "2025-02-04", "2025-03-10"),
        ("changed", "signed", "date", "2025-01-05", "2025-01-09"),
        ("changed", "q", "status", "open", "answered"),
        ("changed", "q", "answer", None, "The towns."),
    ]
    told = run("diff", "old.yaml", "new.yaml", "-f", "markdown").out
    assert told.startswith("\n## What changed since 4 February 2025\n\n1 added, 1 removed, 3 changed\n")
    assert "as of 10 March 2025" in told
    assert "| It was signed. | Date moved | 5 January 2025 | 9 January 2025 |" in told
    assert "| Who pays? | Answered | Open | Answered |" in told


def test_of_a_list_only_what_came_and_went_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(DIGEST)
    (tmp_path / "new.yaml").write_text(DIGEST.replace("based_on: [term]", "based_on: [term, toll]"))
    (row,) = json.loads(run("diff", "old.yaml", "new.yaml", "-f", "json").out)
    assert (row["field"], row["old"], row["new"]) == ("based_on", [], ["toll"])


def test_the_exit_code_says_whether_they_differ(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(DIGEST)
    (tmp_path / "b.yaml").write_text(DIGEST.replace("daily", "weekly"))
    assert run("diff", "a.yaml", "a.yaml", "--exit-code").code == 0
    assert run("diff", "a.yaml", "b.yaml", "--exit-code").code == 1
    assert run("diff", "a.yaml", "b.yaml").code == 0
    assert run("diff", "a.yaml", "a.yaml", "-f", "json").out == "[]\n"
    assert "Nothing changed" in run("diff", BUNDLED, BUNDLED).out


AFFECTED = {
    ("Article 1 Service and crew", ""): [],
    ("The ferry runs twice a week", "term"): [("kp", "based_on", "term", None)],
    ("The toll is five crowns a cart", "toll"): [("q", "related", "toll", None)],
    ("Dogs pay half", ""): [],
    ("This was signed in January at the new", "signed"): [
        ("starts", "deadline", "signed", None),
        ("review", "deadline", "starts", None),
    ],
    ("Nobody may copy", ""): [],
}


def check_affected(rows: list[dict[str, Any]]) -> None:
    """Six amendments; each names what rests on it, in however many steps, and nothing else."""
    assert len(rows) == len(AFFECTED)
    for row in rows:
        text = row["new"] or row["old"]
        ((_, quoting), through), *_ = [each for each in AFFECTED.items() if text.startswith(each[0][0])]
        state = "missing" if quoting == "term" else "kept"
        expected = [(quoting, "quote", None, state), *through] if quoting else []
        found = [(each["id"], each["way"], each["through"], each["quote"]) for each in row["items"]]
        assert found == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["d.yaml", "new.txt", "--digest", "d.yaml"], "--digest is for two texts, and d.yaml is a digest"),
        (["d.yaml", "new.txt", "--digest", "nowhere"], "--digest is for two texts, and d.yaml is a digest"),
        (["d.yaml", "d.yaml", "--digest", "d.yaml"], "--digest is for two texts, and d.yaml is a digest"),
        (["d.yaml", "d.yaml", "--source", "s"], "--source is for texts, and these are two digests"),
        (["new.txt", "new.txt", "--source", "s"], "--source names a source of a digest"),
    ],
)
def test_an_option_that_says_nothing_is_refused(
    arguments: list[str], said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "d.yaml").write_text(DIGEST)
    (tmp_path / "new.txt").write_text(NEW)
    result = run("diff", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_an_amended_text_names_every_item_that_rests_on_it_and_no_other(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text(DIGEST)
    for folder, text in (("seeds", OLD), ("later", NEW)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ferry.txt").write_text(text)
    by_texts = run("diff", "seeds/ferry.txt", "later/ferry.txt", "--digest", "d.yaml", "-f", "json")
    by_seeds = run("diff", "d.yaml", "d.yaml", "--seeds-old", "seeds", "--seeds", "later", "-f", "json")
    assert by_texts == by_seeds
    check_affected(json.loads(by_texts.out))
    told = run("diff", "seeds/ferry.txt", "later/ferry.txt", "--digest", "d.yaml").out
    assert "4 changed, 1 new, 1 deleted; 7 items rest on them" in told
    assert "#### Art. 2" in told
    assert "the ‹old› pier" in told.replace("at ", "")
    alone = run("diff", "seeds/ferry.txt", "later/ferry.txt", "-f", "json")
    assert [row["items"] for row in json.loads(alone.out)] == [[]] * 6


def test_kept_sentences_make_the_old_text_unnecessary(run: Run, tmp_path: Path) -> None:
    old = hashes(units(Structure(OLD)))
    (tmp_path / "d.yaml").write_text(
        DIGEST.replace("file: ferry.txt}", f"file: ferry.txt, sentences: {old}}}")
    )
    (tmp_path / "bare.yaml").write_text(DIGEST)
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "ferry.txt").write_text(NEW)
    by_text = run("diff", "d.yaml", "later/ferry.txt", "-f", "json")
    assert by_text.out == run("diff", "d.yaml", "d.yaml", "--seeds", "later", "-f", "json").out
    rows = json.loads(by_text.out)
    assert [row["change"] for row in rows] == ["changed"] * 3 + ["added", "changed", "removed"]
    items = {row["new"]: [(e["id"], e["way"], e["quote"]) for e in row["items"]] for row in rows}
    for text, (quoting, through) in ((each[0], (each[1], AFFECTED[each])) for each in AFFECTED):
        found = next((ids for new, ids in items.items() if (new or "Nobody may copy").startswith(text)), None)
        assert found is not None
        state = "missing" if quoting == "term" else "kept"
        direct = [(quoting, "quote", state)] if quoting else []
        assert found == direct + [(id, way, None) for id, way, *_ in through]
    refused = run("diff", "bare.yaml", "later/ferry.txt")
    assert (refused.code, "keeps no sentences" in refused.err) == (2, True)


SENTENCES = st.lists(st.sampled_from(["Ada ran.", "Bo sat down.", "Cy left us.", "Di came."]), max_size=12)


@given(st.data())
def test_from_hashes_alone_the_same_sentences_are_new_or_changed(data: st.DataObject) -> None:
    old, new = ([*map(str.strip, data.draw(SENTENCES))] for _ in range(2))
    one, other = (units(Structure("\n\n".join(each))) for each in (old, new))
    found = amendments_since(hashes(one), other)
    kept = [unit for unit in other if unit not in [each.new for each in found]]
    came = sum(each.kind in ("new", "changed", "moved") for each in found)
    went = sum(each.kind in ("deleted", "changed", "moved") for each in found)
    assert len(other) - came == len(one) - went == len(kept)
    assert bool(found) == ([unit.key for unit in one] != [unit.key for unit in other])


def test_lines_hyphens_and_marks_are_no_change_of_a_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('He said "we will fly today" and went. It was late.\n')
    (tmp_path / "b.txt").write_text("He said “we will\nfly to-\nday” and went.   It was late.\n")
    assert run("diff", "a.txt", "b.txt", "-f", "json", "--exit-code").out == "[]\n"


def test_a_sentence_is_shown_as_a_reader_would_copy_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('Article 1\n\na. "Cart" means a cart with\nfour wheels.\n')
    (tmp_path / "b.txt").write_bytes(
        "Article 1\r\n\r\na. “Cart” means a ve\u00ad\r\nhicle with\r\nfour wheels.\r\n".encode()
    )
    out = run("diff", "a.txt", "b.txt", "-f", "markdown").out
    assert "a. “Cart” means a ‹vehicle› with four wheels." in out


def test_a_paragraph_with_another_number_is_no_other(run: Run, tmp_path: Path) -> None:
    old = ["Each Party pays its own costs.", "The Council may ask for a report.", "No fee is due."]
    orders = {
        "a.txt": old,
        "b.txt": [old[0], "Costs are told at the end of a year.", *old[1:]],
        "c.txt": old[1:] + old[:1],
    }
    for name, said in orders.items():
        lines = "\n".join(f"{n}. {each}" for n, each in enumerate(said, 1))
        (tmp_path / name).write_text(f"Article 1\n\n{lines}\n")
    put_in = json.loads(run("diff", "a.txt", "b.txt", "-f", "json").out)
    assert [(row["change"], row["new"]) for row in put_in] == [
        ("added", "2. Costs are told at the end of a year.")
    ]
    assert "1 moved" in run("diff", "a.txt", "c.txt", "-f", "markdown").out
    first_gone = "Article 1\n\n" + "\n".join(f"{n}. {each}" for n, each in enumerate(old[1:], 2)) + "\n"
    (tmp_path / "d.txt").write_text(first_gone)
    gone = json.loads(run("diff", "a.txt", "d.txt", "-f", "json").out)
    assert [(row["change"], row["old"]) for row in gone] == [("removed", f"1. {old[0]}")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3. Februar 2025: Der Minister reist.", "4. Februar 2025: Der Minister reist."),
        ("A. Smith spoke first.", "B. Smith spoke first."),
    ],
)
def test_the_day_of_a_date_and_an_initial_are_no_numbers_of_a_paragraph(old: str, new: str) -> None:
    pair = [units(Structure(f"{each}\n\n9. März 2025: Er reist zurück.\n", "de")) for each in (old, new)]
    assert [each.kind for each in amendments(*pair)] == ["changed"]


def test_an_article_that_is_put_in_changes_none_of_the_others() -> None:
    new = OLD.replace("Article 3", "Article 4").replace("Article 2\nToll", "Article 3\nToll")
    new = new.replace("Article 3\nToll", "Article 2\nCrew\n\nThe crew is paid by both.\n\nArticle 3\nToll")
    found = amendments(units(Structure(OLD)), units(Structure(new)))
    assert [(each.kind, each.new and each.new.text) for each in found] == [
        ("new", "Article 2 Crew"),
        ("new", "The crew is paid by both."),
    ]


def test_a_sentence_that_moves_is_told_once() -> None:
    moved = (
        OLD.replace(" Children travel free of charge.", "").rstrip() + " Children travel free of charge.\n"
    )
    (found,) = amendments(units(Structure(OLD)), units(Structure(moved)))
    assert found.kind == "moved"
    assert (found.old and found.old.place, found.new and found.new.place) == ("Art. 2", "Art. 3")


@given(SENTENCES, SENTENCES)
def test_from_the_old_and_the_amendments_the_new_follows(old: list[str], new: list[str]) -> None:
    one, other = (units(Structure("\n\n".join(each))) for each in (old, new))
    found = amendments(one, other)
    assert amendments(one, one) == []
    left = [unit.text for unit in one]
    for each in found:
        if each.old is not None:
            left.remove(each.old.text)
        if each.new is not None:
            left.append(each.new.text)
    assert sorted(left) == sorted(unit.text for unit in other)


@pytest.mark.slow
def test_a_long_text_of_one_sentence_over_and_over_takes_no_time() -> None:
    one, other = (units(Structure("Go on. " * count)) for count in (20_000, 19_000))
    assert {each.kind for each in amendments(one, other)} <= {"deleted"}


# --- git ---


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two versions of a digest and of its source's text."""
    git(tmp_path, "init", "-q")
    for folder in ("data", "seeds"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "x.yaml").write_text(DIGEST)
    (tmp_path / "seeds" / "ferry.txt").write_text(OLD)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "one")
    (tmp_path / "data" / "x.yaml").write_text(DIGEST.replace("2025-01-05", "2025-01-09"))
    git(tmp_path, "commit", "-q", "-a", "-m", "two")
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    names = {
        f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_PAGER": "cat"}
    done = subprocess.run(
        [needs("git"), *arguments],
        cwd=folder,
        capture_output=True,
        env=os.environ | names | quiet,
        check=True,
    )
    return done.stdout.decode()


def test_a_version_in_git_is_named_by_its_revision(run: Run, repository: Path) -> None:
    (row,) = json.loads(run("diff", "HEAD~1:data/x.yaml", "data/x.yaml", "-f", "json", cwd=repository).out)
    assert (row["id"], row["old"], row["new"]) == ("signed", "2025-01-05", "2025-01-09")
    below = run("diff", "HEAD~1:./x.yaml", "HEAD:./x.yaml", "-f", "json", cwd=repository / "data")
    assert json.loads(below.out) == [row]


def test_the_text_that_git_has_at_the_revision_is_compared_too(run: Run, repository: Path) -> None:
    (repository / "seeds" / "ferry.txt").write_text(NEW)
    found = json.loads(run("diff", "HEAD:data/x.yaml", "data/x.yaml", "-f", "json", cwd=repository).out)
    check_affected(found)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("HEAD~9:data/x.yaml", "HEAD~9"),
        ("HEAD:no.yaml", "no.yaml"),
        ("HEAD:", "no such file"),
    ],
)
def test_what_git_has_not_is_said(name: str, said: str, run: Run, repository: Path) -> None:
    result = run("diff", name, "data/x.yaml", cwd=repository)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert "Traceback" not in result.err


def test_a_revision_is_never_an_option(run: Run, repository: Path) -> None:
    result = run("diff", "--", "--output=evil:x", "data/x.yaml", cwd=repository)
    assert (result.code, "no such file" in result.err) == (2, True)
    assert not (repository / "evil:x").exists()


def test_without_git_the_reader_is_told(run: Run, tmp_path: Path) -> None:
    result = run("diff", "HEAD:x.yaml", BUNDLED, cwd=tmp_path, env={"PATH": ""})
    assert (result.code, result.out) == (2, "")
    assert "git cannot be started" in result.err


def test_a_text_and_a_digest_cannot_be_compared(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD)
    result = run("diff", "a.txt", BUNDLED)
    assert (result.code, "cannot be compared" in result.err) == (2, True)


def program(folder: Path) -> str:
    """A `briefing` for git's own shell."""
    script = folder / ".git" / "briefing"
    script.write_text(f'#!/bin/sh\nexec {" ".join(PROGRAM)} "$@"\n')
    script.chmod(0o755)
    return str(script)


@pytest.mark.slow
def test_git_shows_a_digest_as_a_reader_sees_it(repository: Path) -> None:
    (repository / ".gitattributes").write_text("data/*.yaml diff=briefing\n")
    command = f"{program(repository)} export -f markdown --full --seeds seeds"
    git(repository, "config", "diff.briefing.textconv", command)
    shown = git(repository, "diff", "HEAD~1", "HEAD", "--", "data")
    assert "-| 5 Jan 2025 |" in shown
    assert "+| 9 Jan 2025 |" in shown
    assert "date: 2025" not in shown
    assert git(repository, "log", "-p", "-1").count("9 Jan 2025") >= 1


def test_git_can_tell_what_changed(repository: Path) -> None:
    (repository / ".gitattributes").write_text("data/*.yaml diff=briefing\n")
    command = f"""sh -c '{program(repository)} diff "$1" "$4" -f markdown' """
    git(repository, "config", "diff.briefing.command", command)
    shown = git(repository, "diff", "HEAD~1", "HEAD", "--", "data")
    assert "What changed since 4 February 2025" in shown
    assert "| It was signed. | Date moved | 5 January 2025 | 9 January 2025 |" in shown
