"""What a message is made of: its recipient, the cases it speaks of, the letter, and what is kept and sent of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from civicgauge.alerts.editions import EditionNews
from civicgauge.alerts.forms import Notice, Severity, State


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for. `address` is an e-mail address, or the name of a connection for other channels."""

    contact_id: str
    city_id: str
    channel: str
    address: str
    role: str
    language: str = "en"
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Case:
    """One incident as a person reads it in a message: what, where, since when, the evidence."""

    incident_key: str
    notice: Notice
    severity: Severity
    portal_title: str  # the portal's address without https://
    portal_kind: str
    dataset_title: str
    permalink: str
    column: str
    since: date
    last_ok_on: date | None
    observed: str
    expected: str
    checked_at: datetime  # when the evidence was received
    evidence_url: str  # where the portal itself shows it
    run_id: str
    state: State = State.OPEN
    ended_on: date | None = None
    ended_reason: str | None = None  # why it closed without being mended
    opened_on: date | None = None
    links: Mapping[str, str] = field(default_factory=dict)  # view, fixed, acknowledge, snooze, dispute


@dataclass(frozen=True, slots=True)
class Entry:
    """Cases of one rule and one notice: the worst five of `n_cases`, with the texts that are written once, in the rule.

    `steps` go by the kind of platform, numbered as they stand. `criteria` say what the evidence bears on.
    """

    rule_id: str
    rule_version: int
    notice: Notice
    severity: Severity
    title: str
    question: str
    why: str
    criteria: tuple[str, ...]
    steps: Mapping[str, tuple[str, ...]]
    mended_when: str  # how we decide that it is mended
    cases: tuple[Case, ...]
    n_cases: int


@dataclass(frozen=True, slots=True)
class StillOpen:
    """One line of the table of what is open and was told before."""

    rule_title: str
    dataset_title: str
    permalink: str
    severity: Severity
    since: date
    state: State
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that a message says; `message.render` makes text and HTML of it.

    `kind`: digest, critical, baseline, answer (to a claimed fix), privacy, or edition. `asks` are new or back or
    worse (at most five), `reminders` told long ago, `ended` mended or closed. `n_asks_left` wait for the next message.
    `others_told` are roles, never addresses. `links`: list (all of the city's), cadence, unsubscribe, feedback, pages.
    """

    kind: Literal["digest", "critical", "baseline", "answer", "privacy", "edition"]
    recipient: Recipient
    city_name: str
    day: date  # the newest day that it speaks of
    asks: tuple[Entry, ...] = ()
    reminders: tuple[Entry, ...] = ()
    ended: tuple[Entry, ...] = ()
    answers: tuple[Entry, ...] = ()  # to claims: confirmed, or still failing
    still_open: tuple[StillOpen, ...] = ()
    n_still_open: int = 0
    n_asks_left: int = 0
    n_first_seen: int = 0  # points noticed at first sight, which stand in the feedback report
    baseline_points: tuple[tuple[str, int, int], ...] = ()  # (indicator title, datasets concerned, datasets known)
    others_told: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    next_look: str = "tomorrow morning"
    cadence: str = "weekly"
    contact: str = ""  # where to write to a person
    edition: EditionNews | None = None  # of the kind edition, and of no other


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as it is kept in the outbox and sent: nothing is computed anew between the two.

    `headers` are List-Unsubscribe and the like; `references` the Message-IDs of earlier messages on the same incidents.
    `summary` is one plain line and `blocks` (heading, lines) for chat channels.
    """

    subject: str
    text: str
    html: str
    summary: str
    headers: Mapping[str, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    blocks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)  # what a program reads: keys, rules, severities
