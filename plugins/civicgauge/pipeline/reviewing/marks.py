"""Marks of editions in the lake: when the time for appeals is over, what they kept goes by age like all else."""

from __future__ import annotations

from datetime import datetime, timedelta

from civicgauge.lake import Lake, part_of
from civicgauge.pipeline.sweeping import below
from civicgauge.review.editions import State
from civicgauge.warehouse import Warehouse


def release(lake: Lake, warehouse: Warehouse, now: datetime) -> int:
    """Remove marks of editions that were abandoned or whose time for appeals is over; returns how many.

    So too, after a day, those on days that an edition no longer takes; marks of other publications stay.
    """
    editions = {part_of(row["edition_id"]): row for row in warehouse.reviews.rows("edition")}
    if not editions:
        return 0
    rows = warehouse.reviews.rows("edition_city")
    taken = {(row["city_id"], str(row["measured_on"]), part_of(row["edition_id"])) for row in rows}
    removed = 0
    for place in below(lake, "kept", 3):
        _, city_id, day, cited_by = place.split("/")
        if (edition := editions.get(cited_by)) is None:
            continue
        is_over = edition["state"] == State.ABANDONED or (edition["keep_until"] or now.date()) < now.date()
        is_left = (city_id, day, cited_by) not in taken and edition["opened_at"] < now - timedelta(days=1)
        if is_over or is_left:
            removed += lake.remove(place)
            day_folder = place.rpartition("/")[0]
            if not lake.folders(day_folder):  # on a disk the empty folder would still stand for a marked day
                lake.remove_all(day_folder)
    return removed
