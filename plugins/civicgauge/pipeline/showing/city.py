"""A city's page: its numbers with their history, criteria, incidents, and what would help most."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from civicgauge.criteria import Standard, signal_sentence, standards
from civicgauge.pipeline.showing import decisions, texts
from civicgauge.pipeline.showing.base import Base
from civicgauge.pipeline.showing.forms import CityPage, Criterion, NotShown, Point, Value, Viewer
from civicgauge.pipeline.showing.incidents import incidents_of
from civicgauge.pipeline.showing.seeing import Known, is_own
from civicgauge.pipeline.showing.steps import next_steps
from civicgauge.warehouse import newest_versions

Row = Mapping[str, Any]
_HISTORY_DAYS = 366
_DAYS_BACK = 14
_OF_STAFF = ("problem", "notes", "airflow_dag_id", "airflow_run_id", "catalog_attempt", "results_attempt")
_OF_RUN = ("run_id", "day", "as_of", "outcome", "started_at", "ended_at", "method_version", "config_digest")


def city(base: Base, viewer: Viewer, city_id: str, as_of: str | None) -> CityPage:
    """See `Shown.city`."""
    known, run = base.shown_city(viewer, city_id, as_of)
    if run is None:
        return _never_measured(known)
    day = run["day"]
    shown = base.rows.shown_runs(city_id, (day - timedelta(days=_HISTORY_DAYS - 1), day))
    before = next((each["day"] for each in shown if each["day"] < day), None)
    steps = next_steps(base, run)
    return CityPage(
        city=known.line(run),
        as_of=run["as_of"],
        run=run_told(run, viewer),
        values=values_of(base, city_id, day, before),
        history=_history(base, city_id, _weekly(each["day"] for each in shown)),
        criteria=_criteria(base.rows.evidence({(day, city_id)})),
        standard_sentences={name: signal_sentence(standard) for name, standard in standards().items()},
        next_steps=steps.mends,
        n_more_steps=steps.n_more,
        incidents=incidents_of(base, viewer, known, day),
        portals=_portals(known),
        unread=unread(base, viewer, known, run),
        days=tuple(each["day"] for each in shown[:_DAYS_BACK]),
        has_badge=known.has_badge,
        no_steps=steps.why_none,
    )


def value(base: Base, viewer: Viewer, city_id: str, indicator_id: str, as_of: str | None) -> tuple[Known, Value]:
    """One number of a city on its day; NotShown where it was not computed."""
    known, run = base.measured_city(viewer, city_id, as_of)
    rows = base.rows.values({(run["day"], city_id)}, [indicator_id])
    if not rows:
        raise NotShown(indicator_id)
    beside = decisions.beside(base, {(run["day"], city_id)}, [indicator_id])
    return known, texts.value_of(rows[-1], decided=beside.get(decisions.number_of(rows[-1])))


def run_told(run: Row, viewer: Viewer) -> dict[str, Any]:
    """What may be said of a run: what operators wrote, and where its attempts lie, is for staff."""
    names = (*_OF_RUN, *_OF_STAFF) if viewer.audience == "staff" else _OF_RUN
    return {name: run[name] for name in names}


def unread(base: Base, viewer: Viewer, known: Known, run: Row) -> dict[str, str]:
    """The portals that were not read on the day: with our own words for the problem to staff and the city itself."""
    if run["outcome"] == "complete" or not run["catalog_attempt"]:
        return {}
    portals = base.kept.portals_of(run["catalog_attempt"]) or {}
    in_full = viewer.audience == "staff" or is_own(viewer, known)
    return {
        portal_id: (told["problem"] or "not read") if in_full else "it could not be read on that day"
        for portal_id, told in portals.items()
        if told["state"] == "unread"
    }


def _never_measured(known: Known) -> CityPage:
    return CityPage(
        city=known.line(None),
        as_of=None,
        run=None,
        values=(),
        history={},
        criteria=(),
        standard_sentences={},
        next_steps=(),
        n_more_steps=0,
        incidents=(),
        portals=_portals(known),
        unread={},
        days=(),
        has_badge=False,
    )


def _portals(known: Known) -> tuple[Mapping[str, str], ...]:
    found = known.file.portals if known.file else ()
    return tuple({"id": portal.id, "kind": portal.kind, "url": portal.base_url} for portal in found)


def values_of(base: Base, city_id: str, day: date, before: date | None) -> tuple[Value, ...]:
    """The day's values in reading order, each beside that of the shown day before, where its version is the same, and
    beside the decided one."""
    rows = base.rows.values({(each, city_id) for each in (day, before) if each is not None})
    earlier = {(row["indicator_id"], row["indicator_version"]): row for row in rows if row["day"] != day}
    newest = newest_versions(row for row in rows if row["day"] == day)
    decided = decisions.beside(base, {(day, city_id)})
    found = (
        texts.value_of(
            row, earlier.get((row["indicator_id"], row["indicator_version"])), decided.get(decisions.number_of(row))
        )
        for row in newest
    )
    return tuple(sorted(found, key=lambda each: (texts.place_of(each.indicator_id), each.indicator_id)))


def _weekly(days: Iterable[date]) -> list[date]:
    """Of days, newest first, the newest one of each ISO week; oldest first."""
    newest: dict[tuple[int, int], date] = {}
    for day in days:
        newest.setdefault(day.isocalendar()[:2], day)
    return sorted(newest.values())


def _history(base: Base, city_id: str, days: Sequence[date]) -> dict[str, tuple[Point, ...]]:
    """By indicator; of a day with several versions the newest, so that a changed method shows as another version."""
    found: dict[str, dict[date, Point]] = {}
    for row in base.rows.points(city_id, days):
        point = Point(
            *(row["day"], row["status"], row["value"], row["value_low"], row["value_high"], row["indicator_version"])
        )
        found.setdefault(row["indicator_id"], {})[row["day"]] = point
    return {indicator_id: tuple(points.values()) for indicator_id, points in found.items()}


def _criteria(rows: Iterable[Row]) -> tuple[Criterion, ...]:
    """In the order of the standards' files, the newest first; what a file no longer lists is left out."""
    by = {(row["standard"], row["standard_version"], row["criterion"]): row for row in rows}
    return tuple(
        _criterion(name, standard, practice.name, listed, by[name, standard.version, listed.code])
        for name, standard in sorted(standards().items(), key=lambda each: each[1].valid_from, reverse=True)
        for practice in standard.practices
        for listed in practice.criteria
        if (name, standard.version, listed.code) in by
    )


def _criterion(name: str, standard: Standard, practice: str, listed: Any, row: Row) -> Criterion:
    return Criterion(
        standard=name,
        standard_version=standard.version,
        code=listed.code,
        practice=practice,
        name=listed.name,
        asks=listed.asks,
        attest=listed.attest,
        observable=listed.observable,
        stance=row["stance"],
        basis=row["basis"],
        numbers=tuple(json.loads(row["evidence"])),
        attested_stance=row["attested_stance"],
        attested_by=row["attested_by"],
        attested_on=row["attested_on"],
        attested_url=row["attested_url"],
        expires_at=row["expires_at"],
        is_contradicted=row["is_contradicted"],
    )
