"""Doors, demo portals and a plain server for the readers' tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from civicgauge.demo.server import DemoPortals
from civicgauge.web import Limits, Web

Answer = tuple[int, dict[str, str], bytes]


class Plain(ThreadingHTTPServer):
    """Answers what `answers` says for a path; `seen` holds the requests' paths and headers."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[dict[str, str]], Answer]] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Plain

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = self.path.split("?")[0]
        self.server.seen.append((path, headers))
        status, told, body = self.server.answers[path](headers)
        self.send_response(status)
        for name, value in {**told, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def plain() -> Iterator[Plain]:
    with Plain() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def web() -> Iterator[Web]:
    quick = Limits(backoff_seconds=0.01, retries=2, retry_after_max_seconds=0.05)
    with Web(user_agent="civicgauge tests", allow_private_hosts=True, requests_per_second=1000, limits=quick) as door:
        yield door


@pytest.fixture
def impatient() -> Iterator[Web]:
    """One try, and a quarter of a second of silence."""
    quick = Limits(retries=0, download_silence_seconds=0.25)
    with Web(user_agent="civicgauge tests", allow_private_hosts=True, requests_per_second=1000, limits=quick) as door:
        yield door


@pytest.fixture
def demo() -> Iterator[DemoPortals]:
    with DemoPortals(date(2026, 6, 30)) as portals:
        yield portals
