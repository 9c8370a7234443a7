"""An edition contested by signed links: who may, until when, once, and whatever is typed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicgauge.alerts.signing import Links
from tests.answers.html import Page
from tests.answers.world import BASE, CITIES, CITY, HERE, NOW, THERE, TODAY, World, world_at
from tests.conftest import IN_FULL
from tests.editionrows import HELD, ID, INDICATOR, change_edition, put_dispute, put_edition

UNTIL = date(2026, 7, 14)
KEPT = date(2030, 7, 20)
CLAIM, OTHER = "Our terms are open", "other"


def shared(world: World, publication: str = "shared_with_city") -> None:
    """Let the city see its pages."""
    text = CITY.format(id=HERE, name=CITIES[HERE]).replace("publication: private", f"publication: {publication}")
    (world.context.settings.cities / f"{HERE}.yml").write_text(text)


def begun(world: World) -> World:
    """The edition in its preview."""
    shared(world)
    with world.context.warehouse() as warehouse:
        put_edition(warehouse, HERE, TODAY, preview_from=TODAY, preview_until=UNTIL)
    return world


def froze(world: World) -> None:
    """The edition is frozen, and it is a day after that."""
    world.now = datetime(2026, 7, 21, 12, tzinfo=UTC)
    frozen_at = world.now - timedelta(days=1)
    with world.context.warehouse() as warehouse:
        change_edition(warehouse, state="frozen", frozen_at=frozen_at, keep_until=KEPT, frozen_by="programme lead")


@pytest.fixture(scope="module")
def one_world() -> Iterator[World]:
    """One world for all that is tried on SQLite alone."""
    with tempfile.TemporaryDirectory() as folder, world_at(Path(folder) / "home") as made:
        yield begun(made)


@pytest.fixture
def open_world(one_world: World) -> World:
    """The same, as it was in the beginning, but for its audit."""
    cleared(one_world)
    return one_world


def cleared(world: World) -> None:
    """Nothing is contested, the preview runs, and the city is shown to itself."""
    world.now = NOW
    shared(world)
    with world.context.warehouse() as warehouse:
        change_edition(warehouse, state="preview", frozen_at=None, keep_until=None)
        with warehouse.alerts.desk(HERE) as contacts:
            contacts.save_contacts([{**row, "is_in_file": True} for row in contacts.contacts()])
        with warehouse.reviews.desk() as desk:
            desk.remove("dispute", edition_id=ID)
            desk.remove("dispute", edition_id=OTHER)


def way(world: World, role: str = "open_data", until: datetime | None = None, **other: Any) -> str:
    """The path of the link."""
    links = other.get("links", world.links)
    end = until or datetime(2026, 7, 15, 5, tzinfo=UTC)  # midnight in Chicago
    who = world.contact_id(role, other.get("contact_city", HERE))
    return str(links.for_edition(who, other.get("city_id", HERE), other.get("edition_id", ID), end)).removeprefix(BASE)


def disputes(world: World) -> list[dict[str, Any]]:
    """What was entered."""
    with world.context.warehouse() as warehouse:
        return [dict(row) for row in warehouse.reviews.rows("dispute")]


def acts(world: World) -> list[tuple[str, str, str]]:
    """The audit: by, action, subject, after the edition was opened."""
    with world.context.warehouse() as warehouse:
        assert warehouse.reviews.broken_link() is None
        return [(row["by"], row["action"], row["subject"]) for row in warehouse.reviews.rows("audit")][1:]


# ---------------------------------------------------------------- contesting


def test_the_form_changes_nothing_and_names_every_number(open_world: World) -> None:
    before = open_world.tables()
    page = Page(open_world.client.get(way(open_world)).text)
    assert open_world.client.head(way(open_world)).status_code == 200
    assert open_world.tables() == before
    assert page.unlabelled == []
    values = {found["value"] for found in page.all("option")}
    assert {"", INDICATOR, HELD, "main/permit-01"} <= values
    assert "too much is unknown: between 10.0 % and 90.0 %" in page.text.replace("\u00a0", " ")
    assert "by the end of July 14, 2026" in page.text


def test_a_number_an_entry_and_evidence_are_contested_once_and_taken_back(either: World) -> None:
    link = way(begun(either))
    typed = {
        "indicator": INDICATOR,
        "entry": f"https://data.{HERE}.example/d/permit-01",
        "claim": f"  {CLAIM}; ask ann@city.example\n",
        "evidence": "https://city.example/terms?a=1",
    }
    assert sorted(_pressed_at_once(either, link, typed, 4)) == [200, 409, 409, 409]
    (row,) = disputes(either)
    assert (row["by"], row["phase"], row["state"], row["made_at"]) == ("open_data", "preview", "open", either.now)
    assert (row["indicator_id"], row["portal_id"], row["dataset_id"]) == (INDICATOR, "main", "permit-01")
    assert (row["claim"], row["evidence_url"]) == (f"{CLAIM}; ask (address left out)", typed["evidence"])
    assert acts(either) == [("open_data", "dispute.made", f"{ID}-d1")]
    either.now += timedelta(days=1)
    again = either.client.post(way(either), data=typed)
    assert (again.status_code, f"entered as {ID}-d1" in Page(again.text).text) == (409, True)
    assert either.client.post(link, data=typed | {"claim": "Another point"}).status_code == 200

    assert "Take it back" in Page(either.client.get(link).text).text
    back = either.client.post(f"{link}/withdraw", data={"dispute": f"{ID}-d1"})
    assert (back.status_code, f"{ID}-d1 is taken back" in Page(back.text).text) == (200, True)
    assert acts(either)[-1] == ("open_data", "dispute.decided", f"{ID}-d1")
    assert either.client.post(f"{link}/withdraw", data={"dispute": f"{ID}-d1"}).status_code == 409
    assert either.client.post(link, data=typed).status_code == 200  # what was taken back may be said again
    assert [row["state"] for row in disputes(either)] == ["withdrawn", "open", "open"]


def _pressed_at_once(world: World, link: str, typed: dict[str, str], many: int) -> list[int]:
    together = Barrier(many)

    def press(_: int) -> int:
        with httpx.Client(base_url=world.client.base_url, trust_env=False) as client:
            together.wait(20)
            return client.post(link, data=typed, timeout=60).status_code

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(press, range(many)))


@pytest.mark.parametrize("entry", ["main/permit-01", "permit-01", "Building permits", " building PERMITS "])
def test_an_entry_is_known_by_any_of_its_names(open_world: World, entry: str) -> None:
    assert open_world.client.post(way(open_world), data={"claim": CLAIM, "entry": entry}).status_code == 200
    (row,) = disputes(open_world)
    assert (row["portal_id"], row["dataset_id"], row["indicator_id"]) == ("main", "permit-01", None)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Say in a sentence what is wrong."),
        ({"claim": " \u200b\n "}, "Say in a sentence what is wrong."),
        ({"claim": "a" * 501}, "in at most 500 letters"),
        ({"claim": CLAIM, "indicator": "no_such"}, "Choose a number from the list"),
        ({"claim": CLAIM, "entry": "no such"}, "We know no such dataset of your city"),
        ({"claim": CLAIM, "evidence": "javascript:alert(1)"}, "begins with https:// or http://"),
        ({"claim": CLAIM, "evidence": "https://a:b@city.example/"}, "begins with https:// or http://"),
        ({"claim": CLAIM, "evidence": f"https://city.example/{'a' * 900}"}, "at most 900 letters"),
        ({"claim": CLAIM, "evidence": "https://city.example/?q=ann@city.example"}, "holds an e-mail address"),
        ({"claim": CLAIM, "evidence": "https://city.example/?q=ann%40city.example"}, "holds an e-mail address"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    open_world: World, typed: dict[str, str], words: str
) -> None:
    said = open_world.client.post(way(open_world), data=typed)
    page = Page(said.text)
    assert (said.status_code, words in page.text) == (422, True)
    if typed.get("evidence"):
        assert typed["evidence"] in {found.get("value") for found in page.all("input")}
    assert disputes(open_world) == []


def test_no_more_than_twenty_wait_at_once(open_world: World) -> None:
    with open_world.context.warehouse() as warehouse:
        for number in range(1, 21):
            put_dispute(warehouse, HERE, f"{ID}-d{number}")
    said = open_world.client.post(way(open_world), data={"claim": CLAIM})
    assert (said.status_code, "Write to us" in Page(said.text).text) == (422, True)
    assert len(disputes(open_world)) == 20


def test_saying_and_taking_back_comes_to_an_end(open_world: World) -> None:
    with open_world.context.warehouse() as warehouse:
        for number in range(1, 101):
            put_dispute(warehouse, HERE, f"{ID}-d{number}", state="withdrawn")
    said = open_world.client.post(way(open_world), data={"claim": CLAIM})
    assert (said.status_code, "Write to us" in Page(said.text).text) == (422, True)
    assert len(disputes(open_world)) == 100


# ---------------------------------------------------------------- taking back


@pytest.mark.parametrize("dispute", ["", f"{ID}-d9", "other", "<script>"])
def test_nothing_else_is_taken_back(open_world: World, dispute: str) -> None:
    with open_world.context.warehouse() as warehouse:
        put_dispute(warehouse, THERE, "other", edition_id=OTHER)
    said = open_world.client.post(f"{way(open_world)}/withdraw", data={"dispute": dispute})
    assert (said.status_code, "<script>" in said.text) == (409, False)
    assert [row["state"] for row in disputes(open_world)] == ["open"]


# ---------------------------------------------------------------- until when


def test_after_the_preview_the_form_is_closed_kindly_and_a_newer_link_appeals(open_world: World) -> None:
    link = way(open_world)
    open_world.now = datetime(2026, 7, 15, 4, 59, tzinfo=UTC)
    assert open_world.client.get(link).status_code == 200  # the last minute in Chicago
    open_world.now += timedelta(minutes=1)
    page = open_world.client.get(link)
    assert (page.status_code, "The preview ended on July 14, 2026" in Page(page.text).text) == (410, True)
    assert open_world.client.post(link, data={"claim": CLAIM}).status_code == 410
    assert open_world.client.post(f"{link}/withdraw", data={"dispute": "x"}).status_code == 410
    froze(open_world)
    told = Page(open_world.client.get(link).text)
    assert "You can appeal until July 20, 2030" in told.text
    assert told.links == ["mailto:opendata-team@example.org"]  # an old link leads to no new one
    appeal = way(open_world, until=datetime(2030, 7, 21, 5, tzinfo=UTC))
    assert open_world.client.post(appeal, data={"claim": CLAIM}).status_code == 200
    assert [row["phase"] for row in disputes(open_world)] == ["appeal"]
    open_world.now = datetime(2030, 7, 21, 6, tzinfo=UTC)
    over = open_world.client.get(appeal)
    assert (over.status_code, "appeals ended on July 20, 2030" in Page(over.text).text) == (410, True)


def test_what_was_given_up_cannot_be_contested(open_world: World) -> None:
    with open_world.context.warehouse() as warehouse:
        change_edition(warehouse, state="abandoned")
    page = open_world.client.get(way(open_world))
    assert (page.status_code, "was given up" in Page(page.text).text) == (410, True)
    assert open_world.client.post(way(open_world), data={"claim": CLAIM}).status_code == 410


# ---------------------------------------------------------------- who may


FORGED = Links(BASE, ("another-key-" + "x" * 40,))


@pytest.mark.parametrize(
    "how",
    [
        {"links": FORGED},
        {"edition_id": "2099-h1"},
        {"city_id": THERE},  # a contact of another city
        {"contact_city": THERE},
        {"city_id": THERE, "contact_city": THERE},  # not in the edition, and private
        {"role": "privacy"},
    ],
)
def test_no_other_link_opens_it(open_world: World, how: dict[str, Any]) -> None:
    link = way(open_world, **how)
    for answer in (open_world.client.get(link), open_world.client.post(link, data={"claim": CLAIM})):
        assert (answer.status_code, "not one of ours" in Page(answer.text).text) == (403, True)
    assert disputes(open_world) == []


def test_links_of_other_purposes_and_cut_ones_do_not_open_it(open_world: World) -> None:
    token = way(open_world).rpartition("/")[2]
    others = [open_world.own(page).rpartition("/")[2] for page in ("list", "pages", "unsubscribe", "feed")]
    for each in (*others, token[:-1], f"{token}A", "", "..", "x" * 600):
        assert open_world.client.get(f"/e/{each}").status_code in (403, 404)
    for purpose in ("c", "u", "f", "see", "i"):
        assert open_world.client.get(f"/{purpose}/{token}").status_code == 403


def test_a_private_city_and_a_contact_that_left_the_file_see_nothing(open_world: World) -> None:
    shared(open_world, "private")
    for answer in (
        open_world.client.get(way(open_world)),
        open_world.client.post(way(open_world), data={"claim": CLAIM}),
    ):
        assert (answer.status_code, "for our staff alone" in Page(answer.text).text) == (404, True)
    assert disputes(open_world) == []
    shared(open_world)
    with open_world.context.warehouse() as warehouse, warehouse.alerts.desk(HERE) as desk:
        desk.save_contacts([{**row, "is_in_file": False} for row in desk.contacts()])
    page = open_world.client.get(way(open_world))
    assert (page.status_code, "no longer named" in Page(page.text).text) == (403, True)


def test_the_pages_link_leads_to_the_edition_and_to_no_other_address(open_world: World) -> None:
    pages = open_world.own("pages")
    led = open_world.client.get(f"{pages}/edition/{ID}")
    assert (led.status_code, led.headers["location"]) == (303, f"/edition/{ID}/city/{HERE}/")
    assert "civicgauge_city=" in led.headers["set-cookie"]
    for other in ("%2e%2e", "%2F%2Fevil.example", "//evil.example", "A", "x" * 61, "a%0d%0aSet-Cookie:x", ""):
        answer = open_world.client.get(f"{pages}/edition/{other}")
        assert (answer.status_code, answer.headers.get("location")) == (404, None), other
    shared(open_world, "private")
    assert open_world.client.get(f"{pages}/edition/{ID}").status_code == 404


# ---------------------------------------------------------------- whatever is typed


WORDS = st.one_of(
    st.text(max_size=700),
    st.sampled_from(["<script>alert(1)</script>", "'; drop table dispute; --", "\u202e=cmd|'!A0", "{{ 7*7 }}"]),
)


@settings(max_examples=400 if IN_FULL else 15, deadline=None)
@given(
    indicator=st.one_of(st.sampled_from(["", INDICATOR, HELD]), WORDS),
    entry=st.one_of(st.sampled_from(["", "permit-01"]), WORDS),
    claim=WORDS,
    evidence=st.one_of(st.sampled_from(["", "https://city.example/a"]), WORDS),
)
def test_whatever_is_typed_is_kept_on_a_line_or_refused_in_words(
    one_world: World, indicator: str, entry: str, claim: str, evidence: str
) -> None:
    typed = {"indicator": indicator, "entry": entry, "claim": claim, "evidence": evidence}
    body = {name: text.encode("utf-8", "replace") for name, text in typed.items()}
    cleared(one_world)
    said = one_world.client.post(way(one_world), data=body)
    assert said.status_code in (200, 422)
    assert "<script>alert" not in said.text
    assert (said.status_code == 200) == (len(disputes(one_world)) == 1)
    for row in disputes(one_world):
        assert 0 < len(row["claim"]) <= 500
        assert row["claim"].isprintable()
        assert "@" not in row["claim"] or "(address left out)" in row["claim"] or " @" in f" {row['claim']} "
        assert row["indicator_id"] in (None, INDICATOR, HELD)
        assert (row["portal_id"], row["dataset_id"]) in (("", ""), ("main", "permit-01"))
        assert (row["evidence_url"] or "https://").startswith(("https://", "http://"))
        assert row["by"] == "open_data"
    if said.status_code == 200:
        assert "<script>alert" not in one_world.client.get(way(one_world)).text
