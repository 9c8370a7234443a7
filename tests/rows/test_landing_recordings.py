"""Chattanooga's 174 recorded exports all land, with the rows and cells that a plain reader finds."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import UTC, datetime
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


def test_nkyi_3pzf(tmp_path: Path) -> None:
    """Padded cells stay padded, years in a text column stay text, and a place on the wrong side of the earth stays."""
    landed = _land(tmp_path, "nkyi-3pzf")
    assert landed.column("year_ending").type == "text"
    assert sum(cell != cell.strip() for row in landed.received() for cell in row) == 8
    places = landed.values("primary_address_location")
    assert {"lon": 85.307854, "lat": 35.052191} in places
    assert not landed.unparsed()


def test_qsec_7gi8(tmp_path: Path) -> None:
    """Addresses of several lines that end in a place."""
    landed = _land(tmp_path, "qsec-7gi8")
    assert sum("\n" in cell for row in landed.received() for cell in row) == 57
    filled = [place for place in landed.values("location") if place]
    assert len(filled) == sum(bool(text) for text in landed.values("location__received"))
    assert all(34.9 < place["lat"] < 35.2 and -85.5 < place["lon"] < -85.1 for place in filled)


def test_d4yh_2nsm(tmp_path: Path) -> None:
    """120 columns, some with nothing in them, and moments with their zone."""
    landed = _land(tmp_path, "d4yh-2nsm")
    assert len(landed.table.columns) == 120
    moments = [c for c in landed.table.columns if c.type == "instant"]
    assert any(v for c in moments for v in landed.values(c.name))
    assert {c.declared_type for c in moments} == {"date"}
    assert not landed.unparsed()


def test_ufw3_p78c(tmp_path: Path) -> None:
    """257 columns of counts, each with its text beside."""
    landed = _land(tmp_path, "ufw3-p78c")
    assert len(landed.table.columns) == 257
    assert sum(c.type == "number" for c in landed.table.columns) == 233
    assert not landed.unparsed()


def test_t8ph_y8y5(tmp_path: Path) -> None:
    """Newlines in descriptions; moments that are written without their zone are in UTC."""
    landed = _land(tmp_path, "t8ph-y8y5")
    assert sum("\n" in cell for row in landed.received() for cell in row) == 53
    column = next(c for c in landed.table.columns if c.header == "Last Update Date (data)")
    first = next(i for i, text in enumerate(landed.values(column.received_name)) if text == "11/12/2020 06:53:00 PM")
    assert landed.values(column.name)[first] == datetime(2020, 11, 12, 18, 53, tzinfo=UTC)


def test_years_and_months_that_are_dates(tmp_path: Path) -> None:
    """What Socrata shows as 2016 or Jun 1990 is a date there, the first of that period."""
    years = _land(tmp_path, "3nc2-xvnc")
    assert {(v.month, v.day) for v in years.values("year")} == {(1, 1)}
    months = _land(tmp_path, "8hcn-svpq")
    assert {v.day for v in months.values("date")} == {1}
    assert not years.unparsed()
    assert not months.unparsed()
