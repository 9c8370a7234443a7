"""How old data are, and whether a promise is kept: ages in calendar days, the freshness ladder, observed cadence.

Sources. Ladder: the Humanitarian Data Exchange (OCHA), hdx-data-freshness, `project_configuration.yaml`: for each
expected period the age in days from which data are due, overdue and delinquent. Cycles late: the Western Pennsylvania
Regional Data Center counts whole periods missed; here it is a share, so that it can be compared between periods.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Literal
from zoneinfo import ZoneInfo

from civicgauge.errors import ConfigurationError

FreshnessStatus = Literal["fresh", "due", "overdue", "delinquent", "unknown"]

# period: due, overdue, delinquent; days (HDX)
HDX_LADDER: tuple[tuple[float, float, float, float], ...] = (
    (1, 1, 2, 3),
    (2, 2, 4, 6),
    (7, 7, 14, 21),
    (14, 14, 21, 28),
    (30, 30, 44, 60),
    (60, 60, 84, 108),
    (90, 90, 120, 150),
    (120, 120, 147, 174),
    (180, 180, 210, 240),
    (300, 300, 342, 384),
    (365, 365, 425, 455),
    (730, 730, 785, 840),
)
GRACE_DAYS = 1
"""A day's grace on top of every step: an update late in the evening is often catalogued on the next day."""

BUSINESS_BELOW_DAYS = 7
"""Below a week, weekends and holidays are not counted (DESIGN rule 4)."""

FEWEST_PERIODS = 6
SPACINGS_PER_GAP = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is given where the status is unknown; `cycles_late` is None there."""

    status: FreshnessStatus
    reason: str | None
    cycles_late: float | None


def ladder(period_days: float) -> tuple[float, float, float]:
    """(due, overdue, delinquent): the ages in days that mark the steps for this period, without the day's grace.

    Linear between the HDX rows; the first row below one day; beyond 730 days in proportion to the last row.
    """
    first, last = HDX_LADDER[0], HDX_LADDER[-1]
    if period_days <= first[0]:
        return first[1:]
    if period_days >= last[0]:
        factor = period_days / last[0]
        return last[1] * factor, last[2] * factor, last[3] * factor
    low, high = next((a, b) for a, b in pairwise(HDX_LADDER) if a[0] <= period_days <= b[0])
    share = (period_days - low[0]) / (high[0] - low[0])
    due, overdue, delinquent = (a + (b - a) * share for a, b in zip(low[1:], high[1:], strict=True))
    return due, overdue, delinquent


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an aware moment in a zone; ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    try:
        return moment.astimezone(zone).date()
    except OverflowError:  # within a day of the first or last day that Python knows
        return moment.date()


def age_in_days(moment: datetime, as_of: datetime, zone: ZoneInfo) -> int:
    """Whole local calendar days from a moment to `as_of`; never below 0."""
    return max(0, (local_date(as_of, zone) - local_date(moment, zone)).days)


def business_age_in_days(moment: datetime, as_of: datetime, zone: ZoneInfo, holidays: frozenset[date]) -> int:
    """The same without Saturdays, Sundays and holidays: Friday to Monday is 1, Friday to Sunday is 0."""
    start, end = local_date(moment, zone), local_date(as_of, zone)
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    extra = sum((start + timedelta(days=i)).weekday() < 5 for i in range(1, rest + 1))
    off = sum(start < day <= end and day.weekday() < 5 for day in holidays)
    return max(0, weeks * 5 + extra - off)


def judge_freshness(
    age_days: int | None,
    business_age_days: int | None,
    period_days: float | None,
    period_days_min: float | None = None,
) -> Verdict:
    """Whether data of this age keep a promise of this period.

    The steps of `ladder` count a day later than there (grace): a daily table is fresh at age 1, due at 2, overdue at 3,
    delinquent at 4. Due is still on time.
    Periods below a week are judged by `business_age_days`. Where the period is a range (an ambiguous word), data are
    late only if late under the slow reading, on time only if on time under the fast one, else unknown
    (`ambiguous_period`). `cycles_late` = max(0, (age - period) / period), the age being the one that the status
    uses, without the grace; of a range, under the slow reading.
    """
    if age_days is None:
        return Verdict("unknown", "no_data_date", None)
    if period_days is None or period_days <= 0:
        return Verdict("unknown", "no_period", None)
    slow, late = _step(age_days, business_age_days, period_days)
    if slow in ("overdue", "delinquent") or not period_days_min or period_days_min >= period_days:
        return Verdict(slow, None, late)
    fast, _ = _step(age_days, business_age_days, period_days_min)
    if fast in ("fresh", "due"):
        return Verdict(fast, None, late)
    return Verdict("unknown", "ambiguous_period", None)


def _step(age_days: int, business_age_days: int | None, period_days: float) -> tuple[FreshnessStatus, float]:
    """The status and the cycles late of one reading of the period."""
    is_short = period_days < BUSINESS_BELOW_DAYS
    age = business_age_days if is_short and business_age_days is not None else age_days
    due, overdue, delinquent = (step + GRACE_DAYS for step in ladder(period_days))
    status: FreshnessStatus = "fresh"
    if age >= delinquent:
        status = "delinquent"
    elif age >= overdue:
        status = "overdue"
    elif age >= due:
        status = "due"
    return status, round(max(0.0, (age - period_days) / period_days), 4)


def holiday_dates(calendar: str | tuple[date, ...] | None, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of these years: a calendar's (`us`, `us-mo`, `br-sp`), or the dates given; none for None.

    Calendars come from the package `holidays`, by country code and, after a hyphen, subdivision. ConfigurationError
    for a calendar that it does not know.
    """
    if calendar is None:
        return frozenset()
    if not isinstance(calendar, str):
        return frozenset(calendar)
    return _calendar_dates(calendar.strip().upper(), tuple(sorted(set(years))))


@lru_cache(maxsize=256)
def _calendar_dates(calendar: str, years: tuple[int, ...]) -> frozenset[date]:
    import holidays

    country, _, part = calendar.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=years))
    except NotImplementedError as error:
        raise ConfigurationError(
            f"holidays: {calendar.lower()!r} is no known calendar; try a code such as us"
        ) from error


def observed_cadence(
    update_history: Sequence[datetime], observation_days: Sequence[date], as_of: datetime
) -> tuple[float | None, str | None]:
    """(usual gap in days between updates, None), or (None, reason) where it cannot be told. Never a promise.

    `update_history` are the distinct data dates seen so far; `observation_days` the days we looked. The gaps are the
    closed ones, so that the open gap up to `as_of`, the one being judged, does not speak for itself. Refused with
    `too_few_periods` below six gaps, and with `observed_too_rarely` where the usual gap is under three times the
    spacing of our own observations (DESIGN rule 3): updates between two looks leave no trace. Medians throughout.
    """
    moments = sorted({m for m in update_history if m <= as_of})
    gaps = [(later - earlier) / timedelta(days=1) for earlier, later in pairwise(moments)]
    if len(gaps) < FEWEST_PERIODS:
        return None, "too_few_periods"
    days = sorted(set(observation_days))
    if len(days) < 2:
        return None, "observed_too_rarely"
    spacing = median((later - earlier).days for earlier, later in pairwise(days))
    usual = median(gaps)
    if usual < SPACINGS_PER_GAP * spacing:
        return None, "observed_too_rarely"
    return round(usual, 2), None
