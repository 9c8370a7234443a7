"""Calendar periods: the days, weeks, months, quarters and years that a series is counted in, as whole numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Frequency = Literal["day", "week", "month", "quarter", "year"]
Season = Literal["none", "month", "quarter"]
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MONDAY = date(1970, 1, 5).toordinal()  # weeks run from Monday to Sunday


def index_of(day: date, frequency: Frequency) -> int:
    """The number of the period that holds the day; the next period's is one more."""
    if frequency == "day":
        return day.toordinal()
    if frequency == "week":
        return (day.toordinal() - _MONDAY) // 7
    return (day.year * 12 + day.month - 1) // _MONTHS[frequency]


def first_day(index: int, frequency: Frequency) -> date:
    """The first day of a period."""
    if frequency == "day":
        return date.fromordinal(index)
    if frequency == "week":
        return date.fromordinal(_MONDAY + 7 * index)
    months = index * _MONTHS[frequency]
    return date(months // 12, months % 12 + 1, 1)


def last_day(index: int, frequency: Frequency) -> date:
    """The last day of a period."""
    return first_day(index + 1, frequency) - timedelta(days=1)


def label(index: int, frequency: Frequency) -> str:
    """A period as people write it: 2026-03-31, 2026-W14, 2026-03, 2026-Q1, 2026."""
    first = first_day(index, frequency)
    if frequency == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    if frequency == "quarter":
        return f"{first.year}-Q{first.month // 3 + 1}"
    return {"day": first.isoformat(), "month": f"{first:%Y-%m}"}.get(frequency, f"{first.year}")


def season_of(index: int, frequency: Frequency, season: Season) -> int:
    """Which month (0 to 11) or quarter (0 to 3) of the year a period begins in; 0 where no season is asked for."""
    month = first_day(index, frequency).month - 1
    return {"none": 0, "month": month, "quarter": month // 3}[season]


def labels(indexes: list[int], frequency: Frequency, most: int = 6) -> str:
    """Periods in words, runs joined: `2025-02, 2025-05 to 2025-07`; of many the first ones, and how many more."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    words = [
        label(a, frequency) if a == b else f"{label(a, frequency)} to {label(b, frequency)}" for a, b in runs[:most]
    ]
    more = f" and {len(runs) - most} more" if len(runs) > most else ""
    return ", ".join(words) + more
