"""Orphans: folders of the lake that a killed attempt left without a manifest, swept after seven days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from civicgauge.lake import Lake

KEEP_ORPHANS_DAYS = 7
_LOOK_BACK_DAYS = 30  # older orphans were swept by the runs of those days


def sweep(lake: Lake, now: datetime) -> int:
    """Remove orphans older than seven days among the last month's folders; returns how many."""
    return lake.sweep(_parents(lake, now), now - timedelta(days=KEEP_ORPHANS_DAYS))


def _parents(lake: Lake, now: datetime) -> Iterator[str]:
    """Every day folder of the last month."""
    first = (now - timedelta(days=_LOOK_BACK_DAYS)).date().isoformat()
    for city in lake.folders("raw"):
        for portal in lake.folders(f"raw/{city}"):
            yield from (f"raw/{city}/{portal}/{d}" for d in lake.folders(f"raw/{city}/{portal}") if d >= first)
    for stage in ("catalog", "results"):
        for city in lake.folders(stage):
            yield from (f"{stage}/{city}/{d}" for d in lake.folders(f"{stage}/{city}") if d >= first)
