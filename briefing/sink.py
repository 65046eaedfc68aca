"""Where text goes: a terminal, a pipe or a file; and what that implies.

Text is written as UTF-8 bytes whatever the locale says, so no character is lost. A file is
written beside its target and put in its place in one step, so a failure leaves what was there.
"""

import contextlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TextIO, TypeAlias

from briefing.files import open_ordinary, was_read
from briefing.problem import Failure, neutral, safe, shortened
from briefing.render import FOR_VIEWS, FORMATS, IMPLIED, OTHERWISE, Format, by_suffix, named

STDOUT = "-"

Pieces: TypeAlias = Iterable[str] | Iterable[bytes]
"""What is written: text, or the bytes of a file that is not text."""

_COLUMNS = 80  # of a screen whose width nobody knows
_WITH_LINKS = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio")
_TERMS_WITH_LINKS = ("kitty", "alacritty", "foot", "wezterm", "ghostty", "contour")
_KEPT_OF_A_NAME = 60
# The program's own streams by their names, which shells use for `>(…)`. On disk they are links, which are
# refused, so they are known by name.
_OWN_STREAM = r"/dev/(?:(?P<name>stdout|stderr)|fd/(?P<number>\d{1,6}))"
_STREAMS = {"stdout": "1", "stderr": "2"}
# Not every system has these. Without O_BINARY Windows would turn each LF into CR LF.
_BINARY: int = getattr(os, "O_BINARY", 0)
_NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NOCTTY", 0)


class Closed(io.TextIOBase):
    """A standard output that whoever started the program has closed: an answer cannot be given."""

    def write(self, text: str) -> int:
        """Refuse: nobody would get to see it."""
        raise Failure("standard output is closed")

    @property
    def buffer(self) -> BinaryIO:
        """The same for bytes."""
        raise Failure("standard output is closed")


def is_terminal(stream: TextIO | None = None) -> bool:
    """Whether what is printed is read on a terminal."""
    stream = stream or sys.stdout
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def format_for(asked: str, output: str) -> Format:
    """The format that was asked for, or else the one that the place to write to implies."""
    suffix = os.path.splitext(output)[1] if output != STDOUT else ""
    implied = by_suffix(suffix)
    if asked == "auto" and implied and implied.audience == "office":
        return implied  # whatever BRIEFING_FORMAT says, a .docx file has to be one
    if asked == "auto" and suffix.lower() in OTHERWISE:
        raise _no_suffix(output, suffix)
    if asked == "auto":
        asked = os.environ.get("BRIEFING_FORMAT") or "auto"
        if asked != "auto" and (format := named(asked)) not in FOR_VIEWS:
            known = ", ".join(each.name for each in FOR_VIEWS)
            raise Failure(f"BRIEFING_FORMAT: {shortened(asked)!r} is not one of {known}")
    if asked == "auto" and implied:
        return implied
    if asked == "auto" and suffix:
        raise _no_suffix(output, suffix)
    to_terminal = output == STDOUT and is_terminal()
    format = named(IMPLIED["terminal" if to_terminal else "elsewhere"] if asked == "auto" else asked)
    assert format is not None
    if format.audience == "office" and to_terminal:
        raise Failure(f"{format.name} is not for a terminal", f"write it with -o FILE{format.suffixes[0]}")
    return format


def _no_suffix(output: str, suffix: str) -> Failure:
    """That a suffix names no format, and the way that works."""
    known = [each for format in FORMATS if format.audience != "problems" for each in format.suffixes]
    help = OTHERWISE.get(suffix.lower(), f"the suffixes: {', '.join(known)}; or name a format with -f")
    return Failure(f"{shortened(output)}: no format has the suffix {shortened(suffix)}", help)


def width_for(asked: int | None, output: str) -> int:
    """The columns to fit: as asked, as COLUMNS says, as the terminal or the one behind a pipe has, or 80."""
    if asked:
        return asked
    named = os.environ.get("COLUMNS", "")
    if named.isascii() and named.isdigit() and int(named[:6]) > 0:
        return int(named[:6])
    if output != STDOUT:
        return _COLUMNS
    return _columns() or _COLUMNS


def _columns() -> int:
    """The columns of the terminal that standard output is, or that is behind it; 0 where there is none."""
    for number in (1, 2, 0):
        with contextlib.suppress(OSError):
            if columns := os.get_terminal_size(number).columns:
                return columns
    with contextlib.suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDONLY | _NO_FOLLOW)
        try:
            return os.get_terminal_size(terminal).columns
        finally:
            os.close(terminal)
    return 0


