"""`civicgauge serve`: pages and answers in one server, who sees what, links for cities, and what it refuses."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from civicgauge.answers import Allowed
from civicgauge.answers.seeing import COOKIE
from civicgauge.answers.together import LOOPBACK, create_site
from civicgauge.cli.serve import serve
from civicgauge.errors import ConfigurationError
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.showing import STAFF
from civicgauge.warehouse.incidents import contact_id
from tests.answers.world import served
from tests.webpages.published import BASE, KEY, NOW, OPEN, PRIVATE, SHARED, link_to_pages, published, write_file


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with published(tmp_path_factory.mktemp("served"), public_url=BASE, signing_keys=(KEY,)) as made:
        yield made


@contextmanager
def client(context: Context, *asked: object, **more: object) -> Iterator[httpx.Client]:
    app, _ = create_site(context, *asked, clock=lambda: NOW, **more)
    with served(app) as address, httpx.Client(base_url=address, trust_env=False) as made:
        yield made


def test_each_sees_its_own(context: Context) -> None:
    with client(context) as public:
        codes = {city: public.get(f"/city/{city}/").status_code for city in (OPEN, SHARED, PRIVATE)}
        assert codes == {OPEN: 200, SHARED: 404, PRIVATE: 404}
        assert public.get("/i/x").status_code == 403  # the answers' own
        came = public.get(link_to_pages(SHARED))
        assert (came.status_code, came.headers["location"]) == (303, f"/gauge/city/{SHARED}/")
        said = came.headers["set-cookie"]
        assert all(word in said for word in ("HttpOnly", "SameSite=lax", "Secure", "Path=/gauge/", "Max-Age=1209600"))
        cookie = {"cookie": said.partition(";")[0]}
        seen = public.get(f"/city/{SHARED}/", headers=cookie)
        assert (seen.status_code, seen.headers["cache-control"]) == (200, "private, no-cache")
        assert public.get(f"/city/{PRIVATE}/", headers=cookie).status_code == 404
        assert SHARED in public.get("/cities.csv", headers=cookie).text
        assert SHARED not in public.get("/cities.csv").text
    with client(context, STAFF) as staff:
        assert staff.get(f"/city/{PRIVATE}/").status_code == 200


def test_a_link_that_is_forged_over_or_of_nobody_opens_nothing(context: Context) -> None:
    with client(context) as public:
        good = link_to_pages(SHARED)
        other = link_to_pages(SHARED, keys=("another-key-of-the-tests-" + "x" * 20,))
        over = link_to_pages(SHARED, NOW - timedelta(seconds=1))
        for path, code in ((good[:-2], 403), (other, 403), (over, 410), (link_to_pages(PRIVATE), 404)):
            came = public.get(path)
            assert (came.status_code, "set-cookie" in came.headers) == (code, False), path
        cookie = public.get(good).headers["set-cookie"].partition(";")[0]
        for said in (cookie[:-2], f"{COOKIE}=x", f"{COOKIE}={good.rpartition('/')[2]}"):
            assert public.get(f"/city/{SHARED}/", headers={"cookie": said}).status_code == 404
        write_file(context, SHARED, contacts=False)  # before anything else learns of it
        try:
            assert public.get(f"/city/{SHARED}/", headers={"cookie": cookie}).status_code == 404
        finally:
            write_file(context, SHARED)
        assert public.get(f"/city/{SHARED}/", headers={"cookie": cookie}).status_code == 200
        with context.warehouse() as warehouse, warehouse.alerts.desk(SHARED) as desk:
            row = warehouse.alerts.contacts(SHARED)[0]
            assert row["contact_id"] == contact_id(SHARED, "mail", f"open_data@{SHARED}.example")
            desk.save_contacts([{**row, "is_in_file": False}])
        try:
            assert public.get(f"/city/{SHARED}/", headers={"cookie": cookie}).status_code == 404
        finally:
            with context.warehouse() as warehouse, warehouse.alerts.desk(SHARED) as desk:
                desk.save_contacts([{**row, "is_in_file": True}])


def test_no_log_holds_a_link_wherever_it_was_brought_to(context: Context, caplog: pytest.LogCaptureFixture) -> None:
    good = link_to_pages(SHARED)
    key = good.rpartition("/")[2]
    caplog.set_level(logging.INFO, "civicgauge")
    with client(context) as public:
        for path in (good, f"/gauge{good}", f"/{key}", f"/see//{key}", f"/SEE/{key}", f"/x/{key}/fixed"):
            public.get(path)
    told = [each.getMessage() for each in caplog.records if each.name.startswith("civicgauge")]
    assert len(told) >= 6
    assert not [line for line in told if key[:40] in line]


def test_a_request_for_no_path_is_refused_like_any_other(context: Context) -> None:
    app, _ = create_site(context, clock=lambda: NOW)
    with served(app) as address, socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), 10) as link:
        link.sendall(b"GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        told = b"".join(iter(lambda: link.recv(65_536), b""))
    assert told.startswith(b"HTTP/1.1 404 ")
    assert b"content-security-policy" in told


def test_often_by_another_name_and_without_answers(context: Context, tmp_path: Path) -> None:
    with client(context, hosts=LOOPBACK, allowed=Allowed(pages_per_address="3/minute")) as public:
        assert public.get("/cities/", headers={"host": "elsewhere.example"}).status_code == 421
        assert [public.get("/method/").status_code for _ in range(4)] == [200, 200, 200, 429]
    with published(tmp_path / "alone") as alone:
        app, has_answers = create_site(alone, clock=lambda: NOW)
        assert not has_answers
        with served(app) as address:
            assert httpx.get(f"{address}/i/x", trust_env=False).status_code == 404


def test_staff_are_served_on_loopback_or_behind_a_sign_in() -> None:
    with pytest.raises(ConfigurationError, match="--behind-sign-in"):
        serve("0.0.0.0", 8090, None, "staff")


def test_a_badge_is_there_only_where_the_city_asks_for_it(context: Context) -> None:
    with client(context) as public:
        badge = public.get(f"/badge/{OPEN}.svg")
        assert (badge.status_code, badge.headers["content-type"]) == (200, "image/svg+xml")
        assert "observed 2026-06-30 | 0 in line, 0 differ, 0 not observed" in badge.text
        assert public.get(f"/badge/{OPEN}.json").json()["schemaVersion"] == 1
        assert [public.get(f"/badge/{city}.svg").status_code for city in (SHARED, PRIVATE, "x")] == [404] * 3


def test_a_file_cannot_ask_for_a_badge_of_a_city_that_is_not_public(context: Context) -> None:
    write_file(context, SHARED, badge=True)
    try:
        with pytest.raises(ConfigurationError, match="badge: everybody sees it; it needs publication public"):
            context.city(SHARED)
    finally:
        write_file(context, SHARED)
