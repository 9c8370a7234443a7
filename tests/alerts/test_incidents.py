"""The machine's transitions, one by one: what a day's findings make of what was known before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from civicgauge.alerts.answering import Action, Refused
from civicgauge.alerts.forms import Finding, Notice, Severity, State
from civicgauge.alerts.incidents import GONE, MENDED, NOT_APPLICABLE, RULE_CHANGED, age_days

from .stories import FIRST, LATE, LINKS, ROWS, Story, day_of, found, key_of, opened_on

FAILED, PASSED = found("failed"), found("passed")

# ---------------------------------------------------------------- first sights


def test_what_fails_on_the_first_day_is_the_baseline() -> None:
    story = Story()
    assert story.day(1, FAILED) == ["baseline"]
    incident = story.incident()
    assert (incident.state, incident.is_baseline, incident.episode) == (State.OPEN, True, 1)


def test_what_fails_at_first_sight_of_a_dataset_is_baseline_however_late_in_the_year() -> None:
    story = Story()
    story.days(1, 20, found("passed", dataset="budget"))
    assert story.day(21, found("passed", dataset="budget"), FAILED) == ["baseline"]


def test_evidence_that_is_newer_than_the_first_sight_opens() -> None:
    story = Story()
    late = found("failed", LATE, since=day_of(10), first_seen=day_of(4))
    assert story.day(10, late) == ["pending"]
    assert story.day(11, late) == ["opened"]
    assert story.incident(LATE).since == day_of(10)


@pytest.mark.parametrize(("since", "first_seen"), [(3, 4), (4, 4), (1, 1), (None, 4), (10, None)])
def test_evidence_that_is_no_newer_is_baseline(since: int | None, first_seen: int | None) -> None:
    told = {name: day_of(n) if n else None for name, n in (("since", since), ("first_seen", first_seen))}
    assert Story().day(10, found("failed", LATE, **told)) == ["baseline"]


def test_what_was_so_before_our_own_first_day_is_baseline() -> None:
    story = Story(first_day=day_of(8))
    assert story.day(10, found("failed", LATE, since=day_of(6), first_seen=day_of(2))) == ["baseline"]


def test_a_new_version_of_a_rule_begins_with_a_baseline() -> None:
    story = Story()
    story.days(1, 5, PASSED)
    story.rules["links_work"] = replace(LINKS, version=2)
    assert story.day(6, FAILED) == ["baseline"]
    assert story.incident().rule_version == 2


def test_what_is_open_stays_open_under_a_new_version_that_fails_too() -> None:
    story = opened_on(5)
    story.rules["links_work"] = replace(LINKS, version=2)
    assert story.day(6, FAILED) == []
    assert (story.incident().state, story.incident().rule_version, story.incident().episode) == (State.OPEN, 2, 1)


def test_a_new_version_that_finds_it_in_order_closes_without_praise() -> None:
    story = opened_on(5)
    story.rules["links_work"] = replace(LINKS, version=2)
    assert story.day(6, PASSED) == ["closed"]
    assert (story.incident().state, story.incident().resolved_reason) == (State.RESOLVED, RULE_CHANGED)


def test_days_under_another_version_do_not_count_towards_opening() -> None:
    story = Story()
    story.days(1, 3, PASSED)
    story.day(4, FAILED)
    story.rules["links_work"] = replace(LINKS, version=2)
    story.day(5, found("unknown"))
    assert story.day(6, PASSED) == ["faded"]
    assert story.day(7, FAILED) == ["pending"]


def test_findings_of_an_unknown_rule_are_left_alone() -> None:
    story = Story()
    del story.rules["links_work"]
    assert story.days(1, 3, FAILED) == []
    assert not story.known


def test_what_is_open_of_a_rule_that_is_no_more_is_closed_and_not_praised() -> None:
    story = opened_on(5)
    del story.rules["links_work"]
    assert story.day(6) == ["closed"]
    assert story.incident().resolved_reason == "no_longer_applies"
    assert story.day(7) == []


def test_what_is_pending_of_a_rule_that_is_no_more_fades() -> None:
    story = Story()
    story.day(1, PASSED)
    story.day(2, FAILED)
    del story.rules["links_work"]
    assert story.day(3) == ["faded"]


def test_what_is_open_of_a_portal_that_left_the_city_file_is_closed() -> None:
    story = opened_on(5)
    assert story.day(6, portals=("main", "new")) == []
    assert story.day(7, portals=("new",)) == ["closed"]
    assert story.incident().resolved_reason == "no_longer_applies"


# ---------------------------------------------------------------- opening and ending


def test_it_opens_on_the_second_day_that_fails() -> None:
    story = Story()
    story.day(1, PASSED)
    assert story.day(2, FAILED) == ["pending"]
    assert story.incident().state is State.PENDING
    assert story.day(3, FAILED) == ["opened"]
    assert (story.incident().opened_on, story.incident().since) == (day_of(3), day_of(2))


def test_what_is_critical_opens_on_the_first() -> None:
    story = Story()
    story.day(1, found("passed", ROWS))
    assert story.day(2, found("failed", ROWS, severity=Severity.CRITICAL)) == ["opened"]


@pytest.mark.parametrize("ending", ["passed", "not_applicable"])
def test_what_fails_for_one_day_only_fades_and_is_forgotten(ending: str) -> None:
    story = Story()
    story.day(1, PASSED)
    story.day(2, FAILED)
    assert story.day(3, replace(PASSED, verdict=ending)) == ["faded"]
    assert story.known == {}
    assert story.day(4, FAILED) == ["pending"]


def test_it_is_mended_after_two_days_that_pass() -> None:
    story = opened_on(5)
    assert story.day(6, PASSED) == []
    assert (story.incident().state, story.incident().last_ok_on) == (State.OPEN, day_of(6))
    assert story.day(7, PASSED) == ["resolved"]
    assert (story.incident().resolved_on, story.incident().resolved_reason) == (day_of(7), MENDED)


def test_a_rule_may_be_mended_on_one_day() -> None:
    assert opened_on(5, LATE).day(6, found("passed", LATE)) == ["resolved"]


def test_a_day_that_fails_between_begins_the_count_anew() -> None:
    story = opened_on(5)
    assert [story.day(6, PASSED), story.day(7, FAILED), story.day(8, PASSED)] == [[], [], []]
    assert story.day(9, PASSED) == ["resolved"]


def test_what_no_longer_applies_is_closed_and_not_praised() -> None:
    story = opened_on(5)
    story.day(6, found("not_applicable"))
    assert story.day(7, found("not_applicable")) == ["closed"]
    assert story.incident().resolved_reason == NOT_APPLICABLE
    assert story.incident().last_ok_on == date(2026, 3, 4)  # before it failed; that it applies no more is no praise


def test_what_is_unknown_never_opens_and_never_ends() -> None:
    story = opened_on(5)
    before = story.incident()
    assert story.days(6, 30, found("unknown")) == []
    assert story.incident() == before
    assert Story().days(1, 30, found("unknown")) == []


def test_the_unknown_keeps_the_streaks() -> None:
    story = Story()
    story.day(1, PASSED)
    story.day(2, FAILED)
    story.days(3, 6, found("unknown"))
    assert story.day(7, FAILED) == ["opened"]
    story.day(8, PASSED)
    story.day(9, found("unknown"))
    assert story.day(10, PASSED) == ["resolved"]


def test_days_without_any_finding_keep_them_too() -> None:
    story = Story()
    story.day(1, PASSED)
    story.day(2, FAILED)
    story.day(3)
    assert story.day(6, FAILED) == ["opened"]


def test_what_the_portal_says_is_gone_is_closed() -> None:
    story = opened_on(5)
    assert story.day(6, gone=("permits",)) == ["closed"]
    assert story.incident().resolved_reason == GONE


def test_what_is_pending_and_gone_fades_once() -> None:
    story = Story()
    story.day(1, PASSED)
    story.day(2, FAILED)
    assert story.day(3, PASSED, gone=("permits",)) == ["faded"]
    assert story.known == {}


def test_another_dataset_that_is_gone_ends_nothing() -> None:
    story = opened_on(5)
    assert story.day(6, gone=("budget",)) == []


def test_it_is_reopened_within_thirty_days_and_new_after_that() -> None:
    for quiet, kind in ((20, "reopened"), (40, "opened")):
        story = opened_on(5)
        story.days(6, 5 + quiet, PASSED)
        story.day(6 + quiet, FAILED)
        assert story.day(7 + quiet, FAILED) == [kind]
        assert story.incident().episode == 2
        assert len(story.incident().reopened_on) == (2 if kind == "reopened" else 1)


def test_an_opening_forgets_what_was_said_of_the_one_before() -> None:
    story = opened_on(5)
    story.answer(5, Action.FIXED)
    story.days(6, 8, PASSED)
    assert story.incident().claim_answer is Notice.CONFIRMED
    story.days(9, 10, FAILED)
    assert (story.incident().claim_answer, story.incident().claimed_on, story.incident().told_on) == (None, None, None)


# ---------------------------------------------------------------- how much it matters


def test_worse_and_milder_are_told_apart() -> None:
    story = opened_on(5)
    assert story.day(6, replace(FAILED, severity=Severity.ERROR)) == ["worsened"]
    assert story.day(7, FAILED) == ["eased"]
    assert story.incident().severity is Severity.WARNING


def test_the_evidence_is_that_of_the_last_day() -> None:
    story = opened_on(5)
    story.day(6, replace(FAILED, observed="3 of 5", expected="none"))
    assert (story.incident().observed, story.incident().expected) == ("3 of 5", "none")
    assert story.incident().last_seen_on == day_of(6)


def test_evidence_of_an_earlier_beginning_moves_since_back_and_never_forth() -> None:
    story = opened_on(15, LATE)
    story.day(16, found("failed", LATE, since=day_of(9)))
    assert story.incident(LATE).since == day_of(9)
    story.day(17, found("failed", LATE, since=day_of(12)))
    assert story.incident(LATE).since == day_of(9)
    assert age_days(story.incident(LATE), day_of(19)) == 10
    assert age_days(story.incident(LATE), FIRST) == 0


# ---------------------------------------------------------------- coming and going


def flapping(openings: int) -> tuple[Story, int]:
    """A critical matter that opens and is mended so often; the story and its last day, on which it opened."""
    story, number = Story(), 1
    story.rules["rows_present"] = replace(ROWS, resolves_after_days=1)
    story.day(1, found("passed", ROWS))
    for each in range(openings):
        number += 1
        story.day(number, found("failed", ROWS, severity=Severity.CRITICAL))
        if each < openings - 1:
            number += 1
            story.day(number, found("passed", ROWS))
    return story, number


def test_three_openings_within_fourteen_days_are_flapping() -> None:
    assert not flapping(2)[0].incident(ROWS).is_flapping
    story, _ = flapping(3)
    assert story.incident(ROWS).is_flapping
    assert [str(event.kind) for event in story.events][-2:] == ["reopened", "flapping"]


def test_three_openings_over_a_longer_time_are_not() -> None:
    story = opened_on(5)
    for number in (15, 25):
        story.days(number - 9, number - 2, PASSED)
        story.days(number - 1, number, FAILED)
    assert story.incident().episode == 3
    assert not story.incident().is_flapping


def test_what_flaps_is_mended_after_seven_quiet_days() -> None:
    story, number = flapping(3)
    assert story.days(number + 1, number + 6, found("passed", ROWS)) == []
    assert story.day(number + 7, found("passed", ROWS)) == ["resolved", "calmed"]


def test_what_flaps_is_mended_after_seven_quiet_days_also_where_a_fix_was_said() -> None:
    story, number = flapping(3)
    story.answer(number, Action.FIXED, key_of(ROWS))
    assert story.days(number + 1, number + 6, found("passed", ROWS)) == []
    assert story.day(number + 7, found("passed", ROWS)) == ["resolved", "confirmed", "calmed"]


def test_what_flaps_and_then_fails_for_a_fortnight_just_fails() -> None:
    story, number = flapping(3)
    assert story.days(number + 1, number + 13, found("failed", ROWS, severity=Severity.CRITICAL)) == ["calmed"]
    assert story.incident(ROWS).state is State.OPEN


# ---------------------------------------------------------------- answers


def test_an_acknowledgement_runs_out_after_thirty_days() -> None:
    story = opened_on(5)
    assert story.answer(6, Action.ACKNOWLEDGE).state is State.ACKNOWLEDGED
    assert story.days(7, 36, FAILED) == []
    assert story.day(37, FAILED) == ["woke"]
    assert (story.incident().state, story.incident().until) == (State.OPEN, None)


def test_a_snooze_runs_out_after_its_day_even_where_nothing_was_measured() -> None:
    story = opened_on(5)
    story.answer(6, Action.SNOOZE, until=day_of(10), reason="the vendor is on it")
    assert story.days(7, 10, FAILED) == []
    assert story.day(11, found("unknown")) == ["woke"]


def test_what_gets_worse_wakes_an_acknowledgement_and_no_snooze() -> None:
    worse = replace(FAILED, severity=Severity.ERROR)
    story = opened_on(5)
    story.answer(6, Action.ACKNOWLEDGE)
    assert (story.day(7, worse), story.incident().state) == (["worsened"], State.OPEN)
    story = opened_on(5)
    story.answer(6, Action.SNOOZE, until=day_of(20), reason="the vendor is on it")
    assert (story.day(7, worse), story.incident().state) == (["worsened"], State.SNOOZED)


@pytest.mark.parametrize("action", [Action.ACKNOWLEDGE, Action.SNOOZE, Action.DISPUTE])
def test_what_sleeps_or_is_disputed_is_mended_all_the_same(action: Action) -> None:
    story = opened_on(5)
    story.answer(6, action, reason="test-data", until=day_of(30))
    assert story.days(7, 8, PASSED) == ["resolved"]


def test_a_dispute_stands_while_it_fails() -> None:
    story = opened_on(5)
    story.answer(6, Action.DISPUTE, reason="not-detected: it is in the attachment")
    assert story.days(7, 40, FAILED) == []
    assert story.incident().state is State.DISPUTED


@pytest.mark.parametrize(
    ("action", "more"),
    [
        (Action.SNOOZE, {"until": day_of(7)}),
        (Action.SNOOZE, {"reason": "why"}),
        (Action.SNOOZE, {"reason": "why", "until": day_of(6)}),
        (Action.SNOOZE, {"reason": "why", "until": day_of(97)}),
        (Action.DISPUTE, {"reason": "because"}),
        (Action.DISPUTE, {}),
        (Action.TARGET, {}),
        (Action.TARGET, {"until": day_of(5)}),
        (Action.TARGET, {"until": day_of(380)}),
    ],
)
def test_answers_that_lack_something_are_refused(action: Action, more: dict[str, object]) -> None:
    story = opened_on(5)
    before = story.incident()
    with pytest.raises(Refused):
        story.answer(6, action, **more)
    assert story.incident() == before


@pytest.mark.parametrize("action", list(Action))
def test_what_has_ended_takes_no_answer(action: Action) -> None:
    story = opened_on(5)
    story.days(6, 7, PASSED)
    with pytest.raises(Refused, match="closed"):
        story.answer(8, action, reason="test-data", until=day_of(9))


@pytest.mark.parametrize("action", list(Action))
def test_what_may_come_back_takes_no_answer_before_it_has(action: Action) -> None:
    story = opened_on(5)
    story.days(6, 7, PASSED)
    story.day(8, FAILED)
    before = story.incident()
    with pytest.raises(Refused):
        story.answer(8, action, reason="test-data", until=day_of(9))
    assert story.incident() == before


# ---------------------------------------------------------------- claims


def test_a_claim_is_confirmed_by_the_next_day_that_passes() -> None:
    story = opened_on(5)
    story.answer(5, Action.FIXED)
    assert story.day(6, PASSED) == ["resolved", "confirmed"]
    assert story.incident().claim_answer is Notice.CONFIRMED


def test_a_claim_is_denied_by_the_next_day_that_fails() -> None:
    story = opened_on(5)
    story.answer(5, Action.FIXED)
    assert story.day(6, FAILED) == ["still_failing"]
    assert (story.incident().state, story.incident().claim_answer) == (State.OPEN, Notice.STILL_FAILING)


def test_what_was_seen_before_the_claim_is_no_answer_to_it() -> None:
    for verdict in (FAILED, PASSED):
        story = opened_on(5)
        story.answer(6, Action.FIXED, hour=15)
        assert story.day(6, verdict, seen_hour=6) == []
        assert story.incident().state is State.FIX_CLAIMED


def test_a_claim_waits_while_nothing_is_known() -> None:
    story = opened_on(5)
    story.answer(5, Action.FIXED)
    assert story.days(6, 9, found("unknown")) == []
    assert story.day(10, PASSED) == ["resolved", "confirmed"]


def test_the_same_day_observed_again_answers_a_claim() -> None:
    for verdict, kinds in ((PASSED, ["resolved", "confirmed"]), (FAILED, ["still_failing"])):
        story = opened_on(5)
        story.answer(5, Action.FIXED, hour=15)
        assert story.again(5, verdict, seen_hour=14) == []
        assert story.again(5, verdict, seen_hour=16) == kinds


def test_the_same_day_observed_again_touches_nothing_else() -> None:
    story = opened_on(5)
    before = dict(story.known)
    budget = found("failed", dataset="budget")
    assert story.again(5, PASSED, budget, seen_hour=16) == []
    assert story.known == before


def test_a_second_claim_waits_for_an_answer_of_its_own() -> None:
    story = opened_on(5)
    story.answer(5, Action.FIXED)
    story.day(6, FAILED)
    with pytest.raises(Refused, match="today"):
        story.answer(5, Action.FIXED)
    assert story.answer(6, Action.FIXED).claim_answer is None
    assert story.day(7, PASSED) == ["resolved", "confirmed"]


# ---------------------------------------------------------------- days that came late, and what was dropped


def test_a_day_that_came_late_opens_silently_until_a_timely_one_finds_it_again() -> None:
    story = Story()
    story.day(1, PASSED)
    story.day(2, FAILED)
    assert story.day(3, FAILED, timely=False) == ["opened"]
    assert story.incident().is_silent
    story.day(4, FAILED, timely=False)
    assert story.incident().is_silent
    story.day(5, FAILED)
    assert not story.incident().is_silent


def test_what_was_dropped_must_show_itself_again() -> None:
    story = opened_on(5)
    story.drop(5)
    assert (story.incident().state, story.incident().episode, story.incident().opened_on) == (State.PENDING, 0, None)
    assert story.day(6, FAILED) == ["pending"]
    assert story.day(7, FAILED) == ["opened"]
    assert story.incident().episode == 1


def test_what_was_dropped_and_passes_is_forgotten_or_closed_as_before() -> None:
    story = opened_on(5)
    story.drop(5)
    assert story.day(6, PASSED) == ["faded"]
    assert story.known == {}

    story = opened_on(5)
    story.days(6, 7, PASSED)
    story.days(8, 9, FAILED)
    story.drop(9)
    assert story.day(10, PASSED) == ["faded"]
    assert (story.incident().state, story.incident().episode) == (State.RESOLVED, 1)
    assert (story.incident().resolved_on, story.incident().resolved_reason) == (day_of(7), MENDED)


def test_places_are_told_to_people() -> None:
    story = Story()
    story.day(1, Finding("main", "permits", "links_work", "failed", field="geo"), FAILED)
    assert sorted(i.where for i in story.known.values()) == ["main/permits", "main/permits#geo"]
