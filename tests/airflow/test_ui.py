"""`make ui`: who may reach it, and what is left of its processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from civicgauge.airflow.processes import Components
from civicgauge.airflow.ui import free_port, only_one, ui_environment
from civicgauge.errors import CivicgaugeError, ConfigurationError
from tests.airflow.headless import free_port as some_port

PORT = 8123


def test_only_this_machine_needs_no_password(tmp_path: Path) -> None:
    around = {"AIRFLOW__API__HOST": "0.0.0.0", "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor"}
    made = ui_environment(tmp_path, around, PORT)
    assert made["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"] == "True"
    assert made["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert made["AIRFLOW__CORE__EXECUTOR"] == "LocalExecutor"


def test_the_port_goes_wherever_a_port_is_told(tmp_path: Path) -> None:
    made = ui_environment(tmp_path, {}, PORT)
    assert {key for key, value in made.items() if str(PORT) in value} == {
        "AIRFLOW__API__PORT",
        "AIRFLOW__API__BASE_URL",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
    }
    assert not [key for key, value in made.items() if "8080" in value]


def test_everything_lies_in_its_home(tmp_path: Path) -> None:
    made = ui_environment(tmp_path, {"CIVICGAUGE_WAREHOUSE": "postgresql://production", "CIVICGAUGE_LAKE": "s3://lake"})
    places = ("HOME", "CITIES", "WAREHOUSE", "LAKE")
    assert all(str(tmp_path) in made[f"CIVICGAUGE_{place}"] for place in places)
    assert made["AIRFLOW_HOME"] == str(tmp_path / "airflow")


def test_a_proxy_does_not_come_between_and_other_exceptions_stay(tmp_path: Path) -> None:
    made = ui_environment(tmp_path, {"HTTP_PROXY": "http://proxy.example:3128", "NO_PROXY": "intranet.example"})
    assert made["NO_PROXY"] == made["no_proxy"] == "intranet.example,127.0.0.1,localhost"


def test_retries_are_the_demos_own_unless_said_otherwise(tmp_path: Path) -> None:
    assert ui_environment(tmp_path, {})["AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS"] == "10"
    said = ui_environment(tmp_path, {"AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS": "600"})
    assert said["AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS"] == "600"


def test_a_port_in_use_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) != port
    wanted = some_port()
    assert free_port(wanted) == wanted


def test_one_home_is_served_once_and_the_second_is_told_where(tmp_path: Path) -> None:
    with only_one(tmp_path) as held:
        held.write("http://127.0.0.1:8123")
        held.flush()
        with (
            pytest.raises(ConfigurationError, match=r"already running .*: http://127\.0\.0\.1:8123"),
            only_one(tmp_path),
        ):
            pass
    with only_one(tmp_path) as again:
        assert Path(again.name).read_text() == ""


#: Two stand-ins for Airflow's processes: one ends when told to, one does not and has a child in a group of its own.
_STAND_INS = """
import subprocess, sys, time, signal, pathlib
name = sys.argv[1]
if name == "scheduler":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], process_group=0)
    pathlib.Path("child").write_text(str(child.pid))
pathlib.Path(name).write_text(str(__import__("os").getpid()))
time.sleep(60)
"""
_PARENT = """
import sys, os
from pathlib import Path
from civicgauge.airflow.processes import Components
components = Components(Path.cwd(), os.environ)
components.start("standin", "api-server")
components.start("standin", "scheduler")
components.until(lambda: False, 60)
components.end()
"""


@pytest.mark.slow
def test_a_second_ctrl_c_leaves_no_process(tmp_path: Path) -> None:
    (tmp_path / "standin.py").write_text(_STAND_INS)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])}
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], cwd=tmp_path, env=environment, start_new_session=True)
    try:
        started = [tmp_path / name for name in ("api-server", "scheduler", "child")]
        deadline = time.monotonic() + 20
        while not all(path.exists() and path.read_text() for path in started) and time.monotonic() < deadline:
            time.sleep(0.05)
        below = [psutil.Process(int(path.read_text())) for path in started]
        os.killpg(parent.pid, signal.SIGINT)
        time.sleep(0.5)
        assert parent.poll() is None, "it waits for running tasks"
        os.killpg(parent.pid, signal.SIGINT)
        assert parent.wait(10) == 0
        assert psutil.wait_procs(below, timeout=5)[1] == []
    finally:
        parent.kill()


@pytest.fixture
def own_handlers() -> Iterator[None]:
    """The test runner's own signal handlers come back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_handlers")
def test_a_process_that_fails_is_named_with_its_log(tmp_path: Path) -> None:
    (tmp_path / "standin.py").write_text("raise SystemExit('no room left')")
    components = Components(tmp_path, os.environ | {"PYTHONPATH": str(tmp_path)})
    with pytest.raises(CivicgaugeError, match=r"no room left\nAirflow's db ended with exit code 1"):
        components.run("standin", "db")
    components.start("standin", "scheduler")
    with pytest.raises(CivicgaugeError, match="Airflow's scheduler ended with exit code 1"):
        components.until(lambda: False, 20)
    components.end()
