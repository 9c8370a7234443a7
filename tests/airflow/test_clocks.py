"""A portal is asked only for the current local day, or once for a time that was named (DESIGN rule 12)."""

from __future__ import annotations

from datetime import date

import pytest

from civicgauge.airflow.clocks import as_things_stand
from civicgauge.pipeline import Plan

TODAY, LATER = date(2026, 6, 30), date(2026, 7, 1)


def plan(*, as_of: str | None = None, ask: bool = True) -> Plan:
    """A plan of 30 June."""
    return Plan(
        city_id="alpha",
        day="2026-06-30",
        as_of=as_of,
        ask=ask,
        run_id="alpha.1",
        started_at="2026-06-30T09:00:00+00:00",
        airflow_dag_id="observe__alpha",
        airflow_run_id="r",
    )


NAMED = plan(as_of="2026-06-30T12:00:00+00:00")


@pytest.mark.parametrize(
    ("made", "today", "run_type", "cleared", "asks"),  # as `civicgauge run` sets it: named times are asked for
    [
        (plan(), TODAY, "scheduled", 0, True),
        (plan(), TODAY, "scheduled", 2, True),  # cleared on the same day: it is still today
        (plan(), LATER, "scheduled", 1, False),  # only the snapshot was cleared; the plan is yesterday's
        (plan(), LATER, "scheduled", 0, False),  # a retry that comes after midnight
        (plan(ask=False), TODAY, "manual", 0, False),
        (plan(), TODAY, "backfill", 0, False),
        (NAMED, LATER, "manual", 0, True),
        (NAMED, LATER, "manual", 1, False),
        (NAMED, TODAY, "manual", 1, True),
        (NAMED, LATER, "backfill", 0, False),
    ],
)
def test_who_is_asked(made: Plan, today: date, run_type: str, cleared: int, asks: bool) -> None:
    assert as_things_stand(made, today, run_type, cleared, asks_named_times=True)["ask"] is asks


def test_what_a_cleared_run_commits_is_an_attempt_of_its_own() -> None:
    ids = [
        as_things_stand(plan(), TODAY, "scheduled", number, asks_named_times=False)["run_id"] for number in (0, 1, 2)
    ]
    assert ids == ["alpha.1", "alpha.1-1", "alpha.1-2"]


def test_a_day_named_by_hand_in_a_served_airflow_is_asked_for_only_while_it_is_today() -> None:
    asked = [as_things_stand(NAMED, day, "manual", 0, asks_named_times=False)["ask"] for day in (TODAY, LATER)]
    assert asked == [True, False]
