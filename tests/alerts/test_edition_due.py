"""When a city is told of an edition: once, with one reminder, and never of a preview that is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.alerts.editiondue import REMINDS_WORKING_DAYS, TOLD_WITHIN, Happened, Look, Standing, due
from civicgauge.alerts.editions import News
from civicgauge.alerts.planning import Contact, works

ID = "2026-h1"
FROM, UNTIL = date(2026, 7, 1), date(2026, 7, 16)  # a Wednesday, and a Thursday
HOLIDAY = frozenset({date(2026, 7, 3)})
FROZEN = datetime(2026, 7, 20, 15, tzinfo=UTC)
PREVIEW = Standing(ID, preview_from=FROM, preview_until=UNTIL)
CONTACT = Contact(
    contact_id="c1",
    city_id="demo-birchport",
    channel="mail",
    role="open_data",
    cadence="monthly",
    weekday=1,
    hour=9,
    time_zone="America/New_York",
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
)


def at(day: int, hour: int = 15, month: int = 7) -> datetime:
    """That hour in UTC, four hours after New York's."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


class Told:
    """A recipient that is told whatever is due, and remembers it."""

    def __init__(self, contact: Contact = CONTACT, agreed_on: date = date(2026, 1, 1)) -> None:
        self.contact, self.agreed_on = contact, agreed_on
        self.known: dict[tuple[News, str], datetime] = {}

    def look(self, standing: Standing, when: datetime) -> list[tuple[str, tuple[str, ...], datetime]]:
        found = list(due(standing, Look(self.contact, self.agreed_on, when, HOLIDAY, self.known)))
        self.known |= {(each.news, one): when for each in found for one in each.ids}
        return [(str(each.news), each.ids, each.due_at) for each in found]


def test_a_preview_is_told_once_in_working_hours_and_reminded_of_once() -> None:
    told = Told()
    assert told.look(PREVIEW, at(1, 3)) == []  # in New York it is the day before
    assert told.look(PREVIEW, at(1)) == [("preview", (ID,), at(1))]
    assert told.look(PREVIEW, at(1, 16)) == []
    days = {day: told.look(PREVIEW, at(day)) for day in range(2, 18)}
    assert {day: found for day, found in days.items() if found} == {13: [("reminder", (ID,), at(13))]}
    assert [d for d in range(14, 17) if works(date(2026, 7, d), HOLIDAY)] == [14, 15, 16]  # three days are left


@pytest.mark.parametrize(("hour", "day"), [(23, 2), (10, 1)])
def test_out_of_hours_it_waits_for_the_morning(hour: int, day: int) -> None:
    ((_, _, due_at),) = Told().look(PREVIEW, at(1, hour))
    assert due_at == at(day, 13)


def test_a_city_that_contested_is_not_reminded() -> None:
    told = Told()
    told.look(PREVIEW, at(1))
    assert told.look(replace(PREVIEW, has_answered=True), at(13)) == []


def test_who_is_named_late_gets_the_preview_and_no_reminder_on_that_day() -> None:
    late = Told(agreed_on=date(2026, 7, 14))
    assert [news for news, _, _ in late.look(PREVIEW, at(14))] == ["preview"]
    assert late.look(PREVIEW, at(14, 18)) == []
    assert [news for news, _, _ in late.look(PREVIEW, at(15))] == ["reminder"]


def test_what_would_come_after_the_end_is_not_told() -> None:
    assert [news for news, _, _ in Told().look(PREVIEW, at(16, 20))] == ["preview"]  # four in the afternoon
    assert Told().look(PREVIEW, at(16, 21)) == []  # five: it would come in the morning after
    assert Told().look(PREVIEW, at(17)) == []


def test_decisions_and_errata_of_one_time_come_together_and_once() -> None:
    decided = (Happened("d1", at(6)), Happened("d2", at(7)))
    told = Told()
    told.look(PREVIEW, at(1))
    assert told.look(replace(PREVIEW, has_answered=True, decided=decided), at(7, 16)) == [
        ("decided", ("d1", "d2"), at(7, 16))
    ]
    frozen = Standing(ID, frozen_at=FROZEN, decided=decided, errata=(Happened("e1", FROZEN + timedelta(days=1)),))
    assert told.look(frozen, FROZEN) == [("frozen", (ID,), FROZEN)]
    assert told.look(frozen, at(22)) == [("erratum", ("e1",), at(22))]
    more = replace(frozen, errata=(*frozen.errata, Happened("e2", at(23))))
    assert told.look(more, at(23)) == [("erratum", ("e2",), at(23))]
    assert told.look(more, at(24)) == []


def test_what_is_long_ago_or_before_the_recipient_agreed_is_no_news() -> None:
    frozen = Standing(ID, frozen_at=FROZEN)
    assert Told().look(frozen, FROZEN + TOLD_WITHIN + timedelta(hours=1)) == []
    assert Told().look(frozen, FROZEN - timedelta(seconds=1)) == []
    assert Told(agreed_on=date(2026, 7, 21)).look(frozen, at(22)) == []
    assert Told(agreed_on=date(2026, 7, 20)).look(frozen, at(22)) != []


@pytest.mark.parametrize("role", ["privacy", "escalation"])
def test_roles_for_other_things_are_told_nothing(role: str) -> None:
    everything = replace(PREVIEW, decided=(Happened("d1", at(1)),), errata=(Happened("e1", at(1)),))
    assert Told(replace(CONTACT, role=role)).look(everything, at(1)) == []


def test_a_feed_that_others_read_holds_nothing_private() -> None:
    feed = Told(replace(CONTACT, channel="atom"))
    assert feed.look(replace(PREVIEW, decided=(Happened("d1", at(1)),)), at(2)) == []
    frozen = Standing(ID, frozen_at=FROZEN, errata=(Happened("e1", FROZEN),))
    assert [news for news, _, _ in feed.look(frozen, FROZEN)] == ["frozen", "erratum"]


@given(hours=st.lists(st.integers(min_value=0, max_value=20 * 24), max_size=40), answers_at=st.integers(0, 20 * 24))
def test_whenever_it_is_looked_at_nothing_comes_twice_and_nothing_late(hours: list[int], answers_at: int) -> None:
    told, found = Told(), []
    for hour in sorted(hours):
        when = at(1, 0) + timedelta(hours=hour)
        found += told.look(replace(PREVIEW, has_answered=hour >= answers_at), when)
    assert [news for news, _, _ in found] in ([], ["preview"], ["preview", "reminder"])
    for news, _, due_at in found:
        local = due_at.astimezone(UTC) - timedelta(hours=4)
        assert local.date() <= UNTIL
        assert works(local.date(), HOLIDAY)
        if news == "reminder":
            assert UNTIL - local.date() <= timedelta(days=REMINDS_WORKING_DAYS + 2)
