"""What each field that staff decide does to a stored day's numbers; the measured day is left as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from civicgauge.errors import ConfigurationError
from civicgauge.lake import decompress
from civicgauge.landing.tables import SCHEMAS
from civicgauge.model import IndicatorValue
from civicgauge.pipeline import judging, rowhistory
from civicgauge.pipeline.reviewing import deciding
from civicgauge.pipeline.reviewing.decided import Decided, as_decided
from civicgauge.review.decisions import Asked
from tests.homes import tables

from .worlds import ALDER, AT, BIRCH, PERMITS, ZEROS, World, by_id, decision, stored

UNDECIDED, UNREAD_TEXT, LOOSENED = "l4xs-9pdu", "c5wg-8qtm", "r2hd-9kvc"
NEWEST_EARNINGS = "bf17a23e-2d72-5145-b031-a69b43dedcc7"
EARNINGS_BEFORE = "535dddb5-951d-5c35-be00-d8e2d429e253"
BUDGET_BEFORE = "286ef78e-f7fc-5f1d-b32d-1a5ef2ba92b4"
THREE = (
    decision(UNREAD_TEXT, "licence_id", "CC-BY-4.0"),
    decision(LOOSENED, "promise_accepted", "Annually"),
    decision(PERMITS, "event_column", "applied"),
)
LANDED = ("landed_tables", "landed_columns")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with stored(tmp_path_factory.mktemp("effects") / "home") as made:
        yield made


@pytest.fixture(scope="module")
def three(world: World) -> Decided:
    """Three decisions on three entries at once."""
    return world.decided(ALDER, *THREE)


def share(value: IndicatorValue) -> tuple[float | None, float | None, int]:
    return value.numerator, value.denominator, value.n_unknown


def test_a_decision_that_says_nothing_of_the_numbers_leaves_every_table_equal(world: World) -> None:
    before = tables(world.context)
    found = world.decided(ALDER, decision(LOOSENED, "promise_accepted", "Weekly"))  # not what is stated: another change
    for name in (*SCHEMAS, *LANDED, "known"):
        assert world.rows(name, ALDER, found.folder) == world.rows(name, ALDER), name
    run = world.run(ALDER)
    measured = judging.manifest_of(world.context, run.results_attempt or "")["checks"]
    decided = judging.manifest_of(world.context, found.folder)
    assert judging.read_checks(world.context, decided["checks"]) == judging.read_checks(world.context, measured)
    assert by_id(found.values) == world.measured(ALDER)
    assert (decided["decided_by"], decided["decided_of"]) == (["d-r2hd-promise_accepted"], run.catalog_attempt)
    assert tables(world.context) == before


def test_whose_an_entry_is_narrows_the_bounds(world: World) -> None:
    row = decision(UNDECIDED, "ownership", "own")
    found, measured = world.decided(ALDER, row), world.measured(ALDER)
    landed = world.datasets(ALDER, found.folder)[UNDECIDED]
    assert (landed["ownership"], landed["is_counted"], landed["exclusion_reason"]) == ("own", True, None)
    narrowed = 0
    for value in found.values:
        old = measured[value.indicator_id]
        assert value.n_unknown <= old.n_unknown, value.indicator_id
        for name, sign in (("value_low", 1), ("value_high", -1)):
            new, was = getattr(value, name), getattr(old, name)
            if new is not None and was is not None and value.unit == "share":
                assert sign * (new - was) >= -1e-9, (value.indicator_id, name)
                narrowed += sign * (new - was) > 1e-9
    assert narrowed > 5
    assert world.datasets(ALDER)[UNDECIDED]["is_counted"] is None  # the measured row stays


def test_what_is_not_the_citys_leaves_the_count(world: World) -> None:
    found = by_id(world.decided(BIRCH, decision(NEWEST_EARNINGS, "ownership", "not_own")).values)
    measured = world.measured(BIRCH)
    counts = [values["datasets_counted_count"].value for values in (measured, found)]
    assert counts == [22, 21]
    # the edition before is now the newest one of the city's
    assert found["series_overdue_count"].value == measured["series_overdue_count"].value == 1


def test_a_licence_that_was_read_is_no_longer_unknown(world: World, three: Decided) -> None:
    row, before = world.datasets(ALDER, three.folder)[UNREAD_TEXT], world.datasets(ALDER)[UNREAD_TEXT]
    told = ("licence_text", "licence_id", "licence_class", "licence_source")
    assert [before[n] for n in told] == ["Alder Falls Sharing Notice No. 7", None, "unrecognised", "dataset"]
    assert [row[n] for n in told] == ["Alder Falls Sharing Notice No. 7", "CC-BY-4.0", "open", "decision"]
    old, new = world.measured(ALDER)["licence_open_share"], by_id(three.values)["licence_open_share"]
    assert (share(old), share(new)) == ((12, 22, 5), (13, 22, 4))
    assert (old.value_low or 1) < (new.value_low or 0)
    assert old.value_high == new.value_high


def test_an_edition_decides_what_is_held_to_the_promise(world: World) -> None:
    none = world.decided(BIRCH, decision(NEWEST_EARNINGS, "series_edition", "none"))
    rows = world.datasets(BIRCH, none.folder)
    assert (rows[NEWEST_EARNINGS]["series_role"], rows[EARNINGS_BEFORE]["series_role"]) == (None, "current")
    measured = world.measured(BIRCH)
    assert share(measured["promises_kept_share"]) == (9, 17, 3)
    assert share(by_id(none.values)["promises_kept_share"]) == (9, 18, 3)  # one more is judged, and late

    current = world.decided(BIRCH, decision(BUDGET_BEFORE, "series_edition", "current"))
    rows = world.datasets(BIRCH, current.folder)
    assert [rows[BUDGET_BEFORE][n] for n in ("series_role", "freshness_status")] == ["current", "delinquent"]
    assert by_id(current.values)["series_overdue_count"].value == 2


def test_an_accepted_change_of_a_promise_is_in_force(world: World, three: Decided) -> None:
    before, row = world.datasets(ALDER)[LOOSENED], world.datasets(ALDER, three.folder)[LOOSENED]
    told = ("promise_changed", "expected_period_days", "freshness_status")
    assert [before[n] for n in told] == [True, 31, "delinquent"]
    assert [row[n] for n in told] == [False, 366, "fresh"]
    old, new = world.measured(ALDER), by_id(three.values)
    assert [v["promises_kept_share"].numerator for v in (old, new)] == [9, 10]
    assert [v["promises_changed_late_count"].value for v in (old, new)] == [1, 0]


def test_the_events_of_earlier_versions_are_read_by_the_named_column(world: World, three: Decided) -> None:
    table = next(row for row in world.rows("landed_tables", ALDER, three.folder) if row["dataset_id"] == PERMITS)
    measured = next(row for row in world.rows("landed_tables", ALDER) if row["dataset_id"] == PERMITS)
    assert (measured["event_column"], table["event_column"]) == ("issued", "applied")
    columns = {c["field_name"]: c for c in world.rows("landed_columns", ALDER) if c["dataset_id"] == PERMITS}
    assert table["newest_event_at"] == columns["applied"]["newest_day"] != measured["newest_event_at"]
    row = world.datasets(ALDER, three.folder)[PERMITS]
    assert row["newest_event_at"].date() == columns["applied"]["newest_day"]
    catalog = judging.manifest_of(world.context, three.folder)["catalog"]
    body = world.context.lake.read(catalog, rowhistory.FILE)
    (history,) = (told for key, told in json.loads(decompress(body)).items() if PERMITS in key)
    assert {version["event_column"] for version in history["versions"]} == {"applied"}
    assert all(version["newest_event_day"] for version in history["versions"])


def test_the_same_decisions_are_the_same_values_whatever_the_lake_holds(world: World, three: Decided) -> None:
    assert world.decided(ALDER, *reversed(THREE)) == three  # taken from the lake
    shutil.copytree(Path(world.context.settings.lake) / three.folder, kept := world.context.settings.home / "kept")
    shutil.rmtree(Path(world.context.settings.lake) / three.folder)
    once_more = world.decided(ALDER, *THREE)
    assert once_more.folder != three.folder
    assert (once_more.values, once_more.decisions) == (three.values, three.decisions)
    shutil.copytree(kept, Path(world.context.settings.lake) / three.folder)


def test_nothing_is_made_where_no_decision_touches_the_day(world: World) -> None:
    nothing = [
        [],
        [decision("none-such", "ownership", "own")],
        [decision(UNDECIDED, "ownership", "own", portal_id="other")],
        [decision(LOOSENED, "event_column", "inspected")],  # whose rows are not pulled
    ]
    run = world.run(ALDER)
    parent = f"results/{ALDER}/{run.day}"
    before = world.context.lake.folders(parent)
    assert [as_decided(world.context, run, rows) for rows in nothing] == [None] * len(nothing)
    assert world.context.lake.folders(parent) == before


def test_what_can_be_decided_of_a_column_is_read_from_the_landed_rows(world: World) -> None:
    asked = Asked(
        ALDER, "main", PERMITS, "event_column", "expiration_date", "read", "", ZEROS, "staff", "2026-06-01", ""
    )
    with pytest.raises(ConfigurationError, match="can say when things happened; those are: applied, issued"):
        deciding.propose(world.context, asked, AT)
    with pytest.raises(ConfigurationError, match="'issued' is what was measured"):
        deciding.propose(world.context, replace(asked, decided="issued"), AT)
    made = deciding.propose(world.context, replace(asked, decided="applied"), AT)
    assert made["measured"] == "issued"
    accepted = replace(asked, dataset_id=LOOSENED, field="promise_accepted", decided="Annually")
    assert deciding.propose(world.context, accepted, AT)["measured"] == "31 days"
