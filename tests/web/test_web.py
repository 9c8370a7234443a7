"""The HTTP door against real served HTTP: retries, limits, what is believed."""

from __future__ import annotations

import gzip
import hashlib
import logging
import pickle
import threading
import time as real_time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from civicgauge.errors import (
    AnswerTooLarge,
    AnswerUnreadable,
    CivicgaugeError,
    ConfigurationError,
    HostNotAllowed,
    PortalBusy,
    PortalRefused,
    PortalUnreachable,
)
from civicgauge.web import Limits

JSON = {"Content_Type": "application/json; charset=utf-8"}


def says(status, body=b"{}", **headers):
    return lambda handler: handler.answer(status, body, **{**JSON, **headers})


def good(handler):
    handler.answer(200, b'{"a": 1}', **JSON)


def raw(*pieces, pause=0.0):
    """Sends bytes as they are and closes the connection."""

    def play(handler):
        handler.close_connection = True
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            if handler.server.stop.wait(pause):
                return

    return play


CUT_LENGTH = raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n[1,2,3]")
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
CUT_CHUNKED = raw(CHUNKED + b"7\r\n[1,2,3]\r\n")
CUT_IN_CHUNK = raw(CHUNKED + b"ff\r\n[1,2,3]\r\n")
NO_ANSWER = raw()


# ---------------------------------------------------------------- an answer


def test_an_answer_says_all_that_was_seen(server, web):
    url = server.play(lambda h: h.answer(200, b"\xff raw", Content_Type="text/csv", ETag="e1", Set_Cookie="s=1"))
    before = datetime.now(UTC)
    answer = web.get(url, {"$limit": 2})
    assert answer.url == f"{url}?%24limit=2"
    assert (answer.status, answer.body, answer.attempts) == (200, b"\xff raw", 1)
    assert answer.sha256 == hashlib.sha256(b"\xff raw").hexdigest()
    assert answer.headers["etag"] == "e1"
    assert "set-cookie" not in answer.headers
    assert before <= answer.requested_at <= datetime.now(UTC)
    assert 0 < answer.elapsed_seconds < 5
    assert server.seen[0][1]["user-agent"] == "civicgauge/test (contact: test@example.org)"


def test_connections_are_kept_between_requests(server, web):
    ports = []
    url = server.play(lambda h: (ports.append(h.client_address), good(h)))
    for _ in range(3):
        web.get(url)
    assert len(set(ports)) == 1


def test_one_info_line_per_answer(server, web, caplog):
    caplog.set_level(logging.INFO, "civicgauge.web")
    url = server.play(says(503), good)
    web.get(url)
    lines = [r.getMessage() for r in caplog.records if r.getMessage().startswith("GET ")]
    assert [line.split(", ")[0] for line in lines] == [f"GET {url}: status 503", f"GET {url}: status 200"]
    assert lines[1].split(", ")[1] == "8 bytes"
    assert lines[1].endswith("try 2")


# ---------------------------------------------------------------- retries


@pytest.mark.parametrize("status", [202, 429, 500, 502, 503, 504])
def test_a_busy_portal_is_asked_again(server, web, time, status):
    answer = web.get(server.play(says(status), says(status), good))
    assert (answer.body, answer.attempts) == (b'{"a": 1}', 3)
    first, second = [s for s in time.slept if s > 0.5]
    assert 1 <= first <= 1.5
    assert 2 <= second <= 3


def test_retry_after_in_seconds_is_honoured(server, web, time):
    web.get(server.play(says(429, Retry_After="17"), good))
    assert 17 in time.slept


def test_retry_after_as_a_date_is_honoured(server, web, time):
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    web.get(server.play(says(503, Retry_After=at), good))
    assert 27 < max(time.slept) <= 30


@pytest.mark.parametrize("huge", ["999999999999999999999", format_datetime(datetime(9999, 1, 1, tzinfo=UTC))])
def test_an_absurd_retry_after_is_capped(server, web, time, huge):
    web.get(server.play(says(429, Retry_After=huge), good))
    assert max(time.slept) == 60


@pytest.mark.parametrize("useless", ["soon", "-5", "0", "", "Mon, 99 Foo 2026 99:99:99 GMT"])
def test_a_useless_retry_after_falls_back_to_the_backoff(server, web, time, useless):
    web.get(server.play(says(429, Retry_After=useless), good))
    assert 1 <= max(time.slept) <= 1.5


@pytest.mark.parametrize(("status", "hint"), [(202, "202"), (429, "429"), (503, "503")])
def test_busy_for_ever_is_portal_busy_after_all_retries(server, web, status, hint):
    url = server.play(says(status))
    with pytest.raises(PortalBusy, match=rf"{hint}.*Tries: 5"):
        web.get(url)
    assert len(server.seen) == 5


def test_no_wait_that_would_pass_the_time_for_retries(server, web, time):
    with pytest.raises(PortalBusy, match="Tries: 2"):
        web.get(server.play(says(429, Retry_After="61")))
    assert sum(time.slept) < 120