def color_for(asked: str, output: str) -> bool:
    """Whether to use colour: as asked, else as NO_COLOR, FORCE_COLOR and TERM say, else on a terminal."""
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return output == STDOUT and is_terminal() and os.environ.get("TERM", "dumb") != "dumb"


def links_for(output: str) -> bool:
    """Whether the terminal can be told where an address leads (OSC 8): it is known of some only.

    FORCE_HYPERLINK decides where it is set, as it does for other programs.
    """
    if output != STDOUT or not is_terminal():
        return False
    env = os.environ
    if forced := os.environ.get("FORCE_HYPERLINK"):
        return forced != "0"
    term, program = env.get("TERM", "dumb"), env.get("TERM_PROGRAM", "")
    if program == "tmux" or "TMUX" in env:  # what the terminal around it has does not count
        return program == "tmux" and _version(env.get("TERM_PROGRAM_VERSION", "")) >= (3, 4)
    if term in ("dumb", "linux") or term.startswith("screen"):
        return False
    return (
        program in _WITH_LINKS
        or any(name in term for name in _TERMS_WITH_LINKS)
        or any(env.get(name) for name in ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION"))
        or _version(env.get("VTE_VERSION", "")) >= (5000,)
    )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]{1,6}", text)[:3])


@contextlib.contextmanager
def orderly() -> Iterator[None]:
    """While this lasts, a signal that ends the program lets it clear away first."""
    import signal  # only where there is something to clear away

    told: list[int] = []

    def leave(number: int, _: object) -> None:
        told.append(number)
        sys.exit(128 + number)

    ending = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    heeded = [number for number in ending if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, leave) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if told:  # and now it ends as it does elsewhere
            signal.raise_signal(told[0])


def write(
    pieces: Pieces,
    output: str = STDOUT,
    *,
    force: bool = False,
    pager: bool = False,
) -> None:
    """Write the pieces to standard output or to a file. Raises Failure where that cannot be done.

    `pager`: what is taller than the terminal is shown a page at a time.
    """
    _check_name(output)
    try:
        if output == STDOUT:
            _to_stdout(pieces, pager=pager)
        else:
            _to_file(pieces, output, force)
    except OSError as error:
        if output == STDOUT:
            raise Failure(f"standard output: {error.strerror}") from error
        if not os.path.isdir(os.path.dirname(output) or os.curdir):
            help = "make the folder first, or name a file in another"
            raise Failure(f"{shortened(output)}: its folder does not exist", help) from error
        raise Failure(f"{shortened(output)}: {error.strerror}") from error


def _check_name(output: str) -> None:
    if not output:
        raise Failure("-o: the name of the file is empty", "give a name, or - for standard output")
    if output.endswith((os.sep, os.altsep or os.sep)) and not os.path.isdir(output):
        raise Failure(f"{shortened(output)} is a folder's name", "name a file in it")
    try:
        os.fsencode(output)
    except UnicodeEncodeError as error:
        message = f"{shortened(output)}: not a name that this system's character set can write"
        raise Failure(message) from error


def _to_stdout(pieces: Pieces, *, pager: bool) -> None:
    if pager and is_terminal():
        from briefing import paging  # only where somebody reads

        paging.show((each if isinstance(each, str) else each.decode() for each in pieces), _straight)
    else:
        _straight(pieces)


def _encoded(piece: str | bytes) -> bytes:
    return piece.encode() if isinstance(piece, str) else piece


def _straight(pieces: Pieces) -> None:
    out = sys.stdout.buffer
    for piece in pieces:
        out.write(_encoded(piece))
        if is_terminal():
            out.flush()
    out.flush()


def _to_file(pieces: Pieces, output: str, force: bool) -> None:
    if own := re.fullmatch(_OWN_STREAM, output):
        number = int(own["number"] or _STREAMS[own["name"]])
        _into_open(pieces, output, os.dup(number))
        return
    before = _existing(output)
    if before and not stat.S_ISREG(before.st_mode):
        _check_not_a_place(before, output)
        # What came there since may be another thing: what is open is looked at.
        _into_open(pieces, output, os.open(output, os.O_WRONLY | _BINARY | _NO_FOLLOW))
        return
    if before:
        _check_not_read(before, output)
        if not force:
            raise _there(output)
    with orderly():
        _replace(pieces, output, before, force)


def _check_not_read(before: os.stat_result | None, output: str) -> None:
    if before and was_read(before):
        raise Failure(f"{shortened(output)} is what was read", "name another file")


