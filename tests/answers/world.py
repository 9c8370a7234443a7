"""Two cities, their contacts and incidents, and the answers app served to real connections."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
import uvicorn

from civicgauge.alerts.forms import Event, Incident, Kind, Severity, State, incident_key
from civicgauge.alerts.signing import Links
from civicgauge.answers import Allowed, create_app
from civicgauge.pipeline.alerting.records import event_row, incident_of, incident_row
from civicgauge.pipeline.context import Context
from civicgauge.warehouse.incidents import contact_id
from tests.homes import home_at
from tests.warehouse import days

NOW = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
TODAY = date(2026, 6, 30)
BASE = "https://answers.example"
OLD_KEY, KEY = "an-old-key-of-the-tests-" + "o" * 20, "a-key-of-the-tests-" + "k" * 20
FREE = Allowed(per_address="100000/minute", per_link="100000/minute")
LATE, BASELINE, PRIVATE, HELD, OPS, PENDING, OTHERS, CLOSED = (
    *("late", "baseline", "private", "held", "ops", "pending", "others", "closed"),
)
CITY = """id: {id}
name: {name}
country: US
state: MO
time_zone: America/Chicago
publication: private
portals:
  - kind: socrata
    url: https://data.{id}.example
"""
CITIES = {"us-mo-springvale": "Springvale", "us-mo-otherton": "Otherton"}
HERE, THERE = CITIES
TITLES = {"budg-0001": "Budget 2026", "permit-01": "Building permits", "crash-001": "Crashes since 2019"}


def contact(city_id: str, role: str, **other: Any) -> dict[str, Any]:
    """A recipient's row."""
    address = f"{role}@{city_id}.example"
    return {
        "contact_id": contact_id(city_id, "mail", address),
        "city_id": city_id,
        "channel": "mail",
        "address": address,
        "role": role,
        "language": "en",
        "cadence": "weekly",
        "weekday": 1,
        "hour": 9,
        "time_zone": "America/Chicago",
        "consent_on": date(2026, 1, 15),
        "created_at": datetime(2026, 1, 15, tzinfo=UTC),
        "is_in_file": True,
        **other,
    }


def incident(
    city_id: str = HERE, dataset_id: str = "permit-01", rule_id: str = "update_on_time", **other: Any
) -> Incident:
    """An incident that was opened ten days ago."""
    values: dict[str, Any] = {
        "incident_key": incident_key(city_id, "main", dataset_id, rule_id),
        "city_id": city_id,
        "portal_id": "main",
        "dataset_id": dataset_id,
        "rule_id": rule_id,
        "field": "",
        "rule_version": 1,
        "audience": "city",
        "state": State.OPEN,
        "severity": Severity.ERROR,
        "since": date(2026, 5, 20),
        "last_seen_on": TODAY,
        "episode": 1,
        "opened_on": date(2026, 6, 20),
        "last_ok_on": date(2026, 5, 19),
        "failed_days": 12,
        "observed": "41 days since the data changed",
        "expected": "a change at least every 7 days",
    }
    return Incident(**{**values, **other})


INCIDENTS = {
    LATE: incident(),
    BASELINE: incident(dataset_id="budg-0001", rule_id="licence_stated", severity=Severity.WARNING, is_baseline=True),
    PRIVATE: incident(rule_id="personal_data_absent", dataset_id="crash-001", is_private=True, released_at=NOW),
    HELD: incident(rule_id="personal_data_absent", dataset_id="permit-01", is_private=True),
    OPS: incident(rule_id="portal_unreachable", dataset_id="", audience="ops"),
    PENDING: incident(rule_id="links_work", state=State.PENDING, episode=0, opened_on=None),
    OTHERS: incident(THERE),
    CLOSED: incident(rule_id="columns_described", state=State.RESOLVED, resolved_on=date(2026, 6, 25)),
}


