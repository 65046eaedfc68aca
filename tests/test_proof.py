"""A digest and its source texts: which files are read, which are refused, and where a quote is."""

import hashlib
import json
import os
import re
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from support.gfm import notes, page
from support.program import BUNDLED, DIGESTS, Result, Run, answer

from briefing.files import MOST_BYTES
from briefing.loader import Origin, load, parse
from briefing.problem import Failure
from briefing.proof import Counts, Proof, SourceFile

ROOT = Path(__file__).parents[1]
FULL = DIGESTS / "valid" / "full.yaml"
SECRET = "nobody must read this"


@pytest.fixture
def run(run: Run) -> Run:
    """The program, without the line that closes every check."""

    def quiet(*arguments: object, **more: Any) -> Result:
        return run(*arguments, *["--quiet"][: arguments[0] == "check"], **more)

    return quiet


def digest(*files: str, **source: Any) -> str:
    """A digest with a source for each of these files, one quote from each, and no more."""
    sources = [
        {"id": f"s{n}", "title": "A text", "kind": "primary", "file": file, **source}
        for n, file in enumerate(files)
    ]
    quotes = [{"source": source["id"], "quote": "nobody must"} for source in sources]
    points = [{"id": "point", "text": "So it is.", "evidence": quotes}]
    head = {
        "format": "briefing/1",
        "id": "x",
        "title": "A digest",
        "as_of": "2024",
        "bottom_line": "So it is.",
    }
    return json.dumps(head | {"key_points": points, "sources": sources}, ensure_ascii=False)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder of source texts, with a digest's folder around it and a secret outside."""
    (tmp_path / "secret.txt").write_text(SECRET)
    seeds = tmp_path / "digests" / "seeds"
    seeds.mkdir(parents=True)
    (seeds / "text.txt").write_text("Nothing here; nobody must care.")
    return seeds


def text_of(file: str, seeds: Path) -> SourceFile:
    """What comes of a source's file."""
    return Proof(parse(digest(file).encode(), Origin("x.yaml", None)), seeds).files["s0"]


# What is refused.


def link(name: str, target: str) -> Callable[[Path], object]:
    return lambda seeds: (seeds / name).symlink_to(target)


def chain(seeds: Path) -> None:
    (seeds / "a.txt").symlink_to("b.txt")
    (seeds / "b.txt").symlink_to("c.txt")
    (seeds / "c.txt").symlink_to("../../secret.txt")


def circle(seeds: Path) -> None:
    (seeds / "a.txt").symlink_to("b.txt")
    (seeds / "b.txt").symlink_to("a.txt")


def bound(seeds: Path) -> None:
    server = socket.socket(socket.AF_UNIX)
    where = os.getcwd()
    os.chdir(seeds)  # the name of a socket must be short
    server.bind("socket")
    os.chdir(where)
    server.close()


def sparse(seeds: Path) -> None:
    with (seeds / "big.txt").open("wb") as file:
        file.truncate(MOST_BYTES + 1)


def nothing(seeds: Path) -> None:
    pass


REFUSED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "absolute": (nothing, "/etc/passwd", "escapes"),
    "up": (nothing, "../../secret.txt", "escapes"),
    "up and down": (nothing, "folder/../../../secret.txt", "escapes"),
    "up and back": (nothing, "../seeds/text.txt", "escapes"),
    "backslash": (nothing, "..\\..\\secret.txt", "escapes"),
    "drive": (nothing, "C:\\secret.txt", "escapes"),
    "link": (link("link.txt", "../../secret.txt"), "link.txt", "escapes"),
    "absolute link": (link("link.txt", "/etc/passwd"), "link.txt", "escapes"),
    "link to a folder": (link("folder", "../.."), "folder/secret.txt", "escapes"),
    "chain of links": (chain, "a.txt", "escapes"),
    "circle of links": (circle, "a.txt", "unreadable"),
    "link to itself": (link("a.txt", "a.txt"), "a.txt", "unreadable"),
    "link to nothing": (link("a.txt", "nothing.txt"), "a.txt", "unreadable"),
    "pipe": (lambda seeds: os.mkfifo(seeds / "pipe"), "pipe", "unreadable"),
    "socket": (bound, "socket", "unreadable"),
    "link to a device": (link("null", "/dev/null"), "null", "escapes"),
    "folder": (lambda seeds: (seeds / "folder").mkdir(), "folder", "unreadable"),
    "the folder itself": (nothing, ".", "unreadable"),
    "below a file": (nothing, "text.txt/text.txt", "missing"),
    "too long a name": (nothing, "x" * 300, "unreadable"),
    "too long a path": (nothing, "x/" * 3000 + "x", "unreadable"),
    "too large": (sparse, "big.txt", "unreadable"),
    "not there": (nothing, "test.txt", "missing"),
    "other case": (nothing, "TEXT.TXT", "missing"),
}


