"""When a recipient is told of an edition: from where it stands and what was told before to what is due.

Pure. The preview is told once, with one reminder; what was decided, frozen or corrected is told once, soon or never.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class Look:
    """One recipient at one time: since when it agreed, and when it was told what of which id."""

    contact: Contact
    agreed_on: date
    at: datetime
    free: frozenset[date]
    told: Mapping[tuple[News, str], datetime]

    @property
    def today(self) -> date:
        """The recipient's local day."""
        return self.local(self.at)

    def local(self, moment: datetime) -> date:
        """The recipient's local day at that time."""
        return moment.astimezone(ZoneInfo(self.contact.time_zone)).date()

    def untold(self, news: News, happened: Iterable[Happened]) -> tuple[str, ...]:
        """The ids of what happened since the recipient agreed, not longer ago than is news."""
        since = self.at - TOLD_WITHIN
        recent = [each for each in happened if since <= each.at <= self.at and self.local(each.at) >= self.agreed_on]
        return tuple(each.id for each in recent if (news, each.id) not in self.told)


def due(standing: Standing, look: Look) -> Iterator[Due]:
    """What the recipient is to be told now; nothing twice, and nothing of a preview after its end."""
    due_at = working_hour(look.contact, look.at, look.free)
    for news, ids in _news(standing, look):
        last = standing.preview_until if news in (News.PREVIEW, News.REMINDER) else None
        is_late = last is not None and look.local(due_at) > last
        is_hidden = news in _PRIVATE and look.contact.channel in OPEN_CHANNELS
        if ids and not is_late and not is_hidden and look.contact.role not in NOT_TOLD_ROLES:
            yield Due(news, ids, due_at)


def _news(standing: Standing, look: Look) -> Iterator[tuple[News, tuple[str, ...]]]:
    its_own = (standing.edition_id,)
    if _is_running(standing, look.today):
        if (News.PREVIEW, standing.edition_id) not in look.told:
            yield News.PREVIEW, its_own
        elif _is_to_be_reminded(standing, look):
            yield News.REMINDER, its_own
    frozen = [Happened(standing.edition_id, standing.frozen_at)] if standing.frozen_at else []
    yield News.DECIDED, look.untold(News.DECIDED, standing.decided)
    yield News.FROZEN, look.untold(News.FROZEN, frozen)
    yield News.ERRATUM, look.untold(News.ERRATUM, standing.errata)


def _is_running(standing: Standing, today: date) -> bool:
    if standing.preview_from is None or standing.preview_until is None:
        return False
    return standing.preview_from <= today <= standing.preview_until


def _is_to_be_reminded(standing: Standing, look: Look) -> bool:
    """Once, from three working days before the last day on; not on the day on which the preview itself was told."""
    until, today = standing.preview_until, look.today
    if standing.has_answered or (News.REMINDER, standing.edition_id) in look.told or until is None:
        return False
    left = sum(works(today + timedelta(days=n), look.free) for n in range(1, (until - today).days + 1))
    return left <= REMINDS_WORKING_DAYS and look.local(look.told[News.PREVIEW, standing.edition_id]) < today
