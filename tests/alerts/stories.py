"""A city's days told one after another to the machine, for tests that are read like a diary."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from civicgauge.alerts.answering import Action, act
from civicgauge.alerts.forms import DayFacts, Event, Finding, Incident, Rule, Severity, Verdict, incident_key
from civicgauge.alerts.incidents import Decision, decide_claims, decide_day, return_to_pending
from civicgauge.alerts.judged import Judged

CITY = "demo-alder-falls"
FIRST = date(2026, 3, 2)  # a Monday
LATE = Rule("update_on_time", 1, resolves_after_days=1)
LINKS = Rule("links_work", 1)
ROWS = Rule("rows_present", 1, opens_after_days=1)
PRIVATE = Rule("personal_data_absent", 1, is_private=True, opens_after_days=1)
RULES = {rule.rule_id: rule for rule in (LATE, LINKS, ROWS, PRIVATE)}


def day_of(number: int) -> date:
    """Day 1 is the city's first."""
    return FIRST + timedelta(days=number - 1)


def at_of(number: int, hour: int = 12) -> datetime:
    """That hour of the day, in UTC."""
    return datetime.combine(day_of(number), datetime.min.time(), tzinfo=UTC) + timedelta(hours=hour)


def found(verdict: Verdict, rule: Rule = LINKS, dataset: str = "permits", **more: object) -> Finding:
    """One finding of a day."""
    return replace(Finding("main", dataset, rule.rule_id, verdict), **more)  # type: ignore[arg-type]


def key_of(rule: Rule = LINKS, dataset: str = "permits") -> str:
    """The key of its incident."""
    return incident_key(CITY, "main", dataset, rule.rule_id)


@dataclass
class Story:
    """What is known of one city, and everything that happened."""

    rules: dict[str, Rule] = field(default_factory=lambda: dict(RULES))
    first_day: date = FIRST
    known: dict[str, Incident] = field(default_factory=dict)
    judged: Judged = field(default_factory=Judged)
    events: list[Event] = field(default_factory=list)

    def day(
        self,
        number: int,
        *findings: Finding,
        timely: bool = True,
        gone: tuple[str, ...] = (),
        portals: tuple[str, ...] = (),
        seen_hour: int = 6,
    ) -> list[str]:
        """Decide a day; the kinds of its events, in order."""
        facts = DayFacts(
            CITY,
            day_of(number),
            timely,
            findings,
            frozenset(("main", dataset) for dataset in gone),
            at_of(number, seen_hour),
            frozenset(portals),
        )
        decision = decide_day(
            facts, self.rules, self.known, self.judged, first_day=self.first_day, at=at_of(number, seen_hour + 1)
        )
        return self.keep(decision)

    def days(self, first: int, last: int, *findings: Finding) -> list[str]:
        """The same on each of these days."""
        return [kind for number in range(first, last + 1) for kind in self.day(number, *findings)]

    def again(self, number: int, *findings: Finding, seen_hour: int) -> list[str]:
        """The newest day, observed again."""
        facts = DayFacts(CITY, day_of(number), True, findings, frozenset(), at_of(number, seen_hour))
        return self.keep(decide_claims(facts, self.rules, self.known, at_of(number, seen_hour + 1)))

    def keep(self, decision: Decision) -> list[str]:
        """Take over what a decision changed."""
        self.known |= decision.changed
        for key in decision.forgotten:
            del self.known[key]
        self.events += decision.events
        return [str(event.kind) for event in decision.events]

    def answer(
        self, number: int, action: Action, key: str | None = None, *, hour: int = 15, **more: object
    ) -> Incident:
        """The city answers."""
        key = key or key_of()
        told = {"reason": None, "until": None} | more
        self.known[key], event = act(
            self.known[key], action, at=at_of(number, hour), today=day_of(number), by="open_data", **told
        )  # type: ignore[arg-type]
        self.events.append(event)
        return self.known[key]

    def drop(self, number: int) -> None:
        """An operator drops everything."""
        earlier = {
            key: [e for e in self.events if e.incident_key == key and e.episode == incident.episode - 1]
            for key, incident in self.known.items()
        }
        for incident, event in return_to_pending(self.known, earlier, day=day_of(number), at=at_of(number)):
            self.known[incident.incident_key] = incident
            self.events.append(event)

    def incident(self, rule: Rule = LINKS, dataset: str = "permits") -> Incident:
        """The incident of a rule."""
        return self.known[key_of(rule, dataset)]


def opened_on(number: int, rule: Rule = LINKS, severity: Severity = Severity.WARNING) -> Story:
    """A story in which the rule was fine, and has failed long enough to be open on that day."""
    story = Story()
    for each in range(number - rule.opens_after_days, number + 1):
        verdict: Verdict = "failed" if each > number - rule.opens_after_days else "passed"
        story.day(each, found(verdict, rule, severity=severity))
    return story
