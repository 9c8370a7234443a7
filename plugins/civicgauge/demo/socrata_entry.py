"""One entry of a Socrata portal as a result of the Discovery API."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from typing import Any

from civicgauge.demo import elsewhere
from civicgauge.demo.state import Entry, PortalState, columns_of

_LENSES = {
    "href": ("href", "href"),
    "file": ("blobby", "blob"),
    "story": ("story", "story"),
    "chart": ("tabular", "chart"),
    "map": ("tabular", "map"),
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
        "link": _link(portal, domain, entry),
        "owner": person,
        "creator": person,
    }


def _resource(portal: PortalState, entry: Entry) -> dict[str, Any]:
    columns, touched = columns_of(entry), portal.touched_at(entry)
    updated = portal.updated_at(entry) or portal.created_at(entry)
    lens_view, lens_display = lens(entry)
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
        "publication_date": _iso(published(portal, entry)),
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


def _link(portal: PortalState, domain: str, entry: Entry) -> str:
    if entry.get("type") == "href":
        return elsewhere.address(str(entry["link"]), portal.base_url)
    parts = (entry.get("category") or "dataset", entry["title"])
    slug = [re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-")[:50] or "-" for part in parts]
    return f"https://{domain}/{'/'.join(slug)}/{entry['id']}"


def lens(entry: Entry) -> tuple[str, str]:
    """The lens view type and display type."""
    return _LENSES.get(entry.get("type", "dataset"), ("tabular", "table"))


def _views(portal: PortalState, entry: Entry) -> dict[str, int]:
    """Counts that change by being looked at: another number each day."""
    chance = random.Random(f"{entry['id']} {portal.clock.today(portal.zone)}")  # noqa: S311 - no secret
    week = chance.randrange(40)
    total = 500 + chance.randrange(9000)
    return {"page_views_last_week": week, "page_views_last_month": week * 4, "page_views_total": total}


def published(portal: PortalState, entry: Entry) -> datetime:
    """When the entry was made public."""
    return min(portal.created_at(entry) + timedelta(hours=1), portal.now())


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
