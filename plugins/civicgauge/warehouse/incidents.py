"""Reading what alerts remember of all cities, and the way to a city's desk, where it is changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from civicgauge.warehouse import untold
from civicgauge.warehouse.audit import Act
from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.desk import Decided, Desk, Tables, contacts, decided_of
from civicgauge.warehouse.engine import reading, writing
from civicgauge.warehouse.values import plain_row

__all__ = ["Alerts", "Decided", "Desk", "contact_id"]

_NEWS = ("opened", "reopened", "worsened")


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
            return {row["city_id"]: decided_of(dict(row)) for row in rows}

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
        return untold.openings(self._engine, self._tables)

    def untold_worse(self, since: date) -> list[tuple[Row, date]]:
        """Those that got worse from `since` on and were told as milder, each with the day."""
        return untold.worse(self._engine, self._tables, since)

    def untold_ends(self, since: date) -> list[Row]:
        """Those found mended from `since` on, known to their city, whose end was not told."""
        return untold.ends(self._engine, self._tables, since)

    def live_counts(self) -> dict[tuple[str, str], int]:
        """How many are open, by city and rule."""
        return untold.live_counts(self._engine, self._tables)

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
            .where(
                table.c.day >= since,
                table.c.kind.in_(("opened", "reopened", "worsened")),
                incident.c.audience == "city",
            )
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

    def save_silence(self, row: Row, act: Act) -> None:
        """Insert or replace a silence, with its row in the audit."""
        with writing(self._engine) as connection:
            desk = Desk(connection, self._tables, "")
            desk.save_silence(row)
            desk.note(act)

    def holds(self, state: str | None = None) -> list[Row]:
        """Holds, newest first; `days` is a list of dates."""
        table = self._tables["hold"]
        statement = sa.select(table).order_by(table.c.opened_at.desc())
        rows = self._all(statement if state is None else statement.where(table.c.state == state))
        return [{**row, "days": [date.fromisoformat(day) for day in json.loads(row["days"])]} for row in rows]

    def save_hold(self, row: Row) -> None:
        """Insert or replace a hold."""
        self._save("hold", {**row, "days": json.dumps([day.isoformat() for day in row["days"]])})

    def end_hold(self, hold_id: str, ending: Row, act: Act) -> bool:
        """Write how an open hold ended, with its row in the audit; False where somebody else has ended it, and nothing
        changes."""
        table = self._tables["hold"]
        statement = sa.update(table).where(table.c.hold_id == hold_id, table.c.state == "open").values(ending)
        with writing(self._engine) as connection:
            has_ended = bool(connection.execute(statement).rowcount)
            if has_ended:
                Desk(connection, self._tables, "").note(act)
            return has_ended

    def _save(self, name: str, row: Row) -> None:
        with writing(self._engine) as connection:
            Desk(connection, self._tables, "")._put(name, [plain_row(self._tables[name], row)])  # noqa: SLF001

    def _all(self, statement: sa.Select[Any]) -> list[Row]:
        with reading(self._engine) as connection:
            return [dict(row) for row in connection.execute(statement).mappings()]


def contact_id(city_id: str, channel: str, address: str) -> str:
    """A recipient's id: tells the same one again, and not who it is."""
    return hashlib.sha256("\x1f".join((city_id, channel, address.casefold())).encode()).hexdigest()[:16]


def _lock_number(city_id: str) -> int:
    digest = hashlib.blake2b(f"civicgauge|alerts|{city_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
