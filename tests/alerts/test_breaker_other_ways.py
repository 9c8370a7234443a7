"""Faults of our own that look like anything but new findings: all got worse, all was mended. Both are held."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from civicgauge.alerts.breaker import mass_ends
from civicgauge.alerts.forms import Severity
from civicgauge.pipeline.alerting import holding
from civicgauge.warehouse import Warehouse

from .diary import city_of, local, settings_in
from .stories import found
from .test_turns import Desk

NAMES = [f"city-{n}" for n in range(8)]
TABLES = ("permits", "crimes", "budget")
DAY = date(2026, 3, 4)


@pytest.fixture
def desk(warehouse: Warehouse, tmp_path: Path) -> Desk:
    assert settings_in(tmp_path).home
    return Desk(warehouse, tmp_path)


def everywhere(desk: Desk, number: int, verdict: str, severity: Severity = Severity.WARNING) -> None:
    """A day of every city: three datasets that fare alike."""
    findings = [found(verdict, dataset=each, severity=severity) for each in TABLES]  # type: ignore[arg-type]
    for name in NAMES:
        desk.diary.day(number, *findings, city=name)
    desk.turn(number)


def told(desk: Desk) -> list[str]:
    """The notices that cities were told, each once."""
    return sorted(set(desk.notices()))


def open_everywhere(desk: Desk) -> None:
    """Every city has three open points that it was told of, by operators' leave."""
    desk.diary.made = {name: city_of(name) for name in NAMES}
    everywhere(desk, 1, "passed")
    everywhere(desk, 2, "failed")
    everywhere(desk, 3, "failed")
    (hold,) = desk.warehouse.alerts.holds("open")
    holding.release(desk.warehouse, hold["hold_id"], at=local(3, 11), by="operator")
    everywhere(desk, 4, "failed")
    everywhere(desk, 8, "failed")
    assert told(desk) == ["opened"]


def test_what_is_mended_everywhere_at_once_is_held_and_shows_itself_again(desk: Desk) -> None:
    open_everywhere(desk)
    everywhere(desk, 9, "passed")
    everywhere(desk, 10, "passed")
    (hold,) = desk.warehouse.alerts.holds("open")
    assert "mended nearly all of a rule" in hold["reason"]
    everywhere(desk, 15, "passed")
    assert told(desk) == ["opened"]
    holding.drop(desk.warehouse, hold["hold_id"], at=local(15, 11), by="operator")
    assert {row["state"] for row in desk.warehouse.alerts.incidents() if row["audience"] == "city"} == {"open"}
    for number in (16, 22):  # the fault is repaired: one city mends one thing, by itself
        for name in NAMES:
            mends = [found("passed")] if name == NAMES[0] else [found("failed")]
            desk.diary.day(number, *mends, *(found("failed", dataset=each) for each in TABLES[1:]), city=name)
        desk.turn(number)
    assert desk.warehouse.alerts.holds("open") == []
    ended = [row for row in desk.warehouse.alerts.items() if row["notice"] == "resolved"]
    assert {row["city_id"] for row in ended} == {NAMES[0]}


def test_what_got_worse_everywhere_at_once_is_held_and_told_only_where_it_stays(desk: Desk) -> None:
    open_everywhere(desk)
    everywhere(desk, 9, "failed", Severity.CRITICAL)
    (hold,) = desk.warehouse.alerts.holds("open")
    assert told(desk) == ["opened"]
    holding.drop(desk.warehouse, hold["hold_id"], at=local(9, 11), by="operator")
    everywhere(desk, 10, "failed")
    everywhere(desk, 15, "failed")
    assert (told(desk), desk.warehouse.alerts.holds("open")) == (["opened"], [])


def test_what_was_released_goes_out_though_it_got_worse(desk: Desk) -> None:
    open_everywhere(desk)
    everywhere(desk, 9, "failed", Severity.ERROR)
    (hold,) = desk.warehouse.alerts.holds("open")
    holding.release(desk.warehouse, hold["hold_id"], at=local(9, 11), by="operator")
    everywhere(desk, 15, "failed", Severity.ERROR)
    assert told(desk) == ["opened", "worsened"]


def test_a_city_that_mends_much_by_itself_is_no_burst() -> None:
    ended = {(DAY, "a", "links_work"): 40}
    assert mass_ends(ended, {}, 1, frozenset()) == []
    many = {(DAY, f"c{n}", "links_work"): 2 for n in range(50)}
    assert mass_ends(many, {}, 50, frozenset()) == []
    some = {(DAY, f"c{n}", "links_work"): 5 for n in range(50)}
    assert mass_ends(some, {(f"c{n}", "links_work"): 5 for n in range(50)}, 50, frozenset()) == []
    assert [burst.cities for burst in mass_ends(some, {}, 50, frozenset())] == [50]
    assert mass_ends(some, {}, 50, frozenset({DAY})) == []


def test_a_drop_of_news_leaves_what_ended_by_itself_on_these_days(desk: Desk) -> None:
    """All looks late by a fault of ours, and one city mends what it was told of on the very day."""
    desk.diary.made = {name: city_of(name) for name in NAMES}
    lone = found("failed", dataset="zoning", severity=Severity.WARNING)
    for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10):
        for name in NAMES:
            is_bug = number >= 9
            looks = [found("failed" if is_bug else "passed", dataset=each) for each in TABLES]
            mine = (
                [found("passed", dataset="zoning") if number == 1 or number >= 9 else lone] if name == NAMES[0] else []
            )
            desk.diary.day(number, *looks, *mine, city=name)
        desk.turn(number)
    (hold,) = desk.warehouse.alerts.holds("open")
    assert (hold["about"], told(desk)) == ("news", ["opened"])
    holding.drop(desk.warehouse, hold["hold_id"], at=local(10, 11), by="operator")
    zoning = [row["state"] for row in desk.warehouse.alerts.incidents() if row["dataset_id"] == "zoning"]
    assert zoning == ["resolved"]
    for number in (11, 15):
        for name in NAMES:
            looks = [found("passed", dataset=each) for each in TABLES]
            mine = [found("passed", dataset="zoning")] if name == NAMES[0] else []
            desk.diary.day(number, *looks, *mine, city=name)
        desk.turn(number)
    ended = [row for row in desk.warehouse.alerts.items() if row["notice"] == "resolved"]
    assert ({row["city_id"] for row in ended}, told(desk)) == ({NAMES[0]}, ["opened", "resolved"])


def test_a_drop_takes_all_the_unusual_days(desk: Desk) -> None:
    """Half of the cities open on one day, half on the next, all in one turn."""
    later = [f"later-{n}" for n in range(8)]
    desk.diary.made = {name: city_of(name) for name in [*NAMES, *later]}
    for number in (1, 2, 3, 4):
        for name in [*NAMES, *later]:
            begins = 2 if name in NAMES else 3
            desk.diary.day(number, found("failed" if number >= begins else "passed"), city=name)
        if number in (1, 4):
            desk.turn(number)
    (hold,) = desk.warehouse.alerts.holds("open")
    assert len(hold["days"]) == 2
    holding.drop(desk.warehouse, hold["hold_id"], at=local(4, 11), by="operator")
    rows = [row for row in desk.warehouse.alerts.incidents() if row["audience"] == "city"]
    assert ({row["state"] for row in rows}, len(rows)) == ({"pending"}, 16)