@pytest.fixture(params=list(REFUSED.values()), ids=list(REFUSED))
def refused(request: pytest.FixtureRequest, seeds: Path) -> Iterator[tuple[str, str]]:
    """A file that is not to be read, and the state that its text then has; nobody waits for it."""

    def late(*_: object) -> None:
        pytest.fail("somebody waits for it")  # no OSError, which is what a file gives that cannot be read

    make, file, state = request.param
    make(seeds)
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    yield file, state
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_a_file_that_is_refused_is_not_read(refused: tuple[str, str], seeds: Path) -> None:
    file, state = refused
    text = text_of(file, seeds)
    assert (text.state, text.data, text.text) == (state, b"", None)
    assert text.reason


@pytest.mark.slow
def test_what_is_said_of_it_tells_nothing_of_the_machine(
    refused: tuple[str, str], seeds: Path, run: Run, tmp_path: Path
) -> None:
    file, state = refused
    (seeds.parent / "x.yaml").write_text(digest(file))
    result = run("check", "digests/x.yaml", "-f", "json")
    rules = [row["rule"] for row in json.loads(result.out)]
    assert (result.code, result.err, rules) == (int(state != "missing"), "", [f"source-{state}"])
    said = result.out.replace(json.dumps(file)[1:-1], "")
    assert str(tmp_path) not in said
    assert "root:" not in said
    assert SECRET not in said


def test_a_device_is_not_read() -> None:
    for name in ("null", "zero", "random", "stdin"):
        text = text_of(name, Path("/dev"))
        assert (text.state, text.data) in (("unreadable", b""), ("escapes", b""))


