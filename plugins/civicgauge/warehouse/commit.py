"""Writing: a city's day replaces the day's older attempt whole, or leaves everything as it was."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from civicgauge.errors import CivicgaugeError
from civicgauge.model import RunRecord
from civicgauge.warehouse import audit, revisions
from civicgauge.warehouse.cityday import SHOWN, CityDay, Row, Rows, rows_of, run_row
from civicgauge.warehouse.engine import writing
from civicgauge.warehouse.inserting import bulk_insert


def commit_day(engine: Engine, tables: dict[str, sa.Table], day: CityDay) -> bool:
    """Write one attempt in one short transaction; see `Warehouse.commit`. True when the day's rows are now its own."""
    run = day.run
    rows = rows_of(day) if day.measured else None  # every value is checked before the lock is taken
    row = run_row(run, is_current=rows is not None)
    with writing(engine) as connection:
        lock(connection, run.city_id, run.day)
        current = _current(connection, tables["run"], run)
        if rows is None or _yields(current, run):
            _write_run(connection, tables["run"], {**row, "is_current": False})
            return False
        _replace(connection, tables, run, rows)
        revisions.replace_values(
            connection, tables, run, rows.values, was_shown=current is not None and current.outcome in SHOWN
        )
        if run.outcome in SHOWN:
            _forget_datasets(connection, tables["dataset"], run, rows.dataset)
            _write_datasets(connection, tables["dataset"], rows.dataset)
        _write_current_run(connection, tables["run"], row)
        for act in day.acts:
            audit.note(connection, tables["audit"], act)
    return True


def record(engine: Engine, tables: dict[str, sa.Table], run: RunRecord) -> None:
    """Write a run's row and nothing else; see `Warehouse.record_run`."""
    row = run_row(run, is_current=False)
    with writing(engine) as connection:
        lock(connection, run.city_id, run.day)
        _write_run(connection, tables["run"], row)


def lock_number(city_id: str, day: date) -> int:
    """The (city, day) lock's number on PostgreSQL: the same for every process and version, signed, 64 bits."""
    digest = hashlib.blake2b(f"civicgauge|{city_id}|{day.isoformat()}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def lock(connection: Connection, city_id: str, day: date) -> None:
    """Hold the (city, day) lock until the transaction ends."""
    # on SQLite the transaction began with BEGIN IMMEDIATE, which is the lock
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock_number(city_id, day))))


def _current(connection: Connection, table: sa.Table, run: RunRecord) -> Any:
    here = (table.c.city_id == run.city_id, table.c.day == run.day, table.c.is_current)
    chosen = sa.select(table.c.outcome, table.c.config_digest, table.c.catalog_attempt).where(*here)
    return connection.execute(chosen).first()


def _yields(current: Any, run: RunRecord) -> bool:
    """Whether an attempt leaves the day's current one in place: it knows less, or it is the older of the two.

    A suspect attempt yields to a shown one; a partial one to a complete one of the same city file (another file may
    name another portal); one that was landed earlier, and stalled, to one that was landed after it.
    """
    if current is None:
        return False
    if run.outcome == "suspect":
        return current.outcome in SHOWN
    if run.outcome == "partial" and current.outcome == "complete" and current.config_digest == run.config_digest:
        return True
    return current.outcome in SHOWN and _landed_at(current.catalog_attempt) > _landed_at(run.catalog_attempt)


def _landed_at(catalog_attempt: str | None) -> str:
    """An attempt's id, which sorts by time."""
    return (catalog_attempt or "").rpartition("/")[2]


