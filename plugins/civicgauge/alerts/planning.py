"""Who is to be told what, and when: from incidents and what was told before to the messages that are due.

Pure. A message is due for one recipient at a time; what each was told is looked up, never guessed from the run before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from civicgauge.alerts.forms import Incident, Notice, Severity, State
from civicgauge.alerts.incidents import MENDED

REMINDERS_DAYS = (30, 60, 90)
ESCALATES_AFTER_DAYS = 30
MOST_ASKS = 5
IMMEDIATE_EVERY = timedelta(hours=24)
TOLD_WITHIN_DAYS = 120
_ENDS = frozenset({Notice.RESOLVED, Notice.CLOSED, Notice.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Contact:
    """A recipient, as the warehouse knows it. `weekday` 0 is Monday; `digest_slot` the last digest that was decided."""

    contact_id: str
    city_id: str
    channel: str
    role: str
    cadence: Literal["daily", "weekly", "monthly"]
    weekday: int
    hour: int
    time_zone: str
    created_at: datetime
    digest_slot: date | None = None
    immediate_at: datetime | None = None

    @property
    def known_since(self) -> date:
        """The local day on which it was first known here."""
        return self.created_at.astimezone(ZoneInfo(self.time_zone)).date()


class Told(NamedTuple):
    """That a recipient was told something of an incident: by the evidence of `day`, in a message decided `at`."""

    contact_id: str
    incident_key: str
    episode: int
    notice: Notice
    severity: Severity
    day: date
    at: datetime


class Item(NamedTuple):
    """An incident, and why it is to be told."""

    incident: Incident
    notice: Notice


@dataclass(frozen=True)
class Due:
    """What is due for a recipient: asks in the order in which they matter, and the rest."""

    asks: tuple[Item, ...] = ()
    reminders: tuple[Item, ...] = ()
    ended: tuple[Item, ...] = ()
    answers: tuple[Item, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.asks or self.reminders or self.ended or self.answers)

    @property
    def items(self) -> tuple[Item, ...]:
        return (*self.asks, *self.reminders, *self.ended, *self.answers)

    def only(self, keep: Callable[[Item], bool]) -> Due:
        """What of it is kept."""
        return Due(*(tuple(filter(keep, part)) for part in (self.asks, self.reminders, self.ended, self.answers)))


def last_slot(contact: Contact, at: datetime, free: frozenset[date]) -> date | None:
    """The local day of the newest digest hour that has come by `at`: a working day. None within the last 40 days."""
    local = at.astimezone(ZoneInfo(contact.time_zone))
    for back in range(40):
        day = local.date() - timedelta(days=back)
        has_come = back > 0 or local.hour >= contact.hour
        if has_come and _is_slot(contact, day, free):
            return day
    return None


def _is_slot(contact: Contact, day: date, free: frozenset[date]) -> bool:
    if not works(day, free):
        return False
    if contact.cadence == "daily":
        return True
    nominal = day
    for _ in range(7):  # a slot that falls on a free day moves to the next working day
        if nominal.weekday() == contact.weekday:
            return contact.cadence == "weekly" or nominal.day <= 7
        nominal -= timedelta(days=1)
        if works(nominal, free):
            return False
    return False


def works(day: date, free: frozenset[date]) -> bool:
    """Whether people are at work on that day."""
    return day.weekday() < 5 and day not in free


def due(
    contact: Contact,
    incidents: Iterable[Incident],
    told: Mapping[tuple[str, str], Sequence[Told]],
    *,
    today: date,
    is_muted: Callable[[Incident], bool],
) -> Due:
    """What the recipient has not been told yet and is to be. `told` goes by (contact, incident key), all episodes.

    `today` is the newest decided day, as the days in `told` are: nobody is reminded of what was not looked at since.
    A privacy contact is told of findings about personal data that were released (also of those of first sight, which no
    feedback report holds), and of nothing else. An escalation contact is reminded of what is open for thirty days and
    was told to others.
    """
    parts: dict[str, list[Item]] = defaultdict(list)
    for incident in incidents:
        if not _is_for(contact, incident):
            continue
        ever = told.get((contact.contact_id, incident.incident_key), ())
        for part, notice in _notices(contact, incident, ever, today):
            if part in ("ended", "answers") or not is_muted(incident):
                parts[part].append(Item(incident, notice))
    ordered = {name: tuple(sorted(items, key=_order)) for name, items in parts.items()}
    return Due(**ordered)


def _is_for(contact: Contact, incident: Incident) -> bool:
    if incident.audience != "city" or incident.episode == 0:
        return False
    if contact.role == "privacy" or incident.is_private:
        return contact.role == "privacy" and incident.is_private and incident.released_at is not None
    return True


def _notices(contact: Contact, incident: Incident, ever: Sequence[Told], today: date) -> Iterable[tuple[str, Notice]]:
    told = [t for t in ever if t.episode == incident.episode]
    if contact.role == "escalation":
        yield from _escalation(contact, incident, told, today)
        return
    asked = [t for t in told if t.notice.is_ask]
    counts = counts_as_told(contact, incident)
    if incident.claim_answer and not _has_answer(incident, told) and (asked or counts):
        yield "answers", incident.claim_answer
    if incident.state is State.RESOLVED:
        yield from _ending(contact, incident, told, is_known=bool(asked or counts))
        return
    if incident.state not in (State.OPEN, State.FIX_CLAIMED) or (incident.is_silent and not incident.is_private):
        return
    if not asked and not counts:
        knew = len(ever) > len(told) or any(day < contact.known_since for day in incident.reopened_on[:-1])
        yield "asks", opening_notice(incident, is_known=knew)
    elif asked and incident.severity.rank < min(t.severity.rank for t in asked):
        yield "asks", Notice.WORSENED
    elif incident.state is State.OPEN:
        yield from _reminder(incident, asked, told, today)


def counts_as_told(contact: Contact, incident: Incident) -> bool:
    """Whether the recipient is not asked of it for being older than its first sight: the feedback report has it.

    Never of a finding about personal data: it is in no report, and a person's release is to tell it.
    """
    is_older = incident.opened_on is not None and incident.opened_on < contact.known_since
    return not incident.is_private and (incident.is_baseline or is_older)


def opening_notice(incident: Incident, *, is_known: bool) -> Notice:
    """How its opening is told: as new, as coming and going, or as back to who knows of an earlier one."""
    if incident.is_flapping:
        return Notice.FLAPPING
    return Notice.REOPENED if is_known and len(incident.reopened_on) > 1 else Notice.OPENED


def _has_answer(incident: Incident, told: Sequence[Told]) -> bool:
    """Whether the recipient was told it after the claim; by the clock, for the evidence may be of an earlier day."""
    said_at = incident.claimed_at
    return any(t.notice is incident.claim_answer and (said_at is None or t.at >= said_at) for t in told)


def _ending(
    contact: Contact, incident: Incident, told: Sequence[Told], *, is_known: bool
) -> Iterable[tuple[str, Notice]]:
    if not is_known or incident.resolved_on is None or incident.resolved_on < contact.known_since:
        return
    if any(t.notice in _ENDS for t in told) or incident.claim_answer is Notice.CONFIRMED:
        return
    if incident.resolved_reason == MENDED:
        yield "ended", Notice.RESOLVED
    elif told:  # that a point of the feedback report lapsed is no news
        yield "ended", Notice.CLOSED


def _reminder(
    incident: Incident, asked: Sequence[Told], told: Sequence[Told], today: date
) -> Iterable[tuple[str, Notice]]:
    """At 30, 60 and 90 days after it was told, or after the day that the city set itself; on that day too.

    One reminder for all marks that went by while it slept.
    """
    if incident.target_on is not None:
        marks: tuple[int, ...] = (0, *REMINDERS_DAYS)
        begins = incident.target_on
    elif asked:
        marks, begins = REMINDERS_DAYS, min(t.day for t in asked)
    else:
        return
    passed = [begins + timedelta(days=mark) for mark in marks if (today - begins).days >= mark]
    if passed and not any(t.notice is Notice.REMINDER and t.day >= passed[-1] for t in told):
        yield "reminders", Notice.REMINDER


def _escalation(
    contact: Contact, incident: Incident, told: Sequence[Told], today: date
) -> Iterable[tuple[str, Notice]]:
    """One reminder of what is grave and stays open, and how that ended."""
    if incident.state is State.RESOLVED:
        yield from _ending(contact, incident, told, is_known=bool(told))
        return
    is_grave = incident.severity in (Severity.CRITICAL, Severity.ERROR)
    if incident.state is not State.OPEN or not is_grave or incident.told_on is None or incident.is_baseline:
        return
    if not told and (today - incident.told_on).days >= ESCALATES_AFTER_DAYS:
        yield "reminders", Notice.REMINDER


def _order(item: Item) -> tuple[int, str, date, str]:
    incident = item.incident
    return incident.severity.rank, incident.rule_id, incident.since, incident.incident_key


def at_once(contact: Contact, found: Due, at: datetime) -> Due:
    """What does not wait for the digest: answers to claims; what is critical, once in 24 hours; all of privacy's."""
    if contact.role == "privacy":
        return found
    may = contact.immediate_at is None or at - contact.immediate_at >= IMMEDIATE_EVERY
    critical = [i for i in found.asks if i.incident.severity is Severity.CRITICAL and i.notice is not Notice.FLAPPING]
    return Due(asks=tuple(critical) if may else (), answers=found.answers)


def first_asks(asks: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Those of the first five entries (a rule and a notice each), and those that wait for the next message."""
    entries: list[tuple[Notice, str]] = []
    for item in asks:
        entry = (item.notice, item.incident.rule_id)
        if entry not in entries:
            entries.append(entry)
    kept = set(entries[:MOST_ASKS])
    now = tuple(item for item in asks if (item.notice, item.incident.rule_id) in kept)
    return now, tuple(item for item in asks if (item.notice, item.incident.rule_id) not in kept)
