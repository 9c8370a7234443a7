"""However long a body is, a download takes the same memory: measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

BLOCK = b"".join(b"%07d,2026-06-30T12:00:00,Elm street,open\n" % number for number in range(25_000))
MEASURE = """
import resource, sys, tempfile
from pathlib import Path
from civicgauge.web import Web
with Web(user_agent="civicgauge/test", allow_private_hosts=True) as web:
    target = Path(sys.argv[2]) / "rows"
    web.download(sys.argv[1] + "/1", target)
    small = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = web.download(sys.argv[1] + "/60", target).bytes_count
    print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - small)
"""


@pytest.mark.parametrize("compressed", [False, True])
def test_sixty_times_the_bytes_take_no_more_memory(tmp_path, compressed):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/csv")
            self.send_header("Transfer-Encoding", "chunked")
            if compressed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            packer = zlib.compressobj(1, wbits=31)
            for _ in range(int(self.path[1:])):
                self.piece(packer.compress(BLOCK) if compressed else BLOCK)
            self.piece(packer.flush() if compressed else b"")
            self.wfile.write(b"0\r\n\r\n")

        def piece(self, body: bytes) -> None:
            if body:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        command = [sys.executable, "-c", MEASURE, url, str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        server.shutdown()
    size, grown_kib = map(int, done.stdout.split())
    assert size == 60 * len(BLOCK) > 60_000_000
    assert grown_kib < 8 * 1024
