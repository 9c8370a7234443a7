"""An edition of one city written straight into the warehouse, for tests of what cities are told and answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.reviews import Act

ID, LAST = "2026-h1", "2025-h2"
INDICATOR, HELD = "licence_open_share", "links_working_share"
_OPENED = datetime(2026, 6, 1, 12, tzinfo=UTC)


def put_edition(warehouse: Warehouse, city_id: str, day: date, **edition: Any) -> None:
    """The edition with two numbers of the city: one with a value, one for which too much is unknown."""
    city = {"publication": edition.pop("publication", "shared_with_city")}
    row = {
        "edition_id": ID,
        "title": "First half of 2026",
        "as_of": day,
        "state": "preview",
        "opened_at": _OPENED,
        "opened_by": "programme lead",
        "content_digest": "d" * 64,
        "method_version": "1",
        **edition,
    }
    with warehouse.reviews.desk() as desk:
        desk.add("edition", row)
        desk.add("edition_city", {**_place(row, city_id, day), "name": city_id.title(), **city, "run_id": "r1"})
        desk.add(
            "edition_value",
            _value(row, city_id, day, INDICATOR, value=0.25, value_low=0.2, value_high=0.3),
            _value(row, city_id, day, HELD, status="insufficient", value_low=0.1, value_high=0.9),
        )
        desk.note(Act(_OPENED, "programme lead", "edition.opened", row["edition_id"]))


def _place(row: dict[str, Any], city_id: str, day: date) -> dict[str, Any]:
    return {"edition_id": row["edition_id"], "city_id": city_id, "measured_on": day}


def _value(row: dict[str, Any], city_id: str, day: date, indicator_id: str, **value: Any) -> dict[str, Any]:
    return {
        **_place(row, city_id, day),
        "indicator_id": indicator_id,
        "indicator_version": 1,
        "as_of": _OPENED,
        "unit": "share",
        "status": "ok",
        "n_unknown": 0,
        "direction": "higher_is_better",
        "input_digest": "0",
        "run_id": "r1",
        "row_digest": "e" * 64,
        **value,
    }


def change_edition(warehouse: Warehouse, edition_id: str = ID, **changes: Any) -> None:
    """Move the edition on."""
    with warehouse.reviews.desk() as desk:
        assert desk.change("edition", changes, edition_id=edition_id) == 1


def put_dispute(warehouse: Warehouse, city_id: str, dispute_id: str = f"{ID}-d1", **changes: Any) -> None:
    """A dispute of the city's, open unless said otherwise."""
    row = {
        "dispute_id": dispute_id,
        "edition_id": ID,
        "city_id": city_id,
        "portal_id": "",
        "dataset_id": "",
        "indicator_id": INDICATOR,
        "phase": "preview",
        "claim": "our terms are open",
        "made_at": datetime(2026, 7, 2, 12, tzinfo=UTC),
        "by": "open_data",
        "state": "open",
        **changes,
    }
    with warehouse.reviews.desk() as desk:
        desk.add("dispute", row)
