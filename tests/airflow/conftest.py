"""City files and the environment in which Airflow reads them. Airflow itself runs in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from civicgauge.airflow.home import airflow_environment

ROOT = Path(__file__).resolve().parents[2]

CITY = """\
id: {id}
name: {name}
country: US
state: MO
time_zone: {zone}
portals:
{portals}
"""
PORTAL = "  - {{id: {id}, kind: {kind}, url: 'https://{host}', concurrency: {concurrency}{more}}}"


def portal(host: str, kind: str = "socrata", portal_id: str = "main", concurrency: int = 2, more: str = "") -> str:
    """One portal's line of a city file."""
    return PORTAL.format(id=portal_id, kind=kind, host=host, concurrency=concurrency, more=more)


def write_city(folder: Path, city_id: str, *portals: str, zone: str = "America/Chicago") -> Path:
    """Write a city file; without portals it has one of Socrata."""
    lines = "\n".join(portals or [portal(f"data.{city_id}.example.org")])
    path = folder / f"{city_id}.yml"
    path.write_text(CITY.format(id=city_id, name=city_id.title(), zone=zone, portals=lines))
    return path


def environment(home: Path, cities: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of an Airflow home that reads these city files."""
    paths = {"CIVICGAUGE_CITIES": str(cities), "CIVICGAUGE_HOME": str(home / "civicgauge")}
    return airflow_environment(home / "airflow", os.environ) | paths | dict(more or {})


@pytest.fixture
def cities(tmp_path: Path) -> Path:
    """An empty folder of city files."""
    folder = tmp_path / "cities"
    folder.mkdir()
    return folder


def read_dags(home: Path, cities: Path, *arguments: str, **settings: str) -> dict[str, Any]:
    """What Airflow makes of the DAG folder (or, given a DAG id, of the one file) in a fresh process."""
    command = [sys.executable, "-m", "tests.airflow.dagfacts", *arguments]
    env = environment(home, cities, settings)
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
