"""Rows of chosen datasets: pulled only when they changed, one dataset's trouble is one dataset's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from civicgauge import pipeline
from civicgauge.pipeline import accounts, observing
from civicgauge.web import Limits
from tests.homes import home_at, tables
from tests.pipeline.conftest import CITIES, Demo

CITY, PORTAL = CITIES[0], "alder-falls"
REQUESTS, PERMITS = "k7qw-3fzn", "p4mx-82ty"
DAY, NEXT = "2026-06-29", "2026-06-30"


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(
        read_timeout_seconds=1, total_timeout_seconds=3, retry_total_seconds=3, retries=2, backoff_seconds=0.05,
        download_silence_seconds=1, download_total_seconds=20,
    )  # fmt: skip
    monkeypatch.setattr("civicgauge.pipeline.context.LIMITS", limits)


def choose(demo: Demo, *choices: dict[str, Any], city_id: str = CITY) -> None:
    """Let the city's file name these datasets and no others."""
    path = demo.context.settings.cities / f"{city_id}.yml"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    told["datasets"] = list(choices)
    path.write_text(yaml.safe_dump(told, sort_keys=False), encoding="utf-8")


def pulls(demo: Demo, day: str) -> dict[str, dict[str, Any]]:
    """The day's rows of `pull`, by dataset id."""
    rows = tables(demo.context)["pull"]
    return {row["dataset_id"]: row for row in rows if row["day"] == date.fromisoformat(day)}


def asked_for_rows(demo: Demo, caplog: pytest.LogCaptureFixture) -> list[str]:
    """The addresses of requests about single datasets since the log was cleared."""
    said = [record.getMessage() for record in caplog.records if record.name == "civicgauge.web"]
    return [line for line in said if "/api/views/" in line or "/resource/" in line]


def row_outcomes(demo: Demo, dataset_id: str, day: str) -> dict[str, str]:
    """Outcomes of the checks on rows (those of the catalogue apart), by check id."""
    from civicgauge.pipeline.columns import COLUMNS
    from civicgauge.quality.checks import load_checks

    on_rows = {c.id for c in load_checks(demo.context.settings.expectations, COLUMNS) if c.is_landed}
    rows = tables(demo.context)["check_result"]
    mine = [r for r in rows if (r["dataset_id"], r["day"]) == (dataset_id, date.fromisoformat(day))]
    asked = [row for row in mine if row["check_id"] in on_rows and row["reason"] not in ("no_family", "other_family")]
    return {row["check_id"]: row["outcome"] for row in asked}


def test_chosen_rows_are_landed_checked_and_kept(demo: Demo) -> None:
    choose(demo, {"id": REQUESTS, "family": "service_requests"}, {"id": PERMITS, "family": "building_permits"})
    assert demo.observe(CITY)[CITY].outcome == "complete"
    assert {i: p["outcome"] for i, p in pulls(demo, NEXT).items()} == {REQUESTS: "changed", PERMITS: "changed"}
    landings = {row["dataset_id"]: row for row in tables(demo.context)["landing"]}
    assert {i: (landings[i]["rows_count"], landings[i]["format_id"]) for i in (REQUESTS, PERMITS)} == {
        REQUESTS: (pulls(demo, NEXT)[REQUESTS]["stated_rows_count"], "csv"),
        PERMITS: (pulls(demo, NEXT)[PERMITS]["stated_rows_count"], "csv"),
    }
    assert {"passed"} <= set(row_outcomes(demo, REQUESTS, NEXT).values())
    others = {row["dataset_id"] for row in tables(demo.context)["dataset"]} - {REQUESTS, PERMITS}
    assert all(row_outcomes(demo, other, NEXT) == {} for other in list(others)[:3]), "unchosen ones are no subject"
    (newest,) = (r["newest_event_at"] for r in tables(demo.context)["dataset_day"] if r["dataset_id"] == REQUESTS)
    assert newest is not None


