"""Whether what would be told looks like a fault of our own: then everything waits for a person's word.

Numbers are proposals of the reference (ux 1.4, R12): more than a fifth of all cities, or far more than is usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Literal

LEAST_CITIES = 5
SHARE_OF_CITIES = 0.2
TIMES_USUAL = 3
USUAL_DAYS = 28
LEAST_UNUSUAL = 10


MOST_OF_A_RULE = 0.8
LEAST_OF_A_RULE = 3


@dataclass(frozen=True, slots=True)
class Burst:
    """A day on which unusually many cities got something new, none of it told yet."""

    day: date
    cities: int
    openings: int
    reason: str
    about: Literal["news", "ends"] = "news"


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


def mass_ends(
    ended: Mapping[tuple[date, str, str], int],
    live: Mapping[tuple[str, str], int],
    n_cities: int,
    approved: frozenset[date],
) -> list[Burst]:
    """Days on which nearly all that was open of a rule was found mended at once, in unusually many cities.

    That is what a check of ours that passes everything looks like; a city that mends one thing after another does not.
    `ended` counts by (day, city, rule), `live` what is still open by (city, rule).
    """
    cities: dict[date, set[str]] = {}
    counts: dict[date, int] = {}
    for (day, city_id, rule_id), count in ended.items():
        if count >= LEAST_OF_A_RULE and count >= MOST_OF_A_RULE * (count + live.get((city_id, rule_id), 0)):
            cities.setdefault(day, set()).add(city_id)
            counts[day] = counts.get(day, 0) + count
    return [
        Burst(
            day,
            len(found),
            counts[day],
            f"{len(found)} cities of {n_cities} mended nearly all of a rule on {day}",
            "ends",
        )
        for day, found in sorted(cities.items())
        if day not in approved and len(found) >= LEAST_CITIES and len(found) > SHARE_OF_CITIES * n_cities
    ]
