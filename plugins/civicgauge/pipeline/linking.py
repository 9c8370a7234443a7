"""The links stage: addresses on other hosts that a portal's datasets lead to, asked for a few at a time, every day.

A dead link is a result and fails no task. What was not reached today keeps what was known of it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from civicgauge import __version__, links
from civicgauge.lake import canonical_json, compress, new_id
from civicgauge.landing import linkage, ownership
from civicgauge.landing.distributions import distributions_of
from civicgauge.model import City, Dataset, Look, Portal
from civicgauge.pipeline import asking, linkhistory
from civicgauge.pipeline.access import Access
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import Plan, moment_of
from civicgauge.portals import reader
from civicgauge.web import Web

log = logging.getLogger("civicgauge.links")

STAGE_SECONDS = 20 * 60.0
"""No address is asked for later than this; those that are left come first tomorrow."""
_LOOK_SECONDS = 20.0
_HOSTS_AT_ONCE = 4  # one address at a time of each
_SILENT_AT_MOST = 3  # so many addresses in a row without an answer, and a host is left alone for the day
_HOSTS_TO_DOUBT = 3  # none of so many hosts answered: our own connection is doubted before they are
_START = {"Range": "bytes=0-1023"}


@dataclass(frozen=True)
class _Asked:
    """One address to be asked for. `expects_data`: a file of data is promised there."""

    address: str
    expects_data: bool


@dataclass
class _Round:
    """One asking for several addresses. `stop` ends it between two addresses."""

    web: Web
    portal: Portal
    ends_at: float
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        return self.stop.is_set() or time.monotonic() >= self.ends_at


def ask(context: Context, plan: Plan, portal_id: str, snapshot: str | None, access: Access | None = None) -> str | None:
    """Ask for today's share of a portal's links, or find what was stored; returns the lake folder, None without one.

    `snapshot` is the portal's catalogue of the day; nothing is asked where it was not read, where the plan may not
    ask, or where the city file sets `links_per_day` to 0. Raises only what is our own fault.
    """
    city, portal = context.city(plan["city_id"]), context.portal(plan["city_id"], portal_id)
    parent = f"links/{city.id}/{portal_id}/{plan['day']}"
    last = context.lake.last_committed(parent)
    if not plan["ask"] or snapshot is None or not portal.links_per_day:
        stored = (None if plan["ask"] else _shown(context, plan, portal_id)) or (last[0] if last else None)
        log.info("%s: no link is asked for; %s", portal_id, f"{stored} is loaded" if stored else "none are stored")
        return stored
    before = _before(context, plan, portal_id)
    done = linkhistory.looks_of(context.lake, last[0] if last else None)
    asked = {look["address"] for look in done}
    found = _addresses(context, city, portal, snapshot, before)
    due = _due([one for one in found if one.address not in asked], before, portal.links_per_day - len(done))
    if not due:
        return last[0] if last else None
    started = utc_now()
    with context.web_for_links(portal, access) as web:
        looks = _looks(web, portal, due, _moment(plan, city, started))
        door = web.tally
    folder = f"{parent}/{new_id(started)}"
    about = {
        "city_id": city.id,
        "portal_id": portal_id,
        "day": plan["day"],
        "started_at": started.isoformat(),
        "ended_at": utc_now().isoformat(),
        "snapshot": snapshot,
        "links_count": len(found),
        "due_count": len(due),
        "asked_count": len(looks),
        "door": door,
        "civicgauge_version": __version__,
    }
    everything = sorted([*done, *looks], key=lambda look: str(look["address"]))
    context.lake.commit(folder, {linkhistory.LOOKS: compress(canonical_json(everything))}, about)
    states = [look["state"] for look in looks]
    told = ", ".join(f"{states.count(word)} {word}" for word in ("ok", "broken", "unknown"))
    log.info("%s: %d of %d links asked for: %s", portal_id, len(looks), len(found), told)
    return folder


def _shown(context: Context, plan: Plan, portal_id: str) -> str | None:
    """The links folder that the day's current rows were made of."""
    with context.warehouse() as warehouse:
        run = warehouse.current_run(plan["city_id"], date.fromisoformat(plan["day"]))
    catalog = context.lake.manifest(run.catalog_attempt) if run and run.catalog_attempt else None
    folder = (catalog or {}).get("links", {}).get(portal_id)
    return str(folder) if folder else None


def _before(context: Context, plan: Plan, portal_id: str) -> linkage.Known:
    """What the last accepted day knew of the portal's links."""
    with context.warehouse() as warehouse:
        run = warehouse.last_current_run(plan["city_id"], date.fromisoformat(plan["day"]))
    catalog = context.lake.manifest(run.catalog_attempt) if run and run.catalog_attempt else None
    if run is None or run.catalog_attempt is None or catalog is None:
        return linkage.Known()
    return linkhistory.read(context.lake, run.catalog_attempt, catalog).get(portal_id, linkage.Known())


