"""What every channel keeps to, found by its file; and what servers say, made fit for a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.alerts.channels import Channel, Connection, channel, channels
from civicgauge.alerts.channels._form import said
from civicgauge.errors import ConfigurationError
from tests.alerts.sendings import Steps, parcel, way

EVERY = sorted(channels())


def test_channels_are_found_by_their_files() -> None:
    assert set(EVERY) >= {"atom", "mail", "outbox", "slack", "teams", "webhook"}
    assert {name: channel(name).is_idempotent for name in ("mail", "slack", "teams")} == dict.fromkeys(
        ("mail", "slack", "teams"), False
    )
    with pytest.raises(ConfigurationError, match="channel 'pigeon' is not one of: atom, "):
        channel("pigeon")
    with pytest.raises(ConfigurationError, match="'_form' is not one of"):
        channel("_form")


@pytest.mark.parametrize("name", EVERY)
def test_every_channel_is_named_as_its_file_and_says_what_it_is(name: str) -> None:
    found = channel(name)
    assert isinstance(found, Channel)
    assert found.id == name
    assert isinstance(found.is_idempotent, bool)
    for bad in ("", "  ", "a\nb", "a@example.org\r\nBcc: b@example.org", "\x00"):
        problem = found.check_address(bad)
        assert problem, bad
        assert not bad.strip() or bad not in problem  # an address stands in no problem


@pytest.mark.parametrize("name", ["atom", "outbox", "slack", "teams", "webhook"])  # mail has a server in its own file
def test_what_stops_the_commitment_stops_the_delivery(name: str, tmp_path) -> None:
    """Up to there nothing is written and nothing posted (`way` has no door); what was raised comes through."""
    found = channel(name)
    secret = Connection("room", "https://127.0.0.1:9", password="whsec_" + "QUJD" * 10)
    steps = Steps(RuntimeError("stop"))
    of = parcel()
    object.__setattr__(of.recipient, "address", "opendata@springfield.example" if name == "outbox" else "room")
    with pytest.raises(RuntimeError, match="stop"):
        found.deliver(of, way(tmp_path, secret), steps)
    assert steps.count == 1
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    ("extra", "answer"),
    [
        ({}, False),
        ({"x": True}, True),
        ({"x": "true"}, True),
        ({"x": "False"}, False),
        ({"x": "0"}, False),
        ({"x": 1}, True),
    ],
)
def test_flags_of_connections_are_read_as_people_write_them(extra, answer: bool) -> None:
    assert Connection("mx", extra=extra).flag("x") is answer


def test_a_flag_that_is_neither_is_named_and_secrets_are_in_no_repr() -> None:
    found = Connection("mx", "h", login="me", password="hush", extra={"x": "perhaps", "key": "hush"})
    with pytest.raises(ConfigurationError, match="connection mx: x is neither true nor false"):
        found.flag("x")
    assert "hush" not in repr(found)


@given(st.text(), st.from_regex(r"[a-z]{1,10}@[a-z]{1,10}\.example", fullmatch=True), st.text())
def test_what_a_server_said_is_one_short_line_without_addresses(before: str, address: str, after: str) -> None:
    line = said(f"{before} <{address}> {after}".encode("utf-8", "replace"))
    assert line.isprintable()
    assert len(line) <= 200
    assert address not in line
