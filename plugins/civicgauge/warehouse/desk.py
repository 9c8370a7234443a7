"""A city's alerts within one writing transaction: a decision and its messages are kept together, or neither is."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from civicgauge.warehouse import audit
from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.values import plain_row

Tables = Mapping[str, sa.Table]


@dataclass(frozen=True, slots=True)
class Decided:
    """Up to which day a city is decided. `judged` is opaque to the warehouse."""

    city_id: str
    first_day: date
    day: date
    run_id: str
    decided_at: datetime
    judged: bytes


class Desk:
    """A city's alerts within one writing transaction; everything is kept when the `with` ends, or nothing is."""

    def __init__(self, connection: Connection, tables: Tables, city_id: str) -> None:
        self._connection, self._tables, self.city_id = connection, tables, city_id

    @property
    def decided(self) -> Decided | None:
        """Where the city has got to; None before its first day."""
        return decided(self._connection, self._tables, self.city_id)

    def incidents(self, keys: Collection[str] | None = None) -> dict[str, Row]:
        """The city's incidents by key: all, or those named."""
        table = self._tables["incident"]
        every = sa.select(table).where(table.c.city_id == self.city_id).order_by(table.c.incident_key)
        asked = [every] if keys is None else [every.where(table.c.incident_key.in_(some)) for some in _parts(keys)]
        rows = (row for statement in asked for row in self._connection.execute(statement).mappings())
        return {row["incident_key"]: dict(row) for row in rows}

    def has_urgent(self) -> bool:
        """Whether anything is there that may not wait for a digest: critical, a claim looked at, private and released.

        It may have been told already.
        """
        c = self._tables["incident"].c
        critical = sa.and_(c.severity == "critical", c.state.in_(("open", "fix_claimed")))
        private = sa.and_(c.is_private, c.released_at.is_not(None))
        urgent = sa.or_(critical, c.claim_answer.is_not(None), private)
        statement = sa.select(c.incident_key).where(c.city_id == self.city_id, c.audience == "city", urgent).limit(1)
        return self._connection.execute(statement).first() is not None

    def ops_incidents(self) -> dict[str, Row]:
        """The operators' own matters of all cities, by key; for the desk of '' alone."""
        table = self._tables["incident"]
        statement = sa.select(table).where(table.c.audience == "ops").order_by(table.c.incident_key)
        return {row["incident_key"]: dict(row) for row in self._connection.execute(statement).mappings()}

    def save_incidents(self, rows: Iterable[Row]) -> None:
        """Insert or replace incidents."""
        self._put("incident", [plain_row(self._tables["incident"], row) for row in rows])

    def events(self, key: str) -> list[Row]:
        """What happened to an incident so far, in its order."""
        table = self._tables["incident_event"]
        statement = sa.select(table).where(table.c.incident_key == key).order_by(table.c.number)
        return [dict(row) for row in self._connection.execute(statement).mappings()]

    def add_events(self, rows: Iterable[Row]) -> None:
        """Append events, numbered within their incident, in the order given."""
        table, found = self._tables["incident_event"], list(rows)
        last: dict[str, int] = {}
        for some in _parts({row["incident_key"] for row in found}):
            known = sa.select(table.c.incident_key, sa.func.max(table.c.number)).group_by(table.c.incident_key)
            among = known.where(table.c.incident_key.in_(some))
            last |= dict(self._connection.execute(among).tuples().all())
        numbered = []
        for row in found:
            number = last[row["incident_key"]] = last.get(row["incident_key"], 0) + 1
            told = {**row, "number": number, "details": json.dumps(row["details"], sort_keys=True, default=str)}
            numbered.append(plain_row(table, told))
        if numbered:
            self._connection.execute(sa.insert(table), numbered)

    def move(self, to: Decided) -> None:
        """Set the cursor."""
        row = {name: getattr(to, name) for name in Decided.__slots__}
        self._put("alert_cursor", [row])

    def contacts(self) -> list[Row]:
        """The city's recipients, by id; also those who left."""
        return contacts(self._connection, self._tables, self.city_id)

    def save_contacts(self, rows: Iterable[Row]) -> None:
        """Insert or replace recipients."""
        self._put("contact", [plain_row(self._tables["contact"], row) for row in rows])

    def is_queued(self, notification_id: str) -> bool:
        """Whether a message of that id was ever queued."""
        table = self._tables["notification"]
        found = sa.select(table.c.notification_id).where(table.c.notification_id == notification_id)
        return self._connection.execute(found).first() is not None

    def queue(self, notification: Row, items: Iterable[Row], content: Mapping[str, Any]) -> bool:
        """Put a message into the outbox; False where one of that id is there already, and nothing changes."""
        table = self._tables["notification"]
        row = plain_row(table, notification)
        if not self._is_new(table, row):
            return False
        found = [plain_row(self._tables["notification_item"], each) for each in items]
        if found:
            self._connection.execute(sa.insert(self._tables["notification_item"]), found)
        text = json.dumps(content, ensure_ascii=False, default=str)
        told = plain_row(self._tables["message"], {"notification_id": row["notification_id"], "content": text})
        self._connection.execute(sa.insert(self._tables["message"]), [told])
        return True

    def message_ids(self, contact_id: str, keys: Collection[str]) -> list[str]:
        """The Message-IDs of what this recipient was sent on these incidents, oldest first."""
        item, note = self._tables["notification_item"], self._tables["notification"]
        statement = (
            sa.select(note.c.created_at, note.c.notification_id, note.c.message_id)
            .join(item, note.c.notification_id == item.c.notification_id)
            .where(note.c.contact_id == contact_id, note.c.state != "dropped")
            .distinct()
        )
        asked = (statement.where(item.c.incident_key.in_(some)) for some in _parts(keys))
        found = {tuple(row) for each in asked for row in self._connection.execute(each)}
        return list(dict.fromkeys(message_id for _, _, message_id in sorted(found)))

    def facts(self, contact_id: str, kind: str) -> list[tuple[datetime, dict[str, Any]]]:
        """When each message of a kind to this recipient was queued, and its facts; also of what was not sent."""
        note, message = self._tables["notification"], self._tables["message"]
        statement = (
            sa.select(note.c.created_at, message.c.content)
            .join(message, message.c.notification_id == note.c.notification_id)
            .where(note.c.contact_id == contact_id, note.c.kind == kind)
            .order_by(note.c.created_at, note.c.notification_id)
        )
        rows = self._connection.execute(statement).tuples()
        return [(at, dict(json.loads(content)["rendered"]["facts"])) for at, content in rows]

    def told(self) -> list[tuple[str, str, int, str, str, date, datetime]]:
        """What each recipient of the city was told: (contact, incident, episode, notice, severity, day, when).

        What was dropped was not told, nor what a digest said that failed: the next one says it.
        """
        item, note = self._tables["notification_item"], self._tables["notification"]
        statement = (
            sa.select(
                note.c.contact_id,
                item.c.incident_key,
                item.c.episode,
                item.c.notice,
                item.c.severity,
                note.c.day,
                note.c.created_at,
            )
            .join(note, note.c.notification_id == item.c.notification_id)
            .where(item.c.city_id == self.city_id, note.c.state != "dropped", sa.not_(_is_failed_digest(note)))
            .order_by(note.c.day, note.c.notification_id, item.c.incident_key)
        )
        return [tuple(row) for row in self._connection.execute(statement)]

    def forget(self, keys: Collection[str]) -> None:
        """Remove incidents that never opened; their events stay."""
        table = self._tables["incident"]
        never = sa.delete(table).where(table.c.city_id == self.city_id, table.c.occurrences == 0)
        for some in _parts(keys):
            self._connection.execute(never.where(table.c.incident_key.in_(some)))

    def save_silence(self, row: Row) -> None:
        """Insert or replace a silence."""
        self._put("silence", [plain_row(self._tables["silence"], row)])

    def note(self, act: audit.Act) -> None:
        """Add a row to the audit."""
        audit.note(self._connection, self._tables["audit"], act)

    def used(self, answer: Row) -> bool:
        """Mark a signed link as used; False where it was used before, and nothing changes."""
        table = self._tables["answer"]
        return self._is_new(table, plain_row(table, answer))

    def _is_new(self, table: sa.Table, row: Row) -> bool:
        """Insert a row; False where its key is there already, and nothing changes."""
        statement = _insert(self._connection, table).values(row).on_conflict_do_nothing()
        # asked for the key, since psycopg tells no number of rows here (it is -1 whether one was added or not)
        added = self._connection.execute(statement.returning(*table.primary_key))
        return added.first() is not None

    def _put(self, name: str, rows: list[Row]) -> None:
        if not rows:
            return
        self._connection.execute(_upsert(self._connection.dialect.name, self._tables[name]), rows)


