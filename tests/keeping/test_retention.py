"""What is past its time goes, what another day needs stays; killed anywhere and called again, it comes to the same."""

from __future__ import annotations

import logging
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.lake import Lake, canonical_json, compress
from civicgauge.pipeline import exporting, keeping, observing, publishing, verifying
from civicgauge.pipeline.asking import IDS
from civicgauge.pipeline.sweeping import prune_rows
from civicgauge.settings import Settings
from civicgauge.warehouse import Warehouse
from tests.pipeline.conftest import CITIES, Demo
from tests.warehouse.days import city, city_day, run

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
CITY = CITIES[0]
DATASETS = 1


class Killed(BaseException):
    """The process ends here."""


def dying(lake: Lake, monkeypatch: pytest.MonkeyPatch, every: int) -> list[int]:
    """Let the process end before each so-manieth removal from the lake; the list grows with each end."""
    calls, deaths, real = [0], list[int](), lake._fs.rm

    def rm(*what: Any, **how: Any) -> None:
        calls[0] += 1
        if calls[0] % every == 0:
            deaths.append(calls[0])
            raise Killed
        real(*what, **how)

    monkeypatch.setattr(lake._fs, "rm", rm)
    return deaths


def lakes(tmp_path: Path) -> list[Lake]:
    """A local disk, and an object store as fsspec has it."""
    return [Lake(str(tmp_path / "lake")), Lake(f"memory://keep-{uuid.uuid4().hex}")]


def store(lake: Lake, portal: str, day: date, *, held: bool = False) -> None:
    """A day of a portal: catalogue, links, and the pull of a dataset."""
    told = {"state": "held" if held else "accepted", "is_new_base": False, "reason": ""}
    about = {"verdict": told, "entries_count": 1, "absent": {}}
    lake.commit(f"raw/c/{portal}/{day}/s", {IDS: compress(canonical_json(["a"]))}, about)
    lake.commit(f"links/c/{portal}/{day}/l", {"looks.json.gz": b"x"}, {})
    lake.commit(f"pulls/c/{portal}/{day}/a/p", {}, {"resources": []})


def days_of(lake: Lake, stage: str, portal: str) -> list[str]:
    return [day for day in lake.folders(f"{stage}/c/{portal}") if lake.folders(f"{stage}/c/{portal}/{day}")]


def fill(lake: Lake) -> None:
    for number in range(0, 450, 10):
        store(lake, "main", NOW.date() - timedelta(days=number))
    for number in range(800, 900, 3):  # one that is no longer observed; its last crawls were in doubt
        store(lake, "other", NOW.date() - timedelta(days=number), held=number < 815)
    keeping.keep_day(lake, "c", "2025-05-08", "edition-1", NOW)


def test_snapshots_leave_but_for_month_ends_and_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for lake in lakes(tmp_path):
        fill(lake)
        before = days_of(lake, "raw", "main")
        limit = (NOW.date() - timedelta(days=400)).isoformat()
        old = {day for day in before if day < limit}
        ends = {max(day for day in before if day[:7] == month) for month in {day[:7] for day in before}}
        others = days_of(lake, "raw", "other")

        deaths = dying(lake, monkeypatch, every=7)
        while True:
            try:
                keeping.prune_snapshots(lake, NOW, 400)
                break
            except Killed:
                continue
        monkeypatch.undo()
        assert len(deaths) > 2
        kept = [day for day in before if day not in old or day in ends or day == "2025-05-08"]
        for stage in ("raw", "links", "pulls"):
            assert days_of(lake, stage, "main") == kept, stage
        assert len(kept) < len(before)
        # seven that were accepted, and those in doubt since
        assert set(others[-12:]) <= set(days_of(lake, "raw", "other"))
        assert len(days_of(lake, "raw", "other")) < len(others)
        assert keeping.prune_snapshots(lake, NOW, 400) == 0
        with_manifest = [folder for day in kept for folder, _ in lake.committed(f"raw/c/main/{day}")]
        assert len(with_manifest) == len(kept)


