"""Channels that post: Slack, Teams and signed webhooks, through the HTTP door to a real server on loopback."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.alerts.channels import (
    Bounced,
    Connection,
    DeliveryFailed,
    DeliveryRefused,
    Doubtful,
    WayDown,
    WayRefused,
    channel,
    slack,
    teams,
    webhook,
)
from civicgauge.alerts.channels._http import address, base_address
from civicgauge.errors import ConfigurationError
from civicgauge.web import Web
from tests.alerts.postoffice import Hooks, cut, hooks, says
from tests.alerts.sendings import NOTICE, NOW, Steps, contact, parcel, way

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
HOSTILE = "<!channel> <https://evil.example|Permits> [x](https://evil.example) & *bold* \u202e"


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(user_agent="civicgauge/test", allow_private_hosts=True, requests_per_second=1000) as one:
        yield one


def send(name: str, web: Web, folder: Path, connection: Connection, **changes) -> Steps:
    """Deliver one message by that channel; how often it committed."""

    def post(url, body, headers):
        answer = web.post(url, body, headers)
        return answer.status, answer.body

    steps = Steps()
    of = parcel(contact("room", name), **changes)
    channel(name).deliver(of, way(folder, connection, post=post), steps)
    return steps


def room(server: Hooks, name: str) -> Connection:
    """A connection to the server, as that channel wants it."""
    if name == "webhook":
        return Connection("room", server.url(), password=SECRET)
    return Connection("room", password=server.url())


@pytest.mark.parametrize("name", ["slack", "teams", "webhook"])
def test_a_post_says_what_happened_and_that_it_is_no_assessment(name: str, web: Web, tmp_path: Path) -> None:
    with hooks(says(202)) as server:
        assert send(name, web, tmp_path, room(server, name)).count == 1
    ((path, headers, body),) = server.posts
    assert path == "/services/T00/B00/verySecretWord"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["user-agent"] == "civicgauge/test"
    told = json.dumps(json.loads(body), ensure_ascii=False)
    assert "Springfield: 1 point to look at" in told
    assert "1 new, 0 still open" in told
    assert NOTICE in told


@pytest.mark.parametrize("name", ["slack", "teams", "webhook"])
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says(400, b"invalid_payload"), DeliveryRefused),
        (says(302, b"", Location="http://127.0.0.1:9/elsewhere"), DeliveryRefused),
        (says(401), WayRefused),
        (says(403, b"invalid_token"), WayRefused),
        (says(404, b"no_service"), WayRefused),
        (says(410), Bounced),
        (says(429), DeliveryFailed),
        (says(503), DeliveryFailed),
    ],
)
def test_what_answers_mean(name: str, answer, error: type[Exception], web: Web, tmp_path: Path) -> None:
    with hooks(answer) as server, pytest.raises(error) as caught:
        send(name, web, tmp_path, room(server, name))
    assert type(caught.value) is error
    assert len(server.posts) == 1  # tried once, and no redirect is followed
    assert "verySecretWord" not in str(caught.value)


@pytest.mark.parametrize("answer", [cut, says(502), says(504)])
def test_where_nobody_knows_a_room_may_have_heard_it_and_a_program_is_told_again(
    answer, web: Web, tmp_path: Path
) -> None:
    for name, error in {"slack": Doubtful, "teams": Doubtful, "webhook": DeliveryFailed}.items():
        with hooks(answer) as server, pytest.raises(error) as caught:
            send(name, web, tmp_path, room(server, name))
        assert type(caught.value) is error
        assert len(server.posts) == 1


@pytest.mark.parametrize("name", ["slack", "teams", "webhook"])
def test_nobody_at_home_is_certainly_not_delivered(name: str, web: Web, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/verySecretWord"
        connection = Connection("room", url, password=SECRET) if name == "webhook" else Connection("room", password=url)
        with pytest.raises(WayDown) as caught:
            send(name, web, tmp_path, connection)
    assert "verySecretWord" not in str(caught.value)


def test_private_hosts_get_nothing_unless_they_are_meant(tmp_path: Path) -> None:
    with Web(user_agent="civicgauge/test") as careful, hooks() as server:
        with pytest.raises(WayRefused, match="private, loopback or reserved"):
            send("slack", careful, tmp_path, room(server, "slack"))
        assert server.posts == []


def test_the_address_is_in_no_log(web: Web, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for answer in (says(200), says(404), cut):
        with hooks(answer) as server:
            try:
                send("teams", web, tmp_path, room(server, "teams"))
            except (WayRefused, Doubtful) as error:
                assert "verySecretWord" not in repr(error)  # noqa: PT017 - both ways are looked at
    logged = "\n".join(f"{record.name} {record.getMessage()}" for record in caplog.records)
    assert "POST http://127.0.0.1" in logged
    assert "urllib3.connectionpool" in logged
    assert "verySecretWord" not in logged


# ---------------------------------------------------------------- connections


@pytest.mark.parametrize(
    ("given_", "url"),
    [
        ({"password": "https://hooks.slack.com/services/T/B/x"}, "https://hooks.slack.com/services/T/B/x"),
        ({"password": "T/B/x"}, "https://hooks.slack.com/services/T/B/x"),
        ({"password": "/T/B/x", "host": "chat.example/hooks/"}, "https://chat.example/hooks/T/B/x"),
        ({"password": "T", "host": "chat.example", "schema": "http", "port": 8065}, "http://chat.example:8065/T"),
        ({"password": "T", "host": "https://chat.example/a"}, "https://chat.example/a/T"),
    ],
)
def test_addresses_are_found_as_airflow_writes_them(given_, url: str) -> None:
    assert address(Connection("room", **given_), "https://hooks.slack.com/services") == url


@pytest.mark.parametrize(
    "given_",
    [
        {},
        {"host": "chat.example"},
        {"password": "ftp://hush/x"},
        {"password": "https://"},
        {"password": "http://h:x/hush"},
    ],
)
def test_connections_without_an_address_say_so_and_not_what_they_hold(given_) -> None:
    with pytest.raises(ConfigurationError, match="connection room: ") as caught:
        address(Connection("room", **given_), "https://hooks.slack.com/services")
    assert "hush" not in str(caught.value)


def test_a_webhooks_address_and_secret() -> None:
    plain = Connection("room", "hooks.springfield.example", 8443, extra={"path": "/civicgauge"})
    assert base_address(plain) == "https://hooks.springfield.example:8443/civicgauge"
    for bad in (
        "",
        "hush",
        "whsec_hush",
        "whsec_" + base64.b64encode(b"short").decode(),
        SECRET.removeprefix("whsec_"),
    ):
        with pytest.raises(ConfigurationError, match="its password is to be whsec_") as caught:
            webhook.key_of(Connection("room", password=bad))
        assert not bad or bad not in str(caught.value)


# ---------------------------------------------------------------- signed


def test_the_signature_is_the_one_of_the_published_example() -> None:
    """The worked example of the Standard Webhooks libraries."""
    headers = webhook.signed(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        NOW.fromtimestamp(1614265330, NOW.tzinfo),
        b'{"test": 2432232314}',
        webhook.key_of(Connection("room", password=SECRET)),
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_the_other_side_can_check_who_told_it(web: Web, tmp_path: Path) -> None:
    with hooks() as server:
        for _ in range(2):
            send("webhook", web, tmp_path, room(server, "webhook"), subject="B\u00e5tplatser")
    for _, headers, body in server.posts:  # as a receiver does it, from what it received alone
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert int(headers["webhook-timestamp"]) == int(NOW.timestamp())
    assert {headers["webhook-id"] for _, headers, _ in server.posts} == {"n1"}
    told = json.loads(server.posts[0][2])
    assert (told["type"], told["timestamp"]) == ("civicgauge.digest", "2026-06-30T14:00:00Z")
    assert told["data"]["subject"] == "B\u00e5tplatser"
    assert told["data"]["facts"]["incidents"][0]["rule_id"] == "update_on_time"


# ---------------------------------------------------------------- rooms


def texts(value: object) -> Iterator[tuple[str, str]]:
    """Every (type, text) of a post."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield str(value.get("type")), value["text"]
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def test_slack_obeys_no_title_of_a_dataset() -> None:
    post = slack.payload(parcel(subject=HOSTILE, summary=HOSTILE, blocks=((HOSTILE, (HOSTILE,)),)), NOTICE)
    for kind, text in texts(post["blocks"]):
        if kind == "mrkdwn":
            assert "<" not in text
            assert ">" not in text
            assert "&lt;!channel&gt;" in text or NOTICE in text
    assert "<" not in post["text"]


