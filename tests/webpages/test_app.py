"""Every page in every format, where it leads, what stands on every answer, and what is said when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import pytest
from fastapi import Depends, FastAPI, HTTPException, Request
from starlette.testclient import TestClient

from civicgauge.errors import WarehouseBusy, WarehouseOutOfDate
from civicgauge.pages.here import Here
from civicgauge.pipeline.showing.forms import PUBLIC, STAFF, Viewer
from civicgauge.pipeline.words import NOTICE
from tests.answers.html import Page
from tests.webpages.made_up import CHECK, CITY, COHORT, DATASET, INDICATOR, STANDARD, MadeUp, client

PAGES = (
    *("cities", f"city/{CITY}", f"city/{CITY}/datasets", f"city/{CITY}/dataset/main/~0123"),
    *(f"city/{CITY}/brief", "pack", f"pack/{COHORT}"),
    *("indicator", f"indicator/{INDICATOR}", "check", f"check/{CHECK}", "method", f"standard/{STANDARD}", "health"),
    *("editions", "edition/2026-h1", f"edition/2026-h1/city/{CITY}", "decisions", "decision/d-1", "audit"),
)
HOST = "http://testserver"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_twins(path: str) -> None:
    asking = client()
    page, told, table = (asking.get(f"/{path}{ending}") for ending in ("/", ".json", ".csv"))
    assert [each.status_code for each in (page, told, table)] == [200, 200, 200]
    assert [each.headers["content-type"].split(";")[0] for each in (page, told, table)] == [
        *("text/html", "application/json", "text/csv"),
    ]
    seen = Page(page.text)
    assert [len(seen.all(tag)) for tag in ("h1", "main", "header", "footer", "script", "iframe")] == [1, 1, 1, 1, 0, 0]
    assert NOTICE in seen.text
    assert not seen.unlabelled
    assert all(each.get("scope") for each in seen.all("th"))
    assert len(seen.all("table")) == len(seen.all("caption"))
    assert told.json()["notice"] == NOTICE
    rows = list(csv.reader(io.StringIO(table.text), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert table.content.endswith(b"\r\n")


def test_every_link_leads_somewhere_and_keeps_the_date() -> None:
    asking, seen, waiting = client(), set(), {f"{HOST}/cities/?as_of=2026-06-30"}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = asking.get(address)
        assert answer.status_code == 200, address
        if "html" not in answer.headers["content-type"]:
            continue
        page = Page(answer.text)
        for found in [*page.links, *(each["href"] for each in page.all("link"))]:
            if urlsplit(found).scheme or found.startswith("#"):
                continue
            assert not found.startswith("/"), f"{found} of {address} breaks below a prefix"
            to = urldefrag(urljoin(address, found))[0]
            is_badge, is_newest = to.endswith(".svg"), "as_of" not in parse_qs(urlsplit(to).query)
            is_here = urlsplit(to).path == urlsplit(address).path  # the one way away from the date
            assert is_badge or is_here or not is_newest, f"{found} of {address} loses the date"
            # one of a kind is enough of indicators, checks and parts of lists
            is_paper = urlsplit(to).path.endswith(".pdf")  # tests/webpages/test_pdf.py reads those
            if not (is_newest or is_paper) and _kind(to) not in {_kind(each) for each in seen | waiting}:
                waiting.add(to)
    assert {_kind(f"{HOST}/{path}/") for path in PAGES} <= {_kind(each) for each in seen}


def _kind(address: str) -> str:
    path = urlsplit(address).path
    kind = re.sub(r"^/(indicator|check|standard)/[^/.]+", r"/\1/*", path)
    return re.sub(r"/dataset/main/[^/.]+", "/dataset/main/*", kind)


def test_a_page_loads_nothing_from_elsewhere() -> None:
    asking = client()
    for path in PAGES:
        text = asking.get(f"/{path}/").text
        page = Page(text)
        loaded = [each.get("src", "") for tag in ("img", "source", "embed", "object", "use") for each in page.all(tag)]
        loaded += [each["href"] for each in page.all("link")]
        assert not [each for each in loaded if urlsplit(each).netloc or each.startswith("//")]
        assert not re.search(r"url\(|@import|\son\w+=|\sstyle=|target=", text)


HEADERS = {
    "content-security-policy": r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src 'self' data:; "
    r"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


class Broken(MadeUp):
    """A warehouse that does not answer, or is not ready, or a fault of ours."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def city(self, *_: Any) -> Any:
        """Not this time."""
        raise self.error


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/", 307, ""),
        ("/cities", 307, ""),
        ("/cities/", 200, ""),
        ("/cities.csv", 200, ""),
        ("/nowhere/", 404, "no such page"),
        ("/docs", 404, "no such page"),
        ("/openapi.json", 404, "no such page"),
        ("/city/us-xx-nowhere/", 404, "no such page"),
        ("/city/us-xx-nowhere.csv", 404, "no such page"),
        ("/city/%00/", 404, "no such page"),
        ("/city/..%2f..%2fetc/", 404, "no such page"),
        ("/check/nothing.json", 404, "no such page"),
        ("/cities/?as_of=yesterday", 400, "as_of"),
        ("/cities/?as_of=0001-01-01T00:00%2B09:00", 400, "as_of"),
        ("/cities/?as_of=0001-01-01T01:00%2B00:00", 400, "as_of"),  # no such local time west of Greenwich
        (f"/cities/?page=000000001{'9' * 4300}", 400, "page"),
        ("/cities.json?page=0", 400, "page"),
        ("/cities/?page=%D9%A3", 400, "page"),
        (f"/cities/?page=000000001{'7' * 5000}", 400, "page"),
        ("/cities/?state=nowhere", 400, "state"),
        ("/cities/?sort=a%20b", 400, "sort"),
        (f"/city/{CITY}/datasets.csv?sort=rank", 400, "sort"),
    ],
)
def test_headers_stand_on_every_answer(path: str, status: int, words: str) -> None:
    asking = client()
    for ask in (asking.get, asking.head):
        answer = ask(path)
        assert answer.status_code == status
        for name, pattern in HEADERS.items():
            assert re.fullmatch(pattern, answer.headers[name])
    assert words in asking.get(path).text
    if path.endswith(".json") and status >= 400:
        assert asking.get(path).json()["status"] == status
    if "/" in path[1:] and status == 404 and "." not in path:
        assert "cities/" in "".join(Page(asking.get(path).text).links)


