"""What landed rows hold, counted by DuckDB in few scans and bounded memory, whatever their number.

Most statistics share scans (`scans`); different values, repeated rows and keys, and days are counted in ways of their
own. A statistic that fails is missing for the column that it failed in, and takes no other with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from civicgauge.landed import LandedTable, Statistic
from civicgauge.rows.kept import SCHEMA, Profile, Value
from civicgauge.rows.repeats import repeated_keys, repeated_rows
from civicgauge.rows.scans import FAILURES, Asked, Scanner, scanning
from civicgauge.rows.sqltext import quoted
from civicgauge.rows.statistics import BUILTIN, DATES, POSSIBLE_DAY, applies, by_name, render_reading, statistic_digest

__all__ = ["BUILTIN", "MOST_DAYS", "SCHEMA", "Profile", "missing", "profile"]

MOST_DAYS = 20_000
_EXACT_BELOW = 10_000  # approximate counts below it are counted exactly: few values need little memory
_DUPLICATES, _KEYS, _EMPTY_KEYS, _DAYS = (
    "duplicate_rows_count",
    "duplicate_keys_count",
    "empty_keys_count",
    "day_counts",
)
_DISTINCT = "distinct_count"


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
    memory_limit: str = "350MB",
    threads: int = 2,
) -> Profile:
    """Compute statistics (those of `missing`, or any) over `rows.parquet` of a landed table.

    `roles` lead from the roles that statistics speak of to column names; a statistic of a role without a column is
    null. `key` is the column that tells rows apart. What failed is null, and told in `errors`.
    """
    found = Profile(columns={column.name: {} for column in table.columns})
    names = {statistic.name for statistic in statistics}
    with scanning(parquet, memory_limit, threads) as scanner:
        for asked, value in scanner.compute(_asked(table, statistics, roles, found), _failing(found)):
            _values_of(found, asked.column)[asked.name] = value
        for name, count in _OWN_WAYS.items():
            if name in names:
                _alone(name, lambda count=count: count(scanner, table, key, found), found)  # type: ignore[misc]
    _add_cells(table, found)
    found.digests = {s.name: statistic_digest(s, roles) for s in statistics if s.name not in found.errors}
    return found


def _asked(
    table: LandedTable, statistics: Sequence[Statistic], roles: Mapping[str, str], found: Profile
) -> list[Asked]:
    """The aggregates that statistics come to, column by column; those that cannot be asked are null in `found`."""
    wanted = [s for s in statistics if s.sql and s.name not in (_DUPLICATES, _KEYS, _DAYS)]
    columns, asked = by_name(table), []
    for column in (*table.columns, None):
        for statistic in (s for s in wanted if (s.of == "table") == (column is None)):
            if column is not None and not applies(statistic, column):
                continue
            name = column.name if column else ""
            _values_of(found, name)[statistic.name] = None
            rendered = render_reading(statistic, columns, roles, column)
            if rendered:
                asked.append(Asked(statistic.name, name, rendered.sql, rendered.reads))
    return asked


def _values_of(found: Profile, column: str) -> dict[str, Value]:
    return found.columns[column] if column else found.table


def _failing(found: Profile) -> Callable[[Asked, Exception], None]:
    def fail(asked: Asked, error: Exception) -> None:
        where = f"{asked.column}: " if asked.column else ""
        found.errors.setdefault(asked.name, where + _told(error))

    return fail


# ---------------------------------------------------------------- counted in ways of their own


def _count_exactly(scanner: Scanner, table: LandedTable, key: str | None, found: Profile) -> None:  # noqa: ARG001
    """Replace small approximate counts of different values by exact ones; hashes, since a text may have megabytes."""
    columns = by_name(table)
    few = [n for n, values in found.columns.items() if _is_small(values.get(_DISTINCT))]
    rendered = ((n, render_reading(_DIFFERENT, columns, {}, columns[n])) for n in few)
    asked = [Asked(_DISTINCT, n, r.sql, r.reads) for n, r in rendered if r]
    for each, value in scanner.compute(asked, _failing(found)):
        found.columns[each.column][_DISTINCT] = value


def _is_small(count: object) -> bool:
    return isinstance(count, int) and count < _EXACT_BELOW


def _add_duplicates(scanner: Scanner, table: LandedTable, key: str | None, found: Profile) -> None:  # noqa: ARG001
    found.table[_DUPLICATES] = None
    found.table[_DUPLICATES] = repeated_rows(scanner, [column.received_name for column in table.columns])


def _add_keys(scanner: Scanner, table: LandedTable, key: str | None, found: Profile) -> None:
    found.table |= {_KEYS: None, _EMPTY_KEYS: None}
    column = by_name(table).get(key or "")
    if column is not None:
        found.table[_KEYS], found.table[_EMPTY_KEYS] = repeated_keys(scanner, column.received_name)


def _add_days(scanner: Scanner, table: LandedTable, key: str | None, found: Profile) -> None:  # noqa: ARG001
    """How often each day occurs in each column of dates; the newest MOST_DAYS where there are more."""
    for column in (c for c in table.columns if c.type in DATES):
        possible = POSSIBLE_DAY.replace("{column}", quoted(column.name))
        day = f"CAST({quoted(column.name)} AS DATE)"
        counted = f"SELECT {day} AS d, count(*) FROM landed WHERE {possible} GROUP BY 1"  # noqa: S608 - a quoted name
        rows = scanner.link.execute(f"{counted} ORDER BY 1 DESC LIMIT {MOST_DAYS + 1}").fetchall()
        found.day_counts[column.name] = dict(rows[:MOST_DAYS])
        if len(rows) > MOST_DAYS:
            found.cut_days[column.name] = rows[MOST_DAYS - 1][0]


def _add_cells(table: LandedTable, found: Profile) -> None:
    filled = [values.get("filled_count") for values in found.columns.values()]
    if any(isinstance(count, int) for count in filled):
        found.table["cells_count"] = table.rows_count * len(table.columns)
        found.table["cells_filled_count"] = sum(count for count in filled if isinstance(count, int))


_OWN_WAYS = {_DISTINCT: _count_exactly, _DUPLICATES: _add_duplicates, _KEYS: _add_keys, _DAYS: _add_days}
_DIFFERENT = Statistic(_DISTINCT, "column", "count(DISTINCT CASE WHEN {filled} THEN hash({text}) END)")


def _alone(name: str, count: Callable[[], None], found: Profile) -> None:
    """Count what is counted in a way of its own; a failure is that statistic's alone."""
    try:
        count()
    except FAILURES as error:
        found.errors.setdefault(name, _told(error))


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
