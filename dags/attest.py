"""The Airflow DAG by which a city or staff attest a criterion, and a second person approves it. Wiring only."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import DAG, Param, task

from civicgauge.airflow import attesting
from civicgauge.airflow.attestform import form
from civicgauge.airflow.attestquestion import APPROVE, LEAVE, REASON, REFUSE, ROLE
from civicgauge.airflow.notes import ATTEST
from civicgauge.airflow.notifier import OperatorsNotifier
from civicgauge.airflow.retries import retry_arguments

SHORT = timedelta(minutes=30)

with DAG(
    "attest",
    description="What only people can tell of a criterion, with a proof and a second person",
    doc_md=ATTEST,
    schedule=None,
    start_date=pendulum.datetime(2020, 1, 1, tz="UTC"),
    catchup=False,
    is_paused_upon_creation=False,  # by itself it does nothing, and a question that is paused is asked of nobody
    tags={"civicgauge"},
    params=form(),
    on_failure_callback=OperatorsNotifier(),
    # No time limit for all tasks: the one that waits for a person would fail by it.
    default_args=retry_arguments(60) | {"owner": "civicgauge"},
):
    proposed = task(execution_timeout=SHORT, multiple_outputs=False)(attesting.propose)()
    answered = HITLOperator(
        task_id="ask",
        subject="{{ ti.xcom_pull(task_ids='propose')['subject'] }}",
        body="{{ ti.xcom_pull(task_ids='propose')['body'] }}",
        options=[APPROVE, REFUSE, LEAVE],
        defaults=LEAVE,  # so that nobody's answer is none, and not a failure
        response_timeout=timedelta(days=14),
        params={
            ROLE: Param("", type="string", title="Your role", description="Never a person's name or address."),
            REASON: Param("", type="string", title="Why", description="What you looked at, or why not; it is kept."),
        },
    )
    proposed >> answered
    task(execution_timeout=SHORT, multiple_outputs=False)(attesting.settle)(proposed, answered.output)