@pytest.fixture
def forbidden() -> Iterator[Path]:
    """A folder with a digest and a source that we may not read: root, who may, is nobody for a while."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "secret.txt").touch(mode=0)
        (folder / "shut").mkdir()
        (folder / "shut" / "in.txt").touch()
        (folder / "shut").chmod(0)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        yield folder
        if root:
            os.seteuid(0)
        (folder / "shut").chmod(0o755)


def test_what_may_not_be_read_is_named(forbidden: Path) -> None:
    for name in ("secret.txt", "shut/in.txt"):
        text = text_of(name, forbidden)
        assert (text.state, text.reason) == ("unreadable", "Permission denied")
    assert text_of("secret.txt/in.txt", forbidden).state == "missing"
    with pytest.raises(Failure, match="Permission denied"):
        load(str(forbidden / "secret.txt"))


@pytest.mark.parametrize(
    ("data", "byte"),
    [
        ("na\xefve".encode("latin-1"), 2),
        ("text".encode("utf-16"), 0),
        (b"ab\xed\xa0\x80", 2),
        (b"\xc0\x80", 0),
    ],
)
def test_what_is_not_utf_8_is_not_used(data: bytes, byte: int, seeds: Path) -> None:
    (seeds / "bytes.txt").write_bytes(data)
    text = text_of("bytes.txt", seeds)
    assert (text.state, text.text) == ("unreadable", None)
    assert text.reason == f"not UTF-8 text: byte {byte}"


def test_a_file_of_just_the_largest_size_is_read(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.files.MOST_BYTES", 10)
    (seeds / "ten.txt").write_bytes(b"1234567890")
    (seeds / "eleven.txt").write_bytes(b"12345678901")
    assert text_of("ten.txt", seeds).data == b"1234567890"
    assert (text_of("eleven.txt", seeds).state, text_of("eleven.txt", seeds).data) == ("unreadable", b"")


def test_a_folder_that_is_refused_is_closed_again(seeds: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        text_of(".", seeds)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_file_that_is_refused_is_named_once(seeds: Path, run: Run) -> None:
    link("link.txt", "../../secret.txt")(seeds)
    (seeds.parent / "x.yaml").write_text(digest("link.txt"))
    (row,) = json.loads(run("check", "digests/x.yaml", "-f", "json").out)
    assert row["message"].count("link.txt") == 1


@pytest.mark.slow
def test_the_remedy_fits_what_is_wrong(seeds: Path, run: Run) -> None:
    sparse(seeds)
    (seeds.parent / "x.yaml").write_text(digest("big.txt"))
    (row,) = json.loads(run("check", "digests/x.yaml", "-f", "json").out)
    assert "UTF-8" not in row["help"]


# What is read.


def test_a_link_within_the_folder_is_followed(seeds: Path) -> None:
    (seeds / "folder").mkdir()
    (seeds / "folder" / "link.txt").symlink_to("../text.txt")
    (seeds / "other").symlink_to("folder")
    for file in ("text.txt", "./text.txt", "folder/link.txt", "other/link.txt"):
        assert text_of(file, seeds).state == "read"


def test_the_folder_may_be_a_link_itself(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(seeds)
    assert text_of("text.txt", tmp_path / "link").state == "read"


def test_a_byte_order_mark_is_no_part_of_the_text(seeds: Path) -> None:
    data = "\ufeffCaf\xe9.\r\n".encode()
    (seeds / "mark.txt").write_bytes(data)
    text = text_of("mark.txt", seeds)
    assert text.text is not None
    assert (text.text.raw, text.data) == ("Caf\xe9.\r\n", data)


def test_the_hash_is_of_the_bytes(seeds: Path, run: Run) -> None:
    data = "\ufeffnobody must\r\n".encode()
    (seeds / "mark.txt").write_bytes(data)
    for changed, code in ((data, 0), (data + b" ", 1), (data.replace(b"n", b"m"), 1)):
        (seeds.parent / "x.yaml").write_text(digest("mark.txt", sha256=hashlib.sha256(changed).hexdigest()))
        result = run("check", "digests/x.yaml")
        assert result.code == code
        assert (hashlib.sha256(data).hexdigest() in result.out) == bool(code)
        assert "ends of its lines" not in result.out
    for changed in (data[3:], data.replace(b"\r", b""), data[3:].replace(b"\r", b"")):
        (seeds.parent / "x.yaml").write_text(digest("mark.txt", sha256=hashlib.sha256(changed).hexdigest()))
        result = run("check", "digests/x.yaml")
        assert result.code == 1
        assert "ends of its lines" in result.out


def test_the_folders_are_looked_through_in_order(tmp_path: Path) -> None:
    path = tmp_path / "digests" / "one" / "x.yaml"
    folders = [tmp_path / "given", path.parent / "seeds", path.parent.parent / "seeds"]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "text.txt").write_text(f"This is in {folder}.")
    path.write_text(digest("text.txt"))
    for folder in folders:
        text = Proof(load(str(path)), folders[0]).files["s0"]
        assert text.path == folder / "text.txt"
        (folder / "text.txt").unlink()
    assert Proof(load(str(path)), folders[0]).files["s0"].state == "missing"


def test_no_other_folder_is_looked_through(tmp_path: Path) -> None:
    path = tmp_path / "digests" / "one" / "x.yaml"
    for folder in (path.parent, path.parent.parent, tmp_path / "seeds", path.parent / "seeds" / "more"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "text.txt").write_text("Not here.")
    path.write_text(digest("text.txt"))
    assert Proof(load(str(path))).files["s0"].state == "missing"


def test_standard_input_has_no_folder(seeds: Path, run: Run) -> None:
    text = digest("text.txt").encode()
    unchecked = run("check", "-", "--rule", "source-missing", cwd=seeds.parent, stdin=text)
    assert "1 quote is unchecked" in unchecked.out
    assert run(
        "check", "-", "--rule", "source-missing", "--seeds", "seeds", cwd=seeds.parent, stdin=text
    ) == Result(0, "", "")


@pytest.mark.parametrize("command", ["check", "trace", "show point", "export"])
def test_seeds_must_be_a_folder(command: str, seeds: Path, run: Run) -> None:
    for folder in ("nowhere", "x.yaml"):
        (seeds.parent / "x.yaml").write_text(digest("text.txt"))
        result = run(*command.split(), "x.yaml", "--seeds", folder, cwd=seeds.parent)
        assert result == Result(
            2,
            "",
            f"briefing: {folder}: not a folder\n   help: --seeds names the folder of the source texts\n",
        )


def test_what_is_not_read_is_unchecked_and_never_passed(seeds: Path) -> None:
    path = seeds.parent / "x.yaml"
    path.write_text(digest("text.txt", "nothing.txt", "../up.txt"))
    proof = Proof(load(str(path)))
    assert [cited.verdict for cited in proof.cited] == ["proved", "unchecked", "unchecked"]
    assert [(cited.found, cited.place) for cited in proof.cited[1:]] == [((), None)] * 2
    assert proof.counts == Counts(1, 0, 0, 2)


# Footnotes.


def quotes(path: Path) -> Iterator[dict[str, str]]:
    """Every quote of a digest in the format's order, whole or alone."""
    found = yaml.load(path.read_text(), yaml.CBaseLoader)
    names = "key_points instruments terms timeline stakeholders figures questions claims sources"
    for item in (item for name in names.split() for item in found.get(name, [])):
        yield from ({"quote": q} if isinstance(q, str) else q for q in item.get("evidence", []))


