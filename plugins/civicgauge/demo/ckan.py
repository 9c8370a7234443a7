"""A CKAN portal, 2.11 or 2.12: the catalogue's part of the action API; tables are in `datastore`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from civicgauge.demo import ckan_package, ckan_search, datastore, socrata_entry, uploads
from civicgauge.demo.ckan_package import LICENCES, package, site_url
from civicgauge.demo.ckan_reply import ActionError, failed, number, succeeded
from civicgauge.demo.state import PortalState
from civicgauge.demo.wire import Call, Reply, json_reply, page

_NOT_JSON = (
    "Bad request: JSON Error: Error decoding JSON data. Error: <BadRequest '400: Bad Request'> "
    "JSON data extracted from the request: {}"
)
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
            return page(200, str(entry["title"]), socrata_entry.description(entry)[:2000])
    if match := re.fullmatch(r"/dataset/[\w-]+/resource/([\w-]+)/download/[^/]+", path):
        return uploads.download(portal, call, match[1])
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
        return json_reply(400, _NOT_JSON, _cached())
    try:
        return succeeded(portal, action, _ACTIONS[action](portal, arguments))
    except ActionError as problem:
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


def _status(portal: PortalState, _arguments: Arguments) -> Any:
    return {
        "site_title": portal.spec["title"],
        "site_description": "",
        "site_url": site_url(portal),
        "error_emails_to": "",
        "locale_default": "en",
        "extensions": list(portal.spec["extensions"]),
        "ckan_version": portal.spec["version"],
    }


def _package_list(portal: PortalState, arguments: Arguments) -> Any:
    names = sorted(e["name"] for e in portal.visible())
    start = number(arguments, "offset", 0)
    return names[start : start + number(arguments, "limit", len(names))]


def _package_show(portal: PortalState, arguments: Arguments) -> Any:
    name = arguments.get("id") or arguments.get("name_or_id")
    if not name:
        raise ActionError(409, "Validation Error", name_or_id=["Missing value"])
    entry = portal.find(name)
    if entry is None:
        raise ActionError(404, "Not Found Error", message="Not found")
    if entry.get("state", "active") != "active":
        said = f"Access denied: User  not authorized to read package {entry['id']}"
        raise ActionError(403, "Authorization Error", message=said)
    return package(portal, entry)


def _organizations(portal: PortalState, arguments: Arguments) -> Any:
    names = sorted(portal.spec["organizations"])
    if arguments.get("all_fields", "").lower() not in ("true", "1"):
        return names
    counts = Counter(e.get("organization") for e in portal.visible())
    listed = [ckan_package.organization_of(portal, name) or {} for name in names[:25]]
    more = {"image_display_url": "", "num_followers": 0}
    return [{**o, **more, "display_name": o["title"], "package_count": counts[o["name"]]} for o in listed]


def _licences(_portal: PortalState, _arguments: Arguments) -> Any:
    return [
        {
            "domain_content": "False",
            "id": key,
            "domain_data": str(is_open),
            "domain_software": "False",
            "family": "",
            "is_generic": str(key == "notspecified"),
            "od_conformance": "approved" if is_open else "not reviewed",
            "osd_conformance": "not reviewed",
            "maintainer": "",
            "status": "active",
            "url": url,
            "title": title,
        }
        for key, (title, url, is_open) in LICENCES.items()
    ]


def _tags(portal: PortalState, _arguments: Arguments) -> Any:
    return sorted({tag for e in portal.visible() for tag in e.get("tags") or []})


def _groups(_portal: PortalState, _arguments: Arguments) -> Any:
    return []


_ACTIONS: dict[str, Callable[[PortalState, Arguments], Any]] = {
    "status_show": _status,
    "package_search": ckan_search.search,
    "package_list": _package_list,
    "package_show": _package_show,
    "current_package_list_with_resources": ckan_search.current,
    "organization_list": _organizations,
    "license_list": _licences,
    "group_list": _groups,
    "tag_list": _tags,
    "datastore_search": datastore.search,
}
