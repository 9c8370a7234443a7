"""The wiring of alerts for DAGs and commands, beside that of `civicgauge.pipeline`: small values, light imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from civicgauge.alerts.channels import Connection


def decide_and_tell(now: datetime) -> dict[str, Any]:
    """Decide the stored days and queue what is due; returns {"decided", "queued", "hold", "ops"}: two counts, the id
    of the hold that stands or None, the lines that operators are told. Nothing is sent here."""
    from civicgauge.pipeline.alerting import running
    from civicgauge.pipeline.context import Context

    turn = running.turn(Context.from_environment(), now)
    hold = turn.hold["hold_id"] if turn.hold else None
    return {"decided": turn.decided, "queued": len(turn.queued), "hold": hold, "ops": list(turn.ops)}


def deliver(now: datetime, owner: str, connection: Callable[[str], Connection | None]) -> dict[str, Any]:
    """Deliver what is due; returns the counts and problems of `SendReport`. What cannot be sent is no error here.

    `owner` is a name that no other sender ever has; `connection` gives an Airflow connection by its name.
    """
    from dataclasses import fields

    from civicgauge.pipeline.context import Context
    from civicgauge.pipeline.sending import send_due

    report = send_due(Context.from_environment(), now, owner=owner, connection=connection)
    told = {field.name: getattr(report, field.name) for field in fields(report)}
    return told | {"by_channel": dict(report.by_channel), "problems": [list(problem) for problem in report.problems]}


def claims_to_look_at(now: datetime) -> dict[str, str]:
    """The cities to be observed once more today, because they say that something is mended; each with the run's id."""
    from civicgauge.pipeline.alerting import claims
    from civicgauge.pipeline.alerting.source import Stored
    from civicgauge.pipeline.context import Context

    context = Context.from_environment()
    with context.warehouse() as warehouse:
        return claims.to_look_at(Stored(context), warehouse, now)


def open_hold() -> dict[str, Any] | None:
    """What a person needs to judge the hold that stands; None where none does."""
    from civicgauge.pipeline.alerting import asking
    from civicgauge.pipeline.alerting.source import Stored
    from civicgauge.pipeline.context import Context

    context = Context.from_environment()
    with context.warehouse() as warehouse:
        return asking.standing(Stored(context), warehouse)


def hold_ended(hold_id: str) -> str | None:
    """What came of a hold that stands no more, in words; None for one that is open or unknown."""
    from civicgauge.pipeline.alerting import asking
    from civicgauge.pipeline.context import Context

    with Context.from_environment().warehouse() as warehouse:
        return asking.ended(warehouse, hold_id)


def release_hold(hold_id: str, now: datetime, by: str, *, drop: bool, reason: str | None = None) -> str:
    """End a hold by the word of `by` (a role or an id, no name): what was held goes out, or is dropped; in words.

    ConfigurationError where no hold of that id is open.
    """
    from civicgauge.pipeline.alerting import asking
    from civicgauge.pipeline.context import Context

    with Context.from_environment().warehouse() as warehouse:
        return asking.release(warehouse, hold_id, at=now, by=by, drop=drop, reason=reason)


def tell_operators(subject: str, lines: Sequence[str], slot: str, now: datetime) -> list[str]:
    """Queue a message to every operators' contact, once for each `slot`; the ids of what was queued now."""
    from civicgauge.pipeline.alerting import operations
    from civicgauge.pipeline.context import Context

    context = Context.from_environment()
    with context.warehouse() as warehouse, warehouse.alerts.desk("") as desk:
        return operations.tell_operators(desk, context.settings, subject, lines, slot=slot, at=now)


def tell_operators_directly(
    subject: str, lines: Sequence[str], slot: str, now: datetime, connection: Callable[[str], Connection | None]
) -> list[str]:
    """The same past the warehouse, where that cannot be used; the channels that took it."""
    from civicgauge.pipeline.alerting import direct
    from civicgauge.pipeline.context import Context

    return direct.tell_directly(Context.from_environment().settings, subject, lines, slot, now, connection)


def run_outcome(city_id: str, airflow_run_id: str, now: datetime) -> str | None:
    """How the last attempt of an Airflow run of a city ended, by the run table; None where it says nothing.

    None as well for a day of longer ago than operators are told of by `alert`.
    """
    from civicgauge.pipeline.alerting.matters import RECENT_DAYS
    from civicgauge.pipeline.context import Context

    since = (now - timedelta(days=RECENT_DAYS - 1)).date()  # a day less: `alert` looks a while later
    with Context.from_environment().warehouse() as warehouse:
        told = [run for run in warehouse.runs(city_id, since=since) if run.airflow_run_id == airflow_run_id]
    return max(told, key=lambda run: run.ended_at).outcome if told else None


def run_problem(city_id: str, airflow_run_id: str) -> str | None:
    """What the run table says went wrong in an Airflow run of a city; None where it says nothing."""
    from civicgauge.pipeline.context import Context

    with Context.from_environment().warehouse() as warehouse:
        told = [run.problem for run in warehouse.runs(city_id) if run.airflow_run_id == airflow_run_id and run.problem]
    return told[-1] if told else None
