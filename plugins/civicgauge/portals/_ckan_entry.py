"""One CKAN package in our words: extras and custom fields at the top level alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from civicgauge.model import ContactState, Dataset, DatasetKind, Portal, Resource, parse_time
from civicgauge.portals._common import (
    DESCRIPTION,
    SHORT,
    TITLE,
    contact_state,
    cut,
    listed,
    mapped,
    may_keep,
    text_of,
    whole_number,
)

# What CKAN itself writes at the top level of a package; every other key there is the portal's own custom field.
_CORE = {
    "author",
    "author_email",
    "creator_user_id",
    "extras",
    "groups",
    "id",
    "isopen",
    "license_id",
    "license_title",
    "license_url",
    "maintainer",
    "maintainer_email",
    "metadata_created",
    "metadata_modified",
    "name",
    "notes",
    "num_resources",
    "num_tags",
    "organization",
    "owner_org",
    "private",
    "relationships_as_object",
    "relationships_as_subject",
    "resources",
    "revision_id",
    "state",
    "tags",
    "title",
    "tracking_summary",
    "type",
    "url",
    "version",
}
# Dates by which a publisher says when the data changed, with their notation. `metadata_modified` is never one of them.
_DATA_DATES = ("last_refreshed", "data_last_updated", "data_updated", "dateLastUpdated", "modified")
_PUBLISHED_DATES = ("date_published", "dateFirstPublished", "issued")
_CONTACT_FIELD = re.compile(r"contact|contato|e-?mail", re.IGNORECASE)
_HOSTED = {"upload", "datastore"}


def translate(package: Mapping[str, Any], portal: Portal, site: str) -> Dataset:
    """A package of `package_search` as a Dataset; `site` is where the portal's pages lie."""
    fields = custom_fields(package)
    named = dict(fields)
    organization = mapped(package.get("organization"))
    harvest = named.get("harvest_source_title") or named.get("harvest_source_id")
    resources = tuple(_resource(item) for item in listed(package.get("resources")) if isinstance(item, Mapping))
    is_data = str(package.get("type") or "dataset") in {"dataset", "geodata", "geospatial"}
    return Dataset(
        dataset_id=str(package["id"]),
        title=cut(text_of(package.get("title")) or text_of(package.get("name")), TITLE),
        description=cut(text_of(package.get("notes")), DESCRIPTION),
        kind=_kind(package) if is_data else DatasetKind.NOT_DATA,
        platform_kind=str(package.get("type") or "dataset"),
        permalink=f"{site}/dataset/{package.get('name') or package['id']}",
        publisher=cut(
            text_of(organization.get("title")) or text_of(organization.get("name")) or named.get("publisher"), SHORT
        ),
        keywords=tuple(word for tag in listed(package.get("tags")) if (word := text_of(_tag(tag)))),
        contact=_contact(package, fields),
        created_at=parse_time(package.get("metadata_created")),
        published_at=_first_date(named, _PUBLISHED_DATES),
        touched_at=parse_time(package.get("metadata_modified")),
        data_updated_at=_first_date(named, _DATA_DATES),
        licence_text=cut(text_of(package.get("license_title")) or text_of(package.get("license_id")), SHORT),
        licence_key=text_of(package.get("license_id")),
        licence_url=text_of(package.get("license_url")),
        custom_fields=tuple((k, v) for k, v in fields if may_keep(k)),
        resources=resources,
        columns=None,
        is_native=harvest is None,
        source_domain=portal.host,
        source_organization=text_of(organization.get("name")),
        source_harvest=harvest,
        # a portal that does not track answers 0 for all of them
        page_views_total=whole_number(mapped(package.get("tracking_summary")).get("total")) or None,
    )


def custom_fields(package: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Extras (a list, or an object on old sites), then the portal's own fields at the top level."""
    extras = package.get("extras")
    found: list[tuple[Any, Any]] = list(mapped(extras).items())
    found += [(item.get("key"), item.get("value")) for item in listed(extras) if isinstance(item, Mapping)]
    found += [(key, value) for key, value in package.items() if key not in _CORE]
    pairs = ((text_of(key), text_of(value)) for key, value in found)
    return [(cut(key, SHORT) or key, cut(value, SHORT) or value) for key, value in pairs if key and value]


def _kind(package: Mapping[str, Any]) -> DatasetKind:
    active = any(mapped(item).get("datastore_active") is True for item in listed(package.get("resources")))
    return DatasetKind.TABLE if active else DatasetKind.FILE


def _resource(item: Mapping[str, Any]) -> Resource:
    """`last_modified` is set on upload only; of a hosted file its creation is a date of the data too, of a link not."""
    is_native, hosted = item.get("datastore_active") is True, str(item.get("url_type")) in _HOSTED
    created, modified = parse_time(item.get("created")), parse_time(item.get("last_modified"))
    return Resource(
        resource_id=str(item.get("id") or ""),
        title=cut(text_of(item.get("name")), TITLE) or "",
        description=text_of(item.get("description")),
        url=text_of(item.get("url")),
        declared_format=text_of(item.get("format")),
        media_type=text_of(item.get("mimetype")),
        is_native_table=is_native,
        is_link=not hosted,
        created_at=created,
        data_updated_at=modified or (created if hosted else None),
        touched_at=parse_time(item.get("metadata_modified")),
        content_hash=cut(text_of(item.get("hash")), SHORT),
    )


def _contact(package: Mapping[str, Any], fields: list[tuple[str, str]]) -> ContactState:
    """CKAN shows contacts to anyone, so that an empty one is known to be absent. A name alone is no contact."""
    shown = [text_of(package.get(key)) for key in ("maintainer_email", "author_email")]
    shown += [value for key, value in fields if _CONTACT_FIELD.search(key)]
    return contact_state(*shown)


def _first_date(named: Mapping[str, str], keys: tuple[str, ...]) -> datetime | None:
    return next((moment for key in keys if (moment := _date(named.get(key)))), None)


def _date(text: str | None) -> datetime | None:
    """ISO 8601, or day.month.year as German-speaking portals write it."""
    if match := re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", text or ""):
        try:
            return datetime(int(match[3]), int(match[2]), int(match[1]), tzinfo=UTC)
        except ValueError:
            return None
    return parse_time(text)


def _tag(tag: Any) -> Any:
    return tag.get("display_name") or tag.get("name") if isinstance(tag, Mapping) else tag
