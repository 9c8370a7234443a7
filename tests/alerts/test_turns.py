"""Whole turns on a warehouse: which days are decided, what is queued for whom, and when it may be sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from civicgauge.alerts.forms import DayFacts, Severity, incident_key
from civicgauge.errors import ConfigurationError, LakeDamaged
from civicgauge.model import City, RunRecord
from civicgauge.pipeline.alerting import deciding, holding
from civicgauge.pipeline.alerting.answering import silence_act
from civicgauge.pipeline.alerting.running import Turn, turn_with
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import Row

from .diary import Diary, city_of, contact_of, local, settings_in
from .stories import CITY, LINKS, ROWS, day_of, found, key_of

FAILED, PASSED = found("failed"), found("passed")
EMPTY = found("failed", ROWS, severity=Severity.CRITICAL)


@dataclass
class Desk:
    """A diary, and the warehouse that is told of it."""

    warehouse: Warehouse
    folder: Path
    diary: Diary = field(default_factory=Diary)

    def turn(self, number: int, hour: float = 10) -> Turn:
        return turn_with(self.diary, self.warehouse, settings_in(self.folder), local(number, hour))

    def incident(self, key: str | None = None) -> Row:
        (row,) = self.warehouse.alerts.incidents(key=key or key_of())
        return row

    def queued(self, *kinds: str) -> list[tuple[str, str]]:
        """(kind, local time) of the messages to cities, in order."""
        rows = [row for row in self.warehouse.alerts.notifications() if row["city_id"]]
        zone = city_of().zone
        told = [(r["kind"], f"{r['due_at'].astimezone(zone):%a %d %H:%M}") for r in reversed(rows)]
        return [each for each in told if not kinds or each[0] in kinds]

    def notices(self) -> list[str]:
        return sorted(item["notice"] for item in self.warehouse.alerts.items())

    def ops(self) -> list[str]:
        """The lines of the newest message to operators."""
        rows = [row for row in self.warehouse.alerts.notifications() if row["kind"] == "ops"]
        content = self.warehouse.alerts.content(rows[0]["notification_id"]) if rows else None
        return list(content["rendered"]["facts"]["lines"]) if content else []


@pytest.fixture
def desk(warehouse: Warehouse, tmp_path: Path) -> Desk:
    return Desk(warehouse, tmp_path)


# ---------------------------------------------------------------- deciding


def test_the_first_time_takes_the_newest_day_alone(desk: Desk) -> None:
    for number in (1, 2, 3):
        desk.diary.day(number, FAILED)
    assert desk.turn(3).decided == 1
    assert (desk.incident()["is_baseline"], desk.incident()["opened_on"]) == (True, day_of(3))
    assert desk.warehouse.alerts.decided()[CITY].first_day == day_of(3)


def test_each_day_is_decided_once_and_in_order(desk: Desk) -> None:
    desk.diary.day(1, PASSED)
    desk.turn(1)
    desk.diary.day(3, FAILED)
    desk.diary.day(2, FAILED)
    assert [desk.turn(3).decided, desk.turn(3).decided, desk.turn(3, 11).decided] == [2, 0, 0]
    kinds = [event["kind"] for event in desk.warehouse.alerts.events()]
    assert kinds == ["pending", "opened", "told"]


def test_of_two_who_decide_a_day_at_once_one_does(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one reads a day, another process has decided it."""
    desk.diary.day(1, PASSED)
    desk.turn(1)
    desk.diary.day(2, FAILED)
    read = Diary.facts

    def overtaken(diary: Diary, city: City, run: RunRecord) -> DayFacts:
        monkeypatch.setattr(Diary, "facts", read)
        assert len(deciding.decide(diary, desk.warehouse, local(2, 10))) == 1
        return read(diary, city, run)

    monkeypatch.setattr(Diary, "facts", overtaken)
    desk.turn(2)
    assert [event["kind"] for event in desk.warehouse.alerts.events()] == ["pending"]
    assert (desk.incident()["failed_days"], desk.incident()["state"]) == (1, "pending")


