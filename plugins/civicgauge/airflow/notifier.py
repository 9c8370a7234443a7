"""Operators are told of a DAG run that failed: `on_failure_callback=OperatorsNotifier()` on a DAG.

Airflow calls it in the DAG processor (in `civicgauge run`, in the process that runs the DAG), so that nothing heavy is
imported before it is called, and nothing is raised.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import quote

from airflow.sdk import BaseNotifier
from airflow.sdk.configuration import conf

from civicgauge.airflow.schedule import PREFIX
from civicgauge.airflow.verdict import NOTE, Note, failures

log = logging.getLogger("civicgauge.airflow")


class OperatorsNotifier(BaseNotifier):  # type: ignore[misc] # Airflow is not analysed
    """One message of operations for each failed run, or one a day of a DAG that runs every few minutes.

    None for a run that failed by portals alone: the DAG `alert` tells of these of the last days, grouped by portal.
    """

    def __init__(self, once_a: Literal["run", "day"] = "run") -> None:
        super().__init__()
        self._once_a = once_a

    def render_template_fields(self, context: Any, jinja_env: Any = None) -> None:
        """Nothing: no field is a template. In `dag.test` the context's DAG has no environment to render with."""

    def notify(self, context: Mapping[str, Any]) -> None:
        """Queue the message; past the outbox where the warehouse cannot be used. An error of ours is logged alone."""
        try:
            self._tell(context)
        except Exception:
            log.exception("operators could not be told of a failed run")

    def _tell(self, context: Mapping[str, Any]) -> None:
        from civicgauge import pipeline
        from civicgauge.airflow.connections import resolve

        now = datetime.now(UTC)
        dag_id, run_id = str(context["dag"].dag_id), str(context["run_id"])
        failed = _failures(context, dag_id, run_id)
        if _is_told_of_its_portals(dag_id, run_id, failed, now):
            log.info("%s %s: portals were not read; the DAG alert tells of that, grouped by portal", dag_id, run_id)
            return
        slot = f"{dag_id}|{run_id if self._once_a == 'run' else now.date().isoformat()}"
        subject = f"civicgauge operations: a run of {dag_id} failed"
        lines = [f"A run of the DAG {dag_id} failed: {run_id}", *_what_failed(context, dag_id, run_id, failed)]
        if self._once_a == "day":
            lines.append("Further failures of this DAG are not told before tomorrow (UTC).")
        try:
            queued = pipeline.tell_operators(subject, lines, slot, now)
            log.info("%d messages to operators queued on %s %s", len(queued), dag_id, run_id)
        except Exception as error:
            log.exception("the outbox cannot be used; operators are told past it")
            lines.append(f"The warehouse could not be used for this message: {type(error).__name__}.")
            if not pipeline.tell_operators_directly(subject, lines, slot, now, resolve):
                log.error("nobody was told: %s", "; ".join(lines))  # noqa: TRY400 - the error stands above


def _is_told_of_its_portals(dag_id: str, run_id: str, failed: Sequence[str], now: datetime) -> bool:
    """Whether the run failed by portals that were not read alone, and its record says so.

    Many cities may share a portal: what the runs' records say of them is told by `alert`, once for all of a host.
    """
    from civicgauge import pipeline

    if not dag_id.startswith(PREFIX) or any(not line.startswith("portal ") for line in failed):
        return False
    try:
        return pipeline.run_outcome(dag_id.removeprefix(PREFIX), run_id, now) in ("partial", "not_measured")
    except Exception as error:
        log.warning("the run table cannot be read: %s", error)
        return False


def _what_failed(context: Mapping[str, Any], dag_id: str, run_id: str, failed: Sequence[str]) -> list[str]:
    lines = [f"  - {line}" for line in failed or _of_the_run_table(dag_id, run_id)]
    if not lines:
        lines = [f"  - {context.get('reason') or 'Airflow gives no reason'}"]
    root = conf.get("api", "base_url", fallback="").rstrip("/")
    where = f"{root}/dags/{quote(dag_id)}/runs/{quote(run_id, safe='')}" if root else "Airflow, under that DAG and run"
    return [*lines, f"Look at it: {where}"]


def _failures(context: Mapping[str, Any], dag_id: str, run_id: str) -> Sequence[str]:
    """What each failed task said of itself; nothing where no Airflow is there to be asked."""
    ti = context.get("ti")
    if ti is None:
        return []
    try:
        states = ti.get_task_states(dag_id=dag_id, run_ids=[run_id])[run_id]
        left = ti.xcom_pull(task_ids=_unmapped(states), key=NOTE)
    except Exception as error:
        log.info("the run's tasks cannot be asked about: %s", error)
        return []
    # The verdict repeats what others failed of; alone it speaks of what was killed.
    others = {task: state for task, state in states.items() if task != "verdict"}
    return failures(others, [Note(**note) for note in left or [] if note])


def _unmapped(states: Mapping[str, Any]) -> list[str]:
    """The ids of the tasks, without the numbers of their instances (`snapshot_0`)."""
    return sorted({task.rpartition("_")[0] if task.rpartition("_")[2].isdecimal() else task for task in states})


def _of_the_run_table(dag_id: str, run_id: str) -> list[str]:
    """What the verdict wrote down for a city's run."""
    from civicgauge import pipeline

    if not dag_id.startswith(PREFIX):
        return []
    try:
        told = pipeline.run_problem(dag_id.removeprefix(PREFIX), run_id)
    except Exception as error:
        log.warning("the run table cannot be read: %s", error)
        return []
    return [told] if told else []
