"""Downloads against real served HTTP: streamed to a file, whole or not there at all."""

from __future__ import annotations

import gzip
import hashlib
import logging
import time as real_time
from datetime import UTC, datetime

import pytest

from civicgauge.errors import AnswerTooLarge, HostNotAllowed, PortalBusy, PortalRefused, PortalUnreachable
from civicgauge.web import Limits

BODY = b"id,name\n" + b"".join(b"%d,Elm street\n" % number for number in range(40_000))
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
LENGTH = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "rows.csv"


def good(handler):
    handler.answer(200, BODY, Content_Type="text/csv", ETag='"e1"')


def says(status, **headers):
    return lambda handler: handler.answer(status, b'{"message": "no"}', **headers)


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


def chunks(body, size=30_000):
    pieces = (body[begin : begin + size] for begin in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


def test_a_body_lies_in_the_file_with_its_digest(server, web, target):
    url = server.play(good)
    before = datetime.now(UTC)
    found = web.download(url, target, params={"accessType": "DOWNLOAD"}, headers={"If-None-Match": '"e0"'})
    assert target.read_bytes() == BODY
    assert (found.url, found.status, found.attempts) == (f"{url}?accessType=DOWNLOAD", 200, 1)
    assert (found.bytes_count, found.sha256) == (len(BODY), hashlib.sha256(BODY).hexdigest())
    assert found.headers["etag"] == '"e1"'
    assert before <= found.requested_at <= datetime.now(UTC)
    assert server.seen[0][1]["if-none-match"] == '"e0"'
    assert [path.name for path in target.parent.iterdir()] == ["rows.csv"]


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_transport_is_taken_off(server, web, target, compressed, framing):
    sent = gzip.compress(BODY) if compressed else BODY
    head = CHUNKED if framing == "chunked" else LENGTH % len(sent)
    head = head.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n") if compressed else head
    body = chunks(sent) + b"0\r\n\r\n" if framing == "chunked" else sent
    found = web.download(server.play(raw(head + body)), target)
    assert target.read_bytes() == BODY
    assert found.sha256 == hashlib.sha256(BODY).hexdigest()
    assert "gzip" in server.seen[0][1]["accept-encoding"]


CUTS = {
    "length": LENGTH % len(BODY) + BODY[:-1],
    "chunked": CHUNKED + chunks(BODY),
    "inside a chunk": CHUNKED + chunks(BODY)[:-100],
    "compressed": (LENGTH % len(gzip.compress(BODY))).replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")
    + gzip.compress(BODY)[:-100],
    "before a body": CHUNKED,
    "compressed, until closed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
    + gzip.compress(BODY)[:-100],
    "compressed, chunks complete": CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")
    + chunks(gzip.compress(BODY)[:-100])
    + b"0\r\n\r\n",
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_cut_body_is_read_again_from_its_beginning(server, web, target, cut):
    found = web.download(server.play(raw(CUTS[cut]), good), target)
    assert (found.attempts, found.sha256) == (2, hashlib.sha256(BODY).hexdigest())
    assert target.read_bytes() == BODY


@pytest.mark.parametrize("cut", CUTS)
def test_a_body_cut_every_time_leaves_nothing(server, web, target, cut):
    with pytest.raises(PortalUnreachable, match=r"cut.*Tries: 5"):
        web.download(server.play(raw(CUTS[cut])), target)
    assert list(target.parent.iterdir()) == []


def test_what_lay_there_stays_until_the_new_one_is_whole(server, web, target):
    target.write_bytes(b"older")
    with pytest.raises(PortalUnreachable):
        web.download(server.play(raw(CUTS["chunked"])), target)
    assert target.read_bytes() == b"older"


@pytest.mark.parametrize("status", [429, 503, 202])
def test_a_busy_portal_is_asked_again(server, web, target, time, status):
    found = web.download(server.play(says(status, Retry_After="7"), good), target)
    assert found.attempts == 2
    assert 7 in time.slept
    with pytest.raises(PortalBusy, match="Tries: 5"):
        web.download(server.play(says(status)), target.with_name("other"))


def test_a_refusal_says_what_the_portal_said_and_leaves_nothing(server, web, target):
    with pytest.raises(PortalRefused, match='404: "no"'):
        web.download(server.play(says(404)), target)
    assert list(target.parent.iterdir()) == []


def test_not_modified_brings_nothing(server, web, target):
    target.write_bytes(b"held")
    found = web.download(server.play(lambda h: h.answer(304, ETag='"e1"')), target, accept_status=(200, 304))
    assert (found.status, found.bytes_count, found.headers["etag"]) == (304, 0, '"e1"')
    assert [path.name for path in target.parent.iterdir()] == ["rows.csv"]
    assert target.read_bytes() == b"held"


# ---------------------------------------------------------------- limits


def test_silence_before_and_within_a_body(server, make_web, target):
    web = make_web(Limits(download_silence_seconds=0.1, retries=1, read_timeout_seconds=60))
    hang = raw(b"", pause=5)
    within = raw(CHUNKED + chunks(BODY)[:50_000], pause=5)
    assert web.download(server.play(hang, good), target).attempts == 2
    assert web.download(server.play(within, good), target).attempts == 2
    with pytest.raises(PortalUnreachable, match=r"silent.*Tries: 2"):
        web.download(server.play(within), target)


def test_a_slow_start_may_take_longer_than_an_answer(server, make_web, target):
    web = make_web(Limits(read_timeout_seconds=0.05, total_timeout_seconds=0.1, download_silence_seconds=5))

    def slow(handler):
        handler.server.stop.wait(0.3)
        good(handler)

    assert web.download(server.play(slow), target).attempts == 1


def test_a_try_that_began_in_time_may_end_later(server, make_web, target):
    """What is left for retries does not cut a download short; `get` of the same body is cut."""
    limits = Limits(retry_total_seconds=0.4, backoff_seconds=0.01)
    clocks = {"sleep": real_time.sleep, "clock": real_time.monotonic}
    slow = raw(CHUNKED, *[b"5\r\nid,1\n\r\n"] * 8, b"0\r\n\r\n", pause=0.1)
    found = make_web(limits, **clocks).download(server.play(says(503), slow), target)
    assert (found.attempts, target.read_bytes()) == (2, b"id,1\n" * 8)


def test_a_slow_drip_ends_at_the_total_limit(server, make_web, target):
    web = make_web(Limits(download_total_seconds=0.3))
    began = real_time.perf_counter()
    with pytest.raises(AnswerTooLarge, match=r"0\.3 seconds"):
        web.download(server.play(raw(CHUNKED, *[b"1\r\nx\r\n"] * 300, pause=0.02)), target)
    assert real_time.perf_counter() - began < 2
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("given", ["limits", "argument"])
@pytest.mark.parametrize("body", [LENGTH % len(BODY) + BODY, CHUNKED + chunks(BODY)])
def test_more_than_the_limit_is_not_kept(server, make_web, target, given, body):
    web = make_web(Limits(max_download_bytes=1000) if given == "limits" else Limits())
    with pytest.raises(AnswerTooLarge, match="1,000 bytes"):
        web.download(server.play(raw(body)), target, max_bytes=None if given == "limits" else 1000)
    assert len(server.seen) == 1
    assert list(target.parent.iterdir()) == []


def test_the_limit_of_answers_is_not_that_of_downloads(server, make_web, target):
    assert make_web(Limits(max_body_bytes=10)).download(server.play(good), target).bytes_count == len(BODY)


def test_a_compressed_bomb_stops_at_the_limit(server, web, target):
    bomb = gzip.compress(bytes(50_000_000))
    head = (LENGTH % len(bomb)).replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")
    with pytest.raises(AnswerTooLarge, match="1,000,000 bytes"):
        web.download(server.play(raw(head + bomb)), target, max_bytes=1_000_000)


def test_our_own_disk_is_no_fault_of_the_portal(server, web, target):
    with pytest.raises(FileNotFoundError):
        web.download(server.play(good), target.parent / "missing" / "rows.csv")
    assert len(server.seen) == 1


# ---------------------------------------------------------------- progress, guard, token


def test_progress_is_logged_and_told(server, make_web, target, caplog):
    caplog.set_level(logging.INFO, "civicgauge.web")
    told = []
    web = make_web(Limits(progress_seconds=0.1), clock=real_time.monotonic)
    web.download(
        server.play(raw(CHUNKED, *[b"5\r\nid,1\n\r\n"] * 8, b"0\r\n\r\n", pause=0.06)), target, on_progress=told.append
    )
    assert 1 <= len(told) <= 8
    assert told == sorted(told)
    assert 0 < told[0] <= told[-1] <= 40
    assert sum(" MB so far, " in record.getMessage() for record in caplog.records) == len(told)


def test_private_peers_are_refused_also_behind_a_redirect(server, make_web, target):
    web = make_web(allow_private_hosts=False)
    with pytest.raises(HostNotAllowed, match="private"):
        web.download(server.play(good), target)
    assert server.seen == []
    assert list(target.parent.iterdir()) == []


def test_a_redirect_is_followed_and_the_token_stays_at_home(server, make_web, target):
    web = make_web(token=("X-App-Token", "s3cret"), token_host=f"localhost:{server.server_port}")
    elsewhere = server.play(good, path="/file")
    server.play(lambda h: h.answer(302, Location=elsewhere), path="/x")
    found = web.download(server.url("/x", host="localhost"), target)
    assert found.url == elsewhere
    assert target.read_bytes() == BODY
    assert [("x-app-token" in headers) for _, headers in server.seen] == [True, False]


def test_secrets_of_an_address_are_in_no_record(server, web, target, caplog):
    caplog.set_level(logging.INFO)
    found = web.download(server.play(good), target, params={"token": "s3cret"})
    assert "s3cret" not in found.url + caplog.text
