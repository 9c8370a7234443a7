"""A small HTTP server on loopback that does what a test tells it, and a clock that only moves when somebody sleeps."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from civicgauge.web import Limits, Web

Play = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Plays the next part of the script for its path; the last part is played again and again."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.methods.append(self.command)
        self.server.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        script = self.server.scripts[self.path.split("?")[0]]
        (script.pop(0) if len(script) > 1 else script[0])(self)

    do_HEAD = do_GET

    def close_without_a_word(self) -> None:
        self.close_connection = True

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Silence: the tests read `seen`."""

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # a client that stopped reading is what some tests want


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scripts: dict[str, list[Play]] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.methods: list[str] = []
        self.stop = threading.Event()  # ends the parts that hang

    @property
    def authority(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str = "/x", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"

    def play(self, *parts: Play, path: str = "/x") -> str:
        """Set the script of a path; returns its address."""
        self.scripts[path] = list(parts)
        return self.url(path)


@dataclass
class Time:
    """A clock that stands still but for sleeping."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield one
        one.stop.set()
        one.shutdown()
        thread.join()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def make_web(time: Time) -> Iterator[Callable[..., Web]]:
    """`make_web(**changes)`: a Web that may ask loopback, does not really sleep, and is closed in the end."""
    made: list[Web] = []

    def make(limits: Limits | None = None, **changes: object) -> Web:
        settings: dict[str, object] = {
            "user_agent": "civicgauge/test (contact: test@example.org)",
            "allow_private_hosts": True,
            "requests_per_second": 1000.0,
            "sleep": time.sleep,
            "clock": time.clock,
            "limits": limits or Limits(),
        }
        made.append(Web(**{**settings, **changes}))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def web(make_web: Callable[..., Web]) -> Web:
    return make_web()
