"""`datapackage.json`: what every CSV of an export holds, for programs (Data Package, version 2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from civicgauge import __version__
from civicgauge.pipeline.exporting import meanings
from civicgauge.pipeline.exporting.about import About
from civicgauge.pipeline.exporting.reading import Table
from civicgauge.pipeline.words import NOTICE
from civicgauge.warehouse import ColumnInfo

_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {"text": "string", "time": "datetime"}
_DATASET = ["city_id", "portal_id", "dataset_id"]
_OF_AN_EDITION = ("edition_city", "edition_signature", "dispute")
_OF_ITS_CITY = ("edition_value", "erratum")
_SAFE = "Text that a spreadsheet would run as a formula has an apostrophe before it; Parquet holds it as it was."


def write(path: Path, folder: Path, tables: Sequence[Table], about: About) -> None:
    """Describe the CSV files of `folder`: their columns, keys, bytes and digests."""
    described = [table for table in tables if not table.parquet_only]
    names = {table.name for table in described}
    package = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "civicgauge",
        "title": "civicgauge: automated observations of cities' open-data portals",
        "description": f"{NOTICE} For the audience: {about.audience}. {_SAFE}",
        "version": __version__,
        "resources": [_resource(table, folder, names) for table in described],
    }
    path.write_text(json.dumps(package, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _resource(table: Table, folder: Path, names: set[str]) -> dict[str, Any]:
    file = folder / f"{table.name}.csv"
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return {
        "name": table.name,
        "path": file.name,
        "type": "table",
        "title": table.name.replace("_", " "),
        "description": table.comment,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(table, names),
    }


def _schema(table: Table, names: set[str]) -> dict[str, Any]:
    keys = [column.name for column in table.columns if column.is_key]
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(table.name, column) for column in table.columns],
        "missingValues": [""],
    }
    if keys:
        schema["primaryKey"] = keys
    if foreign := list(_foreign(table, names)):
        schema["foreignKeys"] = foreign
    return schema


def _field(table: str, column: ColumnInfo) -> dict[str, Any]:
    words = meanings.meanings(table, column.name)
    said = ". ".join(part for part in (column.comment, meanings.told(table, column.name)) if part)
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, column.kind),
        "title": column.name.replace("__", " ").replace("_", " "),
        "description": said,
    }
    constraints: dict[str, Any] = {}
    # a text that is never null may be '', which CSV cannot tell from null; an act may be of no city
    is_never_blank = column.kind != "text" or (column.name == "city_id" and table != "audit")
    if not column.is_nullable and is_never_blank:
        constraints["required"] = True
    if words:
        constraints["enum"] = list(words)
    return {**field, "constraints": constraints} if constraints else field


def _foreign(table: Table, names: set[str]) -> Iterable[dict[str, Any]]:
    """The references that hold in every export: to the city, of a dataset's day to the dataset, and of what stands in
    an edition to it."""
    have = {column.name for column in table.columns}
    if table.name not in ("city", "audit") and "city" in names and "city_id" in have:  # acts outlive what they are on
        yield {"fields": ["city_id"], "reference": {"resource": "city", "fields": ["city_id"]}}
    if table.name == "dataset_day" and "dataset" in names:
        yield {"fields": _DATASET, "reference": {"resource": "dataset", "fields": _DATASET}}
    if table.name in _OF_AN_EDITION:
        yield {"fields": ["edition_id"], "reference": {"resource": "edition", "fields": ["edition_id"]}}
    if table.name in _OF_ITS_CITY:
        key = ["edition_id", "city_id"]
        yield {"fields": key, "reference": {"resource": "edition_city", "fields": key}}
    if table.name == "effect_result":
        yield {"fields": ["plan_id"], "reference": {"resource": "effect_plan", "fields": ["plan_id"]}}
