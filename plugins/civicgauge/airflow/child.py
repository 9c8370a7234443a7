"""The child process of `civicgauge run`: `python -m civicgauge.airflow.child CITY... [--as-of T] [--verbose]`.

Its environment is that of `home.airflow_environment`. One line per task goes to stderr, one line of JSON per DAG to
stdout. Exit code 0, 2 for configuration, 3 for a portal, 70 for our own fault.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from airflow.listeners import hookimpl

from civicgauge.airflow.alerting import NO_TRIGGERS
from civicgauge.airflow.run import DagResult
from civicgauge.airflow.schedule import PREFIX
from civicgauge.errors import CivicgaugeError, ConfigurationError, worst

if TYPE_CHECKING:
    from airflow.sdk import DAG

PUBLISH, ALERT = "publish", "alert"
_Hook = TypeVar("_Hook", bound=Callable[..., None])
_heard: Callable[[_Hook], _Hook] = hookimpl  # Airflow's marker has no types
_LOG_TAIL = 60


class Watcher:
    """Listens to Airflow while one DAG runs: prints a line as each task ends, and keeps what the result is made of."""

    def __init__(self, name: str, progress: TextIO) -> None:
        self._name, self._progress = name, progress
        self._began = time.monotonic()
        self._left: dict[str, Any] = {}
        self._failed: dict[str, BaseException | str | None] = {}

    @_heard
    def on_task_instance_running(self, previous_state: Any, task_instance: Any) -> None:  # noqa: ARG002
        """Remember when the task began."""
        self._began = time.monotonic()

    @_heard
    def on_task_instance_success(self, previous_state: Any, task_instance: Any) -> None:  # noqa: ARG002
        """A task ended well; two of them leave what the result needs."""
        if task_instance.task_id in ("plan", "commit"):
            self._left[task_instance.task_id] = task_instance.xcom_pull(task_ids=task_instance.task_id)
        self._say(task_instance, "ok")

    @_heard
    def on_task_instance_skipped(self, previous_state: Any, task_instance: Any) -> None:  # noqa: ARG002
        """A task skipped itself."""
        self._say(task_instance, "skipped")

    @_heard
    def on_task_instance_failed(self, previous_state: Any, task_instance: Any, error: Any) -> None:  # noqa: ARG002
        """A task failed; its error decides the exit code."""
        self._failed[_name(task_instance)] = error
        self._say(task_instance, f"FAILED: {_text(error)}")

    def result(self, state: str) -> DagResult:
        """What the DAG came to, its end being `state`."""
        failed = {task: _text(error) for task, error in self._failed.items()}
        # The verdict only repeats what others failed of; alone it speaks of a task that was killed.
        causes = {task: error for task, error in self._failed.items() if task != "verdict"} or self._failed
        codes = [error.exit_code if isinstance(error, CivicgaugeError) else 70 for error in causes.values()]
        code = worst(codes) or (70 if state == "failed" else 0)
        is_portal = bool(causes) and all(task.startswith("snapshot") for task in causes)
        ending = {"failed": "not_measured" if is_portal else "failed", "skipped": "no_snapshot"}.get(state, state)
        day = self._left.get("plan", {}).get("day")
        outcome = self._left.get("commit", ending)
        return DagResult(city_id=self._name, day=day, state=state, outcome=outcome, failed_tasks=failed, exit_code=code)

    def _say(self, ti: Any, ending: str) -> None:
        subject = " ".join(filter(None, [self._name, self._left.get("plan", {}).get("day")]))
        took = time.monotonic() - self._began
        print(f"{subject}  {_name(ti)}  {took:.1f} s  {ending}", file=self._progress, flush=True)


def _text(error: BaseException | str | None) -> str:
    return f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else str(error)


def _name(ti: Any) -> str:
    mapped = ti.map_index is not None and ti.map_index >= 0
    return f"{ti.task_id}[{ti.rendered_map_index or ti.map_index}]" if mapped else str(ti.task_id)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the named cities, publish and tell; the exit code."""
    parser = argparse.ArgumentParser(prog="civicgauge.airflow.child")
    parser.add_argument("cities", nargs="+")
    parser.add_argument("--as-of")
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args(argv)
    results, progress, log = _own_streams(verbose=asked.verbose)
    try:
        return _run(asked.cities, asked.as_of, results, progress)
    except ConfigurationError as error:
        print(error, file=progress)
        return error.exit_code
    except Exception:
        tail = log.read_text(errors="replace").splitlines()[-_LOG_TAIL:] if log.exists() else []
        print("\n".join(tail), traceback.format_exc(), sep="\n", file=progress)
        return CivicgaugeError.exit_code


def _own_streams(*, verbose: bool) -> tuple[TextIO, TextIO, Path]:
    """Streams for results and progress; whatever else writes to 1 or 2 goes to a file, or to stderr if `verbose`."""
    results, progress = os.fdopen(os.dup(1), "w"), os.fdopen(os.dup(2), "w")
    log = Path(os.environ["AIRFLOW_HOME"]) / "run.log"
    sink = os.dup(2) if verbose else os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    return results, progress, log


def _run(city_ids: Sequence[str], as_of: str | None, results: TextIO, progress: TextIO) -> int:
    from airflow.sdk.listener import get_listener_manager
    from airflow.utils.db import initdb

    dags = _dags(city_ids)
    initdb()
    codes = []
    for name, dag in dags.items():
        watcher = Watcher(name, progress)
        get_listener_manager().clear()
        get_listener_manager().add_listener(watcher)
        ended = dag.test(run_conf=_conf(name, as_of))
        result = watcher.result(_state(ended))
        print(json.dumps(result), file=results, flush=True)
        codes.append(result["exit_code"])
    return worst(codes)


def _conf(name: str, as_of: str | None) -> dict[str, Any] | None:
    if name == ALERT:
        return {NO_TRIGGERS: True}
    return {"as_of": as_of} if as_of is not None and name != PUBLISH else None


def _dags(city_ids: Sequence[str]) -> dict[str, DAG]:
    """The DAGs to run, publish and alert last; ConfigurationError names every city without one, every file in error."""
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag()
    wanted = {city_id: f"{PREFIX}{city_id}" for city_id in city_ids} | {PUBLISH: PUBLISH, ALERT: ALERT}
    missing = [name for name, dag_id in wanted.items() if dag_id not in bag.dags]
    if missing:
        problems = [f"{name}: there is no such city, or its file is wrong" for name in missing]
        raise ConfigurationError("Not run:", (*problems, *bag.import_errors.values()))
    return {name: bag.dags[dag_id] for name, dag_id in wanted.items()}


def _state(ended: Any) -> str:
    """`skipped` where the run's last task was skipped, else the run's state."""
    states = {ti.task_id: str(ti.state) for ti in ended.get_task_instances()}
    last = states.get("verdict") or states.get("publish")
    return "skipped" if last == "skipped" else str(ended.state)


if __name__ == "__main__":
    raise SystemExit(main())
