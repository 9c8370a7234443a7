"""The task that pulls one dataset's rows, with links to the dataset on its portal and to its check results."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import BaseOperatorLink
from airflow.sdk.configuration import conf

from civicgauge import pipeline

log = logging.getLogger("civicgauge.airflow")


class PortalLink(BaseOperatorLink):  # type: ignore[misc] # Airflow is not analysed
    """Where people find the dataset."""

    name = "Dataset on its portal"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The dataset's page; the portal's, where the task did not come to it."""
        (dataset_key,) = operator.op_args
        pulled = ti_key.xcom_pull(task_ids=ti_key.task_id, map_indexes=ti_key.map_index)
        city_id = ti_key.dag_id.partition("__")[2]
        return pipeline.dataset_page(city_id, dataset_key, pulled["pull"] if pulled else None)


class ResultsLink(BaseOperatorLink):  # type: ignore[misc] # Airflow is not analysed
    """Where the checks of this run are judged; its log names what failed, dataset by dataset."""

    name = "Check results"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:  # noqa: ARG002 - the same
        """The run's validate task in Airflow."""
        root = conf.get("api", "base_url", fallback="").rstrip("/")
        return f"{root}/dags/{quote(ti_key.dag_id)}/runs/{quote(ti_key.run_id, safe='')}/tasks/validate"


class PullOperator(PythonOperator):  # type: ignore[misc] # Airflow is not analysed
    """Calls *pull* for the dataset key that is its one argument."""

    operator_extra_links = (PortalLink(), ResultsLink())
