"""From landed tables to check results: one Great Expectations run for all portals of a city, for each of two tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from civicgauge.errors import CivicgaugeError
from civicgauge.model import CheckResult, Outcome
from civicgauge.quality.decide import Row, Verdict, decide_dataset, decide_landed, decide_without_parts
from civicgauge.quality.form import Check
from civicgauge.quality.formulas import formula
from civicgauge.quality.report import parts_result, whole_result
from civicgauge.quality.verdicts import verdicts_on

Key = tuple[str, str]
Part = tuple[Row, Verdict]


def key_of(row: Row) -> Key:
    """The dataset that a row belongs to: (portal_id, dataset_id)."""
    return str(row["portal_id"]), str(row["dataset_id"])


def judge_landed(
    checks: Sequence[Check], datasets: Mapping[Key, Row], tables: Sequence[Row], columns: Sequence[Row]
) -> list[CheckResult]:
    """One result for every check and dataset that has a row in `tables`; its tables or their columns are its parts.

    A dataset that the catalogue does not show is unknown. A table whose rows have not landed is unknown for its own
    reason, also where its columns are asked about. CivicgaugeError when a table stands there twice, or a column
    belongs to none of them.
    """
    _fit_together(tables, columns)
    chosen = {key_of(row): datasets.get(key_of(row), row) for row in tables}
    settled = {key: _settled(datasets.get(key)) for key in chosen}
    decided = [(chosen[key], verdict) for key, verdict in settled.items() if verdict]
    results = [whole_result(check, dataset, verdict) for dataset, verdict in decided for check in checks]
    open_tables = [row for row in tables if settled[key_of(row)] is None]
    open_columns = [row for row in columns if settled[key_of(row)] is None]
    for check, parts in _judged(checks, open_tables, open_columns):
        by_key: dict[Key, list[Part]] = {key_of(row): [] for row in open_tables}
        for part in parts:
            by_key[key_of(part[0])].append(part)
        results += [_result(check, chosen[key], mine) for key, mine in by_key.items()]
    return results


def with_derived(checks: Sequence[Check], rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with the numbers that the checks derive, save where a row lacks a column that such a number needs."""
    derived = {name: formula(text) for check in checks for name, text in check.derived.items()}
    if not derived:
        return rows
    fit = ((row, {name: each for name, each in derived.items() if each.columns <= row.keys()}) for row in rows)
    return [{**row, **{name: each.value(row) for name, each in found.items()}} for row, found in fit]


def _settled(dataset: Row | None) -> Verdict | None:
    """What holds for every check on the rows of a dataset. Staff chose it, so that it need not count as the city's:
    a view of a table that is not public is often the only way to its rows."""
    if dataset is None:
        return Verdict(Outcome.UNKNOWN, "not_in_catalogue")
    return decide_dataset({**dataset, "is_counted": True})


def _judged(
    checks: Sequence[Check], tables: Sequence[Row], columns: Sequence[Row]
) -> Iterator[tuple[Check, list[Part]]]:
    of_tables = [check for check in checks if check.table == "landed_tables"]
    yield from _parts(of_tables, tables)
    of_columns = [check for check in checks if check.table == "landed_columns"]
    for check, parts in _parts(of_columns, columns):
        # A table that has not landed has no columns here; it speaks for them.
        yield check, parts + [(row, verdict) for row in tables if (verdict := decide_landed(check, row))]


def _parts(checks: Sequence[Check], rows: Sequence[Row]) -> Iterator[tuple[Check, list[Part]]]:
    rows = with_derived(checks, rows)
    for check, verdicts in zip(checks, verdicts_on(checks, rows), strict=True):
        yield check, list(zip(rows, verdicts, strict=True))


def _result(check: Check, dataset: Row, parts: Sequence[Part]) -> CheckResult:
    if not parts:
        return whole_result(check, dataset, decide_without_parts(check, dataset))
    return parts_result(check, dataset, parts)


def _fit_together(tables: Sequence[Row], columns: Sequence[Row]) -> None:
    known = {(*key_of(row), str(row["resource_id"])) for row in tables}
    if len(known) != len(tables):
        raise CivicgaugeError(f"landed_tables: {len(tables) - len(known)} rows repeat a resource of a dataset")
    strays = {(*key_of(row), str(row["resource_id"])) for row in columns} - known
    if strays:
        raise CivicgaugeError(
            f"landed_columns: {len(strays)} resources are not in landed_tables, such as {min(strays)}"
        )
