"""What leaves the warehouse when it is old: rows of single datasets, whose whole history is in the lake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from civicgauge.model import RunRecord
from civicgauge.warehouse.cityday import run_record
from civicgauge.warehouse.commit import lock
from civicgauge.warehouse.engine import reading, writing

AGED = ("check_result", "dataset_day")
"""The tables of which the warehouse holds recent days alone."""

Tables = Mapping[str, sa.Table]


def prune(engine: Engine, tables: Tables, limit_of: Callable[[str], date], is_kept: Callable[[str, date], bool]) -> int:
    """Remove the aged tables' rows of days before each city's limit; returns how many city-days lost theirs.

    One short transaction for each city-day, under its lock: whatever dies in between goes on at the next call, and a
    day that is being committed is waited for. Finding the days walks the key's index and reads no rows.
    """
    removed = set()
    for name in AGED:
        for day, city_id in list(_city_days(engine, tables[name])):
            if day >= limit_of(city_id) or is_kept(city_id, day):
                continue
            with writing(engine) as connection:
                lock(connection, city_id, day)
                here = (tables[name].c.day == day, tables[name].c.city_id == city_id)
                if connection.execute(sa.delete(tables[name]).where(*here)).rowcount:
                    removed.add((city_id, day))
    return len(removed)


def first_day(engine: Engine, table: sa.Table) -> date | None:
    """The oldest day of which a table holds rows."""
    with reading(engine) as connection:
        return _next_day(connection, table, None)


def _city_days(engine: Engine, table: sa.Table) -> Iterator[tuple[date, str]]:
    with reading(engine) as connection:
        day = _next_day(connection, table, None)
        while day is not None:
            city_id = _next_city(connection, table, day, None)
            while city_id is not None:
                yield day, city_id
                city_id = _next_city(connection, table, day, city_id)
            day = _next_day(connection, table, day)


def _next_day(connection: Connection, table: sa.Table, after: date | None) -> date | None:
    statement = sa.select(table.c.day).order_by(table.c.day).limit(1)
    return connection.execute(statement if after is None else statement.where(table.c.day > after)).scalar()


def _next_city(connection: Connection, table: sa.Table, day: date, after: str | None) -> str | None:
    statement = sa.select(table.c.city_id).where(table.c.day == day).order_by(table.c.city_id).limit(1)
    return connection.execute(statement if after is None else statement.where(table.c.city_id > after)).scalar()


def replaced_runs(engine: Engine, run: sa.Table, ended_before: datetime) -> list[RunRecord]:
    """Attempts that are not current, ended before that time, and whose files in the lake are still named."""
    statement = sa.select(run).where(
        ~run.c.is_current, run.c.ended_at < ended_before, run.c.catalog_attempt.is_not(None)
    )
    with reading(engine) as connection:
        rows = connection.execute(statement.order_by(run.c.city_id, run.c.day, run.c.run_id)).mappings()
        return [run_record(dict(row)) for row in rows]


def forget_attempts(engine: Engine, run: sa.Table, run_id: str) -> None:
    """Name the files of an attempt that is not current no more: they are gone."""
    with writing(engine) as connection:
        gone = {"catalog_attempt": None, "results_attempt": None}
        connection.execute(sa.update(run).where(run.c.run_id == run_id, ~run.c.is_current).values(gone))
