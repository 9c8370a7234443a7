"""One incident: seen by GET, answered by POST.

No token against forged requests from other sites is needed: there is no cookie that a foreign page could ride on (the
one of `seeing` opens pages, and is never looked at here). The key is in the address itself, and who knows it may act.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel

from civicgauge.alerts.answering import LONGEST_REASON, LONGEST_SNOOZE_DAYS, Action, Refused
from civicgauge.answers import texts
from civicgauge.answers.door import AtDoor, CaseLink, CaseVisit, Door
from civicgauge.pipeline.alerting import answering
from civicgauge.pipeline.words import day_words

router = APIRouter()
SEEING = ["GET", "HEAD"]
SNOOZE_DAYS = (7, 30, 90)
_NEWEST_EVENTS = 12
_CHOICES = frozenset({Action.SNOOZE, Action.DISPUTE, Action.TARGET})  # where another choice may be taken


class Typed(BaseModel):
    """The fields of all forms, as they were typed."""

    days: str = ""
    until: str = ""
    word: str = ""
    reason: str = ""

    def reason_for(self, action: Action) -> str | None:
        """The reason as the machine takes it: for a dispute a word of its vocabulary, then words of one's own."""
        if action is Action.DISPUTE:
            return f"{self.word}: {self.reason}" if self.reason.strip() else self.word
        return self.reason if action is Action.SNOOZE else None


@router.api_route("/i/{token}", methods=SEEING)
def see(door: AtDoor, case: CaseLink) -> Response:
    """The incident: what, where, since when, the evidence, the steps, what happened, and what can be answered."""
    with door.context.warehouse() as warehouse:
        events = warehouse.alerts.events(key=case.incident.incident_key)
    told = texts.history(events, case.incident.episode)
    more = max(0, len(told) - _NEWEST_EVENTS)
    return door.pages.page("incident.html", **_facts(door, case), history=told[:_NEWEST_EVENTS], n_earlier=more)


@router.api_route("/i/{token}/{action}", methods=SEEING)
def ask(door: AtDoor, case: CaseLink, action: Action) -> Response:
    """The form of one answer."""
    return _form(door, case, action)


@router.post("/i/{token}/{action}")
def act(door: AtDoor, case: CaseLink, action: Action, typed: Annotated[Typed, Form()]) -> Response:
    """Take one answer, once."""
    try:
        changed = answering.answer(
            door.context,
            case.incident.incident_key,
            action,
            at=case.now,
            by=case.contact["role"],
            reason=typed.reason_for(action),
            until=_day(case, action, typed),
            link=answering.Link(case.claim.contact_id, case.claim.episode),
        )
    except Refused as refused:
        if action in _CHOICES and case.incident.state.is_live and not _is_late(refused):
            return _form(door, case, action, 422, str(refused), typed)
        heading = "Already done" if isinstance(refused, answering.AlreadyDone) else "Nothing was changed"
        return door.pages.message(409, heading, str(refused), links=_ways(case))
    return _done(door, replace(case, incident=changed), action)


def _is_late(refused: Refused) -> bool:
    return isinstance(refused, answering.AlreadyDone | answering.TooLate)


def _day(case: CaseVisit, action: Action, typed: Typed) -> date | None:
    """The day that was chosen; a date that was typed goes before a span.

    None where nothing was chosen, or what was typed is no day: the answer then says what is needed.
    """
    if action not in (Action.SNOOZE, Action.TARGET):
        return None
    if not typed.until.strip():
        spans = {str(span): case.today + timedelta(days=span) for span in SNOOZE_DAYS}
        return spans.get(typed.days) if action is Action.SNOOZE else None
    try:
        return date.fromisoformat(typed.until.strip())
    except ValueError:
        return None


def _facts(door: Door, case: CaseVisit) -> dict[str, Any]:
    """What every page about an incident needs."""
    incident = case.incident
    offered = [a for a in texts.ACTIONS if a is not Action.TARGET or incident.is_baseline]
    return {
        "case": case,
        "incident": incident,
        "rule": texts.rule_text(door.context, case.city, incident),
        "place": texts.place_of(case.city, incident, texts.datasets_of(door.context, [incident])),
        "state": texts.state_words(incident),
        "severity": texts.SEVERITIES[incident.severity],
        "actions": {action: texts.ACTIONS[action] for action in offered},
        "can_answer": incident.state.is_live and not case.is_earlier,
        "newest": case.path_to(incident),
        "ways": _ways(case),
        "snooze_days": SNOOZE_DAYS,
        "tomorrow": case.today + timedelta(days=1),
        "latest": {
            Action.SNOOZE: case.today + timedelta(days=LONGEST_SNOOZE_DAYS),
            Action.TARGET: case.today + timedelta(days=365),
        },
        "disputes": texts.DISPUTES,
        "longest_reason": LONGEST_REASON,
    }


def _form(
    door: Door, case: CaseVisit, action: Action, status: int = 200, problem: str = "", typed: Typed | None = None
) -> Response:
    asked = {"action": action, "asked": texts.ACTIONS[action], "problem": problem}
    return door.pages.page("answer.html", status, **_facts(door, case), **asked, typed=typed or Typed())


def _done(door: Door, case: CaseVisit, action: Action) -> Response:
    """What was understood, and what comes next."""
    incident, hour = case.incident, door.context.settings.measured_by_hour
    latest = f"{day_words(case.today + timedelta(days=1))}, {hour:02d}:00 {case.city.name} time"
    words = {
        Action.ACKNOWLEDGE: f"You get no reminders of it until {day_words(incident.until)}, unless it gets worse.",
        Action.SNOOZE: f"You hear nothing of it until {day_words(incident.until)}.",
        Action.DISPUTE: "A person looks into it. Until that is settled, what you say stands beside the observation.",
        Action.FIXED: f"We look again by {latest}, and then tell you what we see: mended, or what is still there.",
        Action.TARGET: f"We remind you of it from {day_words(incident.target_on)} on, unless we see it mended before.",
    }
    return door.pages.page(
        "done.html", **_facts(door, case), asked=texts.ACTIONS[action], words=words[action], action=action
    )


def _ways(case: CaseVisit) -> dict[str, str]:
    back = f"/{case.claim.purpose}/{case.token}"
    return {"back": case.path_to(case.incident) if case.is_earlier else back, "list": case.own["list"]}
