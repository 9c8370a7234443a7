"""Every defect planted in the demo's rows is found by its check, and no check finds one that was not planted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from civicgauge.demo.server import DemoPortals
from civicgauge.pipeline import observing
from civicgauge.pipeline.columns import COLUMNS
from civicgauge.quality.checks import load_checks
from tests.demo.test_demo_expected import EXPECTATIONS, indicator_differences
from tests.homes import home_at

EXPECTED = yaml.safe_load((Path(__file__).parent / "rows_expected.yml").read_text(encoding="utf-8"))
START = date(2026, 6, 26)
DAYS = [START + timedelta(days=n) for n in range(5)]  # the usual lag takes three versions after the first
Found = dict[tuple[str, str], set[str]]

pytestmark = pytest.mark.slow


@dataclass
class World:
    """The warehouse's rows after the demo's first days, and the datasets' names in rows_expected.yml by their ids."""

    results: list[dict[str, Any]]
    days: list[dict[str, Any]]
    values: list[dict[str, Any]]
    names: dict[str, tuple[str, str]]

    def found(self, day: date, *outcomes: str) -> Found:
        """Checks on rows of these outcomes, by (portal, dataset)."""
        seen: Found = defaultdict(set)
        for row in self.results:
            if row["day"] == day and row["outcome"] in outcomes and row["check_id"] in ON_ROWS:
                seen[self.names[row["dataset_id"]]].add(row["check_id"])
        return dict(seen)


ON_ROWS = {check.id for check in load_checks(EXPECTATIONS, COLUMNS) if check.is_landed}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with DemoPortals(START) as demo, home_at(tmp_path_factory.mktemp("rows") / "home") as context:
        demo.write_cities(context.settings.cities)
        for day in DAYS:
            demo.set_as_of(day)
            results = observing.observe(context, [], day.isoformat())
            assert {r.city_id: (r.outcome, r.problems) for r in results} == {
                city_id: ("complete", {}) for city_id in EXPECTED["indicators"]
            }
        names = {demo.dataset_id(key, name): (key, name) for key, told in EXPECTED["failed"].items() for name in told}
        with context.warehouse() as warehouse:
            tables = [warehouse.rows(t) for t in ("check_result", "dataset_day", "indicator_value")]
        yield World(*tables, names)


def expected_on(day: date) -> Found:
    """What is planted, as rows_expected.yml has it."""
    begun = ["failed"] + (["failed_from_day_4"] if day >= START + timedelta(days=4) else [])
    found: Found = defaultdict(set)
    for part in begun:
        for key, told in EXPECTED[part].items():
            for name, checks in told.items():
                found[key, name] |= set(checks)
    return {place: checks for place, checks in found.items() if checks}


@pytest.mark.parametrize("day", DAYS)
def test_all_that_was_planted_is_found_and_nothing_else(world: World, day: date) -> None:
    assert world.found(day, "failed") == expected_on(day)
    assert world.found(day, "errored") == {}
    tables = {(key, name) for key, told in EXPECTED["failed"].items() for name in told}
    assert set(world.found(day, "passed")) == tables, "every chosen table was judged"


def test_every_check_on_rows_has_a_planted_defect() -> None:
    planted = {check for checks in expected_on(DAYS[-1]).values() for check in checks}
    assert planted == ON_ROWS


@pytest.mark.parametrize("day", DAYS)
def test_only_the_table_whose_events_stop_is_late_by_its_events(world: World, day: date) -> None:
    late = {
        world.names[row["dataset_id"]]: row["freshness_status"]
        for row in world.days
        if row["day"] == day and row["age_basis"] == "newest_event"
    }
    told = EXPECTED["late_by_newest_event_from_day_4"] if day == DAYS[4] else {}
    assert late == {(key, name): status for key, names in told.items() for name, status in names.items()}


@pytest.mark.parametrize("day", [DAYS[0], DAYS[4]])
def test_indicators_of_rows(world: World, day: date) -> None:
    wrong: list[str] = []
    for city_id, first in EXPECTED["indicators"].items():
        told = first | (EXPECTED["indicators_on_day_4"].get(city_id, {}) if day == DAYS[4] else {})
        mine = [row for row in world.values if (row["city_id"], row["day"]) == (city_id, day)]
        wrong += indicator_differences(city_id, told, {row["indicator_id"]: SimpleNamespace(**row) for row in mine})
    assert wrong == []
