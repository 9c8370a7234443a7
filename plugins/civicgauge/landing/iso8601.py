"""ISO 8601 durations as update periods: `R/P1M` (every month), `R/P0,5Y`, `R/PT1S` (continuously)."""

from __future__ import annotations

import re
from math import ceil

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,4})?)"
_DURATION = re.compile(
    rf"(?:R\d{{0,4}}/)?P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.IGNORECASE,
)
# The most days that so many months in a row can have.
LONGEST_MONTHS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


def longest_days(text: str) -> float | None:
    """The longest calendar length in days of a repeating duration, or None where the text is none.

    A month is 31 days, a quarter 92, a year 366, four years 1461. Parts of months and years are parts of the longest
    month and year, rounded up, but half a year is six months. Anything of a day or less is 1: a catalogue is looked
    at once a day, so `R/PT1S` can only mean continuously. `R/P`, `R/PT` and durations of nothing are refused.

    >>> longest_days("R/P3M"), longest_days("R/P0.5M"), longest_days("R/PT")
    (92.0, 16.0, None)
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        return None
    years, months, weeks, days, hours, minutes, seconds = (
        float(part.replace(",", ".")) if part else 0.0 for part in match.groups()
    )
    exact = weeks * 7 + days + hours / 24 + minutes / 1440 + seconds / 86400
    total = _months_in_days(years * 12 + months) + exact
    return None if total == 0 else max(1.0, round(total, 4))


def _months_in_days(months: float) -> float:
    """The longest length of so many months, whole or not, in days."""
    if months == 0:
        return 0.0
    if months < 1:
        return float(ceil(round(months * 31, 6)))
    years, rest = divmod(ceil(round(months, 6)), 12)
    return float(years * 365 + ceil(years / 4) + LONGEST_MONTHS[rest])
