"""What is remembered of earlier versions of a table's rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from civicgauge.landed import LandedTable
from civicgauge.pipeline import rowhistory
from civicgauge.pipeline.profiling import Profiled
from civicgauge.rows.profile import Profile

START = date(2026, 1, 1)
TABLE = LandedTable(columns=(), rows_count=1, format_id="csv", encoding="utf-8", oddities={}, notes=())


def _seen(history: dict[str, Any], day: date, *event_days: date) -> None:
    """A new version on a day, with events on these days."""
    told = {"version": f"v{day}", "rows": "", "validators": {}, "touched": None}
    profile = Profile(day_counts={"happened": dict.fromkeys(event_days, 1)})
    rowhistory.remember(history, "table", told, Profiled(TABLE, profile, event_column="happened"), day)


def _days(history: dict[str, Any]) -> list[str]:
    return [version["day"] for version in rowhistory.past(history, "table").versions]


def test_a_stopped_table_written_anew_every_night_keeps_the_versions_in_which_it_moved() -> None:
    history: dict[str, Any] = {}
    moved = [START + timedelta(days=number) for number in range(5)]
    for day in moved:
        _seen(history, day, day)
    for number in range(5, 200):
        _seen(history, START + timedelta(days=number), moved[-1])
    kept = _days(history)
    assert kept[:5] == [day.isoformat() for day in moved]
    assert kept[-1] == (START + timedelta(days=199)).isoformat()
    assert len(kept) == 65


def test_a_table_that_moves_every_night_keeps_its_first_version_and_the_last_ones() -> None:
    history: dict[str, Any] = {}
    for number in range(200):
        day = START + timedelta(days=number)
        _seen(history, day, day)
    kept = _days(history)
    assert (kept[0], len(kept)) == (START.isoformat(), 61)


def test_a_day_that_is_planned_or_wrong_is_no_newest_event() -> None:
    history: dict[str, Any] = {}
    _seen(history, START, START - timedelta(days=3), date(2099, 1, 1))
    (version,) = rowhistory.past(history, "table").versions
    assert version["newest_event_day"] == "2025-12-29"
