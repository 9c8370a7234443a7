"""Rows for exports: of the cities and days that an audience may see, in plain words, in large batches.

Both databases hand over the same words: a time as 2026-06-30T22:00:00.000000Z, a day as 2026-06-30, a flag as 0 or 1.
Nothing is made of a single row here: millions of them pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from civicgauge.warehouse import settled
from civicgauge.warehouse.cityday import SHOWN
from civicgauge.warehouse.engine import reading
from civicgauge.warehouse.values import kind_of

Batch = Sequence[Sequence[Any]]
OF_STAFF = {"run": ("problem", "notes")}
"""Columns that others than staff get empty, by table: what went wrong, and what operators wrote of it."""

_OF_EVERYTHING = "audit"  # which is staff's, and holds acts that are of no city


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be seen: the cities, each with the first day that is left out, and each city's chosen day.

    A city without a chosen day has no day that is shown. `with_private` lets through what is for staff alone: findings
    that may speak of personal data, the columns of `OF_STAFF`, and what people have not settled yet.

    `sees`: of an edition, cities of these publications as they stood then; None: all. `moment`: what people did up to
    it, for a city up to its own in `until`; None: all.
    """

    before: Mapping[str, date]
    chosen: Mapping[str, date]
    with_private: bool
    sees: Collection[str] | None = None
    moment: datetime | None = None
    until: Mapping[str, datetime] = field(default_factory=dict)

    def narrows(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """The condition on a table with a city and a day: these cities, none of the days that are left out."""
        limits: dict[date, list[str]] = defaultdict(list)
        for city_id, limit in self.before.items():
            limits[limit].append(city_id)
        parts = [_among(table.c.city_id, cities, table.c.day, limit) for limit, cities in sorted(limits.items())]
        return sa.or_(sa.false(), *parts)

    def settles(self, table: sa.Table) -> Iterator[sa.ColumnElement[bool]]:
        """The conditions on a table that people judge in: what they settled, and had done by then."""
        return settled.conditions(table, self)

    def picks(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """The condition on such a table that leaves each city's chosen day alone."""
        days: dict[date, list[str]] = defaultdict(list)
        for city_id, day in self.chosen.items():
            days[day].append(city_id)
        of_day = [
            sa.and_(table.c.day == day, table.c.city_id.in_(sorted(cities))) for day, cities in sorted(days.items())
        ]
        return sa.or_(sa.false(), *of_day)


def _among(
    city: sa.ColumnElement[Any], cities: list[str], day: sa.ColumnElement[Any], limit: date
) -> sa.ColumnElement[bool]:
    # coalesce changes only the plan: by an index on the city, millions of rows would have to be sorted by their key
    of_cities = sa.func.coalesce(city, "").in_(sorted(cities))
    return of_cities if limit == date.max else sa.and_(of_cities, day < limit)


def of_table(table: sa.Table, run: sa.Table, scope: Scope, *, chosen_day_only: bool) -> sa.Select[Any]:
    """A table's rows within the scope, in key order; a day in doubt is shown in `run` alone, as everywhere."""
    statement = sa.select(*_columns(table, scope)).order_by(*table.primary_key)
    if not scope.with_private and "is_private" in table.c:
        statement = statement.where(table.c.is_private.is_(sa.false()))
    if not scope.with_private and "audience" in table.c:
        statement = statement.where(table.c.audience == "city", table.c.state != "pending")
    statement = statement.where(*scope.settles(table))
    if "city_id" not in table.c or table.name == _OF_EVERYTHING:
        return statement
    if "day" not in table.c:
        return statement.where(table.c.city_id.in_(sorted(scope.before)))
    statement = statement.where(scope.picks(table) if chosen_day_only else scope.narrows(table))
    if table is run:
        return statement
    same_day = (run.c.city_id == table.c.city_id, run.c.day == table.c.day)
    return statement.where(sa.exists().where(*same_day, run.c.is_current, run.c.outcome.in_(SHOWN)))


def _columns(table: sa.Table, scope: Scope) -> list[sa.ColumnElement[Any]]:
    """The table's columns, all of them; null in place of those that are not for who looks."""
    hidden = () if scope.with_private else OF_STAFF.get(table.name, ())
    return [sa.cast(sa.null(), c.type).label(c.name) if c.name in hidden else c for c in table.columns]


def stream(engine: Engine, statement: sa.Select[Any], size: int) -> Iterator[Batch]:
    """The rows in plain words, `size` at a time, from one state of the warehouse."""
    plain = statement.with_only_columns(
        *(_plain(column, engine.dialect.name).label(column.name) for column in statement.selected_columns),
        maintain_column_froms=True,
    )
    with reading(engine) as connection:
        result = connection.execution_options(yield_per=size).execute(plain)
        yield from result.partitions(size)


def _plain(column: sa.ColumnElement[Any], dialect: str) -> sa.ColumnElement[Any]:
    kind = kind_of(column)
    if dialect == "sqlite":  # it keeps them so
        return sa.type_coerce(column, sa.types.NullType())
    if kind == "time":
        return sa.func.to_char(
            sa.func.timezone("UTC", column), sa.literal_column("""'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'""")
        )
    if kind == "date":
        return sa.func.to_char(column, sa.literal_column("'YYYY-MM-DD'"))
    return sa.cast(column, sa.Integer) if kind == "boolean" else sa.type_coerce(column, sa.types.NullType())
