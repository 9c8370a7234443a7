"""Three small measured cities: one public with a badge, one shared with its city, one private; contacts in each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from civicgauge.alerts.signing import Links
from civicgauge.pipeline.context import Context
from civicgauge.warehouse.incidents import contact_id
from tests.answers.world import contact
from tests.homes import home_at
from tests.warehouse import days

BASE, KEY = "https://pages.example/gauge", "a-key-of-the-tests-" + "k" * 20
DAY, NOW = date(2026, 6, 30), datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
OPEN, SHARED, PRIVATE = "us-mo-openton", "us-mo-sharedville", "us-mo-privateburg"
NAMES = {OPEN: "Openton", SHARED: "Sharedville", PRIVATE: "Privateburg"}
PUBLICATION = {OPEN: "public", SHARED: "shared_with_city", PRIVATE: "private"}
DECIDED = [(city_id, "main", "permit-01") for city_id in (OPEN, SHARED, PRIVATE)]
HOSTILE = "<script>alert(1)</script>\u202e=1+1"
_FILE = """id: {id}
name: {name}
country: US
state: MO
time_zone: America/Chicago
publication: {publication}
{badge}portals:
  - kind: socrata
    url: https://data.{id}.example
"""
_CONTACTS = """contacts:
  - {{email: open_data@{id}.example, role: open_data, consent: 2026-01-15}}
"""


@contextmanager
def published(folder: Path, address: str | None = None, **settings: object) -> Iterator[Context]:
    """The home; `settings` replace some of its settings. `address`: another warehouse than a SQLite file in it."""
    with home_at(folder, address) as plain:
        context = Context(replace(plain.settings, contact="team@example.org", **settings))
        for city_id in NAMES:
            write_file(context, city_id)
        with context.warehouse() as warehouse:
            for city_id in NAMES:
                record = days.run(f"run-{city_id}", DAY, city_id=city_id)
                ids = ["permit-01", "odd id/with ~ signs"]
                rows = [days.dataset_row(each, DAY, title=f"{each} {HOSTILE}") for each in ids]
                warehouse.commit(days.city_day(record, ids, datasets=rows))
                with warehouse.alerts.desk(city_id) as desk:
                    desk.save_contacts([contact(city_id, "open_data")])
            publish_as_filed(context)
        yield context


def write_file(
    context: Context, city_id: str, *, badge: bool | None = None, publication: str | None = None, contacts: bool = True
) -> None:
    """The city's file."""
    wants = city_id == OPEN if badge is None else badge
    said = publication or PUBLICATION[city_id]
    form = _FILE + (_CONTACTS if contacts else "")
    text = form.format(id=city_id, name=NAMES[city_id], publication=said, badge="badge: true\n" if wants else "")
    (context.settings.cities / f"{city_id}.yml").write_text(text, encoding="utf-8")


def publish_as_filed(context: Context) -> None:
    """Let the committed rows say the same as the files."""
    with context.warehouse() as warehouse, warehouse.engine.begin() as connection:
        city = warehouse._tables["city"]
        for city_id, said in PUBLICATION.items():
            named = sa.update(city).where(city.c.city_id == city_id)
            connection.execute(named.values(publication=said, name=NAMES[city_id]))


def link_to_pages(city_id: str, until: datetime = NOW + timedelta(days=60), keys: tuple[str, ...] = (KEY,)) -> str:
    """The path of the link in a message to the city's contact."""
    who = contact_id(city_id, "mail", f"open_data@{city_id}.example")
    return Links(BASE, keys).for_contact(who, city_id, until)["pages"].removeprefix(BASE)
