"""What looks like a fault of our own: many cities at once, or far more than is usual."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from civicgauge.alerts.breaker import USUAL_DAYS, bursts

DAY = date(2026, 6, 1)


def usual(cities: int) -> dict[date, int]:
    return {DAY - timedelta(days=back): cities for back in range(1, USUAL_DAYS + 1)}


@pytest.mark.parametrize(
    ("cities", "n_cities", "often", "is_held"),
    [
        (4, 4, 0, False),  # too few to tell
        (5, 20, 0, True),
        (5, 25, 0, False),  # a fifth, not more
        (6, 25, 0, True),
        (10, 200, 0, False),
        (11, 200, 0, True),  # nothing was usual, and eleven is much
        (30, 200, 10, False),
        (31, 200, 10, True),
        (40, 200, 20, False),
        (41, 200, 20, True),
    ],
)
def test_when_a_day_is_unusual(cities: int, n_cities: int, often: int, is_held: bool) -> None:
    found = bursts({DAY: (cities, 3 * cities)}, usual(often), n_cities, frozenset())
    assert [(burst.day, burst.cities, burst.openings) for burst in found] == ([(DAY, cities, 3 * cities)] * is_held)
    assert all(str(cities) in burst.reason and str(DAY) in burst.reason for burst in found)


def test_a_day_that_was_approved_passes() -> None:
    assert bursts({DAY: (50, 50)}, {}, 60, frozenset({DAY})) == []


def test_days_come_in_order_and_each_by_itself() -> None:
    later = DAY + timedelta(days=1)
    found = bursts({later: (30, 30), DAY: (30, 30)}, {}, 60, frozenset())
    assert [burst.day for burst in found] == [DAY, later]


def test_one_odd_day_makes_nothing_usual() -> None:
    opened = {**usual(2), DAY - timedelta(days=3): 150}
    assert bursts({DAY: (11, 11)}, opened, 200, frozenset()) != []