def test_a_day_before_the_last_one_is_passed_over(desk: Desk) -> None:
    for number in (1, 3):
        desk.diary.day(number, PASSED)
        desk.turn(number)
    desk.diary.day(2, FAILED)
    assert desk.turn(3, 12).decided == 0


@pytest.mark.parametrize("outcome", ["suspect", "not_measured"])
def test_a_day_that_is_not_shown_is_not_decided(desk: Desk, outcome: str) -> None:
    desk.diary.day(1, FAILED, outcome=outcome)
    assert desk.turn(1).decided == 0


def test_a_run_that_has_not_ended_is_not_there_yet(desk: Desk) -> None:
    desk.diary.day(1, FAILED)
    assert [desk.turn(1, 5).decided, desk.turn(1, 7).decided] == [0, 1]


def test_a_day_that_came_late_is_decided_silently(desk: Desk) -> None:
    desk.diary.day(1, PASSED)
    desk.turn(1)
    desk.diary.day(2, FAILED, ended=local(4, 5))
    desk.diary.day(3, FAILED, ended=local(5, 5))
    desk.turn(5)
    assert desk.incident()["is_silent"]
    assert desk.queued("digest") == []
    desk.diary.day(5, FAILED)
    desk.turn(5, 11)
    desk.turn(8)
    assert desk.notices() == ["opened"]


def test_the_same_day_run_again_renews_the_evidence_and_no_state(desk: Desk) -> None:
    desk.diary.day(1, PASSED)
    desk.turn(1)
    for number in (2, 3):
        desk.diary.day(number, replace(FAILED, observed="3 of 5"))
        desk.turn(number)
    before = desk.incident()
    desk.diary.day(3, replace(FAILED, observed="2 of 5"), ended=local(3, 12), mark="b")
    assert desk.turn(3, 13).decided == 0
    assert desk.incident() == before | {"observed": "2 of 5"}
    desk.diary.day(3, PASSED, ended=local(3, 14), mark="c")
    desk.turn(3, 15)
    assert desk.incident()["state"] == "open"


def test_a_day_that_cannot_be_read_keeps_no_other_city_from_being_told(desk: Desk) -> None:
    other = "zz-other"
    desk.diary.made[other] = city_of(other)
    for number, finding in ((1, PASSED), (2, FAILED), (3, FAILED)):
        for city in (CITY, other):
            run = desk.diary.day(number, finding, city=city)
            if city == CITY and number == 3:
                desk.diary.damaged.add(run.run_id)
        if number < 3:
            desk.turn(number)
    with pytest.raises(LakeDamaged):
        desk.turn(3)
    told = {row["city_id"] for row in desk.warehouse.alerts.notifications() if row["kind"] == "digest"}
    assert told == {other}
    desk.diary.damaged.clear()
    assert desk.turn(3, 11).decided == 1


def test_a_message_that_cannot_be_written_keeps_no_other_city_from_being_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "zz-other"
    desk.diary.made[other] = city_of(other)
    for city in (CITY, other):
        desk.diary.day(1, FAILED, city=city)

    def broken(_diary: Diary, city_id: str, _day: date) -> list[tuple[str, int, int]]:
        if city_id == CITY:
            raise LakeDamaged("its report is gone")
        return [("Updated on time", 1, 2)]

    monkeypatch.setattr(Diary, "points", broken)
    with pytest.raises(LakeDamaged):
        desk.turn(1)
    assert {row["city_id"] for row in desk.warehouse.alerts.notifications() if row["kind"] == "baseline"} == {other}
    monkeypatch.undo()
    desk.turn(1, 11)
    assert len(desk.queued("baseline")) == 2


# ---------------------------------------------------------------- time goes one way


def test_a_time_before_the_last_turn_is_refused(desk: Desk) -> None:
    desk.diary.day(1, PASSED)
    desk.turn(1, 10)
    with pytest.raises(ConfigurationError, match="untold"):
        desk.turn(1, 9.9)
    desk.turn(1, 10)
    desk.turn(1, 10.1)


