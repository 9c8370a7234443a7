"""The same day again: the same rows, whether it is run twice, killed, replayed or stored in the other database."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from civicgauge.pipeline import observing
from tests.homes import environment, tables
from tests.pipeline.conftest import CITIES, Demo

DATASETS = 2  # of each city: what is killed is killed with downloads in flight
KILLS = int(os.environ.get("CIVICGAUGE_KILLS", "3"))
SOME = () if os.environ.get("CIVICGAUGE_PROVE") else CITIES[2:]  # CI tries the city with two portals


@pytest.mark.slow
def test_a_day_run_twice_leaves_the_same_rows(demo: Demo) -> None:
    demo.observe()
    once = tables(demo.context)
    demo.observe()
    assert tables(demo.context) == once
    with demo.context.warehouse() as warehouse:
        assert len(warehouse.runs()) == 2 * len(CITIES)
        assert len(warehouse.runs(current_only=True)) == len(CITIES)


@pytest.mark.slow
def test_replay_computes_the_same_from_stored_snapshots_and_asks_no_portal(demo: Demo) -> None:
    for day in ("2026-06-28", "2026-06-29", "2026-06-30"):
        demo.observe(*SOME, as_of=day)
    before = tables(demo.context)
    demo.portals.stop()
    results = observing.replay(demo.context, list(SOME), date(2026, 6, 1), date(2026, 6, 30))
    assert {(r.day, r.outcome) for r in results} == {(f"2026-06-{d}", "complete") for d in (28, 29, 30)}
    assert tables(demo.context) == before


@pytest.mark.slow
def test_an_older_day_recomputed_leaves_the_newest_state(demo: Demo) -> None:
    demo.observe(CITIES[0], as_of="2026-06-30")
    newest = tables(demo.context)["dataset"]
    demo.observe(CITIES[0], as_of="2026-06-01")
    assert tables(demo.context)["dataset"] == [{**row, "first_seen": date(2026, 6, 1)} for row in newest]


def test_a_day_without_a_stored_snapshot_writes_nothing(demo: Demo) -> None:
    assert observing.replay(demo.context, [], date(2026, 6, 1), date(2026, 6, 3)) == []
    assert not any(tables(demo.context).values())


@pytest.mark.slow
def test_killed_at_random_moments_and_run_again_it_gives_the_tables_of_an_undisturbed_run(
    demo: Demo, tmp_path: Path
) -> None:
    demo.observe(*SOME)
    undisturbed = tables(demo.context)
    command = [sys.executable, "-m", "civicgauge", "observe", *SOME, "--as-of", "2026-06-30"]
    env = environment(demo.home, demo.warehouse_url)
    began = time.monotonic()
    subprocess.run(command, env=env, check=True, capture_output=True)
    whole = time.monotonic() - began
    for number in range(KILLS):
        moment = random.Random(number).uniform(0.1, 0.98) * whole
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert subprocess.run(command, env=env, capture_output=True, check=False).returncode == 0
        assert tables(demo.context) == undisturbed, f"killed after {moment:.2f} s of {whole:.2f} s (seed {number})"
