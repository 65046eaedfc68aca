"""`new`: a digest to fill in, made of its source texts, that `check` has no error to tell of."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from support.pace import seconds
from support.program import Result, Run
from support.terminal import see

from briefing import loader
from briefing.loader import Loaded, Origin
from briefing.model import Digest, fields
from briefing.problem import UNSAFE, Failure
from briefing.proof import Proof
from briefing.rules import check
from briefing.writing import new as drafts
from briefing.writing import template
from briefing.writing.new import Head, Where
from briefing.writing.scalars import quoted, remark
from briefing.writing.tongue import guessed
from briefing.writing.worklist import picks, words_of

TREATY = """\
Agreement on the exchange of lighthouse keepers

The Republic of Mell and the Kingdom of Orlo,
Have agreed as follows:

Article 1

Purpose

1. Each Party shall lend the other at most twelve keepers for a period of six months.
2. The first exchange takes place on 4 March 2031.

Article 2

Costs

The Republic of Mell pays 83,000 crowns to the Lighthouse Fund of Orlo. However, it may pay later.
"""
NEWS = """\
Mell y Orlo firman un acuerdo sobre los faros

El ministro Ramón Péralta dijo que el acuerdo costará 2,5 millones de coronas al año.
La oposición criticó la falta de transparencia y pidió que se publique el texto.
"""
HOSTILE = (
    "Title: \"quoted\" # not a comment\n\n- key: 'value' {a: [b]} &anchor *alias !tag %TAG\n"
    "Bell\x07 and escape \x1b[31m and \u202eoverride\u202c and \u2028 line.\x00 End.\r"
    "%YAML 1.2\n--- \n... \n# comment\tTab | > @ ` \x85 next. مرحبا بكم في 12 مارس. \ufeff\ufffe\uffff\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with some texts below `seeds`."""
    (tmp_path / "seeds" / "news").mkdir(parents=True)
    (tmp_path / "seeds" / "keepers.txt").write_text(TREATY)
    (tmp_path / "seeds" / "news" / "faros.txt").write_text(NEWS)
    (tmp_path / "seeds" / "hostile.txt").write_text(HOSTILE)
    return tmp_path


def draft(raw: str, file: str = "a.txt", language: str = "en") -> str:
    """The whole digest that is made of one text."""
    text = drafts.read_data(Path(file), raw.encode(), language)
    head = Head("any", "Any \"title\": with # and 'marks'", "2031-01-01", language)
    return "".join(drafts.digest(head, [text], Where((file,), None)))


def errors(run: Run, folder: Path, *arguments: object) -> Result:
    """What `check` says of errors alone."""
    result = run("check", *arguments, cwd=folder)
    assert "error[" not in result.out
    assert result.code == 0
    return result


def loaded(data: str) -> Loaded:
    """The digest, which is sound."""
    return loader.parse(data.encode(), Origin("any", None))


def uncommented(data: str) -> str:
    """The digest with the examples of all sections uncommented, as an editor does it."""
    body, _, _ = data.partition("\n# ====")
    first = body.index("\n# instruments:")
    return body[:first] + re.sub(r"(?m)^# ?", "", body[first:])


def test_what_new_writes_passes_check(run: Run, folder: Path) -> None:
    made = run("new", "seeds/keepers.txt", "--title", "Keepers", "-o", "keepers.yaml", cwd=folder)
    assert (made.code, made.out) == (0, "")
    result = errors(run, folder, "keepers.yaml")
    assert "source-missing" not in result.out
    digest = loader.load(str(folder / "keepers.yaml")).digest
    assert (digest.id, digest.title, digest.language) == ("keepers", "Keepers", "en")
    (source,) = digest.sources
    assert (source.id, source.file, source.kind) == ("keepers", "keepers.txt", "primary")
    assert source.title == "Agreement on the exchange of lighthouse keepers"
    assert source.sha256 == sha256(TREATY.encode()).hexdigest()


def test_every_option_is_heeded(run: Run, folder: Path) -> None:
    options = ("--title", 'A "title": x # y', "--id", "x-1", "--as-of", "2030-05?", "--language", "es-SV")
    made = run("new", "seeds/keepers.txt", *options, cwd=folder)
    digest = loaded(made.out).digest
    assert digest.title == 'A "title": x # y'
    assert (digest.id, digest.as_of.text, digest.language) == ("x-1", "2030-05?", "es-SV")
    assert digest.sources[0].language == "en"


