"""Sending what is due: one message at a time, claimed, written down before the step that has no way back, settled.

A sender may be killed at any moment, and any number may run at once: a message is delivered, or waits, or is marked as
doubtful; none is delivered twice but by an operator's word.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from civicgauge.alerts.channels import (
    Bounced,
    Channel,
    Connection,
    DeliveryFailed,
    DeliveryRefused,
    NotOurs,
    Parcel,
    Way,
    WayDown,
    WayRefused,
    channel,
    channels,
)
from civicgauge.errors import CivicgaugeError, ConfigurationError, WarehouseBusy
from civicgauge.pipeline.connections import connection_from_environment
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.doors import way_of
from civicgauge.pipeline.parcels import left, pack, parcel, unaddressed, unpack
from civicgauge.pipeline.sendreport import SendReport
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import Row

__all__ = ["SendReport", "connection_from_environment", "pack", "send_due", "unpack"]

log = logging.getLogger("civicgauge.alerts")
LEASE_SECONDS = 300
MOST_TRIES = 5
_LATER = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))  # after the first, second, further tries
_CLOSED_FOR = timedelta(minutes=30)
_STALE = timedelta(days=7)
Route = tuple[str, str]


def send_due(
    context: Context,
    now: datetime,
    *,
    owner: str,
    connection: Callable[[str], Connection | None],
    limit: int | None = None,
    pause: float = 0.0,
) -> SendReport:
    """Deliver what is due, oldest first, until nothing is, or `limit` messages were taken.

    Time goes on from `now` as the clock does. `owner` is a name that no other sender ever has. `connection` gives an
    Airflow connection by its name, None where there is none. `pause` are seconds between two messages.
    While a hold is open, operators alone are told. A trouble of one message or channel is in the report, and is nobody
    else's. Raises what the warehouse raises; what was claimed then comes free by itself.
    """
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    with context.warehouse() as warehouse, way_of(context.settings, connection, clock) as way:
        sender = _Sender(warehouse, way, owner, clock)
        sender.expire()
        taken = 0
        while (limit is None or taken < limit) and sender.send_next():
            taken += 1
            if pause:
                time.sleep(pause)
        return sender.report


class _Sender:
    """One round of one sender."""

    def __init__(self, warehouse: Warehouse, way: Way, owner: str, clock: Callable[[], datetime]) -> None:
        self._warehouse, self._outbox, self._way, self._owner = warehouse, warehouse.outbox, way, owner
        self._clock = clock
        self._closed: dict[Route, str] = {}  # ways that are closed or down in this round, and why
        self.report = SendReport()

    def expire(self) -> None:
        idempotent = [name for name, each in channels().items() if each.is_idempotent]
        gone = self._outbox.expire(self._clock(), idempotent)
        self.report.doubtful += gone.doubtful
        if gone.doubtful:
            told = f"{gone.doubtful} messages were on their way when their sender ended: see those that are doubtful"
            self.report.problems.append(("", "", told))

    def send_next(self) -> bool:
        """Claim the next message and settle it; False where none is due."""
        self.report.is_held = bool(self._warehouse.alerts.holds("open"))
        kinds = ("ops",) if self.report.is_held else None
        row = self._outbox.claim(self._owner, self._clock(), LEASE_SECONDS, kinds=kinds)
        if row is None:
            return False
        contact = self._contact(row)
        why = left(contact, row["kind"]) if contact else "the recipient is not known any more"
        if contact is None or why:
            self.report.settled("dropped", self._outbox.drop(row["notification_id"], self._owner, why or ""))
        else:
            self._send(row, contact)
        return True

    def _contact(self, row: Row) -> Row | None:
        found = self._warehouse.alerts.contacts(row["city_id"])
        return next((each for each in found if each["contact_id"] == row["contact_id"]), None)

    def _send(self, row: Row, contact: Row) -> None:
        try:
            way = self._channel(row["channel"])
            if problem := unaddressed(way, contact, self._clock()):
                self.report.unaddressed += 1
                self._fail(row, problem, is_attempt=False)
                return
            ready = parcel(row, self._warehouse.alerts.content(row["notification_id"]), contact)
        except CivicgaugeError as error:  # an unknown channel, a content that is none
            self._fail(row, str(error), is_attempt=False)
            return
        route = (way.id, self._way.smtp_connection or "" if way.id == "mail" else contact["address"])
        if why := self._closed.get(route):
            self._wait_for_way(row, why)
            return
        self._deliver(row, way, ready, route)

    def _channel(self, name: str) -> Channel:
        """Mail lies in a folder where there is no mail server."""
        return channel("outbox" if name == "mail" and self._way.smtp_connection is None else name)

    def _deliver(self, row: Row, way: Channel, ready: Parcel, route: Route) -> None:
        begun = False

        def committing() -> None:
            nonlocal begun
            if not self._outbox.begin(row["notification_id"], self._owner, self._clock()):
                raise NotOurs("the lease ran out before anything was sent")
            begun = True

        try:
            way.deliver(ready, self._way, committing)
        except NotOurs:
            log.warning("message %s: its lease ran out before it was sent", row["notification_id"])
        except (DeliveryFailed, DeliveryRefused, ConfigurationError) as error:
            self._not_delivered(row, error, route)
        except Exception as error:  # a fault of one channel is not everybody's: it is told, and logged whole
            if not isinstance(error, CivicgaugeError):
                log.exception("message %s: channel %s has a fault of its own", row["notification_id"], way.id)
            self._unclear(row, way, error, begun=begun)
        else:
            self._sent(row, way)

    def _not_delivered(self, row: Row, error: CivicgaugeError, route: Route) -> None:
        """It was certainly not delivered: for good, for now, or because the way is closed."""
        if isinstance(error, WayRefused | WayDown | ConfigurationError):
            self._closed[route] = str(error)
        if isinstance(error, WayRefused | ConfigurationError):
            self._wait_for_way(row, str(error))
            self.report.tell(row, str(error))
        elif isinstance(error, Bounced):
            self._bounced(row, str(error))
        elif isinstance(error, DeliveryRefused):
            self._fail(row, str(error))
        else:
            self._again(row, str(error))

    def _sent(self, row: Row, way: Channel) -> None:
        self.report.by_channel[way.id] += 1
        self.report.settled(
            "sent", _surely(lambda: self._outbox.sent(row["notification_id"], self._owner, self._clock()))
        )

    def _again(self, row: Row, problem: str) -> None:
        tries = row["attempts"] + 1
        if tries >= MOST_TRIES:
            self._fail(row, f"given up after {tries} tries: {problem}")
        else:
            self._put_back(row, problem, _LATER[min(tries, len(_LATER)) - 1])
            self.report.tell(row, problem)

    def _put_back(self, row: Row, problem: str, wait: timedelta, *, is_attempt: bool = True) -> None:
        due_at = self._clock() + wait
        changed = self._outbox.put_back(row["notification_id"], self._owner, problem, due_at, is_attempt=is_attempt)
        self.report.settled("put_back", changed)

    def _wait_for_way(self, row: Row, problem: str) -> None:
        """The message is not to blame, so that this is no try of it; but old news is not sent when the way opens."""
        if self._clock() - row["created_at"] > _STALE:
            self._fail(row, f"given up, for it is older than {_STALE.days} days: {problem}", is_attempt=False)
        else:
            self._put_back(row, problem, _CLOSED_FOR, is_attempt=False)

    def _fail(self, row: Row, problem: str, *, is_attempt: bool = True) -> None:
        changed = self._outbox.fail(row["notification_id"], self._owner, problem, is_attempt=is_attempt)
        self.report.settled("failed", changed)
        self.report.tell(row, problem)

    def _bounced(self, row: Row, problem: str) -> None:
        """The message has failed, and its recipient is told nothing more until a person looks."""
        self._fail(row, problem)
        self.report.bounced += 1
        with self._warehouse.alerts.desk(row["city_id"]) as desk:
            found = [each for each in desk.contacts() if each["contact_id"] == row["contact_id"]]
            desk.save_contacts({**each, "bounced_at": self._clock(), "bounce_reason": problem} for each in found)

    def _unclear(self, row: Row, way: Channel, error: Exception, *, begun: bool) -> None:
        what = str(error) if isinstance(error, CivicgaugeError) else f"our own fault: {type(error).__name__}"
        if not begun or way.is_idempotent:
            self._again(row, what)
            return
        where = f"Look for Message-ID {row['message_id']} where it should have arrived, then send it again or leave it."
        told = f"{what.rstrip('.')}. {where}"
        self.report.settled("doubtful", self._outbox.doubt(row["notification_id"], self._owner, told))
        self.report.tell(row, told)


def _surely(settle: Callable[[], bool], tries: int = 5) -> bool:
    """Write down what was sent, though the warehouse be away for a moment: it would be doubtful otherwise."""
    for _ in range(tries - 1):
        try:
            return settle()
        except WarehouseBusy:
            time.sleep(1)
    return settle()
