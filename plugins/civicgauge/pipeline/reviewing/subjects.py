"""What is known of the entries that decisions are about: their newest shown day, from the warehouse and the lake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from civicgauge import clean
from civicgauge.city import CITY_ID
from civicgauge.errors import ConfigurationError
from civicgauge.landed_tables import LANDED_SCHEMAS
from civicgauge.landing.licences import licence_words
from civicgauge.model import RunRecord
from civicgauge.pipeline import parquet
from civicgauge.pipeline.context import Context
from civicgauge.review.decisions import Asked, Problem
from civicgauge.review.fields import Facts
from civicgauge.rows.events import is_event_column
from civicgauge.warehouse import Warehouse

_LONGEST_ID = 60
_DATES = ("date", "date_time", "instant")
Row = dict[str, Any]
Columns = dict[tuple[str, str], tuple[tuple[str, ...], str | None]]


@dataclass
class Subjects:
    """The entries of cities on their newest shown day; each city is read once."""

    context: Context
    warehouse: Warehouse
    _cities: dict[str, _City | Problem] = field(default_factory=dict)
    _columns: dict[str, Columns] = field(default_factory=dict)

    def facts(self, asked: Asked) -> Facts | Problem:
        """What is known of the entry, or what is wrong with its ids."""
        if asked.city_id not in self._cities:
            self._cities[asked.city_id] = self._read(asked.city_id)
        city = self._cities[asked.city_id]
        if isinstance(city, tuple):
            return city
        if asked.portal_id not in city.portals:
            return (
                "portal",
                f"{asked.city_id} has no portal {clean.line(asked.portal_id, 80)!r}; it has {', '.join(city.portals)}",
            )
        row = city.rows.get((asked.portal_id, asked.dataset_id))
        if row is None:
            entry = clean.line(asked.dataset_id, 80)
            told = f"{asked.portal_id} showed no entry {entry!r} on {city.day}, the newest shown day"
            return "dataset", f"{told}; `civicgauge datasets` lists ids"
        if asked.field != "event_column":  # the lake is read for that alone
            return Facts(row, licence_words().classes)
        if asked.city_id not in self._columns:
            self._columns[asked.city_id] = _columns(self.context, city.run)
        columns, event_column = self._columns[asked.city_id].get((asked.portal_id, asked.dataset_id), (None, None))
        return Facts(row, licence_words().classes, columns, event_column)

    def _read(self, city_id: str) -> _City | Problem:
        if len(city_id) > _LONGEST_ID or not re.fullmatch(CITY_ID, city_id):
            return "city", f"{clean.line(city_id, 80)!r} is no id of a city"
        try:
            city = self.context.city(city_id)
        except ConfigurationError as error:
            return "city", str(error)
        day = self.warehouse.latest_day(city_id)
        run = self.warehouse.current_run(city_id, day) if day else None
        if day is None or run is None:
            return "city", f"{city_id} has no measured day that is shown; observe it first"
        rows = self.warehouse.rows("dataset_day", city_ids=[city_id], day=day)
        by_key = {(row["portal_id"], row["dataset_id"]): row for row in rows}
        return _City(day, tuple(portal.id for portal in city.portals), by_key, run)


@dataclass(frozen=True)
class _City:
    day: date
    portals: tuple[str, ...]
    rows: Mapping[tuple[str, str], Row]
    run: RunRecord


def _columns(context: Context, run: RunRecord) -> Columns:
    """Of each entry with landed rows, the columns that may say when things happened, and the one that does."""
    folder = run.catalog_attempt or ""
    manifest = context.lake.manifest(folder) if folder else None
    if manifest is None:
        return {}
    tables, columns = (
        parquet.read_rows(context.lake, folder, f"{name}.parquet", manifest)
        if f"{name}.parquet" in manifest["files"]
        else []
        for name in LANDED_SCHEMAS
    )
    found: Columns = {}
    for table in (row for row in tables if row["is_landed"]):
        key = table["portal_id"], table["dataset_id"]
        names = [c["field_name"] for c in columns if (c["portal_id"], c["dataset_id"]) == key and _may_be(c)]
        known = found.get(key, ((), None))
        found[key] = tuple(dict.fromkeys([*known[0], *names])), known[1] or table["event_column"]
    return found


def _may_be(column: Row) -> bool:
    return column["type"] in _DATES and is_event_column(column["field_name"], column["header"] or "")
