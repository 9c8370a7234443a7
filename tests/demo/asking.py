"""How the demo's tests ask a portal: plain urllib, nothing retried, nothing believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


@dataclass(frozen=True)
class Told:
    """One answer: status, headers and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def ask(
    url: str, query: Mapping[str, Any] | None = None, *, headers: Mapping[str, str] | None = None, data: Any = None
) -> Told:
    """GET, or POST where `data` is given (JSON, or bytes as they are). Errors of HTTP are answers like others."""
    address = f"{url}?{urlencode(query, doseq=True)}" if query else url
    body = data if data is None or isinstance(data, bytes) else json.dumps(data).encode()
    request = Request(address, body, {**(headers or {}), **({"Content-Type": "application/json"} if body else {})})
    try:
        with urlopen(request, timeout=10) as answer:
            return Told(answer.status, dict(answer.headers), answer.read())
    except HTTPError as error:
        return Told(error.code, dict(error.headers), error.read())


def catalog(url: str, **query: Any) -> dict[str, Any]:
    """A page of a Socrata catalogue."""
    return dict(ask(f"{url}/api/catalog/v1", query).json())


def ids(found: Mapping[str, Any]) -> list[str]:
    """The ids on a page of a Socrata catalogue."""
    return [r["resource"]["id"] for r in found["results"]]


def action(url: str, name: str, **query: Any) -> Told:
    """An action of a CKAN portal."""
    return ask(f"{url}/api/3/action/{name}", query)


def search(url: str, **query: Any) -> dict[str, Any]:
    """The result of package_search."""
    return dict(action(url, "package_search", **query).json()["result"])