def _is_failed_digest(note: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(note.c.state == "failed", note.c.kind == "digest")


def _parts(keys: Collection[str], size: int = 500) -> Iterator[list[str]]:
    """The keys in order, so many at a time: a database takes no more than some ten thousand in one statement."""
    found = sorted(keys)
    return (found[at : at + size] for at in range(0, len(found), size))


def contacts(connection: Connection, tables: Tables, city_id: str | None) -> list[Row]:
    """Recipients by city and id."""
    table = tables["contact"]
    statement = sa.select(table).order_by(table.c.city_id, table.c.contact_id)
    if city_id is not None:
        statement = statement.where(table.c.city_id == city_id)
    return [dict(row) for row in connection.execute(statement).mappings()]


def decided(connection: Connection, tables: Tables, city_id: str) -> Decided | None:
    """A city's cursor."""
    table = tables["alert_cursor"]
    row = connection.execute(sa.select(table).where(table.c.city_id == city_id)).mappings().first()
    return None if row is None else decided_of(dict(row))


def decided_of(row: Mapping[str, Any]) -> Decided:
    found = Decided(**{name: row[name] for name in Decided.__slots__})
    return replace(found, judged=bytes(found.judged))


def _insert(connection: Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


@lru_cache(maxsize=64)
def _upsert(dialect: str, table: sa.Table) -> sa.Insert:
    """Made once: with forty columns, making it takes longer than running it."""
    key = [column.name for column in table.primary_key]
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=changed)
