"""One entry of a Socrata portal in its three shapes: Discovery result, view, DCAT-US 1.1 dataset."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

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
_LENSES = {
    "href": ("href", "href"),
    "file": ("blobby", "blob"),
    "story": ("story", "story"),
    "chart": ("tabular", "chart"),
    "map": ("tabular", "map"),
}
_MEDIA = {"csv": "text/csv", "rdf": "application/rdf+xml", "json": "application/json", "xml": "application/xml"}
_LICENCE_IDS = {
    "Creative Commons 1.0 Universal (Public Domain Dedication)": "CC0_10",
    "Open Data Commons Public Domain Dedication and License": "PDDL",
    "Creative Commons Attribution 4.0 International Public License": "CC_40_BY",
    "Public Domain U.S. Government": "USGOV_WORKS",
    "See Terms of Use": "SEE_TERMS_OF_USE",
}


def discovery(portal: PortalState, entry: Entry) -> dict[str, Any]:
    """A result of `/api/catalog/v1`; `domain_category` and `license` are absent where they are not set."""
    domain = entry.get("domain", portal.host)
    about: dict[str, Any] = {"categories": [str(entry.get("category", "")).lower()], "tags": []}
    about |= {"domain_category": entry["category"]} if entry.get("category") else {}
    about |= {"domain_tags": list(entry.get("tags") or []), "domain_metadata": custom_fields(portal, entry)}
    metadata = {"domain": domain} | ({"license": entry["license"]} if entry.get("license") else {})
    person = {"id": "demo-0001", "user_type": "interactive", "display_name": f"{portal.spec['title']} editors"}
    return {
        "resource": _resource(portal, entry),
        "classification": about,
        "metadata": metadata,
        "permalink": f"https://{domain}/d/{entry['id']}",
        "link": _link(domain, entry),
        "owner": person,
        "creator": person,
    }


def _resource(portal: PortalState, entry: Entry) -> dict[str, Any]:
    columns, touched = columns_of(entry), portal.touched_at(entry)
    updated = portal.updated_at(entry) or portal.created_at(entry)
    lens_view, lens_display = _lens(entry)
    views = _views(portal, entry)
    return {
        "name": entry["title"],
        "id": entry["id"],
        "parent_fxf": list(entry.get("parents") or []),
        "description": description(entry),
        "attribution": entry.get("attribution"),
        "attribution_link": entry.get("attribution_link"),
        "contact_email": None,
        "type": entry.get("type", "dataset"),
        "updatedAt": _iso(max(touched, updated)),
        "createdAt": _iso(portal.created_at(entry)),
        "metadata_updated_at": _iso(touched),
        "data_updated_at": _iso(updated),
        "page_views": views,
        "columns_name": [c.name for c in columns],
        "columns_field_name": [c.field for c in columns],
        "columns_datatype": [c.datatype for c in columns],
        "columns_description": [c.description for c in columns],
        "columns_format": [{} for _ in columns],
        "download_count": views["page_views_total"] // 7,
        "provenance": "official",
        "lens_view_type": lens_view,
        "lens_display_type": lens_display,
        "blob_mime_type": entry.get("mime"),
        "hide_from_data_json": bool(entry.get("hide_from_data_json")),
        "publication_date": _iso(_published(portal, entry)),
    }


def custom_fields(portal: PortalState, entry: Entry) -> list[dict[str, str]]:
    """The publisher-defined fields, under the keys that this portal uses."""
    keys = portal.spec["fields"]
    pairs = [(keys["frequency"], entry.get("frequency"))]
    if keys.get("contact") and not entry.get("contact_in_data_json"):
        pairs.append((keys["contact"], entry.get("contact")))
    pairs += list((entry.get("custom") or {}).items())
    return [{"key": key, "value": value} for key, value in pairs if value]


def description(entry: Entry) -> str:
    """The description; `description_times` makes a long one of it."""
    return str(entry.get("description") or "") * int(entry.get("description_times", 1))


def _link(domain: str, entry: Entry) -> str:
    if entry.get("type") == "href":
        return str(entry["link"])
    parts = (entry.get("category") or "dataset", entry["title"])
    slug = [re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-")[:50] or "-" for part in parts]
    return f"https://{domain}/{'/'.join(slug)}/{entry['id']}"


def _lens(entry: Entry) -> tuple[str, str]:
    return _LENSES.get(entry.get("type", "dataset"), ("tabular", "table"))


def _views(portal: PortalState, entry: Entry) -> dict[str, int]:
    """Counts that change by being looked at: another number each day."""
    chance = random.Random(f"{entry['id']} {portal.clock.today(portal.zone)}")  # noqa: S311 - no secret
    week = chance.randrange(40)
    total = 500 + chance.randrange(9000)
    return {"page_views_last_week": week, "page_views_last_month": week * 4, "page_views_total": total}


def _published(portal: PortalState, entry: Entry) -> datetime:
    return min(portal.created_at(entry) + timedelta(hours=1), portal.now())


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def view(portal: PortalState, entry: Entry) -> dict[str, Any]:
    """The answer of `/api/views/{id}.json`: all times are seconds since 1970."""
    updated, touched = portal.updated_at(entry), portal.touched_at(entry)
    number = crc32(entry["id"].encode()) % 10_000_000
    lens_view, lens_display = _lens(entry)
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
        "publicationDate": _seconds(_published(portal, entry)),
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
