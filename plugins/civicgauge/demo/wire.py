"""How the demo portals speak HTTP: calls, replies, and the faults that break an answer on its way."""

from __future__ import annotations

import gzip
import html
import json
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from civicgauge.demo.faults import Fault, Faults

JSON = "application/json;charset=utf-8"
HTML = "text/html; charset=utf-8"
_CHUNK = 16_384


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    target: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes = b""

    def first(self, name: str, default: str = "") -> str:
        """The first value of a query argument."""
        return self.query.get(name, [default])[0]

    def listed(self, name: str) -> set[str]:
        """The values of an argument that may be repeated or joined by commas."""
        return {part for value in self.query.get(name, []) for part in value.split(",") if part}


@dataclass(frozen=True)
class Reply:
    """One answer, before faults."""

    status: int
    body: bytes
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    chunked: bool = False


def json_reply(status: int, value: Any, headers: Mapping[str, str] | None = None, **style: Any) -> Reply:
    """An answer in JSON; `style` goes to `json.dumps`."""
    return Reply(status, json.dumps(value, **style).encode(), JSON, headers or {})


def page(status: int, title: str, text: str = "") -> Reply:
    """A small HTML page."""
    body = f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>{html.escape(title)}</title></head>"
    body += f"<body><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p></body></html>\n"
    return Reply(status, body.encode(), HTML)


def rejected(fault: Fault, kind: str) -> Reply:
    """The answer that a fault puts in place of the portal's own."""
    retry = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.kind == "429" and kind == "socrata":
        return json_reply(429, {"code": "too-many-requests", "error": True, "message": "Too many requests"}, retry)
    if fault.kind == "429":
        return Reply(429, page(429, "429 Too Many Requests").body, HTML, retry)
    if fault.kind == "202":
        return json_reply(202, {"code": "accepted", "message": "Request accepted; try again later"}, retry)
    if fault.kind == "503":
        return Reply(503, page(503, "503 Service Temporarily Unavailable").body, HTML, retry)
    if fault.kind == "403" and kind == "socrata":
        return json_reply(403, {"code": "permission_denied", "error": True, "message": "Access denied"})
    if fault.kind == "403":
        return page(403, "403 Forbidden")
    return page(200, "Request Rejected", "The requested URL was rejected. Please consult with your administrator.")


class Server(ThreadingHTTPServer):
    """A server on loopback that forgets its open connections when it is stopped."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Readers that hang up early are no error of ours; anything else is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Speaks for one portal; `start` makes a class with these filled in."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    disable_nagle_algorithm = True
    kind: str
    answer: staticmethod[[Call], Reply]
    faults: Faults
    stopped: threading.Event

    def do_GET(self) -> None:
        """Answer, or show the fault that is due."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        query = parse_qs(parts.query, keep_blank_values=True)
        call = Call(self.command, self.path, unquote(parts.path), query, dict(self.headers), body)
        fault = None if call.path.startswith("/__demo__/") else self.faults.of_answer(call.path)
        if fault is None:
            self._send(self.answer(call))
        elif fault.kind == "down":
            self._hang_up()
        elif fault.kind == "hang":
            self.stopped.wait(fault.seconds)
            self._send(self.answer(call))
        elif fault.kind in ("cut", "stall"):
            self._send(self.answer(call), fault)
        else:
            self._send(rejected(fault, self.kind))

    do_POST = do_HEAD = do_GET  # noqa: N815 - the base class's names

    def _send(self, reply: Reply, broken: Fault | None = None) -> None:
        body, headers = reply.body, dict(reply.headers)
        if "gzip" in (self.headers.get("Accept-Encoding") or "") and len(body) > 1000:
            body, headers["Content-Encoding"] = gzip.compress(body, 1, mtime=0), "gzip"
        chunked = reply.chunked or bool(broken and broken.chunked)
        headers["Content-Type"] = reply.content_type
        headers["Transfer-Encoding" if chunked else "Content-Length"] = "chunked" if chunked else str(len(body))
        self.send_response(reply.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and reply.status != 304:
            half = len(body) // 2 if broken else len(body)
            self._write(body[:half], chunked=chunked, finished=broken is None)
            if broken and broken.kind == "stall":
                self.wfile.flush()
                self.stopped.wait(broken.seconds)
                self._write(body[half:], chunked=chunked, finished=True)
        if broken and broken.kind == "cut":
            self._hang_up()

    def _write(self, body: bytes, *, chunked: bool, finished: bool) -> None:
        if not chunked:
            self.wfile.write(body)
            return
        for begin in range(0, len(body), _CHUNK):
            piece = body[begin : begin + _CHUNK]
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        if finished:
            self.wfile.write(b"0\r\n\r\n")

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Silent: the demo's terminal belongs to the reader."""


def start(
    kind: str,
    address: tuple[str, int],
    answer: Callable[[Call], Reply],
    faults: Faults,
    stopped: threading.Event,
) -> Server:
    """Serve `answer` at a host and a port in a thread of its own; port 0 is any free one."""
    filled = {"kind": kind, "answer": staticmethod(answer), "faults": faults, "stopped": stopped}
    server = Server(address, type("PortalHandler", (_Handler,), filled))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server
