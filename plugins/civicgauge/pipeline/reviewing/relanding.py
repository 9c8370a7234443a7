"""A stored day computed once more beside its measured catalogue, from the lake alone: no portal is asked.

The manifest of the landed catalogue names what the day was made of (snapshots, pulls, links, the catalogue of the day
before) and holds the city's file as it was. The same catalogue and decisions give the same values.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from civicgauge.lake import Lake
from civicgauge.landing.decided import Decided
from civicgauge.model import City
from civicgauge.pipeline import history_before, judging, landing
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import Plan
from civicgauge.pipeline.gathering import Pulled

log = logging.getLogger("civicgauge.measure")


def kept_city(lake: Lake, catalog: str, manifest: Mapping[str, Any]) -> City | None:
    """The city's file as a landed catalogue keeps it, without contacts; None where it was not kept, or means
    nothing to this version any more."""
    if landing.CITY not in manifest["files"]:
        return None
    try:
        return City.model_validate_json(lake.read(catalog, landing.CITY, manifest))
    except ValidationError as error:
        log.warning("%s/%s is of another version and is not read: %s", catalog, landing.CITY, error)
        return None


def compute(context: Context, catalog: str, city: City, decided: Decided, about: Mapping[str, Any]) -> str:
    """Land, validate and measure the day of a landed catalogue once more, as `city` says and with what was decided.

    Returns the folder of the values; `about` is what the manifests of all three folders say of it. LakeDamaged where
    what portals said is no longer kept.
    """
    manifest = judging.manifest_of(context, catalog)
    apart = replace(context, given=_with_columns(city, decided))
    plan = _plan(manifest, catalog)
    seen = _seen(manifest)
    beside = landing.Beside(decided, _before(context, plan, manifest), about)
    landed = landing.land_beside(apart, plan, seen, beside)
    return judging.measure(apart, plan, judging.validate(apart, plan, landed))


def _plan(manifest: Mapping[str, Any], catalog: str) -> Plan:
    return Plan(
        city_id=manifest["city_id"],
        day=manifest["day"],
        as_of=manifest["as_of"],
        ask=False,
        run_id=f"beside {catalog}",
        started_at=manifest["as_of"],
        airflow_dag_id=None,
        airflow_run_id=None,
    )


def _seen(manifest: Mapping[str, Any]) -> landing.Seen:
    portals, pulls = manifest["portals"], manifest.get("pulls", {})
    return landing.Seen(
        taken={p: told["snapshot"] for p, told in portals.items() if told.get("snapshot")},
        problems={p: told["problem"] for p, told in portals.items() if told.get("problem")},
        pulled=Pulled(
            folders={key: told["folder"] for key, told in pulls.items() if told["folder"]},
            problems={key: told["problem"] for key, told in pulls.items() if told["problem"]},
            links=manifest.get("links", {}),
        ),
    )


def _before(context: Context, plan: Plan, manifest: Mapping[str, Any]) -> str | None:
    """The catalogue that the day was held against; of a day before that was said, or whose attempt is gone, the one
    that stands today."""
    if "before" in manifest and (manifest["before"] is None or context.lake.manifest(manifest["before"]) is not None):
        return str(manifest["before"]) if manifest["before"] else None
    return history_before.folder_of(context, plan)


def _with_columns(city: City, decided: Decided) -> City:
    """The city with the columns of events that were decided in its choice of datasets."""
    choices = tuple(
        choice.model_copy(update={"event_column": column})
        if (column := decided.get(choice.portal, {}).get(choice.id, {}).get("event_column"))
        else choice
        for choice in city.datasets
    )
    return city.model_copy(update={"datasets": choices})
