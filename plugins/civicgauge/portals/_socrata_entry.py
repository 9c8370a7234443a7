"""One Socrata catalogue entry in our words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from civicgauge.model import Column, ContactState, Dataset, DatasetKind, Portal, Resource, parse_time
from civicgauge.portals._common import (
    DESCRIPTION,
    SHORT,
    TITLE,
    contact_state,
    cut,
    listed,
    load,
    mapped,
    may_keep,
    text_of,
    whole_number,
)

_DERIVED = {"filter", "chart", "calendar", "form", "datalens", "visualization"}
_LINKS = {"href", "federated_href", "link"}
_CONTACT_FIELD = re.compile(r"contact|e-?mail", re.IGNORECASE)
_NOT_PUBLIC_CONTACT = re.compile(r"steward|^internal", re.IGNORECASE)
_PUBLISHER_FIELD = re.compile(r"publisher|agency|department|data-owner|organization_name|division", re.IGNORECASE)
_LICENCE_FIELD = re.compile(r"licen[cs]e", re.IGNORECASE)


def translate(
    entry: Mapping[str, Any], portal: Portal, contacts: Mapping[str, ContactState], *, contact_field_in_use: bool
) -> Dataset:
    """A Discovery result as a Dataset.

    `contacts` are those seen in `/data.json` by id. `contact_field_in_use`: the portal has a public custom field for
    contacts, so that an entry without one is known to lack it; `contact_email` itself is hidden from the public.
    """
    resource, about, metadata = entry["resource"], mapped(entry.get("classification")), mapped(entry.get("metadata"))
    fields = custom_fields(entry)
    kind = kind_of(resource)
    columns = _columns(resource)
    is_link = kind is DatasetKind.LINK
    return Dataset(
        dataset_id=str(resource["id"]),
        title=cut(text_of(resource.get("name")), TITLE),
        description=cut(text_of(resource.get("description")), DESCRIPTION),
        lists_documents=False,  # attachments stand in /api/views alone
        kind=kind,
        platform_kind=str(resource.get("type") or ""),
        permalink=text_of(entry.get("permalink")) or f"{portal.base_url}/d/{resource['id']}",
        publisher=cut(text_of(resource.get("attribution")) or _first(fields, _PUBLISHER_FIELD), SHORT),
        keywords=_keywords(about),
        contact=_contact(entry, contacts, contact_field_in_use=contact_field_in_use),
        created_at=parse_time(resource.get("createdAt")),
        published_at=parse_time(resource.get("publication_date")),
        touched_at=parse_time(resource.get("metadata_updated_at")) or parse_time(resource.get("updatedAt")),
        # a link's own dates are those of the link, not of the data behind it
        data_updated_at=None if is_link else parse_time(resource.get("data_updated_at")),
        licence_text=cut(text_of(metadata.get("license")) or _first(fields, _LICENCE_FIELD), SHORT),
        licence_key=None,
        licence_url=None,
        custom_fields=tuple((k, v) for k, v in fields if may_keep(k)),
        resources=_resources(entry, kind, columns),
        columns=columns if kind in {DatasetKind.TABLE, DatasetKind.GEO, DatasetKind.DERIVED_VIEW} and columns else None,
        parent_ids=tuple(str(p) for p in listed(resource.get("parent_fxf"))),
        is_native=metadata.get("domain") in (None, portal.host) and resource.get("type") != "federated_href",
        source_domain=text_of(metadata.get("domain")),
        source_link_host=_host(entry.get("link")) if is_link else None,
        page_views_total=whole_number(mapped(resource.get("page_views")).get("page_views_total")),
        download_count=whole_number(resource.get("download_count")),
    )


def kind_of(resource: Mapping[str, Any]) -> DatasetKind:
    """What an asset is. A view derived from a dataset shares its rows and is no dataset of its own (DESIGN rule 1)."""
    platform_kind, has_parent = str(resource.get("type") or ""), bool(resource.get("parent_fxf"))
    is_geo = resource.get("lens_view_type") == "geo"
    if platform_kind in _DERIVED or (platform_kind in {"dataset", "map"} and has_parent):
        return DatasetKind.DERIVED_VIEW
    if platform_kind == "map":
        return DatasetKind.GEO if is_geo else DatasetKind.DERIVED_VIEW
    if platform_kind == "dataset":
        if resource.get("columns_field_name"):
            return DatasetKind.TABLE
        return DatasetKind.FILE if resource.get("blob_mime_type") else DatasetKind.GEO if is_geo else DatasetKind.TABLE
    if platform_kind == "file":
        return DatasetKind.FILE
    return DatasetKind.LINK if platform_kind in _LINKS else DatasetKind.NOT_DATA


def custom_fields(entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The publisher-defined fields (`Group_Field-Name`, value), those without a value left out."""
    items = listed(mapped(entry.get("classification")).get("domain_metadata"))
    pairs = ((text_of(item.get("key")), text_of(item.get("value"))) for item in items if isinstance(item, Mapping))
    return [(cut(key, SHORT) or key, cut(value, SHORT) or value) for key, value in pairs if key and value]


