"""Whether what would be told looks like a fault of our own: then everything waits for a person's word.

Numbers are proposals of the reference (ux 1.4, R12): more than a fifth of all cities, or far more than is usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

LEAST_CITIES = 5
SHARE_OF_CITIES = 0.2
TIMES_USUAL = 3
USUAL_DAYS = 28
LEAST_UNUSUAL = 10


@dataclass(frozen=True, slots=True)
class Burst:
    """A day on which unusually many cities got something new, none of it told yet."""

    day: date
    cities: int
    openings: int
    reason: str


def bursts(
    untold: Mapping[date, tuple[int, int]], opened: Mapping[date, int], n_cities: int, approved: frozenset[date]
) -> list[Burst]:
    """The unusual days among `untold` (opening day: cities, openings), by day.

    `opened` says for each day how many cities got something new, told or not; a day that it lacks had none. Days that
    an operator let pass are `approved`. Raises nothing.
    """
    found = []
    for day, (cities, openings) in sorted(untold.items()):
        if day in approved or cities < LEAST_CITIES:
            continue
        usual = median(opened.get(day - timedelta(days=back), 0) for back in range(1, USUAL_DAYS + 1))
        if cities > SHARE_OF_CITIES * n_cities:
            share = f"more than {SHARE_OF_CITIES:.0%} of {n_cities}"
            found.append(Burst(day, cities, openings, f"{cities} cities got something new on {day}, {share}"))
        elif cities > max(LEAST_UNUSUAL, TIMES_USUAL * usual):
            often = f"more than {TIMES_USUAL} times the usual {usual:g} a day"
            found.append(Burst(day, cities, openings, f"{cities} cities got something new on {day}, {often}"))
    return found
