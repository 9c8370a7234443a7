"""Rows of a CKAN package: tables of the DataStore by their dump, all else by the file that a resource points to.

The dump is streamed from pages of 32,000 rows, so that a table which is loaded anew meanwhile comes mixed; it is
checked against `total`, and the DataStore's word after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from civicgauge.errors import AnswerUnreadable
from civicgauge.landed import Download, Fetched, Peek, PromisedColumn, RowSource
from civicgauge.model import Dataset, Portal, Resource
from civicgauge.portals._common import is_mapping_list, whole_number
from civicgauge.portals._files import fetch_file, file_source, may_hold_rows, split
from civicgauge.portals._reading import count_records, read_until_still, refuse_page
from civicgauge.web import Web

_DUMP = "/datastore/dump/"
_SYSTEM_COLUMNS = {"_id", "_full_text"}
_CHANGE_HINTS = ("last_modified", "hash")


def row_sources(dataset: Dataset, portal: Portal) -> list[RowSource]:
    """One for each resource that is a table of the DataStore, or a file that may be a table; all have ids."""
    found = []
    for resource in (part for part in dataset.resources if part.resource_id):
        if resource.is_native_table:
            found.append(_dump_source(dataset, resource, portal))
        elif may_hold_rows(resource):
            found.append(file_source(dataset.dataset_id, resource, portal, _hints(resource)))
    return found


def _dump_source(dataset: Dataset, resource: Resource, portal: Portal) -> RowSource:
    site = _site(dataset, resource, portal)
    return RowSource(
        dataset_id=dataset.dataset_id,
        resource_id=resource.resource_id,
        title=resource.title or None,
        route="dump",
        url=f"{site}{_DUMP}{quote(resource.resource_id, safe='')}?bom=false",
        declared_format=resource.declared_format,
        media_type=resource.media_type,
        hints=_hints(resource),
    )


def _hints(resource: Resource) -> tuple[tuple[str, str], ...]:
    """What the entry says of changes. A creation is none; it stands for the data's date where CKAN has no other."""
    modified, touched = resource.data_updated_at, resource.touched_at
    hints = [("last_modified", modified.isoformat())] if modified and modified != resource.created_at else []
    hints += [("hash", resource.content_hash)] if resource.content_hash else []
    hints += [("touched_at", touched.isoformat())] if touched else []
    return tuple(hints)


def _site(dataset: Dataset, resource: Resource, portal: Portal) -> str:
    """Where CKAN stands: some cities have it below a path, which shows in the addresses of its pages and files."""
    base = urlsplit(portal.base_url)
    for url in (resource.url, dataset.permalink):
        parts = split(url)
        path, found, _ = parts.path.replace(_DUMP, "/dataset/").partition("/dataset/")
        if found and parts.hostname == portal.host and path.startswith(base.path):
            return urlunsplit((base.scheme, base.netloc, path, "", ""))
    return portal.base_url


def peek(web: Web, source: RowSource) -> Peek:
    """A table's number of rows and fields, by one request; of a file what the catalogue says, by none.

    A number of rows that stayed the same proves nothing by itself. Beside a date or digest of the resource that
    stayed the same too, it is the portal's word that nothing changed.
    """
    hints = dict(source.hints)
    validators = {f"resource_{name}": hints[name] for name in _CHANGE_HINTS if name in hints}
    if source.route != "dump":
        return Peek(validators=validators, touched=hints.get("touched_at"))
    site = source.url.partition(_DUMP)[0]
    query = {"resource_id": source.resource_id, "limit": "0"}
    answer, told = web.get_json(f"{site}/api/3/action/datastore_search", query)
    result = told.get("result")
    if told.get("success", True) is not True or not isinstance(result, Mapping):
        raise AnswerUnreadable(f"{answer.url}: not an answer of CKAN's action API", answer.body[:2000])
    total, columns = whole_number(result.get("total")), _columns(result.get("fields"))
    if columns is None:
        raise AnswerUnreadable(f"{answer.url}: no fields in the answer of datastore_search", answer.body[:2000])
    is_counted = total is not None and result.get("total_was_estimated") is not True
    return Peek(
        validators=validators | {"total": str(total), "fields": _digest(columns)},
        touched=hints.get("touched_at"),
        stated_rows_count=total if is_counted else None,
        columns=columns,
        is_conclusive=bool(validators) and is_counted,
    )


def fetch(web: Web, source: RowSource, before: Peek, known: Mapping[str, str] | None, target: Path) -> Fetched:
    """The dump as CSV, or the file as it is."""
    if source.route != "dump":
        return fetch_file(web, source, before, known, target)

    def get() -> Download:
        download = web.download(source.url, target)
        refuse_page(download, target)
        return download

    reading = read_until_still(before, get, lambda: peek(web, source), lambda: count_records(target) - 1)
    return Fetched(reading.download, reading.peek, "dump", "csv", reading.notes)


def _columns(fields: Any) -> tuple[PromisedColumn, ...] | None:
    if not is_mapping_list(fields) or not all(field.get("id") for field in fields):
        return None
    return tuple(
        PromisedColumn(
            field_name=str(field["id"]),
            header=str(field["id"]),  # the dump writes the ids, whatever labels a data dictionary holds
            datatype=str(field.get("type") or ""),
            is_system=field["id"] in _SYSTEM_COLUMNS,
        )
        for field in fields
    )


def _digest(columns: tuple[PromisedColumn, ...]) -> str:
    told = json.dumps([(column.field_name, column.datatype) for column in columns])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
