"""The cases that a check file brings along, as tables for the real judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from civicgauge.model import CheckResult
from civicgauge.quality.form import Check, Expected, split_case
from civicgauge.quality.judge import judge

Columns = Mapping[str, frozenset[str]]

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
}
"""What a row of a case holds where the case does not say otherwise; every other column is null."""


def wrong_cases(checks: Sequence[Check], columns: Columns) -> list[str]:
    """Judge every case of every check; one line for each that came to another outcome than its file says."""
    results = {(r.check_id, r.dataset_id): r for r in judge(checks, case_tables(checks, columns))}
    wrong = []
    for check, outcome, number, _ in _cases(checks):
        result = results[check.id, _name(check, outcome, number)]
        if result.outcome != outcome:
            wrong.append(_difference(check, outcome, number, result))
    return wrong


def case_tables(checks: Sequence[Check], columns: Columns) -> dict[str, list[dict[str, Any]]]:
    """All cases as rows: one dataset for each, named `<check>/<outcome>/<number from 1>`, with the parts it lists."""
    tables: dict[str, list[dict[str, Any]]] = {"datasets": [], "resources": [], "columns": []}
    for check, outcome, number, case in _cases(checks):
        dataset, parts = split_case(check, case)
        name = {"dataset_id": _name(check, outcome, number)}
        tables["datasets"].append(_row("datasets", columns, dataset | name))
        for at, part in enumerate(parts, 1):
            named = {"portal_id": tables["datasets"][-1]["portal_id"], _OWN_ID[check.table]: f"part_{at}"} | part
            tables[check.table].append(_row(check.table, columns, named | name))
    return tables


_OWN_ID = {"resources": "resource_id", "columns": "field_name"}


def _cases(checks: Sequence[Check]) -> list[tuple[Check, str, int, dict[str, Any]]]:
    shown = [(check, outcome) for check in checks for outcome in get_args(Expected)]
    return [(check, outcome, n, case) for check, outcome in shown for n, case in enumerate(check.cases.of(outcome), 1)]


def _row(table: str, columns: Columns, values: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(columns[table]) | DEFAULTS[table] | values


def _name(check: Check, outcome: str, number: int) -> str:
    return f"{check.id}/{outcome}/{number}"


def _difference(check: Check, outcome: str, number: int, result: CheckResult) -> str:
    found = f"{result.outcome}" + (f" ({result.reason})" if result.reason else "")
    return f"{check.id}: case {number} of {outcome} came to {found}; observed: {result.observed}"
