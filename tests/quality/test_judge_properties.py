"""For any rows: no exception, one result for each dataset and check, and the verdict that plain Python gives."""

from __future__ import annotations

import math
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.quality.samples import CATALOG, COLUMNS, ROWS, between, dataset, landed, landed_column, part

from civicgauge.model import Outcome
from civicgauge.quality.checks import load_checks
from civicgauge.quality.judge import judge

CHECKS = load_checks(CATALOG, COLUMNS)
ON_ROWS = load_checks(ROWS, COLUMNS)
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
USUAL = {
    "kind": ["table", "geo", "file", "link", None],
    "licence_class": ["open", "not_open", "terms_unread", "doubtful", "unrecognised", "none", None],
    "licence_source": ["dataset", "portal", None],
    "period_source": ["declared", "unmapped", "undeclared", "untestable", "not_periodic", None],
    "freshness_status": ["fresh", "due", "overdue", "delinquent", "unknown", "not_applicable", None],
    "contact_state": ["well_formed", "malformed", "absent", None],
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from([MOMENT, MOMENT.replace(tzinfo=None), MOMENT.date()]),
    st.lists(st.integers(), max_size=2),
)


def cell(column: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(USUAL[column]) | ODD if column in USUAL else ODD


def rows_of(table: str) -> st.SearchStrategy[dict[str, Any]]:
    named = sorted({column for c in CHECKS if c.table == table for column in c.columns} & COLUMNS[table])
    extra = ["is_counted", "is_observed"] if table == "datasets" else []
    return st.fixed_dictionaries({column: cell(column) for column in [*named, *extra]})


TABLES = st.tuples(
    st.lists(rows_of("datasets"), max_size=4),
    st.lists(rows_of("resources"), max_size=4),
    st.lists(rows_of("columns"), max_size=4),
)


def joined(drawn: tuple[list[Any], list[Any], list[Any]]) -> dict[str, list[dict[str, Any]]]:
    datasets = [dataset(n, **values) for n, values in enumerate(drawn[0])]
    owners = max(1, len(datasets))
    parts = [
        [part(t, n % owners, **v) for n, v in enumerate(rows)]
        for t, rows in zip(("resources", "columns"), drawn[1:], strict=True)
    ]
    return {"datasets": datasets, "resources": parts[0] if datasets else [], "columns": parts[1] if datasets else []}


@settings(max_examples=12, deadline=None)
@given(TABLES)
def test_any_rows_give_one_result_for_each_dataset_and_check(drawn: Any) -> None:
    tables = joined(drawn)
    results = judge(CHECKS, tables)
    assert Counter((r.dataset_id, r.check_id) for r in results) == Counter(
        (row["dataset_id"], c.id) for row in tables["datasets"] for c in CHECKS
    )
    assert all(r.failed_count <= r.checked_count for r in results)
    assert all((r.reason is None) == (r.outcome in (Outcome.PASSED, Outcome.FAILED)) for r in results)


def landed_rows(table: str) -> st.SearchStrategy[dict[str, Any]]:
    """Some columns that checks on rows look at, with anything in them; what is not drawn is null or not there."""
    ids = {"portal_id", "dataset_id", "resource_id"}
    named = {column for c in ON_ROWS if c.table == table for column in c.columns - c.derived.keys() - ids}
    extra = {"is_landed", "family", "unread_reason"} if table == "landed_tables" else {"type", "filled_count"}
    cells = {column: st.sampled_from(["number", "point", 40, 0, None]) | ODD for column in sorted(named | extra)}
    return st.fixed_dictionaries({}, optional=cells)


@settings(max_examples=12, deadline=None)
@given(st.lists(landed_rows("landed_tables"), max_size=4), st.lists(landed_rows("landed_columns"), max_size=4))
def test_any_landed_rows_give_one_result_for_each_chosen_dataset_and_check(tables: Any, columns: Any) -> None:
    rows = [landed(n, **values) for n, values in enumerate(tables)]
    parts = [landed_column(f"c{n}", n % len(rows), **values) for n, values in enumerate(columns) if rows]
    datasets = [dataset(n) for n in range(6)]
    results = judge(ON_ROWS, {"datasets": datasets, "landed_tables": rows, "landed_columns": parts})
    assert Counter((r.dataset_id, r.check_id) for r in results) == Counter(
        (row["dataset_id"], c.id) for row in rows for c in ON_ROWS
    )
    assert all(r.failed_count <= r.checked_count for r in results)
    assert all((r.reason is None) == (r.outcome in (Outcome.PASSED, Outcome.FAILED)) for r in results)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.none() | st.integers(-5, 15) | st.sampled_from(["odd", 3.5, float("nan")]), max_size=30))
def test_the_verdict_is_that_of_plain_python(cells: list[Any]) -> None:
    rows = [dataset(n, age_days=value) for n, value in enumerate(cells)]
    found = [str(r.outcome) for r in judge([between("age_days", 5)], {"datasets": rows})]

    def verdict(value: Any) -> str:
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return "unknown"
        return "errored" if value == "odd" else "passed" if value >= 5 else "failed"

    assert found == [verdict(value) for value in cells]
