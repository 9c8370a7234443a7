"""The demo cities, some of them hostile, observed once; and their pages served standing alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml

from civicgauge.answers import Allowed
from civicgauge.answers.together import create_site
from civicgauge.demo.server import DemoPortals
from civicgauge.pages import create_app
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.showing import STAFF, Shown, Viewer
from tests.answers.world import served
from tests.homes import few_datasets, home_at
from tests.judged import judge
from tests.pipeline.conftest import quicken
from tests.walk.hostile import PEOPLES, spoil

NOW = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
CITIES = ("demo-cedar-junction", "demo-alder-falls", "demo-birchport")
OTHERS = {"id": "others", "title": "Those beside"}
#: What people write of an entry that they decide on; one that is spoiled comes first.
SPOILED = "c2pd-7hqm"
WORDS = "The terms that the portal links to were read: they are those of CC BY 4.0."
CONTACT = "opendata-team@example.org"
FREE = Allowed(per_address="100000/minute", per_link="100000/minute", pages_per_address="100000/minute")


@contextmanager
def observed(folder: Path, *days: str, cities: tuple[str, ...] = CITIES, is_hostile: bool = True) -> Iterator[Context]:
    """A home with the demo cities, of which the first one's portals are hostile, observed on these days."""
    moments = [datetime.fromisoformat(f"{day}T22:00:00Z") for day in days]
    with DemoPortals(moments[0]) as portals, home_at(folder / "home") as context:
        portals.write_cities(context.settings.cities)
        few_datasets(context.settings.cities, 1)
        quicken(context.settings.cities)
        if is_hostile:
            spoil(portals)
        for day, moment in zip(days, moments, strict=True):
            portals.set_as_of(moment)
            for result in observing.observe(context, list(cities), day):
                assert result.outcome in ("complete", "partial"), result
        cohorts = folder / "cohorts.yml"
        groups = ({"id": "demo", "title": "The demo", "cities": list(CITIES)}, {**OTHERS, "cities": list(CITIES[1:])})
        cohorts.write_text(yaml.safe_dump({"cohorts": list(groups)}))
        judge(context, [_decided_on(context, city_id) for city_id in cities], PEOPLES if is_hostile else WORDS)
        yield Context(replace(context.settings, contact=CONTACT, cohorts=cohorts))


def _decided_on(context: Context, city_id: str) -> tuple[str, str, str]:
    """A city's entry to be decided on: the spoiled one, else the first of all that are counted."""
    with context.warehouse() as warehouse:
        rows = [row for row in warehouse.rows("dataset", city_ids=[city_id]) if row["is_counted"]]
    row = next((each for each in rows if each["dataset_id"] == SPOILED), rows[0])
    return city_id, row["portal_id"], row["dataset_id"]


@dataclass(frozen=True)
class Site:
    """The pages served, by `civicgauge serve` or by Airflow; `start` is the address of their first page."""

    start: str
    kind: Callable[[str], str]


@contextmanager
def alone(context: Context, viewer: Viewer = STAFF) -> Iterator[Site]:
    """As `civicgauge serve` has them."""
    app, _ = create_site(context, viewer, clock=lambda: NOW, allowed=FREE)
    with served(app) as address:
        yield Site(f"{address}/cities/", kinds(context))


def kinds(context: Context, below: str = "/") -> Callable[[str], str]:
    """What tells the kind of a page from its path: the route behind it. `below`: where the pages begin."""
    pages = create_app(Shown(context), lambda _: STAFF, contact="")
    routes = [route for route in pages.routes if hasattr(route, "path_regex") and hasattr(route, "path")]

    def kind(path: str) -> str:
        own = f"/{path.removeprefix(below)}"
        return next(str(route.path) for route in routes if route.path_regex.match(own))

    return kind
