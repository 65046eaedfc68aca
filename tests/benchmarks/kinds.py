"""A megabyte of each kind of work: digests and source texts that a stranger could make."""

import itertools
import random
from collections.abc import Callable
from typing import NamedTuple

MB = 1_000_000


class Work(NamedTuple):
    """A digest, the later version that it is compared with, and its sources."""

    digest: str
    later: str
    texts: dict[str, str]
    texts_later: dict[str, str] | None = None


HEAD = "format: briefing/1\nid: x\ntitle: T\nas_of: 2025\nbottom_line: B.\n"
POINT = "key_points: [{id: k, text: t, evidence: [alpha]}]\n"
SOURCES = "sources:\n- {id: s, title: S, kind: primary, file: s.txt}\n"
TEXT = "The alpha party pays 5 crowns on 4 May 2025.\n"


def many(line: str, size: int = 0) -> str:
    """Lines with `#` as their number until they are a megabyte, or so large."""
    size = size or MB
    pieces, total = [], 0
    for number in itertools.count():
        pieces.append(line.replace("#", str(number)))
        total += len(pieces[-1].encode())
        if total >= size:
            return "".join(pieces)
    raise AssertionError


def digest(section: str, lines: str, more: str = "", text: str = TEXT, point: str = POINT) -> Work:
    """A digest with a section; its later version has every second word changed."""
    whole = f"{HEAD}{point}{more}{section}:\n{lines}{SOURCES}"
    return Work(whole, whole.replace("word", "ward").replace("B.", "C."), {"s.txt": text})


def events(line: str, **more: str) -> Work:
    return digest("timeline", many(line), **more)


def source(piece: str) -> Work:
    """A megabyte of a text."""
    whole = HEAD + POINT + SOURCES
    return Work(whole, whole.replace("B.", "C."), {"s.txt": TEXT + many(piece)})


def anagrams() -> Work:
    letters = itertools.permutations("abcdefgh")
    ids = ["".join(next(letters)) for _ in range(20_000)]
    lines = "".join(f"- {{id: {id}, date: 2025, event: word}}\n" for id in ids)
    wrong = "".join(
        f"- {{id: w{n}, date: 2025, event: e, actors: [{id[::-1]}z]}}\n" for n, id in enumerate(ids[:5000])
    )
    return digest("timeline", lines + wrong)


def words() -> str:
    chance = random.Random(1)
    known = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(4000)]
    said: list[str] = []
    size = 0
    while size < MB:
        sentence = " ".join(chance.choices(known, k=18)).capitalize() + ". "
        said.append(sentence + ("\n\n" if chance.random() < 0.2 else ""))
        size += len(said[-1])
    return "".join(said)


def quotes_of_one_source() -> Work:
    text = words()
    chance = random.Random(2)
    parts = text.split()
    lines = []
    for n in range(12_000):
        at = chance.randrange(len(parts) - 8)
        quote = " ".join(parts[at : at + 7]).replace('"', "")
        lines.append(f'- {{id: i{n}, date: 2025, event: word, evidence: ["{quote}"]}}\n')
    return digest("timeline", "".join(lines), text=TEXT + text)


def near_misses() -> Work:
    text = words()
    chance = random.Random(3)
    parts = text.split()
    lines = []
    for n in range(10_000):
        at = chance.randrange(len(parts) - 8)
        got = parts[at : at + 7]
        got[3] = "zz" + got[3]
        lines.append(f'- {{id: i{n}, date: 2025, event: word, evidence: ["{" ".join(got)}"]}}\n')
    return digest("timeline", "".join(lines), text=TEXT + text)


