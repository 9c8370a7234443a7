"""Incidents and events between their own form and the rows of the warehouse; nothing is lost on the way and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from civicgauge.alerts.forms import Dispute, Event, Incident, Notice, Severity, State

_UNALIKE = {"episode", "reopened_on"}  # kept under another name, or in another form
_SAME = tuple(field.name for field in fields(Incident) if field.name not in _UNALIKE)
_PLAIN = {"state", "severity", "told_notice", "told_severity", "dispute", "audience"}


def incident_row(
    incident: Incident, *, opened_at: datetime | None, last_seen_at: datetime, resolved_at: datetime | None
) -> dict[str, Any]:
    """The row of `incident`. The times are clock times, which the machine does not know: it counts days."""
    row = {name: getattr(incident, name) for name in _SAME}
    row |= {name: str(row[name]) for name in _PLAIN if row[name] is not None}
    return row | {
        "subject": incident.where,
        "occurrences": incident.episode,
        "reopened_on": json.dumps([day.isoformat() for day in incident.reopened_on]),
        "opened_at": opened_at,
        "last_seen_at": last_seen_at,
        "resolved_at": resolved_at,
    }


def incident_of(row: Mapping[str, Any]) -> Incident:
    """The incident of a row of `incident`."""
    told, severity, dispute = row["told_notice"], row["told_severity"], row["dispute"]
    plain = {name: row[name] for name in _SAME} | {
        "state": State(row["state"]),
        "severity": Severity(row["severity"]),
        "told_notice": None if told is None else Notice(told),
        "told_severity": None if severity is None else Severity(severity),
        "dispute": None if dispute is None else Dispute(dispute),
    }
    reopened_on = tuple(date.fromisoformat(day) for day in json.loads(row["reopened_on"]))
    return Incident(**plain, episode=row["occurrences"], reopened_on=reopened_on)


def event_row(event: Event, city_id: str) -> dict[str, Any]:
    """The row of `incident_event`, without its number, which the desk gives it."""
    row = {field.name: getattr(event, field.name) for field in fields(Event)}
    return row | {"kind": str(event.kind), "details": dict(event.details), "city_id": city_id}