def test_a_status_that_is_asked_for_is_an_answer(server, web):
    answer, value = web.get_json(server.play(says(404, b'{"success": false}')), accept_status=(200, 404))
    assert (answer.status, value) == (404, {"success": False})


@pytest.mark.parametrize("cut", [CUT_LENGTH, CUT_CHUNKED, CUT_IN_CHUNK, NO_ANSWER])
def test_a_cut_body_is_asked_for_again(server, web, cut):
    answer = web.get(server.play(cut, good))
    assert (answer.body, answer.attempts) == (b'{"a": 1}', 2)


@pytest.mark.parametrize("cut", [CUT_LENGTH, CUT_CHUNKED, CUT_IN_CHUNK, NO_ANSWER])
def test_a_body_cut_every_time_is_unreachable(server, web, cut):
    with pytest.raises(PortalUnreachable, match=r"cut.*Tries: 5"):
        web.get(server.play(cut))


def test_nobody_listening_is_unreachable_after_retries(server, web, time):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(PortalUnreachable, match=r"refused.*Tries: 5"):
        web.get(f"http://127.0.0.1:{port}/x")
    assert len(time.slept) >= 4


def test_a_name_that_does_not_resolve_is_unreachable(web):
    with pytest.raises(PortalUnreachable, match="could not be resolved"):
        web.get("http://portal.invalid/x")


@pytest.mark.parametrize(("status", "words"), [(401, "token"), (403, "forbids"), (404, "address"), (410, "for good")])
def test_other_4xx_is_refused_at_once_and_says_what_the_portal_said(server, web, status, words):
    url = server.play(says(status, b'{"error": {"message": "No such\\n thing ' + b"x" * 500 + b'"}}'))
    with pytest.raises(PortalRefused, match=words) as caught:
        web.get(url)
    assert f"{url} answered with status {status}" in str(caught.value)
    assert "No such thing xxx" in str(caught.value)
    assert "x" * 201 not in str(caught.value)
    assert len(server.seen) == 1


@pytest.mark.parametrize("body", [b"<html>", b"", b"[1]", b"null", b"[" * 100_000, b'{"message": {"a": [1]}}', b"\xff"])
def test_odd_bodies_of_refusals_do_no_harm(server, web, body):
    with pytest.raises(PortalRefused, match="404"):
        web.get(server.play(says(404, body)))


def test_other_5xx_is_busy_without_retries_and_an_odd_status_unreadable(server, web):
    with pytest.raises(PortalBusy, match="501"):
        web.get(server.play(says(501)))
    with pytest.raises(AnswerUnreadable, match="206"):
        web.get(server.play(says(206)))
    assert len(server.seen) == 2


# ---------------------------------------------------------------- limits


def hang(handler):
    handler.close_connection = True
    handler.server.stop.wait(20)


def test_a_silent_portal_is_unreachable(server, make_web):
    web = make_web(Limits(read_timeout_seconds=0.1, retries=1))
    with pytest.raises(PortalUnreachable, match=r"silent.*Tries: 2"):
        web.get(server.play(hang))


