"""Whose an entry is: by publisher and source, never by a resource's address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from civicgauge.landing.ownership import decide_ownership, exclusion
from civicgauge.model import ContactState, Dataset, DatasetKind, Own, Ownership, Portal, Resource

PORTAL = Portal.model_validate({"kind": "ckan", "url": "http://127.0.0.1:9101", "domain": "data.city.example"})
FOREIGN = Resource("r", "x", None, "https://elsewhere.example/x.csv", "CSV", None, False, True, None, None, None)
NATIVE = Dataset(
    "d", "Trees", None, DatasetKind.FILE, "dataset", "https://data.city.example/d/d", "Parks Department", (),
    ContactState.ABSENT,
    None, None, None, None, None, None, None, (), (FOREIGN,), None, source_domain="DATA.city.example",
    source_organization="parks",
)  # fmt: skip
HARVESTED = replace(
    NATIVE,
    is_native=False,
    source_harvest="Geoportal",
    custom_fields=(("harvest_source_id", "ab-12"), ("harvest_source_title", "Geoportal")),
)
FEDERATED = replace(
    NATIVE, is_native=False, source_domain="data.county.example", source_organization=None, publisher="County"
)

OWN_GIS = Own(link_hosts=("gis.city.example",))


@pytest.mark.parametrize(
    ("dataset", "own", "ownership", "reason"),
    [
        (NATIVE, Own(), "own", "published_by_portal"),
        (replace(NATIVE, source_domain=None), Own(), "own", "published_by_portal"),
        (HARVESTED, Own(), "unknown", "harvested"), (FEDERATED, Own(), "unknown", "federated"),
        (replace(NATIVE, is_native=False), Own(), "unknown", "federated"),
        (HARVESTED, Own(harvest_sources=("geoPORTAL",)), "own", "harvest_source_listed"),
        (HARVESTED, Own(harvest_sources=("AB-12",)), "own", "harvest_source_listed"),
        (HARVESTED, Own(harvest_sources=("canton",)), "not_own", "harvest_source_not_listed"),
        (HARVESTED, Own(organizations=("parks",)), "own", "organization_listed"),
        (HARVESTED, Own(organizations=("streets",)), "not_own", "organization_not_listed"),
        (FEDERATED, Own(publishers=("county",)), "own", "publisher_listed"),
        (FEDERATED, Own(publishers=("City",)), "not_own", "publisher_not_listed"),
        (FEDERATED, Own(organizations=("streets",)), "unknown", "federated"),
        (FEDERATED, Own(harvest_sources=("Geoportal",)), "unknown", "federated"),
        (NATIVE, Own(organizations=("streets",)), "not_own", "organization_not_listed"),
        (replace(NATIVE, source_organization=None), Own(organizations=("streets",)), "own", "published_by_portal"),
        (NATIVE, Own(publishers=("City",), harvest_sources=("x",)), "own", "published_by_portal"),
        (NATIVE, Own(link_hosts=("other.example",)), "own", "published_by_portal"),
        (replace(FEDERATED, source_link_host="GIS.city.example"), OWN_GIS, "own", "link_host_listed"),
        (replace(FEDERATED, source_link_host="gis.county.example"), OWN_GIS, "not_own", "link_host_not_listed"),
    ],
)  # fmt: skip
def test_ownership(dataset: Dataset, own: Own, ownership: str, reason: str) -> None:
    assert decide_ownership(dataset, PORTAL, own) == (Ownership(ownership), reason)


def test_exclusion() -> None:
    assert exclusion(DatasetKind.DERIVED_VIEW, Ownership.OWN) == (False, "derived_view")
    assert exclusion("not_data", "own") == (False, "not_data")
    assert exclusion(DatasetKind.LINK, Ownership.NOT_OWN) == (False, "not_own")
    assert exclusion(DatasetKind.TABLE, Ownership.UNKNOWN) == (None, "ownership_undecided")
    assert exclusion(DatasetKind.GEO, Ownership.OWN) == (True, None)
