"""A CKAN portal, 2.11 or 2.12: the catalogue's part of the action API; tables are in `datastore`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from civicgauge.demo import ckan_package, datastore
from civicgauge.demo.ckan_package import LICENCES, package, site_url
from civicgauge.demo.ckan_reply import Problem, failed, number, succeeded
from civicgauge.demo.faults import Fault
from civicgauge.demo.state import Entry, PortalState
from civicgauge.demo.wire import Call, Reply, json_reply, page

_ROWS_MAX = 1000
_DEFAULT_SORT = "score desc, metadata_modified desc"
_SORTABLE = {"id", "name", "title", "title_string", "metadata_created", "metadata_modified", "score"}
_SEARCH_ARGUMENTS = set(
    """q fq fq_list rows sort start facet facet.mincount facet.limit facet.field include_drafts include_deleted
    include_private use_default_schema fl qf df bf boost tie defType mm q.op""".split()
)
_DATE_RANGE = re.compile(r"metadata_modified:\[(\S+) TO (\S+)\]")
_TERM = re.compile(r'\+?(organization|license_id|name|id):"?([\w-]+)"?')
Arguments = Mapping[str, str]


def answer(portal: PortalState, call: Call) -> Reply:
    """The portal's answer to a call."""
    root = str(portal.spec.get("root", ""))
    path = call.path.removeprefix(root) if call.path.startswith(f"{root}/") else None
    if path is None:
        return _outside(portal, call)
    if path in ("/api/3", "/api"):
        return json_reply(200, {"version": 3}, _cached())
    if match := re.fullmatch(r"/api/(?:3/)?action/(\w+)", path):
        return _act(portal, call, match[1])
    if match := re.fullmatch(r"/datastore/dump/([\w-]+)", path):
        return datastore.dump(portal, call, match[1])
    if match := re.fullmatch(r"/dataset/([\w-]+)", path):
        entry = portal.find(match[1])
        if entry and entry.get("state", "active") == "active":
            return page(200, str(entry["title"]), ckan_package.description(entry)[:2000])
    if match := re.fullmatch(r"/dataset/[\w-]+/resource/([\w-]+)/download/[^/]+", path):
        return datastore.download(portal, match[1])
    if path == "/":
        return page(200, str(portal.spec["title"]), "A portal of a fictional city, served by civicgauge's demo.")
    return page(404, "404 Not Found", "The requested URL was not found on the server.")


def _outside(portal: PortalState, call: Call) -> Reply:
    """What a city's web server says beside the path that CKAN stands under."""
    if call.path == "/":
        return page(200, "City website", f"Open data: {site_url(portal)}")
    return page(404, "404 Not Found")


def _cached() -> dict[str, str]:
    return {"Cache-Control": "public, max-age=0, must-revalidate", "Vary": "Cookie"}


def _act(portal: PortalState, call: Call, action: str) -> Reply:
    if action not in _ACTIONS:
        return json_reply(400, f"Bad request: Action name not known: {action}", _cached())
    arguments = _arguments(call)
    if arguments is None:
        said = "Bad request: JSON Error: Error decoding JSON data. Error: <BadRequest '400: Bad Request'> JSON data extracted from the request: {}"
        return json_reply(400, said, _cached())
    try:
        return succeeded(portal, action, _ACTIONS[action](portal, arguments))
    except Problem as problem:
        return failed(portal, action, problem)


def _arguments(call: Call) -> dict[str, str] | None:
    """The arguments of the query or of a JSON body; None for a body that is no JSON object."""
    if call.method != "POST" or not call.body:
        return {name: values[0] for name, values in call.query.items()}
    try:
        told = json.loads(call.body)
    except ValueError:
        return None
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in told.items()} if isinstance(told, dict) else None


def _status(portal: PortalState, _arguments: Arguments) -> Any:  # noqa: ANN401
    return {
        "site_title": portal.spec["title"], "site_description": "", "site_url": site_url(portal), "error_emails_to": "",
        "locale_default": "en", "extensions": list(portal.spec["extensions"]), "ckan_version": portal.spec["version"],
    }  # fmt: skip


def _search(portal: PortalState, arguments: Arguments) -> Any:  # noqa: ANN401
    unknown = sorted(set(arguments) - _SEARCH_ARGUMENTS)
    if unknown:
        raise Problem(400, "Search Query Error", message=f'Search Query is invalid: "Invalid search parameters: {unknown}"')
    rows, start = number(arguments, "rows", 10), number(arguments, "start", 0)
    sort = arguments.get("sort") or _DEFAULT_SORT
    found, faults = _list(portal, arguments, sort, start)
    cap = min([_ROWS_MAX, *(f.entries for f in faults if f.kind == "cap")])
    results = _falsified(found, start, min(rows, cap), faults)
    facets = _facets(found, arguments)
    titled = {
        name: {"title": name, "items": [{"name": value, "display_name": value, "count": n} for value, n in counts.items()]}
        for name, counts in facets.items()
    }
    return {"count": len(found), "facets": facets, "results": results, "sort": sort, "search_facets": titled}


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
        found.sort(key=lambda p: str(p.get(key.removesuffix("_string")) or ""), reverse=descending)  # noqa: B023
    return found, faults


