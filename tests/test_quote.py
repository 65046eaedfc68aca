"""`quote`: words of a text as evidence; every quote that is proposed is proved exactly once."""

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.pace import seconds
from support.program import BUNDLED, Run, answer

from briefing import loader
from briefing.loader import Origin
from briefing.model import Quote, fields
from briefing.proof import Proof
from briefing.texts.matching import Query
from briefing.texts.text import SourceText
from briefing.writing.evidence import Proposed, entries
from briefing.writing.quoting import Suggestion, suggestions

TREATY = """\
Agreement on the exchange of lighthouse keepers

Article 1

Consent

1. A keeper may be exchanged only with the consent of the keeper.
2. The consent of the keeper shall be given in writing.

Article 2

Costs

1. Each Party shall pay 83,000 crowns within six months.
2. Each Party shall bear its own costs.
3. The Party that withdraws its consent shall pay 9,000 crowns with-
in six months.

Article 3

Other costs

1. Each Party shall bear its own costs.
"""
TEXTS = {
    "en": TREATY,
    "es": "El señor Núñez dijo que «el acuerdo» costará 2,5 millones. El acuerdo no se publicó: el señor Núñez calla.",
    "de": "Die Maßnahmen gelten ab dem 4. März 2031. Die Maß-\nnahmen gelten auch für die Straße. Maßnahmen fehlen.",
    "ar": "وافق الطرفان على الاتفاق. وقع الطرفان على الاتفاق في 12 مارس. لم ينشر الاتفاق.",
    "he": "הצדדים הסכימו על ההסכם. הצדדים חתמו על ההסכם ב-12 במרץ.",
    "zh": "缔约方应当通知保存人。缔约方应当支付费用。保存人应当通知各缔约方。",
    "th": "ภาคีจะต้องแจ้งผู้รักษา ภาคีจะต้องชำระค่าใช้จ่าย ผู้รักษาจะแจ้งภาคี",
    "hostile": (
        'A "b": c # d, the text\x07 has \x1b[31mthe\u202e text\u202c - the text [sic] {the: text} &the *text.\n'
        "%TAG the text\x85the text\u2028'the' text\x0cthe te\u00adxt [3] the text\\n the—text… U.S. text\ufffe the text\n"
    ),
}
CASES = [
    ("en", "consent"), ("en", "party"), ("en", "own costs"), ("en", "1"), ("en", "pay"), ("en", "within"),
    ("en", "cons*"), ("es", "acuerdo"), ("es", "señor núñez"), ("es", "millones"), ("de", "maßnahmen"),
    ("de", "gelten"), ("ar", "الاتفاق"), ("ar", "الطرفان"), ("he", "ההסכם"), ("zh", "缔约方"), ("zh", "通知"),
    ("th", "ภาคี"), ("hostile", "text"), ("hostile", "the"),
]  # fmt: skip


def proposed(raw: str, *words: str, language: str = "en") -> list[Suggestion]:
    """What is proposed for these words."""
    return suggestions(SourceText(raw, language), words).found


def said(raw: str, *words: str) -> list[tuple[str, str]]:
    """The same as quotes and places."""
    return [(each.quote, each.place) for each in proposed(raw, *words)]


def as_evidence(found: list[Suggestion]) -> str:
    """The proposals as they are pasted."""
    return "".join(entries([Proposed("x", each, False) for each in found]))


def assert_proved(raw: str, found: list[Suggestion], language: str, folder: Path) -> None:
    """Paste the proposals into a digest as they are printed, and let the program prove them."""
    (folder / "seeds").mkdir(exist_ok=True)
    (folder / "seeds" / "a.txt").write_bytes(raw.encode())
    pasted = "".join(f"      {line}\n" for line in as_evidence(found).splitlines())
    data = f"""\
format: briefing/1
id: any
title: T
as_of: 2024
language: {language}
bottom_line: B
key_points:
  - id: kp
    text: K
    evidence:
{pasted}
sources:
  - {{id: s, title: "0", kind: primary, file: a.txt}}
"""
    loaded = loader.parse(data.encode(), Origin("any", folder / "any.yaml"))
    quotes = loaded.quotes(loaded.digest.key_points[0])
    assert [q.quote for q in quotes] == [each.quote for each in found]
    cited = Proof(loaded).cited
    assert [each.verdict for each in cited] == ["proved"] * len(found)
    for each, suggestion in zip(cited, found, strict=True):
        assert each.place is not None
        assert (each.place.start, each.place.end) == (suggestion.start, suggestion.end)


