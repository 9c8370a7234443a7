"""A Socrata portal with one dataset, on loopback and in a process of its own: files from disk, and no bottleneck.

    python -m benchmarks._serving FOLDER

Prints its address and serves what `_table` wrote into FOLDER until it is ended. `/counts` tells the requests and the
bytes of bodies since it was last asked, by path.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from array import array
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks._table import BLOCK, DATASET

_JSON = "application/json;charset=utf-8"


class _Portal(ThreadingHTTPServer):
    """The server, what it serves, and what it has sent."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.rows = int((folder / "count").read_text())
        index = folder / "rows.index"
        self.places = array("Q", index.read_bytes()) if index.exists() else array("Q", [0])
        self._lock, self._sent = threading.Lock(), {}

    def note(self, path: str, size: int) -> None:
        with self._lock:
            count, total = self._sent.get(path, (0, 0))
            self._sent[path] = (count + 1, total + size)

    def counts(self) -> dict[str, tuple[int, int]]:
        with self._lock:
            sent, self._sent = self._sent, {}
        return sent


class _Handler(BaseHTTPRequestHandler):
    server: _Portal
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {key: values[-1] for key, values in parse_qs(address.query).items()}
        if address.path == "/counts":
            self._send(json.dumps(self.server.counts()).encode(), _JSON)
            return
        self.server.note(address.path, self._answer(address.path, asked))

    def _answer(self, path: str, asked: dict[str, str]) -> int:
        folder = self.server.folder
        if path == f"/api/views/{DATASET}.json":
            return self._send((folder / "view.json").read_bytes(), _JSON)
        if path == f"/api/views/{DATASET}/rows.csv":
            return self._send_part(
                folder / "rows.csv", 0, (folder / "rows.csv").stat().st_size, "text/csv;charset=utf-8"
            )
        if path == f"/resource/{DATASET}.json":
            if "count" in asked.get("$select", ""):
                return self._send(json.dumps([{"count": str(self.server.rows)}]).encode(), _JSON)
            return self._page(int(asked.get("$offset", 0)), int(asked.get("$limit", BLOCK)))
        if path == "/api/catalog/v1":
            found = {"results": [json.loads((folder / "entry.json").read_bytes())], "resultSetSize": 1}
            return self._send(json.dumps(found).encode(), _JSON)
        return self._send(b'{"error": true, "code": "not_found"}', _JSON, status=404)

    def _page(self, offset: int, limit: int) -> int:
        """Rows from one thousandth to another, as a list."""
        places = self.server.places
        first, last = (min(-(-number // BLOCK), len(places) - 1) for number in (offset, offset + limit))
        size = places[last] - places[first]
        if not size:
            return self._send(b"[]\n", _JSON)
        # the comma after the last row is left out
        return self._send_part(self.server.folder / "rows.jsonl", places[first], size - 2, _JSON, b"[", b"]\n")

    def _send(self, body: bytes, kind: str, *, status: int = 200) -> int:
        self._begin(status, kind, len(body))
        self.wfile.write(body)
        return len(body)

    def _send_part(self, path: Path, start: int, size: int, kind: str, *around: bytes) -> int:
        before, after = around or (b"", b"")
        whole = size + len(before) + len(after)
        self._begin(200, kind, whole)
        self.wfile.write(before)
        with path.open("rb") as file:
            while size:
                sent = os.sendfile(self.connection.fileno(), file.fileno(), start, size)
                start, size = start + sent, size - sent
        self.wfile.write(after)
        return whole

    def _begin(self, status: int, kind: str, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
        """Keep quiet."""


if __name__ == "__main__":
    with _Portal(Path(sys.argv[1])) as portal:
        print(f"http://127.0.0.1:{portal.server_address[1]}", flush=True)
        portal.serve_forever()