@dataclass
class World:
    """Where everything lies, the clock, and a client of the served app."""

    context: Context
    links: Links
    client: httpx.Client
    now: datetime = NOW

    def contact_id(self, role: str = "open_data", city_id: str = HERE) -> str:
        """A recipient's id."""
        return str(contact(city_id, role)["contact_id"])

    def case(self, name: str = LATE, page: str = "view", role: str = "open_data", **other: Any) -> str:
        """The path of a link to an incident, for a contact."""
        about = INCIDENTS[name]
        city_id = other.get("city_id", HERE)
        until = other.get("until", self.now + timedelta(days=60))
        episode = other.get("episode", about.episode)
        links = other.get("links", self.links)
        who = self.contact_id(role, city_id)
        return str(links.for_case(who, city_id, about.incident_key, episode, until)[page].removeprefix(BASE))

    def own(self, page: str = "list", role: str = "open_data", city_id: str = HERE) -> str:
        """The path of a contact's own link."""
        until = self.now + timedelta(days=60)
        return self.links.for_contact(self.contact_id(role, city_id), city_id, until)[page].removeprefix(BASE)

    def incident(self, name: str = LATE) -> Incident:
        """The incident as it stands in the warehouse."""
        with self.context.warehouse() as warehouse:
            return incident_of(warehouse.alerts.incidents(key=INCIDENTS[name].incident_key)[0])

    def events(self, name: str = LATE) -> list[dict[str, Any]]:
        """What happened to it."""
        with self.context.warehouse() as warehouse:
            return list(warehouse.alerts.events(key=INCIDENTS[name].incident_key))

    def contacts(self, city_id: str = HERE) -> dict[str, dict[str, Any]]:
        """Recipients by role."""
        with self.context.warehouse() as warehouse:
            return {row["role"]: dict(row) for row in warehouse.alerts.contacts(city_id)}

    def happens(self, event: Kind, name: str = LATE, **change: Any) -> None:
        """Something that the machine does."""
        with self.context.warehouse() as warehouse, warehouse.alerts.desk(INCIDENTS[name].city_id) as desk:
            row = desk.incidents([INCIDENTS[name].incident_key])[INCIDENTS[name].incident_key]
            changed = replace(incident_of(row), **change)
            times = {key: row[key] for key in ("opened_at", "last_seen_at", "resolved_at")}
            desk.save_incidents([incident_row(changed, **times)])
            told = Event(changed.incident_key, changed.episode, event, self.now.date(), self.now)
            desk.add_events([event_row(told, changed.city_id)])

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, those that hold words of people too."""
        with self.context.warehouse() as warehouse, warehouse.engine.connect() as connection:
            names = warehouse._tables.items()
            return {name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr) for name, table in names}


@contextmanager
def served(app: Any, **config: Any) -> Iterator[str]:
    """The app on a port of its own, by uvicorn; gives its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        wanted = {"log_level": "warning", "access_log": False, "server_header": False, **config}
        server = uvicorn.Server(uvicorn.Config(app, **wanted))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def fill(context: Context, titles: dict[str, str] | None = None) -> None:
    """Cities, datasets, contacts, incidents and their first events."""
    for city_id, name in CITIES.items():
        (context.settings.cities / f"{city_id}.yml").write_text(CITY.format(id=city_id, name=name))
    with context.warehouse() as warehouse:
        for city_id in CITIES:
            record = days.run(f"run-{city_id}", TODAY, city_id=city_id)
            rows = [
                days.dataset_row(i, TODAY, title=title, permalink=f"https://data.{city_id}.example/d/{i}")
                for i, title in (titles or TITLES).items()
            ]
            warehouse.commit(days.city_day(record, list(titles or TITLES), datasets=rows))
            with warehouse.alerts.desk(city_id) as desk:
                roles = ("open_data", "privacy") if city_id == HERE else ("open_data",)
                desk.save_contacts([contact(city_id, role) for role in roles])
                found = [each for each in INCIDENTS.values() if each.city_id == city_id]
                opened = NOW - timedelta(days=10)
                desk.save_incidents(
                    [incident_row(each, opened_at=opened, last_seen_at=NOW, resolved_at=None) for each in found]
                )
                desk.add_events(event_row(_first(each), city_id) for each in found)


def _first(about: Incident) -> Event:
    kind = Kind.BASELINE if about.is_baseline else Kind.OPENED if about.episode else Kind.PENDING
    return Event(about.incident_key, about.episode, kind, date(2026, 6, 20), NOW - timedelta(days=10))


@contextmanager
def world_at(folder: Path, warehouse: str | None = None, allowed: Allowed = FREE, **settings: Any) -> Iterator[World]:
    """The world, served."""
    with home_at(folder, warehouse) as plain:
        known = {"public_url": BASE, "signing_keys": (OLD_KEY, KEY), "contact": "opendata-team@example.org"}
        context = Context(replace(plain.settings, **{**known, **settings}))
        fill(context)
        public_url = context.settings.public_url
        links = Links(public_url, context.settings.signing_keys)
        app = create_app(context, clock=lambda: world.now, allowed=allowed)
        with served(app) as address, httpx.Client(base_url=address, trust_env=False) as client:
            world = World(context, links, client)
            yield world
