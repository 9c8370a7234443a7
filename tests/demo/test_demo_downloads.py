"""What the demo portals send when somebody downloads: validators, and bodies that break on the way."""

from __future__ import annotations

import http.client
import time

import pytest

from civicgauge.demo.server import DemoPortals
from tests.demo.asking import action, ask

EXPORT = "/api/views/k7qw-3fzn/rows.csv"


def file_of(demo: DemoPortals, name: str) -> str:
    """The address of a package's first file, at the port where it is served."""
    found = action(demo.urls["birchport"], "package_show", id=name).json()["result"]["resources"][0]
    return demo.urls["birchport"] + "/" + found["url"].split("/", 3)[3]


def test_uploads_have_validators_and_are_not_sent_again(fresh: DemoPortals) -> None:
    url = file_of(fresh, "harbor-berths")
    first = ask(url)
    assert first.headers["Content-Type"] == "text/csv"
    assert first.body.startswith(b"id,name\r\n1001,")
    for name, header in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
        again = ask(url, headers={header: first.headers[name]})
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    fresh.change("birchport", "update", "harbor-berths")
    assert ask(url, headers={"If-None-Match": first.headers["ETag"]}).status == 200


def test_files_are_what_their_names_say(portals: DemoPortals) -> None:
    begins = {
        name: ask(file_of(portals, name)).body[:4] for name in ("capital-projects", "public-art", "council-minutes")
    }
    assert begins == {"capital-projects": b"PK\x03\x04", "public-art": b"PK\x03\x04", "council-minutes": b"%PDF"}
    assert ask(file_of(portals, "parcel-boundaries")).json()["type"] == "FeatureCollection"


def test_a_file_in_another_notation(fresh: DemoPortals) -> None:
    table = "Straße | Text | | Hauptstraße\nSeit | Calendar date |"
    part = {"name": "x", "file": "x.csv", "table": table, "delimiter": ";", "encoding": "cp1252", "rows": 2}
    fresh.change("birchport", "edit", "harbor-berths", resources=[part])
    lines = ask(file_of(fresh, "harbor-berths")).body.decode("cp1252").splitlines()
    assert (lines[0], len(lines)) == ("Straße;Seit", 3)


def test_a_table_moves_after_it_was_read(fresh: DemoPortals) -> None:
    url = fresh.urls["alder-falls"]
    fresh.faults("alder-falls").add("rows_moving", path=EXPORT, entries=2, times=1)
    updated = ask(f"{url}/api/views/k7qw-3fzn.json").json()["rowsUpdatedAt"]
    assert len(ask(url + EXPORT).body.splitlines()) == 61
    assert ask(f"{url}/api/views/k7qw-3fzn.json").json()["rowsUpdatedAt"] == updated + 1
    assert ask(f"{url}/resource/k7qw-3fzn.json", {"$select": "count(*)"}).json() == [{"count": "62"}]
    assert len(ask(url + EXPORT).body.splitlines()) == 63


def test_a_table_ends_early(fresh: DemoPortals) -> None:
    fresh.faults("alder-falls").add("rows_short", entries=10, times=1)
    url = fresh.urls["alder-falls"] + EXPORT
    assert [len(ask(url).body.splitlines()) for _ in range(2)] == [51, 61]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_stalls_in_the_middle(fresh: DemoPortals, chunked: bool) -> None:
    url = f"{fresh.urls['alder-falls']}/api/catalog/v1"
    whole = ask(url).json()["resultSetSize"]
    fresh.faults("alder-falls").add("stall", seconds=0.3, times=1, chunked=chunked)
    begun = time.monotonic()
    assert ask(url).json()["resultSetSize"] == whole
    assert time.monotonic() - begun > 0.25


def test_a_refusal_is_said_in_the_platforms_words(fresh: DemoPortals) -> None:
    for key in ("alder-falls", "birchport"):
        fresh.faults(key).add("403", times=1)
    assert ask(fresh.urls["alder-falls"] + EXPORT).json()["code"] == "permission_denied"
    told = action(fresh.urls["birchport"], "status_show")
    assert (told.status, told.headers["Content-Type"]) == (403, "text/html; charset=utf-8")


def test_an_export_that_is_cut(fresh: DemoPortals) -> None:
    fresh.faults("alder-falls").add("cut", path=EXPORT, times=1)
    with pytest.raises(http.client.IncompleteRead):
        ask(fresh.urls["alder-falls"] + EXPORT)


def test_a_server_may_give_less_than_was_asked_for(fresh: DemoPortals) -> None:
    fresh.change("alder-falls", "edit", "k7qw-3fzn", most_rows=7, no_export=True)
    url = fresh.urls["alder-falls"]
    assert len(ask(f"{url}/resource/k7qw-3fzn.json", {"$limit": 50}).json()) == 7
    assert ask(url + EXPORT).status == 404
