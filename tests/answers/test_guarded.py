"""What the app withstands: scanners that follow every link, floods, large bodies, hostile words, our own faults."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from civicgauge.answers import Allowed, create_app
from civicgauge.answers.pages import Pages
from civicgauge.pipeline.alerting.records import incident_row
from tests.answers.html import Page
from tests.answers.world import BASE, BASELINE, CLOSED, INCIDENTS, LATE, PRIVATE, THERE, TODAY, World, world_at
from tests.editionrows import ID, put_dispute, put_edition
from tests.warehouse import days

ACTIONS = ("fixed", "acknowledge", "snooze", "dispute", "target")
FORBIDDEN = re.compile(r"\b(certified|meets|fails|non-compliant)\b", re.IGNORECASE)
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> =1+1 {{7*7}} \u202e"


def paths(world: World) -> list[str]:
    """Every page there is, filled with links that are good; what the app routes is asked of the app itself."""
    good = {
        "/i/{token}": [world.case(LATE), world.case(BASELINE), world.case(CLOSED), world.case(PRIVATE, role="privacy")],
        "/c/{token}": [world.own(), world.own(role="privacy")],
        "/u/{token}": [world.own("unsubscribe")],
        "/f/{token}": [world.own("feed")],
        "/see/{token}": [world.own("pages")],
        "/e/{token}": [edition(world)],
    }
    found = []
    for route in create_app(world.context).routes:
        path = str(route.path)  # type: ignore[attr-defined]
        head = path[: path.index("}") + 1]
        for start in good[head]:
            rest = path.removeprefix(head)
            rest = rest.replace("{edition_id}", ID)
            found += [f"{start}/{action}" for action in ACTIONS] if rest == "/{action}" else [start + rest]
    return sorted(set(found))


def edition(world: World) -> str:
    """The path of a link to contest an edition, of a city that sees its pages."""
    path = world.context.settings.cities / f"{THERE}.yml"
    path.write_text(path.read_text().replace("publication: private", "publication: shared_with_city"))
    with world.context.warehouse() as warehouse:
        put_edition(warehouse, THERE, TODAY, preview_from=TODAY, preview_until=TODAY + timedelta(days=14))
        put_dispute(warehouse, THERE)
    link = world.links.for_edition(world.contact_id(city_id=THERE), THERE, ID, world.now + timedelta(days=14))
    return link.removeprefix(BASE)


def test_following_every_link_changes_nothing(either: World) -> None:
    asked = paths(either)
    before = either.tables()
    assert len(asked) > 25
    for path in asked:
        for method in ("GET", "HEAD"):
            said = either.client.request(method, path)
            assert said.status_code in (200, 404), path
            assert method == "GET" or said.content == b""
        typed = "?List-Unsubscribe=One-Click&cadence=daily&days=7&reason=x&word=test-data"
        assert either.client.get(path + typed).status_code in (200, 404)
    assert either.tables() == before


def test_other_methods_are_refused_in_words(world: World) -> None:
    asked = paths(world)
    before = world.tables()
    for path in asked:
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            said = world.client.request(method, path)
            assert (said.status_code, "<h1>" in said.text) == (405, True)
    assert world.tables() == before


def test_nothing_describes_the_app(world: World) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/", "/static/style.css", "/i", "/i/", "/i/x/y/z", "/i//fixed"):
        assert world.client.get(path).status_code in (403, 404), path
    assert world.client.get(world.case() + "/").status_code == 404


def test_every_page_is_plain_named_and_labelled(world: World) -> None:
    for path in paths(world):
        said = world.client.get(path)
        page = Page(said.text)
        assert "set-cookie" not in said.headers  # so none can be needed
        assert len(page.all("h1")) == 1, path
        assert page.all("html") == [{"lang": "en"}]
        assert page.all("title")
        assert page.unlabelled == [], path
        assert not {"script", "iframe", "object", "img", "link"} & {name for name, _ in page.tags}
        assert not [found for _, found in page.tags if any(name.startswith("on") or name == "style" for name in found)]
        ids = [found["id"] for _, found in page.tags if "id" in found]
        assert len(ids) == len(set(ids)), path
        assert not FORBIDDEN.search(page.text), path
        assert "not an assessment. Not affiliated with or endorsed by Bloomberg" in page.text
        assert "us-mo-springvale.example" not in page.text.replace("data.us-mo-springvale.example", "")  # addresses


def test_every_answer_bears_the_headers_whatever_it_says(world: World) -> None:
    asked = [
        world.client.get(world.case()),
        world.client.get("/nothing"),
        world.client.get(world.case(role="nobody")),
        world.client.put(world.case()),
        world.client.post(world.case(page="snooze")),
        world.client.post(world.case(page="fixed"), content=b"x" * 20_000),
        world.client.post(world.case(page="fixed")),
        world.client.post(world.case(page="fixed")),
    ]
    assert [said.status_code for said in asked] == [200, 404, 403, 405, 422, 413, 200, 409]
    for said in asked:
        policy = said.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert policy.endswith("'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
        assert said.headers["referrer-policy"] == "no-referrer"
        assert said.headers["cache-control"] == "no-store"
        assert said.headers["x-content-type-options"] == "nosniff"
        assert said.headers["x-robots-tag"] == "noindex, nofollow"
        assert not {"set-cookie", "server", "location"} & set(said.headers)


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[World]:
    """A world that allows five requests an address, two answers a link."""
    with world_at(tmp_path / "home", allowed=Allowed("5/minute", "2/minute")) as made:
        yield made


def test_an_address_that_asks_too_often_has_to_wait(narrow: World) -> None:
    codes = [narrow.client.get(narrow.case()).status_code for _ in range(5)]
    assert codes == [200] * 5
    said = narrow.client.get(narrow.case())
    assert (said.status_code, 1 <= int(said.headers["retry-after"]) <= 60) == (429, True)
    assert "Please wait" in said.text
    before = narrow.tables()
    assert narrow.client.post(narrow.case(page="fixed")).status_code == 429
    assert narrow.tables() == before


def test_a_link_that_answers_too_often_has_to_wait_and_others_have_not(narrow: World) -> None:
    typed = {"reason": "later"}
    first, second = (narrow.case(name, "snooze") for name in (LATE, BASELINE))
    codes = [narrow.client.post(first, data={**typed, "days": n}).status_code for n in ("7", "30", "90")]
    assert codes == [200, 200, 429]
    assert narrow.client.post(second, data={**typed, "days": "7"}).status_code == 200


def test_large_bodies_are_refused_unread(world: World) -> None:
    before, path = world.tables(), world.case(page="snooze")
    big = {"days": "7", "reason": "x" * 17_000}
    assert world.client.post(path, data=big).status_code == 413
    assert world.client.post(path, content=iter([b"reason=", *[b"x" * 1000] * 20])).status_code == 413  # no length
    assert world.client.post(path, files={"reason": ("a.bin", b"\x00" * 30_000)}).status_code == 413
    assert world.client.request("GET", world.case(), content=b"x" * 20_000).status_code == 413
    assert world.tables() == before
    assert world.client.post(path, data={"days": "7", "reason": "x" * 15_000}).status_code == 200
    assert len(world.events()[-1]["reason"]) == 500


def test_bodies_that_are_no_form_change_nothing(world: World) -> None:
    before, path = world.tables(), world.case(page="snooze")
    for kind, body in [
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\r\n"),
        ("multipart/form-data", b"nothing"),
        ("application/json", b'{"days": "7", "reason": "x"}'),
        ("application/x-www-form-urlencoded", b"\xff\x00%zz&&&=&days=7"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="reason"; filename="a"\r\n\r\nb\r\n--x--',
        ),
    ]:
        said = world.client.post(path, content=body, headers={"content-type": kind})
        assert said.status_code in (400, 422), kind
        assert "<h1>" in said.text
    assert world.tables() == before


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    with world_at(tmp_path / "home") as world:
        hostile = replace(INCIDENTS[LATE], observed=SCRIPT, expected=SCRIPT, field=SCRIPT)
        with world.context.warehouse() as warehouse:
            row = days.dataset_row("permit-01", TODAY, title=SCRIPT, permalink="javascript:alert(1)")
            record = days.run("again", TODAY, city_id=hostile.city_id)
            warehouse.commit(days.city_day(record, ["permit-01"], datasets=[row]))
            with warehouse.alerts.desk(hostile.city_id) as desk:
                times = {"opened_at": world.now, "last_seen_at": world.now, "resolved_at": None}
                desk.save_incidents([incident_row(hostile, **times)])
        said = [world.client.post(world.case(page="dispute"), data={"word": SCRIPT, "reason": f"</textarea>{SCRIPT}"})]
        said.append(world.client.post(world.case(page="snooze"), data={"days": "7", "reason": SCRIPT}))
        said += [world.client.get(path) for path in (world.case(), world.case(page="fixed"), world.own())]
        assert [each.status_code for each in said] == [422, 200, 200, 200, 200]
        for each in said:
            page = Page(each.text)
            assert "<script>alert(1)</script>" in page.text
            assert not {"script", "img"} & {name for name, _ in page.tags}
            assert not [link for link in page.links if link.startswith("javascript")]
            assert not [found for _, found in page.tags if any(name.startswith("on") for name in found)]
            assert "{{7*7}}" in page.text
            assert "\u202e" not in each.text  # it would turn the words after it


def test_nothing_of_a_request_comes_back_in_a_header(world: World) -> None:
    evil = "x%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0a<script>"
    for path in (f"/i/{evil}", f"/c/{evil}", f"{world.case()}/{evil}", f"/{evil}", f"{world.own()}?page={evil}"):
        for headers in ({}, {"host": "evil.example", "x-forwarded-host": "evil.example"}):
            said = world.client.get(path, headers=headers)
            assert said.status_code in (403, 404, 422)
            assert not {"set-cookie", "location"} & set(said.headers)
            assert not Page(said.text).all("script")
            assert "evil.example" not in said.text + repr(said.headers)
    good = world.client.get(world.case(), headers={"host": "evil.example"})
    assert "evil.example" not in good.text


def test_a_raw_request_with_two_lengths_or_a_huge_path_is_refused(world: World) -> None:
    host, port = world.client.base_url.host, world.client.base_url.port or 0
    for raw in (
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello",
        b"GET /i/" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ):
        with socket.create_connection((host, port), timeout=10) as line:
            line.sendall(raw)
            assert line.recv(100).split(b" ")[1] in (b"400", b"403", b"404", b"413", b"414")


def test_a_fault_of_ours_says_nothing_of_itself(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with world.context.warehouse() as warehouse, warehouse.engine.begin() as connection:
        connection.execute(sa.text("UPDATE incident SET state = 'no such state'"))
    said = world.client.get(world.case())
    assert (said.status_code, "It has been noted" in said.text) == (500, True)
    assert "no such state" not in said.text
    assert "content-security-policy" in said.headers
    token = world.case().split("/")[2]
    assert token not in caplog.text  # a link in a log would be a key in a log
    assert "ValueError" in caplog.text


def test_a_warehouse_that_is_away_is_said_in_words(world: World) -> None:
    links = [world.case(), world.own()]
    (world.context.settings.home / "warehouse.sqlite").rename(world.context.settings.home / "away")
    for link in links:
        said = world.client.get(link)
        assert (said.status_code, int(said.headers["retry-after"]) > 0) == (503, True)
        assert "warehouse" not in said.text
        assert str(world.context.settings.home) not in said.text


def test_behind_a_path_every_link_keeps_it(tmp_path: Path) -> None:
    with world_at(tmp_path / "home", public_url=f"{BASE}/civic") as world:
        for path in (world.case(), world.own(), world.own("cadence"), world.own("unsubscribe")):
            assert path.startswith("/civic/")
            page = Page(world.client.get(path.removeprefix("/civic")).text)  # as a proxy takes it off
            inner = [link for link in page.links if link.startswith("/")]
            assert all(link.startswith("/civic/") for link in inner)
            assert all(form["action"].startswith("/civic/") for form in page.all("form"))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_lines_are_seen_by_weak_eyes(scheme: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for the edges of what is pressed."""
    style = str(Pages(BASE, "x")._environment.globals["style"])
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", style.split("@media")[scheme == "dark"]))
    for text, ground in [
        *(("ink", "ground"), ("quiet", "ground"), ("link", "ground"), ("on-link", "link")),
        *(("ink", "faint"), ("warn", "faint"), ("link", "faint")),
    ]:
        assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert _contrast(colours["line"], colours["ground"]) >= 3


def test_no_answer_waits_for_a_body_that_never_comes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("civicgauge.answers.guard._BODY_SECONDS", 0.3)
    host, port = world.client.base_url.host, world.client.base_url.port or 0
    with socket.create_connection((host, port), timeout=10) as line:
        line.sendall(f"POST {world.case(page='fixed')} HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nx".encode())
        assert b" 413 " in line.recv(100)
    assert [event["kind"] for event in world.events()] == ["opened"]
