"""Tables of a CKAN portal: `datastore_search` and `/datastore/dump`; files are in `uploads`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from civicgauge.demo import rows as tables
from civicgauge.demo.ckan_package import resource_id
from civicgauge.demo.ckan_reply import ActionError, number
from civicgauge.demo.state import Entry, PortalState
from civicgauge.demo.tables import table
from civicgauge.demo.wire import Call, Reply, page

_TYPES = {"Number": "numeric", "Calendar date": "timestamp", "Checkbox": "bool", "Point": "json"}
_LIMIT_MAX = 32_000


def search(portal: PortalState, arguments: Mapping[str, str]) -> Any:
    """`datastore_search`: 2.11 adds links and estimates, 2.12 whether a next page is wanted."""
    wanted = arguments.get("resource_id") or arguments.get("id")
    if not wanted:
        raise ActionError(409, "Validation Error", resource_id=["Missing value"])
    fields, records, unstated = _table(portal, wanted)
    limit, offset = min(number(arguments, "limit", 100), _LIMIT_MAX), number(arguments, "offset", 0)
    records = _filtered(records, arguments.get("filters", ""))
    records = _sorted(records, arguments.get("sort", ""), {f["id"] for f in fields})
    chosen = [f.strip() for f in arguments.get("fields", "").split(",") if f.strip()]
    fields = [f for f in fields if not chosen or f["id"] in chosen]
    told: dict[str, Any] = {
        "include_total": arguments.get("include_total", "true").lower() != "false",
        "limit": limit,
        "records_format": arguments.get("records_format", "objects"),
        "resource_id": wanted,
    }
    told |= {"offset": offset} if offset else {}
    told |= {"sort": arguments["sort"]} if arguments.get("sort") else {}
    names = [f["id"] for f in fields]
    told |= {"records": _formatted(records[offset : offset + limit], names, told["records_format"]), "fields": fields}
    told |= {"total": len(records) + unstated} if told["include_total"] else {}
    return told | _of_version(portal, wanted, limit, offset)


def _of_version(portal: PortalState, wanted: str, limit: int, offset: int) -> dict[str, Any]:
    if str(portal.spec["version"]) >= "2.12":
        return {"include_next_page": False}
    start = f"/api/3/action/datastore_search?resource_id={wanted}&limit={limit}"
    return {
        "_links": {"start": start, "next": f"{start}&offset={offset + limit}"},
        "total_was_estimated": False,
        "total_estimation_threshold": None,
    }


def find(portal: PortalState, wanted: str) -> tuple[Entry, Entry] | None:
    """The package that has this resource, and what the demo's data say of the resource."""
    for entry in portal.visible():
        for position, part in enumerate(entry.get("resources") or []):
            if resource_id(portal, entry, position) == wanted:
                return entry, part
    return None


def _table(portal: PortalState, wanted: str) -> tuple[list[dict[str, str]], list[dict[str, Any]], int]:
    """Fields, records, and how many records more are counted than given."""
    found = find(portal, wanted)
    if found is None or not found[1].get("columns"):
        raise ActionError(404, "Not Found Error", message=f'Not found: Resource "{wanted}" was not found.')
    entry, part = found
    made, version = table(portal, entry, wanted, part), str(portal.spec["version"])
    columns = made.columns
    fields = [{"id": "_id", "type": "int"}, *({"id": c.field, "type": _TYPES.get(c.datatype, "text")} for c in columns)]
    records = [
        {"_id": position, **{c.field: tables.datastore(v, version) for c, v in zip(columns, row, strict=True)}}
        for position, row in enumerate(made.rows, 1)
    ]
    return fields, records, made.unstated


def _filtered(records: list[dict[str, Any]], filters: str) -> list[dict[str, Any]]:
    if not filters:
        return records
    try:
        wanted = dict(json.loads(filters))
    except (ValueError, TypeError) as error:
        raise ActionError(409, "Validation Error", filters=["Cannot parse JSON"]) from error
    return [r for r in records if all(r.get(k) in (v if isinstance(v, list) else [v]) for k, v in wanted.items())]


def _sorted(records: list[dict[str, Any]], sort: str, names: set[str]) -> list[dict[str, Any]]:
    for part in reversed([p.strip() for p in sort.split(",") if p.strip()]):
        field, _, way = part.partition(" ")
        if field not in names:
            raise ActionError(409, "Validation Error", sort=[f'invalid value "{field}"'])
        records = sorted(records, key=lambda r: (r[field] is None, r[field]), reverse=way.lower() == "desc")
    return records


def _formatted(records: list[dict[str, Any]], names: list[str], form: str) -> Any:
    if form == "lists":
        return [[r[n] for n in names] for r in records]
    if form in ("csv", "tsv"):
        return _separated(records, names, form, "\n")
    return [{n: r[n] for n in names} for r in records]


def _separated(records: list[dict[str, Any]], names: list[str], form: str, end: str, *, header: bool = False) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if form == "tsv" else ",", lineterminator=end)
    writer.writerows([names] if header else [])
    writer.writerows([r[n] for n in names] for r in records)
    return text.getvalue()


def _moved(portal: PortalState, wanted: str, call: Call) -> int:
    """Let the table move if a fault says so; how many rows this reading of it leaves out."""
    faults = portal.faults.of_table(call.path)
    more, found = sum(f.entries for f in faults if f.kind == "rows_moving"), find(portal, wanted)
    if more and found:
        portal.grow(*found, more)
    return sum(f.entries for f in faults if f.kind == "rows_short")


def dump(portal: PortalState, call: Call, wanted: str) -> Reply:
    """`/datastore/dump/{id}`: csv, tsv or json, streamed; a byte order mark only with `bom`."""
    try:
        fields, records, _ = _table(portal, wanted)
        offset = number({"offset": call.first("offset")}, "offset", 0)
        records = records[: len(records) - _moved(portal, wanted, call)]
        records = records[offset : offset + number({"limit": call.first("limit")}, "limit", len(records))]
    except ActionError:
        return page(404, "404 Not Found", "DataStore resource not found")
    form, names = call.first("format", "csv"), [f["id"] for f in fields]
    if form == "json":
        lines = ",\n".join(
            "    " + json.dumps([r[n] for n in names], separators=(",", ":"), ensure_ascii=False) for r in records
        )
        text = f'{{\n  "fields": {json.dumps(fields, separators=(",", ":"))},\n  "records": [\n{lines}\n]}}\n'
    elif form in ("csv", "tsv"):
        text = _separated(records, names, form, "\n", header=True).replace("\n", "\r\n", 1)
    else:
        return page(400, "400 Bad Request", "format: csv, tsv or json")
    mark = "\ufeff" if call.first("bom").lower() in ("true", "1") else ""
    headers = {
        "Content-disposition": f'attachment; filename="{wanted}.{form}"',
        "Cache-Control": "public, max-age=0, must-revalidate",
    }
    return Reply(200, (mark + text).encode(), "application/octet-stream", headers, chunked=True)