def test_a_silence_within_the_body_is_asked_again(server, make_web):
    half = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{", b"", pause=0.5)
    assert make_web(Limits(read_timeout_seconds=0.1)).get(server.play(half, good)).attempts == 2


DRIPS = {
    "length": [b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n", *[b"x"] * 300],
    "chunked": [CHUNKED, *[b"1\r\nx\r\n"] * 300],
    "inside a chunk": [CHUNKED, b"fffff\r\n", *[b"x"] * 300],
    "until closed": [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", *[b"x"] * 300],
    "headers": [b"HTTP/1.1 200 OK\r\nX: ", *[b"x"] * 300],
}


@pytest.mark.parametrize("drip", DRIPS)
def test_a_slow_drip_ends_at_the_total_limit(server, make_web, drip):
    web = make_web(Limits(total_timeout_seconds=0.3, read_timeout_seconds=5))
    began = real_time.perf_counter()
    with pytest.raises(AnswerTooLarge, match=r"0\.3 seconds"):
        web.get(server.play(raw(*DRIPS[drip], pause=0.02)))
    assert real_time.perf_counter() - began < 2
    assert len(server.seen) == 1


def test_a_retry_ends_with_the_time_for_retries(server, make_web):
    web = make_web(
        Limits(retry_total_seconds=0.5, backoff_seconds=0.1, read_timeout_seconds=5),
        sleep=real_time.sleep,
        clock=real_time.monotonic,
    )
    began = real_time.perf_counter()
    with pytest.raises(PortalUnreachable, match="Tries: 2"):
        web.get(server.play(says(503), raw(*DRIPS["length"], pause=0.02)))
    assert real_time.perf_counter() - began < 2


def test_a_body_that_announces_too_much_is_not_read(server, make_web):
    with pytest.raises(AnswerTooLarge, match="limit of 1,000 bytes"):
        make_web(Limits(max_body_bytes=1000)).get(server.play(says(200, b"x" * 1001)))
    assert len(server.seen) == 1


def test_a_body_that_grows_too_large_is_dropped_on_the_way(server, make_web):
    with pytest.raises(AnswerTooLarge, match="limit of 1,000 bytes"):
        make_web(Limits(max_body_bytes=1000)).get(server.play(raw(CHUNKED, *[b"64\r\n" + b"x" * 100 + b"\r\n"] * 50)))


def test_a_body_of_just_the_limit_is_fine(server, make_web):
    assert len(make_web(Limits(max_body_bytes=1000)).get(server.play(says(200, b"x" * 1000))).body) == 1000


def test_a_gzip_bomb_is_measured_unpacked(server, make_web):
    bomb = gzip.compress(b"0" * 30_000_000)
    with pytest.raises(AnswerTooLarge) as caught:
        make_web(Limits(max_body_bytes=100_000)).get(server.play(says(200, bomb, Content_Encoding="gzip")))
    assert len(bomb) < 100_000
    assert int(str(caught.value).split("stopped at ")[1].split(".")[0].replace(",", "")) < 1_000_000


def test_gzip_is_unpacked_and_broken_gzip_is_unreadable(server, web):
    packed = gzip.compress(b'{"a": 1}')
    assert web.get(server.play(says(200, packed, Content_Encoding="gzip"))).body == b'{"a": 1}'
    with pytest.raises(AnswerUnreadable, match="unpacked"):
        web.get(server.play(says(200, b"not gzip", Content_Encoding="gzip")))


# ---------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "text/json",
        "APPLICATION/JSON;charset=UTF-8",
        "application/vnd.api+json",
        "text/plain",
        "application/octet-stream",
        "application/geo+json",
    ],
)
def test_json_is_believed(server, web, content_type):
    url = server.play(lambda h: h.answer(200, b'\xef\xbb\xbf {"a": [1]}', Content_Type=content_type))
    assert web.get_json(url)[1] == {"a": [1]}


@pytest.mark.parametrize(
    ("content_type", "body", "words"),
    [
        ("text/html", b"<html>down</html>", "text/html"),
        ("text/html", b'{"a": 1}', "text/html"),
        ("application/json", b"\n <!doctype html>", "web page"),
        ("application/json", b'{"a": ', "broken JSON at character"),
        ("application/json", b"", "broken JSON"),
        ("application/json", b'{"a": "\xff"}', "broken JSON"),
        ("application/json", b"[" * 200_000, "broken JSON"),
        ("application/json", b"[1]", "JSON list where a dict was expected"),
        ("application/json", b"null", "NoneType where a dict"),
        ("text/plain", b"sorry", "broken JSON"),
        ("text/csv", b"1", "text/csv"),
    ],
)
def test_what_is_no_json_is_kept_for_a_look(server, web, content_type, body, words):
    url = server.play(lambda h: h.answer(200, body, Content_Type=content_type))
    with pytest.raises(AnswerUnreadable, match=words) as caught:
        web.get_json(url)
    assert caught.value.body == body[:65_536]
    assert url in str(caught.value)
    assert len(server.seen) == 1


def test_another_top_level_type_can_be_expected(server, web):
    assert web.get_json(server.play(says(200, b"[1]")), expect=list)[1] == [1]


# ---------------------------------------------------------------- rate


def test_requests_to_one_host_are_spaced_retries_too(server, make_web, time):
    web = make_web(requests_per_second=2.0)
    url = server.play(says(503, Retry_After="3"), good)
    web.get(url)
    web.get(url)
    web.get(url)
    assert time.slept == [3, 0.5, 0.5]


def test_hosts_do_not_wait_for_each_other(server, make_web, time):
    web = make_web(requests_per_second=0.1)
    server.play(good)
    web.get(server.url())
    web.get(server.url(host="localhost"))
    assert time.slept == []


def test_threads_share_the_rate(server, make_web):
    web = make_web(requests_per_second=20.0, sleep=real_time.sleep, clock=real_time.monotonic)
    url, moments = server.play(lambda h: (moments.append(real_time.monotonic()), good(h))), []
    threads = [threading.Thread(target=web.get, args=(url,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(moments) == 8
    assert max(moments) - min(moments) > 7 / 20 - 0.06


# ---------------------------------------------------------------- errors travel


def test_errors_survive_pickling_between_processes(server, web):
    for kind, url in ((PortalBusy, server.play(says(503))), (HostNotAllowed, "ftp://x/")):
        with pytest.raises(CivicgaugeError) as caught:
            web.get(url)
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), str(again)) == (kind, str(caught.value))


def test_settings_that_cannot_work_are_said_at_once(make_web):
    with pytest.raises(ValueError, match="above 0"):
        make_web(requests_per_second=0)
    with pytest.raises(ValueError, match="token_host"):
        make_web(token=("X-App-Token", "s"))
    with pytest.raises(ConfigurationError, match="CIVICGAUGE_CONTACT"):
        make_web(user_agent="a\r\nX-Evil: 1")
    with pytest.raises(ConfigurationError, match="token") as caught:
        make_web(token=("X-App-Token", "hush\n"), token_host="a")
    assert "hush" not in str(caught.value)
