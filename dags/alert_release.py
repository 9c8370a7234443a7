"""The Airflow DAG in which a person releases or drops what is held. Triggered by `alert`; wiring only."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import DAG, Param, task

from civicgauge.airflow import alerting
from civicgauge.airflow.notes import ALERT_RELEASE
from civicgauge.airflow.notifier import OperatorsNotifier
from civicgauge.airflow.question import DROP, RELEASE
from civicgauge.airflow.retries import retry_arguments

SHORT = timedelta(minutes=30)

with DAG(
    "alert_release",
    description="A person's word on messages that are held",
    doc_md=ALERT_RELEASE,
    schedule=None,
    start_date=pendulum.datetime(2020, 1, 1, tz="UTC"),
    catchup=False,
    is_paused_upon_creation=False,  # by itself it does nothing, and a question that is paused is asked of nobody
    tags={"civicgauge"},
    on_failure_callback=OperatorsNotifier(),
    # No time limit for all tasks: the one that waits for a person would fail by it.
    default_args=retry_arguments(60) | {"owner": "civicgauge"},
):
    seen = task(execution_timeout=SHORT, multiple_outputs=False)(alerting.look)()
    answered = HITLOperator(
        task_id="ask",
        subject="{{ ti.xcom_pull(task_ids='look')['subject'] }}",
        body="{{ ti.xcom_pull(task_ids='look')['body'] }}",
        options=[RELEASE, DROP],
        params={"reason": Param("", type="string", maxLength=500, description="Why; kept with the hold.")},
    )
    seen >> answered
    task(execution_timeout=SHORT, multiple_outputs=False)(alerting.apply)(seen, answered.output)
