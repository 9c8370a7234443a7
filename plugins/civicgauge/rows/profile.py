"""What landed rows hold, counted by DuckDB in few scans and bounded memory, whatever their number.

Light aggregates of many columns share a scan; aggregates that keep values (`distinct`, `mode`, ...) go a few columns at
a time, since a distinct count over a hundred text columns at once needs more than 512 MB. A statistic that fails is
found by halving its scan, and only it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from civicgauge.landed import LandedTable, Statistic
from civicgauge.rows.kept import SCHEMA, Profile, plain
from civicgauge.rows.sqltext import literal, quoted
from civicgauge.rows.statistics import BUILTIN, DATES, applies, by_name, received, render, statistic_digest

__all__ = ["BUILTIN", "SCHEMA", "Profile", "missing", "profile"]

MOST_DAYS = 20_000
_LIGHT, _HEAVY = 200, 4  # aggregates in one scan
_KEEPS_VALUES = re.compile(r"\bdistinct\b|\b(mode|median|quantile\w*|list|histogram|string_agg|count_if)\s*\(", re.I)
_EXACT_BELOW = 3_000  # approximate counts below it are counted exactly: few values need little memory
_DUPLICATES, _KEYS, _DAYS = "duplicate_rows_count", "duplicate_keys_count", "day_counts"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One aggregate: a statistic of the table (column '') or of one column, as SQL."""

    name: str
    column: str
    sql: str


def missing(
    statistics: Sequence[Statistic], stored: Profile, roles: Mapping[str, str], *, key: str | None
) -> list[Statistic]:
    """The statistics that a stored profile lacks, or holds with another meaning."""
    own = [Statistic(_DUPLICATES, "table", ""), Statistic(_DAYS, "column", ""), Statistic(_KEYS, "table", key or "")]
    wanted = {**{s.name: s for s in own}, **{s.name: s for s in statistics}}
    return [s for s in wanted.values() if stored.digests.get(s.name) != statistic_digest(s, roles)]


def profile(  # noqa: PLR0913 - keywords
    parquet: Path,
    table: LandedTable,
    statistics: Sequence[Statistic],
    roles: Mapping[str, str],
    *,
    key: str | None = None,
    memory_limit: str = "512MB",
    threads: int = 2,
) -> Profile:
    """Compute statistics (those of `missing`, or any) over `rows.parquet` of a landed table.

    `roles` lead from the roles that statistics speak of to column names; a statistic of a role without a column is
    null. `key` is the column that tells rows apart.
    """
    found = Profile(columns={column.name: {} for column in table.columns})
    names = {statistic.name for statistic in statistics}
    with _connected(parquet, memory_limit, threads) as link:
        for asked, value in _computed(link, list(_asked(table, statistics, roles, found)), found.errors):
            target = found.columns[asked.column] if asked.column else found.table
            target[asked.name] = plain(value)
        if "distinct_count" in names:
            _count_exactly(link, table, found)
        if _DUPLICATES in names:
            _add_duplicates(link, table, found)
        if _KEYS in names:
            _add_keys(link, table, key, found)
        if _DAYS in names:
            found.day_counts = {c.name: _days(link, c.name) for c in table.columns if c.type in DATES}
    _add_cells(table, found)
    found.digests = {s.name: statistic_digest(s, roles) for s in statistics if s.name not in found.errors}
    return found


def _asked(
    table: LandedTable, statistics: Sequence[Statistic], roles: Mapping[str, str], found: Profile
) -> Iterator[_Asked]:
    columns = by_name(table)
    for statistic in (s for s in statistics if s.sql and s.name not in (_DUPLICATES, _KEYS, _DAYS)):
        if statistic.of == "table":
            sql = render(statistic, columns, roles, None)
            found.table[statistic.name] = None
            yield from () if sql is None else (_Asked(statistic.name, "", sql),)
            continue
        for column in (c for c in table.columns if applies(statistic, c)):
            sql = render(statistic, columns, roles, column)
            found.columns[column.name][statistic.name] = None
            yield from () if sql is None else (_Asked(statistic.name, column.name, sql),)


# ---------------------------------------------------------------- scans


