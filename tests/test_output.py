"""Where an answer goes: a file, a pipe, a folder that is none; and which digest is meant."""

import json
import os
import re
import signal
import stat
import subprocess
from pathlib import Path

import pytest
from support.program import BUNDLED, DIGESTS, PROGRAM, Run, briefing, environment
from support.terminal import see

from briefing import loader
from briefing.render import FOR_VIEWS

pytestmark = pytest.mark.slow


@pytest.fixture
def run(process: Run) -> Run:
    """The program as a process: what is tested here is between it and the system."""
    return process


VALID = DIGESTS / "valid"
FULL, MINIMAL, PORT = VALID / "full.yaml", VALID / "minimal.yaml", VALID / "many-sources.yaml"


def said(message: str, help: str = "") -> tuple[int, str, str]:
    """The result of a run that fails with that message."""
    return 2, "", f"briefing: {message}\n" + (f"   help: {help}\n" if help else "")


# A file. It has no blank line at its start, which what is printed has so that it can be appended.


SUFFIXES = {suffix: format.name for format in FOR_VIEWS for suffix in format.suffixes}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_suffix_names_the_format(suffix: str, tmp_path: Path, run: Run) -> None:
    assert run("figures", "-o", f"out{suffix}") == (0, "", "")
    assert (tmp_path / f"out{suffix}").read_text() == run("figures", "-f", SUFFIXES[suffix]).out.lstrip()


@pytest.mark.parametrize(
    ("name", "options", "env", "format"),
    [
        ("out", [], {}, "markdown"),
        ("out.report", ["-f", "md"], {}, "markdown"),
        ("out.report", [], {"BRIEFING_FORMAT": "csv"}, "csv"),
        ("out.docx", ["-f", "csv"], {}, "csv"),
        ("OUT.JSON", [], {}, "json"),
        ("out.md", ["-f", "json"], {}, "json"),
        ("out.md", [], {"BRIEFING_FORMAT": "json"}, "json"),
    ],
)
def test_what_decides_the_format_of_a_file(
    name: str, options: list[str], env: dict[str, str], format: str, tmp_path: Path, run: Run
) -> None:
    assert run("figures", "-o", name, *options, env=env) == (0, "", "")
    assert (tmp_path / name).read_text() == run("figures", "-f", format).out.lstrip()


