"""Operators told at once, past the outbox, where the warehouse that holds the outbox cannot be used itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from civicgauge.alerts.channels import Connection, Parcel, channel
from civicgauge.alerts.letters import Recipient
from civicgauge.pipeline.alerting.operations import operators_row, rendered_of
from civicgauge.pipeline.alerting.telling import notification_key
from civicgauge.pipeline.doors import way_of
from civicgauge.settings import Settings

log = logging.getLogger("civicgauge.alerts")


def tell_directly(
    settings: Settings,
    subject: str,
    lines: Sequence[str],
    slot: str,
    now: datetime,
    connection: Callable[[str], Connection | None],
) -> list[str]:
    """Bring a message to every contact in CIVICGAUGE_OPS_CONTACTS; the channels that took it, none where none is set.

    Nothing remembers that it was sent. What one channel refuses is logged, and the others are tried.
    """
    took = []
    with way_of(settings, connection, lambda: now) as way:
        for named in settings.ops_contacts:
            row = operators_row(named, now)
            key = notification_key(row["contact_id"], "ops", slot)
            parcel = Parcel(
                notification_id=key,
                message_id=f"<{key}@{settings.mail_host}>",
                kind="ops",
                created_at=now,
                recipient=Recipient(row["contact_id"], "", row["channel"], row["address"], "operators"),
                rendered=rendered_of(subject, lines),
            )
            name = "outbox" if row["channel"] == "mail" and settings.smtp_connection is None else row["channel"]
            try:
                channel(name).deliver(parcel, way, lambda: None)
            except Exception:
                log.exception("operators could not be told by %s", row["channel"])
            else:
                took.append(name)
    return took
