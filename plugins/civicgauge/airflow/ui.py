"""`make ui`: Airflow's own pages with the demo cities, on SQLite, on loopback alone, until Ctrl-C.

The demo portals are served as of now, so that a run started from the page observes today. Airflow's four processes are
started one by one, not by `airflow standalone`: that one serves the tasks' logs on every network interface, and leaves
processes behind when it is told to end (SIGTERM).
"""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import json
import os
import socket
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from civicgauge.airflow.home import airflow_environment
from civicgauge.airflow.processes import GRACE_SECONDS, Components
from civicgauge.demo.server import DemoPortals
from civicgauge.errors import CivicgaugeError, ConfigurationError
from civicgauge.settings import Settings

PORT, PORTAL_PORT = 8080, 9201
LOOPBACK = "127.0.0.1"
COMPONENTS = (
    ("api-server",),
    ("dag-processor",),
    ("triggerer", "--skip-serve-logs"),
    ("scheduler", "--skip-serve-logs"),
)
_READY = """\
Ready: http://127.0.0.1:{port}  (no password; from this machine alone; Ctrl-C ends it)
Trigger a city: that switches it on as well. `publish` runs every hour once it is switched on; or trigger it.
So does `alert`, every quarter of an hour: what cities and operators would be mailed lies in {home}/outbox.
What was measured: "Cities" in the navigation, or by itself http://127.0.0.1:{port}/civicgauge/
To see a portal fail, break one of Cedar Junction's two, and trigger the city; then mend it:
  curl {portal}/__demo__/faults -d '{{"kind": "503"}}'
  curl {portal}/__demo__/faults -d '{{"clear": true}}'
Data and logs lie in {home}."""
_START_SECONDS, _CLOCK_SECONDS = 180, 3600


def ui_environment(home: Path, around: Mapping[str, str], port: int = PORT) -> dict[str, str]:
    """The environment of an Airflow that anyone on this machine may use without a password, and no one else.

    Retries are the demo's own, one after seconds instead of two after minutes, unless `around` says otherwise.
    """
    own = {
        "CIVICGAUGE_HOME": str(home),
        "CIVICGAUGE_CITIES": str(home / "cities"),
        "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
        "CIVICGAUGE_WAREHOUSE": f"sqlite:///{home / 'warehouse.sqlite'}",
        "CIVICGAUGE_LAKE": str(home / "lake"),
        "CIVICGAUGE_SMTP_CONNECTION": "",  # demo cities have no post office: mail lies in a folder
        "CIVICGAUGE_OPS_CONTACTS": "",
    }
    local = {
        "AIRFLOW__API__HOST": LOOPBACK,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://{LOOPBACK}:{port}",
        "AIRFLOW__API__INSTANCE_NAME": "civicgauge demo",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{LOOPBACK}:{port}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    }
    # A proxy of the network around must not come between tasks and the API server on this machine.
    direct = ",".join(filter(None, [around.get("no_proxy") or around.get("NO_PROXY"), LOOPBACK, "localhost"]))
    ours = {"AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS": "10", "AIRFLOW__CIVICGAUGE__TASK_RETRIES": "1"}
    made = ours | airflow_environment(home / "airflow", around) | own | local
    return made | {"no_proxy": direct, "NO_PROXY": direct}


def free_port(wanted: int) -> int:
    """`wanted`, or the next one of the loopback that nobody listens on; ConfigurationError after twenty."""
    for port in range(wanted, wanted + 20):
        with contextlib.suppress(OSError), socket.create_server((LOOPBACK, port)):
            return port
    raise ConfigurationError(f"Ports {wanted} to {wanted + 19} of {LOOPBACK} are all in use.")


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[TextIO]:
    """Hold `home` for this process: two schedulers over one SQLite would spoil it. The file says who holds it."""
    with (home / "running").open("a+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise ConfigurationError(f"It is already running in {home}: {held.read().strip()}") from None
        held.truncate(0)
        yield held


def serve_portals(as_of: datetime) -> DemoPortals:
    """The demo portals, at the same ports at every start where these are free: the cities' files then stay the same."""
    try:
        return DemoPortals(as_of, control=True, port=PORTAL_PORT)
    except OSError:
        return DemoPortals(as_of, control=True)


def is_healthy(port: int) -> bool:
    """Whether the pages answer, and say that the scheduler and the DAG processor run."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://{LOOPBACK}:{port}/api/v2/monitor/health", timeout=5) as answer:
            health = json.load(answer)
    except (OSError, http.client.HTTPException, ValueError):
        return False
    return all(health[part]["status"] == "healthy" for part in ("scheduler", "dag_processor"))


def serve(home: Path, port: int, portals: DemoPortals) -> None:
    """Airflow at `port` until a signal; CivicgaugeError where one of its processes ends by itself."""
    logs = home / "airflow"
    logs.mkdir(exist_ok=True)
    components = Components(logs, ui_environment(home, os.environ, port))
    try:
        components.run("civicgauge", "db", "upgrade")
        components.run("airflow", "db", "migrate")
        for arguments in COMPONENTS if not components.is_ending else ():
            components.start("airflow", *arguments)
        if components.until(lambda: is_healthy(port), _START_SECONDS):
            _say(_READY.format(port=port, home=home, portal=portals.urls["cedar-junction-maps"]))
        elif not components.is_ending:
            raise CivicgaugeError(f"Airflow was not ready after {_START_SECONDS} seconds; its logs lie in {logs}")
        while not components.is_ending:
            components.until(lambda: False, _CLOCK_SECONDS)
            portals.set_as_of(datetime.now(UTC))
    finally:
        if components.is_ending:
            _say(f"Ending Airflow; running tasks get {GRACE_SECONDS} seconds, Ctrl-C again ends them at once.")
        components.end()


def _say(text: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone: that was the signal
        print(text, flush=True)


def main() -> int:
    """Serve until interrupted; 0, or the exit code of what went wrong."""
    home = Settings.from_environment().home / "ui"
    (home / "cities").mkdir(parents=True, exist_ok=True)
    try:
        with only_one(home) as held, serve_portals(datetime.now(UTC)) as portals:
            port = free_port(PORT)
            held.write(f"http://{LOOPBACK}:{port}")
            held.flush()
            portals.write_cities(home / "cities")
            taken = "" if port == PORT else f" (port {PORT} is in use)"
            _say(f"Airflow is starting at http://{LOOPBACK}:{port}{taken}; this takes about half a minute.")
            serve(home, port, portals)
    except CivicgaugeError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
