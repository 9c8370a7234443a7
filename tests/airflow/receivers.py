"""Who listens on the loopback to what Airflow tells of itself: StatsD by UDP, OpenTelemetry and OpenLineage by HTTP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Heard:
    """What came so far: StatsD's lines, or the bodies of requests by path."""

    port: int
    lines: list[str] = field(default_factory=list)
    bodies: dict[str, list[bytes]] = field(default_factory=dict)


@contextmanager
def statsd() -> Iterator[Heard]:
    """A StatsD server, as far as it listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.bind(("127.0.0.1", 0))
        link.settimeout(0.2)
        heard, over = Heard(link.getsockname()[1]), threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    heard.lines.extend(link.recv(65_535).decode().splitlines())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield heard
        finally:
            over.set()
            thread.join()


@contextmanager
def collector() -> Iterator[Heard]:
    """A server that takes any POST: OTLP over HTTP, or OpenLineage."""
    heard = Heard(0)

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard.bodies.setdefault(self.path, []).append(body)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    heard.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