def test_a_file_on_a_terminal_is_no_table_and_has_no_colour(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "out.txt"
    assert see("figures", "-o", path, columns=80).raw == ""
    assert path.read_text() == run("figures", "-f", "table").out


def test_a_file_that_exists_is_left_alone(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "report.md"
    path.write_text("mine")
    assert run("timeline", "-o", "report.md") == said("report.md exists", "use --force to replace it")
    assert path.read_text() == "mine"
    assert os.listdir(tmp_path) == ["report.md"]


def test_force_replaces_a_file_and_keeps_its_mode(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "report.md"
    path.write_text("mine")
    path.chmod(0o640)
    assert run("timeline", "-o", "report.md", "--force") == (0, "", "")
    assert path.read_text() == run("timeline").out.lstrip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["report.md"]


def test_a_new_file_has_the_mode_that_the_person_wants_for_new_files(tmp_path: Path) -> None:
    command = [*PROGRAM, "timeline", "-o", "report.md"]
    subprocess.run(command, cwd=tmp_path, env=environment(), umask=0o027, check=True)
    assert stat.S_IMODE((tmp_path / "report.md").stat().st_mode) == 0o640


@pytest.mark.parametrize("options", [[], ["--force"]])
@pytest.mark.parametrize("there", [True, False], ids=["to-a-file", "dangling"])
def test_nothing_is_written_through_a_link(there: bool, options: list[str], tmp_path: Path, run: Run) -> None:
    target = tmp_path / "target.md"
    if there:
        target.write_text("mine")
    (tmp_path / "link.md").symlink_to(target)
    assert run("timeline", "-o", "link.md", *options) == said(
        "link.md is a link", "name the file that it leads to"
    )
    assert target.exists() is there
    assert not there or target.read_text() == "mine"


@pytest.mark.parametrize("options", [[], ["--force"]])
def test_a_folder_is_no_file(options: list[str], tmp_path: Path, run: Run) -> None:
    (tmp_path / "folder").mkdir()
    assert run("timeline", "-o", "folder", *options) == said("folder is a folder", "name a file in it")
    assert os.listdir(tmp_path / "folder") == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (
            "nowhere/report.md",
            ": its folder does not exist\n   help: make the folder first, or name a file in another",
        ),
        ("nowhere/", " is a folder's name\n   help: name a file in it"),
        ("mine.md/", " is a folder's name\n   help: name a file in it"),
        (
            "mine.md/report.md",
            ": its folder does not exist\n   help: make the folder first, or name a file in another",
        ),
        ("x" * 300, ": File name too long"),
    ],
)
def test_a_place_where_no_file_can_be(name: str, reason: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine.md").write_text("mine")
    result = run("timeline", "-o", name)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("briefing: ")
    assert result.err.endswith(f"{reason}\n")
    assert os.listdir(tmp_path) == ["mine.md"]


@pytest.mark.parametrize("name", ["x.yaml", "./x.yaml", "same.yaml"])
def test_the_digest_itself_is_never_the_output(name: str, tmp_path: Path, run: Run) -> None:
    digest = tmp_path / "x.yaml"
    digest.write_bytes(FULL.read_bytes())
    (tmp_path / "same.yaml").hardlink_to(digest)
    result = run("timeline", "x.yaml", "-f", "json", "-o", name, "--force")
    assert result == said(f"{name} is what was read", "name another file")
    assert digest.read_bytes() == FULL.read_bytes()


@pytest.mark.parametrize("command", ["timeline", "check", "export", "list"])
def test_a_file_without_a_name(command: str, run: Run) -> None:
    wanted = said("-o: the name of the file is empty", "give a name, or - for standard output")
    assert run(command, "-o", "", "-f", "csv") == wanted


def test_an_invalid_digest_leaves_the_file_as_it_was(tmp_path: Path, run: Run) -> None:
    (tmp_path / "report.md").write_text("mine")
    assert run("timeline", "-", "-o", "report.md", "--force", stdin=b"format: x").code == 1
    assert (tmp_path / "report.md").read_text() == "mine"
    assert os.listdir(tmp_path) == ["report.md"]


def test_a_dash_is_standard_output(run: Run) -> None:
    assert run("figures", "-o", "-") == run("figures")


# A pipe, a device.


def test_a_reader_that_has_seen_enough_ends_the_program_silently() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "export"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == -signal.SIGPIPE


def test_a_full_disk_is_reported(run: Run) -> None:
    command = [*PROGRAM, "export"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=60)
    assert (done.returncode, done.stderr) == (2, b"briefing: standard output: No space left on device\n")
    assert run("export", "-o", "/dev/full") == said("/dev/full: No space left on device")


def test_a_closed_standard_output_is_reported() -> None:
    shell = f"{PROGRAM[0]} -P -m briefing summary >&-"
    done = subprocess.run(["bash", "-c", shell], stderr=subprocess.PIPE, env=environment(), timeout=60)
    assert (done.returncode, done.stderr) == (2, b"briefing: standard output is closed\n")


def test_ctrl_c_ends_the_program_with_130_and_without_a_traceback() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "summary", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(b"#" * 1_000_000)  # more than a pipe holds: once it is gone the program is reading
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


# Which digest is meant, and in what format.


def test_standard_input_is_a_digest(run: Run) -> None:
    assert run("timeline", "-", stdin=FULL.read_bytes()) == run("timeline", FULL)


def test_without_a_name_it_is_the_digest_that_the_program_carries(run: Run) -> None:
    assert run("timeline") == run("timeline", BUNDLED)
    assert run("timeline").out.count("\n| ") == 2 + len(loader.load(BUNDLED).digest.timeline)


def test_a_digest_is_named_by_the_environment(tmp_path: Path, run: Run) -> None:
    assert run("figures", env={"BRIEFING_DIGEST": str(FULL)}) == run("figures", FULL)
    assert run("figures", env={"BRIEFING_DIGEST": ""}) == run("figures", BUNDLED)
    assert run("figures", FULL, env={"BRIEFING_DIGEST": "nothing"}).code == 0


def test_a_name_is_looked_up_in_the_folders_of_the_path(tmp_path: Path, run: Run) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    (first / "lake.yaml").write_bytes(FULL.read_bytes())
    (second / "lake.yaml").write_bytes(MINIMAL.read_bytes())
    (second / "port.yml").write_bytes(PORT.read_bytes())
    env = {"BRIEFING_PATH": f"{first}:{tmp_path / 'none'}:{second}"}
    assert run("figures", "lake", env=env) == run("figures", FULL)
    assert run("figures", "port", env=env) == run("figures", PORT)
    assert run("figures", BUNDLED, env=env) == run("figures")
    assert run("figures", "lakes", env=env) == said(
        "lakes: No such file or directory", 'did you mean "lake"?'
    )


def test_a_file_in_this_folder_comes_before_a_name(tmp_path: Path, run: Run) -> None:
    (tmp_path / BUNDLED).write_bytes(FULL.read_bytes())
    assert run("figures", BUNDLED) == run("figures", FULL)


def test_the_environment_chooses_a_format_and_the_command_line_another(run: Run) -> None:
    env = {"BRIEFING_FORMAT": "json"}
    assert run("figures", env=env) == run("figures", "-f", "json")
    assert run("figures", "-f", "csv", env=env) == run("figures", "-f", "csv")
    assert run("figures", env={"BRIEFING_FORMAT": ""}) == run("figures")


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["figures", "-f", "pdf"], {}),
        (["figures"], {"BRIEFING_FORMAT": "pdf"}),
        (["figures", "--color", "maybe"], {}),
        (["figures", "--width", "0"], {}),
        (["figures", "--width", "wide"], {}),
        (["figures", "--heading-level", "7"], {}),
        (["figures", "--no-such-option"], {}),
        (["nonsense"], {}),
        (["--nonsense"], {}),
    ],
)
def test_wrong_usage(arguments: list[str], env: dict[str, str], run: Run) -> None:
    result = run(*arguments, env=env)
    assert (result.code, result.out) == (2, "")
    wrong = env.get("BRIEFING_FORMAT", arguments[-1])
    assert wrong in result.err
    assert "Traceback" not in result.err


