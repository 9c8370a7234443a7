"""Exports of years of daily values: seconds and memory, and against the way that wrote a row at a time.

    python -m benchmarks.export [CITIES] [DAYS]

100 cities with 1,096 days of 45 indicators (4.9 million values), checks and datasets of the last day. Wanted: under
120 s and 1 GiB on two cores. The ratio is of a slice (10 cities, 365 days), by turns: ours writes CSV, Parquet, a
workbook, a SQLite file and a data package, the older way CSV and Parquet alone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks._runs import Run, Way, machine, run, seconds, take_turns

SLICE, ROUNDS = (10, 365), 3


def made(folder: Path, cities: int, days: int) -> Path:
    """A home with such a warehouse, made in a process of its own."""
    folder.mkdir(parents=True)
    (folder / "cities").mkdir()
    run(
        [sys.executable, "-m", "benchmarks._export_warehouse", str(folder / "warehouse.sqlite"), str(cities), str(days)]
    )
    return folder


def ours(home: Path, out: Path) -> Way:
    """`civicgauge export` for staff, in a process of its own."""
    command = [sys.executable, "-m", "civicgauge", "export", str(out), "--audience", "staff"]
    return Way("export", command, environment={"CIVICGAUGE_HOME": str(home), "CIVICGAUGE_CITIES": str(home / "cities")})


def by_rows(home: Path, out: Path) -> Way:
    """The older way on the same warehouse."""
    url = f"sqlite:///{home / 'warehouse.sqlite'}"
    return Way("by rows", [sys.executable, "-m", "benchmarks._export_by_rows", url, str(out)])


def whole(folder: Path, cities: int, days: int) -> Run:
    """One export of the whole."""
    way = ours(made(folder / "whole", cities, days), folder / "out")
    way.once()
    return way.runs[0]


def ratio(folder: Path, cities: int, days: int, rounds: int) -> tuple[Way, Way]:
    """Both ways on a slice, by turns."""
    home = made(folder / "slice", cities, days)
    ways = (ours(home, folder / "slice-ours"), by_rows(home, folder / "slice-by-rows"))
    take_turns(ways, rounds)
    return ways


def main() -> None:
    """Measure and print."""
    cities, days = (int(text) for text in (sys.argv[1:] or ("100", "1096")))
    with tempfile.TemporaryDirectory() as name:
        took = whole(Path(name), cities, days)
        print(machine())
        print(f"{cities} cities, {days} days: {seconds(took.wall)} s, {took.cpu:.0f} s of CPU, {took.peak_mib:.0f} MiB")
        new, old = ratio(Path(name), *SLICE, ROUNDS)
        cpu = [way.middle(lambda each: each.cpu) for way in (new, old)]
        print(
            f"a slice of {SLICE[0]} cities and {SLICE[1]} days: {seconds(new.middle())} s ({cpu[0]:.1f} s of CPU) in "
            f"all formats against {seconds(old.middle())} s ({cpu[1]:.1f} s) by rows in two: "
            f"{old.middle() / new.middle():.2f} times as quick, {cpu[1] / cpu[0]:.2f} by CPU"
        )


if __name__ == "__main__":
    main()
