"""Small checks and rows for the tests of quality."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from civicgauge.landed_tables import LANDED_SCHEMAS
from civicgauge.landing.tables import SCHEMAS
from civicgauge.model import CheckResult
from civicgauge.quality.cases import DEFAULTS
from civicgauge.quality.form import Check
from civicgauge.quality.judge import judge

EXPECTATIONS = Path(__file__).parents[2] / "expectations"
CATALOG, ROWS = EXPECTATIONS / "catalog", EXPECTATIONS / "rows"
COLUMNS = {table: frozenset(schema.names) for table, schema in (SCHEMAS | LANDED_SCHEMAS).items()}


def check(expectation: str, kwargs: dict[str, Any], **changes: Any) -> Check:
    """A check with everything a file must have, around one expectation."""
    fields: dict[str, Any] = {
        "id": "sample",
        "version": 1,
        "table": "datasets",
        "severity": "warning",
        "title": "A sample",
        "question": "Is it so?",
        "why": "Because it matters.",
        "fix": {"socrata": ["Do it."], "ckan": ["Do it."]},
        "serves": [{"standard": "A standard", "criterion": "its first", "source": "a page"}],
        "expectation": {"type": expectation, "kwargs": kwargs},
        "observed": "as seen",
        "expected": "as hoped",
        "cases": {},
        "no_case": dict.fromkeys(("passed", "failed", "unknown", "not_applicable"), "only a sample"),
    }
    return Check.model_validate(fields | changes)


def between(column: str, low: int, **changes: Any) -> Check:
    """The column's value is at least `low`."""
    return check("expect_column_values_to_be_between", {"column": column, "min_value": low}, **changes)


def in_set(column: str, values: list[Any], **changes: Any) -> Check:
    """The column's value is one of `values`."""
    return check("expect_column_values_to_be_in_set", {"column": column, "value_set": values}, **changes)


def dataset(number: int = 1, **values: Any) -> dict[str, Any]:
    """A row of the datasets table; what is not given is as in the cases of check files."""
    return dict.fromkeys(COLUMNS["datasets"]) | DEFAULTS["datasets"] | {"dataset_id": f"d{number:03}"} | values


def part(table: str, number: int = 1, **values: Any) -> dict[str, Any]:
    """A row of the resources or columns table, belonging to dataset `number`."""
    own = {"portal_id": "main", "dataset_id": f"d{number:03}"}
    return dict.fromkeys(COLUMNS[table]) | DEFAULTS[table] | own | values


def landed(number: int = 1, **values: Any) -> dict[str, Any]:
    """A row of landed_tables: the table `rows` of dataset `number`."""
    own = {"portal_id": "main", "dataset_id": f"d{number:03}", "resource_id": "rows"}
    return dict.fromkeys(COLUMNS["landed_tables"]) | DEFAULTS["landed_tables"] | own | values


def landed_column(name: str, number: int = 1, **values: Any) -> dict[str, Any]:
    """A column of the table `rows` of dataset `number`."""
    own = {"portal_id": "main", "dataset_id": f"d{number:03}", "resource_id": "rows", "field_name": name}
    return dict.fromkeys(COLUMNS["landed_columns"]) | DEFAULTS["landed_columns"] | own | values


def outcomes(results: list[CheckResult]) -> list[str]:
    """The outcomes in the order of the results."""
    return [str(result.outcome) for result in results]


def judged(one: Any, rows: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> list[str]:
    """The outcomes of one check on rows of datasets and their parts."""
    return outcomes(judge([one], {"datasets": rows, **tables}))


def reasons(one: Any, rows: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> list[str | None]:
    """The reasons of one check on rows of datasets and their parts."""
    return [result.reason for result in judge([one], {"datasets": rows, **tables})]


def values(column: str, *cells: object) -> list[dict[str, Any]]:
    """Datasets 1, 2, ... that differ in one column."""
    return [dataset(number, **{column: cell}) for number, cell in enumerate(cells, 1)]
