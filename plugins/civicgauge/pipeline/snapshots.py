"""The snapshot stage: a portal's catalogue as received, in the lake, with the verdict on the crawl itself."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from civicgauge import __version__
from civicgauge.errors import AnswerUnreadable, ConfigurationError, NoSnapshot
from civicgauge.lake import Lake, canonical_json, compress, decompress, new_id
from civicgauge.landing import doubt
from civicgauge.model import Answer, Crawl, Portal, Presence
from civicgauge.pipeline import statements
from civicgauge.pipeline.context import Context, utc_now
from civicgauge.pipeline.days import Plan
from civicgauge.portals import PortalReader, reader
from civicgauge.web import Web

log = logging.getLogger("civicgauge.snapshot")

_ASK_AT_MOST = 40  # entries asked for singly in one run: enough to tell, few enough to be polite
_REMEMBER_GONE_DAYS = 60
_HEADERS = ("content-type", "etag", "last-modified", "date", "server", "x-socrata-requestid", "x-socrata-region")
IDS = "ids.json.gz"
ACCEPTED = "accepted.json"


def take(context: Context, plan: Plan, portal_id: str, token: str | None = None) -> str:
    """Ask the portal where the plan allows it, else find the day's stored snapshot; returns its lake folder."""
    portal = context.portal(plan["city_id"], portal_id)
    parent = f"raw/{plan['city_id']}/{portal_id}/{plan['day']}"
    if not plan["ask"]:
        stored = context.lake.last_committed(parent)
        if stored is None:
            raise NoSnapshot(
                f"no_snapshot: {plan['city_id']}/{portal_id} has none stored for {plan['day']}, "
                "and a portal cannot be asked for the past"
            )
        log.info("%s: stored snapshot of %s loaded, the portal is not asked", portal_id, plan["day"])
        return stored[0]
    city = context.city(plan["city_id"])
    # the statement is the city's, so that it is read once, with the first portal
    statement = city.licence_statement if portal.id == city.portals[0].id else None
    with context.web(portal, token) as web:
        read = statements.fetch(web, statement) if statement else (None, None)
        return _ask(context.lake, plan, portal, web, parent, read)


