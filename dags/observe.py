"""One Airflow DAG per city file: `observe__<city_id>`. Wiring only; what a stage does is in civicgauge.pipeline.

plan -> snapshot (one per portal) -> pull (one per chosen dataset) -> land -> validate -> measure -> commit, and verdict
at the end of whatever happened. Beside pull, links (one per portal) asks for what the datasets link to.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import DAG, CronTriggerTimetable, Param, get_parsing_context, task

from civicgauge.airflow import stages
from civicgauge.airflow.notes import observe_notes
from civicgauge.airflow.notifier import OperatorsNotifier
from civicgauge.airflow.pulls import PullOperator
from civicgauge.airflow.retries import retry_arguments
from civicgauge.airflow.schedule import daily, measurements_asset, needed_cities, only_pool, snapshot_asset
from civicgauge.model import City


def build(city: City) -> DAG:
    """The DAG of one city."""
    cron, arguments = daily(city.id), retry_arguments()
    with DAG(
        f"observe__{city.id}",
        description=f"The open-data practice of {city.name}, observed every day",
        doc_md=observe_notes(city, cron, arguments["retries"]),
        schedule=CronTriggerTimetable(cron, timezone=city.time_zone),
        start_date=pendulum.datetime(2020, 1, 1, tz=city.time_zone),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=20),  # a run that hangs must not hold back the next day's
        # None leaves it to Airflow's own `dags_are_paused_at_creation`, which is true unless somebody changed it: a new
        # city file then asks no portal before a person says so.
        is_paused_upon_creation=None,
        tags={"civicgauge", city.country, *filter(None, [city.state]), *(portal.kind for portal in city.portals)},
        params={"as_of": Param(None, type=["null", "string"], description="A time or a day to observe; empty: today.")},
        on_failure_callback=OperatorsNotifier(),
        default_args=arguments | {"owner": "civicgauge", "execution_timeout": timedelta(minutes=30)},
    ) as dag:
        outlet = measurements_asset(city.id)
        plan = task(execution_timeout=timedelta(minutes=5), multiple_outputs=False)(stages.plan)(city.id)
        snapshots = (
            task(
                map_index_template="{{ portal_id }}",
                max_active_tis_per_dag=min(portal.concurrency for portal in city.portals),
                execution_timeout=timedelta(hours=1),
                outlets=[snapshot_asset(city.id, portal.id) for portal in city.portals],
                multiple_outputs=False,
                **only_pool(city),
            )(stages.snapshot)
            .partial(plan=plan)
            .expand(portal_id=[portal.id for portal in city.portals])
        )
        catalog = task(trigger_rule="all_done")(stages.land)(plan)
        snapshots >> catalog
        if city.datasets:
            snapshots >> pulls(city, plan) >> catalog
        if linked := [portal.id for portal in city.portals if portal.links_per_day]:
            snapshots >> links(linked, plan) >> catalog
        results = task(execution_timeout=timedelta(hours=1))(stages.validate)(plan, catalog)
        measured = task(stages.measure)(plan, results)
        loaded = task(outlets=[outlet])(stages.commit)(plan, measured, outlet.uri)
        last = task(trigger_rule="all_done", execution_timeout=timedelta(minutes=5))(stages.verdict)(plan)
        loaded >> last
    return dag


def pulls(city: City, plan: Any) -> Any:
    """One task for each chosen dataset, named by its title once that is known."""
    return PullOperator.partial(
        task_id="pull",
        python_callable=stages.pull,
        op_kwargs={"plan": plan},
        map_index_template="{{ dataset_title | default(task.op_args[0], true) }}",
        max_active_tis_per_dag=min(portal.concurrency for portal in city.portals),
        execution_timeout=timedelta(hours=4),
        trigger_rule="all_done",
        **only_pool(city),
    ).expand(op_args=[[f"{chosen.portal}/{chosen.id}"] for chosen in city.datasets])


def links(portal_ids: list[str], plan: Any) -> Any:
    """One task for each portal whose links are asked for; one after another: they may lead to the same hosts."""
    return (
        task(
            map_index_template="{{ portal_id }}",
            max_active_tis_per_dag=1,
            execution_timeout=timedelta(hours=1),
            trigger_rule="all_done",
            multiple_outputs=False,
        )(stages.links)
        .partial(plan=plan)
        .expand(portal_id=portal_ids)
    )


for _city in needed_cities(get_parsing_context().dag_id):
    globals()[f"observe__{_city.id}"] = build(_city)
