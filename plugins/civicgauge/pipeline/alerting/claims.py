"""What a city says it has mended is looked at before its next morning: which cities are observed once more today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from civicgauge.alerts.forms import State
from civicgauge.model import City, RunRecord
from civicgauge.pipeline.alerting.source import Source
from civicgauge.warehouse import Warehouse

PREFIX = "claim__"


def claim_run_id(day: date) -> str:
    """The id of the Airflow run that looks at a city's claims on a local day; one id a day, so one run a day."""
    return f"{PREFIX}{day.isoformat()}"


def to_look_at(source: Source, warehouse: Warehouse, now: datetime) -> dict[str, str]:
    """The cities that say since their portals were last asked that something is mended, each with the run's id.

    At most once for each city and local day: a city whose run of today was recorded is left for tomorrow.
    """
    claimed = _claims(warehouse, now)
    asked: dict[str, list[RunRecord]] = defaultdict(list)
    if claimed:
        since = min(claimed.values()) - timedelta(days=2)  # what began after a claim is of that local day or later
        for run in source.attempts(warehouse, since.date()):
            asked[run.city_id].append(run)
    return {
        city_id: claim_run_id(now.astimezone(city.zone).date())
        for city_id, city in sorted(source.cities.items())
        if city_id in claimed and _is_due(city, asked[city_id], claimed[city_id], now)
    }


def _claims(warehouse: Warehouse, now: datetime) -> Mapping[str, datetime]:
    """When each city last said so."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for row in warehouse.alerts.incidents(states=[str(State.FIX_CLAIMED)]):
        if row["claimed_at"] is not None and row["claimed_at"] <= now:
            found[row["city_id"]].append(row["claimed_at"])
    return {city_id: max(times) for city_id, times in found.items()}


def _is_due(city: City, attempts: Iterable[RunRecord], claimed_at: datetime, now: datetime) -> bool:
    """Whether its portals were asked before the claim, and not for a claim today."""
    asked = [run for run in attempts if run.day == run.started_at.astimezone(city.zone).date()]  # no replay of the past
    today = claim_run_id(now.astimezone(city.zone).date())
    return all(run.started_at < claimed_at and run.airflow_run_id != today for run in asked)
