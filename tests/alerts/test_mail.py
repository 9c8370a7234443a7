"""The mail of a rendered message: a strict parser reads what was written, and every server can carry it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.alerts.letters import Rendered
from civicgauge.alerts.mail import MOST_REFERENCES, compose
from civicgauge.alerts.message import render
from civicgauge.errors import ConfigurationError
from tests.alerts.letters import CONTACT, NOTICE, digest, late, letter, samples

WHEN = datetime(2026, 3, 3, 9, 30, tzinfo=timezone(timedelta(hours=-6)))
TOKEN = "A1b2-_" * 66 + "Zz09"  # 400 characters, as a signed token has them


def sent(rendered: Rendered, **given_) -> bytes:
    facts = {
        "to": "opendata@alderfalls.example",
        "sender": "civicgauge <alerts@civicgauge.example.org>",
        "message_id": "<m1.abc@civicgauge.example.org>",
        "created_at": WHEN,
    }
    return compose(rendered, **(facts | given_)).as_bytes()


def read(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.strict)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    assert all(not part.defects for part in mail.walk())
    return mail


def headers(raw: bytes) -> list[str]:
    """The header lines as they are on the wire, unfolded."""
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    return re.sub(r"\r\n(?=[ \t])", "", head).split("\r\n")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", sorted(samples()))
def test_what_is_read_back_is_what_was_written(kind: str, language: str) -> None:
    rendered = render(samples(language)[kind], notice=NOTICE)
    mail = read(sent(rendered))
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert (text.get_content_charset(), html.get_content_charset()) == ("utf-8", "utf-8")
    assert text.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().replace("\r\n", "\n").rstrip("\n") == rendered.html.rstrip("\n")
    assert mail["Subject"] == rendered.subject
    assert mail["From"].addresses[0].addr_spec == "alerts@civicgauge.example.org"
    assert mail["To"].addresses[0].addr_spec == "opendata@alderfalls.example"
    assert mail["Date"].datetime == WHEN
    assert mail["Message-ID"] == "<m1.abc@civicgauge.example.org>"
    assert mail["MIME-Version"] == "1.0"
    assert {name: mail[name] for name in rendered.headers} == dict(rendered.headers)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_server_can_carry_it(language: str) -> None:
    raw = sent(render(digest(language), notice=NOTICE))
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    for part in read(raw).iter_parts():
        assert part["Content-Transfer-Encoding"] in ("7bit", "quoted-printable", "base64")
    assert len(raw) < 100_000


def test_a_long_way_to_leave_the_list_stays_as_it_is() -> None:
    """Python's own policy writes it as an encoded word, which mail programs do not read (python/cpython#85725)."""
    address = f"https://civicgauge.example.org/unsubscribe?t={TOKEN}"
    rendered = render(replace(digest(), links={"unsubscribe": address}), notice=NOTICE)
    lines = headers(sent(rendered))
    expected = f"List-Unsubscribe: <{address}>, <mailto:{CONTACT}?subject=unsubscribe%20demo-alder-falls>"
    assert expected in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_the_longest_way_that_is_taken_stays_too() -> None:
    address = "https://civicgauge.example.org/" + "u" * 860
    raw = sent(render(replace(digest(), links={"unsubscribe": address}), notice=NOTICE))
    assert any(line.startswith(f"List-Unsubscribe: <{address}>,") for line in headers(raw))
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@pytest.mark.parametrize("title", ["Permisos de construcción del ayuntamiento de la ciudad ñ " * 3, "建築許可" * 30])
def test_a_long_subject_beyond_ascii(title: str) -> None:
    rendered = render(letter(language="es", asks=(late(dataset_title=title),)), notice=NOTICE)
    raw = sent(rendered)
    assert read(raw)["Subject"] == rendered.subject
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    words = re.findall(r"=\?[^?\s]+\?[bqBQ]\?[^?\s]*\?=", head)
    assert words
    assert all(len(word) <= 75 for word in words)  # RFC 2047
    subject = re.search(r"Subject:.*?(?=\r\n\S)", head, re.DOTALL)
    assert subject is not None
    assert all(len(line) <= 78 for line in subject[0].split("\r\n"))


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=150))
def test_any_subject_is_read_back(text: str) -> None:
    rendered = replace(render(letter(), notice=NOTICE), subject=f"[error] {text[:75]} {text[75:]}".strip())
    assert read(sent(rendered))["Subject"] == rendered.subject


