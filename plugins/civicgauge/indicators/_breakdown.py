"""Whether a dataset can be broken down by place or by groups of people, by its columns."""

from __future__ import annotations

from typing import Literal

from civicgauge.indicators._form import Row
from civicgauge.model import Outcome


def by_columns(row: Row, breakdown: Literal["place", "people"]) -> Outcome:
    """Passed with at least one such column, failed with none, unknown where no columns are known.

    A map that programs can read holds places whatever its columns say. What no program can read has no columns to look
    at; where nobody can tell whether one can, a map may be a picture.
    """
    if row["is_machine_readable"] is False and row["is_observed"]:
        return Outcome.NOT_APPLICABLE
    if breakdown == "place" and row["kind"] == "geo" and row["is_machine_readable"]:
        return Outcome.PASSED
    columns = row[f"{breakdown}_columns_count"]
    if columns is None:
        return Outcome.UNKNOWN
    return Outcome.PASSED if columns else Outcome.FAILED
