"""Eighteen recorded catalogues of an unstable crawl, day by day: neither deletions nor growth that never were."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from civicgauge.alerts.forms import Kind
from civicgauge.pipeline import observing
from civicgauge.pipeline.alerting.previewing import preview
from civicgauge.pipeline.alerting.source import Stored
from civicgauge.pipeline.context import Context
from civicgauge.warehouse import Warehouse
from tests.homes import history, home_at, tables
from tests.recordings import FOLDER, needs_recordings, replayed, write_city

pytestmark = [needs_recordings, pytest.mark.slow]


def days_of(name: str) -> list[str]:
    """The days of the crawl; in CI every other one, the first and the last among them."""
    days = sorted(path.name[:10] for path in (FOLDER / name / "history").glob("*.jsonl.gz"))
    return days if os.environ.get("CIVICGAUGE_PROVE") else sorted({*days[::2], days[-1]})


def observe_all(context: Context, name: str) -> dict[str, str]:
    outcomes = {}
    for day in days_of(name):
        with replayed([name], as_of=day) as urls:
            write_city(context.settings.cities, name, urls[name])
            (result,) = observing.observe(context, [name], day)
            outcomes[day] = result.outcome
    return outcomes


IN_FULL = bool(os.environ.get("CIVICGAUGE_PROVE"))
LATE = "update_on_time"
ASKED: dict[str, list[tuple[str, str, str, str]]] = {
    # every entry that the crawl merely saw late is a first sight; these became late while they were watched
    "kansas-city": [],
    "chicago": [
        ("2022-07-11", "opened", LATE, "Vacant and Abandoned Buildings - Violations"),
        ("2022-07-11", "opened", LATE, "Additional Dwelling Unit Preapproval Applications"),
        ("2022-07-14", "resolved", LATE, "Additional Dwelling Unit Preapproval Applications"),
        ("2022-07-23", "reopened", LATE, "Parking Permit Zones"),
    ],
}


def asked(name: str, source: Stored, warehouse: Warehouse) -> list[tuple[str, str, str, str]]:
    """What alerts would have told the city but for its feedback report, which thanks for what is mended."""
    found = list(preview(source, warehouse, source.cities[name], date(2022, 6, 1), date(2022, 8, 1)))
    assert found[0].notice is Kind.BASELINE
    assert found[0].n_points > 100
    told = [f for f in found if f.incident is not None and not f.incident.is_baseline]
    return [(f.day.isoformat(), str(f.notice), f.incident.rule_id if f.incident else "", f.title) for f in told]


NAMES_HERE = ["kansas-city", "chicago"] if os.environ.get("CIVICGAUGE_PROVE") else ["kansas-city"]


@pytest.mark.parametrize("name", NAMES_HERE)
def test_vanishing_entries_are_no_deletions_and_their_return_no_growth(name: str, tmp_path: Path) -> None:
    with home_at(tmp_path / "home") as context:
        outcomes = observe_all(context, name)
        assert outcomes[days_of(name)[0]] == "complete"
        assert set(outcomes.values()) == {"complete", "suspect"}

        accepted = [day for day, outcome in outcomes.items() if outcome == "complete"]
        for indicator in ("datasets_added_count", "datasets_removed_count"):
            values = history(context, name, indicator)
            assert list(values) == accepted
            assert values.pop(accepted[0]) is None
            assert set(values.values()) == {0.0}
        with context.warehouse() as warehouse:
            assert not [row for row in warehouse.rows("dataset") if row["presence"] == "removed"]

        with context.warehouse() as warehouse:
            assert asked(name, Stored(context), warehouse) == (ASKED[name] if IN_FULL else [])

        before = tables(context)
        days = days_of(name)
        observing.replay(context, [name], date.fromisoformat(days[0]), date.fromisoformat(days[-1]))
        assert tables(context) == before
