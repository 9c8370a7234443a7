"""A contact's own pages: the list, the cadence, leaving, the report, the feed."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.answers.html import Page
from tests.answers.world import BASELINE, LATE, THERE, World, incident


def test_the_list_holds_what_is_open_in_its_city_and_each_leads_to_it(world: World) -> None:
    page = Page(world.client.get(world.own()).text)
    assert "2 open, 1 of them there when we first looked" in page.text
    cases = [link for link in page.links if link.startswith("/i/")]
    assert cases == [world.case(LATE), world.case(BASELINE)]
    for link in page.links:
        if link.startswith("/"):
            assert world.client.get(link).status_code in (200, 404), link  # no report and no feed yet
    other = Page(world.client.get(world.own(city_id=THERE)).text)
    assert "1 open." in other.text
    assert not set(page.links[:2]) & set(other.links)


def test_a_long_list_comes_in_pages_the_worst_first(world: World) -> None:
    from civicgauge.pipeline.alerting.records import incident_row

    many = [incident(dataset_id=f"set-{n:03}", rule_id="licence_stated", severity="warning") for n in range(120)]
    with world.context.warehouse() as warehouse, warehouse.alerts.desk(many[0].city_id) as desk:
        desk.save_incidents(
            incident_row(each, opened_at=world.now, last_seen_at=world.now, resolved_at=None) for each in many
        )
    pages = [Page(world.client.get(f"{world.own()}?page={n}").text) for n in (1, 2, 3, 4)]
    cases = [[link for link in page.links if link.startswith("/i/")] for page in pages]
    assert [len(found) for found in cases] == [50, 50, 22, 0]
    assert cases[0][0] == world.case(LATE)
    assert cases[2][-1] == world.case(BASELINE)
    assert len({link for found in cases for link in found}) == 122
    assert "?page=2" in pages[0].links


@pytest.mark.parametrize("chosen", ["daily", "weekly", "monthly"])
def test_the_cadence_is_chosen_and_choosing_it_again_is_no_trouble(either: World, chosen: str) -> None:
    said = [either.client.post(either.own("cadence"), data={"cadence": chosen}).status_code for _ in range(2)]
    assert said == [200, 200]
    kept = either.contacts()["open_data"]
    assert (kept["chosen_cadence"] or kept["cadence"]) == chosen
    checked = [
        found for found in Page(either.client.get(either.own("cadence")).text).all("input") if "checked" in found
    ]
    assert [found["value"] for found in checked] == [chosen]
    assert either.contacts()["privacy"]["chosen_cadence"] is None


def test_an_unknown_cadence_changes_nothing(world: World) -> None:
    before = world.tables()
    for typed in ({"cadence": "hourly"}, {}):
        assert world.client.post(world.own("cadence"), data=typed).status_code == 409
    assert world.tables() == before


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
def test_one_click_unsubscribes_without_anything_but_the_address(either: World, form: str) -> None:
    """As RFC 8058 has it: no cookies, no context, one field in the body, in either of two forms."""
    path = either.own("unsubscribe")
    field = {"List-Unsubscribe": "One-Click"}
    for _ in range(2):
        with httpx.Client(base_url=either.client.base_url, trust_env=False) as anyone:
            data = {"files": {name: (None, value) for name, value in field.items()}}
            said = anyone.post(path, **(data if form == "multipart" else {"data": field}))
        assert said.status_code == 200
        assert "set-cookie" not in said.headers
    left = either.contacts()
    assert left["open_data"]["unsubscribed_at"] == either.now
    assert left["privacy"]["unsubscribed_at"] is None
    assert "You have unsubscribed" in either.client.get(path).text
    assert either.client.post(either.own("cadence"), data={"cadence": "daily"}).status_code == 409


def test_following_the_link_or_posting_something_else_unsubscribes_nobody(world: World) -> None:
    before, path = world.tables(), world.own("unsubscribe")
    page = world.client.get(path)
    assert "Unsubscribe from our messages?" in page.text
    assert Page(page.text).all("form") == [{"method": "post", "action": path}]
    for body in ({}, {"List-Unsubscribe": "no"}, {"list-unsubscribe": "One-Click"}):
        assert world.client.post(path, data=body).status_code == 422
    assert world.tables() == before


def test_the_feed_is_the_file_that_the_channel_wrote(world: World) -> None:
    said = world.client.get(world.own("feed"))
    assert (said.status_code, "There is no feed of this city yet" in said.text) == (404, True)
    folder = world.context.settings.home / "feeds"
    folder.mkdir()
    text = b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>'
    (folder / "us-mo-springvale.atom").write_bytes(text)
    said = world.client.get(world.own("feed"))
    assert (said.status_code, said.content) == (200, text)
    assert said.headers["content-type"].startswith("application/atom+xml")
    assert world.client.get(world.own("feed", city_id=THERE)).status_code == 404


def test_the_report_shows_what_the_feedback_says(tmp_path: Path) -> None:
    """Of a demo city, measured by the whole pipeline."""
    from dataclasses import replace
    from datetime import UTC, datetime, timedelta

    from civicgauge.alerts.signing import Links
    from civicgauge.answers import create_app
    from civicgauge.demo.server import DemoPortals
    from civicgauge.pipeline import observing
    from civicgauge.pipeline.context import Context
    from civicgauge.pipeline.feedback import feedback
    from tests.answers.world import BASE, FREE, KEY, contact, served
    from tests.homes import few_datasets, home_at

    city_id, now = "demo-birchport", datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    with DemoPortals(now) as portals, home_at(tmp_path / "home") as plain:
        portals.write_cities(plain.settings.cities)
        few_datasets(plain.settings.cities, 0)
        observing.observe(plain, [city_id], "2026-06-30")
        row = contact(city_id, "open_data")
        with plain.warehouse() as warehouse, warehouse.alerts.desk(city_id) as desk:
            desk.save_contacts([row])
        context = Context(replace(plain.settings, public_url=BASE, signing_keys=(KEY,)))
        report = feedback(context, city_id, now.date())
        link = Links(BASE, (KEY,)).for_contact(row["contact_id"], city_id, now + timedelta(days=9))["feedback"]
        with served(create_app(context, clock=lambda: now, allowed=FREE)) as address:
            said = httpx.get(address + link.removeprefix(BASE), trust_env=False, timeout=60)
    page = Page(said.text)
    assert said.status_code == 200
    assert report.items
    for item in report.items:
        assert f"{item.indicator.title}: {item.n_concerned} of {item.n_known} datasets" in page.text
        assert all(" ".join(each.title.split()) in page.text for each in item.concerned)
