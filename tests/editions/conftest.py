"""One city observed once, in a home that is copied; an edition of it, frozen, contested and corrected, likewise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from civicgauge.demo.server import DemoPortals
from civicgauge.pipeline import observing
from civicgauge.pipeline.context import Context
from tests.editions import world
from tests.homes import few_datasets, home_at
from tests.pipeline.conftest import AS_OF, demo, quicken

__all__ = ["demo"]


@pytest.fixture(scope="session")
def observed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the city was observed once, with the rows of one dataset."""
    home = tmp_path_factory.mktemp("editions") / "observed"
    with DemoPortals(AS_OF) as portals, home_at(home) as context:
        portals.write_cities(context.settings.cities)
        few_datasets(context.settings.cities, 1)
        quicken(context.settings.cities)
        (result,) = observing.observe(context, [world.CITY], "2026-06-30")
        assert result.outcome == "complete"
    return home


@pytest.fixture(scope="session")
def frozen_home(observed_home: Path) -> Path:
    """The same, with an edition that was frozen and corrected once."""
    home = observed_home.with_name("frozen")
    shutil.copytree(observed_home, home)
    with home_at(home) as context:
        world.the_way(context)
        world.corrected(context, given=world.given())
    return home


@pytest.fixture
def observed(observed_home: Path, tmp_path: Path) -> Iterator[Context]:
    """A copy of the home in which nothing was judged yet."""
    shutil.copytree(observed_home, tmp_path / "home")
    with home_at(tmp_path / "home") as context:
        yield context


@pytest.fixture
def frozen(frozen_home: Path, tmp_path: Path) -> Iterator[Context]:
    """A copy of the home with the frozen edition."""
    shutil.copytree(frozen_home, tmp_path / "home")
    with home_at(tmp_path / "home") as context:
        yield context
