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

Where = tuple[str, str]
"""A city and a portal of it."""
Problems = dict[str, str]
"""By portal, why it was not read."""


class Matter(NamedTuple):
    """One thing that operators should know; `field` tells two of a kind in one city apart.

    `is_muted`: another matter says it. It is not told; and where it was told before, nobody is told that it is over.
    """

    city_id: str
    rule_id: str
    field: str
    observed: str
    since: date
    is_muted: bool = False


def of_portals(cities: Mapping[str, City], by_city: Mapping[str, Sequence[RunRecord]]) -> Iterator[Matter]:
    """The matters of portals that the newest attempts did not read; what is one matter mutes the single ones.

    A city of which another portal was not read either is a matter of its own all the same.
    """
    unread = {city_id: run for city_id, runs in by_city.items() if (run := newest(runs)) and _is_unread(run)}
    problems = {city_id: _unread_portals(cities[city_id], run) for city_id, run in unread.items()}
    told: set[Where] = set()
    for matter, concerned in _platforms(cities, by_city, unread, problems):
        told |= concerned
        yield matter
    for matter, concerned in _hosts(cities, problems, unread):
        is_muted = concerned <= told
        told |= concerned
        yield matter._replace(is_muted=is_muted)
    for city_id, run in unread.items():
        is_muted = all((city_id, portal_id) in told for portal_id in problems[city_id])
        yield Matter(city_id, "portal_not_read", "", run.problem or "not read", run.day, is_muted)


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


def _hosts(
    cities: Mapping[str, City], problems: Mapping[str, Problems], unread: Mapping[str, RunRecord]
) -> Iterator[tuple[Matter, set[Where]]]:
    """A matter for each shared host with a portal that was not read, and the portals of which it says everything.

    It begins with the first city and lasts until each was read again: the others of the same night say nothing new.
    """
    shared = sharing(cities)
    by_host: dict[str, dict[Where, str]] = defaultdict(dict)
    for city_id, told in problems.items():
        for portal_id, problem in told.items():
            if (host := host_of(cities[city_id].portal(portal_id))) in shared:
                by_host[host][city_id, portal_id] = problem
    for host, found in sorted(by_host.items()):
        ids = {city_id for city_id, _ in found}
        others = [city_id for city_id in shared[host] if city_id not in ids]
        first = min(found, key=lambda where: (unread[where[0]].ended_at, where))
        also = f"; on it too: {', '.join(others)}" if others else ""
        observed = f"not read for {', '.join(sorted(ids))}{also}. {found[first]}"
        yield Matter("", "host_not_read", host, observed, min(unread[city_id].day for city_id in ids)), set(found)


def _unread_portals(city: City, run: RunRecord) -> Problems:
    """The portals that an attempt did not read, each with the cause; all of the city's where the run table names none.

    The run table words them as `main: ...; geo: ...`.
    """
    ids = "|".join(re.escape(portal.id) for portal in city.portals)
    pieces = re.split(rf"(?:^|; )({ids}): ", run.problem or "")
    told = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return told or {portal.id: run.problem or "" for portal in city.portals}


# ---------------------------------------------------------------- one platform


def _platforms(
    cities: Mapping[str, City],
    by_city: Mapping[str, Sequence[RunRecord]],
    unread: Mapping[str, RunRecord],
    problems: Mapping[str, Problems],
) -> Iterator[tuple[Matter, set[Where]]]:
    """A matter for each platform of which several hosts were not read on one day, with the portals concerned.

    An outage begins on a day, and stays one until every city that it concerned was tried on a later day, and while it
    is still that of so many: the first city of the next morning is no matter of its own.
    """
    by_kind: dict[tuple[str, date], set[Where]] = defaultdict(set)
    for city_id, runs in by_city.items():
        for day in {run.day for run in runs}:
            if (last := newest([run for run in runs if run.day == day])) and _is_unread(last):
                for portal_id in _unread_portals(cities[city_id], last):
                    by_kind[cities[city_id].portal(portal_id).kind, day].add((city_id, portal_id))
    for (kind, day), found in by_kind.items():
        still = {(c, p) for c, p in found if p in problems.get(c, ()) and _is_unread_since(by_city[c], day)}
        is_many = _hosts_count(cities, still) >= PLATFORM_HOSTS
        goes_on = is_many or any(unread[city_id].day == day for city_id, _ in still)
        if _hosts_count(cities, found) >= PLATFORM_HOSTS and goes_on:
            ids = sorted({city_id for city_id, _ in still})
            yield Matter("", "platform_not_read", kind, f"{len(ids)} cities on {kind}: {', '.join(ids)}", day), still


def _hosts_count(cities: Mapping[str, City], found: set[Where]) -> int:
    return len({host_of(cities[city_id].portal(portal_id)) for city_id, portal_id in found})


def _is_unread_since(runs: Sequence[RunRecord], day: date) -> bool:
    last = (newest([run for run in runs if run.day == each]) for each in {run.day for run in runs if run.day >= day})
    return all(run is not None and _is_unread(run) for run in last)


def _is_unread(run: RunRecord) -> bool:
    return run.outcome in ("partial", "not_measured")
