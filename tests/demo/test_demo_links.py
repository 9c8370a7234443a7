"""The state of every link planted in the demo is found, on its first day and when its troubles have persisted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from civicgauge.demo.server import DemoPortals
from civicgauge.pipeline import observing, parquet
from civicgauge.pipeline.context import Context
from tests.demo.test_demo_expected import indicator_differences
from tests.homes import few_datasets, home_at

EXPECTED = yaml.safe_load((Path(__file__).parent / "links_expected.yml").read_text(encoding="utf-8"))
START = date(2026, 6, 26)
CITIES = list(EXPECTED["datasets"])

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """The demo's first four days, without rows."""
    with DemoPortals(START) as demo, home_at(tmp_path_factory.mktemp("links") / "home") as context:
        demo.write_cities(context.settings.cities)
        few_datasets(context.settings.cities, 0)
        for number in range(4):
            demo.set_as_of(START + timedelta(days=number))
            results = observing.observe(context, [], (START + timedelta(days=number)).isoformat())
            assert [(r.outcome, r.problems) for r in results] == [("complete", {})] * len(CITIES)
        yield context


def landed(context: Context, city_id: str, day: date) -> dict[str, dict[str, Any]]:
    """The landed datasets that have links, by title."""
    with context.warehouse() as warehouse:
        run = warehouse.current_run(city_id, day)
    assert run is not None
    assert run.catalog_attempt is not None
    manifest = context.lake.manifest(run.catalog_attempt) or {}
    rows = parquet.read_rows(context.lake, run.catalog_attempt, "datasets.parquet", manifest)
    return {row["title"]: row for row in rows if row["links_count"]}


@pytest.mark.parametrize("number", [0, 3])
@pytest.mark.parametrize("city_id", CITIES)
def test_the_links_of_a_city(world: Context, city_id: str, number: int) -> None:
    rows, told = landed(world, city_id, START + timedelta(days=number)), EXPECTED["datasets"][city_id]
    assert {title: row["links_state"] for title, row in rows.items()} == {t: said[number] for t, said in told.items()}
    if number == 3:
        evidence = {title: said["evidence"].replace("{day 0}", START.isoformat()) for title, said in told.items()}
        assert {title: row["links_evidence"] for title, row in rows.items()} == evidence


@pytest.mark.parametrize("number", [0, 3])
@pytest.mark.parametrize("city_id", CITIES)
def test_the_indicators_on_links(world: Context, city_id: str, number: int) -> None:
    with world.warehouse() as warehouse:
        values = warehouse.indicator_values(city_id, START + timedelta(days=number))
    found = {value.indicator_id: value for value in values}
    assert list(indicator_differences(city_id, EXPECTED["indicators"][number][city_id], found)) == []
