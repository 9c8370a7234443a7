"""Operators are told of what is theirs: once when it begins, once when it is over, all of one turn in one message."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from civicgauge import clean
from civicgauge.alerts.channels import channels
from civicgauge.alerts.forms import Event, Incident, Kind, Notice, Severity, State, incident_key
from civicgauge.alerts.letters import Recipient, Rendered
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.alerting.matters import advice_of, matters
from civicgauge.pipeline.alerting.outages import Matter
from civicgauge.pipeline.alerting.records import event_row, incident_of, renewed
from civicgauge.pipeline.alerting.source import Source
from civicgauge.pipeline.alerting.telling import notification_key
from civicgauge.pipeline.words import NOTICE
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.incidents import Desk, contact_id

_PAGE = '<!doctype html><html lang="en"><body><pre style="white-space:pre-wrap">{}</pre></body></html>'
_FOOT = f"This is a message of civicgauge to its operators.\n{NOTICE}"
_LONGEST_LINE = 2_000
ON_DISK = "outbox:operators@civicgauge.invalid"  # a folder: nobody is told, but a mail needs an address


def look(source: Source, warehouse: Warehouse, settings: Settings, at: datetime) -> tuple[str, ...]:
    """Bring the operators' matters up to `at`, and queue one message on what is new or over; its lines."""
    found = {_key(matter): matter for matter in matters(source, warehouse, settings, at)}
    with warehouse.alerts.desk("") as desk:
        rows = desk.ops_incidents()
        known = {key: incident_of(row) for key, row in rows.items()}
        began, ended = list(_began(found, known, at)), list(_ended(found, known, at))
        absorbed = list(_absorbed(found, known, at))  # not told: what was said of them goes on under another name
        changed = [*began, *ended, *absorbed, *_still(found, known, at)]
        desk.save_incidents(renewed(rows.get(i.incident_key), i, at) for i in changed)
        desk.add_events(
            event_row(Event(i.incident_key, i.episode, kind, at.date(), at), i.city_id)
            for i, kind in [*((i, Kind.OPENED) for i in began), *((i, Kind.RESOLVED) for i in (*ended, *absorbed))]
        )
        lines = tuple(_lines(began, ended))
        if lines:
            tell_operators(desk, settings, subject_of(began, ended), lines, slot=at.isoformat(), at=at)
        return lines


def _key(matter: Matter) -> str:
    return incident_key(matter.city_id, "", "", matter.rule_id, matter.field)


def _began(found: dict[str, Matter], known: dict[str, Incident], at: datetime) -> Iterator[Incident]:
    for key, matter in found.items():
        before = known.get(key)
        if matter.is_muted or (before is not None and before.state.is_live):
            continue
        yield Incident(
            incident_key=key,
            city_id=matter.city_id,
            portal_id="",
            dataset_id="",
            rule_id=matter.rule_id,
            field=matter.field,
            rule_version=1,
            audience="ops",
            state=State.OPEN,
            severity=Severity.ERROR,
            since=matter.since,
            last_seen_on=at.date(),
            episode=before.episode + 1 if before else 1,
            opened_on=at.date(),
            observed=matter.observed,
            told_notice=Notice.OPENED,
            told_severity=Severity.ERROR,
            told_on=at.date(),
        )


def _ended(found: dict[str, Matter], known: dict[str, Incident], at: datetime) -> Iterator[Incident]:
    for key, incident in known.items():
        if incident.state.is_live and key not in found:
            yield replace(incident, state=State.RESOLVED, resolved_on=at.date(), resolved_reason="over")


def _absorbed(found: dict[str, Matter], known: dict[str, Incident], at: datetime) -> Iterator[Incident]:
    for key, incident in known.items():
        if incident.state.is_live and key in found and found[key].is_muted:
            yield replace(incident, state=State.RESOLVED, resolved_on=at.date(), resolved_reason="part of another")


def _still(found: dict[str, Matter], known: dict[str, Incident], at: datetime) -> Iterator[Incident]:
    for key, incident in known.items():
        if key in found and incident.state.is_live and not found[key].is_muted:
            seen = replace(incident, observed=found[key].observed, last_seen_on=at.date())
            if seen != incident:
                yield seen


