"""A Socrata portal: Discovery API, views, `/data.json`; rows are in `soda`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from civicgauge.demo import socrata_entry, socrata_view, soda
from civicgauge.demo.faults import Fault
from civicgauge.demo.state import Entry, PortalState
from civicgauge.demo.wire import Call, Reply, json_reply, page

_MOST = 10_000
_ID = r"[a-z0-9]{4}-[a-z0-9]{4}"
_ORDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "name": lambda r: r["resource"]["name"].lower(),
    "dataset_id": lambda r: r["resource"]["id"],
    "datatype": lambda r: r["resource"]["type"],
    "domain_category": lambda r: r["classification"].get("domain_category", ""),
    "createdAt": lambda r: r["resource"]["createdAt"],
    "updatedAt": lambda r: r["resource"]["updatedAt"],
    "page_views_total": lambda r: r["resource"]["page_views"]["page_views_total"],
    "relevance": lambda r: -len(r["resource"]["name"]),
}
Routes = list[tuple[re.Pattern[str], Callable[[PortalState, Call, re.Match[str]], Reply]]]


def answer(portal: PortalState, call: Call) -> Reply:
    """The portal's answer to a call."""
    for pattern, route in _ROUTES:
        if match := pattern.fullmatch(call.path):
            return route(portal, call, match)
    return page(404, "Page not found", "The page you are looking for does not exist.")


def _home(portal: PortalState, _call: Call, _match: re.Match[str]) -> Reply:
    return page(200, str(portal.spec["title"]), "A portal of a fictional city, served by civicgauge's demo.")


def _catalog(portal: PortalState, call: Call, _match: re.Match[str]) -> Reply:
    limit, offset = call.first("limit", "100"), call.first("offset", "0")
    if not (limit.isdecimal() and offset.isdecimal()):
        return _bad(f"limit and offset must be non-negative integers: {limit!r}, {offset!r}")
    if int(limit) > _MOST or int(offset) + int(limit) > _MOST:
        return _bad(f"offset + limit must be at most {_MOST}, was {int(offset) + int(limit)}")
    order, scroll = call.first("order"), call.query.get("scroll_id", [None])[0]
    if order and scroll is not None:
        return _bad("order and scroll_id cannot be combined")
    if order and order.split()[0] not in _ORDERS:
        return _bad(f"cannot order by {order!r}")
    faults = portal.faults.of_catalogue(call.path)
    is_later = scroll not in (None, "") or int(offset) > 0
    with portal.lock:
        if is_later and any(f.kind == "moving" for f in faults):
            _touch_last(portal)
        found = _matching(portal, call, faults)
    if found is None:
        return json_reply(404, {"error": f"Domain not found: {call.first('domains') or call.first('search_context')}"})
    _sort(portal, found, order, scroll, paged=is_later or int(limit) < len(found))
    results = _falsified(_page(found, int(offset), int(limit), scroll, faults), faults, is_later=is_later)
    envelope = {
        "results": results,
        "resultSetSize": len(found),
        "timings": {"serviceMillis": 11, "searchMillis": 4},
        "warnings": [],
    }
    headers = {"X-Socrata-RequestId": f"demo{next(portal.requests):08d}", "X-Socrata-Region": "aws-demo"}
    return json_reply(200, envelope, headers, indent=2, separators=(",", " : "))


def _matching(portal: PortalState, call: Call, faults: list[Fault]) -> list[dict[str, Any]] | None:
    """The results that fit the arguments; None where a domain is not one of this portal's."""
    entries = portal.visible()
    known = {portal.host, *(e["domain"] for e in entries if e.get("domain"))}
    domains, context = _names(portal, call.listed("domains")), _names(portal, call.listed("search_context"))
    if (domains | context) - known:
        return None
    for fault in faults:
        if fault.kind == "shrunk":
            entries = entries[: max(1, int(len(entries) * fault.share))]
    only = {word.rstrip("s") for word in call.listed("only")}
    ids, parents, derived, words = (
        call.listed("ids"),
        call.listed("parent_ids"),
        call.first("derived"),
        call.first("q").lower(),
    )

    def fits(entry: Entry) -> bool:
        return (
            (not domains or entry.get("domain", portal.host) in domains)
            and (not only or entry.get("type", "dataset") in only)
            and (not ids or entry["id"] in ids)
            and (not parents or bool(parents & set(entry.get("parents") or [])))
            and (derived not in ("true", "false") or bool(entry.get("parents")) is (derived == "true"))
            and (not words or words in f"{entry['title']} {entry.get('description') or ''}".lower())
        )

    return [socrata_entry.discovery(portal, entry) for entry in entries if fits(entry)]


