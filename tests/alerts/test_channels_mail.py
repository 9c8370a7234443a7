"""Mail against a real SMTP server on loopback, in every mood."""

from __future__ import annotations

import logging
import socket
from datetime import UTC, datetime
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
    NotOurs,
    WayDown,
    WayRefused,
    channel,
)
from civicgauge.alerts.channels._mailbox import check_address
from civicgauge.errors import ConfigurationError
from tests.alerts.postoffice import (
    AUTH,
    LOGIN,
    PASSWORD,
    CutsInTheMiddle,
    Inbox,
    Papers,
    SaysNothingClear,
    papers,
    smtp,
)
from tests.alerts.sendings import NOW, Steps, contact, parcel, way

MAIL = channel("mail")
CLEAR = {"disable_ssl": True, "disable_tls": True}


@pytest.fixture(scope="module")
def vouched(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(tmp_path_factory.mktemp("papers"))


def send(inbox: Inbox, folder: Path, extra=None, *, steps: Steps | None = None, of=None, **account) -> Steps:
    """Deliver one message to that server; how often it committed."""
    connection = Connection("mx", "127.0.0.1", inbox.port, extra=CLEAR if extra is None else extra, **account)
    counted = steps or Steps()
    MAIL.deliver(of or parcel(), way(folder, connection, smtp_connection="mx"), counted)
    return counted


# ---------------------------------------------------------------- taken


def test_a_message_arrives_as_it_was_composed(tmp_path: Path) -> None:
    with smtp(Inbox()) as inbox:
        assert send(inbox, tmp_path).count == 1
    ((sender, recipients, _),) = inbox.taken
    assert (sender, recipients) == ("alerts@civicgauge.example", ["opendata@springfield.example"])
    (message,) = inbox.messages()
    assert message["Message-ID"] == "<n1@civicgauge.example>"
    assert message["Subject"] == "Springfield: 1 point to look at"
    assert message["To"] == "opendata@springfield.example"
    assert message["From"] == "civicgauge <alerts@civicgauge.example>"
    assert message["Date"].datetime == NOW
    assert message["References"] == "<first@civicgauge.example>"
    assert message["List-Unsubscribe"] == f"<https://alerts.example.org/u/{'t' * 120}>"
    assert b"List-Unsubscribe: <https://alerts.example.org/u/" + b"t" * 120 + b">\r\n" in inbox.taken[0][2]
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "B\u00e5tplatser" in text.get_content()
    assert "<b>41 days</b>" in html.get_content()
    assert message.get_content_type() == "multipart/alternative"


def test_starttls_and_login_with_a_private_authority(tmp_path: Path, vouched: Papers) -> None:
    extra = {"ssl_ca_file": str(vouched.ca_file), "from_email": "alerts@springfield.example"}
    with smtp(Inbox(), tls_context=vouched.server, require_starttls=True, **AUTH) as inbox:
        send(inbox, tmp_path, extra, login=LOGIN, password=PASSWORD)
    assert (inbox.tls, inbox.logins) == ([True], [True])
    assert inbox.taken[0][0] == "alerts@springfield.example"


def test_tls_from_the_first_byte(tmp_path: Path, vouched: Papers) -> None:
    extra = {"ssl_ca_file": str(vouched.ca_file), "disable_tls": "true"}
    with smtp(Inbox(), smtps=vouched.server) as inbox:
        send(inbox, tmp_path, extra)
    assert inbox.tls == [True]


def test_a_server_without_eight_bits_gets_seven(tmp_path: Path) -> None:
    from aiosmtpd.smtp import SMTP

    class Old(SMTP):
        async def smtp_EHLO(self, hostname: str) -> None:
            self.session.host_name = hostname
            await self.push("250 mx.springfield.example")

    with smtp(Inbox(), kind=Old) as inbox:
        send(inbox, tmp_path)
    raw = inbox.taken[0][2]
    assert raw.isascii()
    body = inbox.messages()[0].get_body(("plain",))
    assert body is not None
    assert "B\u00e5tplatser" in body.get_content()


# ---------------------------------------------------------------- a clear no


def test_a_refused_recipient_is_a_bounce_and_nothing_is_committed(tmp_path: Path) -> None:
    steps = Steps()
    told = r"refused the recipient: 550 5\.1\.1 <\(address\)>: no such user"
    reply = "550 5.1.1 <opendata@springfield.example>: no such user"
    with smtp(Inbox(rcpt=[reply])) as inbox, pytest.raises(Bounced, match=told) as caught:
        send(inbox, tmp_path, steps=steps)
    assert "springfield" not in str(caught.value)
    assert (steps.count, inbox.taken) == (0, [])


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ("550 no such user here", Bounced),
        ("553 mailbox name not allowed", Bounced),
        ("550 5.2.1 mailbox disabled", Bounced),
        ("550 5.7.1 relaying denied", DeliveryRefused),
        ("550 relay not permitted", DeliveryRefused),
        ("554 5.7.1 your host is on a block list", DeliveryRefused),
        ("552 5.2.2 mailbox full", DeliveryRefused),
        ("452 4.2.2 mailbox full for now", DeliveryFailed),
        ("450 4.7.1 greylisted", DeliveryFailed),
    ],
)
def test_what_a_refusal_at_the_recipient_means(tmp_path: Path, reply: str, error: type[Exception]) -> None:
    """Who refuses us, and not the recipient, costs the recipient nothing."""
    steps = Steps()
    with smtp(Inbox(rcpt=[reply])) as inbox, pytest.raises(error) as caught:
        send(inbox, tmp_path, steps=steps)
    assert type(caught.value) is error
    assert steps.count == 0


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ("451 4.3.0 try again", DeliveryFailed),
        ("421 4.3.2 closing", DeliveryFailed),
        ("554 5.6.0 looks like spam", DeliveryRefused),
        ("550 this looks like spam", DeliveryRefused),
        ("550 5.1.1 no such user after all", Bounced),
    ],
)
def test_what_a_refusal_of_the_message_means(tmp_path: Path, reply: str, error: type[Exception]) -> None:
    with smtp(Inbox(data=[reply])) as inbox, pytest.raises(error) as caught:
        send(inbox, tmp_path)
    assert type(caught.value) is error


