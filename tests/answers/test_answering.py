"""Answers without a link, as operators give them: the same rules, the same transaction."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from civicgauge.alerts.answering import Action, Refused
from civicgauge.alerts.forms import Dispute, Incident, Kind, Notice, Severity, State
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.alerting import answering
from civicgauge.pipeline.alerting.records import incident_of, incident_row
from tests.answers.world import CLOSED, HELD, INCIDENTS, LATE, PRIVATE, TODAY, World

KEYS = {name: about.incident_key for name, about in INCIDENTS.items()}


def test_an_operator_answers_as_often_as_it_takes(either: World) -> None:
    for _ in range(2):
        found = answering.answer(either.context, KEYS[LATE], Action.ACKNOWLEDGE, at=either.now, by="operator")
    assert found == either.incident()
    assert [event["kind"] for event in either.events()] == ["opened", "acknowledged", "acknowledged"]
    assert {event["by"] for event in either.events()[1:]} == {"operator"}


def test_the_day_is_the_city_s_own(world: World) -> None:
    """03:00 UTC on the first of July is still the thirtieth of June in Chicago."""
    late = world.now.replace(day=30, hour=23)
    answering.answer(world.context, KEYS[LATE], Action.FIXED, at=late.replace(month=7, day=1, hour=3), by="operator")
    assert world.incident().claimed_on == TODAY


def test_a_finding_on_personal_data_is_released_once(either: World) -> None:
    found = answering.release(either.context, KEYS[HELD], at=either.now, by="operator")
    assert found.released_at == either.now == either.incident(HELD).released_at
    assert (either.events(HELD)[-1]["kind"], either.events(HELD)[-1]["by"]) == (str(Kind.RELEASED), "operator")
    assert either.client.get(either.case(HELD, role="privacy")).status_code == 200
    assert either.client.get(either.case(HELD)).status_code == 403
    before = either.tables()
    for name, words in {
        HELD: "was released on 2026-06-30",
        PRIVATE: "was released",
        LATE: "nothing of personal",
    }.items():
        with pytest.raises(Refused, match=words):
            answering.release(either.context, KEYS[name], at=either.now, by="operator")
    assert either.tables() == before


def test_what_has_ended_is_not_released(world: World) -> None:
    world.happens(Kind.RESOLVED, HELD, state=State.RESOLVED)
    with pytest.raises(Refused, match="is resolved"):
        answering.release(world.context, KEYS[HELD], at=world.now, by="operator")


def test_what_is_not_there_is_named(world: World) -> None:
    before = world.tables()
    with pytest.raises(ConfigurationError, match="there is no incident 'x'"):
        answering.answer(world.context, "x", Action.FIXED, at=world.now, by="operator")
    with pytest.raises(ConfigurationError, match="there is no incident 'x'"):
        answering.release(world.context, "x", at=world.now, by="operator")
    with pytest.raises(ConfigurationError, match="there is no contact 'x'"):
        answering.unsubscribe(world.context, "x", world.now)
    with pytest.raises(ConfigurationError, match="there is no contact 'x'"):
        answering.set_cadence(world.context, "x", "daily", world.now)
    with pytest.raises(Refused, match="This point is closed"):
        answering.answer(world.context, KEYS[CLOSED], Action.FIXED, at=world.now, by="operator")
    assert world.tables() == before


def test_leaving_is_kept_with_its_first_time(either: World) -> None:
    who, first = either.contact_id(), either.now
    assert answering.unsubscribe(either.context, who, first) is True
    assert answering.unsubscribe(either.context, who, first.replace(hour=23)) is False
    assert either.contacts()["open_data"]["unsubscribed_at"] == first


def test_an_incident_comes_back_from_its_row_as_it_was(either: World) -> None:
    full = replace(
        INCIDENTS[LATE],
        field="Issue date",
        state=State.DISPUTED,
        severity=Severity.CRITICAL,
        resolved_on=TODAY,
        resolved_reason="mended",
        told_notice=Notice.REOPENED,
        told_severity=Severity.WARNING,
        told_on=TODAY,
        reopened_on=(TODAY, TODAY.replace(day=1)),
        until=TODAY,
        dispute=Dispute.NOT_DETECTED,
        claimed_on=TODAY,
        claimed_at=either.now,
        claim_answer=Notice.STILL_FAILING,
        target_on=TODAY,
        released_at=either.now,
    )
    unset = {f.name for f in fields(Incident) if getattr(full, f.name) is None}
    assert unset == set()  # every part of it is tried
    for each in (full, INCIDENTS[CLOSED]):
        row = incident_row(each, opened_at=either.now, last_seen_at=either.now, resolved_at=None)
        with either.context.warehouse() as warehouse, warehouse.alerts.desk(each.city_id) as desk:
            desk.save_incidents([row])
        with either.context.warehouse() as warehouse:
            (kept,) = warehouse.alerts.incidents(key=each.incident_key)
        assert incident_of(kept) == each


def test_words_are_kept_without_what_no_database_keeps(either: World) -> None:
    said = "wait\x00 for\u202e\r\nSubject: x, ask jane@springvale.example " + "y" * 9000
    page = either.client.post(either.case(page="snooze"), data={"days": "7", "reason": said})
    assert page.status_code == 200
    (kept,) = [event["reason"] for event in either.events() if event["kind"] == "snoozed"]
    assert kept.startswith("wait for Subject: x, ask (address left out) yyy")
    assert len(kept) == 500
    again = either.client.post(either.case(page="snooze"), data={"days": "7", "reason": said})
    assert (again.status_code, "Already done" in again.text) == (409, True)
