"""Deciding: each stored day of a city once, in order, behind a cursor."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from civicgauge.alerts.forms import DayFacts, Incident, Severity, State
from civicgauge.alerts.incidents import Decision, decide_claims, decide_day
from civicgauge.alerts.judged import Judged
from civicgauge.model import City, RunRecord
from civicgauge.pipeline.alerting.records import Row, event_row, incident_of, renewed
from civicgauge.pipeline.alerting.source import Source, rules_of
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.cityday import SHOWN
from civicgauge.warehouse.incidents import Decided, Desk

log = logging.getLogger("civicgauge.alerts")


@dataclass(frozen=True, slots=True)
class CityDayDecided:
    """A day that was decided now, and how many events came of it."""

    city_id: str
    run: RunRecord
    events: int


def decide(source: Source, warehouse: Warehouse, at: datetime) -> list[CityDayDecided]:
    """Decide what was committed by `at` and is newer than each city's cursor; a city's first time takes its newest day.

    A city whose day cannot be read is logged and left for the next time; the others go on. The error of the last one
    is raised at the end, so that the run is red.
    """
    found, wrong = [], None
    cursors = warehouse.alerts.decided()
    for city_id, city in sorted(source.cities.items()):
        try:
            found += decide_city(source, warehouse, city, cursors.get(city_id), at)
        except Exception as error:
            log.exception("%s: its day could not be decided", city_id)
            wrong = error
    if wrong is not None:
        raise wrong
    return found


def decide_city(
    source: Source, warehouse: Warehouse, city: City, cursor: Decided | None, at: datetime
) -> list[CityDayDecided]:
    """The days of one city that are due after `cursor`."""
    stored = source.runs(warehouse, city.id, cursor.day if cursor else None)
    runs = [run for run in stored if run.outcome in SHOWN and run.ended_at <= at]
    again = [run for run in runs if cursor and run.day == cursor.day and run.run_id != cursor.run_id]
    for run in again:
        _look_again(source, warehouse, city, run, at)
    return [
        CityDayDecided(city.id, run, _decide(warehouse, city, source.facts(city, run), run, source, at))
        for run in due_runs(runs, cursor)
    ]


def due_runs(runs: Sequence[RunRecord], cursor: Decided | None) -> list[RunRecord]:
    """Of the runs by day: those after the cursor; the newest alone where there is none yet, as the baseline."""
    if cursor is None:
        return list(runs[-1:])
    return [run for run in runs if run.day > cursor.day]


def _decide(warehouse: Warehouse, city: City, facts: DayFacts, run: RunRecord, source: Source, at: datetime) -> int:
    rules = rules_of(source)
    with warehouse.alerts.desk(city.id) as desk:
        cursor = desk.decided
        if cursor is not None and cursor.day >= run.day:  # another process was quicker
            return 0
        rows = desk.incidents()
        known = {key: incident_of(row) for key, row in rows.items() if row["audience"] == "city"}
        judged = Judged.unpacked(cursor.judged) if cursor else Judged()
        first_day = cursor.first_day if cursor else run.day
        decision = decide_day(facts, rules, known, judged, first_day=first_day, at=at)
        keep(desk, decision, rows, at)
        desk.move(Decided(city.id, first_day, run.day, run.run_id, at, judged.packed))
    return len(decision.events)


def _look_again(source: Source, warehouse: Warehouse, city: City, run: RunRecord, at: datetime) -> None:
    """The decided day was observed again: its evidence is renewed, and what was said to be mended is looked at."""
    facts = source.facts(city, run)
    with warehouse.alerts.desk(city.id) as desk:
        cursor = desk.decided
        if cursor is None or cursor.day != run.day or cursor.run_id == run.run_id:
            return
        rows = desk.incidents()
        known = {key: incident_of(row) for key, row in rows.items() if row["audience"] == "city"}
        decision = decide_claims(facts, rules_of(source), known, at)
        keep(desk, decision, rows, at)
        renew_evidence(desk, facts, {**known, **decision.changed}.values(), at)
        desk.move(replace(cursor, run_id=run.run_id))


def renew_evidence(desk: Desk, facts: DayFacts, incidents: Iterable[Incident], at: datetime) -> None:
    """A recomputed day changes what is shown as evidence of what is open, never a state."""
    failed = {
        (f.portal_id, f.dataset_id, f.rule_id, f.field): f
        for f in facts.findings
        if f.verdict == "failed" and f.severity is not Severity.INFO
    }
    changed = [
        replace(incident, observed=finding.observed, expected=finding.expected)
        for incident in incidents
        if incident.state is not State.RESOLVED
        and (finding := failed.get((incident.portal_id, incident.dataset_id, incident.rule_id, incident.field)))
        and (finding.observed, finding.expected) != (incident.observed, incident.expected)
    ]
    rows = desk.incidents([incident.incident_key for incident in changed])
    desk.save_incidents(renewed(rows.get(each.incident_key), each, at) for each in changed)


def keep(desk: Desk, decision: Decision, rows: Mapping[str, Row], at: datetime) -> None:
    """Write what a decision changed; `rows` are the city's incidents as they were."""
    desk.save_incidents([renewed(rows.get(key), each, at) for key, each in decision.changed.items()])
    desk.add_events(event_row(event, desk.city_id) for event in decision.events)
    desk.forget(decision.forgotten)
