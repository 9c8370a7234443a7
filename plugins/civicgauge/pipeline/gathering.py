"""From a day's pulls to the files of its landed catalogue: row tables, their warehouse rows, the carried history."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from civicgauge.lake import Lake, canonical_json, compress, decompress
from civicgauge.landed_tables import LANDED_SCHEMAS
from civicgauge.model import City, DatasetChoice
from civicgauge.pipeline import parquet, profiling, rowfacts, rowhistory, versions, withdrawn
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.days import Plan
from civicgauge.pipeline.parts import Part

WAREHOUSE_ROWS = "rows.json.gz"
Row = dict[str, Any]


@dataclass(frozen=True)
class Pulled:
    """A day's pulls: lake folders by dataset key, and the problem of each that failed; `links`: folders by portal."""

    folders: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def gather(
    context: Context, plan: Plan, pulled: Pulled, history: Mapping[str, Any]
) -> tuple[rowfacts.RowFacts, dict[str, Any]]:
    """The facts of all chosen datasets, and for the manifest what each pull came to.

    A pull that failed stands back behind one that an earlier attempt of the same day brought. `history` is what the
    last accepted day carried; it is not changed.
    """
    city, day = context.city(plan["city_id"]), date.fromisoformat(plan["day"])
    facts, told = rowfacts.RowFacts(history=copy.deepcopy(dict(history))), {}
    for choice in city.datasets:
        if withdrawn.why_not(context.lake, city.id, choice.portal, choice.id):
            continue
        key = f"{choice.portal}/{choice.id}"
        problem = pulled.problems.get(key)
        folder = pulled.folders.get(key) or (_earlier(context.lake, plan, choice) if problem else None)
        told[key] = {"folder": folder, "problem": problem}
        if folder is None:
            rowfacts.without_parts(facts, city.portal(choice.portal), choice, problem or "not pulled", is_failure=True)
        else:
            _add(context, facts, city, choice, (folder, day))
    return facts, told


def _earlier(lake: Lake, plan: Plan, choice: DatasetChoice) -> str | None:
    found = lake.last_committed(versions.pulls_parent(plan["city_id"], choice.portal, plan["day"], choice.id))
    return found[0] if found else None


def _add(
    context: Context, facts: rowfacts.RowFacts, city: City, choice: DatasetChoice, where: tuple[str, date]
) -> None:
    folder, day = where
    portal, manifest = city.portal(choice.portal), context.lake.manifest(folder) or {"problem": "lost", "resources": []}
    if not manifest["resources"]:
        rowfacts.without_parts(facts, portal, choice, manifest["problem"], is_failure=False)
    for part in manifest["resources"]:
        version = context.lake.manifest(part["rows"]) if part["rows"] else None
        profiled = profiling.ensure(context, city, choice, part) if version and version["table"] else None
        rowfacts.add(facts, Part(portal, choice, part, version, profiled), context.lake, day)


# ---------------------------------------------------------------- files


def files_of(facts: rowfacts.RowFacts) -> dict[str, bytes]:
    """The files that the landed catalogue holds about rows."""
    rows = {"landed_tables": facts.tables, "landed_columns": facts.columns}
    tables = {f"{name}.parquet": parquet.to_parquet(rows[name], schema) for name, schema in LANDED_SCHEMAS.items()}
    warehouse = {"pull": facts.pulls, "landing": facts.landings}
    return tables | {
        WAREHOUSE_ROWS: compress(canonical_json(warehouse)),
        rowhistory.FILE: compress(canonical_json(facts.history)),
    }


def read_history(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What a landed catalogue carries about rows; empty for one that was landed before rows were pulled."""
    if rowhistory.FILE not in manifest["files"]:
        return {}
    return dict(json.loads(decompress(lake.read(folder, rowhistory.FILE, manifest))))


def warehouse_rows(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows of `pull` and `landing` of a landed catalogue."""
    if WAREHOUSE_ROWS not in manifest["files"]:
        return {"pull": [], "landing": []}
    return dict(json.loads(decompress(lake.read(folder, WAREHOUSE_ROWS, manifest))))


def judged_rows(context: Context, city: City, folder: str, manifest: Mapping[str, Any]) -> dict[str, list[Row]]:
    """The rows of `landed_tables` and `landed_columns` of a landed catalogue with every statistic of today's checks.

    A statistic that a version lacks, as of a check that is newer than the landing, is computed from its stored rows.
    """
    rows: dict[str, list[Row]] = {
        name: parquet.read_rows(context.lake, folder, f"{name}.parquet", manifest)
        for name in LANDED_SCHEMAS
        if f"{name}.parquet" in manifest["files"]
    }
    tables, columns = rows.get("landed_tables", []), rows.get("landed_columns", [])
    found = {
        (choice.portal, choice.id, part["resource_id"]): profiled
        for choice, part in (landed_parts(context, city, manifest) if tables else ())
        if (profiled := profiling.ensure(context, city, choice, part)) is not None
    }
    blank_table, blank_column = profiling.blanks(context, city) if tables else ({}, {})
    return {
        "landed_tables": [_judged_row(found, blank_table, row, None) for row in tables],
        "landed_columns": [_judged_row(found, blank_column, row, row["field_name"]) for row in columns],
    }


def _judged_row(
    found: Mapping[tuple[str, str, str], profiling.Profiled], blank: Row, row: Row, column: str | None
) -> Row:
    """A landed row with its statistics: null where there is nothing to count, left out where counting failed."""
    profiled = found.get((row["portal_id"], row["dataset_id"], row["resource_id"]))
    if profiled is None:
        return {**blank, **row}
    facts = profiled.table_facts() if column is None else profiled.column_facts(column)
    told = {**blank, **facts}
    return {name: value for name, value in told.items() if name not in profiled.profile.errors} | row


def landed_parts(
    context: Context, city: City, manifest: Mapping[str, Any]
) -> Iterator[tuple[DatasetChoice, Mapping[str, Any]]]:
    """The parts of the day's pulls that have rows."""
    for choice in city.datasets:
        folder = manifest.get("pulls", {}).get(f"{choice.portal}/{choice.id}", {}).get("folder")
        pull = context.lake.manifest(folder) if folder else None
        for part in pull["resources"] if pull else ():
            version = context.lake.manifest(part["rows"]) if part["rows"] else None
            if version is not None and version["table"] is not None:
                yield choice, part
