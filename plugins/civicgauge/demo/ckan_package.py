"""One package of a CKAN portal, with the keys of CKAN 2.11 and 2.12."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from civicgauge.demo import elsewhere
from civicgauge.demo.socrata_entry import description
from civicgauge.demo.state import Entry, PortalState

LICENCES: dict[str, tuple[str, str, bool]] = {
    "notspecified": ("License not specified", "", False),
    "odc-pddl": (
        "Open Data Commons Public Domain Dedication and License (PDDL)",
        "http://www.opendefinition.org/licenses/odc-pddl",
        True,
    ),
    "odc-by": ("Open Data Commons Attribution License", "http://www.opendefinition.org/licenses/odc-by", True),
    "cc-zero": ("Creative Commons CCZero", "http://www.opendefinition.org/licenses/cc-zero", True),
    "cc-by": ("Creative Commons Attribution", "http://www.opendefinition.org/licenses/cc-by", True),
    "cc-nc": ("Creative Commons Non-Commercial (Any)", "http://creativecommons.org/licenses/by-nc/2.0/", False),
}


def iso(moment: datetime | None) -> str | None:
    """As CKAN writes a time: UTC, microseconds, no zone."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") if moment else None


def resource_id(portal: PortalState, entry: Entry, position: int) -> str:
    """The id of the resource at that position, from 0."""
    return portal.uuid(f"{entry['name']}/resource/{position}")


def package(portal: PortalState, entry: Entry) -> dict[str, Any]:
    """The package as `package_show` and `package_search` give it."""
    licence = entry.get("license")
    title, url, is_open = LICENCES.get(licence or "", (entry.get("license_title"), "", False))
    resources = [_resource(portal, entry, part, number) for number, part in enumerate(entry.get("resources") or [])]
    organization = organization_of(portal, entry.get("organization"))
    told: dict[str, Any] = {
        "author": None,
        "author_email": None,
        "creator_user_id": portal.uuid("user/editor"),
        "id": entry["id"],
        "isopen": is_open,
        "license_id": licence,
        "license_title": title,
        "maintainer": entry.get("maintainer"),
        "maintainer_email": entry.get("contact"),
        "metadata_created": iso(portal.created_at(entry)),
        "metadata_modified": iso(modified_at(portal, entry)),
        "name": entry["name"],
        "notes": description(entry),
        "num_resources": len(resources),
        "num_tags": len(entry.get("tags") or []),
        "organization": organization,
        "owner_org": organization and organization["id"],
        "private": entry.get("state") == "private",
        "state": "deleted" if entry.get("state") == "deleted" else "active",
        "title": entry["title"],
        "type": "dataset",
        "url": None,
        "version": None,
        "extras": [{"key": k, "value": v} for k, v in sorted(_extras(portal, entry).items())],
        "resources": resources,
        "tags": [_tag(portal, name) for name in entry.get("tags") or []],
        "groups": [],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }
    return told | ({"license_url": url} if url else {}) | _top_level(portal, entry)


def modified_at(portal: PortalState, entry: Entry) -> datetime:
    """`metadata_modified`: the later of an edit and of the newest upload."""
    parts = entry.get("resources") or []
    dates = [portal.touched_at(entry), *(m for part in parts if (m := portal.updated_at(entry, part)))]
    return max(dates)


def _is_flat(portal: PortalState, entry: Entry) -> bool:
    """Whether custom fields stand at the top level (ckanext-scheming); harvested packages keep extras."""
    return bool(portal.spec.get("scheming")) and not entry.get("harvest")


def _frequency(portal: PortalState, entry: Entry) -> dict[str, str]:
    return {portal.spec["fields"]["frequency"]: entry["frequency"]} if entry.get("frequency") else {}


def _extras(portal: PortalState, entry: Entry) -> dict[str, str]:
    extras = dict(entry.get("extras") or {})
    if not _is_flat(portal, entry):
        extras |= _frequency(portal, entry)
    if source := entry.get("harvest"):
        extras |= {
            "harvest_object_id": portal.uuid(f"harvest/{entry['name']}"),
            "harvest_source_id": portal.uuid(f"source/{source}"),
            "harvest_source_title": source,
        }
    return extras


def _top_level(portal: PortalState, entry: Entry) -> dict[str, Any]:
    if not _is_flat(portal, entry):
        return {}
    told: dict[str, Any] = {
        portal.spec["fields"]["frequency"]: "",
        **_frequency(portal, entry),
        **(entry.get("custom") or {}),
    }
    told["is_retired"] = str(bool(entry.get("retired"))).lower()
    if entry.get("says_refreshed"):  # written as Toronto does: a space, no T
        told["last_refreshed"] = str(iso(portal.updated_at(entry))).replace("T", " ")
    return told


def _resource(portal: PortalState, entry: Entry, part: Mapping[str, Any], number: int) -> dict[str, Any]:
    updated, hosted = portal.updated_at(entry, part), part.get("hosted", "upload")
    own_id = resource_id(portal, entry, number)
    created = min(portal.created_at(entry) + timedelta(minutes=number + 1), updated or portal.now())
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": iso(created),
        "datastore_active": bool(part.get("columns")),
        "description": part.get("description"),
        "format": part.get("format", ""),
        "hash": "",
        "id": own_id,
        "last_modified": iso(updated),
        "metadata_modified": iso(updated or created),
        "mimetype": part.get("mimetype"),
        "mimetype_inner": None,
        "name": part["name"],
        "package_id": entry["id"],
        "position": number,
        "resource_type": None,
        "size": 20_480 if hosted == "upload" else None,
        "state": "active",
        "url": _address(portal, entry, part, own_id),
        "url_type": hosted or None,
    }


def _address(portal: PortalState, entry: Entry, part: Mapping[str, Any], own_id: str) -> str:
    if part.get("url"):
        return elsewhere.address(str(part["url"]), portal.base_url)
    site = site_url(portal)
    if part.get("hosted") == "datastore":
        return f"{site}/datastore/dump/{own_id}"
    return f"{site}/dataset/{entry['id']}/resource/{own_id}/download/{part['file']}"


def site_url(portal: PortalState) -> str:
    """The address the site gives itself, with its root."""
    return f"https://{portal.host}{portal.spec.get('root', '')}"


def organization_of(portal: PortalState, name: str | None) -> dict[str, Any] | None:
    """The organization as it stands in a package."""
    if not name:
        return None
    return {
        "id": portal.uuid(f"organization/{name}"),
        "name": name,
        "title": portal.spec["organizations"][name],
        "type": "organization",
        "description": "",
        "image_url": "",
        "created": "2019-03-04T15:02:11.402217",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def _tag(portal: PortalState, name: str) -> dict[str, Any]:
    return {
        "display_name": name,
        "id": portal.uuid(f"tag/{name}"),
        "name": name,
        "state": "active",
        "vocabulary_id": None,
    }