def test_a_sender_that_is_not_welcome_closes_the_way(tmp_path: Path) -> None:
    with smtp(Inbox(mail=["550 5.7.1 sender not allowed"])) as inbox, pytest.raises(WayRefused, match="the sender"):
        send(inbox, tmp_path)


def test_a_wrong_password_closes_the_way_and_stands_nowhere(
    tmp_path: Path, vouched: Papers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    extra, steps = {"ssl_ca_file": str(vouched.ca_file)}, Steps()
    terms = AUTH | {"tls_context": vouched.server, "require_starttls": True}
    told = "refused the login of connection mx: 535"
    with smtp(Inbox(), **terms) as inbox, pytest.raises(WayRefused, match=told) as caught:
        send(inbox, tmp_path, extra, login=LOGIN, password="wrongWord77", steps=steps)
    assert (steps.count, inbox.taken) == (0, [])
    shown = f"{caught.value!r}{[r for r in caplog.messages if 'AUTH' not in r]}"
    assert "wrongWord77" not in shown


def test_a_server_without_starttls_gets_nothing(tmp_path: Path) -> None:
    with smtp(Inbox()) as inbox, pytest.raises(WayRefused, match="offers no STARTTLS; nothing is sent in clear"):
        send(inbox, tmp_path, {}, login=LOGIN, password=PASSWORD)
    assert inbox.taken == []


def test_a_certificate_of_an_unknown_authority_gets_nothing(tmp_path: Path, vouched: Papers) -> None:
    for extra, terms in (({}, {"tls_context": vouched.server}), ({"disable_tls": True}, {"smtps": vouched.server})):
        with smtp(Inbox(), **terms) as inbox, pytest.raises(WayRefused, match="certificate cannot be trusted"):
            send(inbox, tmp_path, extra)
        assert inbox.taken == []


def test_nobody_at_home(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        inbox = Inbox(port=free.getsockname()[1])
        with pytest.raises(WayDown, match="could not be reached"):
            send(inbox, tmp_path)


def test_a_silent_server_is_left(tmp_path: Path) -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        with pytest.raises(WayDown, match="ended the session"):
            send(Inbox(port=mute.getsockname()[1]), tmp_path, CLEAR | {"timeout": "0.2"})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"host": ""}, "no mail server's host"),
        ({"extra": CLEAR | {"timeout": "soon"}}, "timeout is not a number"),
        ({"extra": {"ssl_context": "none"}}, "certificates are always verified"),
        ({"extra": {"ssl_ca_file": "/nowhere/ca.pem"}}, "ssl_ca_file cannot be read"),
        ({"extra": CLEAR | {"auth_type": "oauth2"}}, "only auth_type basic"),
        ({"extra": {"disable_tls": "perhaps"}}, "disable_tls is neither true nor false"),
    ],
)
def test_connections_that_cannot_be_used_say_why(tmp_path: Path, changes, told: str) -> None:
    connection = Connection(**({"conn_id": "mx", "host": "127.0.0.1", "port": 9, "extra": CLEAR} | changes))
    with pytest.raises(ConfigurationError, match=told):
        MAIL.deliver(parcel(), way(tmp_path, connection, smtp_connection="mx"), Steps())
    with pytest.raises(ConfigurationError, match="CIVICGAUGE_SMTP_CONNECTION"):
        MAIL.deliver(parcel(), way(tmp_path), Steps())


