"""The control addresses of a demo portal, for tests: faults, changes and the clock. Only where they are allowed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from civicgauge.demo.clock import Moment
from civicgauge.demo.faults import Fault
from civicgauge.demo.state import PortalState
from civicgauge.demo.wire import Call, Reply, json_reply

PREFIX = "/__demo__/"


def answer(portal: PortalState, call: Call) -> Reply:
    """Do what a POST with a JSON object asks for; 400 with a reason otherwise."""
    route = _ROUTES.get(call.path.removeprefix(PREFIX))
    if route is None or call.method != "POST":
        return json_reply(404, {"error": f"POST to {', '.join(PREFIX + name for name in _ROUTES)}"})
    try:
        return json_reply(200, route(portal, dict(json.loads(call.body or b"{}"))))
    except (ValueError, KeyError, TypeError) as error:
        return json_reply(400, {"error": str(error)})


def _faults(portal: PortalState, told: Mapping[str, Any]) -> dict[str, Any]:
    if told.get("clear"):
        portal.faults.clear()
        return {"cleared": True}
    return {"added": portal.faults.put(Fault.from_json(told)).kind}


def _change(portal: PortalState, told: Mapping[str, Any]) -> dict[str, Any]:
    values = told.get("set") or {}
    return {"id": portal.change(str(told["action"]), str(told.get("id", "")), **values)}


def _clock(portal: PortalState, told: Mapping[str, Any]) -> dict[str, Any]:
    portal.clock.set(parse_moment(str(told["as_of"])))
    return {"now": portal.now().isoformat()}


def parse_moment(text: str) -> Moment:
    """A date, or a date and time with its zone; ValueError otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} needs a time zone, such as 2026-06-30T12:00:00+00:00")
    return moment


_ROUTES: dict[str, Callable[[PortalState, Mapping[str, Any]], dict[str, Any]]] = {
    "faults": _faults,
    "change": _change,
    "clock": _clock,
}
