"""A home with the three demo cities on demo portals that the test can break, on both databases in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from civicgauge.demo.server import DemoPortals
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.observing import CityDayResult
from tests.homes import few_datasets, home_at

AS_OF = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
CITIES = ("demo-alder-falls", "demo-birchport", "demo-cedar-junction")


@dataclass
class Demo:
    """The portals and the home that observes them."""

    portals: DemoPortals
    context: Context
    warehouse_url: str

    @property
    def home(self) -> Path:
        return self.context.settings.home

    def observe(self, *cities: str, as_of: str = "2026-06-30") -> dict[str, CityDayResult]:
        """Observe (all) cities in this process; results by city."""
        return {result.city_id: result for result in observing.observe(self.context, list(cities), as_of)}

    def break_with(self, portal: str, kind: str, **how: object) -> None:
        """Add a fault to a portal."""
        self.portals.faults(portal).add(kind, **how)


@pytest.fixture
def demo(tmp_path: Path, warehouse_url: str, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """The home; each city chooses as many datasets as the module's DATASETS says, none unless given."""
    url = (
        warehouse_url if warehouse_url.startswith("postgres") else f"sqlite:///{tmp_path / 'home' / 'warehouse.sqlite'}"
    )
    with DemoPortals(AS_OF) as portals, home_at(tmp_path / "home", url) as context:
        portals.write_cities(context.settings.cities)
        few_datasets(context.settings.cities, getattr(request.module, "DATASETS", 0))
        quicken(context.settings.cities)
        yield Demo(portals, context, url)


def quicken(folder: Path) -> None:
    """Let tests ask fifty times a second; loopback needs no politeness."""
    for path in folder.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        if "requests_per_second" not in text:
            path.write_text(text.replace("  url:", "  requests_per_second: 50\n  url:"), encoding="utf-8")