@pytest.mark.slow
def test_a_run_in_which_nothing_changed_asks_one_small_request_a_dataset(
    demo: Demo, caplog: pytest.LogCaptureFixture
) -> None:
    choose(demo, {"id": "r2hd-9kvc"}, {"id": "w9jb-46pe"})  # neither is updated between the two days
    demo.observe(CITY, as_of=DAY)
    caplog.set_level("INFO", logger="civicgauge.web")
    caplog.clear()
    demo.observe(CITY, as_of=NEXT)
    asked = asked_for_rows(demo, caplog)
    assert len(asked) == 2
    assert all(".json" in line and "rows.csv" not in line for line in asked)
    assert {p["outcome"] for p in pulls(demo, NEXT).values()} == {"unchanged"}
    versions = {i: p["version"] for i, p in pulls(demo, DAY).items()}
    assert versions == {i: p["version"] for i, p in pulls(demo, NEXT).items()}


@pytest.mark.slow
def test_an_edit_of_the_description_is_recorded_as_touched(demo: Demo) -> None:
    choose(demo, {"id": "r2hd-9kvc"})
    demo.observe(CITY, as_of=DAY)
    demo.portals.change(PORTAL, "touch", "r2hd-9kvc")
    demo.observe(CITY, as_of=NEXT)
    assert pulls(demo, NEXT)["r2hd-9kvc"]["outcome"] == "touched_unchanged"


@pytest.mark.slow
def test_a_day_run_again_leaves_the_same_rows(demo: Demo) -> None:
    choose(demo, {"id": REQUESTS, "family": "service_requests"}, {"id": PERMITS})
    demo.observe(CITY, as_of=DAY)
    demo.observe(CITY, as_of=NEXT)
    once = tables(demo.context)
    demo.observe(CITY, as_of=NEXT)
    assert tables(demo.context) == once
    demo.portals.stop()
    observing.replay(demo.context, [CITY], date(2026, 6, 1), date(2026, 6, 30))
    assert tables(demo.context) == once


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "how", "said"),
    [
        ("503", {}, "PortalBusy"),
        ("cut", {"chunked": True}, "PortalUnreachable"),
        ("stall", {"seconds": 30}, "PortalUnreachable"),
    ],
)
def test_one_dataset_that_cannot_be_pulled_leaves_the_others(demo: Demo, kind: str, how: dict, said: str) -> None:
    choose(demo, {"id": REQUESTS}, {"id": PERMITS})
    demo.break_with(PORTAL, kind, path=f"/api/views/{PERMITS}/rows.csv", **how)
    result = demo.observe(CITY)[CITY]
    assert (result.outcome, result.exit_code) == ("complete", 3)
    assert said in result.problems[f"main/{PERMITS}"]
    assert {i: p["outcome"] for i, p in pulls(demo, NEXT).items()} == {REQUESTS: "changed", PERMITS: "failed"}
    assert set(row_outcomes(demo, PERMITS, NEXT).values()) == {"unknown"}
    assert "passed" in row_outcomes(demo, REQUESTS, NEXT).values()
    demo.portals.faults(PORTAL).clear()
    assert demo.observe(CITY)[CITY].problems == {}
    assert pulls(demo, NEXT)[PERMITS]["outcome"] == "changed"


@pytest.mark.slow
def test_what_fails_later_the_same_day_keeps_what_was_pulled(demo: Demo) -> None:
    choose(demo, {"id": REQUESTS}, {"id": PERMITS})
    demo.observe(CITY)
    whole = row_outcomes(demo, PERMITS, NEXT)
    demo.break_with(PORTAL, "503", path=f"/api/views/{PERMITS}")
    assert demo.observe(CITY)[CITY].exit_code == 3
    assert row_outcomes(demo, PERMITS, NEXT) == whole != {}


def test_a_dataset_that_the_catalogue_does_not_show_is_a_result(demo: Demo) -> None:
    choose(demo, {"id": "zzzz-zzzz"}, {"id": PERMITS})
    result = demo.observe(CITY)[CITY]
    assert (result.outcome, result.exit_code, result.problems) == ("complete", 0, {})
    assert pulls(demo, NEXT)["zzzz-zzzz"]["problem"] == "not_in_catalogue"
    assert set(row_outcomes(demo, "zzzz-zzzz", NEXT).values()) == {"unknown"}


