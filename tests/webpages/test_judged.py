"""Who sees what of editions, decisions and the audit, by every page and twin; what people write stays text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from civicgauge.pages import create_app
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.showing import PUBLIC, STAFF, Asked, Shown, Viewer
from civicgauge.warehouse.reviews import Act
from tests.answers.html import Page
from tests.judged import ABANDONED, AT, CLAIM, DRAFT, FROZEN, PREVIEW, SIGNER, WAITS, judge
from tests.webpages.published import DECIDED, NAMES, NOW, OPEN, PRIVATE, SHARED, published, write_file

HOSTILE = "<script>alert(1)</script>\u202e=1+1"
NOBODYS, FORGED = Viewer("city"), Viewer("public", frozenset({OPEN}))
OWN, OTHERS = Viewer("city", frozenset({OPEN})), Viewer("city", frozenset({SHARED}))
OF_PRIVATE = Viewer("city", frozenset({PRIVATE}))  # a link of before it was made private
LIMITED = Viewer("staff", only_cities=frozenset({OPEN}))
VIEWERS = {
    "public": PUBLIC,
    "nobodys": NOBODYS,
    "forged": FORGED,
    "own": OWN,
    "others": OTHERS,
    "of private": OF_PRIVATE,
    "staff": STAFF,
    "limited": LIMITED,
}
EVERYBODY, OUR_STAFF = frozenset(VIEWERS), frozenset({"staff", "limited"})
SEEN = {
    "editions": EVERYBODY,
    f"edition/{FROZEN}": EVERYBODY,
    **{f"edition/{each}": OUR_STAFF for each in (PREVIEW, DRAFT, ABANDONED)},
    f"edition/{FROZEN}/city/{OPEN}": EVERYBODY,
    f"edition/{FROZEN}/city/{SHARED}": {"others", "staff"},
    f"edition/{FROZEN}/city/{PRIVATE}": {"staff"},
    f"edition/{PREVIEW}/city/{OPEN}": {"own", *OUR_STAFF},
    f"edition/{PREVIEW}/city/{SHARED}": {"others", "staff"},
    f"edition/{PREVIEW}/city/{PRIVATE}": {"staff"},
    f"edition/{DRAFT}/city/{OPEN}": OUR_STAFF,
    f"edition/{ABANDONED}/city/{OPEN}": OUR_STAFF,
    f"edition/{FROZEN}/city/nobody": frozenset(),
    "edition/nothing": frozenset(),
    "decisions": EVERYBODY,
    "decision/a-1": EVERYBODY,
    "decision/a-2": EVERYBODY,
    "decision/a-3": OUR_STAFF,
    "decision/b-1": {"others", "staff"},
    "decision/c-1": {"staff"},
    "decision/nothing": frozenset(),
    "audit": OUR_STAFF,
}


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with published(tmp_path_factory.mktemp("judged")) as made:
        judge(made, DECIDED, HOSTILE)
        yield made


@cache  # what a Shown has read once stands for a second, which no test but one waits for
def asking(context: Context, viewer: Viewer) -> TestClient:
    return afresh(context, viewer)


def afresh(context: Context, viewer: Viewer) -> TestClient:
    app = create_app(Shown(context, lambda: NOW), lambda _request: viewer, contact="team@example.org")
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.mark.parametrize("name", VIEWERS)
def test_each_sees_what_is_for_them_on_every_page_and_twin(context: Context, name: str) -> None:
    ask = asking(context, VIEWERS[name])
    everything = ""
    for path, who in SEEN.items():
        for ending in ("/", ".json", ".csv"):
            answer = ask.get(f"/{path}{ending}")
            assert answer.status_code == (200 if name in who else 404), (path, ending)
            everything += answer.text
    is_staff = name in OUR_STAFF
    assert (SIGNER in everything) is is_staff
    assert (WAITS in everything) is is_staff
    assert (CLAIM in everything) is (name in {"own", "others"} or is_staff)
    assert (NAMES[PRIVATE] in everything) is (name == "staff")
    assert (NAMES[SHARED] in everything) is (name in {"staff", "others"})
    assert (f"edition/{PREVIEW}/city" in everything) is (name in {"own", "others"} or is_staff)
    assert (DRAFT in everything) is is_staff
    assert ("Decisions</a>" in everything) is True  # a way above on its page; in the menu of staff alone
    assert ('href="../decisions/">Decisions' in ask.get("/editions/").text) is is_staff


def test_a_city_that_is_made_private_is_gone_from_editions_too(context: Context) -> None:
    write_file(context, OPEN, publication="private")
    try:
        for viewer in (PUBLIC, OWN):
            ask = afresh(context, viewer)
            assert ask.get(f"/edition/{FROZEN}/city/{OPEN}/").status_code == 404
            assert ask.get("/decision/a-1/").status_code == 404
            told = ask.get(f"/edition/{FROZEN}.json").json()
            assert (told["cities"], told["errata"], told["edition"]["n_errata"], told["statuses"]) == ([], [], 0, {})
            assert OPEN not in ask.get("/decisions.json").text
    finally:
        write_file(context, OPEN)


def test_what_a_city_withdrew_is_named_to_staff_alone(tmp_path: Path) -> None:
    with published(tmp_path / "home") as made:
        judge(made, DECIDED, "read")
        act = Act(AT, "data steward", "evidence.withdrawn", "0", OPEN, "asked", {})
        with made.warehouse() as warehouse:
            warehouse.withdraw((OPEN, "main", "permit-01", None), "withdrawn by the city", act)
        for viewer, ids in ((PUBLIC, []), (OWN, []), (STAFF, ["permit-01"])):
            told = afresh(made, viewer).get(f"/edition/{FROZEN}/city/{OPEN}.json").json()
            assert [each["dataset_id"] for each in told["values"][0]["datasets"]] == ids
            page = afresh(made, viewer).get(f"/edition/{FROZEN}/city/{OPEN}/").text
            assert ("permit-01" in page) is bool(ids)


def test_an_edition_without_a_public_city_is_not_told_of(tmp_path: Path) -> None:
    with published(tmp_path / "home") as made:
        judge(made, DECIDED, "read")
        with made.warehouse() as warehouse, warehouse.reviews.desk() as desk:
            desk.remove("edition_city", edition_id=FROZEN, city_id=OPEN)
        for viewer, is_told in ((PUBLIC, False), (OWN, False), (OTHERS, True), (STAFF, True)):
            ask = afresh(made, viewer)
            assert ask.get(f"/edition/{FROZEN}/").status_code == (200 if is_told else 404)
            assert (FROZEN in ask.get("/editions.json").text) is is_told
        shown = Shown(made, lambda: NOW)
        assert shown.parts_of(PUBLIC, "edition") == []
        assert shown.parts_of(OTHERS, "edition") == [{"edition_id": FROZEN}]


def test_a_number_stands_as_measured_as_decided_and_as_corrected(context: Context) -> None:
    ask = asking(context, PUBLIC)
    told = ask.get(f"/edition/{FROZEN}/city/{OPEN}.json").json()
    changed = next(each for each in told["values"] if each["value"]["decided"])
    assert changed["value"]["value"] == pytest.approx(1 / 3)
    assert (changed["value"]["decided"]["value"], changed["value"]["decided"]["decisions"]) == (0.75, ["a-1"])
    assert [each["decision_id"] for each in told["decisions"]] == ["a-1"]
    assert (told["disputes"], told["is_own"]) == ([], False)
    (mended,) = (each["errata"] for each in told["values"] if each["errata"])
    assert (mended[0]["old_value"], mended[0]["new_value"]) == (pytest.approx(1 / 3), 0.5)
    assert changed["datasets"] == [{"portal_id": "main", "dataset_id": "permit-01", "title": f"permit-01 {HOSTILE}"}]
    page = ask.get(f"/edition/{FROZEN}/city/{OPEN}/").text
    assert f"city/{OPEN}/dataset/main/permit-01/?as_of=2026-06-30" in page
    assert "Content digest SHA-256" in page
    rows = list(csv.DictReader(io.StringIO(ask.get(f"/edition/{FROZEN}/city/{OPEN}.csv").text)))
    assert [(row["decided_value"], row["corrected_value"]) for row in rows if row["decided_value"]] == [("0.75", "0.5")]


def test_both_stand_on_the_pages_of_the_day(context: Context) -> None:
    ask = asking(context, PUBLIC)
    city = ask.get(f"/city/{OPEN}/").text
    assert "As decided: <strong>75 % (between 70 % and 80 %)</strong>" in city
    assert "decision/a-1/" in city
    dataset = ask.get(f"/city/{OPEN}/dataset/main/permit-01.json").json()
    assert [each["decision_id"] for each in dataset["decisions"]] == ["a-1"]  # one ended before the day, one waits
    other = ask.get(f"/city/{OPEN}/dataset/main/~{'0' * 32}.json")
    assert other.status_code == 404


def test_a_preview_says_until_when_and_how_to_contest(context: Context) -> None:
    page = Page(asking(context, OWN).get(f"/edition/{PREVIEW}/city/{OPEN}/").text).text
    for words in ("July 14, 2026, in 13 days", "team@example.org", "ten working days", PREVIEW, "waits for an answer"):
        assert words in page, words
    assert f"/edition/{PREVIEW}/" not in page
    listed = asking(context, OWN).get("/editions.json").json()
    assert [(each["city_id"], each["days_left"]) for each in listed["previews"]] == [(OPEN, 13)]
    assert {each["edition_id"] for each in listed["rows"]} == {FROZEN}


def test_staff_see_what_the_next_step_waits_for(context: Context) -> None:
    rows = asking(context, STAFF).get("/editions.json").json()["rows"]
    found = {row["edition_id"]: row for row in rows}
    assert set(found) == {FROZEN, PREVIEW, DRAFT, ABANDONED}
    assert (found[PREVIEW]["n_signatures"], found[PREVIEW]["n_open"]) == (1, 3)
    assert [each.split(" ")[0] for each in found[PREVIEW]["missing"]] == ["The", "3", "1"]
    assert found[FROZEN]["missing"] == []
    assert asking(context, STAFF).get("/editions.json?state=draft").json()["range"]["count"] == 1
    (signed,) = {each["name"] for each in asking(context, PUBLIC).get(f"/edition/{FROZEN}.json").json()["signatures"]}
    assert signed is None


def test_dates_and_filters(context: Context) -> None:
    ask = asking(context, STAFF)
    assert ask.get("/editions/?as_of=never").status_code == 400
    assert "of its own date alone" in ask.get(f"/edition/{FROZEN}/?as_of=2020-01-01").text
    by_then = ask.get("/decisions.json?as_of=2026-06-30").json()["rows"]
    assert {each["decision_id"][2:] for each in by_then} == {"1", "2"}  # the third was made a day later
    of_one = ask.get(f"/decisions.json?city={SHARED}&field=ownership").json()["rows"]
    assert [each["decision_id"] for each in of_one] == ["b-2"]
    assert ask.get("/decisions/?city=nowhere").status_code == 400
    assert ask.get("/audit/?from=yesterday").status_code == 400
    assert ask.get("/audit/?action=nothing").status_code == 400
    told = ask.get(f"/audit.json?city={OPEN}&action=edition.corrected&from=2026-07-01&to=2026-07-01").json()
    assert ([each["subject"] for each in told["rows"]], told["broken_at"]) == ([FROZEN], None)
    assert ask.get("/audit.json?to=2026-06-30").json()["rows"] == []
    assert ask.get("/audit.json?as_of=2026-06-30").json()["rows"] == []
    limited = asking(context, LIMITED).get("/audit.json").json()
    assert {each["city_id"] for each in limited["rows"]} == {OPEN}  # and none that is of no city


def test_what_people_write_stays_text(context: Context) -> None:
    ask = asking(context, STAFF)
    for path in ("decisions", "decision/a-1", f"edition/{FROZEN}", f"edition/{PREVIEW}/city/{OPEN}", "audit"):
        page = ask.get(f"/{path}/").text
        assert "<script" not in page
        assert "\u202e" not in page
        assert "&lt;script&gt;alert(1)" in page
        for row in csv.reader(io.StringIO(ask.get(f"/{path}.csv").text)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]


def test_an_act_changes_the_state_and_the_tag(context: Context) -> None:
    clock = [0.0]
    shown = Shown(context, lambda: NOW)
    shown._base.seeing.clock = lambda: clock[0]
    before: Any = (shown.state(), shown.audit(STAFF, Asked()).range.count)
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        desk.note(Act(AT + timedelta(hours=1), "data steward", "decision.ended", "a-1", OPEN, "over"))
    clock[0] += 2
    assert shown.state() != before[0]
    assert shown.audit(STAFF, Asked()).range.count == before[1] + 1
