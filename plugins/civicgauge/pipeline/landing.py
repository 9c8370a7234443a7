"""The land stage: the day's snapshots of all portals of a city become its catalogue tables in the lake."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from civicgauge.errors import NothingRead
from civicgauge.lake import Lake, new_id
from civicgauge.landing import catalogue, history, tables
from civicgauge.landing.decided import Decided, DecidedEntries
from civicgauge.landing.freshness import holiday_dates
from civicgauge.landing.linkage import Known
from civicgauge.model import City, Portal
from civicgauge.pipeline import asking, gathering, history_before, linkhistory, parquet, statements
from civicgauge.pipeline.context import Context, config_digest, utc_now
from civicgauge.pipeline.days import Plan
from civicgauge.pipeline.gathering import Pulled
from civicgauge.pipeline.history_before import Before, manifest_in
from civicgauge.pipeline.rowfacts import RowFacts
from civicgauge.portals import reader

log = logging.getLogger("civicgauge.land")

_OBSERVATION_DAYS = 400
FILES = {**tables.SCHEMAS, "known": tables.KNOWN}
CITY = "city.json"
"""The city's file as it was, without contacts: a later change of it can be told from what the portal changed."""


@dataclass(frozen=True)
class Seen:
    """What the stages before brought: snapshots by portal id, problems of those not read, and the day's pulls."""

    taken: Mapping[str, str]
    problems: Mapping[str, str]
    pulled: Pulled


@dataclass(frozen=True)
class Beside:
    """How a stored day is landed once more, beside its measured catalogue.

    `decided` is what staff decided: by portal, entry and field. `before` is the catalogue of the day before, as it was
    then; `about` is what the manifest says of it.
    """

    decided: Decided = field(default_factory=dict)
    before: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


def land(context: Context, plan: Plan, taken: dict[str, str], problems: dict[str, str], pulled: Pulled) -> str:
    """Land each portal that was read; carry on what is known of those that were not. Returns the new lake folder."""
    if not taken:
        raise NothingRead(f"{plan['city_id']} {plan['day']}: no portal was read; nothing is written for the day")
    earlier = history_before.folder_of(context, plan)
    return land_beside(context, plan, Seen(taken, problems, pulled), Beside(before=earlier))


def land_beside(context: Context, plan: Plan, seen: Seen, beside: Beside) -> str:
    """The same with decisions, and against the catalogue of the day before that is named."""
    taken, pulled = seen.taken, seen.pulled
    before = history_before.read(context.lake, beside.before, beside.decided)
    city = context.city(plan["city_id"])
    found = {portal_id: manifest_in(context.lake, folder) for portal_id, folder in taken.items()}
    as_of = datetime.fromisoformat(plan["as_of"] or max(m["as_of"] for m in found.values()))
    landed, about = catalogue.Landed(), _about(plan, city, as_of, before) | {"before": beside.before, **beside.about}
    facts, about["pulls"] = gathering.gather(context, plan, pulled, before.row_history)
    links, about["links"] = _links(context.lake, plan, pulled, before), dict(pulled.links)
    terms = found.get(city.portals[0].id, {}).get("licence_statement")
    about["licence_statement"] = statements.standing(city, terms, before.licence_statement)
    if (about["licence_statement"] or {}).get("has_lapsed"):
        city = city.model_copy(update={"licence_statement": None})
    for portal in city.portals:
        if portal.id in taken:
            where, known = (city, portal, facts), links.get(portal.id, Known())
            decided = beside.decided.get(portal.id, {})
            part, told = _read_portal(context.lake, where, (before, known, decided), taken[portal.id], (as_of, plan))
            links[portal.id] = linkhistory.after_landing(
                known, part.links, date.fromisoformat(plan["day"]), [str(document.url) for document in city.documents]
            )
        else:
            part, told = _unread_portal(
                portal, before, seen.problems.get(portal.id, "not read"), facts.chosen(portal.id)
            )
        landed.extend(part)
        about["portals"][portal.id] = told
        log.info("%s: %s", portal.id, told["summary"])
    facts.hold_against(landed.datasets, city.zone)
    _carry_on(about, as_of, plan["day"])
    about["events"] = _events(about["portals"], before.unreported)
    about["outcome"] = _outcome(about)
    folder = f"catalog/{plan['city_id']}/{plan['day']}/{new_id(utc_now())}"
    files = {f"{name}.parquet": parquet.to_parquet(getattr(landed, name), schema) for name, schema in FILES.items()}
    files |= {CITY: context.city(plan["city_id"]).model_dump_json(exclude={"contacts"}).encode()}
    context.lake.commit(folder, files | gathering.files_of(facts) | linkhistory.file_of(links), about)
    return folder


def _links(lake: Lake, plan: Plan, pulled: Pulled, before: Before) -> dict[str, Known]:
    """What is known of each portal's links after the checks of the day."""
    found = dict(before.links)
    for portal_id, folder in pulled.links.items():
        looks = linkhistory.looks_of(lake, folder)
        found[portal_id] = linkhistory.after_looks(
            found.get(portal_id, Known()), looks, date.fromisoformat(plan["day"])
        )
    return found


