"""Posts through the HTTP door: once, to the address that was given, which is told to nobody."""

from __future__ import annotations

import time

import pytest
from tests.alerts.postoffice import cut, hooks, says

from civicgauge.errors import AnswerTooLarge, HostNotAllowed, PortalUnreachable
from civicgauge.web import Limits, Web

HEADERS = {"Content-Type": "application/json"}


def test_any_status_is_an_answer_and_no_redirect_is_followed(make_web) -> None:
    web = make_web()
    with hooks(says(200, b"ok"), says(503, b"busy"), says(307, b"", Location="/other?token=x")) as server:
        answers = [web.post(server.url(), b"{}", HEADERS) for _ in range(3)]
    assert [(answer.status, answer.body, answer.attempts) for answer in answers] == [
        (200, b"ok", 1),
        (503, b"busy", 1),
        (307, b"", 1),
    ]
    assert {answer.url for answer in answers} == {f"http://127.0.0.1:{server.server_port}"}
    assert [body for *_, body in server.posts] == [b"{}"] * 3


def test_what_is_cut_off_is_not_tried_again(make_web) -> None:
    with hooks(cut) as server, pytest.raises(PortalUnreachable) as caught:
        make_web().post(server.url(), b"{}", HEADERS)
    assert len(server.posts) == 1
    assert "verySecretWord" not in str(caught.value)
    assert caught.value.cause == "connection_cut"


def test_an_answer_that_does_not_come_ends_in_time(make_web) -> None:
    def waits(hook) -> None:
        try:
            for _ in range(100):
                hook.wfile.write(b"H")
                hook.wfile.flush()
                time.sleep(0.05)
        except OSError:
            hook.close_connection = True

    web = make_web(Limits(total_timeout_seconds=0.4))
    with hooks(waits) as server, pytest.raises((AnswerTooLarge, PortalUnreachable)) as caught:
        web.post(server.url(), b"{}", HEADERS)
    assert "verySecretWord" not in str(caught.value)


@pytest.mark.parametrize("url", ["ftp://h.example/verySecretWord", "http://[verySecretWord", "http:///verySecretWord"])
def test_an_address_that_is_none_is_not_repeated(make_web, url: str) -> None:
    with pytest.raises(HostNotAllowed) as caught:
        make_web().post(url, b"{}", HEADERS)
    assert "verySecretWord" not in str(caught.value)


def test_the_guard_stands_before_posts_too() -> None:
    with hooks() as server, Web(user_agent="civicgauge/test") as web:
        with pytest.raises(HostNotAllowed, match="private, loopback or reserved") as caught:
            web.post(server.url(), b"{}", HEADERS)
        assert server.posts == []
    assert "verySecretWord" not in str(caught.value)
    assert caught.value.cause == "private_host"


def test_a_large_answer_is_read_no_further_than_needed(make_web) -> None:
    with hooks(says(200, b"x" * 1_000_000)) as server:
        answer = make_web().post(server.url(), b"{}", HEADERS)
    assert 65_536 <= len(answer.body) < 300_000
