"""A pair of copies is whole when the warehouse was copied before the lake, whatever was committed in between."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path

import pytest

from civicgauge.cli import keeping
from civicgauge.pipeline import observing, verifying
from tests.homes import command, tables
from tests.keeping import backups
from tests.pipeline.conftest import CITIES, Demo

CITY, DATASETS = CITIES[2], 1
LAST = date(2026, 7, 1)


@pytest.mark.slow
def test_what_is_backed_up_while_a_run_commits_is_restored_whole(
    demo: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, lake = demo.warehouse_url, Path(demo.context.settings.lake)
    demo.observe(CITY, as_of="2026-06-29")
    first = tables(demo.context)
    backups.save_lake(lake, tmp_path / "lake-too-early")
    running = threading.Thread(target=lambda: demo.observe(CITY, as_of="2026-06-30"))
    running.start()
    backups.save_warehouse(url, tmp_path / "warehouse")  # while it runs
    running.join()
    both = tables(demo.context)
    backups.save_lake(lake, tmp_path / "lake")
    backups.save_warehouse(url, tmp_path / "warehouse-too-late")
    assert verifying.verify(demo.context, LAST).missing == ()

    # the lake first, and a run committed before the warehouse was copied: it cites what the copy has not
    backups.lose_warehouse(url)
    backups.restore_warehouse(url, tmp_path / "warehouse-too-late")
    backups.restore_lake(lake, tmp_path / "lake-too-early")
    assert keeping.db_check(None, with_lake=True, as_json=True) == 70
    missing = json.loads(capsys.readouterr().out)["missing"]
    assert len(missing) >= 2
    assert all(f"{CITY} 2026-06-30: " in each and each.endswith(" is missing") for each in missing)

    backups.lose_warehouse(url)
    backups.restore_warehouse(url, tmp_path / "warehouse")
    backups.restore_lake(lake, tmp_path / "lake")
    assert keeping.db_check(None, with_lake=True, as_json=False) == 0
    found = verifying.verify(demo.context, LAST)
    assert (found.runs, found.orphans, found.missing) == (1, 1, ())
    assert tables(demo.context) == first

    # the day that only the lake has comes back from what is stored
    (again,) = observing.replay(demo.context, [CITY], date(2026, 6, 30), LAST)
    assert again.outcome == "complete"
    assert tables(demo.context) == both
    assert demo.observe(CITY, as_of="2026-07-01")[CITY].outcome == "complete"
    assert verifying.verify(demo.context, LAST).missing == ()
    (damaged,) = lake.glob(f"results/{CITY}/2026-06-29/*/indicators.parquet")
    damaged.write_bytes(b"bit rot")
    checked = command(demo.home, "db", "check", "--lake", "--from", "2026-06-29", warehouse=url)
    assert (checked.returncode, checked.stdout.count("\n")) == (70, 1)
    assert "indicators.parquet in the lake" in checked.stdout
    assert "is missing or differs from its manifest" in checked.stdout
