"""Exports of the same days are the same from both databases, and hold what is hostile without harm."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from civicgauge.pipeline import exporting
from civicgauge.pipeline.exporting._sheet import Book, Column
from civicgauge.warehouse import Warehouse
from tests.homes import home_at
from tests.warehouse.days import CLEANED, MONDAY, TUESDAY, city_day, indicator, run


@pytest.fixture
def both(tmp_path: Path, postgres_url: str) -> dict[str, Path]:
    """The same three days of two cities on both databases, exported with their history."""
    found = {}
    for kind, url in (("sqlite", f"sqlite:///{tmp_path / 'home' / 'w.sqlite'}"), ("postgresql", postgres_url)):
        with home_at(tmp_path / kind, url) as context:
            with Warehouse(url) as warehouse:
                for city_id in ("demo-a", "demo-b"):
                    fill(warehouse, city_id)
            found[kind] = tmp_path / f"{kind}-out"
            exporting.export(context, found[kind], "2026-01-13", "staff", history=True)
    return found


def fill(warehouse: Warehouse, city_id: str) -> None:
    """Two shown days and one in doubt."""
    for day, outcome in ((MONDAY, "complete"), (TUESDAY, "partial"), (TUESDAY + timedelta(1), "suspect")):
        values = [indicator(value=value) for value in (0.1 + day.day / 7,)] + [indicator("periods_declared", None)]
        warehouse.commit(city_day(run(f"{city_id}.{day}", day, outcome, city_id=city_id), indicator_values=values))


def test_both_databases_give_the_same_files(both: dict[str, Path]) -> None:
    one, other = both["sqlite"], both["postgresql"]
    names = {path.name for path in one.iterdir()}
    assert names == {path.name for path in other.iterdir()}
    assert {"check_result_history.parquet", "dataset_day_history.parquet"} <= names
    for name in sorted(names):
        if name.endswith((".csv", ".json")):
            assert (one / name).read_bytes() == (other / name).read_bytes(), name
        if name.endswith(".parquet"):
            pd.testing.assert_frame_equal(pd.read_parquet(one / name), pd.read_parquet(other / name))


def test_history_holds_the_past_and_the_table_the_chosen_day_alone(both: dict[str, Path]) -> None:
    for table in ("check_result", "dataset_day"):
        past = pd.read_parquet(both["sqlite"] / f"{table}_history.parquet")
        assert set(past["day"]) == {MONDAY, TUESDAY}
        assert set(pd.read_parquet(both["sqlite"] / f"{table}.parquet")["day"]) == {TUESDAY}
    changed = pd.read_parquet(both["sqlite"] / "v_indicator_change.parquet")
    assert set(changed["previous_day"]) == {MONDAY}
    assert changed["previous_delta"].max() == pytest.approx(1 / 7)


def test_hostile_text_arrives_whole(both: dict[str, Path]) -> None:
    kept = pd.read_parquet(both["postgresql"] / "dataset_day.parquet")
    assert set(kept["declared_frequency"]) == {CLEANED}
    told = pd.read_csv(both["postgresql"] / "dataset_day.csv", keep_default_na=False)
    assert set(told["declared_frequency"]) == {f"'{CLEANED}"}
    sheet = load_workbook(both["sqlite"] / "civicgauge.xlsx")["datasets to mend"]
    found = {row[5] for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert len(found) == 1
    assert str(found.pop()).startswith("=1+1")


@pytest.mark.parametrize(("count", "held"), [(3, 3), (7, 7), (8, 8)])
def test_a_sheet_that_is_full_says_so(tmp_path: Path, count: int, held: int) -> None:
    book = Book(str(tmp_path / "book.xlsx"))
    rows = ([number, date(2026, 1, 1), "x" * 40_000] for number in range(count))
    columns = [Column("n", 5, "integer"), Column("day", 11, "date"), Column("text", 9)]
    told = book.table("s", columns, rows, whole_in="n.csv", most=9)
    book.close()
    sheet = list(load_workbook(tmp_path / "book.xlsx")["s"].iter_rows(min_row=3, values_only=True))
    is_cut = count > 7
    assert told == min(count, 6 if is_cut else 7)
    assert ("all are in n.csv" in str(sheet[-1][0])) is is_cut
    assert len(sheet) == min(held, 7)
    assert str(sheet[0][2]).endswith("(cut)")