def test_what_cannot_be_asked_has_a_way_back_that_does_not_ask_it_again() -> None:
    page = Page(client().get("/cities/?as_of=yesterday").text)
    assert not [link for link in page.links if "yesterday" in link]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(method: str) -> None:
    for path in ("/cities/", "/cities.json", "/nowhere"):
        answer = client().request(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("error", "status", "wait"),
    [
        (WarehouseBusy("locked"), 503, "120"),
        (WarehouseOutOfDate("The warehouse is older. Run: civicgauge db upgrade"), 503, "3600"),
        (RuntimeError("secret detail"), 500, None),
    ],
)
def test_what_is_down_says_so(error: Exception, status: int, wait: str | None) -> None:
    for viewer in (PUBLIC, STAFF):
        for ending in ("/", ".json", ".csv"):
            answer = client(Broken(error), viewer).get(f"/city/{CITY}{ending}")
            assert (answer.status_code, answer.headers.get("retry-after")) == (status, wait)
            assert ("civicgauge db upgrade" in answer.text) == ("upgrade" in str(error) and viewer is STAFF)
            assert "secret" not in answer.text
            assert re.fullmatch(HEADERS["content-security-policy"], answer.headers["content-security-policy"])


def test_an_answer_is_named_and_not_sent_twice() -> None:
    for viewer, kept in ((PUBLIC, "no-cache"), (STAFF, "private, no-cache")):
        asking = client(viewer=viewer)
        first = asking.get("/cities/")
        assert first.headers["cache-control"] == kept
        again = asking.get("/cities/", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert asking.get("/cities/?page=2", headers={"If-None-Match": first.headers["etag"]}).status_code == 200
    own = client(viewer=Viewer("public", frozenset({CITY}))).get("/cities/")
    assert own.headers["cache-control"] == "private, no-cache"


def test_a_guard_stands_before_everything() -> None:
    def guard(request: Request) -> None:
        if "sign" not in request.headers:
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})

    asking = client(dependencies=[Depends(guard)], is_framed=True)
    paths = [f"/{path}{ending}" for path in PAGES for ending in ("/", ".json", ".csv")]
    paths += [f"/city/{CITY}/brief.pdf", f"/pack/{COHORT}.pdf"]
    for path in [*paths, "/", "/docs", "/redoc", "/openapi.json", "/nowhere", f"/badge/{CITY}.svg", "/static/x.css"]:
        refused = asking.get(path)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert "Springvale" not in refused.text
        assert asking.post(path).status_code in (401, 405)
    signed = asking.get("/cities/", headers={"sign": "1"})
    assert signed.status_code == 200
    assert "frame-ancestors 'self'" in signed.headers["content-security-policy"]


