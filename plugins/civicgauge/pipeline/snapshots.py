"""The snapshot stage: a portal's catalogue as received, in the lake, with the verdict on the crawl itself."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge import __version__
from civicgauge.errors import AnswerUnreadable, ConfigurationError, NoSnapshot
from civicgauge.lake import Lake, canonical_json, compress, new_id
from civicgauge.landing import doubt
from civicgauge.model import Answer, Crawl, Portal, Presence
from civicgauge.pipeline import asking, statements, withdrawn
from civicgauge.pipeline.access import Access
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import Plan, moment_of
from civicgauge.portals import PortalReader, reader
from civicgauge.review import said
from civicgauge.warehouse.audit import Act
from civicgauge.web import Web

log = logging.getLogger("civicgauge.snapshot")

_HEADERS = ("content-type", "etag", "last-modified", "date", "server", "x-socrata-requestid", "x-socrata-region")


def take(context: Context, plan: Plan, portal_id: str, access: Access | None = None) -> str:
    """Ask the portal where the plan allows it, else find the day's stored snapshot; returns its lake folder."""
    portal = context.portal(plan["city_id"], portal_id)
    if gone := withdrawn.why_not(context.lake, plan["city_id"], portal_id):
        raise ConfigurationError(f"{gone}. It is neither asked nor loaded; take it out of the city file")
    parent = f"raw/{plan['city_id']}/{portal_id}/{plan['day']}"
    if not plan["ask"]:
        stored = _shown(context, plan, portal_id) or _last(context, parent)
        if stored is None:
            raise NoSnapshot(
                f"no_snapshot: {plan['city_id']}/{portal_id} has none stored for {plan['day']}, "
                "and a portal cannot be asked for the past"
            )
        log.info("%s: stored snapshot of %s loaded, the portal is not asked", portal_id, plan["day"])
        return stored
    city = context.city(plan["city_id"])
    # the statement is the city's, so that it is read once, with the first portal
    statement = city.licence_statement if portal.id == city.portals[0].id else None
    with context.web(portal, access) as web:
        read = statements.fetch(web, statement) if statement else (None, None)
        started = utc_now()
        visit = _Visit(context.lake, plan, portal, city.zone, web, started, f"{parent}/{new_id(started)}")
        return _ask(visit, *read)


def _shown(context: Context, plan: Plan, portal_id: str) -> str | None:
    """The snapshot that the day's current rows were made of: a later attempt that died may have left another."""
    with context.warehouse() as warehouse:
        run = warehouse.current_run(plan["city_id"], date.fromisoformat(plan["day"]))
    catalog = context.lake.manifest(run.catalog_attempt) if run and run.catalog_attempt else None
    told = (catalog or {}).get("portals", {}).get(portal_id, {})
    return str(told["snapshot"]) if told.get("snapshot") else None


def _last(context: Context, parent: str) -> str | None:
    found = context.lake.last_committed(parent)
    return found[0] if found else None


@dataclass(frozen=True)
class _Visit:
    """One asking of one portal, and the lake folder that it fills."""

    lake: Lake
    plan: Plan
    portal: Portal
    zone: ZoneInfo
    web: Web
    started: datetime
    folder: str


def _ask(visit: _Visit, statement: dict[str, Any] | None, terms: bytes | None) -> str:
    plan, portal, source = visit.plan, visit.portal, reader(visit.portal.kind)
    crawl, entries, bodies = _read(visit, source)
    ids = frozenset(source.entry_id(entry) for entry in entries)
    past = asking.past_crawls(visit.lake, plan["city_id"], portal.id, plan["day"])
    absent, new = asking.ask_singly((source, visit.web, portal), ids, past, plan["day"])
    asked = {i: Presence(a["answer"]) for i, a in absent.items() if "asked_on" in a}
    verdict = doubt.judge_crawl(ids, past.crawls, past.last_ids, asked, new)
    found = {
        "entries_count": len(ids),
        "content_sha256": hashlib.sha256(b"\n".join(canonical_json(source.content(e)) for e in entries)).hexdigest(),
        "licence_statement": statement,
        "verdict": {name: getattr(verdict, name) for name in verdict.__slots__},
        "absent": absent,
        "asked_new": {key: str(value) for key, value in new.items()},
    }
    visit.lake.commit(visit.folder, _files(bodies, ids, terms), _about(visit, crawl) | found)
    numbers = f"{len(ids)} entries of {crawl.stated_count} stated, {crawl.duplicates_count} duplicates dropped"
    log.info("%s: %s; crawl %s: %s", portal.id, numbers, verdict.state, verdict.reason)
    return visit.folder


