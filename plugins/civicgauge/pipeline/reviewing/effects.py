"""Registering, looking at and answering a question on a programme's effect: each with its row in the audit.

A question is written down, with time and digest, before any value after the programme's start is read. Every series
that somebody looked at or registered for a programme counts, and the interval that is judged widens with them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from civicgauge.effects.analysis import Analysis, analyse, difference
from civicgauge.effects.design import LEAST_EACH_SIDE
from civicgauge.effects.plan import Plan
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.effectdata import ReadAll, read_all, refuse_unfinished
from civicgauge.pipeline.reviewing.effectrows import bounds, kept_details, plan_row, result_row
from civicgauge.pipeline.reviewing.effectsaid import notes_of, tried, what_was_read
from civicgauge.review import said
from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.reviews import Act, ReviewDesk, Reviews


@dataclass(frozen=True)
class Looked:
    """The series before the start, and how many series of the programme were tried, this one too."""

    plan: Plan
    read: ReadAll
    series_tried: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """A question's answer as it was kept: its row, with the details as plain values.

    `earlier` are the answers before it; `tried_now` counts the series that are tried by now.
    """

    plan: Plan
    row: Row
    details: dict[str, Any]
    earlier: tuple[Row, ...]
    tried_now: int


def register(context: Context, plan: Plan, folder: Path, at: datetime) -> Looked:
    """Write the plan down, with what its series hold before the start alone.

    ConfigurationError where it cannot be used, or where a plan of that id is registered already.
    """
    by = said.role(plan.registered_by, "registered_by")
    read = _before(context, plan, folder)
    spec = plan.spec()
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        _refuse_known(desk, plan)
        count, notes = tried(desk, plan.city, plan.programme, plan.question()), notes_of(context, desk, plan, at)
        desk.add("effect_plan", plan_row(plan, spec, at, by, count))
        details = {
            "digest": plan.digest(),
            "before_digest": read.digest(),
            "points_before": len(read.treated.series.values),
            "series_tried": count,
            "said": list(notes),
        }
        desk.note(Act(at, by, "effect.registered", plan.id, plan.city, said.reason(plan.why, "why"), details))
    return Looked(plan, read, count, notes)


def look(context: Context, plan: Plan, folder: Path, at: datetime, by: str) -> Looked:
    """The series before the start; that somebody looked is counted."""
    by = said.role(by)
    read = _before(context, plan, folder)
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        count, notes = tried(desk, plan.city, plan.programme, plan.question()), notes_of(context, desk, plan, at)
        look_id = f"{plan.city}.{len(desk.rows('effect_look', city_id=plan.city)) + 1}"
        row = {
            "look_id": look_id,
            "city_id": plan.city,
            "programme": plan.programme,
            "series_digest": plan.question(),
            "looked_at": at,
            "by": by,
        }
        desk.add("effect_look", row)
        told = {"plan": plan.id, "tried": count, **what_was_read(plan)}
        desk.note(Act(at, by, "effect.looked", look_id, plan.city, None, told))
    return Looked(plan, read, count, notes)


def answer(context: Context, plan_id: str, folder: Path, at: datetime, by: str) -> Answered:
    """Read the whole series of a registered plan, keep what it says; ConfigurationError before the window is over."""
    by = said.role(by)
    with context.warehouse() as warehouse:
        plan, registered = plan_of(warehouse.reviews, plan_id)
        before_digest = _registered_before(warehouse.reviews, plan_id)
    read = read_all(context, plan, folder, plan.window.last)
    refuse_unfinished(plan, read, at.astimezone(context.city(plan.city).zone).date())
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        count = tried(desk, plan.city, plan.programme, plan.question())
        analysis = analysed(plan, read, count)
        details = kept_details(plan, read, analysis, notes_of(context, desk, plan, registered["registered_at"]))
        if before_digest not in (None, read.before().digest()):
            details["said"].append("the values before the start were revised since it was registered")
        earlier = tuple(desk.rows("effect_result", plan_id=plan.id))
        row = result_row(desk, (plan, read, analysis), details, count)
        row |= {"answered_at": at, "by": by}
        desk.add("effect_result", row)
        told = {name: row[name] for name in ("number", "verdict", "series_digest", "series_tried")}
        desk.note(Act(at, by, "effect.answered", plan.id, plan.city, row["reason"][:500], told))
    return Answered(plan, row, details, earlier, count)


def analysed(plan: Plan, read: ReadAll, tried: int) -> Analysis:
    """The analysis that the plan asks for."""
    treated = read.treated.series
    others = None
    if read.comparison:
        is_scaled = plan.comparison_scale == "mean_before"
        others = difference(treated, [each.series for each in read.comparison], is_scaled=is_scaled)
    return analyse(treated, plan.season, bounds(plan, read), others, tried)


def plan_of(reviews: Reviews, plan_id: str) -> tuple[Plan, Row]:
    """A registered plan and its row; ConfigurationError where there is none, or where it is not what was registered."""
    row = reviews.one("effect_plan", plan_id=plan_id)
    if row is None:
        there = ", ".join(each["plan_id"] for each in reviews.rows("effect_plan")[:20]) or "none"
        raise ConfigurationError(
            f"{plan_id}: no such plan is registered; there are {there}. `civicgauge effect register`"
        )
    plan = Plan.model_validate_json(row["spec"])
    if plan.digest() != row["digest"]:
        raise ConfigurationError(f"{plan_id}: the plan differs from its digest of {row['registered_at']:%Y-%m-%d}")
    return plan, row


# ---------------------------------------------------------------- parts


def _before(context: Context, plan: Plan, folder: Path) -> ReadAll:
    context.city(plan.city)
    read = read_all(context, plan, folder, plan.start - timedelta(days=1))
    if (n := len(read.treated.series.values)) < LEAST_EACH_SIDE:
        raise ConfigurationError(
            f"{plan.id}: {n} whole periods before the start; at least {LEAST_EACH_SIDE} are needed"
        )
    return read


def _refuse_known(desk: ReviewDesk, plan: Plan) -> None:
    known = desk.one("effect_plan", plan_id=plan.id)
    if known is None:
        return
    when = f"{plan.id}: registered already, on {known['registered_at']:%Y-%m-%d}"
    if known["digest"] == plan.digest():
        raise ConfigurationError(f"{when}, as it stands; `civicgauge effect answer {plan.id}`")
    raise ConfigurationError(f"{when}, and with other words; a changed plan is another plan: give it another id")


def _registered_before(reviews: Reviews, plan_id: str) -> str | None:
    """The digest of the series before the start when it was registered; None where the audit's words were taken out."""
    found = reviews.rows("audit", action="effect.registered", subject=plan_id)
    return json.loads(found[0]["details"])["before_digest"] if found and found[0]["details"] else None
