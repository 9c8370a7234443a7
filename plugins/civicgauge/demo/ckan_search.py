"""CKAN's search of packages, with its silent cap and its default order that moves while one pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from civicgauge.demo import ckan_package
from civicgauge.demo.ckan_package import package
from civicgauge.demo.ckan_reply import ActionError, number
from civicgauge.demo.faults import Fault
from civicgauge.demo.state import Entry, PortalState

_ROWS_MAX = 1000
_DEFAULT_SORT = "score desc, metadata_modified desc"
_SORTABLE = {"id", "name", "title", "title_string", "metadata_created", "metadata_modified", "score"}
_SEARCH_ARGUMENTS = re.compile(
    r"q|fq|fq_list|rows|sort|start|facet(\.mincount|\.limit|\.field)?|include_(drafts|deleted|private)"
    r"|use_default_schema|fl|qf|df|bf|boost|tie|defType|mm|q\.op"
)
_DATE_RANGE = re.compile(r"metadata_modified:\[(\S+) TO (\S+)\]")
_TERM = re.compile(r'\+?(organization|license_id|name|id):"?([\w-]+)"?')
Arguments = Mapping[str, str]


def search(portal: PortalState, arguments: Arguments) -> Any:
    """`package_search`."""
    unknown = sorted(a for a in arguments if not _SEARCH_ARGUMENTS.fullmatch(a))
    if unknown:
        said = f'Search Query is invalid: "Invalid search parameters: {unknown}"'
        raise ActionError(400, "Search Query Error", message=said)
    rows, start = number(arguments, "rows", 10), number(arguments, "start", 0)
    sort = arguments.get("sort") or _DEFAULT_SORT
    found, faults = _list(portal, arguments, sort, start)
    cap = min([_ROWS_MAX, *(f.entries for f in faults if f.kind == "cap")])
    results = _falsified(found, start, min(rows, cap), faults)
    facets = _facets(found, arguments)
    titled = {name: {"title": name, "items": _items(counts)} for name, counts in facets.items()}
    return {"count": len(found), "facets": facets, "results": results, "sort": sort, "search_facets": titled}


def _items(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"name": value, "display_name": value, "count": count} for value, count in counts.items()]


def _list(portal: PortalState, arguments: Arguments, sort: str, start: int) -> tuple[list[dict[str, Any]], list[Fault]]:
    """All packages that fit, in order."""
    faults = portal.faults.of_catalogue(f"{portal.spec.get('root', '')}/api/3/action/package_search")
    keys = _sort_keys(sort)
    with portal.lock:
        if start and any(f.kind == "moving" for f in faults):
            oldest = min(portal.visible(), key=lambda e: ckan_package.modified_at(portal, e))
            portal.change("touch", oldest["id"])
        entries = portal.visible()
        for fault in faults:
            if fault.kind == "shrunk":
                entries = entries[: max(1, int(len(entries) * fault.share))]
        found = [package(portal, e) for e in entries if _fits(portal, e, arguments)]
    for key, descending in reversed(keys):
        found.sort(key=lambda p: str(p.get(key.removesuffix("_string")) or ""), reverse=descending)
    return found, faults


def _sort_keys(sort: str) -> list[tuple[str, bool]]:
    keys = []
    for part in sort.split(","):
        field, _, way = part.strip().partition(" ")
        if field not in _SORTABLE or way.strip().lower() not in ("asc", "desc"):
            raise ActionError(
                400, "Search Query Error", message="Search Query is invalid: 'Invalid \"sort\" parameter'"
            )
        keys.append((field, way.strip().lower() == "desc"))
    return keys


def _fits(portal: PortalState, entry: Entry, arguments: Arguments) -> bool:
    """`q` as words that must occur, of `fq` the few fields that the demo knows; the rest is ignored."""
    q, fq = arguments.get("q", ""), arguments.get("fq", "")
    if re.search(r"[\[({]\s*$", q):
        said = f"Search error: 'SOLR returned an error running query: {{'q': '{q}'}} Error: Cannot parse '{q}'"
        raise ActionError(409, "Search Error", message=said)
    text = f"{entry['title']} {entry.get('description') or ''} {entry['name']}".lower()
    if q not in ("", "*:*", "*") and not all(word in text for word in q.lower().split()):
        return False
    has = {"organization": entry.get("organization"), "license_id": entry.get("license")}
    has |= {"name": entry["name"], "id": entry["id"]}
    if any(has[field] != value for field, value in _TERM.findall(fq)):
        return False
    return _is_between(str(ckan_package.iso(ckan_package.modified_at(portal, entry))), _DATE_RANGE.search(fq))


def _is_between(modified: str, between: re.Match[str] | None) -> bool:
    if between is None:
        return True
    begin, end = between[1].rstrip("Z"), between[2].rstrip("Z")
    return (begin == "*" or begin <= modified) and (end == "*" or modified <= end)


def _falsified(found: list[dict[str, Any]], start: int, rows: int, faults: list[Fault]) -> list[dict[str, Any]]:
    shifted = start > 0 and any(f.kind == "duplicates" and f.where == "pages" for f in faults)
    results = found[:-1][start - 1 : start - 1 + rows] if shifted else found[start : start + rows]
    for fault in faults:
        if fault.kind == "duplicates" and fault.where == "page" and len(results) > 1:
            results = [*results[:-1], results[0]]
        if fault.kind == "short":
            results = results[: max(0, len(found) - fault.entries - start)]
    return results


def _facets(found: list[dict[str, Any]], arguments: Arguments) -> dict[str, dict[str, int]]:
    try:
        fields = json.loads(arguments.get("facet.field") or "[]")
    except ValueError as error:
        raise ActionError(409, "Validation Error", **{"facet.field": ["Could not parse as valid JSON"]}) from error
    values: dict[str, Callable[[dict[str, Any]], list[str]]] = {
        "res_format": lambda p: [r["format"] for r in p["resources"] if r["format"]],
        "organization": lambda p: [p["organization"]["name"]] if p["organization"] else [],
        "tags": lambda p: [t["name"] for t in p["tags"]],
        "license_id": lambda p: [p["license_id"]] if p["license_id"] else [],
    }
    return {f: dict(Counter(v for p in found for v in set(values[f](p)))) for f in fields if f in values}


def current(portal: PortalState, arguments: Arguments) -> Any:
    """`current_package_list_with_resources`: a search in disguise, ten packages unless a limit is given."""
    rows, start = number(arguments, "limit", 10), number(arguments, "offset", 0)
    found, faults = _list(portal, {}, "metadata_modified desc", start)
    return _falsified(found, start, min(rows, _ROWS_MAX), faults)