# ---------------------------------------------------------------- telling


def test_an_opening_waits_for_the_digest_and_is_told_once(desk: Desk) -> None:
    for number, finding in ((1, PASSED), (2, FAILED), (3, FAILED)):
        desk.diary.day(number, finding)
        desk.turn(number, 7 if number == 3 else 10)
    assert desk.queued() == []
    desk.turn(3, 9)
    desk.turn(3, 9.25)
    desk.turn(4, 9)
    assert desk.queued() == [("digest", "Wed 04 09:00")]
    row = desk.incident()
    assert (row["told_notice"], row["told_on"], row["told_severity"]) == ("opened", day_of(3), "warning")


def test_what_is_critical_goes_out_at_once(desk: Desk) -> None:
    desk.diary.day(1, found("passed", ROWS))
    desk.turn(1)
    desk.diary.day(2, EMPTY)
    desk.turn(2, 6.25)
    assert desk.queued() == [("critical", "Tue 03 06:15")]
    desk.diary.day(3, EMPTY, replace(EMPTY, dataset_id="budget"), replace(found("passed", ROWS), dataset_id="x"))
    desk.turn(3, 6.1)
    assert len(desk.queued("critical")) == 1  # of another thing, and within 24 hours


def test_the_feedback_report_comes_once_and_in_working_hours(desk: Desk) -> None:
    desk.diary.day(5, FAILED)  # a Friday
    desk.turn(5, 22)
    desk.turn(6, 10)
    desk.turn(8, 10)
    assert desk.queued() == [("baseline", "Mon 09 09:00")]


def test_a_digest_that_is_decided_long_after_its_hour_waits_for_the_next(desk: Desk) -> None:
    for number, finding in ((1, PASSED), (2, FAILED)):
        desk.diary.day(number, finding)
        desk.turn(number)
    desk.diary.day(3, FAILED)
    desk.turn(3, 22)
    assert desk.queued() == [("digest", "Thu 05 09:00")]


def test_a_digest_at_a_late_hour_comes_at_that_hour(desk: Desk) -> None:
    desk.diary.made[CITY] = city_of(CITY, contact_of(hour=18))
    for number, finding in ((1, PASSED), (2, FAILED), (3, FAILED)):
        desk.diary.day(number, finding)
        desk.turn(number, 18.25)
    assert desk.queued() == [("digest", "Wed 04 18:15")]


def test_who_left_or_bounced_or_did_not_agree_yet_is_not_told(desk: Desk) -> None:
    contacts = [contact_of(role=role) for role in ("open_data", "left", "bounced", "gone")]
    contacts.append(contact_of(role="later", consent=day_of(4)))
    desk.diary.made[CITY] = city_of(CITY, *contacts)
    desk.diary.day(1, PASSED)
    desk.turn(1)
    with desk.warehouse.alerts.desk(CITY) as city:
        changes = {"left": {"unsubscribed_at": local(1, 11)}, "bounced": {"bounced_at": local(1, 11)}}
        city.save_contacts({**row, **changes.get(row["role"], {})} for row in city.contacts())
    desk.diary.made[CITY] = city_of(CITY, *[each for each in contacts if each.role != "gone"])
    for number in (2, 3):
        desk.diary.day(number, FAILED)
        desk.turn(number)
    roles = {row["contact_id"]: row["role"] for row in desk.warehouse.alerts.contacts(CITY)}
    told = {roles[row["contact_id"]] for row in desk.warehouse.alerts.notifications() if row["city_id"]}
    assert told == {"open_data"}
    desk.diary.day(4, FAILED)
    desk.turn(4)
    told = {roles[row["contact_id"]] for row in desk.warehouse.alerts.notifications() if row["city_id"]}
    assert told == {"open_data", "later"}


