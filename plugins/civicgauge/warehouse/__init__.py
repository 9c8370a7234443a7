"""The SQL warehouse: what was found out, by city and day, for people and other programs to query."""

from __future__ import annotations

from civicgauge.warehouse.cityday import CityDay
from civicgauge.warehouse.extracts import Batch, Scope
from civicgauge.warehouse.readers import ColumnInfo, newest_versions
from civicgauge.warehouse.shownrows import WITHDRAWN_CURSOR
from civicgauge.warehouse.store import Warehouse
from civicgauge.warehouse.viewform import IndicatorText, View

__all__ = [
    "WITHDRAWN_CURSOR",
    "Batch",
    "CityDay",
    "ColumnInfo",
    "IndicatorText",
    "Scope",
    "View",
    "Warehouse",
    "newest_versions",
]