def test_without_a_command_there_is_help(run: Run) -> None:
    assert run("--help") == run("-h")
    assert run("--help").code == 0
    assert run().out + run().err == run("--help").out


# Several digests.


def test_several_digests_stand_each_under_its_name(run: Run) -> None:
    result = run("figures", FULL, PORT)
    assert result.code == 0
    first, second = re.findall(r"^### (.*)$", result.out, re.MULTILINE)
    assert (first, second) == ("Lake treaty", "The new port")
    lake, port = result.out.partition("### The new port")[::2]
    assert ("Boats" in lake, "Boats" in port) == (True, False)
    assert ("People who work" in lake, "People who work" in port) == (False, True)


def test_several_digests_are_rows_that_name_them_for_programs(run: Run) -> None:
    rows = json.loads(run("figures", FULL, PORT, "-f", "json").out)
    assert [row["digest"] for row in rows] == ["full"] * 6 + ["many-sources"]


def test_a_timeline_of_several_digests_is_in_order_of_time(run: Run) -> None:
    result = run("timeline", PORT, FULL, BUNDLED, "--fields", "id", "-f", "csv")
    assert result.out.split()[1:12] == [
        *("dispute", "announcement", "signing", "emergency-begins", "emergency-renewed"),
        *("notice-ends", "count", "first-report", "second-report", "opening", "tour"),
    ]


