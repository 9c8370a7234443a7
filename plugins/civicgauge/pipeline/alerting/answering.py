"""Answers of people kept: to an incident, a release, a cadence, leaving. Command and answers app both come here.

Each is one transaction at the city's desk, so that two who answer at once, or one who answers while a day is decided,
never undo each other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from civicgauge import clean
from civicgauge.alerts.answering import LONGEST_REASON, Action, Refused, act
from civicgauge.alerts.forms import Event, Incident, Kind, State
from civicgauge.alerts.incidents import AGREED_DAYS, DISPUTE_ACCEPTED
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.alerting.records import event_row, incident_of, renewed
from civicgauge.pipeline.context import Context
from civicgauge.warehouse.audit import Act

if TYPE_CHECKING:
    from civicgauge.warehouse.cityday import Row
    from civicgauge.warehouse.incidents import Desk

AGREED_FOR = timedelta(days=AGREED_DAYS)
CADENCES = ("daily", "weekly", "monthly")
_KIND = {
    Action.ACKNOWLEDGE: Kind.ACKNOWLEDGED,
    Action.SNOOZE: Kind.SNOOZED,
    Action.DISPUTE: Kind.DISPUTED,
    Action.FIXED: Kind.FIX_CLAIMED,
    Action.TARGET: Kind.TARGET_SET,
}
_Said = tuple[str | None, date | None]
# exports hold these words, and no address of a person may stand in an export
_ADDRESS = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+")
ADDRESS_LEFT_OUT = "(address left out)"


class TooLate(Refused):
    """An answer that was right once: to an opening that is over."""


class AlreadyDone(Refused):
    """The same answer by the same link, with nothing else said or seen since; `on` is when it was given."""

    def __init__(self, on: date) -> None:
        super().__init__(f"This was already done on {on:%B} {on.day}, {on.year}. Nothing was changed.")
        self.on = on


@dataclass(frozen=True, slots=True)
class Link:
    """The signed link that an answer came by: whose it is, and the opening that it speaks of.

    Several messages may hold one each of these; what was done by one of them was done by all.
    """

    contact_id: str
    episode: int


def answer(  # noqa: PLR0913 - keywords only
    context: Context,
    key: str,
    action: Action,
    *,
    at: datetime,
    by: str,
    reason: str | None = None,
    until: date | None = None,
    link: Link | None = None,
) -> Incident:
    """Take an answer to an incident, and return it as it stands now. `by` is a role, never a person.

    Raises Refused with a sentence for who answers (AlreadyDone, TooLate among them; nothing is changed then), and
    ConfigurationError where there is no such incident.
    """
    reason = without_addresses(reason)
    with _incident(context, key) as (desk, row):
        incident = incident_of(row)
        if link is not None:
            if link.episode != incident.episode:
                raise TooLate("This link is from an earlier time; the point was closed and came back since.")
            _use(desk, link, key, action, at=at, said=(reason, until))
        today = _today(context, desk.city_id, at)
        changed, event = act(incident, action, at=at, today=today, by=by, reason=reason, until=until)
        _keep(desk, row, changed, event)
    return changed


def release(context: Context, key: str, *, at: datetime, by: str) -> Incident:
    """Let a finding about personal data go out to the privacy contact; `by` is the role of who looked at it.

    Refused where it is no such finding, was released before, or has ended.
    """
    with _incident(context, key) as (desk, row):
        incident = incident_of(row)
        if not incident.is_private:
            raise Refused(f"{key} says nothing of personal data: there is nothing to release.")
        if incident.released_at is not None:
            raise Refused(f"{key} was released on {incident.released_at:%Y-%m-%d}.")
        if not incident.state.is_live:
            raise Refused(f"{key} is {incident.state}: there is nothing to release.")
        changed = replace(incident, released_at=at)
        _keep(
            desk,
            row,
            changed,
            Event(key, incident.episode, Kind.RELEASED, _today(context, desk.city_id, at), at, by),
        )
        who = without_addresses(by) or "staff"
        desk.note(Act(at, who, "finding.released", key, desk.city_id, details=_about(incident)))
    return changed


def settle(context: Context, key: str, *, agree: bool, reason: str, at: datetime, by: str) -> Incident:
    """Staff's word on a dispute. Agreed: the point is closed, and the rule says nothing of that dataset for a year.

    Not agreed: it is open again. Refused where nobody disputes it.
    """
    reason = without_addresses(reason) or "settled"
    with _incident(context, key) as (desk, row):
        incident = incident_of(row)
        if incident.state is not State.DISPUTED:
            raise Refused(f"{key} is {incident.state}: nobody disputes it.")
        today = _today(context, desk.city_id, at)
        if agree:
            over = {"state": State.RESOLVED, "resolved_on": today, "resolved_reason": DISPUTE_ACCEPTED}
            changed, kind = replace(incident, **over, failed_days=0, is_flapping=False), Kind.CLOSED  # type: ignore[arg-type]
            silence = _silence(incident, reason, at, by)
            desk.save_silence(silence)
            desk.note(silence_act(silence, at))
        else:
            changed, kind = replace(incident, state=State.OPEN, dispute=None), Kind.WOKE
        _keep(desk, row, changed, Event(key, incident.episode, kind, today, at, by, reason))
    return changed


def silence_act(silence: Mapping[str, Any], at: datetime) -> Act:
    """A silence in the words of the audit: by whom it was made, of what, until when and why."""
    names = ("portal_id", "dataset_id", "rule_id")
    details = {name: silence[name] for name in names if silence[name]} | {"until": silence["ends_at"].isoformat()}
    city_id = silence["city_id"] or ""
    who = without_addresses(silence["author"]) or "operator"
    return Act(at, who, "silence.made", silence["silence_id"], city_id, silence["reason"], details)


def _about(incident: Incident) -> dict[str, str]:
    return {"portal_id": incident.portal_id, "dataset_id": incident.dataset_id, "rule_id": incident.rule_id}


def _silence(incident: Incident, reason: str, at: datetime, by: str) -> dict[str, Any]:
    return {
        "silence_id": f"dispute-{incident.incident_key}-{incident.episode}",
        "city_id": incident.city_id,
        "portal_id": incident.portal_id,
        "dataset_id": incident.dataset_id,
        "rule_id": incident.rule_id,
        "starts_at": at,
        "ends_at": at + AGREED_FOR,
        "reason": reason,
        "author": by,
    }


def unsubscribe(context: Context, contact_id: str, at: datetime) -> bool:
    """Tell a contact nothing more; False where it had left before.

    ConfigurationError where there is no such contact.
    """
    with _contact(context, contact_id) as (desk, row):
        if row["unsubscribed_at"] is not None:
            return False
        desk.save_contacts([{**row, "unsubscribed_at": at}])
        desk.used(_mark(contact_id, "unsubscribe", at, contact_id, at.isoformat()))
    return True


def set_cadence(context: Context, contact_id: str, cadence: str, at: datetime) -> None:
    """How often a contact is written to. Refused for an unknown word and for a contact that has left."""
    if cadence not in CADENCES:
        raise Refused(f"Choose one of {', '.join(CADENCES)}.")
    with _contact(context, contact_id) as (desk, row):
        if row["unsubscribed_at"] is not None:
            raise Refused("You have unsubscribed, so there is nothing to choose. Write to us to come back.")
        if (row["chosen_cadence"] or row["cadence"]) == cadence:
            return
        desk.save_contacts([{**row, "chosen_cadence": cadence}])
        desk.used(_mark(contact_id, "cadence", at, contact_id, cadence, at.isoformat()))


# ---------------------------------------------------------------- one transaction


@contextmanager
def _incident(context: Context, key: str) -> Iterator[tuple[Desk, Row]]:
    with context.warehouse() as warehouse:
        found = warehouse.alerts.incidents(key=key)
        if not found:
            raise ConfigurationError(f"there is no incident {key!r}")
        with warehouse.alerts.desk(found[0]["city_id"]) as desk:
            yield desk, desk.incidents([key])[key]  # read again, now that nobody else can change it


@contextmanager
def _contact(context: Context, contact_id: str) -> Iterator[tuple[Desk, Row]]:
    with context.warehouse() as warehouse:
        found = [row for row in warehouse.alerts.contacts() if row["contact_id"] == contact_id]
        if not found:
            raise ConfigurationError(f"there is no contact {contact_id!r}")
        with warehouse.alerts.desk(found[0]["city_id"]) as desk:
            yield desk, next(row for row in desk.contacts() if row["contact_id"] == contact_id)


def _keep(desk: Desk, row: Row, changed: Incident, event: Event) -> None:
    desk.save_incidents([renewed(row, changed, event.at)])
    desk.add_events([event_row(event, desk.city_id)])


def _today(context: Context, city_id: str, at: datetime) -> date:
    return at.astimezone(context.city(city_id).zone).date()


def without_addresses(reason: str | None) -> str | None:
    """Words on one line, without addresses, and without what no database keeps or what turns the words after it."""
    return clean.line(_ADDRESS.sub(ADDRESS_LEFT_OUT, reason or ""), LONGEST_REASON) or None


# ---------------------------------------------------------------- a link is used once


def _use(
    desk: Desk, link: Link, key: str, action: Action, *, at: datetime, said: tuple[str | None, date | None]
) -> None:
    """Mark the link as used for this very answer; AlreadyDone where it was, and nothing else happened since."""
    events = desk.events(key)
    alike = [event for event in events if _is_alike(event, action, *said)]
    others = [event["number"] for event in events if event not in alike and event["kind"] != Kind.TOLD]
    told = [str(part) for part in said if part is not None]
    mark = _mark(link.contact_id, action, at, link.contact_id, key, action, *told, str(max(others, default=0)))
    if not desk.used({**mark, "incident_key": key}):
        raise AlreadyDone(_last_day(alike, at))


def _is_alike(event: Row, action: Action, reason: str | None, until: date | None) -> bool:
    """Whether an event is what this answer would come to: a day or a reason counts where the person chose it."""
    if event["kind"] != _KIND[action]:
        return False
    same_day = until is None or json.loads(event["details"]).get("until") == until.isoformat()
    return same_day and bool(event["reason"] == reason)


def _last_day(alike: Sequence[Row], at: datetime) -> date:
    return max((event["day"] for event in alike), default=at.date())


def _mark(contact_id: str, action: str, at: datetime, *said: str) -> dict[str, object]:
    digest = hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:32]
    return {"answer_id": digest, "contact_id": contact_id, "action": str(action), "at": at}