def subject_of(began: Sequence[Incident], ended: Sequence[Incident]) -> str:
    """One line: how many are new and over, and the first of them."""
    counts = [f"{len(began)} new"] * bool(began) + [f"{len(ended)} over"] * bool(ended)
    first = (*began, *ended)[0]
    return f"civicgauge operations: {', '.join(counts)} – {advice_of(first.rule_id).title.lower()}"


def _lines(began: Sequence[Incident], ended: Sequence[Incident]) -> Iterator[str]:
    by_rule: dict[str, list[Incident]] = {}
    for incident in began:
        by_rule.setdefault(incident.rule_id, []).append(incident)
    for rule_id, incidents in by_rule.items():
        yield f"{advice_of(rule_id).title} ({len(incidents)})"
        yield from (f"  - {_where(i)}, since {i.since}: {i.observed}" for i in incidents)
        yield f"  What to do: {advice_of(rule_id).advice}"
    for incident in ended:
        days = (incident.last_seen_on - incident.since).days
        yield f"Over: {advice_of(incident.rule_id).title} – {_where(incident)}, after {days} days"


def _where(incident: Incident) -> str:
    return incident.city_id or (incident.field if incident.rule_id == "host_not_read" else "all cities")


def tell_operators(
    desk: Desk, settings: Settings, subject: str, lines: Iterable[str], *, slot: str, at: datetime
) -> list[str]:
    """Queue a message to every operators' contact; the ids of those that were not queued before."""
    rendered = rendered_of(subject, lines)
    queued = []
    for named in settings.ops_contacts or (ON_DISK,):
        row = operators_row(named, at)
        desk.save_contacts([row])
        notification_id = notification_key(row["contact_id"], "ops", slot)
        recipient = Recipient(row["contact_id"], "", row["channel"], "", "operators")
        notification = {
            "notification_id": notification_id,
            "city_id": "",
            "contact_id": row["contact_id"],
            "channel": row["channel"],
            "kind": "ops",
            "state": "queued",
            "day": at.date(),
            "created_at": at,
            "due_at": at,
            "message_id": f"<{notification_id}@{settings.mail_host}>",
            "attempts": 0,
        }
        if desk.queue(notification, (), {"rendered": asdict(rendered), "recipient": asdict(recipient)}):
            queued.append(notification_id)
    return queued


def rendered_of(subject: str, lines: Iterable[str]) -> Rendered:
    """A message to operators: plain lines, each made harmless, for what portals and servers said stands in them."""
    told = [_line(line) for line in "\n".join(lines).splitlines()]
    text = "\n".join(told)
    return Rendered(
        subject=subject,
        text=f"{text}\n\n{_FOOT}\n",
        html=_PAGE.format(html.escape(f"{text}\n\n{_FOOT}")),
        summary=subject,
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        blocks=((subject, tuple(told)),),
        facts={"kind": "ops", "lines": told},
    )


def _line(text: str) -> str:
    """The line without what turns or hides text; its indent stays."""
    return " " * (len(text) - len(text.lstrip(" "))) + clean.line(text, _LONGEST_LINE)


def operators_row(named: str, at: datetime) -> dict[str, Any]:
    """A contact of CIVICGAUGE_OPS_CONTACTS, `channel:address`, as a row; ConfigurationError for anything else."""
    channel, _, address = named.partition(":")
    if channel not in channels() or not address:  # not repeated here: it is an address, or a secret one
        raise ConfigurationError(
            "CIVICGAUGE_OPS_CONTACTS: one of them is no contact; write mail:ops@city.example or slack:ops_slack"
        )
    return {
        "contact_id": contact_id("", channel, address),
        "city_id": "",
        "channel": channel,
        "address": address,
        "role": "operators",
        "language": "en",
        "cadence": "daily",
        "weekday": 0,
        "hour": 9,
        "time_zone": "UTC",
        "consent_on": at.date(),
        "created_at": at,
        "is_in_file": True,
    }
