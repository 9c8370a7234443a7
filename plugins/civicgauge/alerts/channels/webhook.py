"""A program of the recipient, told by a signed POST (the scheme of Standard Webhooks).

Connection: `host` (a whole address, or with `schema`, `port` and the extra `path`), and as password the secret that
both sides hold: `whsec_` and base64 of 24 to 64 bytes. The other side checks `webhook-signature` over
`<webhook-id>.<webhook-timestamp>.<body>`, and knows a repeated message by its `webhook-id`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime

from civicgauge.alerts.channels import _http
from civicgauge.alerts.channels._form import Channel, Connection, Parcel, Way, check_name
from civicgauge.errors import ConfigurationError

_PREFIX = "whsec_"


class WebhookChannel(Channel):
    """What is repeated carries the same id, and counts once on the other side."""

    id = "webhook"
    is_idempotent = True

    def check_address(self, address: str) -> str | None:
        """The name of a connection."""
        return check_name(address)

    def deliver(self, parcel: Parcel, way: Way, committing: Callable[[], None]) -> None:
        """One signed post."""
        connection = way.connection(parcel.recipient.address)
        url, secret, body = _http.base_address(connection), key_of(connection), content(parcel, way.notice)
        committing()
        _http.post(way, url, body, signed(parcel.notification_id, way.clock(), body, secret), is_idempotent=True)


def content(parcel: Parcel, notice: str) -> bytes:
    """The body: what happened, when it was decided, and what a program reads of it."""
    rendered = parcel.rendered
    data = {
        "city_id": parcel.recipient.city_id,
        "subject": rendered.subject,
        "summary": rendered.summary,
        "facts": dict(rendered.facts),
        "notice": notice,
    }
    at = parcel.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return _http.encode({"type": f"civicgauge.{parcel.kind}", "timestamp": at, "data": data})


def signed(message_id: str, at: datetime, body: bytes, secret: bytes) -> dict[str, str]:
    """The three headers of the scheme; `at` is the time of this try."""
    seconds = str(int(at.timestamp()))
    digest = hmac.new(secret, b".".join((message_id.encode(), seconds.encode(), body)), hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": message_id, "webhook-timestamp": seconds, "webhook-signature": signature}


def key_of(connection: Connection) -> bytes:
    """The secret's bytes; ConfigurationError, without it, where it is none."""
    text = connection.password.strip()
    try:
        secret = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not text.startswith(_PREFIX) or not 24 <= len(secret) <= 64:
        raise ConfigurationError(
            f"connection {connection.conn_id}: its password is to be {_PREFIX} and base64 of 24 to 64 bytes"
        )
    return secret


CHANNEL = WebhookChannel()
