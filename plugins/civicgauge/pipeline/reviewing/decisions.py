"""Decisions by staff: which of them hold on a city's day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from civicgauge.warehouse import Warehouse

Row = dict[str, Any]
HOLDING = ("in_force", "ended", "reopened")
"""States of decisions that hold, or held up to their last day."""


def in_force(warehouse: Warehouse, city_id: str, day: date) -> list[Row]:
    """The decisions that hold on a local day of a city, by id; of two on the same thing the one agreed on last."""
    return holding(warehouse.reviews.rows("decision", city_id=city_id, state=HOLDING), day)


def holding(rows: Iterable[Row], day: date) -> list[Row]:
    """Those of a city's decisions that hold on a day, by id. One that ended, or was reopened, held until its end."""
    newest: dict[tuple[str, str, str], Row] = {}
    for row in sorted((r for r in rows if _holds(r, day)), key=lambda r: (r["seconded_at"], r["decision_id"])):
        newest[row["portal_id"], row["dataset_id"], row["field"]] = row
    return sorted(newest.values(), key=lambda r: str(r["decision_id"]))


def _holds(row: Row, day: date) -> bool:
    is_agreed = row["state"] in HOLDING and row["seconded_at"] is not None
    return is_agreed and row["valid_from"] <= day and (row["valid_until"] is None or day <= row["valid_until"])
