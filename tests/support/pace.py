"""Time as a machine with nothing else to do would take it.

Beside other work a processor is slower, some machines many times and for a second only, and a limit in
seconds would say more about them than about the program. So a short loop is run before and after what
is measured, and what seems late is measured again.
"""

import time
from collections.abc import Callable
from typing import TypeVar

_QUIET = 0.017
"""Seconds of processor time that the loop takes, at most, on a machine with nothing else to do."""
_RUNS = 3

T = TypeVar("T")


def seconds(work: Callable[[], object], limit: float) -> float:
    """Seconds of processor time that `work` takes on such a machine; the least of some runs if over `limit`."""
    return at_best(lambda: _seconds(work), float, limit)


def at_best(run: Callable[[], T], taken: Callable[[T], float], limit: float) -> T:
    """The first run that took less than `limit`, else the one that took least; `taken` says how long."""
    runs = [run()]
    while len(runs) < _RUNS and taken(runs[-1]) >= limit:
        runs.append(run())
    return min(runs, key=taken)


class Pace:
    """How many times slower than such a machine this one is, from now on until `now` is asked for."""

    def __init__(self) -> None:
        self._before = _loop()

    def now(self) -> float:
        """How many times slower it was; 1 at least."""
        return max((self._before + _loop()) / 2 / _QUIET, 1.0)


def _seconds(work: Callable[[], object]) -> float:
    pace = Pace()
    began = time.process_time()
    work()
    took = time.process_time() - began
    return took / pace.now()


def _loop() -> float:
    """Seconds that the loop takes."""
    began = time.process_time()
    total = 0
    for number in range(200_000):
        total += number * number % 7
    return time.process_time() - began
