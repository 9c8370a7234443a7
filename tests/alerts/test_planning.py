"""Who is told what: new, back, worse, reminded, ended, answered; each recipient once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from civicgauge.alerts import planning
from civicgauge.alerts.answering import Action
from civicgauge.alerts.forms import Incident, Notice, Severity, State
from civicgauge.alerts.planning import Contact, Due, Item, Told, at_once, due, first_asks

from .stories import CITY, LATE, LINKS, PRIVATE, ROWS, Story, at_of, day_of, found, key_of, opened_on
from .test_planning_slots import contact as contact_at

FAILED, PASSED = found("failed"), found("passed")


def contact(role: str = "open_data", **more: Any) -> Contact:
    """A contact of the story's city, known before its first day."""
    return contact_at(city_id=CITY, role=role, created_at=at_of(-10), **more)


class Office:
    """A recipient, and what it was told."""

    def __init__(self, who: Contact) -> None:
        self.who = who
        self.told: dict[tuple[str, str], list[Told]] = defaultdict(list)

    def due(self, story: Story, number: int, is_muted: Callable[[Incident], bool] = lambda _: False) -> Due:
        return due(self.who, story.known.values(), self.told, today=day_of(number), is_muted=is_muted)

    def tell(self, story: Story, number: int, *, hour: int = 14) -> list[str]:
        """Tell what is due; the notices."""
        items = self.due(story, number).items
        for incident, notice in items:
            key, at = incident.incident_key, at_of(number, hour)
            self.told[self.who.contact_id, key].append(
                Told(self.who.contact_id, key, incident.episode, notice, incident.severity, day_of(number), at)
            )
            if notice.is_ask:
                story.known[key] = replace(incident, told_on=incident.told_on or day_of(number))
        return [str(item.notice) for item in items]


@pytest.fixture
def office() -> Office:
    return Office(contact())


def test_an_opening_is_told_once(office: Office) -> None:
    story = opened_on(5)
    assert office.tell(story, 5) == ["opened"]
    story.days(6, 20, FAILED)
    assert office.tell(story, 20) == []


def test_each_recipient_is_told() -> None:
    story = opened_on(5)
    for name in ("c1", "c2"):
        assert Office(contact(contact_id=name)).tell(story, 5) == ["opened"]


def test_what_is_pending_is_told_to_nobody(office: Office) -> None:
    story = Story()
    story.day(1, PASSED)
    story.day(2, FAILED)
    assert office.tell(story, 2) == []