def _about(plan: Plan, city: City, as_of: datetime, before: Before) -> dict[str, Any]:
    return {
        "city_id": city.id,
        "day": plan["day"],
        "as_of": as_of.isoformat(),
        "config_digest": config_digest(city),
        "portals": {},
        "read_at": dict(before.read_at),
        "observation_days": dict(before.observation_days),
    }


def _carry_on(about: dict[str, Any], as_of: datetime, day: str) -> None:
    """Note today as an observation of each portal that was read."""
    for portal_id, told in about["portals"].items():
        if told["state"] in {"read", "held"}:
            about["read_at"][portal_id] = as_of.isoformat()
            days = [*about["observation_days"].get(portal_id, []), day]
            about["observation_days"][portal_id] = days[-_OBSERVATION_DAYS:]


def _events(portals: dict[str, Any], unreported: dict[str, Any]) -> dict[str, Any]:
    """The city's events: those of portals read before, and those that an earlier partial day could not report.

    They are reported on a day on which every portal was read; a portal's first reading is its base and no event.
    """
    told = [portal["events"] for portal in portals.values() if portal.get("events")]
    sums = {key: sum(len(part[key]) for part in told) + unreported.get(key, 0) for key in ("added", "found", "removed")}
    dates = [part["since"] for part in told] + [d for d in [unreported.get("since")] if d]
    is_whole = all(portal["state"] != "unread" for portal in portals.values())
    return {**sums, "since": min(dates, default=None), "is_reported": is_whole and bool(dates)}


def _outcome(about: dict[str, Any]) -> str:
    states = {told["state"] for told in about["portals"].values()}
    return "suspect" if "held" in states else "partial" if "unread" in states else "complete"


def _read_portal(
    lake: Lake,
    where: tuple[City, Portal, RowFacts],
    past: tuple[Before, Known, DecidedEntries],
    folder: str,
    when: tuple[datetime, Plan],
) -> tuple[catalogue.Landed, dict[str, Any]]:
    (city, portal, facts), (before, links, decided), (as_of, plan) = where, past, when
    manifest = manifest_in(lake, folder)
    answers = asking.read_answers(lake, folder, manifest)
    source = reader(portal.kind)
    entries = source.entries(answers)
    day = date.fromisoformat(plan["day"])
    reading = catalogue.Reading(
        city=city,
        portal=portal,
        day=day,
        as_of=as_of,
        datasets=source.datasets(entries, answers, portal),
        known={row["dataset_id"]: row for row in before.known if row["portal_id"] == portal.id},
        observation_days=[date.fromisoformat(d) for d in [*before.observation_days.get(portal.id, []), plan["day"]]],
        holidays=holiday_dates(city.holidays, range(day.year - 3, day.year + 1)),
        absent=asking.absentees(lake, folder, manifest),
        events=facts.events_of(portal.id),
        chosen=facts.chosen(portal.id),
        links=links,
        decided=decided,
    )
    landed = catalogue.land_portal(reading)
    since = before.read_at.get(portal.id)
    events = history.events_of(reading, landed.datasets, landed.known, datetime.fromisoformat(since) if since else None)
    accepted = asking.is_accepted(lake, folder, manifest)
    counted = sum(row["is_counted"] is True for row in landed.datasets)
    return landed, {
        "state": "read" if accepted else "held",
        "snapshot": folder,
        "content_sha256": manifest["content_sha256"],
        "entries_count": len(entries),
        "counted_count": counted,
        "verdict": manifest["verdict"]["reason"],
        "events": None if events is None else {**asdict(events), "since": events.since.isoformat()},
        "summary": f"{len(entries)} entries, {counted} counted; crawl {'accepted' if accepted else 'held'}",
    }


def _unread_portal(
    portal: Portal, before: Before, problem: str, chosen: Mapping[str, Mapping[str, Any]]
) -> tuple[catalogue.Landed, dict[str, Any]]:
    earlier = [r for r in before.datasets if r["portal_id"] == portal.id and r["is_counted"] is not False]
    known = [row for row in before.known if row["portal_id"] == portal.id]
    state = "unread" if portal.id in before.read_at else "never_read"
    unseen = history.unseen_rows(earlier, portal.kind, "portal_not_read")
    rows = [{**row, **catalogue.with_rows(row, chosen.get(row["dataset_id"], catalogue.NOT_CHOSEN))} for row in unseen]
    landed = catalogue.Landed(datasets=[{**row, "input_digest": catalogue.digest(row)} for row in rows], known=known)
    summary = f"not read ({problem}); {len(earlier)} datasets of the last accepted day are unknown today"
    return landed, {"state": "unread", "is_never_read": state == "never_read", "problem": problem, "summary": summary}
