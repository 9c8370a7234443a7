"""Rows of a Socrata dataset: the view's word for them, the bulk export, and pages of `/resource` where it has none.

The export has no length and no count: it is checked against `count(*)` and against the view's word after it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from civicgauge.errors import AnswerUnreadable, CivicgaugeError, PortalRefused
from civicgauge.landed import Download, Fetched, Peek, PromisedColumn, RowSource
from civicgauge.model import Dataset, DatasetKind, Portal
from civicgauge.portals._common import listed, mapped, whole_number
from civicgauge.portals._reading import conditions, count_records, read_until_still, refuse_page
from civicgauge.web import Web

_ADDRESS_PART = re.compile(r"(.+) \((?:address|city|state|zip)\)", re.DOTALL)
_PAGE = 50_000  # what every version of the API gives at once


def row_sources(dataset: Dataset, portal: Portal) -> list[RowSource]:
    """The dataset's own table, where it has one here; a federated entry's rows lie on another portal."""
    is_table = dataset.kind is DatasetKind.TABLE or (
        dataset.kind in {DatasetKind.GEO, DatasetKind.DERIVED_VIEW} and bool(dataset.columns)
    )
    if not is_table or not dataset.is_native:
        return []
    moments = (("data_updated_at", dataset.data_updated_at), ("touched_at", dataset.touched_at))
    return [
        RowSource(
            dataset_id=dataset.dataset_id,
            resource_id=dataset.dataset_id,
            title=dataset.title,
            route="export",
            url=f"{portal.base_url}/api/views/{dataset.dataset_id}/rows.csv?accessType=DOWNLOAD",
            declared_format="csv",
            media_type="text/csv",
            hints=tuple((name, moment.isoformat()) for name, moment in moments if moment),
        )
    ]


def peek(web: Web, portal: Portal, source: RowSource) -> Peek:
    """The view's metadata. `rowsUpdatedAt` changes with the rows; a few views lack it, and then nothing is conclusive.

    The columns are a validator too: one that is hidden or renamed changes the export, and touches the view alone. The
    same holds for the conditions of a derived view.
    """
    answer, view = web.get_json(f"{portal.base_url}/api/views/{source.dataset_id}.json")
    if view.get("id") != source.dataset_id:
        raise AnswerUnreadable(f"{answer.url}: not the view {source.dataset_id}", answer.body[:2000])
    columns = _columns(view)
    updated, touched = whole_number(view.get("rowsUpdatedAt")), whole_number(view.get("viewLastModified"))
    validators = {"columns": _digest(columns)} if columns is not None else {}
    validators |= {"rows_updated_at": str(updated)} if updated is not None else {}
    validators |= {"view_last_modified": str(touched)} if _is_derived(view) else {}
    return Peek(
        validators=validators,
        touched=None if touched is None else str(touched),
        columns=columns,
        key_field=_key_field(view),
        is_conclusive=updated is not None,
    )


def fetch(
    web: Web, portal: Portal, source: RowSource, before: Peek, known: Mapping[str, str] | None, target: Path
) -> Fetched:
    """The whole table as CSV, by the export, or by pages where the portal refuses the export.

    Only a view that does not say when its rows changed is asked conditionally, once: a copy that lags behind would
    answer 304 for rows that did change.
    """
    notes: list[str] = []
    route, asked = "export", {} if before.is_conclusive else conditions(known)

    def get() -> Download:
        nonlocal route, asked
        if route == "export":
            headers, asked = asked, {}
            try:
                return _export(web, source, target, headers)
            except PortalRefused as refused:
                notes.append(f"no export, read by pages: {refused}")
                route = "pages"
        return _pages(web, portal, source, target)

    def look() -> Peek:
        stated, note = _stated(web, portal, source)
        if note and note not in notes:
            notes.append(note)
        return replace(peek(web, portal, source), stated_rows_count=stated)

    reading = read_until_still(before, get, look, lambda: count_records(target) - 1)
    after = reading.peek
    if reading.download.headers.get("x-soda2-data-out-of-date", "").lower() == "true":
        notes.append("the portal's copy lags behind its truth; the next run reads it again")
        after = replace(after, validators={}, is_conclusive=False)
    return Fetched(reading.download, after, route, "csv", (*notes, *reading.notes))


def _export(web: Web, source: RowSource, target: Path, headers: dict[str, str]) -> Download:
    download = web.download(source.url, target, headers=headers, accept_status=(200, 304) if headers else (200,))
    if download.status == 200:
        refuse_page(download, target)
    return download


def _pages(web: Web, portal: Portal, source: RowSource, target: Path) -> Download:
    """`/resource` in pages by `:id` until an empty one, in one file under one header."""
    url, page = f"{portal.base_url}/resource/{source.dataset_id}.csv", target.with_name(f"{target.name}.page")
    whole = target.with_name(f"{target.name}.whole")
    digest, size, offset = hashlib.sha256(), 0, 0
    downloads: list[Download] = []
    header = b""
    try:
        with whole.open("wb") as file:
            while True:
                query = {"$order": ":id", "$limit": str(_PAGE), "$offset": str(offset)}
                downloads.append(web.download(url, page, params=query))
                refuse_page(downloads[-1], page)
                header = _check_header(header, page, downloads[-1].url)
                for piece in _pieces(page, with_header=offset == 0):
                    digest.update(piece)
                    size += file.write(piece)
                rows = count_records(page) - 1
                if rows < 1:
                    break
                offset += rows
        whole.replace(target)
    finally:
        page.unlink(missing_ok=True)
        whole.unlink(missing_ok=True)
    return replace(
        downloads[0],
        bytes_count=size,
        sha256=digest.hexdigest(),
        elapsed_seconds=sum(one.elapsed_seconds for one in downloads),
        attempts=max(one.attempts for one in downloads),
    )


def _check_header(header: bytes, page: Path, url: str) -> bytes:
    with page.open("rb") as file:
        found = file.readline().rstrip(b"\r\n")
    if header and found != header:
        raise AnswerUnreadable(f"{url}: the columns changed between two pages; read it again later", found[:2000])
    return found


def _pieces(page: Path, *, with_header: bool) -> Any:
    last = b"\n"
    with page.open("rb") as file:
        if not with_header:
            file.readline()
        while piece := file.read(1 << 20):
            yield piece
            last = piece[-1:]
    if last != b"\n":
        yield b"\n"


def _stated(web: Web, portal: Portal, source: RowSource) -> tuple[int | None, str | None]:
    """The portal's own count of rows, or a note why there is none: the download is worth keeping without it."""
    url = f"{portal.base_url}/resource/{source.dataset_id}.json"
    try:
        _, found = web.get_json(url, {"$select": "count(*)"}, expect=list)
    except CivicgaugeError as error:
        return None, f"rows not compared with the portal's count: {error}"
    values = [whole_number(value) for value in mapped(found[0]).values()] if len(found) == 1 else []
    if len(values) != 1 or values[0] is None:
        return None, f"rows not compared with the portal's count: {url} gave {str(found)[:200]}"
    return values[0], None


