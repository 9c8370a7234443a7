"""A big warehouse, quickly: by default 1,000 cities with 500 datasets each, on SQLite or PostgreSQL.

    python -m benchmarks._big_world HOME [--cities 1000] [--datasets 500] [--full 100] [--warehouse URL]

Writes HOME/cities (the city files) and the warehouse (HOME/warehouse.sqlite unless told otherwise): every city with a
year of daily runs, all indicators of 60 weekly days and of the day before the last, evidence by criterion, entries,
check results and incidents of the newest day. The first `full` cities have every check of a catalogue on each entry,
as a real day has; the others every second one, for all of them would be twelve million rows. Five entries of each
city have the checks of rows, too. All texts are made up or civicgauge's own; the same arguments give the same rows.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from benchmarks._big_cities import MadeCity, city, facts, write_files
from benchmarks._big_load import Rows, load
from benchmarks._big_rows import (
    DAY,
    STATES,
    Pattern,
    State,
    check_columns,
    check_outcome,
    checks,
    entries,
    indicators,
    instant,
    level_of,
    run_id,
    values_of,
)
from civicgauge.model import IndicatorValue
from civicgauge.pipeline.assessing import evidence_of, row_of
from civicgauge.pipeline.exporting.reading import indicator_texts
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.tables import SCHEMA, tables_in


@dataclass(frozen=True, slots=True)
class World:
    """How big a world is; `full`: cities with every check of a catalogue, `weeks`: weekly days with values."""

    cities: int = 1000
    datasets: int = 500
    full: int = 100
    weeks: int = 60
    run_days: int = 365

    @property
    def made(self) -> list[MadeCity]:
        """Its cities by id."""
        return sorted(map(city, range(self.cities)), key=lambda each: each.city_id)

    @property
    def value_days(self) -> list[tuple[date, int]]:
        """The days with values, oldest first, each with how many weeks ago it was."""
        weekly = [(DAY - timedelta(7 * ago), ago) for ago in range(self.weeks)]
        return sorted([*weekly, (DAY - timedelta(1), 1)])

    @property
    def days_run(self) -> list[date]:
        """The days with a run: the last year's, and those with values before it."""
        return sorted({DAY - timedelta(ago) for ago in range(self.run_days)} | {day for day, _ in self.value_days})


def make(url: str, cities: Path, world: World) -> dict[str, int]:
    """Write the city files and fill an empty warehouse; how many rows each table got."""
    write_files(cities, world.cities)
    with Warehouse(url) as warehouse:
        warehouse.upgrade(indicator_texts())
        known = tables_in(SCHEMA if warehouse.dialect == "postgresql" else None).sorted_tables
        tables = {table.name: table for table in known}
        made = {name: rows(world, tables[name]) for name, rows in _TABLES.items()}
        return {name: load(warehouse.engine, tables[name], rows) for name, rows in made.items()}


def _city(world: World, table: sa.Table) -> Rows:
    names = [column.name for column in table.columns]
    for made in world.made:
        row = {"city_id": made.city_id, **facts(made)}
        yield [row[name] for name in names]


def _run(world: World, table: sa.Table) -> Rows:
    common = {"is_current": True, "outcome": "complete", "method_version": "0.5.0", "config_digest": "5" * 64}
    open_ = ("run_id", "city_id", "day", "started_at", "ended_at", "as_of", "airflow_dag_id", "airflow_run_id")
    pattern, days = Pattern(table, common, open_), world.days_run
    for made in world.made:
        dag = f"observe__{made.city_id}"
        for day in days:
            started = f"{day}T11:{made.number % 60:02d}:05.000000Z"
            ended = f"{day}T11:{made.number % 60:02d}:{10 + made.number % 45}.000000Z"
            filled = (made.city_id, day.isoformat(), started, ended, instant(day, 11), dag, f"scheduled__{day}")
            yield pattern.fill(run_id(made.city_id, day), *filled)


def _dataset(world: World, table: sa.Table) -> Rows:
    kept = {column.name for column in table.columns}
    common = {"first_seen": str(DAY - timedelta(400)), "last_seen": str(DAY), "state_day": str(DAY)}
    states = [{k: v for k, v in State(n).columns().items() if k in kept} for n in range(STATES)]
    open_ = ("city_id", "portal_id", "dataset_id", "title", "permalink", "publisher")
    patterns = [Pattern(table, {**state, **common, "presence": "present"}, open_) for state in states]
    for made in world.made:
        for portal_id, dataset_id, number, title in entries(made, world.datasets):
            link = f"https://{portal_id}.{made.city_id}.example.org/d/{dataset_id}"
            publisher = f"Department {number % 24}"
            yield patterns[number % STATES].fill(made.city_id, portal_id, dataset_id, title, link, publisher)


