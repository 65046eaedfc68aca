"""What was measured, as Markdown: for the terminal and for README.md."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

import programs
from programs import PEERS, Bench, libraries
from targets import MEGABYTE, Group, Target, milliseconds, targets

BEGIN, END = "<!-- figures: written by run.py -->", "<!-- end of the figures -->"

GROUPS = {
    "start": ("S: the start", programs.TIMELINE),
    "medium": ("M: 1,000 events, about 1 MB", programs.TIMELINE_M),
    "large": ("L: 50,000 events, about 32 MB", programs.TIMELINE_L),
    "terminal": ("M drawn on a terminal", programs.TIMELINE_M_DRAWN),
    "stream": ("L drawn on a terminal", programs.TIMELINE_L_DRAWN),
    "many": ("1,000 digests of 15 KB", programs.MANY),
    "check": ("5,000 quotes against 10 MB of source", programs.CHECK),
}
"""For each group its title, and the program that the others are held against."""


def report(bench: Bench, measured: Mapping[str, Group]) -> str:
    parts = [_machine(bench), "### Targets", _targets(targets(bench.inputs), measured)]
    for name, group in measured.items():
        title, ours = GROUPS[name]
        parts += [f"### {title}", _group(group, ours)]
    return "\n\n".join(parts)


def write(readme: Path, text: str) -> None:
    """Put the figures between their marks; the rest of the page is kept."""
    page = readme.read_text(encoding="utf-8")
    before, after = page[: page.index(BEGIN)], page[page.index(END) :]
    readme.write_text(f"{before}{BEGIN}\n\n{text}\n\n{after}", encoding="utf-8")


def _machine(bench: Bench) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB of memory"
    ours = [f"{name} {version}" for name, version in libraries().items()]
    peers = [f"{peer.name.rstrip(' ‡')}: {bench.peers.get(peer.name) or 'not found'}" for peer in PEERS[1:]]
    lines = [
        f"Machine: {machine}.",
        f"Ours: {', '.join([f'Python {platform.python_version()}', *ours])}.",
        "Peers:",
        "",
    ]
    return "\n".join(lines) + "\n" + "\n".join(f"- {peer}" for peer in peers)


def _targets(wanted: list[Target], measured: Mapping[str, Group]) -> str:
    rows = [_target(target, measured[target.group]) for target in wanted if target.group in measured]
    return _table(("group", "target", "at most", "measured", "from", "met"), rows, right={2, 3})


def _target(target: Target, group: Group) -> tuple[str, ...]:
    most = f"{target.most:.2f} {target.unit}"
    try:
        figure, beside = target.figure(group), target.beside(group)
    except KeyError as missing:
        why = "failed" if missing.args[0] in group.failures else "not installed"
        return (target.group, target.text, most, "", f"{missing.args[0]}: {why}", "not measured")
    met = "yes" if figure <= target.most else "**no**"
    return (target.group, target.text, most, f"{figure:.2f} {target.unit}", beside, met)


def _group(group: Group, ours: str) -> str:
    rows = [_case(group, name, ours) for name in group.runs]
    rows += [(name, why, "", "", "", "") for name, why in group.failures.items()]
    return _table(
        ("program", "median, ms", "fastest, ms", "÷ ours", "peak, MB", "runs"), rows, right={1, 2, 3, 4, 5}
    )


def _case(group: Group, name: str, ours: str) -> tuple[str, ...]:
    ratio = f"{group.seconds(name) / group.seconds(ours):.2f}" if ours in group.runs else ""
    times = (milliseconds(group.seconds(name)), milliseconds(group.fastest(name)))
    return (name, *times, ratio, f"{group.peak(name) / MEGABYTE:,.0f}", str(len(group.runs[name])))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], right: set[int]) -> str:
    widths = [max(3, *(len(row[at]) for row in [head, *rows])) for at in range(len(head))]

    def line(cells: tuple[str, ...]) -> str:
        padded = (
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = (
        "|"
        + "|".join("-" * (width + 1) + (":" if at in right else "-") for at, width in enumerate(widths))
        + "|"
    )
    return "\n".join([line(head), rule, *map(line, rows)])


def progress(words: str) -> None:
    """Say on a terminal what is going on, in one line that the next one replaces."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)
