"""`make ui`: Airflow's own pages with the demo cities, on SQLite, on loopback alone, until Ctrl-C.

The demo portals are served as of now, so that a run started from the page observes today.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from civicgauge.airflow.home import airflow_environment
from civicgauge.demo.server import DemoPortals
from civicgauge.settings import Settings

PORT = 8080


def ui_environment(home: Path, around: Mapping[str, str], port: int = PORT) -> dict[str, str]:
    """The environment of an Airflow that anyone on this machine may use without a password, and no one else."""
    own = {
        "CIVICGAUGE_HOME": str(home),
        "CIVICGAUGE_CITIES": str(home / "cities"),
        "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
        "CIVICGAUGE_WAREHOUSE": f"sqlite:///{home / 'warehouse.sqlite'}",
        "CIVICGAUGE_LAKE": str(home / "lake"),
    }
    local = {
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    }
    return airflow_environment(home / "airflow", around) | own | local


def main() -> int:
    """Serve until interrupted; returns Airflow's exit code."""
    home = Settings.from_environment().home / "ui"
    environment = ui_environment(home, os.environ)
    (home / "cities").mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "civicgauge", "db", "upgrade"], env=environment, check=True)
    with DemoPortals(datetime.now(UTC)) as portals:
        portals.write_cities(home / "cities")
        print(f"Airflow is starting at http://127.0.0.1:{PORT} (no password; only from this machine). Ctrl-C ends it.")
        print("Switch on observe__demo-birchport and trigger it; `publish` follows on the hour.")
        command = [sys.executable, "-m", "airflow", "standalone"]
        process = subprocess.Popen(command, env=environment)  # noqa: S603
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            return process.wait()


if __name__ == "__main__":
    sys.exit(main())