def _columns(view: Mapping[str, Any]) -> tuple[PromisedColumn, ...] | None:
    """The columns that the public sees, with their names as the export writes them; None where none are listed."""
    if not isinstance(view.get("columns"), list):
        return None
    told = [c for item in view["columns"] if (c := mapped(item)).get("fieldName") and _is_shown(c)]
    places = {str(c.get("name")) for c in told if c.get("dataTypeName") in {"point", "location"}}
    return tuple(
        PromisedColumn(
            field_name=str(c["fieldName"]),
            header=str(c.get("name") or c["fieldName"]),
            datatype=str(c.get("dataTypeName") or ""),
            is_system=_is_system(c, places),
        )
        for c in told
    )


def _is_shown(column: Mapping[str, Any]) -> bool:
    return "hidden" not in listed(column.get("flags"))


def _is_system(column: Mapping[str, Any], places: set[str]) -> bool:
    """Computed regions, and the parts of an address that the platform splits off a place: exports have neither."""
    part = _ADDRESS_PART.fullmatch(str(column.get("name") or ""))
    return str(column["fieldName"]).startswith(":") or bool(part and part[1] in places)


def _digest(columns: tuple[PromisedColumn, ...]) -> str:
    told = json.dumps([(c.field_name, c.header, c.datatype) for c in columns])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _is_derived(view: Mapping[str, Any]) -> bool:
    return bool(view.get("modifyingViewUid")) or view.get("assetType") not in (None, "dataset")


def _key_field(view: Mapping[str, Any]) -> str | None:
    """The field of the row identifier, which the view names by its column's id, "0" for none."""
    wanted = view.get("rowIdentifierColumnId") or mapped(view.get("metadata")).get("rowIdentifier")
    found = (mapped(item) for item in listed(view.get("columns")))
    return next((str(c["fieldName"]) for c in found if c.get("fieldName") and str(c.get("id")) == str(wanted)), None)
