"""Signed links: what they carry, when they end, and that nothing else is read."""

from __future__ import annotations

import pickle
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.alerts.signing import LinkRefused, Links, Purpose
from civicgauge.errors import ConfigurationError
from tests.answers.world import BASE, HERE, KEY, NOW, OLD_KEY

LINKS = Links(BASE, (OLD_KEY, KEY))
UNTIL = NOW + timedelta(days=120)
CASE = ("0123456789abcdef", HERE, "0123456789abcdef0123", 2)


def token(address: str) -> str:
    """The token within a link."""
    return address.removeprefix(BASE).split("/")[2]


def test_an_incident_s_links_share_one_token_and_say_whose_it_is() -> None:
    made = LINKS.for_case(*CASE, UNTIL)
    assert set(made) == {"view", "fixed", "acknowledge", "snooze", "dispute", "target"}
    assert len({token(each) for each in made.values()}) == 1
    claim = LINKS.read(token(made["view"]), Purpose.CASE, NOW)
    assert (claim.contact_id, claim.city_id, claim.incident_key, claim.episode) == CASE
    assert claim.expires_at == UNTIL


def test_a_contact_s_links_and_their_length() -> None:
    made = LINKS.for_contact("0123456789abcdef", "us-tx-a-city-with-a-rather-long-name-of-sixty-letters-in-all", UNTIL)
    assert set(made) == {"list", "cadence", "unsubscribe", "feedback", "feed", "pages"}
    assert all(re.fullmatch(r"https://[!-~]{1,230}", each) for each in made.values())
    assert len({token(each) for each in made.values()}) == 4  # three of them open nothing but their own


@pytest.mark.parametrize("more", ["é", "=", "!", " ", "\n", "~"])
def test_a_link_has_one_form(more: str) -> None:
    """Answers by a link are counted by its token."""
    text = token(LINKS.for_case(*CASE, UNTIL)["view"])
    for changed in (text + more, more + text, f"{text[:-5]}{more}{text[-5:]}"):
        with pytest.raises(LinkRefused):
            LINKS.read(changed, Purpose.CASE, NOW)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_is_good_for_its_purpose_alone(purpose: Purpose) -> None:
    made = {
        Purpose.CASE: LINKS.for_case(*CASE, UNTIL)["view"],
        Purpose.CITY: LINKS.for_contact(*CASE[:2], UNTIL)["list"],
        Purpose.UNSUBSCRIBE: LINKS.for_contact(*CASE[:2], UNTIL)["unsubscribe"],
        Purpose.FEED: LINKS.for_contact(*CASE[:2], UNTIL)["feed"],
        Purpose.PAGES: LINKS.for_contact(*CASE[:2], UNTIL)["pages"],
    }
    for other, address in made.items():
        if other is purpose:
            assert LINKS.read(token(address), purpose, NOW).purpose is purpose
        else:
            with pytest.raises(LinkRefused, match="not one of ours"):
                LINKS.read(token(address), purpose, NOW)


def test_a_link_ends_at_its_time_and_says_so() -> None:
    text = token(LINKS.for_case(*CASE, UNTIL)["view"])
    assert LINKS.read(text, Purpose.CASE, UNTIL - timedelta(seconds=1))
    with pytest.raises(LinkRefused, match="expired") as refused:
        LINKS.read(text, Purpose.CASE, UNTIL)
    assert refused.value.is_expired
    again = pickle.loads(pickle.dumps(refused.value))
    assert (str(again), again.is_expired) == (str(refused.value), True)


def test_keys_are_changed_without_breaking_what_was_sent() -> None:
    before = Links(BASE, (OLD_KEY,)).for_case(*CASE, UNTIL)["view"]
    assert LINKS.read(token(before), Purpose.CASE, NOW).episode == 2
    signed = LINKS.for_case(*CASE, UNTIL)["view"]  # by the newest
    assert Links(BASE, (KEY,)).read(token(signed), Purpose.CASE, NOW)
    with pytest.raises(LinkRefused):
        Links(BASE, (OLD_KEY,)).read(token(signed), Purpose.CASE, NOW)


@pytest.mark.parametrize(("address", "keys"), [(None, (KEY,)), (BASE, ()), (None, ())])
def test_without_an_address_or_a_key_there_are_no_links(address: str | None, keys: tuple[str, ...]) -> None:
    links = Links(address, keys)
    assert not links
    assert links.for_case(*CASE, UNTIL) == {}
    assert links.for_contact(*CASE[:2], UNTIL) == {}


def test_without_a_key_nothing_is_read() -> None:
    with pytest.raises(LinkRefused):
        Links(BASE, ()).read(token(LINKS.for_case(*CASE, UNTIL)["view"]), Purpose.CASE, NOW)


def test_a_short_key_is_refused_with_the_way_to_make_one() -> None:
    with pytest.raises(ConfigurationError, match=r"at least 32 characters; make one with `python3 -c") as refused:
        Links(BASE, (KEY, "too-short"))
    assert "too-short" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        *("answers.example", "ftp://answers.example", "https://", "https://a.example/?x=1", "https://a.example/#x"),
        *("https://a.example\r\nBcc: x", "https://a.example/ b", 'https://a.example/"', "https://u@a.example"),
        *("https://ä.example", "https://[::1", "javascript:alert(1)"),
    ],
)
def test_an_address_that_could_break_a_header_is_refused(address: str) -> None:
    with pytest.raises(ConfigurationError, match="CIVICGAUGE_PUBLIC_URL"):
        Links(address, (KEY,))


@given(st.text(max_size=600), st.sampled_from(Purpose))
def test_anything_else_is_refused_and_nothing_else_happens(text: str, purpose: Purpose) -> None:
    with pytest.raises(LinkRefused):
        LINKS.read(text, purpose, NOW)


@given(st.data())
def test_no_changed_link_says_anything_else(data: st.DataObject) -> None:
    good = token(LINKS.for_case(*CASE, UNTIL)["view"])
    at = data.draw(st.integers(0, len(good) - 1))
    bad = good[:at] + data.draw(st.characters(codec="ascii")) + good[at + 1 :]
    try:
        claim = LINKS.read(bad, Purpose.CASE, NOW)
    except LinkRefused:
        return
    assert claim == LINKS.read(good, Purpose.CASE, NOW)  # the last letter holds bits that say nothing
