"""A portal-wide licence statement fills only what states none, and lapses when its text changes."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.pipeline.conftest import CITIES, Demo

CITY = CITIES[0]


class Terms:
    """A page of terms whose words and markup the test can change."""

    def __init__(self) -> None:
        self.body, self.url = b"", ""


@pytest.fixture
def terms() -> Iterator[Terms]:
    told = Terms()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if told.body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}/terms"
    yield told
    server.shutdown()
    server.server_close()


def state(demo: Demo, terms: Terms, day: str, read_on: str = "2026-01-15") -> Counter[str | None]:
    path = demo.context.settings.cities / f"{CITY}.yml"
    text = path.read_text(encoding="utf-8").split("licence_statement:")[0]
    path.write_text(
        f"{text}licence_statement: {{url: '{terms.url}', licence_id: PDDL-1.0, read_by: staff, read_on: {read_on}}}\n",
        encoding="utf-8",
    )
    assert demo.observe(CITY, as_of=day)[CITY].outcome == "complete"
    with demo.context.warehouse() as warehouse:
        rows = [row for row in warehouse.rows("dataset_day", city_ids=[CITY]) if row["day"].isoformat() == day]
        (stated,) = [
            v for v in warehouse.indicator_values(CITY, rows[0]["day"]) if v.indicator_id == "licence_stated_share"
        ]
    assert stated.numerator == 15  # by the datasets themselves, whatever the portal says of all
    return Counter(row["licence_source"] for row in rows)


@pytest.mark.slow
def test_inherited_while_the_words_stay_and_lapsed_when_they_change(demo: Demo, terms: Terms) -> None:
    terms.body = b"<html><script>nonce=1</script><p>Public domain.</p></html>"
    first = state(demo, terms, "2026-06-25")
    assert first["portal"] > 0
    assert first[None] == 0
    terms.body = b"<html><script>nonce=2</script><div>Public\n domain.</div></html>"
    assert state(demo, terms, "2026-06-26") == first
    terms.body = b""  # not to be read today
    assert state(demo, terms, "2026-06-27") == first
    terms.body = b"<p>All rights reserved.</p>"
    assert state(demo, terms, "2026-06-28")["portal"] == 0
    assert state(demo, terms, "2026-06-29")["portal"] == 0
    assert state(demo, terms, "2026-06-30", read_on="2026-06-30") == first
