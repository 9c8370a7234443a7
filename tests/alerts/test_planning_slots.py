"""When a recipient's digest comes: on working days, at its local hour, each slot once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.alerts.planning import Contact, last_slot, works

KNOWN = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("America/Chicago", "America/Los_Angeles", "America/Bogota", "America/St_Johns", "UTC", "Pacific/Auckland")


def contact(**more: Any) -> Contact:
    """A contact in Chicago that gets its digest on Tuesdays at nine."""
    facts = {
        "contact_id": "c1",
        "city_id": "alder",
        "channel": "mail",
        "role": "open_data",
        "cadence": "weekly",
        "weekday": 1,
        "hour": 9,
        "time_zone": "America/Chicago",
        "created_at": KNOWN,
    }
    return Contact(**(facts | more))


def slot(at: str, free: tuple[str, ...] = (), **more: Any) -> str:
    """The newest slot at that local time."""
    who = contact(**more)
    local = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(who.time_zone))
    return str(last_slot(who, local, frozenset(date.fromisoformat(day) for day in free)))


@pytest.mark.parametrize(
    ("at", "cadence", "expected"),
    [
        ("2026-03-03 08:59", "weekly", "2026-02-24"),  # a Tuesday
        ("2026-03-03 09:00", "weekly", "2026-03-03"),
        ("2026-03-09 23:00", "weekly", "2026-03-03"),
        ("2026-03-03 08:59", "daily", "2026-03-02"),
        ("2026-03-08 12:00", "daily", "2026-03-06"),  # a Sunday
        ("2026-03-09 08:00", "daily", "2026-03-06"),
        ("2026-03-03 09:00", "monthly", "2026-03-03"),
        ("2026-03-31 12:00", "monthly", "2026-03-03"),
        ("2026-04-07 08:00", "monthly", "2026-03-03"),
        ("2026-04-07 09:30", "monthly", "2026-04-07"),
    ],
)
def test_slots(at: str, cadence: str, expected: str) -> None:
    assert slot(at, cadence=cadence) == expected


def test_a_slot_on_a_holiday_moves_to_the_next_working_day() -> None:
    assert slot("2026-03-04 09:00", free=("2026-03-03",)) == "2026-03-04"
    assert slot("2026-03-03 12:00", free=("2026-03-03",)) == "2026-02-24"
    assert slot("2026-03-05 09:00", free=("2026-03-03", "2026-03-04")) == "2026-03-05"
    assert slot("2026-03-09 09:00", free=("2026-03-06",), weekday=4) == "2026-03-09"  # Friday, and then a weekend
    assert slot("2026-03-06 09:00", free=("2026-03-03",), cadence="monthly") == "2026-03-04"
    assert slot("2026-03-03 12:00", free=("2026-03-03",), cadence="daily") == "2026-03-02"


def test_a_week_of_holidays_has_no_slot() -> None:
    free = tuple(f"2026-03-{day:02}" for day in range(2, 7))
    assert slot("2026-03-08 12:00", free=free, cadence="daily") == "2026-02-27"


def test_the_hour_is_local_on_both_sides_of_the_change_of_clocks() -> None:
    who = contact(cadence="daily")
    for day, utc_hour in (("2026-03-06", 15), ("2026-03-09", 14), ("2026-10-30", 14), ("2026-11-02", 15)):
        at = datetime.fromisoformat(day).replace(hour=utc_hour, tzinfo=UTC)
        assert last_slot(who, at, frozenset()) == date.fromisoformat(day)
        assert last_slot(who, at - timedelta(minutes=1), frozenset()) != date.fromisoformat(day)


def test_no_slot_where_nobody_has_worked_for_weeks() -> None:
    free = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(60))
    assert last_slot(contact(cadence="daily"), datetime(2026, 3, 1, 12, tzinfo=UTC), free) is None


@given(
    cadence=st.sampled_from(["daily", "weekly", "monthly"]),
    weekday=st.integers(0, 4),
    hour=st.integers(6, 20),
    zone=st.sampled_from(ZONES),
    free=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 7, 1)), max_size=12),
    steps=st.lists(st.integers(1, 60 * 24 * 3), min_size=20, max_size=120),
)
def test_each_slot_is_decided_once_and_none_on_a_day_off(
    cadence: Any, weekday: int, hour: int, zone: str, free: frozenset[date], steps: list[int]
) -> None:
    """Whoever asks again and again, however rarely: slots only go forward, at their hour, on working days."""
    who = contact(cadence=cadence, weekday=weekday, hour=hour, time_zone=zone)
    at, decided = datetime(2026, 2, 1, tzinfo=UTC), []
    for minutes in steps:
        at += timedelta(minutes=minutes)
        found = last_slot(who, at, free)
        assert found is not None
        local = at.astimezone(ZoneInfo(zone))
        assert works(found, free)
        assert found < local.date() or (found == local.date() and local.hour >= hour)
        if not decided or found > decided[-1]:
            decided.append(found)
        assert found == decided[-1]  # never back
    assert len(set(decided)) == len(decided)


@given(weekday=st.integers(0, 4), free=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20))
def test_a_week_has_one_slot_and_a_month_one(weekday: int, free: frozenset[date]) -> None:
    """Hour by hour through half a year: as many slots as weeks and months, less those that holidays swallowed."""
    for cadence, length in (("weekly", 7), ("monthly", 28)):
        who = contact(cadence=cadence, weekday=weekday, time_zone="UTC")
        found = {last_slot(who, datetime(2026, 2, 1, 12, tzinfo=UTC) + timedelta(days=n), free) for n in range(180)}
        days = sorted(day for day in found if day is not None)
        assert len(days) >= 180 // (length + 7) - 1
        assert all((b - a).days >= length - 6 for a, b in pairwise(days))
