"""What Airflow itself costs for so many cities: a real scheduler with LocalExecutor on PostgreSQL, for a bounded time.

The DAGs are those of `dags/observe.py`, with stages that do nothing: what is measured is Airflow's share of a task.
Every DAG is due at once, which is the worst that can come. What Airflow says of itself is heard by StatsD; processor
seconds are the operating system's, by process.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import psycopg
from tests.airflow.headless import Headless, free_port

from benchmarks._big_cities import write_files
from civicgauge.settings import shipped

_NOTHING = '''"""The cities' DAGs with stages that do nothing."""

import runpy

from civicgauge.airflow import stages


def plan(city_id):
    return {"city_id": city_id, "day": "2026-06-30", "as_of": None, "ask": False, "run_id": f"{city_id}.2026-06-30"}


def snapshot(plan, portal_id):
    return {"portal_id": portal_id, "snapshot": f"raw/{plan['city_id']}/{portal_id}/2026-06-30/20260630T1200Z"}


def pull(dataset, plan):
    return {"dataset": dataset, "pull": f"pulls/{dataset}/2026-06-30/20260630T1200Z"}


def links(plan, portal_id):
    return {"portal_id": portal_id, "links": f"links/{plan['city_id']}/{portal_id}"}


def land(plan):
    return f"catalog/{plan['city_id']}/2026-06-30/20260630T1200Z"


def validate(plan, catalog):
    return catalog


def measure(plan, results):
    return results


def commit(plan, measured, outlet):
    return "complete"


def verdict(plan):
    return None


for stage in (plan, snapshot, pull, links, land, validate, measure, commit, verdict):
    setattr(stages, stage.__name__, stage)
