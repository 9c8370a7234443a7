"""The workbook, the SQLite file and the data package of an export: what a person opens and a program reads."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest
from openpyxl import load_workbook

from civicgauge.pipeline.words import NOTICE
from tests.cli.conftest import FORMULAS, Ask, observed, portals  # noqa: F401 - fixtures

SHEETS = [
    "read me",
    "scorecard",
    "indicators long",
    "indicators wide",
    "criteria",
    "changes",
    "datasets to mend",
    "editions",
    "errata",
    "decisions",
    "dictionary",
]
FORBIDDEN = re.compile(r"\b(certified|meets|fails|non-compliant)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def out(observed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811 - a fixture
    """The demo's export for staff."""
    from civicgauge.pipeline import exporting
    from tests.homes import home_at

    folder = tmp_path_factory.mktemp("formats") / "out"
    with home_at(observed) as context:
        exporting.export(context, folder, None, "staff")
    return folder


@pytest.fixture(scope="module")
def sheets(out: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every sheet's rows."""
    book = load_workbook(out / "civicgauge.xlsx")
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def rows_of(sheet: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The rows below the notice and the header."""
    return [dict(zip(sheet[1], row, strict=True)) for row in sheet[2:]]


def test_the_sheets_carry_the_notice_and_can_be_filtered(out: Path, sheets: dict[str, list[tuple[Any, ...]]]) -> None:
    assert list(sheets) == SHEETS
    for sheet in load_workbook(out / "civicgauge.xlsx"):
        assert NOTICE in {cell for row in sheets[sheet.title][:3] for cell in row}, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        if sheet.title != "read me":
            assert sheet.auto_filter.ref.startswith("A2:")
            assert sheet.freeze_panes == "B3"
            assert sheet.print_title_rows == "$1:$2"


def test_nothing_in_the_workbook_is_a_formula_or_a_link(out: Path) -> None:
    found = set()
    for sheet in load_workbook(out / "civicgauge.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                assert cell.hyperlink is None, (sheet.title, cell.coordinate)
                found.add(cell.value)
    assert set(FORMULAS) & found  # the titles of datasets to mend are there, as they were


def test_the_scorecard_says_what_the_table_says(out: Path, sheets: dict[str, list[tuple[Any, ...]]]) -> None:
    kept = pd.read_parquet(out / "v_indicator_latest.parquet")
    rows = rows_of(sheets["scorecard"])
    assert len(rows) == len(kept) == len(rows_of(sheets["indicators long"]))
    assert len({row["City"] for row in rows}) == 3
    assert sorted(row["Value"] for row in rows if row["Value"] != "–") == sorted(kept["value"].dropna())
    shares = [row for row in rows if row["Unit"] == "share" and row["Value"] != "–"]
    assert all(0 <= row["Value"] <= 1 for row in shares)
    unknown = [row for row in rows if row["Value"] == "–"]
    assert unknown
    assert all(row["Why there is no value"] for row in unknown)
    sheet = load_workbook(out / "civicgauge.xlsx")["scorecard"]
    place = next(at for at, row in enumerate(rows, 3) if row in shares)
    assert sheet.cell(place, 4).number_format == "0.0%"


def test_what_is_to_mend_is_what_was_not_found_with_a_first_step(
    out: Path, sheets: dict[str, list[tuple[Any, ...]]]
) -> None:
    results = pd.read_parquet(out / "check_result.parquet")
    rows = rows_of(sheets["datasets to mend"])
    assert len(rows) == (results["outcome"] == "failed").sum() > 0
    assert all(row["How to mend it"] and row["What was checked"] and row["Dataset"] for row in rows)


def test_sqlite_holds_the_same_rows(out: Path) -> None:
    with sqlite3.connect(out / "civicgauge.sqlite") as link:
        tables = {name for (name,) in link.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {path.stem for path in out.glob("*.csv")}
        for table in tables:
            kept = pd.read_parquet(out / f"{table}.parquet")
            assert link.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(kept),)
            columns = [name for _, name, *_ in link.execute(f"PRAGMA table_info({table})")]
            assert columns == list(kept.columns)
        (made,) = link.execute("SELECT sql FROM sqlite_master WHERE name = 'indicator_value'").fetchone()
        assert "-- the number; null where the status is not ok" in made
        (at,) = link.execute("SELECT as_of FROM indicator_value LIMIT 1").fetchone()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", at)


def test_the_package_describes_every_row_of_every_table(out: Path) -> None:
    told = frictionless.validate(str(out / "datapackage.json"))
    assert told.valid, told.flatten(["name", "rowNumber", "fieldName", "note"])[:10]
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert {resource["path"] for resource in package["resources"]} == {path.name for path in out.glob("*.csv")}
    fields = {
        f["name"]: f for r in package["resources"] if r["name"] == "indicator_value" for f in r["schema"]["fields"]
    }
    assert "insufficient" in fields["status"]["constraints"]["enum"]
    assert "too much is unknown" in fields["status"]["description"]


def test_a_changed_row_no_longer_fits_the_package(out: Path, tmp_path: Path) -> None:
    for path in out.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    values = tmp_path / "indicator_value.csv"
    values.write_text(values.read_text(encoding="utf-8").replace('"ok"', '"excellent"', 1), encoding="utf-8")
    kinds = {error for (error,) in frictionless.validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert "hash-count" in kinds or "constraint-error" in kinds


def test_the_dictionary_explains_every_column_of_every_table(out: Path) -> None:
    with (out / "dictionary.csv").open(newline="", encoding="utf-8") as file:
        told = {(row["table"], row["column"]): row["meaning"] for row in csv.DictReader(file)}
    for path in out.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            for column in next(csv.reader(file)):
                assert told[path.stem, column].strip(), (path.stem, column)


def test_no_output_judges_a_city_in_words_of_a_certifier(
    out: Path, sheets: dict[str, list[tuple[Any, ...]]], ask: Ask
) -> None:
    from_portals = " ".join(pd.read_parquet(out / "dataset.parquet")["title"].dropna())
    assert not FORBIDDEN.search(from_portals), "the demo's titles would hide our own words"
    for path in (*out.glob("*.csv"), out / "datapackage.json"):
        assert not (found := FORBIDDEN.search(path.read_text(encoding="utf-8"))), (path.name, found)
    for name, rows in sheets.items():
        for row in rows:
            assert not FORBIDDEN.search(" ".join(str(cell) for cell in row)), (name, row)
    with sqlite3.connect(out / "civicgauge.sqlite") as link:
        for line in link.iterdump():
            assert not FORBIDDEN.search(line), line


def test_a_reader_is_refused_on_sqlite(observed: Path, ask: Ask) -> None:  # noqa: F811 - a fixture
    told = ask(observed, "db", "reader", "staff")
    assert (told.code, "SQLite knows no roles" in told.err) == (2, True)


def test_the_upgrade_makes_a_column_for_every_indicator(tmp_path: Path, ask: Ask) -> None:
    from civicgauge.indicators import discover

    assert ask(tmp_path, "db", "upgrade").code == 0
    with sqlite3.connect(tmp_path / "warehouse.sqlite") as link:
        columns = {name for _, name, *_ in link.execute("PRAGMA table_info(v_indicator_wide)")}
    assert columns == {"city_id", "day"} | {f"{i.id}{end}" for i in discover() for end in ("", "__status")}
