"""What an edition cites stays as long as cities may appeal; what was abandoned or is over goes by age like all else."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.pipeline import keeping, observing
from civicgauge.pipeline.context import Context
from civicgauge.pipeline.reviewing import editions, marks, proving
from civicgauge.settings import Settings
from tests.editions import world
from tests.editions.world import CITY, DAY, ID, at


def tidied(context: Context, now: datetime) -> None:
    with context.warehouse() as warehouse:
        warehouse.set_cursor(keeping.TIDIED, "")
    keeping.tidy(context, now)


def test_evidence_stays_until_appeals_end_whatever_else_goes(frozen: Context) -> None:
    lake = frozen.lake
    (city,) = world.rows(frozen, "edition_city")
    (again,) = observing.replay(frozen, [CITY], DAY, DAY)  # what the edition took is now a replaced attempt
    assert again.outcome == "complete"
    with frozen.warehouse() as warehouse:
        assert warehouse.current_run(CITY, DAY).results_attempt != city["results_attempt"]  # type: ignore[union-attr]
    later = datetime.now(UTC) + timedelta(days=800)
    assert later.date() < date(2030, 7, 18)
    tidied(frozen, later)
    found = proving.verified(frozen, ID, later.date())
    assert (found.findings, found.let_go) == ([], 0)
    assert lake.manifest(city["results_attempt"]) is not None

    over = datetime(2030, 7, 19, 12, tzinfo=UTC)
    tidied(frozen, over)
    assert keeping.kept_days(lake, CITY) == frozenset()
    assert lake.manifest(city["results_attempt"]) is None
    found = proving.verified(frozen, ID, over.date())
    assert (found.findings, found.let_go, found.files) == ([], 1, 0)


def test_an_abandoned_edition_keeps_nothing(observed: Context) -> None:
    world.opened(observed)
    assert keeping.kept_days(observed.lake, CITY) == {"2026-06-30"}
    editions.abandoned(observed, ID, "programme lead", "another will be made", at(2))
    keeping.keep_day(observed.lake, CITY, "2026-06-30", "a-report", at(2))
    tidied(observed, at(3))
    assert observed.lake.folders(f"kept/{CITY}/2026-06-30") == ["a-report"]
    assert proving.verified(observed, ID, date(2026, 7, 4)).findings == []
    (row,) = world.rows(observed, "audit", action="edition.abandoned")
    assert (row["by"], row["reason"]) == ("programme lead", "another will be made")
    with pytest.raises(ConfigurationError, match=f"{ID} is abandoned and cannot be taken anew"):
        world.opened(observed)


def test_a_draft_is_taken_anew_and_lets_go_what_it_took_first(observed: Context) -> None:
    world.opened(observed)
    first = world.rows(observed, "edition_value")
    world.opened(observed, title="Half a year", as_of=date(2026, 6, 29))
    assert (world.rows(observed, "edition_value"), len(first) > 40) == ([], True)
    with observed.warehouse() as warehouse:
        now = datetime.now(UTC)  # by the clock, whatever day the acts are dated
        assert marks.release(observed.lake, warehouse, now + timedelta(hours=20), lambda *_: True) == 0
        assert marks.release(observed.lake, warehouse, now + timedelta(days=2), lambda *_: True) == 1
    world.opened(observed)
    assert world.rows(observed, "edition_value") == first
    assert [row["action"] for row in world.rows(observed, "audit")] == ["edition.opened"] * 3


def test_an_upheld_dispute_that_changes_no_number_lets_signatures_stand(observed: Context) -> None:
    world.opened(observed)
    world.previewed(observed)
    world.signed(observed, world.ADA, 2)
    (before,) = world.rows(observed, "edition")
    dispute = world.contested(observed)
    world.answered(observed, dispute["dispute_id"], world.Answer.UPHELD)
    assert world.rows(observed, "edition") == [before]
    with observed.warehouse() as warehouse:
        assert editions.lapsed(warehouse, ID) == 0


def test_rows_of_the_day_are_evidence_as_far_as_they_are_held(observed: Context) -> None:
    lake = Path(observed.settings.lake)
    (rows,) = lake.glob("rows/*/*/*/*/*/rows.parquet")
    shutil.move(rows, rows.with_suffix(".away"))
    world.opened(observed)
    assert proving.verified(observed, ID, date(2026, 7, 2)).findings == []
    shutil.move(rows.with_suffix(".away"), rows)
    world.opened(observed)
    rows.unlink()
    (finding,) = proving.verified(observed, ID, date(2026, 7, 2)).findings
    assert (finding.file, finding.told) == ("rows.parquet", "is missing")


def test_years_are_a_setting() -> None:
    assert Settings.from_environment({}).keep_edition_years == 4
    with pytest.raises(ConfigurationError, match=r"CIVICGAUGE_KEEP_EDITION_YEARS: '0' is not a whole number above 0"):
        Settings.from_environment({"CIVICGAUGE_KEEP_EDITION_YEARS": "0"})
