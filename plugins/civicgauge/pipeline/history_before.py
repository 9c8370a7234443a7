"""What the last accepted day left for the one that is landed: its rows, what it carried, and what was read when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from civicgauge.errors import LakeDamaged
from civicgauge.lake import Lake, part_of
from civicgauge.landing.decided import Decided, counted_before
from civicgauge.landing.linkage import Known
from civicgauge.pipeline import gathering, linkhistory, parquet, profiling
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import Plan


@dataclass
class Before:
    """What the last accepted day left: its rows, what it carried, and when each portal was last read."""

    datasets: list[dict[str, Any]] = field(default_factory=list)
    known: list[dict[str, Any]] = field(default_factory=list)
    read_at: dict[str, str] = field(default_factory=dict)
    observation_days: dict[str, list[str]] = field(default_factory=dict)
    licence_statement: dict[str, Any] | None = None
    unreported: dict[str, Any] = field(default_factory=dict)
    row_history: dict[str, Any] = field(default_factory=dict)
    links: dict[str, Known] = field(default_factory=dict)


def folder_of(context: Context, plan: Plan) -> str | None:
    """The landed catalogue of the last accepted day before the plan's; None where there is none."""
    with context.warehouse() as warehouse:
        run = warehouse.last_current_run(plan["city_id"], date.fromisoformat(plan["day"]))
    return run.catalog_attempt if run else None


def read(lake: Lake, folder: str | None, decided: Decided) -> Before:
    """What a landed catalogue leaves; with decisions, what it counted and the events it saw are read by them."""
    if folder is None:
        return Before()
    manifest = manifest_in(lake, folder)
    before = Before(
        parquet.read_rows(lake, folder, "datasets.parquet", manifest),
        parquet.read_rows(lake, folder, "known.parquet", manifest),
        manifest["read_at"],
        manifest["observation_days"],
        manifest["licence_statement"],
        {} if manifest["events"]["is_reported"] else manifest["events"],
        gathering.read_history(lake, folder, manifest),
        linkhistory.read(lake, folder, manifest),
    )
    if decided:
        for name in ("datasets", "known"):
            rows = [counted_before(row, decided.get(row["portal_id"], {})) for row in getattr(before, name)]
            setattr(before, name, rows)
        before.row_history = _with_events(lake, before.row_history, decided)
    return before


def _with_events(lake: Lake, history: Mapping[str, Any], decided: Decided) -> dict[str, Any]:
    """The history of rows, with the newest events of each version by the column that was decided."""
    columns = {
        f"{portal_id}/{part_of(dataset_id)}/": fields["event_column"]
        for portal_id, entries in decided.items()
        for dataset_id, fields in entries.items()
        if "event_column" in fields
    }
    found = dict(history)
    for key, told in history.items():
        named = next((column for start, column in columns.items() if key.startswith(start)), None)
        if named is not None:
            found[key] = {**told, "versions": [_version(lake, version, named) for version in told["versions"]]}
    return found


def _version(lake: Lake, version: Mapping[str, Any], named: str) -> dict[str, Any]:
    column, newest = profiling.newest_event(lake, version["rows"], named, date.fromisoformat(version["day"]))
    return {**version, "event_column": column, "newest_event_day": newest.isoformat() if newest else None}


def manifest_in(lake: Lake, folder: str) -> dict[str, Any]:
    """A folder's manifest; LakeDamaged where it has none."""
    if (manifest := lake.manifest(folder)) is None:
        raise LakeDamaged(f"the snapshot {folder} has no manifest")
    return manifest
