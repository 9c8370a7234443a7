"""The links of a dataset: which of its resources lie elsewhere, and what is known of them (DESIGN rule 7). Pure.

A link that was removed while it was broken is not mended by that: its dataset keeps it among the unknown for a year,
until another address stands in its place (its resource has one again, or the dataset gained a resource).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urldefrag, urlsplit
from zoneinfo import ZoneInfo

from civicgauge.landing.distributions import Distribution
from civicgauge.linked import Record, tally
from civicgauge.model import Portal

Row = dict[str, Any]
_KEPT = timedelta(days=366)
# Formats of files, which no server rightly answers with a web page; addresses of services often do.
_FILES = frozenset(
    {"csv", "tsv", "json", "jsonld", "geojson", "xml", "rdf", "kml", "kmz", "gml", "gpkg", "ods", "parquet", "netcdf",
     "ics", "rss", "gtfs", "xlsx", "xls", "shp", "gdb", "dxf", "mdb", "dbf", "tiff", "pdf", "doc", "ppt", "image",
     "zip", "gzip", "7z", "rar", "tar"}
)  # fmt: skip

NO_LINKS: Mapping[str, Any] = {
    "links_count": 0,
    "links_ok_count": 0,
    "links_broken_count": 0,
    "links_unknown_count": 0,
    "links_state": None,
    "links_reason": None,
    "links_evidence": None,
    "links_ok_checks_count": 0,
    "links_broken_checks_count": 0,
    "links_unknown_checks_count": 0,
}
"""What a landed dataset without links says of them."""

NO_LINK: Mapping[str, Any] = dict.fromkeys(
    ("link_state", "link_reason", "link_since", "link_last_ok", "link_checked_on", "link_checks_count")
)
"""What a landed resource says that is no link, or was never checked."""


@dataclass(frozen=True)
class Carried:
    """What is carried of one dataset: the ids of its resources, its links' addresses by resource id, and by address
    the day on which a link was removed while it was broken. `seen_on` is the last day it was seen on.
    """

    seen_on: date
    parts: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, date] = field(default_factory=dict)

    def makes_a_link(self, resource_id: str) -> bool:
        """Whether a resource on the portal's own host is a link, too: it was one elsewhere, or it is new."""
        return resource_id in self.links or resource_id not in self.parts


@dataclass(frozen=True)
class Known:
    """What is known of a portal's links when a day is landed: records by address, and what was carried by dataset."""

    records: Mapping[str, Record] = field(default_factory=dict)
    carried: Mapping[str, Carried] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """One resource whose address is watched. `expects_data`: a web page there would not be what is promised."""

    resource_id: str
    address: str
    expects_data: bool


def links_of(distributions: Sequence[Distribution], portal: Portal, carried: Carried | None = None) -> list[Link]:
    """The resources whose address does not lie on the portal's own host, documentation among them.

    One that was a link before stays one when it moves to the portal's host, and in a dataset that had links a resource
    that comes new is one wherever it lies: pointing somewhere else does not mend a link, an answer does.
    """
    own = {(portal.url.host or "").lower(), portal.host.partition(":")[0].lower()}
    found = []
    for distribution in distributions:
        resource = distribution.resource
        address = address_of(resource.url)
        if resource.is_native_table and not resource.is_link:
            continue  # served by the portal itself: its address is a page about it
        if address and (_host(address) not in own or (carried and carried.makes_a_link(resource.resource_id))):
            is_file = set((distribution.format.format_id or "").split("+")) <= _FILES
            found.append(Link(resource.resource_id, address, expects_data=is_file))
    return found


def address_of(url: str | None) -> str:
    """An address as it is asked for and compared: scheme in small letters, without a fragment; empty where none is."""
    text = (url or "").strip()
    try:
        bare = urldefrag(text).url
    except ValueError:
        return text
    scheme, colon, rest = bare.partition(":")
    return f"{scheme.lower()}{colon}{rest}"


def can_be_asked(address: str) -> bool:
    """Whether it is an address of the web at all."""
    return address.startswith(("http://", "https://")) and bool(_host(address))


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


@dataclass(frozen=True)
class Watch:
    """A dataset's links today: those it has, and the addresses of those removed while broken, with the day."""

    links: Sequence[Link]
    removed: Mapping[str, date]
    carried: Carried | None


def watch(distributions: Sequence[Distribution], portal: Portal, known: Known, dataset_id: str, day: date) -> Watch:
    """What is watched of a dataset today, and what is carried on; nothing for one that never had a link."""
    before = known.carried.get(dataset_id)
    links = links_of(distributions, portal, before)
    if before is None and not links:
        return Watch((), {}, None)
    parts = tuple(d.resource.resource_id for d in distributions)
    removed = _removed(before, links, parts, known.records, day) if before else {}
    return Watch(links, removed, Carried(day, parts, {link.resource_id: link.address for link in links}, removed))


