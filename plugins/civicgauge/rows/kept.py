"""A profile, and how it is kept: one row for each value, so that a later statistic adds rows and changes none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

Value = int | float | str | bool | date | None
DAY_COUNT, CUT_DAY = "day_count", "cut_day"

SCHEMA = pa.schema(
    [
        ("of", pa.string()),  # table, column, day_count (one day of a column), cut_day, digest (of a statistic)
        ("column", pa.string()),  # '' where it is of the table
        ("name", pa.string()),  # the statistic
        ("whole", pa.int64()),
        ("number", pa.float64()),
        ("text", pa.string()),
        ("flag", pa.bool_()),
        ("day", pa.date32()),
    ]
)


@dataclass
class Profile:
    """What was counted of one landed version.

    `table` and `columns` hold values by statistic (None: nothing to count), `day_counts` how often each day occurs in
    each column of dates, `cut_days` the oldest day that is kept of columns with too many, `digests` what each
    statistic meant when it was computed, `errors` those that failed.
    """

    table: dict[str, Value] = field(default_factory=dict)
    columns: dict[str, dict[str, Value]] = field(default_factory=dict)
    day_counts: dict[str, dict[date, int]] = field(default_factory=dict)
    cut_days: dict[str, date] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def merged(self, more: Profile) -> Profile:
        """This profile with what is newer."""
        names = self.columns.keys() | more.columns.keys()
        columns = {name: {**self.columns.get(name, {}), **more.columns.get(name, {})} for name in names}
        return Profile(
            table={**self.table, **more.table},
            columns=columns,
            day_counts={**self.day_counts, **more.day_counts},
            cut_days={**self.cut_days, **more.cut_days},
            digests={**self.digests, **more.digests},
            errors={**self.errors, **more.errors},
        )

    def as_rows(self) -> list[dict[str, Any]]:
        """Rows of SCHEMA; errors are not kept, so that what failed is tried again."""
        rows = [_row("table", "", name, value) for name, value in sorted(self.table.items())]
        for column, values in sorted(self.columns.items()):
            rows += [_row("column", column, name, value) for name, value in sorted(values.items())]
        for column, days in sorted(self.day_counts.items()):
            # a column without any day has one row without a day: it was looked at
            rows += [_row(DAY_COUNT, column, "", day) | {"whole": count} for day, count in sorted(days.items())] or [
                _row(DAY_COUNT, column, "", None)
            ]
        rows += [_row(CUT_DAY, column, "", day) for column, day in sorted(self.cut_days.items())]
        return rows + [_row("digest", "", name, digest) for name, digest in sorted(self.digests.items())]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Profile:
        """The reverse of `as_rows`."""
        found = cls()
        for row in rows:
            if row["of"] == DAY_COUNT:
                days = found.day_counts.setdefault(row["column"], {})
                days.update({} if row["day"] is None else {row["day"]: row["whole"]})
            elif row["of"] == CUT_DAY:
                found.cut_days[row["column"]] = row["day"]
            elif row["of"] == "digest":
                found.digests[row["name"]] = row["text"]
            else:
                known = (row.get(kind) for kind in ("whole", "number", "text", "flag", "day"))
                value = next((v for v in known if v is not None), None)
                target = found.table if row["of"] == "table" else found.columns.setdefault(row["column"], {})
                target[row["name"]] = value
        return found


def plain(value: object) -> Value:
    """A value of DuckDB as a plain one: no infinities, no Decimals, times as their days; lists and the like as text."""
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | date) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)


def _row(of: str, column: str, name: str, value: Value) -> dict[str, Any]:
    kind = {bool: "flag", int: "whole", float: "number", str: "text", date: "day"}.get(type(value))
    return {"of": of, "column": column, "name": name} | ({kind: value} if kind else {})
