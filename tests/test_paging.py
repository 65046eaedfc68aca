"""The pager: where it is used, what it gets, and what happens where it is gone."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from support.program import PROGRAM, answer, briefing, environment, needs
from support.terminal import Seen, see, see_command

pytestmark = pytest.mark.slow

LONG, SHORT = "timeline", "list"  # on a screen of 24 lines
HEAD = "format: briefing/1\nid: big\ntitle: Big\nas_of: 2024\nbottom_line: B.\nkey_points: []\nsources: []\n"


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that writes down how it was started, and shows all in capitals."""
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\necho "LESS=$LESS" > {tmp_path}/started\nexec tr a-z A-Z\n')
    script.chmod(0o755)
    return str(script)


def is_started(pager: str) -> bool:
    return (Path(pager).parent / "started").exists()


def through(pager: str, *arguments: object, **env: str) -> Seen:
    return see(*arguments, columns=80, env={"PAGER": pager, **env})


def test_what_is_taller_than_the_screen_goes_through_the_pager_from_its_first_line(pager: str) -> None:
    seen = through(pager, LONG, NO_COLOR="1")
    assert is_started(pager)
    assert seen.code == 0
    assert seen.lines[0].startswith("TIMELINE ")
    assert re.sub("[^A-Z]", "", "".join(seen.lines)) == re.sub(
        "[^A-Z]", "", "".join(see(LONG, columns=80).lines).upper()
    )


def test_what_fits_is_just_there(pager: str) -> None:
    assert through(pager, SHORT).lines == see(SHORT, columns=80).lines
    assert not is_started(pager)


@pytest.mark.parametrize(("rows", "paged"), [(200, False), (30, True)])
def test_the_height_of_the_screen_decides(rows: int, paged: bool, pager: str) -> None:
    see(LONG, columns=80, rows=rows, env={"PAGER": pager})
    assert is_started(pager) is paged


def test_lines_that_the_screen_breaks_count_for_what_they_are(pager: str) -> None:
    see("sources", "-n", 9, "-f", "csv", columns=40, rows=24, env={"PAGER": pager})
    assert is_started(pager)


def test_the_pager_of_this_program_comes_first(pager: str) -> None:
    through("false", LONG, BRIEFING_PAGER=pager)
    assert is_started(pager)


@pytest.mark.parametrize("name", ["", "cat"])
def test_without_a_pager_all_is_on_the_screen(name: str) -> None:
    assert through(name, LONG) == see(LONG, columns=80)


