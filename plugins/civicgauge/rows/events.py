"""The newest event inside a table's rows, and what its own history shows as usual (DESIGN rule 2).

Events come by chance: a table of twenty rows a year, each published at once, has weeks without a row, and is not late
in them. So the usual gap is no median but a bound that the wait for the next event passes on under one day in a
hundred. For events that come independently, the longest of n gaps times c is passed on a share of days of
n! * gamma(1 + c) / gamma(n + 1 + c) (the expectation of exp(-c * max) over n standard exponentials); c is the least
factor that keeps it below 1 %. Where gaps hardly vary, events do not come by chance, and less is added: the share
min(1, twice the coefficient of variation) of c - 1, with which the bound above still holds to a tenth for independent
events. What is seasonal shows in its longest gap, once a year has been seen; but a window of three years shows a
season three times at most, so that a quarter is added at least.

The usual lag is the longest time from an event to the day on which the version with it appeared. Only versions count
that brought a newer event than all before: a table that stopped and is written anew every night has no growing lag.
Until three such versions were seen, the newest event of the first version bounds the lag: it was at most as old as the
table was then. So a table that stood still when it was first looked at is late once it has stood still for the
promised period and the usual gap before our own eyes.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from statistics import fmean, pstdev

from civicgauge.landed import EventFacts
from civicgauge.rows.meaning import is_no_event

WINDOW_DAYS, LONG_WINDOW_DAYS = 3 * 365, 10 * 366  # the long one where the other shows too few events
LEAST_GAPS, LEAST_SPAN_DAYS, LEAST_VERSIONS = 6, 365, 3
_PASSED_SHARE, _LEAST_FACTOR = 0.01, 1.25
_LAGS = 24  # versions that the usual lag is taken from
_LABELS = 0.95  # of the days must be the first of a month (or of the same month), for a period label


@dataclass(frozen=True, slots=True)
class Observed:
    """An earlier version of the same rows: the day on which it was first seen, and its newest event then."""

    day: date
    newest_day: date


def is_event_column(name: str, header: str) -> bool:
    """Whether a column may say when things happened; "expires", "year ending" and "updated" say something else."""
    return not is_no_event(name) and not is_no_event(header)


def newest_event(
    day_counts: Mapping[date, int], column: str, observations: Sequence[Observed], as_of_day: date
) -> EventFacts:
    """The newest event not after `as_of_day`, with the usual gap between events and the usual lag until they show.

    Days after tomorrow are planned or wrong, and are passed over. Of period labels (every day the first of a month,
    or of one month) the end of the period counts. Gap and lag are None, with a reason, where the history is too short:
    fewer than six gaps in ten years or less than a year of events (`too_few_events`), no earlier version
    (`too_few_versions`). `observations` are in the order of their days.
    """
    days = sorted(day for day in day_counts if day <= as_of_day + timedelta(days=1))
    if not days:
        return EventFacts(column, None, None, None, "no_event_yet" if day_counts else "no_dates")
    months = _label_months(days)
    # the end of a period that is not over is not an event to come
    newest = min(_end(days[-1], months), as_of_day) if months else min(days[-1], as_of_day)
    gap = usual_gap_days([_end(day, months) for day in days] if months else days)
    lag = _usual_lag_days(observations, months)
    reason = "too_few_events" if gap is None else "too_few_versions" if lag is None else None
    return EventFacts(column, newest, gap, lag, reason)


def usual_gap_days(days: Sequence[date]) -> float | None:
    """The bound on the wait between events, from the last years before the newest one; None: too short a history."""
    recent = _within(days, WINDOW_DAYS)
    if len(recent) <= LEAST_GAPS:
        recent = _within(days, LONG_WINDOW_DAYS)
    gaps = [(later - earlier).days for earlier, later in pairwise(recent)]
    if len(gaps) < LEAST_GAPS or sum(gaps) < LEAST_SPAN_DAYS:
        return None
    variation = min(1.0, 2 * pstdev(gaps) / fmean(gaps))
    return round(max(gaps) * max(_LEAST_FACTOR, 1 + (_factor(len(gaps)) - 1) * variation), 1)


def _within(days: Sequence[date], span: int) -> Sequence[date]:
    return [day for day in days if (days[-1] - day).days <= span]


@cache
def _factor(count: int) -> float:
    """The least c from `_LEAST_FACTOR` on, in steps of a twentieth, of the module's formula."""
    factor = _LEAST_FACTOR
    while _passed(count, factor) > _PASSED_SHARE:
        factor += 0.05
    return round(factor, 2)


def _passed(count: int, factor: float) -> float:
    return math.exp(math.lgamma(count + 1) + math.lgamma(1 + factor) - math.lgamma(count + 1 + factor))


def _usual_lag_days(observations: Sequence[Observed], months: int) -> float | None:
    """The longest time from the newest event to the day on which it appeared, over the last versions that moved on.

    A version whose newest event lies ahead of its day tells nothing.
    """
    told = [(seen.day, _end(seen.newest_day, months)) for seen in observations if seen.newest_day <= seen.day]
    if not told:
        return None
    (first_day, newest), lags = told[0], []
    bound = (first_day - newest).days
    for day, event in told[1:]:
        if event > newest:
            lags.append((day - event).days)
            newest = event
    return float(max(0, *lags[-_LAGS:], *([] if len(lags) >= LEAST_VERSIONS else [bound])))


def _label_months(days: Sequence[date]) -> int:
    """12 where all days are firsts of one month, 3 or 1 where they are firsts of quarters or months; 0: no labels."""
    firsts = [day for day in days if day.day == 1]
    if len(days) < 3 or len(firsts) < _LABELS * len(days):
        return 0
    numbers = {day.month for day in firsts}
    if len(numbers) == 1:
        return 12
    return 3 if len({number % 3 for number in numbers}) == 1 else 1


def _end(label: date, months: int) -> date:
    """The last day of the period that begins with a label; the day itself where it is none."""
    if not months:
        return label
    years, month = divmod(label.month - 1 + months - 1, 12)
    year = min(label.year + years, date.max.year)
    return date(year, month + 1, monthrange(year, month + 1)[1])
