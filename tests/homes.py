"""A home of its own for each test: settings in the environment, an upgraded warehouse, and its tables to compare."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from civicgauge.pipeline.context import Context
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse, alert_tables, review_tables

# what may differ between two runs that saw the same: who ran, when, and where the attempts lie
CLOCKS = {
    "run_id",
    "as_of",
    "started_at",
    "ended_at",
    "catalog_attempt",
    "results_attempt",
    "airflow_dag_id",
    "airflow_run_id",
    "config_digest",
    "updated_at",
    "recorded_at",
    "replaced_at",
    "replaced_by",
}


def environment(home: Path, warehouse: str | None = None) -> dict[str, str]:
    """CIVICGAUGE_* for a home; the warehouse is SQLite in it unless an address is given."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CIVICGAUGE_")}
    found = {
        **clean,
        "CIVICGAUGE_HOME": str(home),
        "CIVICGAUGE_CITIES": str(home / "cities"),
        "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
    }
    return found | ({"CIVICGAUGE_WAREHOUSE": warehouse} if warehouse else {})


@contextmanager
def home_at(folder: Path, warehouse: str | None = None) -> Iterator[Context]:
    """Make the home, upgrade its warehouse, and set this process's environment to it."""
    (folder / "cities").mkdir(parents=True, exist_ok=True)
    before, now = dict(os.environ), environment(folder, warehouse)
    os.environ.clear()
    os.environ.update(now)
    try:
        settings = Settings.from_environment()
        with Warehouse(settings.warehouse) as opened:
            opened.upgrade()
        yield Context(settings)
    finally:
        os.environ.clear()
        os.environ.update(before)


def few_datasets(folder: Path, count: int) -> None:
    """Let each city file choose no more than its first `count` datasets: what is not about rows need not pull them."""
    for path in folder.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        head, told = text.partition("\n")[0], yaml.safe_load(text)
        told["datasets"] = told.get("datasets", [])[:count]
        path.write_text(f"{head}\n{yaml.safe_dump(told, sort_keys=False, allow_unicode=True)}", encoding="utf-8")


def command(
    home: Path, *words: str, warehouse: str | None = None, timeout: float = 280
) -> subprocess.CompletedProcess[str]:
    """Run `civicgauge` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "civicgauge", *words],
        env=environment(home, warehouse),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def tables(context: Context) -> dict[str, list[dict[str, Any]]]:
    """Every table but `run`, `cursor` and those of alerts, all days, without what tells clocks and attempts."""
    with context.warehouse() as warehouse:
        judged = {*review_tables.MADE_TOGETHER} - {"decided_value"}
        apart = {"run", "cursor", *alert_tables.EXPORTED, *judged}  # what is told and judged is another matter
        names = [name for name in warehouse.table_names() if name not in apart]
        return {
            name: [{k: v for k, v in row.items() if k not in CLOCKS} for row in warehouse.rows(name, shown_only=False)]
            for name in names
        }


def history(context: Context, city_id: str, indicator_id: str) -> dict[str, float | None]:
    """An indicator's shown values by day."""
    with context.warehouse() as warehouse:
        rows = warehouse.rows("indicator_value", city_ids=[city_id])
    return {row["day"].isoformat(): row["value"] for row in rows if row["indicator_id"] == indicator_id}