def test_several_texts_are_several_sources(run: Run, folder: Path) -> None:
    made = run("new", "seeds/keepers.txt", "seeds/news/faros.txt", "-o", "both.yaml", cwd=folder)
    assert made.code == 0
    errors(run, folder, "both.yaml")
    sources = loader.load(str(folder / "both.yaml")).digest.sources
    assert [(s.id, s.file, s.language, s.kind) for s in sources] == [
        ("keepers", "keepers.txt", "en", "primary"),
        ("faros", "news/faros.txt", "es", "secondary"),
    ]


def test_a_text_elsewhere_is_found_with_the_seeds_that_new_names(run: Run, folder: Path) -> None:
    (folder / "here").mkdir()
    made = run("new", folder / "seeds/keepers.txt", folder / "seeds/news/faros.txt", "-o", "x.yaml", cwd=folder / "here")  # fmt: skip
    assert "--seeds" not in made.err  # the folder above has them
    (folder / "far" / "away").mkdir(parents=True)
    made = run("new", folder / "seeds/keepers.txt", "-o", "x.yaml", cwd=folder / "far" / "away")
    (seeds,) = re.findall(r"briefing check x.yaml --seeds (\S+)", made.err)
    result = errors(run, folder / "far" / "away", "x.yaml", "--seeds", seeds)
    assert "source-missing" not in result.out


def test_nothing_is_replaced(run: Run, folder: Path) -> None:
    (folder / "mine.yaml").write_text("my work")
    made = run("new", "seeds/keepers.txt", "-o", "mine.yaml", cwd=folder)
    assert (made.code, made.out) == (2, "")
    assert "mine.yaml exists" in made.err
    assert "--force" not in made.err
    assert (folder / "mine.yaml").read_text() == "my work"
    assert sorted(path.name for path in folder.iterdir()) == ["mine.yaml", "seeds"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("no.txt", None, "No such file"),
        ("empty.txt", b" \n", "nothing in it"),
        ("latin.txt", b"caf\xe9", "not UTF-8"),
        ("a.pdf", b"%PDF-1.7 x", "briefing text"),
        ("a.docx", b"PK\x03\x04 word/document.xml", "briefing text"),
        ("a.html", b"<!DOCTYPE html><p>A text.", "briefing text"),
        ("back\\slash.txt", b"A text.", "another name"),
    ],
)
def test_what_is_no_text_is_refused(name: str, data: bytes | None, said: str, run: Run, folder: Path) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    made = run("new", name, "-o", "x.yaml", cwd=folder)
    assert (made.code, made.out) == (2, "")
    assert said in made.err
    assert not (folder / "x.yaml").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--id", "Not A Slug"),
        ("--as-of", "yesterday"),
        ("--language", "english language"),
        ("--title", "a\nb"),
    ],
    ids=lambda options: options[0],
)
def test_a_wrong_option_is_refused(options: tuple[str, str], run: Run, folder: Path) -> None:
    made = run("new", "seeds/keepers.txt", *options, cwd=folder)
    assert (made.code, made.out) == (2, "")


def test_a_person_is_asked_for_what_is_missing(folder: Path) -> None:
    typed = b"Keepers of the light\nNot An Id\nlight\n"
    seen = see("new", folder / "seeds/keepers.txt", "-o", folder / "t.yaml", columns=100, stdin=typed)
    assert seen.code == 0
    assert "Title [Agreement on the exchange of lighthouse keepers]:" in seen.raw
    assert "Id [keepers-of-the-light]:" in seen.raw
    assert "is not an id" in seen.raw
    digest = loader.load(str(folder / "t.yaml")).digest
    assert (digest.id, digest.title) == ("light", "Keepers of the light")


def test_in_a_pipe_nobody_is_asked(run: Run, folder: Path) -> None:
    made = run("new", "seeds/news/faros.txt", cwd=folder, stdin=b"no answer\n")
    assert made.code == 0
    assert "[" not in made.err
    assert loaded(made.out).digest.title == "Mell y Orlo firman un acuerdo sobre los faros"


