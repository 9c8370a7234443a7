"""The keys of a few failing rows, which a city looks up to mend them. For the city and staff alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from civicgauge.landed import Statistic
from civicgauge.model import CheckResult, City, DatasetChoice, Outcome
from civicgauge.pipeline import profiling, versions
from civicgauge.pipeline.context import Context
from civicgauge.quality.form import Check
from civicgauge.rows.failing import failing_rows

FILE = "failing_rows.parquet"
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("portal_id", "dataset_id", "resource_id", "check_id", "column", "key_column")]
    + [("keys", pa.list_(pa.string()))]
)

Part = tuple[DatasetChoice, Mapping[str, Any]]


def sample(
    context: Context, city: City, checks: Sequence[Check], results: Iterable[CheckResult], parts: Iterable[Part]
) -> list[dict[str, Any]]:
    """Rows of SCHEMA for every failed check that says how a failing row is found; private checks point to none."""
    asking = {check.id: check for check in checks if check.failing_rows and not check.private}
    failed = [(r.portal_id, r.dataset_id, r.check_id) for r in results if r.outcome is Outcome.FAILED]
    rows: list[dict[str, Any]] = []
    for choice, part in parts:
        mine = [asking[c] for p, d, c in failed if (p, d) == (choice.portal, choice.id) and c in asking]
        rows += _of_part(context, city, choice, part, mine) if mine else ()
    return rows


def _of_part(
    context: Context, city: City, choice: DatasetChoice, part: Mapping[str, Any], checks: Sequence[Check]
) -> Iterator[dict[str, Any]]:
    profiled = profiling.ensure(context, city, choice, part)
    if profiled is None or not context.lake.holds(part["rows"], versions.ROWS):
        return
    # a key that may itself be personal names no row
    key = profiled.key_column if profiled.key_column not in profiled.personal else None
    manifest = context.lake.manifest(part["rows"]) or {}
    with context.lake.local(part["rows"], versions.ROWS, manifest) as path:
        for check in checks:
            of = "table" if check.table == "landed_tables" else "column"
            predicate = Statistic(check.id, of, check.failing_rows or "", tuple(sorted(check.failing_types)))  # type: ignore[arg-type]
            for column, keys in failing_rows(path, profiled.table, predicate, profiled.roles, key).items():
                yield {
                    "portal_id": choice.portal,
                    "dataset_id": choice.id,
                    "resource_id": part["resource_id"],
                    "check_id": check.id,
                    "column": column,
                    "key_column": key,
                    "keys": keys,
                }
