"""docker-compose.yml, .env.example, the Dockerfile and the topology test say the same."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from civicgauge.airflow import health
from tests.topology import compose
from tests.topology.stack import LASTING
from tests.topology.test_topology import GIVEN, SHORTER

MUST = {name: "x" for name, (how, _) in compose.variables().items() if how == "?"}
SERVICES, TOLD = compose.load(MUST)
OURS = {name: service for name, service in SERVICES.items() if service.told["image"].startswith("civicgauge:")}
ONE_SHOT = {"lake", "init"}
#: What other images run, and the topology test has others for: MinIO (moto), PostgreSQL (the machine's), mail.
ELSEWHERE = {"s3", "postgres", "mail"}
#: Ours that the topology test does not start: they take no part in a city's day.
APART = {"serve", "demo-portals"}


def test_every_variable_is_explained_and_no_secret_has_a_value() -> None:
    told, asked = compose.example(), compose.variables()
    assert set(told) - {"COMPOSE_PROFILES"} == set(asked)
    lines = compose.EXAMPLE.read_text(encoding="utf-8").splitlines()
    for name, (how, default) in asked.items():
        assert how, f"{name} has neither a default nor a word on what is missing"
        must_be_set = f"{name}=" in lines
        assert must_be_set == (how == "?"), name
        assert told[name] == ("" if how == "?" else default), name


def test_each_secret_that_is_missing_is_asked_for_by_name() -> None:
    for name in MUST:
        with pytest.raises(ValueError, match=rf"without a value: {name}$"):
            compose.load({key: value for key, value in MUST.items() if key != name})


def test_no_secret_is_written_down() -> None:
    for service in SERVICES.values():
        for key, value in service.environment.items():
            if re.search("PASSWORD|SECRET|FERNET|SIGNING", key):
                assert value in ("x", ""), f"{service.name}: {key}"


def test_the_topology_test_starts_every_service_that_takes_part_in_a_day() -> None:
    started = {re.sub(r"-\d$", "", name) for name in LASTING} | ONE_SHOT | {"redis"}
    assert started == set(SERVICES) - ELSEWHERE - APART
    assert sum(name.startswith("worker") for name in LASTING) == int(SERVICES["worker"].told["deploy"]["replicas"])


def test_what_the_topology_test_changes_is_read_by_the_services() -> None:
    assert set(GIVEN) <= set(compose.variables())
    for name in SHORTER:
        assert name.startswith(("AIRFLOW__SCHEDULER__", "AIRFLOW__CIVICGAUGE__", "AIRFLOW__DAG_PROCESSOR__"))


def test_the_services_of_airflow_are_told_the_same() -> None:
    told = {name: service.environment for name, service in OURS.items() if "AIRFLOW_HOME" in service.environment}
    assert set(told) == {"init", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}
    for name, environment in told.items():
        own = {key: value for key, value in environment.items() if not key.startswith("ADMIN_")}
        assert own == told["worker"], name
    public = SERVICES["serve"].environment
    assert not [key for key in public if key.startswith("AIRFLOW")], "what the public reaches knows Airflow's secrets"
    assert public.items() <= told["worker"].items()


def test_slots_and_waiting_fit_one_another() -> None:
    told = SERVICES["worker"].environment
    slots = int(SERVICES["worker"].told["deploy"]["replicas"]) * int(told["AIRFLOW__CELERY__WORKER_CONCURRENCY"])
    assert int(told["AIRFLOW__CORE__PARALLELISM"]) == slots
    longest = 4 * 3600  # a pull's execution_timeout
    assert int(told["AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT"]) > longest
    # a task waits for a busy api-server, and tries five times, but not so long that it is taken for dead meanwhile
    waits = float(told["AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT"])
    assert 5 < waits <= int(told["AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT"]) / 5


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_kept_well(name: str) -> None:
    told = SERVICES[name].told
    image, _, tag = told["image"].rpartition(":")
    assert image
    assert re.search(r"\d", tag), f"{told['image']} is no one version"
    assert told["logging"]["options"].keys() == {"max-size", "max-file"}
    if name in ONE_SHOT:
        assert told["restart"] == "on-failure:3"
    else:
        assert told["restart"] == "unless-stopped"
        assert set(told["healthcheck"]) == {"test", "interval", "timeout", "retries", "start_period"}
    for port in told.get("ports", []):
        assert port.startswith("127.0.0.1:"), port
    if name in OURS:
        assert (told["user"], told["read_only"], told["init"], told["cap_drop"]) == ("50000:0", True, True, ["ALL"])


@pytest.mark.parametrize("name", sorted(set(OURS) - ONE_SHOT - {"demo-portals"}))
def test_a_health_check_of_ours_is_one_that_there_is(name: str) -> None:
    assert SERVICES[name].told["healthcheck"]["test"] == ["CMD", "python", "-m", "civicgauge.airflow.health", name]
    assert name in health.CHECKS


def test_a_service_that_is_down_or_unwell_is_not_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    env = {
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(port),
        "AIRFLOW__CELERY__BROKER_URL": f"redis://127.0.0.1:{port}/0",
        "CIVICGAUGE_SERVE_PORT": str(port),
    }
    for name in sorted(health.CHECKS):
        assert health.main(name, env) == 1
        assert capsys.readouterr().err.startswith(f"{name}: ")


@pytest.mark.parametrize(("status", "code"), [("healthy", 0), ("unhealthy", 1)])
def test_a_heartbeat_that_is_too_old_is_told(status: str, code: int) -> None:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f'{{"triggerer": {{"status": "{status}"}}}}'.encode())

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.handle_request, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/execution/"
    assert health.main("triggerer", {"AIRFLOW__CORE__EXECUTION_API_SERVER_URL": address}) == code
    server.server_close()


def test_asking_for_health_does_not_import_airflow() -> None:
    look = "import sys, civicgauge.airflow.health; print(sorted({n.partition('.')[0] for n in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout
    assert {"airflow", "pandas", "celery"}.isdisjoint(re.findall(r"'(\w+)'", loaded))


def test_a_task_s_child_may_write_where_the_image_lets_it() -> None:
    """Every folder that a service writes to is a volume or in memory: the image itself is read-only."""
    for name in set(OURS) - {"lake", "demo-portals"}:
        service = SERVICES[name]
        places = [volume.split(":")[1] for volume in service.told["volumes"] if not volume.endswith(":ro")]
        places += [place.split(":")[0] for place in service.told["tmpfs"]]
        for key in ("CIVICGAUGE_HOME", "AIRFLOW_HOME", "AIRFLOW__LOGGING__BASE_LOG_FOLDER"):
            if key in service.environment:
                assert service.environment[key] in places, f"{name}: {key}"


def test_the_dockerfile_makes_the_folders_and_the_user_of_the_compose_file() -> None:
    text = (compose.ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "USER 50000:0" in text
    assert "COPY plugins/.airflowignore plugins/civicgauge_plugin.py /opt/civicgauge/plugins/\n" in text
    mounted = {volume.split(":")[1] for name in OURS for volume in OURS[name].told.get("volumes", [])}
    for place in mounted - {"/opt/civicgauge/dags/cities"}:
        assert place in text
    kept = (compose.ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for source in line.split():
            assert (compose.ROOT / source).exists(), source
            assert f"!{Path(source).parts[0]}" in kept, f".dockerignore keeps {source} out"


def test_no_image_holds_a_city_s_file_with_the_addresses_of_people() -> None:
    kept = (compose.ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert kept.index("dags/cities/*.yml") > kept.index("!dags"), "the last line that fits counts"
    for name in set(OURS) - {"lake", "demo-portals"}:  # so that each reads them where they are
        assert "./dags/cities:/opt/civicgauge/dags/cities:ro" in SERVICES[name].told["volumes"]


def test_docker_itself_reads_the_file_where_it_is_there(tmp_path: Path) -> None:
    """Our own reading stands above; where Docker Compose is present, its word counts as well."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        return
    values = tmp_path / "env"
    values.write_text("".join(f"{name}={value}\n" for name, value in MUST.items()), encoding="utf-8")
    words = [docker, "compose", "--file", str(compose.FILE), "--env-file", str(values), "--profile", "*", "config"]
    done = subprocess.run([*words, "--quiet"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_setting_of_airflow_is_one_that_it_knows() -> None:
    """A misspelt variable would be read by nobody, and nothing would say so."""
    from airflow.configuration import conf

    named = set(
        re.findall(
            r"AIRFLOW__([A-Z_]+?)__([A-Z_]+)(?=:)", (Path(__file__).parents[2] / "docker-compose.yml").read_text()
        )
    )
    described = conf.configuration_description
    unknown = [
        f"{section}__{option}"
        for section, option in sorted(named)
        if option.lower() not in described.get(section.lower(), {}).get("options", {})
    ]
    assert len(named) > 20
    assert unknown == []
