"""The demo's clock: every date in the demo's data is so many days before the moment the demo was started for."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Moment = datetime | date


class Clock:
    """Holds the moment the demo was started for, and the moment it stands at now.

    A bare date means the end of that day in each portal's own time zone. Datetimes must be aware.
    """

    def __init__(self, as_of: Moment) -> None:
        self._start = self._now = _aware(as_of)

    def set(self, as_of: Moment) -> None:
        """Move the clock. What does not update itself grows older; ValueError for a moment before the start."""
        moment = _aware(as_of)
        if _at(moment, ZoneInfo("UTC")) < _at(self._start, ZoneInfo("UTC")):
            raise ValueError("the demo's clock cannot be set before the moment it was started for")
        self._now = moment

    def now(self, zone: ZoneInfo) -> datetime:
        """The present moment, in UTC."""
        return _at(self._now, zone).astimezone(UTC)

    def today(self, zone: ZoneInfo) -> date:
        """The local day it is now."""
        return _at(self._now, zone).astimezone(zone).date()

    def first_day(self, zone: ZoneInfo) -> date:
        """The local day the demo was started for."""
        return _at(self._start, zone).astimezone(zone).date()

    def moment(self, days_ago: int, zone: ZoneInfo, seed: str, every: int | None = None) -> datetime:
        """A moment `days_ago` local days before the start, in the half hour after midnight; UTC.

        With `every`, the last of the moments that follow it every so many days, up to today.
        """
        first = self.first_day(zone)
        day = first - timedelta(days=days_ago)
        if every:
            day += timedelta(days=every * ((self.today(zone) - day).days // every))
        seconds = int(hashlib.sha256(seed.encode()).hexdigest()[:6], 16) % 1740 + 30
        local = datetime.combine(day, time(), zone) + timedelta(seconds=seconds)
        limit = self._start if day == first else self._now
        return min(local.astimezone(UTC), _at(limit, zone).astimezone(UTC)).replace(microsecond=0)


def _aware(as_of: Moment) -> Moment:
    if isinstance(as_of, datetime) and as_of.tzinfo is None:
        raise ValueError(f"{as_of.isoformat()} needs a time zone, such as +00:00")
    return as_of


def _at(as_of: Moment, zone: ZoneInfo) -> datetime:
    if isinstance(as_of, datetime):
        return as_of
    return datetime.combine(as_of, time(23, 59, 59), zone)
