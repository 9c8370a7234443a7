"""The Airflow DAG that tells cities and operators, every quarter of an hour. Wiring only; no message is written here.

decide -> deliver, which delivers what is queued whatever happened before. Beside it, claims -> look_again observes a
city once more that says that something is mended, and held -> ask asks a person about a hold. verdict is red where
any of them is.
"""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, CronTriggerTimetable, task

from civicgauge.airflow import alerting
from civicgauge.airflow.notes import ALERT
from civicgauge.airflow.notifier import OperatorsNotifier
from civicgauge.airflow.retries import retry_arguments
from civicgauge.airflow.schedule import quarterly

with DAG(
    "alert",
    description="Incidents decided from stored days; what is due to cities and operators delivered",
    doc_md=ALERT,
    schedule=CronTriggerTimetable(quarterly(), timezone="UTC"),
    start_date=pendulum.datetime(2020, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),  # a run that hangs must not hold back the next ones
    is_paused_upon_creation=None,
    tags={"civicgauge"},
    on_failure_callback=OperatorsNotifier(once_a="day"),
    default_args=retry_arguments(60) | {"owner": "civicgauge", "execution_timeout": timedelta(minutes=30)},
):
    decided = task(multiple_outputs=False)(alerting.decide)()
    delivered = task(trigger_rule="all_done", multiple_outputs=False)(alerting.deliver)()
    claims = task(multiple_outputs=False)(alerting.claims)()
    looks = TriggerDagRunOperator.partial(
        task_id="look_again",
        logical_date=None,  # it is about the day on which it runs, and two of one moment do not get in each other's way
        skip_when_already_exists=True,
        map_index_template="{{ task.trigger_dag_id }}",
    ).expand_kwargs(claims)
    hold_id = task(trigger_rule="all_done", multiple_outputs=False)(alerting.held)()
    asked = TriggerDagRunOperator(
        task_id="ask",
        trigger_dag_id="alert_release",
        trigger_run_id="{{ ti.xcom_pull(task_ids='held') }}",  # once for each hold: the second trigger is skipped
        conf={"hold_id": "{{ ti.xcom_pull(task_ids='held') }}"},
        logical_date=None,
        skip_when_already_exists=True,
    )
    last = task(trigger_rule="all_done", execution_timeout=timedelta(minutes=5))(alerting.verdict)()
    decided >> delivered >> last
    decided >> hold_id >> asked >> last
    looks >> last
