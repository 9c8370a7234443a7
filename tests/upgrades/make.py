"""Makes a world of an older version: `python -m tests.upgrades.make COMMIT` in a checkout that has that commit.

The older code itself observes a demo city on two days. Its warehouse becomes SQL text and its lake a zip, named by the
version of its schema. What is kept is history: a world is made once, when the next schema version begins.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
CITY, DATASET = "demo-cedar-junction", "c2pd-7hqm"
DAYS = ("2026-06-29", "2026-06-30")
_FEW = "DELETE FROM check_result WHERE dataset_id <> ?"  # all checks of one dataset show what the rest would

_OLD = f"""
import os, sys
from datetime import UTC, datetime
from pathlib import Path
import yaml
from civicgauge.demo.server import DemoPortals
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from civicgauge.warehouse import Warehouse

context = Context.from_environment()
cities = context.settings.cities
cities.mkdir(parents=True)
with Warehouse(context.settings.warehouse) as warehouse:
    warehouse.upgrade()
with DemoPortals(datetime(2026, 6, 30, 22, tzinfo=UTC)) as portals:
    portals.write_cities(cities)
    for path in cities.glob("*.yml"):
        told = yaml.safe_load(path.read_text())
        told["datasets"] = [d for d in told.get("datasets", []) if d["id"] == {DATASET!r}]
        path.write_text(yaml.safe_dump(told, sort_keys=False))
    for day in {DAYS!r}:
        for result in observing.observe(context, [{CITY!r}], day):
            print(result, file=sys.stderr)
"""


def main(commit: str) -> None:
    """Write <schema version>.sql and .zip beside this file."""
    with tempfile.TemporaryDirectory() as scratch:
        tree, home = Path(scratch) / "tree", Path(scratch) / "home"
        tree.mkdir()
        packed = subprocess.run(["git", "archive", commit], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(tree)], input=packed, check=True)
        told = {
            **os.environ,
            "PYTHONPATH": str(tree / "plugins"),
            "CIVICGAUGE_HOME": str(home),
            "CIVICGAUGE_CITIES": str(home / "cities"),
            "CIVICGAUGE_EXPECTATIONS": str(tree / "expectations"),
            "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
        }
        subprocess.run([sys.executable, "-c", _OLD], check=True, env=told, cwd=tree)
        with sqlite3.connect(home / "warehouse.sqlite") as connection:
            (version,) = connection.execute("SELECT version_num FROM civicgauge_schema_version").fetchone()
            connection.execute(_FEW, (DATASET,))
            connection.commit()
            text = "\n".join(connection.iterdump())
        (HERE / f"{version}.sql").write_text(text + "\n", encoding="utf-8")
        with zipfile.ZipFile(HERE / f"{version}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
            for path in sorted(p for p in (home / "lake").rglob("*") if p.is_file()):
                pack.write(path, path.relative_to(home / "lake"))
        print(version, commit, len(text), (HERE / f"{version}.zip").stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1])
