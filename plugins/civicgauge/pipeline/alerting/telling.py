"""Telling: what is due becomes messages in the outbox, in the transaction that marks it as told."""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from civicgauge.alerts import planning
from civicgauge.alerts.forms import Event, Incident, Kind, State
from civicgauge.alerts.hours import working_hour
from civicgauge.alerts.planning import TOLD_WITHIN_DAYS, Contact, Due, Item, Told
from civicgauge.landing.freshness import holiday_dates
from civicgauge.model import City
from civicgauge.pipeline.alerting import contacts
from civicgauge.pipeline.alerting.records import contact_of, event_row, incident_of, recipient_of, renewed, told_of
from civicgauge.pipeline.alerting.writing import Writer
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.incidents import Decided, Desk

log = logging.getLogger("civicgauge.alerts")
_NO_REPORT = frozenset({"privacy", "escalation"})


@dataclass(frozen=True, slots=True)
class Queued:
    """A message that was put into the outbox now."""

    notification_id: str
    city_id: str
    kind: str
    asks: int
    ended: int


def tell(
    warehouse: Warehouse,
    city: City,
    writer: Callable[[], Writer],
    at: datetime,
    is_muted: Callable[[Incident], bool],
) -> list[Queued]:
    """Queue what is due at `at` for each recipient of a city that was decided; nothing is sent here."""
    with warehouse.alerts.desk(city.id) as desk:
        cursor = desk.decided
        free = free_days(city, at)
        rows = [row for row in contacts.sync(desk, city, at, free) if contacts.is_told(row, at)]
        if cursor is None or not _may_be_due(desk, rows, at, free):
            return []
        roles = {row["contact_id"]: row["role"] for row in rows}
        teller = _Teller(desk, city, cursor, writer, at, free, roles=roles)
        return [queued for row in rows for queued in teller.tell(row, is_muted)]


def _may_be_due(desk: Desk, rows: Sequence[dict[str, Any]], at: datetime, free: frozenset[date]) -> bool:
    """Whether all that a city has is worth reading: at most times of a day no hour has come, and nothing is urgent."""
    for row in rows:
        contact = contact_of(row)
        if _new_slot(contact, at, free) is not None:
            return True
        if contact.role not in _NO_REPORT and not desk.is_queued(_report_key(contact)):
            return True
    return bool(rows) and desk.has_urgent()


def _new_slot(contact: Contact, at: datetime, free: frozenset[date]) -> date | None:
    """The digest's day that has come since the last one."""
    slot = planning.last_slot(contact, at, free)
    return None if slot is None or (contact.digest_slot is not None and slot <= contact.digest_slot) else slot


def _report_key(contact: Contact) -> str:
    return notification_key(contact.contact_id, "baseline", "baseline")


def free_days(city: City, at: datetime) -> frozenset[date]:
    """The public holidays around a time."""
    return holiday_dates(city.holidays, (at.year - 1, at.year, at.year + 1))


