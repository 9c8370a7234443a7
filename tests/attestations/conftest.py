"""A home with two cities, and proofs that are served on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from civicgauge.pipeline.context import Context
from civicgauge.warehouse import Warehouse
from tests.homes import home_at
from tests.recipes.conftest import serving

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = date(2026, 11, 1)
CITY = "us-mo-alpha"
STANDARD = "what-works-cities-2022"
CITY_FILE = """\
id: {id}
name: Alpha
country: US
time_zone: America/Chicago
portals:
  - {{kind: socrata, url: "https://data.{id}.example.org"}}
"""


@pytest.fixture
def context(tmp_path: Path, warehouse: Warehouse, warehouse_url: str) -> Iterator[Context]:
    """A home with two cities, on both databases in turn."""
    assert warehouse.current_version()
    with home_at(tmp_path / "home", warehouse_url) as made:
        for city_id in (CITY, "us-mo-beta"):
            write_city(made, city_id)
        yield made


@pytest.fixture
def proofs(tmp_path: Path) -> Iterator[str]:
    """The address of a folder with `minutes.html`."""
    folder = tmp_path / "proofs"
    folder.mkdir()
    (folder / "minutes.html").write_text("<p>The board met.</p>")
    with serving(folder) as url:
        yield url


def write_city(context: Context, city_id: str, more: str = "") -> None:
    """A city file."""
    path = context.settings.cities / f"{city_id}.yml"
    path.write_text(CITY_FILE.format(id=city_id) + more)


def entry(**more: Any) -> dict[str, Any]:
    """What somebody enters, by the names of a file's columns."""
    return {
        "city": CITY,
        "standard": STANDARD,
        "criterion": "DM1",
        "stance": "in_line",
        "statement": "A data governance board meets every quarter.",
        "role": "data steward",
        "said_on": "2026-10-15",
        "valid_until": "2027-10-14",
        "evidence": "",
        "digest": "ab" * 32,
        **more,
    }
