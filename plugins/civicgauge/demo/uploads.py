"""Files that were uploaded to a CKAN portal, and what its web server says with them: ETag, Last-Modified, 304.

A resource of the demo's data may say more of its file: `columns` (then it is in the DataStore too) or `table`, written
alike; `delimiter`; `encoding`; `defects` (see there). The name of the file says the format, `.zip` and `.gz` around it
included.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from typing import Any

from civicgauge.demo import rows as tables
from civicgauge.demo.datastore import find
from civicgauge.demo.defects import Table, as_lines
from civicgauge.demo.state import Column, PortalState
from civicgauge.demo.tables import table
from civicgauge.demo.wire import Call, Reply, page
from civicgauge.demo.workbook import workbook

_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_PLACES = ("Point", "MultiPolygon", "Location")  # a feature's geometry, whether or not a row has one
_ZIP_TIME = (2020, 1, 1, 0, 0, 0)
Rows = Sequence[Sequence[tables.Value]]


def download(portal: PortalState, call: Call, wanted: str) -> Reply:
    """The file of a resource; 304 where the asker has it already."""
    found = find(portal, wanted)
    if found is None:
        return page(404, "404 Not Found")
    entry, part = found
    newest, name = portal.updated_at(entry, part) or portal.created_at(entry), str(part.get("file", ""))
    body = _PDF if name.endswith(".pdf") else _file(table(portal, entry, wanted, part), part, name)
    stamp = format_datetime(newest, usegmt=True)
    tag = f'"{newest.timestamp()}-{len(body)}-{zlib.adler32(name.encode())}"'
    headers = {"ETag": tag, "Last-Modified": stamp, "Cache-Control": "no-cache"}
    seen = call.headers.get("If-None-Match")
    if seen == tag or (not seen and call.headers.get("If-Modified-Since") == stamp):
        return Reply(304, b"", headers=headers)
    return Reply(200, body, str(part.get("mimetype") or "application/octet-stream"), headers)


def _file(made: Table, part: Mapping[str, Any], name: str) -> bytes:
    stem, _, outer = name.rpartition(".")
    is_packed = outer in ("zip", "gz")
    body = _written(made, (stem if is_packed else name).rpartition(".")[2], part)
    if outer == "gz":
        return gzip.compress(body, mtime=0)
    return _zipped(stem if "." in stem else f"{stem}.csv", body) if outer == "zip" else body


def _written(made: Table, form: str, part: Mapping[str, Any]) -> bytes:
    columns, rows = made.columns, made.rows
    if form == "geojson":
        return _geojson(columns, rows)
    if form == "json":
        return json.dumps([_object(columns, row) for row in rows]).encode()
    if form == "xlsx":
        return workbook([c.name for c in columns], rows)
    delimiter = str(part.get("delimiter") or ("\t" if form == "tsv" else ","))
    lines = [_line([c.name for c in columns], delimiter)]
    lines += [_line([tables.export_text(value) for value in row], delimiter) for row in rows]
    return as_lines(lines, made.in_file, str(part.get("encoding") or "utf-8"), delimiter)


def _line(cells: Sequence[str], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerow(cells)
    return text.getvalue()


def _object(columns: Sequence[Column], row: Sequence[tables.Value]) -> dict[str, Any]:
    return {c.field: tables.datastore(value, "2.12") for c, value in zip(columns, row, strict=True)}


def _geojson(columns: Sequence[Column], made: Rows) -> bytes:
    features = []
    for row in made:
        place = next((value for value in row if isinstance(value, tuple)), None)
        geometry = {"type": "Point", "coordinates": list(place)} if place else None
        told = {c.field: v for c, v in zip(columns, row, strict=True) if c.datatype not in _PLACES}
        properties = {name: tables.datastore(value, "2.12") for name, value in told.items()}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _zipped(name: str, body: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), body, zipfile.ZIP_DEFLATED)
    return file.getvalue()
