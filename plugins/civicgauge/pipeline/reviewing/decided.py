"""The numbers of a city's day as decided: the same stored catalogue with the decisions of staff applied.

They stand in folders of their own in the lake and never become the city-day's run; the next day goes on from the
measured catalogue. The manifests say `decided_by` (ids of decisions) and `decided_of` (the measured catalogue).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from civicgauge.errors import ConfigurationError
from civicgauge.lake import canonical_json
from civicgauge.landing.decided import Decided as DecidedFacts
from civicgauge.model import IndicatorValue, RunRecord
from civicgauge.pipeline import judging, parquet
from civicgauge.pipeline.context import Context, method_version
from civicgauge.pipeline.days import Plan
from civicgauge.pipeline.reviewing import relanding
from civicgauge.pipeline.reviewing.decisions import in_force

log = logging.getLogger("civicgauge.measure")
Row = Mapping[str, Any]
_OF_ROWS = ("event_column",)
"""Fields that touch only entries whose rows are pulled."""


@dataclass(frozen=True)
class Decided:
    """The values as decided, all of them; where they lie in the lake; the ids of the decisions that touch the day."""

    folder: str
    values: list[IndicatorValue]
    decisions: tuple[str, ...]


def as_decided(context: Context, run: RunRecord, decisions: Iterable[Row]) -> Decided | None:
    """The numbers of a committed run's day with these decisions applied; None where they touch nothing of that day.

    `decisions` are rows of the table `decision`, at most one for an entry and field, as `in_force` gives them. What
    the lake holds already is taken from there. LakeDamaged where what portals said on the day is no longer kept;
    ConfigurationError where more than the decisions would tell the numbers apart: the day is replayed first.
    """
    if run.catalog_attempt is None:
        return None
    measured = context.lake.manifest(run.results_attempt) if run.results_attempt else None
    folder, ids = folder_of(context, run.catalog_attempt, decisions, (measured or {}).get("decided"), run)
    return None if folder is None else Decided(folder, judging.read_values(context, folder), ids)


def folder_of(
    context: Context, catalog: str, decisions: Iterable[Row], named: str | None = None, run: RunRecord | None = None
) -> tuple[str | None, tuple[str, ...]]:
    """The folder of the values as decided of a landed catalogue's day, and the ids of the decisions that touch it.

    `named` is the folder that the day's own values name; it is looked at first. (None, ()) where none touches it. `run`
    is that of a day which was measured before now.
    """
    manifest = judging.manifest_of(context, catalog)
    touching = _touching(context, catalog, manifest, decisions)
    if not touching:
        return None, ()
    facts, ids = _facts(touching), tuple(sorted(str(row["decision_id"]) for row in touching))
    digest = hashlib.sha256(canonical_json([facts, ids])).hexdigest()
    about = {"decided_by": list(ids), "decided_of": catalog, "decided_digest": digest}
    known = _known(context, manifest, about, named)
    if known is None:
        if run is not None:
            _refuse_other(context, run, manifest)
        city = relanding.kept_city(context.lake, catalog, manifest) or context.city(manifest["city_id"])
        known = relanding.compute(context, catalog, city, facts, about)
    return known, ids


def _refuse_other(context: Context, run: RunRecord, manifest: Row) -> None:
    """What the numbers as decided differ by from the measured ones is to be the decisions, and nothing else."""
    before = manifest.get("before")
    if run.method_version != method_version():
        told = f"was measured by version {run.method_version} and would be decided by {method_version()}"
    elif before and context.lake.manifest(before) is None:
        told = f"was held against {before}, which is no longer kept"
    else:
        return
    raise ConfigurationError(
        f"{run.city_id} {run.day}: {told}, so that decisions alone would not tell its numbers apart; replay it first "
        f"(civicgauge replay {run.city_id} --from {run.day} --to {run.day})"
    )


def _touching(context: Context, catalog: str, manifest: Row, decisions: Iterable[Row]) -> list[Row]:
    """Those of the decisions whose entry the day knows."""
    given = list(decisions)
    if not given:
        return []
    rows = parquet.read_rows(context.lake, catalog, "datasets.parquet", manifest)
    entries = {(row["portal_id"], row["dataset_id"]) for row in rows}
    pulled = {tuple(key.split("/", 1)) for key in manifest.get("pulls", {})}
    return [
        row
        for row in given
        if (row["portal_id"], row["dataset_id"]) in (pulled if row["field"] in _OF_ROWS else entries)
    ]


def _facts(decisions: Sequence[Row]) -> DecidedFacts:
    facts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in decisions:
        facts[row["portal_id"]][row["dataset_id"]][row["field"]] = row["decided"]
    return {portal_id: dict(entries) for portal_id, entries in facts.items()}


def _known(context: Context, manifest: Row, about: Row, named: str | None) -> str | None:
    """A folder that holds these values already: the one that is named, else the newest."""
    parent = f"results/{manifest['city_id']}/{manifest['day']}"
    names = [named] if named else []
    for folder in (*names, *(f"{parent}/{name}" for name in reversed(context.lake.folders(parent)))):
        told = context.lake.manifest(folder)
        if told and told["stage"] == "measure" and all(told.get(name) == value for name, value in about.items()):
            return folder
    return None


# ---------------------------------------------------------------- within the daily pipeline


def measure(context: Context, plan: Plan, results: str) -> str:
    """The measure stage: the numbers as measured, and where decisions hold for the day, beside them as decided.

    Returns the folder of the measured values, whose manifest names that of the decided ones. Where no decision holds,
    nothing more is done than to ask for them.
    """
    with context.warehouse() as warehouse:
        holding = in_force(warehouse, plan["city_id"], date.fromisoformat(plan["day"]))
    folder = None
    if holding:
        folder, ids = folder_of(context, judging.manifest_of(context, results)["catalog"], holding)
        log.info("%d decisions hold; they touch the day: %s", len(holding), ", ".join(ids) or "none of them")
    return judging.measure(context, plan, results, folder)


def rows(context: Context, measured: str, values: Iterable[IndicatorValue]) -> list[dict[str, Any]]:
    """The rows of `decided_value` of a day: of the numbers that decisions change, as decided.

    `measured` is the folder of the values as measured, `values` what it holds.
    """
    folder = judging.manifest_of(context, measured).get("decided")
    if folder is None:
        return []
    ids = judging.manifest_of(context, folder)["decided_by"]
    before = {(value.indicator_id, value.indicator_version): _told(value) for value in values}
    after = (_told(value) for value in judging.read_values(context, folder))
    changed = (row for row in after if before.get((row["indicator_id"], row["indicator_version"])) != row)
    return [{**row, "decisions": json.dumps(ids)} for row in changed]


def _told(value: IndicatorValue) -> dict[str, Any]:
    """A number in the words of `decided_value`: the datasets behind it may be others and the number the same."""
    return {name: getattr(value, name) for name in value.__slots__ if name != "evidence"}
