"""The ways to check a landed table, each a process of its own.

    python -m benchmarks._checking_ways WAY FOLDER

WAY is `civicgauge`, `shipped`, `gx`, `gx_brief` or `sql`. FOLDER holds `rows.parquet` and `table.json` of a landed
table (`python -m benchmarks._checking_ways land FOLDER` makes them of `rows.csv`). Says the seconds after the imports
(of the clock and of CPU), and what each expectation came to.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks._expectations import COLUMNS, EXPECTED, Expected, Verdicts

ROWS = "rows.parquet"
Work = Callable[[Path], Verdicts]


def land(folder: Path) -> None:
    """`rows.csv` as our landed table."""
    from benchmarks._table import view
    from civicgauge.portals._socrata_rows import _columns
    from civicgauge.rows.landing import land_table

    table = land_table(
        folder / "rows.csv", promised=_columns(view()), format_hint="csv", file_name=None,
        target=folder / ROWS, work=folder,
    )  # fmt: skip
    (folder / "table.json").write_text(json.dumps(table.as_dict()), encoding="utf-8")


def civicgauge() -> Work:
    """Our way: DuckDB counts what the checks name, Great Expectations judges one row of counts."""
    import great_expectations  # noqa: F401
    import pandas  # noqa: F401

    from civicgauge.landed import LandedTable
    from civicgauge.quality.judge import judge
    from civicgauge.quality.measures import row_statistics
    from civicgauge.rows.profile import profile

    checks = [_check(each) for each in EXPECTED]
    names = {column: column for column in COLUMNS}

    def work(folder: Path) -> Verdicts:
        table = LandedTable.from_dict(json.loads((folder / "table.json").read_bytes()))
        found = profile(folder / ROWS, table, row_statistics(checks), names)
        ids = {"portal_id": "main", "dataset_id": "bench"}
        row = {**ids, "resource_id": "bench", "family": "bench", "is_landed": True, "rows_count": table.rows_count}
        dataset = {**ids, "is_counted": True, "is_observed": True}
        results = judge(checks, {"datasets": [dataset], "landed_tables": [row | found.table]})
        verdicts = Verdicts()
        for result in results:
            name = result.check_id
            verdicts.add(name, found.table[f"{name}_found"], holds=result.outcome == "passed")
        return verdicts

    return work


def _check(expected: Expected) -> Any:
    """The expectation as a check file would say it."""
    from civicgauge.quality.form import Check

    statistic = asked = f"{expected.name}_found"
    bounds = {"min_value": expected.low, "max_value": expected.high} if not expected.is_count else {"max_value": 0}
    derived = {}
    if expected.mostly is not None:
        asked, bounds = f"{expected.name}_share", {"max_value": 1 - expected.mostly}
        derived = {asked: f"{statistic} / rows_count"}
    told = {"id": expected.name, "version": 1, "table": "landed_tables", "family": "bench", "severity": "warning"}
    words = dict.fromkeys(("title", "question", "why", "observed", "expected"), "benchmark")
    return Check.model_validate(
        told
        | words
        | {
            "fix": {"socrata": ["benchmark"]},
            "serves": [{"standard": "none", "criterion": "none", "source": "none"}],
            "statistics": {statistic: {"sql": expected.sql}},
            "derived": derived,
            "expectation": {
                "type": "expect_column_values_to_be_between",
                "kwargs": {"column": asked, **{k: v for k, v in bounds.items() if v is not None}},
            },
            "cases": {},
            "no_case": dict.fromkeys(("passed", "failed", "unknown", "not_applicable"), "benchmark"),
        }
    )


def shipped() -> Work:
    """Every statistic of the checks that ship, builtins included, on the same table: what a night costs."""
    from civicgauge.landed import LandedTable
    from civicgauge.pipeline.columns import COLUMNS as KNOWN
    from civicgauge.quality.checks import load_checks
    from civicgauge.quality.measures import row_statistics
    from civicgauge.rows import meaning
    from civicgauge.rows.profile import BUILTIN, Profile, missing, profile

    checks = load_checks(Path("expectations"), KNOWN)

    def work(folder: Path) -> Verdicts:
        table = LandedTable.from_dict(json.loads((folder / "table.json").read_bytes()))
        roles = meaning.resolve(meaning.families()["service_requests"], table.columns)
        statistics = [*BUILTIN, *row_statistics(checks)]
        wanted = missing(statistics, Profile(), roles, key="request_id")
        found = profile(folder / ROWS, table, wanted, roles, key="request_id")
        if found.errors:
            raise SystemExit(f"statistics that failed: {found.errors}")
        values = sum(value is not None for each in (found.table, *found.columns.values()) for value in each.values())
        verdicts = Verdicts()
        verdicts.add("values", values, holds=True)
        return verdicts

    return work


def gx(form: str) -> Work:
    """Great Expectations on a pandas frame of the columns that are looked at."""
    import great_expectations as gxe
    import pandas as pd
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.registry import get_expectation_impl

    def work(folder: Path) -> Verdicts:
        frame = pd.read_parquet(folder / ROWS, columns=list(COLUMNS))
        context = gxe.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
        batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
        asked = [get_expectation_impl(e.gx)(**e.kwargs, meta={"name": e.name}) for e in EXPECTED]
        outcome = batch.validate(gxe.ExpectationSuite(name="bench", expectations=asked), result_format=form)
        verdicts = Verdicts()
        for result in outcome.results:
            name = result.expectation_config.meta["name"]
            if any(isinstance(i, dict) and i.get("raised_exception") for i in result.exception_info.values()):
                raise SystemExit(f"{name}: {result.exception_info}")
            number = result.result.get("unexpected_count", result.result.get("observed_value", -1))
            verdicts.add(name, number, holds=bool(result.success))
        return verdicts

    return work


def sql() -> Work:
    """One aggregate that someone wrote by hand, in DuckDB as it comes."""
    import duckdb

    # the braces around names alone: patterns have some of their own
    selected = re.sub(r"\{([a-z_]+)\}", r"\1", ", ".join(each.sql for each in EXPECTED))

    def work(folder: Path) -> Verdicts:
        with duckdb.connect() as link:
            row = link.execute(f"SELECT {selected} FROM read_parquet('{folder / ROWS}')").fetchone()
        assert row is not None
        verdicts = Verdicts()
        for each, value in zip(EXPECTED, row, strict=True):
            verdicts.add(each.name, value, holds=each.holds(value, row[0]))
        return verdicts

    return work


WAYS: dict[str, Callable[[], Work]] = {
    "civicgauge": civicgauge,
    "shipped": shipped,
    "gx": lambda: gx("SUMMARY"),
    "gx_brief": lambda: gx("BOOLEAN_ONLY"),
    "sql": sql,
}


def main(way: str, folder: Path) -> None:
    """Do it, and say what came of it."""
    if way == "land":
        land(folder)
        return
    work = WAYS[way]()
    began, busy = time.perf_counter(), time.process_time()
    verdicts = work(folder)
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - busy}
    print(json.dumps({**took, **asdict(verdicts)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
