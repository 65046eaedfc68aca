"""The program as a process: the command `briefing`, and `python -m briefing`."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    sys.path.pop(0)  # the current folder: a file `signal.py` in it would be imported as ours

import gc
import os
import signal

from briefing import programs


def main() -> None:
    """Run the command line and leave with its exit code.

    The garbage collector is off from the start, because it slows the imports, and the interpreter is
    not torn down at the end. The first saves a twentieth of a short run, the second a tenth.
    """
    gc.disable()
    code = _run()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            code = code or 2
    os._exit(code)


def _run() -> int:
    if hasattr(signal, "SIGPIPE"):
        # A closed pipe ends this program as it ends any Unix tool. Windows has no such signal.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Leave at once: an import that is interrupted can go on, or fail in odd ways. See `sink.orderly`.
        signal.signal(signal.SIGINT, lambda number, _: os._exit(128 + number))
    if sys.stderr is None:  # closed: what is said there must not end up in the answer
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    programs.leave_out_where_we_stand()
    from briefing.cli import run  # only now, with the collector off

    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
