"""Whether one service of the compose file is well: `python -m civicgauge.airflow.health SERVICE`, exit code 0 or 1.

Asked every half minute in every container: nothing of Airflow is imported, which alone would take seconds.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import urllib.request
from collections.abc import Callable, Mapping
from urllib.error import HTTPError
from urllib.parse import urljoin

_SECONDS = 8
_EXECUTION_API, _BROKER = "AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "AIRFLOW__CELERY__BROKER_URL"


def _get(address: str) -> bytes:
    """What an address of our own answers; never through a proxy."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(address, timeout=_SECONDS) as answer:
        return bytes(answer.read())


def _api_server(env: Mapping[str, str]) -> bool:
    _get(urljoin(env[_EXECUTION_API], "/api/v2/version"))
    return True


def _scheduler(env: Mapping[str, str]) -> bool:
    port = env.get("AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT", "8974")
    _get(f"http://127.0.0.1:{port}/health")
    return True


def _beats(part: str) -> Callable[[Mapping[str, str]], bool]:
    """Whether Airflow's database has a heartbeat of the only one of its kind; the API server knows."""

    def check(env: Mapping[str, str]) -> bool:
        health = json.loads(_get(urljoin(env[_EXECUTION_API], "/api/v2/monitor/health")))
        return bool(health[part]["status"] == "healthy")

    return check


def _worker(env: Mapping[str, str]) -> bool:
    from celery import Celery  # type: ignore[import-untyped]

    name = env.get("CELERY_HOSTNAME") or f"celery@{socket.gethostname()}"
    with Celery(broker=env[_BROKER]) as app, app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, interval_start=0.2, timeout=_SECONDS)
        return bool(app.control.inspect(destination=[name], timeout=_SECONDS, connection=connection).ping())


def _pages(env: Mapping[str, str]) -> bool:
    try:
        _get(f"http://127.0.0.1:{env.get('CIVICGAUGE_SERVE_PORT', '8090')}/")
    except HTTPError as refused:
        return refused.code < 500  # it answers, and knows no such page
    return True


CHECKS: dict[str, Callable[[Mapping[str, str]], bool]] = {
    "api-server": _api_server,
    "scheduler": _scheduler,
    "dag-processor": _beats("dag_processor"),
    "triggerer": _beats("triggerer"),
    "worker": _worker,
    "serve": _pages,
}


def main(service: str, env: Mapping[str, str]) -> int:
    """0 where the service is well; 1, with the reason on stderr, where it is not."""
    try:
        if CHECKS[service](env):
            return 0
        reason = "it has no fresh heartbeat" if service != "worker" else "it does not answer"
    except Exception as error:  # whatever keeps it from answering: it is not well, and this says why
        reason = f"{type(error).__name__}: {error}"
    print(f"{service}: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], os.environ))
