"""What is known of one link, as `links` makes it, the lake carries it and `landing` reads it. Frozen; without I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

State = Literal["ok", "broken", "unknown"]

WINDOW_DAYS = 30
"""The days whose states the availability is made of, the last one included."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one address after some checks.

    `since` is when the state began (of one that is broken because it persisted: the first check of that series);
    `first_failure` the first check since `last_ok` that was not ok. `series_*` tell of the checks in a row that said
    the same. `was_broken`: it was broken at some check since it was last ok. `days` holds the state that the last
    check of each day left, for the last 30 days.
    """

    state: State
    reason: str | None
    since: datetime
    last_ok: datetime | None
    first_failure: datetime | None
    checked_at: datetime
    checks_count: int
    series_reason: str | None
    series_first: datetime
    series_count: int
    was_broken: bool
    days: Mapping[date, State] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a JSON file."""
        told = {name: getattr(self, name) for name in self.__slots__}
        times = {name: told[name].isoformat() if told[name] else None for name in _TIMES}
        return told | times | {"days": {day.isoformat(): state for day, state in self.days.items()}}

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Record:
        """The reverse of `as_dict`."""
        times = {name: datetime.fromisoformat(told[name]) if told[name] else None for name in _TIMES}
        days = {date.fromisoformat(day): state for day, state in told["days"].items()}
        return cls(**{**told, **times, "days": days})


_TIMES = ("since", "last_ok", "first_failure", "checked_at", "series_first")


def tally(record: Record, day: date, until: date | None = None) -> dict[State, int]:
    """On how many days of the window that ends on `day` a check left which state; those before `until` alone."""
    first = day - timedelta(days=WINDOW_DAYS - 1)
    within = [s for d, s in record.days.items() if first <= d <= day and (until is None or d < until)]
    return {"ok": within.count("ok"), "broken": within.count("broken"), "unknown": within.count("unknown")}
