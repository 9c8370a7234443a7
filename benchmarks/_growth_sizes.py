"""How much a simulated city leaves behind a day: rows and bytes by table, files and bytes by folder of the lake."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import psycopg
from tests.homes import environment as home_environment

from benchmarks._growth_city import CITY, FIRST, Grown, one_by_one, portal_of
from benchmarks._runs import run
from civicgauge.warehouse import Warehouse

Sizes = Mapping[str, tuple[int, int]]
ALONE_DAYS = 3


def tables(database: str) -> dict[str, tuple[int, int]]:
    """Of each table of the warehouse on PostgreSQL: rows, and bytes with its indexes, after a vacuum."""
    with psycopg.connect(database, autocommit=True) as link:
        names = [name for (name,) in link.execute("select tablename from pg_tables where schemaname = 'civicgauge'")]
        found = {}
        for name in names:
            link.execute(f'vacuum analyze civicgauge."{name}"'.encode())
            asked = f"""select (select count(*) from civicgauge."{name}"),
                pg_total_relation_size('civicgauge."{name}"')"""
            rows, size = link.execute(asked.encode()).fetchall()[0]
            found[name] = (rows, size)
        return found


def lake(folder: Path) -> dict[str, tuple[int, int]]:
    """Of each folder of the lake: files, and bytes."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path in folder.rglob("*"):
        if path.is_file():
            kind = found[path.relative_to(folder).parts[0]]
            kind[0] += 1
            kind[1] += path.stat().st_size
    return {name: (files, size) for name, (files, size) in found.items()}


def a_day(before: Sizes, after: Sizes, days: int) -> tuple[dict[str, float], dict[str, float]]:
    """(count, bytes) that a day adds, by name."""
    changes = {name: (after[name], before.get(name, (0, 0))) for name in after}
    counts = {name: (now[0] - then[0]) / days for name, (now, then) in changes.items()}
    sizes = {name: (now[1] - then[1]) / days for name, (now, then) in changes.items()}
    return counts, sizes


def simulate(folder: Path, database: str, datasets: int, days: int) -> Grown:
    """Observe a city of so many datasets for so many days, of which the last three by a process for each stage.

    `database`: the address of an empty PostgreSQL database.
    """
    grown, home = Grown(datasets, days), folder / f"city-{datasets}"
    environment = home_environment(home, database)
    with Warehouse(database) as warehouse:
        warehouse.upgrade()
    settled = max(2, (days - ALONE_DAYS) // 3)  # the first days write what is written once
    with portal_of(home / "cities", datasets) as portal:

        def observe(first: int, last: int) -> dict[str, dict[str, float]]:
            bounds = [(FIRST + timedelta(number)).isoformat() for number in (first, last)]
            command = [sys.executable, "-m", "benchmarks._growth_city", "days", CITY, *bounds, portal]
            return run(command, environment).said

        observe(0, settled - 1)
        before = tables(database), lake(home / "lake")
        said = observe(settled, days - ALONE_DAYS - 1)
        grown.cpu, grown.wall = said["cpu"], said["wall"]
        for number in range(days - ALONE_DAYS, days):
            one_by_one(CITY, FIRST + timedelta(number), portal, environment, grown.alone)
    after = tables(database), lake(home / "lake")
    grown.rows, grown.tables = a_day(before[0], after[0], days - settled)
    grown.files, grown.lake = a_day(before[1], after[1], days - settled)
    grown.kept = {name: rows for name, (rows, _) in after[0].items()}
    return grown