def test_a_cadence_that_was_chosen_wins(desk: Desk) -> None:
    desk.diary.day(1, PASSED)
    desk.turn(1)
    with desk.warehouse.alerts.desk(CITY) as city:
        city.save_contacts({**row, "chosen_cadence": "weekly"} for row in city.contacts())
    for number in range(2, 11):
        desk.diary.day(number, FAILED)
        desk.turn(number)
    assert desk.queued() == [("digest", "Tue 10 10:00")]


def test_more_than_five_asks_wait_for_the_next_digest(desk: Desk) -> None:
    names = ("licence_stated", "description_present", "machine_readable", "publisher_named", "has_distribution")
    every = [replace(LINKS, rule_id=name) for name in (*names, "links_work", "update_on_time")]
    desk.diary.day(1, *(found("passed", rule) for rule in every))
    desk.turn(1)
    for number in (2, 3):
        desk.diary.day(number, *(found("failed", rule) for rule in every))
        desk.turn(number)
    assert len(desk.notices()) == 5
    desk.diary.day(4, *(found("failed", rule) for rule in every))
    desk.turn(4)
    assert len(desk.notices()) == 7
    assert len(desk.queued("digest")) == 2


def test_a_silence_keeps_from_being_told_and_not_from_being_decided(desk: Desk) -> None:
    silence = {
        "silence_id": "s1",
        "city_id": CITY,
        "portal_id": None,
        "dataset_id": None,
        "rule_id": "links_work",
        "starts_at": local(1, 0),
        "ends_at": local(4, 0),
        "reason": "the portal moves",
        "author": "operator",
    }
    desk.warehouse.alerts.save_silence(silence, silence_act(silence, local(1, 0)))
    for number, finding in ((1, PASSED), (2, FAILED), (3, FAILED)):
        desk.diary.day(number, finding)
        desk.turn(number)
    assert desk.incident()["state"] == "open"
    assert desk.queued() == []
    desk.turn(4)
    assert desk.queued() == [("digest", "Thu 05 10:00")]


# ---------------------------------------------------------------- the breaker


def many(desk: Desk, later: str = "") -> list[str]:
    """Eight cities, all of which get something new on day 3, and one whose days are a day behind."""
    names = [f"city-{n}" for n in range(8)]
    desk.diary.made = {name: city_of(name) for name in [*names, later] if name}
    for number, finding in ((1, PASSED), (2, FAILED), (3, FAILED)):
        for name in names:
            desk.diary.day(number, finding, city=name)
        if later:
            desk.diary.day(number, FAILED if number == 3 else PASSED, city=later)
        desk.turn(number)
    return names


def test_what_is_unusual_is_held_and_goes_out_once_released(desk: Desk) -> None:
    names = many(desk)
    (hold,) = desk.warehouse.alerts.holds("open")
    assert (hold["days"], hold["cities_count"], hold["openings_count"]) == ([day_of(3)], 8, 8)
    assert any("held" in line for line in desk.ops())
    desk.turn(4)
    assert desk.queued() == []
    holding.release(desk.warehouse, hold["hold_id"], at=local(4, 11), by="operator")
    desk.turn(4, 12)
    assert len(desk.queued("digest")) == len(names)
    assert desk.warehouse.alerts.holds("open") == []
    with pytest.raises(ConfigurationError, match="released"):
        holding.drop(desk.warehouse, hold["hold_id"], at=local(4, 13), by="operator")


def test_what_is_dropped_is_told_only_where_it_shows_itself_again(desk: Desk) -> None:
    names = many(desk)
    (hold,) = desk.warehouse.alerts.holds("open")
    holding.drop(desk.warehouse, hold["hold_id"], at=local(3, 15), by="operator", reason="our own fault")
    assert {row["state"] for row in desk.warehouse.alerts.incidents() if row["audience"] == "city"} == {"pending"}
    for number in (4, 5):
        for name in names:
            desk.diary.day(number, FAILED if name == "city-0" else PASSED, city=name)
        desk.turn(number)
    assert {row["city_id"] for row in desk.warehouse.alerts.notifications() if row["city_id"]} == {"city-0"}
    states = {row["city_id"]: row["state"] for row in desk.warehouse.alerts.incidents() if row["audience"] == "city"}
    assert states == {"city-0": "open"}


