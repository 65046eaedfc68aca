"""The program as a process: the command `briefing`, and `python -m briefing`."""

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code.

    The collector is off from the start, for it is the imports that it slows, and the interpreter is
    not torn down at the end: the one takes a twentieth of a short run, the other a tenth.
    """
    gc.disable()
    from briefing.cli import run  # only now

    if os.name == "posix":  # a closed pipe ends this program as it ends any Unix tool
        import signal

        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if sys.stderr is None:  # closed: what is said there must not end up in the answer
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            code = code or 2
    os._exit(code)


if __name__ == "__main__":
    main()
