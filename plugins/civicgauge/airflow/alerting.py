"""The tasks of the DAGs `alert` and `alert_release`, as Airflow calls them. The clock is read here, and nowhere below.

A message that cannot be sent is a result, which stands in the outbox; a task is red only where we failed ourselves.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowRuntimeError, AirflowSkipException, AirflowTaskTimeout

from civicgauge import pipeline
from civicgauge.airflow.connections import resolve
from civicgauge.airflow.question import DROP, body_of, responder, subject_of
from civicgauge.airflow.schedule import PREFIX
from civicgauge.airflow.verdict import NOTE, Note, failures
from civicgauge.errors import CivicgaugeError, ConfigurationError

log = logging.getLogger("civicgauge.airflow")

#: In the conf of a run by `civicgauge run`, whose Airflow ends with it: it triggers nothing that would never be run.
NO_TRIGGERS = "no_triggers"
TASKS = ("decide", "deliver", "claims", "look_again", "held", "ask")


def decide() -> dict[str, Any]:
    """Decide the stored days and queue what is due."""
    with _noted():
        told = pipeline.decide_and_tell(datetime.now(UTC))
    log.info("%d city-days decided, %d messages to cities queued", told["decided"], told["queued"])
    for line in told["ops"]:
        log.info("operators: %s", line)
    if told["hold"]:
        log.warning("everything to cities is held (%s) until a person answers in alert_release", told["hold"])
    return told


def deliver() -> dict[str, Any]:
    """Deliver what is queued and due."""
    ti = get_current_context()["ti"]
    with _noted():
        # the id of a task instance is new at every try; a sender's name must be that of no other sender
        report = pipeline.deliver(datetime.now(UTC), f"airflow:{ti.id}:{ti.try_number}", resolve)
    log.info("%s", ", ".join(f"{value} {name}" for name, value in report.items() if isinstance(value, int) and value))
    for message_id, channel, problem in report["problems"]:
        log.warning("message %s %s: %s", message_id or "-", channel, problem)
    return report


def claims() -> list[dict[str, str]]:
    """The runs to trigger for cities that say that something is mended; skips where there are none."""
    _refuse_triggers()
    with _noted():
        found = pipeline.claims_to_look_at(datetime.now(UTC))
        runs = [
            {"trigger_dag_id": f"{PREFIX}{city_id}", "trigger_run_id": run_id}
            for city_id, run_id in found.items()
            if _is_running(f"{PREFIX}{city_id}")
        ]
    if not runs:
        raise AirflowSkipException("no city says so since its portals were last asked")
    return runs


def _is_running(dag_id: str) -> bool:
    """Whether a triggered run would be run: of a paused DAG one would be left for every day of the pause."""
    try:
        is_paused = bool(get_current_context()["ti"].get_dag(dag_id).is_paused)
    except AirflowRuntimeError as error:  # not read yet, or its city file is gone
        log.warning("%s cannot be triggered: %s", dag_id, error)
        return False
    if is_paused:
        log.info("%s is paused: what its city says to have mended is looked at when it runs again", dag_id)
    return not is_paused


def held() -> str:
    """The id of the hold that a person is asked about; skips where none stands."""
    _refuse_triggers()
    with _noted():
        hold = pipeline.open_hold()
    if hold is None:
        raise AirflowSkipException("nothing is held")
    return str(hold["hold_id"])


def verdict() -> None:
    """Fail, naming what failed, where any task of the run did; Airflow itself goes by the last ones alone."""
    run, ti = get_current_context()["dag_run"], get_current_context()["ti"]
    states = ti.get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])[run.run_id]
    others = {task: state for task, state in states.items() if task != ti.task_id}
    notes = [Note(**left) for left in ti.xcom_pull(task_ids=list(TASKS), key=NOTE) or [] if left]
    if told := failures(others, notes):
        raise CivicgaugeError("; ".join(told))


def _refuse_triggers() -> None:
    if (get_current_context()["dag_run"].conf or {}).get(NO_TRIGGERS):
        raise AirflowSkipException("this Airflow ends with the run: it triggers nothing")


# ---------------------------------------------------------------- alert_release


def look() -> dict[str, str]:
    """What a person is asked: subject, and body in Markdown. Skips where nothing is held (any more)."""
    asked = (get_current_context()["dag_run"].conf or {}).get("hold_id")
    with _noted():
        hold = pipeline.open_hold()
        if hold is None or asked not in (None, hold["hold_id"]):
            raise AirflowSkipException((asked and pipeline.hold_ended(asked)) or "nothing is held")
    return {"hold_id": hold["hold_id"], "subject": subject_of(hold), "body": body_of(hold)}


def apply(look: Mapping[str, str], answer: Mapping[str, Any]) -> str:
    """Do what the person chose. Skips with words where the hold was ended otherwise meanwhile."""
    hold_id, (chosen,) = look["hold_id"], answer["chosen_options"]
    reason = str((answer.get("params_input") or {}).get("reason") or "").strip() or None
    with _noted():
        try:
            told = pipeline.release_hold(
                hold_id, datetime.now(UTC), responder(answer), drop=chosen == DROP, reason=reason
            )
        except ConfigurationError:
            if ended := pipeline.hold_ended(hold_id):
                raise AirflowSkipException(f"{ended}; this answer changed nothing") from None
            raise
    log.info("%s", told)
    return told


@contextmanager
def _noted() -> Iterator[None]:
    """Leave a note on what went wrong for *verdict* and for operators, and let the error pass."""
    try:
        yield
    except AirflowSkipException:
        raise
    except (Exception, AirflowTaskTimeout) as error:
        ti = get_current_context()["ti"]
        ti.xcom_push(NOTE, Note.of(ti.task_id, None, error).as_dict())
        raise