@pytest.mark.parametrize(("language", "words"), CASES, ids=lambda value: value)
def test_what_is_proposed_is_proved(language: str, words: str, tmp_path: Path) -> None:
    tongue = language if len(language) == 2 else "en"
    found = proposed(TEXTS[language], words, language=tongue)
    assert found
    assert_proved(TEXTS[language], found, tongue, tmp_path)


_WORDS = st.sampled_from(
    ["the", "The", "keeper", "keeper's", "consent", "co-operation", "cooperation", "non-\nbinding", "U.S.", "5", "5,000",
     "-5", "$5", ".", ",", ";", "—", "\n\n", "Article 2\n\n", "1. ", "(a) ", '"', "'", "[sic]", "[...]", "[3]", "…", ": ",
     " #", "\x07", "\u202e", "\u00ad", "é", "e\u0301", "ß", "条约", "اتفاق", "\u200c", "\ufeff", "%", "*", "{", "- "]
)  # fmt: skip


@given(st.lists(_WORDS, min_size=1, max_size=60), st.sampled_from(["the", "keeper", "5", "consent", "条约", "اتفاق", "co-operation", "U.S.", "sic", "e"]), st.booleans())  # fmt: skip
@settings(max_examples=300)
@example(["the", "keeper", "\n\n", "the", "keeper"], "keeper", True)
@pytest.mark.slow
def test_whatever_is_proposed_is_there_once(pieces: list[str], word: str, spaced: bool) -> None:
    raw = (" " if spaced else "").join(pieces)
    text = SourceText(raw)
    pasted = suggestions(text, [word])
    for each in pasted.found:
        places = text.find_all([Query(each.quote, each.prefix, each.suffix)])[0]
        if each.locator:
            within = text.structure.within(each.locator) or ()
            places = tuple(p for p in places if any(s.start <= p.start and p.end <= s.end for s in within))
        assert [(place.start, place.end) for place in places] == [(each.start, each.end)]
    lines = yaml.load(as_evidence(pasted.found) or "[]", yaml.CBaseLoader)
    keys = [line if isinstance(line, str) else line["quote"] for line in lines]
    assert keys == [each.quote for each in pasted.found]


def test_each_is_the_shortest_that_is_there_once() -> None:
    assert said(TREATY, "consent") == [
        ("Consent", "Art. 1"),
        ("the consent", "Art. 1(1)"),
        ("The consent", "Art. 1(2)"),
        ("its consent", "Art. 2(3)"),
    ]
    assert said(TREATY, "pay") == [("pay 83,000", "Art. 2(1)"), ("pay 9,000", "Art. 2(3)")]
    assert said(TREATY, "writing") == [("writing", "Art. 1(2)")]


def test_a_number_is_quoted_whole() -> None:
    assert said(TREATY, "000") == []
    assert said(TREATY, "crowns") == [("83,000 crowns", "Art. 2(1)"), ("9,000 crowns", "Art. 2(3)")]


def test_words_divided_at_the_end_of_a_line_are_joined() -> None:
    found = proposed(TREATY, "within")
    assert [each.quote for each in found] == ["crowns within", "9,000 crowns within"] or all(
        "with-" not in each.quote for each in found
    )
    assert len(found) == 2


def test_neither_case_nor_typography_counts() -> None:
    assert said("“Don’t  PAY”, he said.", "don't pay")[0][0] == "Don’t PAY"
    assert said("A ﬁne day.", "FINE") == [("ﬁne", "¶1")]
    assert said("Its co-operation ended.", "cooperation")[0][0] == "co-operation"


def test_words_are_whole_unless_a_star_asks_for_more() -> None:
    assert said("He consented.", "consent") == []
    assert said("He consented.", "consent*") == [("consented", "¶1")]


def test_several_words_have_to_be_in_one_sentence() -> None:
    assert said(TREATY, "consent", "writing") == [
        ("consent of the keeper shall be given in writing", "Art. 1(2)")
    ]
    assert said(TREATY, "writing", "crowns") == []
    assert said(TREATY, "six", "months") == said(TREATY, "six months")


