"""What is damaged is listed, and never ends the looking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from civicgauge.pipeline import verifying
from tests.homes import home_at
from tests.warehouse.days import MONDAY, city, city_day, run


def test_manifests_that_cannot_be_read_are_told_with_all_else(tmp_path: Path) -> None:
    results, landed = (f"{stage}/demo-a/{MONDAY}" for stage in ("results", "catalog"))
    raw = [f"raw/demo-a/{portal}/{MONDAY}/s" for portal in ("main", "geo")]
    with home_at(tmp_path / "home") as context:
        for folder, about in (
            (f"{results}/r1", {}),
            (f"{results}/r2", {"checks": f"{results}/r1"}),
            (f"{landed}/c1", {"portals": {"main": {"snapshot": raw[0]}, "geo": {"snapshot": raw[1]}}}),
        ):
            context.lake.commit(folder, {}, about)
        for folder in (raw[0], f"{landed}/c0"):  # one that is needed, and one that no run names
            context.lake.keep(folder, "manifest.json", b"{")
        with context.warehouse() as warehouse:
            warehouse.upgrade()
            made = run("r1", MONDAY, catalog_attempt=f"{landed}/c1", results_attempt=f"{results}/r2")
            warehouse.commit(city_day(made, city=city("demo-a")))
        found = verifying.verify(context, date(2026, 7, 1))
        assert (found.orphans, found.let_go, len(found.missing)) == (1, 0, 2)
        gone, damaged = sorted(found.missing)
        assert gone == f"demo-a {MONDAY}: {raw[1]} is missing"
        assert f"{raw[0]}/manifest.json in the lake" in damaged
        late = verifying.verify(context, date(2029, 1, 1))  # what is past its time may be gone, but not damaged
        assert (late.let_go, len(late.missing)) == (1, 1)
