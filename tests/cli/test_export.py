"""`export`: every table, for the audience that may see it, whole or not at all, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from civicgauge.demo.server import DemoPortals
from civicgauge.pipeline.context import Context
from tests.cli.conftest import FORMULAS, Ask
from tests.homes import home_at

ALDER, BIRCH, CEDAR = "demo-alder-falls", "demo-birchport", "demo-cedar-junction"
TABLES = ("city", "dataset", "dataset_day", "landing", "pull", "check_result", "indicator_value", "run")
VIEWS = ("v_indicator_latest", "v_indicator_wide", "v_indicator_change", "v_city_scorecard")
WITHOUT_CITIES = {"indicator", "indicator_crosswalk", "criterion", "dictionary"}
TOGETHER = {"civicgauge.xlsx", "civicgauge.sqlite", "datapackage.json"}


def cells(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_table_is_written_twice_with_the_same_rows(observed: Path, tmp_path: Path, ask: Ask) -> None:
    out = tmp_path / "deep" / "out"
    told = ask(observed, "export", str(out), "--audience", "staff")
    assert (told.code, told.out) == (0, "")
    written = {path.name for path in out.iterdir() if not path.name.startswith(".")}
    tables = {path.stem for path in out.glob("*.csv")}
    assert written == {f"{table}.{kind}" for table in tables for kind in ("csv", "parquet")} | TOGETHER
    assert {*TABLES, *VIEWS, *WITHOUT_CITIES} <= tables
    for table in sorted(tables):
        texts = pd.read_csv(out / f"{table}.csv", dtype=str, keep_default_na=False)
        kept = pd.read_parquet(out / f"{table}.parquet")
        assert f"{out / table}.csv, .parquet: {len(kept)} rows" in told.err
        assert list(texts.columns) == list(kept.columns)
        assert len(texts) == len(kept)
        assert len(kept) > 0 or table not in (*TABLES, *VIEWS, *WITHOUT_CITIES)
        rows = pq.read_table(out / f"{table}.parquet").to_pylist()
        for text, row in zip(texts.to_dict("records"), rows, strict=True):
            for name, value in row.items():
                assert same(text[name], value), (table, name, text[name], value)


def same(text: str, value: object) -> bool:
    """Whether a CSV cell says what Parquet holds; a formula's apostrophe aside."""
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, int | float):
        return float(text) == value
    if isinstance(value, str):
        return text.removeprefix("'") == value.removeprefix("'")
    return pd.Timestamp(text) == pd.Timestamp(value)  # type: ignore[arg-type]


def test_no_cell_begins_as_a_formula_does_and_parquet_keeps_the_words(observed: Path, tmp_path: Path, ask: Ask) -> None:
    assert ask(observed, "export", str(tmp_path / "out")).code == 0
    titles = {row["title"] for row in cells(tmp_path / "out", "dataset")}
    assert {f"'{formula}" for formula in FORMULAS} <= titles
    assert set(FORMULAS) <= set(pd.read_parquet(tmp_path / "out" / "dataset.parquet")["title"])
    for table in TABLES:
        for row in cells(tmp_path / "out", table):
            for value in row.values():
                assert not value.startswith(("=", "+", "@", "\t", "\r")), value
                assert not value.startswith("-") or float(value) < 0  # a number may be negative


@pytest.mark.parametrize(
    ("audience", "seen"), [("public", {ALDER}), ("city", {ALDER, BIRCH}), ("staff", {ALDER, BIRCH, CEDAR})]
)
def test_an_audience_sees_only_what_is_published_to_it(
    observed: Path, tmp_path: Path, ask: Ask, audience: str, seen: set[str]
) -> None:
    out = tmp_path / "out"
    assert ask(observed, "export", str(out), "--audience", audience).code == 0
    for table in (*TABLES, *VIEWS):
        assert {row["city_id"] for row in cells(out, table)} == seen, table
    sheets = load_workbook(out / "civicgauge.xlsx", read_only=True)
    everything = " ".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    with sqlite3.connect(out / "civicgauge.sqlite") as link:
        everything += "\n".join(link.iterdump())
    everything += "".join(path.read_text(encoding="utf-8") for path in out.glob("*.csv"))
    for city, name in ((BIRCH, "birchport"), (CEDAR, "cedarjunction")):
        assert city in seen or (name not in everything and city not in everything)
        assert city not in seen or (name in everything and city in everything)


def test_a_narrower_export_into_the_same_folder_leaves_nothing_of_the_wider(
    observed: Path, tmp_path: Path, ask: Ask
) -> None:
    out = str(tmp_path / "out")
    assert ask(observed, "export", out, "--audience", "staff", "--history").code == 0
    assert (tmp_path / "out" / "check_result_history.parquet").exists()
    assert ask(observed, "export", out, "--audience", "public").code == 0
    assert not list((tmp_path / "out").glob("*_history*"))
    for path in (tmp_path / "out").glob("*.parquet"):
        assert path.stem in {*WITHOUT_CITIES, "edition"} or set(pd.read_parquet(path)["city_id"]) <= {ALDER}
    assert {row["city_id"] for row in cells(tmp_path / "out", "indicator_value")} == {ALDER}
    assert not list((tmp_path / "out").glob("*.part"))


def test_days_after_the_date_are_left_out(observed: Path, tmp_path: Path, ask: Ask) -> None:
    for as_of, days in {
        "2026-06-29": set(),
        "2026-06-30": {"2026-06-30"},
        "2026-06-30T00:30:00-06:00": {"2026-06-30"},
        "2026-06-30T23:30:00-12:00": {"2026-06-30"},  # the next day in the city
        "2026-06-30T01:00:00+09:00": set(),  # still the day before in the city
    }.items():
        assert ask(observed, "export", str(tmp_path / "out"), "--as-of", as_of).code == 0
        for table in ("indicator_value", "dataset_day", "check_result", "run"):
            assert {row["day"] for row in cells(tmp_path / "out", table)} == days, (as_of, table)


