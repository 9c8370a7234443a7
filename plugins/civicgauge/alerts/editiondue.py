"""When a recipient is told of an edition: from where it stands and what was told before to what is due.

Pure. The preview is told once, with one reminder; what was decided, frozen or corrected is told once, soon or never.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from civicgauge.alerts.editions import News
from civicgauge.alerts.hours import working_hour
from civicgauge.alerts.planning import Contact, works

REMINDS_WORKING_DAYS = 3
TOLD_WITHIN = timedelta(days=30)
"""What happened longer ago is no news: it stands on the edition's page."""

NOT_TOLD_ROLES = frozenset({"privacy", "escalation"})
"""Roles that are for other things than the city's numbers."""

OPEN_CHANNELS = frozenset({"atom"})
"""Channels that others than the city's people read: nothing private goes there."""

_PRIVATE = frozenset({News.PREVIEW, News.REMINDER, News.DECIDED})


class Happened(NamedTuple):
    """A dispute that was decided or an erratum that was made."""

    id: str
    at: datetime


class Due(NamedTuple):
    """News that is due, of these ids, not to be sent before `due_at`."""

    news: News
    ids: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition as it stands for one city. The preview's days are None where none runs."""

    edition_id: str
    preview_from: date | None = None
    preview_until: date | None = None
    frozen_at: datetime | None = None
    has_answered: bool = False  # the city contested something, whatever became of it
    decided: tuple[Happened, ...] = ()
    errata: tuple[Happened, ...] = ()


Told = Mapping[tuple[News, str], datetime]
"""When a recipient was told what of which id."""


def due(standing: Standing, contact: Contact, at: datetime, free: frozenset[date], told: Told) -> Iterator[Due]:
    """What the recipient is to be told at `at`; nothing twice, and nothing of a preview after its end."""
    due_at = working_hour(contact, at, free)
    for news, ids in _news(standing, contact, at, free, told):
        last = standing.preview_until if news in (News.PREVIEW, News.REMINDER) else None
        is_late = last is not None and _local(contact, due_at) > last
        is_hidden = news in _PRIVATE and contact.channel in OPEN_CHANNELS
        if ids and not is_late and not is_hidden and contact.role not in NOT_TOLD_ROLES:
            yield Due(news, ids, due_at)


def _news(
    standing: Standing, contact: Contact, at: datetime, free: frozenset[date], told: Told
) -> Iterator[tuple[News, tuple[str, ...]]]:
    its_own = (standing.edition_id,)
    if _is_running(standing, _local(contact, at)):
        if (News.PREVIEW, standing.edition_id) not in told:
            yield News.PREVIEW, its_own
        elif _is_to_be_reminded(standing, contact, at, free, told):
            yield News.REMINDER, its_own
    yield News.DECIDED, _untold(News.DECIDED, standing.decided, contact, at, told)
    frozen = [Happened(standing.edition_id, standing.frozen_at)] if standing.frozen_at else []
    yield News.FROZEN, _untold(News.FROZEN, frozen, contact, at, told)
    yield News.ERRATUM, _untold(News.ERRATUM, standing.errata, contact, at, told)


def _is_running(standing: Standing, today: date) -> bool:
    if standing.preview_from is None or standing.preview_until is None:
        return False
    return standing.preview_from <= today <= standing.preview_until


def _is_to_be_reminded(standing: Standing, contact: Contact, at: datetime, free: frozenset[date], told: Told) -> bool:
    """Once, from three working days before the last day on; not on the day on which the preview itself was told."""
    if standing.has_answered or (News.REMINDER, standing.edition_id) in told or standing.preview_until is None:
        return False
    today = _local(contact, at)
    left = sum(works(today + timedelta(days=n), free) for n in range(1, (standing.preview_until - today).days + 1))
    was_told = _local(contact, told[News.PREVIEW, standing.edition_id])
    return left <= REMINDS_WORKING_DAYS and was_told < today


def _untold(
    news: News, happened: tuple[Happened, ...] | list[Happened], contact: Contact, at: datetime, told: Told
) -> tuple[str, ...]:
    """The ids of what happened since the recipient is known, not longer ago than is news."""
    since = max(contact.created_at, at - TOLD_WITHIN)
    return tuple(each.id for each in happened if since <= each.at <= at and (news, each.id) not in told)


def _local(contact: Contact, at: datetime) -> date:
    return at.astimezone(ZoneInfo(contact.time_zone)).date()
