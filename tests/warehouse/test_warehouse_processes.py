"""Several processes at once, and processes that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from civicgauge.warehouse import Warehouse

from .days import MONDAY, city_day, contents, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments: str) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT), str(ROOT / "plugins"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.warehouse.child", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def together(children: list[subprocess.Popen[str]]) -> None:
    """Let all of them go at once when all are ready, and see that none failed."""
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n", child.communicate()[1]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        _, errors = child.communicate(timeout=60)
        assert child.returncode == 0, errors


def test_upgrades_at_once(warehouse_url: str) -> None:
    together([start("upgrade", warehouse_url) for _ in range(4)])
    with Warehouse(warehouse_url) as warehouse:
        warehouse.check()
        assert warehouse.commit(city_day(run()))


def test_commits_at_once(warehouse: Warehouse, warehouse_url: str) -> None:
    times = 5
    together([start("commit", warehouse_url, str(name), str(times)) for name in range(4)])
    current = {(r.city_id, r.day): r.run_id for r in warehouse.runs(current_only=True)}
    assert len(current) == 1 + 4 * times
    assert len(warehouse.runs()) == 2 * 4 * times
    winner = current["demo-a", MONDAY]
    monday = warehouse.rows("dataset_day", day=MONDAY)
    assert sorted(row["dataset_id"] for row in monday) == sorted(f"{winner}-{i}" for i in range(20))
    for table in ("dataset_day", "check_result", "indicator_value"):
        # every row is of the attempt that its day shows: no mixture of two attempts, none missing
        assert {(r["city_id"], r["day"]): r["run_id"] for r in warehouse.rows(table)} == current
    shared = {row["dataset_id"]: row for row in warehouse.rows("dataset")}
    days = sorted(day for _, day in current if day != MONDAY)
    assert (shared["a"]["first_seen"], shared["a"]["last_seen"], shared["a"]["state_day"]) == (
        days[0],
        days[-1],
        days[-1],
    )
    assert shared["a"]["title"] == f"a on {days[-1]}"


def test_processes_killed_in_a_commit_leave_the_day_before(warehouse: Warehouse, warehouse_url: str) -> None:
    warehouse.commit(city_day(run("good")))
    before = contents(warehouse)
    prefix = "civicgauge." if warehouse.dialect == "postgresql" else ""
    for statement in ("INSERT INTO {}city", "UPDATE {}run", "INSERT INTO {}run"):
        child = start("die", warehouse_url, statement.format(prefix))
        _, errors = child.communicate(timeout=60)
        assert child.returncode == -signal.SIGKILL, errors
        assert contents(warehouse) == before
    assert warehouse.commit(city_day(run("after"), ("a",)))
    assert [row["dataset_id"] for row in warehouse.rows("dataset_day")] == ["a"]
