"""The rows of a big world: entries of catalogues, their check results, indicator values, evidence, runs, incidents.

Rows are made from few patterns (an entry in this state has these outcomes; an indicator at this level has these
bounds), each built once by the real forms; a row is a copy of its pattern with its keys written in. Rows come in the
order of their keys, which is the quick way into a table that lies in that order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from benchmarks._big_cities import MadeCity, title_of, told
from civicgauge.indicators import CatalogueEvents, Evidence, Figure, Indicator, discover
from civicgauge.model import IndicatorValue, Status
from civicgauge.quality.form import Check
from civicgauge.settings import shipped

DAY = date(2026, 6, 30)
"""The newest day of every city."""
LEVELS = 48
"""How many patterns an indicator has."""
_LADDER = ("fresh", "fresh", "due", "fresh", "overdue", "fresh", "delinquent", "unknown", "fresh", "not_applicable")
_LICENCES = (("open", "CC0-1.0"), ("open", "CC-BY-4.0"), ("none", None), ("unrecognised", None), ("terms_unread", None))
_KINDS = ("table", "table", "geo", "file", "table", "derived_view", "link")
_PERIODS = {"Daily": 1.0, "Weekly": 7.0, "Monthly": 31.0, "Quarterly": 92.0, "Annually": 366.0}
_REASONS = {"unknown": "no_date", "not_applicable": "historical"}
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def instant(day: date, hour: int = 23) -> str:
    """A time of that day, as both databases take it."""
    return f"{day}T{hour:02d}:00:00.000000Z"


def run_id(city_id: str, day: date) -> str:
    """The id of the one run of a city's day."""
    return f"{city_id}.{day}.{day:%Y%m%d}T110000.000000Z-1f3a9c2e"


class Pattern:
    """A row of a table with places left open: `fill` gives copies with these written in, in the order of `open`."""

    def __init__(self, table: sa.Table, values: Mapping[str, Any], open_: Sequence[str]) -> None:
        names = [column.name for column in table.columns]
        if unknown := {*values, *open_} - set(names):
            raise KeyError(f"{table.name} has no {', '.join(sorted(unknown))}")
        self._row = [values.get(name) for name in names]
        self._places = [names.index(name) for name in open_]

    def fill(self, *values: Any) -> list[Any]:
        """One row."""
        row = self._row.copy()
        for place, value in zip(self._places, values, strict=True):
            row[place] = value
        return row


@dataclass(frozen=True, slots=True)
class State:
    """What holds of entries of one pattern, by the columns of `dataset_day`."""

    number: int

    def columns(self) -> dict[str, Any]:
        """The columns of `dataset_day` but keys and stamps."""
        n, entry = self.number, told()[self.number % len(told())]
        status, kind = _LADDER[n % len(_LADDER)], _KINDS[n % len(_KINDS)]
        licence_class, licence_id = _LICENCES[n % len(_LICENCES)]
        is_counted = None if n % 17 == 0 else kind != "derived_view"
        reason = "derived_view" if kind == "derived_view" else None if is_counted else "ownership_undecided"
        period, age = _PERIODS.get(entry.frequency or ""), None if status == "unknown" else n * 13 % 900
        changed = None if age is None else instant(DAY - timedelta(age), 14)
        return {
            "is_counted": is_counted,
            "exclusion_reason": reason,
            "ownership": "own" if is_counted is not None else "unknown",
            "declared_frequency": entry.frequency,
            "expected_period_days": period,
            "period_source": "declared" if period else "unmapped" if entry.frequency else "undeclared",
            "touched_at": instant(DAY - timedelta(n % 40), 15),
            "data_updated_at": changed,
            "newest_event_at": changed if n % 4 == 0 else None,
            "age_days": age,
            "freshness_status": status,
            "cycles_late": 0.0 if status in ("fresh", "due") else 2.5 if status in ("overdue", "delinquent") else None,
            "licence_text": entry.licence,
            "licence_id": licence_id,
            "licence_class": licence_class,
            "licence_source": "dataset",
            "openness_stars": 1 + n % 4,
            "columns_count": 3 + n % 40,
            "columns_described": n % 3,
            "freshness_reason": _REASONS.get(status),
            "age_basis": "data_updated",
            "period_class": "monthly" if period else None,
            "contact_state": ("well_formed", "absent", None)[n % 3],
            "is_machine_readable": n % 4 != 3,
            "first_seen": str(DAY - timedelta(400)),
            "kind": kind,
        }


