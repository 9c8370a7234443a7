"""The promise in force: what a dataset promised, kept for a year where it was loosened while late (DESIGN rule 3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from civicgauge.landing.frequency import Frequency

_DATES = ("since", "kept_until", "changed_on")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise and since when it stands. `kept_until` and `changed_on` are set while an older promise is kept."""

    period_days: float | None
    period_days_min: float | None
    source: str
    text: str | None
    since: date
    kept_until: date | None = None
    changed_on: date | None = None

    def to_json(self) -> str:
        """One line of JSON, dates as ISO 8601."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(
            {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}, ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text: str) -> Promise:
        """The promise that `to_json` wrote; ValueError or TypeError for anything else."""
        values: dict[str, Any] = json.loads(text)
        dates = {k: date.fromisoformat(values[k]) for k in _DATES if values.get(k)}
        return cls(**{**values, **dates})


def promise_in_force(
    previous: Promise | None,
    stated: Frequency,
    late_yesterday: bool,  # noqa: FBT001 - a fact about the day before, not a mode
    day: date,
    *,
    accepted: bool = False,
    historical_but_updated: bool = False,
) -> tuple[Promise, bool]:
    """The promise that a dataset is held to on this day, and whether an older one is kept against what is stated.

    A promise that is loosened (longer period, untestable, not periodic) or removed (undeclared, unmapped) while its
    data are late keeps its old period for twelve months, or until staff accept the change. A change while on time,
    and any tightening, counts at once. The same words with another period are a change of our vocabulary, not of
    the promise. `historical_but_updated`: data said to be finished have changed since, so that `not_periodic`
    becomes `untestable`. Days are to be passed in order.
    """
    now = _promise_of(stated, day, historical_but_updated=historical_but_updated)
    if previous is None or accepted:
        return now, False
    if previous.kept_until is not None:
        is_kept = day <= previous.kept_until and _is_loosened(previous, now)
        return (previous, True) if is_kept else (now, False)
    if now.text == previous.text and now.source == previous.source:
        return replace(now, since=previous.since), False
    if late_yesterday and now.text != previous.text and _is_loosened(previous, now):
        return replace(previous, kept_until=_a_year_after(day), changed_on=day), True
    return now, False


def _promise_of(stated: Frequency, day: date, *, historical_but_updated: bool) -> Promise:
    contradicted = historical_but_updated and stated.source == "not_periodic"
    source = "untestable" if contradicted else stated.source
    return Promise(stated.period_days, stated.period_days_min, source, stated.text, day)


def _is_loosened(old: Promise, new: Promise) -> bool:
    """Whether the new promise asks less than the old one; what had no period cannot be loosened."""
    if old.period_days is None:
        return False
    return new.period_days is None or new.period_days > old.period_days


def _a_year_after(day: date) -> date:
    """The same day of the next year; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date.max if day.year == date.max.year else day.replace(year=day.year + 1, day=28)
