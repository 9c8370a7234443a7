"""The services of docker-compose.yml as processes of this machine: the same commands, the same variables.

Replaced is what a container gives and a process has not: hosts, ports, folders (`Place.moved`). An S3 server in memory
stands for MinIO, a database of the test's own for the container's. A process that dies is started again where the
file's restart policy would.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import psycopg
import sqlalchemy as sa
from cryptography.fernet import Fernet
from moto.server import ThreadedMotoServer

from tests.airflow.headless import accepts
from tests.topology import compose
from tests.topology.place import LOOPBACK, Place

BIN = Path(sys.executable).parent
START_SECONDS, GRACE_SECONDS = 120, 20
#: Started together once `init` has ended.
LASTING = ("api-server", "dag-processor", "triggerer", "scheduler", "worker-1", "worker-2")


class Stack:
    """The running services. Use `with Stack.running(...) as stack:`."""

    def __init__(self, place: Place, given: Mapping[str, str], shorter: Mapping[str, str]) -> None:
        secret = {name: place.password for name, (how, _) in compose.variables().items() if how == "?"}
        keys = {"AIRFLOW_FERNET_KEY": Fernet.generate_key().decode(), "AIRFLOW_JWT_SECRET": secrets.token_hex(32)}
        self.place, self.shorter = place, dict(shorter)
        self.services, self.told = compose.load(secret | keys | dict(given))
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @classmethod
    @contextlib.contextmanager
    def opened(
        cls, folder: Path, airflow: str, given: Mapping[str, str], shorter: Mapping[str, str]
    ) -> Iterator[Stack]:
        """An S3 server, the warehouse's role and database, Redis and the lake's bucket; all ended at the end.

        `airflow`: the address of an empty database; `given`: what `.env` would hold; `shorter`: other values than the
        file's, for what would take minutes.
        """
        stack = cls(Place(folder, sa.make_url(airflow)), given, shorter)
        for name in ("cities", "home", "logs", "airflow"):
            (folder / name).mkdir()
        s3 = ThreadedMotoServer(ip_address=LOOPBACK, port=0, verbose=False)
        s3.start()
        stack.place.s3 = f"http://{LOOPBACK}:{s3.get_host_and_port()[1]}"
        try:
            stack.make_warehouse()
            stack.start("redis")
            stack.wait("Redis", lambda: accepts(stack.place.redis), 20)
            yield stack
        finally:
            stack.stop()
            s3.stop()
            stack.drop_warehouse()

    def environment(self, name: str) -> dict[str, str]:
        """What the container of a service would see, on this machine; its AIRFLOW_HOME is its own, as there."""
        service = self.services[_service(name)]
        own = {key: self.place.moved(value) for key, value in service.environment.items()}
        if "AIRFLOW_HOME" in own:
            own |= {"AIRFLOW_HOME": f"{own['AIRFLOW_HOME']}/{name}", **self.shorter}
            own["AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT"] = str(self.place.scheduler)
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "CIVICGAUGE_", "AWS_"))}
        direct = {"NO_PROXY": LOOPBACK, "no_proxy": LOOPBACK}
        return (
            clean
            | direct
            | own
            | {"PATH": f"{BIN}{os.pathsep}{clean['PATH']}", "PGHOST": self.place.postgres.host or ""}
        )

    def command(self, name: str) -> list[str]:
        """A service's command on this machine; what a host's name, a volume or a network would say is added."""
        words = [self.place.moved(word) for word in self.services[_service(name)].command]
        if name == "redis":
            words += ["--port", str(self.place.redis), "--bind", LOOPBACK, "--dir", str(self.place.folder)]
        if name.startswith("worker"):
            words += ["--celery-hostname", f"{name}@localhost"]
        return words

    def start(self, name: str) -> None:
        """Start a service, as the leader of a session of its own; what it says is added to its file."""
        with (self.place.folder / f"{name}.out").open("ab") as out:
            self.running[name] = subprocess.Popen(
                self.command(name), env=self.environment(name), cwd=self.place.folder, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def run(self, name: str, seconds: float = 180) -> None:
        """Run a one-shot service to its end; AssertionError with what it said where it fails."""
        self.start(name)
        code = self.running.pop(name).wait(seconds)
        assert code == 0, f"{name} ended with {code}\n{self.said(name)}"

    def signal(self, name: str, number: int) -> list[int]:
        """Send a signal to a service and to all that it started; their numbers."""
        below = family(self.running[name].pid)
        for process in [psutil.Process(self.running[name].pid), *below]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        return [process.pid for process in below]

    def kill(self, name: str) -> None:
        """SIGKILL to a service and all that it started, as when its container's memory or machine is gone."""
        self.signal(name, signal.SIGKILL)
        self.running.pop(name).wait(10)

    def restart(self, name: str) -> None:
        """What Compose does with a service that died."""
        assert self.services[_service(name)].told["restart"] == "unless-stopped"
        self.start(name)

    def is_well(self, name: str) -> bool:
        """What the service's own health check says."""
        test = self.services[_service(name)].told["healthcheck"]["test"]
        environment = self.environment(name) | {"CELERY_HOSTNAME": f"{name}@localhost"}
        done = subprocess.run(test[1:], env=environment, cwd=self.place.folder, capture_output=True, check=False)
        return done.returncode == 0

    def wait(self, what: str, look: Callable[[], Any], seconds: float, every: float = 0.3) -> Any:
        """Look again and again until there is something; AssertionError after `seconds`, or when a service has died."""
        deadline = time.monotonic() + seconds
        while not (found := look()):
            dead = [name for name, process in self.running.items() if process.poll() is not None]
            if dead or time.monotonic() > deadline:
                raise AssertionError(f"{what}: not within {seconds} s; ended: {dead}\n{self.said()}")
            time.sleep(every)
        return found

    def used(self) -> str:
        """What each service took so far: seconds of CPU, with its children's, and its share of memory now."""
        figures = []
        for name, process in self.running.items():
            cpu, memory = 0.0, 0.0
            for part in [psutil.Process(process.pid), *family(process.pid)]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    cpu, memory = cpu + sum(part.cpu_times()[:4]), memory + part.memory_full_info().pss / 1e6
            figures.append(f"{name} {cpu:.0f} s {memory:.0f} MB")
        return ", ".join(figures)

    def said(self, name: str = "*", lines: int = 30) -> str:
        """The end of what services wrote."""
        parts = sorted(self.place.folder.glob(f"{name}.out"))
        return "\n".join(
            f"--- {p.name}\n" + "\n".join(p.read_text(errors="replace").splitlines()[-lines:]) for p in parts
        )

    def make_warehouse(self) -> None:
        """Run the script that the database's container runs when it is empty."""
        script = self.place.folder / "make-warehouse.sh"
        script.write_text(self.told["configs"]["make-warehouse"]["content"], encoding="utf-8")
        url, wanted = self.place.postgres, self.services["postgres"].environment
        assert set(wanted) == {
            "POSTGRES_USER",
            "POSTGRES_DB",
            "POSTGRES_PASSWORD",
            "WAREHOUSE_ROLE",
            "WAREHOUSE_PASSWORD",
        }
        env = {
            "PATH": os.environ["PATH"], "PGHOST": str(url.host), "PGPORT": str(url.port or 5432),
            "PGPASSWORD": url.password or "", "POSTGRES_USER": str(url.username), "POSTGRES_DB": str(url.database),
            "WAREHOUSE_ROLE": self.place.role, "WAREHOUSE_PASSWORD": wanted["WAREHOUSE_PASSWORD"],
        }  # fmt: skip
        done = subprocess.run(["sh", script], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def drop_warehouse(self) -> None:
        """Leave the server as it was."""
        address = self.place.postgres.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self.place.role}" WITH (FORCE)'.encode())
            server.execute(f'DROP ROLE IF EXISTS "{self.place.role}"'.encode())

    def stop(self) -> None:
        """End every service, workers first, politely and then not."""
        all_of_them = [victim for process in self.running.values() for victim in family(process.pid)]
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        for name in list(self.running):
            all_of_them += family(self.running[name].pid)
            self.running[name].kill()
            self.running.pop(name).wait(10)
        for victim in all_of_them:
            with contextlib.suppress(psutil.NoSuchProcess):
                victim.kill()
        shutil.rmtree(self.place.folder / "airflow", ignore_errors=True)


def family(pid: int) -> list[psutil.Process]:
    """The processes below a process, in whatever group they are."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _service(name: str) -> str:
    return "worker" if name.startswith("worker") else name
