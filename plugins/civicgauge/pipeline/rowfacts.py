"""What a day's pulls came to: the landed tables and columns that checks judge, and what is carried to the next day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.lake import Lake
from civicgauge.landed import EventFacts, LandedTable
from civicgauge.landed_tables import LANDED_COLUMNS, LANDED_TABLES
from civicgauge.model import DatasetChoice, Portal
from civicgauge.pipeline import rowhistory
from civicgauge.pipeline.profiling import Profiled
from civicgauge.rows.drift import drift

Row = dict[str, Any]
_USUAL_VERSIONS, _LEAST_VERSIONS = 10, 3


@dataclass
class RowFacts:
    """The day's rows: for the checks, for the warehouse, for freshness (by portal and dataset), for the next day."""

    tables: list[Row] = field(default_factory=list)
    columns: list[Row] = field(default_factory=list)
    pulls: list[Row] = field(default_factory=list)
    landings: list[Row] = field(default_factory=list)
    events: dict[tuple[str, str], EventFacts] = field(default_factory=dict)
    history: dict[str, Any] = field(default_factory=dict)

    def events_of(self, portal_id: str) -> dict[str, EventFacts]:
        """The newest events of a portal's datasets."""
        return {dataset_id: event for (portal, dataset_id), event in self.events.items() if portal == portal_id}

    def chosen(self, portal_id: str) -> dict[str, Row]:
        """What the landed rows of a portal's chosen datasets say of their cells; null where one table is missing."""
        found: dict[str, Row] = {}
        for table in (row for row in self.tables if row["portal_id"] == portal_id):
            cells = {key: table.get(key) for key in ("cells_count", "cells_filled_count")}
            known = found.setdefault(table["dataset_id"], {"is_chosen": True, **dict.fromkeys(cells, 0)})
            for key, count in cells.items():
                known[key] = None if count is None or known[key] is None else known[key] + count
        return found

    def hold_against(self, datasets: Sequence[Row], zone: ZoneInfo) -> None:
        """Note how far each table's newest event is behind the day on which the portal says that the data changed."""
        updated = {(row["portal_id"], row["dataset_id"]): row["data_updated_at"] for row in datasets}
        for table in self.tables:
            moment, newest = updated.get((table["portal_id"], table["dataset_id"])), table.get("newest_event_at")
            if moment is not None and newest is not None:
                table["newest_event_behind_days"] = max(0, (moment.astimezone(zone).date() - newest).days)


@dataclass(frozen=True)
class Part:
    """One resource of a chosen dataset on one day: what asking for it came to, and its version's profile."""

    portal: Portal
    choice: DatasetChoice
    told: Mapping[str, Any]
    manifest: Mapping[str, Any] | None
    profiled: Profiled | None

    @property
    def key(self) -> str:
        """The resource's name in what is carried from day to day."""
        return rowhistory.key(self.portal.id, self.choice.id, self.told["resource_id"])

    @property
    def ids(self) -> Row:
        """What every row about it begins with."""
        return {
            "portal_id": self.portal.id,
            "dataset_id": self.choice.id,
            "resource_id": self.told["resource_id"],
        }

    @property
    def unread_reason(self) -> str | None:
        """Why there are no rows to judge; None where there are."""
        if self.profiled is not None:
            return None
        return "rows_unreadable" if self.manifest is not None else "rows_not_read"


def add(facts: RowFacts, part: Part, lake: Lake, day: date) -> None:
    """Add one resource's rows to the day's facts; `facts.history` holds the days before until it is added to."""
    past = rowhistory.past(facts.history, part.key)
    earlier = [version for version in past.versions if version["version"] != part.told["version"]]
    before = _table_of(lake, earlier[-1]) if earlier else None
    facts.pulls.append(_pull_row(part, past))
    changes = None
    if part.manifest is not None:
        table = LandedTable.from_dict(part.manifest["table"]) if part.manifest["table"] else None
        changes = drift(before, table) if before and table else None
        facts.landings.append(_landing_row(part, changes))
    event = part.profiled.event(past, day) if part.profiled else None
    facts.tables.append(_table_row(part, earlier, event, changes, day))
    if part.profiled is not None:
        facts.columns += _column_rows(part, part.profiled, earlier, before, day)
    if event is not None and event.newest_day is not None:
        _keep_newest(facts.events, (part.portal.id, part.choice.id), event)
    rowhistory.remember(facts.history, part.key, part.told, part.profiled, day)


def without_parts(facts: RowFacts, portal: Portal, choice: DatasetChoice, problem: str, *, is_failure: bool) -> None:
    """A chosen dataset that came to no resource: not in the catalogue, nothing to pull, or the pull itself failed."""
    ids = {"portal_id": portal.id, "dataset_id": choice.id, "resource_id": ""}
    facts.pulls.append({**ids, "version": None, "outcome": "failed", "problem": problem, "stated_rows_count": None})
    reason = "rows_not_read" if is_failure else problem
    told = {"portal_kind": portal.kind, "family": choice.family, "is_landed": False, "unread_reason": reason}
    facts.tables.append({**ids, **told})


def _keep_newest(events: dict[tuple[str, str], EventFacts], key: tuple[str, str], event: EventFacts) -> None:
    """Of several resources the newest event is the dataset's."""
    held = events.get(key)
    if held is None or held.newest_day is None or (event.newest_day and event.newest_day > held.newest_day):
        events[key] = event


def _table_of(lake: Lake, version: Mapping[str, Any]) -> LandedTable | None:
    manifest = lake.manifest(version["rows"])
    return LandedTable.from_dict(manifest["table"]) if manifest and manifest["table"] else None


# ---------------------------------------------------------------- for the warehouse


