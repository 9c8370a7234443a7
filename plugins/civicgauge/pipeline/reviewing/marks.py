"""Marks of editions in the lake: when the time for appeals is over, what they kept goes by age like all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from civicgauge.lake import Lake, part_of
from civicgauge.pipeline.sweeping import below
from civicgauge.review.editions import State
from civicgauge.warehouse import Warehouse

_A_DAY = timedelta(days=1)


def release(lake: Lake, warehouse: Warehouse, now: datetime, is_clear: Callable[[str, str], bool]) -> int:
    """Remove marks of editions that were abandoned or whose time for appeals is over; returns how many.

    So too, a day after they were set, those on days that an edition does not take (any more), or of an act that was
    killed before the edition came to be; marks of other publications stay.

    `is_clear` takes a city and a day and removes what no run names; the last mark of a day stays until nothing of that
    is left, for nobody looks at an old day without a mark again.
    """
    editions = {part_of(row["edition_id"]): row for row in warehouse.reviews.rows("edition")}
    rows = warehouse.reviews.rows("edition_city")
    taken = {(row["city_id"], str(row["measured_on"]), part_of(row["edition_id"])) for row in rows}
    removed = 0
    for place in below(lake, "kept", 3):
        _, city_id, day, cited_by = place.split("/")
        if (edition := editions.get(cited_by)) is not None and _is_over(edition, now):
            is_to_go = True
        elif (city_id, day, cited_by) in taken:
            continue
        else:
            is_to_go = _is_left(lake.manifest(place), now)
        day_folder = place.rpartition("/")[0]
        if is_to_go and (len(lake.folders(day_folder)) > 1 or is_clear(city_id, day)):
            removed += lake.remove(place)
            if not lake.folders(day_folder):  # on a disk the empty folder would still stand for a marked day
                lake.remove_all(day_folder)
    return removed


def _is_over(edition: Mapping[str, Any], now: datetime) -> bool:
    return bool(edition["state"] == State.ABANDONED or (edition["keep_until"] or now.date()) < now.date())


def _is_left(mark: Mapping[str, Any] | None, now: datetime) -> bool:
    """Whether a mark that no edition needs is an edition's, and was set a day ago or earlier, or is half removed."""
    return mark is None or (bool(mark.get("is_of_an_edition")) and datetime.fromisoformat(mark["at"]) < now - _A_DAY)
