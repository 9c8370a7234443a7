"""The demo cities observed on two days, and their pages served standing alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from civicgauge.answers import Allowed
from civicgauge.answers.together import create_site
from civicgauge.demo.server import DemoPortals
from civicgauge.pages import create_app
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.showing import STAFF, Shown, Viewer
from tests.answers.world import served
from tests.homes import few_datasets, home_at
from tests.pipeline.conftest import quicken

DAYS = ("2026-06-29", "2026-06-30")
NOW = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
CITIES = ("demo-alder-falls", "demo-birchport", "demo-cedar-junction")
FREE = Allowed(per_address="100000/minute", per_link="100000/minute", pages_per_address="100000/minute")


@dataclass(frozen=True)
class Walk:
    """What was observed."""

    context: Context
    portals: DemoPortals

    @contextmanager
    def site(self, viewer: Viewer = STAFF) -> Iterator[str]:
        """The pages, served; gives their address."""
        app, _ = create_site(self.context, viewer, clock=lambda: NOW, allowed=FREE)
        with served(app) as address:
            yield address

    def kind(self, path: str) -> str:
        """The route behind a path: pages of one kind have the same one."""
        pages = create_app(Shown(self.context, lambda: NOW), lambda _: STAFF, contact="")
        routes = [route for route in pages.routes if getattr(route, "path_regex", None)]
        return next(route.path for route in routes if route.path_regex.match(path))  # type: ignore[attr-defined]


@contextmanager
def walked(
    folder: Path, days: tuple[str, ...] = DAYS, datasets: int = 2, cities: tuple[str, ...] = CITIES
) -> Iterator[Walk]:
    """The world, with so many datasets of each city pulled."""
    with DemoPortals(NOW) as portals, home_at(folder / "home") as context:
        portals.write_cities(context.settings.cities)
        few_datasets(context.settings.cities, datasets)
        quicken(context.settings.cities)
        yield Walk(context, portals)


def observe(walk: Walk, days: tuple[str, ...] = DAYS, cities: tuple[str, ...] = CITIES) -> None:
    """Observe cities on days, in this process."""
    for day in days:
        for result in observing.observe(walk.context, list(cities), day):
            assert result.outcome in ("complete", "partial"), result
