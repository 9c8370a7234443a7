"""Small catalogue entries for tests of landing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from civicgauge.landing.catalogue import Landed, Reading, land_portal
from civicgauge.model import City, Column, ContactState, Dataset, DatasetKind, Resource

DAY = date(2026, 6, 30)
AS_OF = datetime(2026, 6, 30, 20, tzinfo=UTC)
CITY = City.model_validate(
    {
        "id": "us-xx-test",
        "name": "Test",
        "country": "US",
        "time_zone": "America/Chicago",
        "portals": [{"kind": "socrata", "url": "https://data.example.org"}],
    }
)


def days_ago(days: float) -> datetime:
    return AS_OF - timedelta(days=days)


def resource(resource_id: str = "r", **given: Any) -> Resource:
    usual: dict[str, Any] = {
        "title": "Data",
        "description": None,
        "url": "https://data.example.org/x.csv",
        "declared_format": "CSV",
        "media_type": None,
        "is_native_table": False,
        "is_link": False,
        "created_at": None,
        "data_updated_at": None,
        "touched_at": None,
    }
    return Resource(resource_id=resource_id, **{**usual, **given})


def entry(dataset_id: str = "aaaa-0001", **given: Any) -> Dataset:
    usual: dict[str, Any] = {
        "title": "Street trees",
        "description": "Every tree in the public way.",
        "kind": DatasetKind.TABLE,
        "platform_kind": "dataset",
        "permalink": f"https://data.example.org/d/{dataset_id}",
        "publisher": "Parks",
        "keywords": ("trees",),
        "contact": ContactState.WELL_FORMED,
        "created_at": days_ago(900),
        "published_at": None,
        "touched_at": days_ago(1),
        "data_updated_at": days_ago(2),
        "licence_text": None,
        "licence_key": None,
        "licence_url": None,
        "custom_fields": (("Update_Frequency", "Monthly"),),
        "resources": (),
        "columns": (Column("id", "Id", "Text", "The tree's number"), Column("species", "Species", "Text", "species")),
        "source_domain": "data.example.org",
    }
    return Dataset(dataset_id=dataset_id, **{**usual, **given})


def reading(
    datasets: Sequence[Dataset], *, days: float = 0, known: Sequence[Mapping[str, Any]] = (), **given: Any
) -> Reading:
    as_of = AS_OF + timedelta(days=days)
    usual: dict[str, Any] = {
        "city": CITY,
        "portal": CITY.portals[0],
        "day": as_of.date(),
        "as_of": as_of,
        "datasets": datasets,
        "known": {row["dataset_id"]: row for row in known},
        "observation_days": [as_of.date()],
        "holidays": frozenset(),
    }
    return Reading(**{**usual, **given})


def landed(*datasets: Dataset, **given: Any) -> Landed:
    return land_portal(reading(datasets, **given))


def row_of(*datasets: Dataset, **given: Any) -> dict[str, Any]:
    """The first entry's landed row."""
    return landed(*datasets, **given).datasets[0]
