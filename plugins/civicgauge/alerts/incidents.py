"""The state machine of incidents: from one day's facts and what was known before to what is so now, and the events.

Pure: the same days in the same order give the same incidents, whoever runs them and however often. What was not
measured keeps the state that it had; only a day that passed resolves, and only on evidence of its own rule's version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from civicgauge.alerts.forms import DayFacts, Event, Incident, Kind, Rule, State, incident_key
from civicgauge.alerts.judged import Judged
from civicgauge.alerts.machine import (
    AGREED_DAYS,
    DISPUTE_ACCEPTED,
    GONE,
    MENDED,
    NOT_APPLICABLE,
    RULE_CHANGED,
    Before,
    Decision,
    Machine,
)

__all__ = [
    "AGREED_DAYS",
    "DISPUTE_ACCEPTED",
    "GONE",
    "MENDED",
    "NOT_APPLICABLE",
    "RULE_CHANGED",
    "Decision",
    "age_days",
    "decide_claims",
    "decide_day",
    "return_to_pending",
]


def decide_day(
    facts: DayFacts,
    rules: Mapping[str, Rule],
    known: Mapping[str, Incident],
    judged: Judged,
    *,
    first_day: date,
    at: datetime,
) -> Decision:
    """Decide one day. `known` are the city's incidents by key; `judged` is added to. Findings of unknown rules are
    left alone.

    `first_day` is the day of the city's baseline. Raises nothing.
    """
    machine = Machine(facts, first_day, at)
    for key, incident in known.items():
        machine.wake(key, incident)
    for finding in facts.findings:
        if (rule := rules.get(finding.rule_id)) is None:
            continue
        key = incident_key(facts.city_id, finding.portal_id, finding.dataset_id, finding.rule_id, finding.field)
        before = Before(not judged.has(key, rule.version), judged.last_ok(key, rule.version))
        machine.take(key, machine.now(key, known), finding, rule, before)
        if finding.verdict in ("failed", "passed"):
            judged.add(key, rule.version, facts.day if finding.verdict == "passed" else None)
    for key, incident in known.items():
        reason = _why_over(incident, facts, rules)
        if reason is not None and (now := machine.now(key, known)) is not None:
            machine.over(key, now, reason)
    return machine.decision


def _why_over(incident: Incident, facts: DayFacts, rules: Mapping[str, Rule]) -> str | None:
    """Why no day will find anything of it any more; None where one may."""
    if (incident.portal_id, incident.dataset_id) in facts.gone:
        return GONE
    is_left = bool(facts.portal_ids) and incident.portal_id not in ("", *facts.portal_ids)
    return NOT_APPLICABLE if is_left or incident.rule_id not in rules else None


def decide_claims(facts: DayFacts, rules: Mapping[str, Rule], known: Mapping[str, Incident], at: datetime) -> Decision:
    """Look again at what a city said is mended, on a day that is decided already and was observed again since.

    Nothing but the claims is touched: a day that is computed again changes no other state.
    """
    claimed = {key: incident for key, incident in known.items() if incident.state is State.FIX_CLAIMED}
    machine = Machine(facts, facts.day, at)
    for finding in facts.findings:
        key = incident_key(facts.city_id, finding.portal_id, finding.dataset_id, finding.rule_id, finding.field)
        if key in claimed and finding.rule_id in rules and machine._is_after_claim(claimed[key]):  # noqa: SLF001
            machine.take(key, claimed[key], finding, rules[finding.rule_id], Before(is_first=False))
    return machine.decision


def return_to_pending(
    incidents: Mapping[str, Incident], earlier: Mapping[str, Sequence[Event]], *, day: date, at: datetime
) -> Iterator[tuple[Incident, Event]]:
    """What an operator dropped before it was told: each must show itself again on as many days as its rule asks.

    `earlier` are the events of the episode before, by key: how that one ended is still to be told.
    """
    for key, incident in incidents.items():
        events = earlier.get(key, ())
        ended = next((event for event in reversed(events) if event.kind in (Kind.RESOLVED, Kind.CLOSED)), None)
        back = replace(
            incident,
            state=State.PENDING,
            failed_days=0,
            episode=incident.episode - 1,
            opened_on=None,
            reopened_on=incident.reopened_on[:-1],
            is_flapping=False,
            until=None,
            is_baseline=any(event.kind is Kind.BASELINE for event in events),
            resolved_on=ended.day if ended else None,
            resolved_reason=ended.reason if ended else None,
        )
        yield back, Event(key, incident.episode, Kind.RETURNED, day, at, by="operator")


def age_days(incident: Incident, day: date) -> int:
    """How long it has been so."""
    return max((day - incident.since) // timedelta(days=1), 0)
