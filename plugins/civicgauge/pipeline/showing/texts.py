"""What indicators, checks and standards say of themselves, in the order in which people read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from civicgauge.criteria import standards
from civicgauge.indicators import Bands, Indicator, discover
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.showing.forms import Decided, Value
from civicgauge.pipeline.words import reading_place, why
from civicgauge.quality.form import Check

Row = Mapping[str, Any]
OWN_STANDARD = "what-works-cities-2022"
"""The standard whose criteria indicators name."""
_TOLD = (
    *("id", "version", "title", "question", "unit", "direction", "formula", "checks", "gaming", "gain"),
    *("benefit", "effort", "advice", "is_count", "is_about_showing"),
)


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator by id, in reading order."""
    found = sorted(discover(), key=lambda each: (reading_place(each.id), each.id))
    return {indicator.id: indicator for indicator in found}


def checks(expectations: Path) -> Mapping[str, Check]:
    """Every check by id, as its file stands now."""
    return {check.id: check for check in checks_of(expectations)}


def place_of(indicator_id: str) -> int:
    """Where an indicator stands among the others; one that this version does not know stands at the end."""
    ids = list(indicators())
    return ids.index(indicator_id) if indicator_id in indicators() else len(ids)


def value_of(row: Row, before: Row | None = None, decided: Decided | None = None) -> Value:
    """A row of `indicator_value` with the texts of its indicator, the value of an earlier day and the decided one."""
    told = indicators().get(row["indicator_id"])
    return Value(
        indicator_id=row["indicator_id"],
        version=row["indicator_version"],
        title=told.title if told else row["indicator_id"],
        question=told.question if told else "",
        unit=row["unit"],
        direction=row["direction"],
        status=row["status"],
        value=row["value"],
        low=row["value_low"],
        high=row["value_high"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        n_unknown=row["n_unknown"],
        band=row["band"],
        reason=row["reason"],
        why=why(row["status"], row["reason"]),
        evidence=tuple(row["evidence"].split(", ")) if row["evidence"] else (),
        criteria=told.criteria if told else (),
        input_digest=row["input_digest"],
        run_id=row["run_id"],
        previous_day=before["day"] if before else None,
        previous_value=before["value"] if before else None,
        decided=decided,
    )


def decided_of(row: Row) -> Decided:
    """A row of `decided_value` as it stands beside the measured one."""
    return Decided(
        status=row["status"],
        value=row["value"],
        low=row["value_low"],
        high=row["value_high"],
        n_unknown=row["n_unknown"],
        why=why(row["status"], row["reason"]),
        decisions=ids_in(row["decisions"]),
    )


def ids_in(text: str | None) -> tuple[str, ...]:
    """The ids in a JSON list; none where there is none."""
    return tuple(str(each) for each in json.loads(text or "[]"))


def worse_bound(row: Row) -> float | None:
    """The end of a value's interval that is worse for the city, negated where less is better; None: unbounded.

    A count, which has no bounds, stands by its value. So in every list more is better, and who hides much comes late.
    """
    if row["status"] not in ("ok", "insufficient"):
        return None
    low, high = row["value_low"], row["value_high"]
    if low is None and high is None:
        low = high = row["value"]
    end = high if row["direction"] == "lower_is_better" else low
    return None if end is None else -end if row["direction"] == "lower_is_better" else end


def in_force(day: date | None) -> list[str]:
    """The names of the standards that hold on a day; today's, which have no end, where there is no day."""
    return [
        name
        for name, standard in standards().items()
        if (standard.valid_to is None if day is None else standard.valid_from <= day <= (standard.valid_to or day))
    ]


def _bands(bands: Bands, unit: str, *, more: bool) -> str:
    """The bands in words, from the better end to the worse; shares in percent."""
    limits = (
        f"{name} {'from' if more else 'up to'} {limit:.0%}"
        if unit == "share"
        else f"{name} {'from' if more else 'up to'} {limit:g} {unit}"
        for name, limit in zip(bands.names, bands.limits, strict=False)
    )
    return f"{', '.join(limits)}, else {bands.names[-1]}"


def about(indicator: Indicator) -> dict[str, Any]:
    """Everything that an indicator says of itself."""
    bands = indicator.bands
    return {
        **{name: getattr(indicator, name) for name in _TOLD},
        "sources": dict(indicator.sources),
        "steps": dict(indicator.steps),
        "version_notes": dict(indicator.version_notes),
        "criteria": indicator.criteria,
        "bands": _bands(bands, indicator.unit, more=indicator.direction == "higher_is_better") if bands else None,
        "bearings": tuple(
            {
                "standard": OWN_STANDARD,
                "criterion": bearing.criterion,
                "in_line": bearing.rule.in_line if bearing.rule else None,
                "differs": bearing.rule.differs if bearing.rule else None,
            }
            for bearing in indicator.bearings
        ),
    }
