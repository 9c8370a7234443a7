"""A real Airflow over the demo portals of today, whose faults can be told: what the run book and its pictures show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.demo.server import DemoPortals
from civicgauge.warehouse import Warehouse
from tests.airflow.headless import Headless
from tests.homes import few_datasets

TWO_PORTALS, BROKEN, ZONE = "demo-cedar-junction", "cedar-junction-maps", ZoneInfo("America/Los_Angeles")
#: Midnight, so that what is due when a city is switched on is of its present day; a task is not tried again by itself.
SETTINGS = {
    "AIRFLOW__CIVICGAUGE__OBSERVE_SCHEDULE": "0 0 * * *",
    "AIRFLOW__CIVICGAUGE__ALERT_SCHEDULE": "0 0 1 1 *",
    "AIRFLOW__CIVICGAUGE__TASK_RETRIES": "0",
    "AIRFLOW__API__INSTANCE_NAME": "civicgauge demo",
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
    "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "60",  # a machine that is busy otherwise is no finding here
}


@dataclass
class Desk:
    """Airflow as an operator has it before them, and the portals behind it."""

    airflow: Headless
    portals: DemoPortals
    home: Path

    @property
    def address(self) -> str:
        """Where Airflow's pages are."""
        return f"http://127.0.0.1:{self.airflow.port}"

    def fault(self, portal: str = BROKEN, **told: Any) -> None:
        """Tell a portal to fail, or (`clear=True`) to be well again, by its control address as `make ui` prints it."""
        asked = urllib.request.Request(f"{self.portals.urls[portal]}/__demo__/faults", json.dumps(told).encode())
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=10) as answer:
            assert answer.status == 200

    def switch_on(self, city_id: str) -> str:
        """Switch a city on and wait for the run that its schedule makes; that run's state."""
        self.airflow.command("dags", "unpause", "--yes", f"observe__{city_id}")
        (state,) = self.airflow.finished(f"observe__{city_id}", 1, 900).values()
        return state


@contextmanager
def desk(folder: Path, database: str, datasets: int = 1) -> Iterator[Desk]:
    """Airflow ready with the demo cities, none switched on; of one, yesterday was observed by the command line."""
    home, now = folder / "civicgauge", datetime.now(UTC)
    settings = {
        "CIVICGAUGE_HOME": str(home),
        "CIVICGAUGE_CITIES": str(home / "cities"),
        "CIVICGAUGE_WAREHOUSE": f"sqlite:///{home / 'warehouse.sqlite'}",
        "CIVICGAUGE_LAKE": str(home / "lake"),
        "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
        "CIVICGAUGE_CONTACT": "opendata-team@example.org",
    }
    (home / "cities").mkdir(parents=True)
    (folder / "airflow").mkdir()
    with DemoPortals(now, control=True) as portals:
        portals.write_cities(home / "cities")
        few_datasets(home / "cities", datasets)
        with Warehouse(settings["CIVICGAUGE_WAREHOUSE"]) as warehouse:
            warehouse.upgrade()
        yesterday = (now.astimezone(ZONE) - timedelta(days=1)).date().isoformat()
        observe = [sys.executable, "-m", "civicgauge", "observe", TWO_PORTALS, "--as-of", yesterday]
        subprocess.run(observe, env=os.environ | settings, check=True, capture_output=True)
        with Headless.running(folder / "airflow", database, settings | SETTINGS) as airflow:
            airflow.spawn("triggerer", "--skip-serve-logs")  # without it Airflow's first page shows a red mark
            airflow.wait("seven DAGs", lambda: len(airflow.query("select dag_id from dag")) == 7, 120)
            yield Desk(airflow, portals, home)
