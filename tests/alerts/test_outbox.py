"""The outbox: one owner for each message, whatever dies and whoever comes at once; on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.outbox import Expired
from tests.alerts.senders import ask, hear, start
from tests.alerts.sendings import CITY, NOW, contact, queue, row_of, states

pytestmark = pytest.mark.slow
MINUTE = timedelta(minutes=1)


def test_what_has_been_due_for_longest_comes_first_and_what_is_not_due_never(warehouse: Warehouse) -> None:
    queue(warehouse, contact(), "second", "third")
    queue(warehouse, contact(), "first", due_at=NOW - timedelta(days=1))
    queue(warehouse, contact(), "later", due_at=NOW + MINUTE)
    claimed = [warehouse.outbox.claim("a", NOW, 300) for _ in range(4)]
    assert [row and row["notification_id"] for row in claimed] == ["first", "second", "third", None]
    assert claimed[0]
    assert (claimed[0]["state"], claimed[0]["lease_owner"]) == ("claimed", "a")
    assert claimed[0]["lease_until"] == NOW + timedelta(seconds=300)
    assert warehouse.outbox.claim("a", NOW + MINUTE, 300) == row_of(warehouse, "later")


def test_kinds_and_cities_can_be_chosen(warehouse: Warehouse) -> None:
    queue(warehouse, contact(), "city")
    queue(warehouse, contact(city_id=""), "ours", kind="ops")
    outbox = warehouse.outbox
    assert outbox.claim("a", NOW, 300, kinds=["ops"], cities=[CITY]) is None
    ours = outbox.claim("a", NOW, 300, kinds=["ops"])
    assert ours
    assert ours["notification_id"] == "ours"
    city = outbox.claim("a", NOW, 300, cities=[CITY])
    assert city
    assert city["notification_id"] == "city"


def test_three_senders_at_once_claim_300_messages_each_exactly_once(warehouse: Warehouse, warehouse_url: str) -> None:
    ids = [f"n{number:03}" for number in range(300)]
    queue(warehouse, contact(), *ids)
    children = [start("claim", warehouse_url, f"sender-{number}") for number in range(3)]
    assert [hear(child) for child in children] == ["ready"] * 3
    for child in children:
        ask(child, "go")
    claimed = []
    for number, child in enumerate(children):
        printed, errors = child.communicate(timeout=120)
        assert child.returncode == 0, errors
        claimed.append(printed.split())
        owned = [row for row in warehouse.alerts.notifications() if row["lease_owner"] == f"sender-{number}"]
        assert {row["notification_id"] for row in owned} == set(claimed[-1])
    assert Counter(each for own in claimed for each in own) == Counter(ids)
    assert sum(map(bool, claimed)) >= 2, "one sender got everything: they did not run at once"


def test_the_step_without_a_way_back_is_the_owners_alone_within_its_lease(warehouse: Warehouse) -> None:
    queue(warehouse, contact(), "n")
    outbox = warehouse.outbox
    assert not outbox.begin("n", "a", NOW)  # nobody claimed it
    assert outbox.claim("a", NOW, 60)
    assert not outbox.begin("n", "b", NOW)
    assert not outbox.begin("n", "a", NOW + MINUTE)  # the lease ends on the second
    assert row_of(warehouse, "n")["attempts"] == 0
    assert outbox.begin("n", "a", NOW + MINUTE / 2)
    assert (row_of(warehouse, "n")["state"], row_of(warehouse, "n")["attempts"]) == ("sending", 1)
    assert not outbox.begin("n", "a", NOW + MINUTE / 2)  # taken once
    assert not outbox.sent("n", "b", NOW)
    assert outbox.sent("n", "a", NOW + MINUTE)
    row = row_of(warehouse, "n")
    assert (row["state"], row["sent_at"], row["lease_owner"], row["lease_until"]) == ("sent", NOW + MINUTE, None, None)
    assert not outbox.fail("n", "a", "too late")
    assert not outbox.resend("n")


def test_what_a_dead_sender_had_not_begun_is_queued_behind_the_others(warehouse: Warehouse) -> None:
    queue(warehouse, contact(), "poison", "next")
    assert warehouse.outbox.claim("dead", NOW, 60)
    assert warehouse.outbox.expire(NOW + MINUTE / 2, []) == Expired()
    assert warehouse.outbox.expire(NOW + MINUTE, []) == Expired(unsent=1)
    order = [warehouse.outbox.claim("b", NOW + MINUTE, 60) for _ in range(2)]
    assert [row and row["notification_id"] for row in order] == ["next", "poison"]
    assert not warehouse.outbox.begin("poison", "dead", NOW)  # it was only slow, and is too late
    assert not warehouse.outbox.put_back("poison", "dead", "x", NOW)


def test_what_a_dead_sender_had_begun_is_doubtful_unless_twice_is_once(warehouse: Warehouse) -> None:
    queue(warehouse, contact(), "letter")
    queue(warehouse, contact("feed", "atom"), "entry")
    outbox = warehouse.outbox
    while row := outbox.claim("dead", NOW, 60):
        assert outbox.begin(row["notification_id"], "dead", NOW)
    assert outbox.expire(NOW + MINUTE, ["atom", "outbox"]) == Expired(repeated=1, doubtful=1)
    assert states(warehouse) == {"letter": "doubtful", "entry": "queued"}
    assert "<letter@civicgauge.example>" in row_of(warehouse, "letter")["problem"]
    again = outbox.claim("b", NOW + MINUTE, 60)
    assert again
    assert again["notification_id"] == "entry"
    assert outbox.claim("b", NOW + timedelta(days=9), 60) is None  # the letter waits for a person


def test_a_sender_that_was_only_slow_may_say_what_came_of_it(warehouse: Warehouse) -> None:
    queue(warehouse, contact(), "n")
    outbox = warehouse.outbox
    assert outbox.claim("slow", NOW, 60)
    assert outbox.begin("n", "slow", NOW)
    assert outbox.expire(NOW + MINUTE, []).doubtful == 1
    assert not outbox.sent("n", "other", NOW)
    assert outbox.sent("n", "slow", NOW + 2 * MINUTE)
    assert states(warehouse) == {"n": "sent"}


def test_an_operator_sends_doubtful_and_failed_ones_again(warehouse: Warehouse) -> None:
    queue(warehouse, contact(), "doubtful", "failed", "queued", "dropped")
    outbox = warehouse.outbox
    for settle in (
        lambda: outbox.doubt("doubtful", "a", "who knows"),
        lambda: outbox.fail("failed", "a", "no such box"),
        lambda: outbox.put_back("queued", "a", "busy", NOW + MINUTE),
        lambda: outbox.drop("dropped", "a", "has left"),
    ):
        assert outbox.claim("a", NOW, 60)
        assert settle()
    assert outbox.counts() == {"doubtful": 1, "failed": 1, "queued": 1, "dropped": 1}
    assert {each: outbox.resend(each) for each in ("doubtful", "failed", "queued", "dropped", "nowhere")} == {
        "doubtful": True,
        "failed": True,
        "queued": False,
        "dropped": False,
        "nowhere": False,
    }
    row = row_of(warehouse, "failed")
    assert (row["state"], row["attempts"], row["problem"], row["lease_owner"]) == ("queued", 0, None, None)
    assert not outbox.sent("doubtful", "a", NOW)  # what its sender has to say comes too late now


@pytest.mark.parametrize("is_begun", [False, True])
def test_tries_are_counted_once_each(warehouse: Warehouse, is_begun: bool) -> None:
    queue(warehouse, contact(), "n")
    outbox, at = warehouse.outbox, NOW
    for number in range(1, 4):
        assert outbox.claim("a", at, 60)
        if is_begun:
            assert outbox.begin("n", "a", at)
        at += MINUTE
        assert outbox.put_back("n", "a", "busy", at)
        row = row_of(warehouse, "n")
        assert (row["attempts"], row["due_at"], row["problem"]) == (number, at, "busy")
    assert outbox.claim("a", at, 60)
    assert outbox.put_back("n", "a", "the way is closed", at, is_attempt=False)
    assert row_of(warehouse, "n")["attempts"] == 3