def test_from_a_text_to_a_digest_with_evidence(run: Run, folder: Path) -> None:
    digest = folder / "keepers.yaml"
    assert run("new", "seeds/keepers.txt", "-o", digest, cwd=folder).code == 0
    quotes = run("quote", digest, "Mell", "crowns", cwd=folder)
    assert quotes.code == 0
    pasted = "".join(f"      {line}\n" for line in quotes.out.splitlines())
    written = digest.read_text().replace('    # evidence: ["TODO"]\n', f"    evidence:\n{pasted}", 1)
    digest.write_text(written.replace('"TODO"', '"Mell pays 83,000 crowns."', 1))
    result = errors(run, folder, digest)
    assert "no-evidence" not in result.out
    assert "number-not-in-quote" not in result.out
    left = run("quote", digest, "crowns", "--unused", cwd=folder)
    assert (left.code, left.err) == (1, 'no sentence that no item uses has "crowns"\n')


def test_the_examples_are_a_digest_when_they_are_uncommented() -> None:
    data = uncommented(draft(TREATY))
    digest = loaded(data).digest
    for name in Digest.SECTIONS:
        assert len(getattr(digest, name)) == 1, name
    said = check(Proof(loaded(data)))
    assert {problem.rule for problem in said if problem.severity == "error"} <= {"figure-not-in-quote"}


def test_the_examples_have_every_field_and_word_of_the_format() -> None:
    data = draft(TREATY)
    body = data.partition("\n# ====")[0]
    assert list(re.findall(r"(?m)^(?:# )?([a-z_]+):", body[body.index("key_points") :])) == list(
        Digest.SECTIONS
    )
    words = set(re.findall(r"[a-z-]+", body))
    for part in Digest.SECTIONS.values():
        for field in fields(part):
            assert field.name in body
            assert set(field.vocabulary) <= words
    assert max(map(len, body.splitlines())) <= 120


def test_an_optional_field_can_be_uncommented_alone() -> None:
    lines = draft(TREATY).splitlines()
    start, end = (
        lines.index("key_points:"),
        next(n for n, s in enumerate(lines) if s.startswith("# instruments")),
    )
    optional = [n for n in range(start, end) if re.match(r" +# [a-z_]+: ", lines[n])]
    assert len(optional) > 5
    for number in optional:
        changed = [*lines]
        changed[number] = changed[number].replace("# ", "", 1)
        plain = yaml.load("\n".join(changed), yaml.BaseLoader)
        assert len(plain["key_points"][0]) == 3


def test_the_text_is_a_list_of_what_there_is_to_do() -> None:
    _, _, listed = draft(TREATY).partition("\n# ====")
    assert "# == Article 1 Purpose" in listed
    assert "# [ ] Art. 1(2), line 11: 2. The first exchange takes place on 4 March 2031." in listed
    assert "#       dates: 4 March 2031\n" in listed
    assert "numbers: twelve keepers | six months" in listed
    assert "numbers: 83,000 crowns; names: Republic of Mell | Lighthouse Fund of Orlo" in listed
    assert listed.count("[ ]") == 6


def test_what_is_picked_in_another_language() -> None:
    found = picks(NEWS.splitlines()[2], "es", words_of(NEWS, "es"))
    assert found.names == ("Ramón Péralta",)
    assert found.numbers == ("2,5 millones de",)


def test_the_next_steps_fit_a_terminal(run: Run, folder: Path) -> None:
    """A command is on a line of its own, so that it can be copied."""
    made = run("new", "seeds/keepers.txt", "-o", "x.yaml", cwd=folder)
    steps = [line.strip() for line in made.err.splitlines() if line.startswith("  ")]
    commands = [line for line in steps if not line.startswith("#")]
    assert len(commands) * 2 == len(steps) == 8
    for command in commands:
        assert command.startswith("briefing ")
        assert "#" not in command


def test_a_hostile_text_stays_in_its_comments(run: Run, folder: Path) -> None:
    made = run("new", "seeds/hostile.txt", "-o", "x.yaml", cwd=folder)
    assert made.code == 0
    errors(run, folder, "x.yaml")
    written = (folder / "x.yaml").read_text()
    assert not re.search(UNSAFE, written)
    assert set(re.findall(r"(?m)^[^#\s]\w*", written)) <= {field.name for field in fields(Digest)} | {"%TAG"}


