"""The big world in small: the same rows on both databases, and rows that the warehouse itself would take."""

from __future__ import annotations

from pathlib import Path

from benchmarks._big_cities import MOST, city
from benchmarks._big_rows import DAY
from benchmarks._big_world import World, make
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
