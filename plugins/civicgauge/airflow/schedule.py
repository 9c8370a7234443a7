"""What the DAG files take from the registry: which cities, when, and in which pool."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from airflow.sdk import Asset
from airflow.sdk.configuration import conf

from civicgauge.airflow.retries import SECTION
from civicgauge.model import City
from civicgauge.registry import city_file, load_city, load_registry
from civicgauge.settings import Settings

PREFIX = "observe__"
_FIRST_HOUR, _MINUTES = 3, 180


def daily(city_id: str) -> str:
    """When a city is observed, as a cron expression in its own time zone: 03:00 to 05:59, always the same for an id.

    Most zones change their clocks before three, so that each day has this time once. `observe_schedule` in Airflow's
    section `[civicgauge]` replaces it for all cities.
    """
    chosen = conf.get(SECTION, "observe_schedule", fallback="")
    minute = crc32(city_id.encode()) % _MINUTES
    return chosen or f"{minute % 60} {_FIRST_HOUR + minute // 60} * * *"


def quarterly() -> str:
    """When alerts are decided and delivered, in UTC; `alert_schedule` in Airflow's `[civicgauge]` replaces it."""
    return str(conf.get(SECTION, "alert_schedule", fallback="") or "*/15 * * * *")


def hourly() -> str:
    """When tables are published, in UTC; `publish_schedule` in Airflow's `[civicgauge]` replaces it."""
    return str(conf.get(SECTION, "publish_schedule", fallback="") or "0 * * * *")


def needed_cities(dag_id: str | None) -> Iterable[City]:
    """The cities whose DAGs are to be made: one, where a task needs only its own DAG, else all.

    Files that cannot be used are left out; `registry.py` names them, and the other cities run.
    """
    folder = Settings.from_environment().cities
    if dag_id is None:
        return load_registry(folder)[0].values()
    return [load_city(city_file(folder, dag_id.removeprefix(PREFIX)))]


def only_pool(city: City) -> dict[str, str]:
    """The pool that a city's snapshots share, as an argument; none where its file names none (its model allows one)."""
    named = {portal.pool for portal in city.portals if portal.pool}
    return {"pool": named.pop()} if named else {}


def snapshot_asset(city_id: str, portal_id: str) -> Asset:
    """A portal's catalogue as one day's run kept it. For lineage and counts: nothing is scheduled on it."""
    return Asset(f"civicgauge://{city_id}/{portal_id}/snapshot")


def measurements_asset(city_id: str) -> Asset:
    """A city's measured day. As above."""
    return Asset(f"civicgauge://{city_id}/measurements")
