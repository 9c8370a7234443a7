"""The demo's CKAN portals behave as recorded ones do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from civicgauge.demo.server import DemoPortals
from tests.demo.asking import Told, action, ask, search

RECORDINGS = Path(__file__).parents[3] / "shared" / "portals" / "ckan-2.12-recorded"
needs_recordings = pytest.mark.skipif(not RECORDINGS.is_dir(), reason="no recordings beside the repository (../shared)")


@pytest.fixture(scope="module")
def url(portals: DemoPortals) -> str:
    return portals.urls["birchport"]


@pytest.fixture(scope="module")
def maps(portals: DemoPortals) -> str:
    return portals.urls["cedar-junction-maps"] + "/data"


def _recorded(name: str) -> Any:
    return json.loads((RECORDINGS / f"{name}.body").read_text(encoding="utf-8"))


def _table(url: str) -> str:
    package = action(url, "package_show", id="food-inspections").json()["result"]
    return str(package["resources"][0]["id"])


@needs_recordings
def test_packages_have_the_keys_of_recorded_ones(url: str) -> None:
    recorded = _recorded("package_search")["result"]["results"]
    package_keys = set(recorded[0]) | {"license_url"}
    resource_keys = set(recorded[1]["resources"][0])
    for package in search(url, rows=1000)["results"]:
        own_fields = {"update_frequency", "is_retired", "last_refreshed"}
        assert package_keys - {"license_url"} <= set(package) <= package_keys | own_fields
        assert all(set(resource) == resource_keys for resource in package["resources"])
        assert all(set(tag) == set(recorded[1]["tags"][0]) for tag in package["tags"])
        assert package["organization"] is None or set(package["organization"]) == set(recorded[0]["organization"])


@needs_recordings
@pytest.mark.parametrize(
    ("name", "query", "recording"),
    [
        ("status_show", {}, "status_show"),
        ("package_search", {"rows": 2, "facet.field": '["res_format"]'}, "package_search"),
        ("package_search", {"sort": "foo"}, "package_search_bad_sort"),
        ("package_search", {"nosuch": 1}, "package_search_bad_param"),
        ("package_search", {"q": "title:["}, "package_search_bad_q"),
        ("package_search", {"rows": 0}, "package_search_rows0"),
        ("package_list", {}, "package_list"),
        ("package_show", {}, "package_show_409"),
        ("package_show", {"id": "nope"}, "package_show_404"),
        ("nosuch_action", {}, "unknown_action"),
        ("organization_list", {"all_fields": "true"}, "organization_list_all"),
        ("license_list", {}, "license_list"),
        ("datastore_search", {"resource_id": "nope"}, "datastore_search_404"),
    ],
)
def test_answers_have_status_and_shape_of_recorded_ones(
    url: str, name: str, query: dict[str, Any], recording: str
) -> None:
    told = action(url, name, **query)
    status = int((RECORDINGS / f"{recording}.headers").read_text(encoding="utf-8").split()[1])
    assert told.status == status
    assert told.headers["Content-Type"] == "application/json;charset=utf-8"
    assert _shape(told.json(), depth=3) == _shape(_recorded(recording), depth=3)


def _shape(value: Any, depth: int) -> Any:
    """Types, and the keys of objects; of lists the first element."""
    if isinstance(value, dict) and depth:
        free = {"facets", "search_facets"}
        return {k: {} if k in free else _shape(v, depth - 1) for k, v in value.items()}
    if isinstance(value, list) and depth:
        return [_shape(v, 0) for v in value[:1]]
    return type(value).__name__


@needs_recordings
@pytest.mark.parametrize("form", ["objects", "lists", "csv"])
def test_datastore_answers_have_the_keys_of_recorded_ones(url: str, form: str) -> None:
    recorded = _recorded("datastore_search" if form == "objects" else f"datastore_search_{form}")["result"]
    query = {"resource_id": _table(url), "limit": 3, "records_format": form}
    query |= {"include_total": "false"} if form == "lists" else {}
    told = action(url, "datastore_search", **query).json()["result"]
    assert set(told) == set(recorded)
    assert type(told["records"]) is type(recorded["records"])
    assert told["fields"][0] == {"id": "_id", "type": "int"}


def test_rows_are_few_by_default_and_capped_silently(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(search(url)["results"]) == 10
    assert len(action(url, "current_package_list_with_resources").json()["result"]) == 10
    monkeypatch.setattr("civicgauge.demo.ckan_search._ROWS_MAX", 7)
    told = search(url, rows=5000)
    assert (told["count"], len(told["results"])) == (23, 7)
    assert len(search(url, start=9999)["results"]) == 0


def test_orders(url: str) -> None:
    default = search(url, rows=1000)
    assert default["sort"] == "score desc, metadata_modified desc"
    dates = [p["metadata_modified"] for p in default["results"]]
    assert dates == sorted(dates, reverse=True)
    by_id = [p["id"] for start in range(0, 23, 5) for p in search(url, sort="id asc", rows=5, start=start)["results"]]
    assert by_id == sorted(set(by_id))
    assert len(by_id) == 23


def test_private_and_deleted_packages_are_not_shown(url: str) -> None:
    assert search(url, include_private="true")["count"] == 23
    assert "flood-model-draft" not in action(url, "package_list").json()["result"]
    for name in ("flood-model-draft", "bus-stops-old"):
        told = action(url, "package_show", id=name)
        assert (told.status, told.json()["error"]["__type"]) == (403, "Authorization Error")


def test_what_is_not_the_api_is_html(url: str) -> None:
    for path in ("/api/3/action/status_show/", "/dataset/nope", "/datastore/dump/nope", "/nowhere"):
        told = ask(url + path)
        assert (told.status, told.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert ask(f"{url}/dataset/street-lights").status == 200
    assert ask(f"{url}/api/3").json() == {"version": 3}


def test_posts_and_bad_json(url: str) -> None:
    told = ask(f"{url}/api/3/action/package_search", data={"rows": 1, "fq": "organization:harbor"})
    assert told.json()["result"]["count"] == 3
    bad = ask(f"{url}/api/3/action/package_search", data=b"not json")
    assert (bad.status, type(bad.json())) == (400, str)


def test_a_sub_path_site_answers_below_its_root_only(portals: DemoPortals, maps: str) -> None:
    status = action(maps, "status_show").json()["result"]
    assert (status["ckan_version"], status["site_url"]) == ("2.11.6", "https://gis.cedarjunction.example/data")
    assert action(portals.urls["cedar-junction-maps"], "status_show").status == 404
    assert ask(portals.urls["cedar-junction-maps"] + "/").status == 200


def test_custom_fields_stand_at_the_top_or_in_extras(url: str, maps: str) -> None:
    assert action(url, "package_show", id="street-lights").json()["result"]["update_frequency"] == "R/P1M"
    refreshed = action(url, "package_show", id="food-inspections").json()["result"]["last_refreshed"]
    assert refreshed[10] == " "
    harvested = action(url, "package_show", id="parcel-boundaries").json()["result"]
    extras = {e["key"]: e["value"] for e in harvested["extras"]}
    assert (extras["update_frequency"], extras["harvest_source_title"]) == ("Monthly", "Birchport GIS Hub")
    assert "update_frequency" not in harvested
    extras = {e["key"]: e["value"] for e in action(maps, "package_show", id="flood-zones").json()["result"]["extras"]}
    assert extras == {"frequency": "as needed"}


def _search_table(url: str, name: str, **query: Any) -> Told:
    package = action(url, "package_show", id=name).json()["result"]
    return action(url, "datastore_search", resource_id=package["resources"][0]["id"], **query)


def test_tables_differ_between_versions(url: str, maps: str) -> None:
    new = _search_table(url, "food-inspections", limit=2).json()["result"]
    old = _search_table(maps, "traffic-signals", limit=2, offset=9999).json()["result"]
    assert "_links" not in new
    assert new["records"][0]["inspected"].endswith(".000")
    assert old["_links"]["next"].endswith("offset=10001")  # always there, also past the end
    assert old["total_was_estimated"] is False
    old = _search_table(maps, "traffic-signals", limit=1, sort="_id desc").json()["result"]
    assert (old["records"][0]["_id"], len(old["records"][0]["inspected"] or "2026-01-01T00:00:00")) == (40, 19)
    assert _search_table(maps, "traffic-signals", limit=99999).json()["result"]["limit"] == 32000
    assert _search_table(maps, "traffic-signals", sort="nosuch").status == 409
    assert _search_table(maps, "traffic-signals", limit=-1).status == 409
    assert _search_table(maps, "traffic-signals", filters='{"signal": 1001}').json()["result"]["total"] == 1


def test_dumps(url: str) -> None:
    package = action(url, "package_show", id="food-inspections").json()["result"]
    address = f"{url}/datastore/dump/{package['resources'][0]['id']}"
    plain, marked = ask(address, {"limit": 5}), ask(address, {"bom": "true"})
    assert plain.headers["Content-Type"] == "application/octet-stream"
    assert plain.headers["Transfer-Encoding"] == "chunked"
    assert plain.body.startswith(b"_id,inspection,inspected,place,violations,closed\r\n")
    assert len(plain.body.splitlines()) == 6
    assert marked.body.startswith(b"\xef\xbb\xbf_id,")
    assert len(ask(address, {"format": "json", "limit": 3}).json()["records"]) == 3
    assert ask(f"{url}/dataset/x/resource/{package['resources'][0]['id']}/download/a.csv").status == 200
