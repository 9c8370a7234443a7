"""The world of these tests: on SQLite, or on both databases in turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from civicgauge.warehouse import Warehouse
from tests.answers.world import World, world_at


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """On SQLite."""
    with world_at(tmp_path / "home") as made:
        yield made


@pytest.fixture
def either(tmp_path: Path, warehouse: Warehouse, warehouse_url: str) -> Iterator[World]:
    """On both databases in turn."""
    with world_at(tmp_path / "home", warehouse_url) as made:
        yield made
