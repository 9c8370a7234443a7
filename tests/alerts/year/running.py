"""Living through the year: turns by the clock, an operator who looks the day after, a sender that delivers to disk."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.pool import QueuePool

from civicgauge.city import City
from civicgauge.pipeline.alerting import holding, running
from civicgauge.pipeline.sending import send_due
from civicgauge.warehouse import engine
from tests.homes import home_at

from .days import Days
from .planting import Ledger, plant
from .world import cities_of

TURNS = (8.5, 14.5, 20.5)  # hours of UTC: after the runs of the east, after those of the west, in the evening
_OPERATOR_AT = timedelta(hours=18)


@dataclass
class Hold:
    """A hold, and what the operator made of it."""

    hold_id: str
    opened_at: datetime
    days: tuple[date, ...]
    ended_at: datetime | None = None
    is_dropped: bool = False


@dataclass
class Year:
    """What was lived through."""

    cities: dict[str, City]
    ledger: Ledger
    days: Days
    turns: list[datetime] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    by_city: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    mails: dict[str, Path] = field(default_factory=dict)
    took: Counter[str] = field(default_factory=Counter)
    decided: int = 0
    incidents: int = 0
    events: int = 0


@contextmanager
def live(folder: Path, n_cities: int, n_days: int, seed: int) -> Iterator[Year]:
    """The year, once it is over, while its home is there."""
    cities = cities_of(n_cities, seed)
    ledger = plant(cities, n_days, seed)
    year = Year(cities, ledger, Days(cities, ledger, seed))
    with home_at(folder) as home, _connections_kept():
        settings = replace(
            home.settings,
            public_url="https://civicgauge.example.org",
            signing_keys=("k" * 40,),
            mail_from="alerts@civicgauge.example.org",
            ops_contacts=("mail:operators@civicgauge.example.org",),
        )
        context = replace(home, settings=settings)
        with context.warehouse() as warehouse:
            for at in _turns(ledger):
                _operator(year, warehouse, at)
                year.days.go_to(at)
                began = time.monotonic()
                turn = running.turn_with(year.days, warehouse, settings, at)
                year.took["turns"] += time.monotonic() - began
                year.turns.append(at)
                year.decided += turn.decided
                _hold(year, turn.hold, at)
                began = time.monotonic()
                send_due(context, at, owner=f"sender {at.isoformat()}", connection=lambda _: None)
                year.took["sending"] += time.monotonic() - began
            _collect(year, warehouse, settings.home / "outbox")
        yield year


@contextmanager
def _connections_kept() -> Iterator[None]:
    """SQLite's connections stay open between transactions: a million of them would each read the schema anew."""
    before = engine.NullPool
    engine.NullPool = QueuePool  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        engine.NullPool = before  # type: ignore[misc]


def _turns(ledger: Ledger) -> Iterator[datetime]:
    day = ledger.first
    while day <= ledger.last:
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        yield from (midnight + timedelta(hours=hour) for hour in TURNS)
        day += timedelta(days=1)


def _hold(year: Year, hold: dict[str, Any] | None, at: datetime) -> None:
    known = {each.hold_id for each in year.holds}
    if hold is not None and hold["hold_id"] not in known:
        year.holds.append(Hold(hold["hold_id"], at, tuple(hold["days"])))


def _operator(year: Year, warehouse: Any, at: datetime) -> None:
    """In the evening of the day after, the operator drops what our bug made, and releases everything else."""
    for hold in year.holds:
        if hold.ended_at is None:
            noon = hold.opened_at.replace(hour=0, minute=0) + timedelta(days=1) + _OPERATOR_AT
            if at >= noon:
                hold.is_dropped = bool(set(hold.days) & set(year.ledger.bug))
                decide = holding.drop if hold.is_dropped else holding.release
                decide(warehouse, hold.hold_id, at=noon, by="operator")
                hold.ended_at = noon


def _collect(year: Year, warehouse: Any, outbox: Path) -> None:
    """Everything that was queued, with what it speaks of; and what lies on disk."""
    alerts = warehouse.alerts
    incidents = {row["incident_key"]: row for row in alerts.incidents()}
    items = defaultdict(list)
    for item in alerts.items():
        told = incidents[item["incident_key"]]
        items[item["notification_id"]].append({**item, "rule_id": told["rule_id"], "dataset_id": told["dataset_id"]})
    by_city = defaultdict(list)
    for row in reversed(alerts.notifications()):
        by_city[row["city_id"]].append({**row, "items": items[row["notification_id"]]})
    year.by_city = dict(by_city)
    year.contacts = {row["contact_id"]: row for row in alerts.contacts()}
    year.mails = {path.stem: path for path in outbox.glob("*/*.eml")}
    year.incidents = len(incidents)
    year.events = len(alerts.events())