def many_sources(one_file: bool) -> Work:
    lines = many(
        f"- {{id: s#, title: S, kind: primary, file: {'s.txt' if one_file else 's#.txt'}, language: en, agency: a}}\n",
        MB // 3,
    )
    count = lines.count("\n")
    quoted = many("- {id: i#, date: 2025, event: word, evidence: [{source: s#, quote: alpha}]}\n", MB // 3)
    quoted = "".join(quoted.splitlines(keepends=True)[:count])
    whole = f"{HEAD}key_points: [{{id: k, text: t, evidence: [{{source: s1, quote: alpha}}]}}]\ntimeline:\n{quoted}sources:\n{lines}"
    names = ["s.txt"] if one_file else [f"s{n}.txt" for n in range(count)]
    texts = {name: TEXT * (MB // len(TEXT) if one_file else 1) for name in names}
    return Work(whole, whole.replace("word", "ward"), texts)


def derived(shape: str) -> Work:
    lines = ["- {id: s0, title: S, kind: primary, file: s.txt}\n"]
    for n in range(1, 16_000):
        other = n - 1 if shape == "chain" else 0
        lines.append(f"- {{id: s{n}, title: S, kind: secondary, derived_from: s{other}}}\n")
    whole = f"{HEAD}{POINT}findings:\n- {{id: f, about: [k], status: corroborated, text: t, sources: [{', '.join(f's{n}' for n in range(1, 16_000, 3))}]}}\nsources:\n{''.join(lines)}"
    return Work(whole, whole, {"s.txt": TEXT})


def deadlines(circle: bool) -> Work:
    first = (
        "- {id: e0, date: 2000, event: word}\n"
        if not circle
        else "- {id: e0, event: word, deadline: {within: P1D, of: e9999}}\n"
    )
    lines = first + "".join(
        f"- {{id: e{n}, event: word, deadline: {{within: P1D, of: e{n - 1}, for: [a]}}}}\n"
        for n in range(1, 10_000)
    )
    return digest("timeline", lines, more="stakeholders: [{id: a, name: A, kind: state, roles: [party]}]\n")


def based_on(shape: str) -> Work:
    lines = []
    for n in range(8_000):
        others = (
            [f"k{n - 1}"]
            if shape == "chain" and n
            else [f"k{m}" for m in range(max(0, n - 12), n)]
            if shape == "mesh"
            else []
        )
        if shape == "circle":
            others = [f"k{(n + 1) % 8_000}"]
        lines.append(f"- {{id: k{n}, text: word, evidence: [alpha], based_on: [{', '.join(others)}]}}\n")
    return digest("key_points", "".join(lines), point="")


def findings_about_one() -> Work:
    return digest("findings", many("- {id: f#, about: [k], status: disputed, text: word, sources: [s]}\n"))


def finding_about_many() -> Work:
    lines = many("- {id: i#, date: 2025, event: word}\n", MB // 2)
    count = lines.count("\n")
    ids = ", ".join(f"i{n}" for n in range(count))
    finding = f"findings: [{{id: f, about: [{ids}], status: disputed, text: word, sources: [s]}}]\n"
    return digest("timeline", lines, more=finding)


def findings_mesh() -> Work:
    lines = "".join(f"- {{id: i{n}, date: 2025, event: word}}\n" for n in range(300))
    ids = ", ".join(f"i{n}" for n in range(300))
    found = "".join(
        f"- {{id: f{n}, about: [{ids}], status: disputed, text: word, sources: [s]}}\n" for n in range(500)
    )
    return digest("timeline", lines, more=f"findings:\n{found}")


def terms_with_instruments() -> Work:
    instruments = many(
        "- {id: a#, title: word #, type: treaty, bindingness: binding, status: signed, parties: [p], implements: [a0]}\n",
        MB // 3,
    )
    more = f"instruments:\n{instruments}stakeholders: [{{id: p, name: P, kind: state, roles: [party]}}]\n"
    count = instruments.count("\n")
    terms = "".join(
        f"- {{id: t{n}, text: word, type: obligation, instrument: a{n % count}, obligor: [p], obligee: [p], provision: Art. {n}}}\n"
        for n in range(7000)
    )
    return digest("terms", terms, more=more)


def people() -> Work:
    lines = []
    for n in range(6000):
        lines.append(
            f"- {{id: p{n}, name: Word {n}, kind: person, roles: [party], represents: p{(n * 7) % 6000}, part_of: p{max(n - 1, 0)}, relations: [{{type: ally, target: p0}}]}}\n"
        )
    return digest("stakeholders", "".join(lines))


def references_to_one(names: int = 1) -> Work:
    lines = many("- {id: i#, date: 2025, event: word, actors: [p]}\n")
    return digest("timeline", lines, more="stakeholders: [{id: p, name: P, kind: state, roles: [party]}]\n")


def one_names_many() -> Work:
    lines = many("- {id: p#, name: Word #, kind: state, roles: [party]}\n", MB // 2)
    ids = ", ".join(f"p{n}" for n in range(lines.count("\n")))
    return digest(
        "timeline", f"- {{id: i, date: 2025, event: word, actors: [{ids}]}}\n", more=f"stakeholders:\n{lines}"
    )


def locators() -> Work:
    text = "".join(
        f"Article {n}\n\n1. The word alpha is said here.\n\n2. The word alpha too.\n\n" for n in range(14_000)
    )
    lines = "".join(
        f"- {{id: i{n}, date: 2025, event: word, evidence: [{{quote: word alpha, locator: Art. {n}(2)}}]}}\n"
        for n in range(10_000)
    )
    return digest(
        "timeline",
        lines,
        text=text,
        point="key_points: [{id: k, text: t, evidence: [{quote: word alpha, locator: Art. 3(1)}]}]\n",
    )


def omitted() -> Work:
    text = "".join(
        f"Article {n}\n\nThe word alpha {n} is said here. It is long enough to be counted.\n\n"
        for n in range(12_000)
    )
    left = ", ".join(f"{{locator: Art. {n}, reason: r}}" for n in range(12_000))
    whole = f"{HEAD}{POINT.replace('alpha', 'alpha 5 is')}sources:\n- {{id: s, title: S, kind: primary, file: s.txt, omitted: [{left}]}}\n"
    return Work(whole, whole, {"s.txt": text})


def hashes() -> Work:
    lines = many(f"- {{id: s#, title: S, kind: primary, file: a#.txt, sha256: {'ab' * 32}}}\n", MB)
    whole = f"{HEAD}key_points: [{{id: k, text: t}}]\nsources:\n{lines}"
    return Work(whole, whole, {f"b{n}.txt": TEXT for n in range(2000)})


def nested() -> Work:
    return digest(
        "timeline", f"- {{id: i, date: 2025, event: e, tags: {'[' * 30}{'a, ' * (MB // 3)}{']' * 30}}}\n"
    )


def long(field: str) -> Work:
    text = "word and " * (MB // 9)
    return digest(
        "timeline",
        f"- {{id: i, date: 2025, event: {text if field == 'event' else 'e'}, note: {text if field == 'note' else 'n'}}}\n",
    )


def long_quote() -> Work:
    text = words()
    quote = " ".join(text.split())
    return digest(
        "timeline", f'- {{id: i, date: 2025, event: e, evidence: ["{quote[: MB - 10]}"]}}\n', text=text
    )


def long_missing_quote() -> Work:
    text = words()
    quote = " ".join(reversed(text.split()))
    return digest(
        "timeline", f'- {{id: i, date: 2025, event: e, evidence: ["{quote[: MB // 2]}"]}}\n', text=text
    )


def elisions() -> Work:
    text = words()
    parts = text.split()
    quote = " [...] ".join(parts[n] for n in range(0, len(parts), 9))
    return digest("timeline", f'- {{id: i, date: 2025, event: e, evidence: ["{quote}"]}}\n', text=text)


def changed_articles() -> Work:
    old = "".join(
        f"Article {n}\n\nThe word alpha {n} is said by {n * 7}. It is long enough.\n\n" for n in range(12_000)
    )
    return Work(HEAD + POINT.replace("alpha", "alpha 5 is") + SOURCES, HEAD + POINT + SOURCES, {"s.txt": old})


def wrong_quotes(count: int) -> Work:
    """Quotes of which every one is nearly there, or stands in several places, or has a wrong locator."""
    text = words()
    chance = random.Random(5)
    parts = text.split()
    lines = []
    for n in range(count):
        at = chance.randrange(len(parts) - 30)
        got = parts[at : at + 25]
        got[n % 20] = "zz"
        entry = ('"#"', '{quote: "#", locator: Art. 3}', '{quote: "#", prefix: nowhere}')[n % 3]
        quote = " ".join(got if n % 3 == 0 else parts[at : at + 1 + n % 2])
        lines.append(f"- {{id: i{n}, date: 2025, event: word, evidence: [{entry.replace('#', quote)}]}}\n")
    return digest("timeline", "".join(lines), text=TEXT + text)


def contexts() -> Work:
    """Quotes that stand often, each with a prefix and a suffix that tell which place is meant."""
    text = "".join(f"Party {n} says that the fee is due for {n} years. " for n in range(20_000))
    lines = "".join(
        f"- {{id: i{n}, date: 2025, event: word, evidence: [{{quote: says that the fee is due, prefix: Party {n * 3}, suffix: for {n * 3} years}}]}}\n"
        for n in range(6_500)
    )
    return digest("timeline", lines, text=TEXT + text)


def ambiguous() -> Work:
    """Quotes that stand often, and nothing tells which place is meant."""
    text = "".join(f"Party {n} says that the fee is due for {n} years. " for n in range(20_000))
    lines = many("- {id: i#, date: 2025, event: word, evidence: [says that the fee, the fee is due]}\n")
    return digest("timeline", lines, text=TEXT + text)


def permuted() -> Work:
    sentences = [f"Clause {n} says that the fee of bridge {n} is {n} crowns. " for n in range(18_000)]
    text = "".join(sentences)
    random.Random(4).shuffle(sentences)
    whole = HEAD + POINT + SOURCES
    return Work(whole, whole, {"s.txt": TEXT + text}, {"s.txt": TEXT + "".join(sentences)})


def all_different() -> Work:
    whole = HEAD + POINT + SOURCES
    return Work(
        whole,
        whole,
        {"s.txt": TEXT + words()},
        {"s.txt": TEXT + words().translate(str.maketrans("abc", "xyz"))},
    )


def ids(form: str) -> Work:
    """Items that refer to what there is not, and each id is a little like all others."""
    known = many(f"- {{id: {form.replace('%', '#')}, date: 2025, event: word}}\n", MB // 2)
    wrong = many(
        f"- {{id: w#, date: 2025, event: word, actors: [{form.replace('%', '#')}x, {form.replace('%', '#')}y]}}\n",
        MB // 2,
    )
    return digest("timeline", known + wrong)


KINDS: dict[str, Callable[[], Work]] = {
    "items without keys": lambda: events("- {}\n"),
    "items that are texts": lambda: events("- a\n"),
    "items of unknown keys": lambda: events("- {idd: i#, dat: 2025, evnt: word}\n"),
    "an item of unknown keys": lambda: digest("timeline", "- {id: i, event: e, " + many("k#: v, ") + "}\n"),
    "an item of a key again and again": lambda: digest(
        "timeline", "- {id: i, " + "event: e, " * (MB // 10) + "}\n"
    ),
    "the same id": lambda: events("- {id: i, date: 2025, event: word}\n"),
    "words that are of no vocabulary": lambda: events(
        "- {id: i#, date: 2025, event: word, status: plnned, date_basis: sttd}\n"
    ),
    "dates that are none": lambda: events("- {id: i#, date: 2025-13-45, event: word}\n"),
    "empty lists": lambda: Work(HEAD + "timeline: [" + "[]," * (MB // 3) + "]\n", HEAD, {}),
    "empty keys": lambda: Work(HEAD + "timeline: [" + "{}," * (MB // 3) + "]\n", HEAD, {}),
    "commas": lambda: Work(HEAD + "timeline: [" + "a," * (MB // 2) + "]\n", HEAD, {}),
    "bare dashes": lambda: Work(HEAD + "timeline:\n" + "-\n" * (MB // 2), HEAD, {}),
    "anchors and aliases": lambda: events("- {id: i#, date: &a#  2025, event: *a#}\n"),
    "tags and merge keys": lambda: events("- {id: !t i#, date: 2025, event: word, <<: {a: b}}\n"),
    "open brackets": lambda: Work(HEAD + "timeline: " + "[" * MB, HEAD, {}),
    "open braces": lambda: Work(HEAD + "timeline: " + "{a: " * (MB // 4), HEAD, {}),
    "dashes on a line": lambda: Work(HEAD + "timeline:\n" + "- " * (MB // 2), HEAD, {}),
    "indentation": lambda: Work(HEAD + "".join(f"{' ' * n}a:\n" for n in range(1400)), HEAD, {}),
    "a key of a megabyte": lambda: Work(HEAD + "k" * MB + ": v\n", HEAD, {}),
    "an id of a megabyte": lambda: digest(
        "timeline", f"- {{id: {'a' * MB}, date: 2025, event: word, actors: [{'b' * 60}]}}\n"
    ),
    "a date of a megabyte": lambda: digest("timeline", f"- {{id: i, date: {'2' * MB}, event: word}}\n"),
    "a number of a megabyte in a figure": lambda: digest(
        "figures", f"- {{id: i, label: word, value: {'2' * MB}}}\n"
    ),
    "exponents": lambda: digest(
        "figures", many("- {id: i#, label: word, value: 1e999999, evidence: [5 crowns]}\n")
    ),
    "an address of a megabyte": lambda: Work(
        HEAD + POINT + SOURCES.replace("}", f", url: 'https://a.b/{'(' * MB}'}}"), HEAD, {"s.txt": TEXT}
    ),
    "comments": lambda: events("- {id: i#, date: 2025, event: word} # word\n"),
    "texts that comments cut": lambda: digest(
        "timeline", many("- id: i#\n  date: 2025\n  event: word # word\n")
    ),
    "control characters": lambda: events('- {id: i#, date: 2025, event: "word\\x07\\u202e"}\n'),
    "escapes": lambda: digest("timeline", '- {id: i, date: 2025, event: "' + "\\u00e9" * (MB // 6) + '"}\n'),
    "ids with a number at the end": lambda: ids("item-%"),
    "ids with a long beginning": lambda: ids("a" * 48 + "%"),
    "wrong quotes": lambda: wrong_quotes(1000),
    "more wrong quotes": lambda: wrong_quotes(6000),
    "prefix and suffix": contexts,
    "ambiguous quotes": ambiguous,
    "quotes with elisions": lambda: digest(
        "timeline",
        many(
            '- {id: i#, date: 2025, event: word, evidence: ["The [...] party [...] pays [...] crowns [...] 4 [...] May [...] 2025"]}\n'
        ),
        text=TEXT * (MB // len(TEXT)),
    ),
    "quotes with insertions": lambda: digest(
        "timeline",
        many(
            '- {id: i#, date: 2025, event: word, evidence: ["[T]he [big] alpha [sic] party [a][b][c] pays"]}\n'
        ),
        text=TEXT * (MB // len(TEXT)),
    ),
    "brackets in quotes": lambda: digest(
        "timeline",
        '- {id: i, date: 2025, event: word, evidence: ["' + "[a" * (MB // 4) + "]" * (MB // 4) + '"]}\n',
    ),
    "hyphens before spaces in quotes": lambda: events(
        '- {id: i#, date: 2025, event: word, evidence: ["short- and mid- and long- and wide- and far-off"]}\n'
    ),
    "sentences in another order": permuted,
    "texts with nothing in common": all_different,
    "numerals in words": lambda: events(
        "- {id: i#, date: 2025, event: 'word two thirds of twenty-five million and half a dozen', evidence: [alpha]}\n"
    ),
    "words of numbers in a text": lambda: source(
        "two thirds of a million and half a dozen, twenty-one hundred "
    ),
    "fractions": lambda: source("\u00bd 1/2 3 1/2 one half two and three quarters "),
    "ordinals": lambda: source("third third fifth half quarter "),
    "Chinese numerals": lambda: source(
        "\u4e09\u767e\u4e07\u4eba\u3001\u4e8c\u5341\u4e94\u5e74\u3001\u4e09\u5206\u4e4b\u4e8c"
    ),
    "Chinese numerals alone": lambda: source("\u4e09\u767e\u4e8c\u5341"),
    "numbers in items": lambda: events(
        "- {id: i#, date: 2025, event: '1 2 3 4 5 6 7 8 9 10 11 12', evidence: [5 crowns]}\n"
    ),
    "an item of numbers": lambda: digest(
        "timeline", "- {id: i, date: 2025, event: '" + many("# ") + "', evidence: [5 crowns]}\n"
    ),
    "an item of words of numbers": lambda: digest(
        "timeline",
        "- {id: i, date: 2025, event: '" + "twenty-five million " * (MB // 20) + "', evidence: [5 crowns]}\n",
    ),
    "numbers alone": lambda: source("5 "),
    "ranges": lambda: source("5-6 to 7 and between 8 and 9, 10\u201312 "),
    "percent signs and currencies": lambda: source("$5 % \u20ac 6 US$ 7m Rs. 8 "),
    "labels of numbers": lambda: source("Article 5 and 6, 7 and 8(a), paragraphs (1), (2) to (5) "),
    "telephone numbers": lambda: source("+503 2222 3333 4444 tel. 1 22 33 44 "),
    "points of lists": lambda: source("a) b c\nb) c d\n(i) e f\n(ii) g h\n1.1.1 i j\n"),
    "headings of many kinds": lambda: source("CHAPTER IV\nSection 2\nArticle 3\nANNEX A\n\n"),
    "tables of contents": lambda: source("Article 5 ........ 12\n"),
    "heads and feet": lambda: source("Treaty on Bridges   12\nThe alpha party pays here and\n\x0c"),
    "brackets": lambda: source("([{"),
    "brackets that close": lambda: source("([{a}])"),
    "blanks": lambda: source(" "),
    "tabs and line ends": lambda: source("\t\n \n"),
    "carriage returns": lambda: source("\r"),
    "nothing visible": lambda: source("\u200b\u200d\ufeff\u00ad"),
    "right to left": lambda: source("\u0627\u0644\u0645\u0627\u062f\u0629 \u0665 \u0645\u0646 "),
    "Chinese without spaces": lambda: source("\u4e2d\u56fd\u653f\u5e9c\u3002"),
    "Chinese without an end": lambda: source("\u4e2d\u56fd\u653f\u5e9c"),
    "Thai": lambda: source("\u0e01\u0e32\u0e23\u0e15\u0e01\u0e25\u0e07"),
    "ligatures": lambda: source("o\ufb03ce \ufdfa "),
    "dots": lambda: source("."),
    "initials": lambda: source("U.S.A. J. F. K. "),
    "addresses": lambda: source("https://a.b/c?d=e&f#g www.a.com a@b.co "),
    "apostrophes": lambda: source("can't 'tis the parties' o'clock "),
    "hyphens": lambda: source("a-"),
    "dashes": lambda: source("\u2014 a \u2013 b -- c "),
    "amounts beside dates": lambda: source("12.05.2025 1.500 05/06/07 2025-05-04T12:30 "),
    "months": lambda: source("May May 4 March may january 31 "),
    "notes": lambda: source("word[1] word.2 word\u00b3 [a] (1) "),
    "amendments": lambda: source(
        "In Article 5(1), the word \u201calpha\u201d is replaced by \u201cbeta\u201d.\n"
    ),
    "Markdown": lambda: source("# a\n\n* b `c` [d](e) **f**\n\n> g\n\n| h | i |\n"),
    "whitespace in items": lambda: digest(
        "timeline", '- {id: i, date: 2025, event: "' + "a" + "  " * (MB // 2) + 'b"}\n'
    ),
    "many items": lambda: events("- {id: i#, date: 2025, event: word}\n"),
    "many items at many dates": lambda: events(
        "- {id: i#, date: 2025-01-02/2026-03, event: word on 5 May 2025 of 1,000, place: P}\n"
    ),
    "a long text": lambda: long("event"),
    "a long note": lambda: long("note"),
    "a long quote": long_quote,
    "a long quote that is missing": long_missing_quote,
    "a quote with many elisions": elisions,
    "references with typos": lambda: events(
        "- {id: i#, date: 2025, event: word, actors: [stakeholdr-#]}\n",
        more="stakeholders:\n"
        + many("- {id: stakeholder-#, name: A, kind: state, roles: [party]}\n", MB // 2),
    ),
    "ids that are anagrams": anagrams,
    "words with combining marks": lambda: source("a\u0301\u0316e\u0301 o\u0308\u0323 "),
    "combining marks in items": lambda: events(
        "- {id: i#, date: 2025, event: 'e" + "\u0301\u0316" * 15 + " word'}\n"
    ),
    "quotation marks": lambda: source("\u201ca\u201d \u00ab b \u00bb 'c' \"d\" "),
    "quotation marks that never close": lambda: source("\u201ca \u00abb \u201ec "),
    "quotation marks in items": lambda: events(
        "- {id: i#, date: 2025, event: '\u201cword\u201d \u00ab''\u201e', evidence: ['\u201calpha']}\n"
    ),
    "Chinese with full stops": lambda: source("\u4e2d\u534e\u4eba\u6c11\u7b2c\u4e00\u6761\u3002"),
    "Thai without spaces": lambda: source("\u0e01\u0e32\u0e23\u0e1b\u0e23\u0e30\u0e0a\u0e38\u0e21"),
    "Chinese in items": lambda: events(
        "- {id: i#, date: 2025, event: '\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd', evidence: ['\u4eba\u6c11']}\n",
        text=TEXT + "\u4e2d\u534e\u4eba\u6c11\u5171\u548c\u56fd" * 40_000,
    ),
    "deep nesting": nested,
    "many sources of one file": lambda: many_sources(True),
    "many sources, a file each": lambda: many_sources(False),
    "sources derived in a chain": lambda: derived("chain"),
    "sources derived from one": lambda: derived("star"),
    "quotes of one source": quotes_of_one_source,
    "quotes that are nearly there": near_misses,
    "one quote often": lambda: events("- {id: i#, date: 2025, event: word, evidence: [alpha]}\n"),
    "one quote often, often there": lambda: events(
        "- {id: i#, date: 2025, event: word, evidence: [alpha]}\n", text=TEXT * 22_000
    ),
    "a thousand quotes an item": lambda: digest(
        "timeline",
        "".join(
            f"- {{id: i{n}, date: 2025, event: word, evidence: [{', '.join(['alpha'] * 1000)}]}}\n"
            for n in range(99)
        ),
    ),
    "long numbers": lambda: events(
        "- {id: i#, date: 2025, event: 'word 123456789012345678901234567890,000,000.55 and 1,2,3,4,5'}\n"
    ),
    "long numbers in a text": lambda: source("123456789,012,345.678 1.2.3.4 " + "9" * 50 + " "),
    "a number of a megabyte": lambda: source("1,000"),
    "numbers in words": lambda: source("twenty-five million three hundred and forty-two thousand "),
    "figures": lambda: digest(
        "figures", many("- {id: i#, label: word, value: 1#, upper: 2#, unit: crowns, evidence: [5 crowns]}\n")
    ),
    "dates": lambda: source("4 May 2025, May 4 2025, 04/05/2025, the fourth of May, 2025-05-04. "),
    "dates in items": lambda: events(
        "- {id: i#, date: 2025-05-04, event: word, date_text: 4 May 2025, evidence: [4 May 2025]}\n"
    ),
    "markup": lambda: events("- {id: i#, date: 2025, event: '*_`[<|$~^{}#@:&www.a.com http://b.co/--...'}\n"),
    "markup of one kind": lambda: events(
        "- {id: i#, date: 2025, event: '" + "*" * 40 + "[" * 40 + ":a:" * 20 + "'}\n"
    ),
    "a text of markup": lambda: digest(
        "timeline", "- {id: i, date: 2025, event: '" + "*a_[<&#x" * (MB // 8) + "'}\n"
    ),
    "a text of colons": lambda: digest(
        "timeline", "- {id: i, date: 2025, event: '" + ":a" * (MB // 2) + "'}\n"
    ),
    "a text of dots and slashes": lambda: digest(
        "timeline", "- {id: i, date: 2025, event: '" + "a.co//" * (MB // 6) + "'}\n"
    ),
    "a word of a megabyte": lambda: digest("timeline", "- {id: i, date: 2025, event: " + "a" * MB + "}\n"),
    "a text of wide letters": lambda: digest(
        "timeline", "- {id: i, date: 2025, event: " + "\u4e2d" * (MB // 3) + "}\n"
    ),
    "a text of emoji": lambda: digest(
        "timeline",
        "- {id: i, date: 2025, event: " + "\U0001f468\u200d\U0001f469\u200d\U0001f466" * (MB // 18) + "}\n",
    ),
    "locators": locators,
    "places left out": omitted,
    "hashes of files that have moved": hashes,
    "deadlines in a chain": lambda: deadlines(False),
    "deadlines in a circle": lambda: deadlines(True),
    "based on in a chain": lambda: based_on("chain"),
    "based on in a circle": lambda: based_on("circle"),
    "based on in a mesh": lambda: based_on("mesh"),
    "findings about one item": findings_about_one,
    "a finding about many items": finding_about_many,
    "findings about the same items": findings_mesh,
    "tags": lambda: events("- {id: i#, date: 2025, event: word, tags: [a#, b#, c, d, e, f]}\n"),
    "an item of many tags": lambda: digest(
        "timeline", "- {id: i, date: 2025, event: e, tags: [" + many("t#, ") + "]}\n"
    ),
    "terms with instruments": terms_with_instruments,
    "instruments that amend in a chain": lambda: digest(
        "instruments",
        "- {id: a0, title: word, type: treaty, bindingness: binding, status: signed, parties: [p]}\n"
        + "".join(
            f"- {{id: a{n}, title: word, type: treaty, bindingness: binding, status: signed, parties: [p], amends: [a{n - 1}], supersedes: [a{n - 1}]}}\n"
            for n in range(1, 8000)
        ),
        more="stakeholders: [{id: p, name: P, kind: state, roles: [party]}]\n",
    ),
    "people": people,
    "references to one item": references_to_one,
    "an item that names many": one_names_many,
    "questions": lambda: digest(
        "questions",
        many(
            "- {id: q#, question: word?, category: legal, why_it_matters: w, law: [{citation: c, source: s}], related: [k], settled_by: w}\n"
        ),
    ),
    "claims": lambda: digest(
        "claims", many("- {id: c#, text: word, kind: fact, asserted_by: [s], date: 2025}\n")
    ),
    "headings": lambda: source("Article 5\n\n1. a b c\n\n(a) d e f.\n\n"),
    "paragraphs": lambda: source("Some words here that say alpha. And another one.\n\n"),
    "pages": lambda: source("12\n\x0cHead of page\nSome words here that say alpha.\n"),
    "hyphens at line ends": lambda: source("agree-\nment and non-\nbinding "),
    "changed articles": changed_articles,
    "one long line": lambda: source("word alpha beta, "),
    "a text of words": lambda: Work(
        HEAD + POINT + SOURCES, HEAD + POINT + SOURCES, {"s.txt": TEXT + words()}
    ),
}