class _Teller:
    """One city at one time. `roles` are those of the recipients that are told now, by their id."""

    def __init__(  # noqa: PLR0913 - what is known of one city
        self,
        desk: Desk,
        city: City,
        cursor: Decided,
        writer: Callable[[], Writer],
        at: datetime,
        free: frozenset[date],
        *,
        roles: Mapping[str, str],
    ) -> None:
        self.desk, self.city, self.cursor, self.at, self.free = desk, city, cursor, at, free
        self.first_day = cursor.first_day
        self._writer, self.roles = writer, roles
        self.rows = desk.incidents()
        limit = at.date() - timedelta(days=TOLD_WITHIN_DAYS)
        known = (incident_of(row) for row in self.rows.values() if row["audience"] == "city")
        self.incidents = {
            i.incident_key: i for i in known if i.state is not State.RESOLVED or (i.resolved_on or date.min) >= limit
        }
        self.told: dict[tuple[str, str], list[Told]] = defaultdict(list)
        for told in map(told_of, desk.told()):
            self.told[told.contact_id, told.incident_key].append(told)

    def tell(self, row: dict[str, Any], is_muted: Callable[[Incident], bool]) -> Iterable[Queued]:
        contact, changed = contact_of(row), dict(row)
        if contact.role not in _NO_REPORT:
            yield from self._baseline(contact, row)
        found = planning.due(contact, self.incidents.values(), self.told, today=self.cursor.day, is_muted=is_muted)
        soon = planning.at_once(contact, found, self.at)
        yield from self._soon(contact, row, soon, changed)
        told_now = {(i.incident.incident_key, i.notice) for i in soon.items}
        if (slot := _new_slot(contact, self.at, self.free)) is not None:
            rest = found.only(lambda item: (item.incident.incident_key, item.notice) not in told_now)
            changed["digest_slot"] = slot
            yield from self._digest(contact, row, rest, slot)
        if changed != row:
            self.desk.save_contacts([changed])

    def _baseline(self, contact: Contact, row: dict[str, Any]) -> Iterable[Queued]:
        """Once for each recipient: what was there at first sight, the city's or its own, as one report."""
        points = [i for i in self.incidents.values() if i.state.is_live and planning.counts_as_told(contact, i)]
        if points:
            yield from self._queue(
                "baseline", contact, row, Due(), "baseline", due_at=working_hour(contact, self.at, self.free)
            )

    def _soon(self, contact: Contact, row: dict[str, Any], soon: Due, changed: dict[str, Any]) -> Iterable[Queued]:
        if contact.role == "privacy":
            parts = {"privacy": soon}
        else:
            parts = {"critical": Due(asks=soon.asks), "answer": Due(answers=soon.answers)}
        for kind, part in parts.items():
            if part.is_empty:
                continue
            marks = sorted(f"{i.incident.incident_key}.{i.incident.episode}.{i.notice}" for i in part.items)
            if kind == "critical":
                changed["immediate_at"] = self.at
            yield from self._queue(kind, contact, row, part, "|".join([self.at.isoformat(), *marks]))

    def _digest(self, contact: Contact, row: dict[str, Any], rest: Due, slot: date) -> Iterable[Queued]:
        asks, left = planning.first_asks(rest.asks)
        part = replace(rest, asks=asks)
        if not part.is_empty:
            due_at = working_hour(contact, self.at, self.free)  # the slot's own, unless it is decided long after it
            yield from self._queue("digest", contact, row, part, slot.isoformat(), n_left=len(left), due_at=due_at)

    def _queue(  # noqa: PLR0913 - one message
        self,
        kind: str,
        contact: Contact,
        row: dict[str, Any],
        part: Due,
        slot: str,
        *,
        n_left: int = 0,
        due_at: datetime | None = None,
    ) -> Iterable[Queued]:
        notification_id = notification_key(contact.contact_id, kind, slot)
        if kind == "baseline" and self.desk.is_queued(notification_id):
            return
        writer = self._writer()
        earlier = self.desk.message_ids(contact.contact_id, [i.incident.incident_key for i in part.items])
        content = writer.content(kind, recipient_of(row), contact, part, self, n_left=n_left, references=earlier)
        notification = {
            "notification_id": notification_id,
            "city_id": self.city.id,
            "contact_id": contact.contact_id,
            "channel": contact.channel,
            "kind": kind,
            "state": "queued",
            "day": self.cursor.day,
            "created_at": self.at,
            "due_at": due_at or self.at,
            "message_id": writer.message_id(notification_id),
            "attempts": 0,
        }
        items = [self._item(notification_id, item) for item in part.items]
        if self.desk.queue(notification, items, content):
            self._mark(contact, part.items)
            yield Queued(notification_id, self.city.id, kind, len(part.asks), len(part.ended))

    def _item(self, notification_id: str, item: Item) -> dict[str, Any]:
        return {
            "notification_id": notification_id,
            "incident_key": item.incident.incident_key,
            "notice": str(item.notice),
            "city_id": self.city.id,
            "episode": item.incident.episode,
            "severity": str(item.incident.severity),
        }

    def _mark(self, contact: Contact, items: Sequence[Item]) -> None:
        """Remember on the incident itself that its city was told, and what."""
        day, events, changed = self.cursor.day, [], {}
        for incident, notice in items:
            key = incident.incident_key
            self.told[contact.contact_id, key].append(
                Told(contact.contact_id, key, incident.episode, notice, incident.severity, day, self.at)
            )
            details = {"notice": str(notice), "contact_id": contact.contact_id}
            events.append(Event(key, incident.episode, Kind.TOLD, day, self.at, details=details))
            if notice.is_ask:
                now = self.incidents[key]
                changed[key] = self.incidents[key] = replace(
                    now, told_notice=notice, told_severity=incident.severity, told_on=now.told_on or day
                )
        self.desk.save_incidents([renewed(self.rows[key], each, self.at) for key, each in changed.items()])
        self.desk.add_events(event_row(event, self.city.id) for event in events)


def notification_key(contact_id: str, kind: str, slot: str) -> str:
    """The same message has the same id, so that it is queued once however often it is decided."""
    return hashlib.sha256("\x1f".join(("n1", contact_id, kind, slot)).encode()).hexdigest()[:24]
