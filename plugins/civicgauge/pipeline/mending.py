"""What would help a city's data most, found once for each measured day and kept beside its results.

Kept are ids, counts and keys; what people read of them is looked up when it is shown. The whole catalogue and every
result are read to find it, which takes seconds in a large city: so publishing does it before anybody asks.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from civicgauge.errors import CivicgaugeError
from civicgauge.model import RunRecord
from civicgauge.pipeline.context import Context, method_version
from civicgauge.pipeline.feedback import Item, Key, items_of

log = logging.getLogger("civicgauge.mending")

FILE = "mending.json"
MOST, MOST_DATASETS = 20, 10
_FORM = 1  # of the file


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to mend: which indicator says so, of which datasets (some), and whose steps for which platform."""

    indicator_id: str
    n_concerned: int
    n_known: int
    datasets: tuple[Key, ...]
    advised: Mapping[str, str | None]
    slower: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Mending:
    """What was found, in order; `n_more` things are left out."""

    found: tuple[Found, ...]
    n_more: int


def mending_of(context: Context, results: str, catalog: str) -> Mending:
    """What is kept of a day, whose results and catalogue lie in these folders of the lake; else found and kept now.

    LakeDamaged where it was never found and its evidence is gone.
    """
    kept = context.lake.read_json(results, FILE)
    if kept is not None and _is_current(kept):
        return _read(kept)
    items, _ = items_of(context, results, catalog, MOST_DATASETS)
    told = _written(items)
    try:
        context.lake.add(results, FILE, told)
    except OSError as error:  # who may only read the lake can show it all the same
        log.info("%s/%s is not kept: %s", results, FILE, error)
    return _read(told)


def keep_found(context: Context, runs: Iterable[RunRecord]) -> int:
    """Find what is not kept yet of these runs; how many were. One day's damage keeps no other from being found."""
    count = 0
    for run in runs:
        if not (run.results_attempt and run.catalog_attempt):
            continue
        kept = context.lake.read_json(run.results_attempt, FILE)
        if kept is not None and _is_current(kept):
            continue
        try:
            mending_of(context, run.results_attempt, run.catalog_attempt)
        except CivicgaugeError as error:
            log.warning("%s %s: what would help most is not known: %s", run.city_id, run.day, error)
        else:
            count += 1
    return count


def _is_current(kept: Mapping[str, Any]) -> bool:
    return kept.get("form") == _FORM and kept.get("method_version") == method_version()


def _written(items: list[Item]) -> dict[str, Any]:
    found = [
        {
            "indicator_id": item.indicator.id,
            "n_concerned": item.n_concerned,
            "n_known": item.n_known,
            "datasets": [[each.portal_id, each.dataset_id] for each in item.concerned],
            "advised": dict(item.advised),
            "slower": [list(key) for key in item.slower[:MOST_DATASETS]],
        }
        for item in items[:MOST]
    ]
    return {"form": _FORM, "method_version": method_version(), "found": found, "n_more": len(items) - len(found)}


def _read(kept: Mapping[str, Any]) -> Mending:
    found = tuple(
        Found(
            each["indicator_id"],
            each["n_concerned"],
            each["n_known"],
            tuple((portal_id, dataset_id) for portal_id, dataset_id in each["datasets"]),
            each["advised"],
            tuple((portal_id, dataset_id) for portal_id, dataset_id in each["slower"]),
        )
        for each in kept["found"]
    )
    return Mending(found, kept["n_more"])