@pytest.mark.slow
def test_a_new_check_is_profiled_from_the_stored_rows(demo: Demo, tmp_path: Path) -> None:
    """After a day was observed somebody writes a check: replay judges it, and asks no portal."""
    import os
    import shutil

    from civicgauge.pipeline.context import Context

    choose(demo, {"id": PERMITS, "family": "building_permits"})
    demo.observe(CITY)
    demo.portals.stop()
    more = tmp_path / "expectations"
    shutil.copytree(demo.context.settings.expectations, more)
    told = yaml.safe_load((more / "rows" / "rows_present.yml").read_text(encoding="utf-8"))
    few = [{"is_landed": True, "rows_count": 5, "long_count": 3}]
    told |= {
        "id": "rows_long",
        "statistics": {"long_count": {"sql": "count(*) FILTER (WHERE length({permit_number.text}) > 2)"}},
        "family": "building_permits",
        "needs": [{"column": "long_count", "otherwise": "no_such_role"}],
        "applies": [],
        "also": [],
        "expectation": {
            "type": "expect_column_values_to_be_between",
            "kwargs": {"column": "long_count", "min_value": 1},
        },
        "observed": "{failed_count}",
        "expected": "some",
        "cases": {"passed": few, "failed": [few[0] | {"long_count": 0}], "unknown": [few[0] | {"long_count": None}]},
        "no_case": {"not_applicable": "applies to every table of the family"},
    }
    told.pop("detail", None)
    (more / "rows" / "rows_long.yml").write_text(json.dumps(told), encoding="utf-8")
    os.environ["CIVICGAUGE_EXPECTATIONS"] = str(more)
    (result,) = observing.replay(Context.from_environment(), [CITY], date(2026, 6, 1), date(2026, 6, 30))
    assert result.outcome == "complete"
    rows = [r for r in tables(demo.context)["check_result"] if r["check_id"] == "rows_long"]
    assert [(row["dataset_id"], row["outcome"]) for row in rows] == [(PERMITS, "passed")]


@pytest.mark.slow
def test_rows_of_older_versions_go_and_what_they_came_to_stays(demo: Demo) -> None:
    from civicgauge.pipeline import sweeping

    choose(demo, {"id": REQUESTS, "family": "service_requests"})  # updated every day: a version a day
    for day in (30, 31, 32):
        moment = datetime(2026, 6, 30, 22, tzinfo=UTC) + timedelta(days=day - 30)
        demo.portals.set_as_of(moment)
        demo.observe(CITY, as_of=moment.isoformat())
    before = tables(demo.context)
    assert len({row["version"] for row in before["landing"]}) == 3
    kept = sorted((demo.home / "lake" / "rows").rglob("rows.parquet"))
    assert (len(kept), sweeping.prune_rows(demo.context.lake, 2)) == (3, 1)
    assert len(list((demo.home / "lake" / "rows").rglob("rows.parquet"))) == 2
    assert sweeping.prune_rows(demo.context.lake, 2) == 0
    demo.portals.stop()
    observing.replay(demo.context, [CITY], date(2026, 6, 28), date(2026, 7, 2))
    assert tables(demo.context) == before


def test_a_title_without_end_is_cut_where_airflow_shows_it(tmp_path: Path) -> None:
    """On PostgreSQL no task can end whose instance has a longer name than its column holds."""
    with home_at(tmp_path) as context:
        part = {"resource_id": "x", "title": "Line\nafter line " * 99_999, "version": None, "problem": "refused"}
        context.lake.commit("pulls/a/b/c", {}, {"title": "\u202eTitle\n" * 99_999, "resources": [part]})
        told = pipeline.pulled_title("pulls/a/b/c")
        lines = accounts.of_pull(context, {"ask": True, "started_at": ""}, "pulls/a/b/c")  # type: ignore[typeddict-item]
    assert told is not None
    assert told.startswith("Title Title")
    assert len(told) <= 250  # Airflow's `rendered_map_index`
    assert max(map(len, lines)) < 300
