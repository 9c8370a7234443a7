"""Airflow's connections as the environment holds them (`AIRFLOW_CONN_<ID>`), for use outside a task."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from civicgauge.alerts.channels import Connection
from civicgauge.errors import ConfigurationError


def connection_from_environment(conn_id: str, environ: Mapping[str, str] | None = None) -> Connection | None:
    """The connection in AIRFLOW_CONN_<ID>, as a URI or JSON as Airflow writes them; None where there is none.

    ConfigurationError, which repeats nothing of it, where it cannot be read.
    """
    name = f"AIRFLOW_CONN_{conn_id.upper()}"
    text = (os.environ if environ is None else environ).get(name, "").strip()
    if not text:
        return None
    return _from_json(conn_id, name, text) if text.startswith("{") else _from_uri(conn_id, name, text)


def _from_json(conn_id: str, name: str, text: str) -> Connection:
    try:
        found = json.loads(text)
    except ValueError:
        raise ConfigurationError(f"{name} is not JSON; see Airflow's connections") from None
    extra = found.get("extra") or {}
    return Connection(
        conn_id,
        host=str(found.get("host") or ""),
        port=_port(name, found.get("port")),
        login=str(found.get("login") or ""),
        password=str(found.get("password") or ""),
        schema=str(found.get("schema") or ""),
        extra=_extra(name, extra),
        conn_type=str(found.get("conn_type") or ""),
    )


def _from_uri(conn_id: str, name: str, text: str) -> Connection:
    kind, mark, rest = text.partition("://")
    protocol, second, inner = rest.partition("?")[0].partition("://")
    if second:  # type://https://host...: Airflow's way to give the host a protocol
        rest = inner + rest[len(protocol) + len(second) + len(inner) :]
    try:
        parts = urlsplit(f"{kind.replace('_', '-')}://{rest}")  # no scheme has a _, and connection types do
    except ValueError:
        mark = ""
    if not mark or not kind:
        raise ConfigurationError(f"{name} is neither a URI nor JSON; see Airflow's connections") from None
    user, _, place = parts.netloc.rpartition("@")
    login, _, password = user.partition(":")
    # not `parts.hostname`: it is in small letters, and the whole address of a webhook may stand here
    host, colon, port = place.rpartition(":") if not place.endswith("]") else (place, "", "")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    extra = query.pop("__extra__", None)
    return Connection(
        conn_id,
        host=(f"{protocol}://" if second else "") + unquote(host if colon else place).strip("[]"),
        port=_port(name, port if colon else None),
        login=unquote(login),
        password=unquote(password),
        schema=unquote(parts.path.lstrip("/")),
        extra=_extra(name, extra) if extra else query,
        conn_type=kind.replace("-", "_"),
    )


def _port(name: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not str(value).isdecimal() or not 0 < int(value) < 65_536:
        raise ConfigurationError(f"{name}: its port is no number from 1 to 65535")
    return int(value)


def _extra(name: str, value: Any) -> dict[str, Any]:
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ConfigurationError(f"{name}: its extra is no JSON object")
    return found
