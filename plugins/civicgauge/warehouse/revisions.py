"""Values that a later attempt replaces: what differs is kept as a revision, the numbers of other versions stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from civicgauge.model import RunRecord
from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.engine import reading
from civicgauge.warehouse.inserting import bulk_insert

_KEY = ("indicator_id", "indicator_version")
_NO_NUMBER = {"run_id", "recorded_at", "input_digest"}
"""What may differ without the number being another one."""


def replace_values(
    connection: Connection, tables: dict[str, sa.Table], run: RunRecord, new: list[Row], *, was_shown: bool
) -> None:
    """Write the day's values; older rows of the same version go, those of other versions stay.

    A row that goes and said something else becomes a revision, unless its day was in doubt and was never shown.
    """
    table, history = tables["indicator_value"], tables["indicator_revision"]
    here = (table.c.day == run.day, table.c.city_id == run.city_id)
    coming = {tuple(row[name] for name in _KEY): row for row in new}
    standing = [dict(row) for row in connection.execute(sa.select(table).where(*here)).mappings()]
    going = [row for row in standing if tuple(row[name] for name in _KEY) in coming]
    if was_shown:
        changed = [row for row in going if _says_otherwise(row, coming[tuple(row[name] for name in _KEY)])]
        _remember(connection, history, changed, run)
    for row in going:
        same = (table.c.indicator_id == row["indicator_id"], table.c.indicator_version == row["indicator_version"])
        connection.execute(sa.delete(table).where(*here, *same))
    bulk_insert(connection, table, new)


def _says_otherwise(old: Row, new: Row) -> bool:
    return any(old[name] != new[name] for name in old if name not in _NO_NUMBER)


def _remember(connection: Connection, history: sa.Table, rows: Iterable[Row], run: RunRecord) -> None:
    stamp = {"replaced_at": run.ended_at, "replaced_by": run.run_id}
    for row in rows:
        told = {column.name: {**row, **stamp}[column.name] for column in history.columns}
        same = [history.c[column.name] == told[column.name] for column in history.primary_key]
        connection.execute(sa.delete(history).where(*same))
        connection.execute(sa.insert(history).values(told))


def as_known(engine: Engine, tables: dict[str, sa.Table], city_id: str, day: date, known_at: datetime) -> list[Row]:
    """The day's values as they stood at a time: later ones left out, those replaced since taken from the revisions.

    Rows without a time of recording are taken to be old.
    """
    value, history = tables["indicator_value"], tables["indicator_revision"]
    names = [column.name for column in value.columns]
    found: dict[tuple[Any, ...], Row] = {}
    with reading(engine) as connection:
        for table in (value, history):
            chosen = sa.select(table).where(table.c.city_id == city_id, table.c.day == day)
            chosen = chosen.where(sa.or_(table.c.recorded_at.is_(None), table.c.recorded_at <= known_at))
            if table is history:
                chosen = chosen.where(table.c.replaced_at > known_at)
            for row in connection.execute(chosen).mappings():
                found[tuple(row[name] for name in _KEY)] = {name: row[name] for name in names}
    return [found[key] for key in sorted(found)]