def _read(visit: _Visit, source: PortalReader) -> tuple[Crawl, list[dict[str, Any]], dict[str, bytes]]:
    """The catalogue, its entries and the answers that are kept; what is withdrawn is in neither of the last two.

    An answer that cannot be read is kept for a look before the error passes.
    """
    gone = withdrawn.of_portal(visit.lake, visit.plan["city_id"], visit.portal.id)
    try:
        crawl = source.crawl(visit.web, visit.portal)
        bodies = gone.left_of({name: answer.body for name, answer in crawl.answers}, source)
        return crawl, source.entries(bodies), bodies
    except AnswerUnreadable as error:
        if not error.body:
            raise
        visit.lake.keep(visit.folder, "unreadable.body", error.body)
        where = f"{visit.folder}/unreadable.body in the lake"
        raise AnswerUnreadable(f"{error} (what was received is kept: {where})", error.body) from error


def _files(bodies: Mapping[str, bytes], ids: frozenset[str], terms: bytes | None) -> dict[str, bytes]:
    files = {f"{name}.json.gz": compress(body) for name, body in bodies.items()}
    files[asking.IDS] = compress(canonical_json(sorted(ids)))
    return files | ({"licence-statement.body.gz": compress(terms)} if terms else {})


def _about(visit: _Visit, crawl: Crawl) -> dict[str, Any]:
    plan, ended = visit.plan, utc_now()
    return {
        "city_id": plan["city_id"],
        "portal_id": visit.portal.id,
        "day": plan["day"],
        "kind": crawl.kind,
        "software": crawl.software,
        "base_url": visit.portal.base_url,
        "domain": visit.portal.host,
        # an answer that came after midnight is still the day's: ages are counted to its end
        "as_of": plan["as_of"] or min(ended, moment_of(plan["day"], visit.zone)).isoformat(),
        "started_at": visit.started.isoformat(),
        "ended_at": ended.isoformat(),
        "entries_count": crawl.entries_count,
        "stated_count": crawl.stated_count,
        "duplicates_count": crawl.duplicates_count,
        "notes": list(crawl.notes),
        "civicgauge_version": __version__,
        "requests": [_request(name, answer) for name, answer in crawl.answers],
        "door": visit.web.tally,
    }


def _request(name: str, answer: Answer) -> dict[str, Any]:
    return {
        "name": name,
        "url": answer.url,
        "status": answer.status,
        "requested_at": answer.requested_at.isoformat(),
        "elapsed_seconds": round(answer.elapsed_seconds, 3),
        "bytes": len(answer.body),
        "sha256": answer.sha256,
        "attempts": answer.attempts,
        "headers": {k.lower(): v for k, v in answer.headers.items() if k.lower() in _HEADERS},
    }


def accept(context: Context, city_id: str, portal_id: str, day: str, word: Mapping[str, str], at: datetime) -> str:
    """Put an operator's word beside a day's last crawl; ConfigurationError where it was not held."""
    context.portal(city_id, portal_id)
    if empty := [key for key, text in word.items() if not text.strip()]:
        raise ConfigurationError(f"--{empty[0]} is empty; say who accepts the crawl, and why")
    found = context.lake.last_committed(f"raw/{city_id}/{portal_id}/{day}")
    if found is None or found[1]["verdict"]["state"] != "held":
        raise ConfigurationError(f"{city_id}/{portal_id} has no held crawl on {day}; the run table lists suspect days")
    word = {"by": said.role(word["by"]), "reason": said.reason(word["reason"])}
    details = {"portal_id": portal_id, "day": day, "held": found[1]["verdict"]["reason"]}
    act = Act(at, word["by"], "crawl.accepted", f"{portal_id} {day}", city_id, word["reason"], details)
    with context.warehouse() as warehouse, warehouse.reviews.desk() as desk:
        desk.note(act)
        # the word is in the lake before the audit is kept: killed in between, it is accepted, and may be once more
        context.lake.add(found[0], asking.ACCEPTED, {**word, "at": at.isoformat()})
    return found[0]
