"""What a day's pulls came to: the landed tables and columns that checks judge, and what is carried to the next day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.lake import Lake
from civicgauge.landed import EventFacts, LandedTable
from civicgauge.landing.subjects import breaks_down
from civicgauge.model import DatasetChoice, Portal
from civicgauge.pipeline import rowhistory
from civicgauge.pipeline.parts import Part
from civicgauge.pipeline.tablefacts import column_rows, table_row
from civicgauge.rows.drift import drift

Row = dict[str, Any]
_FIRST_YEAR = 1900  # what is no year does not speak of one
_MOST_FIRST = ("changed", "touched_unchanged", "failed", "first", "unchanged")


@dataclass
class RowFacts:
    """The day's rows: for the checks, for the warehouse, for freshness (by portal and dataset), for the next day.

    `moves` holds what became of each dataset's rows and of their date, resource by resource.
    """

    tables: list[Row] = field(default_factory=list)
    columns: list[Row] = field(default_factory=list)
    pulls: list[Row] = field(default_factory=list)
    moves: dict[tuple[str, str], set[str]] = field(default_factory=dict)
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
        for dataset_id, known in found.items():
            columns = [c for c in self.columns if (c["portal_id"], c["dataset_id"]) == (portal_id, dataset_id)]
            known.update(_contents(columns), pull_outcome=self._pull_outcome(portal_id, dataset_id))
        return found

    def _pull_outcome(self, portal_id: str, dataset_id: str) -> str | None:
        """What asking for a dataset's rows came to: of several resources, what moved most."""
        moves = self.moves.get((portal_id, dataset_id), set())
        return next((each for each in _MOST_FIRST if each in moves), None)

    def hold_against(self, datasets: Sequence[Row], zone: ZoneInfo) -> None:
        """Note how far each table's newest event is behind the day on which the portal says that the data changed."""
        updated = {(row["portal_id"], row["dataset_id"]): row["data_updated_at"] for row in datasets}
        for table in self.tables:
            moment, newest = updated.get((table["portal_id"], table["dataset_id"])), table.get("newest_event_at")
            if moment is not None and newest is not None:
                table["newest_event_behind_days"] = max(0, (moment.astimezone(zone).date() - newest).days)


def _contents(columns: Sequence[Row]) -> Row:
    """By what landed columns can be broken down, and the newest fiscal year in them; null without any."""
    if not columns:
        return {}
    years = [_year(column) for column in columns if column["role"] == "fiscal_year"]
    return {
        "place_columns_count": sum(breaks_down("place", c["header"], c["type"]) for c in columns),
        "people_columns_count": sum(breaks_down("people", c["header"], c["type"]) for c in columns),
        "newest_year": max((year for year in years if year is not None), default=None),
    }


def _year(column: Row) -> int | None:
    """The newest fiscal year of a column that holds them, as a number or as dates.

    One after the next year is a forecast or a slip: then the column does not say which is the newest.
    """
    newest, highest = column.get("newest_day"), column.get("highest_number")
    year = highest if newest is None else newest.year
    return int(year) if year is not None and _FIRST_YEAR <= year <= column["as_of_day"].year + 1 else None


def add(facts: RowFacts, part: Part, lake: Lake, day: date) -> None:
    """Add one resource's rows to the day's facts; `facts.history` holds the days before until it is added to."""
    past = rowhistory.past(facts.history, part.key)
    earlier = [version for version in past.versions if version["version"] != part.told["version"]]
    before = _table_of(lake, earlier[-1]) if earlier else None
    facts.pulls.append(_pull_row(part, past))
    _note_move(facts, part, past)
    changes = None
    if part.manifest is not None:
        table = LandedTable.from_dict(part.manifest["table"]) if part.manifest["table"] else None
        changes = drift(before, table) if before and table else None
        facts.landings.append(_landing_row(part, changes))
    event = part.profiled.event(past, day) if part.profiled else None
    facts.tables.append(table_row(part, earlier, event, changes, day))
    if part.profiled is not None:
        facts.columns += column_rows(part, part.profiled, earlier, before, day)
    if event is not None and event.newest_day is not None:
        _keep_newest(facts.events, (part.portal.id, part.choice.id), event)
    rowhistory.remember(facts.history, part.key, part.told, part.profiled, day)


def without_parts(facts: RowFacts, portal: Portal, choice: DatasetChoice, problem: str, *, is_failure: bool) -> None:
    """A chosen dataset that came to no resource: not in the catalogue, nothing to pull, or the pull itself failed."""
    ids = {"portal_id": portal.id, "dataset_id": choice.id, "resource_id": ""}
    facts.pulls.append({**ids, "version": None, "outcome": "failed", "problem": problem, "stated_rows_count": None})
    facts.moves.setdefault((portal.id, choice.id), set()).add("failed")
    reason = "rows_not_read" if is_failure else problem
    told = {"portal_kind": portal.kind, "family": choice.family, "is_landed": False, "unread_reason": reason}
    facts.tables.append({**ids, **told})


def _note_move(facts: RowFacts, part: Part, past: rowhistory.Past) -> None:
    """Note the pull as far as rows and their date go.

    An edited description moves neither, and where there was no earlier day nobody can tell.
    """
    outcome, last = facts.pulls[-1]["outcome"], past.last
    if outcome == "changed" and last is None:
        outcome = "first"
    if outcome == "touched_unchanged" and last is not None and last["validators"] == part.told["validators"]:
        outcome = "unchanged"
    facts.moves.setdefault((part.portal.id, part.choice.id), set()).add(outcome)


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
