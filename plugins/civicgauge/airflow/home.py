"""The environment of an Airflow home of our own: SQLite, no examples, short tasks that do not stall."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import civicgauge
from civicgauge.settings import shipped

#: What an embedded home takes over from the Airflow settings around it: where secrets lie, and our own section.
_KEPT = ("AIRFLOW__SECRETS__", "AIRFLOW__CIVICGAUGE__")


def airflow_environment(home: Path, around: Mapping[str, str]) -> dict[str, str]:
    """The environment in which Airflow lives in `home` alone, whatever Airflow the variables `around` describe.

    Connections (`AIRFLOW_CONN_*`), variables and secrets backends stay; every other Airflow setting is replaced,
    so that no database, executor or remote log of another installation is ever touched.
    """
    kept = {key: value for key, value in around.items() if _stays(key)}
    library = str(Path(civicgauge.__file__).resolve().parent.parent)
    path = os.pathsep.join(part for part in (library, around.get("PYTHONPATH", "")) if part)
    return kept | _settings(home) | {"AIRFLOW_HOME": str(home), "PYTHONPATH": path}


def _stays(key: str) -> bool:
    return key.startswith(_KEPT) or not (key.startswith("AIRFLOW__") or key in ("AIRFLOW_HOME", "AIRFLOW_CONFIG"))


def _settings(home: Path) -> dict[str, str]:
    # What each is for: DESIGN section 6 (the heartbeat, the log level of Great Expectations, the parallelism).
    values = {
        "CORE__DAGS_FOLDER": shipped("dags"),
        "CORE__PLUGINS_FOLDER": shipped("plugins"),
        "CORE__LOAD_EXAMPLES": False,
        "CORE__DAGBAG_IMPORT_TIMEOUT": 120,  # one file makes the DAGs of all cities
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": 2 * (os.cpu_count() or 2),
        "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "LOGGING__BASE_LOG_FOLDER": home / "logs",
        "LOGGING__NAMESPACE_LEVELS": "great_expectations=WARNING",
        "OPENLINEAGE__DISABLED": True,  # nobody listens; its plugin would be loaded by every task all the same
        "WORKERS__EXECUTION_API_TIMEOUT": 60,  # the first request to an API server that has just started takes seconds
        "WORKERS__MIN_HEARTBEAT_INTERVAL": 1,
    }
    return {f"AIRFLOW__{name}": str(value) for name, value in values.items()}
