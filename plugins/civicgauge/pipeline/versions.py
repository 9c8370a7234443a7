"""Versions of rows in the lake: where they lie, how they are named, and which one was held last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from civicgauge.lake import Lake, canonical_json, part_of
from civicgauge.landed import Fetched, PromisedColumn, RowSource

ROWS = "rows.parquet"
READING = 1
"""Raised whenever the same bytes are landed as something else: it makes a new version of them."""
_LOOK_BACK_DAYS = 120  # pulls are looked for in so many day folders


def version_of(fetched: Fetched, source: RowSource) -> str:
    """The name of what was received: the same bytes, read the same way under the same promise, are one version."""
    promised = None if fetched.peek.columns is None else [asdict(column) for column in fetched.peek.columns]
    told = [fetched.download.sha256, READING, source.resource_id, fetched.format_id, promised]
    return hashlib.sha256(canonical_json(told)).hexdigest()[:20]


def rows_folder(city_id: str, portal_id: str, dataset_id: str, resource_id: str, version: str) -> str:
    """Where a version's rows lie."""
    return f"rows/{city_id}/{portal_id}/{part_of(dataset_id)}/{part_of(resource_id)}/{version}"


def stats_parent(rows: str) -> str:
    """Where the statistics of a version lie, whose rows lie in `rows`."""
    return f"stats/{rows.removeprefix('rows/')}"


def pulls_parent(city_id: str, portal_id: str, day: str, dataset_id: str) -> str:
    """Where a day's pulls of a dataset lie."""
    return f"pulls/{city_id}/{portal_id}/{day}/{part_of(dataset_id)}"


def last_held(lake: Lake, city_id: str, portal_id: str, dataset_id: str, day: str) -> dict[str, dict[str, Any]]:
    """By resource id, the part of the newest pull not after `day` that held a version which is still in the lake."""
    found: dict[str, dict[str, Any]] = {}
    for manifest in _earlier(lake, city_id, portal_id, dataset_id, day):
        for part in manifest["resources"]:
            known = part["resource_id"] in found or part["version"] is None
            if not known and lake.manifest(part["rows"]) is not None:
                found[part["resource_id"]] = part
        if found:
            break
    return found


def _earlier(lake: Lake, city_id: str, portal_id: str, dataset_id: str, day: str) -> Iterator[Mapping[str, Any]]:
    days = [d for d in lake.folders(f"pulls/{city_id}/{portal_id}") if d <= day]
    for earlier in reversed(days[-_LOOK_BACK_DAYS:]):
        last = lake.last_committed(pulls_parent(city_id, portal_id, earlier, dataset_id))
        if last is not None:
            yield last[1]


def promised_columns(told: Any) -> tuple[PromisedColumn, ...] | None:
    """Columns as a manifest holds them."""
    return None if told is None else tuple(PromisedColumn(**column) for column in told)