def _moment(plan: Plan, city: City, now: datetime) -> datetime:
    """The time of the day's checks: the one that was given, else now, but no later than the day."""
    if plan["as_of"]:
        return datetime.fromisoformat(plan["as_of"])
    return min(now, moment_of(plan["day"], city.zone))


# ---------------------------------------------------------------- which addresses


def _addresses(context: Context, city: City, portal: Portal, snapshot: str, before: linkage.Known) -> list[_Asked]:
    """Every address of the portal's datasets that count or may count, and of the city's documents, each once."""
    manifest = context.lake.manifest(snapshot) or {"files": {}}
    answers, source = asking.read_answers(context.lake, snapshot, manifest), reader(portal.kind)
    expects: dict[str, bool] = {}
    for dataset in source.datasets(source.entries(answers), answers, portal):
        if _may_count(dataset, portal, city):
            carried = before.carried.get(dataset.dataset_id)
            for link in linkage.links_of(distributions_of(dataset.resources), portal, carried):
                if linkage.can_be_asked(link.address):
                    expects[link.address] = expects.get(link.address, False) or link.expects_data
    if portal == city.portals[0]:  # the city's own documents belong to no portal; they are asked for with the first
        expects |= {str(document.url): False for document in city.documents if str(document.url) not in expects}
    return [_Asked(address, is_data) for address, is_data in expects.items()]


def _may_count(dataset: Dataset, portal: Portal, city: City) -> bool:
    whose, _ = ownership.decide_ownership(dataset, portal, city.own)
    return ownership.exclusion(dataset.kind, whose)[0] is not False


def _due(found: Iterable[_Asked], before: linkage.Known, count: int) -> list[_Asked]:
    """Those never checked, then those checked longest ago."""

    def age(one: _Asked) -> tuple[datetime, str]:
        record = before.records.get(one.address)
        return (record.checked_at if record else datetime.min.replace(tzinfo=UTC), one.address)

    return sorted(found, key=age)[: max(0, count)]


# ---------------------------------------------------------------- asking


def _looks(web: Web, portal: Portal, due: Sequence[_Asked], at: datetime) -> list[dict[str, Any]]:
    """The verdicts on those that were reached in time."""
    hosts = [list(group) for _, group in groupby(sorted(due, key=_host), key=_host)]
    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        round_ = _Round(web, portal, time.monotonic() + STAGE_SECONDS)
        try:
            seen = list(pool.map(lambda group: _ask_host(round_, group), hosts))
        finally:
            round_.stop.set()
    verdicts = [(one, look) for group in seen for one, look in group]
    asked = [group for group in seen if any(not links.is_reserved(_host(one)) for one, _ in group)]
    no_answer = all(look.status is None for group in asked for _, look in group)
    if no_answer and len(asked) >= _HOSTS_TO_DOUBT:
        log.warning("%s: none of %d hosts answered; nothing is concluded of their links", portal.id, len(asked))
        verdicts = [(one, Look(one.address, None, problem="no_host_answered")) for one, _ in verdicts]
    return [_told(one, look, at) for one, look in verdicts]


def _host(one: _Asked) -> str:
    return (urlsplit(one.address).hostname or "").lower()


def _ask_host(round_: _Round, group: Sequence[_Asked]) -> list[tuple[_Asked, Look]]:
    """One address after another of one host, until it is silent for too long or the time is over."""
    seen: list[tuple[_Asked, Look]] = []
    for one in group:
        silent = [look.status is None for _, look in seen[-_SILENT_AT_MOST:]]
        if round_.is_over or (len(silent) == _SILENT_AT_MOST and all(silent)):
            break
        seen.append((one, _look(round_, one)))
    return seen


def _look(round_: _Round, one: _Asked) -> Look:
    """A HEAD, and the first bytes where that leaves something open."""
    if links.is_reserved(_host(one)):
        return Look(one.address, None, problem="host_not_found")
    address = _own_address(one.address, round_.portal)
    seen = round_.web.look(address, method="HEAD", seconds=_LOOK_SECONDS, headers={})
    if links.needs_a_get(seen, expects_data=one.expects_data):
        seen = round_.web.look(address, method="GET", seconds=_LOOK_SECONDS, headers=_START)
    return seen


def _own_address(address: str, portal: Portal) -> str:
    """Where the portal is asked under another name than it gives itself, that one, for a link that moved to it."""
    parts, base = urlsplit(address), urlsplit(portal.base_url)
    if parts.netloc.lower() != portal.host.lower():
        return address
    return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))


def _told(one: _Asked, look: Look, at: datetime) -> dict[str, Any]:
    verdict = links.judge(look, expects_data=one.expects_data)
    return {
        "address": one.address,
        "at": at.isoformat(),
        "state": verdict.state,
        "reason": verdict.reason,
        "status": look.status,
        "content_type": look.content_type[:100],
        "came_from": look.url if look.url != one.address else None,
    }