# ---------------------------------------------------------------- nobody knows


def test_a_connection_cut_in_the_middle_of_the_message_is_doubtful(tmp_path: Path) -> None:
    steps = Steps()
    with smtp(Inbox(), kind=CutsInTheMiddle) as inbox, pytest.raises(Doubtful, match="on its way"):
        send(inbox, tmp_path, of=parcel(text="line of text\n" * 300_000), steps=steps)
    assert steps.count == 1
    assert inbox.taken == []


def test_a_message_that_was_taken_without_a_word_is_doubtful(tmp_path: Path) -> None:
    with smtp(Inbox(cuts_after_taking=True)) as inbox, pytest.raises(Doubtful, match="on its way"):
        send(inbox, tmp_path)
    assert len(inbox.taken) == 1  # it did arrive, and we cannot know


def test_an_answer_that_is_none_is_doubtful(tmp_path: Path) -> None:
    with smtp(Inbox(), kind=SaysNothingClear) as inbox, pytest.raises(Doubtful, match="cannot be understood"):
        send(inbox, tmp_path)


def test_a_lost_lease_sends_nothing(tmp_path: Path) -> None:
    steps = Steps(NotOurs("the lease ran out"))
    with smtp(Inbox()) as inbox, pytest.raises(NotOurs):
        send(inbox, tmp_path, steps=steps)
    assert (steps.count, inbox.taken) == (1, [])


# ---------------------------------------------------------------- injection


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hello\r\nBcc: everyone@springfield.example"},
        {"subject": "Hello\nBcc: everyone@springfield.example"},
        {"headers": {"X-Key": "a\r\nBcc: everyone@springfield.example"}},
        {"headers": {"X-Key\r\nBcc": "everyone@springfield.example"}},
        {"references": ("<a@b>\r\nBcc: everyone@springfield.example",)},
    ],
)
def test_no_header_grows_out_of_a_text(tmp_path: Path, changes) -> None:
    """Whoever composes may mend such a text or refuse it; no header may come of it."""
    problem = ""
    with smtp(Inbox()) as inbox:
        try:
            send(inbox, tmp_path, of=parcel(**changes))
        except DeliveryRefused as error:
            problem = str(error)
    assert ("cannot be composed" in problem) != bool(inbox.taken)
    assert all(message["Bcc"] is None for message in inbox.messages())
    assert all(recipients == ["opendata@springfield.example"] for _, recipients, _ in inbox.taken)


@pytest.mark.parametrize(
    "address",
    [
        "a@springfield.example\r\nRCPT TO:<b@springfield.example>",
        "a@springfield.example, b@springfield.example",
        "a@springfield.example> SIZE=1",
        '"a b"@springfield.example',
        "a@b@springfield.example",
        "@springfield.example",
        "a@",
        "a..b@springfield.example",
        "\u00e5@springfield.example",
        "a@sprin\u0261field.example",
        "a@-springfield.example",
        "x" * 65 + "@springfield.example",
    ],
)
def test_what_is_not_one_plain_address_is_refused_before_anybody_is_asked(tmp_path: Path, address: str) -> None:
    steps = Steps()
    with smtp(Inbox()) as inbox, pytest.raises(DeliveryRefused, match="the recipient's address is not") as caught:
        send(inbox, tmp_path, of=parcel(contact(address)), steps=steps)
    assert (steps.count, inbox.taken) == (0, [])
    assert address not in str(caught.value)


@given(st.text(max_size=80))
def test_an_address_that_passes_is_one_address_whatever_is_tried(text: str) -> None:
    if check_address(text) is None:
        assert text.isascii()
        assert not set(text) & set(' \r\n\t\0<>,;:"()[]\\')
        assert text.count("@") == 1


def test_a_sender_that_is_none_is_refused(tmp_path: Path) -> None:
    connection = Connection("mx", "127.0.0.1", 9, extra=CLEAR)
    for sender in ("nobody", "a@example.org\r\nBcc: b@example.org"):
        with pytest.raises(DeliveryRefused, match="CIVICGAUGE_MAIL_FROM"):
            MAIL.deliver(parcel(), way(tmp_path, connection, smtp_connection="mx", mail_from=sender), Steps())


def test_a_date_is_the_time_of_the_decision(tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
    with smtp(Inbox()) as inbox:
        send(inbox, tmp_path, of=parcel(created_at=at))
    assert inbox.messages()[0]["Date"].datetime == at
