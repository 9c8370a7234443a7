"""Channels that write files: the outbox on disk, which mails nobody, and a city's feed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicgauge.alerts.channels import DeliveryFailed, DeliveryRefused, channel
from civicgauge.alerts.channels.atom import _add, _feed
from tests.alerts.sendings import CITY, NOTICE, NOW, Steps, contact, parcel, way

OUTBOX, ATOM = channel("outbox"), channel("atom")
A = "{http://www.w3.org/2005/Atom}"


def deliver(found, folder: Path, of=None) -> None:
    steps = Steps()
    found.deliver(of or parcel(), way(folder), steps)
    assert steps.count == 1


# ---------------------------------------------------------------- outbox


def test_a_message_lies_in_the_folder_of_its_day_with_its_html_beside(tmp_path: Path) -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC).astimezone(datetime.strptime("+0200", "%z").tzinfo)
    deliver(OUTBOX, tmp_path, parcel(created_at=late))
    folder = tmp_path / "outbox" / "2026-06-30"
    assert sorted(path.name for path in folder.iterdir()) == ["n1.eml", "n1.html"]
    message = message_from_bytes((folder / "n1.eml").read_bytes(), policy=policy.default)
    assert message["To"] == "opendata@springfield.example"
    assert message["Message-ID"] == "<n1@civicgauge.example>"
    assert "<b>41 days</b>" in (folder / "n1.html").read_text(encoding="utf-8")


def test_the_same_message_is_the_same_two_files(tmp_path: Path) -> None:
    for subject in ("first", "second"):
        deliver(OUTBOX, tmp_path, parcel(subject=subject, html=f"<p>{subject}</p>"))
    paths = [path for path in (tmp_path / "outbox").rglob("*") if path.is_file()]
    assert sorted(path.name for path in paths) == ["n1.eml", "n1.html"]
    assert {"second" in path.read_text(encoding="utf-8") for path in paths} == {True}


@pytest.mark.parametrize("notification_id", ["../../escaped", "a/b", "", ".hidden", "a\0b", "x" * 101, "-rf"])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, notification_id: str) -> None:
    with pytest.raises(DeliveryRefused, match="cannot be the name of a file"):
        OUTBOX.deliver(parcel(notification_id=notification_id), way(tmp_path), Steps())
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("name", ["outbox", "atom"])
def test_a_disk_that_refuses_is_worth_another_try_and_leaves_nothing_half_written(tmp_path: Path, name: str) -> None:
    for taken in ("outbox", "feeds"):
        (tmp_path / taken).write_text("a file where a folder should be")
    with pytest.raises(DeliveryFailed, match="cannot be written"):
        channel(name).deliver(parcel(), way(tmp_path), Steps())
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["feeds", "outbox"]


# ---------------------------------------------------------------- feeds


def read(folder: Path, city_id: str = CITY) -> ET.Element:
    return ET.fromstring((folder / "feeds" / f"{city_id}.atom").read_bytes())


def test_a_feed_has_what_atom_asks_for(tmp_path: Path) -> None:
    deliver(ATOM, tmp_path)
    feed = read(tmp_path)
    assert feed.tag == f"{A}feed"
    (entry,) = feed.findall(f"{A}entry")
    for element in (feed, entry):
        for needed in ("id", "title", "updated"):
            assert len(element.findall(f"{A}{needed}")) == 1
            assert element.findtext(f"{A}{needed}")
        assert str(element.findtext(f"{A}id")).startswith("urn:uuid:")
        assert element.findtext(f"{A}updated") == "2026-06-30T14:00:00Z"
    assert feed.findtext(f"{A}author/{A}name") == "civicgauge"
    assert feed.findtext(f"{A}subtitle") == NOTICE
    assert entry.findtext(f"{A}summary") == "Springfield: 1 new, 0 still open"
    content = str(entry.findtext(f"{A}content"))
    assert "- Building permits: 41 days since the last change" in content
    assert NOTICE in content


def test_a_feed_holds_nothing_that_acts_for_one_person(tmp_path: Path) -> None:
    """Signed links stand in text, HTML and headers, which no feed shows; and personal data is in none."""
    link = "https://alerts.example.org/a/signed-token"
    deliver(ATOM, tmp_path, parcel(text=link, html=f"<a href='{link}'>", headers={"List-Unsubscribe": f"<{link}>"}))
    assert b"signed-token" not in (tmp_path / "feeds" / f"{CITY}.atom").read_bytes()
    with pytest.raises(DeliveryRefused, match="in no feed"):
        ATOM.deliver(parcel(kind="privacy"), way(tmp_path), Steps())


def test_the_same_message_is_one_entry_and_the_newest_fifty_stay(tmp_path: Path) -> None:
    for number in [*range(60), 59, 30, 5]:
        at = NOW + timedelta(hours=number)
        deliver(ATOM, tmp_path, parcel(notification_id=f"n{number}", created_at=at, subject=f"number {number}"))
    feed = read(tmp_path)
    titles = [entry.findtext(f"{A}title") for entry in feed.findall(f"{A}entry")]
    assert titles == [f"number {number}" for number in range(59, 9, -1)]
    assert feed.findtext(f"{A}updated") == "2026-07-03T01:00:00Z"
    assert len({entry.findtext(f"{A}id") for entry in feed.findall(f"{A}entry")}) == 50


def test_each_city_has_its_own_and_none_leads_out_of_the_folder(tmp_path: Path) -> None:
    deliver(ATOM, tmp_path, parcel(contact(city_id="us-me-newtown", channel="atom")))
    deliver(ATOM, tmp_path, parcel(contact(city_id="", channel="atom"), kind="ops"))
    found = {path.name for path in (tmp_path / "feeds").iterdir() if path.suffix == ".atom"}
    assert found == {"us-me-newtown.atom", "operators.atom"}
    with pytest.raises(DeliveryRefused, match="cannot be the name of a file"):
        ATOM.deliver(parcel(contact(city_id="../up", channel="atom")), way(tmp_path), Steps())


def test_a_feed_that_somebody_broke_is_named(tmp_path: Path) -> None:
    deliver(ATOM, tmp_path)
    (tmp_path / "feeds" / f"{CITY}.atom").write_text("<feed><entry>")
    with pytest.raises(DeliveryRefused, match=f"the feed {CITY}.atom is no XML any more"):
        ATOM.deliver(parcel(), way(tmp_path), Steps())


@given(st.text(st.characters(codec=None), max_size=50))
def test_no_text_breaks_a_feed(text: str) -> None:
    entry = ET.Element(f"{A}entry")
    for name in ("id", "title", "summary"):
        _add(entry, name, text)
    _add(entry, "updated", "2026-06-30T14:00:00Z")
    feed = ET.fromstring(_feed("us-il-springfield", [entry], text))
    told = [each.text or "" for each in feed.iter(f"{A}title")][-1]
    shown = "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    assert told == shown.replace("\r\n", "\n").replace("\r", "\n")


def test_writers_at_once_lose_no_entry(tmp_path: Path) -> None:
    def write(writer: int) -> None:
        for number in range(5):
            deliver(ATOM, tmp_path, parcel(notification_id=f"w{writer}-{number}"))

    with ThreadPoolExecutor(4) as pool:  # each opens the lock's file itself, as a process would
        list(pool.map(write, range(4)))
    assert len(read(tmp_path).findall(f"{A}entry")) == 20
    assert not [path.name for path in (tmp_path / "feeds").iterdir() if path.name.endswith(".part")]
