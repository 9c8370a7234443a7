"""The newest event and what a table's own history shows as usual; late is never said of what came by chance."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landing.freshness import judge_freshness
from civicgauge.rows.events import Observed, is_event_column, newest_event

FIRST = date(2018, 1, 1)
YEARS, WARM_YEARS = 6, 2
LATE = ("overdue", "delinquent")


def published_at_once(per_year: float, seed: int, *, in_season: bool) -> dict[date, int]:
    """Events that come by chance, independently; `in_season` nearly all of them in one half of the year."""
    chance = random.Random(seed)
    counts: dict[date, int] = {}
    for number in range(YEARS * 365):
        rate = per_year / 365
        if in_season:
            rate *= 1.98 if number % 365 < 182 else 0.02
        count, product = 0, chance.random()
        while product > math.exp(-rate):
            count, product = count + 1, product * chance.random()
        if count:
            counts[FIRST + timedelta(days=number)] = count
    return counts


def days_called_late(counts: dict[date, int]) -> Iterator[bool]:
    """For each day after two years whether a table promised daily, each row published on its day, is called late."""
    seen: dict[date, int] = {}
    observed: list[Observed] = []
    for number in range(YEARS * 365):
        day = FIRST + timedelta(days=number)
        if day in counts:
            seen[day] = counts[day]
            observed.append(Observed(day, day))
        if number < WARM_YEARS * 365:
            continue
        facts = newest_event(seen, "opened", observed, day)
        if facts.newest_day is None or facts.usual_gap_days is None or facts.usual_lag_days is None:
            continue
        age = max(0, int((day - facts.newest_day).days - facts.usual_gap_days - facts.usual_lag_days))
        yield judge_freshness(age, age, 1.0).status in LATE


@pytest.mark.slow
@pytest.mark.parametrize("in_season", [False, True])
@pytest.mark.parametrize("per_year", [20, 85, 106, 1305])
def test_tables_published_at_once_are_called_late_on_few_days(per_year: int, in_season: bool) -> None:
    said = [
        late for seed in range(4) for late in days_called_late(published_at_once(per_year, seed, in_season=in_season))
    ]
    assert len(said) > 4 * 3 * 365, "most days must be judged: a check that refuses everything shows nothing"
    assert sum(said) / len(said) < 0.02


def test_a_table_that_truly_stopped_is_found() -> None:
    counts = {FIRST + timedelta(days=n): 3 for n in range(800)}
    observed = [Observed(day, day) for day in sorted(counts)]
    facts = newest_event(counts, "opened", observed, FIRST + timedelta(days=830))
    assert (facts.newest_day, facts.reason) == (FIRST + timedelta(days=799), None)
    assert facts.usual_gap_days == 1.2  # a day, and the least that is put on top of a gap
    assert facts.usual_lag_days == 0.0


def test_a_lag_that_is_usual_is_no_lateness() -> None:
    """Always published a month after: the newest event of each version was a month old when it was first seen."""
    counts = {FIRST + timedelta(days=n): 1 for n in range(400)}
    observed = [Observed(FIRST + timedelta(days=n + 31), FIRST + timedelta(days=n)) for n in range(370, 400)]
    assert newest_event(counts, "opened", observed, FIRST + timedelta(days=431)).usual_lag_days == 31.0


@pytest.mark.parametrize(
    ("days", "versions", "reason"),
    [
        ([], 5, "no_dates"),
        ([0, 100, 200, 300, 400, 500], 5, "too_few_events"),
        ([0, 10, 20, 30, 40, 50, 60], 5, "too_few_events"),  # six gaps, but not a year: a season is not seen
        ([0, 100, 200, 300, 400, 500, 600], 3, "too_few_versions"),
        ([0, 100, 200, 300, 400, 500, 600], 4, None),
    ],
)
def test_a_short_history_is_refused(days: list[int], versions: int, reason: str | None) -> None:
    counts = {FIRST + timedelta(days=n): 1 for n in days}
    newest = max(counts, default=FIRST)
    facts = newest_event(counts, "c", [Observed(newest, newest)] * versions, newest)
    assert facts.reason == reason


def test_how_old_a_table_was_when_it_was_first_looked_at_is_no_lag() -> None:
    counts = {FIRST + timedelta(days=n): 1 for n in range(400)}
    first = Observed(FIRST + timedelta(days=330), FIRST)  # stale when the city was taken up
    after = [Observed(FIRST + timedelta(days=n), FIRST + timedelta(days=n)) for n in range(390, 400)]
    assert newest_event(counts, "opened", [first, *after], FIRST + timedelta(days=400)).usual_lag_days == 0.0


def test_days_to_come_are_no_events() -> None:
    counts = {FIRST: 1, FIRST + timedelta(days=900): 1}
    assert newest_event(counts, "c", [], FIRST + timedelta(days=10)).newest_day == FIRST
    assert newest_event({FIRST + timedelta(days=9): 1}, "c", [], FIRST).reason == "no_event_yet"


@pytest.mark.parametrize(
    ("labels", "end"),
    [
        ([date(2024, m, 1) for m in range(1, 10)], date(2024, 9, 30)),
        ([date(2024, m, 1) for m in (1, 4, 7, 10)], date(2024, 12, 31)),
        ([date(y, 1, 1) for y in range(2018, 2025)], date(2024, 12, 31)),
        ([date(y, 7, 1) for y in range(2018, 2024)], date(2024, 6, 30)),
        ([date(2024, 1, 1), date(2024, 1, 2), date(2024, 2, 1)], date(2024, 2, 1)),
    ],
)
def test_a_period_label_counts_from_the_end_of_its_period(labels: list[date], end: date) -> None:
    assert newest_event(dict.fromkeys(labels, 1), "c", [], date(2026, 1, 1)).newest_day == end


def test_a_period_that_is_not_over_ends_no_later_than_today() -> None:
    labels = dict.fromkeys([date(2024, m, 1) for m in range(1, 10)], 1)
    assert newest_event(labels, "c", [], date(2024, 9, 12)).newest_day == date(2024, 9, 12)


@pytest.mark.parametrize("name", ["expiration_date", "year_ending", "License Expires", "last_updated", "due_date"])
def test_columns_that_say_something_else_are_refused(name: str) -> None:
    assert not is_event_column(name, "")
    assert not is_event_column("c1", name)


@pytest.mark.parametrize("name", ["opened", "created_date", "Date Issued", "incident_datetime", "inspection_date"])
def test_columns_of_events_are_taken(name: str) -> None:
    assert is_event_column(name, name)


DAYS = st.lists(st.integers(0, 3000), min_size=1, max_size=40)


@given(DAYS, st.lists(st.integers(0, 3000), max_size=10))
def test_more_of_the_past_never_makes_the_newest_event_newer(days: list[int], older: list[int]) -> None:
    counts = {FIRST + timedelta(days=n): 1 for n in days}
    today = max(counts) + timedelta(days=3)
    more = counts | {min(counts) - timedelta(days=n + 1): 1 for n in older}
    before, after = (newest_event(each, "c", [], today).newest_day for each in (counts, more))
    assert before is not None
    assert after is not None
    assert after <= max(today, before)
    assert max(counts) <= after <= today
