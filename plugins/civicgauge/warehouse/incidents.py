"""Reading and writing what alerts remember: incidents, their events, cursors, contacts and queued messages.

Whoever changes a city's incidents does it at its `Desk`: one writing transaction under the city's lock, so that a
decision and the messages that follow from it are kept together or not at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.engine import reading, writing
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

    def told(self) -> list[tuple[str, str, int, str, str, date, datetime]]:
        """What each recipient of the city was told: (contact, incident, episode, notice, severity, day, when)."""
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
            .where(item.c.city_id == self.city_id, note.c.state != "dropped")
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


class Alerts:
    """What alerts remember of all cities."""

    def __init__(self, engine: Engine, tables: Tables) -> None:
        self._engine, self._tables = engine, tables

    @contextmanager
    def desk(self, city_id: str) -> Iterator[Desk]:
        """A city's desk, for one process at a time; '' is the operators' own."""
        with writing(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_lock_number(city_id))))
            yield Desk(connection, self._tables, city_id)

    def decided(self) -> dict[str, Decided]:
        """The cursor of every city."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(self._tables["alert_cursor"])).mappings()
            return {row["city_id"]: _decided(dict(row)) for row in rows}

    def incidents(
        self, city_id: str | None = None, *, states: Collection[str] | None = None, key: str | None = None
    ) -> list[Row]:
        """Incidents by city and key: of one city, in these states, or that of one key."""
        table = self._tables["incident"]
        statement = sa.select(table).order_by(table.c.city_id, table.c.incident_key)
        if city_id is not None:
            statement = statement.where(table.c.city_id == city_id)
        if states is not None:
            statement = statement.where(table.c.state.in_(sorted(states)))
        if key is not None:
            statement = statement.where(table.c.incident_key == key)
        return self._all(statement)

    def untold(self) -> list[Row]:
        """Incidents of cities that are open, were opened by a change, and were told to nobody; no personal data."""
        c = self._tables["incident"].c
        chosen = c.audience == "city", c.state.not_in(("pending", "resolved")), c.told_on.is_(None)
        plain = sa.not_(c.is_baseline), sa.not_(c.is_private)
        return self._all(sa.select(*c).where(*chosen, *plain).order_by(c.city_id, c.incident_key))

    def private_open(self) -> list[Row]:
        """Open findings about personal data, those that wait for a person's release and those that were released."""
        c = self._tables["incident"].c
        chosen = c.state == "open", c.is_private
        return self._all(sa.select(*c).where(*chosen).order_by(c.city_id, c.incident_key))

    def events(self, *, key: str | None = None, kinds: Collection[str] | None = None) -> list[Row]:
        """Events in their order."""
        table = self._tables["incident_event"]
        statement = sa.select(table).order_by(table.c.incident_key, table.c.number)
        if key is not None:
            statement = statement.where(table.c.incident_key == key)
        if kinds is not None:
            statement = statement.where(table.c.kind.in_(sorted(kinds)))
        return self._all(statement)

    def openings_by_day(self, since: date) -> list[tuple[date, int, int]]:
        """(day, openings, cities) from `since` on: what is usual, for the breaker. Baselines are none, nor is what is
        the operators' own."""
        table, incident = self._tables["incident_event"], self._tables["incident"]
        statement = (
            sa.select(table.c.day, sa.func.count(), sa.func.count(table.c.city_id.distinct()))
            .join(incident, incident.c.incident_key == table.c.incident_key)
            .where(table.c.day >= since, table.c.kind.in_(("opened", "reopened")), incident.c.audience == "city")
            .group_by(table.c.day)
            .order_by(table.c.day)
        )
        with reading(self._engine) as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(statement)]

    def contacts(self, city_id: str | None = None) -> list[Row]:
        """Recipients by city and id."""
        with reading(self._engine) as connection:
            return contacts(connection, self._tables, city_id)

    def notifications(
        self, *, city_id: str | None = None, states: Collection[str] | None = None, limit: int | None = None
    ) -> list[Row]:
        """Messages, newest first."""
        table = self._tables["notification"]
        statement = sa.select(table).order_by(table.c.created_at.desc(), table.c.notification_id)
        if city_id is not None:
            statement = statement.where(table.c.city_id == city_id)
        if states is not None:
            statement = statement.where(table.c.state.in_(sorted(states)))
        return self._all(statement if limit is None else statement.limit(limit))

    def items(self, *, notification_id: str | None = None, key: str | None = None) -> list[Row]:
        """What messages speak of."""
        table = self._tables["notification_item"]
        statement = sa.select(table).order_by(table.c.notification_id, table.c.incident_key)
        if notification_id is not None:
            statement = statement.where(table.c.notification_id == notification_id)
        if key is not None:
            statement = statement.where(table.c.incident_key == key)
        return self._all(statement)

    def content(self, notification_id: str) -> dict[str, Any] | None:
        """What a message says; None where there is none."""
        table = self._tables["message"]
        with reading(self._engine) as connection:
            found = connection.execute(
                sa.select(table.c.content).where(table.c.notification_id == notification_id)
            ).scalar()
        return None if found is None else dict(json.loads(found))

    def silences(self, at: datetime) -> list[Row]:
        """Silences that hold at that time."""
        table = self._tables["silence"]
        return self._all(sa.select(table).where(table.c.starts_at <= at, table.c.ends_at > at))

    def all_silences(self) -> list[Row]:
        """Every silence, by its end."""
        table = self._tables["silence"]
        return self._all(sa.select(table).order_by(table.c.ends_at, table.c.silence_id))

    def save_silence(self, row: Row) -> None:
        """Insert or replace a silence."""
        self._save("silence", row)

    def holds(self, state: str | None = None) -> list[Row]:
        """Holds, newest first; `days` is a list of dates."""
        table = self._tables["hold"]
        statement = sa.select(table).order_by(table.c.opened_at.desc())
        rows = self._all(statement if state is None else statement.where(table.c.state == state))
        return [{**row, "days": [date.fromisoformat(day) for day in json.loads(row["days"])]} for row in rows]

    def save_hold(self, row: Row) -> None:
        """Insert or replace a hold."""
        self._save("hold", {**row, "days": json.dumps([day.isoformat() for day in row["days"]])})

    def _save(self, name: str, row: Row) -> None:
        with writing(self._engine) as connection:
            Desk(connection, self._tables, "")._put(name, [plain_row(self._tables[name], row)])  # noqa: SLF001

    def _all(self, statement: sa.Select[Any]) -> list[Row]:
        with reading(self._engine) as connection:
            return [dict(row) for row in connection.execute(statement).mappings()]


def _parts(keys: Collection[str], size: int = 500) -> Iterator[list[str]]:
    """The keys in order, so many at a time: a database takes no more than some ten thousand in one statement."""
    found = sorted(keys)
    return (found[at : at + size] for at in range(0, len(found), size))


def contact_id(city_id: str, channel: str, address: str) -> str:
    """A recipient's id: tells the same one again, and not who it is."""
    return hashlib.sha256("\x1f".join((city_id, channel, address.casefold())).encode()).hexdigest()[:16]


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
    return None if row is None else _decided(dict(row))


def _decided(row: Mapping[str, Any]) -> Decided:
    found = Decided(**{name: row[name] for name in Decided.__slots__})
    return replace(found, judged=bytes(found.judged))


def _lock_number(city_id: str) -> int:
    digest = hashlib.blake2b(f"civicgauge|alerts|{city_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _insert(connection: Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


@lru_cache(maxsize=64)
def _upsert(dialect: str, table: sa.Table) -> sa.Insert:
    """Made once: with forty columns, making it takes longer than running it."""
    key = [column.name for column in table.primary_key]
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    changed = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=changed)
