"""The reader against answers that CKAN 2.12.0 itself gave, headers and bodies as recorded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from civicgauge.errors import AnswerUnreadable, PortalRefused
from civicgauge.model import Portal, Presence
from civicgauge.portals import reader
from civicgauge.web import Web
from tests.recordings import FOLDER, needs_recordings

pytestmark = needs_recordings
RECORDED = FOLDER / "ckan-2.12-recorded"
KNOWN = "street-trees"


def recording_for(path: str, query: dict[str, list[str]]) -> str:
    """Which recorded call answers a request of ours."""
    action = path.removeprefix("/api/3/action/")
    if not path.startswith("/api/3/action/"):
        return "html_404"
    if action == "package_search":
        return {"nosuch": "package_search_bad_param"}.get(next(iter(query), ""), "package_search_over_cap")
    if action == "package_show":
        return (
            "package_show"
            if query.get("id") == [KNOWN]
            else "package_show_404"
            if query.get("id")
            else "package_show_409"
        )
    return {"status_show": "status_show"}.get(action, "unknown_action")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            name = recording_for(parts.path, parse_qs(parts.query))
            head, *lines = (RECORDED / f"{name}.headers").read_text().splitlines()
            body = (RECORDED / f"{name}.body").read_bytes()
            self.send_response(int(head.split()[1]))
            for line in lines:
                key, _, value = line.partition(": ")
                if key.lower() in {"content-type", "cache-control"}:
                    self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(user_agent="civicgauge tests", allow_private_hosts=True, requests_per_second=1000) as door:
        yield door


def portal(address: str) -> Portal:
    return Portal.model_validate({"kind": "ckan", "url": address, "domain": "data.example.org"})


def test_the_catalogue_and_the_probe(address: str, web: Web) -> None:
    crawl = reader("ckan").crawl(web, portal(address))
    answers = {name: answer.body for name, answer in crawl.answers}
    entries = reader("ckan").entries(answers)
    datasets = reader("ckan").datasets(entries, answers, portal(address))
    assert (crawl.software, crawl.entries_count, len(datasets)) == (
        "CKAN 2.12.0",
        crawl.stated_count,
        crawl.stated_count,
    )
    assert KNOWN in {d.permalink.rsplit("/", 1)[1] for d in datasets}
    found = reader("ckan").probe(web, address)
    assert found is not None
    assert (found.software, found.entries_count) == ("CKAN 2.12.0", crawl.stated_count)
    assert reader("socrata").probe(web, address) is None


def test_asked_singly(address: str, web: Web) -> None:
    told = reader("ckan").ask(web, portal(address), [KNOWN, "nope"])
    assert told == {KNOWN: Presence.PRESENT, "nope": Presence.GONE}


def test_errors_are_refusals_with_the_portals_own_words(address: str, web: Web) -> None:
    with pytest.raises(PortalRefused, match="409"):
        web.get_json(f"{address}/api/3/action/package_show")
    with pytest.raises(PortalRefused, match="400"):
        web.get_json(f"{address}/api/3/action/nosuch_action")
    with pytest.raises((PortalRefused, AnswerUnreadable)):
        web.get_json(f"{address}/dataset/nope")