def test_a_drop_takes_along_what_came_later_and_leaves_what_was_open_before(desk: Desk) -> None:
    late = "city-late"
    names = many(desk, late)
    with desk.warehouse.alerts.desk("city-0") as city:  # opened before, and not told either
        rows = city.incidents([key_for("city-0")])
        old = {**rows[key_for("city-0")], "incident_key": "before", "opened_on": day_of(1)}
        city.save_incidents([old])
    desk.diary.day(4, FAILED, city=late)
    desk.turn(4, 7)
    (hold,) = desk.warehouse.alerts.holds("open")
    desk.turn(5, 7)
    holding.drop(desk.warehouse, hold["hold_id"], at=local(5, 8), by="operator")
    rows = [row for row in desk.warehouse.alerts.incidents() if row["audience"] == "city"]
    states = {(row["city_id"], row["incident_key"]): row["state"] for row in rows}
    assert states.pop(("city-0", "before")) == "open"
    assert set(states.values()) == {"pending"}
    assert {city for city, _ in states} == {*names, late}


def key_for(city_id: str) -> str:
    """The key of its permits' links."""
    return incident_key(city_id, "main", "permits", "links_work")


def test_an_unknown_hold_is_refused(desk: Desk) -> None:
    with pytest.raises(ConfigurationError, match="no hold"):
        holding.release(desk.warehouse, "hold-x", at=local(1, 1), by="operator")


# ---------------------------------------------------------------- operators


def test_a_portal_that_was_not_read_is_told_to_operators_once_and_to_no_city(desk: Desk) -> None:
    desk.diary.day(1, FAILED)
    desk.turn(1)
    for number in (2, 3, 4):
        desk.diary.day(number, outcome="not_measured")
        lines = desk.turn(number).ops
        assert bool(lines) == (number == 2)
    assert any(CITY in line for line in desk.ops())
    desk.diary.day(5, FAILED)
    assert [line.partition(" –")[0] for line in desk.turn(5).ops] == ["Over: A portal could not be read"]
    assert desk.queued("digest") == []


def test_an_outage_of_a_platform_is_one_matter_until_its_last_city_is_read(desk: Desk) -> None:
    names = [f"city-{n}" for n in range(5)]
    desk.diary.made = {name: city_of(name) for name in names}
    for name in names:
        desk.diary.day(1, PASSED, city=name)
    desk.turn(1)
    for name in names:
        desk.diary.day(2, city=name, outcome="not_measured")
    told = desk.turn(2).ops
    assert sum("could not be read" in line for line in told) == 1
    for n, name in enumerate(names):  # read again one after another
        desk.diary.day(3, PASSED, city=name, ended=local(3, 6 + n / 2))
        lines = desk.turn(3, 6.1 + n / 2).ops
        assert [line[:6] for line in lines] == (["Over: "] if name == names[-1] else [])


def test_a_city_that_is_not_measured_stays_so_over_midnight(desk: Desk) -> None:
    desk.diary.day(1, PASSED)
    desk.turn(1)
    hours = [(2, 8.0), (2, 9.5), (2, 23.5), (3, 0.5), (3, 8.5), (3, 12.0), (4, 1.0)]
    told = [bool(desk.turn(number, hour).ops) for number, hour in hours]
    assert told == [False, True, False, False, False, False, False]
    assert any("Not measured" in line for line in desk.ops())
    desk.diary.day(4, PASSED)
    assert desk.turn(4, 7).ops[0].startswith("Over: Not measured")


def test_operators_are_told_of_what_nobody_can_be_told(desk: Desk) -> None:
    desk.diary.made[CITY] = city_of(CITY, contact_of(consent=day_of(30)))
    desk.diary.day(1, FAILED)
    desk.turn(1)
    assert any("None of a city's contacts" in line for line in desk.turn(1, 11).ops)
