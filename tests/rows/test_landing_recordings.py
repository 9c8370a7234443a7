"""Chattanooga's 174 recorded exports all land, with the rows and cells that a plain reader finds."""

from __future__ import annotations

import csv
import gzip
import io
import json
from functools import cache
from pathlib import Path

import pytest

from civicgauge.landed import PromisedColumn
from tests.recordings import FOLDER, needs_recordings
from tests.rows.landed import Landed, land

pytestmark = needs_recordings
_CITY = FOLDER / "chattanooga"
_IDS = sorted(path.name.partition(".")[0] for path in (_CITY / "rows").glob("*.csv.gz"))


def _promised(dataset_id: str) -> tuple[PromisedColumn, ...]:
    view = json.loads(gzip.decompress((_CITY / "views" / f"{dataset_id}.json.gz").read_bytes()))
    return tuple(
        PromisedColumn(c["fieldName"], c["name"], c["dataTypeName"], is_system=c["fieldName"].startswith(":"))
        for c in view["columns"]
    )


@cache
def _plainly(dataset_id: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """Header and rows as the csv module reads them."""
    text = gzip.decompress((_CITY / "rows" / f"{dataset_id}.csv.gz").read_bytes()).decode()
    csv.field_size_limit(1 << 30)
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return header, [tuple(row) for row in rows]


def _land(folder: Path, dataset_id: str) -> Landed:
    body = (_CITY / "rows" / f"{dataset_id}.csv.gz").read_bytes()
    return land(folder, body, _promised(dataset_id), name=f"{dataset_id}.csv")


def test_there_are_174() -> None:
    assert len(_IDS) == 174


@pytest.mark.parametrize("dataset_id", _IDS)
def test_every_cell_is_there(tmp_path: Path, dataset_id: str) -> None:
    landed = _land(tmp_path, dataset_id)
    header, rows = _plainly(dataset_id)
    assert landed.table.rows_count == len(rows)
    assert [column.header for column in landed.table.columns] == header
    assert landed.received() == rows
    assert {column.type_source for column in landed.table.columns} == {"portal"}