LINES = st.lists(st.text(st.sampled_from("ab&<>\u00e5\n*"), max_size=4000) | st.just("<&>" * 2000), max_size=30)


@given(st.text(max_size=4000), LINES, st.integers(0, 80))
def test_slacks_limits_hold_whatever_is_said(summary: str, lines: list[str], times: int) -> None:
    blocks = tuple((f"heading {number}", tuple(lines)) for number in range(times % 8))
    post = slack.payload(parcel(subject=summary, summary=summary, blocks=blocks), NOTICE)
    assert len(post["blocks"]) <= 50
    for kind, text in texts(post["blocks"]):
        assert 1 <= len(text) <= (150 if kind == "plain_text" else 3000)
        if kind == "mrkdwn":
            assert text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "").count("&") == 0  # none cut in two
    assert post["blocks"][-1]["elements"][0]["text"] == NOTICE


@given(st.text(max_size=4000), LINES, st.integers(0, 8))
def test_a_card_is_small_enough_and_no_text_in_it_is_markdown(summary: str, lines: list[str], times: int) -> None:
    blocks = tuple((f"heading {number}", tuple(lines)) for number in range(times))
    card = teams.payload(parcel(subject=summary, summary=summary, blocks=blocks), NOTICE)
    assert len(json.dumps(card, ensure_ascii=False).encode("utf-8", "replace")) <= 20_000
    (attachment,) = card["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    body = attachment["content"]["body"]
    assert {item["type"] for item in body} == {"RichTextBlock"}
    assert {run["type"] for item in body for run in item["inlines"]} == {"TextRun"}
    assert body[-1]["inlines"][0]["text"] == NOTICE
