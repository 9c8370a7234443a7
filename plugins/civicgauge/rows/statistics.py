"""Statistics of landed tables: which there are for any table, how one becomes SQL, and what its digest is made of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from civicgauge.landed import ColumnType, LandedColumn, LandedTable, Statistic
from civicgauge.rows.sqltext import quoted

NUMBERS: tuple[ColumnType, ...] = ("number", "money", "percent")
DATES: tuple[ColumnType, ...] = ("date", "date_time", "instant")
_TYPED: tuple[ColumnType, ...] = (*NUMBERS, *DATES, "boolean", "point")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(\.text)?\}")

# Words that people write where they have nothing to write; compared in lower case, blanks cut off. Sources: W3C Data on
# the Web Best Practices (missing values), the Quartz guide to bad data; and what the recordings hold.
PLACEHOLDERS = (
    *("n/a", "na", "n.a.", "none", "null", "nil", "nan", "#n/a", "#null!", "#value!", "#ref!", "#div/0!", "#name?"),
    *("-", "--", "---", "?", "??", "???", ".", "..", "...", "x", "xx", "xxx", "tbd", "t.b.d.", "tba", "unknown", "unk"),
    *("undefined", "not available", "not applicable", "not provided", "no data", "missing", "test", "-999", "-9999"),
    *("99999", "999999", "9999999", "01/01/1900", "1900-01-01", "1900-01-01t00:00:00", "01/01/1900 12:00:00 am"),
    *("9999-12-31", "12/31/9999", "01/01/0001", "0001-01-01", "00/00/0000", "0000-00-00"),
)
_WORDS = ", ".join(f"'{word}'" for word in PLACEHOLDERS)

BUILTIN: tuple[Statistic, ...] = (
    Statistic("rows_count", "table", "count(*)"),
    Statistic("filled_count", "column", "count(*) FILTER (WHERE trim({text}) <> '')"),
    Statistic("placeholder_count", "column", f"count(*) FILTER (WHERE lower(trim({{text}})) IN ({_WORDS}))"),
    Statistic("unparsed_count", "column", "count(*) FILTER (WHERE {column} IS NULL AND trim({text}) <> '')", _TYPED),
    Statistic("distinct_count", "column", "approx_count_distinct({text})"),
    Statistic("lowest_number", "column", "min({column}) FILTER (WHERE isfinite({column}))", NUMBERS),
    Statistic("highest_number", "column", "max({column}) FILTER (WHERE isfinite({column}))", NUMBERS),
    Statistic("mean_number", "column", "avg({column}) FILTER (WHERE isfinite({column}))", NUMBERS),
    Statistic("lowest_day", "column", "min(CAST({column} AS DATE)) FILTER (WHERE isfinite({column}))", DATES),
    Statistic("newest_day", "column", "max(CAST({column} AS DATE)) FILTER (WHERE isfinite({column}))", DATES),
    Statistic(
        "unplaced_count",
        "column",
        "count(*) FILTER (WHERE ({column}.lon = 0 AND {column}.lat = 0) OR abs({column}.lat) > 90"
        " OR abs({column}.lon) > 180)",
        ("point",),
    ),
)
"""What is known of any landed table, beside `duplicate_rows_count`, `duplicate_keys_count`, `empty_keys_count`, the
cells and the days of its dates, which `profile` computes in ways of their own."""


def applies(statistic: Statistic, column: LandedColumn) -> bool:
    """Whether a statistic of columns is asked of this one."""
    return not statistic.types or column.type in statistic.types


def render(
    statistic: Statistic, columns: Mapping[str, LandedColumn], roles: Mapping[str, str], column: LandedColumn | None
) -> str | None:
    """The statistic's SQL over one table; None where it speaks of a role that no column has."""
    rendered, absent = statistic.sql, False

    def name(match: re.Match[str]) -> str:
        nonlocal absent
        word, as_text = match.group(1), match.group(2) is not None or match.group(1) == "text"
        found = column if column is not None and word in ("column", "text") else columns.get(roles.get(word, ""))
        if found is None:
            absent = True
            return "NULL"
        return quoted(found.received_name if as_text else found.name)

    rendered = _PLACE.sub(name, rendered)
    return None if absent else rendered


def statistic_digest(statistic: Statistic, roles: Mapping[str, str]) -> str:
    """A digest of what the statistic means: its text, and the columns that the roles in it lead to."""
    named = sorted({word for word, _ in _PLACE.findall(statistic.sql)} & roles.keys())
    told = [statistic.name, statistic.of, statistic.sql, sorted(statistic.types), [(n, roles[n]) for n in named]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]


def by_name(table: LandedTable) -> dict[str, LandedColumn]:
    """The columns of a table by their names."""
    return {column.name: column for column in table.columns}


def received(columns: Sequence[LandedColumn]) -> str:
    """The received texts of columns as an SQL list."""
    return ", ".join(quoted(column.received_name) for column in columns)
