"""Answers by signed links, on both databases: each act, once, by whom it is for, and by nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import httpx
import pytest

from civicgauge.alerts.forms import Kind, State
from civicgauge.alerts.signing import Links
from tests.answers.html import Page
from tests.answers.world import BASE, BASELINE, CLOSED, HELD, LATE, OPS, OTHERS, PENDING, PRIVATE, THERE, TODAY, World

REASON = "The vendor mends the export in August"
ACTS = {
    "fixed": ({}, State.FIX_CLAIMED, Kind.FIX_CLAIMED, "We look again by July 1, 2026, 09:00 Springvale time"),
    "acknowledge": ({}, State.ACKNOWLEDGED, Kind.ACKNOWLEDGED, "no reminders of it until July 30, 2026"),
    "snooze": ({"days": "30", "reason": REASON}, State.SNOOZED, Kind.SNOOZED, "nothing of it until July 30, 2026"),
    "dispute": ({"word": "not-applicable", "reason": "It is a map"}, State.DISPUTED, Kind.DISPUTED, "A person looks"),
    "target": ({"until": "2026-09-01"}, State.OPEN, Kind.TARGET_SET, "We remind you of it from September 1, 2026"),
}


@pytest.mark.parametrize("act", ACTS)
def test_each_answer_is_kept_with_its_event_and_taken_once(either: World, act: str) -> None:
    typed, state, kind, words = ACTS[act]
    said = either.client.post(either.case(page=act), data=typed)
    assert said.status_code == 200
    assert words in Page(said.text).text
    now, event = either.incident(), either.events()[-1]
    assert now.state is state
    assert (event["kind"], event["by"], event["day"], event["at"]) == (str(kind), "open_data", TODAY, either.now)
    before = either.tables()
    again = either.client.post(either.case(page=act), data=typed)
    assert (again.status_code, "already done on June 30, 2026" in Page(again.text).text) == (409, True)
    assert either.tables() == before


def test_what_was_said_is_kept_as_it_was_said_but_for_addresses(world: World) -> None:
    world.client.post(world.case(page="snooze"), data={"days": "7", "reason": f"Ask  ann@city.example. {REASON}"})
    assert world.events()[-1]["reason"] == f"Ask (address left out) {REASON}"
    world.client.post(world.case(page="dispute"), data={"word": "test-data", "reason": " a trial: of maps "})
    assert (world.events()[-1]["reason"], world.incident().dispute) == ("test-data: a trial: of maps", "test-data")


def test_the_first_link_s_answer_counts_for_the_one_in_the_next_message(world: World) -> None:
    assert world.client.post(world.case(page="acknowledge")).status_code == 200
    later = world.case(page="acknowledge", until=world.now + timedelta(days=90))
    assert later != world.case(page="acknowledge")
    assert world.client.post(later).status_code == 409


def test_the_same_answer_is_taken_again_once_something_else_happened(either: World) -> None:
    link = either.case(page="acknowledge")
    assert either.client.post(link).status_code == 200
    either.now += timedelta(days=1)
    either.happens(Kind.TOLD)
    assert either.client.post(link).status_code == 409  # a message changes nothing
    either.now += timedelta(days=30)
    either.happens(Kind.WOKE, state=State.OPEN, until=None)
    assert either.client.post(link).status_code == 200
    assert [event["kind"] for event in either.events()] == ["opened", "acknowledged", "told", "woke", "acknowledged"]


def test_another_day_is_another_answer(world: World) -> None:
    link = world.case(page="snooze")
    days = ("2026-07-10", "2026-07-20", "2026-07-10", "2026-07-10")
    codes = [world.client.post(link, data={"until": day, "reason": REASON}).status_code for day in days]
    assert codes == [200, 200, 200, 409]
    assert world.incident().until.isoformat() == "2026-07-10"


def test_two_who_press_at_once_act_once(either: World) -> None:
    link, many = either.case(page="snooze"), 6
    together = Barrier(many)

    def press(_: int) -> int:
        with httpx.Client(base_url=either.client.base_url, trust_env=False) as client:
            together.wait(20)
            return client.post(link, data={"days": "7", "reason": REASON}, timeout=60).status_code

    with ThreadPoolExecutor(many) as pool:
        codes = sorted(pool.map(press, range(many)))
    assert codes == [200, *[409] * (many - 1)]
    assert [event["kind"] for event in either.events()] == ["opened", "snoozed"]


def test_an_answer_in_the_midst_of_a_decision_waits_and_loses_nothing(either: World) -> None:
    """While a day is decided the desk is taken: the answer comes after it, to what was decided."""
    with ThreadPoolExecutor(1) as pool, either.context.warehouse() as warehouse:
        key = either.incident().incident_key
        with warehouse.alerts.desk(either.incident().city_id) as desk:
            row = desk.incidents([key])[key]
            waiting = pool.submit(either.client.post, either.case(page="acknowledge"), timeout=60)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.6)
            desk.save_incidents([{**row, "failed_days": 13, "observed": "42 days since the data changed"}])
        assert waiting.result(timeout=30).status_code == 200
    now = either.incident()
    assert (now.failed_days, now.observed, now.state) == (13, "42 days since the data changed", State.ACKNOWLEDGED)


@pytest.mark.parametrize(
    ("act", "typed", "words"),
    [
        ("snooze", {"days": "7"}, "Say in a few words why it has to wait."),
        ("snooze", {"days": "8", "reason": REASON}, "Choose a day within the next 90 days."),
        ("snooze", {"until": "2026-12-01", "reason": REASON}, "Choose a day within the next 90 days."),
        ("snooze", {"until": "2026-06-30", "reason": REASON}, "Choose a day within the next 90 days."),
        ("snooze", {"until": "someday", "days": "7", "reason": REASON}, "Choose a day within the next 90 days."),
        ("dispute", {"word": "mistaken"}, "Choose why we are wrong"),
        ("dispute", {}, "Choose why we are wrong"),
        ("target", {}, "Choose a day within the next twelve months."),
        ("target", {"until": "2028-01-01"}, "Choose a day within the next twelve months."),
    ],
)
def test_an_answer_that_lacks_something_gets_its_form_back(
    world: World, act: str, typed: dict[str, str], words: str
) -> None:
    before = world.tables()
    said = world.client.post(world.case(page=act), data=typed)
    page = Page(said.text)
    assert said.status_code == 422
    assert words in page.text
    assert [form["action"] for form in page.all("form")] == [world.case(page=act)]
    assert typed.get("reason", "") in said.text
    assert world.tables() == before


def test_a_closed_point_has_nothing_to_answer(world: World) -> None:
    world.happens(Kind.CLOSED, CLOSED, resolved_reason="dispute_accepted")
    page = Page(world.client.get(world.case(CLOSED)).text)
    assert "This point is closed on June 25, 2026 (you were right)" in page.text
    assert "There is nothing to answer" in page.text
    assert page.all("form") == []
    before = world.tables()
    for act, (typed, *_) in ACTS.items():
        said = world.client.post(world.case(CLOSED, act), data=typed)
        assert (said.status_code, "This point is closed" in said.text) == (409, True)
    assert world.tables() == before


def test_a_link_of_an_earlier_opening_leads_to_the_newest_and_answers_nothing(world: World) -> None:
    old = world.case()
    world.happens(Kind.REOPENED, episode=2)
    page = Page(world.client.get(old).text)
    assert page.all("form") == []
    assert world.case(episode=2) in page.links
    before = world.tables()
    for act, (typed, *_) in ACTS.items():
        assert world.client.post(f"{old}/{act}", data=typed).status_code == 409
    assert world.tables() == before
    assert world.client.post(world.case(page="fixed", episode=2)).status_code == 200


def refusals(world: World) -> dict[str, str]:
    """Links that open nothing, and why."""
    forged = Links(BASE, ("another-key-than-ours-" + "x" * 20,))
    return {
        "another key": world.case(links=forged),
        "cut off": world.case()[:-20],
        "no such incident": world.case(episode=1).replace("/i/", "/i/x"),
        "another city's, its own contact": world.case(OTHERS),
        "ours, another city's contact": world.case(LATE, city_id=THERE),
        "no such contact": world.case(role="nobody"),
        "operators' own": world.case(OPS),
        "not opened": world.case(PENDING),
        "personal data, not the privacy contact": world.case(PRIVATE),
        "personal data, not released": world.case(HELD, role="privacy"),
        "for another purpose": world.own().replace("/c/", "/i/"),
    }


def test_what_is_not_for_them_is_refused_in_the_same_words(either: World) -> None:
    before, said = either.tables(), set()
    for why, link in refusals(either).items():
        for path in (link, f"{link}/snooze"):
            answers = [either.client.get(path), either.client.post(f"{link}/fixed")]
            assert {answer.status_code for answer in answers} == {403}, why
            said |= {answer.text for answer in answers}
    assert len(said) == 1  # nothing tells whether there is such an incident
    assert "opendata-team@example.org" in said.pop()
    assert either.tables() == before


def test_an_expired_link_says_so_and_does_nothing(world: World) -> None:
    link = world.case(until=world.now + timedelta(minutes=1))
    assert world.client.get(link).status_code == 200
    world.now += timedelta(minutes=1)
    before = world.tables()
    for said in (world.client.get(link), world.client.post(f"{link}/fixed")):
        assert said.status_code == 410
        assert "expired" in said.text
        assert "Building permits" not in said.text
    assert world.tables() == before


def test_the_privacy_contact_sees_what_was_released(world: World) -> None:
    page = world.client.get(world.case(PRIVATE, role="privacy"))
    assert page.status_code == 200
    assert "shown to the city&#39;s privacy contact alone" in page.text.replace("'", "&#39;")
    listed = world.client.get(world.own(role="privacy")).text
    assert "Crashes since 2019" in listed
    assert "Crashes since 2019" not in world.client.get(world.own()).text


def test_a_contact_that_the_file_names_no_more_sees_nothing_and_may_still_leave(world: World) -> None:
    with world.context.warehouse() as warehouse, warehouse.alerts.desk(world.incident().city_id) as desk:
        desk.save_contacts([{**row, "is_in_file": False} for row in desk.contacts()])
    for path in (world.case(), world.own(), world.own("feed"), world.own("cadence")):
        assert world.client.get(path).status_code == 403
    said = world.client.post(world.own("unsubscribe"), data={"List-Unsubscribe": "One-Click"})
    assert said.status_code == 200


def test_a_day_is_named_for_what_was_there_at_first_sight(world: World) -> None:
    assert "target" in "".join(form["action"] for form in Page(world.client.get(world.case(BASELINE)).text).all("form"))
    assert world.client.post(world.case(BASELINE, "target"), data={"until": "2026-10-01"}).status_code == 200
    assert "open, to be mended by October 1, 2026" in Page(world.client.get(world.case(BASELINE)).text).text
