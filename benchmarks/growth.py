"""100 and 1,000 cities by simulation: what a city-day costs, where it bends first, and what to do then.

    python -m benchmarks.growth [--only cities,parse,airflow,clock,pages] [--measured FILE] [--to docs/growth.md]

Measures the parts named (all, unless told), keeps each in the JSON file of measured figures, and writes the page from
that file: parts may be measured at different hours. With `--only ''` the page alone is written. All parts take about
an hour of two idle cores; PostgreSQL is needed (as the tests find it).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.warehouse_fixtures import fresh_postgres

from benchmarks import _growth_page, pages
from benchmarks._big_world import World, make
from benchmarks._growth_airflow import measure as measure_airflow
from benchmarks._growth_parse import measure as measure_parse
from benchmarks._growth_sizes import simulate
from benchmarks._runs import ROOT, load, machine, run, today

SIZES, DAYS, COUNTS = (40, 500, 2000), 30, (100, 1000)
Found = list[dict[str, Any]]


def cities(folder: Path) -> Found:
    """A city of each size, day by day."""
    found = [
        dataclasses.asdict(simulate(folder, database, size, DAYS)) for size in SIZES for database in fresh_postgres()
    ]
    for each in found:
        each["alone"] = {
            name: [[one["wall"], one["cpu"], one["peak_mib"]] for one in runs] for name, runs in each["alone"].items()
        }
    return found


def parse(folder: Path) -> Found:
    """Reading the DAG files."""
    return [measure_parse(folder / f"parse-{count}", count) for count in COUNTS]


def airflow(folder: Path) -> Found:
    """Airflow's own share."""
    found = []
    for count, seconds in zip(COUNTS, (600.0, 240.0), strict=True):
        for database in fresh_postgres():
            place = folder / f"airflow-{count}"
            place.mkdir()
            found.append(dataclasses.asdict(measure_airflow(place, database, count, seconds)))
    return found


def clock(folder: Path) -> Found:
    """What runs by the clock over all cities, on SQLite."""
    found: Found = []
    for count in COUNTS:
        home = folder / f"world-{count}"
        home.mkdir()
        url = f"sqlite:///{home / 'warehouse.sqlite'}"
        rows = make(url, home / "cities", World(cities=count, full=count // 10))
        around = {"CIVICGAUGE_HOME": str(home), "CIVICGAUGE_CITIES": str(home / "cities"), "CIVICGAUGE_WAREHOUSE": url}
        said: dict[str, Any] = {"cities": count, "rows": rows, "bytes": (home / "warehouse.sqlite").stat().st_size}
        for what in ("registry", "export", "baseline", "turn"):
            done = run([sys.executable, "-m", "benchmarks._growth_clock", what], around)
            said[what] = {"wall": done.wall, "cpu": done.cpu, "peak_mib": done.peak_mib, **done.said}
        found.append(said)
    return found


def pages_of(folder: Path) -> Found:
    """Pages over a big world, on both databases."""
    found: Found = []
    world, home = World(), folder / "pages"
    for database in ("sqlite", "postgresql"):
        for fresh in fresh_postgres():
            url = fresh if database == "postgresql" else f"sqlite:///{home / 'warehouse.sqlite'}"
            home.mkdir(exist_ok=True)
            make(url, home / "cities", world)
            every = pages.run_all(home, url, world, rounds=3, times=20)
            found.append({"database": database, "table": pages.page(every)})
    return found


PARTS: dict[str, Callable[[Path], Found]] = {
    "cities": cities,
    "parse": parse,
    "airflow": airflow,
    "clock": clock,
    "pages": pages_of,
}


def main(words: Sequence[str] | None = None) -> None:
    """Measure what is asked for, keep it, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--measured", type=Path, default=ROOT / "benchmarks" / "growth.json")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "growth.md")
    asked = parser.parse_args(words)
    known = json.loads(asked.measured.read_text(encoding="utf-8")) if asked.measured.is_file() else {}
    for name in filter(None, asked.only.split(",")):
        before = load()
        with tempfile.TemporaryDirectory(prefix="civicgauge-growth-") as folder:
            found = PARTS[name](Path(folder))
        known[name] = {"on": today(), "load": [before, load()], "machine": machine(), "found": found}
        asked.measured.write_text(json.dumps(known, indent=1), encoding="utf-8")
        print(f"measured: {name}", file=sys.stderr)
    asked.to.write_text(_growth_page.page(known), encoding="utf-8")
    print(f"written: {asked.to}", file=sys.stderr)


if __name__ == "__main__":
    main()
