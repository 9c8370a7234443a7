"""The SQL warehouse: what was found out, by city and day, for people and other programs to query."""

from __future__ import annotations

from civicgauge.warehouse.cityday import CityDay
from civicgauge.warehouse.readers import ColumnInfo, newest_versions
from civicgauge.warehouse.store import Warehouse

__all__ = ["CityDay", "ColumnInfo", "Warehouse", "newest_versions"]
