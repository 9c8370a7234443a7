"""What the lake need not keep: orphans of killed attempts, and the rows of versions that are no longer held."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from civicgauge.lake import Lake
from civicgauge.pipeline.versions import ROWS

KEEP_ORPHANS_DAYS = 7
LOOK_BACK_DAYS = 30  # older orphans were swept by the runs of those days


def sweep(lake: Lake, now: datetime) -> int:
    """Remove orphans older than seven days among the last month's folders; returns how many."""
    return lake.sweep(_parents(lake, now), now - timedelta(days=KEEP_ORPHANS_DAYS))


def _parents(lake: Lake, now: datetime) -> Iterator[str]:
    """Every day folder of the last month."""
    first = (now - timedelta(days=LOOK_BACK_DAYS)).date().isoformat()
    for stage in ("raw", "links"):
        for portal in below(lake, stage, 2):
            yield from (f"{portal}/{d}" for d in lake.folders(portal) if d >= first)
    for portal in below(lake, "pulls", 2):
        days = [d for d in lake.folders(portal) if d >= first]
        yield from (f"{portal}/{d}/{dataset}" for d in days for dataset in lake.folders(f"{portal}/{d}"))
    for stage in ("catalog", "results"):
        for city in below(lake, stage, 1):
            yield from (f"{city}/{d}" for d in lake.folders(city) if d >= first)


def prune_rows(lake: Lake, keep: int, kept: Collection[str] = ()) -> int:
    """Remove the rows of all but the newest `keep` versions of each resource; returns how many versions lost theirs.

    `kept` are folders of versions whose rows stay whatever their age.

    What a version was, and its statistics, stay: only the Parquet file goes. A day that is replayed later, for a check
    that was written after, finds nothing to count there, and its outcome is unknown.
    """
    removed = 0
    for resource in below(lake, "rows", 4):
        versions = [(str(manifest["fetched_at"]), folder) for folder, manifest in lake.committed(resource)]
        old = [folder for _, folder in sorted(versions, reverse=True)[keep:] if folder not in kept]
        removed += sum(lake.drop(folder, ROWS) for folder in old)
    return removed


def below(lake: Lake, parent: str, depth: int) -> Iterator[str]:
    """The folders so many levels below `parent`."""
    for name in lake.folders(parent):
        folder = f"{parent}/{name}"
        if depth == 1:
            yield folder
        else:
            yield from below(lake, folder, depth - 1)
