"""Ages, the ladder, verdicts, holidays and observed cadence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.errors import ConfigurationError
from civicgauge.landing import freshness as f

CHICAGO = ZoneInfo("America/Chicago")
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))]))


@pytest.mark.parametrize("row", f.HDX_LADDER)
def test_the_ladder_meets_every_published_row(row: tuple[float, float, float, float]) -> None:
    assert f.ladder(row[0]) == row[1:]


@pytest.mark.parametrize(
    ("period", "steps"),
    [(0.0035, (1, 2, 3)), (31, (31, 45.3333, 61.6)), (1460, (1460, 1570, 1680))],
)
def test_the_ladder_between_and_beyond(period: float, steps: tuple[float, float, float]) -> None:
    assert f.ladder(period) == pytest.approx(steps, abs=1e-3)


@given(st.floats(0.001, 20_000), st.floats(0.001, 20_000))
def test_the_ladder_is_monotone(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert all(a <= b + 1e-9 for a, b in zip(f.ladder(low), f.ladder(high), strict=True))
    due, overdue, delinquent = f.ladder(one)
    assert due <= overdue <= delinquent


@given(MOMENTS, MOMENTS)
def test_ages_are_never_negative_and_business_days_never_more(moment: datetime, as_of: datetime) -> None:
    age = f.age_in_days(moment, as_of, CHICAGO)
    business = f.business_age_in_days(moment, as_of, CHICAGO, frozenset())
    assert 0 <= business <= age


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(0, 500),
    st.sets(st.dates(date(2000, 1, 1), date(2032, 1, 1))),
)
def test_business_days_are_counted_one_by_one(start: date, length: int, holidays: set[date]) -> None:
    moment = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    days = [start + timedelta(days=i) for i in range(1, length + 1)]
    expected = sum(day.weekday() < 5 and day not in holidays for day in days)
    assert (
        f.business_age_in_days(moment, moment + timedelta(days=length), ZoneInfo("UTC"), frozenset(holidays))
        == expected
    )


def test_age_is_in_local_calendar_days() -> None:
    late_evening = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)  # 1 March, 23:30 in Chicago
    assert f.age_in_days(late_evening, datetime(2026, 3, 2, 6, 30, tzinfo=UTC), CHICAGO) == 1
    assert f.age_in_days(late_evening, datetime(2026, 3, 2, 5, 59, tzinfo=UTC), CHICAGO) == 0
    assert f.age_in_days(late_evening + timedelta(days=3), late_evening, CHICAGO) == 0
    with pytest.raises(ValueError, match="time zone"):
        f.age_in_days(datetime(2026, 3, 2), late_evening, CHICAGO)


def test_weekends_and_holidays_are_not_counted() -> None:
    friday = datetime(2026, 7, 3, 18, tzinfo=UTC)
    monday = datetime(2026, 7, 6, 18, tzinfo=UTC)
    assert f.business_age_in_days(friday, monday - timedelta(days=1), CHICAGO, frozenset()) == 0
    assert f.business_age_in_days(friday, monday, CHICAGO, frozenset()) == 1
    assert f.business_age_in_days(friday, monday, CHICAGO, frozenset({date(2026, 7, 6)})) == 0


@pytest.mark.parametrize(
    ("age", "business", "period", "status", "late"),
    [
        (0, 0, 1, "fresh", 0), (1, 1, 1, "fresh", 0), (2, 2, 1, "due", 1), (3, 3, 1, "overdue", 2),
        (4, 4, 1, "delinquent", 3),
        (3, 1, 1, "fresh", 0), (7, 5, 7, "fresh", 0), (8, 6, 7, "due", 0.1429), (14, 10, 7, "due", 1),
        (15, 11, 7, "overdue", 1.1429),
        (22, 16, 7, "delinquent", 2.1429), (31, 22, 31, "fresh", 0), (32, 23, 31, "due", 0.0323),
        (46, 30, 31, "due", 0.4839),
        (47, 30, 31, "overdue", 0.5161), (63, 50, 31, "delinquent", 1.0323), (366, 260, 366, "fresh", 0),
        (367, 260, 366, "due", 0.0027),
    ],
)  # fmt: skip
def test_verdicts(age: int, business: int, period: float, status: str, late: float) -> None:
    assert f.judge_freshness(age, business, period, period) == f.Verdict(status, None, late)  # type: ignore[arg-type]


def test_what_is_missing_is_unknown() -> None:
    assert f.judge_freshness(None, None, 31, 31) == f.Verdict("unknown", "no_data_date", None)
    assert f.judge_freshness(3, 3, None, None) == f.Verdict("unknown", "no_period", None)


@pytest.mark.parametrize(
    ("age", "business", "status", "reason"),
    [(3, 3, "fresh", None), (5, 5, "due", None), (12, 8, "unknown", "ambiguous_period"),
     (15, 11, "unknown", "ambiguous_period"),
     (21, 15, "unknown", "ambiguous_period"), (22, 16, "overdue", None), (29, 21, "delinquent", None)],
)  # fmt: skip
def test_a_range_is_late_only_if_slow_and_on_time_only_if_fast(
    age: int, business: int, status: str, reason: str | None
) -> None:
    verdict = f.judge_freshness(age, business, 14, 3.5)
    assert (verdict.status, verdict.reason) == (status, reason)
    assert (verdict.cycles_late is None) == (status == "unknown")


@given(st.integers(0, 3000), st.floats(0.5, 1500), st.floats(0.5, 1500))
def test_a_range_never_says_more_than_its_ends(age: int, one: float, other: float) -> None:
    fast, slow = sorted((one, other))
    verdict = f.judge_freshness(age, age, slow, fast)
    ends = {f.judge_freshness(age, age, p, p).status for p in (fast, slow)}
    late = {"overdue", "delinquent"}
    assert verdict.status in ends or (verdict.status == "unknown" and ends & late)
    assert verdict.status not in late or ends <= late


def test_holidays_by_name_by_dates_and_by_nothing() -> None:
    assert date(2026, 7, 3) in f.holiday_dates("us", [2026])
    assert date(2026, 12, 25) in f.holiday_dates("us-mo", range(2025, 2027))
    given_dates = (date(2026, 5, 8),)
    assert f.holiday_dates(given_dates, [2026]) == frozenset(given_dates)
    assert f.holiday_dates(None, [2026]) == frozenset()
    with pytest.raises(ConfigurationError, match="'zz' is no known calendar"):
        f.holiday_dates("zz", [2026])


def _weeks(count: int, start: datetime = datetime(2026, 1, 5, tzinfo=UTC)) -> list[datetime]:
    return [start + timedelta(weeks=i) for i in range(count)]


def test_cadence_is_the_median_of_closed_gaps() -> None:
    history = _weeks(8)
    looks = [date(2026, 1, 1) + timedelta(days=i) for i in range(400)]
    assert f.observed_cadence(history, looks, history[-1] + timedelta(days=300)) == (7.0, None)
    assert f.observed_cadence(history, looks[::3], history[-1]) == (None, "observed_too_rarely")
    assert f.observed_cadence(history, looks[:1], history[-1]) == (None, "observed_too_rarely")
    assert f.observed_cadence(history[:6], looks, history[-1]) == (None, "too_few_periods")
    assert f.observed_cadence(history[:7], looks, history[-1]) == (7.0, None)
    assert f.observed_cadence(history, looks, history[5]) == (None, "too_few_periods")
    assert f.observed_cadence([], [], history[0]) == (None, "too_few_periods")