def test_digests_of_the_same_name_are_refused(run: Run) -> None:
    result = run("figures", FULL, FULL)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith('briefing: two digests have the id "full"')


def test_an_invalid_digest_among_others_is_reported_and_the_others_go_on(run: Run) -> None:
    result = run("figures", FULL, "-", PORT, "missing.yaml", stdin=b"id: x")
    assert result.code == 2
    assert result.out == run("figures", FULL, PORT).out
    assert '-:1:1: error[missing-key] "format" is missing' in result.err
    assert "briefing: missing.yaml: No such file or directory\n" in result.err
    assert run("figures", FULL, "-", stdin=b"id: x").code == 1


# The name of a file in what other programs read.


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The top of what is built, with a digest that has a problem two folders below."""
    (tmp_path / "top" / "data").mkdir(parents=True)
    for name in ("x.yaml", "a b,c:d%.yaml", os.fsdecode(b"\xff.yaml"), "::error::y.yaml"):
        (tmp_path / "top" / "data" / name).write_text(MINIMAL.read_text() + "colour: red\n")
    (tmp_path / "way").symlink_to("top")
    return tmp_path / "top"


def uri(*arguments: object, cwd: Path, env: dict[str, str] | None = None) -> str:
    result = briefing("check", *arguments, "-f", "sarif", cwd=cwd, env=env)
    (found,) = json.loads(result.out)["runs"][0]["results"]
    return str(found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


@pytest.mark.parametrize("name", ["data/x.yaml", "./data/x.yaml", "data/../data/x.yaml", "TOP/data/x.yaml"])
def test_a_file_is_named_from_where_the_program_runs(name: str, built: Path) -> None:
    name = name.replace("TOP", str(built))
    assert uri(name, cwd=built) == "data/x.yaml"
    assert "file=data/x.yaml," in briefing("check", name, "-f", "github", cwd=built).out


@pytest.mark.parametrize("name", ["x.yaml", "./x.yaml", "../data/x.yaml", "TOP/data/x.yaml", "x"])
@pytest.mark.parametrize("top", ["top", "way", "top/"])
def test_a_file_is_named_from_the_top_of_what_is_built(name: str, top: str, built: Path) -> None:
    env = {"GITHUB_WORKSPACE": f"{built.parent}/{top}", "BRIEFING_PATH": str(built / "data")}
    name = name.replace("TOP", str(built))
    assert uri(name, cwd=built / "data", env=env) == "data/x.yaml"
    assert "file=data/x.yaml," in briefing("check", name, "-f", "github", cwd=built / "data", env=env).out


def test_a_file_elsewhere_has_its_whole_path(built: Path) -> None:
    (built.parent / "elsewhere").mkdir()
    found = uri(built / "data" / "x.yaml", cwd=built.parent / "elsewhere")
    assert found == f"file://{built}/data/x.yaml"
    assert uri("../top/data/x.yaml", cwd=built.parent / "elsewhere") == found


@pytest.mark.parametrize(
    ("name", "right"),
    [("a b,c:d%.yaml", "a%20b%2Cc%3Ad%25.yaml"), (os.fsdecode(b"\xff.yaml"), "%FF.yaml"), ("::error::y.yaml", "%3A%3Aerror%3A%3Ay.yaml")],
    ids=ascii,
)  # fmt: skip
def test_a_files_name_is_its_own(name: str, right: str, built: Path) -> None:
    assert uri(name, cwd=built / "data") == right
    told = briefing("check", name, "-f", "github", cwd=built / "data").out
    printable = name.encode(errors="surrogateescape").decode(errors="replace")
    assert printable.replace("%", "%25").replace(",", "%2C").replace(":", "%3A") in told
    assert briefing("check", name, "-f", "json", cwd=built / "data").code == 1
