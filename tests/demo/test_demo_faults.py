"""Every kind of fault can be seen from outside."""

from __future__ import annotations

import http.client
import time
from typing import Any
from urllib.error import URLError

import pytest

from civicgauge.demo.faults import Fault
from civicgauge.demo.server import DemoPortals
from tests.demo.asking import action, ask, catalog, ids, search
from tests.demo.conftest import DAY


@pytest.mark.parametrize("key", ["alder-falls", "birchport"])
def test_rejections_come_as_often_as_told(fresh: DemoPortals, key: str) -> None:
    faults, url = fresh.faults(key), fresh.urls[key]
    faults.add("429", times=1, retry_after=3)
    faults.add("429", times=1)
    faults.add("503", times=2)
    faults.add("202", times=1)
    told = [ask(f"{url}/") for _ in range(6)]
    assert [t.status for t in told] == [429, 429, 503, 503, 202, 200]
    assert (told[0].headers.get("Retry-After"), told[1].headers.get("Retry-After")) == ("3", None)


def test_html_with_status_200_and_paths(fresh: DemoPortals) -> None:
    fresh.faults("birchport").add("html200", path="/api/3/action/package_search")
    told = action(fresh.urls["birchport"], "package_search")
    assert (told.status, told.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert action(fresh.urls["birchport"], "status_show").json()["success"] is True
    fresh.faults("birchport").clear()
    assert action(fresh.urls["birchport"], "package_search").json()["success"] is True


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_is_cut_in_the_middle(fresh: DemoPortals, chunked: bool) -> None:
    fresh.faults("alder-falls").add("cut", times=1, chunked=chunked)
    with pytest.raises(http.client.IncompleteRead):
        catalog(fresh.urls["alder-falls"])
    assert catalog(fresh.urls["alder-falls"])["resultSetSize"] == 26


def test_hang_and_down(fresh: DemoPortals) -> None:
    fresh.faults("alder-falls").add("hang", seconds=0.4, times=1)
    begun = time.monotonic()
    assert ask(f"{fresh.urls['alder-falls']}/").status == 200
    assert time.monotonic() - begun > 0.35
    fresh.faults("alder-falls").add("down", times=1)
    with pytest.raises((URLError, ConnectionError, http.client.RemoteDisconnected)):
        ask(f"{fresh.urls['alder-falls']}/")
    assert ask(f"{fresh.urls['alder-falls']}/").status == 200


def test_a_hanging_request_does_not_delay_the_end() -> None:
    import threading

    demo = DemoPortals(DAY)
    demo.faults("alder-falls").add("hang", seconds=60)
    asking = threading.Thread(target=lambda: ask(f"{demo.urls['alder-falls']}/"), daemon=True)
    asking.start()
    time.sleep(0.1)
    begun = time.monotonic()
    demo.stop()
    demo.stop()
    asking.join(5)
    assert not asking.is_alive()
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("where", ["page", "pages"])
def test_duplicates_keep_the_stated_number(fresh: DemoPortals, where: str) -> None:
    fresh.faults("alder-falls").add("duplicates", where=where)
    fresh.faults("birchport").add("duplicates", where=where)
    pages = [catalog(fresh.urls["alder-falls"], order="dataset_id", limit=13, offset=o) for o in (0, 13)]
    found = [i for page in pages for i in ids(page)]
    assert {page["resultSetSize"] for page in pages} == {26}
    assert len(found) == 26
    assert len(set(found)) < 26
    results = [
        p["id"] for s in (0, 12) for p in search(fresh.urls["birchport"], sort="id asc", rows=12, start=s)["results"]
    ]
    assert len(set(results)) < len(results) == 23


def test_one_request_with_duplicates_inside(fresh: DemoPortals) -> None:
    fresh.faults("alder-falls").add("duplicates", times=1)
    found = catalog(fresh.urls["alder-falls"], limit=10000)
    assert (found["resultSetSize"], len(found["results"]), len(set(ids(found)))) == (26, 26, 25)
    assert len(set(ids(catalog(fresh.urls["alder-falls"], limit=10000)))) == 26


def test_a_moving_dataset_is_lost_by_the_default_order_only(fresh: DemoPortals) -> None:
    fresh.faults("birchport").add("moving")
    url = fresh.urls["birchport"]

    def read(**more: Any) -> list[str]:
        return [p["id"] for start in (0, 8, 16) for p in search(url, rows=8, start=start, **more)["results"]]

    by_default, by_id = read(), read(sort="id asc")
    assert len(set(by_default)) < 23
    assert len(set(by_id)) == 23
    fresh.faults("alder-falls").add("moving")
    pages = [catalog(fresh.urls["alder-falls"], limit=9, offset=o, order="updatedAt DESC") for o in (0, 9, 18)]
    assert len({i for page in pages for i in ids(page)}) < 26


def test_short_shrunk_and_capped_catalogues(fresh: DemoPortals) -> None:
    alder, birch = fresh.urls["alder-falls"], fresh.urls["birchport"]
    for key in ("alder-falls", "birchport"):
        fresh.faults(key).add("short", times=1, entries=3)
        fresh.faults(key).add("shrunk", times=1, share=0.5)
    found = catalog(alder, limit=10000)
    assert (found["resultSetSize"], len(found["results"])) == (13, 10)
    assert catalog(alder, limit=10000)["resultSetSize"] == 26
    told = search(birch, rows=1000)
    assert (told["count"], len(told["results"])) == (11, 8)
    fresh.faults("birchport").add("cap", entries=4)
    told = search(birch, rows=1000)
    assert (told["count"], len(told["results"])) == (23, 4)


def test_control_by_http(fresh: DemoPortals) -> None:
    url = fresh.urls["alder-falls"]
    assert ask(f"{url}/__demo__/faults", data={"kind": "503", "times": 1}).json() == {"added": "503"}
    assert [ask(f"{url}/").status for _ in range(2)] == [503, 200]
    assert ask(f"{url}/__demo__/faults", data={"clear": True}).json() == {"cleared": True}
    changed = {"action": "edit", "id": "k7qw-3fzn", "set": {"frequency": "As needed"}}
    assert ask(f"{url}/__demo__/change", data=changed).json() == {"id": "k7qw-3fzn"}
    entry = catalog(url, ids="k7qw-3fzn")["results"][0]
    assert entry["classification"]["domain_metadata"][0]["value"] == "As needed"
    assert ask(f"{url}/__demo__/clock", data={"as_of": "2026-07-02"}).status == 200
    for path, bad in (
        ("faults", {"kind": "flood"}),
        ("faults", {"kind": "503", "colour": 1}),
        ("change", {"action": "touch", "id": "none-0000"}),
        ("change", {"action": "paint", "id": "k7qw-3fzn"}),
        ("clock", {"as_of": "2026-07-02T10:00:00"}),
        ("clock", {"as_of": "2020-01-01"}),
        ("faults", b"[1]"),
    ):
        told = ask(f"{url}/__demo__/{path}", data=bad)
        assert told.status == 400
        assert told.json()["error"]


def test_faults_refuse_what_they_do_not_know() -> None:
    with pytest.raises(ValueError, match="no kind of fault"):
        Fault("flood")
    with pytest.raises(ValueError, match="page"):
        Fault("duplicates", where="book")
