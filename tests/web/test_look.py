"""One short look at an address that is nobody's we rely on: any status is a result, and so is a failure."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from tests.web.conftest import Handler, Server

from civicgauge.web import Web


def look(web: Web, url: str, method: str = "HEAD", **headers: str):
    return web.look(url, method=method, seconds=2, headers=headers)  # type: ignore[arg-type]


def test_a_head_brings_status_and_type_and_no_body(web: Web, server: Server) -> None:
    seen = look(web, server.play(lambda h: h.answer(200, b"", Content_Type="text/csv; charset=utf-8")))
    assert (seen.status, seen.content_type, seen.start, seen.problem) == (200, "text/csv", b"", None)
    assert server.methods == ["HEAD"]


@pytest.mark.parametrize("status", [201, 304, 401, 403, 404, 410, 429, 500, 503])
def test_any_status_is_an_answer_and_is_asked_for_once(web: Web, server: Server, status: int) -> None:
    assert look(web, server.play(lambda h: h.answer(status)), "GET").status == status
    assert len(server.seen) == 1


def test_a_part_is_asked_for_unpacked_and_a_large_body_is_not_read(web: Web, server: Server) -> None:
    url = server.play(lambda h: h.answer(200, b"x" * 3_000_000))
    seen = look(web, url, "GET", Range="bytes=0-1023")
    ((_, headers),) = server.seen
    assert (headers["range"], headers["accept-encoding"]) == ("bytes=0-1023", "identity")
    assert len(seen.start) <= 2 * 65_536


def test_redirects_are_followed_with_the_same_method(web: Web, server: Server) -> None:
    server.play(lambda h: h.answer(404), path="/there")
    seen = look(web, server.play(lambda h: h.answer(302, Location="/there")))
    assert (seen.status, seen.url) == (404, server.url("/there"))
    assert server.methods == ["HEAD", "HEAD"]


def test_failures_have_one_word_for_their_cause(make_web: Callable[..., Web], server: Server) -> None:
    web = make_web()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert look(web, f"http://127.0.0.1:{taken.getsockname()[1]}/").problem == "connection_refused"
    assert look(web, server.play(Handler.close_without_a_word, path="/cut")).problem == "connection_cut"
    assert look(web, server.play(lambda h: h.answer(302, Location="/round"), path="/round")).problem == (
        "endless_redirects"
    )
    assert look(web, "ftp://files.example.org/a.csv").problem == "address_malformed"
    assert look(web, "http://[:::/a").problem == "address_malformed"
    closed = make_web(allow_private_hosts=False)
    assert look(closed, server.play(lambda h: h.answer(200), path="/inside")).problem == "private_host"


def test_silence_ends_after_the_seconds_given(web: Web, server: Server) -> None:
    url = server.play(lambda h: server.stop.wait(10))
    seen = web.look(url, method="GET", seconds=0.3, headers={})
    assert (seen.status, seen.problem) == (None, "timed_out")


@pytest.mark.parametrize(
    ("code", "cause"),
    [(socket.EAI_NONAME, "host_not_found"), (socket.EAI_AGAIN, "name_not_resolved")],
)
def test_a_name_that_does_not_exist_is_told_from_one_that_could_not_be_looked_up(
    web: Web, monkeypatch: pytest.MonkeyPatch, code: int, cause: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(code, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert look(web, "http://files.nowhere.org/a.csv").problem == cause
