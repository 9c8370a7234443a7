"""Whole turns where days, contacts, rules and operators do not go by the book: told once, ended once, truly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from civicgauge.alerts.forms import State
from civicgauge.city import Contact, Portal
from civicgauge.pipeline.alerting import holding
from civicgauge.pipeline.alerting.answering import silence_act
from civicgauge.pipeline.alerting.records import incident_of, renewed
from tests.homes import home_at

from .turns import DAILY, HERE, LINKS, PRIVATE, ROWS, Diary, at_of, city, day_of, found, key_of

OK, BAD = found("passed"), found("failed")
FINE, SUSPECT = found("passed", PRIVATE), found("failed", PRIVATE)
OFFICER = Contact(email="privacy@alder.example", role="privacy", cadence="daily", consent=date(2026, 1, 1))
MANY = 10


@pytest.fixture
def diary(tmp_path: Path, warehouse_url: str) -> Iterator[Diary]:
    own = warehouse_url if warehouse_url.startswith("postgres") else None
    with home_at(tmp_path / "home", own) as context:
        yield Diary(context)


def opened(diary: Diary) -> None:
    """In order on Monday, failed on Tuesday and Wednesday, and told."""
    assert [diary.live(1, OK), diary.live(2, BAD), diary.live(3, BAD)] == [[], [], ["digest:opened"]]


def change(diary: Diary, rule: str, **changes: Any) -> dict[str, Any]:
    """Change an incident as an answer would; its row before."""
    key = key_of(rule)
    with diary.context.warehouse() as warehouse, warehouse.alerts.desk(HERE) as desk:
        row = desk.incidents([key])[key]
        desk.save_incidents([renewed(row, replace(incident_of(row), **changes), at_of(3, 16))])
    return row


def state(diary: Diary, rule: str = LINKS) -> str:
    with diary.context.warehouse() as warehouse:
        (row,) = warehouse.alerts.incidents(key=key_of(rule))
    return str(row["state"])


def text(diary: Diary, kind: str, role: str = "open_data") -> str:
    """What the newest message of a kind says to a role, in one line."""
    with diary.context.warehouse() as warehouse:
        roles = {row["contact_id"]: row["role"] for row in warehouse.alerts.contacts()}
        ids = [
            row["notification_id"]
            for row in warehouse.alerts.notifications()
            if row["kind"] == kind and roles[row["contact_id"]] == role
        ]
        content = warehouse.alerts.content(ids[0])
    assert content is not None
    return " ".join(content["rendered"]["text"].split())


# ---------------------------------------------------------------- personal data


def test_personal_data_at_first_sight_is_told_once_it_is_released(diary: Diary) -> None:
    diary.cities[HERE] = city(HERE, DAILY, OFFICER)
    assert diary.live(1, SUSPECT) == []
    change(diary, PRIVATE, released_at=at_of(1, 16))
    assert diary.live(2, SUSPECT) == ["privacy:opened"]
    assert [diary.live(3, SUSPECT), diary.live(4, FINE), diary.live(5, FINE)] == [[], [], ["privacy:resolved"]]


def test_personal_data_at_first_sight_that_was_never_released_is_told_neither_then_nor_at_its_end(
    diary: Diary,
) -> None:
    diary.cities[HERE] = city(HERE, DAILY, OFFICER)
    assert [diary.live(n, each) for n, each in enumerate((SUSPECT, SUSPECT, FINE, FINE), 1)] == [[]] * 4


def test_a_privacy_officer_named_after_the_finding_is_told_of_it(diary: Diary) -> None:
    assert [diary.live(1, FINE), diary.live(2, SUSPECT), diary.live(3, SUSPECT)] == [[], [], []]
    diary.cities[HERE] = city(HERE, DAILY, OFFICER)
    change(diary, PRIVATE, released_at=at_of(3, 16))
    assert diary.live(4, SUSPECT) == ["privacy:opened"]


def test_who_else_was_told_is_who_was_told(diary: Diary) -> None:
    watcher = DAILY.model_copy(update={"email": "mayor@alder.example", "role": "escalation"})
    owner = DAILY.model_copy(update={"email": "permits@alder.example", "role": "data_owner"})
    later = DAILY.model_copy(update={"email": "it@alder.example", "role": "it", "consent": date(2027, 1, 1)})
    diary.cities[HERE] = city(HERE, DAILY, OFFICER, watcher, owner, later)
    diary.live(1, FINE, OK)
    diary.live(2, SUSPECT, BAD)
    diary.live(3, SUSPECT, BAD)
    change(diary, PRIVATE, released_at=at_of(3, 16))
    diary.turn(3, 17)
    assert "Nobody else was sent this." in text(diary, "privacy", "privacy")
    assert "Also sent to: owner of the data." in text(diary, "digest")


# ---------------------------------------------------------------- contacts who come later


def test_a_city_that_gets_its_first_contact_gets_its_report_and_is_then_thanked(diary: Diary) -> None:
    diary.cities[HERE] = city(HERE, DAILY.model_copy(update={"email": "x@alder.example", "consent": date(2027, 1, 1)}))
    assert [diary.live(1, OK), diary.live(2, BAD), diary.live(3, BAD)] == [[], [], []]
    diary.cities[HERE] = city()
    assert diary.live(4, BAD) == ["baseline:"]
    assert "On March 2, 2026 we looked at the open data of Alder-Falls for the first time" in text(diary, "baseline")
    assert [diary.live(8, OK), diary.live(9, OK)] == [[], ["digest:resolved"]]


def test_a_successor_sees_what_its_predecessor_was_told_of(diary: Diary) -> None:
    opened(diary)
    diary.cities[HERE] = city(HERE, DAILY.model_copy(update={"email": "new@alder.example"}))
    assert diary.live(4, BAD) == ["baseline:"]
    row = found("failed", ROWS)
    diary.live(8, BAD, found("passed", ROWS))
    assert diary.live(9, BAD, row) == ["digest:opened"]
    assert "1 new; 1 still open" in text(diary, "digest")


def test_who_is_named_during_a_hold_is_told_what_was_held_since(diary: Diary) -> None:
    contacts = [DAILY.model_copy(update={"email": f"data@c{n}.example"}) for n in range(MANY)]
    diary.cities = {f"c{n}": city(f"c{n}", each) for n, each in enumerate(contacts)}
    for n, each in enumerate((OK, BAD, BAD), 1):
        _everywhere(diary, n, each)
    hold = diary.turn(3, 16).hold
    assert hold is not None
    diary.cities["c0"] = city("c0", DAILY.model_copy(update={"email": "new@c0.example"}))
    diary.turn(3, 17)
    with diary.context.warehouse() as warehouse:
        holding.release(warehouse, hold["hold_id"], at=at_of(4), by="operator")
    assert sorted(queued.city_id for queued in _everywhere(diary, 4, BAD).queued) == sorted(diary.cities)


def _everywhere(diary: Diary, number: int, *findings: Any) -> Any:
    for city_id in diary.cities:
        diary.write(number, *findings, city_id=city_id)
    return diary.turn(number)


# ---------------------------------------------------------------- operators


def test_what_is_silenced_holds_nothing_up(diary: Diary) -> None:
    diary.cities = {f"c{n}": city(f"c{n}") for n in range(MANY)}
    _everywhere(diary, 1, OK)
    silence = {"city_id": None, "portal_id": None, "dataset_id": None, "rule_id": LINKS, "starts_at": at_of(1, 16)}
    with diary.context.warehouse() as warehouse:
        told = {"silence_id": "s", "ends_at": at_of(5, 12), "reason": "our fault", "author": "operator"}
        warehouse.alerts.save_silence(silence | told, silence_act(silence | told, at_of(1, 16)))
    assert [_everywhere(diary, n, BAD).hold for n in (2, 3, 4)] == [None, None, None]
    after = _everywhere(diary, 5, BAD)
    assert after.hold is not None  # it is about to be told now
    assert not after.queued


def test_operators_are_told_of_a_hold_in_the_turn_that_makes_it(diary: Diary) -> None:
    diary.cities = {f"c{n}": city(f"c{n}") for n in range(MANY)}
    _everywhere(diary, 1, OK)
    _everywhere(diary, 2, BAD)
    assert "Messages to cities are held (1)" in _everywhere(diary, 3, BAD).ops


def test_the_operators_own_matters_are_no_usual_day_of_cities(diary: Diary) -> None:
    diary.write(1, OK)
    assert "Not measured by its hour (1)" in diary.turn(3).ops
    with diary.context.warehouse() as warehouse:
        assert warehouse.alerts.openings_by_day(day_of(1)) == []


def test_a_message_in_doubt_that_an_operator_found_delivered_is_not_told_again(diary: Diary) -> None:
    opened(diary)
    with diary.context.warehouse() as warehouse:
        row = warehouse.outbox.claim("a", at_of(3, 15.1), 300)
        assert row is not None
        assert warehouse.outbox.begin(row["notification_id"], "a", at_of(3, 15.1))
        assert warehouse.outbox.doubt(row["notification_id"], "a", "no answer after DATA")
        assert warehouse.outbox.leave(row["notification_id"], "found in the log")
    assert [diary.live(4, BAD), diary.live(5, BAD)] == [[], []]
    assert [diary.live(8, OK), diary.live(9, OK)] == [[], ["digest:resolved"]]


def test_operators_who_cannot_be_reached_are_one_matter(diary: Diary) -> None:
    """Else each message on a failed message would fail, and be a matter of its own."""
    diary.rename(ops_contacts=("mail:nowhere",))
    diary.live(1, OK)
    told = []
    for n in range(5):
        told.append(bool(diary.turn(3, 10 + n / 4).ops))
        diary.send(3, 10.1 + n / 4)
    assert told == [True, True, False, False, False]


def test_an_outage_of_three_days_begins_once_and_ends_once(diary: Diary) -> None:
    diary.cities = {f"c{n}": city(f"c{n}") for n in range(4)}
    _everywhere(diary, 1, OK)
    lines = []
    for n in (2, 3, 4, 5):
        for hour, city_id in enumerate(diary.cities, 6):
            outcome = "complete" if n == 5 else "not_measured"
            times = {"started_at": at_of(n, hour), "ended_at": at_of(n, hour + 0.2)}
            diary.write(n, OK, city_id=city_id, outcome=outcome, **times)
            lines.append((n, [line for line in diary.turn(n, hour + 0.5).ops if not line.startswith("  ")]))
    first = [line for n, told in lines if n == 2 for line in told if "could not be read" in line]
    assert first == ["A portal could not be read (1)"] * 2 + ["Portals of one platform could not be read (1)"]
    later = [line for n, told in lines if n > 2 for line in told]
    assert later == ["Over: Portals of one platform could not be read – all cities, after 3 days"]


def test_a_portal_that_three_cities_share_is_told_once_by_its_name_and_is_over_once(diary: Diary) -> None:
    shared = Portal(id="state", kind="ckan", url="https://data.state.example")
    made = {city_id: city(city_id) for city_id in ("a", "b", "c")}
    made["c"] = city("c", portals=("own",))
    diary.cities = {i: made[i].model_copy(update={"portals": (*made[i].portals[i != "c" :], shared)}) for i in made}
    cause = "PortalUnreachable: https://data.state.example/api: no connection. Try again later."
    told: dict[tuple[int, str], list[str]] = {}
    for n in (1, 2, 3):
        for hour, city_id in enumerate(diary.cities, 6):
            run = {"started_at": at_of(n, hour), "ended_at": at_of(n, hour + 0.2), "outcome": "complete"}
            if n == 2:
                run |= {"outcome": "partial" if city_id == "c" else "not_measured", "problem": f"state: {cause}"}
            diary.write(n, OK, city_id=city_id, **run)
            told[n, city_id] = [line for line in diary.turn(n, hour + 0.5).ops if "by its hour" not in line]
    began = told.pop((2, "a"))
    assert began[0] == "A portal that several cities share could not be read (1)"
    assert began[1] == f"  - data.state.example, since {day_of(2)}: not read for a; on it too: b, c. {cause}"
    assert told.pop((3, "c")) == [
        "Over: A portal that several cities share could not be read – data.state.example, after 1 days"
    ]
    assert {when: lines for when, lines in told.items() if lines and when[0] > 1} == {}


def test_one_city_is_no_platform_and_its_other_portal_is_not_forgotten_in_an_outage(diary: Diary) -> None:
    """What was not read are portals, not cities: those of a city that were read count for nothing."""
    kinds = ("main", "geo", "parks")
    diary.cities = {"a": city("a", portals=kinds), **{f"c{n}": city(f"c{n}") for n in range(3)}}
    main = diary.cities["a"].portals[0]
    own = Portal(id="own", kind="socrata", url="https://own.example")
    away = [each.model_copy(update={"url": f"https://{each.id}.a.example"}) for each in diary.cities["a"].portals]
    diary.cities["a"] = diary.cities["a"].model_copy(update={"portals": (*away, own)})
    assert own.kind != main.kind
    _everywhere(diary, 1, OK)
    told: list[list[str]] = []
    for n, outages in ((2, {"a": "geo: PortalBusy: no"}), (3, {"a": "geo: PortalBusy: no; own: PortalRefused: 404"})):
        for city_id in diary.cities:
            problem = outages.get(city_id) or ("main: PortalBusy: no" if n == 3 else None)
            outcome = "partial" if city_id == "a" else "not_measured" if problem else "complete"
            diary.write(n, OK, city_id=city_id, outcome=outcome, problem=problem)
        told.append([line for line in diary.turn(n).ops if "could not be read" in line or line.startswith("  - ")])
    assert told[0][0] == "A portal could not be read (1)"
    assert told[0][1].startswith("  - a, since")
    with diary.context.warehouse() as warehouse:
        live = {
            (r["rule_id"], r["city_id"]): r["observed"] for r in warehouse.alerts.incidents() if r["state"] == "open"
        }
    assert live["platform_not_read", ""] == f"4 cities on {main.kind}: a, c0, c1, c2"
    assert "own: PortalRefused" in live["portal_not_read", "a"]


# ---------------------------------------------------------------- what is looked at no more


def test_what_is_open_of_a_rule_that_is_no_more_is_closed_and_reminds_nobody(diary: Diary) -> None:
    opened(diary)
    del diary.checks[LINKS]
    assert diary.live(4) == ["digest:closed"]
    assert [told for n in range(5, 40) if (told := diary.live(n))] == []


def test_what_is_open_of_a_portal_that_left_the_city_file_is_closed(diary: Diary) -> None:
    diary.cities[HERE] = city(HERE, portals=("main", "old"))
    ok, bad = found("passed", portal="old"), found("failed", portal="old")
    assert [diary.live(1, ok), diary.live(2, bad), diary.live(3, bad)] == [[], [], ["digest:opened"]]
    diary.cities[HERE] = city()
    assert diary.live(4) == ["digest:closed"]
    assert "The rule no longer applies to this dataset." in text(diary, "digest")


def test_what_staff_agreed_on_is_no_more_shown_as_open(diary: Diary) -> None:
    opened(diary)
    change(diary, LINKS, state=State.RESOLVED, resolved_on=day_of(3), resolved_reason="dispute_accepted")
    assert diary.live(4, BAD, found("passed", ROWS)) == ["digest:closed"]
    assert "staff agree" in text(diary, "digest")
    assert [diary.live(n, BAD, found("passed", ROWS)) for n in range(5, 9)] == [[], [], [], []]
    assert state(diary) == "resolved"
    assert diary.live(9, BAD, found("failed", ROWS)) == ["digest:opened"]
    assert "1 new. " in text(diary, "digest")


def test_an_end_that_is_told_late_lasted_from_its_own_beginning(diary: Diary) -> None:
    weekly = DAILY.model_copy(update={"cadence": "weekly", "weekday": "thursday"})
    diary.cities[HERE] = city(HERE, weekly)
    told = [diary.live(n, each) for n, each in enumerate((OK, BAD, BAD, BAD, BAD, OK, OK, BAD, OK, OK, OK), 1)]
    assert [each for each in told if each] == [["digest:opened"], ["digest:resolved"]]
    assert "4 days" in text(diary, "digest"), text(diary, "digest")


def test_the_evidence_is_of_the_day_on_which_it_was_seen(diary: Diary) -> None:
    """A dataset that could not be looked at since is not shown as looked at."""
    opened(diary)
    for n in range(4, 33):
        assert diary.live(n) == []
    assert diary.live(33) == ["digest:reminder"]
    assert f"Checked March 4, 2026, 6:00 AM (UTC); run {HERE}.2026-03-04." in text(diary, "digest")


def test_who_left_comes_back_by_a_later_consent(diary: Diary) -> None:
    opened(diary)
    with diary.context.warehouse() as warehouse, warehouse.alerts.desk(HERE) as desk:
        desk.save_contacts([{**row, "unsubscribed_at": at_of(3, 16)} for row in desk.contacts()])
    diary.cities[HERE] = city(HERE, DAILY.model_copy(update={"consent": day_of(3)}))  # of the day on which it left
    assert [diary.live(4, OK), diary.live(5, OK)] == [[], []]
    diary.cities[HERE] = city(HERE, DAILY.model_copy(update={"consent": day_of(8)}))
    assert diary.live(8, OK) == ["digest:resolved"]


def test_what_a_failed_digest_could_not_say_is_said_by_the_next_one(diary: Diary) -> None:
    opened(diary)
    with diary.context.warehouse() as warehouse:
        row = warehouse.outbox.claim("a", at_of(3, 15.1), 300)
        assert row is not None
        assert warehouse.outbox.fail(row["notification_id"], "a", "the mail server was away for a week")
    assert diary.live(4, BAD) == ["digest:opened"]
    assert [diary.live(5, OK), diary.live(8, OK)] == [[], ["digest:resolved"]]


def test_a_name_may_stand_before_the_sender_s_address(diary: Diary) -> None:
    diary.rename(mail_from="Springfield observations <observations@civicgauge.example>")
    opened(diary)
    assert diary.send(3, 15.1).failed == 0
    told = {row["message_id"].rpartition("@")[2] for row in _notifications(diary)}
    assert told == {"civicgauge.example>"}


def _notifications(diary: Diary) -> list[dict[str, Any]]:
    with diary.context.warehouse() as warehouse:
        return warehouse.alerts.notifications()
