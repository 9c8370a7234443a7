"""Messages and recipients for tests of delivery, queued as the pipeline queues them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from civicgauge.alerts.channels import Connection, Parcel, Way
from civicgauge.alerts.letters import Recipient, Rendered
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.parcels import pack
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.incidents import contact_id

NOW = datetime(2026, 6, 30, 14, 0, tzinfo=UTC)
CITY = "us-il-springfield"
NOTICE = "Automated observations of public portals; not an assessment."


def contact(address: str = "opendata@springfield.example", channel: str = "mail", **changes: Any) -> dict[str, Any]:
    """A recipient's row."""
    city_id = changes.get("city_id", CITY)
    row = {
        "contact_id": contact_id(city_id, channel, address),
        "city_id": city_id,
        "channel": channel,
        "address": address,
        "role": "open_data",
        "language": "en",
        "cadence": "weekly",
        "weekday": 1,
        "hour": 9,
        "time_zone": "America/Chicago",
        "consent_on": date(2026, 1, 15),
        "created_at": NOW,
        "is_in_file": True,
    }
    return row | changes


def rendered(**changes: Any) -> Rendered:
    """What a message says."""
    told: dict[str, Any] = {
        "subject": "Springfield: 1 point to look at",
        "text": "Building permits: 41 days since the last change.\n\nBåtplatser too.\n",
        "html": "<!doctype html><p>Building permits: <b>41 days</b> since the last change. B\u00e5tplatser too.</p>",
        "summary": "Springfield: 1 new, 0 still open",
        "headers": {"List-Unsubscribe": f"<https://alerts.example.org/u/{'t' * 120}>"},
        "references": ("<first@civicgauge.example>",),
        "blocks": (("New", ("Building permits: 41 days since the last change",)),),
        "facts": {"incidents": [{"incident_key": "0123456789abcdef0123", "rule_id": "update_on_time"}]},
    }
    return Rendered(**(told | changes))


def recipient(of: Mapping[str, Any]) -> Recipient:
    """The recipient of a row."""
    names = ("contact_id", "city_id", "channel", "address", "role", "language", "time_zone")
    return Recipient(**{name: of[name] for name in names})


def parcel(of: Mapping[str, Any] | None = None, notification_id: str = "n1", **changes: Any) -> Parcel:
    """A message on its way to a channel."""
    kind = changes.pop("kind", "digest")
    created_at = changes.pop("created_at", NOW)
    return Parcel(
        notification_id=notification_id,
        message_id=f"<{notification_id}@civicgauge.example>",
        kind=kind,
        created_at=created_at,
        recipient=recipient(of or contact()),
        rendered=rendered(**changes),
    )


def queue(
    warehouse: Warehouse, of: Mapping[str, Any], *ids: str, message: Rendered | None = None, **changes: Any
) -> None:
    """Put messages into the outbox, one second apart, and their recipient into the list."""
    with warehouse.alerts.desk(of["city_id"]) as desk:
        desk.save_contacts([of])
        for number, each in enumerate(ids):
            row = {
                "notification_id": each,
                "city_id": of["city_id"],
                "contact_id": of["contact_id"],
                "channel": of["channel"],
                "kind": "digest",
                "state": "queued",
                "day": date(2026, 6, 29),
                "created_at": NOW - timedelta(hours=2),
                "due_at": NOW - timedelta(hours=1) + timedelta(seconds=number),
                "message_id": f"<{each}@civicgauge.example>",
                "attempts": 0,
            }
            assert desk.queue(row | changes, [], pack(recipient(of), message or rendered()))


def row_of(warehouse: Warehouse, notification_id: str) -> dict[str, Any]:
    """A message as it stands."""
    found = [each for each in warehouse.alerts.notifications() if each["notification_id"] == notification_id]
    assert len(found) == 1
    return found[0]


def states(warehouse: Warehouse) -> dict[str, str]:
    """Each message and its state."""
    return {each["notification_id"]: each["state"] for each in warehouse.alerts.notifications()}


def context(home: Path, url: str, **changes: Any) -> Context:
    """Settings of a home with that warehouse; a mail server only where one is named."""
    told: dict[str, Any] = {
        "home": home,
        "cities": home / "cities",
        "expectations": home / "expectations",
        "warehouse": url,
        "lake": str(home / "lake"),
        "allow_private_hosts": True,
        "mail_from": "civicgauge <alerts@civicgauge.example>",
    }
    return Context(Settings(**(told | changes)))


def way(folder: Path, *connections: Connection, **changes: Any) -> Way:
    """What channels need, without a door unless one is given."""
    known = {each.conn_id: each for each in connections}

    def no_door(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        raise AssertionError("nothing is posted here")

    told: dict[str, Any] = {
        "outbox": folder / "outbox",
        "feeds": folder / "feeds",
        "mail_from": "civicgauge <alerts@civicgauge.example>",
        "connection": known.__getitem__,
        "post": no_door,
        "clock": lambda: NOW,
        "notice": NOTICE,
    }
    return Way(**(told | changes))


class Steps:
    """Counts how often a channel said that it commits, and may stop it there."""

    def __init__(self, error: Exception | None = None) -> None:
        self.count, self._error = 0, error

    def __call__(self) -> None:
        self.count += 1
        if self._error is not None:
            raise self._error
