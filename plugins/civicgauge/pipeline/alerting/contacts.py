"""Recipients: the city file names them, the warehouse remembers what they chose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.alerts.planning import last_slot
from civicgauge.model import City
from civicgauge.model import Contact as Named
from civicgauge.pipeline.alerting.records import contact_of
from civicgauge.warehouse.incidents import Desk, contact_id

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_OF_RECIPIENT = ("chosen_cadence", "unsubscribed_at", "bounced_at", "bounce_reason", "digest_slot", "immediate_at")


def sync(desk: Desk, city: City, at: datetime, free: frozenset[date]) -> list[dict[str, Any]]:
    """Bring the city's recipients up to its file; the rows as they are now.

    What a recipient chose, and that it left or bounced, stays; a consent of a later day brings it back. One that the
    file names no more is kept, and not told.
    """
    before = {row["contact_id"]: row for row in desk.contacts()}
    named = {_id(city, contact): _row(city, contact, before.get(_id(city, contact)), at) for contact in city.contacts}
    for key, row in named.items():
        if key not in before:  # its first digest is the next one, never one of before it was known
            row["digest_slot"] = last_slot(contact_of(row), at, free)
    left = {key: {**row, "is_in_file": False} for key, row in before.items() if key not in named}
    now = named | left
    desk.save_contacts(row for key, row in now.items() if row != before.get(key))
    return [now[key] for key in sorted(now)]


def is_told(row: dict[str, Any], at: datetime) -> bool:
    """Whether the recipient is in the file, agreed, and neither left nor bounced."""
    today = at.astimezone(ZoneInfo(row["time_zone"])).date()
    reachable = row["unsubscribed_at"] is None and row["bounced_at"] is None
    return bool(row["is_in_file"]) and reachable and row["consent_on"] <= today


def _id(city: City, contact: Named) -> str:
    return contact_id(city.id, contact.channel, contact.address)


def _row(city: City, contact: Named, before: dict[str, Any] | None, at: datetime) -> dict[str, Any]:
    kept = {name: before[name] if before else None for name in _OF_RECIPIENT}
    zone = ZoneInfo(contact.time_zone or city.time_zone)
    for name in ("unsubscribed_at", "bounced_at"):
        if (gone_at := kept[name]) is not None and contact.consent > gone_at.astimezone(zone).date():
            kept[name] = None
    if kept["bounced_at"] is None:
        kept["bounce_reason"] = None
    return {
        "contact_id": _id(city, contact),
        "city_id": city.id,
        "channel": contact.channel,
        "address": contact.address,
        "role": contact.role,
        "language": contact.language,
        "cadence": contact.cadence,
        "weekday": _WEEKDAYS.index(contact.weekday),
        "hour": contact.hour,
        "time_zone": contact.time_zone or city.time_zone,
        "consent_on": contact.consent,
        "created_at": before["created_at"] if before else at,
        "is_in_file": True,
        **kept,
    }
