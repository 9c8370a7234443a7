"""One day of one city, incident by incident: what its findings and the calendar make of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from civicgauge.alerts.forms import DayFacts, Event, Finding, Incident, Kind, Notice, Rule, State

REOPENS_WITHIN_DAYS = 30
FLAPS_OPENINGS, FLAPS_WITHIN_DAYS, FLAPS_QUIET_DAYS = 3, 14, 7
MENDED, GONE, NOT_APPLICABLE, RULE_CHANGED = "mended", "dataset_gone", "no_longer_applies", "rule_changed"
DISPUTE_ACCEPTED = "dispute_accepted"
AGREED_DAYS = 365


@dataclass
class Decision:
    """What a day came to. `forgotten` are keys that were pending and never opened: nothing need be kept of them."""

    changed: dict[str, Incident] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)


class Before(NamedTuple):
    """What was known of a key before the day: whether this is its first judgement, and when it was last in order."""

    is_first: bool
    ok_on: date | None = None


class Machine:
    """One day of one city."""

    def __init__(self, facts: DayFacts, first_day: date, at: datetime) -> None:
        self.facts, self.first_day, self.at = facts, first_day, at
        self.decision = Decision()

    def now(self, key: str, known: Mapping[str, Incident]) -> Incident | None:
        if key in self.decision.forgotten:
            return None
        return self.decision.changed.get(key) or known.get(key)

    # ------------------------------------------------------------ what the calendar does

    def wake(self, key: str, incident: Incident) -> None:
        """An acknowledgement or a snooze that has run out."""
        sleeps = incident.state in (State.ACKNOWLEDGED, State.SNOOZED)
        if sleeps and incident.until is not None and incident.until < self.facts.day:
            self._set(key, replace(incident, state=State.OPEN, until=None), Kind.WOKE)

    def over(self, key: str, incident: Incident, reason: str) -> None:
        """Nothing will be found of it any more."""
        if incident.state is State.PENDING:
            self._fade(key, incident)
        elif incident.state.is_live:
            self._end(key, incident, reason)

    # ------------------------------------------------------------ what a finding does

    def take(self, key: str, incident: Incident | None, finding: Finding, rule: Rule, before: Before) -> None:
        if finding.verdict == "unknown":
            return
        if incident is not None and incident.rule_version != rule.version:
            incident = self._under_new_version(key, incident, finding, rule)
        if finding.verdict == "failed":
            self._failed(key, incident, finding, rule, before)
        elif incident is not None:
            self._not_failed(key, incident, finding, rule)

    def _under_new_version(self, key: str, incident: Incident, finding: Finding, rule: Rule) -> Incident:
        """Only equal versions are compared: what the new one finds in order was not mended, and is closed."""
        moved = replace(incident, rule_version=rule.version, passed_days=0)
        if incident.state.is_live and finding.verdict != "failed":
            return self._end(key, moved, RULE_CHANGED)
        return moved if incident.state.is_live else replace(moved, failed_days=0)

    def _failed(self, key: str, incident: Incident | None, finding: Finding, rule: Rule, before: Before) -> None:
        day = self.facts.day
        if incident is not None and incident.state.is_live:
            self._still(key, incident, finding)
            return
        if incident is not None and self._is_agreed(incident):
            return
        seen = incident or self._new(key, finding, rule)
        # by its own evidence it was in order since we last saw it fail: that is another time, not the same for longer
        is_another = finding.since is not None and finding.since > seen.last_seen_on
        days = 1 if is_another else seen.failed_days + 1
        begins = finding.since or (seen.since if days > 1 else day)
        seen = replace(self._with_evidence(seen, finding), failed_days=days, passed_days=0, since=min(begins, day))
        seen = replace(seen, last_ok_on=before.ok_on or seen.last_ok_on)
        if before.is_first and not self._is_news(finding):
            self._open(key, replace(seen, is_baseline=True), Kind.BASELINE)
        elif days >= rule.opens_after_days:
            self._open(key, replace(seen, is_baseline=False), None)
        else:
            self._set(key, replace(seen, state=State.PENDING), Kind.PENDING if days == 1 else None)

    def _is_agreed(self, incident: Incident) -> bool:
        """Whether staff agreed within the year that the rule does not fit there: it stays closed, and is told so."""
        closed_on = incident.resolved_on if incident.resolved_reason == DISPUTE_ACCEPTED else None
        return closed_on is not None and (self.facts.day - closed_on).days <= AGREED_DAYS

    def _is_news(self, finding: Finding) -> bool:
        """At first sight of a key: whether the evidence itself says that it became so after we had seen the dataset."""
        if finding.since is None or finding.first_seen is None:
            return False
        return finding.since > max(finding.first_seen, self.first_day)

    def _new(self, key: str, finding: Finding, rule: Rule) -> Incident:
        return Incident(
            incident_key=key,
            city_id=self.facts.city_id,
            portal_id=finding.portal_id,
            dataset_id=finding.dataset_id,
            rule_id=finding.rule_id,
            field=finding.field,
            rule_version=rule.version,
            audience=rule.audience,
            is_private=rule.is_private,
            state=State.PENDING,
            severity=finding.severity,
            since=self.facts.day,
            last_seen_on=self.facts.day,
        )

    def _with_evidence(self, incident: Incident, finding: Finding) -> Incident:
        return replace(
            incident,
            severity=finding.severity,
            observed=finding.observed,
            expected=finding.expected,
            last_seen_on=self.facts.day,
        )

    def _open(self, key: str, incident: Incident, kind: Kind | None) -> None:
        day = self.facts.day
        before = tuple(d for d in incident.reopened_on if (day - d).days <= REOPENS_WITHIN_DAYS)
        is_back = incident.resolved_on is not None and (day - incident.resolved_on).days <= REOPENS_WITHIN_DAYS
        openings = (*(before if is_back else ()), day)
        recent = [d for d in openings if (day - d).days < FLAPS_WITHIN_DAYS]
        flaps = incident.is_flapping or len(recent) >= FLAPS_OPENINGS
        opened = replace(
            incident,
            state=State.OPEN,
            episode=incident.episode + 1,
            opened_on=day,
            resolved_on=None,
            resolved_reason=None,
            reopened_on=openings,
            is_flapping=flaps,
            is_silent=not self.facts.is_timely,
            told_notice=None,
            told_severity=None,
            told_on=None,
            until=None,
            dispute=None,
            claimed_on=None,
            claimed_at=None,
            claim_answer=None,
            target_on=None,
            released_at=None,
        )
        self._set(key, opened, kind or (Kind.REOPENED if is_back else Kind.OPENED))
        if flaps and not incident.is_flapping:
            self._event(opened, Kind.FLAPPING)

    def _still(self, key: str, incident: Incident, finding: Finding) -> None:
        """It fails again while it is open."""
        worse, milder = (
            finding.severity.rank < incident.severity.rank,
            finding.severity.rank > incident.severity.rank,
        )
        seen = replace(
            self._with_evidence(incident, finding),
            failed_days=incident.failed_days + 1,
            passed_days=0,
            since=min(incident.since, finding.since or incident.since),
            is_silent=incident.is_silent and not self.facts.is_timely,
        )
        if worse and incident.state is State.ACKNOWLEDGED:
            seen = replace(seen, state=State.OPEN, until=None)
        self._set(key, seen, Kind.WORSENED if worse else Kind.EASED if milder else None)
        if seen.is_flapping and seen.failed_days >= FLAPS_WITHIN_DAYS:
            self._set(key, replace(seen, is_flapping=False), Kind.CALMED)
        self._deny_claim(key)

    def _deny_claim(self, key: str) -> None:
        incident = self.decision.changed[key]
        if self._is_after_claim(incident):
            answered = replace(incident, state=State.OPEN, claim_answer=Notice.STILL_FAILING)
            self._set(key, answered, Kind.STILL_FAILING)

    def _not_failed(self, key: str, incident: Incident, finding: Finding, rule: Rule) -> None:
        """It passed, or does not apply any more."""
        if incident.state is State.PENDING:
            self._fade(key, incident)
        elif incident.state.is_live:
            has_passed = finding.verdict == "passed"
            days = incident.passed_days + 1
            seen = replace(incident, failed_days=0, passed_days=days)
            seen = replace(seen, last_ok_on=self.facts.day) if has_passed else seen
            if days >= self._needed(incident, rule):
                self._end(key, seen, MENDED if has_passed else NOT_APPLICABLE)
            else:
                self._set(key, seen, None)

    def _needed(self, incident: Incident, rule: Rule) -> int:
        """How many days on end must pass: one where the city said that it is mended, more where it comes and goes."""
        if incident.is_flapping:
            return FLAPS_QUIET_DAYS
        return 1 if self._is_after_claim(incident) else rule.resolves_after_days

    def _is_after_claim(self, incident: Incident) -> bool:
        """Whether what was seen was seen after the city said that it is mended."""
        said_at, seen_at = incident.claimed_at, self.facts.seen_at
        return incident.state is State.FIX_CLAIMED and said_at is not None and seen_at is not None and seen_at > said_at

    def _end(self, key: str, incident: Incident, reason: str) -> Incident:
        day, is_mended = self.facts.day, reason == MENDED
        is_claimed = is_mended and self._is_after_claim(incident)
        ended = replace(
            incident,
            state=State.RESOLVED,
            resolved_on=day,
            resolved_reason=reason,
            failed_days=0,
            passed_days=0,
            until=None,
            is_flapping=False,
            claim_answer=Notice.CONFIRMED if is_claimed else incident.claim_answer,
        )
        self._set(key, ended, Kind.RESOLVED if is_mended else Kind.CLOSED, reason)
        if is_claimed:
            self._event(ended, Kind.CONFIRMED)
        if incident.is_flapping:
            self._event(ended, Kind.CALMED)
        return ended

    def _fade(self, key: str, incident: Incident) -> None:
        """It was pending, and is gone before it opened."""
        self._event(incident, Kind.FADED)
        if incident.episode:
            # its end may not be told yet, and lasted from its own beginning, not from that of what faded
            since = min(incident.since, incident.opened_on or incident.since)
            over = replace(incident, state=State.RESOLVED, since=since, failed_days=0, passed_days=0)
            self.decision.changed[key] = over
        else:
            self.decision.changed.pop(key, None)
            self.decision.forgotten.add(key)

    # ------------------------------------------------------------ keeping

    def _set(self, key: str, incident: Incident, kind: Kind | None, reason: str | None = None) -> None:
        self.decision.changed[key] = incident
        self.decision.forgotten.discard(key)
        if kind is not None:
            self._event(incident, kind, reason)

    def _event(self, incident: Incident, kind: Kind, reason: str | None = None) -> None:
        details = {"severity": str(incident.severity), "observed": incident.observed}
        self.decision.events.append(
            Event(
                incident.incident_key, incident.episode, kind, self.facts.day, self.at, reason=reason, details=details
            )
        )
