"""Statistics of landed tables: which there are for any table, how one becomes SQL, and what its digest is made of.

Beside `{column}`, `{text}`, `{role}` and `{role.text}`, the SQL of a statistic of columns may say `{filled}` (whether
the text holds anything but blanks; true or null) and `{placeholder}` (whether it is a word for nothing; true or null).
Conditions that cost are written as CASE in CASE: DuckDB evaluates both sides of an AND for every row. And it copies
every column of a scan for each FILTER in it, so that `count(*) FILTER (WHERE ...)` is asked as a count of a CASE.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from civicgauge.landed import ColumnType, LandedColumn, LandedTable, Statistic
from civicgauge.rows.sqltext import literal, quoted
from civicgauge.rows.unfiltered import unfiltered

NUMBERS: tuple[ColumnType, ...] = ("number", "money", "percent")
DATES: tuple[ColumnType, ...] = ("date", "date_time", "instant")
_TYPED: tuple[ColumnType, ...] = (*NUMBERS, *DATES, "boolean", "point")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(\.text)?\}")

# Words that people write where they have nothing to write; compared in any case, blanks cut off. Sources: W3C Data on
# the Web Best Practices (missing values), the Quartz guide to bad data; and what the recordings hold.
PLACEHOLDERS = (
    *("n/a", "na", "n.a.", "none", "null", "nil", "nan", "#n/a", "#null!", "#value!", "#ref!", "#div/0!", "#name?"),
    *("-", "--", "---", "?", "??", "???", ".", "..", "...", "xx", "xxx", "tbd", "t.b.d.", "tba", "unknown", "unk"),
    *("undefined", "not available", "not applicable", "not provided", "no data", "missing", "test", "-999", "-9999"),
    *("99999", "999999", "9999999", "01/01/1900", "1900-01-01", "1900-01-01t00:00:00", "01/01/1900 12:00:00 am"),
    *("9999-12-31", "12/31/9999", "01/01/0001", "0001-01-01", "00/00/0000", "0000-00-00"),
)
_NUMBERS_FOR_NOTHING = "(-999, -9999, 99999, 999999, 9999999)"
_DAYS_FOR_NOTHING = "(DATE '1900-01-01', DATE '9999-12-31', DATE '0001-01-01')"

# A text from '!' to '~' begins with a printable ASCII character, which settles most cells without a pattern.
_FILLED = r"CASE WHEN {text} BETWEEN '!' AND '~' THEN true WHEN regexp_matches({text}, '[^\s\pZ\pC]') THEN true END"
_WORDS = literal(rf"(?i)[\s\pZ]*({'|'.join(map(re.escape, PLACEHOLDERS))})[\s\pZ]*")
_WORD = f"CASE WHEN strlen({{text}}) < 30 THEN CASE WHEN regexp_full_match({{text}}, {_WORDS}) THEN true END END"
_MACROS = ("filled", "placeholder")


def _macro(word: str, kind: ColumnType) -> str:
    """The SQL that a macro stands for in a column of this type. Of typed columns only what did not parse is read as
    text, and the values are asked for numbers and days that stand for nothing."""
    if word == "filled":
        return _FILLED
    if kind not in _TYPED:
        return _WORD
    values = ""
    if kind in NUMBERS:
        values = f" WHEN {{column}} IN {_NUMBERS_FOR_NOTHING} THEN true"
    elif kind in DATES:
        values = f" WHEN CAST({{column}} AS DATE) IN {_DAYS_FOR_NOTHING} THEN true"
    return f"CASE WHEN {{column}} IS NULL THEN {_WORD}{values} END"


POSSIBLE_DAY = "{column} >= '0001-01-01' AND {column} < '10000-01-01'"  # what Python has a date for; not infinity

# A Parquet file's extremes leave out what is not a number, and DuckDB concludes from them how comparisons end: only
# `isfinite` tells. Numbers whose sum would be infinite have no part in a mean.
_FINITE, _SUMMABLE = "isfinite({column})", "CASE WHEN abs({column}) < 1e290 THEN {column} END"

BUILTIN: tuple[Statistic, ...] = (
    Statistic("rows_count", "table", "count(*)"),
    Statistic("filled_count", "column", "count({filled})"),
    Statistic("placeholder_count", "column", "count({placeholder})"),
    Statistic("unparsed_count", "column", "count(CASE WHEN {column} IS NULL THEN {filled} END)", _TYPED),
    Statistic("distinct_count", "column", "approx_count_distinct({text})"),
    Statistic("lowest_number", "column", "min(CASE WHEN isfinite({column}) THEN {column} END)", NUMBERS),
    Statistic("highest_number", "column", "max(CASE WHEN isfinite({column}) THEN {column} END)", NUMBERS),
    Statistic("mean_number", "column", f"avg(CASE WHEN {_FINITE} THEN {_SUMMABLE} END)", NUMBERS),
    Statistic("lowest_day", "column", f"CAST(min(CASE WHEN {POSSIBLE_DAY} THEN {{column}} END) AS DATE)", DATES),
    Statistic("newest_day", "column", f"CAST(max(CASE WHEN {POSSIBLE_DAY} THEN {{column}} END) AS DATE)", DATES),
    Statistic(
        "unplaced_count",
        "column",
        "count(CASE WHEN {column}.lon = 0 AND {column}.lat = 0 THEN 1 WHEN abs({column}.lat) > 90 THEN 1"
        " WHEN abs({column}.lon) > 180 THEN 1 END)",
        ("point",),
    ),
)
"""What is known of any landed table, beside `duplicate_rows_count`, `duplicate_keys_count`, `empty_keys_count`, the
cells and the days of its dates, which `profile` computes in ways of their own.

