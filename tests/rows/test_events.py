"""The newest event and what a table's own history shows as usual; late is never said of what came by chance."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landed import EventFacts
from civicgauge.landing.freshness import judge_freshness
from civicgauge.rows.events import Observed, is_event_column, newest_event

FIRST = date(2018, 1, 1)
YEARS, WARM_YEARS = 6, 2
RANKS = ("fresh", "due", "overdue", "delinquent")
LATE = RANKS[2:]


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


def judged(facts: EventFacts, day: date, period_days: float) -> str:
    """The status of a promise by the newest event alone, as landing judges it."""
    if facts.newest_day is None or facts.usual_gap_days is None or facts.usual_lag_days is None:
        return "unknown"
    age = max(0, int((day - facts.newest_day).days - facts.usual_gap_days - facts.usual_lag_days))
    return judge_freshness(age, age, period_days).status


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
        yield judged(facts, day, 1.0) in LATE


@pytest.mark.slow
@pytest.mark.parametrize("in_season", [False, True])
@pytest.mark.parametrize("per_year", [20, 85, 106, 1305])
def test_tables_published_at_once_are_called_late_on_few_days(per_year: int, in_season: bool) -> None:
    said = [
        late for seed in range(4) for late in days_called_late(published_at_once(per_year, seed, in_season=in_season))
    ]
    assert len(said) > 4 * 3 * 365, "most days must be judged: a check that refuses everything shows nothing"
    assert sum(said) / len(said) < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("every", [7, 31, 92, 366])
@pytest.mark.parametrize("per_year", [20, 85, 106, 1305])
def test_tables_published_in_batches_are_called_late_on_few_days(per_year: int, every: int) -> None:
    """All rows of a period at once, up to a month after its end, judged from the first version seen."""
    said = []
    for seed in range(4):
        counts = published_at_once(per_year, seed, in_season=False)
        chance, observed, shown = random.Random(seed), [], {}
        publish = every + chance.randrange(30)
        for number in range(YEARS * 365):
            day = FIRST + timedelta(days=number)
            if number == publish:
                shown = {d: n for d, n in counts.items() if d < FIRST + timedelta(days=number // every * every)}
                publish = (number // every + 1) * every + chance.randrange(min(every, 30))
                if number >= WARM_YEARS * 365 and shown:
                    observed.append(Observed(day, max(shown)))
            if observed:
                said.append(judged(newest_event(shown, "opened", observed, day), day, float(every)))
    assert sum(status != "unknown" for status in said) > len(said) / 2
    assert sum(status in LATE for status in said) / len(said) < 0.02


DAILY = {FIRST + timedelta(days=n): 3 for n in range(800)}
LAST = max(DAILY)


def test_a_table_that_truly_stopped_is_found() -> None:
    observed = [Observed(day, day) for day in sorted(DAILY)]
    facts = newest_event(DAILY, "opened", observed, LAST + timedelta(days=31))
    assert (facts.newest_day, facts.reason) == (LAST, None)
    assert facts.usual_gap_days == 1.2  # a day, and the least that is put on top of a gap
    assert facts.usual_lag_days == 0.0
    assert judged(facts, LAST + timedelta(days=31), 7.0) == "delinquent"


def test_a_table_that_stopped_and_is_written_anew_every_night_is_found() -> None:
    observed = [Observed(day, day) for day in sorted(DAILY)]
    observed += [Observed(LAST + timedelta(days=n), LAST) for n in range(1, 31)]
    facts = newest_event(DAILY, "opened", observed, LAST + timedelta(days=31))
    assert facts.usual_lag_days == 0.0
    assert judged(facts, LAST + timedelta(days=31), 7.0) == "delinquent"


def test_a_table_that_had_stopped_before_anyone_looked_is_late_once_it_was_watched_long_enough() -> None:
    first = Observed(LAST + timedelta(days=400), LAST)
    observed = [first, *(Observed(first.day + timedelta(days=n), LAST) for n in range(1, 60))]
    status = [judged(newest_event(DAILY, "c", observed, d), d, 31.0) for d in (each.day for each in observed)]
    assert status[0] == "fresh", "it may always be published four hundred days after"
    assert status[-1] == "overdue"
    ranks = [RANKS.index(each) for each in status]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(("months", "most_days"), [(1, 31 * 1.25), (3, 92 * 1.25), (12, 366 * 1.25)])
def test_regular_labels_leave_little_to_chance(months: int, most_days: float) -> None:
    """Of yearly labels more than three years are looked at."""
    labels = [date(2014 + n // 12, n % 12 + 1, 1) for n in range(0, 9 * 12, months)]
    gap = newest_event(dict.fromkeys(labels, 5), "month", [], date(2023, 6, 1)).usual_gap_days
    assert gap is not None
    assert gap <= most_days + 0.1


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
        ([0, 100, 200, 300, 400, 500, 600], 0, "too_few_versions"),
        ([0, 100, 200, 300, 400, 500, 600], 1, None),
        ([0, 700, 1400, 2100, 2800, 3500, 3700], 1, "too_few_events"),  # six gaps, but not in ten years
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


HISTORY = st.lists(st.integers(1, 200), min_size=6, max_size=30)  # gaps
SEEN = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 400)), max_size=12)  # days since the one before, lags


@given(HISTORY, SEEN, st.integers(0, 800), st.integers(1, 800), st.sampled_from([1.0, 7.0, 31.0, 366.0]))
def test_judging_never_improves_with_older_events(
    gaps: list[int], seen: list[tuple[int, int]], age: int, older: int, period: float
) -> None:
    """Neither as days pass without a newer event, nor where the newest event of the same history is older."""
    days = list(accumulate(gaps, lambda day, gap: day + timedelta(days=gap), initial=FIRST))
    moments = accumulate((since for since, _ in seen), lambda day, n: day + timedelta(days=n), initial=days[-1])
    observed = [Observed(day, day - timedelta(days=lag)) for day, (_, lag) in zip(moments, seen, strict=False)]
    today, later = (days[-1] + timedelta(days=n) for n in (age, age + older))
    facts = newest_event(dict.fromkeys(days, 1), "c", observed, today)
    then = newest_event(dict.fromkeys(days, 1), "c", observed, later)
    status = judged(facts, today, period)
    if status != "unknown":
        past = replace(facts, newest_day=facts.newest_day - timedelta(days=older))
        for worse in (judged(then, later, period), judged(past, today, period)):
            assert RANKS.index(worse) >= RANKS.index(status)
