"""The outbox: messages that wait, and who may send which now.

A sender claims one message at a time, by one conditional UPDATE with a lease, so that it never has two owners. The
step that cannot be taken back is written down before it is taken (`begin`): whatever dies before it is sent again,
whatever dies after it may have been delivered and waits as `doubtful` for a person, unless its channel is idempotent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from civicgauge.warehouse.cityday import Row
from civicgauge.warehouse.engine import reading, writing

_HELD = ("claimed", "sending", "doubtful")  # a sender that was given up may still say what came of it
_FREE = {"lease_owner": None, "lease_until": None}


@dataclass(frozen=True, slots=True)
class Expired:
    """How many leases ran out: nothing had been sent, it is sent again, or nobody knows."""

    unsent: int = 0
    repeated: int = 0
    doubtful: int = 0


class Outbox:
    """The messages of one warehouse. `owner` is a name that no other sender ever has.

    Every method is one transaction; those that change a message return whether they did, which is False where it is
    no longer the owner's. Errors are those of `Warehouse`.
    """

    def __init__(self, engine: Engine, tables: Mapping[str, sa.Table]) -> None:
        self._engine, self._table = engine, tables["notification"]

    # ------------------------------------------------------------ the sender's steps

    def claim(
        self,
        owner: str,
        now: datetime,
        lease_seconds: float,
        *,
        kinds: Collection[str] | None = None,
        cities: Collection[str] | None = None,
    ) -> Row | None:
        """The message that has been due for longest, now the owner's for so many seconds; None where none is due."""
        table, each = self._table, self._table.alias()
        oldest = (
            sa.select(each.c.notification_id)
            .where(each.c.state == "queued", each.c.due_at <= now)
            .order_by(each.c.due_at, each.c.created_at, each.c.notification_id)
            .limit(1)
            .with_for_update(skip_locked=True)  # on PostgreSQL alone; SQLite has one writer at a time
        )
        if kinds is not None:
            oldest = oldest.where(each.c.kind.in_(sorted(kinds)))
        if cities is not None:
            oldest = oldest.where(each.c.city_id.in_(sorted(cities)))
        until = now + timedelta(seconds=lease_seconds)
        statement = (
            sa.update(table)
            .where(table.c.notification_id == oldest.scalar_subquery(), table.c.state == "queued")
            .values(state="claimed", lease_owner=owner, lease_until=until)
            .returning(table)
        )
        with writing(self._engine) as connection:
            row = connection.execute(statement).mappings().first()
            return None if row is None else dict(row)

    def begin(self, notification_id: str, owner: str, now: datetime) -> bool:
        """Write down that the step which cannot be taken back comes next; False: do not take it, the lease is lost."""
        table = self._table
        statement = (
            sa.update(table)
            .where(table.c.notification_id == notification_id, table.c.state == "claimed")
            .where(table.c.lease_owner == owner, table.c.lease_until > now)
            .values(state="sending", attempts=table.c.attempts + 1)
        )
        return self._changed(statement)

    def sent(self, notification_id: str, owner: str, at: datetime) -> bool:
        """The other side took it."""
        return self._settle(notification_id, owner, state="sent", sent_at=at, problem=None)

    def fail(self, notification_id: str, owner: str, problem: str, *, is_attempt: bool = True) -> bool:
        """It will not be sent, unless an operator says so."""
        return self._settle(notification_id, owner, state="failed", problem=problem, attempts=self._tries(is_attempt))

    def drop(self, notification_id: str, owner: str, problem: str) -> bool:
        """It is not to be sent any more: its recipient left."""
        return self._settle(notification_id, owner, state="dropped", problem=problem)

    def doubt(self, notification_id: str, owner: str, problem: str) -> bool:
        """It may have been delivered, and nobody can tell."""
        return self._settle(notification_id, owner, state="doubtful", problem=problem)

    def put_back(
        self, notification_id: str, owner: str, problem: str, due_at: datetime, *, is_attempt: bool = True
    ) -> bool:
        """It was certainly not delivered: queued again, for later. `is_attempt` counts as a try of the message."""
        changed = {"state": "queued", "problem": problem, "due_at": due_at, "attempts": self._tries(is_attempt)}
        return self._settle(notification_id, owner, **changed)

    # ------------------------------------------------------------ what others do

    def expire(self, now: datetime, idempotent_channels: Collection[str]) -> Expired:
        """Take messages from senders that are gone.

        Claimed: nothing was sent, so it is queued again, behind what else is due (it may be what ended its sender).
        Sending: doubtful; queued again where delivering it twice is delivering it once.
        """
        table = self._table
        twice = table.c.channel.in_(sorted(idempotent_channels))
        gone = sa.update(table).where(table.c.lease_until <= now)
        problem = sa.literal("Its sender ended while it was on its way. Look for Message-ID ") + table.c.message_id
        unknown = problem + " where it should have arrived, then send it again or leave it."
        again: dict[str, Any] = {"state": "queued", "due_at": now, **_FREE}
        with writing(self._engine) as connection:
            unsent = connection.execute(gone.where(table.c.state == "claimed").values(again)).rowcount
            sending = gone.where(table.c.state == "sending")
            repeated = connection.execute(sending.where(twice).values(again)).rowcount
            # the owner stays written: it may yet say what came of it
            doubtful = connection.execute(sending.values(state="doubtful", problem=unknown, lease_until=None)).rowcount
        return Expired(unsent, repeated, doubtful)

    def resend(self, notification_id: str) -> bool:
        """An operator's word: queue a doubtful or failed message again, its tries counted from nothing."""
        table = self._table
        statement = (
            sa.update(table)
            .where(table.c.notification_id == notification_id, table.c.state.in_(("doubtful", "failed")))
            .values(state="queued", attempts=0, problem=None, **_FREE)
        )
        return self._changed(statement)

    def leave(self, notification_id: str, problem: str) -> bool:
        """An operator's word: do not send a message that waits, is in doubt or has failed.

        One in doubt has arrived, by that word: it counts as sent, or what it says would be told anew.
        """
        table = self._table
        waits = table.c.state.in_(("queued", "doubtful", "failed"))
        statement = sa.update(table).where(table.c.notification_id == notification_id, waits)
        became = sa.case((table.c.state == "doubtful", "sent"), else_="dropped")
        return self._changed(statement.values(state=became, problem=problem, **_FREE))

    def counts(self) -> dict[str, int]:
        """How many messages are in each state."""
        table = self._table
        with reading(self._engine) as connection:
            found = connection.execute(sa.select(table.c.state, sa.func.count()).group_by(table.c.state))
            return dict(found.tuples().all())

    # ------------------------------------------------------------ within

    def _settle(self, notification_id: str, owner: str, **values: Any) -> bool:
        table = self._table
        statement = (
            sa.update(table)
            .where(table.c.notification_id == notification_id, table.c.lease_owner == owner)
            .where(table.c.state.in_(_HELD))
            .values(**_FREE | values)
        )
        return self._changed(statement)

    def _tries(self, counts_this: bool) -> sa.ColumnElement[int]:  # noqa: FBT001 - one caller's flag, handed on
        """The tries, with this one; it is counted already where the message was begun."""
        tries = self._table.c.attempts
        return tries + sa.case((self._table.c.state == "claimed", 1), else_=0) if counts_this else tries + 0

    def _changed(self, statement: sa.Update) -> bool:
        with writing(self._engine) as connection:
            return bool(connection.execute(statement).rowcount)
