"""Time as a machine with nothing else to do would take it.

Beside other work a processor is slower, some machines many times, and a limit in seconds would say
more about them than about the program. So a short loop is run beside what is measured.
"""

import time

_QUIET = 0.017
"""Seconds of the processor that the loop takes at most where the limits hold without it: what kept to
2 s there took 7.3 s where the loop took 0.062."""


def pace() -> float:
    """How many times slower than such a machine this one is now; 1 at least."""
    return max(min(_loop() for _ in range(3)) / _QUIET, 1.0)


def took(began: float) -> float:
    """The seconds of the processor since `began`, by `time.process_time`, as such a machine takes them."""
    return (time.process_time() - began) / pace()


def _loop() -> float:
    began = time.process_time()
    total = 0
    for number in range(200_000):
        total += number * number % 7
    return time.process_time() - began