@contextmanager
def _connected(parquet: Path, memory_limit: str, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    with TemporaryDirectory(prefix=".profile-", dir=parquet.parent) as scratch, duckdb.connect() as link:
        link.execute("SET TimeZone='UTC'; SET enable_progress_bar=false; SET autoload_known_extensions=false")
        link.execute("SET memory_limit=?", [memory_limit])
        link.execute("SET threads=?", [threads])
        link.execute("SET temp_directory=?", [scratch])
        link.execute("SET preserve_insertion_order=false")
        link.execute(f"CREATE VIEW landed AS SELECT * FROM read_parquet({literal(str(parquet))})")  # noqa: S608
        yield link


def _computed(
    link: duckdb.DuckDBPyConnection, asked: Sequence[_Asked], errors: dict[str, str]
) -> Iterator[tuple[_Asked, object]]:
    light = [a for a in asked if not _KEEPS_VALUES.search(a.sql)]
    heavy = [a for a in asked if _KEEPS_VALUES.search(a.sql)]
    for batch in (*_batches(light, _LIGHT), *_batches(heavy, _HEAVY)):
        yield from _scan(link, batch, errors)


def _batches(asked: Sequence[_Asked], size: int) -> Iterator[Sequence[_Asked]]:
    yield from (asked[start : start + size] for start in range(0, len(asked), size))


def _scan(
    link: duckdb.DuckDBPyConnection, batch: Sequence[_Asked], errors: dict[str, str]
) -> Iterator[tuple[_Asked, object]]:
    """One scan for a batch; where it fails, its halves, so that only the culprit is missing."""
    if not batch:
        return
    try:
        values = link.execute(f"SELECT {', '.join(a.sql for a in batch)} FROM landed").fetchone() or ()  # noqa: S608
    except duckdb.Error as error:
        if len(batch) == 1:
            errors[batch[0].name] = " ".join(str(error).split())[:300]
            return
        half = len(batch) // 2
        yield from _scan(link, batch[:half], errors)
        yield from _scan(link, batch[half:], errors)
        return
    yield from zip(batch, values, strict=True)


def _one(link: duckdb.DuckDBPyConnection, sql: str) -> object:
    return (link.execute(sql).fetchone() or (None,))[0]


# ---------------------------------------------------------------- counted in ways of their own


def _count_exactly(link: duckdb.DuckDBPyConnection, table: LandedTable, found: Profile) -> None:
    """Replace small approximate counts of different values by exact ones."""
    columns = by_name(table)
    few = [n for n, values in found.columns.items() if _is_small(values.get("distinct_count"))]
    asked = [_Asked("distinct_count", n, f"count(DISTINCT {quoted(columns[n].received_name)})") for n in few]
    for batch in _batches(asked, 16):
        for each, value in _scan(link, batch, found.errors):
            found.columns[each.column]["distinct_count"] = plain(value)


def _is_small(count: object) -> bool:
    return isinstance(count, int) and count < _EXACT_BELOW


def _add_duplicates(link: duckdb.DuckDBPyConnection, table: LandedTable, found: Profile) -> None:
    """Rows that repeat an earlier one in every column, by a hash of 64 bits; grouping spills to disk."""
    texts = received(table.columns)
    distinct = f"SELECT count(*) FROM (SELECT hash({texts}) FROM landed GROUP BY ALL)"  # noqa: S608 - quoted names
    found.table[_DUPLICATES] = plain(_one(link, f"SELECT count(*) - ({distinct}) FROM landed"))  # noqa: S608


def _add_keys(link: duckdb.DuckDBPyConnection, table: LandedTable, key: str | None, found: Profile) -> None:
    column = by_name(table).get(key or "")
    found.table |= {_KEYS: None, "empty_keys_count": None}
    if column is None:
        return
    text = f"nullif(trim({quoted(column.received_name)}), '')"
    distinct = f"SELECT count(*) FROM (SELECT {text} AS k FROM landed GROUP BY ALL) WHERE k IS NOT NULL"  # noqa: S608
    found.table[_KEYS] = plain(_one(link, f"SELECT count({text}) - ({distinct}) FROM landed"))  # noqa: S608
    found.table["empty_keys_count"] = plain(_one(link, f"SELECT count(*) - count({text}) FROM landed"))  # noqa: S608


def _days(link: duckdb.DuckDBPyConnection, name: str) -> dict[date, int]:
    """How often each day occurs; the newest MOST_DAYS where there are more."""
    day = f"CAST({quoted(name)} AS DATE)"
    sql = (
        f"SELECT {day} AS d, count(*) FROM landed WHERE isfinite({quoted(name)})"  # noqa: S608 - a quoted name
        f" AND {day} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' GROUP BY 1 ORDER BY 1 DESC LIMIT {MOST_DAYS}"
    )
    return dict(link.execute(sql).fetchall())


def _add_cells(table: LandedTable, found: Profile) -> None:
    filled = [values.get("filled_count") for values in found.columns.values()]
    if any(isinstance(count, int) for count in filled):
        found.table["cells_count"] = table.rows_count * len(table.columns)
        found.table["cells_filled_count"] = sum(count for count in filled if isinstance(count, int))