def _names(portal: PortalState, domains: set[str]) -> set[str]:
    """Domain names, the loopback address taken as the portal's own name."""
    return {portal.host if d.split(":")[0] in ("127.0.0.1", "localhost") else d for d in domains}


def _sort(portal: PortalState, found: list[dict[str, Any]], order: str, scroll: str | None, *, paged: bool) -> None:
    if scroll is not None:
        found.sort(key=_ORDERS["dataset_id"])
    elif order:
        found.sort(key=_ORDERS[order.split(maxsplit=1)[0]], reverse=order.upper().endswith(" DESC"))
    elif paged:  # without an order it is another one at every request: pages repeat and lose entries
        random.Random(next(portal.requests)).shuffle(found)  # noqa: S311 - no secret


def _page(
    found: list[dict[str, Any]], offset: int, limit: int, scroll: str | None, faults: list[Fault]
) -> list[dict[str, Any]]:
    if any(f.kind == "duplicates" and f.where == "pages" for f in faults):
        begin = sum(r["resource"]["id"] < scroll for r in found) if scroll else max(0, offset - 1)
        return found[:-1][begin : begin + limit]
    if scroll:
        found = [r for r in found if r["resource"]["id"] > scroll]
    return found[offset : offset + limit]


def _falsified(results: list[dict[str, Any]], faults: list[Fault], *, is_later: bool) -> list[dict[str, Any]]:
    for fault in faults:
        if fault.kind == "duplicates" and fault.where == "page" and len(results) > 1:
            results = [*results[:-1], results[0]]
        if fault.kind == "short" and not is_later:
            results = results[: max(0, len(results) - fault.entries)]
    return results


def _touch_last(portal: PortalState) -> None:
    """Touch the entry that was touched longest ago, so that it jumps over a page's border."""
    portal.change("touch", min(portal.visible(), key=portal.touched_at)["id"])


def _view(portal: PortalState, _call: Call, match: re.Match[str]) -> Reply:
    return _of_entry(portal, match[1], socrata_view.view)


def _flat(portal: PortalState, _call: Call, match: re.Match[str]) -> Reply:
    return _of_entry(portal, match[1], socrata_view.flat_view)


def _flat_list(portal: PortalState, call: Call, _match: re.Match[str]) -> Reply:
    limit, number = call.first("limit", "100000"), call.first("page", "1")
    if not (limit.isdecimal() and number.isdecimal()):
        return _bad("limit and page must be numbers")
    begin = (max(1, int(number)) - 1) * int(limit)
    own = [e for e in portal.visible() if not e.get("domain")]
    return json_reply(200, [socrata_view.flat_view(portal, e) for e in own[begin : begin + int(limit)]])


def _of_entry(portal: PortalState, dataset_id: str, shape: Callable[[PortalState, Entry], dict[str, Any]]) -> Reply:
    entry = portal.find(dataset_id)
    if entry is None or entry.get("state") == "deleted" or entry.get("domain"):
        return soda.missing("not_found", dataset_id)
    if entry.get("state") == "private":
        return soda.locked()
    return json_reply(200, shape(portal, entry))


def _feed(portal: PortalState, _call: Call, _match: re.Match[str]) -> Reply:
    root = f"https://{portal.host}/data.json"
    return json_reply(
        200,
        {
            "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
            "@id": root,
            "@type": "dcat:Catalog",
            "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
            "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
            "dataset": [socrata_view.dcat(portal, e) for e in portal.visible() if socrata_view.is_public_feed(e)],
        },
    )


def _bad(message: str) -> Reply:
    return json_reply(400, {"error": message})


_ROUTES: Routes = [
    (re.compile(r"/"), _home),
    (re.compile(r"/api/catalog/v1"), _catalog),
    (re.compile(rf"/api/views/({_ID})(?:\.json)?"), _view),
    (re.compile(r"/api/views/metadata/v1"), _flat_list),
    (re.compile(rf"/api/views/metadata/v1/({_ID})"), _flat),
    (re.compile(rf"/api/views/({_ID})/rows\.csv"), soda.export),
    (re.compile(rf"/resource/({_ID})\.(json|csv)"), soda.resource),
    (re.compile(r"/data\.json"), _feed),
]
