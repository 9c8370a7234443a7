"""The benchmarks run at a small size and ways agree. No clock is asserted; dlt is left out, being not installed."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from benchmarks import _page, export, rows_checking, rows_pulling
from benchmarks._table import FIELDS, make

ROWS = 2_000


def test_the_table_is_the_same_for_everyone_and_as_dirty_as_it_says(tmp_path: Path) -> None:
    make(ROWS, tmp_path / "one")
    make(ROWS, tmp_path / "two")
    for name in ("rows.csv", "rows.jsonl", "view.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    with duckdb.connect() as link:
        table = link.execute(f"SELECT * FROM read_csv('{tmp_path}/one/rows.csv', all_varchar=true)").fetchall()
    assert (len(table), len(table[0])) == (ROWS, len(FIELDS)) == (ROWS, 20)
    empty = sum(cell is None for row in table for cell in row) / (ROWS * 20)
    assert 0.08 < empty < 0.12
    wards = [row[[field.name for field in FIELDS].index("ward")] for row in table]
    assert 3 <= sum(ward is not None and not ward.isdecimal() for ward in wards) <= 6
    rows = json.loads(f"[{(tmp_path / 'one' / 'rows.jsonl').read_text(encoding='utf-8').rstrip().rstrip(',')}]")
    assert len(rows) == ROWS
    assert all(None not in row.values() for row in rows), "the API leaves nulls out"


@pytest.fixture(scope="module")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> rows_pulling.Pulled:
    return rows_pulling.measure(ROWS, 1, tmp_path_factory.mktemp("pulling"))  # SystemExit where ways differ


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> rows_checking.Checked:
    return rows_checking.measure(ROWS, 1, tmp_path_factory.mktemp("checking"))  # the same


@pytest.mark.slow
def test_pulling_brings_the_same_by_all_ways_and_asks_once_where_nothing_changed(pulled: rows_pulling.Pulled) -> None:
    assert set(pulled.ways) == {"curl", "civicgauge", "sodapy"}
    assert pulled.unchanged.said["requests"] == 1
    assert pulled.unchanged.said["bytes"] < 10_000


@pytest.mark.slow
def test_checking_comes_to_the_same_verdicts_by_all_ways(checked: rows_checking.Checked) -> None:
    said = [way.runs[0].said["holds"] for way in checked.ways.values()]
    assert all(holds == said[0] for holds in said)
    assert len(said[0]) == 25
    assert not all(said[0].values()), "some values are wrong"


@pytest.mark.slow
def test_the_page_says_what_was_found_and_names_no_place(
    pulled: rows_pulling.Pulled, checked: rows_checking.Checked
) -> None:
    text = _page.page(pulled, checked, before=0.0)
    assert "| a run in which nothing changed | one small request | 1 of " in text
    assert "/tmp" not in text


@pytest.mark.slow
def test_exports_hold_every_value_that_was_made(tmp_path: Path) -> None:
    took = export.whole(tmp_path, 2, 40)
    assert took.peak_mib > 0
    ways = export.ratio(tmp_path, 2, 5, 1)
    assert [len(way.runs) for way in ways] == [1, 1]
    with duckdb.connect() as link:
        for folder, days in (("out", 40), ("slice-ours", 5), ("slice-by-rows", 5)):
            for kind in ("parquet", "csv"):
                told = link.execute(f"SELECT count(*) FROM '{tmp_path}/{folder}/indicator_value.{kind}'").fetchone()
                assert told == (2 * days * 45,), (folder, kind)
