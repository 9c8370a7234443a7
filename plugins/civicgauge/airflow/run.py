"""Run the DAGs of cities, then publish and alert, through Airflow in one child process and a throw-away Airflow home.

`run_cities` is for the command line; `civicgauge.airflow.child` is what it starts. No scheduler serves the home
(`dag.test` in a served one runs tasks twice and clears old runs), no task is retried, and no other Airflow is touched.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from civicgauge.airflow.home import airflow_environment
from civicgauge.errors import CivicgaugeError, ConfigurationError

#: The DAGs that are run after those of the cities.
_LAST = ("publish", "alert")


class DagResult(TypedDict):
    """How one DAG ended.

    `city_id` is `publish` or `alert` for these DAGs; `day` is null where the run came to no plan. `state` is `success`,
    `failed`, or `skipped` where there was nothing to do. `outcome` is the word of the run table (`complete`, `partial`,
    `suspect`, `not_measured`, `failed`) or `no_snapshot`. `failed_tasks` maps each one to its error.
    """

    city_id: str
    day: str | None
    state: str
    outcome: str
    failed_tasks: dict[str, str]
    exit_code: int


def run_cities(
    city_ids: Sequence[str],
    as_of: str | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    verbose: bool = False,
) -> list[DagResult]:
    """Run the DAGs of `city_ids`, one after the other, then publish and alert; one result each, of these two if failed.

    `environ` is the environment to start from (the process's own). Progress goes to stderr, one line per task; with
    `verbose` Airflow's own logs too. ConfigurationError where the DAG files or the arguments cannot be used (the child
    has printed why); CivicgaugeError where Airflow itself broke.
    """
    with tempfile.TemporaryDirectory(prefix="civicgauge-airflow-") as folder:
        command = [sys.executable, "-m", "civicgauge.airflow.child", *city_ids]
        command += [f"--as-of={as_of}"] if as_of is not None else []
        command += ["--verbose"] if verbose else []
        environment = airflow_environment(Path(folder), os.environ if environ is None else environ)
        environment |= {"AIRFLOW__CIVICGAUGE__TASK_RETRIES": "0", "AIRFLOW__CIVICGAUGE__ASK_NAMED_TIMES": "True"}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    results: list[DagResult] = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode == ConfigurationError.exit_code and not results:
        raise ConfigurationError("The cities were not run; the reason is above.")
    if len(results) != len(city_ids) + len(_LAST):
        ending = f"signal {-done.returncode}" if done.returncode < 0 else f"exit code {done.returncode}"
        raise CivicgaugeError(f"Airflow ended before it was done ({ending}); what it said is above.")
    return [result for result in results if result["city_id"] not in _LAST or result["state"] == "failed"]
