"""What changed between two days, split into data, coverage and method; and the datasets behind a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.indicators import licence_stated_share
from civicgauge.indicators._arithmetic import share
from civicgauge.model import Outcome
from civicgauge.pipeline import judging, observing
from civicgauge.pipeline.changing import COLUMNS, changes
from tests.pipeline.conftest import Demo

CITY = "demo-birchport"
TUESDAY, WEDNESDAY = date(2026, 6, 30), date(2026, 7, 1)
LICENCE = "licence_stated_share"


def observe(demo: Demo, day: date) -> None:
    demo.portals.set_as_of(datetime(day.year, day.month, day.day, 22, tzinfo=UTC))
    assert demo.observe(CITY, as_of=day.isoformat())[CITY].outcome == "complete"


def changed(demo: Demo, indicator_id: str = LICENCE) -> dict[str, object]:
    (row,) = (row for row in changes(demo.context, CITY, TUESDAY, WEDNESDAY) if row["indicator_id"] == indicator_id)
    return row


def licensed(demo: Demo, day: date, *, stated: bool) -> list[str]:
    """The datasets behind the licence's number on a day that state one, or that do not."""
    with demo.context.warehouse() as warehouse:
        run = warehouse.current_run(CITY, day)
    assert run is not None
    assert run.results_attempt is not None
    wanted = "passed" if stated else "failed"
    return sorted(
        part["dataset_id"]
        for part in judging.read_parts(demo.context, run.results_attempt)
        if (part["indicator_id"], part["verdict"]) == (LICENCE, wanted)
    )


@pytest.fixture
def tuesday(demo: Demo) -> Demo:
    observe(demo, TUESDAY)
    return demo


def test_the_datasets_behind_a_share_add_up_to_it(tuesday: Demo) -> None:
    with tuesday.context.warehouse() as warehouse:
        values = {value.indicator_id: value for value in warehouse.indicator_values(CITY, TUESDAY)}
        run = warehouse.current_run(CITY, TUESDAY)
    assert run is not None
    assert run.results_attempt is not None
    parts = judging.read_parts(tuesday.context, run.results_attempt)
    shares = [value for value in values.values() if value.unit == "share" and value.value is not None]
    assert len(shares) > 5
    for value in shares:
        mine = [p for p in parts if p["indicator_id"] == value.indicator_id and p["value"] is not None]
        own = [p for p in mine if p["verdict"] != "undecided"]
        assert sum(p["value"] * p["weight"] for p in own) / sum(p["weight"] for p in own) == pytest.approx(value.value)


def test_what_the_city_did_to_its_data_is_data(tuesday: Demo) -> None:
    some = licensed(tuesday, TUESDAY, stated=True)[:2]
    for dataset_id in some:
        tuesday.portals.change("birchport", "edit", dataset_id, license=None)
    observe(tuesday, WEDNESDAY)
    assert set(some) <= set(licensed(tuesday, WEDNESDAY, stated=False))
    row = changed(tuesday)
    assert row["delta"] == pytest.approx(row["delta_data"])
    assert row["delta_data"] == pytest.approx(
        -2 / len(licensed(tuesday, TUESDAY, stated=True) + licensed(tuesday, TUESDAY, stated=False))
    )
    assert (row["delta_coverage"], row["delta_method"], row["n_worse"], row["n_better"]) == (pytest.approx(0), 0, 2, 0)
    assert all(f"main/{dataset_id}: passed -> failed" in str(row["moved"]) for dataset_id in some)


def test_what_came_or_went_is_coverage(tuesday: Demo) -> None:
    gone = licensed(tuesday, TUESDAY, stated=False)[0]
    tuesday.portals.change("birchport", "delete", gone)
    observe(tuesday, WEDNESDAY)
    row = changed(tuesday)
    assert row["delta_data"] == 0
    assert row["delta_coverage"] == row["delta"]
    assert float(str(row["delta"])) > 0  # the share rose, and no dataset is better
    assert (row["moved"], row["n_better"]) == (None, 0)


def test_another_version_is_method_and_the_old_numbers_stay(tuesday: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    observe(tuesday, WEDNESDAY)
    (first,) = licence_stated_share.INDICATORS
    stricter = replace(
        first, version=2, version_notes={2: "Stricter."}, arithmetic=share(lambda _row, _results: Outcome.FAILED)
    )
    monkeypatch.setattr(licence_stated_share, "INDICATORS", (stricter,))
    before = float(str(changed(tuesday)["first_value"]))
    observing.replay(tuesday.context, [CITY], WEDNESDAY, WEDNESDAY)
    row = changed(tuesday)
    assert (row["first_version"], row["second_version"], row["delta_data"]) == (1, 2, None)
    assert "replay that day" in str(row["note"])
    observing.replay(tuesday.context, [CITY], TUESDAY, TUESDAY)
    row = changed(tuesday)
    assert (row["first_value"], row["second_value"], row["delta_method"]) == (before, 0, -before)
    assert (row["delta_data"], row["delta_coverage"], row["note"]) == (0, 0, None)
    with tuesday.context.warehouse() as warehouse:
        rows = warehouse.rows("indicator_value", city_ids=[CITY], day=TUESDAY)
    assert [r["indicator_version"] for r in rows if r["indicator_id"] == LICENCE] == [1, 2]


def test_days_that_cannot_be_compared_are_said(tuesday: Demo) -> None:
    with pytest.raises(ConfigurationError, match="not measured on 2026-07-01"):
        changes(tuesday.context, CITY, TUESDAY, WEDNESDAY)
    with pytest.raises(ConfigurationError, match="not before"):
        changes(tuesday.context, CITY, WEDNESDAY, TUESDAY)


def test_a_row_has_the_columns_that_are_promised(tuesday: Demo) -> None:
    observe(tuesday, WEDNESDAY)
    rows = changes(tuesday.context, CITY, TUESDAY, WEDNESDAY)
    assert {tuple(row) for row in rows} == {tuple(name for name, *_ in COLUMNS)}
