"""The hourly Airflow DAG that publishes what was committed since its cursor. Wiring only."""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import DAG, CronTriggerTimetable, task

from civicgauge.airflow import stages
from civicgauge.airflow.notes import PUBLISH
from civicgauge.airflow.notifier import OperatorsNotifier
from civicgauge.airflow.retries import retry_arguments
from civicgauge.airflow.schedule import hourly

with DAG(
    "publish",
    description="Tables and pages for the city-days committed since the last time",
    doc_md=PUBLISH,
    schedule=CronTriggerTimetable(hourly(), timezone="UTC"),
    start_date=pendulum.datetime(2020, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=None,
    tags={"civicgauge"},
    on_failure_callback=OperatorsNotifier(once_a="day"),
    # All tables of 1,000 cities may take longer than an hour; the next run waits until this one has ended.
    default_args=retry_arguments() | {"owner": "civicgauge", "execution_timeout": timedelta(hours=6)},
):
    task(multiple_outputs=False)(stages.publish)()
