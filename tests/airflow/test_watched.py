"""What Airflow tells of our runs to OpenTelemetry and OpenLineage, by the settings that docs/operations.md names.

StatsD is heard in test_scheduler, where that costs nothing.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.airflow.headless import Headless
from tests.airflow.receivers import collector
from tests.airflow.world import ONE_SOCRATA, World
from tests.warehouse_fixtures import fresh_postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
DAG = f"observe__{ONE_SOCRATA}"


@pytest.fixture
def airflow_database() -> Iterator[str]:
    """A PostgreSQL database for Airflow itself."""
    yield from fresh_postgres()


def test_a_run_is_heard_by_opentelemetry_and_openlineage(airflow_database: str, tmp_path: Path) -> None:
    home = tmp_path / "airflow"
    home.mkdir()
    with World.opened(tmp_path) as world, collector() as heard:
        address = f"http://127.0.0.1:{heard.port}"
        watched = {
            "AIRFLOW__CIVICGAUGE__OBSERVE_SCHEDULE": "0 0 * * *",
            "AIRFLOW__CIVICGAUGE__TASK_RETRY_SECONDS": "2",
            "AIRFLOW__METRICS__OTEL_ON": "True",
            "AIRFLOW__TRACES__OTEL_ON": "True",
            "OTEL_EXPORTER_OTLP_ENDPOINT": address,
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
            "OTEL_TRACES_EXPORTER": "otlp_proto_http",
            "OTEL_SERVICE_NAME": "civicgauge",
            "OTEL_METRIC_EXPORT_INTERVAL": "1000",
            "AIRFLOW__OPENLINEAGE__DISABLED": "False",
            "AIRFLOW__OPENLINEAGE__NAMESPACE": "civicgauge",
            "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(
                {"type": "http", "url": address, "endpoint": "api/v1/lineage"}
            ),
        }
        with Headless.running(home, airflow_database, world.settings | watched) as airflow:
            airflow.wait("the DAG", lambda: airflow.query("select 1 from dag where dag_id = %s", DAG), 120)
            airflow.command("dags", "unpause", "--yes", DAG)
            assert list(airflow.finished(DAG, 1, 240).values()) == ["success"]
            airflow.wait("the end of the run in lineage", lambda: lineage(heard.bodies, DAG, "COMPLETE"), 60)
        traces = b"".join(unpacked(body) for body in heard.bodies["/v1/traces"])
        metrics = b"".join(unpacked(body) for body in heard.bodies["/v1/metrics"])
    for words in (DAG, "snapshot", "commit", "civicgauge"):
        assert words.encode() in traces, words
    assert b"dagrun.duration" in metrics
    (kept,) = [event for event in lineage(heard.bodies, f"{DAG}.snapshot", "COMPLETE") if event["outputs"]]
    assert [out["name"] for out in kept["outputs"]] == ["main/snapshot"]


def lineage(bodies: dict[str, list[bytes]], job: str, kind: str) -> list[dict]:
    """The events of a job."""
    events = [json.loads(unpacked(body)) for body in list(bodies.get("/api/v1/lineage", []))]
    return [event for event in events if event["job"]["name"] == job and event["eventType"] == kind]


def unpacked(body: bytes) -> bytes:
    """A body as it was before it was packed."""
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
