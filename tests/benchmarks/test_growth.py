"""The big world in small: the same rows on both databases, and rows that the warehouse itself would take."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import _growth_sums as sums
from benchmarks._big_cities import MOST, city
from benchmarks._big_rows import DAY
from benchmarks._big_world import World, make
from benchmarks._growth_city import STAGES
from benchmarks._growth_page import page
from civicgauge.registry import load_registry
from civicgauge.warehouse import Warehouse
from civicgauge.warehouse.tables import EXPORTED, tables_in
from civicgauge.warehouse.values import plain_row

SMALL = World(cities=12, datasets=20, full=3, weeks=3, run_days=5)
FILLED = ("city", "dataset", "dataset_day", "check_result", "indicator_value", "criterion_evidence", "incident", "run")


def test_a_small_world_is_the_same_on_both_databases_and_as_the_warehouse_keeps_it(
    tmp_path: Path, sqlite_url: str, postgres_url: str
) -> None:
    Path(sqlite_url.removeprefix("sqlite:///")).parent.mkdir()
    counts = [make(url, tmp_path / "cities", SMALL) for url in (sqlite_url, postgres_url)]
    assert counts[0] == counts[1]
    cities, problems = load_registry(tmp_path / "cities")
    assert (len(cities), problems) == (12, [])
    with Warehouse(sqlite_url) as one, Warehouse(postgres_url) as other:
        found = {name: one.rows(name) for name in EXPORTED}
        assert found == {name: other.rows(name) for name in EXPORTED}
        assert one.latest_day(next(iter(cities))) == DAY
    assert sorted(name for name, rows in found.items() if rows) == sorted(FILLED)
    known = {table.name: table for table in tables_in(None).sorted_tables}
    assert all(plain_row(known[name], row) == row for name, rows in found.items() for row in rows)
    assert {row["outcome"] for row in found["check_result"]} == {"passed", "failed", "unknown", "not_applicable"}
    catalogue = [sum(1 for row in found["check_result"] if row["city_id"] == city(n).city_id) for n in (0, 11)]
    assert catalogue[0] > catalogue[1], "the first cities have every check"


def test_no_two_made_cities_share_an_id_and_no_two_entries_either() -> None:
    made = [city(number) for number in range(MOST)]
    assert len({each.city_id for each in made}) == MOST
    assert len({made[9].dataset_id(number) for number in range(2_000)}) == 2_000


RUN = [1.0, 2.0, 300.0]
CITY = {
    "datasets": 500,
    "alone": {name: [RUN] for name in STAGES},
    "cpu": dict.fromkeys(STAGES, 0.5),
    "tables": {
        "check_result": 1000,
        "dataset_day": 500,
        "indicator_value": 40,
        "criterion_evidence": 8,
        "run": 2,
        "pull": 0,
    },
    "rows": {
        "check_result": 12_000,
        "dataset_day": 500,
        "indicator_value": 45,
        "criterion_evidence": 46,
        "run": 1,
        "pull": 5,
    },
    "lake": {"raw": 10, "links": 1, "pulls": 1, "catalog": 20, "results": 10, "rows": 7},
}


def test_what_follows_from_measured_figures_is_worked_out_by_hand() -> None:
    assert sums.tasks(portals=1, chosen=5) == 13
    assert sums.day_cpu(CITY, 1, 5, airflow_cpu=0.5) == 13 * 2.0 + 13 * 0.5
    assert sums.cores(1000, 32.4) == 5.0, "1,000 times 32.4 s in three hours, cores busy for six tenths of them"
    one, three = sums.kept(CITY, 2), sums.kept(CITY, 2, 3)
    assert one.lake_by_age == 2 * 12 * 365
    assert three.lake_by_age == pytest.approx(2 * 12 * (400 + (3 * 365 - 400) / (365 / 12)))
    assert three.lake_for_ever == 2 * 30 * 3 * 365
    assert one.rows_of_quarter == three.rows_of_quarter == 2 * 1500 * 92
    assert three.rows_for_ever == 3 * one.rows_for_ever == 3 * 2 * 50 * 365
    assert sums.results_rows(CITY, 100) == 100 * 12_000 * 92
    assert (sums.parse_share(6, 30), sums.parse_share(60, 30)) == (0.2, 1.0)


def test_the_page_says_what_was_not_measured_and_names_no_place() -> None:
    part = {"on": "2026-06-30", "load": [0.1, 2.0], "machine": "2 cores"}
    text = page({"cities": {**part, "found": [CITY]}})
    assert text.count("*Not measured yet") == 4
    assert "| validate | 2.0 s, 300 MiB |" in text
    assert "1,104 million" in text, "rows of check_result at 1,000 cities: 12,000 a day for 92 days"
    assert "/tmp" not in text
