"""Reading the DAG files for so many cities: seconds of CPU, as the DAG processor and as a task's process reads them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from benchmarks._big_cities import city, write_files
from benchmarks._runs import run
from civicgauge.airflow.home import airflow_environment

_MEASURE = """
import json, sys, time
import airflow.sdk
from airflow.dag_processing.dagbag import DagBag
began = time.process_time()
bag = DagBag(sys.argv[1])
print(json.dumps({"cpu": time.process_time() - began, "dags": len(bag.dags), "errors": len(bag.import_errors)}))
"""


def measure(folder: Path, cities: int) -> dict[str, Any]:
    """`folder_cpu` of the whole DAG folder, `task_cpu` of the one DAG that a task needs; without the imports."""
    folder.mkdir(parents=True)
    write_files(folder / "cities", cities)
    around = airflow_environment(folder / "airflow", os.environ) | {
        "CIVICGAUGE_CITIES": str(folder / "cities"),
        "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "600",  # on a busy machine the usual 30 s end it
    }
    dags = Path(around["AIRFLOW__CORE__DAGS_FOLDER"])
    of_task = {"_AIRFLOW_PARSING_CONTEXT_DAG_ID": f"observe__{city(7).city_id}"}
    whole = run([sys.executable, "-c", _MEASURE, str(dags)], around)
    one = run([sys.executable, "-c", _MEASURE, str(dags / "observe.py")], around | of_task)
    if whole.said["errors"] or one.said["errors"]:
        raise SystemExit(f"{cities} cities: DAG files could not be read")
    said = {"cities": cities, "folder_cpu": whole.said["cpu"], "task_cpu": one.said["cpu"]}
    return {**said, "dags": whole.said["dags"], "peak_mib": whole.peak_mib}
