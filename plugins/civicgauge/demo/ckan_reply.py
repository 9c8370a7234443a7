"""CKAN's envelope, and the errors of its action API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civicgauge.demo.ckan_package import site_url
from civicgauge.demo.state import PortalState
from civicgauge.demo.wire import Reply, json_reply

_HEADERS = {"Cache-Control": "public, max-age=0, must-revalidate", "Vary": "Cookie"}


class ActionError(Exception):
    """An action that failed: status, CKAN's type of error, and what stands beside it."""

    def __init__(self, status: int, kind: str, **told: Any) -> None:
        super().__init__(kind)
        self.status, self.kind, self.told = status, kind, told


def succeeded(portal: PortalState, action: str, result: Any) -> Reply:
    """200 with a result."""
    return json_reply(200, {"help": _help(portal, action), "success": True, "result": result}, _HEADERS)


def failed(portal: PortalState, action: str, problem: ActionError) -> Reply:
    """An error in the envelope."""
    error = {"__type": problem.kind, **problem.told}
    return json_reply(problem.status, {"help": _help(portal, action), "error": error, "success": False}, _HEADERS)


def number(arguments: Mapping[str, str], name: str, default: int) -> int:
    """A natural number among the arguments; ActionError 409 otherwise."""
    text = arguments.get(name)
    if text is None or text == "":
        return default
    if not str(text).lstrip("-").isdecimal():
        raise ActionError(409, "Validation Error", **{name: ["Invalid integer"]})
    if int(text) < 0:
        raise ActionError(409, "Validation Error", **{name: ["Must be a natural number"]})
    return int(text)


def _help(portal: PortalState, action: str) -> str:
    return f"{site_url(portal)}/api/3/action/help_show?name={action}"
