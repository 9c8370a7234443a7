"""Demo portals for a test: one set for all that only read, a fresh one for those that change something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from civicgauge.demo.server import DemoPortals

DAY = date(2026, 6, 30)


@pytest.fixture(scope="session")
def portals() -> Iterator[DemoPortals]:
    with DemoPortals(DAY) as demo:
        yield demo


@pytest.fixture
def fresh() -> Iterator[DemoPortals]:
    with DemoPortals(DAY, control=True) as demo:
        yield demo
