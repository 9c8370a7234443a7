"""Every kind of fault can be seen from outside, and the clock and the changes do what they say."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from zoneinfo import ZoneInfo

import pytest
import yaml

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


def test_changes_are_seen_from_outside(fresh: DemoPortals) -> None:
    url, soon = fresh.urls["alder-falls"], date(2026, 7, 3)
    fresh.set_as_of(soon)
    before = catalog(url, ids="c5wg-8qtm")["results"][0]["resource"]
    fresh.change("alder-falls", "touch", "c5wg-8qtm")
    touched = catalog(url, ids="c5wg-8qtm")["results"][0]["resource"]
    assert touched["data_updated_at"] == before["data_updated_at"]
    assert touched["metadata_updated_at"] > before["metadata_updated_at"]
    fresh.change("alder-falls", "update", "c5wg-8qtm")
    assert catalog(url, ids="c5wg-8qtm")["results"][0]["resource"]["data_updated_at"] > before["data_updated_at"]
    fresh.change("alder-falls", "delete", "c5wg-8qtm")
    fresh.change("alder-falls", "private", "w9jb-46pe")
    assert catalog(url, limit=10000)["resultSetSize"] == 24
    assert ask(f"{url}/api/views/c5wg-8qtm.json").status == 404
    assert (ask(f"{url}/api/views/w9jb-46pe.json").status, ask(f"{url}/resource/w9jb-46pe.json").status) == (403, 403)
    fresh.change(
        "alder-falls", "add", "new0-0001", title="Street Sweeping", tags=["streets"], columns="Route | Text | Name"
    )
    added = catalog(url, ids="new0-0001")["results"][0]["resource"]
    assert added["createdAt"] > "2026-07-03"
    fresh.change("birchport", "delete", "street-lights")
    assert action(fresh.urls["birchport"], "package_show", id="street-lights").status == 403
    fresh.change("birchport", "restore", "street-lights")
    fresh.change("birchport", "update", "street-lights")
    package = action(fresh.urls["birchport"], "package_show", id="street-lights").json()["result"]
    assert package["resources"][0]["last_modified"][:19] == package["metadata_modified"][:19]
    fresh.change("birchport", "add", name="dog-parks", title="Dog Parks")
    assert search(fresh.urls["birchport"])["count"] == 24


def _age(demo: DemoPortals, dataset_id: str, today: date) -> int:
    told = catalog(demo.urls["alder-falls"], ids=dataset_id)["results"][0]["resource"]["data_updated_at"]
    moment = datetime.fromisoformat(told.replace("Z", "+00:00")).astimezone(ZoneInfo("America/Chicago"))
    return (today - moment.date()).days


@pytest.mark.parametrize(
    "day", [date(2026, 6, 30), date(2026, 3, 9), date(2026, 11, 2), date(2024, 2, 29), date(2027, 1, 1)]
)
def test_ages_depend_on_the_day_alone(day: date) -> None:
    for as_of in (
        day,
        datetime(day.year, day.month, day.day, 6, 1, tzinfo=UTC),
        datetime(day.year, day.month, day.day, 18, tzinfo=UTC),
    ):
        with DemoPortals(as_of) as demo:
            assert [_age(demo, i, day) for i in ("k7qw-3fzn", "w9jb-46pe", "c5wg-8qtm")] == [0, 40, 500]


def test_the_clock_ages_what_does_not_update_itself() -> None:
    with DemoPortals(datetime(2026, 6, 30, 5, 1, tzinfo=UTC)) as demo:  # a minute after midnight in Chicago
        before = catalog(demo.urls["alder-falls"], ids="k7qw-3fzn")["results"][0]["resource"]["page_views"]
        demo.set_as_of(date(2026, 7, 9))
        today = date(2026, 7, 9)
        assert [_age(demo, i, today) for i in ("k7qw-3fzn", "p4mx-82ty", "w9jb-46pe")] == [0, 5, 49]
        assert catalog(demo.urls["alder-falls"], ids="k7qw-3fzn")["results"][0]["resource"]["page_views"] != before
        with pytest.raises(ValueError, match="before the moment"):
            demo.set_as_of(date(2026, 6, 1))
    with pytest.raises(ValueError, match="time zone"):
        DemoPortals(datetime(2026, 6, 30, 12))


def test_the_same_moment_gives_the_same_catalogue() -> None:
    def read() -> list[Any]:
        with DemoPortals(DAY) as demo:
            first = catalog(demo.urls["alder-falls"], limit=10000)["results"]
            return [first, search(demo.urls["birchport"], rows=1000, sort="id asc")["results"]]

    assert read() == read()


def test_city_files_and_the_command(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "civicgauge.demo.server",
        "--as-of",
        "2026-06-30",
        "--port",
        "0",
        "--cities",
        str(tmp_path),
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    lines = [server.stdout.readline().split() for _ in range(7)]
    urls = {line[0]: line[1] for line in lines[:4]}
    files = {p.stem: yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted(tmp_path.glob("*.yml"))}
    assert sorted(files) == ["demo-alder-falls", "demo-birchport", "demo-cedar-junction"]
    assert {p["url"] for city in files.values() for p in city["portals"]} == set(urls.values())
    assert catalog(urls["alder-falls"])["resultSetSize"] == 26
    server.send_signal(signal.SIGTERM)
    assert server.wait(10) == 0
    assert not list(tmp_path.glob("*.part"))