@pytest.mark.parametrize("kind", ["folder", "file", "marked"])
def test_a_folder_that_is_not_ours_is_refused_and_left_as_it_is(
    observed: Path, tmp_path: Path, ask: Ask, kind: str
) -> None:
    out = tmp_path / "out"
    if kind != "file":
        out.mkdir()
        name = "thesis.txt" if kind == "folder" else ".civicgauge-export"  # a mark of another kind
        (out / name).write_text("years of work")
    else:
        out.write_text("years of work")
    told = ask(observed, "export", str(out))
    assert (told.code, str(out) in told.err) == (2, True)
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_text() for path in left] == ["years of work"]


# ---------------------------------------------------------------- a day in doubt, from its holding to its replay


def shown_days(home: Path, ask: Ask, tmp_path: Path) -> dict[str, set[str]]:
    out = tmp_path / "out"
    assert ask(home, "export", str(out), "--audience", "staff").code == 0
    return {table: {row["day"] for row in cells(out, table)} for table in ("indicator_value", "dataset_day", "run")}


def counted(home: Path, ask: Ask) -> tuple[str, float]:
    rows = json.loads(ask(home, "indicators", ALDER, "--json").out)
    (row,) = (row for row in rows if row["indicator_id"] == "datasets_counted_count")
    return row["day"], row["value"]


@pytest.mark.slow
def test_a_held_day_is_shown_nowhere_until_it_is_accepted_and_replayed(
    demo: tuple[DemoPortals, Path], tmp_path: Path, ask: Ask
) -> None:
    portals, home = demo
    assert ask(home, "observe", ALDER, "--as-of", "2026-06-29").code == 0
    before = counted(home, ask)
    portals.faults("alder-falls").add("shrunk", share=0.4)
    told = ask(home, "observe", ALDER, "--as-of", "2026-06-30", "--json")
    assert (told.code, json.loads(told.out)) == (0, [])
    assert f"{ALDER} 2026-06-30: suspect" in told.err
    assert counted(home, ask) == before
    assert shown_days(home, ask, tmp_path) == {
        "indicator_value": {"2026-06-29"},
        "dataset_day": {"2026-06-29"},
        "run": {"2026-06-29", "2026-06-30"},
    }

    word = ("--by", "operations", "--reason", "the city moved its maps elsewhere")
    refused = ask(home, "accept", ALDER, "--day", "2026-06-29", *word)
    assert (refused.code, "has no held crawl on 2026-06-29" in refused.err) == (2, True)
    accepted = ask(home, "accept", ALDER, "--day", "2026-06-30", *word)
    assert accepted.code == 0
    assert f"civicgauge replay {ALDER} --from 2026-06-30 --to 2026-06-30" in accepted.err
    assert counted(home, ask) == before
    portals.faults("alder-falls").clear()
    replay = accepted.err.split("civicgauge ")[1].split()
    assert f"{ALDER} 2026-06-30: complete" in ask(home, *replay).err

    day, value = counted(home, ask)
    assert (day, value < before[1]) == ("2026-06-30", True)
    assert shown_days(home, ask, tmp_path)["dataset_day"] == {"2026-06-30"}
    with home_at(home) as context:
        assert told_why(context) == {"by": "operations", "reason": "the city moved its maps elsewhere"}


def told_why(context: Context) -> dict[str, str]:
    """Who said so and why, as the lake keeps it."""
    found = context.lake.last_committed(f"raw/{ALDER}/main/2026-06-30")
    assert found is not None
    word = context.lake.read_json(found[0], "accepted.json") or {}
    return {key: value for key, value in word.items() if key != "at"}


def test_findings_on_personal_data_and_problems_are_for_staff_alone(observed: Path, tmp_path: Path, ask: Ask) -> None:
    home = tmp_path / "home"
    shutil.copytree(observed, home)
    with sqlite3.connect(home / "warehouse.sqlite") as link:
        link.execute(
            "UPDATE check_result SET is_private = 1 WHERE check_id = 'contact_usable' AND city_id = ?", [ALDER]
        )
        link.execute("UPDATE run SET problem = 'maps: it was away', notes = '[\"Jo rang them\"]'")
    held, said = {}, {}
    for audience in ("public", "city", "staff"):
        out = tmp_path / audience
        assert ask(home, "export", str(out), "--audience", audience, "--history").code == 0
        with sqlite3.connect(out / "civicgauge.sqlite") as link:
            together = link.execute("SELECT count(*) FROM check_result WHERE is_private").fetchone()[0]
        parts = [pd.read_parquet(out / f"check_result{kind}.parquet")["is_private"].sum() for kind in ("", "_history")]
        text = [row["is_private"] for row in cells(out, "check_result")].count("true")
        held[audience] = {together, text, *parts}
        files = b"".join(path.read_bytes() for path in out.iterdir() if path.suffix in (".csv", ".sqlite"))
        runs = pd.read_parquet(out / "run.parquet")
        said[audience] = (b"was away" in files, b"Jo rang" in files, runs["problem"].count(), runs["notes"].count())
    assert said["public"] == said["city"] == (False, False, 0, 0)
    assert all(said["staff"])
    assert held["public"] == held["city"] == {0}
    assert len(held["staff"]) == 1
    assert min(held["staff"]) > 0
