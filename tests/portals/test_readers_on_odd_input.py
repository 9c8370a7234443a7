"""Readers on entries that no one would write: never an exception but our own, never a value out of thin air."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicgauge.errors import AnswerUnreadable
from civicgauge.model import ContactState, DatasetKind, Portal, parse_time
from civicgauge.portals import reader
from civicgauge.portals._ckan_entry import translate
from civicgauge.portals._common import contact_state, may_keep

PORTALS = {
    "socrata": Portal.model_validate({"kind": "socrata", "url": "https://data.example.org"}),
    "ckan": Portal.model_validate({"kind": "ckan", "url": "https://data.example.org"}),
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.text(max_size=12) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
SOCRATA_KEYS = [
    "name",
    "description",
    "attribution",
    "type",
    "data_updated_at",
    "metadata_updated_at",
    "createdAt",
    "columns_name",
    "columns_description",
    "columns_datatype",
    "lens_view_type",
    "blob_mime_type",
    "contact_email",
]
CKAN_KEYS = [
    "title",
    "name",
    "notes",
    "metadata_modified",
    "metadata_created",
    "license_id",
    "license_title",
    "maintainer_email",
    "type",
    "last_refreshed",
    "updateInterval",
    "url",
]

RESOURCE_KEYS = ["id", "url", "format", "mimetype", "name", "datastore_active", "url_type", "last_modified"]
ODD_ADDRESSES = [
    "https://data.example.org/a/dataset/b/x.csv",
    "http://[::1/x.csv",
    "https://data.example.org:port/x.csv",
    "HTTPS://DATA.EXAMPLE.ORG/datastore/dump/x.csv",
    "https://[v1.x]/dataset/x.csv",
    "//data.example.org/x.csv",
    "csv",
    True,
]


def envelope(kind: str, entries: list[dict[str, Any]]) -> dict[str, bytes]:
    if kind == "socrata":
        return {"catalog-0001": json.dumps({"results": entries, "resultSetSize": len(entries)}).encode()}
    return {
        "catalog-0001": json.dumps({"success": True, "result": {"count": len(entries), "results": entries}}).encode()
    }


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(SOCRATA_KEYS), ANYTHING), ANYTHING)
def test_socrata_entries_of_any_shape(resource: dict[str, Any], metadata: Any) -> None:
    entry = {
        "resource": {"id": "abcd-1234", "columns_field_name": ["a", "b"], **resource},
        "classification": {"domain_metadata": [{"key": "Update_Frequency", "value": metadata}, {"key": None}]},
        "metadata": metadata if isinstance(metadata, dict) else {},
    }
    check("socrata", entry)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(CKAN_KEYS), ANYTHING),
    st.lists(st.dictionaries(st.text(max_size=8), ANYTHING), max_size=2),
    st.dictionaries(st.sampled_from(RESOURCE_KEYS), ANYTHING | st.sampled_from(ODD_ADDRESSES)),
)
def test_ckan_entries_of_any_shape(package: dict[str, Any], extras: list[Any], part: dict[str, Any]) -> None:
    resource = {"id": "r", "created": package.get("title"), **part}
    check("ckan", {**package, "id": "x-1", "extras": extras, "resources": [resource]})


def check(kind: str, entry: dict[str, Any]) -> None:
    answers = envelope(kind, [entry])
    source = reader(kind)
    entries = source.entries(answers)
    (dataset,) = source.datasets(entries, answers, PORTALS[kind])
    assert isinstance(dataset.kind, DatasetKind)
    assert dataset.title is None or dataset.title.strip()
    for moment in (dataset.touched_at, dataset.data_updated_at, dataset.created_at):
        assert moment is None or moment.tzinfo is not None
    for table in source.row_sources(dataset, PORTALS[kind]):
        assert (table.dataset_id, table.url[:4]) == (dataset.dataset_id, "http")
        assert table.resource_id


@pytest.mark.parametrize("kind", sorted(PORTALS))
def test_an_entry_without_an_id_is_said_and_not_dropped(kind: str) -> None:
    with pytest.raises(AnswerUnreadable, match="id"):
        reader(kind).entries(envelope(kind, [{"resource": {}}]))


@pytest.mark.parametrize("kind", sorted(PORTALS))
@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"results": 3}', b'{"success": false, "error": {"__type": "X"}}'])
def test_a_stored_answer_that_is_no_catalogue_is_unreadable(kind: str, body: bytes) -> None:
    with pytest.raises(AnswerUnreadable):
        reader(kind).entries({"catalog-0001": body})


def test_links_have_no_date_of_their_own_data() -> None:
    resource = {"id": "abcd-1234", "type": "href", "name": "x", "data_updated_at": "2026-01-01T00:00:00.000Z"}
    answers = envelope("socrata", [{"resource": resource, "link": "https://elsewhere.example.org/x.csv"}])
    (dataset,) = reader("socrata").datasets(reader("socrata").entries(answers), answers, PORTALS["socrata"])
    assert (dataset.kind, dataset.data_updated_at, dataset.source_link_host) == (
        DatasetKind.LINK,
        None,
        "elsewhere.example.org",
    )


def test_a_ckan_upload_without_last_modified_dates_from_its_creation_and_a_link_does_not() -> None:
    created = "2026-01-02T03:04:05.000000"
    package = {
        "id": "p",
        "resources": [{"id": "a", "url_type": "upload", "created": created}, {"id": "b", "created": created}],
    }
    answers = envelope("ckan", [package])
    (dataset,) = reader("ckan").datasets(reader("ckan").entries(answers), answers, PORTALS["ckan"])
    assert [r.data_updated_at for r in dataset.resources] == [parse_time(created), None]


@pytest.mark.parametrize(
    ("values", "state"),
    [
        (["opendata@example.org"], ContactState.WELL_FORMED),
        (["mailto:opendata@example.org"], ContactState.WELL_FORMED),
        (["https://example.org/contact"], ContactState.WELL_FORMED),
        (["(555) 010-2345"], ContactState.WELL_FORMED),
        (["opendata(at)example"], ContactState.MALFORMED),
        ([None, "", "  "], ContactState.ABSENT),
        (["see website", "gis@example.org"], ContactState.WELL_FORMED),
    ],
)
def test_contacts(values: list[str | None], state: ContactState) -> None:
    assert contact_state(*values) is state


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("Internal_Data-Steward-Name", False),
        ("Public_Public-Dataset-Contact", False),
        ("Internal_Results-Area", False),
        ("Internal_How-often-are-data-values-updated?", True),
        ("Frequência de atualização", True),
        ("Contato", False),
    ],
)
def test_which_fields_may_be_landed(key: str, kept: bool) -> None:
    assert may_keep(key) is kept


@pytest.mark.parametrize(
    ("tracked", "views"), [({"total": 12, "recent": 3}, 12), ({"total": 0}, None), (None, None), ("x", None)]
)
def test_views_are_those_of_a_portal_that_tracks_them(tracked: Any, views: int | None) -> None:
    package = {"id": "a", "name": "a", "title": "A", "tracking_summary": tracked, "resources": []}
    assert translate(package, PORTALS["ckan"], "https://data.example.org").page_views_total == views