def test_a_sentence_that_stands_twice_gets_what_tells_it_apart(tmp_path: Path) -> None:
    found = proposed(TREATY, "own costs")
    assert len(found) == 2
    assert all(each.prefix or each.suffix or each.locator for each in found)
    assert_proved(TREATY, found, "en", tmp_path)


def test_a_place_alone_can_tell(tmp_path: Path) -> None:
    same = "All the costs of the keepers are borne by the Party that has sent them, and by no other.\n\n" * 3
    raw = f"Article 1\n\n{same}Article 2\n\nThe same costs.\n\nArticle 3\n\n{same}"
    text = SourceText(raw)
    found = suggestions(text, ["costs"])
    assert_proved(raw, found.found, "en", tmp_path)
    assert len(found.found) + found.lost == 7


def test_at_keeps_to_a_part(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    result = run("quote", "a.txt", "consent", "--at", "Art. 2")
    assert (result.code, result.err) == (0, "")
    assert re.sub(r"(?m)^#.*\n", "", result.out) == '- "its consent"  # Art. 2(3), line 16\n'
    nowhere = run("quote", "a.txt", "consent", "--at", "Art. 9")
    assert (nowhere.code, nowhere.out) == (1, "")
    assert 'no part "Art. 9"' in nowhere.err


def test_nothing_found_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    result = run("quote", "a.txt", "lifeboat")
    assert (result.code, result.out) == (1, "")
    assert '"lifeboat" is not found' in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["consen"], ['"consen" is not found', 'help: "consen*" is, in 4 places']),
        (["writing", "lifeboat"], ['"lifeboat" is not found']),
        (["writing", "crowns"], ['no sentence has "writing" and "crowns"']),
        (["writing", "--at", "Art. 2"], ['no sentence has "writing" in Art. 2']),
    ],
    ids=["half a word", "one missing", "apart", "elsewhere"],
)
def test_why_nothing_is_found(arguments: list[str], said: list[str], run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    result = run("quote", "a.txt", *arguments)
    assert (result.code, result.out) == (1, "")
    assert [line.strip() for line in result.err.splitlines()] == said


def test_what_a_page_parts_is_quoted_as_one(tmp_path: Path) -> None:
    pages = [f"Some words of page {n} that nobody quotes.\n\n{n}\n\fMELL GAZETTE\n\n" for n in range(1, 6)]
    raw = "The harbour is re-\n".join(["", *pages]).replace(
        "re-\n", "re-\n\n7\n\n\fMELL GAZETTE\n\nopened. ", 1
    )
    text = SourceText(raw)
    for each in suggestions(text, ["harbour"]).found:
        assert len(text.find(each.quote, each.prefix, each.suffix)) == 1
    joined = suggestions(SourceText("It was re-\nopened in the har-\nbour of Mell."), ["harbour"]).found
    assert [each.quote for each in joined] == ["harbour"]
    assert joined[0].sentence == "It was reopened in the harbour of Mell."


def test_the_sentence_is_shown_beside_its_quote(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    assert run("quote", "a.txt", "writing").out == (
        '# 2. The consent of the keeper shall be given in writing.\n- "writing"  # Art. 1(2), line 8\n'
    )


def test_json_for_editors(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    (row,) = json.loads(run("quote", "a.txt", "writing", "-f", "json").out)
    start = TREATY.index("writing")
    assert row == {
        "quote": "writing", "prefix": None, "suffix": None, "source": "a.txt", "locator": None, "place": "Art. 1(2)",
        "line": 8, "start": start, "end": start + 7, "sentence": "2. The consent of the keeper shall be given in writing.",
    }  # fmt: skip
    assert {field.name for field in fields(Quote)} <= row.keys()


@pytest.mark.parametrize("format", ["table", "markdown", "jsonl", "csv", "tsv"])
def test_it_has_the_formats_of_every_view(format: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    result = run("quote", "a.txt", "consent", "-f", format)
    assert (result.code, result.err) == (0, "")
    assert "its consent" in result.out


def test_the_suffix_of_a_file_names_the_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    assert run("quote", "a.txt", "writing", "-o", "a.json").code == 0
    assert json.loads((tmp_path / "a.json").read_text())[0]["quote"] == "writing"
    assert run("quote", "a.txt", "writing", "-o", "a.yaml").code == 0
    assert yaml.safe_load((tmp_path / "a.yaml").read_text()) == ["writing"]


def test_a_digest_is_all_its_texts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(TREATY)
    (tmp_path / "seeds" / "b.txt").write_text("The keeper withdrew his consent.")
    (tmp_path / "d.yaml").write_text("""\
format: briefing/1
id: d
title: T
as_of: 2024
bottom_line: B
key_points:
  - {id: kp, text: K, evidence: [{source: a, quote: given in writing}]}
  - {id: broken, evidence: []}
sources:
  - {id: a, title: A, kind: primary, file: a.txt}
  - {id: b, title: B, kind: secondary, file: b.txt}
  - {id: c, title: C, kind: secondary, file: c.txt}
""")
    result = run("quote", "d.yaml", "consent")
    assert result.code == 0
    assert "c: not found" in result.err
    found = yaml.safe_load(result.out)
    assert {(each["source"], each["quote"]) for each in found} >= {("a", "its consent"), ("b", "consent")}
    unused = run("quote", "d.yaml", "consent", "--unused", "--at", "Art. 1")
    assert [each["quote"] for each in yaml.safe_load(unused.out)] == ["the consent"]


def test_a_digest_by_its_name() -> None:
    assert yaml.safe_load(answer("quote", BUNDLED, "the"))


def test_a_text_knows_nothing_of_use(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    result = run("quote", "a.txt", "consent", "--unused")
    assert (result.code, result.out) == (2, "")
    assert "name the digest" in result.err


def test_standard_input_is_a_text_or_a_digest(run: Run) -> None:
    assert run("quote", "-", "writing", stdin=TREATY.encode()).out.endswith(
        '- "writing"  # Art. 1(2), line 8\n'
    )


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere.yaml", "."])
def test_what_cannot_be_read_is_said(name: str, run: Run) -> None:
    result = run("quote", name, "x")
    assert (result.code, result.out) == (2, "")
    assert name in result.err


@pytest.mark.parametrize("words", ["*", "", "—", "  "])
def test_no_words_are_wrong_usage(words: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TREATY)
    assert run("quote", "a.txt", "--", words).code == 2


@pytest.mark.parametrize(
    ("raw", "word"),
    [("the " * 20_000, "the"), ("the cat. " * 10_000, "cat"), ("a" * 100_000, "a"), ("约" * 2_500, "约"),
     (f"{TREATY} " * 125, "consent"), ("the-" * 10_000, "the"), ("((the)) " * 5_000, "the")],
    ids=["one-word", "one-sentence", "no-space", "unspaced", "repeated", "hyphens", "brackets"],
)  # fmt: skip
@pytest.mark.slow
def test_a_text_made_to_be_slow_is_not(raw: str, word: str) -> None:
    assert seconds(lambda: proposed(raw, word), 4) < 4


def test_a_part_is_looked_through_whatever_stands_before_it(tmp_path: Path, run: Run) -> None:
    (tmp_path / "many.txt").write_text(
        "Article 1\n\n"
        + "Each party agrees to it. " * 6_000
        + "\n\nArticle 2\n\nNorland agrees to the quay.\n"
    )
    result = run("quote", "many.txt", "agrees", "--at", "Article 2")
    assert (result.code, result.err) == (0, "")
    assert "Norland agrees" in result.out


@pytest.mark.slow
def test_more_places_than_get_a_quote_are_told(tmp_path: Path, run: Run) -> None:
    text = "".join(f"Party {n} agrees to fee {n}. " for n in range(5_100))
    (tmp_path / "many.txt").write_text(text)
    assert "only the first 5,000 places were looked at" in run("quote", "many.txt", "agrees").err


@pytest.mark.parametrize("name", ["about.txt", "about.md"])
def test_a_text_about_the_format_is_a_text(name: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / name).write_text("A digest begins so:\n\nformat: briefing/1\n\nEach party pays the fee.\n")
    assert "pays the fee" in run("quote", name, "pays").out