def _forget_datasets(connection: Connection, table: sa.Table, run: RunRecord, rows: list[Row]) -> None:
    """Entries that only a replaced attempt of this very day has seen."""
    here = (table.c.city_id == run.city_id, table.c.first_seen == run.day, table.c.state_day == run.day)
    kept = {(row["portal_id"], row["dataset_id"]) for row in rows}
    portals = {portal_id for portal_id, _ in kept}  # a portal that was not read today is passed over
    for portal_id, dataset_id in connection.execute(
        sa.select(table.c.portal_id, table.c.dataset_id).where(*here)
    ).all():
        if portal_id in portals and (portal_id, dataset_id) not in kept:
            connection.execute(
                sa.delete(table).where(*here, table.c.portal_id == portal_id, table.c.dataset_id == dataset_id)
            )


def _replace(connection: Connection, tables: dict[str, sa.Table], run: RunRecord, rows: Rows) -> None:
    for name, new in rows.bulk.items():
        table = tables[name]
        connection.execute(sa.delete(table).where(table.c.day == run.day, table.c.city_id == run.city_id))
        bulk_insert(connection, table, new)
    if rows.landing:  # a version never changes: the first word about it stays
        known = _insert(connection, tables["landing"]).on_conflict_do_nothing()
        connection.execute(known, rows.landing)
    # rows that other days of the city share come last, so that their locks are held for a moment only
    changed = {name: insert for name, insert in rows.city.items() if name != "city_id"}
    statement = _insert(connection, tables["city"]).values(rows.city)
    connection.execute(statement.on_conflict_do_update(index_elements=["city_id"], set_=changed))


def _write_datasets(connection: Connection, table: sa.Table, rows: list[Row]) -> None:
    """Widen first_seen and last_seen; take the other columns only from a day that is not older than the row's."""
    if not rows:
        return
    statement = _insert(connection, table)
    new, key = statement.excluded, [column.name for column in table.primary_key]
    changes: dict[str, Any] = {
        column.name: sa.case((new.state_day >= table.c.state_day, new[column.name]), else_=column)
        for column in table.columns
        if column.name not in key
    }
    changes["first_seen"] = sa.case((new.first_seen < table.c.first_seen, new.first_seen), else_=table.c.first_seen)
    changes["last_seen"] = sa.case((new.last_seen > table.c.last_seen, new.last_seen), else_=table.c.last_seen)
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changes), rows)


def _write_current_run(connection: Connection, table: sa.Table, row: Row) -> None:
    others = (table.c.city_id == row["city_id"], table.c.day == row["day"], table.c.run_id != row["run_id"])
    connection.execute(sa.update(table).where(*others, table.c.is_current).values(is_current=False))
    _upsert_run(connection, table, row)


def _write_run(connection: Connection, table: sa.Table, row: Row) -> None:
    """A row that never makes its run current, and never takes a committed run's place."""
    statement = sa.select(table.c.is_current, table.c.outcome).where(table.c.run_id == row["run_id"])
    before = connection.execute(statement).first()
    if before is not None and before.is_current:
        if before.outcome != row["outcome"]:
            raise CivicgaugeError(
                f"run {row['run_id']} is committed as {before.outcome} and stays so; "
                f"a later attempt ({row['outcome']}) needs a run_id of its own"
            )
        row = {**row, "is_current": True}
    _upsert_run(connection, table, row)


def _upsert_run(connection: Connection, table: sa.Table, row: Row) -> None:
    same = sa.select(table.c.city_id, table.c.day).where(table.c.run_id == row["run_id"])
    before = connection.execute(same).first()
    if before is not None and (before.city_id, before.day) != (row["city_id"], row["day"]):
        raise CivicgaugeError(f"run {row['run_id']} is of {before.city_id} {before.day}, not of another city or day")
    changed = {name: value for name, value in row.items() if name != "run_id"}
    statement = _insert(connection, table).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["run_id"], set_=changed))


def _insert(connection: Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def write_cursor(engine: Engine, table: sa.Table, row: Row) -> None:
    """Insert or replace one mark of `cursor`."""
    with writing(engine) as connection:
        changed = {name: value for name, value in row.items() if name != "name"}
        statement = _insert(connection, table).values(row)
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed))
