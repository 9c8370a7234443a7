"""What a person answers to an incident: acknowledge, snooze, dispute, claim the fix, accept a target date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from civicgauge.alerts.forms import Dispute, Event, Incident, Kind, State
from civicgauge.errors import ConfigurationError

ACKNOWLEDGED_DAYS = 30
LONGEST_SNOOZE_DAYS = 90
LONGEST_REASON = 500


class Action(StrEnum):
    """What can be answered."""

    ACKNOWLEDGE = "acknowledge"  # no reminders for thirty days, unless it gets worse
    SNOOZE = "snooze"  # no word until a day, with a reason
    DISPUTE = "dispute"  # we are wrong, by a fixed word
    FIXED = "fixed"  # it is mended: look again
    TARGET = "target"  # it will be mended by a day


class Refused(ConfigurationError):
    """An answer that cannot be taken: of an incident that has ended, without the reason it needs, twice in a day."""


def act(  # noqa: PLR0913 - keywords only
    incident: Incident,
    action: Action,
    *,
    at: datetime,
    today: date,
    by: str,
    reason: str | None = None,
    until: date | None = None,
) -> tuple[Incident, Event]:
    """The incident after the answer, and the event of it. `today` is the city's local day.

    Raises Refused with a sentence for the person who answers.
    """
    reason = " ".join((reason or "").split())[:LONGEST_REASON] or None
    if not incident.state.is_live:  # what is pending was closed before, or never told
        raise Refused("This point is closed: there is nothing to answer. Thank you.")
    if action is Action.ACKNOWLEDGE:
        until = today + timedelta(days=ACKNOWLEDGED_DAYS)
        changed, kind = replace(incident, state=State.ACKNOWLEDGED, until=until), Kind.ACKNOWLEDGED
    elif action is Action.SNOOZE:
        changed, kind = _snoozed(incident, today, until, reason), Kind.SNOOZED
    elif action is Action.DISPUTE:
        word = (reason or "").partition(":")[0].strip()
        if word not in set(Dispute):
            raise Refused(f"Choose why we are wrong: {', '.join(Dispute)}.")
        changed, kind = replace(incident, state=State.DISPUTED, dispute=Dispute(word), until=None), Kind.DISPUTED
    elif action is Action.FIXED:
        if incident.claimed_on == today:
            raise Refused("We were told today that this is mended, and look again with priority; no need to ask twice.")
        changed, kind = (
            replace(incident, state=State.FIX_CLAIMED, claimed_on=today, claimed_at=at, claim_answer=None, until=None),
            Kind.FIX_CLAIMED,
        )
    else:
        if until is None or not today <= until <= today + timedelta(days=366):
            raise Refused("Choose a day within the next twelve months.")
        changed, kind = replace(incident, target_on=until), Kind.TARGET_SET
    details = {"until": until.isoformat()} if until else {}
    return changed, Event(incident.incident_key, incident.episode, kind, today, at, by, reason, details)


def _snoozed(incident: Incident, today: date, until: date | None, reason: str | None) -> Incident:
    if until is None or not today < until <= today + timedelta(days=LONGEST_SNOOZE_DAYS):
        raise Refused(f"Choose a day within the next {LONGEST_SNOOZE_DAYS} days.")
    if not reason:
        raise Refused("Say in a few words why it has to wait.")
    return replace(incident, state=State.SNOOZED, until=until)
