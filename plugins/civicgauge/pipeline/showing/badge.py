"""What a city's badge may say: the day, and how many criteria stand how by its numbers alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from civicgauge.pipeline.showing import texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import PUBLIC, NotShown


@dataclass(frozen=True, slots=True)
class BadgeFacts:
    """The newest shown day of a city that asks for a badge, and its stances to the criteria in force on it."""

    city_id: str
    day: date
    n_in_line: int
    n_differs: int
    n_not_observed: int


def badge(base: Base, city_id: str, as_of: str | None) -> BadgeFacts:
    """As everybody may see it; NotShown where the city's file asks for none, or it was never measured."""
    known, run = base.measured_city(PUBLIC, city_id, as_of)
    if not known.has_badge:
        raise NotShown(city_id)
    rows = base.rows.stances({(run["day"], city_id)}, texts.in_force(run["day"]))
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["stance"]] += row["count"]
    stances = (counts[name] for name in ("in_line", "differs", "not_observed"))
    return BadgeFacts(city_id, run["day"], *stances)