def contact_fields(entry: Mapping[str, Any]) -> list[str]:
    """The values of the entry's public contact fields."""
    return [v for k, v in custom_fields(entry) if _CONTACT_FIELD.search(k) and not _NOT_PUBLIC_CONTACT.search(k)]


def contacts_in_data_json(body: bytes | None) -> dict[str, ContactState]:
    """What `/data.json` shows of each dataset's contact, by 4x4 id; datasets without a contact point are left out."""
    if body is None:
        return {}
    feed = load("data-json", body)
    found: dict[str, ContactState] = {}
    for item in listed(feed.get("dataset") if isinstance(feed, Mapping) else feed):
        match = (
            re.search(r"([a-z0-9]{4}-[a-z0-9]{4})/?$", str(item.get("identifier") or ""))
            if isinstance(item, Mapping)
            else None
        )
        address = text_of(mapped(item.get("contactPoint")).get("hasEmail")) if match else None
        if match and address:
            found[match[1]] = contact_state(address)
    return found


def _contact(
    entry: Mapping[str, Any], contacts: Mapping[str, ContactState], *, contact_field_in_use: bool
) -> ContactState | None:
    shown = [text_of(entry["resource"].get("contact_email")), *contact_fields(entry)]
    if any(shown):
        return contact_state(*shown)
    if (seen := contacts.get(str(entry["resource"]["id"]))) is not None:
        return seen
    return ContactState.ABSENT if contact_field_in_use else None


def _columns(resource: Mapping[str, Any]) -> tuple[Column, ...]:
    fields = listed(resource.get("columns_field_name"))

    def at(key: str, position: int) -> str | None:
        values = listed(resource.get(key))
        return text_of(values[position]) if position < len(values) else None

    return tuple(
        Column(
            field_name=str(field),
            name=at("columns_name", i) or str(field),
            datatype=at("columns_datatype", i) or "",
            description=at("columns_description", i),
            is_system=str(field).startswith(":"),
        )
        for i, field in enumerate(fields)
    )


def _resources(entry: Mapping[str, Any], kind: DatasetKind, columns: tuple[Column, ...]) -> tuple[Resource, ...]:
    """Socrata has one distribution for each dataset: its own table, a file, or a link; none for what is not data."""
    if kind is DatasetKind.NOT_DATA:
        return ()
    resource, is_link = entry["resource"], kind is DatasetKind.LINK
    return (
        Resource(
            resource_id=str(resource["id"]),
            title=cut(text_of(resource.get("name")), TITLE) or "",
            description=None,
            url=text_of(entry.get("link")) if is_link else text_of(entry.get("permalink")),
            declared_format=None,
            media_type=text_of(resource.get("blob_mime_type")),
            is_native_table=bool(columns) or kind is DatasetKind.GEO,
            is_link=is_link,
            created_at=parse_time(resource.get("createdAt")),
            data_updated_at=None if is_link else parse_time(resource.get("data_updated_at")),
            touched_at=parse_time(resource.get("metadata_updated_at")),
        ),
    )


def _keywords(about: Mapping[str, Any]) -> tuple[str, ...]:
    """What the publisher chose: `domain_tags`; `tags` and `categories` are the platform's own guesses."""
    return tuple(word for item in listed(about.get("domain_tags")) if (word := text_of(item)))


def _first(fields: list[tuple[str, str]], pattern: re.Pattern[str]) -> str | None:
    return next((value for key, value in fields if pattern.search(key) and "steward" not in key.lower()), None)


def _host(link: Any) -> str | None:
    match = re.match(r"^https?://([^/:?#]+)", str(link or ""))
    return match[1].lower() if match else None
