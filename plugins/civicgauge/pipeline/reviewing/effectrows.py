"""The rows of registered questions and their answers, with everything that an answer keeps beside its verdict."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from civicgauge.effects.analysis import Analysis
from civicgauge.effects.plan import Plan
from civicgauge.effects.verdict import Bounds
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import method_version
from civicgauge.pipeline.reviewing.effectdata import ReadAll
from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.reviews import ReviewDesk

NO_STANCE = "No stance on a criterion follows from this without a review by staff."


def bounds(plan: Plan, read: ReadAll) -> Bounds:
    """The band in the outcome's unit; a share is one of the mean before the start."""
    before = read.treated.series.before().values
    one = abs(sum(before) / len(before)) if plan.band.of == "share" else 1.0
    if one == 0:
        raise ConfigurationError(
            f"{plan.id}: band: a share of the mean before the start, which is 0; give the band in units"
        )
    return Bounds(plan.band.low * one, plan.band.high * one, plan.unit, plan.direction == "higher_is_better")


def plan_row(plan: Plan, spec: Mapping[str, Any], at: datetime, by: str, tried: int) -> Row:
    """The row of `effect_plan`."""
    return {
        "plan_id": plan.id,
        "city_id": plan.city,
        "programme": plan.programme,
        "outcome": plan.outcome,
        "source": json.dumps(spec["source"], sort_keys=True),
        "unit": plan.unit,
        "frequency": plan.frequency,
        "first_on": plan.window.first,
        "starts_on": plan.start,
        "last_on": plan.window.last,
        "direction": plan.direction,
        "band_low": plan.band.low,
        "band_high": plan.band.high,
        "comparison": json.dumps(spec["comparison"], sort_keys=True),
        "spec": json.dumps(spec, sort_keys=True),
        "digest": plan.digest(),
        "registered_at": at,
        "registered_by": by,
        "series_tried": tried,
    }


def kept_details(plan: Plan, read: ReadAll, analysis: Analysis, late: tuple[str, ...]) -> dict[str, Any]:
    """What is kept beside the verdict, with the series themselves: anyone can reckon it again."""
    band = bounds(plan, read)
    every = (read.treated, *read.comparison)
    return {
        **analysis.details,
        "judged": analysis.judged.as_dict() if analysis.judged else None,
        "would_change": analysis.verdict.would_change,
        "smallest_seen": analysis.verdict.smallest_seen,
        "band": [band.low, band.high],
        "series": [
            {
                "name": each.name,
                "origin": each.origin,
                "values": list(each.series.values),
                "notes": list(each.series.notes),
            }
            for each in every
        ],
        "periods": read.treated.series.labels,
        "said": list(late),
        "stance": NO_STANCE,
    }


def result_row(desk: ReviewDesk, found: tuple[Plan, ReadAll, Analysis], details: Mapping[str, Any], tried: int) -> Row:
    """The row of `effect_result`, without its time and role."""
    plan, read, analysis = found
    series, effect = read.treated.series, analysis.effect
    return {
        "plan_id": plan.id,
        "number": len(desk.rows("effect_result", plan_id=plan.id)) + 1,
        "city_id": plan.city,
        "verdict": analysis.verdict.verdict,
        "reason": analysis.verdict.reason,
        "estimate": effect.value if effect else None,
        "estimate_low": effect.low if effect else None,
        "estimate_high": effect.high if effect else None,
        "n_before": series.n_before,
        "n_after": len(series.values) - series.n_before,
        "details": json.dumps(details, sort_keys=True),
        "series_digest": read.digest(),
        "series_tried": tried,
        "method_version": method_version(),
    }
