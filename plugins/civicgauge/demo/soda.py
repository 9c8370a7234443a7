"""Rows of a Socrata portal: SODA 2.1 (`/resource`) and the bulk export (`rows.csv`)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import operator
import re
from email.utils import format_datetime
from typing import Any

from civicgauge.demo import rows as tables
from civicgauge.demo.defects import Table
from civicgauge.demo.rows import Value
from civicgauge.demo.state import Column, Entry, PortalState, columns_of
from civicgauge.demo.tables import table
from civicgauge.demo.wire import Call, Reply, json_reply

_SODA_TYPES = {"Calendar date": "floating_timestamp", "Number": "number", "Checkbox": "checkbox", "Point": "point",
               "MultiPolygon": "multipolygon", "URL": "url", "Location": "location"}  # fmt: skip
_COMPARISON = re.compile(r"^\s*`?(:?\w+)`?\s*(>=|<=|=|>|<)\s*'([^']*)'\s*$")
_OPERATORS = {"=": operator.eq, ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le}
Records = list[dict[str, Value]]


class _MalformedError(Exception):
    """A query that cannot be understood."""


def missing(code: str, dataset_id: str) -> Reply:
    """404 as Socrata says it."""
    told = {"code": code, "error": True, "message": "Not found", "data": {"id": dataset_id}}
    return json_reply(404, told, {"X-Error-Code": code, "X-Error-Message": "Not found"})


def locked() -> Reply:
    """403 for a view that is not public."""
    return json_reply(403, {"message": "You must be logged in to access this resource", "error": True})


def _refused(portal: PortalState, dataset_id: str) -> tuple[Entry | None, Reply | None]:
    entry = portal.find(dataset_id)
    if entry is None or entry.get("state") == "deleted" or entry.get("domain"):
        return None, missing("dataset.missing", dataset_id)
    if entry.get("state") == "private":
        return None, locked()
    if not columns_of(entry):
        return None, json_reply(400, {"error": True, "message": "Non-tabular datasets do not support rows requests."})
    return entry, None


def resource(portal: PortalState, call: Call, match: re.Match[str]) -> Reply:
    """`/resource/{id}.json|csv`; without `$order` the order is another one at each request."""
    entry, refusal = _refused(portal, match[1])
    if entry is None:
        return refusal or missing("dataset.missing", match[1])
    found, records = _records(portal, entry)
    columns = found.columns
    headers = _headers(portal, entry, columns, call)
    seen = call.headers.get("If-None-Match")
    if seen == headers["ETag"] or (not seen and call.headers.get("If-Modified-Since") == headers["Last-Modified"]):
        return Reply(304, b"", headers={"ETag": headers["ETag"]})
    try:
        fitting = _filtered(records, columns, call)
        if re.sub(r"\s", "", call.first("$select")).startswith("count("):
            return json_reply(200, [{"count": str(len(fitting) + found.unstated)}], headers)
        names = _selected(columns, call)
        chosen = _paged(_ordered(portal, fitting, call.first("$order")), call, int(entry.get("most_rows", 50_000)))
        _moved(portal, entry, call)
    except (_MalformedError, ValueError) as error:
        told = {
            "code": "query.compiler.malformed",
            "error": True,
            "message": str(error),
            "data": {"query": call.target},
        }
        return json_reply(400, told, {"X-Error-Code": "query.compiler.malformed"})
    return _as_json(chosen, names, headers) if match[2] == "json" else _as_csv(chosen, names, headers)


def _records(portal: PortalState, entry: Entry) -> tuple[Table, Records]:
    found = table(portal, entry, entry["id"])
    newest = portal.updated_at(entry) or portal.created_at(entry)
    version = hashlib.sha256(f"{entry['id']}{newest}".encode()).hexdigest()[:4]
    return found, [
        {":id": f"row-{version}-{number:04d}", **{c.field: v for c, v in zip(found.columns, row, strict=True)}}
        for number, row in enumerate(found.rows)
    ]


def _filtered(records: Records, columns: list[Column], call: Call) -> Records:
    if "$query" in call.query:
        raise _MalformedError("the demo does not speak $query; use $select, $where, $order, $limit and $offset")
    names = {":id", *(c.field for c in columns)}
    for name in set(call.query) & names:
        records = [r for r in records if r[name] is not None and tables.soda_text(r[name]) == call.first(name)]
    if where := call.first("$where"):
        match = _COMPARISON.match(where)
        if not match or match[1] not in names:
            raise _MalformedError(f"Could not parse SoQL query at: {where}")
        compare = _OPERATORS[match[2]]
        records = [r for r in records if r[match[1]] is not None and compare(tables.soda_text(r[match[1]]), match[3])]
    return records


def _selected(columns: list[Column], call: Call) -> list[str]:
    asked = [part.strip() for part in call.first("$select", "*").split(",")]
    names: list[str] = []
    for part in asked:
        if part == "*":
            names += [c.field for c in columns]
        elif part in (":*", ":id"):
            names.append(":id")
        elif part in {c.field for c in columns}:
            names.append(part)
        else:
            raise _MalformedError(f"No such column: {part}")
    return names


def _ordered(portal: PortalState, found: Records, order: str) -> Records:
    if not order:
        shift = next(portal.requests) % max(len(found), 1)
        return found[shift:] + found[:shift]
    for part in reversed(order.split(",")):
        name, _, way = part.strip().partition(" ")
        if found and name not in found[0]:
            raise _MalformedError(f"No such column: {name}")
        found = sorted(
            found, key=lambda r: (r[name] is None, tables.soda_text(r[name])), reverse=way.strip().upper() == "DESC"
        )
    return found


def _paged(found: Records, call: Call, most: int) -> Records:
    """One page; a limit above the most that the server gives is lowered without a word."""
    limit, offset = min(int(call.first("$limit", "1000")), most), int(call.first("$offset", "0"))
    if limit < 0 or offset < 0:
        raise _MalformedError("$limit and $offset must not be negative")
    return found[offset : offset + limit]


def _as_json(records: Records, names: list[str], headers: dict[str, str]) -> Reply:
    kept: list[dict[str, Any]] = [{n: tables.soda_json(r[n]) for n in names if r[n] is not None} for r in records]
    joined = "\n,".join(json.dumps(r, separators=(",", ":"), ensure_ascii=False) for r in kept)
    return Reply(200, f"[{joined}]\n".encode(), headers=headers, chunked=True)


def _as_csv(records: Records, names: list[str], headers: dict[str, str]) -> Reply:
    def quoted(value: Value) -> str:
        return "" if value is None else '"' + tables.soda_text(value).replace('"', '""') + '"'

    lines = [",".join(f'"{n}"' for n in names)] + [",".join(quoted(r[n]) for n in names) for r in records]
    return Reply(200, ("\n".join(lines) + "\n").encode(), "text/csv; charset=UTF-8", headers, chunked=True)


def _moved(portal: PortalState, entry: Entry, call: Call) -> int:
    """Let the table move if a fault says so; how many rows this reading of it leaves out."""
    faults = portal.faults.of_table(call.path)
    if more := sum(f.entries for f in faults if f.kind == "rows_moving"):
        portal.grow(entry, entry, more)
    return sum(f.entries for f in faults if f.kind == "rows_short")


def _headers(portal: PortalState, entry: Entry, columns: list[Column], call: Call) -> dict[str, str]:
    newest = portal.updated_at(entry) or portal.created_at(entry)
    stamp = format_datetime(newest, usegmt=True)
    tag = hashlib.md5(f"{call.target} {newest}".encode(), usedforsecurity=False).hexdigest()
    headers = {"ETag": f'W/"{tag}"', "Last-Modified": stamp, "X-SODA2-Truth-Last-Modified": stamp,
               "X-SODA2-Secondary-Last-Modified": stamp, "X-SODA2-Data-Out-Of-Date": "false",
               "X-Socrata-RequestId": f"demo{next(portal.requests):08d}", "Vary": "Accept-Encoding"}  # fmt: skip
    names = json.dumps([c.field for c in columns], separators=(",", ":"))
    types = json.dumps([_SODA_TYPES.get(c.datatype, "text") for c in columns], separators=(",", ":"))
    if len(names) + len(types) > 5000:
        return {**headers, "X-SODA2-Warning": "X-SODA2-Fields and X-SODA2-Types are suppressed: too long"}
    return {**headers, "X-SODA2-Fields": names, "X-SODA2-Types": types}


def export(portal: PortalState, call: Call, match: re.Match[str]) -> Reply:
    """`rows.csv`: human headers, American dates, as many quotes as needed, streamed. `no_export`: there is none."""
    entry, refusal = _refused(portal, match[1])
    if entry is None or entry.get("no_export"):
        return refusal or missing("not_found", match[1])
    found, records = _records(portal, entry)
    columns = found.columns
    records = records[: len(records) - _moved(portal, entry, call)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([c.name for c in columns])
    writer.writerows([tables.export_text(r[c.field]) for c in columns] for r in records)
    headers = {"Content-Disposition": f"attachment; filename={match[1]}.csv"} if call.first("accessType") else {}
    return Reply(200, text.getvalue().encode(), "text/csv; charset=utf-8", headers, chunked=True)
