"""Incidents, events and contacts as rows of the warehouse, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from civicgauge.alerts.forms import Dispute, Event, Incident, Kind, Notice, Severity, State
from civicgauge.alerts.letters import Recipient
from civicgauge.alerts.planning import Contact, Told

Row = Mapping[str, Any]
_SAME = tuple(f.name for f in fields(Incident) if f.name not in ("episode", "reopened_on"))


def incident_row(
    incident: Incident, *, opened_at: datetime | None, last_seen_at: datetime, resolved_at: datetime | None
) -> dict[str, Any]:
    """A row of `incident`; the three times are the clock's, and no state depends on them."""
    return {
        **{name: getattr(incident, name) for name in _SAME},
        "occurrences": incident.episode,
        "subject": incident.where,
        "reopened_on": json.dumps([day.isoformat() for day in incident.reopened_on]),
        "opened_at": opened_at,
        "last_seen_at": last_seen_at,
        "resolved_at": resolved_at,
    }


def incident_of(row: Row) -> Incident:
    """The incident that a row was made from."""
    told = {name: row[name] for name in _SAME}
    words: dict[str, Any] = {
        "state": State(row["state"]),
        "severity": Severity(row["severity"]),
        "dispute": Dispute(row["dispute"]) if row["dispute"] else None,
        "told_severity": Severity(row["told_severity"]) if row["told_severity"] else None,
        "told_notice": Notice(row["told_notice"]) if row["told_notice"] else None,
        "claim_answer": Notice(row["claim_answer"]) if row["claim_answer"] else None,
        "episode": row["occurrences"],
        "reopened_on": tuple(date.fromisoformat(day) for day in json.loads(row["reopened_on"])),
    }
    return Incident(**(told | words))


def renewed(row: Row | None, incident: Incident, at: datetime) -> dict[str, Any]:
    """The incident's row after a change at `at`: the times of what changed are now, the others stay."""
    before = incident_of(row) if row else None
    opens = incident.opened_on is not None and (before is None or before.episode != incident.episode)
    ends = incident.state is State.RESOLVED and (before is None or before.state is not State.RESOLVED)
    seen = before is None or before.last_seen_on != incident.last_seen_on
    return incident_row(
        incident,
        opened_at=at if opens else row["opened_at"] if row and incident.opened_on else None,
        last_seen_at=at if seen or row is None else row["last_seen_at"],
        resolved_at=at if ends else row["resolved_at"] if row and incident.resolved_on else None,
    )


def event_row(event: Event, city_id: str) -> dict[str, Any]:
    """A row of `incident_event`, without its number."""
    return {
        "incident_key": event.incident_key,
        "city_id": city_id,
        "episode": event.episode,
        "kind": str(event.kind),
        "day": event.day,
        "at": event.at,
        "by": event.by,
        "reason": event.reason,
        "details": dict(event.details),
    }


def event_of(row: Row) -> Event:
    """The event that a row was made from."""
    names = ("incident_key", "episode", "day", "at", "by", "reason")
    return Event(kind=Kind(row["kind"]), details=json.loads(row["details"]), **{name: row[name] for name in names})


def contact_of(row: Row) -> Contact:
    """A row of `contact` as the planner knows it; the cadence that the recipient chose wins."""
    return Contact(
        contact_id=row["contact_id"],
        city_id=row["city_id"],
        channel=row["channel"],
        role=row["role"],
        cadence=row["chosen_cadence"] or row["cadence"],
        weekday=row["weekday"],
        hour=row["hour"],
        time_zone=row["time_zone"],
        created_at=row["created_at"],
        digest_slot=row["digest_slot"],
        immediate_at=row["immediate_at"],
    )


def recipient_of(row: Row) -> Recipient:
    """A row of `contact` as messages know it."""
    names = ("contact_id", "city_id", "channel", "address", "role", "language", "time_zone")
    return Recipient(**{name: row[name] for name in names})


def told_of(row: tuple[Any, ...]) -> Told:
    """What `Desk.told` gives."""
    contact_id, key, episode, notice, severity, day, at = row
    return Told(contact_id, key, episode, Notice(notice), Severity(severity), day, at)
