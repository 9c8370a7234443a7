"""What people judged: reading it, and the desk on which it is written, each act with its row in the audit.

The audit is a chain: each row's digest covers the row before it. The database itself refuses to change or remove a row;
only its words may be taken out, where a city withdraws what they speak of, and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.engine import reading, writing
from civicgauge.warehouse.inserting import bulk_insert
from civicgauge.warehouse.review_tables import MADE_TOGETHER
from civicgauge.warehouse.values import plain_row

Tables = Mapping[str, sa.Table]
_LOCK = 0x63675F726576  # "cg_rev": one act at a time on a PostgreSQL server


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did: by which role, what, on what, why. `city_id` is '' where no city is meant."""

    at: datetime
    by: str
    action: str
    subject: str
    city_id: str = ""
    reason: str | None = None
    details: Mapping[str, Any] | None = None


class Reviews:
    """The tables of `review_tables`, by name. Rows are mappings with every column."""

    def __init__(self, engine: Engine, tables: Tables) -> None:
        self._engine, self._tables = engine, tables

    def rows(self, table: str, **where: Any) -> list[Row]:
        """Rows in key order whose columns are as named; a collection means one of these, None is null."""
        with reading(self._engine) as connection:
            return _rows(connection, self._table(table), where)

    def one(self, table: str, **where: Any) -> Row | None:
        """The row; None where there is none."""
        found = self.rows(table, **where)
        return found[0] if found else None

    @contextmanager
    def desk(self) -> Iterator[ReviewDesk]:
        """One writing transaction, for one process at a time: all of it is kept when the `with` ends, or nothing is."""
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            yield ReviewDesk(connection, self._tables)

    def broken_link(self) -> int | None:
        """The number of the first row of the audit that does not fit the one before it; None where the chain holds."""
        previous = ""
        for place, row in enumerate(self.rows("audit"), 1):
            words = _words_digest(row["reason"], row["details"])
            is_taken_out = row["reason"] is None and row["details"] is None
            fits = row["number"] == place and row["previous_digest"] == previous and row["digest"] == _digest(row)
            if not fits or not (is_taken_out or words == row["words_digest"]):
                return int(row["number"])
            previous = row["digest"]
        return None

    def _table(self, name: str) -> sa.Table:
        return _known(self._tables, name)


class ReviewDesk:
    """The same tables within one writing transaction."""

    def __init__(self, connection: Connection, tables: Tables) -> None:
        self._connection, self._tables = connection, tables

    def rows(self, table: str, **where: Any) -> list[Row]:
        """As `Reviews.rows`."""
        return _rows(self._connection, _known(self._tables, table), where)

    def one(self, table: str, **where: Any) -> Row | None:
        """As `Reviews.one`."""
        found = self.rows(table, **where)
        return found[0] if found else None

    def add(self, table: str, *rows: Mapping[str, Any]) -> None:
        """Insert rows; ConfigurationError where a row of that key is there already."""
        known = _known(self._tables, table)
        plain = [plain_row(known, row) for row in rows]
        keys = [column.name for column in known.primary_key]
        if len(plain) == 1 and self.one(table, **{name: plain[0][name] for name in keys}) is not None:
            raise ConfigurationError(
                f"{' '.join(str(plain[0][name]) for name in keys)}: there is such a {table} already"
            )
        bulk_insert(self._connection, known, plain)

    def change(self, table: str, values: Mapping[str, Any], **where: Any) -> int:
        """Set columns of the rows that are as named; returns how many."""
        known = _known(self._tables, table)
        if table == "audit":
            raise CivicgaugeError("the audit is only ever added to")
        return self._connection.execute(
            sa.update(known).where(*_conditions(known, where)).values(dict(values))
        ).rowcount

    def remove(self, table: str, **where: Any) -> int:
        """Remove the rows that are as named, of a draft that is taken anew; returns how many."""
        known = _known(self._tables, table)
        if not where or table == "audit":
            raise CivicgaugeError(f"{table}: everything is not removed")
        return self._connection.execute(sa.delete(known).where(*_conditions(known, where))).rowcount

    def note(self, act: Act) -> None:
        """Add a row to the audit. Its words hold no address of a person: see to that before."""
        table = self._tables["audit"]
        newest = sa.select(table.c.number, table.c.digest).order_by(table.c.number.desc()).limit(1)
        last = self._connection.execute(newest).first()
        details = None if act.details is None else json.dumps(act.details, sort_keys=True, default=str)
        row = {
            "number": last[0] + 1 if last else 1,
            "at": act.at.astimezone(UTC),
            "by": act.by,
            "action": act.action,
            "city_id": act.city_id,
            "subject": act.subject,
            "reason": act.reason,
            "details": details,
            "words_digest": _words_digest(act.reason, details),
            "previous_digest": last[1] if last else "",
        }
        row = plain_row(table, {**row, "digest": ""})
        self._connection.execute(sa.insert(table), {**row, "digest": _digest(row)})


def _known(tables: Tables, name: str) -> sa.Table:
    if name not in MADE_TOGETHER:
        raise CivicgaugeError(f"{name!r} is no table of reviews")
    return tables[name]


def _rows(connection: Connection, table: sa.Table, where: Mapping[str, Any]) -> list[Row]:
    statement = sa.select(table).where(*_conditions(table, where)).order_by(*table.primary_key)
    return [dict(row) for row in connection.execute(statement).mappings()]


def _conditions(table: sa.Table, where: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    return [
        table.c[name].is_(None)
        if value is None
        else table.c[name].in_(sorted(value))
        if isinstance(value, list | tuple | set | frozenset)
        else table.c[name] == value
        for name, value in where.items()
    ]


def _words_digest(reason: str | None, details: str | None) -> str:
    return hashlib.sha256(json.dumps([reason, details]).encode()).hexdigest()


def _digest(row: Mapping[str, Any]) -> str:
    names = ("number", "by", "action", "city_id", "subject", "words_digest", "previous_digest")
    told = [row["at"].astimezone(UTC).isoformat(timespec="microseconds"), *(row[name] for name in names)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