STATES = 210
"""How many patterns of entries there are: the least number that all lists above divide."""


def check_outcome(state: int, check: int) -> str:
    """What a check found of an entry: four in five passed."""
    mixed = state * 31 + check * 17
    return (
        "failed"
        if mixed % 11 == 0
        else "unknown"
        if mixed % 13 == 0
        else "not_applicable"
        if mixed % 19 == 0
        else "passed"
    )


def check_columns(check: Check, outcome: str, state: int) -> dict[str, Any]:
    """The columns of `check_result` but keys of the entry and stamps."""
    is_part = check.table not in ("datasets", "landed_tables")
    count = 3 + state % 40 if is_part else 1
    text = _PLACEHOLDER.sub(str(2 + state % 90), check.observed)
    return {
        "subject": "",
        "check_id": check.id,
        "check_version": check.version,
        "outcome": outcome,
        "observed": text if outcome in ("passed", "failed") else None,
        "expected": _PLACEHOLDER.sub("31", check.expected),
        "failed_count": (1 + state % count) if outcome == "failed" else 0,
        "checked_count": count if outcome in ("passed", "failed") else 0,
        "reason": {"unknown": "evidence_missing", "not_applicable": "does_not_apply"}.get(outcome),
        "severity": check.severity,
        "is_private": check.id == "personal_data_absent",
    }


# ---------------------------------------------------------------- indicators

_NOTHING = Evidence("", DAY, datetime.min.replace(tzinfo=UTC), (), {}, CatalogueEvents(None, None, None, None))


def values_of(indicator: Indicator, datasets: int) -> list[IndicatorValue]:
    """An indicator at every level, worst to best of a share; one in twelve says why there is no number."""
    figures = [_figure(indicator, level, datasets) for level in range(LEVELS)]
    return [replace(indicator, arithmetic=lambda _, f=figure: f).measure(_NOTHING) for figure in figures]


def _figure(indicator: Indicator, level: int, datasets: int) -> Figure:
    unknown = datasets * (level * 5 % 23) // 100
    if level % 12 == 11:
        more = datasets * 2 // 5
        low, high = (0.2, 0.2 + more / datasets) if indicator.unit == "share" else (None, None)
        reason = "more_than_30_percent_unknown"
        return Figure(None, Status.INSUFFICIENT, None, datasets, more, low, high, reason)
    if indicator.unit == "share":
        known = datasets - unknown
        good = known * level // (LEVELS - 1)
        low, high = good / datasets, (good + unknown) / datasets
        return Figure(good / known, Status.OK, good, datasets, unknown, low, high)
    if indicator.is_count:
        return Figure(float(level * datasets // LEVELS), Status.OK)
    value = level / 8 if indicator.unit == "cycles" else float(level * 20 if indicator.unit == "days" else level % 7)
    return Figure(value, Status.OK, None, datasets, unknown, value, value + (unknown and 2.0))


def level_of(made: MadeCity, indicator: int, weeks_ago: int) -> int:
    """Which level an indicator of a city has: its own, and slowly another as weeks pass."""
    own = (made.number * 29 + indicator * 13 + made.number // 7) % LEVELS
    return max(0, own - (weeks_ago + made.number + indicator) // 9 % 5)


def indicators() -> tuple[Indicator, ...]:
    """The real ones, in the order of their keys."""
    return tuple(sorted(discover(), key=lambda each: (each.id, each.version)))


def checks() -> tuple[Check, ...]:
    """The real ones, in the order of their ids."""
    from civicgauge.pipeline.columns import checks_of

    return checks_of(shipped("expectations"))


def entries(made: MadeCity, datasets: int) -> Iterator[tuple[str, str, int, str]]:
    """A city's entries in key order: portal, id, number, title."""
    found = ((*made.portal_of(n)[:1], made.dataset_id(n), n) for n in range(datasets))
    for portal_id, dataset_id, number in sorted(found):
        yield portal_id, dataset_id, number, title_of(number)
