"""Portals that were not read, as operators are told of them: once for each cause, not once for each city.

One host that several cities share is one matter; so are several hosts of one platform; what is left is a city's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from civicgauge.model import City, Portal, RunRecord

PLATFORM_HOSTS = 3


class Matter(NamedTuple):
    """One thing that operators should know; `field` tells two of a kind in one city apart."""

    city_id: str
    rule_id: str
    field: str
    observed: str
    since: date


def of_portals(cities: Mapping[str, City], by_city: Mapping[str, Sequence[RunRecord]]) -> Iterator[Matter]:
    """The matters of portals that the newest attempts did not read; what is one matter mutes the single ones."""
    unread = {city_id: run for city_id, runs in by_city.items() if (run := newest(runs)) and _is_unread(run)}
    muted: set[str] = set()
    for matter, concerned in _platforms(cities, by_city, unread):
        muted |= concerned
        yield matter
    left = {city_id: run for city_id, run in unread.items() if city_id not in muted}
    for matter, concerned in _hosts(cities, left):
        muted |= concerned
        yield matter
    for city_id, run in left.items():
        if city_id not in muted:
            yield Matter(city_id, "portal_not_read", "", run.problem or "not read", run.day)


def newest(runs: Sequence[RunRecord]) -> RunRecord | None:
    """The last attempt at the latest day; None where there is none."""
    return max(runs, key=lambda run: (run.day, run.ended_at), default=None)


def host_of(portal: Portal) -> str:
    """What portals share: the host, and the port where one is written."""
    return urlsplit(portal.base_url).netloc.lower()


def sharing(cities: Mapping[str, City]) -> dict[str, list[str]]:
    """The hosts on which several cities have portals, each with these cities."""
    found: dict[str, set[str]] = defaultdict(set)
    for city in cities.values():
        for portal in city.portals:
            found[host_of(portal)].add(city.id)
    return {host: sorted(ids) for host, ids in found.items() if len(ids) > 1}


# ---------------------------------------------------------------- one host


def _hosts(cities: Mapping[str, City], unread: Mapping[str, RunRecord]) -> Iterator[tuple[Matter, set[str]]]:
    """A matter for each shared host with a portal that was not read, and the cities of which it says everything.

    It begins with the first city and lasts until each was read again: the others of the same night say nothing new.
    """
    shared = sharing(cities)
    problems = {city_id: _unread_portals(cities[city_id], run) for city_id, run in unread.items()}
    by_host: dict[str, dict[str, str]] = defaultdict(dict)
    for city_id, told in problems.items():
        for portal_id, problem in told.items():
            if (host := host_of(cities[city_id].portal(portal_id))) in shared:
                by_host[host].setdefault(city_id, problem)
    for host, found in sorted(by_host.items()):
        others = [city_id for city_id in shared[host] if city_id not in found]
        first = min(found, key=lambda city_id: (unread[city_id].ended_at, city_id))
        also = f"; on it too: {', '.join(others)}" if others else ""
        observed = f"not read for {', '.join(sorted(found))}{also}. {found[first]}"
        concerned = {c for c in found if {host_of(cities[c].portal(p)) for p in problems[c]} <= by_host.keys()}
        yield Matter("", "host_not_read", host, observed, min(unread[city_id].day for city_id in found)), concerned


def _unread_portals(city: City, run: RunRecord) -> dict[str, str]:
    """The portals that an attempt did not read, each with the cause; all of the city's where the run table names none.

    The run table words them as `main: ...; geo: ...`.
    """
    ids = "|".join(re.escape(portal.id) for portal in city.portals)
    pieces = re.split(rf"(?:^|; )({ids}): ", run.problem or "")
    told = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return told or {portal.id: run.problem or "" for portal in city.portals}


# ---------------------------------------------------------------- one platform


def _platforms(
    cities: Mapping[str, City], by_city: Mapping[str, Sequence[RunRecord]], unread: Mapping[str, RunRecord]
) -> Iterator[tuple[Matter, set[str]]]:
    """A matter for each platform of which several hosts were not read on one day, with the cities concerned.

    An outage begins on a day, and stays one until every city that it concerned was tried on a later day, and while it
    is still that of so many: the first city of the next morning is no matter of its own.
    """
    by_kind: dict[tuple[str, date], set[str]] = defaultdict(set)
    for city_id, runs in by_city.items():
        for day in {run.day for run in runs}:
            if (last := newest([run for run in runs if run.day == day])) and _is_unread(last):
                for portal in cities[city_id].portals:
                    by_kind[portal.kind, day].add(city_id)
    for (kind, day), found in by_kind.items():
        still = sorted(city_id for city_id in found if _is_unread_since(by_city[city_id], day))
        is_many = _hosts_count(cities, still, kind) >= PLATFORM_HOSTS
        goes_on = is_many or any(unread[city_id].day == day for city_id in still)
        if _hosts_count(cities, found, kind) >= PLATFORM_HOSTS and goes_on:
            told = f"{len(still)} cities on {kind}: {', '.join(still)}"
            yield Matter("", "platform_not_read", kind, told, day), set(still)


def _hosts_count(cities: Mapping[str, City], city_ids: Sequence[str] | set[str], kind: str) -> int:
    return len({host_of(portal) for c in city_ids for portal in cities[c].portals if portal.kind == kind})


def _is_unread_since(runs: Sequence[RunRecord], day: date) -> bool:
    last = (newest([run for run in runs if run.day == each]) for each in {run.day for run in runs if run.day >= day})
    return all(run is not None and _is_unread(run) for run in last)


def _is_unread(run: RunRecord) -> bool:
    return run.outcome in ("partial", "not_measured")
