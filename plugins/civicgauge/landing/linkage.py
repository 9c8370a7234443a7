"""The links of a dataset: which of its resources lie elsewhere, and what is known of them (DESIGN rule 7). Pure.

A link that was removed while it was broken is not mended by that: its dataset keeps it among the unknown for a year,
until another address stands in its place (its resource has one again, or the dataset gained a resource).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urldefrag, urlsplit

from civicgauge.landing.distributions import Distribution
from civicgauge.linked import Record, tally
from civicgauge.model import Portal

_KEPT = timedelta(days=366)
# Formats of files, which no server rightly answers with a web page; addresses of services often do.
_FILES = frozenset(
    {"csv", "tsv", "json", "jsonld", "geojson", "xml", "rdf", "kml", "kmz", "gml", "gpkg", "ods", "parquet", "netcdf",
     "ics", "rss", "gtfs", "xlsx", "xls", "shp", "gdb", "dxf", "mdb", "dbf", "tiff", "pdf", "doc", "ppt", "image",
     "zip", "gzip", "7z", "rar", "tar"}
)  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """What is carried of one dataset: the ids of its resources that lead anywhere, its links' addresses by resource
    id, and by address the day on which a link was removed while it was broken, or was replaced. `seen_on` is the last
    day it was seen. What was replaced is kept for as long as there are broken days in its last 30.
    """

    seen_on: date
    parts: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, date] = field(default_factory=dict)
    replaced: Mapping[str, date] = field(default_factory=dict)

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
    """A dataset's links today: those it has, and by address the day on which others were removed or replaced.

    `carried` is what is carried on; None for a dataset that never had a link.
    """

    links: Sequence[Link] = ()
    removed: Mapping[str, date] = field(default_factory=dict)
    replaced: Mapping[str, date] = field(default_factory=dict)
    carried: Carried | None = None


def watch(distributions: Sequence[Distribution], portal: Portal, known: Known, dataset_id: str, day: date) -> Watch:
    """What is watched of a dataset on a day."""
    before = known.carried.get(dataset_id)
    links = links_of(distributions, portal, before)
    if before is None and not links:
        return Watch()
    parts = tuple(d.resource.resource_id for d in distributions if d.resource.is_native_table or d.resource.url)
    before = before or Carried(day, parts)
    left = _left(before, links, day)
    removed = _removed(before, links, parts, left, known.records)
    replaced = {
        address: since
        for address, since in left.items()
        if address in known.records and address not in removed and tally(known.records[address], day, since)["broken"]
    }
    removed = {address: since for address, since in removed.items() if day <= since + _KEPT}
    by_id = {link.resource_id: link.address for link in links}
    return Watch(links, removed, replaced, Carried(day, parts, by_id, removed, replaced))


def _left(before: Carried, links: Sequence[Link], day: date) -> dict[str, date]:
    """The addresses that the dataset had and has no more, with the day on which they were missed first."""
    now = {link.address for link in links}
    left = {**dict.fromkeys(before.links.values(), day), **before.replaced, **before.removed}
    return {address: since for address, since in left.items() if address not in now}


def _removed(
    before: Carried,
    links: Sequence[Link],
    parts: Sequence[str],
    left: Mapping[str, date],
    records: Mapping[str, Record],
) -> dict[str, date]:
    """Those of them that were removed while broken and that nothing has taken the place of."""
    if set(parts) - set(before.parts):
        return {}
    still = {link.resource_id for link in links}
    gone = {address for resource_id, address in before.links.items() if resource_id not in still} | set(before.removed)
    return {a: since for a, since in left.items() if a in gone and a in records and records[a].was_broken}
