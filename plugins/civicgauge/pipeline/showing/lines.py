"""A dataset as lists name it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civicgauge.pipeline.showing.forms import DatasetLine

Row = Mapping[str, Any]
Key = tuple[str, str]
Counts = Mapping[Key, Mapping[str, int]]


def key_of(row: Row) -> Key:
    """What tells a city's datasets apart."""
    return row["portal_id"], row["dataset_id"]


def line_of(row: Row, counts: Mapping[str, int] | None = None, seen: str | None = None) -> DatasetLine:
    """A row of a day with who it is, how many checks failed or are unknown, and what was seen of it in words."""
    return DatasetLine(
        portal_id=row["portal_id"],
        dataset_id=row["dataset_id"],
        title=row["title"] or row["dataset_id"],
        permalink=row["permalink"],
        kind=row["kind"],
        is_counted=row["is_counted"],
        declared_frequency=row["declared_frequency"],
        freshness_status=row["freshness_status"],
        age_days=row["age_days"],
        licence_class=row["licence_class"],
        n_failed=(counts or {}).get("failed", 0),
        n_unknown=(counts or {}).get("unknown", 0),
        seen=seen,
    )
