"""What Airflow makes of the DAG folder, as JSON: `python -m tests.airflow.dagfacts [observe__<city>]`.

A process of its own, for Airflow reads its configuration once, when it is first imported. With a DAG id it reads the
one file, as a task's process does.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

HEAVY = ("pandas", "great_expectations", "pyarrow", "requests", "holidays", "alembic", "civicgauge.warehouse")


def dag_facts(dag: Any) -> dict[str, Any]:
    """What the tests ask about a DAG."""
    return {
        "tags": sorted(dag.tags),
        "doc": dag.doc_md,
        "schedule": [
            type(dag.timetable).__name__,
            getattr(dag.timetable, "expression", None),
            str(getattr(dag.timetable, "timezone", None)),
        ],
        "zone": str(dag.timezone),
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "paused": dag.is_paused_upon_creation,
        "params": dag.params.dump(),
        "form": {name: form_field(dag.params.get_param(name)) for name in dag.params},
        "tells_operators": type(dag.on_failure_callback).__name__,
        "tasks": {task.task_id: task_facts(task) for task in dag.tasks},
    }


def form_field(param: Any) -> dict[str, Any]:
    """What the form of a DAG says of a field."""
    return {**param.schema, "description": param.description}


def task_facts(task: Any) -> dict[str, Any]:
    """What the tests ask about a task, mapped or not."""
    return {
        "retries": task.retries,
        "delay": task.retry_delay.total_seconds(),
        "timeout": task.execution_timeout.total_seconds() if task.execution_timeout else None,
        "has_policy": task.retry_policy is not None,
        "rule": str(getattr(task.trigger_rule, "value", task.trigger_rule)),
        "upstream": sorted(task.upstream_task_ids),
        "outlets": [asset.uri for asset in task.outlets],
        "pool": task.pool,
        "at_once": task.max_active_tis_per_dag,
        "names": getattr(task, "map_index_template", None) if task.is_mapped else None,
        "portals": portals(task),
        "owner": task.owner,
        "question": question(task),
    }


def question(task: Any) -> dict[str, Any] | None:
    """What a task asks a person, and what happens without an answer; None where it asks nothing."""
    if not hasattr(task, "response_timeout"):
        return None
    told = {"options": task.options, "defaults": task.defaults, "fields": list(task.params)}
    return told | {"timeout": task.response_timeout.total_seconds() if task.response_timeout else None}


def portals(task: Any) -> list[str] | None:
    """The portals that a task is mapped over; None where it is not."""
    mapped = getattr(task, "op_kwargs_expand_input", None) if task.is_mapped else None
    return mapped.value.get("portal_id") if mapped else None


def policy_facts() -> dict[str, str]:
    """What the retry policy does with each error of ours, and with one that is not ours."""
    from civicgauge import errors
    from civicgauge.airflow.retries import RETRY_POLICY

    classes = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]
    made = [kind("x") for kind in classes] + [KeyError("x")]
    return {type(error).__name__: RETRY_POLICY.evaluate(error, 1, 2).action.value for error in made}


def main() -> None:
    """Print the facts."""
    opened: list[str] = []
    wanted = sys.argv[1] if len(sys.argv) > 1 else None
    if wanted:
        os.environ["_AIRFLOW_PARSING_CONTEXT_DAG_ID"] = wanted
    from airflow.configuration import conf
    from airflow.dag_processing.dagbag import DagBag

    sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
    folder = Path(conf.get("core", "dags_folder"))
    bag = DagBag(folder / "observe.py" if wanted else folder)
    facts = {
        "dags": {dag_id: dag_facts(dag) for dag_id, dag in bag.dags.items()},
        "errors": {Path(name).name: text for name, text in bag.import_errors.items()},
        "heavy": [name for name in HEAVY if name in sys.modules],
        "city_files": sorted({Path(name).stem for name in opened if name.endswith(".yml")}),
        "paused_by_airflow": conf.getboolean("core", "dags_are_paused_at_creation"),
        "policy": policy_facts(),
    }
    print("\n" + json.dumps(facts))


if __name__ == "__main__":
    main()
