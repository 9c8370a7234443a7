"""Reading: committed rows only, in key order, the days in doubt left out unless asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from civicgauge.errors import CivicgaugeError
from civicgauge.model import IndicatorValue, RunRecord, Status
from civicgauge.warehouse.cityday import SHOWN, Row, run_record
from civicgauge.warehouse.engine import reading
from civicgauge.warehouse.values import kind_of

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """A column as exports and the dictionary show it; `kind` is text, integer, number, boolean, date or time."""

    name: str
    kind: str
    is_key: bool
    is_nullable: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows: of these cities (None: all), of one day or of days from first to last (both included)."""

    city_ids: Collection[str] | None = None
    day: date | None = None
    days: tuple[date, date] | None = None
    shown_only: bool = True


def columns_of(table: sa.Table) -> tuple[ColumnInfo, ...]:
    """The columns in their order."""
    return tuple(
        ColumnInfo(c.name, kind_of(c), c.primary_key, bool(c.nullable), c.comment or "") for c in table.columns
    )


def stream(engine: Engine, table: sa.Table, run: sa.Table, choice: Choice) -> Iterator[Row]:
    """The chosen rows in key order, fetched in batches within one transaction: one state, however long it takes."""
    statement = _chosen(table, run, choice)
    with reading(engine) as connection:
        result = connection.execution_options(yield_per=_BATCH).execute(statement)
        for row in result.mappings():
            yield dict(row)


def _chosen(table: sa.Table, run: sa.Table, choice: Choice) -> sa.Select[Any]:
    statement = sa.select(table).order_by(*table.primary_key)
    if choice.city_ids is not None:
        statement = statement.where(table.c.city_id.in_(sorted(choice.city_ids)))
    if "day" not in table.c:
        if choice.day is not None or choice.days is not None:
            raise CivicgaugeError(f"{table.name} has no day to choose by")
        return statement
    if choice.day is not None:
        statement = statement.where(table.c.day == choice.day)
    if choice.days is not None:
        statement = statement.where(table.c.day.between(*choice.days))
    # `run` itself is the pipeline's health: every attempt is shown there
    return statement.where(_is_shown(table, run)) if choice.shown_only and table is not run else statement


def _is_shown(table: sa.Table, run: sa.Table) -> sa.ColumnElement[bool]:
    same_day = (run.c.city_id == table.c.city_id, run.c.day == table.c.day)
    return sa.exists().where(*same_day, run.c.is_current, run.c.outcome.in_(SHOWN))


def runs(
    engine: Engine,
    run: sa.Table,
    city_id: str | None,
    *,
    current_only: bool,
    since: date | None = None,
    ended_since: datetime | None = None,
) -> list[RunRecord]:
    """Attempts by city, day, start and id; of days from `since` on, and ended since `ended_since`, where given."""
    statement = sa.select(run).order_by(run.c.city_id, run.c.day, run.c.started_at, run.c.run_id)
    if city_id is not None:
        statement = statement.where(run.c.city_id == city_id)
    if since is not None:
        statement = statement.where(run.c.day >= since)
    if ended_since is not None:
        statement = statement.where(run.c.ended_at >= ended_since)
    with reading(engine) as connection:
        return _records(connection, statement.where(run.c.is_current) if current_only else statement)


def current_run(engine: Engine, run: sa.Table, city_id: str, day: date) -> RunRecord | None:
    """The attempt whose rows the day shows (a suspect one too); None where nothing was committed."""
    with reading(engine) as connection:
        return next(iter(_records(connection, _current(run, city_id).where(run.c.day == day))), None)


def last_current_run(
    engine: Engine, run: sa.Table, city_id: str, before: date | None, outcomes: Collection[str]
) -> RunRecord | None:
    """The current run of the newest day (before `before`, where given) whose outcome is one of `outcomes`."""
    statement = _current(run, city_id).where(run.c.outcome.in_(sorted(outcomes))).order_by(run.c.day.desc()).limit(1)
    with reading(engine) as connection:
        return next(
            iter(_records(connection, statement if before is None else statement.where(run.c.day < before))), None
        )


def _current(run: sa.Table, city_id: str) -> sa.Select[Any]:
    return sa.select(run).where(run.c.city_id == city_id, run.c.is_current)


def _records(connection: Connection, statement: sa.Select[Any]) -> list[RunRecord]:
    return [run_record(dict(row)) for row in connection.execute(statement).mappings()]


def versions(
    engine: Engine, table: sa.Table, run: sa.Table, city_ids: Collection[str]
) -> dict[tuple[str, int], tuple[date, date, int]]:
    """First and last shown day, and the number of shown city-days, of each indicator's versions."""
    by = (table.c.indicator_id, table.c.indicator_version)
    statement = sa.select(*by, sa.func.min(table.c.day), sa.func.max(table.c.day), sa.func.count()).group_by(*by)
    statement = statement.where(table.c.city_id.in_(sorted(city_ids)), _is_shown(table, run))
    with reading(engine) as connection:
        return {(row[0], row[1]): (row[2], row[3], row[4]) for row in connection.execute(statement)}


def newest_versions(rows: Iterable[Row]) -> list[Row]:
    """Of rows of `indicator_value`, in key order, the newest version of each city's day and indicator."""
    newest: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        newest[row["day"], row["city_id"], row["indicator_id"]] = row  # versions come in order
    return list(newest.values())


def indicator_value(row: Row) -> IndicatorValue:
    """A row of `indicator_value` as the value it was made from."""
    values = {field.name: row[field.name] for field in fields(IndicatorValue)}
    return IndicatorValue(**{**values, "status": Status(row["status"])})


def cursor_value(engine: Engine, table: sa.Table, name: str) -> str | None:
    """The mark of a job; None before its first."""
    with reading(engine) as connection:
        return connection.execute(sa.select(table.c.value).where(table.c.name == name)).scalar()
