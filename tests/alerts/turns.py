"""Whole turns over days that a test writes down: decided, told, delivered to disk; for tests read like a diary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from civicgauge.alerts.forms import DayFacts, Finding, Severity, Verdict, incident_key
from civicgauge.city import City, Contact, Portal
from civicgauge.model import RunRecord
from civicgauge.pipeline.alerting import running
from civicgauge.pipeline.alerting.source import About, is_timely
from civicgauge.pipeline.columns import checks_of
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.sending import SendReport, send_due
from civicgauge.quality.form import Check
from civicgauge.warehouse import Warehouse

from .year.world import EXPECTATIONS

FIRST = date(2026, 3, 2)  # a Monday
HERE = "alder-falls"
LATE, LINKS, ROWS, PRIVATE = "update_on_time", "links_work", "rows_present", "personal_data_absent"
DAILY = Contact(email="data@alder.example", role="open_data", cadence="daily", hour=9, consent=date(2026, 1, 1))


def day_of(number: int) -> date:
    """Day 1 is the first."""
    return FIRST + timedelta(days=number - 1)


def at_of(number: int, hour: float = 15) -> datetime:
    """That hour of the day in UTC."""
    return datetime.combine(day_of(number), datetime.min.time(), tzinfo=UTC) + timedelta(hours=hour)


def city(city_id: str = HERE, *contacts: Contact, portals: Sequence[str] = ("main",), **more: Any) -> City:
    """A city with portals of these ids; with one daily contact unless others are named."""
    made = tuple(Portal(id=each, kind="ckan", url=f"https://{each}.{city_id}.example") for each in portals)
    told: dict[str, Any] = {"country": "US", "time_zone": "UTC", "name": city_id.title()}
    return City(id=city_id, portals=made, contacts=contacts or (DAILY,), **(told | more))


def key_of(rule: str, dataset: str = "permits", city_id: str = HERE, portal: str = "main") -> str:
    """The key of an incident."""
    return incident_key(city_id, portal, dataset, rule)


def found(verdict: Verdict, rule: str = LINKS, dataset: str = "permits", portal: str = "main", **more: Any) -> Finding:
    """One finding."""
    told = {"severity": Severity.WARNING, "observed": "as it was seen", "expected": "as it is asked"}
    return Finding(portal, dataset, rule, verdict, **(told | more))


@dataclass
class Diary:
    """A Source of days that are written down one by one."""

    context: Context
    cities: dict[str, City] = field(default_factory=lambda: {HERE: city()})
    checks: dict[str, Check] = field(default_factory=lambda: {c.id: c for c in checks_of(EXPECTATIONS)})
    stored: dict[str, list[RunRecord]] = field(default_factory=dict)
    findings: dict[tuple[str, date], tuple[Finding, ...]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def write(self, number: int, *findings: Finding, city_id: str = HERE, **run: Any) -> None:
        """Store a day of a city, read at six in the morning."""
        day, began = day_of(number), at_of(number, 6)
        told: dict[str, Any] = {
            "run_id": f"{city_id}.{day}",
            "city_id": city_id,
            "day": day,
            "as_of": began,
            "started_at": began,
            "ended_at": began + timedelta(minutes=10),
            "outcome": "complete",
            "method_version": "1",
            "config_digest": "0",
        }
        self.stored.setdefault(city_id, []).append(RunRecord(**(told | run)))
        self.findings[city_id, day] = findings

    def runs(self, _warehouse: Warehouse, city_id: str, since: date | None = None) -> Sequence[RunRecord]:
        found = sorted(self.stored.get(city_id, ()), key=lambda run: (run.day, run.ended_at))
        current = {run.day: run for run in found}
        return [run for day, run in current.items() if since is None or day >= since]

    def attempts(self, _warehouse: Warehouse, since: date) -> Sequence[RunRecord]:
        return [run for runs in self.stored.values() for run in runs if run.day >= since]

    def facts(self, city: City, run: RunRecord) -> DayFacts:
        if city.id in self.broken:
            raise RuntimeError("its day cannot be read")
        told = self.findings[city.id, run.day]
        return DayFacts(
            city.id,
            run.day,
            is_timely(city, run),
            told,
            frozenset(),
            run.started_at,
            frozenset(p.id for p in city.portals),
        )

    def titles(self, _warehouse: Warehouse, city_id: str) -> Mapping[tuple[str, str], About]:
        return {}

    def points(self, city_id: str, day: date) -> Sequence[tuple[str, int, int]]:
        return [("Updated on time", 1, 2)]

    # ------------------------------------------------------------ what is done with it

    def turn(self, number: int, hour: float = 15) -> running.Turn:
        """One turn at that hour."""
        with self.context.warehouse() as warehouse:
            return running.turn_with(self, warehouse, self.context.settings, at_of(number, hour))

    def live(self, number: int, *findings: Finding, hour: float = 15) -> list[str]:
        """Store a day, take a turn, and say what cities were told in it."""
        self.write(number, *findings)
        return self.told(self.turn(number, hour))

    def told(self, turn: running.Turn) -> list[str]:
        """Kind, and each notice, of the messages of a turn."""
        with self.context.warehouse() as warehouse:
            items = {q.notification_id: warehouse.alerts.items(notification_id=q.notification_id) for q in turn.queued}
        return [f"{q.kind}:{','.join(i['notice'] for i in items[q.notification_id])}" for q in turn.queued]

    def send(self, number: int, hour: float = 15) -> SendReport:
        """Deliver to disk what is due."""
        return send_due(self.context, at_of(number, hour), owner=f"{number} {hour}", connection=lambda _: None)

    def rename(self, **changes: Any) -> None:
        """Change the settings."""
        self.context = replace(self.context, settings=replace(self.context.settings, **changes))