def _pull_row(part: Part, past: rowhistory.Past) -> Row:
    told = part.told
    problem = told["problem"] or "; ".join(told["notes"]) or None
    outcome = "failed" if told["version"] is None or told["problem"] else rowhistory.outcome(told, past)
    stated = told["stated_rows_count"]
    return {
        **part.ids,
        "version": told["version"],
        "outcome": outcome,
        "problem": problem,
        "stated_rows_count": stated,
    }


def _landing_row(part: Part, changes: Sequence[Mapping[str, Any]] | None) -> Row:
    manifest, table = part.manifest or {}, (part.manifest or {}).get("table") or {}
    return {
        **part.ids,
        "version": manifest["version"],
        "fetched_at": manifest["fetched_at"],
        "source_url": manifest["source_url"],
        "rows_count": table.get("rows_count"),
        "columns_count": len(table["columns"]) if table else None,
        "bytes_count": manifest["bytes_count"],
        "sha256": manifest["sha256"],
        "problem": manifest["problem"],
        "format_id": table.get("format_id"),
        "encoding": table.get("encoding"),
        "oddities": json.dumps(table.get("oddities") or {}, sort_keys=True) if table else None,
        "schema_changes": None if changes is None else json.dumps(list(changes), sort_keys=True, ensure_ascii=False),
    }


# ---------------------------------------------------------------- for the checks


def _table_row(
    part: Part,
    earlier: Sequence[Mapping[str, Any]],
    event: EventFacts | None,
    changes: Sequence[Mapping[str, Any]] | None,
    day: date,
) -> Row:
    row: Row = {
        **part.ids,
        "portal_kind": part.portal.kind,
        "title": part.told["title"],
        "family": part.choice.family,
        "version": part.told["version"],
        "is_landed": part.profiled is not None,
        "unread_reason": part.unread_reason,
        "stated_rows_count": part.told["stated_rows_count"],
        "as_of_day": day,
    }
    if part.profiled is None or part.manifest is None:
        return row
    table, profiled = part.profiled.table, part.profiled
    counts = [version["rows_count"] for version in earlier]
    kinds = [change["kind"] for change in changes or ()]
    named = {} if changes is None else {f"columns_{k}_count": kinds.count(k) for k in ("added", "removed", "retyped")}
    return row | {
        "format_id": table.format_id,
        "encoding": table.encoding,
        "bytes_count": part.manifest["bytes_count"],
        "columns_count": len(table.columns),
        "short_rows_count": table.oddities.get("short_rows", 0),
        "long_rows_count": table.oddities.get("long_rows", 0),
        "repaired_lines_count": table.oddities.get("repaired_encoding_lines", 0),
        "versions_count": len(counts),
        "rows_count_usual": float(median(counts[-_USUAL_VERSIONS:])) if counts else None,
        "rows_count_previous": counts[-1] if counts else None,
        **named,
        **_promise(part, table),
        **{key: value for key, value in profiled.table_facts().items() if key in LANDED_TABLES.names},
        **_event(profiled, event, day),
    }


def _promise(part: Part, table: LandedTable) -> Row:
    """What the portal lists against what was delivered, by field names."""
    if part.told["promised"] is None:
        return {}
    promised = [column["field_name"] for column in part.told["promised"] if not column["is_system"]]
    delivered = {column.name for column in table.columns}
    absent = [name for name in promised if name not in delivered]
    return {
        "promised_columns_count": len(promised),
        "absent_columns_count": len(absent),
        "absent_columns": ", ".join(absent) or None,
        "unpromised_columns_count": len(delivered - set(promised)),
    }


def _event(profiled: Profiled, event: EventFacts | None, day: date) -> Row:
    if event is None:
        return {"event_column": None, "event_reason": profiled.no_event_reason}
    newest = event.newest_day
    return {
        "event_column": event.column,
        "newest_event_at": newest,
        "newest_event_age_days": None if newest is None else max(0, (day - newest).days),
        "event_reason": event.reason,
    }


def _column_rows(
    part: Part,
    profiled: Profiled,
    earlier: Sequence[Mapping[str, Any]],
    before: LandedTable | None,
    day: date,
) -> list[Row]:
    roles = {column: role for role, column in profiled.roles.items()}
    types = {column.name: column.type for column in before.columns} if before else {}
    rows = []
    for column in profiled.table.columns:
        low, high = _usual_range(column.name, earlier)
        rows.append(
            {
                **part.ids,
                "portal_kind": part.portal.kind,
                "field_name": column.name,
                "header": column.header,
                "position": column.position,
                "type": column.type,
                "type_source": column.type_source,
                "declared_type": column.declared_type,
                "role": roles.get(column.name),
                "family": part.choice.family,
                "future_count": _future(profiled.day_counts.get(column.name), day),
                "number_usual_low": low,
                "number_usual_high": high,
                "personal_kind": profiled.personal.get(column.name),
                "type_usual": types.get(column.name),
                "as_of_day": day,
                **{k: v for k, v in profiled.column_facts(column.name).items() if k in LANDED_COLUMNS.names},
            }
        )
    return rows


def _future(day_counts: Mapping[date, int] | None, day: date) -> int | None:
    """Dates after tomorrow; the day that follows is still some zone's today."""
    return None if day_counts is None else sum(n for d, n in day_counts.items() if d > day + timedelta(days=1))


def _usual_range(column: str, earlier: Sequence[Mapping[str, Any]]) -> tuple[float | None, float | None]:
    ranges = [version["numbers"][column] for version in earlier if column in version["numbers"]]
    if len(ranges) < _LEAST_VERSIONS:
        return None, None
    return min(low for low, _ in ranges), max(high for _, high in ranges)
