"""What is printed: a table in words for people, JSON and nothing else for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from civicgauge.demo.server import DemoPortals
from civicgauge.indicators import discover
from tests.cli.conftest import Ask
from tests.homes import command

ALDER, BIRCH, CEDAR = "demo-alder-falls", "demo-birchport", "demo-cedar-junction"
Demo = tuple[DemoPortals, Path]


def test_the_table_speaks_in_words(observed: Path, ask: Ask) -> None:
    told = ask(observed, "indicators", BIRCH)
    assert told.code == 0
    lines = {line[:45].split("  ")[0].strip(): line for line in told.out.splitlines()}
    assert told.out.startswith(f"Birchport ({BIRCH}), 2026-06-30")
    assert lines["Contact present"].split() == ["Contact", "present", "81.8", "%", "18", "of", "22"]
    assert "hidden by the platform" in lines["Columns described"]
    assert "too much is unknown" in told.out
    assert "first observation" in lines["Datasets added"]
    assert "not an assessment" in told.out
    for word in ("None", "null", "_share", "insufficient", "not_measured", "0 of 0"):
        assert word not in told.out


def test_indicators_as_json_are_the_warehouse_rows_of_the_newest_day_at_a_date(observed: Path, ask: Ask) -> None:
    rows = json.loads(ask(observed, "indicators", "--json", "--as-of", "2026-07-05").out)
    assert {(row["city_id"], row["day"]) for row in rows} == {(city, "2026-06-30") for city in (ALDER, BIRCH, CEDAR)}
    assert all(row["value_low"] <= row["value"] for row in rows if None not in (row["value_low"], row["value"]))
    assert json.loads(ask(observed, "indicators", "--json", "--as-of", "2026-06-29").out) == []


def test_a_replay_of_days_without_snapshots_says_so(observed: Path, ask: Ask) -> None:
    told = ask(observed, "replay", "--from", "2026-05-01", "--to", "2026-05-02", "--json")
    assert (told.code, json.loads(told.out)) == (0, [])
    assert told.err == "no stored snapshots between those days\n"


@pytest.mark.slow
def test_in_a_process_of_its_own_stdout_holds_the_data_and_nothing_else(demo: Demo) -> None:
    _, home = demo
    done = command(home, "observe", BIRCH, "--as-of", "2026-06-30", "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == len(discover())
    assert done.stderr == f"{BIRCH} 2026-06-30: complete\n"
    assert command(home, "--version").stdout.strip().count(".") == 2
    assert command(home, "indicators", BIRCH, "--fail-on", "critical").returncode == 1
    assert command(home, "observe", "nowhere").returncode == 2
    loud = command(home, "--verbose", "replay", "--from", "2026-06-30", "--to", "2026-06-30", "--json")
    assert len(json.loads(loud.stdout)) == len(discover())
    assert "INFO civicgauge." in loud.stderr
