"""Whatever days come and whatever people answer: what always holds of incidents, events and what is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from civicgauge.alerts.answering import Action, Refused
from civicgauge.alerts.forms import Event, Finding, Incident, Kind, Notice, Severity, State
from civicgauge.alerts.incidents import MENDED
from civicgauge.alerts.judged import Judged
from civicgauge.pipeline.alerting.records import event_row, incident_of, incident_row
from tests.conftest import IN_FULL

from .stories import CITY, LATE, LINKS, ROWS, Story, at_of, day_of, found, key_of
from .test_planning import Office, contact

DATASETS = ("permits", "budget")
RULES = (LATE, LINKS, ROWS)
KEYS = {key_of(each, dataset): (each, dataset) for each in RULES for dataset in DATASETS}
VERDICTS = st.sampled_from(["failed", "failed", "failed", "passed", "passed", "passed", "unknown", "not_applicable"])
SEVERITIES = st.sampled_from([Severity.WARNING, Severity.WARNING, Severity.ERROR, Severity.CRITICAL])
OPENINGS = frozenset({Kind.OPENED, Kind.REOPENED, Kind.BASELINE})
ENDINGS = frozenset({Kind.RESOLVED, Kind.CLOSED, Kind.RETURNED})
ONCE = (Notice.OPENED, Notice.REOPENED, Notice.FLAPPING, Notice.RESOLVED, Notice.CLOSED, Notice.CONFIRMED)

findings_of_a_day = st.lists(st.tuples(st.sampled_from(sorted(KEYS)), VERDICTS, SEVERITIES), max_size=6)


def stored(story: Story) -> None:
    """End the process, and read everything back from rows, as the next one does."""
    story.known = {
        key: incident_of(incident_row(each, opened_at=None, last_seen_at=at_of(1), resolved_at=None))
        for key, each in story.known.items()
    }
    story.judged = Judged.unpacked(story.judged.packed)


class Alerts(RuleBasedStateMachine):
    """One city with a few keys. The `streaks` are counted here, and not by the machine."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.story, self.split = Story(), Story()
        self.office = Office(contact())
        self.acts: list[Callable[[Story], None]] = []
        self.failed: Counter[str] = Counter()  # days on end, unknown ones passed over
        self.quiet: dict[str, list[str]] = {}
        self.versions = {each.rule_id: 1 for each in RULES}
        self.notices: list[tuple[Incident, Notice]] = []
        self.seen: list[Event] = []

    def do(self, act: Callable[[Story], None]) -> None:
        """To the story, to the one that is split over processes, and later once more."""
        self.acts.append(act)
        act(self.story)
        act(self.split)
        stored(self.split)

    @initialize(drawn=findings_of_a_day)
    def first_day(self, drawn: list[tuple[str, Any, Severity]]) -> None:
        self.day(drawn, 1, True, ())

    @rule(
        drawn=findings_of_a_day,
        skipped=st.sampled_from([1, 1, 1, 1, 2, 5, 31]),
        timely=st.sampled_from([True, True, True, False]),
        gone=st.lists(st.sampled_from(DATASETS), max_size=1) | st.just([]),
    )
    def day(self, drawn: list[tuple[str, Any, Severity]], skipped: int, timely: bool, gone: Any) -> None:
        """A day with any findings, or none."""
        self.number += skipped
        number, before, told_before = self.number, dict(self.story.known), len(self.story.events)
        findings = self._findings(drawn)
        self.do(lambda story: _void(story.day(number, *findings, timely=timely, gone=tuple(gone))))
        self._count(findings)
        new = self.story.events[told_before:]
        if all(each.verdict == "unknown" for each in findings) and not gone:
            assert {event.kind for event in new} <= {Kind.WOKE}
            assert self._without_sleep(self.story.known) == self._without_sleep(before)
        for event in new:
            self._is_earned(event, findings, before)

    def _findings(self, drawn: list[tuple[str, Any, Severity]]) -> list[Finding]:
        by_key = {key: (verdict, severity) for key, verdict, severity in drawn}
        return [
            found(verdict, KEYS[key][0], KEYS[key][1], severity=severity, observed=f"{verdict} on {self.number}")
            for key, (verdict, severity) in by_key.items()
        ]

    def _count(self, findings: list[Finding]) -> None:
        for each in findings:
            key = key_of(replace(LINKS, rule_id=each.rule_id), each.dataset_id)
            if each.verdict == "failed":
                self.failed[key] += 1
                self.quiet[key] = []
            elif each.verdict != "unknown":
                self.failed[key] = 0
                self.quiet.setdefault(key, []).append(each.verdict)

    def _without_sleep(self, known: dict[str, Incident]) -> dict[str, Incident]:
        return {
            key: replace(each, state=State.OPEN, until=None)
            if each.state in (State.ACKNOWLEDGED, State.SNOOZED)
            else each
            for key, each in known.items()
        }

    def _is_earned(self, event: Event, findings: list[Finding], before: dict[str, Incident]) -> None:
        asked, _ = KEYS[event.incident_key]
        quiet = self.quiet.get(event.incident_key, [])
        was = before.get(event.incident_key)
        if event.kind in (Kind.OPENED, Kind.REOPENED):
            assert self.failed[event.incident_key] >= asked.opens_after_days
        if event.kind is Kind.RESOLVED:
            assert was is not None
            claimed = was.state is State.FIX_CLAIMED
            needed = 7 if was.is_flapping else 1 if claimed else asked.resolves_after_days
            assert len(quiet) >= needed
            assert quiet[-1] == "passed"
            assert self.story.known[event.incident_key].resolved_reason == MENDED
        if event.kind is Kind.CONFIRMED:
            assert was is not None
            assert was.state is State.FIX_CLAIMED

    @rule(key=st.sampled_from(sorted(KEYS)), action=st.sampled_from(list(Action)), days=st.integers(1, 40))
    def answer(self, key: str, action: Action, days: int) -> None:
        """The city answers to something, or tries to."""
        if key not in self.story.known:
            return
        number = self.number

        def act(story: Story) -> None:
            before = story.known[key]
            try:
                story.answer(number, action, key, until=day_of(number + days), reason="test-data")
            except Refused:
                assert story.known[key] == before

        self.do(act)

    @rule(drawn=findings_of_a_day)
    def look_again(self, drawn: list[tuple[str, Any, Severity]]) -> None:
        """The newest day is observed again in the evening."""
        number, before = self.number, dict(self.story.known)
        findings = self._findings(drawn)
        self.do(lambda story: _void(story.again(number, *findings, seen_hour=20)))
        for key, each in self.story.known.items():
            if before[key].state is not State.FIX_CLAIMED:
                assert each == before[key]
        self._count([f for f in findings if self._was_claimed(f, before)])

    def _was_claimed(self, finding: Finding, before: dict[str, Incident]) -> bool:
        was = before.get(key_of(replace(LINKS, rule_id=finding.rule_id), finding.dataset_id))
        return was is not None and was.state is State.FIX_CLAIMED

    @rule(which=st.sampled_from([each.rule_id for each in RULES]))
    def new_version(self, which: str) -> None:
        """A rule changes: nothing of what it said before counts towards what it says now."""
        if self.versions[which] > 2:
            return
        self.versions[which] += 1
        version = self.versions[which]
        self.do(lambda story: story.rules.update({which: replace(story.rules[which], version=version)}))

    @precondition(lambda self: self.number > 1)
    @rule()
    def drop(self) -> None:
        """An operator drops what nobody was told of."""
        number = self.number
        keys = [k for k, i in self.story.known.items() if i.state.is_live and not i.is_baseline and i.told_on is None]

        def act(story: Story) -> None:
            others = {key: each for key, each in story.known.items() if key not in keys}
            story.known = {key: story.known[key] for key in keys}
            story.drop(number)
            story.known |= others

        self.do(act)
        for key in keys:
            self.failed[key] = 0

    @rule()
    def tell(self) -> None:
        """The recipient's digest."""
        before = dict(self.story.known)
        items = self.office.due(self.story, self.number).items
        self.notices += items
        self.office.tell(self.story, self.number, hour=23)
        told_on = {key: each.told_on for key, each in self.story.known.items()}
        assert before.keys() == told_on.keys()
        stamped = lambda story: story.known.update(  # noqa: E731 - what telling wrote on the incidents
            {key: replace(each, told_on=told_on[key]) for key, each in story.known.items() if key in told_on}
        )
        self.acts.append(stamped)
        stamped(self.split)

    # ------------------------------------------------------------ what always holds

    @invariant()
    def split_over_processes_it_is_the_same(self) -> None:
        assert self.split.known == self.story.known
        assert self.split.events == self.story.events
        assert self.split.judged.packed == self.story.judged.packed

    @invariant()
    def events_are_only_added(self) -> None:
        assert self.story.events[: len(self.seen)] == self.seen
        self.seen = list(self.story.events)
        assert all(event_row(event, CITY)["kind"] for event in self.seen[-1:])

    @invariant()
    def there_is_one_live_episode_of_a_key_at_most(self) -> None:
        live: Counter[str] = Counter()
        for event in self.story.events:
            live[event.incident_key] += (event.kind in OPENINGS) - (event.kind in ENDINGS)
            assert live[event.incident_key] in (0, 1)
        for key in KEYS:
            is_live = key in self.story.known and self.story.known[key].state.is_live
            assert live[key] == is_live

    @invariant()
    def incidents_are_whole(self) -> None:
        for key, each in self.story.known.items():
            assert each.incident_key == key
            if each.state.is_live:
                assert each.episode >= 1
                assert each.opened_on is not None
                assert each.resolved_on is None
            assert each.episode >= 0
            assert each.since <= max(each.last_seen_on, each.opened_on or date.min)
            assert each.until is None or each.state in (State.ACKNOWLEDGED, State.SNOOZED)

    @invariant()
    def each_thing_is_told_once_and_no_end_without_a_beginning(self) -> None:
        counts = Counter((i.incident_key, i.episode, n) for i, n in self.notices if n in ONCE)
        assert all(count == 1 for count in counts.values())
        worse = Counter((i.incident_key, i.episode, i.severity) for i, n in self.notices if n is Notice.WORSENED)
        assert all(count == 1 for count in worse.values())
        begun: set[tuple[str, int]] = set()
        for incident, notice in self.notices:
            place = (incident.incident_key, incident.episode)
            if notice in (Notice.OPENED, Notice.REOPENED, Notice.FLAPPING):
                begun.add(place)
            elif notice in (Notice.RESOLVED, Notice.CONFIRMED):
                assert place in begun or incident.is_baseline
            elif notice in (Notice.WORSENED, Notice.CLOSED, Notice.REMINDER):
                assert place in begun or incident.target_on is not None or notice is Notice.CLOSED

    def teardown(self) -> None:
        """The same days and answers give the same incidents and events."""
        story = Story()
        for act in self.acts:
            act(story)
        assert story.known == self.story.known
        assert story.events == self.story.events


def _void(_: object) -> None:
    """For lambdas that do."""


TestAlerts = Alerts.TestCase
TestAlerts.settings = settings(max_examples=150 if IN_FULL else 40, stateful_step_count=50 if IN_FULL else 35)