def test_rows_of_a_marked_day_stay(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path / "lake"))
    for number, day in enumerate(("2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04")):
        rows = f"rows/c/main/a/r/v{number}"
        lake.commit(rows, {"rows.parquet": b"x"}, {"fetched_at": f"{day}T00:00:00+00:00"})
        lake.commit(f"pulls/c/main/{day}/a/p", {}, {"resources": [{"resource_id": "r", "rows": rows}]})
    keeping.keep_day(lake, "c", "2026-05-01", "edition-1", NOW)
    assert prune_rows(lake, 2, keeping.kept_rows(lake)) == 1
    assert [lake.holds(f"rows/c/main/a/r/v{n}", "rows.parquet") for n in range(4)] == [True, False, True, True]


def test_results_of_old_days_leave_the_warehouse_in_short_transactions(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = {"demo-a": date(2026, 6, 30), "demo-b": date(2026, 1, 31)}
    for city_id, last in newest.items():
        for number in (0, 28, 29, 120, 121):
            day = last - timedelta(days=number)
            made = run(f"{city_id}.{day}", day, city_id=city_id)
            warehouse.commit(city_day(made, city=city(city_id)))
    lake = Lake(str(tmp_path / "lake"))
    keeping.keep_day(lake, "demo-a", "2026-03-01", "edition-1", NOW)

    class Home:
        settings = Settings(tmp_path, tmp_path, tmp_path, "", "", keep_result_days=92)

    home: Any = Home()
    home.lake = lake
    statements = 0
    real = Warehouse.prune

    def mortal(self: Warehouse, limit: Any, is_kept: Any) -> int:
        def counted(city_id: str, day: date) -> bool:
            nonlocal statements
            statements += 1
            if statements == 4:
                raise Killed
            return bool(is_kept(city_id, day))

        return real(self, limit, counted)

    monkeypatch.setattr(Warehouse, "prune", mortal)
    with pytest.raises(Killed):
        keeping.prune_results(home, warehouse, NOW)
    half = {(r["city_id"], r["day"]) for r in warehouse.rows("check_result")}
    assert len(half) == 8  # what was removed before it died stays removed
    keeping.prune_results(home, warehouse, NOW)
    kept = {("demo-a", date(2026, 6, 30) - timedelta(days=n)) for n in (0, 28, 29)} | {("demo-a", date(2026, 3, 1))}
    kept |= {("demo-b", date(2026, 1, 31) - timedelta(days=n)) for n in (0, 28, 29)}
    for table in ("check_result", "dataset_day"):
        assert {(r["city_id"], r["day"]) for r in warehouse.rows(table)} == kept, table
    assert len({(r["city_id"], r["day"]) for r in warehouse.rows("indicator_value")}) == 10
    assert keeping.prune_results(home, warehouse, NOW) == 0
    assert warehouse.cursor(keeping.RESULTS_FROM) == "2026-03-31"


def test_attempts_that_no_run_names_leave_days_that_were_replayed(warehouse: Warehouse, tmp_path: Path) -> None:
    """A task that was cleared leaves its first results behind, on whatever day of the past."""
    lake, day, replayed = Lake(str(tmp_path / "lake")), date(2026, 3, 1), NOW - timedelta(days=12)
    for folder in ("catalog/demo-a/{}/20260301T1", "results/demo-a/{}/20260301T2", "results/demo-a/{}/20260301T3"):
        lake.commit(folder.format(day), {}, {})
    where, landed = f"results/demo-a/{day}", [f"catalog/demo-a/{day}/{name}" for name in ("20260301T1", "20260619T1")]
    for first, second in (("20260619T2", "20260619T3"), ("20260619T4", "20260619T5")):  # the first ones are unnamed
        lake.commit(f"{where}/{first}", {}, {})
        lake.commit(
            f"{where}/{second}", {}, {"checks": f"{where}/{first}", "catalog": f"catalog/demo-a/{day}/20260619T1"}
        )
    lake.commit(f"catalog/demo-a/{day}/20260619T1", {}, {})
    before = run(
        "first", day, catalog_attempt=f"catalog/demo-a/{day}/20260301T1", results_attempt=f"{where}/20260301T3"
    )
    lake.commit(f"{where}/20260301T3", {}, {"checks": f"{where}/20260301T2", "catalog": before.catalog_attempt})
    named = {"catalog_attempt": landed[1], "results_attempt": f"{where}/20260619T5"}
    for made in (before, run("again", day, started_at=replayed, ended_at=replayed, **named)):
        warehouse.commit(city_day(made, city=city("demo-a")))
    home: Any = type("Home", (), {"lake": lake})
    assert keeping.prune_attempts(home, warehouse, datetime(2026, 3, 29, tzinfo=UTC)) == 0
    assert keeping.prune_attempts(home, warehouse, NOW) == 5  # three of the replaced attempt, two that no run names
    assert lake.folders(where) == ["20260619T4", "20260619T5"]
    assert lake.folders(f"catalog/demo-a/{day}") == ["20260619T1"]


def test_a_number_of_days_that_comparisons_need_more_than_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"CIVICGAUGE_KEEP_RESULT_DAYS: '28' is not a whole number above 28"):
        Settings.from_environment({"CIVICGAUGE_KEEP_RESULT_DAYS": "28"})