@pytest.mark.parametrize("name", ["/no/such/pager -x", "'"])
def test_where_the_pager_does_not_start_less_shows_the_title(name: str, tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\nexec head -n 1\n")
    less.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    seen = through(name, LONG, PATH=path, TERM="xterm", NO_COLOR="1")
    assert (seen.code, seen.lines) == (0, [see(LONG, columns=80).lines[0]])
    less.unlink()
    assert through(name, LONG, PATH=str(tmp_path)) == see(LONG, columns=80)


def test_nobody_pages_who_does_not_want_to(pager: str) -> None:
    through(pager, LONG, "--no-pager")
    assert not is_started(pager)


def test_no_pager_in_a_pipe_or_for_a_file(pager: str, tmp_path: Path) -> None:
    assert answer(LONG, env={"PAGER": pager}) == answer(LONG)
    through(pager, LONG, "-o", tmp_path / "out.md")
    assert not is_started(pager)


@pytest.mark.parametrize(("env", "less"), [({}, "FRX"), ({"LESS": "-i"}, "-R -i"), ({"LESS": ""}, "-R ")])
def test_less_is_told_what_it_needs_where_the_reader_has_not_told_it(
    env: dict[str, str], less: str, pager: str, tmp_path: Path
) -> None:
    through(pager, LONG, **env)
    assert (tmp_path / "started").read_text() == f"LESS={less}\n"


def test_leaving_early_is_silent(tmp_path: Path) -> None:
    events = "".join(f"  - {{id: e-{n}, date: '{1000 + n}', event: A boat {n}}}\n" for n in range(5000))
    digest = tmp_path / "big.yaml"
    digest.write_text(f"{HEAD}timeline:\n{events}")
    seen = through("head -n 2", LONG, digest)
    assert (seen.code, len(seen.lines)) == (0, 1)
    assert seen.lines[0].startswith("Timeline ")


def test_a_pager_that_fails_at_once_is_silent() -> None:
    seen = through("false", LONG)
    assert (seen.code, seen.raw) == (0, "")


def test_rows_come_as_they_are_made(tmp_path: Path) -> None:
    """The pager has the first rows before the last ones are there: nobody waits for what is not read."""
    rows = tmp_path / "rows.py"
    rows.write_text(
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from briefing import sink\n"
        "made = 0\n"
        "def pieces():\n"
        "    global made\n"
        "    for made in range(1, 1_000_000): yield f'line {made}\\n'\n"
        "sink.write(pieces(), pager=True)\n"
        "open(sys.argv[2], 'w').write(str(made))\n"
    )
    command = [PROGRAM[0], str(rows), str(Path(__file__).parent.parent), str(tmp_path / "made")]
    seen = see_command(command, 80, 24, {"TERM": "xterm", "PAGER": "head -n 1"})
    assert seen.lines == ["line 1"]
    assert int((tmp_path / "made").read_text()) < 500_000


def test_less_shows_the_title_and_leaves_on_q() -> None:
    needs("less")
    seen = see(LONG, columns=80, env={"PAGER": "less"}, stdin=b"q")
    assert seen.code == 0
    text = re.sub("\x1b[^m]*m", "", seen.raw)
    assert "ESC[" not in text
    assert "Timeline · " in text
    assert len(seen.lines) <= 25


def test_less_shows_colours_also_where_the_reader_has_settings_of_their_own() -> None:
    needs("less")
    seen = see(LONG, columns=80, env={"PAGER": "less", "LESS": "S", "TERM": "xterm"}, stdin=b"q")
    assert "\x1b[1mTimeline" in seen.raw
    assert "ESC" not in seen.raw


def test_less_is_the_pager_where_none_is_named() -> None:
    needs("less")
    env = environment({"TERM": "xterm"})
    assert "PAGER" not in env
    seen = see_command([*PROGRAM, LONG], 80, 24, {"TERM": "xterm"}, b"q")
    assert (seen.code, len(seen.lines) <= 25) == (0, True)
    dumb = see_command([*PROGRAM, LONG], 80, 24, {"TERM": "dumb"}, b"q")
    assert len(dumb.lines) > 25


def test_links_are_kept_from_a_pager_that_would_print_them() -> None:
    env = {"TERM": "xterm-kitty", "FORCE_HYPERLINK": "1"}
    assert "\x1b]8;" in see("sources", columns=80, env=env).raw
    assert "]8;" not in through("tr a-z A-Z", "sources", **env).raw


# --- how wide a table in a pipe is ---


def test_a_table_in_a_pipe_has_the_width_of_the_terminal_behind_it() -> None:
    for columns in (70, 110):
        for more in ("", "2>/dev/null", "</dev/null"):
            command = ["sh", "-c", f"{' '.join(PROGRAM)} stakeholders -f table {more} | cat"]
            seen = see_command(command, columns, 24, {"TERM": "xterm"})
            assert seen.lines == answer("stakeholders", "-f", "table", "--width", columns).splitlines()


def test_without_a_terminal_it_has_80_columns(tmp_path: Path) -> None:
    wanted = answer("stakeholders", "-f", "table", "--width", 80)
    assert answer("stakeholders", "-f", "table") == wanted
    assert briefing("stakeholders", "-o", "out.txt", cwd=tmp_path).code == 0
    assert (tmp_path / "out.txt").read_text() == wanted
    done = subprocess.run(
        [*PROGRAM, "stakeholders", "-f", "table"], capture_output=True, stdin=subprocess.DEVNULL,
        env=environment({"COLUMNS": "100"}), start_new_session=True,
    )  # fmt: skip
    assert done.stdout.decode() == answer("stakeholders", "-f", "table", "--width", 100)
