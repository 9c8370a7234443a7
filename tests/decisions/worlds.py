"""Demo cities whose days are stored, for decisions on them: observed once for a whole module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from civicgauge.demo.server import DemoPortals
from civicgauge.model import IndicatorValue, RunRecord
from civicgauge.pipeline import judging, observing, parquet
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing.decided import Decided, as_decided
from tests.homes import home_at
from tests.pipeline.conftest import AS_OF, CITIES, quicken

ALDER, BIRCH = CITIES[0], CITIES[1]
FIRST, DAY = date(2026, 6, 29), date(2026, 6, 30)
AT = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
PERMITS = "p4mx-82ty"
ZEROS = "0" * 64
Row = dict[str, Any]


@dataclass
class World:
    """A home with two demo cities: of Alder Falls two days, of Birchport one."""

    context: Context
    portals: DemoPortals

    def run(self, city_id: str, day: date = DAY) -> RunRecord:
        with self.context.warehouse() as warehouse:
            found = warehouse.current_run(city_id, day)
        assert found is not None
        return found

    def measured(self, city_id: str, day: date = DAY) -> dict[str, IndicatorValue]:
        """The values as measured, by indicator."""
        return by_id(judging.read_values(self.context, self.run(city_id, day).results_attempt or ""))

    def datasets(self, city_id: str, folder: str | None = None) -> dict[str, Row]:
        """The landed rows of a city's day, by entry: as measured, or of a folder of values."""
        return {row["dataset_id"]: row for row in self.rows("datasets", city_id, folder)}

    def rows(self, name: str, city_id: str, folder: str | None = None) -> list[Row]:
        """A table of the landed catalogue behind the values of a folder; of the measured ones unless given."""
        results = folder or self.run(city_id).results_attempt or ""
        catalog = judging.manifest_of(self.context, results)["catalog"]
        manifest = judging.manifest_of(self.context, catalog)
        return parquet.read_rows(self.context.lake, catalog, f"{name}.parquet", manifest)

    def decided(self, city_id: str, *rows: Row) -> Decided:
        """The day as decided."""
        found = as_decided(self.context, self.run(city_id), rows)
        assert found is not None
        return found


def decision(dataset_id: str, field: str, decided: str, **more: Any) -> Row:
    """A decision in force, as far as the day asks for it."""
    key = f"d-{dataset_id[:4]}-{field}"
    return {
        "decision_id": key,
        "portal_id": "main",
        "dataset_id": dataset_id,
        "field": field,
        "decided": decided,
    } | more


def by_id(values: list[IndicatorValue]) -> dict[str, IndicatorValue]:
    return {value.indicator_id: value for value in values}


def choose(folder: Path, city_id: str, dataset_id: str) -> None:
    """Let one city choose one dataset, and the others none."""
    for path in folder.glob("*.yml"):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        chosen = [each for each in told["datasets"] if (path.stem, each["id"]) == (city_id, dataset_id)]
        path.write_text(yaml.safe_dump({**told, "datasets": chosen}, sort_keys=False), encoding="utf-8")


@contextmanager
def stored(folder: Path) -> Iterator[World]:
    """The home, with the rows of one table; a monthly promise that is not kept is loosened on the second day."""
    with DemoPortals(AS_OF) as portals, home_at(folder) as context:
        portals.write_cities(context.settings.cities)
        choose(context.settings.cities, ALDER, PERMITS)
        quicken(context.settings.cities)
        observing.observe(context, [ALDER], FIRST.isoformat())
        portals.change("alder-falls", "edit", "r2hd-9kvc", frequency="Annually")
        observing.observe(context, [ALDER, BIRCH], DAY.isoformat())
        yield World(context, portals)
