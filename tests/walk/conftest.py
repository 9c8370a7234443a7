"""A browser, and the observed world, for all walks of one process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from civicgauge.pipeline.context import Context
from tests.browser import opened
from tests.conftest import IN_FULL
from tests.walk.world import CITIES, observed


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser."""
    with opened() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """In CI the one hostile city on one day, in full all three on two days."""
    days = ("2026-06-29", "2026-06-30") if IN_FULL else ("2026-06-30",)
    with observed(tmp_path_factory.mktemp("walk"), *days, cities=CITIES if IN_FULL else CITIES[:1]) as made:
        yield made