def _ask(
    lake: Lake, plan: Plan, portal: Portal, web: Web, parent: str, statement: tuple[dict[str, Any] | None, bytes | None]
) -> str:
    started, source = utc_now(), reader(portal.kind)
    folder = f"{parent}/{new_id(started)}"
    try:
        crawl = source.crawl(web, portal)
        bodies = {name: answer.body for name, answer in crawl.answers}
        entries = source.entries(bodies)
    except AnswerUnreadable as error:
        if error.body:
            kept = lake.keep(folder, "unreadable.body", error.body)
            raise AnswerUnreadable(f"{error} (what was received is kept at {kept})", error.body) from error
        raise
    ids = frozenset(source.entry_id(entry) for entry in entries)
    history, before = _history(lake, plan, portal.id)
    absent, new = _ask_singly(source, web, portal, ids, before, plan["day"])
    verdict = doubt.judge_crawl(
        ids, history, {i: Presence(a["answer"]) for i, a in absent.items() if "asked_on" in a}, new
    )
    content = hashlib.sha256(b"\n".join(canonical_json(source.content(entry)) for entry in entries)).hexdigest()
    files = {f"{name}.json.gz": compress(body) for name, body in bodies.items()}
    files[IDS] = compress(canonical_json(sorted(ids)))
    files |= {"licence-statement.body.gz": compress(statement[1])} if statement[1] else {}
    lake.commit(
        folder,
        files,
        {
            **_about(plan, portal, crawl, started),
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


def _about(plan: Plan, portal: Portal, crawl: Crawl, started: datetime) -> dict[str, Any]:
    ended = utc_now()
    return {
        "city_id": plan["city_id"],
        "portal_id": portal.id,
        "day": plan["day"],
        "kind": crawl.kind,
        "software": crawl.software,
        "base_url": portal.base_url,
        "domain": portal.host,
        "as_of": plan["as_of"] or ended.isoformat(),
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


# ---------------------------------------------------------------- what earlier days say


def is_accepted(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> bool:
    """Whether a crawl is believed: by its own verdict, or by an operator's word beside it."""
    return manifest["verdict"]["state"] == "accepted" or lake.read_json(folder, ACCEPTED) is not None


def read_ids(lake: Lake, folder: str, manifest: Mapping[str, Any]) -> frozenset[str]:
    """The ids that a stored snapshot holds."""
    return frozenset(json.loads(decompress(lake.read(folder, IDS, manifest))))


def _history(
    lake: Lake, plan: Plan, portal_id: str
) -> tuple[list[doubt.PastCrawl], tuple[frozenset[str], dict[str, Any]] | None]:
    """Earlier days' last crawls, newest first, back to a full window; and the last accepted one's ids and absentees."""
    parent, past, before = f"raw/{plan['city_id']}/{portal_id}", list[doubt.PastCrawl](), None
    for day in reversed([d for d in lake.folders(parent) if d < plan["day"]]):
        if (found := lake.last_committed(f"{parent}/{day}")) is None:
            continue
        folder, manifest = found
        word = lake.read_json(folder, ACCEPTED) is not None
        accepted = word or manifest["verdict"]["state"] == "accepted"
        ids = (
            read_ids(lake, folder, manifest)
            if len(past) < doubt.AGREEING or (accepted and before is None)
            else frozenset[str]()
        )
        past.append(
            doubt.PastCrawl(manifest["entries_count"], accepted, word or manifest["verdict"]["is_new_base"], ids)
        )
        if accepted and before is None:
            before = (ids, manifest["absent"])
        if sum(p.is_accepted for p in past) >= doubt.WINDOW or past[-1].is_new_base:
            break
    return past, before


def _ask_singly(
    source: PortalReader,
    web: Web,
    portal: Portal,
    ids: frozenset[str],
    before: tuple[frozenset[str], dict[str, Any]] | None,
    day: str,
) -> tuple[dict[str, dict[str, str]], dict[str, Presence]]:
    """Absent entries (with the portal's answer, where it was asked) and what it says of new ones.

    The portal is asked first for an entry that its catalogue lists: one that does not know even that one cannot
    testify, and nothing is concluded from its other answers.
    """
    if before is None or not ids:
        return {}, {}
    before_ids, before_absent = before
    absent = {i: dict(a) for i, a in before_absent.items() if i not in ids and not _forgotten(a, day)}
    absent |= {i: {"since": day, "answer": str(Presence.SILENT)} for i in before_ids - ids}
    missing = doubt.ask_for([i for i, a in absent.items() if a["answer"] != Presence.GONE], _ASK_AT_MOST)
    new = (
        doubt.ask_for(sorted(ids - before_ids - set(before_absent)), _ASK_AT_MOST)
        if _suspicious(ids, before_ids)
        else []
    )
    if not missing and not new:
        return absent, {}
    control = min(ids & before_ids, default=min(ids))
    if source.ask(web, portal, [control])[control] is not Presence.PRESENT:
        log.info(
            "%s: does not answer for single entries, so that nothing is concluded of %d absent ones",
            portal.id,
            len(absent),
        )
        return absent, {}
    answers = source.ask(web, portal, [*missing, *new])
    for dataset_id in missing:
        absent[dataset_id] |= {"answer": str(answers[dataset_id]), "asked_on": day}
    return absent, {dataset_id: answers[dataset_id] for dataset_id in new}


def _suspicious(ids: frozenset[str], before_ids: frozenset[str]) -> bool:
    return doubt.differs(len(ids), len(before_ids))


def _forgotten(absentee: Mapping[str, str], day: str) -> bool:
    gone_on = datetime.fromisoformat(absentee.get("asked_on", absentee["since"]))
    return absentee["answer"] == Presence.GONE and (datetime.fromisoformat(day) - gone_on).days > _REMEMBER_GONE_DAYS


def accept(context: Context, city_id: str, portal_id: str, day: str, word: Mapping[str, str]) -> str:
    """Put an operator's word beside a day's last crawl; ConfigurationError where it was not held."""
    context.portal(city_id, portal_id)
    found = context.lake.last_committed(f"raw/{city_id}/{portal_id}/{day}")
    if found is None or found[1]["verdict"]["state"] != "held":
        raise ConfigurationError(f"{city_id}/{portal_id} has no held crawl on {day}; the run table lists suspect days")
    context.lake.add(found[0], ACCEPTED, {**word, "at": utc_now().isoformat()})
    return found[0]
