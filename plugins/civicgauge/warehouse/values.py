"""Values as both databases keep them alike: checked and made plain before any transaction begins.

SQLite would take a text for a number and turn a NaN into null, PostgreSQL would refuse a NUL character: so nothing
but the declared types passes here, and text is cleaned the same way for both.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from civicgauge.errors import CivicgaugeError
from civicgauge.warehouse.kinds import UtcDateTime

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LIMIT = 2**63


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    # portals send NUL characters and halves of surrogate pairs; neither can be kept as UTF-8 text everywhere
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -_LIMIT <= value < _LIMIT:
        raise TypeError("a whole number of 64 bits")
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError("a finite number")
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


def _day(value: Any) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError("a date")
    return value


def _time(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError("an aware time")
    return value.astimezone(UTC)


_KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], str, Callable[[Any], Any]], ...] = (
    (UtcDateTime, "time", _time),
    (sa.Text, "text", _text),
    (sa.Boolean, "boolean", _flag),
    (sa.BigInteger, "integer", _whole),
    (sa.Double, "number", _number),
    (sa.Date, "date", _day),
)


def kind_of(column: sa.ColumnElement[Any]) -> str:
    """What a column holds: time, text, boolean, integer, number or date."""
    return next(kind for type_, kind, _ in _KINDS if isinstance(column.type, type_))


@cache
def _shape(table: sa.Table) -> dict[str, tuple[Callable[[Any], Any], bool]]:
    convert = {kind: function for _, kind, function in _KINDS}
    return {column.name: (convert[kind_of(column)], bool(column.nullable)) for column in table.columns}


def plain_row(table: sa.Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """One row of `table`, every column in the table's order; what is missing and may be null is null.

    Raises CivicgaugeError for an unknown column, a null where none may be, and a value of another type. The message
    names table, column and key, and holds no other value.
    """
    shape = _shape(table)
    row: dict[str, Any] = {}
    if unknown := sorted(values.keys() - shape.keys()):
        raise CivicgaugeError(f"{table.name}: no such column: {', '.join(unknown)} ({_where(table, values)})")
    for name, (convert, nullable) in shape.items():
        value = values.get(name)
        if value is None:
            if not nullable:
                raise CivicgaugeError(f"{table.name}.{name}: a value is needed ({_where(table, values)})")
            row[name] = None
            continue
        try:
            row[name] = convert(value)
        except (TypeError, OverflowError) as error:
            wrong = f"{error} is needed, not {type(value).__name__}"
            raise CivicgaugeError(f"{table.name}.{name}: {wrong} ({_where(table, values)})") from None
    return row


def _where(table: sa.Table, values: Mapping[str, Any]) -> str:
    return ", ".join(f"{column.name}={values.get(column.name)}" for column in table.primary_key)
