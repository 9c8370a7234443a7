"""A Source that is written by hand: what a city's day found, and when its run had ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from civicgauge.alerts.forms import DayFacts, Finding
from civicgauge.city import City, Contact, Portal
from civicgauge.errors import LakeDamaged
from civicgauge.model import RunRecord
from civicgauge.pipeline.alerting.source import About, is_timely
from civicgauge.quality.form import Check
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse

from .stories import CITY, day_of
from .year.world import checks


def city_of(city_id: str = CITY, *contacts: Contact, **more: Any) -> City:
    """A city in Chicago with one portal, and a contact that gets its digest at nine each working day."""
    facts: dict[str, Any] = {
        "id": city_id,
        "name": "Alder Falls",
        "country": "US",
        "time_zone": "America/Chicago",
        "portals": (Portal(kind="socrata", url="https://data.alderfalls.example"),),
        "contacts": contacts or (contact_of(city_id),),
    }
    return City(**(facts | more))


def contact_of(city_id: str = CITY, role: str = "open_data", **more: Any) -> Contact:
    """A contact that agreed long ago."""
    facts: dict[str, Any] = {
        "email": f"{role}@{city_id}.example",
        "role": role,
        "cadence": "daily",
        "hour": 9,
        "consent": date(2026, 1, 1),
    }
    return Contact(**(facts | more))


def local(number: int, hour: float, zone: str = "America/Chicago") -> datetime:
    """That hour in Chicago, on day 1, 2, 3 of the story."""
    from zoneinfo import ZoneInfo

    day = day_of(number)
    at = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(hours=hour)
    return at.astimezone(UTC)


@dataclass
class Diary:
    """Cities, and their days."""

    made: dict[str, City] = field(default_factory=lambda: {CITY: city_of()})
    all_runs: list[RunRecord] = field(default_factory=list)
    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)

    def day(
        self,
        number: int,
        *findings: Finding,
        city: str = CITY,
        ended: datetime | None = None,
        outcome: str = "complete",
        mark: str = "a",
    ) -> RunRecord:
        """A run, by default ended at six in the morning of its day."""
        end = ended or local(number, 6)
        run = RunRecord(
            run_id=f"{city}.{day_of(number)}.{mark}",
            city_id=city,
            day=day_of(number),
            as_of=end,
            started_at=end - timedelta(minutes=30),
            ended_at=end,
            outcome=outcome,
            method_version="1",
            config_digest="0",
            problem=None if outcome == "complete" else "main: no answer",
        )
        self.all_runs.append(run)
        self.found[run.run_id] = findings
        return run

    @property
    def cities(self) -> Mapping[str, City]:
        return self.made

    @property
    def checks(self) -> Mapping[str, Check]:
        return checks()

    def runs(self, _warehouse: Warehouse, city_id: str, since: date | None = None) -> Sequence[RunRecord]:
        current: dict[date, RunRecord] = {}
        for run in self.all_runs:
            if run.city_id == city_id and run.outcome != "not_measured" and (since is None or run.day >= since):
                current[run.day] = run
        return [current[day] for day in sorted(current)]

    def attempts(self, _warehouse: Warehouse, since: date) -> Sequence[RunRecord]:
        return [run for run in self.all_runs if run.day >= since]

    def facts(self, city: City, run: RunRecord) -> DayFacts:
        if run.run_id in self.damaged:
            raise LakeDamaged(f"{run.run_id}: its results are gone")
        return DayFacts(city.id, run.day, is_timely(city, run), self.found[run.run_id], frozenset(), run.started_at)

    def titles(self, _warehouse: Warehouse, _city_id: str) -> Mapping[tuple[str, str], About]:
        return defaultdict(lambda: About("", ""), {("main", "permits"): About("Building Permits", "https://x.example")})

    def points(self, _city_id: str, _day: date) -> Sequence[tuple[str, int, int]]:
        return [("Updated on time", 1, 4)]


def settings_in(folder: Path, **more: Any) -> Settings:
    """Settings of which alerts read the addresses alone."""
    facts: dict[str, Any] = {
        "home": folder,
        "cities": folder,
        "expectations": folder,
        "warehouse": "",
        "lake": "",
        "mail_from": "alerts@civicgauge.example.org",
    }
    return Settings(**(facts | more))
