"""A feed of a city's messages, `<feeds>/<city id>.atom`, for those who read feeds.

A feed has many readers: it holds the message's summary and blocks, and nothing that was written for one person (no
links that act for somebody, nothing about personal data).
"""

from __future__ import annotations

import fcntl
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from civicgauge.alerts.channels._form import Channel, DeliveryFailed, DeliveryRefused, Parcel, Way
from civicgauge.alerts.channels.outbox import write_whole

ENTRIES = 50
_SPACE = "http://www.w3.org/2005/Atom"
_CITY = re.compile(r"[a-z0-9][a-z0-9_\-]{0,59}")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://civicgauge.example/feeds")  # what every id of a feed is made from


class AtomChannel(Channel):
    """The same message is the same entry, however often it is written."""

    id = "atom"
    is_idempotent = True

    def check_address(self, address: str) -> str | None:
        """A name for the reader, for our own lists; the file goes by the city."""
        return None if address.strip() and address.isprintable() else "is empty; give it a name such as `feed`"

    def deliver(self, parcel: Parcel, way: Way, committing: Callable[[], None]) -> None:
        """Put the entry into the city's feed, newest first, at most fifty."""
        city_id = parcel.recipient.city_id or "operators"
        if not _CITY.fullmatch(city_id):
            raise DeliveryRefused("the city's id cannot be the name of a file")
        if parcel.kind == "privacy":
            raise DeliveryRefused("what may concern personal data is for one person, and in no feed")
        entry = _entry(parcel, way.notice)
        committing()
        try:
            way.feeds.mkdir(parents=True, exist_ok=True)
            path = way.feeds / f"{city_id}.atom"
            with _locked(path):
                write_whole(path, _feed(city_id, [entry, *_others(path, _text(entry, "id"))], way.notice))
        except OSError as error:
            raise DeliveryFailed(f"the feed cannot be written: {error.strerror}") from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One writer at a time, among processes."""
    with path.with_name(f".{path.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _others(path: Path, entry_id: str) -> list[ET.Element]:
    """The entries that are there, but for the one that is written anew. What we wrote ourselves is read, no more."""
    if not path.exists():
        return []
    try:
        found = ET.fromstring(path.read_bytes()).findall(f"{{{_SPACE}}}entry")  # noqa: S314 - our own file
    except ET.ParseError as error:
        raise DeliveryRefused(f"the feed {path.name} is no XML any more; remove it, and it begins anew") from error
    return [each for each in found if _text(each, "id") != entry_id]


def _feed(city_id: str, entries: list[ET.Element], notice: str) -> bytes:
    kept = sorted(entries, key=lambda each: (_text(each, "updated"), _text(each, "id")), reverse=True)[:ENTRIES]
    feed = ET.Element(f"{{{_SPACE}}}feed")
    _add(feed, "id", uuid.uuid5(_NAMES, f"city:{city_id}").urn)
    _add(feed, "title", f"civicgauge: {city_id}")
    _add(feed, "updated", _text(kept[0], "updated"))
    _add(ET.SubElement(feed, f"{{{_SPACE}}}author"), "name", "civicgauge")
    if notice:
        _add(feed, "subtitle", notice)
    feed.extend(kept)
    ET.register_namespace("", _SPACE)
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(parcel: Parcel, notice: str) -> ET.Element:
    rendered = parcel.rendered
    entry = ET.Element(f"{{{_SPACE}}}entry")
    _add(entry, "id", uuid.uuid5(_NAMES, f"message:{parcel.notification_id}").urn)
    _add(entry, "title", rendered.subject)
    _add(entry, "updated", _time(parcel.created_at))
    _add(entry, "summary", rendered.summary)
    lines = [line for heading, told in rendered.blocks for line in (heading, *(f"- {each}" for each in told), "")]
    _add(entry, "content", "\n".join([*lines, notice]).strip()).set("type", "text")
    return entry


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_SPACE}}}{name}")
    element.text = _ILLEGAL.sub("", text)
    return element


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{{{_SPACE}}}{name}") or ""


CHANNEL = AtomChannel()