def test_what_is_asked_reaches_the_form_and_the_links() -> None:
    shown = MadeUp()
    text = client(shown).get("/cities/?words=spring%00&state=MO&sort=promises_kept_share&page=2&as_of=2026-06-01").text
    assert shown.asked is not None
    assert (shown.asked.words, shown.asked.filters, shown.asked.page) == ("spring", {"state": "MO"}, 2)
    assert (shown.asked.sort, shown.as_of) == (INDICATOR, "2026-06-01")
    page = Page(text)
    (after,) = [each["href"] for each in page.all("a") if each.get("rel") == "next"]
    asked = parse_qs(urlsplit(after).query)
    assert (asked["page"], asked["state"], asked["as_of"]) == (["3"], ["MO"], ["2026-06-01"])
    (twin,) = [each["href"] for each in page.all("link") if each.get("type") == "text/csv"]
    assert parse_qs(urlsplit(twin).query)["state"] == ["MO"]


def test_links_are_right_below_a_prefix_and_without_the_last_slash() -> None:
    asking = TestClient(_below(client().app), follow_redirects=False)
    assert asking.get("/af/civicgauge/").headers["location"] == "./cities/"
    moved = asking.get("/af/civicgauge/city/us-mo-springvale?as_of=2026-06-30")
    assert moved.headers["location"] == "./us-mo-springvale/?as_of=2026-06-30"
    page = asking.get(f"/af/civicgauge/city/{CITY}/")
    to = {urljoin(f"{HOST}/af/civicgauge/city/{CITY}/", each) for each in Page(page.text).links if "://" not in each}
    assert all(each.startswith((f"{HOST}/af/civicgauge/", "mailto:")) for each in to)


def _below(app: Any) -> Any:
    above = FastAPI()
    above.mount("/af/civicgauge", app)
    return above


def test_a_static_page_asks_nothing() -> None:
    here = Here(f"city/{CITY}/", {"as_of": "2026-06-30"}, is_static=True)
    assert here.to("cities") == "../../cities/index.html"
    assert here.twin("json") == f"../../city/{CITY}.json"
    later = Here("cities/part-2/", {"page": "2"}, is_static=True)
    assert (later.page, later.again(page=3)) == ("cities", "../../cities/part-3/index.html")
    assert (later.again(page=None), later.twin("csv")) == ("../../cities/index.html", "../../cities/part-2.csv")


def test_a_dataset_with_an_odd_id_has_an_address() -> None:
    links = Page(client().get(f"/city/{CITY}/datasets/").text).links
    assert [each for each in links if re.search(r"/dataset/main/~[0-9a-f]{32}/$", each)]
    told = json.loads(client().get(f"/city/{CITY}/datasets.json").text)
    assert told["rows"][0]["dataset_id"] == DATASET
