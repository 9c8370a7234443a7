"""The cases that a check file brings along, as tables for the real judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from civicgauge.model import CheckResult
from civicgauge.quality.checks import LANDED_COLUMNS, Columns
from civicgauge.quality.form import Check, Expected, split_case
from civicgauge.quality.judge import judge

Row = dict[str, Any]

DEFAULTS: dict[str, dict[str, Any]] = {
    "datasets": {
        "portal_id": "main",
        "portal_kind": "socrata",
        "is_observed": True,
        "is_counted": True,
        "ownership": "own",
        "kind": "table",
    },
    "resources": {"dataset_is_counted": True, "is_documentation": False, "is_native_table": False, "is_link": False},
    "columns": {"dataset_is_counted": True, "datatype": "text"},
    "landed_tables": {"portal_kind": "socrata", "is_landed": True},
    "landed_columns": {"portal_kind": "socrata", "type": "text", "type_source": "portal"},
}
"""What a row of a case holds where the case does not say otherwise; every other column is null."""


def wrong_cases(checks: Sequence[Check], columns: Columns) -> list[str]:
    """Judge every case of every check; one line for each that came to another outcome than its file says."""
    results = {(r.check_id, r.dataset_id): r for r in judge(checks, case_tables(checks, columns))}
    wrong = []
    for check, outcome, number, _ in _cases(checks):
        result = results.get((check.id, _name(check, outcome, number)))
        if result is None or result.outcome != outcome:
            wrong.append(_difference(check, outcome, number, result))
    return wrong


def case_tables(checks: Sequence[Check], columns: Columns) -> dict[str, list[Row]]:
    """All cases as rows: one dataset for each, named `<check>/<outcome>/<number from 1>`, with the parts it lists."""
    columns = {**LANDED_COLUMNS, **columns}
    tables: dict[str, list[Row]] = {table: [] for table in DEFAULTS}
    for check, outcome, number, case in _cases(checks):
        dataset, landed, parts = split_case(check, case)
        given = {"datasets": [dataset], "landed_tables": [landed] if check.table == "landed_columns" else []}
        given[check.table] = parts or given.get(check.table, [])
        whole = _row("datasets", columns, dataset)
        name = {"portal_id": whole["portal_id"], "dataset_id": _name(check, outcome, number)}
        for table, rows in given.items():
            for at, row in enumerate(rows, 1):
                filled = name | _usual(check, table, at) | row | {"dataset_id": name["dataset_id"]}
                tables[table].append(_row(table, columns, filled))
    return tables


_OWN_ID = {"resources": "resource_id", "columns": "field_name", "landed_tables": "resource_id"}


def _usual(check: Check, table: str, at: int) -> Row:
    """What makes the row of a case one of the check's own table: a name, and what the check is about."""
    if table == "datasets":
        return {}
    named = {_OWN_ID.get(table, "field_name"): f"part_{at}"}
    if table not in LANDED_COLUMNS:
        return named
    own = named | dict.fromkeys(check.statistics if table == check.table else ()) | {"family": check.family}
    if check.table == "landed_tables":
        return own
    types = {"type": min(check.types)} if check.types and table == "landed_columns" else {}
    return own | types | {"resource_id": "part_1"}


def _cases(checks: Sequence[Check]) -> list[tuple[Check, str, int, Row]]:
    shown = [(check, outcome) for check in checks for outcome in get_args(Expected)]
    return [(check, outcome, n, case) for check, outcome in shown for n, case in enumerate(check.cases.of(outcome), 1)]


def _row(table: str, columns: Columns, values: Row) -> Row:
    return dict.fromkeys(columns[table]) | DEFAULTS[table] | values


def _name(check: Check, outcome: str, number: int) -> str:
    return f"{check.id}/{outcome}/{number}"


def _difference(check: Check, outcome: str, number: int, result: CheckResult | None) -> str:
    if result is None:
        return f"{check.id}: case {number} of {outcome} came to no result; it has no row in {check.table}"
    found = f"{result.outcome}" + (f" ({result.reason})" if result.reason else "")
    return f"{check.id}: case {number} of {outcome} came to {found}; observed: {result.observed}"
