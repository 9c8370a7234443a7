"""The demo's Socrata portals behave as recorded ones do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from civicgauge.demo.server import DemoPortals
from tests.demo.asking import ask, catalog, ids

RECORDINGS = Path(__file__).parents[3] / "shared" / "portals"
needs_recordings = pytest.mark.skipif(not RECORDINGS.is_dir(), reason="no recordings beside the repository (../shared)")


@pytest.fixture(scope="module")
def url(portals: DemoPortals) -> str:
    return portals.urls["alder-falls"]


def _recorded() -> list[dict[str, Any]]:
    with gzip.open(RECORDINGS / "chicago" / "catalog.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@needs_recordings
def test_entries_have_the_keys_of_recorded_ones(url: str) -> None:
    recorded = _recorded()
    for entry in catalog(url, limit=10000)["results"]:
        assert set(entry) - {"owner", "creator"} == set(recorded[0])  # names were taken out of the recordings
        assert set(entry["resource"]) == set(recorded[0]["resource"])
        assert set(entry["classification"]) in [set(r["classification"]) for r in recorded]
        assert set(entry["metadata"]) in [set(r["metadata"]) for r in recorded]
        assert set(entry["resource"]["page_views"]) == set(recorded[0]["resource"]["page_views"])


@needs_recordings
def test_views_have_keys_and_types_of_recorded_ones(url: str) -> None:
    recorded = [
        json.loads(gzip.decompress(p.read_bytes())) for p in sorted((RECORDINGS / "chattanooga/views").iterdir())
    ]
    always = set.intersection(*(set(view) for view in recorded))
    ever = set.union(*(set(view) for view in recorded))
    view = ask(f"{url}/api/views/k7qw-3fzn.json").json()
    assert always <= set(view) <= ever
    same = next(v for v in recorded if "rowsUpdatedAt" in v)
    assert {k for k in always if type(view[k]) is not type(same[k])} <= {"averageRating"}
    assert set(view["columns"][0]) <= {key for v in recorded for c in v["columns"] for key in c}


def test_values_that_are_not_set_are_absent_or_null(url: str) -> None:
    found = {r["resource"]["id"]: r for r in catalog(url, limit=10000)["results"]}
    assert "license" not in found["q4tf-6ncb"]["metadata"]
    assert found["k7qw-3fzn"]["resource"]["contact_email"] is None
    for entry in found.values():
        resource = entry["resource"]
        assert resource["updatedAt"] == max(resource["data_updated_at"], resource["metadata_updated_at"])
        assert len({len(v) for k, v in resource.items() if k.startswith("columns_")}) == 1


def test_domains_and_search_context_decide_about_federated_entries(url: str) -> None:
    host = "data.alderfalls.example"
    everything = catalog(url, search_context=host, limit=10000)
    own = catalog(url, domains=host, limit=10000)
    assert (everything["resultSetSize"], own["resultSetSize"]) == (26, 24)
    assert {r["metadata"]["domain"] for r in own["results"]} == {host}
    assert ask(f"{url}/api/catalog/v1", {"domains": "elsewhere.example"}).status == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"limit": 10001}, "10000"),
        ({"offset": 9950}, "10000"),
        ({"order": "name", "scroll_id": ""}, "cannot be combined"),
        ({"order": "colour"}, "cannot order"),
        ({"limit": "many"}, "integers"),
    ],
)
def test_bad_arguments_are_refused(url: str, query: dict[str, Any], said: str) -> None:
    told = ask(f"{url}/api/catalog/v1", query)
    assert told.status == 400
    assert said in told.json()["error"]


def test_pages_without_order_repeat_and_lose_entries(url: str) -> None:
    readings = [[i for offset in range(0, 26, 5) for i in ids(catalog(url, limit=5, offset=offset))] for _ in range(5)]
    assert all(len(reading) == 26 for reading in readings)
    assert any(len(set(reading)) < 26 for reading in readings)
    ordered = [i for offset in range(0, 26, 5) for i in ids(catalog(url, limit=5, offset=offset, order="dataset_id"))]
    assert ordered == sorted(set(ordered))
    assert len(ordered) == 26


def test_scrolling_reads_every_entry_once(url: str) -> None:
    seen: list[str] = []
    while page := ids(catalog(url, limit=7, scroll_id=seen[-1] if seen else "")):
        seen += page
    assert seen == sorted(set(seen))
    assert len(seen) == 26


def test_only_ids_and_derived_filter(url: str) -> None:
    assert ids(catalog(url, only="story")) == ["i2tn-5vcy"]
    assert set(ids(catalog(url, only=["filters", "chart"]))) == {"a6fv-2zqe", "e9pw-6jdt"}
    assert ids(catalog(url, ids="k7qw-3fzn")) == ["k7qw-3fzn"]
    assert catalog(url, derived="true", limit=10000)["resultSetSize"] == 3


def test_missing_views_and_pages(url: str) -> None:
    told = ask(f"{url}/api/views/none-0000.json")
    assert (told.status, told.json()["code"], told.headers["X-Error-Code"]) == (404, "not_found", "not_found")
    assert ask(f"{url}/resource/none-0000.json").json()["code"] == "dataset.missing"
    story = ask(f"{url}/resource/i2tn-5vcy.json")
    assert (story.status, "code" in story.json()) == (400, False)
    page = ask(f"{url}/nowhere")
    assert (page.status, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert ask(f"{url}/").status == 200
    assert ask(f"{url}/__demo__/faults", data={"kind": "503"}).status == 404  # not opened by control=True


def test_data_json_lists_own_entries_with_dates_alone(url: str, portals: DemoPortals) -> None:
    feed = ask(f"{url}/data.json").json()
    found = {d["identifier"][-9:]: d for d in feed["dataset"]}
    assert len(found) == 20
    assert feed["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert found["t6cn-e5gs"]["contactPoint"]["hasEmail"] == "mailto:forestry@alderfalls.example"
    assert "contactPoint" not in found["r2hd-9kvc"]
    assert found["k7qw-3fzn"]["modified"] == "2026-06-30"
    assert found["k7qw-3fzn"]["publisher"]["name"] == "data.alderfalls.example"
    other = ask(f"{portals.urls['cedar-junction-records']}/data.json").json()
    assert not any("contactPoint" in d for d in other["dataset"])


def test_rows_come_as_soda_writes_them(url: str) -> None:
    address = f"{url}/resource/k7qw-3fzn.json"
    first, second = ask(address), ask(address)
    rows = first.json()
    assert [r["request_id"] for r in rows] != [r["request_id"] for r in second.json()]
    assert b"}\n,{" in first.body
    assert first.body.endswith(b"]\n")
    assert {len(r) for r in rows} != {8}  # nulls are left out
    assert all(isinstance(r.get("council_district", ""), str) for r in rows)
    assert json.loads(first.headers["X-SODA2-Types"])[1] == "floating_timestamp"
    assert first.headers["Transfer-Encoding"] == "chunked"
    assert ask(address, {"$select": "count(*)"}).json() == [{"count": "60"}]
    ordered = [
        ask(address, {"$order": ":id", "$limit": 25, "$offset": o, "$select": ":id,*"}).json() for o in (0, 25, 50)
    ]
    assert [len(page) for page in ordered] == [25, 25, 10]
    assert len({r[":id"] for page in ordered for r in page}) == 60


def test_row_queries(url: str) -> None:
    address = f"{url}/resource/k7qw-3fzn.json"
    assert {r["status"] for r in ask(address, {"status": "Closed"}).json()} == {"Closed"}
    assert ask(address, {"$where": "council_district >= '9'"}).status == 200
    for query in (
        {"$where": "nonsense"},
        {"$select": "nothing"},
        {"$query": "SELECT *"},
        {"$order": "nothing"},
        {"$limit": "-1"},
    ):
        told = ask(address, query)
        assert (told.status, told.json()["code"]) == (400, "query.compiler.malformed")


def test_an_unchanged_address_is_not_sent_again(url: str) -> None:
    address = f"{url}/resource/k7qw-3fzn.csv"
    first = ask(address, {"$order": ":id"})
    again = ask(address, {"$order": ":id"}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert ask(address, {"$limit": 1}, headers={"If-None-Match": first.headers["ETag"]}).status == 200


def test_csv_and_bulk_export_differ(url: str) -> None:
    soda = ask(f"{url}/resource/k7qw-3fzn.csv", {"$order": ":id"}).body.decode().splitlines()
    export = ask(f"{url}/api/views/k7qw-3fzn/rows.csv", {"accessType": "DOWNLOAD"})
    lines = export.body.decode().splitlines()
    assert soda[0].startswith('"request_id","opened"')
    assert any(",," in line for line in soda)
    assert lines[0] == "Request ID,Opened,Closed,Category,Status,Department,Council District,Place"
    assert lines[1].split(",")[1].endswith(("AM", "PM"))
    assert lines[1].split(",")[1][2] == "/"
    assert len(soda) == len(lines) == 61
    assert export.headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in export.headers


def test_flat_view_metadata(url: str) -> None:
    told = ask(f"{url}/api/views/metadata/v1/k7qw-3fzn").json()
    assert told["provenance"] == "OFFICIAL"
    assert told["customFields"]["Publishing Details"]["Publishing Frequency"] == "Daily"
    assert told["dataUpdatedAt"].endswith("+0000")
    assert len(ask(f"{url}/api/views/metadata/v1", {"limit": 5, "page": 2}).json()) == 5
