"""One entry of a Socrata portal in its other shapes: view, flat view, DCAT-US 1.1 dataset."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zlib import crc32

from civicgauge.demo.socrata_entry import custom_fields, description, discovery, lens, published
from civicgauge.demo.state import Column, Entry, PortalState, columns_of

VIEW_TYPES = {
    "Text": "text",
    "Number": "number",
    "Calendar date": "calendar_date",
    "Checkbox": "checkbox",
    "Point": "point",
    "MultiPolygon": "multipolygon",
    "URL": "url",
    "Location": "location",
}
_MEDIA = {"csv": "text/csv", "rdf": "application/rdf+xml", "json": "application/json", "xml": "application/xml"}
_LICENCE_IDS = {
    "Creative Commons 1.0 Universal (Public Domain Dedication)": "CC0_10",
    "Open Data Commons Public Domain Dedication and License": "PDDL",
    "Creative Commons Attribution 4.0 International Public License": "CC_40_BY",
    "Public Domain U.S. Government": "USGOV_WORKS",
    "See Terms of Use": "SEE_TERMS_OF_USE",
}


def view(portal: PortalState, entry: Entry) -> dict[str, Any]:
    """The answer of `/api/views/{id}.json`: all times are seconds since 1970."""
    updated, touched = portal.updated_at(entry), portal.touched_at(entry)
    number = crc32(entry["id"].encode()) % 10_000_000
    lens_view, lens_display = lens(entry)
    told: dict[str, Any] = {
        "id": entry["id"],
        "name": entry["title"],
        "assetType": entry.get("type", "dataset"),
        "averageRating": 0,
        "createdAt": _seconds(portal.created_at(entry)),
        "description": description(entry),
        "displayType": lens_display,
        "downloadCount": 12,
        "hideFromCatalog": False,
        "hideFromDataJson": bool(entry.get("hide_from_data_json")),
        "locked": False,
        "newBackend": True,
        "numberOfComments": 0,
        "oid": number,
        "provenance": "official",
        "publicationAppendEnabled": False,
        "publicationDate": _seconds(published(portal, entry)),
        "publicationGroup": number,
        "publicationStage": "published",
        "tableId": number,
        "totalTimesRated": 0,
        "viewCount": 40,
        "viewLastModified": _seconds(touched),
        "viewType": lens_view,
        "columns": [_view_column(c, position, number) for position, c in enumerate(columns_of(entry), 1)],
        "grants": [{"inherited": False, "type": "viewer", "flags": ["public"]}],
        "metadata": _view_metadata(portal, entry),
        "query": {},
        "tags": list(entry.get("tags") or []),
        "flags": ["default"],
    }
    told |= {"rowsUpdatedAt": _seconds(updated)} if updated and not entry.get("hide_rows_updated") else {}
    told |= {"category": entry["category"]} if entry.get("category") else {}
    told |= {"attribution": entry["attribution"]} if entry.get("attribution") else {}
    told |= {"modifyingViewUid": entry["parents"][0]} if entry.get("parents") else {}
    if entry.get("license"):
        told |= {"licenseId": _LICENCE_IDS.get(entry["license"], "CUSTOM"), "license": {"name": entry["license"]}}
    return told


def _view_metadata(portal: PortalState, entry: Entry) -> dict[str, Any]:
    sets: dict[str, dict[str, str]] = {}
    for item in custom_fields(portal, entry):
        group, _, key = item["key"].partition("_")
        sets.setdefault(group.replace("-", " "), {})[key.replace("-", " ")] = item["value"]
    return {"custom_fields": sets, "rowIdentifier": "0", "availableDisplayTypes": ["table", "fatrow", "page"]}


def _view_column(column: Column, position: int, number: int) -> dict[str, Any]:
    kind = VIEW_TYPES.get(column.datatype, "text")
    return {
        "id": number + position,
        "name": column.name,
        "dataTypeName": kind,
        "description": column.description,
        "fieldName": column.field,
        "position": position,
        "renderTypeName": kind,
        "tableColumnId": number * 2 + position,
        "width": 160,
        "format": {},
    }


def flat_view(portal: PortalState, entry: Entry) -> dict[str, Any]:
    """The answer of `/api/views/metadata/v1/{id}`: flat, with times of another notation."""
    told = discovery(portal, entry)
    resource = told["resource"]
    iso = {
        key: resource[name].replace(".000Z", "+0000")
        for key, name in (
            ("createdAt", "createdAt"),
            ("dataUpdatedAt", "data_updated_at"),
            ("metadataUpdatedAt", "metadata_updated_at"),
            ("updatedAt", "updatedAt"),
        )
    }
    return {
        "id": entry["id"],
        "name": entry["title"],
        "attribution": entry.get("attribution"),
        "category": entry.get("category"),
        "dataUri": f"https://{portal.host}/resource/{entry['id']}",
        "description": description(entry),
        "domain": portal.host,
        "externalId": None,
        "hideFromCatalog": False,
        "hideFromDataJson": resource["hide_from_data_json"],
        "license": entry.get("license"),
        "provenance": "OFFICIAL",
        "webUri": told["permalink"],
        "customFields": _view_metadata(portal, entry)["custom_fields"],
        "tags": list(entry.get("tags") or []),
        **iso,
    }


def dcat(portal: PortalState, entry: Entry) -> dict[str, Any]:
    """An entry of `/data.json`: dates without a time, the host as publisher, a contact where one is set."""
    host, dataset_id = portal.host, entry["id"]
    updated = portal.updated_at(entry) or portal.created_at(entry)
    told: dict[str, Any] = {
        "@type": "dcat:Dataset",
        "identifier": f"https://{host}/api/views/{dataset_id}",
        "landingPage": f"https://{host}/d/{dataset_id}",
        "title": entry["title"],
        "description": description(entry),
        "keyword": list(entry.get("tags") or []),
        "issued": f"{portal.created_at(entry):%Y-%m-%d}",
        "modified": f"{updated:%Y-%m-%d}",
        "publisher": {"@type": "org:Organization", "name": host},
        "accessLevel": "public",
    }
    told |= {"theme": [entry["category"]]} if entry.get("category") else {}
    if entry.get("contact") and portal.spec["fields"].get("contact"):
        name, address = entry.get("attribution") or host, f"mailto:{entry['contact'].removeprefix('mailto:')}"
        told["contactPoint"] = {"@type": "vcard:Contact", "fn": name, "hasEmail": address}
    if columns_of(entry):
        told["distribution"] = [_distribution(host, dataset_id, form, media) for form, media in _MEDIA.items()]
    return told


def _distribution(host: str, dataset_id: str, form: str, media: str) -> dict[str, Any]:
    address = f"https://{host}/api/views/{dataset_id}"
    told = {
        "@type": "dcat:Distribution",
        "downloadURL": f"{address}/rows.{form}?accessType=DOWNLOAD",
        "mediaType": media,
    }
    return told | ({} if form == "csv" else {"describedBy": f"{address}/columns.{form}", "describedByType": media})


def is_public_feed(entry: Mapping[str, Any]) -> bool:
    """Whether an entry stands in `/data.json`: own, not derived, not hidden there."""
    is_left_out = entry.get("domain") or entry.get("parents") or entry.get("hide_from_data_json")
    return not is_left_out and entry.get("type") != "story"


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
