"""`probe`: which kind of portal an address is, and a city file to start from."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml

from civicgauge.demo.server import DemoPortals
from civicgauge.model import City, Probe
from civicgauge.pipeline.probing import city_file
from tests.cli.conftest import Ask

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("key", "kind", "below"),
    [
        ("alder-falls", "socrata", ""),
        ("birchport", "ckan", ""),
        ("cedar-junction-maps", "ckan", "/data"),
    ],
)
def test_what_is_printed_is_a_city_file(
    observed: Path, portals: DemoPortals, ask: Ask, key: str, kind: str, below: str
) -> None:
    told = ask(observed, "probe", portals.urls[key] + "/")
    assert (told.code, told.err) == (0, "")
    written = yaml.safe_load(told.out)
    domain = portals._portals[key].host
    assert written["portals"] == [{"kind": kind, "url": portals.urls[key] + below, "domain": domain}]
    City.model_validate(written)
    assert " entries\n# offers:\n#   catalogue by " in told.out


def test_a_ckan_below_a_path_is_found_from_both_addresses(observed: Path, portals: DemoPortals, ask: Ask) -> None:
    site = portals.urls["cedar-junction-maps"]
    found = [json.loads(ask(observed, "probe", url, "--json").out) for url in (site, f"{site}/data")]
    assert found[0] == found[1]
    assert (found[0]["kind"], found[0]["software"], found[0]["url"]) == ("ckan", "CKAN 2.11.6", f"{site}/data")
    assert found[0]["entries_count"] == 6


@contextmanager
def serving(body: bytes, content_type: str, status: int = 200) -> Iterator[str]:
    """A server that gives one answer to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"<html>A blog</html>", "text/html", 200),
        (b'{"success": true, "result": []}', "application/json", 200),
        (b"{}", "application/json", 404),
    ],
)
def test_what_is_no_portal_is_said_to_be_none(
    observed: Path, ask: Ask, body: bytes, content_type: str, status: int
) -> None:
    with serving(body, content_type, status) as url:
        told = ask(observed, "probe", url)
    assert (told.code, told.out) == (3, "")
    assert told.err == f"{url}: no portal that civicgauge can read\nit answers as none of: ckan, socrata\n"


def test_what_does_not_answer_is_told_apart_from_what_is_no_portal(observed: Path, ask: Ask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody else answers there
        told = ask(observed, "probe", f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert (told.code, told.out) == (3, "")
    assert "Connection refused" in told.err
    assert "none of" not in told.err


@pytest.mark.parametrize("address", ["not an address", "ftp://example.org", "https://", "file:///etc/passwd"])
def test_what_is_no_address_is_usage(observed: Path, ask: Ask, address: str) -> None:
    told = ask(observed, "probe", address)
    assert (told.code, told.out) == (2, "")
    assert "Correct the address." in told.err


def test_a_portal_adds_nothing_to_the_file_by_what_it_says_of_itself() -> None:
    said = "x\npublication: public\n  - {kind: socrata}"
    plain = city_file(Probe("ckan", "https://data.example.org", None, None, "data.example.org", 3))
    hostile = city_file(Probe("ckan", "https://data.example.org", said, said, said, None, (said,)))
    assert yaml.safe_load(hostile) == yaml.safe_load(plain)
    assert "domain" not in plain
