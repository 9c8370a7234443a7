"""How the warehouse's columns are declared: their kinds, and one way to write a table."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

METADATA = sa.MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"},
)
"""The tables as SQLite has them; `tables.tables_in` gives them for a schema."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An instant: `timestamptz` on PostgreSQL; on SQLite text such as 2026-01-15T06:30:00.000000Z, which sorts.

    Takes aware datetimes alone (ValueError for others) and gives aware datetimes in UTC.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone; the warehouse takes aware times only")
        moment = value.astimezone(UTC)
        as_text = dialect.name == "sqlite"
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z" if as_text else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the interface
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TEXT, WHOLE, FLAG, DAY, TIME = sa.Text(), sa.BigInteger(), sa.Boolean(), sa.Date(), UtcDateTime()
NUMBER: sa.Double[float] = sa.Double()

_Type = sa.types.TypeEngine[Any]


def key(name: str, kind: _Type, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, primary_key=True, autoincrement=False, nullable=False, comment=comment)


def must(
    name: str, kind: _Type, comment: str, default: sa.sql.elements.ColumnElement[Any] | None = None
) -> sa.Column[Any]:
    """A column that is never null; `default` is what older rows got when it was added."""
    return sa.Column(name, kind, nullable=False, comment=comment, server_default=default)


def may(name: str, kind: _Type, comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)


def table(name: str, comment: str, *parts: sa.Column[Any] | sa.Index) -> sa.Table:
    # without rowid: rows lie in key order, and a long key is kept once and not twice
    return sa.Table(name, METADATA, *parts, comment=comment, sqlite_with_rowid=False)