@pytest.mark.slow
@pytest.mark.parametrize("warehouse_url", ["sqlite"], indirect=True)
def test_an_old_day_can_be_replayed_after_its_rows_left(
    demo: Demo, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for day in ("2026-03-01", "2026-03-01", "2026-06-30"):
        demo.observe(CITY, as_of=day)
    lake, later = demo.context.lake, datetime.now(UTC) + timedelta(days=keeping.KEEP_ATTEMPTS_DAYS + 1)
    assert [len(lake.folders(f"{stage}/{CITY}/2026-03-01")) for stage in ("catalog", "results")] == [2, 4]
    with demo.context.warehouse() as warehouse:
        whole = warehouse.rows("dataset_day", day=date(2026, 3, 1))
    with caplog.at_level(logging.INFO, "civicgauge.publish"):
        publishing.publish(demo.context, later)
    assert "3 folders of replaced attempts removed from the lake" in caplog.text
    assert "1 city-days left the warehouse" in caplog.text
    assert [len(lake.folders(f"{stage}/{CITY}/2026-03-01")) for stage in ("catalog", "results")] == [1, 2]
    with demo.context.warehouse() as warehouse:
        assert {row["day"] for row in warehouse.rows("dataset_day")} == {date(2026, 6, 30)}
    assert verifying.verify(demo.context, later.date()).missing == ()

    counts = exporting.export(demo.context, tmp_path / "out", None, "staff", history=True)
    assert counts["dataset_day_history"] == counts["dataset_day"]
    since = (later.date() - timedelta(days=92)).isoformat()
    told = (tmp_path / "out" / exporting.DESCRIPTOR).read_text(encoding="utf-8")
    assert f"Days before {since} are held in the lake alone" in told

    (again,) = observing.replay(demo.context, [CITY], date(2026, 3, 1), date(2026, 3, 1))
    assert again.outcome == "complete"
    with demo.context.warehouse() as warehouse:
        apart = {"run_id", "as_of"}
        back = warehouse.rows("dataset_day", day=date(2026, 3, 1))
        assert [{k: v for k, v in r.items() if k not in apart} for r in back] == [
            {k: v for k, v in r.items() if k not in apart} for r in whole
        ]
    publishing.publish(demo.context, later)  # once a day is enough: listing the lake costs
    with demo.context.warehouse() as warehouse:
        assert warehouse.rows("dataset_day", day=date(2026, 3, 1)) == back
    publishing.publish(demo.context, later + timedelta(days=1))
    with demo.context.warehouse() as warehouse:
        assert warehouse.rows("dataset_day", day=date(2026, 3, 1)) == []
