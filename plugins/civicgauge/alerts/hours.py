"""When people are at work: what can wait comes within the hours of a working day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from civicgauge.alerts.planning import Contact, works

_LAST_HOUR = 17


def working_hour(contact: Contact, at: datetime, free: frozenset[date]) -> datetime:
    """Now, within the hours of a working day; else the recipient's hour on the next one."""
    local = at.astimezone(ZoneInfo(contact.time_zone))
    day = local.date()
    if works(day, free) and contact.hour <= local.hour < max(_LAST_HOUR, contact.hour + 1):
        return at
    day += timedelta(days=local.hour >= contact.hour)
    while not works(day, free):
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, contact.hour, tzinfo=ZoneInfo(contact.time_zone))