@given(st.text(max_size=300), st.text(max_size=40))
@example(HOSTILE, HOSTILE)
@example("\ud7ff\uffff\U0010ffff\x7f", "\x85\u2028")
def test_whatever_a_text_holds_its_digest_is_sound(raw: str, title: str) -> None:
    if not raw.strip():
        return
    try:
        text = drafts.read_data(Path("a.txt"), raw.encode(errors="ignore"), "en")
    except Failure:  # too many marks on one letter, nothing in it
        return
    head = Head("any", drafts.harmless(title) or "T", "2031", "en")
    data = "".join(drafts.digest(head, [text], Where(("a.txt",), None)))
    digest = loaded(data).digest
    assert digest.title == head.title
    assert len(digest.key_points) == len(digest.sources) == 1


@given(st.text())
def test_a_value_is_read_back_as_it_was(text: str) -> None:
    line = quoted(text)
    assert "\n" not in line
    assert yaml.load(f"a: {line}  # {remark(text)}", yaml.CBaseLoader) == {"a": text}


@given(st.text(), st.integers(2, 50))
def test_a_remark_is_one_visible_line(text: str, most: int) -> None:
    line = remark(text)
    assert len(line.splitlines()) <= 1
    assert not re.search(UNSAFE, line)
    assert len(re.sub(r"\\[xuU][0-9a-f]+|\\\w", ".", remark(text, most))) <= most


@given(st.text())
@example("digest")
def test_a_slug_is_an_id(title: str) -> None:
    made = drafts.slug(title)
    assert made == "" or re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= 60


def test_slugs_that_a_person_would_write() -> None:
    assert drafts.slug("U.S.–El Salvador Arrangement") == "us-el-salvador-arrangement"
    assert drafts.slug("Straßenübereinkommen") == "strassenubereinkommen"
    assert drafts.slug("关于移管的条约", "treaty_2") == "treaty-2"


def test_ids_of_sources_are_free() -> None:
    texts = [
        drafts.read_data(Path(name), b"A text.", "en")
        for name in ("digest.txt", "a.txt", "b/a.txt", "关于.txt")
    ]
    head = Head("a", "T", "2031", "en")
    data = "".join(drafts.digest(head, texts, Where(("1", "2", "3", "4"), None)))
    assert [source.id for source in loaded(data).digest.sources] == ["digest-2", "a", "a-2", "text"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", TREATY),
        ("es", NEWS),
        ("fr", "Les Parties s’engagent à informer le dépositaire des mesures qui sont prises pour la mise en œuvre."),
        ("de", "Die Parteien teilen dem Verwahrer die Maßnahmen mit, die zu der Durchführung des Vertrags dienen."),
        ("pt", "As Partes informam o depositário das medidas tomadas para a aplicação do acordo, em que não há dúvida."),
        ("ru", "Стороны сообщают депозитарию о мерах, принятых для осуществления договора, и не требуют платы."),
        ("ar", "تلتزم الأطراف بإبلاغ الوديع بالتدابير المتخذة لتنفيذ هذه الاتفاقية."),
        ("zh", "缔约方应当将为实施本条约所采取的措施通知保存人。"),
        ("ja", "締約国は、この条約を実施するためにとった措置を寄託者に通報する。"),
        ("ko", "당사국은 이 협정을 이행하기 위하여 취한 조치를 기탁자에게 통보한다."),
        ("", "12345 67890"),
    ],
    ids=lambda value: value if len(value) < 3 else "",
)  # fmt: skip
def test_the_language_of_a_text_is_guessed(language: str, text: str) -> None:
    assert guessed(text) == language
    assert loaded(draft(text)).digest.sources[0].language == (language or "en")


def test_an_example_is_there_for_every_section() -> None:
    for name in Digest.SECTIONS:
        assert re.fullmatch("[a-z]+(-[a-z]+)*-1", template.example_id(name))


@pytest.mark.slow
def test_a_long_text_takes_no_longer_than_it_is() -> None:
    drafts: list[str] = []
    once = seconds(lambda: drafts.append(draft(TREATY * 40)), 0)
    limit = 8 * 2.5 * max(once, 0.05)
    assert seconds(lambda: drafts.append(draft(TREATY * 320)), limit) < limit
    assert len(drafts[-1]) > 6 * len(drafts[0])


@pytest.mark.parametrize("raw", ["a" * 150_000, "A " * 75_000, "1 " * 75_000, "(((" * 50_000, "é\n" * 50_000], ids=["word", "capitals", "digits", "brackets", "lines"])  # fmt: skip
@pytest.mark.slow
def test_a_text_made_to_be_slow_is_not(raw: str) -> None:
    assert seconds(lambda: draft(raw), 6) < 6
