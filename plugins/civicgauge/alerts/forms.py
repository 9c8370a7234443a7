"""What alerts are made of: findings, incidents, events, and the few words for their states. Frozen, without I/O."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

Audience = Literal["city", "ops"]
Verdict = Literal["failed", "passed", "unknown", "not_applicable"]


class Severity(StrEnum):
    """Critical: data gone, wrong or private; error: late or unusable now; warning: worth mending; info: never told."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is worst, so that lists sort by it."""
        return list(Severity).index(self)


class State(StrEnum):
    """Where an incident stands. What was not measured keeps the state it had."""

    PENDING = "pending"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    DISPUTED = "disputed"
    FIX_CLAIMED = "fix_claimed"
    RESOLVED = "resolved"

    @property
    def is_live(self) -> bool:
        """It was opened and has not been resolved."""
        return self not in (State.PENDING, State.RESOLVED)


class Dispute(StrEnum):
    """Why a city says that we are wrong (the words of OpenSSF Scorecard's maintainer annotations)."""

    TEST_DATA = "test-data"
    REMEDIATED = "remediated"
    NOT_APPLICABLE = "not-applicable"
    NOT_SUPPORTED = "not-supported"  # we cannot see how the city does it
    NOT_DETECTED = "not-detected"  # we should have seen it


class Kind(StrEnum):
    """What happened to an incident; events are only ever added."""

    PENDING = "pending"
    BASELINE = "baseline"  # open at the first sight of it: for the feedback report
    OPENED = "opened"
    REOPENED = "reopened"
    WORSENED = "worsened"
    EASED = "eased"
    FLAPPING = "flapping"
    CALMED = "calmed"
    FADED = "faded"  # pending, and gone before it opened
    RESOLVED = "resolved"  # mended, as seen
    CLOSED = "closed"  # ended without being mended: rule changed, dataset gone, no longer applies
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    WOKE = "woke"  # an acknowledgement or a snooze ran out
    DISPUTED = "disputed"
    FIX_CLAIMED = "fix_claimed"
    CONFIRMED = "confirmed"  # the claimed fix was seen
    STILL_FAILING = "still_failing"  # the claimed fix was not seen
    TARGET_SET = "target_set"
    RELEASED = "released"  # a person let a finding about personal data go out
    RETURNED = "returned"  # an operator dropped what was held: it must show itself again
    TOLD = "told"


class Notice(StrEnum):
    """Why an incident stands in a message."""

    OPENED = "opened"
    REOPENED = "reopened"
    WORSENED = "worsened"
    FLAPPING = "flapping"
    REMINDER = "reminder"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    STILL_FAILING = "still_failing"

    @property
    def is_ask(self) -> bool:
        """It asks the city for something new."""
        return self in (Notice.OPENED, Notice.REOPENED, Notice.WORSENED, Notice.FLAPPING)


def incident_key(city_id: str, portal_id: str, dataset_id: str, rule_id: str, field_name: str = "") -> str:
    """A stable key of 20 hexadecimal digits: never a value, a date or a run in it (reference: ux 1.3)."""
    parts = "\x1f".join(("v1", city_id, portal_id, dataset_id, rule_id, field_name))
    return hashlib.sha256(parts.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a rule opens and ends: days of evidence on end, by how much it matters.

    `opens_after_days` days that failed open it, `resolves_after_days` days that passed resolve it.
    """

    rule_id: str
    version: int
    audience: Audience = "city"
    is_private: bool = False
    opens_after_days: int = 2
    resolves_after_days: int = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one thing on one day.

    `since` is the day from which on the evidence itself says that it is so (the day after the promise ran out); None
    where it does not. `severity` is by the rule and its thresholds.
    """

    portal_id: str
    dataset_id: str
    rule_id: str
    verdict: Verdict
    severity: Severity = Severity.WARNING
    field: str = ""
    observed: str | None = None
    expected: str | None = None
    reason: str | None = None
    since: date | None = None
    first_seen: date | None = None  # when the dataset was first seen; None where that is not known


@dataclass(frozen=True)
class DayFacts:
    """One committed day of a city, as the machine takes it.

    `is_timely`: it was completed by the end of the local day after its own; later ones are decided silently.
    `gone` are (portal id, dataset id) that the portal itself says are no more. `seen_at` is when the portals were
    asked: what is said to be mended is judged by what was seen after that was said. `portal_ids` are the portals of
    the city's file; empty where they are not known.
    """

    city_id: str
    day: date
    is_timely: bool
    findings: tuple[Finding, ...]
    gone: frozenset[tuple[str, str]] = frozenset()
    seen_at: datetime | None = None
    portal_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that is wrong, or was: one row per key, whatever happens to it.

    `episode` counts how often it was opened. `told_notice` says what the city was last told of this episode, and at
    which severity; None where nothing. `is_baseline`: it was there at first sight, stands in the feedback report, and
    is reminded of only from `target_on` on.
    """

    incident_key: str
    city_id: str
    portal_id: str
    dataset_id: str
    rule_id: str
    field: str
    rule_version: int
    audience: Audience
    state: State
    severity: Severity
    since: date  # the day from which on it is so, as far as is known
    last_seen_on: date  # last day on which it failed
    is_private: bool = False
    is_baseline: bool = False
    is_flapping: bool = False
    is_silent: bool = False  # opened by a day that came late; told once a timely day finds it again
    episode: int = 0
    opened_on: date | None = None
    last_ok_on: date | None = None
    resolved_on: date | None = None
    resolved_reason: str | None = None
    failed_days: int = 0  # on end, up to the last day that was decided
    passed_days: int = 0
    observed: str | None = None
    expected: str | None = None
    told_notice: Notice | None = None
    told_severity: Severity | None = None
    told_on: date | None = None
    reopened_on: tuple[date, ...] = ()  # the last openings, to see flapping
    until: date | None = None  # of an acknowledgement or a snooze
    dispute: Dispute | None = None
    claimed_on: date | None = None
    claimed_at: datetime | None = None
    claim_answer: Notice | None = None
    target_on: date | None = None
    released_at: datetime | None = None

    @property
    def where(self) -> str:
        """Portal, dataset and field, for people."""
        place = "/".join(part for part in (self.portal_id, self.dataset_id) if part)
        return f"{place}#{self.field}" if self.field else place


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an incident; `by` is `civicgauge`, `operator` or a contact's role."""

    incident_key: str
    episode: int
    kind: Kind
    day: date
    at: datetime
    by: str = "civicgauge"
    reason: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
