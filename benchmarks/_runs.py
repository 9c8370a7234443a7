"""Whole processes, measured: the same work in several ways, one after the other, round after round.

A machine that others use too slows everything down for a while. So the ways take turns (A B C A B C ...), and what is
told is the ratio of their medians. This module imports nothing large, and what uses it should not either: Linux counts
the memory of the process that starts another as the other's, until that one needs more.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds by the clock and of CPU, the most memory that it held, and what it said at its end."""

    wall: float
    cpu: float
    peak_mib: float
    said: dict[str, Any] = field(default_factory=dict)


def run(command: Sequence[str], more: Mapping[str, str] | None = None) -> Run:
    """Run it to its end. What it prints last, if that is JSON, is what it says. SystemExit where it fails."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, **(more or {})}) as child:
        assert child.stdout is not None
        out = child.stdout.read().decode(errors="replace").strip()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}: {out[-2000:]}")
    last = out.rpartition("\n")[2]
    said = json.loads(last) if last.startswith("{") else {}
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT / 2**20, said)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a portal that serves the table in FOLDER (`_serving`), and that ends with the block."""
    command = [sys.executable, "-m", "benchmarks._serving", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


@dataclass(slots=True)
class Way:
    """One way to do the work; `before` makes room for a run and is not measured."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)

    def once(self) -> None:
        if self.before:
            self.before()
        self.runs.append(run(self.command, self.environment))

    def middle(self, of: Callable[[Run], float] = lambda run: run.wall) -> float:
        """The median of its runs."""
        return median(of(run) for run in self.runs)

    def most(self) -> float:
        """The most memory that any run held, MiB."""
        return max(run.peak_mib for run in self.runs)


def take_turns(ways: Sequence[Way], rounds: int) -> None:
    """Run each way so many times, one after the other; progress goes to stderr."""
    for number in range(1, rounds + 1):
        for way in ways:
            way.once()
            last = way.runs[-1]
            print(
                f"round {number} of {rounds}: {way.name}: {last.wall:.1f} s, {last.cpu:.1f} s of CPU,"
                f" {last.peak_mib:.0f} MiB",
                file=sys.stderr,
                flush=True,
            )


def seconds(value: float) -> str:
    """For a table: three digits, and no more than two after the point."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; columns after the first are right-aligned."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> str:
    """What the figures were measured on, without names: one sentence."""
    from importlib.metadata import version

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    known = ", ".join(
        f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "pandas", "great-expectations", "sodapy")
    )
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, {platform.system()},"
        f" Python {platform.python_version()}, {known}"
    )


def load() -> float:
    """How many processes wanted a core during the last minute."""
    return os.getloadavg()[0]


def today() -> str:
    """The date."""
    return f"{datetime.now(UTC):%Y-%m-%d}"
