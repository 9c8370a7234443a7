"""The demo's cities served on the loopback, with a lake and a warehouse of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from civicgauge.demo.server import DemoPortals
from civicgauge.registry import load_registry
from civicgauge.warehouse import Warehouse
from tests.homes import few_datasets

AS_OF = date(2026, 6, 30)
ONE_SOCRATA, ONE_CKAN, TWO_PORTALS = "demo-alder-falls", "demo-birchport", "demo-cedar-junction"
CATALOGUES = {"socrata": "/api/catalog", "ckan": "/api/3/action/package_search"}


@dataclass
class World:
    """Three cities, their portals, and the folder in which civicgauge keeps what it makes of them."""

    portals: DemoPortals
    cities: Path
    home: Path

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, datasets: int = 0) -> Iterator[World]:
        """Serve the portals, write the city files with so many chosen datasets each, make the warehouse."""
        with DemoPortals(AS_OF) as portals:
            world = cls(portals, folder / "cities", folder / "home")
            portals.write_cities(world.cities)
            few_datasets(world.cities, datasets)
            world.home.mkdir()
            with Warehouse(world.warehouse_url) as warehouse:
                warehouse.upgrade()
            yield world

    @property
    def warehouse_url(self) -> str:
        """Where the tables are."""
        return f"sqlite:///{self.home / 'warehouse.sqlite'}"

    @property
    def settings(self) -> dict[str, str]:
        """The environment that leads civicgauge here."""
        return {
            "CIVICGAUGE_HOME": str(self.home),
            "CIVICGAUGE_CITIES": str(self.cities),
            "CIVICGAUGE_WAREHOUSE": self.warehouse_url,
            "CIVICGAUGE_LAKE": str(self.home / "lake"),
            "CIVICGAUGE_ALLOW_PRIVATE_HOSTS": "1",
        }

    @property
    def environ(self) -> dict[str, str]:
        """The same in this process's environment."""
        return os.environ | self.settings

    @property
    def city_ids(self) -> list[str]:
        """The three cities."""
        return sorted(load_registry(self.cities)[0])

    def observe(self, city_id: str, day: str) -> None:
        """Observe a city for a day from the command line, which stores a snapshot of that day."""
        command = [sys.executable, "-m", "civicgauge", "observe", city_id, "--as-of", day]
        subprocess.run(command, env=self.environ, check=True, capture_output=True)

    def choose(self, city_id: str, *dataset_ids: str) -> None:
        """Let a city's file name these datasets of its first portal, and no others."""
        path = self.cities / f"{city_id}.yml"
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        told["datasets"] = [{"portal": told["portals"][0]["id"], "id": dataset_id} for dataset_id in dataset_ids]
        path.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")

    def connect(self, city_id: str, connection: str) -> None:
        """Let a city's file name an Airflow connection for its first portal."""
        path = self.cities / f"{city_id}.yml"
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        told["portals"][0]["connection"] = connection
        path.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True), encoding="utf-8")

    def break_all(self) -> None:
        """Let no portal answer anything."""
        for key in self.portals.urls:
            self.portals.faults(key).add("503")

    def mend_portals(self) -> None:
        """Let all portals answer well again."""
        for key in self.portals.urls:
            self.portals.faults(key).clear()

    def break_portal(self, city_id: str, times: int | None = None, kind: str = "html200") -> str:
        """Let the catalogue of a city's first portal answer wrongly (for so many requests); the portal's id."""
        portal = load_registry(self.cities)[0][city_id].portals[0]
        key = next(key for key, url in self.portals.urls.items() if url == portal.base_url)
        self.portals.faults(key).add(kind, path=CATALOGUES[portal.kind], times=times)
        return portal.id

    def rows(self, table: str, **where: str) -> list[dict[str, Any]]:
        """Rows of a table of the warehouse, without what differs from attempt to attempt."""
        with Warehouse(self.warehouse_url) as warehouse:
            found = [dict(row) for row in warehouse.rows(table)]
        kept = [row for row in found if all(str(row[key]) == value for key, value in where.items())]
        return [
            {key: value for key, value in row.items() if key not in ("run_id", "as_of", "recorded_at")} for row in kept
        ]

    def snapshots(self, city_id: str) -> list[str]:
        """The committed snapshots of a city in the lake, as paths."""
        raw = self.home / "lake" / "raw" / city_id
        return sorted(str(path.parent.relative_to(raw)) for path in raw.glob("*/*/*/manifest.json"))
