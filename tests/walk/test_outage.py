"""From Airflow's pages alone: an outage is seen, its reason found, one portal tried again, one day loaded.

The full proof alone runs it; docs/runbook.md shows the pictures that `tests.walk.pictures` takes on the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import watched
from tests.walk import outage
from tests.walk.airflow import desk
from tests.warehouse_fixtures import fresh_postgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


@pytest.fixture
def airflow_database() -> Iterator[str]:
    """A PostgreSQL database for Airflow itself; skips (in CI: fails) without a server."""
    yield from fresh_postgres()


def test_an_operator_needs_nothing_but_the_pages(tmp_path: Path, airflow_database: str, browser: Browser) -> None:
    shown: list[str] = []
    with desk(tmp_path, airflow_database) as world, watched(browser, theirs=outage.THEIRS) as seen:
        outage.whole(seen.page, world, lambda _page, name: shown.append(name))
        assert seen.heard() == []
    assert shown[0] == "outage-home"
    assert {"outage-reason", "outage-mended", "outage-loaded", "airflow-observed"} <= set(shown)