def test_threads() -> None:
    before = tuple(f"<m{n}.{'x' * 60}@civicgauge.example.org>" for n in range(50))
    raw = sent(replace(render(digest(), notice=NOTICE), references=before))
    mail = read(raw)
    assert mail["In-Reply-To"] == before[0]
    kept = mail["References"].split()
    assert kept == [before[0], *before[-(MOST_REFERENCES - 1) :]]
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    alone = read(sent(render(digest(), notice=NOTICE)))
    assert alone["In-Reply-To"] is None
    assert alone["References"] is None


BAD = [
    "",
    " ",
    "nobody",
    "a@example.org, b@example.org",
    "a@example.org\r\nBcc: c@example.org",
    "a@example.org\nBcc: c@example.org",
    "a b@example.org",
    "a@b@example.org",
    "a@",
    "@example.org",
    "a@example.org>",
    "<a@example.org",
    "x <a@example.org> y",
    "ä@example.org",
    "a@exämple.org",
    "a@example.org\x00",
    "\u202ea@example.org",
]


@pytest.mark.parametrize("address", BAD)
def test_addresses_that_a_mail_cannot_carry_are_refused(address: str) -> None:
    rendered = render(digest(), notice=NOTICE)
    with pytest.raises(ConfigurationError, match="address"):
        sent(rendered, to=address)
    with pytest.raises(ConfigurationError, match="address"):
        sent(rendered, sender=address)


@given(st.text(max_size=60))
def test_an_address_is_taken_whole_or_refused(text: str) -> None:
    rendered = render(letter(), notice=NOTICE)
    try:
        raw = sent(rendered, to=text)
    except ConfigurationError:
        return
    (address,) = read(raw)["To"].addresses
    assert address.addr_spec in text


@pytest.mark.parametrize("name", ["Datos abiertos, Peñasco", 'The "open" data', "Ops; list:"])
def test_a_sender_may_have_any_name(name: str) -> None:
    mail = read(sent(render(letter(), notice=NOTICE), sender=f"{name} <alerts@civicgauge.example.org>"))
    (address,) = mail["From"].addresses
    assert address.addr_spec == "alerts@civicgauge.example.org"
    assert address.display_name == name


@pytest.mark.parametrize(
    "value", ["", "abc", "<abc>", "<a@b>\r\nX: y", "<a b@c.example>", "<a@b.example> <c@d.example>"]
)
def test_ids_that_are_none_are_refused(value: str) -> None:
    rendered = render(digest(), notice=NOTICE)
    with pytest.raises(ConfigurationError, match="Message-ID"):
        sent(rendered, message_id=value)
    with pytest.raises(ConfigurationError, match="Message-ID"):
        sent(replace(rendered, references=("<a@b.example>", value)))


@pytest.mark.parametrize(
    "header", [{"Bcc": "x@example.org"}, {"X-A": "b\r\nBcc: c@example.org"}, {"X A": "b"}, {"X": ""}]
)
def test_headers_that_would_add_others_are_refused(header: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="header"):
        sent(replace(render(digest(), notice=NOTICE), headers=header))


def test_a_subject_of_two_lines_and_a_time_without_a_zone_are_refused() -> None:
    rendered = render(digest(), notice=NOTICE)
    with pytest.raises(ConfigurationError, match="subject"):
        sent(replace(rendered, subject="a\r\nBcc: b@example.org"))
    with pytest.raises(ConfigurationError, match="zone"):
        sent(rendered, created_at=datetime(2026, 3, 3))
    assert read(sent(rendered, created_at=datetime(2026, 3, 3, tzinfo=UTC)))["Date"].datetime.year == 2026
