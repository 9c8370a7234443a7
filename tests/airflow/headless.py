"""A real Airflow for tests: API server, DAG processor, scheduler, LocalExecutor, PostgreSQL. Nobody looks at its pages.

Its own tables lie in a database of the test's own: on SQLite, `airflow backfill create` beside a running scheduler now
and then ends with "database is locked". The rest lies in one temporary folder and listens on a free port of the
loopback alone; `stop` ends every process.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from civicgauge.airflow.home import airflow_environment

AIRFLOW = (sys.executable, "-m", "airflow")
START_SECONDS, GRACE_SECONDS = 120, 15
FIRST, SECOND, PASSWORD = "first", "second", "one-of-two-people"


def as_users(folder: Path) -> dict[str, str]:
    """Settings by which Airflow knows two people, where it lets in anybody otherwise."""
    passwords = folder / "passwords.json"
    passwords.write_text(json.dumps(dict.fromkeys((FIRST, SECOND), PASSWORD)))
    return {
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{FIRST}:admin,{SECOND}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
    }


class TookTooLong(AssertionError):
    """What was waited for did not come; the message holds the end of every process's log."""


@dataclass
class Headless:
    """One running Airflow. Use `with Headless.running(folder, settings) as airflow:`."""

    home: Path
    database: str
    environment: dict[str, str]
    port: int = 0
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @classmethod
    @contextlib.contextmanager
    def running(
        cls, home: Path, database: str, settings: Mapping[str, str], *, pages_alone: bool = False
    ) -> Iterator[Headless]:
        """Start it on an empty PostgreSQL `database` (its address) with extra environment `settings`, wait until it is
        ready, and end it whatever happens. `pages_alone`: only the API server, which runs no task."""
        port, address = free_port(), database.replace("postgresql://", "postgresql+psycopg://", 1)
        environment = airflow_environment(home, os.environ) | {
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": address,
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": address,
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__API_AUTH__JWT_SECRET": "one-secret-for-the-three-processes-of-this-test-0123456789",
            "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "5",
            "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
            **settings,
        }
        made = cls(home, database, environment, port)
        try:
            made.command("db", "migrate")
            made.spawn("api-server", "--host", "127.0.0.1", "--port", str(port))
            for arguments in () if pages_alone else (("dag-processor",), ("scheduler", "--skip-serve-logs")):
                made.spawn(*arguments)
            made.wait("the execution API", lambda: accepts(port), START_SECONDS)
            yield made
        finally:
            made.stop()

    def command(self, *arguments: str) -> str:
        """Run `airflow ...` to its end and return what it printed; an error when it fails."""
        done = subprocess.run(
            [*AIRFLOW, *arguments],
            check=False,
            env=self.environment,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"airflow {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask Airflow's own database, without ever writing."""
        with psycopg.connect(self.database, options="-c default_transaction_read_only=on") as link:
            return link.execute(sql.encode(), values).fetchall()

    def click(self, method: str, path: str, told: Any, user: str | None = None) -> Any:
        """What Airflow's page sends when somebody clicks (`FIRST` or `SECOND`, with the settings `as_users`)."""
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=30) as pages:
            who = {"username": user, "password": PASSWORD}
            asked = pages.post("/auth/token", json=who) if user else pages.get("/auth/token")
            token = asked.raise_for_status().json()["access_token"]
            own = {"Authorization": f"Bearer {token}"}
            return pages.request(method, f"/api/v2/{path}", json=told, headers=own).raise_for_status().json()

    def answer(
        self, dag_id: str, run_id: str, task_id: str, option: str, user: str | None = None, **fields: str
    ) -> None:
        """Answer what a task asks a person, as Airflow's page does."""
        path = f"dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/-1/hitlDetails"
        self.click("PATCH", path, {"chosen_options": [option], "params_input": fields}, user)

    def asked(self, dag_id: str, run_id: str, ended: int = 1) -> None:
        """Wait until a person is asked, and the scheduler has seen the end of (so many of) the processes that asked.

        An answer that is quicker than that, which no person's is, is taken for a task that was lost, and asked again.
        """
        line = f"state success for task instance TaskInstanceKey(dag_id='{dag_id}', task_id='ask', run_id='{run_id}'"

        def waits() -> bool:
            state = self.tasks(dag_id, run_id).get("ask", (None, 0))[0]
            told = (self.home / "scheduler.out").read_text(errors="replace")
            return state == "awaiting_input" and told.count(line) >= ended

        self.wait("a person to be asked", waits, 60)

    def runs(self, dag_id: str) -> dict[str, str]:
        """The state of each run of a DAG, by run id."""
        return dict(self.query("select run_id, state from dag_run where dag_id = %s order by id", dag_id))

    def tasks(self, dag_id: str, run_id: str) -> dict[str, tuple[str | None, int]]:
        """State and number of tries of each task of a run; a mapped one by the name that people read."""
        rows = self.query(
            "select task_id, coalesce(rendered_map_index, ''), state, try_number from task_instance"
            " where dag_id = %s and run_id = %s",
            dag_id,
            run_id,
        )
        return {f"{task}[{name}]" if name else task: (state, tries) for task, name, state, tries in rows}

    def task_log(self, dag_id: str, run_id: str, task: str) -> str:
        """All that the tries of a task wrote."""
        folder = self.home / "logs" / f"dag_id={dag_id}" / f"run_id={run_id}" / f"task_id={task}"
        return "\n".join(path.read_text(errors="replace") for path in sorted(folder.rglob("*.log")))

    def finished(self, dag_id: str, count: int, seconds: float = 90) -> dict[str, str]:
        """Wait until a DAG has at least `count` runs, all ended; their states by run id."""

        def done() -> dict[str, str] | None:
            states = self.runs(dag_id)
            ended = [state for state in states.values() if state in ("success", "failed")]
            return states if len(states) >= count and len(ended) == len(states) else None

        found: dict[str, str] = self.wait(f"{count} ended runs of {dag_id}", done, seconds)
        return found

    def wait(self, what: str, look: Callable[[], Any], seconds: float) -> Any:
        """Look again and again until there is something; TookTooLong after `seconds`, or when a process has died."""
        deadline = time.monotonic() + seconds
        while not (found := look()):
            dead = [process.args for process in self.processes if process.poll() is not None]
            if dead or time.monotonic() > deadline:
                raise TookTooLong(f"{what}: not within {seconds} s; ended processes: {dead}\n{self.log_tails()}")
            time.sleep(0.3)
        return found

    def log_tails(self, lines: int = 25) -> str:
        """The end of each process's output."""
        tails = [
            (path.name, path.read_text(errors="replace").splitlines()[-lines:]) for path in self.home.glob("*.out")
        ]
        return "\n".join("\n".join([f"--- {name}", *tail]) for name, tail in tails)

    def stop(self) -> None:
        """End every process and all that they started, politely and then not."""
        for sign, patience in ((signal.SIGTERM, GRACE_SECONDS), (signal.SIGKILL, 5)):
            for process in self.processes:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, sign)  # each was started as the leader of its own group
            deadline = time.monotonic() + patience
            for process in self.processes:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(max(0.1, deadline - time.monotonic()))

    def spawn(self, *arguments: str) -> None:
        """Start one more of Airflow's processes."""
        with (self.home / f"{arguments[0]}.out").open("wb") as out:
            self.processes.append(
                subprocess.Popen(
                    [*AIRFLOW, *arguments],
                    env=self.environment,
                    cwd=self.home.parent,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def accepts(port: int) -> bool:
    """Whether somebody answers on a port of the loopback."""
    with contextlib.closing(socket.socket()) as link:
        link.settimeout(1)
        return link.connect_ex(("127.0.0.1", port)) == 0
