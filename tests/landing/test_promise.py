"""The promise in force: what a change of the stated frequency does, on time and late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.landing.frequency import Frequency, resolve_frequency
from civicgauge.landing.promise import Promise, promise_in_force

DAY = date(2026, 3, 1)
TEXTS = ["Daily", "Weekly", "Monthly", "biweekly", "Annually", "As needed", "Historical", "", "full moons"]


def stated(text: str) -> Frequency:
    return resolve_frequency([("frequency", text)], "city.example", "ckan")


def promised(text: str) -> Promise:
    return promise_in_force(None, stated(text), False, DAY)[0]


def test_the_first_promise_is_what_is_stated() -> None:
    promise, changed = promise_in_force(None, stated("Weekly"), True, DAY)
    assert (promise.period_days, promise.source, promise.text, promise.since, changed) == (
        7,
        "declared",
        "Weekly",
        DAY,
        False,
    )


@pytest.mark.parametrize("text", ["Monthly", "biweekly", "As needed", "Historical", "", "full moons"])
def test_loosened_while_late_keeps_the_old_period_for_a_year(text: str) -> None:
    later = DAY + timedelta(days=10)
    kept, changed = promise_in_force(promised("Weekly"), stated(text), True, later)
    assert changed
    assert (kept.period_days, kept.since, kept.changed_on, kept.kept_until) == (7, DAY, later, date(2027, 3, 11))
    # caught up or not, it stays until the year is over
    assert promise_in_force(kept, stated(text), False, later + timedelta(days=100)) == (kept, True)
    assert promise_in_force(kept, stated(text), True, date(2027, 3, 11)) == (kept, True)
    after, still = promise_in_force(kept, stated(text), True, date(2027, 3, 12))
    assert (still, after.text, after.kept_until) == (False, stated(text).text, None)


@pytest.mark.parametrize("text", ["Monthly", "As needed", "Historical", ""])
def test_a_change_while_on_time_or_accepted_counts_at_once(text: str) -> None:
    assert promise_in_force(promised("Weekly"), stated(text), False, DAY)[1] is False
    promise, changed = promise_in_force(promised("Weekly"), stated(text), True, DAY, accepted=True)
    assert (changed, promise.period_days) == (False, stated(text).period_days)
    kept, _ = promise_in_force(promised("Weekly"), stated(text), True, DAY)
    assert promise_in_force(kept, stated(text), True, DAY, accepted=True)[0].source == stated(text).source


def test_tightening_counts_at_once_even_while_another_is_kept() -> None:
    assert promise_in_force(promised("Weekly"), stated("Daily"), True, DAY)[0].period_days == 1
    kept, _ = promise_in_force(promised("Weekly"), stated("Annually"), True, DAY)
    assert promise_in_force(kept, stated("Monthly"), True, DAY) == (kept, True)
    tightened, changed = promise_in_force(kept, stated("Daily"), True, DAY)
    assert (tightened.period_days, changed, tightened.kept_until) == (1, False, None)
    restored, changed = promise_in_force(kept, stated("Weekly"), True, DAY)
    assert (restored.period_days, changed, restored.kept_until) == (7, False, None)


def test_the_same_words_keep_their_since_and_a_changed_vocabulary_is_no_change_of_promise() -> None:
    old = promised("Weekly")
    assert promise_in_force(old, stated("Weekly"), True, DAY + timedelta(days=5)) == (old, False)
    re_read = replace(stated("Weekly"), period_days=31.0, period_days_min=31.0)
    promise, changed = promise_in_force(old, re_read, True, DAY)
    assert (promise.period_days, changed) == (31, False)


def test_historical_data_that_change_are_untestable() -> None:
    promise, _ = promise_in_force(None, stated("Historical"), False, DAY, historical_but_updated=True)
    assert promise.source == "untestable"
    assert promise_in_force(None, stated("Weekly"), False, DAY, historical_but_updated=True)[0].source == "declared"


def test_a_leap_day_is_kept_to_the_end_of_february() -> None:
    kept, _ = promise_in_force(promised("Weekly"), stated("Monthly"), True, date(2028, 2, 29))
    assert kept.kept_until == date(2029, 2, 28)


@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.booleans(), st.integers(1, 200)), max_size=12))
def test_json_round_trip_and_no_kept_promise_outlives_a_year(steps: list[tuple[str, bool, int]]) -> None:
    promise, day = None, DAY
    for text, late, days in steps:
        day += timedelta(days=days)
        promise, changed = promise_in_force(promise, stated(text), late, day)
        assert Promise.from_json(promise.to_json()) == promise
        assert changed == (promise.kept_until is not None)
        if promise.kept_until is not None and promise.changed_on is not None:
            assert promise.changed_on <= day <= promise.kept_until
            assert promise.period_days is not None


def test_json_that_is_none_is_refused() -> None:
    with pytest.raises((ValueError, TypeError)):
        Promise.from_json("{}")