def test_the_end_is_told_once_to_whom_the_opening_was_told(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.days(6, 7, PASSED)
    other = Office(contact(contact_id="c2"))
    assert [office.tell(story, 7), office.tell(story, 8), other.tell(story, 8)] == [["resolved"], [], []]


def test_what_opened_and_was_mended_between_two_digests_is_told_to_nobody(office: Office) -> None:
    story = opened_on(5)
    story.days(6, 7, PASSED)
    assert office.tell(story, 8) == []


def test_what_closed_without_being_mended_says_so(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.day(6, gone=("permits",))
    assert office.tell(story, 6) == ["closed"]


def test_the_baseline_is_not_asked_for_and_is_thanked(office: Office) -> None:
    story = Story()
    story.day(1, FAILED)
    assert office.tell(story, 1) == []
    story.days(2, 200, FAILED)
    assert office.tell(story, 200) == []
    story.days(201, 202, PASSED)
    assert [office.tell(story, 202), office.tell(story, 203)] == [["resolved"], []]


def test_a_baseline_that_lapses_is_no_news(office: Office) -> None:
    story = Story()
    story.day(1, FAILED)
    story.day(2, gone=("permits",))
    assert office.tell(story, 2) == []


def test_what_was_dropped_does_not_hide_how_the_one_before_ended(office: Office) -> None:
    story = Story()
    story.day(1, FAILED)
    story.days(2, 3, PASSED)
    story.days(4, 5, FAILED)
    story.drop(5)
    assert office.tell(story, 5) == []
    story.day(6, PASSED)
    assert [office.tell(story, 6), office.tell(story, 7)] == [["resolved"], []]


def test_back_is_told_as_back_to_who_knew_and_as_new_to_who_did_not(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.days(6, 7, PASSED)
    office.tell(story, 7)
    story.days(8, 9, FAILED)
    assert office.tell(story, 9) == ["reopened"]
    stranger = Office(contact(contact_id="c2"))
    assert stranger.tell(story, 9) == ["opened"]


def test_a_contact_that_came_later_knows_what_was_open_before() -> None:
    story = opened_on(5)
    late = Office(replace(contact(), created_at=at_of(10)))
    assert late.tell(story, 10) == []
    story.days(11, 12, PASSED)
    assert late.tell(story, 12) == ["resolved"]
    early = opened_on(5)
    early.days(6, 7, PASSED)
    assert late.tell(early, 12) == []  # it ended before they came


def test_worse_is_told_once_and_milder_is_not(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.day(6, replace(FAILED, severity=Severity.ERROR))
    assert [office.tell(story, 6), office.tell(story, 7)] == [["worsened"], []]
    story.day(8, FAILED)
    story.day(9, replace(FAILED, severity=Severity.ERROR))
    assert office.tell(story, 9) == []


def test_what_got_worse_before_it_was_told_is_told_as_new(office: Office) -> None:
    story = opened_on(5)
    story.day(6, replace(FAILED, severity=Severity.ERROR))
    assert [office.tell(story, 6), office.tell(story, 7)] == [["opened"], []]


def test_coming_and_going_is_told_as_that(office: Office) -> None:
    story = Story()
    story.rules["rows_present"] = replace(ROWS, resolves_after_days=1)
    critical = found("failed", ROWS, severity=Severity.CRITICAL)
    for number in range(1, 7, 2):
        story.day(number, found("passed", ROWS))
        story.day(number + 1, critical)
    assert office.tell(story, 6) == ["flapping"]
    assert at_once(office.who, Office(contact()).due(story, 6), at_of(6)).is_empty


@pytest.mark.parametrize("action", [Action.ACKNOWLEDGE, Action.SNOOZE, Action.DISPUTE])
def test_what_sleeps_is_not_told_and_its_end_is(office: Office, action: Action) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.answer(5, action, until=day_of(60), reason="test-data")
    story.day(6, replace(FAILED, severity=Severity.WARNING))
    assert office.tell(story, 40) == []
    story.days(41, 42, PASSED)
    assert office.tell(story, 42) == ["resolved"]


def test_a_silent_opening_is_told_when_a_timely_day_finds_it(office: Office) -> None:
    story = Story()
    story.day(1, PASSED)
    story.day(2, FAILED)
    story.day(3, FAILED, timely=False)
    assert office.tell(story, 3) == []
    story.day(4, FAILED)
    assert [office.tell(story, 4), office.tell(story, 5)] == [["opened"], []]


def test_what_is_muted_is_told_later_and_its_end_at_once(office: Office) -> None:
    story = opened_on(5)
    assert office.due(story, 5, lambda _: True).is_empty
    assert office.tell(story, 6) == ["opened"]
    story.days(7, 8, PASSED)
    assert office.due(story, 8, lambda _: True).ended[0].notice is Notice.RESOLVED


# ---------------------------------------------------------------- reminders and escalation


def reminded(office: Office, story: Story, first: int, last: int) -> list[int]:
    """The days on which a daily digest would remind."""
    found_on = []
    for number in range(first, last + 1):
        story.day(number, FAILED)
        if office.tell(story, number) == ["reminder"]:
            found_on.append(number)
    return found_on


def test_reminders_come_after_30_60_and_90_days_and_no_more(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    assert reminded(office, story, 6, 300) == [35, 65, 95]


def test_what_slept_is_reminded_of_once_for_all_marks_that_went_by(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.answer(6, Action.SNOOZE, until=day_of(80), reason="the vendor is on it")
    assert reminded(office, story, 7, 300) == [81, 95]


def test_nobody_is_reminded_of_what_was_not_looked_at_since(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    assert office.due(story, 34).is_empty  # the newest decided day, however much time went by
    assert office.tell(story, 35) == ["reminder"]


def test_a_day_that_the_city_set_itself_is_what_counts(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.answer(6, Action.TARGET, until=day_of(50))
    assert reminded(office, story, 7, 300) == [50, 80, 110, 140]


def test_a_baseline_is_reminded_of_from_the_city_s_own_day_on(office: Office) -> None:
    story = Story()
    story.day(1, FAILED)
    story.answer(2, Action.TARGET, until=day_of(20))
    assert reminded(office, story, 3, 60) == [20, 50]


def grave(number: int = 5) -> Story:
    return opened_on(number, LATE, Severity.ERROR)


def test_an_escalation_contact_is_told_of_what_is_grave_after_thirty_days_and_how_it_ended() -> None:
    story, office, above = grave(), Office(contact()), Office(contact("escalation", contact_id="e1"))
    office.tell(story, 5)
    failing = found("failed", LATE, severity=Severity.ERROR)
    told_on = []
    for number in range(6, 120):
        story.day(number, failing)
        told_on += [(number, notice) for notice in above.tell(story, number)]
    assert told_on == [(35, "reminder")]
    story.day(120, found("passed", LATE))
    assert [above.tell(story, 120), above.tell(story, 121)] == [["resolved"], []]


def test_an_escalation_contact_hears_nothing_else() -> None:
    above = Office(contact("escalation", contact_id="e1"))
    mild, untold, baseline = opened_on(5), grave(), Story()
    Office(contact()).tell(mild, 5)
    baseline.day(1, FAILED)
    for story in (mild, untold, baseline):
        assert above.tell(story, 100) == []
    quick = grave()
    Office(contact()).tell(quick, 5)
    quick.day(6, found("passed", LATE))
    baseline.days(2, 3, PASSED)
    for story in (quick, baseline):
        assert above.tell(story, 100) == []


# ---------------------------------------------------------------- privacy, answers


def test_a_finding_about_personal_data_is_for_the_privacy_contact_after_its_release() -> None:
    story = opened_on(5, PRIVATE, Severity.CRITICAL)
    office, privacy = Office(contact()), Office(contact("privacy", contact_id="p1"))
    assert [office.tell(story, 5), privacy.tell(story, 5)] == [[], []]
    key = key_of(PRIVATE)
    story.known[key] = replace(story.known[key], released_at=at_of(6))
    assert [office.tell(story, 6), privacy.tell(story, 6)] == [[], ["opened"]]
    story.days(7, 8, found("passed", PRIVATE))
    assert [office.tell(story, 8), privacy.tell(story, 8)] == [[], ["resolved"]]


@pytest.mark.parametrize("begins", ["at first sight", "on a day that came late", "before the contact was named"])
def test_what_a_person_released_reaches_the_privacy_contact_however_it_began(begins: str) -> None:
    """No feedback report holds it, and nobody else was told: a release that tells nobody would be lost."""
    story = Story()
    if begins != "at first sight":
        story.day(1, found("passed", PRIVATE))
    story.day(2, found("failed", PRIVATE), timely=begins != "on a day that came late")
    created = at_of(4 if begins == "before the contact was named" else -10)
    privacy = Office(contact_at(city_id=CITY, role="privacy", created_at=created))
    assert privacy.tell(story, 5) == []
    story.known[key_of(PRIVATE)] = replace(story.incident(PRIVATE), released_at=at_of(5))
    assert [privacy.tell(story, 5), privacy.tell(story, 6)] == [["opened"], []]


def test_a_privacy_contact_is_told_of_nothing_else() -> None:
    assert Office(contact("privacy")).tell(opened_on(5), 5) == []


def test_operators_matters_are_for_no_city() -> None:
    story = opened_on(5)
    story.known[key_of()] = replace(story.incident(), audience="ops")
    assert Office(contact()).tell(story, 5) == []


def test_an_answer_to_a_claim_is_told_once_and_stands_for_the_end(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.answer(5, Action.FIXED, hour=15)
    assert office.tell(story, 5, hour=16) == []
    story.day(6, FAILED)
    assert [office.tell(story, 6), office.tell(story, 6)] == [["still_failing"], []]
    story.answer(6, Action.FIXED, hour=15)
    assert office.tell(story, 6, hour=16) == []  # the old answer is none to the new claim
    story.day(7, PASSED)
    assert [office.tell(story, 7), office.tell(story, 8)] == [["confirmed"], []]


def test_an_answer_by_the_evidence_of_an_earlier_day_is_told_once(office: Office) -> None:
    story = opened_on(5)
    office.tell(story, 5)
    story.answer(6, Action.FIXED, hour=1)  # after midnight; the day before is observed again
    assert story.again(5, FAILED, seen_hour=26) == ["still_failing"]
    assert [office.tell(story, 5, hour=27), office.tell(story, 5, hour=28)] == [["still_failing"], []]


# ---------------------------------------------------------------- at once, and no more than five


def items(count: int, rules: int, severity: Severity = Severity.WARNING) -> tuple[Item, ...]:
    base = opened_on(5).incident()
    made = [
        replace(base, incident_key=f"k{n:02}", rule_id=f"rule_{n % rules}", severity=severity) for n in range(count)
    ]
    return tuple(Item(each, Notice.OPENED) for each in made)


def test_five_entries_at_most_and_the_rest_waits() -> None:
    now, later = first_asks(items(20, 8))
    assert {item.incident.rule_id for item in now} == {f"rule_{n}" for n in range(planning.MOST_ASKS)}
    assert len(now) + len(later) == 20
    assert not {item.incident.rule_id for item in now} & {item.incident.rule_id for item in later}


def test_what_matters_most_comes_first(office: Office) -> None:
    story = Story()
    story.day(1, PASSED, found("passed", LATE), found("passed", ROWS))
    story.days(
        2,
        3,
        FAILED,
        found("failed", LATE, severity=Severity.ERROR),
        found("failed", ROWS, severity=Severity.CRITICAL),
    )
    assert [item.incident.rule_id for item in office.due(story, 3).asks] == [
        "rows_present",
        "update_on_time",
        "links_work",
    ]


def test_what_is_critical_goes_out_at_once_and_once_a_day() -> None:
    story = opened_on(5, ROWS, Severity.CRITICAL)
    story.days(6, 7, FAILED)
    who = contact()
    found_due = Office(who).due(story, 7)
    assert len(found_due.asks) == 1
    assert at_once(who, found_due, at_of(7)).asks == found_due.asks
    told = replace(who, immediate_at=at_of(7))
    assert at_once(told, found_due, at_of(7) + timedelta(hours=23, minutes=59)).is_empty
    assert not at_once(told, found_due, at_of(7) + timedelta(hours=24)).is_empty


def test_what_is_not_critical_waits_for_the_digest(office: Office) -> None:
    story = opened_on(5)
    assert at_once(office.who, office.due(story, 5), at_of(5)).is_empty
    assert isinstance(story.incident().opened_on, date)
    assert story.incident().state is State.OPEN
    assert story.incident().rule_id == LINKS.rule_id
