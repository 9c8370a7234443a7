"""Telling cities of editions: what is due becomes messages in the outbox, each once for each recipient."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from civicgauge.alerts.editiondue import NOT_TOLD_ROLES, Due, Look, Standing, due
from civicgauge.alerts.editions import News
from civicgauge.model import City
from civicgauge.pipeline.alerting.contacts import is_told, sync
from civicgauge.pipeline.alerting.editionreading import Editions, InEdition, told_of
from civicgauge.pipeline.alerting.editionwriting import EditionWriter
from civicgauge.pipeline.alerting.records import contact_of
from civicgauge.pipeline.alerting.telling import Queued, free_days, notification_key
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.incidents import Desk

Row = dict[str, Any]
KIND = "edition"
_PRIVATE = "private"


def tell_of_editions(
    warehouse: Warehouse,
    city: City,
    editions: Editions,
    writer: Callable[[InEdition], EditionWriter],
    at: datetime,
) -> list[Queued]:
    """Queue what is due of editions at `at` for each recipient of a city; nothing is sent here.

    A private city is told nothing: its numbers are for staff alone.
    """
    about = [each for each in editions.by_city.get(city.id, ()) if each.city["publication"] != _PRIVATE]
    if not about or city.publication == _PRIVATE:
        return []
    with warehouse.alerts.desk(city.id) as desk:
        known = sync(desk, city, at, free_days(city, at))
        rows = [row for row in known if is_told(row, at) and row["role"] not in NOT_TOLD_ROLES]
        return [queued for each in about for queued in _tell(desk, city, rows, writer(each), at)]


def _tell(desk: Desk, city: City, rows: Sequence[Row], writer: EditionWriter, at: datetime) -> Iterator[Queued]:
    standing, free = writer.about.standing(), free_days(city, at)
    for row in rows:
        others = {other["role"] for other in rows if other["contact_id"] != row["contact_id"]}
        told = {(News(news), each): when for (news, each), when in told_of(desk.facts(row["contact_id"], KIND))}
        for found in due(standing, Look(contact_of(row), row["consent_on"], at, free, told)):
            notification_id = _key(row, standing, found)
            if desk.is_queued(notification_id):
                continue
            notification = _notification(row, found, writer, at, notification_id)
            if desk.queue(notification, (), writer.content(row, found, others)):
                yield Queued(notification_id, city.id, KIND, len(found.ids), 0)


def _key(row: Row, standing: Standing, found: Due) -> str:
    slot = "|".join((str(found.news), standing.edition_id, *found.ids))
    return notification_key(row["contact_id"], KIND, slot)


def _notification(row: Row, found: Due, writer: EditionWriter, at: datetime, notification_id: str) -> Row:
    return {
        "notification_id": notification_id,
        "city_id": row["city_id"],
        "contact_id": row["contact_id"],
        "channel": row["channel"],
        "kind": KIND,
        "state": "queued",
        "day": writer.about.city["measured_on"],
        "created_at": at,
        "due_at": found.due_at,
        "message_id": f"<{notification_id}@{writer.settings.mail_host}>",
        "attempts": 0,
    }
