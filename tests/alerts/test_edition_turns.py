"""Whole turns over an edition: who is told and who is not, once, however often a turn is taken or breaks off."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from civicgauge.errors import CivicgaugeError
from civicgauge.pipeline.alerting import editiontelling, holding
from civicgauge.pipeline.alerting.running import turn_with
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.incidents import contact_id
from tests.editionrows import ID, LAST, change_edition, put_dispute, put_edition

from .diary import Diary, city_of, contact_of, local, settings_in
from .stories import CITY, day_of

OTHER = "demo-birchport"
BEGINS, ENDS = day_of(3), day_of(17)
FOR_OTHER_THINGS = ("privacy", "escalation")
KEY = "a-key-of-the-tests-" + "k" * 20


@dataclass
class Told:
    """A warehouse with an edition of a city, and what its contacts were told."""

    warehouse: Warehouse
    folder: Path
    diary: Diary = field(default_factory=lambda: Diary({CITY: city_of(publication="shared_with_city")}))

    def begin(self, **edition: Any) -> None:
        dates = {"preview_from": BEGINS, "preview_until": ENDS}
        put_edition(self.warehouse, CITY, day_of(2), **(dates | edition))

    def turn(self, number: int, hour: float = 10) -> list[str]:
        """What one turn queued: the subjects, in order."""
        known = settings_in(self.folder, public_url="https://answers.example", signing_keys=(KEY,))
        found = turn_with(self.diary, self.warehouse, known, local(number, hour)).queued
        return [self.rendered(each.notification_id)["subject"] for each in found]

    def rendered(self, notification_id: str) -> dict[str, Any]:
        content = self.warehouse.alerts.content(notification_id)
        assert content is not None
        return content["rendered"]

    def all(self) -> list[tuple[str, str]]:
        """(role, news) of everything that was ever queued."""
        roles = {row["contact_id"]: row["role"] for row in self.warehouse.alerts.contacts()}
        rows = [row for row in self.warehouse.alerts.notifications() if row["kind"] == "edition"]
        about = [(row["contact_id"], self.rendered(row["notification_id"])["facts"]["edition"]["news"]) for row in rows]
        return sorted((roles[who], news) for who, news in about)


@pytest.fixture
def told(warehouse: Warehouse, tmp_path: Path) -> Told:
    """On both databases in turn."""
    return Told(warehouse, tmp_path)


def test_each_news_is_told_once_to_those_whom_it_is_for(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    roles = ("open_data", "mayor", *FOR_OTHER_THINGS)
    people = [contact_of(role=role) for role in roles]
    left, bounced, later = (contact_of(role="open_data", email=f"{who}@alder.example") for who in ("left", "mx", "new"))
    later = later.model_copy(update={"consent": day_of(20)})
    told.diary.made[CITY] = city_of(CITY, *people, left, bounced, later, publication="shared_with_city")
    assert told.turn(2) == []
    ids = [contact_id(CITY, "mail", each.email or "") for each in (left, bounced)]
    told.begin()
    told.turn(2, 11)  # it begins on the next day: nobody is told, but all are known
    with told.warehouse.alerts.desk(CITY) as desk:
        rows = {row["contact_id"]: row for row in desk.contacts()}
        columns = zip(ids, ("unsubscribed_at", "bounced_at"), strict=True)
        desk.save_contacts({**rows[each], column: local(2, 12)} for each, column in columns)

    breaks_off(told, monkeypatch, local_number=3)
    assert len(told.turn(3, 11)) == 2
    assert told.turn(3, 12) == told.turn(4) == []
    assert [told.turn(day) for day in (10, 11)] == [[], []]
    assert [subject.startswith("[reminder]") for subject in told.turn(12)] == [True, True]
    times = {"made_at": local(12, 11), "decided_at": local(13, 9)}
    put_dispute(told.warehouse, CITY, state="rejected", answer="As seen.", **times)
    put_dispute(told.warehouse, CITY, f"{ID}-d2", state="withdrawn", **times)
    assert len(told.turn(13)) == 2
    assert told.turn(13, 11) == []
    change_edition(told.warehouse, state="frozen", frozen_at=local(18, 9), keep_until=day_of(1400))
    assert len(told.turn(18)) == 2
    put_erratum(told.warehouse, local(19, 9))
    assert len(told.turn(19)) == 2
    assert told.turn(19, 11) == []
    news = ("decided", "erratum", "frozen", "preview", "reminder")
    assert told.all() == [(role, each) for role in ("mayor", "open_data") for each in news]
    assert told.turn(21) == told.turn(24) == []  # who agreed on day 20 is told nothing of what was before


def breaks_off(told: Told, monkeypatch: pytest.MonkeyPatch, local_number: int) -> None:
    """A turn that ends after its first message: nothing of the city is kept, and the next turn tells all."""
    real, done = editiontelling.notification_key, []

    def once(*parts: str) -> str:
        done.append(parts)
        if len(done) == 2:
            raise CivicgaugeError("killed")
        return real(*parts)

    with monkeypatch.context() as patched:
        patched.setattr(editiontelling, "notification_key", once)
        with pytest.raises(CivicgaugeError, match="killed"):
            told.turn(local_number)
    assert told.all() == []


def put_erratum(warehouse: Warehouse, at: datetime) -> None:
    """One number of the edition is corrected."""
    old = {"old_value": 0.25, "old_status": "ok", "new_value": 0.5, "new_status": "ok"}
    row = {"erratum_id": f"{ID}-e1", "edition_id": ID, "city_id": CITY, "indicator_id": "licence_open_share"}
    who = {"reason": "counted twice", "made_at": at.astimezone(UTC), "by": "data steward", "second_by": "director"}
    with warehouse.reviews.desk() as desk:
        desk.add("erratum", {**row, "indicator_version": 1, **old, **who})


def test_a_private_city_and_an_edition_that_shows_nothing_tell_nobody(tmp_path: Path) -> None:
    with Warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}") as warehouse:
        warehouse.upgrade()
        told = Told(warehouse, tmp_path, Diary({CITY: city_of(publication="private")}))
        told.begin()
        assert told.turn(3) == []
        change_edition(warehouse, state="frozen", keep_until=day_of(1400), frozen_at=local(4, 9))
        assert told.turn(4) == []
        told.diary.made[CITY] = city_of(publication="public")
        told.begin(edition_id="hidden", publication="private")  # it was private when the edition was opened
        told.begin(edition_id="draft", state="draft")
        told.begin(edition_id="given-up", state="abandoned")
        hold = {
            "hold_id": "h1",
            "opened_at": local(4, 12),
            "state": "open",
            "reason": "a test",
            "days": [],
            "about": "news",
        }
        warehouse.alerts.save_hold({**hold, "cities_count": 9, "openings_count": 9})
        assert told.turn(5) == []  # while everything to cities is held, this is too
        holding.release(warehouse, "h1", at=local(5, 11), by="operator")
        assert ["is frozen" in subject for subject in told.turn(5, 12)] == [True]
        assert told.all() == [("open_data", "frozen")]


def test_a_preview_says_what_differs_from_the_last_edition_and_rooms_hear_no_number(tmp_path: Path) -> None:
    with Warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}") as warehouse:
        warehouse.upgrade()
        told = Told(warehouse, tmp_path)
        frozen = {"state": "frozen", "frozen_at": local(-200, 9), "keep_until": day_of(1400)}
        put_edition(warehouse, CITY, day_of(-210), edition_id=LAST, title="Second half of 2025", **frozen)
        with warehouse.reviews.desk() as desk:
            desk.change("edition_value", {"value": 0.75}, edition_id=LAST, indicator_id="licence_open_share")
        told.begin()
        (subject,) = told.turn(3)
        (row,) = warehouse.alerts.notifications(city_id=CITY)
        found = told.rendered(row["notification_id"])
        assert (row["kind"], row["day"], found["subject"]) == ("edition", day_of(2), subject)
        text = " ".join(found["text"].split())
        assert "now 25.0 % before 75.0 %" in text
        assert "too much is unknown: between 10.0 % and 90.0 %" in text
        assert "2 numbers, from what we saw on March 3, 2026" in text
        rooms = str(found["blocks"])
        assert "Last day: March 18, 2026" in rooms
        assert not [each for each in ("25", "75", "10.0", "answers.example") if each in rooms]
        assert found["facts"]["edition"]["ids"] == [ID]
        assert "0.25" not in str(found["facts"])