globals().update({name: made for name, made in runpy.run_path(OBSERVE).items() if name.startswith("observe__")})
'''


@dataclass(slots=True)
class Orchestrated:
    """What was measured with so many cities. Seconds of CPU by component; rows and bytes of Airflow's own tables."""

    cities: int
    seconds: float = 0.0
    parsed: float = 0.0
    serialized_bytes: float = 0.0
    tasks: int = 0
    runs: int = 0
    tasks_of_a_run: float = 0.0
    loops: list[float] = field(default_factory=list)
    critical: list[float] = field(default_factory=list)
    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    transactions: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    bytes_of: dict[str, int] = field(default_factory=dict)
    finished: list[int] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Tasks a second, without the first and the last stretch."""
        whole = self.finished[1:-1] or self.finished
        return sum(whole) / (len(whole) * STRETCH) if whole else 0.0


STRETCH = 20.0


@contextmanager
def listening(port: int, heard: dict[str, list[float]]) -> Iterator[None]:
    """Hear StatsD on a port: every timing by its name, in `heard`."""
    ended = threading.Event()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", port))
        ear.settimeout(0.5)

        def hear() -> None:
            while not ended.is_set():
                try:
                    text = ear.recv(65_536).decode(errors="replace")
                except TimeoutError:
                    continue
                for line in text.splitlines():
                    name, _, rest = line.partition(":")
                    value, _, kind = rest.partition("|")
                    if kind.startswith("ms"):
                        heard[name].append(float(value))

        thread = threading.Thread(target=hear, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def measure(folder: Path, database: str, cities: int, seconds: float) -> Orchestrated:
    """Let that many cities be due at once for `seconds`, or until all have run. `database`: Airflow's, empty."""
    found, heard = Orchestrated(cities), defaultdict[str, list[float]](list)
    dags, home, port = folder / "dags", folder / "airflow", free_port()
    write_files(folder / "cities", cities)
    for each in (dags, home):
        each.mkdir()
    observe = str(shipped("dags") / "observe.py")
    (dags / "observe.py").write_text(f"OBSERVE = {observe!r}\n{_NOTHING}", encoding="utf-8")
    settings = {
        "CIVICGAUGE_CITIES": str(folder / "cities"),
        "CIVICGAUGE_HOME": str(folder / "home"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__CIVICGAUGE__OBSERVE_SCHEDULE": "0 0 * * *",
        "AIRFLOW__METRICS__STATSD_ON": "True",
        "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1",
        "AIRFLOW__METRICS__STATSD_PORT": str(port),
        "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "300",
        "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": "240",
    }
    with listening(port, heard), Headless.running(home, database, settings) as airflow:
        airflow.wait(f"{cities} DAGs", lambda: _count(airflow, "dag") == cities, 400)
        ((found.serialized_bytes,),) = airflow.query("select avg(length(data::text))::float from serialized_dag")
        _run(airflow, found, heard, seconds)
    return found


def _run(airflow: Headless, found: Orchestrated, heard: dict[str, list[float]], seconds: float) -> None:
    time.sleep(12)  # the DAG processor says how long it took when it next looks
    before = {name: _cpu(process) for name, process in _processes(airflow)}
    transactions = _transactions(airflow)
    with psycopg.connect(airflow.database, autocommit=True) as link:  # `dags unpause` takes a second for each
        link.execute("update dag set is_paused = false")
    parsed = [
        took for name, all_ in heard.items() if name.endswith("dag_processing.last_duration.observe") for took in all_
    ]
    found.parsed = median(parsed) / 1000 if parsed else 0.0
    heard.clear()
    began, done = time.monotonic(), 0
    while (spent := time.monotonic() - began) < seconds:
        time.sleep(min(STRETCH, seconds - spent))
        now = _count(airflow, "task_instance where state = 'success'")
        found.finished.append(now - done)
        done = now
        if _count(airflow, "dag_run where state = 'success'") == found.cities:
            break
    found.seconds, found.tasks = time.monotonic() - began, done
    found.loops = heard.get("airflow.scheduler.scheduler_loop_duration", [])
    found.critical = heard.get("airflow.scheduler.critical_section_duration", [])
    found.cpu = {name: _cpu(process) - before[name] for name, process in _processes(airflow)}
    found.memory = {name: _memory(process) for name, process in _processes(airflow)}
    found.transactions = _transactions(airflow) - transactions
    found.runs = _count(airflow, "dag_run where state = 'success'")
    ended = "select run_id, dag_id from dag_run where state = 'success'"
    ((of_ended,),) = airflow.query(f"select count(*) from task_instance where (run_id, dag_id) in ({ended})")
    found.tasks_of_a_run = of_ended / found.runs if found.runs else 0.0
    _tables(airflow, found)


def _tables(airflow: Headless, found: Orchestrated) -> None:
    """Airflow's tables that grow with runs."""
    growing = (
        "dag_run",
        "task_instance",
        "xcom",
        "rendered_task_instance_fields",
        "log",
        "asset_event",
        "task_map",
        "job",
    )
    growing = (*growing, "task_reschedule", "dag_version", "serialized_dag", "dag_code", "task_instance_history")
    for name in growing:
        if airflow.query("select to_regclass(%s)", name)[0][0] is None:
            continue
        found.rows[name] = _count(airflow, name)
        ((found.bytes_of[name],),) = airflow.query("select pg_total_relation_size(%s::regclass)", name)


def _count(airflow: Headless, what: str) -> int:
    return int(airflow.query(f"select count(*) from {what}")[0][0])


def _transactions(airflow: Headless) -> int:
    return int(
        airflow.query("select xact_commit + xact_rollback from pg_stat_database where datname = current_database()")[0][
            0
        ]
    )


def _processes(airflow: Headless) -> list[tuple[str, psutil.Process]]:
    names = ("api-server", "dag-processor", "scheduler")
    return [(name, psutil.Process(each.pid)) for name, each in zip(names, airflow.processes, strict=True)]


def _cpu(process: psutil.Process) -> float:
    """Seconds of a process and of all that it started."""
    total = 0.0
    for each in [process, *process.children(recursive=True)]:
        try:
            total += sum(each.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return total


def _memory(process: psutil.Process) -> float:
    """MiB of a process and of all that it started, pages that they share counted once for each."""
    found: list[Any] = [process, *process.children(recursive=True)]
    total = 0.0
    for each in found:
        try:
            total += each.memory_info().rss / 2**20
        except psutil.NoSuchProcess:
            continue
    return total
