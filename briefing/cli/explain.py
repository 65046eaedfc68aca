"""What is said of a run that fails, and the exit code that it calls for."""

from briefing.problem import INVALID, USAGE, Failure, InvalidDigest
from briefing.sink import complain


def explain(error: InvalidDigest | Failure) -> int:
    """Say what went wrong and return the exit code that it calls for."""
    if isinstance(error, InvalidDigest):
        from briefing.render.excerpts import report  # most runs have nothing wrong

        complain(*report(error.problems))
        return INVALID
    complain(f"briefing: {error.message}", *([f"   help: {error.help}"] if error.help else []))
    return USAGE