def _sort_keys(sort: str) -> list[tuple[str, bool]]:
    keys = []
    for part in sort.split(","):
        field, _, way = part.strip().partition(" ")
        if field not in _SORTABLE or way.strip().lower() not in ("asc", "desc"):
            raise Problem(400, "Search Query Error", message="Search Query is invalid: 'Invalid \"sort\" parameter'")
        keys.append((field, way.strip().lower() == "desc"))
    return keys


def _fits(portal: PortalState, entry: Entry, arguments: Arguments) -> bool:
    """`q` as words that must occur, of `fq` the few fields that the demo knows; the rest is ignored."""
    q, fq = arguments.get("q", ""), arguments.get("fq", "")
    if re.search(r"[\[({]\s*$", q):
        raise Problem(409, "Search Error", message=f"Search error: 'SOLR returned an error running query: {{'q': '{q}'}} Error: Cannot parse'")
    text = f"{entry['title']} {entry.get('description') or ''} {entry['name']}".lower()
    if q not in ("", "*:*", "*") and not all(word in text for word in q.lower().split()):
        return False
    has = {"organization": entry.get("organization"), "license_id": entry.get("license"), "name": entry["name"], "id": entry["id"]}
    if any(has[field] != value for field, value in _TERM.findall(fq)):
        return False
    modified = str(ckan_package.iso(ckan_package.modified_at(portal, entry)))
    between = _DATE_RANGE.search(fq)
    return not between or ((between[1] == "*" or between[1].rstrip("Z") <= modified) and (between[2] == "*" or modified <= between[2].rstrip("Z")))


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
        raise Problem(409, "Validation Error", **{"facet.field": ["Could not parse as valid JSON"]}) from error
    values: dict[str, Callable[[dict[str, Any]], list[str]]] = {
        "res_format": lambda p: [r["format"] for r in p["resources"] if r["format"]],
        "organization": lambda p: [p["organization"]["name"]] if p["organization"] else [],
        "tags": lambda p: [t["name"] for t in p["tags"]],
        "license_id": lambda p: [p["license_id"]] if p["license_id"] else [],
    }
    return {f: dict(Counter(v for p in found for v in set(values[f](p)))) for f in fields if f in values}


def _package_list(portal: PortalState, arguments: Arguments) -> Any:  # noqa: ANN401
    names = sorted(e["name"] for e in portal.visible())
    start = number(arguments, "offset", 0)
    return names[start : start + number(arguments, "limit", len(names))]


def _package_show(portal: PortalState, arguments: Arguments) -> Any:  # noqa: ANN401
    name = arguments.get("id") or arguments.get("name_or_id")
    if not name:
        raise Problem(409, "Validation Error", name_or_id=["Missing value"])
    entry = portal.find(name)
    if entry is None:
        raise Problem(404, "Not Found Error", message="Not found")
    if entry.get("state", "active") != "active":
        raise Problem(403, "Authorization Error", message=f"Access denied: User  not authorized to read package {entry['id']}")
    return package(portal, entry)


def _current(portal: PortalState, arguments: Arguments) -> Any:  # noqa: ANN401
    """`package_search` in disguise: ten packages unless a limit is given."""
    rows, start = number(arguments, "limit", 10), number(arguments, "offset", 0)
    found, faults = _list(portal, {}, "metadata_modified desc", start)
    return _falsified(found, start, min(rows, _ROWS_MAX), faults)


def _organizations(portal: PortalState, arguments: Arguments) -> Any:  # noqa: ANN401
    names = sorted(portal.spec["organizations"])
    if arguments.get("all_fields", "").lower() not in ("true", "1"):
        return names
    counts = Counter(e.get("organization") for e in portal.visible())
    listed = []
    for name in names:
        about = ckan_package.organization_of(portal, name) or {}
        listed.append({**about, "display_name": about["title"], "image_display_url": "", "num_followers": 0, "package_count": counts[name]})
    return listed[:25]


def _licences(_portal: PortalState, _arguments: Arguments) -> Any:  # noqa: ANN401
    return [
        {"domain_content": "False", "id": key, "domain_data": str(is_open), "domain_software": "False", "family": "",
         "is_generic": str(key == "notspecified"), "od_conformance": "approved" if is_open else "not reviewed",
         "osd_conformance": "not reviewed", "maintainer": "", "status": "active", "url": url, "title": title}
        for key, (title, url, is_open) in LICENCES.items()
    ]  # fmt: skip


def _tags(portal: PortalState, _arguments: Arguments) -> Any:  # noqa: ANN401
    return sorted({tag for e in portal.visible() for tag in e.get("tags") or []})


def _groups(_portal: PortalState, _arguments: Arguments) -> Any:  # noqa: ANN401
    return []


_ACTIONS: dict[str, Callable[[PortalState, Arguments], Any]] = {
    "status_show": _status,
    "package_search": _search,
    "package_list": _package_list,
    "package_show": _package_show,
    "current_package_list_with_resources": _current,
    "organization_list": _organizations,
    "license_list": _licences,
    "group_list": _groups,
    "tag_list": _tags,
    "datastore_search": datastore.search,
}