@pytest.mark.parametrize(
    ("path", "seeds"),
    [(FULL, DIGESTS / "seeds"), (ROOT / "data" / f"{BUNDLED}.yaml", ROOT / "seeds")],
    ids=["full", "bundled"],
)
def test_footnotes_have_quote_source_and_paragraph(path: Path, seeds: Path) -> None:
    source = yaml.load(path.read_text(), yaml.CBaseLoader)["sources"][0]
    straight = (
        (seeds / source["file"]).read_text().translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\""))
    )
    paragraphs = [line for line in straight.splitlines() if line]
    said = " ".join(notes(page(answer("export", path, "--full"))).values())
    given = list(quotes(path))
    assert given
    for quote in given:
        (at,) = (n for n, text in enumerate(paragraphs, 1) if quote["quote"] in text)
        place = quote.get("locator", f"\u00b6{at}")
        assert f"\u201c{quote['quote']}\u201d ({place})" in said
    assert len(re.findall("\u201d \\(", said)) >= len(given)


def test_a_quote_that_is_not_proved_has_no_place() -> None:
    path = DIGESTS / "rules" / "source-missing" / "breaks.yaml"
    (note,) = notes(page(answer("export", path, "--full"))).values()
    assert note.rstrip(".") == "\u201cThe bridge at Mell opened on 5 May 2024\u201d \u2014 A report"


# Links to the very words: https://wicg.github.io/scroll-to-text-fragment/

TEXT = "A well-known deal, \u201cfair & square\u201d, costs 5% more: caf\xe9 #1 + tea? Yes/no (all)."
PART = r"(?:[A-Za-z0-9._~]|%[0-9A-F]{2})+"
DIRECTIVE = re.compile(rf"text=(?:(?P<prefix>{PART})-,)?(?P<quote>{PART})(?:,-(?P<suffix>{PART}))?")


def linked(seeds: Path, url: str, *evidence: dict[str, str]) -> list[str]:
    """The addresses in the footnotes of a digest that has these quotes."""
    (seeds / "text.txt").write_text(TEXT)
    plain = json.loads(digest("text.txt", url=url) if url else digest("text.txt"))
    plain["key_points"][0]["evidence"] = [{"source": "s0"} | quote for quote in evidence]
    path = seeds.parent / "x.yaml"
    path.write_text(json.dumps(plain, ensure_ascii=False))
    return re.findall(r"<(https://.*)>\)$", answer("export", path, "--full", "--link-evidence"), re.MULTILINE)


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ({"quote": "well-known deal, \u201cfair & square\u201d"}, "well%2Dknown%20deal%2C%20%E2%80%9Cfair%20%26%20square%E2%80%9D"),
        ({"quote": "5% more: caf\xe9 #1 + tea?"}, "5%25%20more%3A%20caf%C3%A9%20%231%20%2B%20tea%3F"),
        ({"quote": "Yes/no (all)."}, "Yes%2Fno%20%28all%29."),
        ({"quote": "costs\n  5%"}, "costs%205%25"),
        ({"quote": "deal", "prefix": "A well-known"}, "A%20well%2Dknown-,deal"),
        ({"quote": "deal", "suffix": ", \u201cfair &"}, "deal,-%2C%20%E2%80%9Cfair%20%26"),
        ({"quote": "deal", "prefix": "well-known", "suffix": ","}, "well%2Dknown-,deal,-%2C"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_a_link_leads_to_the_very_words(quote: dict[str, str], fragment: str, seeds: Path) -> None:
    (url,) = linked(seeds, "https://a.example/b?c=d&e=f", quote)
    assert url == f"https://a.example/b?c=d&e=f#:~:text={fragment}"
    read = DIRECTIVE.fullmatch(url.partition(":~:")[2])
    assert read
    assert {name: unquote(text) for name, text in read.groupdict().items() if text} == {
        name: " ".join(text.split()) for name, text in quote.items()
    }


def test_an_address_keeps_its_own_fragment(seeds: Path) -> None:
    (url,) = linked(seeds, "https://a.example/b#part", {"quote": "more"})
    assert url == "https://a.example/b#part:~:text=more"


def test_an_address_that_leads_to_words_already_gets_more_of_them(seeds: Path) -> None:
    (url,) = linked(seeds, "https://a.example/b#:~:text=A", {"quote": "more"})
    assert url == "https://a.example/b#:~:text=A&text=more"


def test_without_an_address_there_is_no_link(seeds: Path) -> None:
    assert linked(seeds, "", {"quote": "more"}) == []
    assert answer("export", "--link-evidence") == answer("export")


def test_links_are_made_only_where_they_are_wanted() -> None:
    assert ":~:" not in answer("export", FULL)
    told = answer("export", FULL, "--full", "--link-evidence")
    links = [DIRECTIVE.fullmatch(link) for link in re.findall(r"#:~:(text=[^>]*)>", told)]
    linked = {unquote(link["quote"]) for link in links if link}
    assert all(links)
    assert linked == {" ".join(quote["quote"].split()) for quote in quotes(FULL)}