def _dataset_day(world: World, table: sa.Table) -> Rows:
    common = {"day": str(DAY), "as_of": instant(DAY, 11)}
    open_ = ("city_id", "portal_id", "dataset_id", "input_digest", "run_id")
    patterns = [Pattern(table, {**State(n).columns(), **common}, open_) for n in range(STATES)]
    for made in world.made:
        run = run_id(made.city_id, DAY)
        for portal_id, dataset_id, number, _ in entries(made, world.datasets):
            digest = f"{made.number * 104_729 + number:064x}"
            yield patterns[number % STATES].fill(made.city_id, portal_id, dataset_id, digest, run)


def _check_result(world: World, table: sa.Table) -> Rows:
    every = checks()
    on_rows = [check.table in ("landed_tables", "landed_columns") for check in every]
    open_ = ("city_id", "portal_id", "dataset_id", "run_id")
    known: dict[tuple[int, int], Pattern] = {}

    def pattern(state: int, number: int) -> Pattern:
        if (state, number) not in known:
            columns = check_columns(every[number], check_outcome(state, number), state)
            known[state, number] = Pattern(table, {**columns, "day": str(DAY)}, open_)
        return known[state, number]

    for made in world.made:
        run = run_id(made.city_id, DAY)
        plain = [n for n in range(len(every)) if not on_rows[n] and (made.number < world.full or n % 2 == 0)]
        for portal_id, dataset_id, number, _ in entries(made, world.datasets):
            for check in range(len(every)) if number in made.chosen else plain:
                yield pattern(number % STATES, check).fill(made.city_id, portal_id, dataset_id, run)


def _values(world: World) -> list[list[IndicatorValue]]:
    return [values_of(indicator, world.datasets) for indicator in indicators()]


def _indicator_value(world: World, table: sa.Table) -> Rows:
    open_ = ("city_id", "input_digest", "run_id")
    for day, ago in world.value_days:
        stamp = {"day": str(day), "as_of": instant(day, 11), "recorded_at": instant(day, 12)}
        levels = [[Pattern(table, {**asdict(value), **stamp}, open_) for value in each] for each in _values(world)]
        for made in world.made:
            run, digest = run_id(made.city_id, day), f"{made.number * 7919 + ago:064x}"
            for number, patterns in enumerate(levels):
                yield patterns[level_of(made, number, ago)].fill(made.city_id, digest, run)


def _criterion_evidence(world: World, table: sa.Table) -> Rows:
    names, levels = [column.name for column in table.columns], _values(world)
    for made in world.made:
        values = [each[level_of(made, number, 0)] for number, each in enumerate(levels)]
        stamp = {"day": DAY.isoformat(), "city_id": made.city_id, "run_id": run_id(made.city_id, DAY)}
        found = evidence_of({}, values)
        rows = [{**row_of(each), **stamp} for of_standard in found.values() for each in of_standard]
        for row in sorted(rows, key=lambda row: (row["standard"], row["standard_version"], row["criterion"])):
            yield [row[name] for name in names]


def _incident(world: World, table: sa.Table) -> Rows:
    shown = [check for check in checks() if check.table == "datasets"]
    common = {
        "field": "", "audience": "city", "state": "open", "since": str(DAY - timedelta(30)), "occurrences": 1,
        "opened_at": instant(DAY - timedelta(28)), "last_seen_at": instant(DAY, 11), "is_private": False,
        "is_baseline": False, "is_flapping": False, "is_silent": False, "opened_on": str(DAY - timedelta(28)),
        "last_seen_on": str(DAY), "failed_days": 31, "passed_days": 0, "reopened_on": "[]", "expected": "as promised",
    }  # fmt: skip
    open_ = ("incident_key", "city_id", "portal_id", "dataset_id", "subject")
    patterns = [
        Pattern(
            table,
            {**common, "rule_id": check.id, "rule_version": check.version, "severity": "warning", "observed": "late"},
            open_,
        )
        for check in shown
    ]
    for made in world.made:
        found = list(islice(entries(made, world.datasets), 12))
        for place, (portal_id, dataset_id, _, _) in enumerate(found):
            key = f"{made.city_id}|{portal_id}|{dataset_id}|{place:02d}"
            yield patterns[place % len(patterns)].fill(
                key, made.city_id, portal_id, dataset_id, f"{portal_id}/{dataset_id}"
            )


_TABLES = {
    "city": _city,
    "run": _run,
    "dataset": _dataset,
    "dataset_day": _dataset_day,
    "check_result": _check_result,
    "indicator_value": _indicator_value,
    "criterion_evidence": _criterion_evidence,
    "incident": _incident,
}


def main(words: Sequence[str] | None = None) -> None:
    """Make one and say how big it became."""
    usual = World()
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--warehouse", default="")
    for name, value in (("cities", usual.cities), ("datasets", usual.datasets), ("full", usual.full)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args(words)
    asked.home.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    url = asked.warehouse or f"sqlite:///{(asked.home / 'warehouse.sqlite').absolute()}"
    made = make(url, asked.home / "cities", World(asked.cities, asked.datasets, asked.full))
    for name, count in made.items():
        print(f"{name:20} {count:>10,}")
    print(f"in {time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
