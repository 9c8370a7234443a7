"""What a message is kept as in the warehouse, and the parcel that a channel gets of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge.alerts.channels import Channel, Parcel
from civicgauge.alerts.editiondue import NOT_TOLD_ROLES
from civicgauge.alerts.letters import Recipient, Rendered
from civicgauge.errors import CivicgaugeError
from civicgauge.warehouse.cityday import Row


def pack(recipient: Recipient, rendered: Rendered) -> dict[str, Any]:
    """A message as it is queued. Without the address, which is looked up anew when it is sent."""
    return {"recipient": asdict(replace(recipient, address="")), "rendered": asdict(rendered)}


def unpack(content: Mapping[str, Any]) -> tuple[Recipient, Rendered]:
    """What `pack` made of a message, after its way through JSON; CivicgaugeError where it is something else."""
    try:
        told = dict(content["rendered"])
        told["references"] = tuple(told["references"])
        told["blocks"] = tuple((heading, tuple(lines)) for heading, lines in told["blocks"])
        return Recipient(**content["recipient"]), Rendered(**told)
    except (KeyError, TypeError, ValueError) as error:
        raise CivicgaugeError(f"the message's content is not what was queued ({type(error).__name__})") from error


def parcel(notification: Row, content: Mapping[str, Any] | None, contact: Row) -> Parcel:
    """The message for that contact, at the address that it has now; CivicgaugeError where it has no content."""
    if content is None:
        raise CivicgaugeError("the message has no content")
    recipient, rendered = unpack(content)
    return Parcel(
        notification_id=notification["notification_id"],
        message_id=notification["message_id"],
        kind=notification["kind"],
        created_at=notification["created_at"],
        recipient=replace(recipient, city_id=contact["city_id"], address=contact["address"]),
        rendered=rendered,
    )


def left(contact: Row, kind: str) -> str | None:
    """Why a recipient is told nothing of that kind any more; None where it is."""
    if kind == "privacy" and contact["role"] != "privacy":  # it was, when the message was decided
        return "the recipient is no privacy contact any more"
    if kind == "edition" and contact["role"] in NOT_TOLD_ROLES:
        return f"a contact with the role {contact['role']} is not told of editions"
    if contact["unsubscribed_at"]:
        return "the recipient has unsubscribed"
    if contact["bounced_at"]:
        return "the recipient's server refused it for good"
    return None if contact["is_in_file"] else "the city file does not name the recipient any more"


def unaddressed(channel: Channel, contact: Row, now: datetime) -> str | None:
    """Why a recipient cannot be written to by that channel; None where it can. CivicgaugeError for an unknown zone."""
    try:
        today = now.astimezone(ZoneInfo(contact["time_zone"])).date()
    except (KeyError, ValueError, OSError) as error:
        raise CivicgaugeError(f"the recipient's time zone {contact['time_zone']!r} is not known") from error
    if contact["consent_on"] > today:
        return f"the recipient has not agreed to messages before {contact['consent_on']}; nothing was sent"
    problem = channel.check_address(contact["address"])
    return f"the recipient's address {problem}; correct it in the city file" if problem else None
