"""What channels that post to an address share: finding it in a connection, and what an answer means."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from civicgauge.alerts.channels._form import (
    Bounced,
    Connection,
    DeliveryFailed,
    DeliveryRefused,
    Doubtful,
    Way,
    WayDown,
    WayRefused,
)
from civicgauge.errors import CivicgaugeError, ConfigurationError, GiveUpError

# causes of the HTTP door at which no byte of the request had been sent
_NOTHING_SENT = frozenset(
    {
        "address_malformed",
        "certificate_not_trusted",
        "certificate_of_another_name",
        "connection_refused",
        "host_not_found",
        "name_not_resolved",
        "private_host",
    }
)
_CLOSED = frozenset({401, 403, 404})  # they speak of the address or the key, not of the message
_LATER = frozenset({408, 425, 429, 500, 503})
_WORD = re.compile(rb"[a-z_]{2,60}")


def address(connection: Connection, default: str = "") -> str:
    """The address that a connection names, as Airflow's Slack webhook connections do.

    The password is the whole address, or what follows host and schema (`default` where there is no host); the host may
    be a whole address itself. ConfigurationError, without any of it, where that gives none.
    """
    secret = connection.password.strip()
    if "://" in secret:
        return _checked(connection, secret)
    base = base_address(connection) if connection.host else default
    if not base or not secret:
        raise ConfigurationError(f"connection {connection.conn_id}: its password is to hold the webhook's address")
    return _checked(connection, f"{base.rstrip('/')}/{secret.lstrip('/')}")


def base_address(connection: Connection) -> str:
    """The address in the connection's host (whole, or with schema, port and the extra `path`)."""
    host = connection.host.strip()
    if "://" not in host:
        port = f":{connection.port}" if connection.port else ""
        host = f"{connection.schema or 'https'}://{host}{port}"
    path = connection.text("path").lstrip("/")
    return _checked(connection, f"{host.rstrip('/')}/{path}" if path else host)


def post(
    way: Way, url: str, content: Mapping[str, Any] | bytes, headers: Mapping[str, str], *, is_idempotent: bool
) -> None:
    """Post JSON, and return when it was taken; the errors of `Channel.deliver` otherwise."""
    body = content if isinstance(content, bytes) else encode(content)
    try:
        status, answer = way.post(url, body, {"Content-Type": "application/json; charset=utf-8", **headers})
    except CivicgaugeError as error:
        raise _unanswered(error, is_idempotent=is_idempotent) from error
    if not 200 <= status < 300:
        raise _refusal(status, answer, urlsplit(url).hostname or "", is_idempotent=is_idempotent)


def encode(content: Mapping[str, Any]) -> bytes:
    """JSON as UTF-8; dates as text."""
    return json.dumps(content, ensure_ascii=False, default=str).encode("utf-8", "replace")


def _checked(connection: Connection, url: str) -> str:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_address = False
    if not is_address or not url.isascii() or not url.isprintable() or " " in url:
        raise ConfigurationError(f"connection {connection.conn_id}: it names no address of http or https")
    return url


def _unanswered(error: CivicgaugeError, *, is_idempotent: bool) -> CivicgaugeError:
    if error.cause in _NOTHING_SENT:
        return WayRefused(str(error)) if isinstance(error, GiveUpError) else WayDown(str(error))
    if is_idempotent:
        return DeliveryFailed(str(error))
    return Doubtful(f"It may have arrived: {error}")


def _refusal(status: int, answer: bytes, host: str, *, is_idempotent: bool) -> CivicgaugeError:
    word = answer.strip() if _WORD.fullmatch(answer.strip()) else b""  # anything longer may repeat the address
    what = f"{host} answered with status {status}" + (f" ({word.decode()})" if word else "")
    if status == 410:
        return Bounced(f"{what}: it is gone for good")
    if status in _CLOSED:
        return WayRefused(f"{what}: check the contact's connection")
    if status in _LATER or (status >= 500 and is_idempotent):
        return DeliveryFailed(what)
    if status >= 500:
        return Doubtful(f"It may have arrived: {what}")
    return DeliveryRefused(what)
