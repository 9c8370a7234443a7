"""Airflow runs a task again on other days than the plan was made for; what of the plan still holds. Without I/O."""

from __future__ import annotations

from datetime import date

from civicgauge.pipeline import Plan

BACKFILL = "backfill"


def as_things_stand(plan: Plan, today: date, run_type: str, clear_number: int, *, asks_named_times: bool) -> Plan:
    """The plan as it holds on the city's local day `today`, in a run that was cleared `clear_number` times.

    A portal is asked only for the current local day, or once for a time that `civicgauge run` names (DESIGN rule 12;
    `asks_named_times`). So a backfill loads what is stored; and so does a run that was cleared on a later day, even
    where only its snapshot was cleared and the plan is the old one; a run for an earlier day that was named by hand;
    and a cleared run for a named time. A cleared run commits an attempt of its own.
    """
    is_now = plan["day"] == today.isoformat()
    is_named = asks_named_times and plan["as_of"] is not None and not clear_number
    run_id = f"{plan['run_id']}-{clear_number}" if clear_number else plan["run_id"]
    return {**plan, "run_id": run_id, "ask": plan["ask"] and (is_now or is_named) and run_type != BACKFILL}