`distinct_count` counts different filled texts: exactly where they are fewer than some thousands, else to about a
tenth. Of dates, only those of the years 1 to 9999 are lowest and newest; of numbers, only finite ones."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A statistic as SQL, and the columns of the file that it reads."""

    sql: str
    reads: frozenset[str]


def applies(statistic: Statistic, column: LandedColumn) -> bool:
    """Whether a statistic of columns is asked of this one."""
    return not statistic.types or column.type in statistic.types


def render(
    statistic: Statistic, columns: Mapping[str, LandedColumn], roles: Mapping[str, str], column: LandedColumn | None
) -> str | None:
    """The statistic's SQL over one table; None where it speaks of a role that no column has."""
    rendered = render_reading(statistic, columns, roles, column)
    return rendered.sql if rendered else None


def render_reading(
    statistic: Statistic, columns: Mapping[str, LandedColumn], roles: Mapping[str, str], column: LandedColumn | None
) -> Rendered | None:
    """The same with the columns that it reads."""
    reads: set[str] = set()
    absent = False

    def name(match: re.Match[str]) -> str:
        nonlocal absent
        word, as_text = match.group(1), match.group(2) is not None or match.group(1) == "text"
        found = column if column is not None and word in ("column", "text") else columns.get(roles.get(word, ""))
        if found is None:
            absent = True
            return "NULL"
        reads.add(found.received_name if as_text else found.name)
        return quoted(found.received_name if as_text else found.name)

    sql = unfiltered(statistic.sql)
    sql = _PLACE.sub(name, sql if column is None else _expanded(sql, column.type))
    return None if absent else Rendered(sql, frozenset(reads))


def _expanded(sql: str, kind: ColumnType) -> str:
    for word in _MACROS:
        if f"{{{word}}}" in sql:
            sql = sql.replace(f"{{{word}}}", f"({_macro(word, kind)})")
    return sql


def statistic_digest(statistic: Statistic, roles: Mapping[str, str]) -> str:
    """A digest of what the statistic means: its text, what its macros stand for, the columns its roles lead to."""
    named = sorted({word for word, _ in _PLACE.findall(statistic.sql)} & roles.keys())
    told = [statistic.name, statistic.of, statistic.sql, sorted(statistic.types), [(n, roles[n]) for n in named]]
    kinds: tuple[ColumnType, ...] = ("text", "number", "date", "boolean")  # one of each way to write a macro
    told += [[_macro(word, kind) for kind in kinds] for word in _MACROS if f"{{{word}}}" in statistic.sql]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]


def by_name(table: LandedTable) -> dict[str, LandedColumn]:
    """The columns of a table by their names."""
    return {column.name: column for column in table.columns}
