"""The same 25 expectations on the table of `_table`, for Great Expectations and as SQL aggregates.

Each SQL counts the rows that are not as expected (or says the one number that is asked about), with the names of
columns in braces, as check files write the columns of roles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benchmarks._table import DEPARTMENTS, REQUEST_TYPES, SOURCES, STATUSES


@dataclass(frozen=True, slots=True)
class Expected:
    """One expectation: `sql` must come to at least `low` and at most `high` (both None: to 0).

    `mostly` is the share of all rows that must be as expected.
    """

    name: str
    gx: str
    kwargs: dict[str, Any]
    sql: str
    low: float | None = None
    high: float | None = None
    mostly: float | None = None

    @property
    def is_count(self) -> bool:
        """Whether it counts failing rows."""
        return self.low is None and self.high is None

    def holds(self, value: float, rows: int) -> bool:
        """What the number says."""
        if self.is_count:
            return value <= (0 if self.mostly is None else (1 - self.mostly) * rows)
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def _not_null(column: str, mostly: float | None = None) -> Expected:
    kwargs: dict[str, Any] = {"column": column} | ({"mostly": mostly} if mostly else {})
    sql = f"count(*) - count({{{column}}})"
    return Expected(f"{column}_filled", "expect_column_values_to_not_be_null", kwargs, sql, mostly=mostly)


def _among(column: str, values: tuple[str, ...]) -> Expected:
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    sql = f"count(*) FILTER (WHERE {{{column}}} NOT IN ({listed}))"
    kwargs = {"column": column, "value_set": list(values)}
    return Expected(f"{column}_known", "expect_column_values_to_be_in_set", kwargs, sql)


def _between(column: str, low: float | datetime, high: float | datetime) -> Expected:
    first, last = (f"TIMESTAMP '{v}'" if isinstance(v, datetime) else str(v) for v in (low, high))
    sql = f"count(*) FILTER (WHERE {{{column}}} NOT BETWEEN {first} AND {last})"
    kwargs = {"column": column, "min_value": low, "max_value": high}
    return Expected(f"{column}_possible", "expect_column_values_to_be_between", kwargs, sql)


def _matches(column: str, pattern: str, name: str) -> Expected:
    sql = f"count(*) FILTER (WHERE NOT regexp_matches({{{column}}}, '{pattern}'))"
    return Expected(name, "expect_column_values_to_match_regex", {"column": column, "regex": pattern}, sql)


def _in_order(later: str, earlier: str) -> Expected:
    kwargs = {"column_A": later, "column_B": earlier, "or_equal": True, "ignore_row_if": "either_value_is_missing"}
    sql = f"count(*) FILTER (WHERE {{{later}}} < {{{earlier}}})"
    return Expected(f"{later}_after", "expect_column_pair_values_a_to_be_greater_than_b", kwargs, sql)


_FIRST, _LAST = datetime(2018, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001 - of a column without zone

EXPECTED: tuple[Expected, ...] = (
    Expected(
        "rows_many",
        "expect_table_row_count_to_be_between",
        {"min_value": 1_000, "max_value": 10_000_000},
        "count(*)",
        low=1_000,
        high=10_000_000,
    ),
    _not_null("request_id"),
    Expected(
        "request_id_once",
        "expect_column_values_to_be_unique",
        {"column": "request_id"},
        "2 * (count({request_id}) - count(DISTINCT {request_id}))",  # of rows that stand there twice, both count
    ),
    _matches("request_id", r"^SR[0-9]{9}$", "request_id_spelt"),
    _not_null("case_number"),
    _not_null("created_date"),
    _between("created_date", _FIRST, _LAST),
    _between("closed_date", _FIRST, _LAST),
    _in_order("closed_date", "created_date"),
    _in_order("due_date", "created_date"),
    _not_null("status"),
    _among("status", STATUSES),
    _among("request_type", REQUEST_TYPES),
    _among("department", DEPARTMENTS),
    _among("source", SOURCES),
    _between("priority", 1, 5),
    _matches("zip_code", r"^[0-9]{5}$", "zip_code_spelt"),
    _between("ward", 1, 50),
    _between("council_district", 1, 12),
    _between("latitude", 41.0, 42.5),
    _between("longitude", -88.5, -87.0),
    _between("estimated_cost", 0, 10_000),
    Expected(
        "estimated_cost_usual",
        "expect_column_mean_to_be_between",
        {"column": "estimated_cost", "min_value": 2_000, "max_value": 3_000},
        "avg({estimated_cost})",
        low=2_000,
        high=3_000,
    ),
    Expected(
        "description_short",
        "expect_column_value_lengths_to_be_between",
        {"column": "description", "min_value": 10, "max_value": 400},
        "count(*) FILTER (WHERE length({description}) NOT BETWEEN 10 AND 400)",
    ),
    _not_null("street_address", mostly=0.8),
)

COLUMNS: tuple[str, ...] = tuple(
    dict.fromkeys(
        each.kwargs[key] for each in EXPECTED for key in ("column", "column_A", "column_B") if key in each.kwargs
    )
)
"""The columns that are looked at."""


@dataclass(slots=True)
class Verdicts:
    """What one way said: for each expectation whether it holds, and the number it found."""

    holds: dict[str, bool] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, number: float, *, holds: bool) -> None:
        """One expectation's."""
        self.holds[name] = holds
        self.numbers[name] = round(float(number), 6)
