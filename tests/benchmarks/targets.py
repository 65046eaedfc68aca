"""The targets for speed, each with how it is worked out from what was measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import programs
from measure import Run

EVENTS_M, EVENTS_L = 1_000, 50_000
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Group:
    """What was measured of one group of cases."""

    runs: Mapping[str, Sequence[Run]]
    failures: Mapping[str, str]

    def seconds(self, name: str) -> float:
        return median(run.seconds for run in self.runs[name])

    def fastest(self, name: str) -> float:
        return min(run.seconds for run in self.runs[name])

    def peak(self, name: str) -> int:
        return max(run.peak for run in self.runs[name])

    def each(self, name: str, figure: Callable[[Run], float]) -> float:
        return median(figure(run) for run in self.runs[name])


@dataclass(frozen=True)
class Target:
    """One promise."""

    group: str
    text: str
    most: float
    figure: Callable[[Group], float]
    """The measured value. KeyError where a program that it needs was not measured."""
    unit: str = "×"
    beside: Callable[[Group], str] = lambda group: ""
    """What the value was worked out from."""


def targets(inputs: Path) -> list[Target]:
    return [*_start(), *_growth(inputs), *_terminal(), *_many(), *_check()]


def _ratio(group: str, text: str, most: float, ours: str, theirs: str) -> Target:
    """Ours at most so many times theirs."""
    return Target(
        group,
        text,
        most,
        lambda timed: timed.seconds(ours) / timed.seconds(theirs),
        beside=lambda timed: (
            f"{milliseconds(timed.seconds(ours))} : {milliseconds(timed.seconds(theirs))} ms"
        ),
    )


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}" if seconds < 0.1 else f"{seconds * 1000:,.0f}"


def _start() -> list[Target]:
    ours, terminal = programs.TIMELINE, programs.ON_TERMINAL
    return [
        _ratio("start", "S in a pipe, to importing typer, yaml, msgspec", 0.9, ours, programs.IMPORTS),
        _ratio("start", "S in a pipe, to a trivial Typer app", 1.2, ours, programs.TRIVIAL),
        _ratio("start", "S on a terminal, to the imports and rich", 1.0, terminal, programs.IMPORTS_RICH),
        _ratio("start", "`--version`, to a trivial Typer app", 1.0, programs.VERSION, programs.TRIVIAL),
    ]


def _growth(inputs: Path) -> list[Target]:
    ours, limited = programs.TIMELINE_L, programs.LIMITED
    size = _size(inputs / "l.yaml")
    return [
        _ratio("medium", "M, to jinja2-cli", 0.55, programs.TIMELINE_M, programs.JINJA),
        _ratio("large", "L, to nushell", 0.7, ours, programs.NUSHELL),
        _ratio("large", "L, to jinja2-cli", 0.2, ours, programs.JINJA),
        Target(
            "large",
            "L, peak memory to the size of the file",
            10,
            lambda timed: timed.peak(ours) / size,
            beside=lambda timed: f"{timed.peak(ours) / MEGABYTE:,.0f} : {size / MEGABYTE:.1f} MB",
        ),
        Target(
            "large",
            "time over start for one event, L to M",
            4 / 3,
            _per_event,
            beside=_per_event_and_megabyte(inputs),
        ),
        *(_ratio("large", f"{name}, to L as it is", 1.1, name, ours) for name in programs.NARROWED),
        _ratio("large", f"{limited}, to L as it is", 1.1, limited, ours),
        _ratio("large", f"{limited}, to a filter that keeps nothing", 1.1, limited, programs.KEEPS_NOTHING),
    ]


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 1


def _over_start(timed: Group, name: str) -> float:
    return timed.seconds(name) - timed.seconds(programs.TIMELINE)


def _per_event(timed: Group) -> float:
    medium = _over_start(timed, programs.TIMELINE_M) / EVENTS_M
    return _over_start(timed, programs.TIMELINE_L) / EVENTS_L / medium


def _per_event_and_megabyte(inputs: Path) -> Callable[[Group], str]:
    def words(timed: Group) -> str:
        medium, large = _over_start(timed, programs.TIMELINE_M), _over_start(timed, programs.TIMELINE_L)
        events = f"{large / EVENTS_L * 1e6:.0f} : {medium / EVENTS_M * 1e6:.0f} µs an event"
        by_size = (
            f"{large / _size(inputs / 'l.yaml') * 1e9:.0f} : {medium / _size(inputs / 'm.yaml') * 1e9:.0f}"
        )
        return f"{events}; {by_size} ms a MB"

    return words


def _terminal() -> list[Target]:
    rows, stream, piped = programs.TIMELINE_M_DRAWN, programs.TIMELINE_L_DRAWN, programs.TIMELINE_L
    return [
        Target("terminal", "1,000 rows drawn", 1.0, lambda timed: timed.seconds(rows), "s"),
        Target(
            "terminal",
            "1,000 rows, the first screenful",
            0.35,
            lambda timed: timed.each(rows, Run.screenful),
            "s",
        ),
        Target(
            "stream",
            "50,000 rows, the slowest tenth of the output to the median one",
            1.5,
            lambda timed: timed.each(stream, _unsteady),
            beside=lambda timed: (
                f"{', '.join(milliseconds(tenth) for tenth in timed.runs[stream][0].tenths())} ms"
            ),
        ),
        Target(
            "stream",
            "50,000 rows, peak memory to that in a pipe",
            1.1,
            lambda timed: timed.peak(stream) / timed.peak(piped),
            beside=lambda timed: (
                f"{timed.peak(stream) / MEGABYTE:,.0f} : {timed.peak(piped) / MEGABYTE:,.0f} MB"
            ),
        ),
    ]


def _unsteady(run: Run) -> float:
    return max(run.tenths()) / median(run.tenths())


def _many() -> list[Target]:
    def figure(timed: Group) -> float:
        return _over_start(timed, programs.MANY) / timed.seconds(programs.READ_MANY)

    def beside(timed: Group) -> str:
        start, reading = timed.seconds(programs.TIMELINE), timed.seconds(programs.READ_MANY)
        return f"{milliseconds(timed.seconds(programs.MANY))} − {milliseconds(start)} : {milliseconds(reading)} ms"

    return [Target("many", "1,000 digests, over start, to reading them alone", 1.4, figure, beside=beside)]


def _check() -> list[Target]:
    whole, part = programs.CHECK_QUOTES, programs.CHECK_PART

    def over_start(what: str, name: str) -> Target:
        text = f"5,000 quotes, 10 MB, over start: {what}"
        return Target("check", text, 2, lambda timed: _over_start(timed, name), "s")

    def beside(timed: Group) -> str:
        return f"{milliseconds(_over_start(timed, whole))} : {milliseconds(_over_start(timed, part))} ms"

    return [
        over_start("every rule", programs.CHECK),
        over_start("the two rules for quotes", whole),
        Target(
            "check",
            "all of it to a quarter of both, over start (their product: 16)",
            4 * 4 / 3,
            lambda timed: _over_start(timed, whole) / _over_start(timed, part),
            beside=beside,
        ),
    ]
