"""Plain words for what an incident is, where it stands, what happened to it, and what can be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from civicgauge.alerts.answering import ACKNOWLEDGED_DAYS, Action
from civicgauge.alerts.forms import Dispute, Incident, Kind, Severity, State
from civicgauge.model import City
from civicgauge.pipeline.alerting.rules import mended_when
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.words import day_words

SEVERITIES = {
    Severity.CRITICAL: "critical: data gone, wrong or private",
    Severity.ERROR: "error: late or not usable now",
    Severity.WARNING: "warning: worth mending",
    Severity.INFO: "for information",
}

DISPUTES = {
    Dispute.TEST_DATA: "This is test or sample data, not meant for users.",
    Dispute.REMEDIATED: "It was mended before you looked; what you saw is old.",
    Dispute.NOT_APPLICABLE: "The question does not apply to this dataset.",
    Dispute.NOT_SUPPORTED: "It is in order, in a way that your checks cannot see.",
    Dispute.NOT_DETECTED: "It is there, and your check overlooked it.",
}
"""The fixed vocabulary, each in a sentence that a person could say."""

CADENCES = {
    "daily": "Daily, on days with news",
    "weekly": "Weekly, when there is something to say",
    "monthly": "Monthly, when there is something to say",
}

ACTIONS = {
    Action.FIXED: (
        "I mended it",
        "We look again with the next daily observation and tell you what we see.",
        "I mended it: look again",
    ),
    Action.ACKNOWLEDGE: (
        "We know: no reminders for a month",
        f"You get no reminders for {ACKNOWLEDGED_DAYS} days, unless it gets worse.",
        "We know",
    ),
    Action.SNOOZE: ("Remind me later", "You hear nothing of it until a day that you choose.", "Remind me then"),
    Action.TARGET: (
        "We plan to mend it by a day",
        "We remind you of it from that day on, and not before.",
        "Keep this day",
    ),
    Action.DISPUTE: (
        "You are wrong about this",
        "A person looks into it. What you say stands beside the observation; numbers stay until that is settled.",
        "You are wrong about this",
    ),
}
"""Of each answer: what a person says by it, what follows, and the words on its button."""

_EVENTS = {
    Kind.BASELINE: "Seen when we first looked at this portal",
    Kind.OPENED: "Seen on days on end, and opened",
    Kind.REOPENED: "Seen again, and opened again",
    Kind.WORSENED: "Got worse",
    Kind.EASED: "Got better, not yet in order",
    Kind.FLAPPING: "Comes and goes",
    Kind.CALMED: "No longer comes and goes",
    Kind.RESOLVED: "Mended, as we saw",
    Kind.CLOSED: "Closed without being mended",
    Kind.ACKNOWLEDGED: "Acknowledged",
    Kind.SNOOZED: "Put off",
    Kind.WOKE: "The pause ran out",
    Kind.DISPUTED: "Disputed",
    Kind.FIX_CLAIMED: "Said to be mended",
    Kind.CONFIRMED: "Confirmed: we saw it mended",
    Kind.STILL_FAILING: "Looked again: still there",
    Kind.TARGET_SET: "A day was named by which it will be mended",
    Kind.RELEASED: "Released to the privacy contact",
    Kind.TOLD: "Told to the city's contacts",
}
"""What is shown of a history; other kinds are our own bookkeeping."""

_ENDED = {
    "mended": "mended",
    "dataset_gone": "the dataset is no longer there",
    "no_longer_applies": "the rule no longer applies",
    "rule_changed": "we changed the rule",
    "dispute_accepted": "you were right",
}
_BY = {"civicgauge": "", "operator": "our staff"}


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a person reads about a rule: the words of its check file."""

    title: str
    question: str
    why: str
    steps: tuple[str, ...]
    mended_when: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident is: the portal's host, the entry's title, and where the portal itself shows it."""

    portal: str
    dataset: str
    permalink: str
    column: str


def rule_text(context: Context, city: City, incident: Incident) -> RuleText:
    """The texts of the rule's check file, with the steps for that portal's platform; else the rule's name in words."""
    check = next((c for c in checks_of(context.settings.expectations) if c.id == incident.rule_id), None)
    if check is None:
        return RuleText(incident.rule_id.replace("_", " ").capitalize(), "", "", (), "")
    kinds = [portal.kind for portal in city.portals if portal.id == incident.portal_id]
    steps = next((tuple(check.fix[kind]) for kind in kinds if kind in check.fix), ())
    return RuleText(check.title, check.question, check.why, steps, mended_when(check))


def place_of(city: City, incident: Incident, datasets: Mapping[tuple[str, str], Mapping[str, Any]]) -> Place:
    """Where it is; `datasets` are rows of `dataset` by portal and id."""
    portal = next((p.host for p in city.portals if p.id == incident.portal_id), "")
    row = datasets.get((incident.portal_id, incident.dataset_id))
    title = (row["title"] if row else "") or incident.dataset_id or "the whole portal"
    return Place(portal, " ".join(title.split())[:300], (row["permalink"] if row else "") or "", incident.field)


def datasets_of(context: Context, incidents: list[Incident]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """The rows of `dataset` that incidents of one city are about."""
    wanted = {(each.portal_id, each.dataset_id) for each in incidents if each.dataset_id}
    if not wanted:
        return {}
    with context.warehouse() as warehouse:
        rows = warehouse.iter_rows("dataset", city_ids={each.city_id for each in incidents})
        return {key: row for row in rows if (key := (row["portal_id"], row["dataset_id"])) in wanted}


def state_words(incident: Incident) -> str:
    """Where it stands, in a few words."""
    match incident.state:
        case State.OPEN if incident.target_on:
            return f"open, to be mended by {day_words(incident.target_on)}"
        case State.ACKNOWLEDGED:
            return f"acknowledged, no reminders until {day_words(incident.until)}"
        case State.SNOOZED:
            return f"put off until {day_words(incident.until)}"
        case State.DISPUTED:
            return "disputed: you say that we are wrong, and a person looks into it"
        case State.FIX_CLAIMED:
            return f"said to be mended on {day_words(incident.claimed_on)}; we look again"
        case State.RESOLVED:
            why = _ENDED.get(incident.resolved_reason or "mended", "")
            return f"closed on {day_words(incident.resolved_on)}{why and f' ({why})'}"
        case _:
            return str(incident.state)


def history(events: list[dict[str, Any]], episode: int) -> list[dict[str, Any]]:
    """What happened, newest first, for a page. Words of people come as they were given, and are escaped there."""
    shown = [event for event in events if event["kind"] in _EVENTS]
    return [
        {
            "day": event["day"],
            "what": _EVENTS[Kind(event["kind"])],
            "by": _BY.get(event["by"], f"the city ({event['by'].replace('_', ' ')})"),
            "reason": event["reason"] or "",
            "is_earlier": event["episode"] < episode,
        }
        for event in reversed(shown)
    ]
