"""The whole path on recordings of six real portals: the published facts come out, by Airflow and without it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.homes import command, home_at, tables
from tests.recordings import NAMES, needs_recordings, replayed, write_city

pytestmark = [needs_recordings, pytest.mark.slow]

AS_OF = "2024-09-27"
HERE = NAMES if os.environ.get("CIVICGAUGE_PROVE") else ("chattanooga", "kansas-city")
OWN = {"zurich": "own:\n  harvest_sources: [GEOPORTAL_Dropzone_Harvester]\n"}


def observe_by(verb: str, folder: Path, urls: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    with home_at(folder) as context:
        for name, url in urls.items():
            write_city(context.settings.cities, name, url, OWN.get(name, ""))
        done = command(folder, verb, "--as-of", AS_OF, "--json")
        assert done.returncode == 0, done.stderr[-2000:]
        assert {row["city_id"] for row in json.loads(done.stdout)} == set(urls)
        return tables(context)


def value(found: dict[str, list[dict[str, Any]]], city: str, indicator: str) -> dict[str, Any]:
    (row,) = [r for r in found["indicator_value"] if (r["city_id"], r["indicator_id"]) == (city, indicator)]
    return row


def test_run_and_observe_give_equal_tables_with_the_published_facts(tmp_path: Path) -> None:
    with replayed(HERE) as urls:
        observed = observe_by("observe", tmp_path / "observe", urls)
        ran = observe_by("run", tmp_path / "run", urls)
    assert ran == observed

    seen = [row for row in observed["dataset_day"] if row["city_id"] == "chattanooga"]
    aside = [row["exclusion_reason"] for row in seen if row["is_counted"] is False]
    assert (len(seen), sum(row["is_counted"] is True for row in seen), aside) == (339, 240, ["derived_view"] * 99)

    stated, declared = (
        value(observed, "kansas-city", f"{name}_share") for name in ("licence_stated", "period_declared")
    )
    assert (stated["numerator"], stated["denominator"], stated["n_unknown"]) == (41, 91, 0)
    assert (declared["numerator"], declared["denominator"], declared["n_unknown"]) == (13, 91, 0)
    if "dados-br" in HERE:
        assert len([row for row in observed["dataset_day"] if row["city_id"] == "dados-br"]) == 800

    described = value(observed, "chattanooga", "columns_described_share")
    assert described["denominator"] == 240
    columns = [(row["columns_described"], row["columns_count"]) for row in seen if row["is_counted"]]
    # 495 of them hold a description; four of those only repeat the column's name
    assert (sum(d for d, _ in columns), sum(c for _, c in columns)) == (491, 4920)