def _removed(
    before: Carried, links: Sequence[Link], parts: Sequence[str], records: Mapping[str, Record], day: date
) -> dict[str, date]:
    """Addresses of links that were removed while broken and that nothing has taken the place of."""
    if set(parts) - set(before.parts):
        return {}
    still, addresses = {link.resource_id for link in links}, {link.address for link in links}
    gone = {a: day for resource_id, a in before.links.items() if resource_id not in still} | dict(before.removed)
    return {
        address: since
        for address, since in gone.items()
        if address in records and records[address].was_broken and address not in addresses and day <= since + _KEPT
    }


# ---------------------------------------------------------------- rows


def resource_facts(link: Link | None, known: Known, zone: ZoneInfo) -> Row:
    """The columns of the landed resource: null for one that is no link, or was never checked."""
    record = known.records.get(link.address) if link else None
    if record is None:
        return dict(NO_LINK)
    return {
        "link_state": record.state,
        "link_reason": record.reason,
        "link_since": _day(record.since, zone),
        "link_last_ok": _day(record.last_ok, zone),
        "link_checked_on": _day(record.checked_at, zone),
        "link_checks_count": record.checks_count,
    }


def dataset_facts(watched: Watch, known: Known, zone: ZoneInfo, day: date) -> Row:
    """The columns of the landed dataset; see `NO_LINKS`. An address that stands twice in it is one link.

    Unknown are also those not checked yet, and those removed while broken.
    """
    if not watched.links and not watched.removed:
        return dict(NO_LINKS)
    addresses = sorted({link.address for link in watched.links})
    records = [known.records[a] for a in addresses if a in known.records]
    unchecked = [a for a in addresses if a not in known.records]
    counts = {state: sum(r.state == state for r in records) for state in ("ok", "broken", "unknown")}
    counts["unknown"] += len(unchecked) + len(watched.removed)
    state = "broken" if counts["broken"] else "unknown" if counts["unknown"] else "ok"
    return {
        "links_count": sum(counts.values()),
        "links_ok_count": counts["ok"],
        "links_broken_count": counts["broken"],
        "links_unknown_count": counts["unknown"],
        "links_state": state,
        "links_reason": None if state != "unknown" else _why_unknown(records, unchecked, watched),
        "links_evidence": _evidence(records, counts, unchecked, watched, zone),
        **_checks(records, unchecked, watched, known, day),
    }


def _checks(
    records: Iterable[Record], unchecked: Sequence[str], watched: Watch, known: Known, day: date
) -> dict[str, int]:
    """The days of the last 30 on which a check left each state, over all links.

    A link never checked is one unknown. One that was removed while broken keeps its past, and each day since is
    unknown: else the past would better by removing it.
    """
    tallies = [tally(record, day) for record in records]
    for address, since in watched.removed.items():
        past = tally(known.records[address], day, until=since)
        tallies.append(past | {"unknown": past["unknown"] + min(30, (day - since).days + 1)})
    total = {state: sum(each[state] for each in tallies) for state in ("ok", "broken", "unknown")}
    return {
        "links_ok_checks_count": total["ok"],
        "links_broken_checks_count": total["broken"],
        "links_unknown_checks_count": total["unknown"] + len(unchecked),
    }


def _why_unknown(records: Sequence[Record], unchecked: Sequence[str], watched: Watch) -> str:
    """One reason for a dataset of which no link is broken and some are unknown."""
    if watched.removed:
        return "link_removed_while_broken"
    if any(record.state == "unknown" for record in records):
        return "link_not_known"
    return "link_not_checked_yet" if any(can_be_asked(address) for address in unchecked) else "link_not_of_the_web"


def _evidence(
    records: Sequence[Record], counts: Mapping[str, int], unchecked: Sequence[str], watched: Watch, zone: ZoneInfo
) -> str:
    """What was seen, in words: `1 of 3 links broken since 2026-03-01: 404`."""
    said = [_told(records, state, word, zone) for state, word in (("broken", "broken"), ("unknown", "not known"))]
    said += [f"{len(unchecked)} not checked yet"] if unchecked else []
    said += [f"{len(watched.removed)} removed while broken, {min(watched.removed.values())}"] if watched.removed else []
    count = sum(counts.values())
    links = "link" if count == 1 else "links"
    told = [part for part in said if part]
    if not told:
        return f"{count} {links} answered"
    first, *rest = told
    number, _, words = first.partition(" ")
    return "; ".join([f"{number} of {count} {links} {words}", *rest])


def _told(records: Sequence[Record], state: str, word: str, zone: ZoneInfo) -> str:
    found = [record for record in records if record.state == state]
    if not found:
        return ""
    since = min(_day(record.first_failure or record.since, zone) or date.max for record in found)
    reasons = ", ".join(sorted({record.reason or "" for record in found}))
    return f"{len(found)} {word} since {since}: {reasons}"


def _day(moment: Any, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None
