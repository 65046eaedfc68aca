"""What a person sees in a terminal: nothing cut, nothing too wide, nothing that only colour says."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from support.columns import beneath, with_role
from support.gfm import fold
from support.program import BUNDLED, DIGESTS, answer, briefing
from support.terminal import see
from wcwidth import wcswidth

from briefing import loader, views
from briefing.document import Column, Role, Section, Show, lead, one
from briefing.render import Look, renderer
from briefing.views import VIEWS
from briefing.wording import phrased, spoken, worded

FULL, HOSTILE = DIGESTS / "valid" / "full.yaml", DIGESTS / "valid" / "hostile-text.yaml"
SEEN: tuple[Role, ...] = ("lead", "wide", "side", "under", "badge", "body", "detail")
ESCAPES = re.compile("\x1b\\[[0-9;]*m")

every_view = pytest.mark.parametrize("name", VIEWS)
every_digest = pytest.mark.parametrize("digest", [BUNDLED, FULL, HOSTILE], ids=lambda path: Path(path).stem)


@cache
def section_of(digest: str | Path, name: str) -> Section:
    return views.view(name)(loader.load(str(digest)))


@cache
def drawn(
    digest: str | Path, name: str, width: int, *, evidence: bool = True, color: bool = False
) -> tuple[str, ...]:
    """The lines of a view. Each combination is drawn once, however many tests look at it."""
    look = Look(width=width, evidence=evidence, color=color)
    return tuple("".join(renderer("table")(one(section_of(digest, name)), look)).splitlines())


def squeezed(*texts: str) -> str:
    """The texts without white space and capitals: it does not matter where lines are broken, or that a
    badge begins small in the middle of its line."""
    return "".join("".join(texts).split()).lower()


@every_digest
@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 120, 200])
@every_view
@pytest.mark.slow
def test_no_line_is_wider_than_the_screen(name: str, width: int, digest: str | Path) -> None:
    lines = drawn(digest, name, width)
    assert [line for line in lines if not 0 <= wcswidth(line) <= width] == []
    assert [line for line in lines if line.endswith(" ")] == []


@every_digest
@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 120, 200])
@every_view
@pytest.mark.slow
def test_no_character_is_lost(name: str, width: int, digest: str | Path) -> None:
    section = section_of(digest, name)
    wanted = squeezed(*(phrased(column, row) for row in section.rows for column in with_role(section, *SEEN)))
    seen = squeezed(*drawn(digest, name, width))
    assert {character for character in wanted if seen.count(character) < wanted.count(character)} == set()
    titles = {section.group(row) for row in section.rows} if section.group else set()
    cut = wanted.count("…") + sum(title.count("…") for title in titles)
    assert seen.count("…") <= cut  # a long name is cut before it comes here


@every_digest
@pytest.mark.parametrize("width", [20, 40, 50])
@every_view
@pytest.mark.slow
def test_on_a_narrow_screen_each_text_stands_whole_and_rows_in_order(
    name: str, width: int, digest: str | Path
) -> None:
    section = section_of(digest, name)
    lines = drawn(digest, name, width)
    assert not any(line.startswith("──") for line in lines)
    seen = squeezed(*lines)
    for row in section.rows:
        for column in with_role(section, *SEEN):
            assert squeezed(phrased(column, row)) in seen
    place = 0
    for row in section.rows:  # a name may also stand in what others say
        place = seen.index(squeezed(spoken(lead(section).cell(row))), place) + 1


def badges_of(section: Section, row: Any) -> list[str]:
    return [text for column in with_role(section, "badge") if (text := phrased(column, row))]


@pytest.mark.parametrize("digest", [BUNDLED, FULL], ids=lambda path: Path(path).stem)
@pytest.mark.parametrize("width", [90, 120, 200])
# A timeline has no titles, and numbers stand at the right of their column.
@pytest.mark.parametrize("name", ["stakeholders", "sources"])
def test_a_column_holds_its_texts_and_what_belongs_below_them(
    name: str, width: int, digest: str | Path
) -> None:
    section = section_of(digest, name)
    lines = drawn(digest, name, width, evidence=False)
    (rule,) = (number for number, line in enumerate(lines) if line.startswith("──"))
    starts = [match.start() for match in re.finditer(r"\S+(?: \S+)*", lines[rule - 1])]
    columns = with_role(section, "lead", "wide", "side")
    assert [column.title for column in columns] == re.split(" {2,}", lines[rule - 1].strip())
    for column, (start, stop) in zip(columns, pairwise([*starts, width]), strict=True):
        texts = [
            text
            for row in section.rows
            for text in (
                column.show.say(row) if column.show.say else worded(column, column.cell(row)),
                " · ".join(badges_of(section, row)) if column.show.role == "lead" else "",
                *(phrased(other, row) for other in beneath(section, column.name)),
            )
        ]
        assert squeezed(*(line[start:stop] for line in lines[rule + 1 :])) == squeezed(*texts)


@pytest.mark.parametrize("columns", [40, 100])
@every_view
@pytest.mark.slow
def test_the_screen_shows_what_a_pipe_gets_for_that_width(name: str, columns: int) -> None:
    seen = see(name, columns=columns)
    assert seen.code == 0
    piped = answer(name, "-f", "table", "--width", columns).splitlines()
    assert seen.lines[: len(piped)] == piped
    hint = seen.lines[len(piped) :]
    assert hint[0] == "" or name == "summary"  # whose last line it belongs to
    assert "briefing " in fold(" ".join(hint)) or "--full" in hint[1]
    assert len(seen.lines) == len(seen.raw.splitlines())  # so no line reached over the edge


@every_digest
@every_view
@pytest.mark.slow
def test_colour_only_repeats_what_the_words_say(name: str, digest: str | Path) -> None:
    coloured = "\n".join(drawn(digest, name, 80, color=True))
    assert ESCAPES.search(coloured)
    assert tuple(ESCAPES.sub("", coloured).splitlines()) == drawn(digest, name, 80)


@pytest.mark.parametrize(
    ("options", "env", "colour"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"TERM": "dumb"}, False),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ([], {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
@pytest.mark.slow
def test_colour_in_a_terminal(options: list[str], env: dict[str, str], colour: bool) -> None:
    assert ("\x1b[" in see("figures", *options, columns=80, env=env).raw) is colour


@pytest.mark.parametrize(
    ("options", "env", "colour"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {}, True),
    ],
)
def test_colour_in_a_pipe(options: list[str], env: dict[str, str], colour: bool) -> None:
    assert ("\x1b[" in answer("figures", "-f", "table", *options, env=env)) is colour


@pytest.mark.slow
def test_auto_is_a_table_in_a_terminal_and_markdown_in_a_pipe() -> None:
    assert see("timeline", columns=80).lines[0].startswith("Timeline · ")
    assert "\n| When | What happened |" in answer("timeline")
    assert see("timeline", "-f", "markdown", columns=80).raw.replace("\r\n", "\n") == answer("timeline")
    assert answer("timeline", "-f", "table").startswith("Timeline · ")


def widest(text: str) -> int:
    return max(map(len, text.splitlines()))


def test_a_table_in_a_pipe_is_eighty_columns_wide_and_has_no_color() -> None:
    text = answer("stakeholders", "-f", "table")
    assert "\x1b" not in text
    assert 70 < max(map(wcswidth, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("options", "env", "width"),
    [
        ([], {"COLUMNS": "72"}, 72),
        (["--width", "64"], {"COLUMNS": "100"}, 64),
        (["--width", "20"], {}, 20),
    ],
)
def test_the_width_is_what_was_asked_for(options: list[str], env: dict[str, str], width: int) -> None:
    assert width - 6 <= widest(answer("stakeholders", "-f", "table", *options, env=env)) <= width


@pytest.mark.parametrize("columns", ["", "0", "-5", "wide", "٨٠"])
def test_columns_that_are_no_number_are_ignored(columns: str) -> None:
    assert answer("figures", "-f", "table", env={"COLUMNS": columns}) == answer("figures", "-f", "table")


@pytest.mark.parametrize("digits", [20, 5000])
def test_columns_beyond_any_screen_are_as_good_as_no_limit(digits: int) -> None:
    endless = answer("figures", "-f", "table", "--width", 10_000)
    assert answer("figures", "-f", "table", env={"COLUMNS": "9" * digits}) == endless


def test_the_summary_fits_two_screens() -> None:
    assert len(see("summary", columns=80, rows=24).lines) <= 24 * 2


def test_the_summary_says_what_it_is_how_sure_and_how_much() -> None:
    text = fold(answer("summary", "-f", "table"))
    digest = loader.load(BUNDLED).digest
    assert text.startswith(digest.title)
    assert f"as of {spoken(digest.as_of)}" in text
    assert fold(digest.bottom_line) in text
    assert [point.text for point in digest.key_points if point.text not in text] == []
    assert f"{len(digest.stakeholders)} stakeholders" in text
    assert re.search(r"\d+ contradicted · ", text)


@every_view
def test_people_read_names_and_dates_in_words(name: str) -> None:
    text = re.sub(r"https?:\S+", "", "\n".join(drawn(BUNDLED, name, 400)))  # whole addresses
    ids = [stakeholder.id for stakeholder in loader.load(BUNDLED).digest.stakeholders]
    assert [id for id in ids if "-" in id and re.search(rf"(?<![\w-]){id}(?![\w-])", text)] == []
    assert re.findall(r"\b\d{4}-\d\d\b", text) == []


def test_a_record_on_a_narrow_screen() -> None:
    lines = see("timeline", DIGESTS / "valid" / "full.yaml", columns=40).lines
    signing = lines.index("3 May 2021")
    assert lines[signing - 1 : signing + 5] == [
        "",
        "3 May 2021",
        "  Both states sign the treaty.",
        "  confirmed by other reports (same",
        "  origin)",
        "",
    ]


def test_a_cell_with_nothing_but_second_lines_begins_with_them() -> None:
    columns = (
        Column("date", lambda _: None, Show("side")),
        Column("due", lambda _: "due in May", Show("under", under="date")),
        Column("event", lambda _: "A report.", Show("lead")),
    )
    section = Section("x", "Things", columns, ("row",), order=("date", "due", "event"))
    text = "".join(renderer("table")(one(section), Look(width=80)))
    assert text.splitlines()[-1] == "due in May  A report."


# --- what a person opens next ---


def shown(*arguments: object, **more: str) -> list[str]:
    return see(*arguments, columns=80, env=more).lines


@pytest.mark.slow
def test_the_last_line_says_how_to_see_the_evidence() -> None:
    hint = shown("timeline", FULL)[-1]
    match = re.match(r"(briefing show timeline \d+) ", shown("timeline")[-1])
    assert match is not None
    assert "Evidence" in answer(*match[1].split()[1:], "-f", "table")
    assert hint.startswith("--full") or str(FULL) in hint
    assert "--full for notes" in shown("timeline")[-1]
    assert "--full" not in shown("timeline", "--full")[-1]


def test_a_row_of_a_selection_is_named_by_its_id() -> None:
    hint = shown("timeline", "--reverse", "--sort", "date", "--ids")[-1]
    assert not re.search(r"show timeline \d", hint)
    match = re.match("briefing show ([a-z0-9-]+) for its evidence", hint)
    assert match is not None
    assert match[1] in answer("timeline", "--fields", "id", "-f", "csv").split()


def test_nobody_is_told_in_a_pipe_or_in_data(tmp_path: Path) -> None:
    assert "briefing show" not in answer("timeline", "-f", "table")
    assert "briefing show" not in answer("timeline")
    assert "briefing show" not in see("timeline", "-f", "json", columns=80).raw


def test_ids_are_shown_where_they_are_wanted() -> None:
    ids = [event.id for event in loader.load(BUNDLED).digest.timeline]
    with_ids, without = (
        [line.strip() for line in answer("timeline", "-f", "table", *more).splitlines()]
        for more in (("--ids",), ())
    )
    assert [id for id in ids if id not in with_ids] == []
    assert [id for id in ids if id in without] == []


def test_everything_is_shown_where_it_is_wanted() -> None:
    notes = [event.note for event in loader.load(str(FULL)).digest.timeline if event.note]
    short, whole = (
        fold(answer("timeline", FULL, "-f", "records", "--width", 10_000, *more))
        for more in ((), ("--full",))
    )
    assert notes
    assert [note for note in notes if fold(note) in short] == []
    assert [note for note in notes if fold(note) not in whole] == []


@every_view
def test_records_are_stacked_at_any_width(name: str) -> None:
    lines = answer(name, FULL, "-f", "records", "--width", 200).splitlines()
    assert not any("──" in line for line in lines)
    assert not any(re.search(r"\S {3,}\S", line) for line in lines)


def test_a_chronicle_is_read_without_titles() -> None:
    lines = answer("timeline", "-f", "table", "--width", 80).splitlines()
    assert len(lines) <= 4 * len(loader.load(BUNDLED).digest.timeline) + 2
    assert not any("When" in line for line in lines)
    assert re.match(r"\S.*\d{4} {2,}\S", lines[2])


@pytest.mark.parametrize(
    ("state", "code"),
    [("contradicted", "1;31"), ("disputed", "33"), ("imprecise", "33"), ("unsupported", "33"), ("corroborated", "32")],
)  # fmt: skip
def test_a_state_has_the_colour_that_it_means(state: str, code: str) -> None:
    text = answer("findings", "-f", "table", "--color", "always", "-w", f"status={state}")
    assert f"\x1b[{code}m" in text


def test_what_corrects_is_no_dimmer_than_what_it_corrects() -> None:
    finding = next(f for f in loader.load(BUNDLED).digest.findings if f.status == "contradicted")
    text = answer("figures", "-f", "table", "--full", "--color", "always", "--width", 200)
    line = next(line for line in text.splitlines() if finding.text[:30] in line)
    assert f"\x1b[2m{finding.text[:5]}" not in line
    assert "\x1b[1;31m" in line


def test_columns_are_aligned_whatever_letters_are_in_them() -> None:
    names = ["a", "\u4e2d\u6587", "\u00e9", "b c d", "e\u0301"]
    columns = (
        Column("name", lambda n: names[n % 5], Show("side")),
        Column("count", lambda n: n * 37, Show("side"), "number"),
        Column("text", lambda n: "word", Show("lead")),
    )
    section = Section("x", "X", columns, range(60), "table", ("name", "count", "text"), ("row", "rows"))
    for color in (False, True):
        pieces = renderer("table")(one(section), Look(width=80, color=color))
        lines = [line for line in ESCAPES.sub("", "".join(pieces)).splitlines() if "word" in line]
        assert len(lines) == 60
        before = [line.partition("  word")[0] for line in lines]
        assert len(set(map(wcswidth, before))) == 1
        assert [each.split()[-1].replace(",", "") for each in before] == [str(n * 37) for n in range(60)]


def test_who_says_so_is_said_once_where_it_is_the_same_of_all() -> None:
    head = "format: briefing/1\nid: x\ntitle: X\nas_of: 2024\nbottom_line: B.\nkey_points: []\n"
    figures = "figures:\n" + "".join(
        f"  - {{id: f-{n}, label: Boats counted {n}, value: '{n}', asserted_by: harbour}}\n"
        for n in (1, 2, 3)
    )
    sources = "sources:\n  - {id: harbour, title: The harbour book, kind: primary}\n"
    out = briefing("figures", "-", "-f", "table", stdin=(head + figures + sources).encode()).out
    assert out.count("harbour book") == 1
    assert "Said throughout by the harbour book." in out


# --- links ---

LINKS = re.compile(r"\x1b]8;id=([0-9a-f]+);([^\x1b]*)\x1b\\(.*?)\x1b]8;;\x1b\\")


@pytest.mark.slow
def test_an_address_is_a_link_on_a_terminal_that_has_them() -> None:
    raw = see("sources", FULL, columns=40, env={"TERM": "xterm-kitty"}).raw
    urls = {source.url for source in loader.load(str(FULL)).digest.sources if source.url}
    found = LINKS.findall(raw)
    assert urls
    assert {url for _, url, _ in found} == urls
    for url in urls:
        pieces = [(id, text) for id, address, text in found if address == url]
        assert len({id for id, _ in pieces}) == 1
        assert ESCAPES.sub("", "".join(text for _, text in pieces)) == url
    assert raw == see("sources", FULL, columns=40, env={"TERM": "xterm-kitty"}).raw


@pytest.mark.parametrize(
    ("options", "env", "links"),
    [
        ([], {"TERM": "xterm-256color"}, False),
        ([], {"TERM": "xterm-256color", "VTE_VERSION": "7200"}, True),
        ([], {"TERM": "xterm-256color", "VTE_VERSION": "7200", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"TERM": "xterm-kitty"}, False),
        ([], {"TERM": "dumb", "VTE_VERSION": "7200"}, False),
        ([], {"TERM": "screen-256color", "TMUX": "x", "VTE_VERSION": "7200"}, False),
        ([], {"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4", "TMUX": "x"}, True),
        ([], {"TERM": "xterm", "FORCE_HYPERLINK": "1"}, True),
        ([], {"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_which_terminals_have_links(options: list[str], env: dict[str, str], links: bool) -> None:
    assert ("\x1b]8;" in see("sources", FULL, *options, columns=80, env=env).raw) is links


def test_no_link_goes_into_a_pipe() -> None:
    env = {"TERM": "xterm-kitty", "FORCE_HYPERLINK": "1", "FORCE_COLOR": "1"}
    assert "\x1b]8" not in answer("sources", "-f", "table", "--color", "always", env=env)


def test_a_summary_begins_at_its_title_and_takes_two_screens_of_a_pager() -> None:
    seen = see("summary", "--no-pager", columns=80)
    assert seen.lines[0] == loader.load(BUNDLED).digest.title
    assert len(seen.lines) <= 2 * 23