def _existing(output: str) -> os.stat_result | None:
    try:
        return os.lstat(output)
    except FileNotFoundError:
        return None


def _there(output: str) -> Failure:
    return Failure(f"{shortened(output)} exists", "use --force to replace it")


def _check_not_a_place(before: os.stat_result, output: str) -> None:
    """Refuse a link, whose end may be anywhere, and a folder."""
    if stat.S_ISLNK(before.st_mode):
        raise Failure(f"{shortened(output)} is a link", "name the file that it leads to")
    if stat.S_ISDIR(before.st_mode):
        raise Failure(f"{shortened(output)} is a folder", "name a file in it")


def _into_open(pieces: Pieces, output: str, descriptor: int) -> None:
    """Write into a pipe or a device that is open; never into a file that came in its place."""
    with open(descriptor, "wb") as file:
        if not re.fullmatch(_OWN_STREAM, output) and stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _there(output)
        for piece in pieces:
            file.write(_encoded(piece))


def _replace(pieces: Pieces, output: str, before: os.stat_result | None, force: bool) -> None:
    """Write a file beside the target, then put it in the target's place in one step."""
    beside = _beside(output)
    try:
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        except OSError:
            beside = ""  # what may be there is somebody else's
            raise
        with open(descriptor, "wb") as file:
            for piece in pieces:
                file.write(_encoded(piece))
            file.flush()
            if before and (change_mode := getattr(os, "fchmod", None)):  # Windows has other permissions
                change_mode(descriptor, stat.S_IMODE(before.st_mode))
            os.fsync(descriptor)
        if force:
            _check_not_read(_existing(output), output)  # a file may be read only while the pieces are made
            os.replace(beside, output)
        else:
            _link(beside, output)
    except BaseException:  # Ctrl-C too: nothing half-written stays behind
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _beside(output: str) -> str:
    """A name that nobody else has for a file in the target's folder, whatever was left there before.

    File systems count bytes, so the target's own name, which it begins with, is cut by bytes too.
    """
    folder, name = os.path.split(output)
    begins = name.encode(errors="replace")[:_KEPT_OF_A_NAME].decode(errors="ignore")
    return os.path.join(folder, f".{begins}.{os.urandom(8).hex()}.tmp")


def _link(beside: str, output: str) -> None:
    """Put the file in place only if nothing is there, even if something came there meanwhile."""
    try:
        os.link(beside, output)
    except FileExistsError as error:
        raise _there(output) from error
    except (OSError, AttributeError):  # a file system, or a system, without hard links
        _claim(output)
        os.replace(beside, output)
        return
    os.unlink(beside)


def _claim(output: str) -> None:
    """Make an empty file where nothing is."""
    try:
        os.close(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    except FileExistsError as error:
        raise _there(output) from error


def exchange(path: str, before: bytes, after: bytes) -> None:
    """Put other bytes in the place of a file that was read, in one step; its permissions stay.

    Raises Failure, and leaves everything as it is, where the file is no ordinary one, may not be
    written, or does not hold what was read any more.
    """
    try:
        status = os.lstat(path)
        _check_not_a_place(status, path)
        if not stat.S_ISREG(status.st_mode):
            raise Failure(f"{shortened(path)} is not an ordinary file")
        if not os.access(path, os.W_OK):
            raise Failure(f"{shortened(path)}: may not be written")
        with orderly():
            _exchange(path, before, after, status)
    except OSError as error:
        raise Failure(f"{shortened(path)}: {error.strerror}") from error


def _exchange(path: str, before: bytes, after: bytes, status: os.stat_result) -> None:
    beside = _beside(path)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            if change_mode := getattr(os, "fchmod", None):  # Windows has other permissions
                change_mode(descriptor, stat.S_IMODE(status.st_mode))
            os.fsync(descriptor)
        with open_ordinary(path, follow=False) as file_now:
            if file_now.read(len(before) + 1) != before:
                raise Failure(f"{shortened(path)} has changed meanwhile", "nothing is written: run it again")
        os.replace(beside, path)
    except BaseException:  # Ctrl-C too: nothing half-written stays behind
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def complain(*lines: str) -> None:
    """Say something on standard error; standard output is for the answer alone."""
    if sys.stderr is not None:
        told = "".join(f"{neutral(safe(line))}\n" for line in lines)
        with contextlib.suppress(OSError):  # nobody is listening
            sys.stderr.buffer.write(told.encode(errors="replace"))
            sys.stderr.flush()
