"""The snapshot stage: a portal's catalogue as received, in the lake, with the verdict on the crawl itself."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from civicgauge import __version__
from civicgauge.errors import AnswerUnreadable, ConfigurationError, NoSnapshot
from civicgauge.lake import Lake, canonical_json, compress, new_id
from civicgauge.landing import doubt
from civicgauge.model import Answer, Crawl, Portal, Presence
from civicgauge.pipeline import asking, statements
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import Plan, moment_of
from civicgauge.portals import reader
from civicgauge.web import Web

log = logging.getLogger("civicgauge.snapshot")

_HEADERS = ("content-type", "etag", "last-modified", "date", "server", "x-socrata-requestid", "x-socrata-region")


def take(context: Context, plan: Plan, portal_id: str, token: str | None = None) -> str:
    """Ask the portal where the plan allows it, else find the day's stored snapshot; returns its lake folder."""
    portal = context.portal(plan["city_id"], portal_id)
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
    with context.web(portal, token) as web:
        read = statements.fetch(web, statement) if statement else (None, None)
        return _ask(context.lake, plan, (portal, city.zone), web, parent, read)


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


def _ask(
    lake: Lake,
    plan: Plan,
    at: tuple[Portal, ZoneInfo],
    web: Web,
    parent: str,
    statement: tuple[dict[str, Any] | None, bytes | None],
) -> str:
    (portal, zone), started = at, utc_now()
    source = reader(portal.kind)
    folder = f"{parent}/{new_id(started)}"
    try:
        crawl = source.crawl(web, portal)
        bodies = {name: answer.body for name, answer in crawl.answers}
        entries = source.entries(bodies)
    except AnswerUnreadable as error:
        if error.body:
            lake.keep(folder, "unreadable.body", error.body)
            where = f"{folder}/unreadable.body in the lake"
            raise AnswerUnreadable(f"{error} (what was received is kept: {where})", error.body) from error
        raise
    ids = frozenset(source.entry_id(entry) for entry in entries)
    past = asking.past_crawls(lake, plan["city_id"], portal.id, plan["day"])
    absent, new = asking.ask_singly((source, web, portal), ids, past, plan["day"])
    asked = {i: Presence(a["answer"]) for i, a in absent.items() if "asked_on" in a}
    verdict = doubt.judge_crawl(ids, past.crawls, past.last_ids, asked, new)
    content = hashlib.sha256(b"\n".join(canonical_json(source.content(entry)) for entry in entries)).hexdigest()
    files = {f"{name}.json.gz": compress(body) for name, body in bodies.items()}
    files[asking.IDS] = compress(canonical_json(sorted(ids)))
    files |= {"licence-statement.body.gz": compress(statement[1])} if statement[1] else {}
    lake.commit(
        folder,
        files,
        {
            **_about(plan, portal, crawl, started, zone),
            "content_sha256": content,
            "licence_statement": statement[0],
            "verdict": {
                "state": verdict.state,
                "is_new_base": verdict.is_new_base,
                "base_count": verdict.base_count,
                "tolerance": verdict.tolerance,
                "reason": verdict.reason,
            },
            "absent": absent,
            "asked_new": {key: str(value) for key, value in new.items()},
        },
    )
    log.info(
        "%s: %d entries of %d stated, %d duplicates dropped; crawl %s: %s",
        portal.id,
        len(ids),
        crawl.stated_count,
        crawl.duplicates_count,
        verdict.state,
        verdict.reason,
    )
    return folder


def _about(plan: Plan, portal: Portal, crawl: Crawl, started: datetime, zone: ZoneInfo) -> dict[str, Any]:
    ended = utc_now()
    return {
        "city_id": plan["city_id"],
        "portal_id": portal.id,
        "day": plan["day"],
        "kind": crawl.kind,
        "software": crawl.software,
        "base_url": portal.base_url,
        "domain": portal.host,
        "as_of": plan["as_of"] or min(ended, moment_of(plan["day"], zone)).isoformat(),
        "started_at": started.isoformat(),
        "ended_at": ended.isoformat(),
        "entries_count": crawl.entries_count,
        "stated_count": crawl.stated_count,
        "duplicates_count": crawl.duplicates_count,
        "notes": list(crawl.notes),
        "civicgauge_version": __version__,
        "requests": [_request(name, answer) for name, answer in crawl.answers],
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


def accept(context: Context, city_id: str, portal_id: str, day: str, word: Mapping[str, str]) -> str:
    """Put an operator's word beside a day's last crawl; ConfigurationError where it was not held."""
    context.portal(city_id, portal_id)
    if empty := [key for key, text in word.items() if not text.strip()]:
        raise ConfigurationError(f"--{empty[0]} is empty; say who accepts the crawl, and why")
    found = context.lake.last_committed(f"raw/{city_id}/{portal_id}/{day}")
    if found is None or found[1]["verdict"]["state"] != "held":
        raise ConfigurationError(f"{city_id}/{portal_id} has no held crawl on {day}; the run table lists suspect days")
    context.lake.add(found[0], asking.ACCEPTED, {**word, "at": utc_now().isoformat()})
    return found[0]
